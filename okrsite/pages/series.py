"""Series over time: tables that a script draws, and that are shown without it."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from okrsite.documents.values import Aggregate
from okrsite.i18n import message
from okrsite.language.wording import Words
from okrsite.pages.parts import PageContext
from okrsite.pages.series_drawing import Drawn, Plot, Point, plot
from okrsite.project.model import Confidence, KeyResult, Objective
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import Keep, Metric, Milestones, RollUp
from okrsite.scores.forecast import Forecast
from okrsite.scores.kinds.base import KeyResultSeries
from okrsite.scores.over_time import key_result_over_time, objective_over_time
from okrsite.scores.status import Status, goal_of

Cell = tuple[str | None, str]
"""A figure as a number is written in HTML, and in words; None where both would be the same."""

EMPTY: Cell = (None, "")

SeriesRow = tuple[str, str, tuple[Cell, ...]]
"""A day as HTML writes it and in words, and the cells in the order of the columns, of which the
last may be missing. There are so many of these that their words are remembered."""


@dataclass(frozen=True, slots=True)
class Series:
    """A table of figures by day, the oldest first.

    `roles` name what each column after the day is, separated by spaces: `value` is drawn against
    `expected`, `confidence` is drawn small, `reading` is not drawn.
    `kind` is `value` or `score`, or `steps` for scores that jump. `unit` is % or a currency, where
    one is part of the figures. `span` are the days at the sides where the rows do not say them.
    `outlook` is where the values lead at this pace, in `unit_of_outlook` and next to the `goals`.
    It is `compared` with what was expected. Of a long series so many readings are `shown`, evenly
    spread, of the `whole` number; they are `counted` where each is a reading.
    """

    kind: str
    roles: str
    unit: str
    status: Status | None
    names: tuple[str, ...]
    rows: tuple[SeriesRow, ...]
    outlook: Forecast | None = None
    unit_of_outlook: str | None = None
    goals: tuple[float, ...] = ()
    compared: bool = True
    counted: bool = False
    shown: int = 0
    whole: int = 0
    span: tuple[date, date] | None = None
    plot: Plot | None = None

    @property
    def year(self) -> str | None:
        """The year of all days, where they have one in common."""
        first, last = self.rows[0][0][:4], self.rows[-1][0][:4]
        return first if first == last else None


def cell(value: float, text: str) -> Cell:
    """Return a figure exactly and in words."""
    number = f"{value:.12g}"
    return (None if number == text.removesuffix("%") else number), text


_FEWEST_DIGITS, _MOST_DIGITS = 3, 15
_FEWEST = 2
"""One point is no movement."""

_REMEMBERED = 2**12


def courses_of(context: PageContext, objective: Objective) -> dict[str, KeyResultSeries]:
    """Return the course of every key result of an objective over its cycle."""
    site = context.site
    cycle = site.project.cycles[objective.cycle]
    goal = goal_of(objective.commitment, site.settings.thresholds)
    return {
        result.id: key_result_over_time(site.scorecard, objective, result, cycle, goal)
        for result in objective.key_results
    }


_SO_FAR = {
    Aggregate.SUM: message("Sum so far"),
    Aggregate.MEAN: message("Mean so far"),
    Aggregate.MAX: message("Largest so far"),
    Aggregate.MIN: message("Smallest so far"),
}


def key_result_series(
    context: PageContext, objective: Objective, result: KeyResult, course: KeyResultSeries
) -> Series | None:
    """Return how a key result moved; None where it did not, or is private."""
    if len(course.steps) < _FEWEST:
        return None
    cycle = context.site.project.cycles[objective.cycle]
    table = _Table(context, result.unit, course.in_scores, result.measure.goals)
    read = course.in_scores and any(step.reading is not None for step in course.steps)
    aggregate = result.measure.aggregate if isinstance(result.measure, Metric) else Aggregate.LAST
    if read or aggregate is not Aggregate.LAST:
        name = table.with_unit(context.say("Reading"))
        table.add("reading", name, ((s.day, table.value(s.reading)) for s in course.steps))
    if course.in_scores:
        scores = ((step.day, table.score(step.score)) for step in course.steps)
        table.add("value", context.say("Score"), scores)
    else:
        name = context.say(_SO_FAR.get(aggregate, message("Reading")))
        values = ((step.day, table.value(step.value)) for step in course.steps)
        table.add("value", table.with_unit(name), values)
    if course.expected:
        expected = {day: table.drawn(value) for day, value in course.expected}
        # What is between two points of the line is read, and need not be drawn.
        between = {day: (None, table.drawn(value)[1]) for day, value in _on_line(course)}
        table.add("expected", context.say("Expected"), {**expected, **between}.items())
    table.add_confidence(result.confidences, cycle)
    kind = "value"
    if course.in_scores:
        kind = "steps" if isinstance(result.measure, Milestones) else "score"
    status = context.site.scorecard.objectives[objective.id].key_results[result.id].status
    return replace(
        table.series(kind, status),
        unit_of_outlook=result.unit,
        goals=result.measure.goals,
        outlook=course.forecast,
        compared=bool(course.expected),
        counted=not isinstance(result.measure, Milestones | RollUp),
        shown=len(course.steps),
        whole=course.whole,
        span=None if course.expected else (cycle.start, max(cycle.end, cycle.closing_day)),
        plot=_key_result_plot(context, cycle, result, course),
    )


def _key_result_plot(
    context: PageContext, cycle: Cycle, result: KeyResult, course: KeyResultSeries
) -> Plot | None:
    in_scores, measure = course.in_scores, result.measure
    of_step = ((step.day, step.score if in_scores else step.value) for step in course.steps)
    values = [(day, value) for day, value in of_step if value is not None]
    if len(values) < _FEWEST:
        return None
    target = measure.target if isinstance(measure, Metric) else None
    return plot(
        context.words,
        Drawn(
            cycle=cycle,
            as_of=context.as_of,
            values=values,
            expected=course.expected,
            target=target.value if target and not in_scores else None,
            outlook=None if in_scores else course.forecast,
            unit=result.unit,
            in_scores=in_scores,
            steps=isinstance(measure, Milestones),
            range=measure.goals if isinstance(measure, Keep) else (),
        ),
    )


def _on_line(course: KeyResultSeries) -> Iterator[tuple[date, float]]:
    """Yield what was expected on the days of the readings that are between points of the line."""
    known = {day for day, _ in course.expected}
    for step in course.steps:
        around = zip(course.expected, course.expected[1:], strict=False)
        for (start, low), (end, high) in around:
            if step.day not in known and start < step.day < end:
                exact = low + (step.day - start).days / (end - start).days * (high - low)
                yield step.day, _to_a_thousandth(exact, abs(high - low))


def _to_a_thousandth(value: float, span: float) -> float:
    """Return a value with the digits that a line over a span can show."""
    return round(value, 3 - math.floor(math.log10(span))) if span else value


@dataclass(frozen=True, slots=True)
class ScoreCourse:
    """An objective's score by day, and what was expected of it, both in the order of days; drawn
    from `start` to `end`."""

    start: date
    end: date
    scores: Sequence[Point]
    expected: Sequence[Point]
    plot: Plot


def score_course(
    context: PageContext, objective: Objective, courses: Mapping[str, KeyResultSeries]
) -> ScoreCourse | None:
    """Return how an objective's score moved; None where it did not, or is partly private."""
    site, figures = context.site, context.site.scorecard.objectives[objective.id]
    cycle = site.project.cycles[objective.cycle]
    if site.as_of < cycle.start or any(result.masked for result in objective.counting):
        return None
    goal = goal_of(objective.commitment, site.settings.thresholds)
    course = objective_over_time(objective, courses, cycle, goal, site.as_of)
    last = min(site.as_of, cycle.closing_day)
    scores = {s.day: s.score for s in course if s.score is not None}
    if len(scores) < _FEWEST:
        return None
    expected = {s.day: s.expected for s in course if s.expected is not None}
    # The last day says what the page says, a grade given by hand or not.
    if figures.computed is not None:
        scores[last] = figures.computed
    if objective.active and figures.expected is not None:
        expected[last] = figures.expected
    drawn = Drawn(
        cycle=cycle,
        as_of=site.as_of,
        values=sorted(scores.items()),
        expected=sorted(expected.items()),
        in_scores=True,
        of_objective=True,
        grade=figures.score if figures.graded else None,
    )
    start = min(cycle.start, drawn.values[0][0])
    end = max(cycle.end, drawn.values[-1][0])
    return ScoreCourse(start, end, drawn.values, drawn.expected, plot(context.words, drawn))


def objective_series(
    context: PageContext, objective: Objective, courses: Mapping[str, KeyResultSeries]
) -> Series | None:
    """Return the table of an objective's scores and its drawing; None where there is no course."""
    course = score_course(context, objective, courses)
    if course is None:
        return None
    figures = context.site.scorecard.objectives[objective.id]
    table = _Table(context, None, in_scores=True)
    name = context.say("Score as computed") if figures.graded else context.say("Score")
    table.add("value", name, ((day, table.score(score)) for day, score in course.scores))
    if course.expected:
        line = ((day, table.score(score)) for day, score in course.expected)
        table.add("expected", context.say("Expected"), line)
    stated = (
        Confidence(c.date, c.confidence, c.place, c.uri)
        for c in objective.check_ins
        if c.confidence is not None
    )
    table.add_confidence(stated, context.site.project.cycles[objective.cycle])
    return replace(table.series("score", figures.status), plot=course.plot)


class _Table:
    """Gathers the columns of a table, each with its cells by day."""

    def __init__(
        self,
        context: PageContext,
        unit: str | None,
        in_scores: bool,
        goals: tuple[float, ...] = (),
    ) -> None:
        self._context, self._words = context, context.words
        self._in_scores, self._goals = in_scores, goals
        # A unit that is a word stands once, in the head.
        part = self._words.unit_is_part(unit)
        self._unit = unit if part else None
        self._word = None if part else unit
        self._columns: list[tuple[str, str, dict[date, Cell]]] = []

    def with_unit(self, name: str) -> str:
        return f"{name} ({self._word})" if self._word else name

    def value(self, value: float | None) -> Cell:
        return EMPTY if value is None else _value(self._words, value, self._unit, self._goals)

    def score(self, score: float | None) -> Cell:
        if score is None:
            return EMPTY
        text = self._words.score(score)
        if len(text) > len("0.00"):  # it's next to a limit
            return cell(score, text)
        return _score(self._words, int(100 * score + 0.5 + 1e-7))

    def drawn(self, value: float) -> Cell:
        return self.score(value) if self._in_scores else self.value(value)

    def add(self, role: str, name: str, cells: Iterable[tuple[date, Cell]]) -> None:
        self._columns.append((role, name, dict(cells)))

    def add_confidence(self, confidences: Iterable[Confidence], cycle: Cycle) -> None:
        last = min(self._context.site.as_of, cycle.closing_day)
        found = {
            c.date: cell(c.value, self._words.confidence(c.value))
            for c in confidences
            if cycle.start <= c.date <= last
        }
        if found:
            self.add("confidence", self._context.say("Confidence"), found.items())

    def series(self, kind: str, status: Status | None) -> Series:
        words = self._words
        columns = [cells for _, _, cells in self._columns]
        days = sorted(set().union(*columns))
        in_full = days[0].year != days[-1].year
        return Series(
            kind=kind,
            roles=" ".join(role for role, _, _ in self._columns),
            unit=("%" if words.in_percent else "") if self._in_scores else self._unit or "",
            status=status,
            names=tuple(name for _, name, _ in self._columns),
            rows=tuple(
                [
                    (*_day(words, day, in_full), _without_end([c.get(day) for c in columns]))
                    for day in days
                ]
            ),
        )


# The same days and figures stand in many tables.
@lru_cache(_REMEMBERED)
def _value(words: Words, value: float, unit: str | None, goals: tuple[float, ...]) -> Cell:
    return cell(value, words.quantity(value, unit, goals))


@lru_cache(_REMEMBERED)
def _score(words: Words, hundredths: int) -> Cell:
    """Return a score as pages write it, with two decimals."""
    text, number = words.score(hundredths / 100), f"{hundredths / 100:g}"
    return (None if text == f"{hundredths / 100:.2f}" else number), text


@lru_cache(_REMEMBERED)
def _day(words: Words, day: date, in_full: bool) -> tuple[str, str]:
    return day.isoformat(), words.day(day) if in_full else words.short_day(day)


def _without_end(cells: list[Cell | None]) -> tuple[Cell, ...]:
    """Leave out the cells after the last one that says something."""
    while cells and cells[-1] is None:
        cells.pop()
    return tuple([cell or EMPTY for cell in cells])
