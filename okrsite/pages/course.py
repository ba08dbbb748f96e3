"""How we got here: the score against what was expected, and objectives by status, week by week."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from okrsite.pages.parts import PageContext
from okrsite.pages.parts.plot import Days, Heights, dots, kept_apart, path, straight
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import OwnerFigures
from okrsite.scores.past import LONGEST_BY_WEEK, CourseDay
from okrsite.scores.status import Status, goal_of

_FEWEST = 3
"""With fewer days there is no course to be drawn."""

_TOP, _BASE = 30.0, 168.0
_BARS_TOP, _BARS_HEIGHT = 36.0, 112.0
_LATE, _NARROW = 60.0, 84.0
"""Once so much is over, there is room for words at the end in percent, and that much is drawn."""

_MOST_NAMED = 9
"""So many bars can each have its day below."""

_ORDER = (
    Status.ACHIEVED,
    Status.ON_TRACK,
    Status.PROGRESSED,
    Status.NOT_STARTED,
    Status.AT_RISK,
    Status.OFF_TRACK,
    Status.MISSED,
)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A day of a course; the score is None before there was one."""

    day: date
    score: float | None
    expected: float | None
    counts: dict[Status, int]


@dataclass(frozen=True, slots=True)
class CourseBar:
    """The objectives of a day by status; each part is (status, height, length)."""

    x: float
    width: float
    middle: float
    day: date
    named: bool
    parts: tuple[tuple[Status, float, float], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The drawing of a course and its table. Positions are percent across and pixels down.

    Without a score there are only `bars`, from `base` down; `ends` are the words at the end of the
    expected line, with its height, and `counts` those next to the last bar.
    """

    by_week: bool
    rows: tuple[CourseRow, ...]
    width: float
    side: int
    levels: tuple[tuple[float, float], ...]
    months: tuple[tuple[float, date], ...]
    today: float | None
    plan: str
    line: str
    dots: str
    now: tuple[float, float, bool] | None
    status: Status | None
    end: tuple[float, float] | None
    expected_at_end: float | None
    late: bool
    bars: tuple[CourseBar, ...]
    base: float
    counts: tuple[tuple[Status, int, float], ...]
    ends_on: date

    @property
    def height(self) -> float:
        """The height of the drawing."""
        return self.base + _BARS_TOP + _BARS_HEIGHT + 20

    @property
    def last(self) -> CourseRow:
        """The last day."""
        return self.rows[-1]

    @property
    def statuses(self) -> list[Status]:
        """The statuses that objectives had, in their order."""
        return [status for status in _ORDER if any(status in row.counts for row in self.rows)]

    @property
    def areas(self) -> dict[Status, str]:
        """The parts of all bars of each status as one path, whose stroke is as wide as a bar."""
        found: dict[Status, str] = {}
        for bar in self.bars:
            for status, top, length in bar.parts:
                # A part ends a pixel before the next begins, so that they are told apart.
                part = f"M{bar.middle:g} {top:g}v{max(1.0, length - 1):g}"
                found[status] = found.get(status, "") + part
        return found

    @property
    def end_x(self) -> float:
        """Where the days end."""
        return 100 - self.width if self.side < 0 else self.width


def course_of(
    context: PageContext, owner: str, cycle: Cycle | None, ids: Collection[str]
) -> Course | None:
    """Return the course of an owner's score in a cycle, with how some objectives were; None where
    there is too little to draw."""
    days = context.site.past.courses.get(cycle.id, ()) if cycle else ()
    if cycle is None or len(days) < _FEWEST:
        return None
    rows = tuple(_row(day, day.owners.get(owner), ids) for day in days)
    last = days[-1].owners.get(owner)
    return _Drawing(context, cycle, rows, last).course()


def cycle_course(context: PageContext, cycle: Cycle) -> Course | None:
    """Return the course of the company's score in a cycle, with how all objectives were."""
    site = context.site
    ids = [objective.id for objective in site.by_cycle.get(cycle.id, ()) if objective.active]
    return course_of(context, site.company.id, cycle, ids)


def _row(day: CourseDay, figures: OwnerFigures | None, ids: Collection[str]) -> CourseRow:
    found = Counter(day.statuses.get(id) for id in ids)
    return CourseRow(
        day=day.day,
        score=figures.score if figures else None,
        expected=figures.expected if figures else None,
        counts={status: found[status] for status in _ORDER if found[status]},
    )


class _Drawing:
    """Draws one course."""

    def __init__(
        self,
        context: PageContext,
        cycle: Cycle,
        rows: Sequence[CourseRow],
        last: OwnerFigures | None,
    ) -> None:
        self._context, self._cycle, self._last = context, cycle, last
        self._rows = rows
        mirrored = context.words.direction == "rtl"
        end = max(cycle.end, rows[-1].day)
        self._late = 100 * cycle.elapsed(rows[-1].day) > _LATE
        width = _NARROW if self._late else 100.0
        self._days = Days(cycle.start, end, width, mirrored)

    def course(self) -> Course | None:
        scored = [(row, row.score) for row in self._rows if row.score is not None]
        bars = tuple(self._bars(_BASE if len(scored) >= _FEWEST else 0.0))
        if len(scored) < _FEWEST:
            if len(bars) < _FEWEST:
                return None
            return self._of_bars(bars)
        over = self._rows[-1].day >= self._cycle.end
        goal = self._rows[-1].expected if over else self._expected_at_end()
        expected = (row.expected or 0.0 for row in self._rows)
        highest = max(*(score for _, score in scored), *expected, goal or 0.0)
        thresholds = self._context.site.settings.thresholds
        top = thresholds.goal if highest <= thresholds.goal else 1.0
        heights = Heights(0.0, top, _TOP, _BASE)
        line = [(self._x(row.day), heights.at(score)) for row, score in scored]
        plan = [
            (self._x(row.day), heights.at(row.expected))
            for row in self._rows
            if row.expected is not None
        ]
        end = None
        if plan and goal is not None:
            end = (self._x(self._days.last), heights.at(goal))
            plan.append(end)
        below = line[-1][1] > line[-2][1]
        return Course(
            by_week=self._cycle.days <= LONGEST_BY_WEEK,
            rows=tuple(self._rows),
            width=self._days.width,
            side=self._days.side,
            levels=tuple((heights.at(level), level) for level in (0.0, top / 2, top)),
            months=self._months(),
            today=self._today(),
            plan=path(straight(plan)) if len(plan) > 1 else "",
            line=path(line),
            dots=dots(line[:-1]) if len(line) <= 20 else "",
            now=(*line[-1], below),
            status=self._status(),
            end=end,
            expected_at_end=goal,
            late=self._late,
            bars=bars,
            base=_BASE,
            counts=self._counts(bars, _BASE),
            ends_on=self._cycle.end,
        )

    def _of_bars(self, bars: tuple[CourseBar, ...]) -> Course:
        return Course(
            by_week=self._cycle.days <= LONGEST_BY_WEEK,
            rows=tuple(self._rows),
            width=self._days.width,
            side=self._days.side,
            levels=(),
            months=(),
            today=None,
            plan="",
            line="",
            dots="",
            now=None,
            status=None,
            end=None,
            expected_at_end=None,
            late=self._late,
            bars=bars,
            base=0.0,
            counts=self._counts(bars, 0.0),
            ends_on=self._cycle.end,
        )

    def _x(self, day: date) -> float:
        """Return where a day ends, to a tenth of a percent, which is less than a pixel."""
        return round(self._days.end_of(day), 1)

    def _status(self) -> Status | None:
        """Return the status that gives the last point its colour; what is over has none."""
        return self._last.status if self._last else None

    def _expected_at_end(self) -> float | None:
        """Return the score to be reached by the end of the cycle."""
        objectives = self._context.site.project.objectives
        limits = self._context.site.settings.thresholds
        found = [objectives[id] for id in self._last.objectives] if self._last else []
        weights = sum(o.weight.value for o in found)
        if not weights:
            return None
        return sum(o.weight.value * goal_of(o.commitment, limits) for o in found) / weights

    def _today(self) -> float | None:
        as_of = self._context.as_of
        if self._cycle.state(as_of) is not State.OPEN or as_of > self._days.last:
            return None
        return self._x(as_of)

    def _months(self) -> tuple[tuple[float, date], ...]:
        return tuple((round(self._days.start_of(day), 1), day) for day in self._days.months())

    def _bars(self, base: float) -> list[CourseBar]:
        """Return a bar for each day but the first, which only begins the line."""
        shown = [row for row in self._rows[1:] if row.counts]
        step = timedelta(days=7 if self._cycle.days <= LONGEST_BY_WEEK else 30)
        width = round(self._days.until(step) / 2, 1)
        every = -(-len(shown) // _MOST_NAMED)
        return [
            self._bar(row, width, base, named=(len(shown) - 1 - at) % every == 0)
            for at, row in enumerate(shown)
        ]

    def _bar(self, row: CourseRow, width: float, base: float, named: bool) -> CourseBar:
        end = self._x(row.day)
        start = end if self._days.mirrored else max(0.0, end - width)
        parts, height, number = [], base + _BARS_TOP, sum(row.counts.values())
        for status, count in row.counts.items():
            length = _BARS_HEIGHT * count / number
            parts.append((status, round(height, 1), round(length, 1)))
            height += length
        middle = round(start + width / 2, 1)
        return CourseBar(round(start, 1), width, middle, row.day, named, tuple(parts))

    def _counts(
        self, bars: Sequence[CourseBar], base: float
    ) -> tuple[tuple[Status, int, float], ...]:
        """Return the words next to the last bar, of which none covers another."""
        if not bars:
            return ()
        wanted = [top + length / 2 + 4 for _, top, length in bars[-1].parts]
        top = base + _BARS_TOP
        heights = kept_apart(wanted, top + 10, top + _BARS_HEIGHT)
        counts = self._rows[-1].counts
        return tuple(
            (status, counts[status], height)
            for (status, _, _), height in zip(bars[-1].parts, heights, strict=True)
            if status in counts
        )
