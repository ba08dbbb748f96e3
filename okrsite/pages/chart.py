"""A drawing of a KPI's readings, with its bands and target; all that it shows is said in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from okrsite.language.inline import plain
from okrsite.pages.parts import PageContext
from okrsite.project.model import Band, Kpi, Reading
from okrsite.scores.explanation import bounds_in_words
from okrsite.scores.forecast import thinned
from okrsite.scores.status import Health

WIDTH, HEIGHT = 600, 160
"""The box of a chart, in its own units; it is stretched to the room there is."""

_EDGE = 10
MOST_READINGS = 240
"""So many readings are drawn and listed; of a longer series, evenly spread ones."""

_MOST_DOTS = 40


@dataclass(frozen=True, slots=True)
class Key:
    """What a line or an area of a chart means: `band`, `alert` or `target`, and its words.

    `bounds` are the low and the high one of a band, or the target alone, as HTML writes numbers;
    one that is open is empty.
    """

    kind: str
    text: str
    bounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InFocus:
    """A cycle in which a key result worked on a KPI, and its days as in `2026-10-01`."""

    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Readings in a box of WIDTH by HEIGHT.

    `dots` are the points of the single readings, where they are few enough to be told apart.
    `band` is (top, height) of what is healthy; `alerts` are the heights of the bounds of what is
    critical, `target` that of the target. `levels` are the values at the upper and the lower edge,
    or one value in the middle; `first` and `last` say the days at the sides. `label` says what is
    to be seen.
    """

    path: str
    dots: tuple[tuple[float, float], ...]
    end: tuple[float, float]
    tone: str
    band: tuple[float, float] | None
    alerts: tuple[float, ...]
    target: float | None
    levels: tuple[str, ...]
    first: str
    last: str
    label: str
    keys: tuple[Key, ...]
    focus: tuple[InFocus, ...]


def kpi_chart(
    context: PageContext, kpi: Kpi, readings: Sequence[Reading], health: Health
) -> Chart | None:
    """Draw the readings of a KPI; None for fewer than two."""
    if len(readings) < 2:
        return None
    words, unit = context.words, kpi.unit
    values = [*(reading.value for reading in readings), *_bounds(kpi)]
    low, high = min(values), max(values)
    first, last = readings[0], readings[-1]
    days = (last.date - first.date).days

    def x(day: date) -> float:
        return round(_EDGE + (WIDTH - 2 * _EDGE) * (day - first.date).days / days, 1)

    def y(value: float) -> float:
        if high == low:
            return HEIGHT / 2
        return round(HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * (value - low) / (high - low), 1)

    shown = thinned(readings, MOST_READINGS, lambda reading: reading.value)
    points = [(x(reading.date), y(reading.value)) for reading in shown]
    band = None
    if kpi.keep is not None:
        top = 0.0 if kpi.keep.maximum is None else y(kpi.keep.maximum)
        bottom = float(HEIGHT) if kpi.keep.minimum is None else y(kpi.keep.minimum)
        band = (top, round(bottom - top, 1))
    alert = kpi.alert
    alerts = [b for b in (alert.minimum, alert.maximum) if b is not None] if alert else []
    return Chart(
        path="M" + " L".join(f"{across:g} {down:g}" for across, down in points),
        dots=tuple(points) if len(points) <= _MOST_DOTS else (),
        end=points[-1],
        tone=f"kpi_{health}",
        band=band,
        alerts=tuple(y(bound) for bound in alerts),
        target=y(kpi.target.value) if kpi.target else None,
        levels=tuple(words.quantity(level, unit) for level in dict.fromkeys((high, low))),
        first=words.day(first.date),
        last=words.day(last.date),
        label=_label(context, kpi, readings),
        keys=tuple(_keys(context, kpi)),
        focus=tuple(_focus(context, kpi, first.date, last.date)),
    )


def healthy_in_words(context: PageContext, kpi: Kpi) -> str | None:
    """Say where a KPI is healthy: `≥ 85%`."""
    if kpi.keep is None:
        return None
    return bounds_in_words(context.words, kpi.keep.minimum, kpi.keep.maximum, kpi.unit)


def critical_in_words(context: PageContext, kpi: Kpi) -> str | None:
    """Say where a KPI is critical: `below 75%`."""
    band = kpi.alert or kpi.keep
    if band is None:
        return None
    low = context.words.quantity(band.minimum, kpi.unit)
    high = context.words.quantity(band.maximum, kpi.unit)
    if band.maximum is None:
        return context.say("below %(low)s", low=low)
    if band.minimum is None:
        return context.say("above %(high)s", high=high)
    return context.say("below %(low)s or above %(high)s", low=low, high=high)


def _bounds(kpi: Kpi) -> Iterator[float]:
    for band in (kpi.keep, kpi.alert):
        if band is not None:
            yield from (bound for bound in (band.minimum, band.maximum) if bound is not None)
    if kpi.target is not None:
        yield kpi.target.value


def _label(context: PageContext, kpi: Kpi, readings: Sequence[Reading]) -> str:
    words = context.words

    def said(reading: Reading) -> str:
        value, day = words.quantity(reading.value, kpi.unit), words.day(reading.date)
        return context.say("%(value)s on %(day)s", value=value, day=day)

    return context.say(
        "%(number)s readings: first %(first)s, last %(last)s, lowest %(lowest)s, "
        "highest %(highest)s",
        number=words.number(len(readings)),
        first=said(readings[0]),
        last=said(readings[-1]),
        lowest=said(min(readings, key=lambda reading: reading.value)),
        highest=said(max(readings, key=lambda reading: reading.value)),
    )


def _keys(context: PageContext, kpi: Kpi) -> Iterator[Key]:
    healthy, critical = healthy_in_words(context, kpi), critical_in_words(context, kpi)
    if healthy is not None:
        yield Key("band", context.say("healthy %(band)s", band=healthy), _written(kpi.keep))
    if kpi.alert is not None and critical is not None:
        yield Key("alert", context.say("critical %(band)s", band=critical), _written(kpi.alert))
    if kpi.target is not None:
        value = context.words.quantity(kpi.target.value, kpi.unit)
        text = context.say("target %(value)s", value=value)
        yield Key("target", text, (f"{kpi.target.value:.12g}",))


def _written(band: Band | None) -> tuple[str, ...]:
    bounds = (band.minimum, band.maximum) if band is not None else (None, None)
    return tuple("" if bound is None else f"{bound:.12g}" for bound in bounds)


def _focus(context: PageContext, kpi: Kpi, first: date, last: date) -> Iterator[InFocus]:
    """List the cycles that what is drawn lies in and in which a key result worked on the KPI."""
    site = context.site
    worked_on = set()
    for reference in kpi.key_results:
        id, _, key_result = reference.partition("#")
        objective = site.project.objectives[id]
        if objective.active and any(result.id == key_result for result in objective.counting):
            worked_on.add(objective.cycle)
    for cycle in reversed(site.cycles):
        seen = cycle.start <= last and first <= cycle.closing_day
        if cycle.id in worked_on and seen:
            yield InFocus(
                plain(cycle.title), cycle.start.isoformat(), cycle.closing_day.isoformat()
            )
