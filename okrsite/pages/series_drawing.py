"""Drawings of what was read over a cycle, made at the build: they need no script, and print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from okrsite.language.wording import Words
from okrsite.pages.parts.plot import (
    LINE,
    Days,
    Heights,
    dots,
    kept_apart,
    path,
    round_levels,
    straight,
)
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores.forecast import Forecast

HEIGHT = 150
"""The pixels of a drawing from top to bottom."""

_TOP, _BASE = 27.0, 128.0
_LATE, _NARROW = 60.0, 84.0
_MOST_DOTS = 40

Point = tuple[date, float]


@dataclass(frozen=True, slots=True)
class EndLabel:
    """Words at the end of a line; `kind` is expected, target or outlook."""

    kind: str
    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Plot:
    """A line of readings against what was expected: percent across, pixels down.

    `steps` goes up and down at once, as milestones do. `narrow` leaves room for the words at the
    end. `grade` is where a grade given by hand is, with the line that leads there.
    """

    side: int
    narrow: bool
    grid: str
    levels: tuple[tuple[int, str], ...]
    months: tuple[tuple[float, date], ...]
    today: float | None
    plan: str
    target: str
    line: str
    outlook: str
    dots: str
    last: tuple[float, int]
    value: str
    value_y: int
    ends: tuple[EndLabel, ...]
    end_x: int
    grade: tuple[str, float, int, str] | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn, in values of one kind: readings, or scores.

    Single days are marked where somebody read something, and not those of an objective.
    """

    cycle: Cycle
    as_of: date
    values: Sequence[Point]
    expected: Sequence[Point] = ()
    target: float | None = None
    outlook: Forecast | None = None
    unit: str | None = None
    in_scores: bool = False
    steps: bool = False
    of_objective: bool = False
    range: tuple[float, ...] = ()
    grade: float | None = None


def plot(words: Words, drawn: Drawn) -> Plot:
    """Draw a series of at least two values."""
    return _Plotter(words, drawn).plot()


class _Plotter:
    """Draws one series."""

    def __init__(self, words: Words, drawn: Drawn) -> None:
        self._words, self._drawn = words, drawn
        cycle, self._last = drawn.cycle, drawn.values[-1]
        first = min(cycle.start, drawn.values[0][0])
        end = max(cycle.end, self._last[0])
        self._narrow = (self._last[0] - first).days > _LATE / 100 * (end - first).days
        width = _NARROW if self._narrow else 100.0
        self._days = Days(first, end, width, words.direction == "rtl")
        low, high = self._bounds()
        self._heights = Heights(low, high, _TOP, _BASE)

    def plot(self) -> Plot:
        drawn, days = self._drawn, self._days
        line = self._points(drawn.values)
        levels = self._levels()
        months = [(days.start_of(day), day) for day in days.months()]
        edge = days.mirror(days.width)
        left = days.mirror(0)
        ends = self._ends()
        open_now = drawn.cycle.state(drawn.as_of) is State.OPEN and drawn.as_of <= days.last
        below = line[-1][1] > line[-2][1] and line[-1][1] < _BASE - LINE
        level_of_target = None if drawn.target is None else round(self._heights.at(drawn.target))
        last = line[-1]
        grade: tuple[str, float, int, str] | None = None
        if drawn.grade is not None:
            at = (last[0], round(self._heights.at(drawn.grade)))
            grade = (path([last, at]), *at, self._words.score(drawn.grade))
        return Plot(
            side=days.side,
            narrow=self._narrow,
            grid="".join(f"M{left:g} {y:g}H{edge:g}" for y, _ in levels if y < _BASE - 1),
            levels=levels,
            months=tuple(months),
            today=days.end_of(drawn.as_of) if open_now else None,
            plan=self._plan(),
            target="" if level_of_target is None else f"M{left:g} {level_of_target:g}H{edge:g}",
            line=self._stairs(drawn.values),
            outlook=path([last, (edge, round(self._heights.at(drawn.outlook.value)))])
            if drawn.outlook
            else "",
            dots=dots(line[:-1]) if len(line) <= _MOST_DOTS and not drawn.of_objective else "",
            last=last,
            value=self._text(self._last[1]),
            value_y=last[1] + 18 if below else last[1] - 9,
            ends=ends,
            end_x=round(edge),
            grade=grade,
        )

    def _points(self, values: Iterable[Point]) -> list[tuple[float, int]]:
        return [
            (round(self._days.end_of(day), 1), round(self._heights.at(value)))
            for day, value in values
        ]

    def _plan(self) -> str:
        """Return the expected line; heights are whole pixels, so it passes some by half of one."""
        if not self._drawn.expected or self._drawn.steps:
            return self._stairs(self._drawn.expected) if self._drawn.expected else ""
        return path(straight(self._points(self._drawn.expected), within=0.6))

    def _stairs(self, values: Sequence[Point]) -> str:
        points = self._points(values)
        if not self._drawn.steps:
            return path(points)
        (x, y), *rest = points
        return f"M{x:g} {y:g}" + "".join(f"H{right:g}V{down:g}" for right, down in rest)

    def _bounds(self) -> tuple[float, float]:
        drawn = self._drawn
        if drawn.in_scores:
            return 0.0, 1.0
        found = [value for _, value in (*drawn.values, *drawn.expected)]
        found += drawn.range
        found += [] if drawn.target is None else [drawn.target]
        found += [] if drawn.outlook is None else [drawn.outlook.value]
        low, high = min(found), max(found)
        room = (high - low or abs(high) or 1.0) * 0.08
        return (0.0 if low >= 0 > low - room else low - room), high + room

    def _levels(self) -> tuple[tuple[int, str], ...]:
        """Return two to four round values with their heights."""
        low, high = self._heights.low, self._heights.high
        values = round_levels(low, high, 0.5 if self._drawn.in_scores else None)
        part = self._words.unit_is_part(self._drawn.unit)
        if self._drawn.in_scores:
            texts = [self._words.score(value) for value in values]
        else:
            texts = self._words.labels(values, self._drawn.unit if part else None)
        heights = [round(self._heights.at(value)) for value in values]
        return tuple(
            (y, text)
            for y, text, value in zip(heights, texts, values, strict=True)
            if value or not self._drawn.in_scores
        )

    def _ends(self) -> tuple[EndLabel, ...]:
        drawn = self._drawn
        found: list[tuple[str, float]] = []
        if drawn.target is not None:
            found.append(("target", drawn.target))
        if drawn.expected:
            value = drawn.expected[-1][1]
            if drawn.target is None or self._text(value) != self._text(drawn.target):
                found.append(("expected", value))
        if drawn.outlook is not None:
            found.append(("outlook", drawn.outlook.value))
        shift = 4.0 if self._narrow else -5.0
        wanted = [self._heights.at(value) + shift for _, value in found]
        heights = kept_apart(wanted, 11.0, _BASE - 3)
        return tuple(
            EndLabel(kind, self._text(value), round(y))
            for (kind, value), y in zip(found, heights, strict=True)
        )

    def _text(self, value: float) -> str:
        if self._drawn.in_scores:
            return self._words.score(value)
        part = self._words.unit_is_part(self._drawn.unit)
        return self._words.quantity(value, self._drawn.unit if part else None)
