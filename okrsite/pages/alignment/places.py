"""The places of objectives in a tree, in the order in which the tree is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from okrsite.pages.addresses import anchor
from okrsite.pages.alignment.graph import Graph


def anchor_in_tree(objective: str) -> str:
    """Return the id that an objective has where an alignment page shows it first."""
    return f"objective-{anchor(objective)}"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of an objective in a tree, before it is put in words; anchors instead of links."""

    id: str
    parent: str | None
    depth: int
    anchor: str
    first: str | None
    onward: str | None
    below: int


@dataclass(slots=True)
class Anchors:
    """Gives out ids, each once on a page."""

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
) -> tuple[list[Place], list[Place]]:
    """List the places of the trees below some roots, and of those where they go on.

    A tree goes on in one of its own below the level that is the `deepest`.

    An objective is opened where it comes first. A tree may be as deep as there are objectives,
    so what waits is kept on a stack of our own.
    """
    opened: dict[str, str] = {}
    onward: list[tuple[str, str]] = []

    def below(id: str, depth: int) -> list[tuple[str, str | None, int]]:
        return [(child, id, depth + 1) for child in reversed(graph.children[id])]

    def descend(waiting: list[tuple[str, str | None, int]]) -> Iterator[Place]:
        while waiting:
            id, parent, depth = waiting.pop()
            first, name, on = opened.get(id), anchors.take(id), None
            found = below(id, depth) if first is None else []
            opened.setdefault(id, name)
            if found and depth >= deepest:
                found, on = [], anchors.take(id)
                onward.append((id, on))
            yield Place(id, parent, depth, name, first, on, len(found))
            waiting += found

    places = list(descend([(root, None, 1) for root in reversed(list(roots))]))
    further: list[Place] = []
    for id, name in onward:
        found = below(id, 1)
        further.append(Place(id, None, 1, name, opened[id], None, len(found)))
        further += descend(found)
    return places, further
