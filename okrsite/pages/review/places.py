"""Which decks there are, where each one is, and which objectives it is about."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote

from markupsafe import escape

from okrsite.documents.values import WrittenStatus
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Objective, Owner
from okrsite.project.model.cycles import Cycle, State, current_cycle
from okrsite.util.markdown_files import without_ending

RECENT_DAYS = 14
"""Days for which a closed cycle stays in the decks of its owners."""

Parts = tuple[tuple[Cycle, tuple[Objective, ...]], ...]
"""Cycles, with the objectives of each that are reviewed."""


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck of a cycle, or of an owner where there is one, with its objectives by cycle.

    `address` is relative to the site's root, and so is `file`, the file that is written; `uri` is
    the Markdown file that would be at the same address.
    """

    uri: str
    address: str
    file: str
    page: str
    owner: Owner | None
    parts: Parts


def decks(site: Site) -> Iterator[Deck]:
    """Yield the decks of all cycles and owners that have something to review."""
    for cycle in site.cycles:
        if deck := cycle_review(site, cycle):
            yield deck
    for owner in site.project.owners.values():
        if deck := owner_review(site, owner.id):
            yield deck


def cycle_review(site: Site, cycle: Cycle) -> Deck | None:
    """Return the deck of a cycle; None where it has no objective to review."""
    seen: dict[str, Objective] = {}
    for owner, _ in site.organisation:
        for objective in _reviewed(site, owner.id, cycle):
            seen.setdefault(objective.id, objective)
    if not seen:
        return None
    return _deck(site, site.uri_of_cycle(cycle.id), None, ((cycle, tuple(seen.values())),))


def owner_review(site: Site, id: str) -> Deck | None:
    """Return the deck of an owner; None where they have nothing to review."""
    owner = site.project.owners[id]
    parts = tuple(
        (cycle, objectives)
        for cycle in _cycles(site, id)
        if (objectives := _reviewed(site, id, cycle))
    )
    if not parts:
        return None
    return _deck(site, owner.page.uri if owner.page else "index.md", owner, parts)


def review_link(context: PageContext, deck: Deck | None) -> Link | None:
    """Return the link to a deck from the page that it belongs to."""
    return Link(escape(context.say("Review")), context.href(deck.address)) if deck else None


def _deck(site: Site, uri: str, owner: Owner | None, parts: Parts) -> Deck:
    """Return a deck, which is below its page: `teams/sales/` has `teams/sales/review/`."""
    folder, name = posixpath.split(without_ending(uri))
    if name not in ("index", "README"):
        folder = posixpath.join(folder, name)
    place = posixpath.join(folder, "review.md")
    address = site.addresses.page(place)
    file = unquote(address) + ("index.html" if address.endswith("/") else "")
    return Deck(place, address, file, site.addresses.page(uri), owner, parts)


def _cycles(site: Site, owner: str) -> list[Cycle]:
    """Return the cycles that an owner reviews now: the open ones and those closed recently.

    The one that ends first comes first. Without any it is the one that closed last, else the next.
    """
    used = {objective.cycle for objective in site.by_owner.get(owner, ())}
    cycles = [site.project.cycles[id] for id in used]
    recent = site.as_of - timedelta(days=RECENT_DAYS)
    now = [
        cycle
        for cycle in cycles
        if cycle.state(site.as_of) is not State.UPCOMING and cycle.closing_day >= recent
    ]
    if not now and (last := current_cycle(cycles, None, site.as_of)):
        now = [last]
    return sorted(now, key=lambda cycle: (cycle.end, cycle.days, cycle.id))


def _reviewed(site: Site, owner: str, cycle: Cycle) -> tuple[Objective, ...]:
    """Return an owner's objectives of a cycle, drafts last; cancelled ones are not reviewed."""
    found = [
        objective
        for objective in site.by_owner.get(owner, ())
        if objective.cycle == cycle.id and objective.status is not WrittenStatus.CANCELLED
    ]
    found.sort(key=lambda objective: not objective.active)
    return tuple(found)
