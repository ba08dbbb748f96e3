"""Owners by cycles: every score beside those of other cycles, and how scores are distributed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup, escape

from okrsite.documents.values import Commitment
from okrsite.language.wording import NONE
from okrsite.pages.comparison import comparison_uri
from okrsite.pages.owners import owner_anchor
from okrsite.pages.parts import Link, Mark, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Objective, Owner
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores.status import Status, rounded

ADDRESS = "compare/index.md"
"""The file that the page is made of, or would be."""

SHOWN_CYCLES = 8
"""So many cycles stand in a table, the newest first; the others are one fold away."""

BINS = 10


@dataclass(frozen=True, slots=True)
class CycleHead:
    """A cycle above its column: its page, and how far it is in a word."""

    cycle: Link
    state: str


@dataclass(frozen=True, slots=True)
class Cell:
    """An owner's score in a cycle: a link to their part of the cycle's page.

    `heat` is the score in tenths, for the shade of the cell; the number stands in it as well.
    `status` is that of an open cycle.
    """

    score: str
    href: str
    heat: int
    status: Mark | None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An owner's scores, one for each cycle of the table; None where there is none."""

    owner: Link
    depth: int
    compare: str | None
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """Some cycles, and the owners who have a score in one of them."""

    cycles: tuple[CycleHead, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class DistributionBin:
    """How many objectives have a score in one tenth; `height` is 0 to 100 for the drawing."""

    count: int
    height: float


@dataclass(frozen=True, slots=True)
class DistributionRow:
    """How the scores of a cycle are distributed, and which share was too easy or missed.

    Shares are of the objectives with a score; None while the cycle is open.
    """

    cycle: CycleHead
    scored: str
    mean: str
    bins: tuple[DistributionBin, ...]
    easy: str | None
    missed: str | None


@dataclass(frozen=True, slots=True)
class MatrixView:
    """All that the page of owners by cycles shows; `earlier` are the older cycles."""

    title: Markup
    context: PageContext
    body: Markup
    newest: MatrixTable | None
    earlier: MatrixTable | None
    earlier_said: str
    bin_names: tuple[str, ...]
    distribution: tuple[DistributionRow, ...]


def matrix_view(site: Site, address: str, body: Markup) -> MatrixView:
    """Make the page of owners by cycles."""
    context = PageContext(site, address)
    cycles = cycles_with_scores(site)
    newest, earlier = cycles[:SHOWN_CYCLES], cycles[SHOWN_CYCLES:]
    return MatrixView(
        title=escape(context.say("Owners by cycle")),
        context=context,
        body=body,
        newest=_table(context, newest) if newest else None,
        earlier=_table(context, earlier) if earlier else None,
        earlier_said=context.words.count(
            "%(number)s earlier cycle", "%(number)s earlier cycles", len(earlier)
        ),
        bin_names=tuple(_bin_names(context)),
        distribution=tuple(_distribution(context, cycle) for cycle in cycles),
    )


def cycles_with_scores(site: Site) -> list[Cycle]:
    """List the cycles that have begun and in which somebody has a score, the last begun first.

    Of those that began on one day the shortest comes first, so that a year follows its quarters.
    """
    scored = {cycle for scores in site.scorecard.owners.values() for cycle in scores}
    begun = (c for c in site.cycles if c.id in scored and c.state(site.as_of) is not State.UPCOMING)
    return sorted(begun, key=lambda c: (-c.start.toordinal(), c.days, c.id))


def compare_link(context: PageContext) -> Link | None:
    """Link to the page of owners by cycles; None where there are no two cycles to compare."""
    if len(cycles_with_scores(context.site)) < 2:
        return None
    return context.page(context.say("Owners by cycle"), ADDRESS)


def bins_of(scores: Sequence[float]) -> list[int]:
    """Count scores in tenths; 1.0 is in the last."""
    counts = [0] * BINS
    for score in scores:
        counts[min(BINS - 1, int(round(score * BINS, 6)))] += 1
    return counts


def is_easy(site: Site, objective: Objective) -> bool:
    """Whether the bar was low: aspirational, and every key result that counts at 1.0."""
    if objective.commitment is Commitment.COMMITTED or not objective.counting:
        return False
    figures = site.scorecard.objectives[objective.id].key_results
    return all(rounded(figures[result.id].score or 0.0) >= 1 for result in objective.counting)


def _head(context: PageContext, cycle: Cycle) -> CycleHead:
    open_now = cycle.state(context.site.as_of) is State.OPEN
    return CycleHead(
        context.cycle(cycle), context.say("open") if open_now else context.say("closed")
    )


def _table(context: PageContext, cycles: Sequence[Cycle]) -> MatrixTable:
    places = [context.href(context.site.address_of_cycle(cycle.id)) for cycle in cycles]
    open_now = [cycle.state(context.site.as_of) is State.OPEN for cycle in cycles]
    columns = list(zip(cycles, places, open_now, strict=True))
    return MatrixTable(
        tuple(_head(context, cycle) for cycle in cycles),
        tuple(
            _row(context, owner, depth, columns)
            for owner, depth in context.site.organisation
            if any(cycle.id in context.site.scorecard.owners[owner.id] for cycle in cycles)
        ),
    )


def _row(
    context: PageContext, owner: Owner, depth: int, columns: Sequence[tuple[Cycle, str, bool]]
) -> MatrixRow:
    uri = comparison_uri(context.site, owner.id)
    compare = context.href(context.site.addresses.page(uri)) if uri else None
    return MatrixRow(
        context.owner(owner.id), depth, compare, tuple(_cells(context, owner, columns))
    )


def _cells(
    context: PageContext, owner: Owner, columns: Sequence[tuple[Cycle, str, bool]]
) -> Iterator[Cell | None]:
    scores, anchor = context.site.scorecard.owners[owner.id], quote(owner_anchor(owner.id))
    for cycle, place, open_now in columns:
        figures = scores.get(cycle.id)
        if figures is None:
            yield None
            continue
        yield Cell(
            context.words.score(figures.score),
            f"{place}#{anchor}",
            min(10, int(round(figures.score * 10, 6))),
            context.status(figures.status) if open_now else None,
        )


def _bin_names(context: PageContext) -> Iterator[str]:
    """Name each tenth by where it begins, and the last by its end too: 1.0 is in it."""
    for index in range(BINS):
        low = context.words.confidence(index / BINS)
        yield low if index < BINS - 1 else f"{low}–{context.words.number(1)}"


def _distribution(context: PageContext, cycle: Cycle) -> DistributionRow:
    site, figures = context.site, context.site.scorecard.objectives
    scored = {
        objective.id: score
        for objective in site.by_cycle.get(cycle.id, ())
        if objective.active and (score := figures[objective.id].score) is not None
    }
    counts = bins_of(list(scored.values()))
    most = max(counts) or 1
    closed = cycle.state(site.as_of) is State.CLOSED
    easy = sum(is_easy(site, site.project.objectives[id]) for id in scored)
    missed = sum(figures[id].status is Status.MISSED for id in scored)
    mean = sum(scored.values()) / len(scored) if scored else None
    return DistributionRow(
        cycle=_head(context, cycle),
        scored=context.words.number(len(scored)),
        mean=context.words.score(mean),
        bins=tuple(DistributionBin(count, round(100 * count / most, 1)) for count in counts),
        easy=_share(context, easy, len(scored)) if closed else None,
        missed=_share(context, missed, len(scored)) if closed else None,
    )


def _share(context: PageContext, number: int, whole: int) -> str:
    return context.words.percent(number / whole) if whole else NONE
