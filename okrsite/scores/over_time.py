"""Key results and objectives over their cycle: scores and expectations, day by day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from okrsite.project.model import KeyResult, Objective
from okrsite.project.model.cycles import Cycle
from okrsite.scores import Scorecard
from okrsite.scores.arithmetic import MOST_STEPS, downsample, weighted_mean
from okrsite.scores.kinds import scoring_of
from okrsite.scores.kinds.base import KeyResultSeries


@dataclass(frozen=True, slots=True)
class ObjectivePoint:
    """An objective on a day: its score, None before anything was known, and what was expected."""

    day: date
    score: float | None
    expected: float | None


def key_result_over_time(
    scorecard: Scorecard, objective: Objective, result: KeyResult, cycle: Cycle, goal: float
) -> KeyResultSeries:
    """Return a key result from its cycle's first day to the scorecard's, or to the closing day.

    `goal` is the score to reach by the end. Nothing is shown of a private KPI.
    """
    if result.masked:
        return KeyResultSeries()
    counts = objective.active and not result.cancelled
    above = scorecard.objectives[objective.id]
    evaluation = above.key_results[result.id].evaluation
    scoring = scoring_of(result, cycle, scorecard.scores)
    found = scoring.over_time(evaluation, scorecard.as_of, goal if counts else None)
    readings, kpi = evaluation.readings, scorecard.kpis.get(result.kpi or "")
    due_days = max(above.due_days, kpi.due_days if kpi else 0)
    if readings and (scorecard.as_of - readings[-1].date).days > 2 * due_days:
        return replace(found, forecast=None)  # too long ago to go on like this
    return found


def objective_over_time(
    objective: Objective,
    series: Mapping[str, KeyResultSeries],
    cycle: Cycle,
    goal: float,
    as_of: date,
) -> tuple[ObjectivePoint, ...]:
    """Return the scores of an objective, to a day or the closing day, by those of its key results.

    The days are those on which one of its key results changed, the cycle's first and its last one,
    which has no score while it is ahead.
    """
    last = min(as_of, cycle.closing_day)
    counting = [
        (result.weight.value, series[result.id], scoring_of(result, cycle))
        for result in objective.counting
    ]
    changed = {step.day for _, known, _ in counting for step in known.steps}
    days = sorted({*changed, cycle.start, last, cycle.end})
    points = []
    for day in downsample(days, MOST_STEPS, date.toordinal):
        score = expected = None
        if day <= last:
            known_scores = [(weight, known.score_on(day)) for weight, known, _ in counting]
            if any(known is not None for _, known in known_scores):
                score = weighted_mean((weight, known or 0.0) for weight, known in known_scores)
        elif day != cycle.end:
            continue
        if objective.active and day < cycle.start:
            expected = 0.0 if counting else None
        elif objective.active:
            expected = weighted_mean(
                (weight, scoring.expected_on(day, goal, known.start, known.begun_by(day)))
                for weight, known, scoring in counting
            )
        points.append(ObjectivePoint(day, score, expected))
    return tuple(points)
