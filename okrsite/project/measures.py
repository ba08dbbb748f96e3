"""What a key result is measured by: its kind, its unit, and the numbers in that unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from okrsite.documents.lines import Location
from okrsite.documents.models import BandFields, KeyResultFields
from okrsite.documents.quantity import (
    SYMBOLS,
    InvalidValueError,
    Quantity,
    parse_quantity,
    parse_share,
    same_unit,
)
from okrsite.documents.source import Source
from okrsite.findings.finding import Finding
from okrsite.project.model import Band, Figure, Kind, Milestone, Place
from okrsite.project.model.cycles import Cycle

_EVERY_KIND = frozenset(
    {"id", "title", "description", "measured_by", "owner", "weight", "due", "status", "grade"}
)
_USED = {
    Kind.METRIC: {"from_", "to", "scale", "plan", "aggregate", "current", "kpi", "unit"},
    Kind.KEEP: {"keep", "current", "kpi", "unit"},
    Kind.MILESTONE: {"milestones", "done", "current"},
    Kind.ROLL_UP: {"roll_up"},
    Kind.UNMEASURED: {"current"},
}
_USED_BY = {kind: _EVERY_KIND | used for kind, used in _USED.items()}


@dataclass(frozen=True, slots=True)
class Measure:
    """How one key result is measured, every number in one unit."""

    kind: Kind
    unit: str | None
    start: Figure | None
    target: Figure | None
    scale: tuple[tuple[float, float], ...]
    plan: tuple[tuple[date, float], ...]
    current: Figure | None
    band: Band | None
    milestones: tuple[Milestone, ...]
    single: bool


def kind_of(fields: KeyResultFields) -> Kind:
    """Tell how a key result is measured; the order of the questions is the format's."""
    if fields.milestones is not None or fields.done is not None:
        return Kind.MILESTONE
    if fields.keep is not None:
        return Kind.KEEP
    if fields.roll_up:
        return Kind.ROLL_UP
    if fields.to is not None or fields.scale is not None:
        return Kind.METRIC
    return Kind.MILESTONE if fields.measured_by is not None else Kind.UNMEASURED


def takes_values(kind: Kind, single: bool, kpi: bool) -> bool:
    """Whether check-ins may give values for a key result."""
    if kind is Kind.MILESTONE:
        return single
    return kind is not Kind.ROLL_UP and not kpi


def measure(
    source: Source, location: Location, fields: KeyResultFields, kpi_unit: str | None, cycle: Cycle
) -> tuple[Measure, list[Finding]]:
    """Work out how a key result is measured, and say what contradicts itself.

    `kpi_unit` is the unit of the KPI it is on, where that has one.
    """
    kind = kind_of(fields)
    unused, findings = _unused(source, location, fields, kind)
    if unused:
        fields = fields.model_copy(update=dict.fromkeys(unused))
    findings += _contradictions(source, location, fields, cycle)
    current, said = _current(source, location, fields, kind)
    findings += said
    unit, said = _unit(source, location, fields, kpi_unit, current)
    findings += said
    single = kind is Kind.MILESTONE and fields.milestones is None
    made = Measure(
        kind=kind,
        unit=unit if kind in (Kind.METRIC, Kind.KEEP) else None,
        start=figure(source, (*location, "from"), fields.from_),
        target=figure(source, (*location, "to"), fields.to),
        scale=tuple((value.value, score) for value, score in fields.scale or ()),
        plan=tuple(sorted((day, value.value) for day, value in fields.plan or ())),
        current=figure(source, (*location, "current"), current),
        band=band(source, (*location, "keep"), fields.keep),
        milestones=_milestones(source, location, fields, single),
        single=single,
    )
    return made, findings


def figure(source: Source, location: Location, quantity: Quantity | None) -> Figure | None:
    """Return a written quantity with its place."""
    if quantity is None:
        return None
    return Figure(quantity.value, Place(source.path, source.line(*location)))


def band(source: Source, location: Location, fields: BandFields | None) -> Band | None:
    """Return a written band with its place."""
    if fields is None:
        return None
    low, high = fields.min, fields.max
    return Band(
        low.value if low else None,
        high.value if high else None,
        Place(source.path, source.line(*location)),
    )


def check_band(source: Source, location: Location, fields: BandFields | None) -> list[Finding]:
    """Say what is wrong with a band alone."""
    if fields is None:
        return []
    if fields.min is None and fields.max is None:
        hint = "write a lower bound as `min`, an upper one as `max`, or both"
        return [source.finding("OKR103", location, "`min` or `max` is missing in a band", hint)]
    if fields.min and fields.max and fields.min.value > fields.max.value:
        return [source.finding("OKR104", location, "`min` is above `max`: nothing lies in between")]
    return []


def one_unit(
    source: Source, written: Iterable[tuple[Location, str | None]], what: str,
    inside: Location = (),
) -> tuple[str | None, list[Finding]]:  # fmt: skip
    """Return the one unit of several quantities; the longer of `day` and `days`.

    The places of the quantities are relative to `inside`.
    """
    unit: str | None = None
    for location, other in written:
        if other is None or other == unit:
            continue
        if unit is None:
            unit = other
        elif not same_unit(unit, other):
            message = f"{what} has two units, {_shown(unit)} and {_shown(other)}"
            at = (*inside, *location)
            return unit, [source.finding("OKR107", at, message, "write all in one unit")]
        elif len(other) > len(unit):
            unit = other
    return unit, []


def written_unit(unit: str | None) -> str | None:
    """Return the unit that a `unit` field means; a currency sign means its code."""
    return SYMBOLS.get(unit, unit) if unit else None


def _shown(unit: str) -> str:
    return f"`{unit[:40]}`"


def _unused(
    source: Source, location: Location, fields: KeyResultFields, kind: Kind
) -> tuple[list[str], list[Finding]]:
    """Name the fields that the kind does not use, and say so."""
    used = _USED_BY[kind]
    if kind is Kind.MILESTONE:
        used = used - ({"current", "done"} if fields.milestones is not None else {"milestones"})
    findings = []
    if fields.kpi is not None and not (fields.to or fields.scale or fields.keep):
        hint = "write the target as `to`, a `scale`, or a band to stay in as `keep`"
        message = "a key result on a KPI has no `to`, `scale` or `keep`"
        findings.append(source.finding("OKR103", (*location, "kpi"), message, hint))
        used = used | {"kpi"}
    unused = sorted(fields.model_fields_set - used)
    for name in unused:
        written = name.removesuffix("_")
        if name == "roll_up" and not fields.roll_up:
            continue
        message = f"`{written}` is not used by a key result of the kind {kind}"
        hint = _kind_hint(written, kind)
        findings.append(source.finding("OKR106", (*location, written), message, hint))
    return unused, findings


def _kind_hint(field: str, kind: Kind) -> str:
    if kind is Kind.UNMEASURED:
        return "write the target as `to`"
    return f"leave it out, or leave out what makes the key result a {kind}"


def _contradictions(
    source: Source, location: Location, fields: KeyResultFields, cycle: Cycle
) -> list[Finding]:
    findings = check_band(source, (*location, "keep"), fields.keep)
    start = fields.from_ or (None if fields.kpi or fields.scale else Quantity(0.0))
    if fields.to and start and fields.to.value == start.value:
        message = "the target is where it starts: there is no way to go"
        hint = "write `from`, or another target; to hold a value use `keep`"
        if fields.from_:
            hint = "write another start or target; to hold a value use `keep`"
        findings.append(source.finding("OKR108", (*location, "to"), message, hint))
    findings += _scale(source, (*location, "scale"), fields)
    days = [(("due",), fields.due)] if fields.due else []
    days += [(("plan", i, 0), day) for i, (day, _) in enumerate(fields.plan or ())]  # type: ignore[misc]
    for place, day in days:
        if not cycle.holds(day):
            message = f"`{place[0]}`: {day} is not in the cycle {cycle.title}"
            hint = f"write a date from {cycle.start} to {cycle.end}"
            findings.append(source.finding("OKR104", (*location, *place), message, hint))
    planned = [day for day, _ in fields.plan or ()]
    if len(planned) != len(set(planned)):
        message = "`plan` has two values for one date"
        findings.append(source.finding("OKR104", (*location, "plan"), message))
    return findings


def _scale(source: Source, location: Location, fields: KeyResultFields) -> list[Finding]:
    if fields.scale is None:
        return []
    values = [value.value for value, _ in fields.scale]
    scores = [score for _, score in fields.scale]
    pairs = list(pairwise(values))
    if len(values) < 2:
        said = "`scale` has one point only"
    elif not (all(a < b for a, b in pairs) or all(a > b for a, b in pairs)):
        said = "the values of `scale` neither rise nor fall throughout"
    elif any(a > b for a, b in pairwise(scores)):
        said = "the scores of `scale` fall"
    else:
        return []
    hint = "write points like [[10, 0], [5, 0.7], [3, 1]], from the worst value to the best"
    return [source.finding("OKR104", location, said, hint)]


def _current(
    source: Source, location: Location, fields: KeyResultFields, kind: Kind
) -> tuple[Quantity | None, list[Finding]]:
    if fields.current is None:
        return None, []
    try:
        if kind in (Kind.METRIC, Kind.KEEP):
            return parse_quantity(fields.current), []
        return Quantity(parse_share(fields.current)), []
    except InvalidValueError as error:
        message = f"`current`: {error.message}"
        return None, [source.finding("OKR104", (*location, "current"), message, error.hint)]


def _unit(
    source: Source, location: Location, fields: KeyResultFields, kpi_unit: str | None,
    current: Quantity | None,
) -> tuple[str | None, list[Finding]]:  # fmt: skip
    low, high = (fields.keep.min, fields.keep.max) if fields.keep else (None, None)
    written: list[tuple[Location, str | None]] = [
        (("kpi",), kpi_unit),
        (("unit",), written_unit(fields.unit)),
        (("from",), fields.from_.unit if fields.from_ else None),
        (("to",), fields.to.unit if fields.to else None),
        *((("scale", i, 0), value.unit) for i, (value, _) in enumerate(fields.scale or ())),
        *((("plan", i, 1), value.unit) for i, (_, value) in enumerate(fields.plan or ())),
        (("current",), current.unit if current else None),
        (("keep", "min"), low.unit if low else None),
        (("keep", "max"), high.unit if high else None),
    ]
    return one_unit(source, written, "the key result", location)


def _milestones(
    source: Source, location: Location, fields: KeyResultFields, single: bool
) -> tuple[Milestone, ...]:
    if single:
        place = Place(source.path, source.line(*location, "done"))
        return (Milestone(fields.title, 1.0, None, fields.done, None, place),)
    return tuple(
        Milestone(
            milestone.title, milestone.weight, milestone.due, milestone.done, milestone.progress,
            Place(source.path, source.line(*location, "milestones", position)),
        )
        for position, milestone in enumerate(fields.milestones or ())
    )  # fmt: skip
