"""Cycles: the list of them, and one cycle with all its objectives by owner."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.cycles import Cycle
from okrsite.inline import inline
from okrsite.model import Objective, Owner
from okrsite.views.home import StatusCount, company_explained, status_counts
from okrsite.views.parts import Bar, Dated, Desk, Explained, Link, Mark, ObjectiveRow, Progress
from okrsite.views.rhythm import Owed, owed_check_ins
from okrsite.views.site import Site
from okrsite.wording import NONE

_BINS = 10


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One cycle in the list of all."""

    progress: Progress
    days: str
    objectives: int
    score: str
    expected: str | None
    status: Mark | None
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class CyclesView:
    """All that the page of the cycles shows."""

    title: Markup
    dated: Dated
    body: Markup
    cycles: tuple[CycleRow, ...]


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
    objectives: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True)
class CycleView:
    """All that the page of a cycle shows."""

    title: Markup
    dated: Dated
    body: Markup
    progress: Progress
    days: str
    counted: str
    counts: tuple[StatusCount, ...]
    score: str | None
    expected: str | None
    status: Mark | None
    before: Link | None
    explained: Explained | None
    bins: tuple[Bin, ...]
    scored: str
    groups: tuple[OwnerGroup, ...]
    owed: tuple[Owed, ...]
    alignment: Link | None
    description: Markup | None


def cycles_view(site: Site, address: str, body: Markup) -> CyclesView:
    """Make the page of all cycles, the newest first."""
    desk = Desk(site, address)
    return CyclesView(
        title=Markup.escape(desk.say("Cycles")),
        dated=desk.dated(),
        body=body,
        cycles=tuple(_row(desk, cycle) for cycle in site.cycles),
    )


def cycle_view(site: Site, address: str, body: Markup, cycle: Cycle) -> CycleView:
    """Make the page of one cycle."""
    desk = Desk(site, address)
    objectives = site.by_cycle.get(cycle.id, [])
    company = site.scorecard.owners.get(site.company.id, {}).get(cycle.id)
    before = site.before(cycle)
    page = site.project.cycle_pages.get(cycle.id)
    scores = [
        score
        for objective in objectives
        if objective.active and (score := site.scorecard.objectives[objective.id].score) is not None
    ]
    return CycleView(
        title=inline(cycle.title),
        dated=desk.dated(),
        body=body,
        progress=desk.progress(cycle),
        days=_days(desk, cycle),
        counted=desk.count_objectives(len(objectives)),
        counts=status_counts(desk, objectives),
        score=desk.words.score(company.score) if company else None,
        expected=desk.words.score(company.expected) if company else None,
        status=desk.status(company.status) if company else None,
        before=desk.cycle(before) if before else None,
        explained=company_explained(desk, cycle),
        bins=_bins(desk, scores),
        scored=desk.words.count(
            "%(number)s objective with a score", "%(number)s objectives with a score", len(scores)
        ),
        groups=tuple(_groups(desk, cycle, before)),
        owed=owed_check_ins(desk, objectives),
        alignment=(
            desk.page(desk.say("Alignment"), f"alignment/{cycle.id}.md") if objectives else None
        ),
        description=inline(page.description) if page and page.description else None,
    )


def _row(desk: Desk, cycle: Cycle) -> CycleRow:
    objectives = desk.site.by_cycle.get(cycle.id, [])
    figures = desk.site.scorecard.owners.get(desk.site.company.id, {}).get(cycle.id)
    return CycleRow(
        progress=desk.progress(cycle),
        days=_days(desk, cycle),
        objectives=len(objectives),
        score=desk.words.score(figures.score) if figures else NONE,
        expected=desk.words.score(figures.expected) if figures else None,
        status=desk.status(figures.status) if figures else None,
        bar=desk.bar(figures.score, figures.expected, figures.status) if figures else None,
    )


def _days(desk: Desk, cycle: Cycle) -> str:
    return desk.say(
        "%(start)s to %(end)s", start=desk.words.day(cycle.start), end=desk.words.day(cycle.end)
    )


def _groups(desk: Desk, cycle: Cycle, before: Cycle | None) -> Iterable[OwnerGroup]:
    """Group a cycle's objectives by owner, in the order of the organisation."""
    for owner, _ in desk.site.organisation:
        objectives = [o for o in desk.site.by_owner.get(owner.id, ()) if o.cycle == cycle.id]
        if objectives:
            yield _group(desk, owner, objectives, cycle, before)


def _group(
    desk: Desk, owner: Owner, objectives: list[Objective], cycle: Cycle, before: Cycle | None
) -> OwnerGroup:
    figures = desk.site.scorecard.owners.get(owner.id, {})
    now = figures.get(cycle.id)
    earlier = figures.get(before.id) if before else None
    said = None
    if before is not None and earlier is not None:
        score = desk.words.score(earlier.score)
        said = desk.say("%(cycle)s: %(score)s", cycle=before.title, score=score)
    return OwnerGroup(
        owner=desk.owner(owner.id),
        anchor="okr-" + owner.id.replace("/", "-").replace(" ", "-"),
        score=desk.words.score(now.score if now else None),
        expected=desk.words.score(now.expected) if now else None,
        status=desk.status(now.status) if now else None,
        before=said,
        objectives=tuple(desk.objective_row(objective) for objective in objectives),
    )


def _bins(desk: Desk, scores: list[float]) -> tuple[Bin, ...]:
    """Count scores in tenths; 1.0 is in the last."""
    counts = [0] * _BINS
    for score in scores:
        counts[min(_BINS - 1, int(round(score * _BINS, 6)))] += 1
    most = max(counts) or 1
    return tuple(
        Bin(
            desk.words.confidence(index / _BINS),
            desk.words.confidence((index + 1) / _BINS),
            count,
            round(100 * count / most, 1),
        )
        for index, count in enumerate(counts)
    )
