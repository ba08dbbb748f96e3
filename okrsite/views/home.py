"""The home page: where the company stands, in ten seconds and in ten minutes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.cycles import Cycle, State
from okrsite.explanation import explain_owner
from okrsite.inline import inline
from okrsite.model import Level, Objective
from okrsite.scorecard import Role
from okrsite.source import Type
from okrsite.status import Health, Status
from okrsite.views.parts import (
    STATUS_WORDS,
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
from okrsite.views.rhythm import Owed, owed_check_ins
from okrsite.views.site import Site

_MOST_CARDS = 8
_MOST_MOVED = 8
_MOST_ATTENTION = 12
_MOST_KPIS = 8
_MOST_OWED = 8


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many objectives have a status."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Moved:
    """An objective whose score changed, and how."""

    link: Link
    owners: tuple[Link, ...]
    before: str
    now: str
    change: str
    rising: bool


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that somebody should look at."""

    mark: Mark
    link: Link
    text: str
    owners: tuple[Link, ...]


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
    attention = _attention(desk)
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
        moved=_moved(desk),
        broken=_broken(desk),
        attention=attention[:_MOST_ATTENTION],
        more_attention=_more(desk, len(attention) - _MOST_ATTENTION),
        owed=owed[:_MOST_OWED],
        more_owed=_more(desk, len(owed) - _MOST_OWED),
        check_ins=desk.page(desk.say("All check-ins"), "check-ins/index.md"),
        insights=desk.page(desk.say("All insights"), "insights/index.md"),
    )


def company_explained(desk: Desk, cycle: Cycle) -> Explained | None:
    """Explain the company's score in a cycle."""
    site = desk.site
    return desk.explained(
        explain_owner(desk.words, site.project, site.scorecard, site.company.id, cycle)
    )


def status_counts(desk: Desk, objectives: Iterable[Objective]) -> tuple[StatusCount, ...]:
    """Count objectives by status, in the order of the statuses; drafts and cancelled ones last."""
    found = Counter(desk.site.scorecard.objectives[o.id].status for o in objectives)
    order = [*[s for s in Status if s not in _NOT_COUNTED], *_NOT_COUNTED]
    return tuple(
        StatusCount(mark, f"{desk.words.number(found[status])} {mark.word.lower()}")
        for status in order
        if found[status] and (mark := desk.status(status))
    )


_NOT_COUNTED = (Status.DRAFT, Status.CANCELLED)


def health_counts(desk: Desk) -> tuple[StatusCount, ...]:
    """Count KPIs by health."""
    found = Counter(figures.health for figures in desk.site.scorecard.kpis.values())
    return tuple(
        StatusCount(mark, f"{desk.words.number(found[health])} {mark.word.lower()}")
        for health in Health
        if found[health] and (mark := desk.health(health))
    )


def _more(desk: Desk, number: int) -> str | None:
    return desk.say("and %(number)s more", number=number) if number > 0 else None


def _week(desk: Desk, cycle: Cycle) -> str | None:
    """Say how the company's score moved in the last seven days."""
    company = desk.site.company.id
    now = desk.site.scorecard.owners.get(company, {}).get(cycle.id)
    before = desk.site.week_ago.owners.get(company, {}).get(cycle.id)
    if now is None or before is None:
        return None
    difference = desk.words.difference(now.score, before.score)
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

    def order(id: str) -> tuple[int, str]:
        figures, kpi = site.scorecard.kpis[id], site.project.kpis[id]
        unhealthy = figures.health in (Health.CRITICAL, Health.WARNING)
        rank = 3 if kpi.owner != site.company.id else 2
        if figures.role is Role.FOCUS:
            rank = 1
        return (0 if unhealthy else rank, str(kpi.page.title).casefold())

    return tuple(
        desk.kpi_card(site.project.kpis[id])
        for id in sorted(site.project.kpis, key=order)[:_MOST_KPIS]
    )


def _all_kpis(desk: Desk) -> str:
    number = len(desk.site.project.kpis)
    return desk.words.count("The one KPI", "All %(number)s KPIs", number)


def _moved(desk: Desk) -> tuple[Moved, ...]:
    """List the objectives of open cycles whose scores moved most in two weeks."""
    site = desk.site
    changes: list[tuple[float, Objective, float, float]] = []
    for objective in site.project.objectives.values():
        cycle = site.project.cycles[objective.cycle]
        now = site.scorecard.objectives[objective.id].score
        before = site.two_weeks_ago.objectives[objective.id].score
        if cycle.state(site.as_of) is not State.OPEN or not objective.active:
            continue
        difference = desk.words.difference(now or 0.0, before or 0.0)
        if difference:
            changes.append((difference, objective, before or 0.0, now or 0.0))
    changes.sort(key=lambda change: (-abs(change[0]), change[1].id))
    words = desk.words
    return tuple(
        Moved(
            desk.objective(objective.id),
            desk.owners(objective.owners),
            words.score(before),
            words.score(now),
            words.change(difference),
            difference > 0,
        )
        for difference, objective, before, now in changes[:_MOST_MOVED]
    )


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


def _attention(desk: Desk) -> tuple[Attention, ...]:
    """List what needs attention: off track, unhealthy KPIs without an objective, silence."""
    site = desk.site
    found: list[Attention] = []
    objectives = sorted(
        site.project.objectives.values(), key=lambda o: (_LEVELS[o.level], o.page.title.casefold())
    )
    for objective in objectives:
        figures = site.scorecard.objectives[objective.id]
        if figures.status is Status.OFF_TRACK:
            behind = desk.words.score(
                abs(desk.words.difference(figures.score or 0.0, figures.expected or 0.0))
            )
            text = desk.say("%(score)s behind what was expected", score=behind)
            if (figures.pace or 0.0) >= site.settings.thresholds.at_risk and figures.confidence:
                value = desk.words.confidence(figures.confidence.value)
                text = desk.say("confidence fell to %(value)s", value=value)
            mark = Mark(Status.OFF_TRACK, desk.say(STATUS_WORDS[Status.OFF_TRACK]))
            link, owners = desk.objective(objective.id), desk.owners(objective.owners)
            found.append(Attention(mark, link, text, owners))
    for kpi in sorted(site.project.kpis.values(), key=lambda k: k.page.title.casefold()):
        health = site.scorecard.kpis[kpi.id]
        if health.health in (Health.WARNING, Health.CRITICAL) and health.role is Role.HEALTH:
            text = desk.say("outside its band, and no objective works on it")
            owners = desk.owners([kpi.owner]) if kpi.owner is not None else ()
            found.append(Attention(desk.health(health.health), desk.kpi(kpi.id), text, owners))
    for objective in objectives:
        figures = site.scorecard.objectives[objective.id]
        silent = desk.stale(figures)
        if silent and figures.status is not Status.OFF_TRACK:
            mark = Mark("stale", desk.say("Stale"))
            link, owners = desk.objective(objective.id), desk.owners(objective.owners)
            found.append(Attention(mark, link, silent, owners))
    return tuple(found)


_LEVELS = {"company": 0, "team": 1, "individual": 2}
