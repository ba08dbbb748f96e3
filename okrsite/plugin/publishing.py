"""Everything that a build writes beside the pages."""

from collections.abc import Collection
from pathlib import Path

from okrsite.export import csv_pieces, export, json_pieces, schema, to_json
from okrsite.plugin.embedded_files import publish_badges, publish_frames
from okrsite.plugin.feeds import publish_feeds
from okrsite.plugin.reviews import Retrospectives, publish_reviews
from okrsite.render import Renderer
from okrsite.schema import front_matter_schema, schema_text
from okrsite.views.found import found_script
from okrsite.views.site import Site
from okrsite.writing import write_whole


def publish_site(
    site: Site, renderer: Renderer, folder: Path, retrospectives: Retrospectives,
    taken: Collection[str],
) -> None:  # fmt: skip
    """Write the figures, their schema and their table, and what other sites show.

    Nothing that people may have put in its place is written over: it is `taken`.
    """
    model = export(site.project, site.scorecard, site.addresses.page, later=True)
    data = folder / "data"
    write_whole(data / "okrs.json", json_pieces(model))
    write_whole(data / "okrs.csv", csv_pieces(model))
    write_whole(data / "okrs.schema.json", to_json(schema()))
    write_whole(data / "front-matter.schema.json", schema_text(front_matter_schema()))
    write_whole(folder / "okr" / "found.js", found_script(site))
    publish_badges(site, renderer, folder)
    publish_frames(site, renderer, folder)
    publish_reviews(site, renderer, folder, retrospectives, taken)
    publish_feeds(site, folder, taken)
