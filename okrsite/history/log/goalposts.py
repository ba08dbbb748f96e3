"""The score of an objective against the goalposts that its cycle began with."""

from datetime import date

from okrsite.history.diff.matching import comparable, match_key_results
from okrsite.history.diff.measures import against_old_goalposts
from okrsite.history.log.model import MovedGoalposts
from okrsite.project.model import KeyResult, Kind, Objective
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import ObjectiveFigures
from okrsite.scores.arithmetic import weighted_mean
from okrsite.scores.kinds import scoring_of


def original_score(
    moved: MovedGoalposts, objective: Objective, figures: ObjectiveFigures, cycle: Cycle, day: date
) -> float | None:
    """Work out the score of today's values against the original goalposts, 0 to 1.

    The key results are those of then, with the weights of then. One that was dropped counts with
    what had been reached when it was; what was added later does not count. None where a key result
    is measured in another way, so that its values say nothing of the original target.
    """
    before, after = moved.original, objective.key_results
    dropped = {result.id: result for result in moved.dropped}
    pairs: list[tuple[float, float]] = []
    for was, now in match_key_results(before, after):
        if was is None or was.cancelled:
            continue
        if now is None:
            score = _measured(dropped.get(was.id, was), was, cycle, day)
        elif was.masked or now.masked or was.kind is now.kind is Kind.ROLL_UP:
            score = figures.key_results[now.id].computed
        elif not comparable(was, now):
            return None
        else:
            score = _measured(now, was, cycle, day)
        # A grade that was given while the cycle ran is a goalpost that moved.
        grade = now.grade if now is not None else None
        if grade is not None and (was.grade or cycle.state(day) is State.CLOSED):
            score = grade.score
        pairs.append((was.weight.value, score or 0.0))
    return weighted_mean(pairs)


def _measured(values: KeyResult, goalposts: KeyResult, cycle: Cycle, day: date) -> float | None:
    measured = against_old_goalposts(goalposts, values) or values
    return scoring_of(measured, cycle).evaluate(day).score
