"""Strategy: what the organisation is for, and how its pillars are doing, as lanes on a wall."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from markupsafe import Markup

from okrsite.language.inline import plain
from okrsite.pages.chart import Chart, kpi_chart
from okrsite.pages.history import HistoryPanel, document_history
from okrsite.pages.owners import owner_anchor
from okrsite.pages.parts import KpiCard, Link, ObjectiveRow, PageContext
from okrsite.pages.site import Site
from okrsite.pages.subscriptions import pillar_feeds, subscriptions
from okrsite.project.model import Objective, Owner, Pillar, Project
from okrsite.project.model.cycles import Cycle
from okrsite.scores.status import Status

ADDRESS = "strategy/index.md"
"""The file that the strategy's page is made of, or would be."""

WITHOUT = "okr-without-a-pillar"
"""The anchor of the lane of what serves no pillar."""

_MOST_ROWS = 3
"""So many KPIs or objectives of a cell are shown unfolded; of the others at most _MOST_MORE."""
_MOST_MORE = 30
_MOST_CYCLES = 3
_MOST_BEHIND = 12
_MARGIN = 100 / 60
"""How far a chart's readings are from its edges, in percent."""
_Serving = Mapping[tuple[str | None, str], Sequence[Objective]]
_WORST_FIRST = (Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.ACHIEVED)


@dataclass(frozen=True, slots=True)
class Cell:
    """The objectives of a pillar in one cycle: the first rows, and more in a fold.

    `unlisted` is the number of those that are too many even for the fold.
    """

    cycle: Cycle
    rows: tuple[ObjectiveRow, ...]
    more: tuple[ObjectiveRow, ...]
    unlisted: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many objectives of a cycle have which status, each with the list of those."""

    cycle: Cycle
    numbers: dict[Status, int]
    lists: dict[Status, str]


@dataclass(frozen=True, slots=True)
class Lane:
    """A pillar with its KPIs and its objectives, one cell a cycle; or what has no pillar.

    The `counts` are those of the shortest cycle, which is the last.
    """

    pillar: Pillar | None
    anchor: str
    counts: Counts | None
    kpis: tuple[KpiCard, ...]
    more_kpis: tuple[KpiCard, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class StrategyView:
    """The page of the strategy; the cycles are by length, the longest first."""

    context: PageContext
    body: Markup
    company: Owner
    cycles: tuple[Cycle, ...]
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class PillarCycle:
    """The objectives of a pillar in one cycle, with how many have which status."""

    counts: Counts
    rows: tuple[ObjectiveRow, ...]

    @property
    def anchor(self) -> str:
        """The id that the cycle has on the page."""
        return cycle_anchor(self.counts.cycle)


@dataclass(frozen=True, slots=True)
class CycleBehind:
    """A cycle behind the readings of a KPI: where it begins and its width, in percent."""

    name: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class PillarView:
    """The page of a pillar: its KPIs over time, its objectives of all cycles, who worked on it.

    `people` are the owners of the objectives and those who contributed, with the number of
    objectives, the most first.
    """

    context: PageContext
    body: Markup
    pillar: Pillar
    charts: tuple[tuple[KpiCard, Chart | None, tuple[CycleBehind, ...]], ...]
    cycles: tuple[PillarCycle, ...]
    people: tuple[tuple[Link, int], ...]
    subscriptions: tuple[Link, ...]
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
    serving = _serving(site, cycles)
    lanes = [_lane(context, pillar, cycles, serving) for pillar in site.project.pillars.values()]
    if lanes:
        lanes.append(_lane(context, None, cycles, serving))
    return StrategyView(context, body, site.company, cycles, tuple(lanes))


def pillar_anchor(id: str) -> str:
    """Return the id that a pillar's lane has on the page of the strategy."""
    return owner_anchor(id)


def cycle_anchor(cycle: Cycle) -> str:
    """Return the id that a cycle has on the page of a pillar."""
    return f"okr-{cycle.id.replace('/', '-')}"


def _lane(
    context: PageContext, pillar: Pillar | None, cycles: Sequence[Cycle], serving: _Serving
) -> Lane:
    project = context.site.project
    if pillar is None:
        kpis = [kpi for kpi in project.kpis.values() if kpi.active and not kpi.pillars]
    else:
        kpis = [project.kpis[id] for id in pillar.kpis if id in project.kpis]
    cards = tuple(context.kpi_card(kpi) for kpi in kpis)
    shown = len(cards) if pillar else 1
    inside = [serving.get((pillar.id if pillar else None, cycle.id), ()) for cycle in cycles]
    return Lane(
        pillar=pillar,
        anchor=pillar_anchor(pillar.id) if pillar else WITHOUT,
        counts=_counts(context, pillar, cycles[-1], inside[-1]) if cycles else None,
        kpis=cards[:shown],
        more_kpis=cards[shown : shown + _MOST_MORE],
        cells=tuple(
            _cell(context, cycle, found) for cycle, found in zip(cycles, inside, strict=True)
        ),
    )


def _serving(site: Site, cycles: Iterable[Cycle]) -> _Serving:
    """Return the active objectives of some cycles by the pillars that they serve; None is none."""
    found: defaultdict[tuple[str | None, str], list[Objective]] = defaultdict(list)
    for cycle in cycles:
        for objective in site.by_cycle.get(cycle.id, ()):
            for pillar in (objective.pillars or (None,)) if objective.active else ():
                found[pillar, cycle.id].append(objective)
    return found


def _counts(
    context: PageContext, pillar: Pillar | None, cycle: Cycle, objectives: Iterable[Objective]
) -> Counts:
    numbers = context.status_counts(objective.id for objective in objectives)
    key = context.site.pillar_keys[pillar.id if pillar else "none"]
    href = context.cycle(cycle).href

    def filtered(status: Status) -> str:
        query = urlencode({"pillar": key, "status": status.value}, safe="/", quote_via=quote)
        return f"{href}?{query}#okr-objectives"

    return Counts(cycle, numbers, {status: filtered(status) for status in numbers})


def _cell(context: PageContext, cycle: Cycle, objectives: Iterable[Objective]) -> Cell:
    """Return a cell; objectives of the company come first, the worst of each level first."""
    rows = sorted(
        map(context.objective_row, objectives),
        key=lambda row: (
            ("company", "team", "individual").index(row.objective.level),
            _WORST_FIRST.index(row.figures.status) if row.figures.status in _WORST_FIRST else 9,
        ),
    )
    more = rows[_MOST_ROWS:] if len(rows) > _MOST_ROWS + 1 else []
    first = tuple(rows[: len(rows) - len(more)])
    return Cell(cycle, first, tuple(more[:_MOST_MORE]), max(0, len(more) - _MOST_MORE))


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
        charts=tuple(_course(context, card) for card in cards),
        cycles=tuple(
            PillarCycle(
                _counts(context, pillar, cycle, by_cycle[cycle.id]),
                tuple(map(context.objective_row, by_cycle[cycle.id])),
            )
            for cycle in site.cycles
            if cycle.id in by_cycle
        ),
        people=tuple(
            (context.owner(owner), number)
            for owner, number in sorted(people.items(), key=lambda item: -item[1])
            if owner in project.owners
        ),
        subscriptions=subscriptions(context, pillar_feeds(site, pillar.id)),
        history=document_history(context, pillar.page.uri),
    )


def _course(
    context: PageContext, card: KpiCard
) -> tuple[KpiCard, Chart | None, tuple[CycleBehind, ...]]:
    """Return the drawing of a KPI with the cycles behind it, of the home cycle's length."""
    chart = kpi_chart(context, card.kpi, card.figures.readings, card.figures.health)
    home = context.site.home_cycle
    if chart is None or home is None:
        return card, chart, ()
    first, last = chart.first, chart.readings[-1].date
    inner, edge = 100 - 2 * _MARGIN, max(1, (last - first).days)

    def x(day: date) -> float:
        share = min(1.0, max(0.0, (day - first).days / edge))
        return round(_MARGIN + inner * share, 2)

    usual = (c for c in context.site.cycles if home.days / 2 < c.days < home.days * 2)
    behind = [cycle for cycle in usual if cycle.start < last and first < cycle.end]
    behind.sort(key=lambda cycle: cycle.start)
    return (
        card,
        chart,
        tuple(
            CycleBehind(plain(c.title), x(c.start), round(x(c.end) - x(c.start), 2))
            for c in behind[-_MOST_BEHIND:]
        ),
    )
