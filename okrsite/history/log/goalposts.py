"""Which goalposts moved, and the score of an objective against those that its cycle began with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from okrsite.history.diff.measures import against_old_goalposts, kind_of
from okrsite.history.log.model import History, LogEntry, MovedGoalposts
from okrsite.project.model import KeyResult, Kind, Objective, Project
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import ObjectiveFigures
from okrsite.scores.arithmetic import weighted_mean
from okrsite.scores.kinds import scoring_of


def moved_between(
    history: History, project: Project, since: date, until: date
) -> Iterator[tuple[Objective, MovedGoalposts, LogEntry]]:
    """Yield the goalposts of active objectives that moved after a day, up to another one, commit by
    commit, the newest first."""
    found = [
        (entry.place, id, entry)
        for id, moved in history.goalposts.items()
        if project.objectives[id].active
        for entry in moved.entries
        if entry.day is not None and since < entry.day <= until
    ]
    for _, id, entry in sorted(found, key=lambda one: one[:2]):
        yield project.objectives[id], history.goalposts[id], entry


def original_score(
    moved: MovedGoalposts, objective: Objective, figures: ObjectiveFigures, cycle: Cycle, day: date
) -> float | None:
    """Return the score of today's values against the original goalposts, 0 to 1.

    The key results are those of then, with the weights of then, and so are the days of the cycle.
    One that was dropped counts with what had been reached when it was; what was added later does
    not count. None where a key result is measured in another way, so that its values say nothing of
    the original target.
    """
    results = {result.id: result for result in objective.key_results}
    began = moved.cycle or cycle
    pairs: list[tuple[float, float]] = []
    for original in moved.original:
        was, now = original.goalposts, results.get(original.now or "")
        if was.cancelled:
            continue
        if original.lost:
            return None
        if original.values is not None or now is None:
            score = _measured(original.values or was, was, began, day)
        elif was.masked or now.masked or was.kind is now.kind is Kind.ROLL_UP:
            score = figures.key_results[now.id].computed
        elif not _comparable(was, now):
            return None
        else:
            score = _measured(now, was, began, day)
        # A grade that was given while the cycle ran is a goalpost that moved.
        grade = now.grade if now is not None else None
        if grade is not None and (was.grade or cycle.state(day) is State.CLOSED):
            score = grade.score
        pairs.append((was.weight.value, score or 0.0))
    return weighted_mean(pairs)


def _comparable(was: KeyResult, now: KeyResult) -> bool:
    """Whether today's values have the kind of the original goalposts, and their unit if any."""
    return kind_of(was) == kind_of(now) and (was.unit is None or was.unit == now.unit)


def _measured(values: KeyResult, goalposts: KeyResult, cycle: Cycle, day: date) -> float | None:
    same_unit = replace(goalposts, unit=values.unit)
    measured = against_old_goalposts(same_unit, values) or values
    return scoring_of(measured, cycle).evaluate(day).score
