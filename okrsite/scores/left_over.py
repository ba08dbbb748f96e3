"""What of an objective is left for the next cycle."""

from datetime import date

from okrsite.documents.values import WrittenStatus
from okrsite.project.model import KeyResult, Objective
from okrsite.scores.figures import KeyResultFigures, ObjectiveFigures
from okrsite.scores.status import rounded


def why_over(result: KeyResult, known: KeyResultFigures, day: date) -> str | None:
    """Return why nothing of a key result is left on a day; None where something is."""
    if result.cancelled:
        return "it was cancelled"
    if not result.measure.ends_when_reached:
        return None
    if known.score is not None and rounded(known.score) >= 1:
        return "it was reached"
    if result.measure.done_by(day):
        return "it is done"
    return None


def why_finished(objective: Objective, figures: ObjectiveFigures, day: date) -> str | None:
    """Return why an objective needs no successor; None for one that is unfinished."""
    if objective.status is WrittenStatus.CANCELLED:
        return "it was cancelled"
    if objective.status is WrittenStatus.DRAFT:
        return "it is a draft that never began"
    known = figures.key_results
    if all(why_over(result, known[result.id], day) for result in objective.key_results):
        return "every key result was reached or cancelled"
    return None
