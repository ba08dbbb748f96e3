"""Roll-ups: the score is the weighted mean of those of the objectives that align to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from okrsite.language.inline import plain
from okrsite.project.model import Objective, Reading
from okrsite.project.model.cycles import LONGEST_QUARTER
from okrsite.project.model.measures import RollUp
from okrsite.scores.arithmetic import weighted_mean
from okrsite.scores.kinds.base import Evaluation, KeyResultScoring
from okrsite.scores.terms import Explanation, Term, mean, weighted

if TYPE_CHECKING:  # words need Babel, which figures do without
    from okrsite.language.wording import Words


class RollUpScoring(KeyResultScoring[RollUp]):
    """The score is the mean of other scores, and there is none without these."""

    def evaluate_readings(self, readings: tuple[Reading, ...], day: date) -> Evaluation:
        """Return the weighted mean of the scores of the objectives that align to it."""
        score = weighted_mean((o.weight.value, score) for o, score in self._aligned(day))
        return Evaluation(readings, self.last_value(readings), score)

    def _aligned(self, day: date) -> list[tuple[Objective, float]]:
        return self.aligned.aligned_scores(self.result, day) if self.aligned else []

    def days_of_change(self, evaluation: Evaluation, last: date) -> set[date]:
        """Return two days a month, or one in a long cycle: the objectives may change on any day."""
        days = super().days_of_change(evaluation, last)
        if self.aligned and self.aligned.supporters(self.result.objective, self.result.id):
            step = timedelta(days=14 if self.cycle.days <= LONGEST_QUARTER else 31)
            while last >= self.cycle.start:
                days.add(last)
                last -= step
        return days

    def explain_score(self, words: Words, evaluation: Evaluation, day: date) -> Explanation:
        """Explain the score by those of the objectives."""
        found = self._aligned(day)
        if not found:
            return Explanation(words.say("No objective with a score aligns to it yet."))
        pairs = [(objective.weight.value, score) for objective, score in found]
        terms = (
            Term(plain(o.page.title), weighted(words, *pair), o.page.line("weight"))
            for (o, _), pair in zip(found, pairs, strict=True)
        )
        formula = words.say("Σ weight × score / Σ weight, over the objectives that align to it")
        return Explanation(formula, mean(words, pairs), tuple(terms))
