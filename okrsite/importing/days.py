"""Days and periods as other programs write them: `30/11/2026`, `30 November 2026`, `Q4/2026`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from babel.dates import get_month_names

from okrsite.importing.cells import Cell, Findings, clip, found
from okrsite.importing.words import words_of
from okrsite.project.model.cycles import Cycle, calendar_cycle
from okrsite.settings import FiscalYear

Order = Literal["ymd", "dmy", "mdy"]
LANGUAGES = ("en", "de", "fr", "es")
"""The languages whose months are known."""

_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ].*)?")
_NUMERIC = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?:[T ,].*)?")
_DAY_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?\.?\s*(?:de\s+)?([^\W\d_]+)\.?,?\s*(?:de\s+)?([0-9]{4})"
)
_MONTH_DAY = re.compile(r"([^\W\d_]+)\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})")


@cache
def _months() -> Mapping[str, int]:
    names: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    names.setdefault(words_of(name), number)
    return names | {"sept": 9}


class AmbiguousDayError(ValueError):
    """A day can be read in two ways."""


@dataclass(frozen=True, slots=True)
class Days:
    """How the days of one file are read: in the order the user says, or that its own cells show."""

    told: Order | None = None
    seen: Order | None = None

    def read(self, cell: Cell) -> date:
        """Return the day of a cell; raise ValueError where it is none, or could be two."""
        if cell.problem is not None:
            raise ValueError(f"{cell.problem} is not a date")
        if cell.day is not None:
            return cell.day
        text = cell.text.strip()
        if match := _ISO.fullmatch(text):
            return _day(text, match[1], match[2], match[3])
        if match := _DAY_MONTH.fullmatch(text):
            return _day(text, match[3], _months().get(words_of(match[2])), match[1])
        if match := _MONTH_DAY.fullmatch(text):
            return _day(text, match[3], _months().get(words_of(match[1])), match[2])
        match = _NUMERIC.fullmatch(text)
        if match is None:
            raise ValueError(f"“{clip(text)}” is not a date")
        order = self.told or (self.seen if match[2] != "." else None) or _only_order(text)
        if order is None:
            raise AmbiguousDayError(text)
        if order == "ymd":
            return _day(text, match[1], match[3], match[4])
        day, month = (match[1], match[3]) if order == "dmy" else (match[3], match[1])
        return _day(text, match[4], month, day)


def _day(text: str, year: str, month: str | int | None, day: str) -> date:
    whole = int(year) + (2000 if len(year) < 3 else 0)
    try:
        return date(whole, int(month or 0), int(day))
    except ValueError:
        raise ValueError(f"“{clip(text)}” is not a date") from None


def _only_order(text: str) -> Order | None:
    """Return the one order in which a day of numbers can be read.

    With points between them nobody writes the month first.
    """
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if match[2] == "." or first > 12:
        return "dmy"
    return "mdy" if second > 12 else None


def days_of(cells: Iterable[Cell], told: Order | None, findings: Findings) -> Days:
    """Return how the days of a file are read; add to `findings` what that rests on."""
    if told is not None:
        return Days(told)
    seen: dict[Order, Cell] = {}
    open_cell: Cell | None = None
    for cell in cells:
        match = _NUMERIC.fullmatch(cell.text) if cell.day is None else None
        if match is None or match[2] == ".":
            continue
        order = _only_order(cell.text)
        if order is not None:
            seen.setdefault(order, cell)
        elif match[1] != match[3]:
            open_cell = open_cell or cell
    if len(seen) != 1:
        return Days()
    ((order, cell),) = seen.items()
    if open_cell is not None:
        first = "day" if order == "dmy" else "month"
        message = (
            f"“{clip(open_cell.text)}” is read with the {first} first, as “{clip(cell.text)}” "
            f"in row {cell.spot.row} can only be"
        )
        hint = f"--dates {'mdy' if order == 'dmy' else 'dmy'} reads it the other way"
        findings.append(found("OKR613", open_cell.spot, message, hint))
    return Days(seen=order)


_YEAR = r"(?P<fiscal>fy|gj)? ?y?(?P<year>[12][0-9]{3}|[0-9]{2})"
_PART = (
    r"(?:(?:q|t|quarter|quartal|trimestre|trim) ?(?P<q>[1-4])"
    r"|(?P<q2>[1-4]) ?(?:st|nd|rd|th|e|er|eme|o)? ?"
    r"(?:q|t|quarter|quartal|trimestre)"
    r"|(?:h|s|hj|half|halbjahr|semester|semestre) ?(?P<h>[12])"
    r"|(?P<h2>[12]) ?(?:st|nd|e|er|eme|o)? ?"
    r"(?:h|half|hj|halbjahr|semester|semestre)|(?P<month>[a-z]{3,}))"
)
_PERIODS = (
    re.compile(rf"{_PART} ?(?:de )?{_YEAR}"),
    re.compile(rf"{_YEAR} ?{_PART}"),
    re.compile(r"(?P<year>[12][0-9]{3}) (?P<number>0?[1-9]|1[0-2])"),
    re.compile(r"(?P<number>0?[1-9]|1[0-2]) (?P<year>[12][0-9]{3})"),
    re.compile(
        r"(?:(?P<fiscal>fy|gj) ?(?P<year>[12][0-9]{3}|[0-9]{2})"
        r"|(?:y|year|jahr|annee|ano)? ?(?P<year2>[12][0-9]{3}))"
    ),
)


def period(text: str, fiscal_year: FiscalYear | None) -> Cycle | None:
    """Return the calendar's or fiscal period that a whole text names, or None.

    Raises ValueError for a period of a fiscal year where the site has none.
    """
    words = words_of(text)
    for pattern in _PERIODS:
        if (match := pattern.fullmatch(words)) and (name := _name(match)):
            if name.startswith("fy") and fiscal_year is None:
                raise ValueError(f"“{clip(text)}” is a fiscal year, but the site has none")
            return calendar_cycle(name, fiscal_year)
    return None


def period_in(text: str, fiscal_year: FiscalYear | None) -> Cycle | None:
    """Return the first period that a heading or the name of a sheet mentions, or None."""
    words = words_of(text).split()
    for length in (4, 3, 2, 1):
        for start in range(len(words) - length + 1):
            try:
                if cycle := period(" ".join(words[start : start + length]), fiscal_year):
                    return cycle
            except ValueError:
                continue
    return None


def _name(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = parts.get("year") or parts.get("year2") or ""
    fiscal = bool(parts.get("fiscal"))
    label = f"fy{year}" if fiscal else year if len(year) == 4 else f"20{year}"
    if quarter := parts.get("q") or parts.get("q2"):
        return f"{label}-q{quarter}"
    if half := parts.get("h") or parts.get("h2"):
        return f"{label}-h{half}"
    month = parts.get("number")
    if word := parts.get("month"):
        month = str(_months().get(word, ""))
        if not month or fiscal or len(year) != 4:
            return None
    if month:
        return f"{label}-{int(month):02}"
    return label


def period_of_days(start: date, end: date, fiscal_year: FiscalYear | None) -> Cycle | None:
    """Return the period with exactly these days: a year, half, quarter or month, or None."""
    for year in {start.year, end.year, end.year + 1}:
        parts = ["", *(f"-h{n}" for n in (1, 2)), *(f"-q{n}" for n in range(1, 5))]
        labels = [f"{year}{part}" for part in [*parts, *(f"-{n:02}" for n in range(1, 13))]]
        if fiscal_year is not None:
            labels += [f"fy{year}{part}" for part in parts]
        for label in labels:
            cycle = calendar_cycle(label, fiscal_year)
            if cycle is not None and (cycle.start, cycle.end) == (start, end):
                return cycle
    return None
