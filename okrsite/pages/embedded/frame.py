"""An objective in a frame on another site: all that matters, without header and navigation."""

from dataclasses import dataclass

from markupsafe import Markup

from okrsite.language.inline import inline_without_links, plain
from okrsite.pages.embed_addresses import frame_address
from okrsite.pages.parts import Bar, Dated, Desk, Link, Mark, ResultRow
from okrsite.pages.site import Site
from okrsite.pages.standalone import Standalone, standalone

_MOST_RESULTS = 8
"""So many key results fit into a frame; the others are on the objective's page."""


@dataclass(frozen=True, slots=True)
class FrameView:
    """All that a frame shows; `more` says how many key results there are beside those shown."""

    document: Standalone
    link: Link
    home: Link
    owners: tuple[Link, ...]
    cycle: Link
    status: Mark | None
    stale: str | None
    score: str
    expected: str | None
    bar: Bar
    results: tuple[ResultRow, ...]
    more: str | None
    dated: Dated


def frame_view(site: Site, id: str) -> FrameView:
    """Make the frame of an objective."""
    desk, objective = Desk(site, frame_address(id) or ""), site.project.objectives[id]
    row, further = desk.objective_row(objective), len(objective.key_results) - _MOST_RESULTS
    return FrameView(
        document=standalone(desk, plain(objective.page.title), "okr/embed.css"),
        link=row.link,
        home=Link(
            Markup(inline_without_links(site.company.title)),
            desk.href(site.addresses.page("index.md")),
        ),
        owners=row.owners,
        cycle=row.cycle,
        status=row.status,
        stale=row.stale,
        score=row.score,
        expected=row.expected,
        bar=row.bar,
        results=tuple(
            desk.result_row(objective, result, drawn=False)
            for result in objective.key_results[:_MOST_RESULTS]
        ),
        more=site.words.count("and %(number)s more", "and %(number)s more", further)
        if further > 0
        else None,
        dated=desk.dated(),
    )
