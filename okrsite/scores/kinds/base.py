"""What every kind of key result answers, and the answers that most kinds share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from okrsite.project.model import KeyResult, Objective, Reading
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import MeasureOfKind
from okrsite.project.model.readings import series
from okrsite.scores.arithmetic import MOST_STEPS, downsample
from okrsite.scores.forecast import Forecast
from okrsite.scores.status import Status, expectation_day, when_open
from okrsite.scores.terms import Expectation, Explanation, Term, explain_elapsed
from okrsite.settings import Thresholds

if TYPE_CHECKING:  # words need Babel, which figures do without
    from okrsite.language.wording import Words

M = TypeVar("M", bound=MeasureOfKind)

Line = tuple[tuple[date, float], ...]
"""The points of a line."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a key result is worth on a day, before any grade.

    `readings` are those that count; `start` is where a metric began; `raw` is the score before it
    is held between 0 and 1. `value` is in the key result's unit.
    """

    readings: tuple[Reading, ...]
    value: float | None
    score: float | None
    start: float | None = None
    raw: float | None = None


@dataclass(frozen=True, slots=True)
class DatedStep:
    """A day on which something was read or done.

    `reading` is what was read, `value` what the readings make together so far, in the key result's
    unit; `score` is what that was worth.
    """

    day: date
    reading: float | None
    value: float | None
    score: float | None


@dataclass(frozen=True, slots=True)
class KeyResultSeries:
    """A key result over its cycle.

    `in_scores` tells whether it is drawn as scores, because a value alone says too little, and
    `expected` are the points of the expected line, as values or scores accordingly. `whole` is the
    number of steps before downsampling, `forecast` where the values lead at this pace, `start`
    where a metric began.
    """

    steps: Sequence[DatedStep] = ()
    in_scores: bool = True
    expected: Line = ()
    whole: int = 0
    forecast: Forecast | None = None
    start: float | None = None

    def begun_by(self, day: date) -> bool:
        """Whether there was a value on a day."""
        return bool(self.steps) and self.steps[0].day <= day

    def score_on(self, day: date) -> float | None:
        """Return the score that was known on a day."""
        at = bisect_right(self.steps, day, key=lambda step: step.day)
        return self.steps[at - 1].score if at else None


class AlignedScores(Protocol):
    """Scores of the objectives that align to a key result."""

    def supporters(self, id: str, key_result: str | None = None) -> list[str]:
        """List the active objectives that align to an objective, or to one of its key results."""

    def aligned_scores(self, result: KeyResult, day: date) -> list[tuple[Objective, float]]:
        """List the objectives that align to a key result and have a score on a day."""


@dataclass(frozen=True, slots=True)
class KeyResultScoring(ABC, Generic[M]):
    """How one key result is scored in its cycle; each kind overrides what it does differently.

    With nothing but `score` the score is a share, and expected to grow with the days. A roll-up
    has no score without those that are `aligned`.
    """

    result: KeyResult
    measure: M
    cycle: Cycle
    aligned: AlignedScores | None

    def evaluate(self, day: date) -> Evaluation:
        """Return what the key result is worth on a day."""
        day = min(day, self.cycle.closing_day)
        return self.evaluate_readings(
            tuple(series(self.result.readings, self.cycle.start, day)), day
        )

    @abstractmethod
    def evaluate_readings(self, readings: tuple[Reading, ...], day: date) -> Evaluation:
        """Return what the readings of the cycle up to a day are worth."""

    def last_value(self, readings: Sequence[Reading]) -> float | None:
        """Return the last value, or the one without a date."""
        if readings:
            return readings[-1].value
        return self.result.current.value if self.result.current else None

    def expected(self, goal: float, evaluation: Evaluation, as_of: date) -> float:
        """Return the score that should have been reached by now; `goal` is that of the end."""
        day = expectation_day(self.cycle, as_of)
        if day < self.cycle.start:
            return 0.0
        return self.expected_on(day, goal, evaluation.start, evaluation.value is not None)

    def expected_on(self, day: date, goal: float, start: float | None, begun: bool) -> float:
        """Return the score expected on a day of the cycle, or after it.

        `start` is where a metric began, and `begun` whether there was a value by then.
        """
        return self.cycle.elapsed(day, self.result.due) * goal

    def expected_value(self, expected: float, start: float | None, as_of: date) -> float | None:
        """Return the value expected by now, in the key result's unit; None where there is none."""
        return None

    def expected_line(self, goal: float, start: float | None) -> Line:
        """Return the points of the expected line over the cycle."""
        return tuple(self.straight_line(goal))

    def straight_line(self, goal: float) -> Iterator[tuple[date, float]]:
        """Yield the points of a line that reaches the goal on the due day."""
        cycle, end = self.cycle, self.result.due or self.cycle.end
        if cycle.start < end:
            yield cycle.start, goal * cycle.elapsed(cycle.start, end)
        yield end, goal
        if end < cycle.end:
            yield cycle.end, goal

    def over_time(self, evaluation: Evaluation, as_of: date, goal: float | None) -> KeyResultSeries:
        """Return the series to a day, or to the closing day; without a `goal` nothing is
        expected."""
        last = min(as_of, self.cycle.closing_day)
        changed = self.days_of_change(evaluation, last) if last >= self.cycle.start else ()
        days = sorted({max(day, self.cycle.start) for day in changed})
        shown = downsample(days, MOST_STEPS, date.toordinal)
        return KeyResultSeries(
            steps=tuple(DatedStep(day, None, None, self.evaluate(day).score) for day in shown),
            expected=() if goal is None else self.expected_line(goal, evaluation.start),
            whole=len(days),
        )

    def days_of_change(self, evaluation: Evaluation, last: date) -> set[date]:
        """Return the days up to a last one on which the score can have changed."""
        return {reading.date for reading in evaluation.readings}

    def status_when_open(
        self, score: float | None, pace: float, value: float | None, limits: Thresholds
    ) -> Status:
        """Return the status in an open cycle, before any confidence."""
        return when_open(score, pace, limits)

    def silent(self, evaluation: Evaluation, day: date) -> bool:
        """Whether nothing was ever stated of what is due on no day of its own."""
        return False

    def explain_status(self, words: Words, evaluation: Evaluation) -> Term | None:
        """Return the reading that the status follows from; None where it follows from pace."""
        return None

    def explain_score(self, words: Words, evaluation: Evaluation, day: date) -> Explanation:
        """Explain the score on a day."""
        if evaluation.value is None:
            return Explanation(words.say("There is no reading yet."))
        terms = self.value_terms(words, evaluation.readings)
        return Explanation(words.say("The latest reported share"), terms=terms)

    def value_terms(self, words: Words, readings: Sequence[Reading]) -> tuple[Term, ...]:
        """Return the last value, or the one without a date, as a term."""
        if readings:
            last, place = readings[-1].value, readings[-1].place
            name = words.say("Now, on %(day)s", day=words.short_day(readings[-1].date))
        elif self.result.current is not None:
            last, place = self.result.current.value, self.result.current.place
            name = words.say("Now")
        else:
            return ()
        return (Term(name, words.exact(last, self.result.unit), place),)

    def explain_expected(
        self, words: Words, evaluation: Evaluation, expectation: Expectation
    ) -> Explanation:
        """Explain what is expected on a day of the cycle."""
        return explain_elapsed(words, expectation, self.result.due, self.result.line("due"))
