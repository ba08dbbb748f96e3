"""What drives what: the tree of the KPIs, and leading ones laid over what they drive."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from okrsite.pages.parts import KpiCard, PageContext
from okrsite.project.model import Kpi, Reading
from okrsite.scores.arithmetic import downsample
from okrsite.scores.lag import Agreement, agreement, are_opposed, shifted

WIDTH, HEIGHT = 600, 120
_EDGE = 8
_MOST_READINGS = 120
_MOST_OVERLAYS = 8
_MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A KPI in the tree, so many levels below the one that nothing else is driven by.

    `lag` says how long the one above takes to move; `again` that it appears further up too, where
    what drives it is listed.
    """

    card: KpiCard
    depth: int
    lag: str | None
    again: bool


@dataclass(frozen=True, slots=True)
class KpiTree:
    """The rows of the tree, what drives a KPI below it; `more` are left out."""

    rows: tuple[TreeRow, ...]
    more: int


@dataclass(frozen=True, slots=True)
class LeadingOverlay:
    """A leading KPI over the one that it drives: two lines in a box of WIDTH by HEIGHT.

    The leading one is moved later by the lag, and each line fills the height by its own values;
    `flipped` is the leading one where less is better in one of them and more in the other.
    """

    card: KpiCard
    lag: str | None
    driven: str
    leading: str
    first: date
    last: date
    flipped: bool
    agreement: Agreement | None


def kpi_tree(context: PageContext) -> KpiTree | None:
    """Return the tree of all KPIs that drive others or are driven; None where none does."""
    rows = list(_rows(context))
    return KpiTree(tuple(rows[:_MOST_ROWS]), max(0, len(rows) - _MOST_ROWS)) if rows else None


def _rows(context: PageContext) -> Iterator[TreeRow]:
    """Yield what is driven, and below it what drives it; there are no circles in a project."""
    kpis, seen = context.site.project.kpis, set[str]()
    linked = [kpi for kpi in kpis.values() if kpi.driven_by or kpi.drives]
    for root in sorted(linked, key=lambda kpi: bool(kpi.drives)):
        if root.id in seen:
            continue
        waiting: list[tuple[Kpi, int, str | None]] = [(root, 0, None)]
        while waiting:
            kpi, depth, lag = waiting.pop()
            again = kpi.id in seen
            seen.add(kpi.id)
            yield TreeRow(context.kpi_card(kpi), depth, lag, again and bool(kpi.driven_by))
            if not again:
                below = [kpis[id] for id in reversed(kpi.driven_by) if id in kpis]
                waiting += ((one, depth + 1, one.lags.get(kpi.id)) for one in below)


def overlays(context: PageContext, kpi: Kpi) -> tuple[LeadingOverlay, ...]:
    """Return the KPIs that drive one, each over it; those with fewer than two readings not."""
    kpis = context.site.project.kpis
    cards = [context.kpi_card(kpis[id]) for id in kpi.driven_by if id in kpis]
    driven = context.kpi_card(kpi).figures.readings
    return tuple(
        _overlay(kpi, driven, card)
        for card in cards[:_MOST_OVERLAYS]
        if len(driven) > 1 and len(card.figures.readings) > 1
    )


def _overlay(kpi: Kpi, driven: Sequence[Reading], card: KpiCard) -> LeadingOverlay:
    lag, opposed = card.kpi.lags.get(kpi.id), are_opposed(card.kpi, kpi)
    readings = card.figures.readings
    below = [(one.date, one.value) for one in _few(driven)]
    above = [(shifted(one.date, lag), one.value) for one in _few(readings)]
    first = below[0][0]
    above = [point for point in above if point[0] >= first] or above[-1:]
    last = max(below[-1][0], above[-1][0])
    return LeadingOverlay(
        card=card,
        lag=lag,
        driven=_path(below, first, last),
        leading=_path(above, first, last, flipped=opposed),
        first=first,
        last=last,
        flipped=opposed,
        agreement=agreement(readings, driven, lag, opposed=opposed),
    )


def _few(readings: Sequence[Reading]) -> Sequence[Reading]:
    return downsample(readings, _MOST_READINGS, lambda reading: reading.value)


def _path(
    points: Sequence[tuple[date, float]], first: date, last: date, *, flipped: bool = False
) -> str:
    """Return a line whose lowest and highest values are at the edges of the box."""
    values = [-value if flipped else value for _, value in points]
    low, high = min(values), max(values)
    days = (last - first).days or 1
    found = []
    for (day, _), value in zip(points, values, strict=True):
        across = _EDGE + (WIDTH - 2 * _EDGE) * (day - first).days / days
        share = (high - value) / (high - low) if high > low else 0.5
        found.append(f"{round(across, 1):g} {round(_EDGE + (HEIGHT - 2 * _EDGE) * share, 1):g}")
    return "M" + " L".join(found)
