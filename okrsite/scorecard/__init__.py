"""Every figure of a project at a date; nothing here is read from anywhere but its arguments."""

from okrsite.scorecard.compute import score_project
from okrsite.scorecard.figures import (
    KeyResultFigures,
    KpiFigures,
    ObjectiveFigures,
    OwnerFigures,
    Role,
    Scorecard,
)
from okrsite.scorecard.scores import Scored, Scores

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
