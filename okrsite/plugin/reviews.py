"""Writes the decks of cycles and owners, and keeps for them what was learned."""

from collections.abc import Collection
from pathlib import Path

from markupsafe import Markup

from okrsite.markup import moved_to
from okrsite.model import Objective
from okrsite.render import Renderer
from okrsite.scorecard import Scores
from okrsite.views.review import Deck, cycle_deck, decks, owner_deck
from okrsite.views.site import Site
from okrsite.writing import Output


class Retrospectives:
    """The retrospectives of objectives, as they stand on their pages."""

    def __init__(self) -> None:
        self._known: dict[str, Markup] = {}

    def keep(self, uri: str, text: Markup) -> None:
        """Keep what stands on the page of a file."""
        self._known[uri] = text

    def on(self, deck: Deck, site: Site) -> dict[str, Markup]:
        """Give those of a deck's objectives by id, with links that lead from the deck."""
        return {
            objective.id: self._moved(objective, deck, site)
            for _, objectives in deck.parts
            for objective in objectives
            if objective.page.uri in self._known
        }

    def _moved(self, objective: Objective, deck: Deck, site: Site) -> Markup:
        page = site.addresses.page(objective.page.uri)
        return moved_to(self._known[objective.page.uri], page, deck.address)


def publish_reviews(
    site: Site,
    renderer: Renderer,
    folder: Path,
    retrospectives: Retrospectives,
    taken: Collection[str],
) -> None:
    """Write the decks into the folder of the site, but none over a file that is `taken`."""
    output, earlier = Output(folder), Scores(site.project)
    for deck in decks(site):
        if deck.file in taken:
            continue
        make = cycle_deck if deck.owner is None else owner_deck
        view = make(site, deck, earlier, retrospectives.on(deck, site))
        output.write(deck.file, renderer.render("review", view))
