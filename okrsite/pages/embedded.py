"""What is embedded in other pages: the answer to a block, a reference, a frame for another site."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from okrsite.embeds.answer import Answer
from okrsite.embeds.lists import Listed
from okrsite.embeds.query import Problem, Shape
from okrsite.language.inline import inline_without_links, plain
from okrsite.pages.check_ins import check_in_rows
from okrsite.pages.embed_addresses import frame_address
from okrsite.pages.parts import Link, ObjectiveRow, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Objective
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import Found, NameKind
from okrsite.scores.status import Health, Status

DEEPEST = 8
"""Objectives further down are shown at this depth: deeper ones leave no room for words."""


@dataclass(frozen=True, slots=True)
class Branch:
    """An objective in the tree: `opens` a list below it, and `closes` so many lists after it."""

    row: ObjectiveRow
    opens: bool
    closes: int


def branches(context: PageContext, objectives: Sequence[Objective]) -> tuple[Branch, ...]:
    """Put objectives under each other, each once, in the order they are given in.

    One that aligns to several appears under the first of them.
    """
    ordered = _ordered(context, objectives)
    depths = [min(depth, DEEPEST) for _, depth in ordered] + [0]
    return tuple(
        Branch(
            context.objective_row(objective),
            depths[position + 1] > depths[position],
            max(0, depths[position] - depths[position + 1]),
        )
        for position, (objective, _) in enumerate(ordered)
    )


def _ordered(context: PageContext, objectives: Sequence[Objective]) -> list[tuple[Objective, int]]:
    known = {objective.id: objective for objective in objectives}
    below: dict[str, list[Objective]] = {}
    roots: list[Objective] = []
    for objective in objectives:
        above = _above(context, objective, known)
        (below.setdefault(above, []) if above else roots).append(objective)
    ordered: list[tuple[Objective, int]] = []
    waiting = [(objective, 0) for objective in reversed(roots)]
    while waiting:
        objective, depth = waiting.pop()
        ordered.append((objective, depth))
        waiting += [(child, depth + 1) for child in reversed(below.get(objective.id, []))]
    return ordered


def _above(context: PageContext, objective: Objective, known: dict[str, Objective]) -> str | None:
    circles = context.site.project.circles
    return next(
        (
            link.objective
            for link in objective.aligns_to
            if link.objective in known and (objective.id, link.objective) not in circles
        ),
        None,
    )


@dataclass(frozen=True, slots=True)
class EmbeddedView:
    """The view of a block.

    `rows` are the items of the answer with their figures, or the branches of a tree. `cycle` is
    that of the scores of owners, None where it has no page. A column that would say the same in
    every row is left out: with `one_cycle` that of the cycles.
    """

    context: PageContext
    answer: Answer
    rows: tuple[Any, ...]
    cycle: Cycle | None
    one_cycle: bool


@dataclass(frozen=True, slots=True)
class NoticeView:
    """The errors of a block that cannot be answered.

    The lines are those of the file at `path`; without one the block isn't in a file.
    """

    problems: tuple[Problem, ...]
    path: str | None


def embedded_view(site: Site, address: str, answer: Answer) -> EmbeddedView:
    """Return the view of an answer for the page at an address."""
    context, query, cycle = PageContext(site, address), answer.query, answer.cycle
    if query.listed is not Listed.OWNERS or (cycle and cycle.id not in site.project.cycles):
        cycle = None
    cycles = query.wanted("cycle")
    return EmbeddedView(
        context=context,
        answer=answer,
        rows=tuple(_rows(context, answer)),
        cycle=cycle,
        one_cycle=cycles is not None and len(cycles) == 1,
    )


def _rows(context: PageContext, answer: Answer) -> list[Any] | tuple[Any, ...]:
    """Return the items of an answer with what is shown of them."""
    if answer.query.shape is Shape.TREE:
        return branches(context, answer.items)
    match answer.query.listed:
        case Listed.OBJECTIVES:
            return [context.objective_row(item) for item in answer.items]
        case Listed.KEY_RESULTS:
            return [context.result_row(item.objective, item.result) for item in answer.items]
        case Listed.KPIS:
            return [context.kpi_card(item) for item in answer.items]
        case Listed.OWNERS:
            return [context.owner_row(item.id, 0, answer.cycle) for item in answer.items]
        case Listed.CHECK_INS:
            return check_in_rows(context, answer.items)


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A link and a state; `words` is the text of the link where no link is possible."""

    link: Link
    state: Status | Health | None
    words: str


def reference_view(site: Site, address: str, named: Found, words: str | None) -> ReferenceView:
    """Return the view of a reference; `words` take the place of its title."""
    title, target, state = _target(site, named)
    text = escape(words) if words else inline_without_links(title)
    href = PageContext(site, address).href(target)
    return ReferenceView(Link(text, href), state, words or plain(title))


def _target(site: Site, named: Found) -> tuple[str, str, Status | Health | None]:
    """Return the title, the address and the state of what is named."""
    project, id = site.project, named.id
    if named.kind is NameKind.OBJECTIVE and id in project.objectives:
        return _objective(site, named)
    if named.kind is NameKind.KPI and id in project.kpis:
        health = site.scorecard.kpis[id].health
        return project.kpis[id].page.title, site.address_of_kpi(id), health
    if named.kind is NameKind.OWNER and id in project.owners:
        status = _in_cycle(site, id, site.home_cycle)
        return project.owners[id].title, site.address_of_owner(id), status
    if named.kind is NameKind.CYCLE and id in project.cycles:
        status = _in_cycle(site, site.company.id, project.cycles[id])
        return project.cycles[id].title, site.address_of_cycle(id), status
    if named.kind is NameKind.PILLAR and id in project.pillars:
        found = project.pillars[id].page
        return found.title, site.addresses.page(found.uri), None
    page = next(document.page for document in project.broken if document.page.id == id)
    return page.title, site.addresses.page(page.uri), None


def _objective(site: Site, named: Found) -> tuple[str, str, Status | None]:
    objective, figures = site.project.objectives[named.id], site.scorecard.objectives[named.id]
    address = site.address_of_objective(named.id, named.key_result)
    for result in objective.key_results:
        if result.id == named.key_result:
            status = figures.key_results[result.id].status if objective.active else figures.status
            return result.title, address, status
    return objective.page.title, address, figures.status


def _in_cycle(site: Site, owner: str, cycle: Cycle | None) -> Status | None:
    figures = site.figures_of(owner, cycle)
    return figures.status if figures else None


@dataclass(frozen=True, slots=True)
class FrameView:
    """An objective in a frame on another site: all that matters, without header and navigation."""

    context: PageContext
    row: ObjectiveRow


def frame_view(site: Site, id: str) -> FrameView:
    """Return the frame of an objective."""
    context = PageContext(site, frame_address(id) or "")
    return FrameView(context, context.objective_row(site.project.objectives[id]))
