"""The parts that recur on every page: links, status, score bar, rows, sparkline."""

from okrsite.views.parts.desk import Desk
from okrsite.views.parts.statuses import HEALTH_WORDS, STATUS_WORDS
from okrsite.views.parts.values import (
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
