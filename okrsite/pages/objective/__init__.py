"""One objective: its key results, its check-ins, what it serves and what serves it."""

from okrsite.pages.objective.check_ins import CheckInRow, check_in_rows
from okrsite.pages.objective.page import ObjectiveView, objective_view

__all__ = ["CheckInRow", "ObjectiveView", "check_in_rows", "objective_view"]
