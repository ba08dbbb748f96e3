"""An objective in a frame on another site: all that matters, without header and navigation."""

from dataclasses import dataclass

from okrsite.language.inline import inline_without_links, plain
from okrsite.pages.embed_addresses import frame_address
from okrsite.pages.parts import Link, ObjectiveRow, PageContext, ResultRow
from okrsite.pages.site import Site
from okrsite.pages.standalone import Standalone, standalone

_MOST_RESULTS = 8
"""So many key results fit into a frame; the others are on the objective's page."""


@dataclass(frozen=True, slots=True)
class FrameView:
    """All that a frame shows; `more` says how many key results there are beside those shown."""

    document: Standalone
    context: PageContext
    home: Link
    row: ObjectiveRow
    results: tuple[ResultRow, ...]
    more: int


def frame_view(site: Site, id: str) -> FrameView:
    """Return the frame of an objective."""
    context, objective = PageContext(site, frame_address(id) or ""), site.project.objectives[id]
    results = context.result_rows(objective)
    company = inline_without_links(site.company.title)
    return FrameView(
        document=standalone(context, plain(objective.page.title), "okr/embed.css"),
        context=context,
        home=Link(company, context.href(site.addresses.page("index.md"))),
        row=context.objective_row(objective),
        results=results[:_MOST_RESULTS],
        more=max(0, len(results) - _MOST_RESULTS),
    )
