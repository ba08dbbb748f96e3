"""What was carried on into another cycle, and what was not."""

from collections.abc import Sequence
from dataclasses import dataclass

from okrsite.pages.parts import Link, Mark, PageContext
from okrsite.project.model import Objective
from okrsite.project.model.cycles import Cycle
from okrsite.scores.status import Status


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """An objective and where it goes on: the first that follows it, its owners and its cycle."""

    link: Link
    owners: tuple[Link, ...]
    score: str
    status: Mark | None
    following: Link | None
    following_cycle: Link | None
    following_owners: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes on, and what does not although it was not achieved; `said` counts both."""

    said: str
    on: tuple[CarriedRow, ...]
    left: tuple[CarriedRow, ...]


def carried_of(context: PageContext, cycle: Cycle, objectives: Sequence[Objective]) -> Carried:
    """Say which of a closed cycle's active objectives go on in another cycle."""
    figures = context.site.scorecard.objectives
    on = [o for o in objectives if o.continued_by]
    left = [
        o for o in objectives if not o.continued_by and figures[o.id].status is not Status.ACHIEVED
    ]
    return Carried(
        said=context.say(
            "%(on)s of %(all)s carried on; %(left)s neither achieved nor carried on",
            on=context.words.number(len(on)),
            all=context.words.number(len(objectives)),
            left=context.words.number(len(left)),
        ),
        on=tuple(_row(context, objective) for objective in on),
        left=tuple(_row(context, objective) for objective in left),
    )


def _row(context: PageContext, objective: Objective) -> CarriedRow:
    project, figures = context.site.project, context.site.scorecard.objectives[objective.id]
    next_one = project.objectives[objective.continued_by[0]] if objective.continued_by else None
    others = next_one is not None and next_one.owners != objective.owners
    return CarriedRow(
        link=context.objective(objective.id),
        owners=context.owners(objective.owners),
        score=context.words.score(figures.score),
        status=context.status(figures.status),
        following=context.objective(next_one.id) if next_one else None,
        following_cycle=context.cycle(project.cycles[next_one.cycle]) if next_one else None,
        following_owners=context.owners(next_one.owners) if next_one and others else (),
    )
