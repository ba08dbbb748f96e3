"""Check-ins in the order of their days: each in full, or in one line where there are many."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from okrsite.pages.objective import CheckInRow, check_in_rows
from okrsite.pages.parts import ObjectiveRow, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import CheckIn, CheckInDocument
from okrsite.project.sorting import Natural, natural

MANY = 100
"""More check-ins than these are too many to be read one by one: they stand in one line each."""

MOST_BLOCKED = 25
"""So many of those that are blocked are still shown in full."""


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week, by its first day."""

    monday: date

    @classmethod
    def of(cls, day: date) -> "Week":
        """Return the week of a day."""
        return cls(day - timedelta(days=day.weekday()))

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)

    @property
    def year(self) -> int:
        """The year that the week is counted in."""
        return self.monday.isocalendar().year

    @property
    def number(self) -> int:
        """The number in the year."""
        return self.monday.isocalendar().week

    @property
    def uri(self) -> str:
        """The file that its page would be made of: `check-ins/2026-w41.md`."""
        return f"check-ins/{self.year}-w{self.number:02}.md"


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted at once: a check-in document, or a check-in in an objective."""

    date: date
    document: CheckInDocument | None
    check_ins: tuple[CheckIn, ...]

    @property
    def blocked(self) -> bool:
        """Whether something stands in its way."""
        return any(check_in.blockers for check_in in self.check_ins)


@dataclass(frozen=True, slots=True)
class Update:
    """A check-in on one objective, and the figures of that objective on the day of the site."""

    row: ObjectiveRow
    check_in: CheckInRow


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One check-in of the feed in full, with all its updates."""

    posted: Posted
    updates: tuple[Update, ...]


@dataclass(frozen=True, slots=True)
class FeedWeek:
    """The check-ins of a week, the newest first.

    Of a week with `many`, `entries` are only the newest of those that are blocked, whose number is
    `blocked`, and `days` list all of it, unless its own page does.
    """

    week: Week
    number: int
    many: bool
    blocked: int
    entries: tuple[FeedEntry, ...]
    days: tuple[tuple[date, tuple[Posted, ...]], ...]


def posted_in_month(site: Site, month: date) -> Iterator[Posted]:
    """Return the check-ins of a month, given by its first day; a document is one."""
    documents = site.project.check_in_documents
    for document in site.check_in_documents_by_month.get(month, []):
        yield Posted(document.date, document, check_ins_of(site, document))
    for check_in in site.check_ins_by_month.get(month, []):
        if check_in.uri not in documents:
            yield Posted(check_in.date, None, (check_in,))


def posted_in_week(site: Site, week: Week) -> list[Posted]:
    """Return the check-ins of a week, which may lie in two months."""
    first, last = week.monday, week.sunday
    return [
        posted
        for month in sorted({day.replace(day=1) for day in (first, last)}, reverse=True)
        for posted in posted_in_month(site, month)
        if first <= posted.date <= last
    ]


def check_ins_of(site: Site, document: CheckInDocument) -> tuple[CheckIn, ...]:
    """Return the check-ins in a document, in the order in which they are written."""
    found = (
        check_in
        for id in document.objectives
        for check_in in site.project.objectives[id].check_ins
        if check_in.uri == document.page.uri
    )
    return tuple(sorted(found, key=lambda check_in: check_in.place.line))


def feed_week(
    context: PageContext, week: Week, posted: Iterable[Posted], listed: bool = True
) -> FeedWeek:
    """Return the check-ins of a week; of many what is blocked, and a list if it is `listed`."""
    ordered = sorted(posted, key=lambda one: _order(context.site, one))
    many, blocked = len(ordered) > MANY, [one for one in ordered if one.blocked]
    days = groupby(ordered, key=lambda one: one.date) if many and listed else ()
    return FeedWeek(
        week=week,
        number=len(ordered),
        many=many,
        blocked=len(blocked),
        entries=tuple(
            FeedEntry(one, updates(context, one.check_ins))
            for one in (blocked[:MOST_BLOCKED] if many else ordered)
        ),
        days=tuple((day, tuple(ones)) for day, ones in days),
    )


def updates(context: PageContext, check_ins: Iterable[CheckIn]) -> tuple[Update, ...]:
    """Return check-ins, each with the objective that it is about."""
    objectives = context.site.project.objectives
    return tuple(
        Update(context.objective_row(objectives[check_in.objective]), row)
        for check_in in check_ins
        for row in check_in_rows(context, objectives[check_in.objective], [check_in])
    )


def _order(site: Site, one: Posted) -> tuple[int, bool, Natural]:
    if one.document is not None:
        title = site.title_of(one.document)
    else:
        title = site.project.objectives[one.check_ins[0].objective].page.title
    return -one.date.toordinal(), one.document is None, natural(title)
