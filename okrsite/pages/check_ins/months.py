"""The overview of the check-ins, and the page of each month and of each week with many."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from okrsite.pages.check_ins.feed import (
    MANY,
    FeedWeek,
    Heard,
    count_check_ins,
    feed_week,
    heard_in,
    heard_in_week,
    monday_of,
    span_of,
    week_link,
)
from okrsite.pages.owed import OwedList, owed_check_ins, owed_list, owed_readings
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.site import Site
from okrsite.pages.subscriptions import subscriptions

_MONTHS = 6
"""So many months are shown at once."""


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
    context: PageContext
    body: Markup
    owed: OwedList
    readings: OwedList
    months: tuple[MonthRow, ...]
    earlier: tuple[MonthRow, ...]
    latest: FeedWeek | None
    newest: Link | None
    subscriptions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week that has a page of its own, and how many check-ins the month has of it."""

    link: Link
    span: str
    count: str


@dataclass(frozen=True, slots=True)
class CheckInMonthView:
    """All that the page of a month of check-ins shows; of one with many, where its weeks are."""

    title: Markup
    context: PageContext
    body: Markup
    path: tuple[Link, ...]
    count: str
    weeks: tuple[FeedWeek, ...]
    elsewhere: tuple[WeekRow, ...]
    newer: Link | None
    older: Link | None


@dataclass(frozen=True, slots=True)
class CheckInWeekView:
    """All that the page of a week of check-ins shows."""

    title: Markup
    context: PageContext
    body: Markup
    path: tuple[Link, ...]
    week: FeedWeek
    newer: Link | None
    older: Link | None


def months_with_check_ins(site: Site) -> list[date]:
    """List the first days of the months with a check-in up to the day of the site, newest first."""
    return sorted({*site.check_ins_by_month, *site.check_in_documents_by_month}, reverse=True)


def weeks_with_pages(site: Site) -> list[date]:
    """List the Mondays of the weeks of months with many check-ins, the newest first."""
    return sorted(
        {
            monday_of(heard.date)
            for month in months_with_check_ins(site)
            if _number(site, month) > MANY
            for heard in heard_in(site, month)
        },
        reverse=True,
    )


def check_ins_view(site: Site, address: str, body: Markup) -> CheckInsView:
    """Make the overview of the check-ins."""
    context, months = PageContext(site, address), months_with_check_ins(site)
    rows = [_month(context, month) for month in months]
    latest = None
    if months:
        monday = monday_of(max(heard.date for heard in heard_in(site, months[0])))
        latest = feed_week(context, monday, heard_in_week(site, monday), listed=False)
    return CheckInsView(
        title=escape(context.say("Check-ins")),
        context=context,
        body=body,
        owed=owed_list(context, owed_check_ins(context, site.project.objectives.values())),
        readings=owed_list(context, owed_readings(context, site.project.kpis.values())),
        months=tuple(rows[:_MONTHS]),
        earlier=tuple(rows[_MONTHS:]),
        latest=latest,
        newest=rows[0].link if rows else None,
        subscriptions=subscriptions(context, site.company.id),
    )


def check_in_month_view(site: Site, address: str, body: Markup, month: date) -> CheckInMonthView:
    """Make the page of a month of check-ins."""
    context, months = PageContext(site, address), months_with_check_ins(site)
    many = _number(site, month) > MANY
    return CheckInMonthView(
        title=escape(context.say("Check-ins in %(month)s", month=site.words.month(month))),
        context=context,
        body=body,
        path=(context.page(context.say("Check-ins"), "check-ins/index.md"),),
        count=count_check_ins(context, _number(site, month)),
        weeks=() if many else _weeks(context, month),
        elsewhere=_elsewhere(context, month) if many else (),
        newer=_linked(context, min((m for m in months if m > month), default=None)),
        older=_linked(context, max((m for m in months if m < month), default=None)),
    )


def check_in_week_view(
    site: Site, address: str, body: Markup, monday: date, newer: date | None, older: date | None
) -> CheckInWeekView:
    """Make the page of a week of check-ins; `newer` and `older` are the weeks beside it."""
    context = PageContext(site, address)
    calendar, heard = monday.isocalendar(), heard_in_week(site, monday)
    months = sorted({one.date.replace(day=1) for one in heard}, reverse=True)
    title = context.say(
        "Check-ins in week %(week)s of %(year)s", week=calendar.week, year=calendar.year
    )
    return CheckInWeekView(
        title=escape(title),
        context=context,
        body=body,
        path=(
            context.page(context.say("Check-ins"), "check-ins/index.md"),
            *(month_link(context, month) for month in months),
        ),
        week=feed_week(context, monday, heard),
        newer=week_link(context, newer) if newer is not None else None,
        older=week_link(context, older) if older is not None else None,
    )


def month_link(context: PageContext, month: date) -> Link:
    """Link to the page of a month, given by its first day."""
    return context.page(context.words.month(month), f"check-ins/{month:%Y-%m}.md")


def _number(site: Site, month: date) -> int:
    """Count a month's check-ins: a document is one, however many objectives it updates."""
    documents = site.project.check_in_documents
    said = site.check_ins_by_month.get(month, [])
    number = sum(check_in.uri not in documents for check_in in said)
    return number + len(site.check_in_documents_by_month.get(month, []))


def _month(context: PageContext, month: date) -> MonthRow:
    said = context.site.check_ins_by_month.get(month, [])
    return MonthRow(
        link=month_link(context, month),
        check_ins=context.words.number(_number(context.site, month)),
        objectives=context.words.number(len({check_in.objective for check_in in said})),
    )


def _linked(context: PageContext, month: date | None) -> Link | None:
    return month_link(context, month) if month is not None else None


def _weeks(context: PageContext, month: date) -> tuple[FeedWeek, ...]:
    """Show a month's check-ins by ISO week, the newest first."""
    weeks: dict[date, list[Heard]] = {}
    for heard in heard_in(context.site, month):
        weeks.setdefault(monday_of(heard.date), []).append(heard)
    return tuple(
        feed_week(context, monday, weeks[monday]) for monday in sorted(weeks, reverse=True)
    )


def _elsewhere(context: PageContext, month: date) -> tuple[WeekRow, ...]:
    """Link to the weeks of a month, the newest first, with the number of its check-ins in each."""
    numbers = Counter(monday_of(heard.date) for heard in heard_in(context.site, month))
    return tuple(
        WeekRow(
            week_link(context, monday),
            span_of(context, monday),
            count_check_ins(context, numbers[monday]),
        )
        for monday in sorted(numbers, reverse=True)
    )
