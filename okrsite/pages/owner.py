"""The page of an owner (the company, a team or a person): what they own, and what is overdue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from okrsite.documents.types import Type
from okrsite.language.inline import inline_without_links
from okrsite.pages.comparison import comparison_link
from okrsite.pages.course import Course, course_of
from okrsite.pages.filters import Filters, Group, objective_filters
from okrsite.pages.history import HistoryPanel, owner_history
from okrsite.pages.initiatives import Initiatives, owner_initiatives
from okrsite.pages.overdue import Overdue, overdue_of
from okrsite.pages.parts import KpiCard, Link, ObjectiveRow, OwnerRow, PageContext, ResultRow
from okrsite.pages.parts.roll_up import RollUp, roll_up
from okrsite.pages.review.places import owner_review, review_link
from okrsite.pages.siblings import Siblings, owner_siblings
from okrsite.pages.site import Site
from okrsite.pages.take_part import TakePart, of_owner
from okrsite.pages.web_proposals import Proposal, owner_check_in
from okrsite.project.model import CheckIn, CheckInDocument, Objective, Owner
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import OwnerFigures
from okrsite.scores.explanation import Explanation, explain_owner
from okrsite.scores.status import Status

_CHECK_INS = "okr-check-ins"
"""The id of the heading of the check-ins on the page of an objective."""
_MOST_CHECK_INS = 5
_MOST_ABOVE = 5
"""So many of those above an owner are named, from the nearest one up, and the company."""


@dataclass(frozen=True, slots=True)
class OwnerCycle:
    """An owner's objectives of one cycle; without a score, or before the cycle starts, `figures`
    is None."""

    cycle: Cycle
    figures: OwnerFigures | None
    status: Status | None
    explained: Explanation | None
    facts: Markup
    objectives: tuple[ObjectiveRow, ...]

    @property
    def anchor(self) -> str:
        """The id that the cycle has on the page."""
        return "okr-" + self.cycle.id.replace("/", "-")

    @property
    def active(self) -> int:
        """The number of active objectives."""
        return sum(row.objective.active for row in self.objectives)


@dataclass(frozen=True, slots=True)
class RecentCheckIn:
    """A check-in in one line: a document with what it is `about`, or an objective's own."""

    date: date
    link: Link
    about: tuple[Link, ...]
    confidence: float | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ThroughTeam:
    """What somebody without objectives of their own works on: those of their team in a cycle."""

    team: Link
    headline: RollUp
    objectives: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True)
class OwnerView:
    """The page of a company, team or person."""

    context: PageContext
    owner: Owner
    body: Markup
    path: tuple[Link, ...]
    filters: Filters | None
    cycles: tuple[OwnerCycle, ...]
    teams: tuple[OwnerRow, ...]
    people: tuple[OwnerRow, ...]
    headline: RollUp | None
    through: ThroughTeam | None
    helps_with: tuple[ObjectiveRow, ...]
    key_results: tuple[ResultRow, ...]
    initiatives: Initiatives
    kpis: tuple[KpiCard, ...]
    overdue: tuple[Overdue, ...]
    check_ins: tuple[RecentCheckIn, ...]
    review: Link | None
    take_part: TakePart
    siblings: Siblings | None
    compare: Link | None
    history: HistoryPanel | None
    proposal: Proposal | None
    course: Course | None

    @property
    def now(self) -> OwnerCycle | None:
        """The home cycle, where the owner has a score in it."""
        scored = (one for one in self.cycles if one.figures or one.status)
        return next((one for one in scored if one.cycle == self.context.site.home_cycle), None)

    @property
    def places(self) -> list[tuple[str, Markup]]:
        """The anchors of the cycles on the page, with their titles."""
        return [(one.anchor, inline_without_links(one.cycle.title)) for one in self.cycles]

    @property
    def scores(self) -> tuple[OwnerCycle, ...]:
        """The cycles with a score, the newest first."""
        return tuple(one for one in self.cycles if one.figures)


def owner_view(site: Site, address: str, body: Markup, id: str) -> OwnerView:
    """Return the page of a company, team or person."""
    context, owner, home = PageContext(site, address), site.project.owners[id], site.home_cycle
    owned = site.by_owner.get(id, [])
    filters = objective_filters(context, owned)
    used = {objective.cycle for objective in owned}
    teams = (below for below in site.below.get(id, ()) if below.type is Type.TEAM)
    return OwnerView(
        context=context,
        owner=owner,
        body=body,
        path=_path(context, owner),
        filters=filters,
        cycles=tuple(
            _cycle(context, owner, cycle, filters) for cycle in site.cycles if cycle.id in used
        ),
        teams=tuple(context.owner_row(team.id, 0, home) for team in teams),
        people=tuple(context.owner_row(one.id, 0, home) for one in site.people_of(owner)),
        headline=roll_up(context, home, id) if home and home.id in used else None,
        through=_through(context, owner),
        helps_with=tuple(map(context.objective_row, site.by_contributor.get(id, ()))),
        key_results=tuple(context.result_row(*pair) for pair in site.results_by_owner.get(id, ())),
        initiatives=owner_initiatives(context, id),
        kpis=tuple(map(context.kpi_card, site.kpis_by_owner.get(id, ()))),
        overdue=overdue_of(context, id),
        check_ins=_check_ins(context, owner, owned),
        review=review_link(context, owner_review(site, id)),
        take_part=of_owner(context, owner),
        siblings=owner_siblings(context, owner),
        compare=comparison_link(context, id),
        history=owner_history(context, owner),
        proposal=None if owner.former(site.as_of) else owner_check_in(context, id),
        course=course_of(
            context, id, home, [o.id for o in owned if home and o.cycle == home.id and o.active]
        ),
    )


def _through(context: PageContext, owner: Owner) -> ThroughTeam | None:
    """Return the team's objectives for a person who has none in an open cycle, as many leads."""
    site, cycle, team = context.site, context.site.home_cycle, owner.parent
    if owner.type is not Type.PERSON or cycle is None or owner.former(site.as_of):
        return None
    own = (o for o in site.by_owner.get(owner.id, ()) if o.active)
    if any(site.project.cycles[o.cycle].state(site.as_of) is State.OPEN for o in own):
        return None
    if team is None or team not in site.project.owners or team == site.company.id:
        return None
    found = [o for o in site.by_owner.get(team, ()) if o.cycle == cycle.id and o.active]
    if not found:
        return None
    rows = tuple(map(context.objective_row, found))
    return ThroughTeam(context.owner(team), roll_up(context, cycle, team), rows)


def _path(context: PageContext, owner: Owner) -> tuple[Link, ...]:
    """Return the way from the organisation down to who is directly above; of a long one the end."""
    owners, company = context.site.project.owners, context.site.project.company
    above: list[str] = []
    parent = owner.parent
    while parent is not None and parent in owners and parent not in above:
        if len(above) == _MOST_ABOVE:
            top = () if company in above else (context.owner(company),)
            return (*top, Link(Markup("…"), None), *context.owners(reversed(above)))
        above.append(parent)
        parent = owners[parent].parent
    return context.owners(reversed(above))


def _cycle(context: PageContext, owner: Owner, cycle: Cycle, filters: Filters | None) -> OwnerCycle:
    site, group = context.site, Group(context, owner, filters)
    figures, status = site.figures_and_status(owner.id, cycle)
    owned = [o for o in site.by_owner.get(owner.id, ()) if o.cycle == cycle.id]
    # Drafts and cancelled objectives, which do not count, come last.
    owned.sort(key=lambda objective: not objective.active)
    return OwnerCycle(
        cycle=cycle,
        figures=figures,
        status=status,
        explained=explain_owner(context.words, site.project, site.scorecard, owner.id, cycle),
        facts=group.facts,
        objectives=tuple(map(group.row, owned)),
    )


def _check_ins(
    context: PageContext, owner: Owner, objectives: Iterable[Objective]
) -> tuple[RecentCheckIn, ...]:
    """Return the latest check-ins of an owner or on their objectives; each document once."""
    site = context.site
    found: list[tuple[date, str, CheckIn | CheckInDocument]] = []
    own = site.check_in_documents_by_owner.get(owner.id, ())
    about = {document.page.uri: [*document.objectives] for document in own}
    for objective in objectives:
        for check_in in objective.check_ins:
            if check_in.uri not in site.project.check_in_documents:
                found.append((check_in.date, objective.id, check_in))
            elif objective.id not in about.setdefault(check_in.uri, []):
                about[check_in.uri].append(objective.id)
    documents = (site.project.check_in_documents[uri] for uri in about)
    found += [(document.date, document.page.uri, document) for document in documents]
    known = [one for one in found if one[0] <= site.as_of]
    known.sort(key=lambda one: (-one[0].toordinal(), one[1]))
    return tuple(_recent(context, one, about) for _, _, one in known[:_MOST_CHECK_INS])


def _recent(
    context: PageContext, one: CheckIn | CheckInDocument, about: Mapping[str, Iterable[str]]
) -> RecentCheckIn:
    if isinstance(one, CheckIn):
        objective = context.objective(one.objective)
        link = Link(objective.text, f"{objective.href}#{_CHECK_INS}")
        return RecentCheckIn(one.date, link, (), one.confidence, one.note)
    links = tuple(context.objective(id) for id in about[one.page.uri])
    link = context.check_in_document(one)
    return RecentCheckIn(one.date, link, links, None, one.page.description)
