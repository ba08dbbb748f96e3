"""Which objectives a page of the alignment shows, and which of them support which."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from okrsite.pages.site import Site
from okrsite.project.model import Level, Objective
from okrsite.project.sorting import by_order


@dataclass(frozen=True, slots=True)
class Graph:
    """The objectives that a page shows, and which of them support which, circles left out.

    `parents` are the objectives that each aligns to, with the key results that are named, and
    `children` those that align to it, both in the order in which they are shown. `roots` begin the
    trees; those that are `apart` neither align to anything nor have supporters.
    """

    parents: Mapping[str, Mapping[str, tuple[str, ...]]]
    children: Mapping[str, tuple[str, ...]]
    roots: tuple[str, ...]
    apart: tuple[str, ...]


def graph_of(site: Site, objectives: Iterable[Objective]) -> Graph:
    """Return the graph of a cycle's objectives and of all that they align to, of any cycle."""
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
    return Graph(
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
    """Whether an objective without a parent on the page has a place in the tree."""
    related = objective.supported_by or objective.hidden_alignments
    return bool(related) or objective.level is Level.COMPANY or in_circle(site, objective)


_LEVELS = list(Level)


def _order(site: Site) -> Callable[[str], tuple[object, ...]]:
    """Return the key to sort by cycle, the longest first, then by level, then as listed."""

    def key(id: str) -> tuple[object, ...]:
        objective = site.project.objectives[id]
        days = site.project.cycles[objective.cycle].days
        return -days, _LEVELS.index(objective.level), *by_order(objective.page)

    return key


def in_circle(site: Site, objective: Objective) -> bool:
    """Whether an objective's alignment runs in a circle."""
    circles = site.project.circles
    return any((objective.id, link.objective) in circles for link in objective.aligns_to)
