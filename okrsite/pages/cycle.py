"""Cycles: the list of them, and one cycle with all its objectives by owner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.language.inline import inline
from okrsite.language.wording import NONE
from okrsite.pages.filters import Filters, Group, objective_filters
from okrsite.pages.home import StatusCount, company_explained, status_counts
from okrsite.pages.matrix import compare_link
from okrsite.pages.owed import Owed, owed_check_ins
from okrsite.pages.parts import Compared, Link, Mark, ObjectiveRow, PageContext, Progress
from okrsite.pages.record import Record, record_of
from okrsite.pages.review import cycle_review, review_link
from okrsite.pages.site import Site
from okrsite.pages.web_proposals import Proposal, new_objective
from okrsite.project.model import Objective, Owner
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import OwnerFigures
from okrsite.scores.explanation import Explanation
from okrsite.scores.status import Status

_BINS = 10
_ORDER = (State.OPEN, State.UPCOMING, State.CLOSED)


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One cycle in the list of all."""

    progress: Progress
    days: str
    objectives: int
    score: str
    expected: str | None
    status: Mark | None
    bar: Compared | None


@dataclass(frozen=True, slots=True)
class CyclesView:
    """All that the page of the cycles shows."""

    title: Markup
    context: PageContext
    body: Markup
    cycles: tuple[CycleRow, ...]
    compare: Link | None


@dataclass(frozen=True, slots=True)
class Bin:
    """How many objectives have a score from `low` to `high`; `height` is 0 to 100."""

    low: str
    high: str
    count: int
    height: float


@dataclass(frozen=True, slots=True)
class OwnerGroup:
    """An owner with their objectives of the cycle, and their score in the cycle before."""

    owner: Link
    anchor: str
    score: str
    expected: str | None
    status: Mark | None
    before: str | None
    facts: Markup
    objectives: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True)
class CycleView:
    """All that the page of a cycle shows."""

    title: Markup
    context: PageContext
    body: Markup
    progress: Progress
    days: str
    counted: str
    counts: tuple[StatusCount, ...]
    score: str | None
    expected: str | None
    status: Mark | None
    before: Link | None
    explained: Explanation | None
    bins: tuple[Bin, ...]
    scored: str
    filters: Filters | None
    groups: tuple[OwnerGroup, ...]
    owed: tuple[Owed, ...]
    alignment: Link | None
    review: Link | None
    description: Markup | None
    proposal: Proposal | None
    record: Record | None
    compare: Link | None


def cycles_view(site: Site, address: str, body: Markup) -> CyclesView:
    """Make the page of all cycles: the open ones, the next ones, then the closed, newest first."""
    context = PageContext(site, address)
    ordered = [
        cycle
        for state in _ORDER
        for cycle in (site.cycles if state is State.CLOSED else reversed(site.cycles))
        if cycle.state(site.as_of) is state
    ]
    return CyclesView(
        title=Markup.escape(context.say("Cycles")),
        context=context,
        body=body,
        cycles=tuple(_row(context, cycle) for cycle in ordered),
        compare=compare_link(context),
    )


def cycle_view(
    site: Site,
    address: str,
    body: Markup,
    cycle: Cycle,
    lessons: Mapping[str, Markup] | None = None,
) -> CycleView:
    """Make the page of one cycle.

    `lessons` are the first words of retrospectives, by the file of the objective.
    """
    context = PageContext(site, address)
    objectives = site.by_cycle.get(cycle.id, [])
    company = _company(context, cycle)
    before = site.before(cycle)
    page = site.project.cycle_pages.get(cycle.id)
    scores = [
        score
        for objective in objectives
        if objective.active and (score := site.scorecard.objectives[objective.id].score) is not None
    ]
    return CycleView(
        title=inline(cycle.title),
        context=context,
        body=body,
        progress=context.progress(cycle),
        days=_days(context, cycle),
        counted=context.count_objectives(len(objectives)),
        counts=status_counts(context, objectives),
        score=context.words.score(company.score) if company else None,
        expected=context.words.score(company.expected) if company else None,
        status=_status(context, cycle, company),
        before=context.cycle(before) if before else None,
        explained=company_explained(context, cycle) if company else None,
        bins=_bins(context, scores),
        scored=context.words.count(
            "%(number)s objective with a score", "%(number)s objectives with a score", len(scores)
        ),
        filters=objective_filters(context, objectives),
        groups=tuple(_groups(context, cycle, before)),
        owed=owed_check_ins(context, objectives),
        alignment=(
            context.page(context.say("Alignment"), f"alignment/{cycle.id}.md")
            if objectives
            else None
        ),
        review=review_link(context, cycle_review(site, cycle)),
        description=inline(page.description) if page and page.description else None,
        proposal=new_objective(context, cycle),
        record=record_of(context, address, cycle, lessons or {}),
        compare=compare_link(context),
    )


def _row(context: PageContext, cycle: Cycle) -> CycleRow:
    objectives = context.site.by_cycle.get(cycle.id, [])
    figures = _company(context, cycle)
    return CycleRow(
        progress=context.progress(cycle),
        days=_days(context, cycle),
        objectives=len(objectives),
        score=context.words.score(figures.score) if figures else NONE,
        expected=context.words.score(figures.expected) if figures else None,
        status=_status(context, cycle, figures),
        bar=figures,
    )


def _company(context: PageContext, cycle: Cycle) -> OwnerFigures | None:
    """Return the company's figures in a cycle; one that has not begun has none worth saying."""
    if cycle.state(context.site.as_of) is State.UPCOMING:
        return None
    return context.site.scorecard.owners.get(context.site.company.id, {}).get(cycle.id)


def _status(context: PageContext, cycle: Cycle, figures: OwnerFigures | None) -> Mark | None:
    if cycle.state(context.site.as_of) is State.UPCOMING:
        return context.status(Status.NOT_STARTED)
    return context.status(figures.status) if figures else None


def _days(context: PageContext, cycle: Cycle) -> str:
    return context.say(
        "%(start)s to %(end)s",
        start=context.words.day(cycle.start),
        end=context.words.day(cycle.end),
    )


def _groups(context: PageContext, cycle: Cycle, before: Cycle | None) -> Iterable[OwnerGroup]:
    """Group a cycle's objectives by owner, in the order of the organisation."""
    for owner, _ in context.site.organisation:
        objectives = [o for o in context.site.by_owner.get(owner.id, ()) if o.cycle == cycle.id]
        if objectives:
            yield _group(context, owner, objectives, cycle, before)


def _group(
    context: PageContext,
    owner: Owner,
    objectives: list[Objective],
    cycle: Cycle,
    before: Cycle | None,
) -> OwnerGroup:
    figures, group = context.site.scorecard.owners.get(owner.id, {}), Group(context, owner)
    upcoming = cycle.state(context.site.as_of) is State.UPCOMING
    now = None if upcoming else figures.get(cycle.id)
    earlier = figures.get(before.id) if before else None
    said = None
    if before is not None and earlier is not None:
        score = context.words.score(earlier.score)
        said = context.say("%(cycle)s: %(score)s", cycle=before.title, score=score)
    return OwnerGroup(
        owner=context.owner(owner.id),
        anchor="okr-" + owner.id.replace("/", "-").replace(" ", "-"),
        score=context.words.score(now.score if now else None),
        expected=context.words.score(now.expected) if now else None,
        status=_status(context, cycle, now),
        before=said,
        facts=group.facts,
        objectives=tuple(group.row(objective) for objective in objectives),
    )


def _bins(context: PageContext, scores: list[float]) -> tuple[Bin, ...]:
    """Count scores in tenths; 1.0 is in the last."""
    counts = [0] * _BINS
    for score in scores:
        counts[min(_BINS - 1, int(round(score * _BINS, 6)))] += 1
    most = max(counts) or 1
    return tuple(
        Bin(
            context.words.confidence(index / _BINS),
            context.words.number((index + 1) / _BINS),
            count,
            round(100 * count / most, 1),
        )
        for index, count in enumerate(counts)
    )
