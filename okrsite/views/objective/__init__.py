"""One objective: its key results, its check-ins, what it serves and what serves it."""

from okrsite.views.objective.aligned import AlignedRow, aligned
from okrsite.views.objective.page import ObjectiveView, objective_view
from okrsite.views.objective.said import CheckInRow, check_in_rows
from okrsite.views.objective.words import anchor_of

__all__ = [
    "AlignedRow",
    "CheckInRow",
    "ObjectiveView",
    "aligned",
    "anchor_of",
    "check_in_rows",
    "objective_view",
]
