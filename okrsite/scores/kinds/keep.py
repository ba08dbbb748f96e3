"""Ranges to stay in: the score is the share of the readings that are inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from okrsite.i18n import message
from okrsite.project.model import Reading
from okrsite.project.model.measures import Keep, Range
from okrsite.scores.arithmetic import MOST_STEPS, downsample
from okrsite.scores.kinds.base import DatedStep, Evaluation, KeyResultScoring, KeyResultSeries, Line
from okrsite.scores.status import Status
from okrsite.scores.terms import Expectation, Explanation, Term, range_in_words
from okrsite.settings import Thresholds

if TYPE_CHECKING:  # words need Babel, which figures do without
    from okrsite.language.wording import Words

_MOST_READINGS = 12
"""Of more readings than this, only those outside the range are listed."""


def range_share(values: Sequence[float], range_: Range) -> float:
    """Return the share of values inside a range; there is at least one."""
    return sum(range_.holds(value) for value in values) / len(values)


class KeepScoring(KeyResultScoring[Keep]):
    """The score is the share of the readings in the range, expected in full from the first on."""

    def evaluate_readings(self, readings: tuple[Reading, ...], day: date) -> Evaluation:
        """Return the share of the readings that are inside."""
        value, score = self.last_value(readings), None
        if value is not None:
            values = [reading.value for reading in readings]
            score = range_share(values or [value], self.measure.range)
        return Evaluation(readings, value, score)

    def expected_on(self, day: date, goal: float, start: float | None, begun: bool) -> float:
        """Return 1 once there is a value: a range is held or not, and never makes up for others."""
        return 1.0 if begun else 0.0

    def expected_line(self, goal: float, start: float | None) -> Line:
        """Return no line: the range itself is what is expected."""
        return ()

    def over_time(self, evaluation: Evaluation, as_of: date, goal: float | None) -> KeyResultSeries:
        """Return the share of the readings that were inside, after each of them."""
        steps, inside = [], 0
        for number, reading in enumerate(evaluation.readings, 1):
            inside += self.measure.range.holds(reading.value)
            steps.append(DatedStep(reading.date, reading.value, reading.value, inside / number))
        shown = downsample(steps, MOST_STEPS, lambda step: step.value or 0.0)
        return KeyResultSeries(tuple(shown), in_scores=False, whole=len(steps))

    def status_when_open(
        self, score: float | None, pace: float, value: float | None, limits: Thresholds
    ) -> Status:
        """Return the status by the last value."""
        if value is None:
            return Status.NOT_STARTED
        return Status.ON_TRACK if self.measure.range.holds(value) else Status.OFF_TRACK

    def explain_status(self, words: Words, evaluation: Evaluation) -> Term | None:
        """Return the last reading compared with the range."""
        name, value, range_ = words.say("Last reading"), evaluation.value, self.measure.range
        if value is None:
            return Term(name, words.say("none yet: not started"), None)
        text = message("%(value)s: on track, inside %(range)s")
        if not range_.holds(value):
            text = message("%(value)s: off track, outside %(range)s")
        unit, readings = self.result.unit, evaluation.readings
        return Term(
            name,
            words.say(
                text, value=words.exact(value, unit), range=range_in_words(words, range_, unit)
            ),
            readings[-1].place if readings else range_.place,
        )

    def explain_score(self, words: Words, evaluation: Evaluation, day: date) -> Explanation:
        """Explain which readings are inside."""
        range_, readings = self.measure.range, evaluation.readings
        if evaluation.value is None:
            return super().explain_score(words, evaluation, day)
        shown = range_in_words(words, range_, self.result.unit)
        terms = [Term(words.say("Range"), shown, range_.place)]
        last = self.value_terms(words, readings)
        if not readings:
            formula = words.say("1 inside the range, 0 outside")
            return Explanation(formula, terms=(*terms, *last))
        earlier = readings[:-1]
        if len(earlier) >= _MOST_READINGS:
            earlier = tuple(reading for reading in earlier if not range_.holds(reading.value))
        for reading in earlier[-_MOST_READINGS:]:
            day_read = words.short_day(reading.date)
            terms.append(Term(day_read, self._compared(words, reading.value), reading.place))
        terms += [replace(term, value=self._compared(words, readings[-1].value)) for term in last]
        inside = sum(range_.holds(reading.value) for reading in readings)
        formula = words.say("Readings inside the range / readings")
        return Explanation(formula, f"{inside} / {len(readings)}", tuple(terms))

    def _compared(self, words: Words, value: float) -> str:
        shown = words.exact(value, self.result.unit)
        if self.measure.range.holds(value):
            return shown
        return words.say("%(value)s, outside", value=shown)

    def explain_expected(
        self, words: Words, evaluation: Evaluation, expectation: Expectation
    ) -> Explanation:
        """Explain that the goal counts from the first reading on."""
        if evaluation.value is None:
            return Explanation(words.say("0 before the first reading in the cycle"))
        return Explanation(words.say("1 from the first reading in the cycle"))
