"""Read what key results are measured by: their kinds and units, and the numbers in these."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from okrsite.documents.lines import Location
from okrsite.documents.models import KeyResultFields, RangeFields
from okrsite.documents.quantity import (
    SYMBOLS,
    InvalidValueError,
    Quantity,
    parse_quantity,
    parse_share,
    same_unit,
)
from okrsite.documents.source import Source
from okrsite.documents.values import Aggregate
from okrsite.findings.finding import Finding
from okrsite.i18n import phrase
from okrsite.project.model import Figure, Place
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import (
    Keep,
    Kind,
    Measure,
    Metric,
    Milestone,
    Milestones,
    Range,
    RollUp,
    Unmeasured,
)
from okrsite.project.plausible import Measured, Number

_ALWAYS = "id title description measured_by moves owner weight due status grade"
_EVERY_KIND = frozenset(_ALWAYS.split())
_USED: Mapping[Kind, frozenset[str]] = {
    Kind.METRIC: frozenset({"from_", "to", "scale", "plan", "aggregate", "current", "kpi", "unit"}),
    Kind.KEEP: frozenset({"keep", "current", "kpi", "unit"}),
    Kind.MILESTONE: frozenset({"milestones", "done", "current"}),
    Kind.ROLL_UP: frozenset({"roll_up"}),
    Kind.UNMEASURED: frozenset({"current"}),
}


def read_measure(
    source: Source,
    location: Location,
    fields: KeyResultFields,
    kpi_unit: str | None,
    cycle: Cycle | None,
) -> tuple[Measure, str | None, Figure | None, list[Finding]]:
    """Return what a key result is measured by, its unit and its value without a date.

    `kpi_unit` is the unit of the KPI it is on, where that has one.
    """
    kind = _kind_of(fields)
    unused, findings = _unused(source, location, fields, kind)
    if unused:
        fields = fields.model_copy(update=dict.fromkeys(unused))
    findings += _contradictions(source, location, fields, cycle)
    if fields.kpi is not None and fields.current is not None:
        message = phrase("there is both `current` and `kpi`, but the KPI gives the values")
        hint = phrase("remove it, and add a reading to the KPI")
        findings.append(source.finding("OKR304", (*location, "current"), message, hint))
        fields = fields.model_copy(update={"current": None})
    measure = _measure(source, location, fields, kind)
    current, of_current = _current(source, location, fields, measure.in_units)
    quantities = _quantities(location, fields, current)
    written = [((*location, "kpi"), kpi_unit), ((*location, "unit"), written_unit(fields.unit))]
    written += [(at, quantity.unit) for at, quantity in quantities]
    unit, of_unit = one_unit(source, written, phrase("the key result"))
    findings += [*of_current, *of_unit]
    return (
        measure,
        unit if measure.in_units else None,
        figure(source, (*location, "current"), current),
        findings,
    )


def measured_numbers(source: Source, location: Location, fields: KeyResultFields) -> Measured:
    """Return the numbers of a key result as they are written."""
    current = None if fields.kpi else _current(source, location, fields, True)[0]
    last = fields.scale[-1][0] if fields.scale else None
    return Measured(
        numbers_at(source, _quantities(location, fields)),
        written_unit(fields.unit),
        fields.from_,
        fields.to or last,
        Number(current, Place(source.path, source.line(*location, "current"))) if current else None,
        fields.aggregate is Aggregate.SUM,
    )


def numbers_at(source: Source, written: Iterable[tuple[Location, Quantity]]) -> tuple[Number, ...]:
    """Return quantities as numbers with their places."""
    return tuple(Number(q, Place(source.path, source.line(*at))) for at, q in written)


def _quantities(
    location: Location, fields: KeyResultFields, current: Quantity | None = None
) -> list[tuple[Location, Quantity]]:
    """Return the quantities by which a key result is measured, with their places."""
    low, high = (fields.keep.min, fields.keep.max) if fields.keep else (None, None)
    written: list[tuple[Location, Quantity | None]] = [
        (("from",), fields.from_),
        (("to",), fields.to),
        *((("scale", i, 0), value) for i, (value, _) in enumerate(fields.scale or ())),
        *((("plan", i, 1), value) for i, (_, value) in enumerate(fields.plan or ())),
        (("current",), current),
        (("keep", "min"), low),
        (("keep", "max"), high),
    ]
    return [((*location, *at), quantity) for at, quantity in written if quantity is not None]


def _kind_of(fields: KeyResultFields) -> Kind:
    """Return how a key result is measured; the order of the questions is the format's."""
    if fields.milestones is not None or fields.done is not None:
        return Kind.MILESTONE
    if fields.keep is not None:
        return Kind.KEEP
    if fields.roll_up:
        return Kind.ROLL_UP
    if fields.to is not None or fields.scale is not None:
        return Kind.METRIC
    return Kind.MILESTONE if fields.measured_by is not None else Kind.UNMEASURED


def _measure(source: Source, location: Location, fields: KeyResultFields, kind: Kind) -> Measure:
    if kind is Kind.MILESTONE:
        return _milestones(source, location, fields)
    if fields.keep is not None:
        return Keep(range_of(source, (*location, "keep"), fields.keep))
    if kind is Kind.METRIC:
        return Metric(
            start=figure(source, (*location, "from"), fields.from_),
            target=figure(source, (*location, "to"), fields.to),
            scale=tuple((value.value, score) for value, score in fields.scale or ()),
            plan=tuple(sorted((day, value.value) for day, value in fields.plan or ())),
            aggregate=fields.aggregate or Aggregate.LAST,
        )
    return RollUp() if kind is Kind.ROLL_UP else Unmeasured()


def figure(source: Source, location: Location, quantity: Quantity | None) -> Figure | None:
    """Return a written quantity with its place."""
    if quantity is None:
        return None
    return Figure(quantity.value, Place(source.path, source.line(*location)))


def range_of(source: Source, location: Location, fields: RangeFields) -> Range:
    """Return a written range with its place."""
    low, high = fields.min, fields.max
    return Range(
        low.value if low else None,
        high.value if high else None,
        Place(source.path, source.line(*location)),
    )


def check_range(source: Source, location: Location, fields: RangeFields | None) -> list[Finding]:
    """Return what is wrong with a range alone."""
    if fields is None:
        return []
    if fields.min is None and fields.max is None:
        hint = phrase("write a lower bound as `min`, an upper one as `max`, or both")
        message = phrase("`min` or `max` is missing in a range")
        return [source.finding("OKR103", location, message, hint)]
    if fields.min and fields.max and fields.min.value > fields.max.value:
        message = phrase("`min` is above `max`: nothing is in between")
        return [source.finding("OKR104", location, message)]
    return []


def one_unit(
    source: Source, written: Iterable[tuple[Location, str | None]], what: str
) -> tuple[str | None, list[Finding]]:
    """Return the one unit of several quantities; the longer of `day` and `days`."""
    unit: str | None = None
    for location, other in written:
        if other is None or other == unit:
            continue
        if unit is None:
            unit = other
        elif not same_unit(unit, other):
            message = phrase(
                "%(what)s has two units, `%(unit)s` and `%(other)s`",
                what=what,
                unit=unit[:40],
                other=other[:40],
            )
            hint = phrase("use one unit throughout")
            return unit, [source.finding("OKR107", location, message, hint)]
        elif len(other) > len(unit):
            unit = other
    return unit, []


def written_unit(unit: str | None) -> str | None:
    """Return the unit that a `unit` field means; a currency sign means its code."""
    return SYMBOLS.get(unit, unit) if unit else None


def _unused(
    source: Source, location: Location, fields: KeyResultFields, kind: Kind
) -> tuple[list[str], list[Finding]]:
    """List the fields that the kind does not use, with a finding for each."""
    used = _EVERY_KIND | _USED[kind]
    if kind is Kind.MILESTONE:
        used = used - ({"current", "done"} if fields.milestones is not None else {"milestones"})
    findings = []
    if fields.kpi is not None and not (fields.to or fields.scale or fields.keep):
        hint = phrase("add a target (`to`), a `scale`, or a range to stay in (`keep`)")
        message = phrase("a key result on a KPI has no `to`, `scale` or `keep`")
        findings.append(source.finding("OKR103", (*location, "kpi"), message, hint))
        used = used | {"kpi"}
    unused = sorted(fields.model_fields_set - used)
    for name in unused:
        written = name.removesuffix("_")
        if name == "roll_up" and not fields.roll_up:
            continue
        message = phrase(
            "a key result of the kind %(kind)s doesn't use `%(written)s`",
            written=written,
            kind=kind,
        )
        hint = phrase("remove it, or remove what makes the key result a %(kind)s", kind=kind)
        if kind is Kind.UNMEASURED:
            hint = phrase("write the target as `to`")
        findings.append(source.finding("OKR106", (*location, written), message, hint))
    return unused, findings


def _contradictions(
    source: Source, location: Location, fields: KeyResultFields, cycle: Cycle | None
) -> list[Finding]:
    findings = check_range(source, (*location, "keep"), fields.keep)
    start = fields.from_ or (None if fields.kpi or fields.scale else Quantity(0.0))
    if fields.to and start and fields.to.value == start.value:
        message = phrase("start equals target, so progress can't be computed")
        hint = phrase("add `from`, or another target; to hold a value, use `keep`")
        if fields.from_:
            hint = phrase("change the start or the target; to hold a value, use `keep`")
        findings.append(source.finding("OKR108", (*location, "to"), message, hint))
    findings += _scale(source, (*location, "scale"), fields)
    days: list[tuple[Location, date]] = [(("due",), fields.due)] if fields.due else []
    days += [(("plan", i, 0), day) for i, (day, _) in enumerate(fields.plan or ())]
    for place, day in days:
        if cycle is not None and not cycle.holds(day):
            message = phrase(
                "`%(field)s`: %(day)s is not in the cycle %(cycle)s",
                field=place[0],
                day=day,
                cycle=cycle.title,
            )
            hint = phrase(
                "write a date from %(start)s to %(end)s",
                start=f"{cycle.start}",
                end=f"{cycle.end}",
            )
            findings.append(source.finding("OKR104", (*location, *place), message, hint))
    planned = [day for day, _ in fields.plan or ()]
    if len(planned) != len(set(planned)):
        message = phrase("`plan` has two values for the same date")
        findings.append(source.finding("OKR104", (*location, "plan"), message))
    return findings


def _scale(source: Source, location: Location, fields: KeyResultFields) -> list[Finding]:
    if fields.scale is None:
        return []
    values = [value.value for value, _ in fields.scale]
    scores = [score for _, score in fields.scale]
    pairs = list(pairwise(values))
    if len(values) < 2:
        problem = phrase("`scale` has only one point")
    elif not (all(a < b for a, b in pairs) or all(a > b for a, b in pairs)):
        problem = phrase("the values of `scale` must rise or fall throughout")
    elif any(a > b for a, b in pairwise(scores)):
        problem = phrase("the scores of `scale` must not fall")
    else:
        return []
    hint = phrase("write points like [[10, 0], [5, 0.7], [3, 1]], from the worst value to the best")
    return [source.finding("OKR104", location, problem, hint)]


def _current(
    source: Source, location: Location, fields: KeyResultFields, in_units: bool
) -> tuple[Quantity | None, list[Finding]]:
    if fields.current is None:
        return None, []
    try:
        if in_units:
            return parse_quantity(fields.current), []
        return Quantity(parse_share(fields.current)), []
    except InvalidValueError as error:
        message = phrase("`current`: %(message)s", message=error.message)
        return None, [source.finding("OKR104", (*location, "current"), message, error.hint)]


def _milestones(source: Source, location: Location, fields: KeyResultFields) -> Milestones:
    if fields.milestones is None:
        place = Place(source.path, source.line(*location, "done"))
        return Milestones((Milestone(fields.title, 1.0, None, fields.done, None, place),), True)
    made = (
        Milestone(
            written.title,
            written.weight,
            written.due,
            written.done,
            written.progress,
            Place(source.path, source.line(*location, "milestones", position)),
        )
        for position, written in enumerate(fields.milestones)
    )
    return Milestones(tuple(made), False)
