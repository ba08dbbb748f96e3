"""Every figure of a project at a date, and why it is what it is.

Pure functions of a project, the settings and a day. What differs by the kind of a key result
belongs in `kinds`. How pages and commands lay figures out doesn't belong here.
"""

from okrsite.scores.compute import score_project
from okrsite.scores.figures import (
    KeyResultFigures,
    KpiFigures,
    ObjectiveFigures,
    OwnerFigures,
    Role,
    Scorecard,
)
from okrsite.scores.objectives import Scored, Scores

__all__ = [
    "KeyResultFigures",
    "KpiFigures",
    "ObjectiveFigures",
    "OwnerFigures",
    "Role",
    "Scorecard",
    "Scored",
    "Scores",
    "score_project",
]
