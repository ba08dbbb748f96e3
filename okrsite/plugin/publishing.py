"""Everything that a build writes in addition to the pages."""

from collections.abc import Collection
from pathlib import Path

from markupsafe import Markup

from okrsite.documents.json_schema import front_matter_schema, schema_text
from okrsite.exports.feeds import feed_files
from okrsite.exports.model import csv_pieces, export, json_pieces, schema, to_json
from okrsite.pages.badge import badges
from okrsite.pages.embed_addresses import frame_file
from okrsite.pages.embedded import frame_view
from okrsite.pages.html import moved_to
from okrsite.pages.render import Renderer
from okrsite.pages.review import Deck, cycle_deck, decks, owner_deck
from okrsite.pages.search_entries import search_entries_script
from okrsite.pages.site import Site
from okrsite.pages.subscriptions import alternates
from okrsite.project.model import Objective
from okrsite.scores import Scores
from okrsite.util.writing import Output, write_whole

_HEAD_END = "</head>"


class Retrospectives:
    """The retrospectives of objectives, as their pages show them."""

    def __init__(self) -> None:
        self._known: dict[str, Markup] = {}

    def keep(self, uri: str, text: Markup) -> None:
        """Keep the retrospective on the page of a file."""
        self._known[uri] = text

    def on(self, deck: Deck, site: Site) -> dict[str, Markup]:
        """Return those of a deck's objectives by id, with links relative to the deck."""
        return {
            objective.id: self._moved(objective, deck, site)
            for _, objectives in deck.parts
            for objective in objectives
            if objective.page.uri in self._known
        }

    def _moved(self, objective: Objective, deck: Deck, site: Site) -> Markup:
        page = site.addresses.page(objective.page.uri)
        return moved_to(self._known[objective.page.uri], page, deck.address)


def publish_site(
    site: Site, renderer: Renderer, folder: Path, retrospectives: Retrospectives,
    taken: Collection[str],
) -> None:  # fmt: skip
    """Write the figures as data, and the badges, frames, reviews and feeds.

    Reviews and feeds never replace a file of the user's: its path is `taken`.
    """
    model = export(site.project, site.scorecard, site.addresses.page, later=True)
    data = folder / "data"
    write_whole(data / "okrs.json", json_pieces(model))
    write_whole(data / "okrs.csv", csv_pieces(model))
    write_whole(data / "okrs.schema.json", to_json(schema()))
    write_whole(data / "front-matter.schema.json", schema_text(front_matter_schema()))
    write_whole(folder / "okr" / "found.js", search_entries_script(site))
    publish_badges(site, renderer, folder)
    publish_frames(site, renderer, folder)
    publish_reviews(site, renderer, folder, retrospectives, taken)
    publish_feeds(site, folder, taken)


def publish_feeds(site: Site, folder: Path, taken: Collection[str]) -> None:
    """Write the feeds and calendars into the folder of the site, except paths that are `taken`."""
    output = Output(folder)
    for path, text in feed_files(site, site.addresses.site):
        if path not in taken:
            output.write(path, text)


def with_alternates(html: str, site: Site, owner: str, address: str) -> str:
    """Return a page's HTML with links to an owner's feeds in its head."""
    return html.replace(_HEAD_END, f"{alternates(site, owner, address)}{_HEAD_END}", 1)


def publish_badges(site: Site, renderer: Renderer, folder: Path) -> None:
    """Write the badges into the folder of the site."""
    output = Output(folder)
    for badge in badges(site):
        output.write(badge.file, renderer.render("badge", badge.view))


def publish_frames(site: Site, renderer: Renderer, folder: Path) -> None:
    """Write the frames of all objectives into the folder of the site."""
    output = Output(folder)
    for id in site.project.objectives:
        if file := frame_file(id):
            output.write(file, renderer.render("embedded_objective", frame_view(site, id)))


def publish_reviews(
    site: Site,
    renderer: Renderer,
    folder: Path,
    retrospectives: Retrospectives,
    taken: Collection[str],
) -> None:
    """Write the decks into the folder of the site, except paths that are `taken`."""
    output, earlier = Output(folder), Scores(site.project)
    for deck in decks(site):
        if deck.file in taken:
            continue
        make = cycle_deck if deck.owner is None else owner_deck
        view = make(site, deck, earlier, retrospectives.on(deck, site))
        output.write(deck.file, renderer.render("review", view))
