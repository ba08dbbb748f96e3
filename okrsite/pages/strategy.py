"""Strategy: what the organisation is for, and how its pillars are doing, as lanes on a wall."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.pages.chart import Chart, kpi_chart
from okrsite.pages.history import HistoryPanel, document_history
from okrsite.pages.owners import owner_anchor
from okrsite.pages.parts import KpiCard, Link, ObjectiveRow, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Level, Objective, Pillar, Project
from okrsite.project.model.cycles import Cycle
from okrsite.scores.status import Status

_WITHOUT = "okr-without-a-pillar"
"""The anchor of the lane of what serves no pillar."""

_MOST_CYCLES = 3
_LEVELS = list(Level)
_WORST_FIRST = (Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.ACHIEVED)


@dataclass(frozen=True, slots=True)
class Lane:
    """A pillar with its KPIs and its objectives, one cell a cycle; or what has no pillar."""

    pillar: Pillar | None
    anchor: str
    counts: dict[Status, int]
    kpis: tuple[KpiCard, ...]
    cells: tuple[tuple[Cycle, tuple[ObjectiveRow, ...]], ...]


@dataclass(frozen=True, slots=True)
class StrategyView:
    """The page of the strategy; the cycles are by length, the longest first."""

    context: PageContext
    body: Markup
    cycles: tuple[Cycle, ...]
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class PillarView:
    """The page of a pillar: its KPIs over time, its objectives of all cycles, who worked on it.

    `people` are the owners of the objectives and those who contributed, with the number of
    objectives, the most first.
    """

    context: PageContext
    body: Markup
    pillar: Pillar
    charts: tuple[tuple[KpiCard, Chart | None], ...]
    cycles: tuple[tuple[Cycle, tuple[ObjectiveRow, ...]], ...]
    people: tuple[tuple[Link, int], ...]
    history: HistoryPanel | None


def has_strategy(project: Project) -> bool:
    """Whether there is anything to show: a pillar, a mission or a vision."""
    company = project.owners[project.company]
    return bool(project.pillars or company.mission or company.vision)


def strategy_view(site: Site, address: str, body: Markup) -> StrategyView:
    """Return the page of the strategy."""
    context, cycle = PageContext(site, address), site.home_cycle
    around = [c for c in site.around(cycle) if site.by_cycle.get(c.id)] if cycle else []
    cycles = (*around[: _MOST_CYCLES - 1][::-1], *([cycle] if cycle else []))
    lanes = [_lane(context, pillar, cycles) for pillar in site.project.pillars.values()]
    if lanes:
        lanes.append(_lane(context, None, cycles))
    return StrategyView(context, body, cycles, tuple(lanes))


def _lane(context: PageContext, pillar: Pillar | None, cycles: Sequence[Cycle]) -> Lane:
    project = context.site.project
    if pillar is None:
        kpis = [kpi for kpi in project.kpis.values() if kpi.active and not kpi.pillars]
    else:
        kpis = [project.kpis[id] for id in pillar.kpis if id in project.kpis]
    cells = tuple((cycle, _serving(context, pillar, cycle)) for cycle in cycles)
    return Lane(
        pillar=pillar,
        anchor=owner_anchor(pillar.id) if pillar else _WITHOUT,
        counts=context.status_counts(row.objective.id for _, rows in cells for row in rows),
        kpis=tuple(map(context.kpi_card, kpis)),
        cells=cells,
    )


def _serving(context: PageContext, pillar: Pillar | None, cycle: Cycle) -> tuple[ObjectiveRow, ...]:
    """Return the active objectives of a cycle that serve a pillar, or none: those of the company
    first, the worst of each level first."""
    objectives = (
        objective
        for objective in context.site.by_cycle.get(cycle.id, ())
        if objective.active
        and (pillar.id in objective.pillars if pillar else not objective.pillars)
    )
    return tuple(sorted(map(context.objective_row, objectives), key=_rank))


def _rank(row: ObjectiveRow) -> tuple[int, int]:
    status, last = row.figures.status, len(_WORST_FIRST)
    rank = _WORST_FIRST.index(status) if status in _WORST_FIRST else last
    return _LEVELS.index(row.objective.level), rank


def pillar_view(site: Site, address: str, body: Markup, id: str) -> PillarView:
    """Return the page of a pillar."""
    context, pillar, project = PageContext(site, address), site.project.pillars[id], site.project
    by_cycle: defaultdict[str, list[Objective]] = defaultdict(list)
    people: defaultdict[str, int] = defaultdict(int)
    for objective in (project.objectives[id] for id in pillar.objectives):
        by_cycle[objective.cycle].append(objective)
        for owner in dict.fromkeys((*objective.owners, *objective.contributors)):
            people[owner] += 1
    cards = [context.kpi_card(project.kpis[id]) for id in pillar.kpis if id in project.kpis]
    return PillarView(
        context=context,
        body=body,
        pillar=pillar,
        charts=tuple(
            (card, kpi_chart(context, card.kpi, card.figures.readings, card.figures.health))
            for card in cards
        ),
        cycles=tuple(
            (cycle, tuple(map(context.objective_row, by_cycle[cycle.id])))
            for cycle in site.cycles
            if cycle.id in by_cycle
        ),
        people=tuple(
            (context.owner(owner), number)
            for owner, number in sorted(people.items(), key=lambda item: -item[1])
            if owner in project.owners
        ),
        history=document_history(context, pillar.page.uri),
    )
