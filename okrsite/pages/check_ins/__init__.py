"""Check-ins: the feed by month and week, overdue ones, and the page of a check-in document."""

from okrsite.pages.check_ins.feed import FeedEntry, FeedWeek, Week
from okrsite.pages.check_ins.pages import (
    CheckInDocumentView,
    CheckInMonthView,
    CheckInsView,
    CheckInWeekView,
    check_in_document_view,
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
    "Week",
    "check_in_document_view",
    "check_in_month_view",
    "check_in_week_view",
    "check_ins_view",
    "months_with_check_ins",
    "weeks_with_pages",
]
