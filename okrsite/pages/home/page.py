"""The home page: where the company stands, in ten seconds and in ten minutes."""

from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from okrsite.documents.types import Type
from okrsite.language.inline import inline
from okrsite.pages.home.attention import Attention, Moved, attention, moved
from okrsite.pages.home.counts import StatusCount, company_explained, health_counts, status_counts
from okrsite.pages.owed import Owed, owed_check_ins
from okrsite.pages.parts import (
    Dated,
    Desk,
    Explained,
    KpiCard,
    Link,
    Mark,
    ObjectiveRow,
    OwnerRow,
    Progress,
)
from okrsite.pages.site import Site
from okrsite.project.model import Level, Objective
from okrsite.project.model.cycles import Cycle
from okrsite.scores import Role
from okrsite.scores.status import Health

_WEEK = timedelta(days=7)
_MOST_CARDS = 8
_MOST_ATTENTION = 12
_MOST_KPIS = 8
_MOST_OWED = 8


@dataclass(frozen=True, slots=True)
class Broken:
    """How many documents count in no figure, and where it is said why."""

    mark: Mark
    link: Link


@dataclass(frozen=True, slots=True)
class Containing:
    """The objectives of a longer cycle that the home page's lies in."""

    cycle: Progress
    objectives: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """All that the home page shows; without a cycle there is nothing but the way to begin."""

    title: Markup
    dated: Dated
    body: Markup
    progress: Progress | None
    score: str | None
    expected: str | None
    status: Mark | None
    counted: str
    counts: tuple[StatusCount, ...]
    week: str | None
    explained: Explained | None
    heading: str
    objectives: tuple[ObjectiveRow, ...]
    longer: tuple[Containing, ...]
    owners: tuple[OwnerRow, ...]
    kpis: tuple[KpiCard, ...]
    kpi_counts: tuple[StatusCount, ...]
    all_kpis: Link | None
    moved: tuple[Moved, ...]
    broken: Broken | None
    attention: tuple[Attention, ...]
    more_attention: str | None
    owed: tuple[Owed, ...]
    more_owed: str | None
    check_ins: Link
    insights: Link


def home_view(site: Site, address: str, body: Markup) -> HomeView:
    """Make the home page."""
    desk, cycle = Desk(site, address), site.home_cycle
    figures = site.scorecard.owners.get(site.company.id, {}).get(cycle.id) if cycle else None
    inside = site.by_cycle.get(cycle.id, []) if cycle else []
    heading, shown = _foremost(desk, cycle)
    urgent = attention(desk)
    owed = owed_check_ins(desk, site.project.objectives.values())
    kpis = _kpis(desk)
    return HomeView(
        title=inline(site.company.title),
        dated=desk.dated(),
        body=body,
        progress=desk.progress(cycle) if cycle else None,
        score=desk.words.score(figures.score) if figures else None,
        expected=desk.words.score(figures.expected) if figures else None,
        status=desk.status(figures.status) if figures else None,
        counted=desk.count_objectives(len(inside)),
        counts=status_counts(desk, inside),
        week=_week(desk, cycle) if cycle else None,
        explained=company_explained(desk, cycle) if cycle else None,
        heading=heading,
        objectives=tuple(
            desk.objective_row(objective, results=len(shown) <= _MOST_CARDS) for objective in shown
        ),
        longer=tuple(
            Containing(desk.progress(around), rows)
            for around in (site.around(cycle) if cycle else ())
            if (rows := tuple(map(desk.objective_row, _of_company(desk, around))))
        ),
        owners=_teams(desk, cycle) if cycle else (),
        kpis=kpis,
        kpi_counts=health_counts(desk),
        all_kpis=desk.page(_all_kpis(desk), "kpis/index.md") if kpis else None,
        moved=moved(desk),
        broken=_broken(desk),
        attention=urgent[:_MOST_ATTENTION],
        more_attention=_more(desk, len(urgent) - _MOST_ATTENTION),
        owed=owed[:_MOST_OWED],
        more_owed=_more(desk, len(owed) - _MOST_OWED),
        check_ins=desk.page(desk.say("All check-ins"), "check-ins/index.md"),
        insights=desk.page(desk.say("All insights"), "insights/index.md"),
    )


def _more(desk: Desk, number: int) -> str | None:
    return desk.say("and %(number)s more", number=number) if number > 0 else None


def _week(desk: Desk, cycle: Cycle) -> str | None:
    """Say how the company's score moved in the last seven days."""
    company = desk.site.company.id
    scorecard, day = desk.site.scorecard, desk.site.as_of - _WEEK
    now = scorecard.owner_score_on(company, cycle.id, desk.site.as_of)
    before = scorecard.owner_score_on(company, cycle.id, day)
    if now is None or before is None:
        return None
    difference = desk.words.difference(now, before)
    if not difference:
        return desk.say("unchanged in the last seven days")
    return desk.say("%(change)s in the last seven days", change=desk.words.change(difference))


def _of_company(desk: Desk, cycle: Cycle) -> list[Objective]:
    """List the company's active objectives of a cycle."""
    company = desk.site.company.id
    inside = desk.site.by_cycle.get(cycle.id, ())
    return [o for o in inside if company in o.owners and o.active]


def _foremost(desk: Desk, cycle: Cycle | None) -> tuple[str, list[Objective]]:
    """List the objectives that come first: the company's, else those of teams, else of people."""
    headings = {
        Level.COMPANY: desk.say("Company objectives"),
        Level.TEAM: desk.say("Team objectives"),
        Level.INDIVIDUAL: desk.say("Individual objectives"),
    }
    if cycle is None:
        return headings[Level.COMPANY], []
    of_company = _of_company(desk, cycle)
    if of_company:
        return headings[Level.COMPANY], of_company
    for level in (Level.TEAM, Level.INDIVIDUAL):
        inside = desk.site.by_cycle.get(cycle.id, ())
        found = [o for o in inside if o.level is level and o.active]
        if found:
            return headings[level], found
    return headings[Level.COMPANY], []


def _teams(desk: Desk, cycle: Cycle) -> tuple[OwnerRow, ...]:
    rows = [
        desk.owner_row(owner.id, max(0, depth - 1), cycle)
        for owner, depth in desk.site.organisation
        if owner.type is Type.TEAM
    ]
    return tuple(rows)


def _kpis(desk: Desk) -> tuple[KpiCard, ...]:
    """Show the KPIs that say most: in focus or unhealthy first, then those of the company."""
    site = desk.site

    def order(id: str) -> int:
        figures, kpi = site.scorecard.kpis[id], site.project.kpis[id]
        unhealthy = figures.health in (Health.CRITICAL, Health.WARNING)
        rank = 3 if kpi.owner != site.company.id else 2
        if figures.role is Role.FOCUS:
            rank = 1
        return 0 if unhealthy else rank

    return tuple(
        desk.kpi_card(site.project.kpis[id])
        for id in sorted(site.project.kpis, key=order)[:_MOST_KPIS]
    )


def _all_kpis(desk: Desk) -> str:
    number = len(desk.site.project.kpis)
    return desk.words.count("The one KPI", "All %(number)s KPIs", number)


def _broken(desk: Desk) -> Broken | None:
    number = len(desk.site.project.broken)
    if not number:
        return None
    text = desk.words.count(
        "%(number)s document has errors and counts in no figure",
        "%(number)s documents have errors and count in no figure",
        number,
    )
    return Broken(Mark("off_track", desk.say("Error")), desk.page(text, "insights/index.md"))
