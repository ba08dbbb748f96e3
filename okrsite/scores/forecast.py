"""Where a series leads at its pace; a forecast is never a score.

The line is that of Theil and Sen: its slope is the median of the slopes between all pairs of
readings, its height the median of what is left, so that a single odd reading hardly moves it
(H. Theil 1950; P. K. Sen, Journal of the American Statistical Association 63, 1968).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from statistics import median, quantiles

FEWEST = 3
"""A line needs so many readings on different days."""

_LEAST_SPAN = 5
"""The days to come may be so many times those that the readings span."""

_MOST = 200
"""Pairs grow with the square of the readings; of more than these, evenly spread ones are taken."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """A line through `readings` many readings: its `value` on a `day`, and the range around it.

    `low` and `high` are where the line leads with the quartiles of the slopes. `reaches` says
    whether that is at the target: `yes`, `no`, `perhaps`; None without a target.
    """

    day: date
    value: float
    low: float
    high: float
    readings: int
    reaches: str | None = None
    target: float | None = None

    def rounded(self) -> "Forecast":
        """Return the forecast in three digits: more would promise what no line can keep."""
        value, low, high = (float(f"{v:.3g}") for v in (self.value, self.low, self.high))
        return replace(self, value=value, low=low, high=high)

    def within(self, least: float, most: float) -> "Forecast":
        """Return the forecast held between the bounds of what is measured."""
        value, low, high = (min(max(v, least), most) for v in (self.value, self.low, self.high))
        return replace(self, value=value, low=low, high=high)

    def compared(self, target: float, rising: bool) -> "Forecast":
        """Return the forecast with whether it reaches a target."""
        ends = [end >= target if rising else end <= target for end in (self.low, self.high)]
        reaches = "yes" if all(ends) else "perhaps" if any(ends) else "no"
        return replace(self, reaches=reaches, target=target)


def forecast(points: Sequence[tuple[date, float]], until: date) -> Forecast | None:
    """Return where the line through dated values, one a day and in order, is on a day.

    None for fewer than three readings, where the day is not after the last of them, and where they
    span less than a fifth of the days to come.
    """
    if len(points) < FEWEST or until <= points[-1][0]:
        return None
    if _LEAST_SPAN * (points[-1][0] - points[0][0]) < until - points[-1][0]:
        return None
    taken = _spread(points)
    first = taken[0][0]
    placed = [((day - first).days, value) for day, value in taken]
    slopes = [(w - v) / (b - a) for (a, v), (b, w) in combinations(placed, 2)]
    lower, _, upper = quantiles(slopes, n=4, method="inclusive")

    def reached(slope: float) -> float:
        height = median(value - slope * at for at, value in placed)
        return height + slope * (until - first).days

    low, high = sorted((reached(lower), reached(upper)))
    return Forecast(until, reached(median(slopes)), low, high, len(taken))


def _spread(points: Sequence[tuple[date, float]]) -> Sequence[tuple[date, float]]:
    """Return evenly spread points of a long series, its first and last among them."""
    if len(points) <= _MOST:
        return points
    step = (len(points) - 1) / (_MOST - 1)
    return [points[round(number * step)] for number in range(_MOST)]
