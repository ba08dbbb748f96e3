"""What a change did to the score of a key result: the part due to new values, and the part due to
moved goalposts."""

from dataclasses import dataclass, replace
from datetime import date

from okrsite.history.diff.measures import (
    against_old_goalposts,
    edited_readings,
    same_measure,
    starts_at_reading,
)
from okrsite.project.model import Figure, KeyResult, Place
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import Metric
from okrsite.scores import KeyResultFigures
from okrsite.scores.kinds import scoring_of

Figures = tuple[KeyResultFigures, KeyResultFigures]
"""The figures of a key result before and after."""


@dataclass(frozen=True, slots=True)
class Effect:
    """The computed scores of a key result before the change, with its new values against the old
    goalposts, and after; the values and the starts of the first and the last, in the key result's
    unit, whether the start moved with an edited reading of the KPI, and where the last of the
    readings that make the value after is written."""

    before: float | None
    between: float | None
    after: float | None
    value_before: float | None
    value_after: float | None
    starts: tuple[float | None, float | None]
    start_edited: bool
    place: Place | None


def effect_of(
    before: KeyResult, after: KeyResult, figures: Figures, cycle: Cycle, day: date
) -> Effect:
    """Return the effect on the score of a key result; `cycle` is the one it is in now."""
    was, now = figures
    starts = was.evaluation.start, now.evaluation.start
    edited = _start_edited(before, after, starts)
    between, old = was.computed, before
    if edited and isinstance(before.measure, Metric) and starts[0] is not None:
        old = replace(
            before, measure=replace(before.measure, start=Figure(starts[0], before.place))
        )
    if same_measure(old, after):
        between = now.computed
    elif (measured := against_old_goalposts(old, after)) is not None:
        between = scoring_of(measured, cycle).evaluate(day).score
    values = was.evaluation.value, now.evaluation.value
    readings = now.evaluation.readings
    place = readings[-1].place if readings else None
    return Effect(was.computed, between, now.computed, *values, starts, edited, place)


def _start_edited(
    before: KeyResult, after: KeyResult, starts: tuple[float | None, float | None]
) -> bool:
    """Whether a key result starts at a reading of its KPI that was edited."""
    if before.kpi != after.kpi or not (starts_at_reading(before) and starts_at_reading(after)):
        return False
    moved = starts[0] is not None and starts[0] != starts[1]
    return moved and bool(edited_readings(before.readings, after.readings))
