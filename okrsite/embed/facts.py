"""What a block is answered from."""

from dataclasses import dataclass

from okrsite.cycles import Cycle
from okrsite.model import KeyResult, Objective, Owner, Project
from okrsite.scorecard import OwnerFigures, Scorecard


@dataclass(frozen=True, slots=True)
class ResultItem:
    """A key result with its objective."""

    objective: Objective
    result: KeyResult


@dataclass(frozen=True, slots=True)
class Facts:
    """What a block is answered from: the published project with its figures.

    `cycle` is the one whose scores of owners are asked for.
    """

    project: Project
    scorecard: Scorecard
    cycle: Cycle | None

    def owner(self, owner: Owner) -> OwnerFigures | None:
        """Give the figures of an owner in the cycle that is asked for."""
        if self.cycle is None:
            return None
        return self.scorecard.owners.get(owner.id, {}).get(self.cycle.id)
