"""Check-ins to series: what was said of each key result, in the order in which it counts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from okrsite.documents.lines import Location
from okrsite.documents.models import CheckInDocumentFields, EntryFields, ObjectiveFields
from okrsite.documents.quantity import InvalidValueError, parse_quantity, parse_share, same_unit
from okrsite.documents.source import Source
from okrsite.documents.validate import Document
from okrsite.findings.finding import Finding
from okrsite.project.kpis import two_values
from okrsite.project.measures import takes_values
from okrsite.project.model import CheckIn, Confidence, KeyResult, Kind, Place, Reading, StatedValue
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import unknown_key_result
from okrsite.project.registry import Registry


@dataclass(frozen=True, slots=True)
class Entry:
    """One check-in as written: in which document, where in it, and about what."""

    source: Source
    location: Location
    date: date
    fields: EntryFields
    author: str | None

    def finding(
        self, code: str, value: str, message: str, hint: str | None, mentions: tuple[str, ...] = ()
    ) -> Finding:
        """Make a finding about the value of one key result."""
        return self.source.finding(code, (*self.location, "values", value), message, hint, mentions)


def own_entries(document: Document) -> list[Entry]:
    """List the check-ins that stand in an objective."""
    fields = cast(ObjectiveFields, document.fields)
    return [
        Entry(document.source, ("check_ins", position), entry.date, entry, None)
        for position, entry in enumerate(fields.check_ins)
    ]


def document_entries(
    registry: Registry, documents: Iterable[Document]
) -> tuple[dict[str, list[Entry]], list[Finding]]:
    """Sort the updates of all check-in documents by objective, in the order of their paths.

    One that says nothing, in a document without a text, is prepared and no check-in yet.
    """
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    findings: list[Finding] = []
    for document in documents:
        fields = cast(CheckInDocumentFields, document.fields)
        author, said = author_of(registry, document)
        findings += said
        # Outside every cycle's folder the day alone says which cycles are meant.
        day = Cycle("", "", fields.date, fields.date)
        cycle = registry.folder_cycle(document.uri) or day
        for position, update in enumerate(fields.updates):
            location: Location = ("updates", position)
            found, said = registry.objective(
                document, (*location, "objective"), update.objective, cycle
            )
            findings += said
            if found is not None and (update.says_something or document.source.body.strip()):
                entry = Entry(document.source, location, fields.date, update, author)
                entries[found].append(entry)
    return entries, findings


def as_stated(objective: str, entry: Entry) -> CheckIn:
    """Return a check-in as it is written, whether its key results are there or not."""
    values = (
        StatedValue(name.strip().lower(), stated.value, stated.confidence, stated.note)
        for name, stated in entry.fields.values.items()
    )
    return _check_in(objective, entry, values)


def author_of(registry: Registry, document: Document) -> tuple[str | None, list[Finding]]:
    """Find whose check-in a document is: the written owner's, else the folder's."""
    written = cast(CheckInDocumentFields, document.fields).owner
    if written is not None:
        return registry.owner(document, ("owner",), written)
    return registry.folder_owner(document.uri), []


@dataclass(frozen=True, slots=True)
class Unread:
    """A key result before the check-ins are read: how it takes values, and what it has of its KPI.

    `mentions` are the paths of the documents that what is said of it may quote. `finish` makes it,
    once its unit, its readings and the confidence in it are known.
    """

    id: str
    kind: Kind
    single: bool
    kpi: str | None
    unit: str | None
    readings: tuple[Reading, ...]
    mentions: tuple[str, ...]
    finish: Callable[[str | None, tuple[Reading, ...], tuple[Confidence, ...]], KeyResult]


@dataclass(slots=True)
class _Series:
    """What one key result collects while the entries are read."""

    result: Unread
    unit: str | None
    readings: list[Reading] = field(default_factory=list)
    confidences: list[Confidence] = field(default_factory=list)


def enter(
    objective: str, cycle: Cycle, results: Sequence[Unread], entries: Iterable[Entry]
) -> tuple[tuple[KeyResult, ...], tuple[CheckIn, ...], list[Finding]]:
    """Make the key results of an objective with what the check-ins say of them.

    An entry with an error is left out whole, a value that has nowhere to go alone.
    """
    collected = {result.id: _Series(result, result.unit) for result in results}
    check_ins: list[CheckIn] = []
    findings: list[Finding] = []
    for entry in entries:
        heard, said = _heard(objective, collected, entry)
        findings += said
        if heard is None:
            continue
        if not cycle.start <= entry.date <= cycle.closing_day:
            findings.append(_outside(entry, cycle))
        check_ins.append(_check_in(objective, entry, heard.stated))
        for series, reading, confidence in heard.values:
            if reading is not None:
                series.readings.append(reading)
            if confidence is not None:
                series.confidences.append(confidence)
    for series in collected.values():
        findings += two_values(series.readings, "key result")
    entered = tuple(
        series.result.finish(
            series.unit,
            (*series.result.readings, *series.readings),
            tuple(series.confidences),
        )
        for series in collected.values()
    )
    return entered, tuple(check_ins), findings


@dataclass(slots=True)
class _Heard:
    """What an entry says of key results: as stated, and as each of them takes it."""

    stated: list[StatedValue] = field(default_factory=list)
    values: list[tuple[_Series, Reading | None, Confidence | None]] = field(default_factory=list)


def _heard(
    objective: str, collected: dict[str, _Series], entry: Entry
) -> tuple[_Heard | None, list[Finding]]:
    """Read the values of an entry; None where one of them has an error."""
    heard = _Heard()
    findings: list[Finding] = []
    broken = False
    source, note = entry.source, entry.fields.note
    lines = source.lines(*entry.location, "values")
    for name, stated in entry.fields.values.items():
        id = name.strip().lower()
        series = collected.get(id)
        if series is not None:
            id = series.result.id  # one text for all the values of a key result
        heard.stated.append(StatedValue(id, stated.value, stated.confidence, stated.note))
        if series is None:
            findings.append(_unknown(objective, collected, entry, name))
            continue
        place = Place(source.path, lines.get(name) or source.line(*entry.location))
        confidence = None
        if stated.confidence is not None:
            confidence = Confidence(entry.date, stated.confidence, place, source.uri)
        if stated.value is None:
            heard.values.append((series, None, confidence))
            continue
        result = series.result
        if not takes_values(result.kind, result.single, result.kpi is not None):
            findings.append(_from_elsewhere(result, entry, name))
            heard.values.append((series, None, confidence))
            continue
        value = _read(series, entry, name, stated.value)
        if isinstance(value, Finding):
            findings.append(value)
            broken = True
            continue
        reading = Reading(entry.date, value, place, source.uri, stated.note or note)
        heard.values.append((series, reading, confidence))
    return (None if broken else heard), findings


def _read(series: _Series, entry: Entry, name: str, text: str) -> float | Finding:
    """Read a value the way the key result's kind takes it, or say what is wrong with it."""
    try:
        if series.result.kind not in (Kind.METRIC, Kind.KEEP):
            return parse_share(text)
        quantity = parse_quantity(text)
    except InvalidValueError as error:
        return entry.finding("OKR104", name, error.message, error.hint)
    if quantity.unit is None or quantity.unit == series.unit:
        return quantity.value
    if series.unit is not None:
        if not same_unit(quantity.unit, series.unit):
            message = (
                f"the value has the unit `{quantity.unit[:40]}`, the key result `{series.unit}`"
            )
            return entry.finding("OKR107", name, message, "write all in one unit")
    series.unit = series.unit or quantity.unit
    return quantity.value


def _check_in(objective: str, entry: Entry, stated: Iterable[StatedValue]) -> CheckIn:
    fields = entry.fields
    return CheckIn(
        objective=objective,
        date=entry.date,
        confidence=fields.confidence,
        values=tuple(stated),
        note=fields.note,
        blockers=tuple(fields.blockers),
        next=tuple(fields.next),
        author=entry.author,
        place=Place(entry.source.path, entry.source.line(*entry.location)),
        uri=entry.source.uri,
    )


def _outside(entry: Entry, cycle: Cycle) -> Finding:
    side = "before its cycle starts" if entry.date < cycle.start else "after its cycle closed"
    day = cycle.start if entry.date < cycle.start else cycle.closing_day
    message = f"the check-in of {entry.date} lies {side}, {day}; its values do not count"
    location = (*entry.location, "date") if entry.location[0] == "check_ins" else entry.location
    return entry.source.finding("OKR301", location, message, "correct the date, or leave it out")


def _unknown(objective: str, collected: dict[str, _Series], entry: Entry, name: str) -> Finding:
    wrong = unknown_key_result(objective, name, collected)
    return entry.finding("OKR302", name, wrong.message, wrong.hint)


def _from_elsewhere(result: Unread, entry: Entry, name: str) -> Finding:
    where = {Kind.MILESTONE: "its milestones", Kind.ROLL_UP: "the objectives that align to it"}
    source = where.get(result.kind, f"the KPI `{result.kpi}`")
    message = f"`{result.id}` takes its values from {source}, not from check-ins"
    return entry.finding("OKR304", name, message, "write the value there", result.mentions)
