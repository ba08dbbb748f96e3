"""Positions in drawings whose width is not known: percent across, pixels down.

An SVG without a viewBox keeps the size of its words at every width. In a language that is written
from right to left, time runs from right to left too.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

LINE = 14
"""Pixels between two lines of words."""

_MOST_MONTHS = 14
_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a drawing from its first to its last, which end at `width` percent of it."""

    first: date
    last: date
    width: float = 100.0
    mirrored: bool = False

    def end_of(self, day: date) -> float:
        """Return where a day ends."""
        return self._at((day - self.first).days + 1)

    def start_of(self, day: date) -> float:
        """Return where a day begins."""
        return self._at((day - self.first).days)

    def _at(self, days: int) -> float:
        whole = (self.last - self.first).days + 1
        return self.mirror(min(self.width, max(0.0, self.width * days / whole)))

    def mirror(self, x: float) -> float:
        """Return a position as it is seen in the direction of writing."""
        return round(100 - x if self.mirrored else x, 2)

    @property
    def side(self) -> int:
        """1 where time runs to the right, else -1."""
        return -1 if self.mirrored else 1

    def months(self) -> list[date]:
        """Return the first days of months, quarters or years, as many as there is room."""
        years = range(self.first.year, self.last.year + 1)
        firsts = [date(year, month, 1) for year in years for month in range(1, 13)]
        inside = [day for day in firsts if self.first <= day <= self.last]
        for step in (1, 3, 12):
            found = [day for day in inside if (day.month - 1) % step == 0]
            if len(found) <= _MOST_MONTHS:
                return found
        return found[:: len(found) // _MOST_MONTHS + 1]

    def until(self, step: timedelta) -> float:
        """Return how wide some days are."""
        return round(self.width * step.days / ((self.last - self.first).days + 1), 2)


@dataclass(frozen=True, slots=True)
class Heights:
    """Values from the lowest, at `bottom` pixels, to the highest, at `top`."""

    low: float
    high: float
    top: float
    bottom: float

    def at(self, value: float) -> float:
        """Return the height of a value."""
        if self.high == self.low:
            return (self.top + self.bottom) / 2
        share = (value - self.low) / (self.high - self.low)
        return round(self.bottom - (self.bottom - self.top) * share, 1)


def path(points: Sequence[tuple[float, float]]) -> str:
    """Return a line through points, which is shortest where each is said from the one before."""
    return f"M{points[0][0]:g} {points[0][1]:g}l" + " ".join(_steps(points))


def straight(
    points: Sequence[tuple[float, float]], within: float = 0.15
) -> list[tuple[float, float]]:
    """Return a line without the points that it would pass anyway, `within` so many pixels."""
    kept = [points[0]]
    for (x, y), (end_x, end_y) in pairwise(points[1:]):
        from_x, from_y = kept[-1]
        passed = from_y + (end_y - from_y) * (x - from_x) / ((end_x - from_x) or 1)
        if abs(y - passed) > within:
            kept.append((x, y))
    return [*kept, *points[1:][-1:]]


def dots(points: Sequence[tuple[float, float]]) -> str:
    """Return points, which a round line cap shows."""
    return f"M{points[0][0]:g} {points[0][1]:g}z" + "".join(f"m{s}z" for s in _steps(points))


def _steps(points: Sequence[tuple[float, float]]) -> list[str]:
    moves = [(round(x - a, 2), round(y - b, 2)) for (a, b), (x, y) in pairwise(points)]
    return [f"{x:g}{'' if y < 0 else ' '}{y:g}" for x, y in moves]


def kept_apart(heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Return heights of words, each at least a line from the others, inside of some bounds."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    placed = [heights[at] for at in order]
    for _ in range(_ROUNDS * len(placed)):
        for at in range(1, len(placed)):
            missing = LINE - (placed[at] - placed[at - 1])
            if missing > 0:
                placed[at - 1] -= missing / 2
                placed[at] += missing / 2
    for at, height in enumerate(placed):
        placed[at] = max(height, top + LINE * at)
    for at in reversed(range(len(placed))):
        placed[at] = min(placed[at], bottom - LINE * (len(placed) - 1 - at))
    found = [0.0] * len(heights)
    for at, height in zip(order, placed, strict=True):
        found[at] = round(height, 1)
    return found


_MOST_LEVELS = 6


def round_levels(low: float, high: float, step: float | None = None) -> list[float]:
    """Return two to four round values between two others, or multiples of a step."""
    step = step or _round_step(low, high)
    first = math.ceil(low / step - 1e-9)
    levels = (round(at * step, 12) for at in range(first, first + _MOST_LEVELS))
    return [level for level in levels if level <= high + step * 1e-9]


def _round_step(low: float, high: float) -> float:
    """Return the nearest of 1, 2, 3, 5 or 10 times a power of ten for a third of the way.

    Multiples of 3 look round only where one counts from 0: 3, 6, 9, but 4.6, 4.65, 4.7.
    """
    step = (high - low) / 3
    power = 10.0 ** math.floor(math.log10(step))
    share = step / power
    for limit, times in ((1.5, 1), (2.5, 2), (4, 3), (7, 5)):
        if share < limit:
            if times == 3 and low > power * 3:
                times = 5 if len(round_levels(low, high, power * 5)) > 1 else 2
            return power * times
    return power * 10
