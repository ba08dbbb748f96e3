"""The objectives of an answer under each other, by what they align to within the answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from okrsite.pages.parts import ObjectiveRow, PageContext
from okrsite.project.model import Objective

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

    One that aligns to several stands under the first of them.
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
