"""Circles of links: found, said once each, and taken out of every figure."""

from collections.abc import Callable, Iterable, Mapping

from okrsite.findings.finding import Finding, finding
from okrsite.project.model import Page, Place

Links = dict[str, list[str]]


def find_circles(
    links: Links, pages: Mapping[str, Page], place: Callable[[str, str], Place], what: str
) -> tuple[frozenset[tuple[str, str]], list[Finding]]:
    """Find the links that run in a circle, and say one circle of each knot.

    `place` gives where the link from one document to another is written.
    """
    findings: list[Finding] = []
    for knot in knots(links):
        circle = circle_through(knot[0], knot, links)
        at = place(circle[0], circle[1])
        message = f"{what} runs in a circle: {_drawn(circle)}"
        hint = "take one of these links out; until then none of the knot counts"
        mentions = tuple(pages[id].path for id in circle[1:] if id in pages)
        findings.append(finding("OKR203", at.path, at.line, message, hint, mentions))
    return circular(links), findings


def circular(links: Links) -> frozenset[tuple[str, str]]:
    """Find the links that run in a circle."""
    found: set[tuple[str, str]] = set()
    for knot in knots(links):
        members = set(knot)
        found.update((a, b) for a in knot for b in links[a] if b in members)
    return frozenset(found)


def _drawn(circle: Iterable[str]) -> str:
    members = list(circle)
    return " → ".join(f"`{id}`" for id in (*members, members[0]))


def knots(links: dict[str, list[str]]) -> list[list[str]]:
    """Find the knots of a graph: its strongly connected parts of two or more nodes.

    Tarjan's algorithm (SIAM Journal on Computing 1, 1972), with a stack of its own, because a
    chain of alignments may be as long as there are objectives. Each knot is sorted.
    """
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    waiting: set[str] = set()
    found: list[list[str]] = []
    for root in links:
        if root in order:
            continue
        order[root] = lowest[root] = len(order)
        stack.append(root)
        waiting.add(root)
        work = [(root, iter(links[root]))]
        while work:
            node, targets = work[-1]
            for target in targets:
                if target not in order:
                    order[target] = lowest[target] = len(order)
                    stack.append(target)
                    waiting.add(target)
                    work.append((target, iter(links.get(target, []))))
                    break
                if target in waiting:
                    lowest[node] = min(lowest[node], order[target])
            else:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[node])
                if lowest[node] == order[node]:
                    knot = []
                    while True:
                        member = stack.pop()
                        waiting.remove(member)
                        knot.append(member)
                        if member == node:
                            break
                    if len(knot) > 1:
                        found.append(sorted(knot))
    return found


def circle_through(start: str, knot: Iterable[str], links: dict[str, list[str]]) -> list[str]:
    """Return a shortest circle of a knot that begins at one of its members."""
    members = set(knot)
    came_from: dict[str, str] = {}
    frontier = [start]
    while frontier:
        following = []
        for node in frontier:
            for target in sorted(links.get(node, [])):
                if target == start:
                    path = [node]
                    while path[-1] != start:
                        path.append(came_from[path[-1]])
                    return path[::-1]
                if target in members and target not in came_from:
                    came_from[target] = node
                    following.append(target)
        frontier = following
    return [start]
