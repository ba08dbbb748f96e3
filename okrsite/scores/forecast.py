"""Where a series leads at its pace; a forecast is never a score.

The line is that of Theil and Sen: its slope is the median of the slopes between all pairs of
readings, its height the median of what is left, so that a single odd reading hardly moves it
(H. Theil 1950; P. K. Sen, Journal of the American Statistical Association 63, 1968).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from statistics import median

FEWEST = 3
"""A line needs so many readings on different days."""

_MOST = 200
"""Pairs grow with the square of the readings; of more than these, evenly spread ones are taken."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """A line through `readings` many readings: its `value` on a `day`."""

    day: date
    value: float
    readings: int


def forecast(points: Sequence[tuple[date, float]], until: date) -> Forecast | None:
    """Return where the line through dated values, one a day and in order, is on a day.

    None for fewer than three readings, or where the day is not after the last of them.
    """
    if len(points) < FEWEST or until <= points[-1][0]:
        return None
    taken = _spread(points)
    first = taken[0][0]
    placed = [((day - first).days, value) for day, value in taken]
    slope = median((w - v) / (b - a) for (a, v), (b, w) in combinations(placed, 2))
    height = median(value - slope * at for at, value in placed)

    return Forecast(until, height + slope * (until - first).days, len(taken))


def _spread(points: Sequence[tuple[date, float]]) -> Sequence[tuple[date, float]]:
    """Return evenly spread points of a long series, its first and last among them."""
    if len(points) <= _MOST:
        return points
    step = (len(points) - 1) / (_MOST - 1)
    return [points[round(number * step)] for number in range(_MOST)]
