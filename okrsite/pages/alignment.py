"""Alignment: what supports what, from the company's objectives down to each individual's."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from okrsite.pages.addresses import anchor
from okrsite.pages.by_pillar import ServedPillar, by_pillar
from okrsite.pages.filters import Filters, objective_filters, row_in_tree
from okrsite.pages.parts import Link, ObjectiveRow, PageContext
from okrsite.pages.parts.values import Shares
from okrsite.pages.siblings import Siblings, cycle_siblings
from okrsite.pages.site import Site
from okrsite.project.model import Level, Objective
from okrsite.project.model.cycles import Cycle
from okrsite.project.sorting import by_order


@dataclass(frozen=True, slots=True)
class Graph:
    """The objectives that a page shows, and which of them support which, circles left out.

    `parents` are the objectives that each aligns to, with the key results that are named, and
    `children` those that align to it, both in the order in which they are shown. `roots` begin the
    trees; those that are `apart` neither align to anything nor have supporters.
    """

    parents: Mapping[str, Mapping[str, tuple[str, ...]]]
    children: Mapping[str, tuple[str, ...]]
    roots: tuple[str, ...]
    apart: tuple[str, ...]


def graph_of(site: Site, objectives: Iterable[Objective]) -> Graph:
    """Return the graph of a cycle's objectives and of all that they align to, of any cycle."""
    parents: dict[str, dict[str, tuple[str, ...]]] = {}
    waiting = [objective.id for objective in objectives]
    while waiting:
        id = waiting.pop()
        if id not in parents:
            parents[id] = _parents(site, id)
            waiting += parents[id]
    ordered = sorted(parents, key=_order(site))
    children: dict[str, list[str]] = {id: [] for id in ordered}
    for id in ordered:
        for parent in parents[id]:
            children[parent].append(id)
    tops = [id for id in ordered if not parents[id]]
    roots = tuple(id for id in tops if _is_root(site, site.project.objectives[id]))
    known = set(roots)
    return Graph(
        parents=parents,
        children={id: tuple(below) for id, below in children.items()},
        roots=roots,
        apart=tuple(id for id in tops if id not in known),
    )


def _parents(site: Site, id: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for link in site.project.objectives[id].aligns_to:
        if (id, link.objective) not in site.project.circles:
            named = (link.key_result,) if link.key_result is not None else ()
            found[link.objective] = (*found.get(link.objective, ()), *named)
    return found


def _is_root(site: Site, objective: Objective) -> bool:
    """Whether an objective without a parent on the page has a place in the tree."""
    related = objective.supported_by or objective.hidden_alignments
    return bool(related) or objective.level is Level.COMPANY or in_circle(site, objective)


_LEVELS = list(Level)


def _order(site: Site) -> Callable[[str], tuple[object, ...]]:
    """Return the key to sort by cycle, the longest first, then by level, then as listed."""

    def key(id: str) -> tuple[object, ...]:
        objective = site.project.objectives[id]
        days = site.project.cycles[objective.cycle].days
        return -days, _LEVELS.index(objective.level), *by_order(objective.page)

    return key


def in_circle(site: Site, objective: Objective) -> bool:
    """Whether an objective's alignment runs in a circle."""
    circles = site.project.circles
    return any((objective.id, link.objective) in circles for link in objective.aligns_to)


OPEN_TO = 2
"""The lists below objectives down to this level are open; deeper ones are folded at first."""


def anchor_in_tree(objective: str) -> str:
    """Return the id that an objective has where an alignment page shows it first."""
    return f"objective-{anchor(objective)}"


@dataclass(frozen=True, slots=True)
class TreeNode:
    """An objective at one place in a tree; `depth` counts from 1.

    `anchor` is its id on the page. `first` is that of the place where the objective is shown with
    its supporters, `onward` that of the tree in which it is continued. Of its `children`, the
    number `below` is listed under this node.
    """

    id: str
    parent: str | None
    depth: int
    anchor: str
    first: str | None
    onward: str | None
    below: int
    children: int

    @property
    def own_anchor(self) -> str:
        """The id of the objective's first place, here and in the trees of other cycles."""
        return anchor_in_tree(self.id)

    @property
    def open(self) -> bool:
        """Whether the list below is open."""
        return self.depth <= OPEN_TO


@dataclass(slots=True)
class Anchors:
    """Hands out ids, each once on a page."""

    taken: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)

    def take(self, objective: str) -> str:
        """Return the objective's own id the first time, then numbered ones."""
        name = wanted = anchor_in_tree(objective)
        number = self.last.get(wanted, 1)
        while name in self.taken:
            number += 1
            name = f"{wanted}-{number}"
        self.last[wanted] = number
        self.taken.add(name)
        return name


def walk(
    graph: Graph, roots: Iterable[str], anchors: Anchors, deepest: int
) -> tuple[list[TreeNode], list[TreeNode]]:
    """Return the nodes of the trees below some roots, and of those that continue them.

    A tree is continued in one of its own below the level that is the `deepest`.

    An objective's supporters are listed where it comes first. A tree may be as deep as there are
    objectives, so the nodes to come are kept on a stack of our own.
    """
    opened: dict[str, str] = {}
    onward: list[tuple[str, str]] = []

    def below(id: str, depth: int) -> list[tuple[str, str | None, int]]:
        return [(child, id, depth + 1) for child in reversed(graph.children[id])]

    def descend(waiting: list[tuple[str, str | None, int]]) -> Iterator[TreeNode]:
        while waiting:
            id, parent, depth = waiting.pop()
            first, name, on = opened.get(id), anchors.take(id), None
            found = below(id, depth) if first is None else []
            opened.setdefault(id, name)
            if found and depth >= deepest:
                found, on = [], anchors.take(id)
                onward.append((id, on))
            children = len(graph.children[id])
            yield TreeNode(id, parent, depth, name, first, on, len(found), children)
            waiting += found

    nodes = list(descend([(root, None, 1) for root in reversed(list(roots))]))
    further: list[TreeNode] = []
    for id, name in onward:
        found = below(id, 1)
        further.append(TreeNode(id, None, 1, name, opened[id], None, len(found), len(found)))
        further += descend(found)
    return nodes, further


_DEEPEST = 12
"""A tree is continued in one of its own below this level: pages have only so much width."""

_MOST_OTHERS = 12
"""So many other cycles are listed on the page of one, the newest; the overview has them all."""


@dataclass(frozen=True, slots=True)
class AlignmentRow:
    """A node of a tree with its objective, in the order in which the tree is read.

    `to` are the key results of the objective above that this one aligns to; none where it is the
    whole. `closes` is the number of lists that end with this row. `elsewhere` are the cycles whose
    trees have more supporters, with their numbers. The root of a tree has the `shares` of all that
    is below it, by status.
    """

    node: TreeNode
    objective: ObjectiveRow
    to: tuple[Link, ...]
    note: str | None
    closes: int
    elsewhere: tuple[tuple[Cycle, int], ...]
    shares: Shares | None = None


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
    def siblings(self) -> Siblings | None:
        """The trees of other cycles."""
        by_cycle = self.context.site.by_cycle
        if self.overview or self.cycle is None:
            return None

        def uri_of(one: Cycle) -> str | None:
            return f"alignment/{one.id}.md" if by_cycle.get(one.id) else None

        return cycle_siblings(self.context, self.cycle, uri_of)

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
    whole = context.page("", f"alignment/{cycle.id}.md").href if cycle and overview else ""
    rows = _Rows(context, graph, f"{whole}?")
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
        filters=None if overview else objective_filters(context, shown, tree=True),
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

    def __init__(self, context: PageContext, graph: Graph, list: str) -> None:
        self._list = list
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
            shares=self._below(node) if node.depth == 1 and node.children else None,
        )

    def _below(self, node: TreeNode) -> Shares:
        """Return all that is below the root of a tree, each once, by status."""
        found, waiting = set[str](), [*self._graph.children[node.id]]
        while waiting:
            if (id := waiting.pop()) not in found:
                found.add(id)
                waiting += self._graph.children[id]
        objectives = self._context.site.project.objectives
        inside = [objectives[id] for id in found]
        return self._context.shares_of(inside, self._list, node.own_anchor)

    def _note(self, objective: Objective) -> str | None:
        """Return in words what an objective aligns to that cannot be shown here."""
        context = self._context
        if objective.hidden_alignments:
            hidden = context.words.count(
                "a private objective", "%(number)s private objectives", objective.hidden_alignments
            )
            return context.say("aligns to %(others)s", others=hidden)
        if in_circle(context.site, objective):
            return context.say("circular alignment, not counted")
        if objective.aligned_in_writing and not objective.aligns_to:
            return context.say("aligns to something that isn't counted")
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
