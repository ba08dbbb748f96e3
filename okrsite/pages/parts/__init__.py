"""The parts that recur on every page: links, status, rows, cards, sparkline."""

from okrsite.pages.parts.page_parts import PageContext
from okrsite.pages.parts.statuses import HEALTH_WORDS, STATUS_WORDS
from okrsite.pages.parts.values import (
    CycleProgress,
    KpiCard,
    Link,
    Mark,
    ObjectiveRow,
    OwnerRow,
    ResultRow,
)

__all__ = [
    "HEALTH_WORDS",
    "STATUS_WORDS",
    "CycleProgress",
    "KpiCard",
    "Link",
    "Mark",
    "ObjectiveRow",
    "OwnerRow",
    "PageContext",
    "ResultRow",
]
