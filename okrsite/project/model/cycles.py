"""Cycles: the periods that objectives run in.

Calendar years, halves, quarters and months need no document; any other period, and a fiscal
calendar, is a document with a first and a last day, both inclusive.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from okrsite.util.spelling import normal_form

LONGEST_QUARTER = 92
"""Days of the longest quarter; a longer cycle is checked in on by the month."""

_CALENDAR = re.compile(
    r"(?P<year>[12][0-9]{3})(?:-(?:h(?P<half>[12])|q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?"
)
_ALMOST_CALENDAR = re.compile(
    r"(?:(?P<year>[0-9]{4})[ _./-]?)?(?P<kind>[qh]?)(?P<number>[0-9]{1,2})"
    r"(?:[ _./-]?(?P<after>[0-9]{4}))?"
)
_MOST_IN_YEAR = {"q": 4, "h": 2, "": 12}


class State(StrEnum):
    """Whether a cycle is ahead, open or over at a date."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Cycle:
    """A period: `start` and `end` are its first and last day, `closed` the day it was closed on.

    `document` tells whether a document describes it, or only the calendar.
    """

    id: str
    title: str
    start: date
    end: date
    closed: date | None = None
    document: bool = False

    @property
    def days(self) -> int:
        """How many days the cycle has, its first and last included."""
        return (self.end - self.start).days + 1

    @property
    def closing_day(self) -> date:
        """The last day whose readings count."""
        return self.closed or self.end

    def state(self, day: date) -> State:
        """Return the state of the cycle at a date."""
        if day < self.start:
            return State.UPCOMING
        return State.CLOSED if day > self.closing_day else State.OPEN

    def elapsed(self, day: date, end: date | None = None) -> float:
        """Return the share of the cycle, or of its part up to `end`, that is over: 0 to 1."""
        last = end or self.end
        if day < self.start:
            return 0.0
        if day >= last:
            return 1.0
        return ((day - self.start).days + 1) / ((last - self.start).days + 1)

    def holds(self, day: date) -> bool:
        """Whether a day lies in the cycle."""
        return self.start <= day <= self.end

    def contains(self, other: "Cycle") -> bool:
        """Whether all days of another cycle lie in this one."""
        return self.id != other.id and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Cycle") -> bool:
        """Whether two cycles share a day."""
        return self.start <= other.end and other.start <= self.end


def calendar_cycle(name: str) -> Cycle | None:
    """Return the cycle called `2026`, `2026-h2`, `2026-q4` or `2026-10`, or None."""
    match = _CALENDAR.fullmatch(name.lower())
    if match is None:
        return None
    year = int(match["year"])
    if match["half"]:
        half = int(match["half"])
        first, months, title = 6 * half - 5, 6, f"{year} H{half}"
    elif match["quarter"]:
        quarter = int(match["quarter"])
        first, months, title = 3 * quarter - 2, 3, f"{year} Q{quarter}"
    elif match["month"]:
        first, months, title = int(match["month"]), 1, f"{year}-{match['month']}"
    else:
        first, months, title = 1, 12, str(year)
    following = date(year + (first + months > 12), (first + months - 1) % 12 + 1, 1)
    return Cycle(name.lower(), title, date(year, first, 1), following - timedelta(days=1))


def calendar_name(id: str) -> str | None:
    """Return the calendar's name that an id is or ends in: `cycles/2026-q4` ends in `2026-q4`."""
    tail = id.rsplit("/", 1)[-1]
    return tail if _CALENDAR.fullmatch(tail) else None


def meant_calendar_name(name: str) -> str | None:
    """Return the name probably meant by `2026-q5`, `Q4 2026` or `2026-9`."""
    match = _ALMOST_CALENDAR.fullmatch(name.lower())
    year = match and (match["year"] or match["after"])
    if match is None or year is None:
        return None
    kind, number = match["kind"] or "", int(match["number"])
    number = min(max(number, 1), _MOST_IN_YEAR[kind])
    near = f"{year}-{kind}{number}" if kind else f"{year}-{number:02}"
    return near if calendar_cycle(near) else None


def containing(cycle: Cycle, cycles: Iterable[Cycle]) -> list[Cycle]:
    """List the cycles that contain this one, the shortest first."""
    return sorted(
        (other for other in cycles if other.contains(cycle)), key=lambda c: (c.days, c.id)
    )


def comparable(earlier: Cycle, later: Cycle) -> bool:
    """Whether one cycle is over before another of about the same length begins."""
    return earlier.end < later.start and 0.5 < earlier.days / later.days < 2


def newest_first(cycles: Iterable[Cycle]) -> list[Cycle]:
    """Sort cycles for people: the one that ends last first, of these the longest."""
    return sorted(cycles, key=lambda c: (-c.end.toordinal(), -c.days, c.id))


def cycle_called(cycles: Iterable[Cycle], name: str) -> Cycle | None:
    """Return the cycle whose id is a name or ends in it, if there is one."""
    wanted = normal_form(name)
    ends = (cycle for cycle in cycles if f"/{cycle.id}".endswith(f"/{wanted}"))
    return next(ends, None)


def current_cycle(cycles: Iterable[Cycle], chosen: str | None, day: date) -> Cycle | None:
    """Return the cycle to show first on a day: the one in the settings, else the open one that ends
    first, of these the shortest; none open: the one that closed last, else the next.
    """
    cycles = list(cycles)
    if chosen and (found := cycle_called(cycles, chosen)):
        return found
    by_state = {state: [c for c in cycles if c.state(day) is state] for state in State}
    if by_state[State.OPEN]:
        return min(by_state[State.OPEN], key=lambda c: (c.end, c.days, c.id))
    if by_state[State.CLOSED]:
        return max(by_state[State.CLOSED], key=lambda c: (c.closing_day, -c.days, c.id))
    return min(by_state[State.UPCOMING], key=lambda c: (c.start, c.days, c.id), default=None)
