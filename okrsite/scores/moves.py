"""What is meant to move a KPI, and how the KPI was before and after it was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okrsite.project.model import KeyResult, Objective, Reading
from okrsite.project.model.measures import Milestones
from okrsite.scores import Scorecard
from okrsite.scores.over_time import key_result_over_time


@dataclass(frozen=True, slots=True)
class Done:
    """A key result that reached its end, or a milestone of one, by its title, and on which day."""

    title: str
    day: date


def done_of(scorecard: Scorecard, objective: Objective, result: KeyResult) -> list[Done]:
    """Return what of a key result was done up to the day of the figures, the first first.

    Of milestones these are the single ones; anything else is done on the day on which its score
    first was 1. What is to be kept is never done.
    """
    as_of, measure = scorecard.as_of, result.measure
    if result.masked or not objective.active or result.cancelled:
        return []
    if isinstance(measure, Milestones):
        days = [(m.title, m.done) for m in measure.milestones if isinstance(m.done, date)]
        found = [Done(title, day) for title, day in days if day <= as_of]
        return sorted(found, key=lambda one: one.day)
    if not measure.ends_when_reached:
        return []
    cycle = scorecard.scores.project.cycles[objective.cycle]
    steps = key_result_over_time(scorecard, objective, result, cycle, 1.0).steps
    reached = next((step.day for step in steps if step.score is not None and step.score >= 1), None)
    return [Done(result.title, reached)] if reached else []


def before_and_after(
    readings: Sequence[Reading], day: date
) -> tuple[Reading | None, Reading | None]:
    """Return the last reading on or before a day, and the last one after it."""
    before = [reading for reading in readings if reading.date <= day]
    after = readings[len(before) :]
    return (before[-1] if before else None, after[-1] if after else None)
