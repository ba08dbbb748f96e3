"""Every figure of a project at a date; nothing here is read from anywhere but its arguments."""

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
