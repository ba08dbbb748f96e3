"""The KPIs at the start and at the end of a closed cycle."""

from collections.abc import Iterator
from dataclasses import dataclass

from okrsite.pages.parts import Desk, Link, Mark
from okrsite.project.model import Kpi, Reading
from okrsite.project.model.cycles import Cycle
from okrsite.scores import status as statuses
from okrsite.scores.status import Health

SHOWN = 12
"""So many KPIs are shown at once."""


@dataclass(frozen=True, slots=True)
class WatchedKpi:
    """A KPI over a cycle: its last reading on or before the first day, else its first in the
    cycle; and its last one up to the closing day. `focus` says that a key result was on it."""

    link: Link
    focus: bool
    start: str
    start_day: str
    end: str
    end_day: str
    change: str | None
    before: Mark
    after: Mark


def watched_kpis(desk: Desk, cycle: Cycle) -> tuple[WatchedKpi, ...]:
    """Show every KPI that was read in a cycle: those that were worked on first."""
    return tuple(sorted(_rows(desk, cycle), key=lambda row: not row.focus))


def _rows(desk: Desk, cycle: Cycle) -> Iterator[WatchedKpi]:
    for kpi in desk.site.project.kpis.values():
        readings = desk.site.scorecard.kpis[kpi.id].readings
        inside = [r for r in readings if cycle.start <= r.date <= cycle.closing_day]
        if inside:
            before = [r for r in readings if r.date <= cycle.start]
            yield _row(desk, cycle, kpi, before[-1] if before else inside[0], inside[-1])


def _row(desk: Desk, cycle: Cycle, kpi: Kpi, start: Reading, end: Reading) -> WatchedKpi:
    words = desk.words
    change = None
    if end.value != start.value:
        moved = desk.difference(abs(end.value - start.value), kpi.unit)
        change = f"{'+' if end.value > start.value else '−'}{moved}"
    return WatchedKpi(
        link=desk.kpi(kpi.id),
        focus=_in_focus(desk, cycle, kpi),
        start=words.quantity(start.value, kpi.unit),
        start_day=words.short_day(start.date),
        end=words.quantity(end.value, kpi.unit),
        end_day=words.short_day(end.date),
        change=change,
        before=_health(desk, kpi, start),
        after=_health(desk, kpi, end),
    )


def _health(desk: Desk, kpi: Kpi, reading: Reading) -> Mark:
    health: Health = statuses.health(reading.value, kpi.keep, kpi.alert)
    return desk.health(health)


def _in_focus(desk: Desk, cycle: Cycle, kpi: Kpi) -> bool:
    """Whether an active objective of the cycle had a key result on a KPI."""
    objectives = desk.site.project.objectives
    for reference in kpi.key_results:
        id, _, key_result = reference.partition("#")
        objective = objectives[id]
        if objective.cycle == cycle.id and objective.active:
            if any(result.id == key_result for result in objective.counting):
                return True
    return False
