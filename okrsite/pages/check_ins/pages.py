"""The overview of the check-ins, the pages of a month, of a week with many, and of a document."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from okrsite.language.inline import inline
from okrsite.pages.check_ins.feed import (
    MANY,
    FeedWeek,
    Posted,
    Update,
    Week,
    check_ins_of,
    feed_week,
    posted_in_month,
    posted_in_week,
    updates,
)
from okrsite.pages.overdue import Overdue, overdue_check_ins, overdue_readings
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.site import Site
from okrsite.pages.subscriptions import subscriptions
from okrsite.project.model import CheckInDocument


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
    title: Markup
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
    title: Markup
    body: Markup
    number: int
    weeks: tuple[FeedWeek, ...]
    numbers: tuple[tuple[Week, int], ...]
    newer: date | None
    older: date | None


@dataclass(frozen=True, slots=True)
class CheckInWeekView:
    """The page of a week of check-ins, which has days of one month or of two."""

    context: PageContext
    title: Markup
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
    title: Markup
    body: Markup
    document: CheckInDocument
    later: bool
    updates: tuple[Update, ...]


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
        title=escape(context.say("Check-ins")),
        body=body,
        overdue=overdue_check_ins(context, site.project.objectives.values()),
        readings=overdue_readings(context, site.project.kpis.values()),
        months=tuple(_month(site, month) for month in months),
        latest=latest,
        subscriptions=subscriptions(context, site.company.id),
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
        title=escape(context.say("Check-ins in %(month)s", month=site.words.month(month))),
        body=body,
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
    title = context.say("Check-ins in week %(week)s of %(year)s", week=week.number, year=week.year)
    return CheckInWeekView(
        context=context,
        title=escape(title),
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
        title=inline(site.title_of(document)),
        body=body,
        document=document,
        later=later,
        updates=() if later else updates(context, check_ins_of(site, document)),
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
