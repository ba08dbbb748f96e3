"""Check-ins: from entries to the readings and confidences of key results, in their order."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from okrsite.documents.lines import Location
from okrsite.documents.models import CheckInDocumentFields, EntryFields, ObjectiveFields
from okrsite.documents.quantity import (
    InvalidValueError,
    Quantity,
    parse_quantity,
    parse_share,
    same_unit,
)
from okrsite.documents.source import Source
from okrsite.documents.validate import NO_DAY, PLACEHOLDER, Document
from okrsite.findings.finding import Finding
from okrsite.i18n import phrase
from okrsite.project.kpis import second_of_day, two_values
from okrsite.project.meanings import NameKind, unknown_key_result
from okrsite.project.model import CheckIn, Confidence, KeyResult, Place, Reading, StatedValue
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import Unmeasured
from okrsite.project.plausible import Measured, Number, misread
from okrsite.project.registry import Registry
from okrsite.util.spelling import normal_form


@dataclass(frozen=True, slots=True)
class CheckInEntry:
    """One check-in as written: in which document, where in it, and about what.

    One that does not count has an error, or is in a document with one; it is still read.
    """

    source: Source
    location: Location
    date: date
    fields: EntryFields
    author: str | None
    counts: bool = True

    def finding(
        self, code: str, value: str, message: str, hint: str | None, mentions: tuple[str, ...] = ()
    ) -> Finding:
        """Return a finding about the value of one key result."""
        return self.source.finding(code, (*self.location, "values", value), message, hint, mentions)


def own_entries(document: Document) -> list[CheckInEntry]:
    """List the check-ins in an objective's own document."""
    fields = cast(ObjectiveFields, document.fields)
    return [
        CheckInEntry(document.source, at, entry.date, entry, None, not document.damages(*at))
        for position, entry in enumerate(fields.check_ins)
        for at in [("check_ins", position)]
    ]


def document_entries(
    registry: Registry, documents: Iterable[Document], findings: list[Finding]
) -> dict[str, list[CheckInEntry]]:
    """Return the updates of all check-in documents by objective, in the order of their paths.

    An empty one in a document without text is prepared, and not a check-in yet. What is wrong with
    references is added to `findings`.
    """
    entries: defaultdict[str, list[CheckInEntry]] = defaultdict(list)
    for document in documents:
        if document.fields is None:
            continue
        fields = cast(CheckInDocumentFields, document.fields)
        author = author_of(registry, document, findings)
        in_folder = registry.folder_cycle(document.uri) is not None
        unsure = fields.date == NO_DAY and not in_folder
        for position, update in enumerate(fields.updates):
            location: Location = ("updates", position)
            if update.objective == PLACEHOLDER:
                continue
            at = (*location, "objective")
            problems: list[Finding] = []
            found = registry.objective(document, at, update.objective, problems)
            findings += [one for one in problems if not unsure or one.code != "OKR202"]
            if found is not None and (update.says_something or document.source.body.strip()):
                counts = not document.broken and not document.damages(*location)
                entry = CheckInEntry(document.source, location, fields.date, update, author, counts)
                entries[found].append(entry)
    return entries


def as_stated(objective: str, entry: CheckInEntry) -> CheckIn:
    """Return a check-in as it is written, whether its key results are there or not."""
    values = (
        StatedValue(normal_form(name.strip()), stated.value, stated.confidence, stated.note)
        for name, stated in entry.fields.values.items()
    )
    return _check_in(objective, entry, values)


def author_of(registry: Registry, document: Document, findings: list[Finding]) -> str | None:
    """Return whose check-in a document is: the written owner's, else the folder's."""
    written = cast(CheckInDocumentFields, document.fields).owner
    if written is not None:
        return registry.owner(document, ("owner",), written, findings)
    return registry.folder_owner(document.uri)


@dataclass(slots=True)
class _Collected:
    """What the entries state for one key result."""

    result: KeyResult
    unit: str | None
    readings: list[Reading] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    confidences: list[Confidence] = field(default_factory=list)

    def applied(self) -> KeyResult:
        """Return the key result with what was stated."""
        if self.unit == self.result.unit and not self.readings and not self.confidences:
            return self.result
        return replace(
            self.result,
            unit=self.unit,
            readings=(*self.result.readings, *self.readings),
            confidences=tuple(self.confidences),
        )


_Value = tuple[_Collected, Number | None, Reading | None, Confidence | None]


@dataclass(frozen=True, slots=True)
class Reported:
    """What check-ins are about: an objective and its key results.

    `unread` are the ids of key results with errors, of which values may be stated too.
    """

    objective: str
    cycle: Cycle | None
    results: tuple[KeyResult, ...]
    measured: Mapping[str, Measured]
    unread: frozenset[str] = frozenset()


def apply_check_ins(
    registry: Registry, about: Reported, entries: Iterable[CheckInEntry]
) -> tuple[tuple[KeyResult, ...], tuple[CheckIn, ...], list[Finding]]:
    """Return the key results of an objective with the values and confidences of its check-ins.

    An entry with an error is left out whole, a value that has nowhere to go alone.
    """
    collected = {result.id: _Collected(result, result.unit) for result in about.results}
    check_ins: list[CheckIn] = []
    findings: list[Finding] = []
    for entry in entries:
        stated, values, problems, broken = _parse(registry, about, collected, entry)
        findings += problems
        cycle, dated = about.cycle, entry.date != NO_DAY
        if cycle and dated and not cycle.start <= entry.date <= cycle.closing_day:
            findings.append(_outside(entry, cycle))
        if broken or not entry.counts:
            continue
        check_ins.append(_check_in(about.objective, entry, stated))
        for key_result, number, reading, confidence in values:
            if reading is not None and number is not None:
                key_result.readings.append(reading)
                key_result.numbers.append(number)
            if confidence is not None:
                key_result.confidences.append(confidence)
    findings += _two_confidences([c.stated for c in check_ins], of_objective=True)
    for key_result in collected.values():
        doubled = list(two_values(key_result.readings))
        places = {(found.path, found.line) for found in doubled}
        findings += doubled
        findings += (
            found
            for found in _two_confidences(key_result.confidences)
            if (found.path, found.line) not in places
        )
        if measured := about.measured.get(key_result.result.id):
            findings += misread(measured, key_result.numbers)
    applied = tuple(key_result.applied() for key_result in collected.values())
    return applied, tuple(check_ins), findings


def _parse(
    registry: Registry, about: Reported, collected: dict[str, _Collected], entry: CheckInEntry
) -> tuple[list[StatedValue], list[_Value], list[Finding], bool]:
    """Return the values of an entry, as stated and as those of key results, and whether one of them
    has an error."""
    all_stated: list[StatedValue] = []
    values: list[_Value] = []
    findings: list[Finding] = []
    broken = False
    source, note = entry.source, entry.fields.note
    lines = source.lines(*entry.location, "values")
    for name, stated in entry.fields.values.items():
        id = normal_form(name.strip())
        known = collected.get(id)
        if known is not None:
            if (stated.value, stated.confidence, stated.note) == (None, None, None):
                continue
            id = known.result.id  # one text for all the values of a key result
        all_stated.append(StatedValue(id, stated.value, stated.confidence, stated.note))
        if known is None:
            if id not in about.unread:
                findings.append(_unknown(about.objective, collected, entry, name))
            continue
        place = Place(source.path, lines.get(name) or source.line(*entry.location))
        confidence = None
        if stated.confidence is not None:
            confidence = Confidence(entry.date, stated.confidence, place, source.uri)
        number = reading = None
        if stated.value is not None and not known.result.takes_check_ins:
            if not known.result.masked:
                findings.append(_from_elsewhere(registry, known.result, entry, name))
        elif stated.value is not None:
            value = _value(known, entry, name, stated.value)
            if isinstance(value, Finding):
                findings.append(value)
                broken = True
                continue
            number = Number(value, place, entry.date)
            reading = Reading(entry.date, value.value, place, source.uri, stated.note or note)
        values.append((known, number, reading, confidence))
    return all_stated, values, findings, broken


def _value(known: _Collected, entry: CheckInEntry, name: str, text: str) -> Quantity | Finding:
    """Return a value in the key result's unit or as a share, or what is wrong with it."""
    try:
        if not known.result.measure.in_units:
            return _share(known.result, text)
        quantity = parse_quantity(text)
    except InvalidValueError as error:
        return entry.finding("OKR104", name, error.message, error.hint)
    if quantity.unit is None or quantity.unit == known.unit:
        return quantity
    if known.unit is not None and not same_unit(quantity.unit, known.unit):
        message = phrase(
            "the value has the unit `%(unit)s`, the key result `%(other)s`",
            unit=quantity.unit[:40],
            other=known.unit,
        )
        return entry.finding("OKR107", name, message, phrase("use one unit throughout"))
    known.unit = known.unit or quantity.unit
    return quantity


def _share(result: KeyResult, text: str) -> Quantity:
    """Return a value of a key result without a unit; raise InvalidValueError where it is none."""
    try:
        return Quantity(parse_share(text))
    except InvalidValueError as error:
        if not isinstance(result.measure, Unmeasured):
            raise
        hint = phrase(
            "write the target of `%(result)s` as `to`, or a share like %(example)s",
            result=result.id,
            example="60%",
        )
        raise InvalidValueError(error.message, hint) from None


def _check_in(objective: str, entry: CheckInEntry, stated: Iterable[StatedValue]) -> CheckIn:
    fields = entry.fields
    return CheckIn(
        objective=objective,
        date=entry.date,
        confidence=fields.confidence,
        values=tuple(stated),
        note=fields.note,
        blockers=tuple(fields.blockers),
        next=tuple(fields.next),
        wins=tuple(fields.wins),
        author=entry.author,
        place=Place(entry.source.path, entry.source.line(*entry.location)),
        uri=entry.source.uri,
    )


def _two_confidences(
    confidences: Iterable[Confidence | None], of_objective: bool = False
) -> Iterator[Finding]:
    """Yield a finding for each confidence that differs from the one that counts on its date."""
    lowest: dict[date, Confidence] = {}
    for confidence in confidences:
        if confidence is None:
            continue
        other = lowest.setdefault(confidence.date, confidence)
        if other.value != confidence.value:
            message = phrase(
                "the key result has another confidence for %(day)s, in %(place)s; the lower one "
                "counts"
            )
            if of_objective:
                message = phrase(
                    "the objective has another confidence for %(day)s, in %(place)s; the lower one "
                    "counts"
                )
            yield second_of_day(message, confidence, other)
            lowest[confidence.date] = min(other, confidence, key=lambda c: c.value)


def _outside(entry: CheckInEntry, cycle: Cycle) -> Finding:
    message = phrase(
        "the check-in for %(day)s is after its cycle closed, %(end)s; its values don't count",
        day=entry.date,
        end=cycle.closing_day,
    )
    if entry.date < cycle.start:
        message = phrase(
            "the check-in for %(day)s is before its cycle starts, %(start)s;"
            " its values don't count",
            day=entry.date,
            start=cycle.start,
        )
    location = (*entry.location, "date") if entry.location[0] == "check_ins" else entry.location
    hint = phrase("correct the date, or remove it")
    return entry.source.finding("OKR301", location, message, hint)


_WITHOUT_COLON = re.compile(r"(\S+?)(?:\s+|:)(\S.*)")


def _unknown(
    objective: str, collected: dict[str, _Collected], entry: CheckInEntry, name: str
) -> Finding:
    titles = {id: known.result.title for id, known in collected.items()}
    wrong = unknown_key_result(objective, name, titles)
    apart = _WITHOUT_COLON.fullmatch(name)
    if apart and apart[1] in collected and not wrong.suggestions:
        hint = phrase(
            "add a space after the colon: `%(name)s: %(value)s`",
            name=apart[1],
            value=apart[2][:60],
        )
        return entry.finding("OKR302", name, wrong.message, hint)
    return entry.finding("OKR302", name, wrong.message, wrong.hint)


def _from_elsewhere(
    registry: Registry, result: KeyResult, entry: CheckInEntry, name: str
) -> Finding:
    source = result.measure.values_from or phrase("the KPI `%(kpi)s`", kpi=result.kpi)
    message = phrase(
        "`%(result)s` takes its values from %(source)s, not from check-ins",
        result=result.id,
        source=source,
    )
    mentions = registry.names.paths(NameKind.KPI, [result.kpi] if result.kpi else ())
    return entry.finding("OKR304", name, message, phrase("set the value there"), mentions)
