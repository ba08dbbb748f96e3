"""The pages of the alignment: the tree of each cycle, and the overview of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.pages.alignment.graph import Graph, graph_of, in_circle
from okrsite.pages.alignment.nodes import OPEN_TO, Anchors, TreeNode, walk
from okrsite.pages.by_pillar import ServedPillar, by_pillar
from okrsite.pages.filters import Filters, objective_filters, row_in_tree
from okrsite.pages.parts import Link, ObjectiveRow, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Level, Objective
from okrsite.project.model.cycles import Cycle

_DEEPEST = 12
"""A tree is continued in one of its own below this level: pages have only so much width."""

_MOST_OTHERS = 12
"""So many other cycles are listed on the page of one, the newest; the overview has them all."""


@dataclass(frozen=True, slots=True)
class AlignmentRow:
    """A node of a tree with its objective, in the order in which the tree is read.

    `to` are the key results of the objective above that this one aligns to; none where it is the
    whole. `closes` is the number of lists that end with this row. `elsewhere` are the cycles whose
    trees have more supporters, with their numbers.
    """

    node: TreeNode
    objective: ObjectiveRow
    to: tuple[Link, ...]
    note: str | None
    closes: int
    elsewhere: tuple[tuple[Cycle, int], ...]


@dataclass(frozen=True, slots=True)
class AlignmentView:
    """A page of the alignment: the tree of a cycle, or the `overview` with its upper levels.

    `number` counts the objectives of the cycle. `aligned` says how many of how many below company
    level align to another. `rows` are the trees from their roots, `further` those that continue
    them where they are too deep, `apart` the objectives that are not aligned.
    """

    context: PageContext
    body: Markup
    cycle: Cycle | None
    overview: bool
    number: int
    aligned: tuple[int, int] | None
    filters: Filters | None
    pillars: tuple[ServedPillar, ...]
    rows: tuple[AlignmentRow, ...]
    further: tuple[AlignmentRow, ...]
    apart: tuple[AlignmentRow, ...]
    others: tuple[Cycle, ...]
    more_others: int

    @property
    def repeats(self) -> bool:
        """Whether an objective is shown at several places."""
        return any(row.node.first and row.node.parent for row in (*self.rows, *self.further))


def alignment_view(site: Site, address: str, body: Markup, cycle: Cycle) -> AlignmentView:
    """Return the page of a cycle's alignment: the whole tree."""
    return _view(PageContext(site, address), body, cycle, overview=False)


def alignment_overview(site: Site, address: str, body: Markup) -> AlignmentView:
    """Return the overview of the alignment: the upper levels of the home cycle's tree, with links
    to the whole of it and to the trees of the other cycles."""
    return _view(PageContext(site, address), body, site.home_cycle, overview=True)


def _view(
    context: PageContext, body: Markup, cycle: Cycle | None, *, overview: bool
) -> AlignmentView:
    site, anchors = context.site, Anchors()
    objectives = site.by_cycle.get(cycle.id, []) if cycle else []
    graph = graph_of(site, objectives)
    rows = _Rows(context, graph)
    trees, further = walk(graph, graph.roots, anchors, OPEN_TO if overview else _DEEPEST)
    apart, _ = walk(graph, () if overview else graph.apart, anchors, _DEEPEST)
    shown = [site.project.objectives[id] for id in graph.parents]
    others = [one for one in site.cycles if one != cycle and site.by_cycle.get(one.id)]
    return AlignmentView(
        context=context,
        body=body,
        cycle=cycle,
        overview=overview,
        number=len(objectives),
        aligned=_aligned(objectives),
        filters=None if overview else objective_filters(context, shown),
        pillars=by_pillar(context, cycle, objectives) if cycle else (),
        rows=rows.of(trees),
        further=() if overview else rows.of(further),
        apart=rows.of(apart),
        others=tuple(others if overview else others[:_MOST_OTHERS]),
        more_others=0 if overview else len(others) - _MOST_OTHERS,
    )


def _aligned(objectives: Iterable[Objective]) -> tuple[int, int] | None:
    lower = [o for o in objectives if o.active and o.level is not Level.COMPANY]
    aligned = sum(bool(o.aligned_in_writing or o.hidden_alignments) for o in lower)
    return (aligned, len(lower)) if lower else None


class _Rows:
    """Makes the rows of a page; an objective's are made once, at however many places it is."""

    def __init__(self, context: PageContext, graph: Graph) -> None:
        self._context = context
        self._graph = graph
        self._known: dict[str, ObjectiveRow] = {}

    def of(self, nodes: list[TreeNode]) -> tuple[AlignmentRow, ...]:
        """Return the rows of one list of trees."""
        following = [*(node.depth for node in nodes[1:]), 1]
        return tuple(
            self._row(node, max(0, node.depth - depth))
            for node, depth in zip(nodes, following, strict=False)
        )

    def _row(self, node: TreeNode, closes: int) -> AlignmentRow:
        context, id = self._context, node.id
        objective = context.site.project.objectives[id]
        row = self._known.get(id)
        if row is None:
            row = self._known[id] = row_in_tree(context, objective)
        named = self._graph.parents[id].get(node.parent, ()) if node.parent else ()
        return AlignmentRow(
            node=node,
            objective=row,
            to=tuple(context.objective(node.parent or id, result) for result in named),
            note=self._note(objective) if node.first is None else None,
            closes=closes,
            elsewhere=self._elsewhere(objective) if node.first is None else (),
        )

    def _note(self, objective: Objective) -> str | None:
        """Return in words what an objective aligns to that cannot be shown here."""
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

    def _elsewhere(self, objective: Objective) -> tuple[tuple[Cycle, int], ...]:
        site = self._context.site
        found: dict[str, set[str]] = {}
        for link in objective.supported_by:
            shown = link.objective in self._graph.parents
            if not shown and (link.objective, objective.id) not in site.project.circles:
                other = site.project.objectives[link.objective]
                found.setdefault(other.cycle, set()).add(other.id)
        return tuple((cycle, len(found[cycle.id])) for cycle in site.cycles if cycle.id in found)
