"""The parts that recur on every page: links, status, score bar, rows, sparkline."""

from okrsite.pages.parts.page_parts import Desk
from okrsite.pages.parts.statuses import HEALTH_WORDS, STATUS_WORDS
from okrsite.pages.parts.values import (
    Bar,
    Dated,
    Explained,
    ExplainedTerm,
    KpiCard,
    Link,
    Mark,
    ObjectiveRow,
    OwnerRow,
    Progress,
    ResultRow,
    Source,
    Spark,
)

__all__ = [
    "HEALTH_WORDS",
    "STATUS_WORDS",
    "Bar",
    "Dated",
    "Desk",
    "Explained",
    "ExplainedTerm",
    "KpiCard",
    "Link",
    "Mark",
    "ObjectiveRow",
    "OwnerRow",
    "Progress",
    "ResultRow",
    "Source",
    "Spark",
]
