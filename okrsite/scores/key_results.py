"""Scores: pure functions from what is written and a day to a number from 0 to 1.

The conventions are those of section 5 of the format: a metric's score is the share of the way
from start to target, a band's the share of readings inside it, and missing scores count 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from okrsite.project.model import Band, KeyResult, Kind, Milestone, Reading
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.readings import aggregate, series


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a key result is worth on a day, before any grade.

    `readings` are those that count; `start` is where a metric began; `raw` is the score before it
    is held between 0 and 1. `value` is in the key result's unit.
    """

    readings: tuple[Reading, ...]
    start: float | None
    value: float | None
    raw: float | None
    score: float | None


def clamp(share: float) -> float:
    """Hold a share between 0 and 1."""
    return min(1.0, max(0.0, share))


def weighted_mean(pairs: Iterable[tuple[float, float]]) -> float | None:
    """Return the mean of (weight, value) pairs; None for none."""
    total = weights = 0.0
    for weight, value in pairs:
        total += weight * value
        weights += weight
    return total / weights if weights else None


def on_scale(value: float, points: Sequence[tuple[float, float]]) -> float:
    """Return the score of a value: linear between the points of a scale, flat outside them."""
    if points[0][0] > points[-1][0]:
        points = [(-at, score) for at, score in points]
        value = -value
    return interpolate(value, points)


def interpolate(at: float, points: Sequence[tuple[float, float]]) -> float:
    """Read a line through points of rising position, flat outside them."""
    if at <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if at <= right:
            value = low + (high - low) * ((at - left) / (right - left))
            # Rounding must not lead past the end of the line: a score is at most 1.
            return min(max(value, min(low, high)), max(low, high))
    return points[-1][1]


def metric_score(result: KeyResult, start: float | None, value: float) -> float | None:
    """Return the score of a value of a metric, held between 0 and 1."""
    if result.scale:
        return on_scale(value, result.scale)
    raw = raw_share(result, start, value)
    return None if raw is None else clamp(raw)


def raw_share(result: KeyResult, start: float | None, value: float) -> float | None:
    """Return the share of the way from start to target: beyond 1 it is over-achieved."""
    if result.target is None or start is None or result.target.value == start:
        return None
    return (value - start) / (result.target.value - start)


def start_of(result: KeyResult, cycle: Cycle, day: date) -> float | None:
    """Return where a metric starts: as written, else 0, or with a KPI its last reading on or before
    the cycle's first day, else its first reading."""
    if result.start is not None:
        return result.start.value
    if result.scale:
        return None
    if result.kpi is None and not result.masked:
        return 0.0
    known = series(result.readings, last=day)
    before = [reading for reading in known if reading.date <= cycle.start]
    if before:
        return before[-1].value
    return known[0].value if known else None


def band_share(values: Sequence[float], band: Band) -> float:
    """Return the share of values that lie in a band; there is at least one."""
    return sum(band.holds(value) for value in values) / len(values)


def milestone_share(milestones: Sequence[Milestone], day: date) -> float | None:
    """Return the weighted share of milestones that are done on a day."""
    return weighted_mean((m.weight, milestone_progress(m, day)) for m in milestones)


def milestone_progress(milestone: Milestone, day: date) -> float:
    """Return how much of a milestone is done on a day: 1, its progress, or 0."""
    return 1.0 if milestone.done_by(day) else milestone.progress or 0.0


def evaluate(result: KeyResult, cycle: Cycle, day: date) -> Evaluation:
    """Work out a key result on a day; a roll-up's score comes from elsewhere and is None here."""
    day = min(day, cycle.closing_day)
    readings = tuple(series(result.readings, cycle.start, day))
    values = [reading.value for reading in readings]
    current = result.current.value if result.current else None
    value = values[-1] if values else current
    start = raw = score = None
    match result.kind:
        case Kind.METRIC:
            start = start_of(result, cycle, day)
            value = aggregate(values, result.aggregate) if values else current
            if value is not None:
                raw = raw_share(result, start, value)
                score = metric_score(result, start, value)
        case Kind.KEEP if result.band is not None and value is not None:
            score = band_share(values or [value], result.band)
        case Kind.MILESTONE if result.single:
            score = _single_milestone(result.milestones[0], value, day)
        case Kind.MILESTONE:
            score = milestone_share(result.milestones, day)
        case Kind.UNMEASURED:
            score = value
    return Evaluation(readings, start, value, raw, score)


def _single_milestone(milestone: Milestone, value: float | None, day: date) -> float | None:
    if milestone.done_by(day):
        return 1.0
    if value is not None:
        return value
    return None if milestone.done is None else 0.0
