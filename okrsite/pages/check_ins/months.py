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
from okrsite.pages.parts import Dated, Desk, Link
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
    dated: Dated
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
    dated: Dated
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
    dated: Dated
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
    desk, months = Desk(site, address), months_with_check_ins(site)
    rows = [_month(desk, month) for month in months]
    latest = None
    if months:
        monday = monday_of(max(heard.date for heard in heard_in(site, months[0])))
        latest = feed_week(desk, monday, heard_in_week(site, monday), listed=False)
    return CheckInsView(
        title=escape(desk.say("Check-ins")),
        dated=desk.dated(),
        body=body,
        owed=owed_list(desk, owed_check_ins(desk, site.project.objectives.values())),
        readings=owed_list(desk, owed_readings(desk, site.project.kpis.values())),
        months=tuple(rows[:_MONTHS]),
        earlier=tuple(rows[_MONTHS:]),
        latest=latest,
        newest=rows[0].link if rows else None,
        subscriptions=subscriptions(desk, site.company.id),
    )


def check_in_month_view(site: Site, address: str, body: Markup, month: date) -> CheckInMonthView:
    """Make the page of a month of check-ins."""
    desk, months = Desk(site, address), months_with_check_ins(site)
    many = _number(site, month) > MANY
    return CheckInMonthView(
        title=escape(desk.say("Check-ins in %(month)s", month=site.words.month(month))),
        dated=desk.dated(),
        body=body,
        path=(desk.page(desk.say("Check-ins"), "check-ins/index.md"),),
        count=count_check_ins(desk, _number(site, month)),
        weeks=() if many else _weeks(desk, month),
        elsewhere=_elsewhere(desk, month) if many else (),
        newer=_linked(desk, min((m for m in months if m > month), default=None)),
        older=_linked(desk, max((m for m in months if m < month), default=None)),
    )


def check_in_week_view(
    site: Site, address: str, body: Markup, monday: date, newer: date | None, older: date | None
) -> CheckInWeekView:
    """Make the page of a week of check-ins; `newer` and `older` are the weeks beside it."""
    desk = Desk(site, address)
    calendar, heard = monday.isocalendar(), heard_in_week(site, monday)
    months = sorted({one.date.replace(day=1) for one in heard}, reverse=True)
    title = desk.say(
        "Check-ins in week %(week)s of %(year)s", week=calendar.week, year=calendar.year
    )
    return CheckInWeekView(
        title=escape(title),
        dated=desk.dated(),
        body=body,
        path=(
            desk.page(desk.say("Check-ins"), "check-ins/index.md"),
            *(month_link(desk, month) for month in months),
        ),
        week=feed_week(desk, monday, heard),
        newer=week_link(desk, newer) if newer is not None else None,
        older=week_link(desk, older) if older is not None else None,
    )


def month_link(desk: Desk, month: date) -> Link:
    """Link to the page of a month, given by its first day."""
    return desk.page(desk.words.month(month), f"check-ins/{month:%Y-%m}.md")


def _number(site: Site, month: date) -> int:
    """Count a month's check-ins: a document is one, however many objectives it updates."""
    documents = site.project.check_in_documents
    said = site.check_ins_by_month.get(month, [])
    number = sum(check_in.uri not in documents for check_in in said)
    return number + len(site.check_in_documents_by_month.get(month, []))


def _month(desk: Desk, month: date) -> MonthRow:
    said = desk.site.check_ins_by_month.get(month, [])
    return MonthRow(
        link=month_link(desk, month),
        check_ins=desk.words.number(_number(desk.site, month)),
        objectives=desk.words.number(len({check_in.objective for check_in in said})),
    )


def _linked(desk: Desk, month: date | None) -> Link | None:
    return month_link(desk, month) if month is not None else None


def _weeks(desk: Desk, month: date) -> tuple[FeedWeek, ...]:
    """Show a month's check-ins by ISO week, the newest first."""
    weeks: dict[date, list[Heard]] = {}
    for heard in heard_in(desk.site, month):
        weeks.setdefault(monday_of(heard.date), []).append(heard)
    return tuple(feed_week(desk, monday, weeks[monday]) for monday in sorted(weeks, reverse=True))


def _elsewhere(desk: Desk, month: date) -> tuple[WeekRow, ...]:
    """Link to the weeks of a month, the newest first, with the number of its check-ins in each."""
    numbers = Counter(monday_of(heard.date) for heard in heard_in(desk.site, month))
    return tuple(
        WeekRow(
            week_link(desk, monday), span_of(desk, monday), count_check_ins(desk, numbers[monday])
        )
        for monday in sorted(numbers, reverse=True)
    )
