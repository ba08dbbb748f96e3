"""The resolved project: what every document means, with its links followed.

`okrsite.project` builds these values once, and nothing changes them. Ids are lower case. Titles,
notes and reasons are inline Markdown as written. A `Place` is where in git something was written,
so that every figure can be traced to its line. What key results are measured by is in `measures`,
one type a kind, and the periods that objectives run in are in `cycles`.
"""

from okrsite.project.model.key_results import Grade, KeyResult
from okrsite.project.model.measures import Kind, Milestone, Range
from okrsite.project.model.objectives import (
    CheckIn,
    Initiative,
    Issue,
    Level,
    Objective,
    StatedValue,
)
from okrsite.project.model.projects import (
    BrokenDocument,
    CheckInDocument,
    Kpi,
    KpiSource,
    Owner,
    Pillar,
    Project,
    Target,
)
from okrsite.project.model.values import Confidence, Figure, LinkTo, Page, Place, Reading

__all__ = [
    "BrokenDocument",
    "CheckIn",
    "CheckInDocument",
    "Confidence",
    "Figure",
    "Grade",
    "Initiative",
    "Issue",
    "KeyResult",
    "Kind",
    "Kpi",
    "KpiSource",
    "Level",
    "LinkTo",
    "Milestone",
    "Objective",
    "Owner",
    "Page",
    "Pillar",
    "Place",
    "Project",
    "Range",
    "Reading",
    "StatedValue",
    "Target",
]
