"""A drawing of a KPI's readings, with its ranges and target."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from okrsite.pages.parts import PageContext
from okrsite.pages.parts.plot import Days, round_levels
from okrsite.project.model import Kpi, Range, Reading, Target
from okrsite.project.model.cycles import Cycle
from okrsite.scores.arithmetic import downsample
from okrsite.scores.status import Health

WIDTH, HEIGHT = 600, 160
"""The box of a chart, in its own units; it is stretched to the room there is."""

_EDGE = 10
_LABEL, _NEAR = 32, 0.16
"""The room below for the label of a value that fell so near to the lowest, as a share of all."""

MOST_READINGS = 240
"""So many readings are drawn and listed; of a longer series, evenly spread ones."""

_MOST_DOTS = 40
_MONTHS = 59
"""The days of two months: from then on, the axis begins with a month."""

_LAST_MONTH = 95.0
"""So far to the right, in percent, there is room for the name of a month."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Readings of a KPI in a box of WIDTH by HEIGHT.

    `dots` are the points of the single readings, if they are few enough to be distinguished.
    `range` is (top, height) of what is healthy; `alerts` are the heights of the bounds of what is
    critical. `aim` is the target that is next, `steps` are the targets with the days until which
    they hold, `targets` the line through these. `levels` are round values with their heights, or
    the only value in the middle. `readings` are all, the oldest first, `lowest` and `highest` two
    of them. `focus` are the cycles in which a key result worked on the KPI, `focus_spans` where
    they begin and how wide they are. The days begin on `first`, with the month of the first reading
    where there are months; `months` are their first days, or those of quarters or years.
    """

    kpi: Kpi
    health: Health
    readings: Sequence[Reading]
    lowest: Reading
    highest: Reading
    path: str
    dots: tuple[tuple[float, float], ...]
    end: tuple[float, float]
    range: tuple[float, float] | None
    alerts: tuple[float, ...]
    targets: str
    steps: tuple[tuple[date, float], ...]
    aim: Target | None
    levels: tuple[tuple[float, float], ...]
    first: date
    months: tuple[tuple[float, date], ...]
    focus: tuple[Cycle, ...]
    focus_spans: tuple[tuple[float, float], ...]

    @property
    def falls(self) -> bool:
        """Whether the last reading is lower than the one before, so that there is room below."""
        return self.readings[-1].value < self.readings[-2].value and self.end[1] <= HEIGHT - 30


def kpi_chart(
    context: PageContext, kpi: Kpi, readings: Sequence[Reading], health: Health
) -> Chart | None:
    """Draw the readings of a KPI; None for fewer than two."""
    if len(readings) < 2:
        return None
    steps = tuple(_steps(kpi, readings[0].date, readings[-1].date, context.as_of))
    values = [*(reading.value for reading in readings), *_bounds(kpi.keep), *_bounds(kpi.alert)]
    values += (value for _, value in steps)
    low, high = min(values), max(values)
    last, worked_on = readings[-1], context.site.cycles_in_focus(kpi)
    first = first_day(readings)
    focus = tuple(
        cycle
        for cycle in reversed(context.site.cycles)
        if cycle.id in worked_on
        and cycle.start <= last.date
        and readings[0].date <= cycle.closing_day
    )
    days = (last.date - first).days
    below = _LABEL if last.value < readings[-2].value else _EDGE
    below = below if high > low and (last.value - low) / (high - low) < _NEAR else _EDGE

    def x(day: date) -> float:
        return round(_EDGE + (WIDTH - 2 * _EDGE) * (day - first).days / days, 1)

    def y(value: float) -> float:
        if high == low:
            return HEIGHT / 2
        return round(HEIGHT - below - (HEIGHT - _EDGE - below) * (value - low) / (high - low), 1)

    shown = downsample(readings, MOST_READINGS, lambda reading: reading.value)
    points = [(x(reading.date), y(reading.value)) for reading in shown]
    stairs = "".join(f"V{y(value):g}H{x(day):g}" for day, value in steps[1:])
    range_ = None
    if kpi.keep is not None:
        top = 0.0 if kpi.keep.maximum is None else y(kpi.keep.maximum)
        bottom = float(HEIGHT) if kpi.keep.minimum is None else y(kpi.keep.minimum)
        range_ = (top, round(bottom - top, 1))
    return Chart(
        kpi=kpi,
        health=health,
        readings=readings,
        lowest=min(readings, key=lambda reading: reading.value),
        highest=max(readings, key=lambda reading: reading.value),
        path="M" + " L".join(f"{across:g} {down:g}" for across, down in points),
        dots=tuple(points) if len(points) <= _MOST_DOTS else (),
        end=points[-1],
        range=range_,
        alerts=tuple(y(bound) for bound in _bounds(kpi.alert)),
        targets=f"M0 {y(steps[0][1]):g}{stairs}H{WIDTH}" if steps else "",
        steps=steps,
        aim=kpi.target(context.as_of),
        levels=tuple((y(level), level) for level in round_levels(low, high))
        if high > low
        else ((HEIGHT / 2, high),),
        first=first,
        months=tuple(
            (across, day)
            for day in Days(first, last.date).months()
            if (across := round(100 * x(day) / WIDTH, 2)) < _LAST_MONTH
        ),
        focus=focus,
        focus_spans=tuple(
            (start, round(x(min(cycle.closing_day, last.date)) - start, 1))
            for cycle in focus
            for start in [x(max(cycle.start, first))]
        ),
    )


def first_day(readings: Sequence[Reading]) -> date:
    """Return the day a drawing begins with: the last day of a month is of that month."""
    first, last = readings[0].date, readings[-1].date
    return first.replace(day=1) if (last - first).days >= _MONTHS else first


def _bounds(range_: Range | None) -> list[float]:
    return [bound for bound in range_.bounds if bound is not None] if range_ else []


def _steps(kpi: Kpi, first: date, last: date, as_of: date) -> Iterator[tuple[date, float]]:
    """Yield the targets that hold between two days, each with the last of its days there."""
    aim = kpi.target(as_of)
    if aim is None:
        return
    dated = [(t.by, t.value.value) for t in kpi.targets if t.by and first < t.by < last]
    holds = dated[0][1] if dated else aim.value.value
    yield first, holds
    yield from dated
    yield last, aim.value.value
