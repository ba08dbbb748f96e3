"""Owners by cycle: their scores next to those of other cycles, and how scores are distributed."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.documents.values import Commitment
from okrsite.language.inline import plain
from okrsite.pages.comparison import comparison_uri
from okrsite.pages.owners import owner_anchor
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Objective
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import OwnerFigures
from okrsite.scores.status import Status, rounded

ADDRESS = "compare/index.md"
"""The file that the page is made of, or would be."""

SHOWN_CYCLES = 8
"""So many cycles fit beside each other; the newest are shown, the others one fold away."""

_FAR, _NEAR = 0.25, 0.1
"""The distances from plan at which the shades of a score change."""

CYCLES_ON_A_PAGE = 24
"""So many cycles are on one page; older ones are on pages of their own."""

BINS = 10


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An owner's figures, one for each cycle of the table; None where there are none.

    `compare` is the file of the page that compares the owner's cycles.
    """

    owner: str
    anchor: str
    depth: int
    compare: str | None
    figures: tuple[OwnerFigures | None, ...]


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """Some cycles, and the owners who have a score in one of them.

    Cycles of about the same length are together, the longest first, each kind in the order of
    time; `firsts` are the columns with which a kind begins.
    """

    columns: tuple[Cycle, ...]
    firsts: tuple[bool, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class DistributionRow:
    """How the scores of a cycle are distributed: the number of objectives in each tenth.

    `easy` and `missed` are the shares of the objectives with a score that were so; None where no
    objective has one.
    """

    cycle: Cycle
    scored: int
    mean: float | None
    bins: list[int]
    easy: float | None
    missed: float | None


@dataclass(frozen=True, slots=True)
class MatrixView:
    """All that a page of owners by cycle shows; `earlier` are its older cycles, `newer` and `older`
    the pages next to it."""

    context: PageContext
    body: Markup
    newest: MatrixTable | None
    earlier: tuple[MatrixTable, ...]
    distribution: tuple[DistributionRow, ...]
    newer: Link | None
    older: Link | None

    @staticmethod
    def from_plan(figures: OwnerFigures) -> tuple[int, float] | None:
        """Return how far a score is from plan."""
        return from_plan(figures)


@dataclass(frozen=True, slots=True)
class MatrixPart:
    """The cycles on one of the pages of owners by cycle, and the file of the page."""

    uri: str
    cycles: tuple[Cycle, ...]

    @property
    def title(self) -> str:
        """The first and the last of the cycles."""
        return f"{plain(self.cycles[-1].title)} – {plain(self.cycles[0].title)}"


def matrix_parts(site: Site) -> list[MatrixPart]:
    """Return the pages of owners by cycle, the newest first."""
    cycles = cycles_with_scores(site)
    parts = range(0, max(1, len(cycles)), CYCLES_ON_A_PAGE)
    return [
        MatrixPart(
            f"compare/cycles-{number}.md" if number > 1 else ADDRESS,
            tuple(cycles[start : start + CYCLES_ON_A_PAGE]),
        )
        for number, start in enumerate(parts, start=1)
    ]


def matrix_view(
    site: Site, address: str, body: Markup, parts: Sequence[MatrixPart], number: int = 0
) -> MatrixView:
    """Return one of the pages (`parts`) of owners by cycle, counted from 0."""
    context = PageContext(site, address)
    cycles = parts[number].cycles
    links = [context.page(part.title, part.uri) for part in parts[max(0, number - 1) : number + 2]]
    return MatrixView(
        context=context,
        body=body,
        newest=_table(context, cycles[:SHOWN_CYCLES]),
        earlier=tuple(
            table
            for start in range(SHOWN_CYCLES, len(cycles), SHOWN_CYCLES)
            if (table := _table(context, cycles[start : start + SHOWN_CYCLES]))
        ),
        distribution=tuple(_distribution(context, cycle) for cycle in cycles),
        newer=links[0] if number else None,
        older=links[-1] if number + 1 < len(parts) else None,
    )


def cycles_with_scores(site: Site) -> list[Cycle]:
    """Return the cycles that have begun and in which somebody has a score, the last begun first.

    Of those that began on one day the shortest comes first, so that a year follows its quarters.
    """
    scored = {cycle for scores in site.scorecard.owners.values() for cycle in scores}
    begun = (c for c in site.cycles if c.id in scored and c.state(site.as_of) is not State.UPCOMING)
    return sorted(begun, key=lambda c: (-c.start.toordinal(), c.days, c.id))


def compare_link(context: PageContext) -> Link | None:
    """Return the link to the page of owners by cycle; None without two cycles to compare."""
    if len(cycles_with_scores(context.site)) < 2:
        return None
    return context.page(context.say("Scores by owner and cycle"), ADDRESS)


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


def _table(context: PageContext, cycles: Sequence[Cycle]) -> MatrixTable | None:
    if not cycles:
        return None
    cycles = sorted(cycles, key=lambda c: (-_kind(c), c.start, c.id))
    site, rows = context.site, []
    for owner, depth in site.organisation:
        figures = tuple(site.scorecard.owners[owner.id].get(cycle.id) for cycle in cycles)
        if any(figures):
            compare = comparison_uri(site, owner.id)
            rows.append(MatrixRow(owner.id, owner_anchor(owner.id), depth, compare, figures))
    firsts = (at > 0 and _kind(c) != _kind(cycles[at - 1]) for at, c in enumerate(cycles))
    return MatrixTable(tuple(cycles), tuple(firsts), tuple(rows))


def _kind(cycle: Cycle) -> int:
    """Return what cycles of about the same length have in common: 0 for months, 3 for years."""
    return sum(cycle.days > longest for longest in (45, 135, 250))


def from_plan(figures: OwnerFigures) -> tuple[int, float] | None:
    """Return how far a score is from plan: in five steps from -2, far behind, to 2, and exactly."""
    if figures.score is None or figures.expected is None:
        return None
    distance = rounded(figures.score - figures.expected)
    steps = (distance >= _FAR) + (distance >= _NEAR) - (distance < -_NEAR) - (distance < -_FAR)
    return steps, distance


def _distribution(context: PageContext, cycle: Cycle) -> DistributionRow:
    site, figures = context.site, context.site.scorecard.objectives
    scores = {
        objective.id: score
        for objective in site.by_cycle.get(cycle.id, ())
        if objective.active and (score := figures[objective.id].score) is not None
    }
    easy = sum(is_easy(site, site.project.objectives[id]) for id in scores)
    missed = sum(figures[id].status is Status.MISSED for id in scores)
    return DistributionRow(
        cycle=cycle,
        scored=len(scores),
        mean=sum(scores.values()) / len(scores) if scores else None,
        bins=bins_of(list(scores.values())),
        easy=easy / len(scores) if scores else None,
        missed=missed / len(scores) if scores else None,
    )
