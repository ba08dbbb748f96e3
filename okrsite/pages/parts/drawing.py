"""Sparklines: a series of readings in a box of 100 by 24."""

from collections.abc import Sequence
from datetime import date

from okrsite.language.wording import Words
from okrsite.pages.parts.values import Spark
from okrsite.project.model import Band, Reading

_MOST_POINTS = 40


def draw(
    words: Words, readings: Sequence[Reading], unit: str | None, tone: str,
    values: Sequence[float], band: Band | None,
) -> Spark:  # fmt: skip
    """Draw readings; `values` are all that the height has to hold."""
    bounds = [b for b in (band.minimum, band.maximum) if b is not None] if band else []
    low, high = min([*values, *bounds]), max([*values, *bounds])
    first, last = readings[0], readings[-1]
    days = (last.date - first.date).days or 1

    def x(day: date) -> float:
        return round(2 + 94 * (day - first.date).days / days, 1)

    def y(value: float) -> float:
        return round(12.0 if high == low else 21 - 18 * (value - low) / (high - low), 1)

    path = "M" + " L".join(f"{x(r.date):g} {y(r.value):g}" for r in _thinned(readings))
    shaded = None
    if band is not None:
        top = 0.0 if band.maximum is None else y(band.maximum)
        bottom = 24.0 if band.minimum is None else y(band.minimum)
        shaded = (top, max(0.0, round(bottom - top, 1)))
    label = words.say(
        "from %(first)s on %(first_day)s to %(last)s on %(last_day)s",
        first=words.quantity(first.value, unit), first_day=words.short_day(first.date),
        last=words.quantity(last.value, unit), last_day=words.short_day(last.date),
    )  # fmt: skip
    return Spark(path, (x(last.date), y(last.value)), tone, label, shaded)


def _thinned(readings: Sequence[Reading]) -> Sequence[Reading]:
    """Keep a drawing small: at most so many points, the last always among them."""
    step = -(-len(readings) // _MOST_POINTS)
    return readings[::-1][::step][::-1]
