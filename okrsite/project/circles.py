"""Circular links: found, reported once each, and excluded from every figure."""

from collections.abc import Callable, Iterable, Mapping

from okrsite.findings.finding import Finding, finding
from okrsite.i18n import Phrase, phrase
from okrsite.project.model import Page, Place

Links = dict[str, list[str]]


def find_circles(
    links: Links,
    pages: Mapping[str, Page],
    place: Callable[[str, str], Place],
    message: Phrase,
    findings: list[Finding],
) -> frozenset[tuple[str, str]]:
    """Return the links that run in a circle, and add a finding about one circle of each component.

    `place` returns where the link from one document to another is written, `message` says what runs
    in a circle, its value `circle`.
    """
    circular: set[tuple[str, str]] = set()
    for component in strongly_connected(links):
        members = set(component)
        circular.update((a, b) for a in component for b in links[a] if b in members)
        circle = circle_through(component[0], component, links)
        at = place(circle[0], circle[1])
        message = message.having(circle=_drawn(circle))
        hint = phrase("remove one of these links; until then none of them counts")
        mentions = tuple(pages[id].path for id in circle[1:] if id in pages)
        findings.append(finding("OKR203", at.path, at.line, message, hint, mentions))
    return frozenset(circular)


def _drawn(circle: Iterable[str]) -> str:
    members = list(circle)
    return " → ".join(f"`{id}`" for id in (*members, members[0]))


def strongly_connected(links: dict[str, list[str]]) -> list[list[str]]:
    """Return the strongly connected components of two or more nodes, each sorted.

    Tarjan's algorithm (SIAM Journal on Computing 1, 1972), with a stack of its own, because a
    chain of alignments may be as long as there are objectives.
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
                    component = []
                    while True:
                        member = stack.pop()
                        waiting.remove(member)
                        component.append(member)
                        if member == node:
                            break
                    if len(component) > 1:
                        found.append(sorted(component))
    return found


def circle_through(start: str, component: Iterable[str], links: Links) -> list[str]:
    """Return a shortest circle of a strongly connected component that begins at a member."""
    members = set(component)
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
