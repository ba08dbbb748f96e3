"""The places of a tree, put into words."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup, escape

from okrsite.language.inline import inline_without_links
from okrsite.pages.alignment.graph import Graph, in_circle
from okrsite.pages.alignment.places import Place, anchor_in_tree
from okrsite.pages.filters import row_in_tree
from okrsite.pages.parts import Link, ObjectiveRow, PageContext
from okrsite.project.model import Objective
from okrsite.project.model.cycles import Cycle

OPEN_TO = 2
"""The lists below objectives down to this level are open; deeper ones begin folded."""


@dataclass(frozen=True, slots=True)
class AlignmentRow:
    """One place of an objective in a tree, in the order in which the tree is read.

    `depth` counts from 1, `anchor` is an address on the page. `to` are the key results of the
    objective above that this one aligns to; none where it is the whole. `below` says how many
    rows stand in the list under this one, which begins right after it; `closes` how many lists
    end with this row. `first` leads to the place where the objective is shown with what supports
    it, `onward` to the tree where it goes on. `elsewhere` are supporters that stand on other pages.
    """

    anchor: str
    depth: int
    objective: ObjectiveRow
    cycle: Link | None
    to: tuple[Link, ...]
    note: str | None
    below: int
    toggle: str
    open: bool
    closes: int
    first: Link | None
    onward: Link | None
    elsewhere: tuple[Link, ...]


class Rows:
    """Puts places into words; an objective's figures are worded once, however often it stands.

    `tree` is the way to the page where trees go on that are cut short on this one.
    """

    def __init__(
        self, context: PageContext, graph: Graph, cycle: Cycle | None, tree: str | None = None
    ) -> None:
        self._context = context
        self._graph = graph
        self._cycle = cycle.id if cycle else None
        self._tree = tree
        self._known: dict[str, ObjectiveRow] = {}

    def of(self, places: list[Place]) -> tuple[AlignmentRow, ...]:
        """Word the places of one list of trees."""
        following = [*(place.depth for place in places[1:]), 1]
        return tuple(
            self._row(place, max(0, place.depth - depth))
            for place, depth in zip(places, following, strict=False)
        )

    def _row(self, place: Place, closes: int) -> AlignmentRow:
        context, id = self._context, place.id
        objective = context.site.project.objectives[id]
        row = self._known.get(id)
        if row is None:
            row = self._known[id] = row_in_tree(context, objective)
        named = self._graph.parents[id].get(place.parent, ()) if place.parent else ()
        return AlignmentRow(
            anchor=place.anchor,
            depth=place.depth,
            objective=row,
            cycle=context.cycle_of(objective) if objective.cycle != self._cycle else None,
            to=tuple(context.objective(place.parent or id, result) for result in named),
            note=self._note(objective) if place.first is None else None,
            below=place.below,
            toggle=context.words.count(
                "%(number)s objective below", "%(number)s objectives below", place.below
            ),
            open=place.depth <= OPEN_TO,
            closes=closes,
            first=self._first(place),
            onward=self._onward(place),
            elsewhere=tuple(self._elsewhere(objective)) if place.first is None else (),
        )

    def _onward(self, place: Place) -> Link | None:
        context = self._context
        if place.onward is None or self._tree is None:
            return _here(context.say("goes on below"), place.onward)
        text = context.words.count(
            "%(number)s objective below", "%(number)s objectives below",
            len(self._graph.children[place.id]),
        )  # fmt: skip
        return Link(escape(text), f"{self._tree}#{quote(anchor_in_tree(place.id))}")

    def _first(self, place: Place) -> Link | None:
        if place.below:
            return _here(self._context.say("goes on from above"), place.first)
        if self._graph.children[place.id]:
            return _here(self._context.say("shown above with what supports it"), place.first)
        return _here(self._context.say("shown above too"), place.first)

    def _note(self, objective: Objective) -> str | None:
        """Say what an objective aligns to and cannot be shown here."""
        context = self._context
        if objective.hidden_alignments:
            hidden = context.words.count(
                "a private objective", "%(number)s private objectives", objective.hidden_alignments
            )
            return context.say("aligns to %(others)s", others=hidden)
        if in_circle(context.site, objective):
            return context.say("its alignment runs in a circle, which counts in no figure")
        if objective.aligned_in_writing and not objective.aligns_to:
            return context.say("aligns to something that counts in no figure")
        return None

    def _elsewhere(self, objective: Objective) -> Iterator[Link]:
        """Link to the trees of other cycles that hold more of what supports an objective."""
        context, circles = self._context, self._context.site.project.circles
        found: dict[str, set[str]] = {}
        for link in objective.supported_by:
            shown = link.objective in self._graph.parents
            if not shown and (link.objective, objective.id) not in circles:
                other = context.site.project.objectives[link.objective]
                found.setdefault(other.cycle, set()).add(other.id)
        for cycle in context.site.cycles:
            if cycle.id in found:
                address = context.site.addresses.page(f"alignment/{cycle.id}.md")
                name = inline_without_links(cycle.title)
                number = context.count_objectives(len(found[cycle.id]))
                text = Markup(escape(context.say("%(number)s in %(cycle)s"))) % {
                    "number": number,
                    "cycle": name,
                }
                place = quote(anchor_in_tree(objective.id))
                yield Link(text, f"{context.href(address)}#{place}")


def _here(text: str, anchor: str | None) -> Link | None:
    return Link(escape(text), f"#{quote(anchor)}") if anchor is not None else None
