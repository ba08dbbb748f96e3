"""Where a series leads if it goes on like this; a forecast is never a score.

The line is that of Theil and Sen: its slope is the median of the slopes between all pairs of
readings, its height the median of what is left, so that a single odd reading hardly moves it
(H. Theil 1950; P. K. Sen, Journal of the American Statistical Association 63, 1968).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from statistics import median
from typing import TypeVar

FEWEST = 3
"""A line needs so many readings on different days."""

_MOST = 200
"""Pairs grow with the square of the readings; of more than these, evenly spread ones are taken."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """A line through readings: `slope` in units a day, `value` where it is on `day`.

    `last_day` and `last` are where the line is at the last reading; `readings` is how many it
    was laid through.
    """

    day: date
    value: float
    slope: float
    last_day: date
    last: float
    readings: int


def forecast(points: Sequence[tuple[date, float]], until: date) -> Forecast | None:
    """Lay the line through dated values, one a day and in order, and follow it to a day.

    None for fewer than three readings, or where the day is not after the last of them.
    """
    if len(points) < FEWEST or until <= points[-1][0]:
        return None
    taken = _spread(points)
    first = taken[0][0]
    placed = [((day - first).days, value) for day, value in taken]
    slope = median((w - v) / (b - a) for (a, v), (b, w) in combinations(placed, 2))
    height = median(value - slope * at for at, value in placed)

    def on(day: date) -> float:
        return height + slope * (day - first).days

    last_day = points[-1][0]
    return Forecast(until, on(until), slope, last_day, on(last_day), len(taken))


def _spread(points: Sequence[tuple[date, float]]) -> Sequence[tuple[date, float]]:
    """Take evenly spread points of a long series, its first and last among them."""
    if len(points) <= _MOST:
        return points
    step = (len(points) - 1) / (_MOST - 1)
    return [points[round(number * step)] for number in range(_MOST)]


_Item = TypeVar("_Item")


def thinned(items: Sequence[_Item], most: int, value: Callable[[_Item], float]) -> Sequence[_Item]:
    """Keep at most so many of a series, evenly spread.

    The first and the last always stay, and so do the lowest and the highest: they are what a
    reader would miss. `most` is at least 4.
    """
    last = len(items) - 1
    if last < most:
        return items
    step = last / (most - 3)
    kept = {round(number * step) for number in range(most - 2)}
    kept.add(min(range(last + 1), key=lambda at: value(items[at])))
    kept.add(max(range(last + 1), key=lambda at: value(items[at])))
    return [items[at] for at in sorted(kept)]
