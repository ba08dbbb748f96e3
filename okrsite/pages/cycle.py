"""Cycles: the list of them, and one cycle with all its objectives by owner."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.pages.course import Course, cycle_course
from okrsite.pages.filters import Filters, Group, objective_filters
from okrsite.pages.initiatives import Initiatives, cycle_initiatives
from okrsite.pages.matrix import bins_of, compare_link
from okrsite.pages.overdue import Overdue, overdue_check_ins
from okrsite.pages.owners import owner_anchor
from okrsite.pages.parts import Link, ObjectiveRow, PageContext
from okrsite.pages.parts.roll_up import RollUp, roll_up
from okrsite.pages.plan import plan_link
from okrsite.pages.record import Record, record_of
from okrsite.pages.review.places import cycle_review, review_link
from okrsite.pages.siblings import Siblings, cycle_siblings
from okrsite.pages.site import Site
from okrsite.pages.timeline import Timeline, timeline
from okrsite.pages.web_proposals import Proposal, new_objective
from okrsite.project.model import Objective, Page
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import OwnerFigures
from okrsite.scores.explanation import Explanation, explain_owner
from okrsite.scores.status import Status


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle in the list of all, with the company's figures and the number of objectives."""

    cycle: Cycle
    figures: OwnerFigures | None
    status: Status | None
    objectives: int
    plan: Link | None


@dataclass(frozen=True, slots=True)
class CyclesView:
    """All that the page of the cycles shows."""

    context: PageContext
    body: Markup
    cycles: tuple[CycleRow, ...]
    timeline: Timeline | None
    compare: Link | None


@dataclass(frozen=True, slots=True)
class OwnerInCycle:
    """An owner's objectives of a cycle, with their figures in it and in the cycle `before`."""

    owner: str
    anchor: str
    figures: OwnerFigures | None
    status: Status | None
    before: OwnerFigures | None
    facts: Markup
    objectives: tuple[ObjectiveRow, ...]


MOST_UNFOLDED = 150
"""The most objectives of a page on which key results unfold below each."""


@dataclass(frozen=True, slots=True)
class CycleView:
    """All that the page of a cycle shows; `bins` count the scores in tenths."""

    context: PageContext
    body: Markup
    cycle: Cycle
    page: Page | None
    objectives: list[Objective]
    headline: RollUp
    before: Cycle | None
    explained: Explanation | None
    bins: list[int]
    filters: Filters | None
    groups: tuple[OwnerInCycle, ...]
    overdue: tuple[Overdue, ...]
    initiatives: Initiatives
    review: Link | None
    proposal: Proposal | None
    record: Record | None
    compare: Link | None
    plan: Link | None
    course: Course | None
    siblings: Siblings | None

    @property
    def unfolds(self) -> bool:
        """Whether key results unfold below the rows; they would double a long page."""
        return len(self.objectives) <= MOST_UNFOLDED

    @property
    def places(self) -> list[tuple[str, Markup]]:
        """The anchors of the owners on the page, with their names."""
        return [(group.anchor, self.context.owner(group.owner).text) for group in self.groups]


def cycles_view(site: Site, address: str, body: Markup) -> CyclesView:
    """Return the page of all cycles: the open ones, those to come, the closed, newest first."""
    context = PageContext(site, address)
    states: dict[State, list[Cycle]] = {state: [] for state in State}
    for cycle in site.cycles:
        states[cycle.state(site.as_of)].append(cycle)
    ordered = states[State.OPEN][::-1] + states[State.UPCOMING][::-1] + states[State.CLOSED]
    return CyclesView(
        context=context,
        body=body,
        cycles=tuple(
            CycleRow(
                cycle,
                *_figures(site, site.company.id, cycle),
                len(site.by_cycle.get(cycle.id, ())),
                plan_link(context, cycle),
            )
            for cycle in ordered
        ),
        timeline=timeline(context),
        compare=compare_link(context),
    )


def cycle_view(
    site: Site,
    address: str,
    body: Markup,
    cycle: Cycle,
    lessons: Mapping[str, Markup] | None = None,
) -> CycleView:
    """Return the page of one cycle.

    `lessons` are the first words of retrospectives, by the file of the objective.
    """
    context, objectives = PageContext(site, address), site.by_cycle.get(cycle.id, [])
    company, before = site.company.id, site.before(cycle)
    scores = [site.scorecard.objectives[o.id].score for o in objectives if o.active]
    filters = objective_filters(context, objectives)
    return CycleView(
        context=context,
        body=body,
        cycle=cycle,
        page=site.project.cycle_pages.get(cycle.id),
        objectives=objectives,
        headline=roll_up(context, cycle, company, whole=True),
        before=before,
        explained=explain_owner(site.words, site.project, site.scorecard, company, cycle),
        bins=bins_of([score for score in scores if score is not None]),
        filters=filters,
        groups=tuple(_groups(context, cycle, before, filters)),
        overdue=overdue_check_ins(context, objectives),
        initiatives=cycle_initiatives(context, cycle),
        review=review_link(context, cycle_review(site, cycle)),
        proposal=new_objective(context, cycle),
        record=record_of(context, address, cycle, lessons or {}),
        compare=compare_link(context),
        plan=plan_link(context, cycle),
        course=cycle_course(context, cycle),
        siblings=cycle_siblings(context, cycle, lambda one: site.uri_of_cycle(one.id)),
    )


def _figures(site: Site, owner: str, cycle: Cycle) -> tuple[OwnerFigures | None, Status | None]:
    """Return an owner's figures and status in a cycle; before it begins there are no figures."""
    if cycle.state(site.as_of) is State.UPCOMING:
        return None, Status.NOT_STARTED
    return site.figures_and_status(owner, cycle)


def _groups(
    context: PageContext, cycle: Cycle, before: Cycle | None, filters: Filters | None
) -> Iterator[OwnerInCycle]:
    """Group a cycle's objectives by owner, in the order of the organisation."""
    site = context.site
    for owner, _ in site.organisation:
        objectives = [o for o in site.by_owner.get(owner.id, ()) if o.cycle == cycle.id]
        if objectives:
            group = Group(context, owner, filters)
            yield OwnerInCycle(
                owner.id,
                owner_anchor(owner.id),
                *_figures(site, owner.id, cycle),
                site.figures_of(owner.id, before),
                group.facts,
                tuple(map(group.row, objectives)),
            )
