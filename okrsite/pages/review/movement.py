"""How far scores have moved since the last review: in a week, or in the cadence of check-ins."""

from dataclasses import dataclass
from datetime import date, timedelta

from okrsite.pages.site import Site
from okrsite.project.model import KeyResult, Objective
from okrsite.scores import OwnerFigures, Scores

WEEK = 7


@dataclass(frozen=True, slots=True)
class Movement:
    """How far a score has moved in so many days."""

    change: float
    days: int


class Movements:
    """The scores some days earlier than those of a site; each is computed once for all decks."""

    def __init__(self, site: Site, earlier: Scores) -> None:
        self._site = site
        self._earlier = earlier

    def of_objective(self, objective: Objective, days: int | None = None) -> Movement | None:
        """Return how an objective has moved in one period of its check-ins, or in so many days.

        None for one that does not count, had not begun then, or was closed before.
        """
        figures = self._site.scorecard.objectives[objective.id]
        days = figures.due_days if days is None else days
        day = self._day(objective, days)
        if day is None or figures.graded:
            return None
        return self._moved(figures.score, self._earlier.at(objective.id, day).score, days)

    def of_result(self, objective: Objective, result: KeyResult) -> Movement | None:
        """Return how a key result has moved in a period of check-ins; None if it cannot be told."""
        figures = self._site.scorecard.objectives[objective.id]
        day, now = self._day(objective, figures.due_days), figures.key_results[result.id]
        if day is None or now.graded:
            return None
        before = self._earlier.at(objective.id, day).results[result.id].score
        return self._moved(now.score, before, figures.due_days)

    def of_owner(self, figures: OwnerFigures, cycle: str) -> Movement | None:
        """Return how an owner's score in a cycle has moved in a week."""
        day = self._back(cycle, WEEK)
        if day is None:
            return None
        return self._moved(figures.score, self._earlier.mean_at(figures.objectives, day), WEEK)

    def _day(self, objective: Objective, days: int) -> date | None:
        return self._back(objective.cycle, days) if objective.active else None

    def _back(self, cycle: str, days: int) -> date | None:
        """Return the day so many days ago, if the cycle was open then."""
        day = self._site.as_of - timedelta(days=days)
        found = self._site.project.cycles[cycle]
        return day if found.start <= day <= found.closing_day else None

    def _moved(self, now: float | None, before: float | None, days: int) -> Movement | None:
        if now is None or before is None:
            return None
        return Movement(self._site.words.difference(now, before), days)
