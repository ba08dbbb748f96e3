"""The home page: where the company stands, in ten seconds and in ten minutes."""

from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from okrsite.documents.types import Type
from okrsite.language.inline import inline
from okrsite.pages.home.attention import Attention, Moved, attention, moved
from okrsite.pages.home.counts import StatusCount, company_explained, health_counts, status_counts
from okrsite.pages.owed import Owed, owed_check_ins
from okrsite.pages.parts import KpiCard, Link, Mark, ObjectiveRow, OwnerRow, PageContext, Progress
from okrsite.pages.site import Site
from okrsite.project.model import Level, Objective
from okrsite.project.model.cycles import Cycle
from okrsite.scores import Role
from okrsite.scores.explanation import Explanation
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
    context: PageContext
    body: Markup
    progress: Progress | None
    score: str | None
    expected: str | None
    status: Mark | None
    counted: str
    counts: tuple[StatusCount, ...]
    week: str | None
    explained: Explanation | None
    heading: str
    cards: bool
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
    context, cycle = PageContext(site, address), site.home_cycle
    figures = site.scorecard.owners.get(site.company.id, {}).get(cycle.id) if cycle else None
    inside = site.by_cycle.get(cycle.id, []) if cycle else []
    heading, shown = _foremost(context, cycle)
    urgent = attention(context)
    owed = owed_check_ins(context, site.project.objectives.values())
    kpis = _kpis(context)
    return HomeView(
        title=inline(site.company.title),
        context=context,
        body=body,
        progress=context.progress(cycle) if cycle else None,
        score=context.words.score(figures.score) if figures else None,
        expected=context.words.score(figures.expected) if figures else None,
        status=context.status(figures.status) if figures else None,
        counted=context.count_objectives(len(inside)),
        counts=status_counts(context, inside),
        week=_week(context, cycle) if cycle else None,
        explained=company_explained(context, cycle) if cycle else None,
        heading=heading,
        cards=bool(shown and shown[0].key_results) and len(shown) <= _MOST_CARDS,
        objectives=tuple(map(context.objective_row, shown)),
        longer=tuple(
            Containing(context.progress(around), rows)
            for around in (site.around(cycle) if cycle else ())
            if (rows := tuple(map(context.objective_row, _of_company(context, around))))
        ),
        owners=_teams(context, cycle) if cycle else (),
        kpis=kpis,
        kpi_counts=health_counts(context),
        all_kpis=context.page(_all_kpis(context), "kpis/index.md") if kpis else None,
        moved=moved(context),
        broken=_broken(context),
        attention=urgent[:_MOST_ATTENTION],
        more_attention=_more(context, len(urgent) - _MOST_ATTENTION),
        owed=owed[:_MOST_OWED],
        more_owed=_more(context, len(owed) - _MOST_OWED),
        check_ins=context.page(context.say("All check-ins"), "check-ins/index.md"),
        insights=context.page(context.say("All insights"), "insights/index.md"),
    )


def _more(context: PageContext, number: int) -> str | None:
    return context.say("and %(number)s more", number=number) if number > 0 else None


def _week(context: PageContext, cycle: Cycle) -> str | None:
    """Say how the company's score moved in the last seven days."""
    company = context.site.company.id
    scorecard, day = context.site.scorecard, context.site.as_of - _WEEK
    now = scorecard.owner_score_on(company, cycle.id, context.site.as_of)
    before = scorecard.owner_score_on(company, cycle.id, day)
    if now is None or before is None:
        return None
    difference = context.words.difference(now, before)
    if not difference:
        return context.say("unchanged in the last seven days")
    return context.say("%(change)s in the last seven days", change=context.words.change(difference))


def _of_company(context: PageContext, cycle: Cycle) -> list[Objective]:
    """List the company's active objectives of a cycle."""
    company = context.site.company.id
    inside = context.site.by_cycle.get(cycle.id, ())
    return [o for o in inside if company in o.owners and o.active]


def _foremost(context: PageContext, cycle: Cycle | None) -> tuple[str, list[Objective]]:
    """List the objectives that come first: the company's, else those of teams, else of people."""
    headings = {
        Level.COMPANY: context.say("Company objectives"),
        Level.TEAM: context.say("Team objectives"),
        Level.INDIVIDUAL: context.say("Individual objectives"),
    }
    if cycle is None:
        return headings[Level.COMPANY], []
    of_company = _of_company(context, cycle)
    if of_company:
        return headings[Level.COMPANY], of_company
    for level in (Level.TEAM, Level.INDIVIDUAL):
        inside = context.site.by_cycle.get(cycle.id, ())
        found = [o for o in inside if o.level is level and o.active]
        if found:
            return headings[level], found
    return headings[Level.COMPANY], []


def _teams(context: PageContext, cycle: Cycle) -> tuple[OwnerRow, ...]:
    rows = [
        context.owner_row(owner.id, max(0, depth - 1), cycle)
        for owner, depth in context.site.organisation
        if owner.type is Type.TEAM
    ]
    return tuple(rows)


def _kpis(context: PageContext) -> tuple[KpiCard, ...]:
    """Show the KPIs that say most: in focus or unhealthy first, then those of the company."""
    site = context.site

    def order(id: str) -> tuple[int, str]:
        figures, kpi = site.scorecard.kpis[id], site.project.kpis[id]
        unhealthy = figures.health in (Health.CRITICAL, Health.WARNING)
        rank = 3 if kpi.owner != site.company.id else 2
        if figures.role is Role.FOCUS:
            rank = 1
        return (0 if unhealthy else rank, str(kpi.page.title).casefold())

    return tuple(
        context.kpi_card(site.project.kpis[id])
        for id in sorted(site.project.kpis, key=order)[:_MOST_KPIS]
    )


def _all_kpis(context: PageContext) -> str:
    number = len(context.site.project.kpis)
    return context.words.count("The one KPI", "All %(number)s KPIs", number)


def _broken(context: PageContext) -> Broken | None:
    number = len(context.site.project.broken)
    if not number:
        return None
    text = context.words.count(
        "%(number)s document has errors and counts in no figure",
        "%(number)s documents have errors and count in no figure",
        number,
    )
    return Broken(Mark("off_track", context.say("Error")), context.page(text, "insights/index.md"))
