"""What a change did to the score of a key result: the part due to new values, and the part due to
moved goalposts."""

from dataclasses import dataclass
from datetime import date

from okrsite.history.diff.measures import against_old_goalposts, same_measure
from okrsite.project.model import KeyResult, Place
from okrsite.project.model.cycles import Cycle
from okrsite.scores import KeyResultFigures
from okrsite.scores.kinds import scoring_of


@dataclass(frozen=True, slots=True)
class Effect:
    """The computed scores of a key result before the change, with its new values against the old
    goalposts, and after; and the values of the first and the last, in the key result's unit, and
    where the last of the readings that make the value after is written."""

    before: float | None
    between: float | None
    after: float | None
    value_before: float | None
    value_after: float | None
    place: Place | None


def effect_of(
    before: KeyResult, after: KeyResult, was: KeyResultFigures, now: KeyResultFigures,
    cycle: Cycle, day: date,
) -> Effect:  # fmt: skip
    """Return the effect on the score of a key result; `cycle` is the one it is in now."""
    between = was.computed
    if same_measure(before, after):
        between = now.computed
    elif (old := against_old_goalposts(before, after)) is not None:
        between = scoring_of(old, cycle).evaluate(day).score
    values = was.evaluation.value, now.evaluation.value
    readings = now.evaluation.readings
    place = readings[-1].place if readings else None
    return Effect(was.computed, between, now.computed, *values, place)
