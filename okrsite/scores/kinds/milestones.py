"""Milestones: the score is the weighted share of what is done, expected by what is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from okrsite.i18n import message
from okrsite.language.inline import plain
from okrsite.project.model import Reading
from okrsite.project.model.measures import Milestone, Milestones
from okrsite.scores.arithmetic import weighted_mean
from okrsite.scores.kinds.base import Evaluation, KeyResultScoring, Line
from okrsite.scores.terms import Expectation, Explanation, Term, explain_mean

if TYPE_CHECKING:  # words need Babel, which figures do without
    from okrsite.language.wording import Words


def milestone_share(milestones: Sequence[Milestone], day: date) -> float | None:
    """Return the weighted share of milestones that are done on a day."""
    return weighted_mean((m.weight, _progress(m, day)) for m in milestones)


def _progress(milestone: Milestone, day: date) -> float:
    """Return how much of a milestone is done on a day: 1, its progress, or 0."""
    return 1.0 if milestone.done_by(day) else milestone.progress or 0.0


class MilestonesScoring(KeyResultScoring[Milestones]):
    """The score is the share that is done; a single milestone takes the share stated last too."""

    def evaluate_readings(self, readings: tuple[Reading, ...], day: date) -> Evaluation:
        """Return the share of the milestones that is done."""
        value = self.last_value(readings)
        if not self.measure.single:
            score = milestone_share(self.measure.milestones, day)
        elif self.measure.done_by(day):
            score = 1.0
        elif value is None and self.measure.milestones[0].done is not None:
            score = 0.0
        else:
            score = value
        return Evaluation(readings, value, score)

    def expected_on(self, day: date, goal: float, start: float | None, begun: bool) -> float:
        """Return the share of the goal that is due."""
        milestones = self.measure.milestones
        due = sum(m.weight * self._due_share(m, day) for m in milestones)
        return goal * (due / sum(m.weight for m in milestones))

    def _due_share(self, milestone: Milestone, day: date) -> float:
        """Return how much of a milestone is due on a day: without a day of its own it is expected
        over the second half of the cycle."""
        due = self._due(milestone)
        return max(0.0, 2 * self.cycle.elapsed(day) - 1) if due is None else float(due <= day)

    def _due(self, milestone: Milestone) -> date | None:
        return milestone.due or self.result.due

    def silent(self, evaluation: Evaluation, day: date) -> bool:
        """Whether no milestone has a day, and none is done or has progress."""
        return evaluation.value is None and not any(
            self._due(m) or m.done_by(day) or m.progress is not None
            for m in self.measure.milestones
        )

    def expected_line(self, goal: float, start: float | None) -> Line:
        """Return the share of the goal that is due, at each day on which something is."""
        cycle = self.cycle
        due = {self._due(milestone) for milestone in self.measure.milestones}
        days = {cycle.start, cycle.end}
        days |= {day for day in due if day is not None and day > cycle.start}
        if None in due:
            days.add(cycle.start + timedelta(days=max(cycle.days // 2 - 1, 0)))
        return tuple((day, self.expected_on(day, goal, start, True)) for day in sorted(days))

    def days_of_change(self, evaluation: Evaluation, last: date) -> set[date]:
        """Return the days of readings and of what was done, between the first and the last day."""
        days = super().days_of_change(evaluation, last)
        days |= {day for day in self.measure.days_done if day <= last}
        if days or not self.measure.single:
            days |= {self.cycle.start, last}
        return days

    def explain_score(self, words: Words, evaluation: Evaluation, day: date) -> Explanation:
        """Explain what is done of each milestone."""
        milestones = self.measure.milestones
        if not self.measure.single:
            formula = words.say("Σ weight × done / Σ weight, over the milestones")
            parts = ((m.title, m.weight, _progress(m, day), m.place) for m in milestones)
            return explain_mean(words, formula, parts)
        if self.measure.done_by(day):
            done = Term(words.say("Done"), words.say("yes"), milestones[0].place)
            return Explanation(words.say("1 once it is done"), terms=(done,))
        if evaluation.value is None and evaluation.score is not None:
            return Explanation(words.say("0 until it is done"))
        return super().explain_score(words, evaluation, day)

    def explain_expected(
        self, words: Words, evaluation: Evaluation, expectation: Expectation
    ) -> Explanation:
        """Explain which milestones are due."""
        day, terms, undated = expectation.day, [], False
        for milestone in self.measure.milestones:
            until, weight = self._due(milestone), words.exact(milestone.weight)
            if until is None:
                share = words.exact(self._due_share(milestone, day))
                text = message("%(weight)s, %(share)s expected by now, no due date")
                shown, undated = words.say(text, weight=weight, share=share), True
            else:
                text = message("%(weight)s, due on %(day)s")
                if until > day:
                    text = message("%(weight)s, not due until %(day)s")
                shown = words.say(text, weight=weight, day=words.short_day(until))
            title = plain(milestone.title or self.result.title)
            terms.append(Term(title, shown, milestone.place))
        due = sum(m.weight * self._due_share(m, day) for m in self.measure.milestones)
        total = sum(milestone.weight for milestone in self.measure.milestones)
        numbers = f"{words.exact(due)} / {words.exact(total)} × {expectation.goal.value}"
        formula = words.say("Weight due / total weight × goal")
        note = None
        if undated:
            note = words.say(
                "Milestones without a date are expected over the second half of the cycle."
            )
        return Explanation(formula, numbers, (*terms, expectation.goal), note)
