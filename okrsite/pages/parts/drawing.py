"""Sparklines: a series of readings in a box of 100 by 24."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okrsite.pages.parts.plot import dots, path
from okrsite.project.model import Range, Reading

_MOST_POINTS = 40


@dataclass(frozen=True, slots=True)
class Spark:
    """A small drawing of readings: the line, its end, and a range as (top, height)."""

    readings: Sequence[Reading]
    path: str
    end: str
    range: tuple[float, float] | None


def draw(readings: Sequence[Reading], values: Sequence[float], range_: Range | None) -> Spark:
    """Draw readings; `values` are all that the height has to hold."""
    bounds = [b for b in range_.bounds if b is not None] if range_ else []
    low, high = min([*values, *bounds]), max([*values, *bounds])
    first, last = readings[0], readings[-1]
    days = (last.date - first.date).days or 1

    def x(day: date) -> float:
        return round(2 + 94 * (day - first.date).days / days, 1)

    def y(value: float) -> float:
        return round(12.0 if high == low else 21 - 18 * (value - low) / (high - low), 1)

    line = path([(x(r.date), y(r.value)) for r in _thinned(readings)])
    shaded = None
    if range_ is not None:
        top = 0.0 if range_.maximum is None else y(range_.maximum)
        bottom = 24.0 if range_.minimum is None else y(range_.minimum)
        shaded = (top, max(0.0, round(bottom - top, 1)))
    return Spark(readings, line, dots([(x(last.date), y(last.value))]), shaded)


def _thinned(readings: Sequence[Reading]) -> Sequence[Reading]:
    """Keep a drawing small: at most so many points, the last always among them."""
    step = -(-len(readings) // _MOST_POINTS)
    return readings[::-1][::step][::-1]
