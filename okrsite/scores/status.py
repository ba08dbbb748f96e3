"""Expectation and status: what should have been reached by a day, and what that makes.

A status is decided here and nowhere else, so that it is the same on every page.
"""

from datetime import date
from enum import StrEnum

from okrsite.documents.values import Commitment, Every, ReadingEvery
from okrsite.project.model import Band, KeyResult, Kind
from okrsite.project.model.cycles import LONGEST_QUARTER, Cycle, State
from okrsite.scores.key_results import Evaluation, interpolate, metric_score
from okrsite.settings import Thresholds

PERIOD_DAYS = {Every.WEEK: 7, Every.TWO_WEEKS: 14, Every.MONTH: 31, Every.QUARTER: 92}
"""Days of each check-in rhythm; stale is what was silent for more than two of them."""

OVERDUE_DAYS = {
    ReadingEvery.WEEK: 14,
    ReadingEvery.MONTH: 62,
    ReadingEvery.QUARTER: 184,
    ReadingEvery.YEAR: 732,
}
"""Days after which a KPI's last reading is too old."""


class Status(StrEnum):
    """How an objective or key result stands."""

    DRAFT = "draft"
    CANCELLED = "cancelled"
    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    ACHIEVED = "achieved"
    PROGRESSED = "progressed"
    MISSED = "missed"


class Health(StrEnum):
    """How a KPI stands against its bands."""

    HEALTHY = "healthy"
    WARNING = "warning"
    CRITICAL = "critical"
    UNKNOWN = "unknown"


_WORSE = [Status.NOT_STARTED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK]


def rounded(share: float) -> float:
    """Round a share before it is compared with a limit, so that 0.1 + 0.2 is 0.3."""
    return round(share, 6)


def goal_of(commitment: Commitment, thresholds: Thresholds) -> float:
    """Return the score that is to be reached at the end of the cycle."""
    return 1.0 if commitment is Commitment.COMMITTED else thresholds.goal


def day_of_expectation(cycle: Cycle, as_of: date) -> date:
    """Return the day that is asked about: once a cycle is closed it is its last day."""
    return cycle.end if cycle.state(as_of) is State.CLOSED else as_of


def expected(
    result: KeyResult, cycle: Cycle, goal: float, evaluation: Evaluation, as_of: date
) -> float:
    """Return the score that a key result should have reached by now."""
    day = day_of_expectation(cycle, as_of)
    if day < cycle.start:
        return 0.0
    match result.kind:
        case Kind.METRIC if result.plan:
            planned = planned_value(result, cycle, evaluation.start, day)
            score = None
            if planned is not None:
                score = metric_score(result, evaluation.start, planned)
            return cycle.elapsed(day) * goal if score is None else score
        case Kind.MILESTONE:
            return goal * share_due(result, cycle, day)
        case Kind.KEEP:
            return goal if evaluation.value is not None else 0.0
    return cycle.elapsed(day, result.due) * goal


def planned_value(result: KeyResult, cycle: Cycle, start: float | None, day: date) -> float | None:
    """Return the value planned for a day: linear between the points of the plan, flat after
    them."""
    first = start if start is not None else (result.scale[0][0] if result.scale else None)
    points = [(float(at.toordinal()), value) for at, value in result.plan]
    if result.plan[0][0] > cycle.start:
        if first is None:
            return None
        points.insert(0, (float(cycle.start.toordinal()), first))
    return interpolate(float(day.toordinal()), points)


def share_due(result: KeyResult, cycle: Cycle, day: date) -> float:
    """Return the weighted share of milestones that are due on or before a day."""
    end = result.due or cycle.end
    due = sum(m.weight for m in result.milestones if (m.due or end) <= day)
    return due / sum(m.weight for m in result.milestones)


def by_pace(pace: float, thresholds: Thresholds) -> Status:
    """Return the status of a distance between score and expectation."""
    if rounded(pace) >= thresholds.on_track:
        return Status.ON_TRACK
    return Status.AT_RISK if rounded(pace) >= thresholds.at_risk else Status.OFF_TRACK


def with_confidence(status: Status, confidence: float | None, thresholds: Thresholds) -> Status:
    """Let the last stated confidence speak too: the worse of both counts."""
    if confidence is None or status is Status.ACHIEVED:
        return status
    stated = Status.NOT_STARTED
    if rounded(confidence) < thresholds.doubtful:
        stated = Status.OFF_TRACK
    elif rounded(confidence) < thresholds.confident:
        stated = Status.AT_RISK
    return max(status, stated, key=_WORSE.index)


def when_closed(score: float | None, commitment: Commitment, thresholds: Thresholds) -> Status:
    """Return the status that a score has at the end of its cycle."""
    final = rounded(score or 0.0)
    if commitment is Commitment.COMMITTED:
        return Status.ACHIEVED if final >= 1 else Status.MISSED
    if final >= thresholds.goal:
        return Status.ACHIEVED
    return Status.PROGRESSED if final >= thresholds.progressed else Status.MISSED


def when_open(
    score: float | None, pace: float, thresholds: Thresholds, only_bands: bool = False
) -> Status:
    """Return the status that a score has while its cycle is open.

    What only holds values in bands is never achieved before the end.
    """
    if score is not None and rounded(score) >= 1 and not only_bands:
        return Status.ACHIEVED
    return by_pace(pace, thresholds)


def of_band(band: Band | None, value: float | None) -> Status:
    """Return the status of a band to stay in, by its last reading."""
    if value is None or band is None:
        return Status.NOT_STARTED
    return Status.ON_TRACK if band.holds(value) else Status.OFF_TRACK


def rhythm(objective: Every | None, settings: Every | None, cycle: Cycle) -> Every:
    """Tell how often a check-in is due: as written, else weekly, in long cycles monthly."""
    usual = Every.MONTH if cycle.days > LONGEST_QUARTER else Every.WEEK
    return objective or settings or usual


def health(value: float | None, keep: Band | None, alert: Band | None) -> Health:
    """Return the health of a KPI: healthy inside `keep`, critical outside `alert`."""
    if value is None or keep is None:
        return Health.UNKNOWN
    if keep.holds(value):
        return Health.HEALTHY
    return Health.WARNING if alert is not None and alert.holds(value) else Health.CRITICAL
