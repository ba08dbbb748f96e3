"""Cycles: the periods that objectives run in.

Years, halves, quarters and months of the calendar need no document, nor do those of the fiscal year
that the settings describe; any other period is a document with a first and a last day, both
inclusive.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from okrsite.settings import FiscalYear
from okrsite.util.spelling import normal_form

LONGEST_QUARTER = 92
"""Days of the longest quarter; a longer cycle is checked in on by the month."""

_CALENDAR = re.compile(
    r"(?:(?P<year>[12][0-9]{3})|fy(?P<fiscal>[12][0-9]{3}|[0-9]{2}))"
    r"(?:-(?:h(?P<half>[12])|q(?P<quarter>[1-4])|(?(year)(?P<month>0[1-9]|1[0-2])|(?!))))?"
)
_ALMOST_CALENDAR = re.compile(
    r"(?:(?P<year>(?:fy ?)?[0-9]{4}|fy ?[0-9]{2})[ _./-]?)?(?P<kind>[qh]?)(?P<number>[0-9]{1,2})"
    r"(?:[ _./-]?(?P<after>(?:fy ?)?[0-9]{4}|fy ?[0-9]{2}))?"
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
        """Whether a day is in the cycle."""
        return self.start <= day <= self.end

    def contains(self, other: "Cycle") -> bool:
        """Whether all days of another cycle are in this one."""
        return self.id != other.id and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Cycle") -> bool:
        """Whether two cycles share a day."""
        return self.start <= other.end and other.start <= self.end


def calendar_cycle(name: str, fiscal_year: FiscalYear | None = None) -> Cycle | None:
    """Return the cycle called `2026`, `2026-h2`, `2026-q4` or `2026-10`, or None.

    With a fiscal year, `fy2027`, `fy2027-h1` and `fy2027-q3` are cycles too, and `fy27-q3` is the
    last of these.
    """
    match = _CALENDAR.fullmatch(name.lower())
    if match is None or (match["fiscal"] and fiscal_year is None):
        return None
    year = int(match["year"] or match["fiscal"])
    label, first = str(year), 12 * year  # months are counted from the year 0
    if match["fiscal"] and fiscal_year is not None:
        year += 2000 if year < 100 else 0
        label, first = f"fy{year}", 12 * fiscal_year.begins_in(year) + fiscal_year.starts - 1
    part, months = "", 12
    if match["half"]:
        part, months, first = f"h{match['half']}", 6, first + 6 * int(match["half"]) - 6
    elif match["quarter"]:
        part, months, first = f"q{match['quarter']}", 3, first + 3 * int(match["quarter"]) - 3
    elif match["month"]:
        part, months, first = match["month"], 1, first + int(match["month"]) - 1
    id = f"{label}-{part}" if part else label
    title = id if match["month"] else id.replace("-", " ").upper()
    start, following = _first_day(first), _first_day(first + months)
    return Cycle(id, title, start, following - timedelta(days=1))


def _first_day(month: int) -> date:
    """Return the first day of a month that is counted from the year 0."""
    return date(month // 12, month % 12 + 1, 1)


def calendar_name(id: str) -> str | None:
    """Return the calendar's name that an id is or ends in: `cycles/2026-q4` ends in `2026-q4`."""
    tail = id.rsplit("/", 1)[-1]
    return tail if _CALENDAR.fullmatch(tail) else None


def siblings(id: str) -> tuple[str, str] | None:
    """Return the year and the kind of a period's name: what it shares with its siblings.

    None for years, which have no siblings, and for other names.
    """
    match = _CALENDAR.fullmatch(calendar_name(id) or "")
    if match is None or match.end() == match.end("year") or match.end() == match.end("fiscal"):
        return None
    kind = "half" if match["half"] else "quarter" if match["quarter"] else "month"
    return match["year"] or f"fy{match['fiscal'][-2:]}", kind


def spellings(name: str) -> tuple[str, ...]:
    """Return a cycle's name as written, and as it may be written too: `fy27-q3`, `fy2027-q3`."""
    short = re.sub(r"\bfy20([0-9]{2})(?![0-9])", r"fy\1", name)
    long = re.sub(r"\bfy([0-9]{2})(?![0-9])", r"fy20\1", name)
    return tuple(dict.fromkeys((name, long, short)))


def meant_calendar_name(
    name: str, fiscal_year: FiscalYear | None = None, exactly: bool = False
) -> str | None:
    """Return the name probably meant by `2026-q5`, `Q4 2026`, `2026-9` or `FY27Q3`.

    `exactly` leaves out what no year has, like a fifth quarter.
    """
    match = _ALMOST_CALENDAR.fullmatch(name.lower())
    year = match and (match["year"] or match["after"])
    if match is None or year is None:
        return None
    kind, number = match["kind"] or "", int(match["number"])
    if exactly and not 1 <= number <= _MOST_IN_YEAR[kind]:
        return None
    number = min(max(number, 1), _MOST_IN_YEAR[kind])
    year = year.replace(" ", "")
    near = calendar_cycle(f"{year}-{kind}{number}" if kind else f"{year}-{number:02}", fiscal_year)
    return near.id if near else None


def containing(cycle: Cycle, cycles: Iterable[Cycle]) -> list[Cycle]:
    """List the cycles that contain this one, the shortest first."""
    return sorted(
        (other for other in cycles if other.contains(cycle)), key=lambda c: (c.days, c.id)
    )


def comparable(earlier: Cycle, later: Cycle) -> bool:
    """Whether one cycle is over before another of about the same length begins."""
    return earlier.end < later.start and 0.5 < earlier.days / later.days < 2


def last_before(cycle: Cycle, cycles: Iterable[Cycle]) -> Cycle | None:
    """Return the last of some cycles that is comparable with a later one."""
    earlier = (other for other in cycles if comparable(other, cycle))
    return max(earlier, key=_end_first, default=None)


def each_before(cycles: Iterable[Cycle]) -> dict[str, Cycle | None]:
    """Return for the id of each cycle the last of them that is comparable with it, as above.

    Of each only those that end just before it are looked at.
    """
    ordered = sorted(cycles, key=_end_first)
    ends = [cycle.end for cycle in ordered]
    found: dict[str, Cycle | None] = {}
    for cycle in ordered:
        over = reversed(range(bisect_left(ends, cycle.start)))
        earlier = (ordered[at] for at in over if comparable(ordered[at], cycle))
        found[cycle.id] = next(earlier, None)
    return found


def _end_first(cycle: Cycle) -> tuple[date, int, str]:
    return cycle.end, cycle.days, cycle.id


def newest_first(cycles: Iterable[Cycle]) -> list[Cycle]:
    """Sort cycles for people: the one that ends last first, of these the longest."""
    return sorted(cycles, key=lambda c: (-c.end.toordinal(), -c.days, c.id))


def cycle_called(cycles: Iterable[Cycle], name: str) -> Cycle | None:
    """Return the cycle whose id is a name or ends in it, if there is one."""
    wanted = tuple(f"/{spelling}" for spelling in spellings(normal_form(name)))
    ends = (cycle for cycle in cycles if f"/{cycle.id}".endswith(wanted))
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
