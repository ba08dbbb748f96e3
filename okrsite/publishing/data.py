"""Everything that a build writes in addition to the pages."""

import re
from collections.abc import Collection, Mapping

from markupsafe import Markup

from okrsite.documents.json_schema import front_matter_schema, schema_text
from okrsite.exports.feeds import feed_files
from okrsite.exports.model import csv_pieces, export, json_pieces, schema, to_json
from okrsite.pages.badge import badges
from okrsite.pages.embed_addresses import frame_file
from okrsite.pages.embedded import frame_view
from okrsite.pages.html import moved_to
from okrsite.pages.render import Renderer
from okrsite.pages.review.deck import cycle_deck, owner_deck
from okrsite.pages.review.places import Deck, decks
from okrsite.pages.review.slides import Earlier
from okrsite.pages.search_entries import search_entries_script
from okrsite.pages.site import Site
from okrsite.pages.subscriptions import Feeds, alternates
from okrsite.pages.twin import markdown_twin, twin_path
from okrsite.util.writing import Target

_HEAD_END = "</head>"
_MAIN = re.compile("</?main[^>]*>")
_FOOT = re.compile("<footer.*?</footer>", re.DOTALL)


def publish_site(
    site: Site,
    renderer: Renderer,
    output: Target,
    retrospectives: Mapping[str, Markup],
    taken: Collection[str],
    markdown: bool,
) -> None:
    """Write the figures as data, and the badges, frames, reviews and feeds.

    `retrospectives` are those that pages show, by their files. Reviews and feeds never replace a
    file of the user's: its path is `taken`. With `markdown`, reviews have twins like pages.
    """
    model = export(site.project, site.computed, site.addresses.page, later=True)
    output.write("data/okrs.json", json_pieces(model))
    output.write("data/okrs.csv", csv_pieces(model))
    output.write("data/okrs.schema.json", to_json(schema()))
    output.write("data/front-matter.schema.json", schema_text(front_matter_schema()))
    output.write("okr/found.js", search_entries_script(site))
    for path, badge in badges(site):
        output.write(path, renderer.render("badge", badge))
    for id in site.project.objectives:
        if file := frame_file(id):
            output.write(file, renderer.render("embedded_objective", frame_view(site, id)))
    earlier = Earlier(site)
    for deck in decks(site):
        if deck.file not in taken:
            make = cycle_deck if deck.owner is None else owner_deck
            view = make(site, deck, earlier, _retrospectives_on(deck, site, retrospectives))
            html = renderer.render("review", view)
            output.write(deck.file, html)
            if markdown and (twin := twin_path(deck.file)) not in taken:
                output.write(twin, markdown_twin(_FOOT.sub("", _MAIN.split(html)[1])))
    for path, text in feed_files(site, site.addresses.site):
        if path not in taken:
            output.write(path, text)


def _retrospectives_on(deck: Deck, site: Site, known: Mapping[str, Markup]) -> dict[str, Markup]:
    """Return those of a deck's objectives by id, with links relative to the deck."""
    return {
        objective.id: moved_to(known[uri], site.addresses.page(uri), deck.address)
        for _, objectives in deck.parts
        for objective in objectives
        if (uri := objective.page.uri) in known
    }


def with_alternates(html: str, site: Site, feeds: Feeds, address: str) -> str:
    """Return a page's HTML with links to feeds in its head."""
    return html.replace(_HEAD_END, f"{alternates(site, feeds, address)}{_HEAD_END}", 1)
