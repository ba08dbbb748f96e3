"""Values and scores of a key result or an objective, day by day.

The same arithmetic as in `okrsite.scores.key_results`, for every reading of a cycle in one pass
instead of for one day; and what was expected on the way, as the points of a line.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from okrsite.documents.values import Aggregate
from okrsite.project.model import KeyResult, Kind, Objective
from okrsite.project.model.cycles import LONGEST_QUARTER, Cycle, State
from okrsite.scores import KeyResultFigures, Scores
from okrsite.scores import key_results as scores
from okrsite.scores import status as statuses
from okrsite.scores.forecast import Forecast, forecast, thinned
from okrsite.scores.key_results import Evaluation, weighted_mean

MOST_STEPS = 120
"""So many days of a series are shown: one a day in the longest quarter, fewer of a longer one."""

_LARGEST = 1e15
"""A line that leads further than this says nothing, and cannot be drawn."""


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which something was read or done.

    `reading` is what was read, `value` what the readings make together so far, in the key result's
    unit; `score` is what that was worth.
    """

    day: date
    reading: float | None
    value: float | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Course:
    """A key result over its cycle.

    `in_scores` tells whether it is drawn as scores, because a value alone says too little.
    `expected` are the points of the line that was expected, in what is drawn; with `jumps` it
    stays where it is until the next point. `whole` is how many steps there were before a long
    series was thinned out. `outlook` is where the values lead if they go on like this, `start`
    where a metric began.
    """

    steps: tuple[Step, ...]
    in_scores: bool
    expected: tuple[tuple[date, float], ...] = ()
    jumps: bool = False
    whole: int = 0
    outlook: Forecast | None = None
    start: float | None = None

    def score_on(self, day: date) -> float | None:
        """Return the score that was known on a day."""
        at = bisect_right(self.steps, day, key=lambda step: step.day)
        return self.steps[at - 1].score if at else None


@dataclass(frozen=True, slots=True)
class Standing:
    """An objective on a day: its score, None before anything was known, and what was expected."""

    day: date
    score: float | None
    expected: float | None


def key_result_course(
    objective: Objective, result: KeyResult, figures: KeyResultFigures, cycle: Cycle,
    goal: float, as_of: date, computed: Scores,
) -> Course:  # fmt: skip
    """Follow a key result from its cycle's first day to a day, or to the closing day."""
    day = min(as_of, cycle.closing_day)
    evaluation = figures.evaluation
    owed = objective.active and not result.cancelled
    if result.masked:
        return Course((), in_scores=True)
    if result.kind is Kind.METRIC:
        every = _running(result, evaluation)
        in_scores = bool(result.scale)
        expected = _expected_of_metric(result, evaluation, cycle, goal) if owed else ()
        outlook = None
        if cycle.state(as_of) is State.OPEN and owed:
            outlook = _outlook(every, result.due or cycle.end)
        steps = thinned(every, MOST_STEPS, _drawn)
        start = evaluation.start
        return Course(tuple(steps), in_scores, expected, False, len(every), outlook, start)
    if result.kind is Kind.KEEP:
        every = _in_band(result, evaluation)
        return Course(tuple(thinned(every, MOST_STEPS, _drawn)), False, whole=len(every))
    days = _days(objective, result, evaluation, cycle, day, computed)
    shown = thinned(days, MOST_STEPS, date.toordinal)
    found = (_step(objective, result, cycle, at, computed) for at in shown)
    milestones = result.kind is Kind.MILESTONE
    expected = _expected_of_score(result, cycle, goal) if owed else ()
    return Course(tuple(found), True, expected, milestones, len(days))


def objective_course(
    objective: Objective, courses: Mapping[str, Course], cycle: Cycle, goal: float, as_of: date
) -> tuple[Standing, ...]:
    """Follow an objective by the courses of its key results, to a day or the closing day.

    The days are those on which one of its key results moved, the cycle's first and its last one,
    which has no score while it is ahead.
    """
    counting = objective.counting
    last = min(as_of, cycle.closing_day)
    moved = {step.day for result in counting for step in courses[result.id].steps}
    days = thinned(sorted({*moved, cycle.start, last, cycle.end}), MOST_STEPS, date.toordinal)
    return tuple(
        Standing(
            day,
            _score_on(counting, courses, day) if day <= last else None,
            _expected_on(counting, courses, cycle, goal, day) if objective.active else None,
        )
        for day in days
        if day <= last or day == cycle.end
    )


def _running(result: KeyResult, evaluation: Evaluation) -> list[Step]:
    """Return what the readings of a metric make together after each of them."""
    steps = []
    value = total = 0.0
    for number, reading in enumerate(evaluation.readings, 1):
        total += reading.value
        match result.aggregate:
            case Aggregate.SUM:
                value = total
            case Aggregate.MEAN:
                value = total / number
            case Aggregate.MAX if number > 1:
                value = max(value, reading.value)
            case Aggregate.MIN if number > 1:
                value = min(value, reading.value)
            case _:
                value = reading.value
        score = scores.metric_score(result, evaluation.start, value)
        steps.append(Step(reading.date, reading.value, value, score))
    return steps


def _in_band(result: KeyResult, evaluation: Evaluation) -> list[Step]:
    """Return the share of the readings that lay in the band, after each of them."""
    steps, inside = [], 0
    for number, reading in enumerate(evaluation.readings, 1):
        inside += result.band is not None and result.band.holds(reading.value)
        steps.append(Step(reading.date, reading.value, reading.value, inside / number))
    return steps


def _drawn(step: Step) -> float:
    return step.value or 0.0


def _days(
    objective: Objective, result: KeyResult, evaluation: Evaluation, cycle: Cycle, day: date,
    computed: Scores,
) -> list[date]:  # fmt: skip
    """List the days on which a score that is not a metric's can have changed."""
    if day < cycle.start:
        return []
    days = {reading.date for reading in evaluation.readings}
    days |= {m.done for m in result.milestones if isinstance(m.done, date) and m.done <= day}
    if result.kind is Kind.ROLL_UP and computed.supporters(objective.id, result.id):
        # What it rests on may have moved on any day: it is asked twice a month, or once.
        step = timedelta(days=14 if cycle.days <= LONGEST_QUARTER else 31)
        at = day
        while at >= cycle.start:
            days.add(at)
            at -= step
    elif result.kind is Kind.MILESTONE and (days or not result.single):
        days |= {cycle.start, day}
    return sorted({max(at, cycle.start) for at in days})


def _step(
    objective: Objective, result: KeyResult, cycle: Cycle, day: date, computed: Scores
) -> Step:
    if result.kind is Kind.ROLL_UP:
        return Step(day, None, None, computed.at(objective.id, day).results[result.id][1])
    return Step(day, None, None, scores.evaluate(result, cycle, day).score)


def _outlook(steps: Sequence[Step], until: date) -> Forecast | None:
    """Follow the values to the end; none where that is no figure any more."""
    found = forecast([(s.day, s.value) for s in steps if s.value is not None], until)
    return found if found is not None and abs(found.value) < _LARGEST else None


def _expected_of_metric(
    result: KeyResult, evaluation: Evaluation, cycle: Cycle, goal: float
) -> tuple[tuple[date, float], ...]:
    start = evaluation.start
    if result.scale:
        return _expected_of_score(result, cycle, goal, start)
    if start is None or result.target is None:
        return ()
    if not result.plan:
        way = result.target.value - start
        return tuple((day, start + share * way) for day, share in _straight(result, cycle, goal))
    days = sorted({cycle.start, *(day for day, _ in result.plan), cycle.end})
    planned = ((day, statuses.planned_value(result, cycle, start, day)) for day in days)
    return tuple((day, value) for day, value in planned if value is not None)


def _expected_of_score(
    result: KeyResult, cycle: Cycle, goal: float, start: float | None = None
) -> tuple[tuple[date, float], ...]:
    if result.kind is Kind.MILESTONE:
        due = {m.due or result.due or cycle.end for m in result.milestones}
        known = sorted({cycle.start, *(day for day in due if day > cycle.start), cycle.end})
        return tuple((day, goal * statuses.share_due(result, cycle, day)) for day in known)
    if not result.plan:
        return tuple(_straight(result, cycle, goal))
    # A plan on a scale is bent at its own points and at those of the scale; a week is close enough.
    days = {cycle.start, cycle.end, *(day for day, _ in result.plan)}
    weeks = range(0, cycle.days, 7) if cycle.days <= 7 * MOST_STEPS else ()
    days |= {cycle.start + timedelta(days=number) for number in weeks}
    bare = Evaluation((), start, None, None, None)
    return tuple((d, statuses.expected(result, cycle, goal, bare, d)) for d in sorted(days))


def _straight(result: KeyResult, cycle: Cycle, goal: float) -> Iterator[tuple[date, float]]:
    end = result.due or cycle.end
    if cycle.start < end:
        yield cycle.start, goal * cycle.elapsed(cycle.start, end)
    yield end, goal
    if end < cycle.end:
        yield cycle.end, goal


def _score_on(
    counting: Iterable[KeyResult], courses: Mapping[str, Course], day: date
) -> float | None:
    found = [(result.weight.value, courses[result.id].score_on(day)) for result in counting]
    if all(score is None for _, score in found):
        return None
    return weighted_mean((weight, score or 0.0) for weight, score in found)


def _expected_on(
    counting: Iterable[KeyResult], courses: Mapping[str, Course], cycle: Cycle, goal: float,
    day: date,
) -> float | None:  # fmt: skip
    return weighted_mean(
        (r.weight.value, _expected_of(r, courses[r.id], cycle, goal, day)) for r in counting
    )


def _expected_of(result: KeyResult, course: Course, cycle: Cycle, goal: float, day: date) -> float:
    if result.kind is Kind.KEEP:
        return goal if course.score_on(day) is not None else 0.0
    if not result.plan and result.kind is not Kind.MILESTONE:
        return cycle.elapsed(day, result.due) * goal
    evaluation = Evaluation((), course.start, None, None, None)
    return statuses.expected(result, cycle, goal, evaluation, day)
