"""A KPI month by month: what was planned, what came, and how good that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okrsite.project.model import Kpi, Reading, Target
from okrsite.scores.status import Health, health
from okrsite.scores.targets import planned_in, short_of

MONTHS = 12
"""So many months are shown, the one that is under way included."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a KPI, which its first day names: the target that holds in it, and its last
    reading; `health` is None for a month without one."""

    first: date
    planned: Target | None
    reading: Reading | None
    health: Health | None


def last_months(as_of: date) -> list[date]:
    """Return the first days of the last months up to a day, the oldest first."""
    number = 12 * as_of.year + as_of.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(number - MONTHS + 1, number + 1)]


def months_of(kpi: Kpi, readings: Sequence[Reading], as_of: date) -> list[Month]:
    """Return the last months of a KPI, given the readings up to a day in their order."""
    last = {reading.date.replace(day=1): reading for reading in readings}
    found = []
    for first in last_months(as_of):
        planned, reading = planned_in(kpi, first), last.get(first)
        judged = judge(kpi, planned, reading.value) if reading else None
        found.append(Month(first, planned, reading, judged))
    return found


def judge(kpi: Kpi, planned: Target | None, value: float) -> Health:
    """Return how good a value is by its range, and by what was planned.

    A missed target makes what is healthy a warning; without a range, it alone decides.
    """
    by_range = health(value, kpi.keep, kpi.alert)
    if planned is None:
        return by_range
    missed = short_of(kpi, planned.value.value, value) > 0
    if by_range is Health.UNKNOWN:
        return Health.CRITICAL if missed else Health.HEALTHY
    return Health.WARNING if missed and by_range is Health.HEALTHY else by_range
