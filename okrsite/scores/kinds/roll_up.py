"""Roll-ups: the score is the weighted mean of those of the objectives that align to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from okrsite.project.model import Objective, Reading
from okrsite.project.model.cycles import LONGEST_QUARTER
from okrsite.project.model.measures import RollUp
from okrsite.scores.arithmetic import weighted_mean
from okrsite.scores.kinds.base import Evaluation, KeyResultScoring
from okrsite.scores.terms import Explanation, explain_mean

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
            return Explanation(words.say("No scored objective aligns to it yet."))
        formula = words.say("Σ weight × score / Σ weight, over the supporting objectives")
        parts = ((o.page.title, o.weight.value, score, o.page.line("weight")) for o, score in found)
        return explain_mean(words, formula, parts)
