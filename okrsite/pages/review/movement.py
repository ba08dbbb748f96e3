"""How far scores have moved since the last review: in a week, or the rhythm of check-ins."""

from dataclasses import dataclass
from datetime import date, timedelta

from okrsite.pages.parts import PageContext
from okrsite.project.model import KeyResult, Objective
from okrsite.scores import OwnerFigures, Scores

WEEK = 7


@dataclass(frozen=True, slots=True)
class Moved:
    """How a score has changed: `way` is up, down or same; `change` with its sign."""

    way: str
    change: str
    text: str


class Movements:
    """The scores of one build some days earlier; each is worked out once for all decks."""

    def __init__(self, context: PageContext, earlier: Scores) -> None:
        self._context = context
        self._earlier = earlier

    def of_objective(self, objective: Objective, days: int | None = None) -> Moved | None:
        """Say how an objective has moved in one period of its check-ins, or in so many days.

        There is nothing to say of one that does not count, had not begun then, or was closed
        before.
        """
        figures = self._context.site.scorecard.objectives[objective.id]
        days = figures.due_days if days is None else days
        day = self._day(objective, days)
        if day is None or figures.graded:
            return None
        return self._moved(figures.score, self._earlier.at(objective.id, day).score, days)

    def of_result(self, objective: Objective, result: KeyResult) -> str | None:
        """Say how a key result's score has moved in a period of check-ins; None if it has not."""
        figures = self._context.site.scorecard.objectives[objective.id]
        day = self._day(objective, figures.due_days)
        if day is None or figures.key_results[result.id].graded:
            return None
        now = figures.key_results[result.id].score
        before = self._earlier.at(objective.id, day).results[result.id].score
        if now is None or before is None:
            return None
        difference = self._context.words.difference(now, before)
        return self._context.words.change(difference) if difference else None

    def of_owner(self, figures: OwnerFigures, cycle: str) -> Moved | None:
        """Say how an owner's score in a cycle has moved in a week."""
        day = self._back(cycle, WEEK)
        if day is None:
            return None
        return self._moved(figures.score, self._earlier.mean_at(figures.objectives, day), WEEK)

    def _day(self, objective: Objective, days: int) -> date | None:
        return self._back(objective.cycle, days) if objective.active else None

    def _back(self, cycle: str, days: int) -> date | None:
        """Return the day so many days ago, if the cycle was open then."""
        day = self._context.site.as_of - timedelta(days=days)
        found = self._context.site.project.cycles[cycle]
        return day if found.start <= day <= found.closing_day else None

    def _moved(self, now: float | None, before: float | None, days: int) -> Moved | None:
        if now is None or before is None:
            return None
        words = self._context.words
        difference = words.difference(now, before)
        if not difference:
            text = words.count(
                "unchanged in %(number)s day", "unchanged in %(number)s days", days
            )  # fmt: skip
            return Moved("same", "", text)
        change = words.change(difference)
        said = words.count("in %(number)s day", "in %(number)s days", days)
        return Moved("up" if difference > 0 else "down", change, f"{change} {said}")
