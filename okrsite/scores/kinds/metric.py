"""Metrics: a number on its way from a start to a target, on a scale, or along a plan."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from okrsite.documents.values import Aggregate
from okrsite.i18n import message
from okrsite.project.model import Reading
from okrsite.project.model.cycles import State
from okrsite.project.model.measures import Metric
from okrsite.project.model.readings import aggregate, series
from okrsite.scores.arithmetic import MOST_STEPS, clamp, downsample, interpolate
from okrsite.scores.forecast import Forecast, forecast
from okrsite.scores.kinds.base import DatedStep, Evaluation, KeyResultScoring, KeyResultSeries, Line
from okrsite.scores.status import expectation_day
from okrsite.scores.terms import Expectation, Explanation, Term

if TYPE_CHECKING:  # words need Babel, which figures do without
    from okrsite.language.wording import Words

_WHOLE = 100.0
"""A share in percent that has stayed below it can't be more."""

_LARGEST_FORECAST = 1e15
"""A line that leads further than this means nothing, and can't be drawn."""

_AGGREGATES = {
    Aggregate.SUM: message("Now, the sum of the readings"),
    Aggregate.MEAN: message("Now, the mean of the readings"),
    Aggregate.MAX: message("Now, the largest of the readings"),
    Aggregate.MIN: message("Now, the smallest of the readings"),
}


def metric_score(metric: Metric, start: float | None, value: float) -> float | None:
    """Return the score of a value, held between 0 and 1."""
    if metric.scale:
        return on_scale(value, metric.scale)
    raw = raw_share(metric, start, value)
    return None if raw is None else clamp(raw)


def raw_share(metric: Metric, start: float | None, value: float) -> float | None:
    """Return the share of the way from start to target: beyond 1 it is over-achieved."""
    if metric.target is None or start is None or metric.target.value == start:
        return None
    return (value - start) / (metric.target.value - start)


def on_scale(value: float, points: Sequence[tuple[float, float]]) -> float:
    """Return the score of a value: linear between the points of a scale, flat outside them."""
    if points[0][0] > points[-1][0]:
        points = [(-at, score) for at, score in points]
        value = -value
    return interpolate(value, points)


class MetricScoring(KeyResultScoring[Metric]):
    """The score is the share of the way from the start to the target, or that on the scale."""

    def evaluate_readings(self, readings: tuple[Reading, ...], day: date) -> Evaluation:
        """Return what the readings make together, and the share of the way that this is."""
        metric, start = self.measure, self.start_on(day)
        value = self.last_value(readings)
        if readings and metric.aggregate is not Aggregate.LAST:
            value = aggregate([reading.value for reading in readings], metric.aggregate)
        if value is None:
            return Evaluation(readings, None, None, start)
        raw, score = raw_share(metric, start, value), metric_score(metric, start, value)
        return Evaluation(readings, value, score, start, raw)

    def start_on(self, day: date) -> float | None:
        """Return where the metric starts: as written, else 0, or with a KPI its last reading on or
        before the cycle's first day, else its first reading."""
        result, start = self.result, self.measure.start
        if start is not None:
            return start.value
        if self.measure.scale:
            return None
        if result.kpi is None and not result.masked:
            return 0.0
        reading = self.start_reading(day)
        return reading.value if reading is not None else None

    def start_reading(self, day: date) -> Reading | None:
        """Return the KPI's reading that a metric without a written start begins at."""
        known = series(self.result.readings, last=day)
        before = [reading for reading in known if reading.date <= self.cycle.start]
        return (before[-1] if before else known[0]) if known else None

    def planned_value(self, start: float | None, day: date) -> float | None:
        """Return the value planned for a day: linear between the points of the plan, flat after
        them."""
        metric, first_day = self.measure, self.cycle.start
        if start is None and metric.scale:
            start = metric.scale[0][0]
        points = [(float(at.toordinal()), value) for at, value in metric.plan]
        if metric.plan[0][0] > first_day:
            if start is None:
                return None
            points.insert(0, (float(first_day.toordinal()), start))
        return interpolate(float(day.toordinal()), points)

    def planned_score(self, start: float | None, day: date) -> float | None:
        """Return the score of the value planned for a day; None without a plan."""
        planned = self.planned_value(start, day) if self.measure.plan else None
        return None if planned is None else metric_score(self.measure, start, planned)

    def expected_on(self, day: date, goal: float, start: float | None, begun: bool) -> float:
        """Return the score of the planned value, else the share of the days that is over."""
        planned = self.planned_score(start, day)
        return super().expected_on(day, goal, start, begun) if planned is None else planned

    def expected_value(self, expected: float, start: float | None, as_of: date) -> float | None:
        """Return the planned value, else the one on the straight way from start to target."""
        metric = self.measure
        if metric.plan:
            return self.planned_value(start, expectation_day(self.cycle, as_of))
        if metric.scale or metric.target is None or start is None:
            return None
        return start + expected * (metric.target.value - start)

    def expected_line(self, goal: float, start: float | None) -> Line:
        """Return the planned or straight line in values, or on a scale in scores."""
        metric, cycle = self.measure, self.cycle
        planned = [day for day, _ in metric.plan]
        if metric.scale and planned:
            # A plan on a scale bends at its own points and at those of the scale; a week is close
            # enough.
            weeks = range(0, cycle.days, 7) if cycle.days <= 7 * MOST_STEPS else ()
            known = Evaluation((), None, None, start)
            days = {cycle.start, cycle.end, *planned}
            days |= {cycle.start + timedelta(days=number) for number in weeks}
            return tuple((day, self.expected(goal, known, day)) for day in sorted(days))
        if metric.scale:
            return tuple(self.straight_line(goal))
        if start is None or metric.target is None:
            return ()
        if not planned:
            way = metric.target.value - start
            return tuple((day, start + share * way) for day, share in self.straight_line(goal))
        days = {cycle.start, *planned, cycle.end}
        values = ((day, self.planned_value(start, day)) for day in sorted(days))
        return tuple((day, value) for day, value in values if value is not None)

    def over_time(self, evaluation: Evaluation, as_of: date, goal: float | None) -> KeyResultSeries:
        """Return what the readings make together after each of them."""
        steps = list(self._steps(evaluation))
        end = self.result.due or self.cycle.end
        ahead = goal is not None and self.cycle.state(as_of) is State.OPEN and as_of < end
        return KeyResultSeries(
            steps=tuple(downsample(steps, MOST_STEPS, lambda step: step.value or 0.0)),
            in_scores=bool(self.measure.scale),
            expected=() if goal is None else self.expected_line(goal, evaluation.start),
            whole=len(steps),
            forecast=self._forecast(steps, end) if ahead else None,
            start=evaluation.start,
        )

    def _forecast(self, steps: Sequence[DatedStep], until: date) -> Forecast | None:
        """Return where the values lead; None where that isn't a sensible figure any more.

        It's rounded before it's compared with the target, so that both agree on the page.
        """
        metric, points = self.measure, [(s.day, s.value) for s in steps if s.value is not None]
        found = forecast(points, until)
        if found is None:
            return None
        found = found.rounded()
        start = metric.scale[0][0] if metric.scale else self.start_on(until)
        known = [*(value for _, value in points), *metric.goals]
        known += [] if start is None else [start]
        if min(known) >= 0:
            share = self.result.unit == "%" and max(known) <= _WHOLE
            found = found.within(0.0, _WHOLE if share else math.inf)
        if max(abs(found.low), abs(found.high)) >= _LARGEST_FORECAST:
            return None
        target = metric.scale[-1][0] if metric.scale else metric.goal
        return found if start is None else found.compared(target, rising=target >= start)

    def _steps(self, evaluation: Evaluation) -> Iterator[DatedStep]:
        value = total = 0.0
        for number, reading in enumerate(evaluation.readings, 1):
            total += reading.value
            match self.measure.aggregate:
                case Aggregate.SUM:
                    value = total
                case Aggregate.MEAN:
                    value = total / number
                case Aggregate.MAX if number > 1:
                    value = max(value, reading.value)
                case Aggregate.MIN if number > 1:
                    value = min(value, reading.value)
                case _:
                    value = reading.value
            score = metric_score(self.measure, evaluation.start, value)
            yield DatedStep(reading.date, reading.value, value, score)

    def explain_score(self, words: Words, evaluation: Evaluation, day: date) -> Explanation:
        """Explain the share of the way, or the score on the scale."""
        metric, unit, start = self.measure, self.result.unit, evaluation.start
        if evaluation.value is None:
            return super().explain_score(words, evaluation, day)
        now = words.exact(evaluation.value, unit)
        terms = [*self.value_terms(words, evaluation.readings)]
        if metric.aggregate is not Aggregate.LAST and evaluation.readings:
            place = self.result.line("aggregate")
            terms.append(Term(words.say(_AGGREGATES[metric.aggregate]), now, place))
        if start is not None and not metric.scale:
            terms.append(self._start_term(words, start, day))
        if metric.target is not None:
            target = words.exact(metric.target.value, unit)
            terms.append(Term(words.say("To"), target, metric.target.place))
        if metric.scale:
            points = ", ".join(
                f"{words.exact(at, unit)} → {words.score(s)}" for at, s in metric.scale
            )
            terms.append(Term(words.say("Scale"), points, self.result.line("scale")))
            formula = words.say("Linear between the points of the scale")
            return Explanation(formula, f"{now} → {words.score(evaluation.score)}", tuple(terms))
        if metric.target is None or start is None:
            formula = words.say("The KPI has no value to start from.")
            return Explanation(formula, terms=tuple(terms))
        begin = words.exact(start, unit)
        numbers = f"({now} − {begin}) / ({target} − {begin}) = {words.proof(evaluation.raw or 0.0)}"
        held = evaluation.raw is not None and not 0 <= evaluation.raw <= 1
        note = words.say("Scores are always between 0 and 1.") if held else None
        formula = words.say("(now − from) / (to − from)")
        return Explanation(formula, numbers, tuple(terms), note)

    def _start_term(self, words: Words, start: float, day: date) -> Term:
        result, name = self.result, words.say("From")
        place = self.measure.start.place if self.measure.start else None
        if self.measure.start is None and result.kpi is not None:
            reading = self.start_reading(day)
            place = reading.place if reading is not None else None
            name = words.say("From (set by the KPI)")
        return Term(name, words.exact(start, result.unit), place)

    def value_terms(self, words: Words, readings: Sequence[Reading]) -> tuple[Term, ...]:
        """Return every reading where they count together."""
        if not readings or self.measure.aggregate is Aggregate.LAST:
            return super().value_terms(words, readings)
        return tuple(
            Term(words.short_day(r.date), words.exact(r.value, self.result.unit), r.place)
            for r in readings
        )

    def explain_expected(
        self, words: Words, evaluation: Evaluation, expectation: Expectation
    ) -> Explanation:
        """Explain the planned value, or the share of the days."""
        result, start, day = self.result, evaluation.start, expectation.day
        planned, score = None, None
        if not result.masked and self.measure.plan:
            planned, score = self.planned_value(start, day), self.planned_score(start, day)
        if planned is None or score is None:
            return super().explain_expected(words, evaluation, expectation)
        numbers = words.say(
            "%(value)s planned for %(day)s → %(score)s",
            value=words.exact(planned, result.unit),
            day=words.short_day(day),
            score=words.score(score),
        )
        terms = (
            Term(words.short_day(at), words.exact(value, result.unit), result.line("plan"))
            for at, value in self.measure.plan
        )
        formula = words.say("Score of the value planned for the day")
        return Explanation(formula, numbers, tuple(terms))
