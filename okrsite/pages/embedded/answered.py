"""The answer to a block, as a table, as cards or as a tree; or why there is none."""

from dataclasses import dataclass
from typing import Any

from okrsite.embeds.answer import Answer
from okrsite.embeds.lists import Listed
from okrsite.embeds.query import Problem, Shape
from okrsite.pages.embedded.tree import branches
from okrsite.pages.objective import check_in_rows
from okrsite.pages.parts import PageContext
from okrsite.pages.site import Site
from okrsite.project.model.cycles import Cycle


@dataclass(frozen=True, slots=True)
class EmbeddedView:
    """What is shown at the place of a block.

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
    """What is wrong in a block that cannot be answered.

    The lines are those of the file at `path`; without one the block does not stand in a file.
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
            objectives = context.site.project.objectives
            return [
                row
                for item in answer.items
                for row in check_in_rows(context, objectives[item.objective], [item])
            ]
