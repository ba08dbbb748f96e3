"""The nodes of a tree of objectives, in the order in which the tree is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from okrsite.pages.addresses import anchor
from okrsite.pages.alignment.graph import Graph

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
