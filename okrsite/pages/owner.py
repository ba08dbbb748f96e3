"""One owner: the company, a team or a person, with all that they own, help with and owe."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from okrsite.documents.types import Type
from okrsite.language.inline import inline, inline_without_links
from okrsite.language.wording import NONE
from okrsite.pages.comparison import comparison_link
from okrsite.pages.filters import Filters, Group, objective_filters
from okrsite.pages.history import HistoryPanel, owner_history
from okrsite.pages.objective import AlignedRow, aligned, anchor_of
from okrsite.pages.owed import Owed, owed_of
from okrsite.pages.owners import MemberRow, former, member_row, people_of
from okrsite.pages.parts import (
    Bar,
    Dated,
    Desk,
    Explained,
    KpiCard,
    Link,
    Mark,
    ObjectiveRow,
    Progress,
    ResultRow,
)
from okrsite.pages.review import owner_review, review_link
from okrsite.pages.site import Site
from okrsite.pages.subscriptions import subscriptions
from okrsite.pages.web_proposals import Proposal, owner_check_in
from okrsite.project.model import CheckIn, KeyResult, Objective, Owner
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import OwnerFigures
from okrsite.scores.explanation import explain_owner
from okrsite.scores.status import Status

CHECK_INS_ANCHOR = "okr-check-ins"
"""The id that the heading of the check-ins has on the page of an objective."""

_MOST_CHECK_INS = 5
_MOST_ABOVE = 5
"""So many of those above an owner are named, from the nearest one up, and the company."""


@dataclass(frozen=True, slots=True)
class OwnerScore:
    """An owner's score in one cycle; without one the bar is None and the score a dash.

    `anchor` is the id of what explains it on the owner's page; `expected_score` is what `expected`
    says, as a figure alone.
    """

    progress: Progress
    anchor: str
    score: str
    expected: str | None
    status: Mark | None
    bar: Bar | None
    objectives: str
    expected_score: str = NONE


@dataclass(frozen=True, slots=True)
class OwnerCycle:
    """An owner's objectives of one cycle; `folded` once it is closed."""

    score: OwnerScore
    folded: bool
    explained: Explained | None
    facts: Markup
    objectives: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True)
class ResultElsewhere:
    """A key result that stands away from its objective, which is named with it."""

    result: ResultRow
    objective: Link
    owners: tuple[Link, ...]
    cycle: Link


@dataclass(frozen=True, slots=True)
class RecentCheckIn:
    """A check-in in one line: when, where it stands, and what it is about or says."""

    day: str
    iso: str
    link: Link
    about: tuple[Link, ...]
    confidence: str | None
    note: Markup | None


@dataclass(frozen=True, slots=True)
class OwnerView:
    """All that the page of a company, team or person shows.

    `now` is the score in the site's home cycle, None where nothing there has one. `reference` is
    what a document writes to name this owner. `people` is how many belong to it, in words.
    """

    title: Markup
    dated: Dated
    path: tuple[Link, ...]
    kind: Markup
    former: Markup | None
    reference: str
    description: Markup | None
    tags: tuple[str, ...]
    body: Markup
    now: OwnerScore | None
    filters: Filters | None
    cycles: tuple[OwnerCycle, ...]
    scores: tuple[OwnerScore, ...]
    teams: tuple[MemberRow, ...]
    people: tuple[MemberRow, ...]
    figures_of: Progress | None
    helps_with: tuple[AlignedRow, ...]
    key_results: tuple[ResultElsewhere, ...]
    kpis: tuple[KpiCard, ...]
    owed: tuple[Owed, ...]
    check_ins: tuple[RecentCheckIn, ...]
    review: Link | None
    subscriptions: tuple[Link, ...]
    compare: Link | None
    history: HistoryPanel | None
    proposal: Proposal | None


def owner_view(site: Site, address: str, body: Markup, id: str) -> OwnerView:
    """Make the page of a company, team or person."""
    desk, owner, home = Desk(site, address), site.project.owners[id], site.home_cycle
    page = owner.page
    owned = site.by_owner.get(id, [])
    cycles = tuple(_cycle(desk, owner, cycle) for cycle in _cycles(site, owned))
    teams = [o for o in site.below.get(id, ()) if o.type is Type.TEAM]
    kpis = site.kpis_by_owner.get(id, [])
    return OwnerView(
        title=inline(owner.title),
        dated=desk.dated(),
        path=_path(desk, owner),
        kind=_kind(desk, owner),
        former=former(desk, owner),
        reference="company" if owner.type is Type.COMPANY else owner.id,
        description=inline(page.description) if page and page.description else None,
        tags=page.tags if page else (),
        body=body,
        now=_now(desk, owner, home),
        filters=objective_filters(desk, owned),
        cycles=cycles,
        scores=tuple(cycle.score for cycle in cycles if cycle.score.bar is not None),
        teams=tuple(member_row(desk, team, home) for team in teams),
        people=tuple(member_row(desk, person, home) for person in people_of(site, owner)),
        figures_of=desk.progress(home) if home else None,
        helps_with=tuple(aligned(desk, o.id) for o in site.by_contributor.get(id, ())),
        key_results=tuple(
            result_elsewhere(desk, objective, result)
            for objective, result in site.results_by_owner.get(id, ())
        ),
        kpis=tuple(desk.kpi_card(kpi) for kpi in kpis),
        owed=owed_of(desk, id),
        check_ins=_check_ins(desk, owner, owned),
        review=review_link(desk, owner_review(site, id)),
        subscriptions=subscriptions(desk, id),
        compare=comparison_link(desk, id),
        history=owner_history(desk, owner),
        proposal=None if owner.former(site.as_of) else owner_check_in(desk, id),
    )


def _path(desk: Desk, owner: Owner) -> tuple[Link, ...]:
    """Lead from the organisation down to who is directly above; of a long way only the end."""
    owners = desk.site.project.owners
    above: list[str] = []
    parent = owner.parent
    while parent is not None and parent in owners and parent not in above:
        if len(above) == _MOST_ABOVE:
            top = [] if desk.site.company.id in above else [desk.owner(desk.site.company.id)]
            return (*top, Link(Markup("…"), None), *desk.owners(reversed(above)))
        above.append(parent)
        parent = owners[parent].parent
    return desk.owners(reversed(above))


def _kind(desk: Desk, owner: Owner) -> Markup:
    """Say what an owner is, and in what."""
    parent = owner.parent if owner.parent in desk.site.project.owners else None
    if owner.type is Type.COMPANY:
        return escape(desk.say("Company"))
    if parent is None:
        return escape(desk.say("Team") if owner.type is Type.TEAM else desk.say("Person"))
    said = desk.say("Team of %(parent)s")
    if owner.type is Type.PERSON:
        said = desk.say("Person in %(parent)s")
    return escape(said) % {"parent": anchor_of(desk.owner(parent))}


def _cycles(site: Site, objectives: Iterable[Objective]) -> list[Cycle]:
    """List the cycles that objectives are in, the newest first."""
    used = {objective.cycle for objective in objectives}
    return [cycle for cycle in site.cycles if cycle.id in used]


def _now(desk: Desk, owner: Owner, cycle: Cycle | None) -> OwnerScore | None:
    if cycle is None or _figures(desk, owner, cycle) is None:
        return None
    return _score(desk, owner, cycle)


def _figures(desk: Desk, owner: Owner, cycle: Cycle) -> OwnerFigures | None:
    return desk.site.scorecard.owners.get(owner.id, {}).get(cycle.id)


def _score(desk: Desk, owner: Owner, cycle: Cycle) -> OwnerScore:
    figures = _figures(desk, owner, cycle)
    owned = [o for o in desk.site.by_owner.get(owner.id, ()) if o.cycle == cycle.id]
    anchor = "okr-" + cycle.id.replace("/", "-")
    counted = desk.count_objectives(sum(objective.active for objective in owned))
    if figures is None or cycle.state(desk.site.as_of) is State.UPCOMING:
        status = desk.status(Status.NOT_STARTED) if figures else None
        return OwnerScore(desk.progress(cycle), anchor, NONE, None, status, None, counted)
    return OwnerScore(
        progress=desk.progress(cycle),
        anchor=anchor,
        score=desk.words.score(figures.score),
        expected=desk.say("expected %(score)s", score=desk.words.score(figures.expected)),
        status=desk.status(figures.status),
        bar=desk.bar(figures.score, figures.expected, figures.status),
        objectives=counted,
        expected_score=desk.words.score(figures.expected),
    )


def _cycle(desk: Desk, owner: Owner, cycle: Cycle) -> OwnerCycle:
    site, group = desk.site, Group(desk, owner)
    explanation = explain_owner(desk.words, site.project, site.scorecard, owner.id, cycle)
    owned = [o for o in site.by_owner.get(owner.id, ()) if o.cycle == cycle.id]
    # What counts stands before drafts and what was cancelled.
    owned.sort(key=lambda objective: not objective.active)
    return OwnerCycle(
        score=_score(desk, owner, cycle),
        folded=cycle.state(site.as_of) is State.CLOSED,
        explained=desk.explained(explanation),
        facts=group.facts,
        objectives=tuple(group.row(objective) for objective in owned),
    )


def result_elsewhere(desk: Desk, objective: Objective, result: KeyResult) -> ResultElsewhere:
    """Show a key result away from its objective."""
    return ResultElsewhere(
        result=desk.result_row(objective, result),
        objective=desk.objective(objective.id),
        owners=desk.owners(objective.owners),
        cycle=desk.cycle(desk.site.project.cycles[objective.cycle]),
    )


def _check_ins(
    desk: Desk, owner: Owner, objectives: Iterable[Objective]
) -> tuple[RecentCheckIn, ...]:
    """List what was said last by an owner or of their objectives; each document once."""
    project, as_of = desk.site.project, desk.site.as_of
    said: list[tuple[date, str, RecentCheckIn]] = []
    documents = {
        document.page.uri: list(document.objectives)
        for document in desk.site.check_in_documents_by_owner.get(owner.id, ())
    }
    for objective in objectives:
        for check_in in objective.check_ins:
            if check_in.uri in project.check_in_documents:
                about = documents.setdefault(check_in.uri, [])
                if objective.id not in about:
                    about.append(objective.id)
            else:
                said.append((check_in.date, objective.id, _own(desk, objective, check_in)))
    said += [
        (project.check_in_documents[uri].date, uri, _document(desk, uri, about))
        for uri, about in documents.items()
    ]
    known = sorted((s for s in said if s[0] <= as_of), key=lambda s: (-s[0].toordinal(), s[1]))
    return tuple(check_in for _, _, check_in in known[:_MOST_CHECK_INS])


def _own(desk: Desk, objective: Objective, check_in: CheckIn) -> RecentCheckIn:
    confidence = None
    if check_in.confidence is not None:
        value = desk.words.confidence(check_in.confidence)
        confidence = desk.say("confidence %(value)s", value=value)
    link = desk.objective(objective.id)
    return RecentCheckIn(
        day=desk.words.day(check_in.date),
        iso=check_in.date.isoformat(),
        link=Link(link.text, f"{link.href}#{CHECK_INS_ANCHOR}"),
        about=(),
        confidence=confidence,
        note=inline(check_in.note) if check_in.note else None,
    )


def _document(desk: Desk, uri: str, about: Iterable[str]) -> RecentCheckIn:
    document = desk.site.project.check_in_documents[uri]
    address = desk.href(desk.site.addresses.page(document.page.uri))
    return RecentCheckIn(
        day=desk.words.day(document.date),
        iso=document.date.isoformat(),
        link=Link(inline_without_links(desk.site.title_of(document)), address),
        about=tuple(desk.objective(id) for id in about),
        confidence=None,
        note=inline(document.page.description) if document.page.description else None,
    )
