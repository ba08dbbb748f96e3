"""Check-ins: the feed by month and week, overdue ones, and the page of a check-in document."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from markupsafe import Markup

from okrsite.documents.values import Aggregate
from okrsite.language.wording import Words
from okrsite.pages.overdue import Overdue, overdue_check_ins, overdue_readings
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.parts.before_after import both_values
from okrsite.pages.site import Site
from okrsite.pages.subscriptions import owner_feeds, subscriptions
from okrsite.project.model import CheckIn, CheckInDocument, KeyResult, Reading
from okrsite.project.model.measures import Metric
from okrsite.project.model.readings import series
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
        """Whether something is blocking it."""
        return any(check_in.blockers for check_in in self.check_ins)


@dataclass(frozen=True, slots=True)
class StatedRow:
    """What a check-in says of one key result; `value` is None where it counts in no figure.

    `before` is the value that counted until then, None where there was none, or the same one.
    """

    result: KeyResult
    value: float | None
    before: float | None
    confidence: float | None
    note: str | None

    def both(self, words: Words) -> tuple[str | None, str]:
        """Return the value before and the one stated, in words."""
        limits = self.result.measure.goals
        return both_values(words, self.before, self.value, self.result.unit, limits)


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """A check-in on one objective; `document` is the other document that it is written in."""

    check_in: CheckIn
    document: CheckInDocument | None
    values: tuple[StatedRow, ...]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One check-in of the feed in full, with all its updates."""

    posted: Posted
    updates: tuple[CheckInRow, ...]


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
    """Return the check-ins of a week, which may span two months."""
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
            FeedEntry(one, check_in_rows(context, one.check_ins))
            for one in (blocked[:MOST_BLOCKED] if many else ordered)
        ),
        days=tuple((day, tuple(ones)) for day, ones in days),
    )


def newest_first(check_ins: Iterable[CheckIn]) -> list[CheckIn]:
    """Return the check-ins of an objective, the newest first."""
    return sorted(check_ins, key=lambda check_in: check_in.date)[::-1]


def check_in_rows(context: PageContext, check_ins: Iterable[CheckIn]) -> tuple[CheckInRow, ...]:
    """Return check-ins up to the day of the site, with the values in them that count."""
    documents, values = context.site.project.check_in_documents, _Values(context)
    return tuple(
        CheckInRow(check_in, documents.get(check_in.uri), tuple(values.stated(check_in)))
        for check_in in check_ins
        if check_in.date <= context.as_of
    )


class _Values:
    """The values that count, by what stated them; a key result's are looked through once."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self._known: dict[str, _Known] = {}

    def stated(self, check_in: CheckIn) -> Iterator[StatedRow]:
        """Return what a check-in says of the key results, leaving out what does not count."""
        results = self._context.results(check_in.objective)
        for stated in check_in.values:
            if result := results.get(stated.key_result):
                value = before = None
                if not result.masked:
                    if result.reference not in self._known:
                        self._known[result.reference] = self._known_of(check_in.objective, result)
                    known = self._known[result.reference]
                    value = known.value(check_in)
                    before = known.before(check_in, value)
                if value is not None or stated.confidence is not None or stated.note:
                    yield StatedRow(result, value, before, stated.confidence, stated.note)

    def _known_of(self, objective: str, result: KeyResult) -> "_Known":
        measure = result.measure
        if isinstance(measure, Metric) and measure.aggregate is Aggregate.SUM:
            return _Known(result.readings, (), None)  # each is added to the others
        site = self._context.site
        start = site.project.cycles[site.project.objectives[objective].cycle].start
        of_it = site.scorecard.objectives[objective].key_results[result.id]
        return _Known(result.readings, series(result.readings, start), of_it.evaluation.start)


class _Known:
    """The readings of one key result: `course` are those of its cycle, one a day."""

    def __init__(
        self, readings: Iterable[Reading], course: Sequence[Reading], start: float | None
    ) -> None:
        self._start, self._course = start, course
        self._days = [reading.date for reading in course]
        self._stated: dict[tuple[str, date], float] = {}
        for reading in readings:
            self._stated.setdefault((reading.uri, reading.date), reading.value)

    def value(self, check_in: CheckIn) -> float | None:
        """Return the value that a check-in states, if it counts."""
        return self._stated.get((check_in.uri, check_in.date))

    def before(self, check_in: CheckIn, value: float | None) -> float | None:
        """Return the value of an earlier day, or the start; None where it's the same, or none."""
        if value is None or not self._days:
            return None
        at = bisect_left(self._days, check_in.date)
        before = self._course[at - 1].value if at else self._start
        return None if before == value else before


def _order(site: Site, one: Posted) -> tuple[int, bool, Natural]:
    if one.document is not None:
        title = site.title_of(one.document)
    else:
        title = site.project.objectives[one.check_ins[0].objective].page.title
    return -one.date.toordinal(), one.document is None, natural(title)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month: how many check-ins there were, about how many objectives."""

    month: date
    check_ins: int
    objectives: int


@dataclass(frozen=True, slots=True)
class CheckInsView:
    """The overview of the check-ins; `months` are the newest first, `latest` is the last week."""

    context: PageContext
    body: Markup
    overdue: tuple[Overdue, ...]
    readings: tuple[Overdue, ...]
    months: tuple[MonthRow, ...]
    latest: FeedWeek | None
    subscriptions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CheckInMonthView:
    """The page of a month of check-ins.

    `numbers` are those of the check-ins by week where there are so many that they have pages.
    """

    context: PageContext
    body: Markup
    month: date
    number: int
    weeks: tuple[FeedWeek, ...]
    numbers: tuple[tuple[Week, int], ...]
    newer: date | None
    older: date | None


@dataclass(frozen=True, slots=True)
class CheckInWeekView:
    """The page of a week of check-ins, which has days of one month or of two."""

    context: PageContext
    body: Markup
    months: tuple[date, ...]
    week: FeedWeek
    newer: Week | None
    older: Week | None


@dataclass(frozen=True, slots=True)
class CheckInDocumentView:
    """The page of a check-in document.

    The updates of one that is dated `later` than the day of the site are not shown.
    """

    context: PageContext
    body: Markup
    document: CheckInDocument
    later: bool
    updates: tuple[CheckInRow, ...]


def months_with_check_ins(site: Site) -> list[date]:
    """Return the first days of the months with a check-in that counts, newest first."""
    return sorted({*site.check_ins_by_month, *site.check_in_documents_by_month}, reverse=True)


def weeks_with_pages(site: Site) -> list[Week]:
    """Return the weeks of months with many check-ins, the newest first."""
    return sorted(
        {
            Week.of(posted.date)
            for month in months_with_check_ins(site)
            if _number(site, month) > MANY
            for posted in posted_in_month(site, month)
        },
        reverse=True,
    )


def check_ins_view(site: Site, address: str, body: Markup) -> CheckInsView:
    """Return the overview of the check-ins."""
    context, months = PageContext(site, address), months_with_check_ins(site)
    latest = None
    if months:
        week = Week.of(max(posted.date for posted in posted_in_month(site, months[0])))
        latest = feed_week(context, week, posted_in_week(site, week), listed=False)
    return CheckInsView(
        context=context,
        body=body,
        overdue=overdue_check_ins(context, site.project.objectives.values()),
        readings=overdue_readings(context, site.project.kpis.values()),
        months=tuple(_month(site, month) for month in months),
        latest=latest,
        subscriptions=subscriptions(context, owner_feeds(site, site.company.id)),
    )


def check_in_month_view(site: Site, address: str, body: Markup, month: date) -> CheckInMonthView:
    """Return the page of a month of check-ins."""
    context, months = PageContext(site, address), months_with_check_ins(site)
    number, weeks = _number(site, month), dict[Week, list[Posted]]()
    for posted in posted_in_month(site, month):
        weeks.setdefault(Week.of(posted.date), []).append(posted)
    newest_first = sorted(weeks.items(), reverse=True, key=lambda item: item[0])
    many = number > MANY
    return CheckInMonthView(
        context=context,
        body=body,
        month=month,
        number=number,
        weeks=() if many else tuple(feed_week(context, *item) for item in newest_first),
        numbers=tuple((week, len(posted)) for week, posted in newest_first) if many else (),
        newer=min((m for m in months if m > month), default=None),
        older=max((m for m in months if m < month), default=None),
    )


def check_in_week_view(
    site: Site, address: str, body: Markup, week: Week, newer: Week | None, older: Week | None
) -> CheckInWeekView:
    """Return the page of a week of check-ins; `newer` and `older` are the weeks next to it."""
    context, posted = PageContext(site, address), posted_in_week(site, week)
    return CheckInWeekView(
        context=context,
        body=body,
        months=tuple(sorted({one.date.replace(day=1) for one in posted}, reverse=True)),
        week=feed_week(context, week, posted),
        newer=newer,
        older=older,
    )


def check_in_document_view(site: Site, address: str, body: Markup, uri: str) -> CheckInDocumentView:
    """Return the page of a check-in document."""
    context, document = PageContext(site, address), site.project.check_in_documents[uri]
    later = document.date > site.as_of
    return CheckInDocumentView(
        context=context,
        body=body,
        document=document,
        later=later,
        updates=() if later else check_in_rows(context, check_ins_of(site, document)),
    )


def _number(site: Site, month: date) -> int:
    """Count a month's check-ins: a document is one, however many objectives it updates."""
    documents = site.project.check_in_documents
    check_ins = site.check_ins_by_month.get(month, [])
    number = sum(check_in.uri not in documents for check_in in check_ins)
    return number + len(site.check_in_documents_by_month.get(month, []))


def _month(site: Site, month: date) -> MonthRow:
    check_ins = site.check_ins_by_month.get(month, [])
    objectives = {check_in.objective for check_in in check_ins}
    return MonthRow(month, _number(site, month), len(objectives))
