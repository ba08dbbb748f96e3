"""What an objective serves, and what serves it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote

from markupsafe import Markup, escape

from okrsite.pages.alignment import anchor_in_tree
from okrsite.pages.parts import Desk, Link, Mark
from okrsite.project.continuations import chain
from okrsite.project.model import Link as Aligned
from okrsite.project.model import Objective
from okrsite.project.model.cycles import State
from okrsite.project.sorting import by_order

_MOST_SHOWN = 10
"""So many of what supports an objective are shown with it; the tree of its cycle has all."""


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """An objective on the other end of a link; `to` are the key results that the link leads to.

    `cycle` is None where it is the same as that of the objective whose page it is. What does not
    `count` is a draft or cancelled.
    """

    mark: Mark | None
    link: Link
    to: tuple[Link, ...]
    owners: tuple[Link, ...]
    cycle: Link | None
    score: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Supporters:
    """What aligns to an objective; `more` leads to the tree that shows the rest as well."""

    rows: tuple[AlignedRow, ...]
    more: Link | None


def aligned(
    desk: Desk, id: str, to: Iterable[Link] = (), near: Objective | None = None
) -> AlignedRow:
    """Show the other end of a link, on the page of the objective that is `near`."""
    objective = desk.site.project.objectives[id]
    figures = desk.site.scorecard.objectives[id]
    same = near is not None and near.cycle == objective.cycle
    return AlignedRow(
        mark=desk.status(figures.status),
        link=desk.objective(id),
        to=tuple(to),
        owners=desk.owners(objective.owners),
        cycle=None if same else desk.cycle(desk.site.project.cycles[objective.cycle]),
        score=desk.words.score(figures.score),
        counts=objective.active,
    )


def aligned_to(
    desk: Desk, objective: Objective, links: Iterable[Aligned]
) -> tuple[AlignedRow, ...]:
    """Show what an objective's own links lead to, each objective once."""
    return tuple(
        aligned(desk, id, [desk.objective(id, result) for result in results], objective)
        for id, results in _by_objective(links).items()
    )


def chain_rows(desk: Desk, objective: Objective) -> tuple[AlignedRow, ...]:
    """Show what goes on from cycle to cycle, the objective itself among it; nothing where it is
    alone. Its own name leads nowhere: this is its page."""
    ids = chain(desk.site.project.objectives, objective.id)
    if len(ids) == 1:
        return ()
    rows = (aligned(desk, id) for id in ids)
    return tuple(
        replace(row, link=Link(row.link.text, None)) if id == objective.id else row
        for id, row in zip(ids, rows, strict=True)
    )


def supporters(desk: Desk, objective: Objective) -> Supporters:
    """Show what aligns to an objective, each once: what counts before drafts and cancelled ones."""
    found = _by_objective(objective.supported_by)
    objectives = desk.site.project.objectives
    ordered = sorted(
        found, key=lambda id: (not objectives[id].active, by_order(objectives[id].page))
    )
    rows = tuple(
        aligned(desk, id, [desk.objective(objective.id, r) for r in found[id]], objective)
        for id in ordered[:_MOST_SHOWN]
    )
    return Supporters(rows, _more(desk, objective, len(ordered) - len(rows)))


def _more(desk: Desk, objective: Objective, number: int) -> Link | None:
    if not number:
        return None
    tree = desk.page("", f"alignment/{objective.cycle}.md").href
    text = desk.say("and %(number)s more", number=desk.words.number(number))
    return Link(escape(text), f"{tree}#{quote(anchor_in_tree(objective.id))}")


def _by_objective(links: Iterable[Aligned]) -> dict[str, list[str]]:
    """Return for each objective that links lead to or come from the key results they name."""
    found: dict[str, list[str]] = {}
    for link in links:
        named = found.setdefault(link.objective, [])
        if link.key_result is not None:
            named.append(link.key_result)
    return found


def anchor_of(link: Link) -> Markup:
    """Write a link as HTML, for a value that is one."""
    return Markup('<a href="%s">%s</a>') % (link.href, link.text) if link.href else link.text


def graded(desk: Desk, computed: float | None, by_hand: bool) -> str | None:
    """Say what a score given by hand would be if it were computed."""
    if not by_hand:
        return None
    return desk.say("graded by hand, computed %(score)s", score=desk.words.score(computed))


def is_closed(desk: Desk, objective: Objective) -> bool:
    """Whether an objective's cycle is closed on the day of the site."""
    return desk.site.project.cycles[objective.cycle].state(desk.site.as_of) is State.CLOSED
