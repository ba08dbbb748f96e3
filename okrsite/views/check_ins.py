"""Check-ins: the feed by month, who owes one, and the page of one check-in document."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from okrsite.inline import inline, inline_without_links, plain
from okrsite.model import CheckIn, CheckInDocument
from okrsite.views.objective import CheckInRow, check_in_rows
from okrsite.views.parts import Dated, Desk, Link, Mark, Source
from okrsite.views.rhythm import OwedList, owed_check_ins, owed_list
from okrsite.views.site import Site

_MONTHS = 6
"""So many months are shown at once."""


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
class FeedWeek:
    """The check-ins of a week, the newest first."""

    anchor: str
    title: str
    days: str
    count: str
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month in the list of all: how many check-ins there were, about how many objectives."""

    link: Link
    check_ins: str
    objectives: str


@dataclass(frozen=True, slots=True)
class CheckInsView:
    """All that the overview of the check-ins shows.

    `latest` is the last week with one and `newest` its month; `earlier` are the months that are
    one fold away.
    """

    title: Markup
    dated: Dated
    body: Markup
    owed: OwedList
    months: tuple[MonthRow, ...]
    earlier: tuple[MonthRow, ...]
    latest: FeedWeek | None
    newest: Link | None


@dataclass(frozen=True, slots=True)
class CheckInMonthView:
    """All that the page of a month of check-ins shows."""

    title: Markup
    dated: Dated
    body: Markup
    path: tuple[Link, ...]
    count: str
    weeks: tuple[FeedWeek, ...]
    newer: Link | None
    older: Link | None


@dataclass(frozen=True, slots=True)
class CheckInDocumentView:
    """All that the page of a check-in document shows.

    `later` is said of one that is dated after the day of the site; its updates are not shown.
    """

    title: Markup
    dated: Dated
    body: Markup
    path: tuple[Link, ...]
    day: str
    iso: str
    author: Link | None
    description: Markup | None
    tags: tuple[str, ...]
    later: str | None
    updates: tuple[UpdateRow, ...]
    source: Source


def months_with_check_ins(site: Site) -> list[date]:
    """List the first days of the months with a check-in up to the day of the site, newest first."""
    return sorted({*site.check_ins_by_month, *site.check_in_documents_by_month}, reverse=True)


def check_ins_view(site: Site, address: str, body: Markup) -> CheckInsView:
    """Make the overview of the check-ins."""
    desk, months = Desk(site, address), months_with_check_ins(site)
    # A week may lie in two months.
    latest = _weeks(desk, months[:2], only_last=True)
    rows = [_month(desk, month) for month in months]
    return CheckInsView(
        title=escape(desk.say("Check-ins")),
        dated=desk.dated(),
        body=body,
        owed=owed_list(desk, owed_check_ins(desk, site.project.objectives.values())),
        months=tuple(rows[:_MONTHS]),
        earlier=tuple(rows[_MONTHS:]),
        latest=latest[0] if latest else None,
        newest=rows[0].link if rows else None,
    )


def check_in_month_view(site: Site, address: str, body: Markup, month: date) -> CheckInMonthView:
    """Make the page of a month of check-ins."""
    desk, months = Desk(site, address), months_with_check_ins(site)
    weeks = _weeks(desk, [month])
    return CheckInMonthView(
        title=escape(desk.say("Check-ins in %(month)s", month=site.words.month(month))),
        dated=desk.dated(),
        body=body,
        path=(desk.page(desk.say("Check-ins"), "check-ins/index.md"),),
        count=_count(desk, sum(len(week.entries) for week in weeks)),
        weeks=weeks,
        newer=_linked(desk, min((m for m in months if m > month), default=None)),
        older=_linked(desk, max((m for m in months if m < month), default=None)),
    )


def check_in_document_view(site: Site, address: str, body: Markup, uri: str) -> CheckInDocumentView:
    """Make the page of a check-in document."""
    desk, document = Desk(site, address), site.project.check_in_documents[uri]
    page, month, later = document.page, document.date.replace(day=1), None
    path = [desk.page(desk.say("Check-ins"), "check-ins/index.md")]
    if document.date <= site.as_of:
        path.append(_link(desk, month))
    else:
        later = desk.say("It is dated after the day of this site and counts from then on.")
    return CheckInDocumentView(
        title=inline(page.title),
        dated=desk.dated(),
        body=body,
        path=tuple(path),
        day=site.words.day(document.date),
        iso=document.date.isoformat(),
        author=desk.owner(document.owner) if document.owner is not None else None,
        description=inline(page.description) if page.description else None,
        tags=page.tags,
        later=later,
        updates=() if later else _updates(desk, _said_in(site, document)),
        source=desk.source(page.path, page.place.line),
    )


def _said_in(site: Site, document: CheckInDocument) -> list[CheckIn]:
    """List what a document says, in the order in which it is written."""
    found = [
        check_in
        for id in document.objectives
        for check_in in site.project.objectives[id].check_ins
        if check_in.uri == document.page.uri
    ]
    return sorted(found, key=lambda check_in: check_in.place.line)


def _month(desk: Desk, month: date) -> MonthRow:
    """Count a month's check-ins: a document is one, however many objectives it updates."""
    site = desk.site
    said = site.check_ins_by_month.get(month, [])
    documents = site.project.check_in_documents
    number = sum(check_in.uri not in documents for check_in in said)
    number += len(site.check_in_documents_by_month.get(month, []))
    return MonthRow(
        link=_link(desk, month),
        check_ins=site.words.number(number),
        objectives=site.words.number(len({check_in.objective for check_in in said})),
    )


def _link(desk: Desk, month: date) -> Link:
    return desk.page(desk.words.month(month), f"check-ins/{month:%Y-%m}.md")


def _linked(desk: Desk, month: date | None) -> Link | None:
    return _link(desk, month) if month is not None else None


def _count(desk: Desk, number: int) -> str:
    return desk.words.count("%(number)s check-in", "%(number)s check-ins", number)


@dataclass(frozen=True, slots=True)
class _Heard:
    """One check-in before it is put in words: a document, or an entry in an objective."""

    date: date
    document: CheckInDocument | None
    said: tuple[CheckIn, ...]


def _heard(site: Site, month: date) -> Iterator[_Heard]:
    documents = site.project.check_in_documents
    for document in site.check_in_documents_by_month.get(month, []):
        yield _Heard(document.date, document, tuple(_said_in(site, document)))
    for check_in in site.check_ins_by_month.get(month, []):
        if check_in.uri not in documents:
            yield _Heard(check_in.date, None, (check_in,))


def _weeks(desk: Desk, months: Sequence[date], only_last: bool = False) -> tuple[FeedWeek, ...]:
    """Sort the check-ins of some months by ISO week, the newest first."""
    weeks: dict[date, list[_Heard]] = {}
    for month in months:
        for heard in _heard(desk.site, month):
            weeks.setdefault(_monday(heard.date), []).append(heard)
    mondays = sorted(weeks, reverse=True)
    if only_last:
        mondays = mondays[:1]
    return tuple(_week(desk, monday, weeks[monday]) for monday in mondays)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week(desk: Desk, monday: date, heard: list[_Heard]) -> FeedWeek:
    site, words = desk.site, desk.words

    def order(one: _Heard) -> tuple[int, bool, str]:
        page = one.document.page if one.document else None
        title = (page or site.project.objectives[one.said[0].objective].page).title
        return -one.date.toordinal(), page is None, plain(title).casefold()

    calendar = monday.isocalendar()
    return FeedWeek(
        anchor=f"week-{calendar.year}-{calendar.week:02}",
        title=desk.say("Week %(number)s", number=calendar.week),
        days=desk.say(
            "%(start)s to %(end)s",
            start=words.short_day(monday), end=words.short_day(monday + timedelta(days=6)),
        ),
        count=_count(desk, len(heard)),
        entries=tuple(_entry(desk, one) for one in sorted(heard, key=order)),
    )  # fmt: skip


def _entry(desk: Desk, heard: _Heard) -> FeedEntry:
    link = author = None
    if heard.document is not None:
        page, owner = heard.document.page, heard.document.owner
        link = Link(inline_without_links(page.title), desk.href(desk.site.addresses.page(page.uri)))
        author = desk.owner(owner) if owner is not None else None
    return FeedEntry(
        day=desk.words.short_day(heard.date),
        iso=heard.date.isoformat(),
        document=link,
        author=author,
        updates=_updates(desk, heard.said),
    )


def _updates(desk: Desk, said: Iterable[CheckIn]) -> tuple[UpdateRow, ...]:
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
