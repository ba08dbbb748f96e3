"""Two cycles of one owner next to each other: what there was, what became of it, what is new."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.language.inline import plain
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Objective
from okrsite.project.model.cycles import Cycle, State, last_before
from okrsite.scores import OwnerFigures

PAIRS_ON_A_PAGE = 12
"""So many pairs of cycles are on one page; older ones are on pages of their own."""


@dataclass(frozen=True, slots=True)
class ComparisonPart:
    """A page that compares cycles: its file and its pairs of cycles, the newest first."""

    uri: str
    pairs: tuple[tuple[Cycle, Cycle], ...]

    @property
    def title(self) -> str:
        """The first and the last cycle that are compared."""
        return f"{plain(self.pairs[-1][0].title)} – {plain(self.pairs[0][1].title)}"


@dataclass(frozen=True, slots=True)
class Side:
    """An owner's figures in one of two cycles, and how many active objectives they have in it.

    There are no figures of a cycle that has not begun.
    """

    cycle: Cycle
    figures: OwnerFigures | None
    objectives: int


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """An objective and what continues it, or one of the two.

    `elsewhere` is what continues the earlier one in another cycle or for other owners, whose
    `names` are given then; or what the later one continues from another cycle.
    """

    earlier: Objective | None
    later: Objective | None
    elsewhere: Objective | None = None
    names: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cycles of an owner; `folded` are all but the newest that has begun.

    `carried_over` counts the earlier objectives that others continue: those are in `continued`,
    next to what continues them or with where that is. What has the same title is there `again`.
    """

    anchor: str
    folded: bool
    earlier: Side
    later: Side
    carried_over: int
    continued: tuple[ComparedRow, ...]
    again: tuple[ComparedRow, ...]
    left: tuple[ComparedRow, ...]
    new: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """All that a page shows that compares the cycles of an owner, and the pages next to it."""

    context: PageContext
    body: Markup
    owner: str
    pairs: tuple[Pair, ...]
    newer: Link | None
    older: Link | None


def comparison_uri(site: Site, owner: str) -> str | None:
    """Return the file that the page of an owner's cycles is made of; None without two cycles."""
    return f"compare/{owner}.md" if any(cycle_pairs(site, owner)) else None


def comparison_link(context: PageContext, owner: str) -> Link | None:
    """Return the link to the page that compares an owner's cycles, where there is one."""
    uri = comparison_uri(context.site, owner)
    return context.page(context.say("Compare cycles"), uri) if uri else None


def cycle_pairs(site: Site, owner: str) -> Iterator[tuple[Cycle, Cycle]]:
    """Return an owner's cycles, the newest first, each after the one before it of about the same
    length that has objectives of the owner too."""
    used = {objective.cycle for objective in site.by_owner.get(owner, ()) if objective.active}
    cycles = [cycle for cycle in site.cycles if cycle.id in used]
    for at, cycle in enumerate(cycles, start=1):
        before = last_before(cycle, cycles[at:])  # what ended before it comes after it
        if before is not None:
            yield before, cycle


def comparison_parts(site: Site, owner: str) -> list[ComparisonPart]:
    """Return the pages that compare an owner's cycles, the newest first."""
    pairs = list(cycle_pairs(site, owner))
    parts = range(0, len(pairs), PAIRS_ON_A_PAGE)
    return [
        ComparisonPart(
            f"compare/{owner}/cycles-{number}.md" if number > 1 else f"compare/{owner}.md",
            tuple(pairs[start : start + PAIRS_ON_A_PAGE]),
        )
        for number, start in enumerate(parts, start=1)
    ]


def comparison_view(
    site: Site,
    address: str,
    body: Markup,
    owner: str,
    parts: Sequence[ComparisonPart],
    number: int = 0,
) -> ComparisonView:
    """Return one of the pages (`parts`) that compare the cycles of an owner, counted from 0."""
    context = PageContext(site, address)
    pairs = parts[number].pairs
    begun = (pair for pair in pairs if pair[1].state(site.as_of) is not State.UPCOMING)
    shown = next(begun, pairs[0])
    links = [context.page(part.title, part.uri) for part in parts[max(0, number - 1) : number + 2]]
    return ComparisonView(
        context=context,
        body=body,
        owner=owner,
        pairs=tuple(_pair(site, owner, *pair, folded=pair != shown) for pair in pairs),
        newer=links[0] if number else None,
        older=links[-1] if number + 1 < len(parts) else None,
    )


def _pair(site: Site, owner: str, before: Cycle, after: Cycle, folded: bool) -> Pair:
    owned = [objective for objective in site.by_owner.get(owner, ()) if objective.active]
    earlier = {o.id: o for o in owned if o.cycle == before.id}
    later = {o.id: o for o in owned if o.cycle == after.id}
    continuing = [o for o in later.values() if o.continues in earlier]
    shown = {objective.continues for objective in continuing}
    carried_over = [o for o in earlier.values() if o.continued_by]
    ended = [o for o in earlier.values() if not o.continued_by]
    others = [o for o in later.values() if o.continues not in earlier]
    again = list(_with_same_title(ended, others))
    seen = {objective.id for pair in again for objective in pair}
    objectives = site.project.objectives
    return Pair(
        anchor=f"okr-{after.id}-{before.id}".replace("/", "-").replace(" ", "-"),
        folded=folded,
        earlier=_side(site, owner, before, len(earlier)),
        later=_side(site, owner, after, len(later)),
        carried_over=len(carried_over),
        continued=(
            *(ComparedRow(earlier[o.continues], o) for o in continuing if o.continues),
            *(_elsewhere(site, o) for o in carried_over if o.id not in shown),
        ),
        again=tuple(ComparedRow(*pair) for pair in again),
        left=tuple(ComparedRow(o, None) for o in ended if o.id not in seen),
        new=tuple(
            ComparedRow(None, o, objectives[o.continues] if o.continues else None)
            for o in others
            if o.id not in seen
        ),
    )


def _with_same_title(
    earlier: list[Objective], later: list[Objective]
) -> Iterator[tuple[Objective, Objective]]:
    """Pair what has the same title in both cycles."""
    by_title = {plain(objective.page.title).casefold(): objective for objective in earlier}
    for objective in later:
        if found := by_title.pop(plain(objective.page.title).casefold(), None):
            yield found, objective


def _side(site: Site, owner: str, cycle: Cycle, objectives: int) -> Side:
    figures, _ = site.figures_and_status(owner, cycle)
    return Side(cycle, figures, objectives)


def _elsewhere(site: Site, objective: Objective) -> ComparedRow:
    """Return a row of what is continued in another cycle, or by others, who are named."""
    following = site.project.objectives[objective.continued_by[0]]
    others = following.owners if following.owners != objective.owners else ()
    names = [plain(site.project.owners[owner].title) for owner in others]
    return ComparedRow(objective, None, following, site.words.listing(names))
