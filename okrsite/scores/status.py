"""Statuses of objectives and key results, and the health of KPIs.

Both are decided here and in the kinds of key results alone, so that they are the same everywhere.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from okrsite.documents.values import Commitment, Every, ReadingEvery
from okrsite.project.model.cycles import LONGEST_QUARTER, Cycle, State
from okrsite.project.model.measures import Range
from okrsite.settings import Thresholds

PERIOD_DAYS = {Every.WEEK: 7, Every.TWO_WEEKS: 14, Every.MONTH: 31, Every.QUARTER: 92}
"""Days of each cadence of check-ins; stale is what had no update for more than two of them."""

READING_DAYS = {
    ReadingEvery.WEEK: 7,
    ReadingEvery.MONTH: 31,
    ReadingEvery.QUARTER: 92,
    ReadingEvery.YEAR: 366,
}
"""Days of each cadence of readings; a KPI is overdue once its last one is older than two."""


class Status(StrEnum):
    """The status of an objective or a key result."""

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
    """The health of a KPI by its ranges."""

    HEALTHY = "healthy"
    WARNING = "warning"
    CRITICAL = "critical"
    UNKNOWN = "unknown"


_WORSE = [Status.NOT_STARTED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK]

IN_ORDER = (
    Status.ACHIEVED,
    Status.ON_TRACK,
    Status.AT_RISK,
    Status.OFF_TRACK,
    Status.PROGRESSED,
    Status.MISSED,
    Status.NOT_STARTED,
    Status.DRAFT,
    Status.CANCELLED,
)
"""The statuses as bars, counts and lists show them: the best first, what doesn't count last."""

UNDER_WAY = frozenset({Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.ACHIEVED})
"""The statuses of what is under way in an open cycle."""


def rounded(share: float) -> float:
    """Round a share before it is compared with a limit, so that 0.1 + 0.2 is 0.3."""
    return round(share, 6)


def goal_of(commitment: Commitment, thresholds: Thresholds) -> float:
    """Return the score that is to be reached at the end of the cycle."""
    return 1.0 if commitment is Commitment.COMMITTED else thresholds.goal


def expectation_day(cycle: Cycle, as_of: date) -> date:
    """Return the day to expect a score for: once a cycle is closed, its last day."""
    return cycle.end if cycle.state(as_of) is State.CLOSED else as_of


def limits_at(elapsed: float, thresholds: Thresholds) -> Thresholds:
    """Return the limits that count once a share of an open cycle is over.

    In the last quarter those of pace shrink to 0, so that the status of the last day agrees with
    the verdict of the next one.
    """
    left = 4 * (1 - elapsed)
    if left >= 1:
        return thresholds
    shrunk = {name: rounded(getattr(thresholds, name) * left) for name in ("on_track", "at_risk")}
    return thresholds.model_copy(update=shrunk)


def by_pace(pace: float, thresholds: Thresholds) -> Status:
    """Return the status of a distance between score and expectation."""
    if rounded(pace) >= thresholds.on_track:
        return Status.ON_TRACK
    return Status.AT_RISK if rounded(pace) >= thresholds.at_risk else Status.OFF_TRACK


def with_confidence(status: Status, confidence: float | None, thresholds: Thresholds) -> Status:
    """Return the worse of a status and the one that the last stated confidence makes."""
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
    score: float | None, pace: float, thresholds: Thresholds, ends_when_reached: bool = True
) -> Status:
    """Return the status that a score has while its cycle is open.

    What only holds values in ranges doesn't end when reached: it's never achieved before the end.
    """
    if score is not None and rounded(score) >= 1 and ends_when_reached:
        return Status.ACHIEVED
    return by_pace(pace, thresholds)


def of_most(found: Sequence[Status]) -> Status:
    """Return the status that at least half of some statuses have or exceed, never a better one.

    Only statuses of what is under way count; where there are none, nothing has started.
    """
    under_way = [status for status in found if status in UNDER_WAY]
    if not under_way:
        return Status.NOT_STARTED
    if all(status is Status.ACHIEVED for status in found):
        return Status.ACHIEVED
    for worst in (Status.OFF_TRACK, Status.AT_RISK):
        bad = [status for status in under_way if status in _WORSE[_WORSE.index(worst) :]]
        if 2 * len(bad) >= len(under_way):
            return worst
    return Status.ON_TRACK


def of_owner(found: Sequence[Status], pace: float, thresholds: Thresholds) -> Status:
    """Return the status of an owner in an open cycle by the statuses of the objectives and pace."""
    most = of_most(found)
    if most in (Status.NOT_STARTED, Status.ACHIEVED):
        return most
    return max(most, by_pace(pace, thresholds), key=_WORSE.index)


def cadence(objective: Every | None, settings: Every | None, cycle: Cycle) -> Every:
    """Return how often a check-in is due: as written, else weekly, in long cycles monthly."""
    usual = Every.MONTH if cycle.days > LONGEST_QUARTER else Every.WEEK
    return objective or settings or usual


def health(value: float | None, keep: Range | None, alert: Range | None) -> Health:
    """Return the health of a KPI: healthy inside `keep`, critical outside `alert`."""
    if value is None or keep is None:
        return Health.UNKNOWN
    if keep.holds(value):
        return Health.HEALTHY
    return Health.WARNING if alert is not None and alert.holds(value) else Health.CRITICAL
