"""Cycles: the periods that objectives run in.

Calendar years, halves, quarters and months need no document; any other period, and a fiscal
calendar, is a document with a first and a last day, both inclusive.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST_QUARTER = 92
"""Days of the longest quarter; a longer cycle is checked in on by the month."""

_CALENDAR = re.compile(
    r"(?P<year>[12][0-9]{3})(?:-(?:h(?P<half>[12])|q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?"
)


class State(StrEnum):
    """Where a cycle is at a date."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Cycle:
    """A period: `start` and `end` are its first and last day, `closed` the day it was closed on.

    `document` says whether a document describes it, or only the calendar.
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
        """Tell where the cycle is at a date."""
        if day < self.start:
            return State.UPCOMING
        return State.CLOSED if day > self.closing_day else State.OPEN

    def elapsed(self, day: date, end: date | None = None) -> float:
        """Give the share of the cycle, or of its part up to `end`, that is over: 0 to 1."""
        last = end or self.end
        if day < self.start:
            return 0.0
        if day >= last:
            return 1.0
        return ((day - self.start).days + 1) / ((last - self.start).days + 1)

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in the cycle."""
        return self.start <= day <= self.end

    def contains(self, other: "Cycle") -> bool:
        """Tell whether all days of another cycle lie in this one."""
        return self.id != other.id and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Cycle") -> bool:
        """Tell whether two cycles share a day."""
        return self.start <= other.end and other.start <= self.end


def calendar_cycle(name: str) -> Cycle | None:
    """Give the cycle that a name like `2026`, `2026-h2`, `2026-q4` or `2026-10` means, or None."""
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
    """Give the calendar's name that an id is or ends in: `cycles/2026-q4` ends in `2026-q4`."""
    tail = id.rsplit("/", 1)[-1]
    return tail if _CALENDAR.fullmatch(tail) else None


def containing(cycle: Cycle, cycles: Iterable[Cycle]) -> list[Cycle]:
    """List the cycles that contain this one, the shortest first."""
    return sorted(
        (other for other in cycles if other.contains(cycle)), key=lambda c: (c.days, c.id)
    )


def newest_first(cycles: Iterable[Cycle]) -> list[Cycle]:
    """Sort cycles for people: the one that ends last first, of these the longest."""
    return sorted(cycles, key=lambda c: (-c.end.toordinal(), -c.days, c.id))
