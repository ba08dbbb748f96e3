"""The home page: how the company is doing, at a glance and in detail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from okrsite.documents.types import Type
from okrsite.pages.course import Course, cycle_course
from okrsite.pages.guardrails import BrokenGuardrails, broken_although_on_track
from okrsite.pages.overdue import Overdue, overdue_check_ins
from okrsite.pages.parts import KpiCard, ObjectiveRow, OwnerRow, PageContext
from okrsite.pages.parts.roll_up import RollUp, roll_up
from okrsite.pages.parts.worst_first import for_discussion
from okrsite.pages.site import Site
from okrsite.project.model import Level, Objective
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import OwnerFigures, Role, Scores
from okrsite.scores.explanation import Explanation, explain_owner
from okrsite.scores.status import Health, Status

_WEEK = timedelta(days=7)
_TWO_WEEKS = timedelta(days=14)
_MOST_UNFOLDED = 8
_MOST_KPIS = 8
_MOST_CHANGES = 8
_LEVELS = list(Level)
_UNHEALTHY = (Health.WARNING, Health.CRITICAL)


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """An objective whose score changed."""

    objective: Objective
    before: float
    now: float
    change: float


@dataclass(frozen=True, slots=True)
class HomeView:
    """All that the home page shows; without a cycle only how to begin.

    `objectives` are those of the highest `level` that has any, the worst first; where they are few,
    each `unfolds` to its key results. `longer` are the company's objectives in the cycles around
    this one.
    """

    context: PageContext
    body: Markup
    cycle: Cycle | None
    figures: OwnerFigures | None
    headline: RollUp | None
    change_in_a_week: float | None
    explained: Explanation | None
    level: Level
    unfolds: bool
    objectives: tuple[ObjectiveRow, ...]
    longer: tuple[tuple[Cycle, tuple[ObjectiveRow, ...]], ...]
    teams: tuple[OwnerRow, ...]
    kpis: tuple[KpiCard, ...]
    changes: tuple[ScoreChange, ...]
    attention: tuple[tuple[str, ObjectiveRow | KpiCard | BrokenGuardrails], ...]
    overdue: tuple[Overdue, ...]
    course: Course | None


def home_view(site: Site, address: str, body: Markup) -> HomeView:
    """Return the view of the home page."""
    context, cycle, company = PageContext(site, address), site.home_cycle, site.company.id
    level, shown = _foremost(site, cycle) if cycle else (Level.COMPANY, [])
    shown = for_discussion(site, shown)
    return HomeView(
        context=context,
        body=body,
        cycle=cycle,
        figures=site.figures_of(company, cycle),
        headline=roll_up(context, cycle, company, whole=True) if cycle else None,
        change_in_a_week=_change_in_a_week(site, cycle) if cycle else None,
        explained=explain_owner(site.words, site.project, site.scorecard, company, cycle)
        if cycle
        else None,
        level=level,
        unfolds=len(shown) <= _MOST_UNFOLDED,
        objectives=tuple(map(context.objective_row, shown)),
        longer=tuple(
            (longer, tuple(map(context.objective_row, for_discussion(site, objectives))))
            for longer in (site.around(cycle) if cycle else ())
            if (objectives := _of_company(site, longer))
        ),
        teams=tuple(
            context.owner_row(owner.id, max(0, depth - 1), cycle)
            for owner, depth in (site.organisation if cycle else ())
            if owner.type is Type.TEAM
        ),
        kpis=_foremost_kpis(context),
        changes=_changes(site),
        attention=tuple(_attention(context)),
        overdue=overdue_check_ins(context, site.project.objectives.values()),
        course=cycle_course(context, cycle) if cycle else None,
    )


def _change_in_a_week(site: Site, cycle: Cycle) -> float | None:
    """Return how far the company's score moved in the last seven days."""
    company, day = site.company.id, site.as_of
    now = site.scorecard.owner_score_on(company, cycle.id, day)
    before = site.scorecard.owner_score_on(company, cycle.id, day - _WEEK)
    return site.words.difference(now, before) if now is not None and before is not None else None


def _of_company(site: Site, cycle: Cycle) -> list[Objective]:
    """Return the company's active objectives of a cycle."""
    inside = site.by_cycle.get(cycle.id, ())
    return [o for o in inside if site.company.id in o.owners and o.active]


def _foremost(site: Site, cycle: Cycle) -> tuple[Level, list[Objective]]:
    """Return the company's active objectives; without any, the teams', else those of people."""
    if of_company := _of_company(site, cycle):
        return Level.COMPANY, of_company
    for level in (Level.TEAM, Level.INDIVIDUAL):
        inside = site.by_cycle.get(cycle.id, ())
        if found := [o for o in inside if o.level is level and o.active]:
            return level, found
    return Level.COMPANY, []


def _foremost_kpis(context: PageContext) -> tuple[KpiCard, ...]:
    """Return the KPIs to look at first: unhealthy, then in focus, then those of the company."""

    def order(card: KpiCard) -> int:
        rank = 3 if card.kpi.owner != context.site.company.id else 2
        if card.figures.role is Role.FOCUS:
            rank = 1
        return 0 if card.figures.health in _UNHEALTHY else rank

    kpis = (kpi for kpi in context.site.project.kpis.values() if kpi.active)
    return tuple(sorted(map(context.kpi_card, kpis), key=order)[:_MOST_KPIS])


def _changes(site: Site) -> tuple[ScoreChange, ...]:
    """Return the objectives of open cycles whose scores changed most in two weeks."""
    found = []
    # These scores are needed once: they are not kept with those of the day.
    earlier, day = Scores(site.project), site.as_of - _TWO_WEEKS
    for objective in site.project.objectives.values():
        cycle = site.project.cycles[objective.cycle]
        if cycle.state(site.as_of) is State.OPEN and objective.active:
            now = site.scorecard.objectives[objective.id].score or 0.0
            before = earlier.at(objective.id, day).score or 0.0
            if change := site.words.difference(now, before):
                found.append(ScoreChange(objective, before, now, change))
    found.sort(key=lambda row: -abs(row.change))
    return tuple(found[:_MOST_CHANGES])


def _attention(
    context: PageContext,
) -> Iterator[tuple[str, ObjectiveRow | KpiCard | BrokenGuardrails]]:
    """Yield what needs attention with the reason: off track, a broken guardrail, an unhealthy KPI,
    no update."""
    project, figures = context.site.project, context.site.scorecard.objectives
    objectives = sorted(project.objectives.values(), key=lambda o: _LEVELS.index(o.level))
    for objective in objectives:
        if figures[objective.id].status is Status.OFF_TRACK:
            yield "off track", context.objective_row(objective)
    for broken in broken_although_on_track(context):
        yield "guardrail", broken
    for kpi in project.kpis.values():
        card = context.kpi_card(kpi)
        if card.figures.health in _UNHEALTHY and card.figures.role is Role.HEALTH and kpi.active:
            yield "unhealthy", card
    for objective in objectives:
        of_it = figures[objective.id]
        if of_it.stale and of_it.status is not Status.OFF_TRACK:
            yield "stale", context.objective_row(objective)
