"""Cycles on a time line: one a row, from left to right, with the statuses of its objectives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from okrsite.pages.parts import CycleProgress, PageContext
from okrsite.pages.site import Site
from okrsite.project.model.cycles import Cycle
from okrsite.scores.status import Status

_FEWEST = 2
_MOST = 16
"""So many cycles are drawn, those around today; the table of all cycles has the others."""
_MOST_TICKS = 14
_NEAR = 15
"""So much of the axis, in percent, the name of a day or year takes on a small screen."""
_LONGEST = 400
"""Cycles of more days than this are cut off where the others begin and end."""


@dataclass(frozen=True, slots=True)
class StatusShare:
    """The objectives of one status in a bar: where they begin and how wide they are, in percent."""

    status: Status
    number: int
    x: float
    width: float
    href: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A cycle: where it begins and how long it is, in percent; `cancelled` are in no share."""

    cycle: Cycle
    progress: CycleProgress
    objectives: int
    cancelled: int
    shares: tuple[StatusShare, ...]
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Cycles in the order in which they begin, the longest first.

    `ticks` are the first days of years, quarters or months, with what they are called and where
    they are; `today` is where the day of the site is, None outside. `left_out` counts the cycles
    that are too far from today to be drawn.
    """

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[str, float], ...]
    today: float | None
    left_out: int

    @property
    def today_first(self) -> bool:
        """Whether the day is written before its line: where the next year is near, not the last."""
        today, years = self.today or 0.0, [x for name, x in self.ticks if name]
        ahead = any(today <= x < today + _NEAR for x in years)
        behind = any(today - _NEAR < x < today for x in years)
        return today > 50 if ahead == behind else ahead


def timeline(context: PageContext) -> Timeline | None:
    """Return the time line of a site's cycles; None for fewer than two."""
    site = context.site
    if len(site.cycles) < _FEWEST:
        return None
    shown = sorted(site.cycles, key=lambda cycle: _distance(cycle, site.as_of))[:_MOST]
    axis = _Axis.around(shown)
    return Timeline(
        bars=tuple(
            _bar(context, axis, cycle)
            for cycle in sorted(shown, key=lambda cycle: (cycle.start, -cycle.days, cycle.id))
        ),
        ticks=tuple((_name(site, day), axis.at(day)) for day in axis.ticks()),
        today=axis.at(site.as_of) if axis.start <= site.as_of <= axis.end else None,
        left_out=len(site.cycles) - len(shown),
    )


def _distance(cycle: Cycle, day: date) -> int:
    return max((cycle.start - day).days, (day - cycle.end).days, 0)


@dataclass(frozen=True, slots=True)
class _Axis:
    start: date
    end: date

    @classmethod
    def around(cls, cycles: Sequence[Cycle]) -> "_Axis":
        usual = [cycle for cycle in cycles if cycle.days <= _LONGEST] or cycles
        return cls(min(c.start for c in usual), max(c.end for c in usual))

    def at(self, day: date) -> float:
        """Return where a day begins, in percent of the axis."""
        days = (self.end - self.start).days + 1
        return round(min(100.0, max(0.0, 100 * (day - self.start).days / days)), 2)

    def ticks(self) -> list[date]:
        """Return the first days of years, else of quarters or months, as many as there is room."""
        years = range(self.start.year, self.end.year + 1)
        months = [date(year, month, 1) for year in years for month in range(1, 13)]
        inside = [day for day in months if self.start <= day <= self.end]
        for step in (1, 3, 12):
            found = [day for day in inside if (day.month - 1) % step == 0]
            if len(found) <= _MOST_TICKS:
                return found
        return found[:: len(found) // _MOST_TICKS + 1]


def _name(site: Site, day: date) -> str:
    """Return what a tick is called: the year at its beginning, else nothing."""
    return str(day.year) if day.month == 1 else ""


def _bar(context: PageContext, axis: _Axis, cycle: Cycle) -> Bar:
    objectives = context.site.by_cycle.get(cycle.id, [])
    counts = context.status_counts(objective.id for objective in objectives)
    cancelled = counts.pop(Status.CANCELLED, 0)
    x, end = axis.at(cycle.start), axis.at(cycle.end + timedelta(days=1))
    progress = context.progress(cycle)
    return Bar(
        cycle=cycle,
        progress=progress,
        objectives=len(objectives),
        cancelled=cancelled,
        shares=tuple(_shares(counts.items(), progress.cycle.href or "")),
        x=x,
        width=round(end - x, 2),
    )


def _shares(counts: Iterable[tuple[Status, int]], cycle: str) -> Iterable[StatusShare]:
    known = list(counts)
    every, before = sum(number for _, number in known), 0
    for status, number in known:
        x, width = round(100 * before / every, 2), round(100 * number / every, 2)
        yield StatusShare(status, number, x, width, f"{cycle}?status={status}#okr-objectives")
        before += number
