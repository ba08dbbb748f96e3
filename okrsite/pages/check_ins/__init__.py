"""Check-ins: the feed by month and week, who owes one, and the page of a check-in document."""

from okrsite.pages.check_ins.document import CheckInDocumentView, check_in_document_view
from okrsite.pages.check_ins.feed import FeedEntry, FeedWeek, UpdateRow, week_uri
from okrsite.pages.check_ins.months import (
    CheckInMonthView,
    CheckInsView,
    CheckInWeekView,
    check_in_month_view,
    check_in_week_view,
    check_ins_view,
    months_with_check_ins,
    weeks_with_pages,
)

__all__ = [
    "CheckInDocumentView",
    "CheckInMonthView",
    "CheckInWeekView",
    "CheckInsView",
    "FeedEntry",
    "FeedWeek",
    "UpdateRow",
    "check_in_document_view",
    "check_in_month_view",
    "check_in_week_view",
    "check_ins_view",
    "months_with_check_ins",
    "week_uri",
    "weeks_with_pages",
]
