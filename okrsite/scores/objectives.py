"""Scores of objectives on any day; with roll-ups they depend on each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from okrsite.project.model import KeyResult, Objective, Project
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import RollUp
from okrsite.scores.arithmetic import weighted_mean
from okrsite.scores.kinds import scoring_of
from okrsite.scores.kinds.base import Evaluation


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of an objective on a day, and the evaluations of its key results."""

    computed: float | None
    score: float | None
    results: Mapping[str, Evaluation]


class Scores:
    """Scores on any day; each is computed once, however many objectives depend on it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._known: dict[tuple[str, date], Scored] = {}
        self._supporters = _supporters(project)

    def at(self, id: str, day: date) -> Scored:
        """Return the scores of an objective on a day.

        A roll-up needs other objectives first. They may form a chain as long as there are
        objectives, so the ones that wait are kept on a stack of our own.
        """
        waiting = [self._key(id, day)]
        while waiting:
            key = waiting[-1]
            if key in self._known:
                waiting.pop()
                continue
            missing = [need for need in self._needs(*key) if need not in self._known]
            if missing:
                waiting += missing
            else:
                self._known[key] = self._score(*key)
                waiting.pop()
        return self._known[self._key(id, day)]

    def mean_at(self, ids: Iterable[str], day: date) -> float | None:
        """Return the weighted mean of the scores that objectives have on a day."""
        known = [(self.project.objectives[id].weight.value, self.at(id, day).score) for id in ids]
        return weighted_mean((weight, score) for weight, score in known if score is not None)

    def supporters(self, id: str, key_result: str | None = None) -> list[str]:
        """List the active objectives that align to an objective, or to one of its key results."""
        links = self._supporters.get(id, ())
        return list(
            dict.fromkeys(o for o, result in links if key_result is None or result == key_result)
        )

    def aligned_scores(self, result: KeyResult, day: date) -> list[tuple[Objective, float]]:
        """List the objectives that align to a key result and have a score on a day."""
        found = []
        for id in self.supporters(result.objective, result.id):
            score = self.at(id, day).score
            if score is not None:
                found.append((self.project.objectives[id], score))
        return found

    def _key(self, id: str, day: date) -> tuple[str, date]:
        return id, min(day, self._cycle(id).closing_day)

    def _cycle(self, id: str) -> Cycle:
        return self.project.cycles[self.project.objectives[id].cycle]

    def _needs(self, id: str, day: date) -> list[tuple[str, date]]:
        results = self.project.objectives[id].key_results
        return [
            self._key(child, day)
            for result in results
            if isinstance(result.measure, RollUp)
            for child in self.supporters(id, result.id)
        ]

    def _score(self, id: str, day: date) -> Scored:
        objective, cycle = self.project.objectives[id], self._cycle(id)
        results = {
            result.id: scoring_of(result, cycle, self).evaluate(day)
            for result in objective.key_results
        }
        total = weighted_mean(
            (result.weight.value, result.graded(results[result.id].score) or 0.0)
            for result in objective.counting
        )
        return Scored(total, objective.grade.score if objective.grade else total, results)


def _supporters(project: Project) -> dict[str, tuple[tuple[str, str | None], ...]]:
    """Return who aligns to each objective, without drafts, cancelled ones and circles."""
    return {
        objective.id: tuple(
            (link.objective, link.key_result)
            for link in objective.supported_by
            if project.objectives[link.objective].active
            and (link.objective, objective.id) not in project.circles
        )
        for objective in project.objectives.values()
        if objective.supported_by
    }
