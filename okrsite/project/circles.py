"""Circles of links: found, said once each, and taken out of every figure."""

from collections.abc import Callable, Iterable, Mapping

from okrsite.findings import Finding, finding
from okrsite.model import Page, Place
from okrsite.references import circle_through, knots

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
