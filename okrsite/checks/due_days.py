"""The due days of objectives: of their key results, milestones and initiatives."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from okrsite.documents.values import InitiativeStatus
from okrsite.project.model import KeyResult, Objective
from okrsite.project.model.measures import Milestones

_ENDED = (InitiativeStatus.DONE, InitiativeStatus.DROPPED)


class DueKind(StrEnum):
    """What is due."""

    KEY_RESULT = "key_result"
    MILESTONE = "milestone"
    INITIATIVE = "initiative"


@dataclass(frozen=True, slots=True)
class DueDay:
    """Something that is due on a day: of an objective, perhaps for a key result, of some owners."""

    day: date
    kind: DueKind
    title: str
    objective: str
    key_result: str | None
    owners: tuple[str, ...]


def due_days(objectives: Iterable[Objective], as_of: date) -> tuple[DueDay, ...]:
    """Return what is due and not done, by day, those of one day as they are listed."""
    found = (due for objective in objectives for due in _of_objective(objective, as_of))
    return tuple(sorted(found, key=lambda due: due.day))


def _of_objective(objective: Objective, as_of: date) -> Iterator[DueDay]:
    for result in objective.counting:
        yield from _of_result(objective, result, as_of)
    for one in objective.initiatives:
        if one.due is not None and one.status not in _ENDED:
            owners, kind = one.owners or objective.owners, DueKind.INITIATIVE
            yield DueDay(one.due, kind, one.title, objective.id, one.key_result, owners)


def _of_result(objective: Objective, result: KeyResult, as_of: date) -> Iterator[DueDay]:
    owners = result.owners or objective.owners
    measure = result.measure if isinstance(result.measure, Milestones) else None
    if result.due is not None and not (measure and measure.done_by(as_of)):
        kind = DueKind.KEY_RESULT
        yield DueDay(result.due, kind, result.title, objective.id, result.id, owners)
    for one in measure.milestones if measure and not measure.single else ():
        if one.due is not None and not one.done_by(as_of):
            yield DueDay(one.due, DueKind.MILESTONE, one.title, objective.id, result.id, owners)
