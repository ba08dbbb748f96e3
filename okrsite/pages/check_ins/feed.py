"""Check-ins in the order of their days: each in full, or in one line where there are many."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import escape

from okrsite.language.inline import inline_without_links
from okrsite.pages.objective import CheckInRow, check_in_rows
from okrsite.pages.parts import Desk, Link, Mark
from okrsite.pages.site import Site
from okrsite.project.model import CheckIn, CheckInDocument
from okrsite.project.sorting import Natural, natural

MANY = 100
"""More check-ins than these are too many to be read one by one: they stand in one line each."""

_MOST_BLOCKED = 25
"""So many of those that are blocked are still shown in full."""


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """What was said about one objective, and how that objective stands on the day of the site."""

    objective: Link
    owners: tuple[Link, ...]
    status: Mark | None
    score: str
    check_in: CheckInRow


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One check-in of the feed: a document with all its updates, or what one objective says."""

    day: str
    iso: str
    document: Link | None
    author: Link | None
    updates: tuple[UpdateRow, ...]


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One check-in in one line; what it says is read where it leads to."""

    link: Link
    owners: tuple[Link, ...]
    confidence: str | None
    blocked: str | None


@dataclass(frozen=True, slots=True)
class FeedDay:
    """The check-ins of a day, one a line."""

    day: str
    iso: str
    lines: tuple[FeedLine, ...]


@dataclass(frozen=True, slots=True)
class FeedWeek:
    """The check-ins of a week, the newest first.

    Of a week with many, `entries` are only those that are blocked, as `blocked` says, and `days`
    list all of it. Where the list stands elsewhere there are no days, and `more` leads to it.
    """

    anchor: str
    title: str
    span: str
    count: str
    entries: tuple[FeedEntry, ...]
    blocked: str | None
    days: tuple[FeedDay, ...]
    more: Link | None


@dataclass(frozen=True, slots=True)
class Heard:
    """One check-in before it is put in words: a document, or an entry in an objective."""

    date: date
    document: CheckInDocument | None
    said: tuple[CheckIn, ...]

    @property
    def blocked(self) -> bool:
        """Whether something stands in its way."""
        return any(check_in.blockers for check_in in self.said)


def heard_in(site: Site, month: date) -> Iterator[Heard]:
    """List the check-ins of a month, given by its first day; a document is one."""
    documents = site.project.check_in_documents
    for document in site.check_in_documents_by_month.get(month, []):
        yield Heard(document.date, document, tuple(said_in(site, document)))
    for check_in in site.check_ins_by_month.get(month, []):
        if check_in.uri not in documents:
            yield Heard(check_in.date, None, (check_in,))


def heard_in_week(site: Site, monday: date) -> list[Heard]:
    """List the check-ins of a week, which may lie in two months."""
    months = {day.replace(day=1) for day in (monday, monday + timedelta(days=6))}
    return [
        heard
        for month in sorted(months, reverse=True)
        for heard in heard_in(site, month)
        if monday_of(heard.date) == monday
    ]


def said_in(site: Site, document: CheckInDocument) -> list[CheckIn]:
    """List what a document says, in the order in which it is written."""
    found = [
        check_in
        for id in document.objectives
        for check_in in site.project.objectives[id].check_ins
        if check_in.uri == document.page.uri
    ]
    return sorted(found, key=lambda check_in: check_in.place.line)


def monday_of(day: date) -> date:
    """Return the first day of a day's ISO week."""
    return day - timedelta(days=day.weekday())


def week_uri(monday: date) -> str:
    """Return the file that the page of a week would be made of: `check-ins/2026-w41.md`."""
    calendar = monday.isocalendar()
    return f"check-ins/{calendar.year}-w{calendar.week:02}.md"


def week_link(desk: Desk, monday: date) -> Link:
    """Link to the page of a week."""
    number = monday.isocalendar().week
    return desk.page(desk.say("Week %(number)s", number=number), week_uri(monday))


def count_check_ins(desk: Desk, number: int) -> str:
    """Count check-ins in words."""
    return desk.words.count("%(number)s check-in", "%(number)s check-ins", number)


def span_of(desk: Desk, monday: date) -> str:
    """Say the days of a week."""
    words = desk.words
    return desk.say(
        "%(start)s to %(end)s",
        start=words.short_day(monday), end=words.short_day(monday + timedelta(days=6)),
    )  # fmt: skip


def feed_week(desk: Desk, monday: date, heard: list[Heard], listed: bool = True) -> FeedWeek:
    """Show the check-ins of a week; of many only what is blocked, and a list if it is `listed`."""
    heard = sorted(heard, key=lambda one: _order(desk.site, one))
    many, blocked = len(heard) > MANY, [one for one in heard if one.blocked]
    calendar = monday.isocalendar()
    count = count_check_ins(desk, len(heard))
    more = None
    if many and not listed:
        address = desk.href(desk.site.addresses.page(week_uri(monday)))
        more = Link(escape(desk.say("All %(check_ins)s of this week", check_ins=count)), address)
    return FeedWeek(
        anchor=f"week-{calendar.year}-{calendar.week:02}",
        title=desk.say("Week %(number)s", number=calendar.week),
        span=span_of(desk, monday),
        count=count,
        entries=tuple(_entry(desk, one) for one in (blocked[:_MOST_BLOCKED] if many else heard)),
        blocked=_blocked(desk, len(blocked)) if many else None,
        days=tuple(_days(desk, heard)) if many and listed else (),
        more=more,
    )


def updates(desk: Desk, said: Iterable[CheckIn]) -> tuple[UpdateRow, ...]:
    """Show what was said, each with the objective that it is about."""
    rows = []
    for check_in in said:
        objective = desk.site.project.objectives[check_in.objective]
        figures = desk.site.scorecard.objectives[objective.id]
        rows += [
            UpdateRow(
                objective=desk.objective(objective.id),
                owners=desk.owners(objective.owners),
                status=desk.status(figures.status),
                score=desk.words.score(figures.score),
                check_in=row,
            )
            for row in check_in_rows(desk, objective, [check_in])
        ]
    return tuple(rows)


def _order(site: Site, one: Heard) -> tuple[int, bool, Natural]:
    if one.document is not None:
        title = site.title_of(one.document)
    else:
        title = site.project.objectives[one.said[0].objective].page.title
    return -one.date.toordinal(), one.document is None, natural(title)


def _blocked(desk: Desk, number: int) -> str:
    if not number:
        return desk.say("Nobody is blocked.")
    said = desk.words.count("%(number)s is blocked", "%(number)s are blocked", number)
    if number <= _MOST_BLOCKED:
        return f"{said}:"
    return desk.say("%(blocked)s, the newest of them:", blocked=said)


def _entry(desk: Desk, heard: Heard) -> FeedEntry:
    author = None
    if heard.document is not None and heard.document.owner is not None:
        author = desk.owner(heard.document.owner)
    return FeedEntry(
        day=desk.words.short_day(heard.date),
        iso=heard.date.isoformat(),
        document=_document(desk, heard.document) if heard.document is not None else None,
        author=author,
        updates=updates(desk, heard.said),
    )


def _document(desk: Desk, document: CheckInDocument) -> Link:
    address = desk.href(desk.site.addresses.page(document.page.uri))
    return Link(inline_without_links(desk.site.title_of(document)), address)


def _days(desk: Desk, heard: Iterable[Heard]) -> Iterator[FeedDay]:
    days: dict[date, list[FeedLine]] = {}
    for one in heard:
        days.setdefault(one.date, []).append(_line(desk, one))
    for day, lines in days.items():
        yield FeedDay(desk.words.day(day), day.isoformat(), tuple(lines))


def _line(desk: Desk, heard: Heard) -> FeedLine:
    blocked = desk.say("blocked") if heard.blocked else None
    if heard.document is not None:
        owners = [heard.document.owner] if heard.document.owner is not None else []
        return FeedLine(_document(desk, heard.document), desk.owners(owners), None, blocked)
    [check_in] = heard.said
    objective = desk.site.project.objectives[check_in.objective]
    confidence = None
    if check_in.confidence is not None:
        value = desk.words.confidence(check_in.confidence)
        confidence = desk.say("confidence %(value)s", value=value)
    return FeedLine(
        desk.objective(objective.id), desk.owners(objective.owners), confidence, blocked
    )
