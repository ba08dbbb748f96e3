"""What an objective serves, and what serves it."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import escape

from okrsite.pages.alignment import anchor_in_tree
from okrsite.pages.parts import Link, PageContext
from okrsite.project.continuations import chain
from okrsite.project.model import Link as Aligned
from okrsite.project.model import Objective
from okrsite.project.sorting import by_order
from okrsite.scores import ObjectiveFigures

_MOST_SHOWN = 10
"""So many of what supports an objective are shown with it; the tree of its cycle has all."""


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """An objective on the other end of a link; `to` are the key results that the link leads to."""

    objective: Objective
    figures: ObjectiveFigures
    to: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Supporters:
    """What aligns to an objective; `more` leads to the tree that shows the rest as well."""

    rows: tuple[AlignedRow, ...]
    more: Link | None


def aligned_to(context: PageContext, links: Iterable[Aligned]) -> tuple[AlignedRow, ...]:
    """Return what an objective's own links lead to, each objective once."""
    return tuple(_row(context, id, id, results) for id, results in _by_objective(links).items())


def rows_of(context: PageContext, ids: Iterable[str]) -> tuple[AlignedRow, ...]:
    """Return objectives by their ids."""
    return tuple(_row(context, id) for id in ids)


def chain_rows(context: PageContext, objective: Objective) -> tuple[AlignedRow, ...]:
    """Return what goes on from cycle to cycle, the objective itself among it; nothing where it is
    alone."""
    ids = chain(context.site.project.objectives, objective.id)
    return rows_of(context, ids) if len(ids) > 1 else ()


def supporters(context: PageContext, objective: Objective) -> Supporters:
    """Return what aligns to an objective, each once; drafts and cancelled ones come last."""
    found = _by_objective(objective.supported_by)
    objectives = context.site.project.objectives
    ordered = sorted(
        found, key=lambda id: (not objectives[id].active, by_order(objectives[id].page))
    )
    shown = ordered[:_MOST_SHOWN]
    rows = tuple(_row(context, id, objective.id, found[id]) for id in shown)
    return Supporters(rows, _more(context, objective, len(ordered) - len(shown)))


def _row(context: PageContext, id: str, of: str = "", results: Iterable[str] = ()) -> AlignedRow:
    site = context.site
    to = tuple(context.objective(of, result) for result in results)
    return AlignedRow(site.project.objectives[id], site.scorecard.objectives[id], to)


def _more(context: PageContext, objective: Objective, number: int) -> Link | None:
    if not number:
        return None
    tree = context.page("", f"alignment/{objective.cycle}.md").href
    text = context.say("and %(number)s more", number=context.words.number(number))
    return Link(escape(text), f"{tree}#{quote(anchor_in_tree(objective.id))}")


def _by_objective(links: Iterable[Aligned]) -> dict[str, list[str]]:
    """Return for each objective that links lead to or come from the key results they name."""
    found: dict[str, list[str]] = {}
    for link in links:
        named = found.setdefault(link.objective, [])
        if link.key_result is not None:
            named.append(link.key_result)
    return found
