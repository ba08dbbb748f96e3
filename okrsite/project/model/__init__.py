"""The resolved project: what every document means, with its links followed.

Values of these classes are made once by `okrsite.project` and never changed. Ids are lower case.
Titles, notes and reasons are inline Markdown as written. A `Place` says where in git something
was written, so that every figure can be traced to its line.
"""

from okrsite.project.model.key_results import Grade, KeyResult
from okrsite.project.model.measures import (
    Band,
    Keep,
    Kind,
    Measure,
    Metric,
    Milestone,
    Milestones,
    RollUp,
    Unmeasured,
)
from okrsite.project.model.objectives import CheckIn, Initiative, Level, Objective, StatedValue
from okrsite.project.model.projects import BrokenDocument, CheckInDocument, Kpi, Owner, Project
from okrsite.project.model.values import Confidence, Figure, Link, Page, Place, Reading

__all__ = [
    "Band",
    "BrokenDocument",
    "CheckIn",
    "CheckInDocument",
    "Confidence",
    "Figure",
    "Grade",
    "Initiative",
    "Keep",
    "KeyResult",
    "Kind",
    "Kpi",
    "Level",
    "Link",
    "Measure",
    "Metric",
    "Milestone",
    "Milestones",
    "Objective",
    "Owner",
    "Page",
    "Place",
    "Project",
    "Reading",
    "RollUp",
    "StatedValue",
    "Unmeasured",
]
