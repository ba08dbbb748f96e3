"""The pages of the alignment: the tree of each cycle, and the overview of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from okrsite.language.inline import inline_without_links
from okrsite.pages.alignment.graph import graph_of
from okrsite.pages.alignment.places import Anchors, walk
from okrsite.pages.alignment.rows import OPEN_TO, AlignmentRow, Rows
from okrsite.pages.filters import Filters, objective_filters
from okrsite.pages.parts import Link, PageContext, Progress
from okrsite.pages.site import Site
from okrsite.project.model import Level, Objective
from okrsite.project.model.cycles import Cycle

_DEEPEST = 12
"""A tree goes on in one of its own below this level: pages have only so much width."""


@dataclass(frozen=True, slots=True)
class OtherCycle:
    """Another cycle with a tree of its own."""

    link: Link
    progress: Progress
    count: str


@dataclass(frozen=True, slots=True)
class AlignmentView:
    """All that a page of the alignment shows.

    `rows` are the trees from their roots, `further` where those that are too deep go on, `apart`
    what aligns to nothing. On the overview `whole` leads to
    all of these. `repeats` is said where an objective stands in several places.
    """

    title: Markup
    context: PageContext
    body: Markup
    progress: Progress | None
    count: str
    aligned: str | None
    whole: Link | None
    filters: Filters | None
    repeats: str | None
    rows: tuple[AlignmentRow, ...]
    further: tuple[AlignmentRow, ...]
    apart: tuple[AlignmentRow, ...]
    others: tuple[OtherCycle, ...]


def alignment_view(site: Site, address: str, body: Markup, cycle: Cycle) -> AlignmentView:
    """Make the page of a cycle's alignment: the whole tree."""
    context, objectives = PageContext(site, address), site.by_cycle.get(cycle.id, [])
    graph, anchors = graph_of(site, objectives), Anchors()
    trees, further = walk(graph, graph.roots, anchors, _DEEPEST)
    apart, _ = walk(graph, graph.apart, anchors, _DEEPEST)
    rows = Rows(context, graph, cycle)
    name = inline_without_links(cycle.title)
    repeated = any(place.first and place.parent for place in (*trees, *further))
    return AlignmentView(
        title=Markup(escape(context.say("Alignment in %(cycle)s"))) % {"cycle": name},
        context=context,
        body=body,
        progress=context.progress(cycle),
        count=context.count_objectives(len(objectives)),
        aligned=_aligned(context, objectives),
        whole=None,
        filters=objective_filters(context, [site.project.objectives[id] for id in graph.parents]),
        repeats=_repeats(context) if repeated else None,
        rows=rows.of(trees),
        further=rows.of(further),
        apart=rows.of(apart),
        others=tuple(_others(context, cycle)),
    )


def alignment_overview(site: Site, address: str, body: Markup) -> AlignmentView:
    """Make the overview of the alignment: the upper levels of the home cycle's tree, and where
    the whole of it and those of the other cycles stand."""
    context, cycle = PageContext(site, address), site.home_cycle
    objectives = site.by_cycle.get(cycle.id, []) if cycle else []
    graph, whole = graph_of(site, objectives), None
    if cycle is not None and objectives:
        text = Markup(escape(context.say("The whole tree of %(cycle)s")))
        name = inline_without_links(cycle.title)
        whole = Link(text % {"cycle": name}, _address(context, cycle))
    trees, _ = walk(graph, graph.roots, Anchors(), OPEN_TO)
    rows = Rows(context, graph, cycle, whole.href if whole else None)
    return AlignmentView(
        title=escape(context.say("Alignment")),
        context=context,
        body=body,
        progress=context.progress(cycle) if cycle else None,
        count=context.count_objectives(len(objectives)),
        aligned=_aligned(context, objectives),
        whole=whole,
        filters=None,
        repeats=_repeats(context) if any(place.first and place.parent for place in trees) else None,
        rows=rows.of(trees),
        further=(),
        apart=(),
        others=tuple(_others(context, cycle)),
    )


def _repeats(context: PageContext) -> str:
    return context.say("An objective with several parents stands under each and counts once.")


def _address(context: PageContext, cycle: Cycle) -> str:
    return context.href(context.site.addresses.page(f"alignment/{cycle.id}.md"))


def _aligned(context: PageContext, objectives: Iterable[Objective]) -> str | None:
    """Say how many objectives below company level align to another one."""
    lower = [o for o in objectives if o.active and o.level is not Level.COMPANY]
    if not lower:
        return None
    aligned = sum(bool(o.aligned_in_writing or o.hidden_alignments) for o in lower)
    return context.say(
        "%(aligned)s of %(total)s below company level align to another",
        aligned=context.words.number(aligned), total=context.words.number(len(lower)),
    )  # fmt: skip


def _others(context: PageContext, shown: Cycle | None) -> Iterator[OtherCycle]:
    site = context.site
    for cycle in site.cycles:
        objectives = site.by_cycle.get(cycle.id)
        if objectives and cycle != shown:
            link = Link(inline_without_links(cycle.title), _address(context, cycle))
            yield OtherCycle(
                link, context.progress(cycle), context.count_objectives(len(objectives))
            )
