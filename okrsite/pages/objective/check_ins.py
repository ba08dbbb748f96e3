"""What was said of an objective: its check-ins, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from okrsite.language.inline import inline, inline_without_links
from okrsite.pages.parts import Desk, Link, Source
from okrsite.project.model import CheckIn, KeyResult, Objective


@dataclass(frozen=True, slots=True)
class StatedRow:
    """What a check-in says of one key result."""

    name: Markup
    value: str
    confidence: str | None
    note: Markup | None


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """One check-in, ready to be read."""

    day: str
    iso: str
    confidence: str | None
    author: Link | None
    document: Link | None
    values: tuple[StatedRow, ...]
    note: Markup | None
    blockers: tuple[Markup, ...]
    next: tuple[Markup, ...]
    source: Source


def check_in_rows(
    desk: Desk, objective: Objective, check_ins: Iterable[CheckIn]
) -> tuple[CheckInRow, ...]:
    """Show check-ins up to the day of the site, the newest first."""
    known = [check_in for check_in in check_ins if check_in.date <= desk.site.as_of]
    known.sort(key=lambda check_in: check_in.date)
    values = _Values(desk.results(objective.id))
    return tuple(_check_in(desk, objective, values, check_in) for check_in in reversed(known))


class _Values:
    """The values that count, by what stated them; a key result's are looked through once."""

    def __init__(self, results: Mapping[str, KeyResult]) -> None:
        self.results = results
        self._known: dict[str, dict[tuple[str, date], float]] = {}

    def of(self, result: KeyResult, check_in: CheckIn) -> float | None:
        """Return the value that a check-in states of a key result, None where it does not count."""
        if result.id not in self._known:
            known = self._known[result.id] = {}
            for reading in result.readings:
                known.setdefault((reading.uri, reading.date), reading.value)
        return self._known[result.id].get((check_in.uri, check_in.date))


def _check_in(desk: Desk, objective: Objective, values: _Values, check_in: CheckIn) -> CheckInRow:
    site, words = desk.site, desk.words
    document = site.project.check_in_documents.get(check_in.uri)
    linked = None
    if document is not None and document.page.uri != objective.page.uri:
        address = desk.href(site.addresses.page(document.page.uri))
        linked = Link(inline_without_links(site.title_of(document)), address)
    confidence = None
    if check_in.confidence is not None:
        value = words.confidence(check_in.confidence)
        confidence = desk.say("confidence %(value)s", value=value)
    return CheckInRow(
        day=words.day(check_in.date),
        iso=check_in.date.isoformat(),
        confidence=confidence,
        author=desk.owner(check_in.author) if check_in.author else None,
        document=linked,
        values=tuple(_stated(desk, values, check_in)),
        note=inline(check_in.note) if check_in.note else None,
        blockers=tuple(inline(text) for text in check_in.blockers),
        next=tuple(inline(text) for text in check_in.next),
        source=desk.source(check_in.place.path, check_in.place.line),
    )


def _stated(desk: Desk, values: _Values, check_in: CheckIn) -> Iterator[StatedRow]:
    """Show the values of a check-in that count, in the unit of their key result."""
    words = desk.words
    for stated in check_in.values:
        result = values.results.get(stated.key_result)
        if result is None:
            continue
        value, confidence, read = "", None, values.of(result, check_in)
        if read is not None and not result.masked:
            value = words.quantity(read, result.unit)
        if stated.confidence is not None:
            shown = words.confidence(stated.confidence)
            confidence = desk.say("confidence %(value)s", value=shown)
        note = inline(stated.note) if stated.note else None
        if value or confidence or note:
            yield StatedRow(inline_without_links(result.title), value, confidence, note)
