"""Alignment: what serves what, from the company's objectives down to each individual's."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup, escape

from okrsite.addresses import anchor
from okrsite.cycles import Cycle
from okrsite.inline import inline_without_links, plain
from okrsite.model import Level, Objective
from okrsite.views.parts import Dated, Desk, Link, ObjectiveRow, Progress
from okrsite.views.site import Site

_OPEN_TO = 2
"""The lists below objectives down to this level are open; deeper ones begin folded."""

_DEEPEST = 12
"""A tree goes on in one of its own below this level: pages have only so much width."""


@dataclass(frozen=True, slots=True)
class AlignmentRow:
    """One place of an objective in a tree, in the order in which the tree is read.

    `depth` counts from 1, `anchor` is an address on the page. `to` are the key results of the
    objective above that this one aligns to; none where it is the whole. `below` says how many
    rows stand in the list under this one, which begins right after it; `closes` how many lists
    end with this row. `first` leads to the place where the objective is shown with what supports
    it, `onward` to the tree where it goes on. `elsewhere` are supporters that stand on other pages.
    """

    anchor: str
    depth: int
    objective: ObjectiveRow
    cycle: Link | None
    to: tuple[Link, ...]
    note: str | None
    below: int
    toggle: str
    open: bool
    closes: int
    first: Link | None
    onward: Link | None
    elsewhere: tuple[Link, ...]


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
    what aligns to nothing. `repeats` is said where an objective stands in several places.
    """

    title: Markup
    dated: Dated
    body: Markup
    progress: Progress | None
    count: str
    aligned: str | None
    repeats: str | None
    rows: tuple[AlignmentRow, ...]
    further: tuple[AlignmentRow, ...]
    apart: tuple[AlignmentRow, ...]
    others: tuple[OtherCycle, ...]


def alignment_view(site: Site, address: str, body: Markup, cycle: Cycle | None) -> AlignmentView:
    """Make the page of a cycle's alignment; without a cycle, the overview with the home cycle's."""
    desk, shown = Desk(site, address), cycle or site.home_cycle
    objectives = site.by_cycle.get(shown.id, []) if shown else []
    graph = _graph(site, objectives)
    anchors = _Anchors()
    trees, further = _walk(graph, graph.roots, anchors)
    apart, _ = _walk(graph, graph.apart, anchors)
    rows = _Rows(desk, graph, shown)
    title = escape(desk.say("Alignment"))
    if cycle is not None:
        name = inline_without_links(cycle.title)
        title = Markup(escape(desk.say("Alignment in %(cycle)s"))) % {"cycle": name}
    repeated = any(place.first and place.parent for place in (*trees, *further))
    return AlignmentView(
        title=title,
        dated=desk.dated(),
        body=body,
        progress=desk.progress(shown) if shown else None,
        count=desk.count_objectives(len(objectives)),
        aligned=_aligned(desk, objectives),
        repeats=desk.say("An objective with several parents stands under each and counts once.")
        if repeated
        else None,
        rows=rows.of(trees),
        further=rows.of(further),
        apart=rows.of(apart),
        others=tuple(_others(desk, shown)),
    )


def anchor_in_tree(objective: str) -> str:
    """Give the id that an objective has where an alignment page shows it first."""
    return f"objective-{anchor(objective)}"


@dataclass(frozen=True, slots=True)
class _Graph:
    """The objectives that a page shows, and which of them support which, circles left out.

    `parents` gives for each objective what it aligns to, with the key results that are named;
    `children` what aligns to it. Both are in the order in which they are shown.
    """

    parents: Mapping[str, Mapping[str, tuple[str, ...]]]
    children: Mapping[str, tuple[str, ...]]
    roots: tuple[str, ...]
    apart: tuple[str, ...]


def _graph(site: Site, objectives: Iterable[Objective]) -> _Graph:
    """Take the objectives of a cycle, and above them all that they align to, of any cycle."""
    parents: dict[str, dict[str, tuple[str, ...]]] = {}
    waiting = [objective.id for objective in objectives]
    while waiting:
        id = waiting.pop()
        if id not in parents:
            parents[id] = _parents(site, id)
            waiting += parents[id]
    ordered = sorted(parents, key=_order(site))
    children: dict[str, list[str]] = {id: [] for id in ordered}
    for id in ordered:
        for parent in parents[id]:
            children[parent].append(id)
    tops = [id for id in ordered if not parents[id]]
    roots = tuple(id for id in tops if _is_root(site, site.project.objectives[id]))
    known = set(roots)
    return _Graph(
        parents=parents,
        children={id: tuple(below) for id, below in children.items()},
        roots=roots,
        apart=tuple(id for id in tops if id not in known),
    )


def _parents(site: Site, id: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for link in site.project.objectives[id].aligns_to:
        if (id, link.objective) not in site.project.circles:
            named = (link.key_result,) if link.key_result is not None else ()
            found[link.objective] = (*found.get(link.objective, ()), *named)
    return found


def _is_root(site: Site, objective: Objective) -> bool:
    """Tell whether an objective without a parent on the page has a place in the tree."""
    related = objective.supported_by or objective.hidden_alignments
    return bool(related) or objective.level is Level.COMPANY or _in_circle(site, objective)


_LEVELS = {Level.COMPANY: 0, Level.TEAM: 1, Level.INDIVIDUAL: 2}


def _order(site: Site) -> Callable[[str], tuple[int, int, str, str]]:
    """Sort by cycle, the longest first, then from the company to the individual, then by title."""

    def key(id: str) -> tuple[int, int, str, str]:
        objective = site.project.objectives[id]
        days = site.project.cycles[objective.cycle].days
        return -days, _LEVELS[objective.level], plain(objective.page.title).casefold(), id

    return key


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of an objective in a tree, before it is put in words; anchors instead of links."""

    id: str
    parent: str | None
    depth: int
    anchor: str
    first: str | None
    onward: str | None
    below: int


@dataclass(slots=True)
class _Anchors:
    """Gives out ids, each once on a page."""

    taken: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)

    def take(self, objective: str) -> str:
        """Give the objective's own id the first time, then numbered ones."""
        name = wanted = anchor_in_tree(objective)
        number = self.last.get(wanted, 1)
        while name in self.taken:
            number += 1
            name = f"{wanted}-{number}"
        self.last[wanted] = number
        self.taken.add(name)
        return name


def _walk(
    graph: _Graph, roots: Iterable[str], anchors: _Anchors
) -> tuple[list[_Place], list[_Place]]:
    """List the places of the trees below some roots, and of those where they go on.

    An objective is opened where it comes first. A tree may be as deep as there are objectives,
    so what waits is kept on a stack of our own.
    """
    opened: dict[str, str] = {}
    onward: list[tuple[str, str]] = []

    def below(id: str, depth: int) -> list[tuple[str, str | None, int]]:
        return [(child, id, depth + 1) for child in reversed(graph.children[id])]

    def descend(waiting: list[tuple[str, str | None, int]]) -> Iterator[_Place]:
        while waiting:
            id, parent, depth = waiting.pop()
            first, name, on = opened.get(id), anchors.take(id), None
            found = below(id, depth) if first is None else []
            opened.setdefault(id, name)
            if found and depth >= _DEEPEST:
                found, on = [], anchors.take(id)
                onward.append((id, on))
            yield _Place(id, parent, depth, name, first, on, len(found))
            waiting += found

    places = list(descend([(root, None, 1) for root in reversed(list(roots))]))
    further: list[_Place] = []
    for id, name in onward:
        found = below(id, 1)
        further.append(_Place(id, None, 1, name, opened[id], None, len(found)))
        further += descend(found)
    return places, further


class _Rows:
    """Puts places into words; an objective's figures are worded once, however often it stands."""

    def __init__(self, desk: Desk, graph: _Graph, cycle: Cycle | None) -> None:
        self._desk = desk
        self._graph = graph
        self._cycle = cycle.id if cycle else None
        self._known: dict[str, ObjectiveRow] = {}

    def of(self, places: list[_Place]) -> tuple[AlignmentRow, ...]:
        """Word the places of one list of trees."""
        following = [*(place.depth for place in places[1:]), 1]
        return tuple(
            self._row(place, max(0, place.depth - depth))
            for place, depth in zip(places, following, strict=False)
        )

    def _row(self, place: _Place, closes: int) -> AlignmentRow:
        desk, id = self._desk, place.id
        objective = desk.site.project.objectives[id]
        row = self._known.get(id)
        if row is None:
            row = self._known[id] = desk.objective_row(objective)
        named = self._graph.parents[id].get(place.parent, ()) if place.parent else ()
        return AlignmentRow(
            anchor=place.anchor,
            depth=place.depth,
            objective=row,
            cycle=row.cycle if objective.cycle != self._cycle else None,
            to=tuple(desk.objective(place.parent or id, result) for result in named),
            note=self._note(objective) if place.first is None else None,
            below=place.below,
            toggle=desk.words.count(
                "%(number)s objective below", "%(number)s objectives below", place.below
            ),
            open=place.depth <= _OPEN_TO,
            closes=closes,
            first=self._first(place),
            onward=_here(desk.say("goes on below"), place.onward),
            elsewhere=tuple(self._elsewhere(objective)) if place.first is None else (),
        )

    def _first(self, place: _Place) -> Link | None:
        if place.below:
            return _here(self._desk.say("goes on from above"), place.first)
        if self._graph.children[place.id]:
            return _here(self._desk.say("shown above with what supports it"), place.first)
        return _here(self._desk.say("shown above too"), place.first)

    def _note(self, objective: Objective) -> str | None:
        """Say what an objective aligns to and cannot be shown here."""
        desk = self._desk
        if objective.hidden_alignments:
            hidden = desk.words.count(
                "a private objective", "%(number)s private objectives", objective.hidden_alignments
            )
            return desk.say("aligns to %(others)s", others=hidden)
        if _in_circle(desk.site, objective):
            return desk.say("its alignment runs in a circle, which counts in no figure")
        if objective.aligned_in_writing and not objective.aligns_to:
            return desk.say("aligns to something that counts in no figure")
        return None

    def _elsewhere(self, objective: Objective) -> Iterator[Link]:
        """Link to the trees of other cycles that hold more of what supports an objective."""
        desk, circles = self._desk, self._desk.site.project.circles
        found: dict[str, set[str]] = {}
        for link in objective.supported_by:
            shown = link.objective in self._graph.parents
            if not shown and (link.objective, objective.id) not in circles:
                other = desk.site.project.objectives[link.objective]
                found.setdefault(other.cycle, set()).add(other.id)
        for cycle in desk.site.cycles:
            if cycle.id in found:
                address = desk.site.addresses.page(f"alignment/{cycle.id}.md")
                name = inline_without_links(cycle.title)
                number = desk.count_objectives(len(found[cycle.id]))
                text = Markup(escape(desk.say("%(number)s in %(cycle)s"))) % {
                    "number": number,
                    "cycle": name,
                }
                place = quote(anchor_in_tree(objective.id))
                yield Link(text, f"{desk.href(address)}#{place}")


def _in_circle(site: Site, objective: Objective) -> bool:
    """Tell whether an objective's alignment runs in a circle."""
    circles = site.project.circles
    return any((objective.id, link.objective) in circles for link in objective.aligns_to)


def _here(text: str, anchor: str | None) -> Link | None:
    return Link(escape(text), f"#{quote(anchor)}") if anchor is not None else None


def _aligned(desk: Desk, objectives: Iterable[Objective]) -> str | None:
    """Say how many objectives below company level align to another one."""
    lower = [o for o in objectives if o.active and o.level is not Level.COMPANY]
    if not lower:
        return None
    aligned = sum(bool(o.aligned_in_writing or o.hidden_alignments) for o in lower)
    return desk.say(
        "%(aligned)s of %(total)s below company level align to another",
        aligned=desk.words.number(aligned), total=desk.words.number(len(lower)),
    )  # fmt: skip


def _others(desk: Desk, shown: Cycle | None) -> Iterator[OtherCycle]:
    site = desk.site
    for cycle in site.cycles:
        objectives = site.by_cycle.get(cycle.id)
        if objectives and cycle != shown:
            address = site.addresses.page(f"alignment/{cycle.id}.md")
            link = Link(inline_without_links(cycle.title), desk.href(address))
            yield OtherCycle(link, desk.progress(cycle), desk.count_objectives(len(objectives)))
