"""Put a reading into a CSV file, written as its other rows, and leave every other byte alone."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from okrsite.documents.quantity import InvalidValueError
from okrsite.documents.source import normal_newlines
from okrsite.documents.values import parse_day
from okrsite.editing.source_file import EditError, newline_before

_SEPARATORS = (",", ";", "\t")
_PLAIN = re.compile(r"\s*[-+]?[0-9]+(\.[0-9]+)?\s*")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the file: its cells, its day, and the positions of its first and last character.

    `day` is None where the row has none that can be read; the end is behind its line end.
    """

    cells: tuple[str, ...]
    start: int
    end: int
    day: date | None


@dataclass(frozen=True, slots=True)
class NewReading:
    """A reading that is to be written; the value is a quantity as it was typed.

    `plain` is the same value without its unit, for a KPI whose other readings are plain numbers.
    """

    day: date
    value: str
    note: str | None = None
    plain: str | None = None

    def value_among(self, others: Iterable[str]) -> str:
        """Return the value as the others are written: with or without its unit."""
        others = list(others)
        if self.plain is not None and others and all(map(_PLAIN.fullmatch, others)):
            return self.plain
        return self.value


def with_row(content: bytes, reading: NewReading, replace: int | None = None) -> bytes:
    """Return a CSV file with the row of a reading, in the order of the others.

    `replace` is the line of the row that it takes the place of. Raises EditError where the file
    isn't one of readings, or the row could not be read back.
    """
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    try:
        text = content[len(mark) :].decode()
    except UnicodeDecodeError:
        raise EditError("the CSV file is not UTF-8", 1, "save it as UTF-8") from None
    header, separator, first, rows = _taken_apart(text)
    if reading.note and "note" not in header:
        message = "the CSV file has no column `note`"
        raise EditError(message, 1, "add it to the first line, or leave out --note")
    newline = newline_before(text, len(text))
    if replace is not None:
        return mark + _replaced(text, header, separator, rows, reading, replace).encode()
    cells = {"date": reading.day.isoformat(), "value": reading.value_among(_values(header, rows))}
    line = _line(header, {**cells, "note": reading.note or ""}, separator)
    at = _place(rows, reading.day)
    if at < len(rows):
        start = rows[at].start
        return mark + f"{text[:start]}{line}{newline}{text[start:]}".encode()
    end = rows[-1].end if rows else first
    if not text[:end].endswith(("\r", "\n")):
        return mark + f"{text[:end]}{newline}{line}{text[end:]}".encode()
    return mark + f"{text[:end]}{line}{newline}{text[end:]}".encode()


def _replaced(
    text: str,
    header: list[str],
    separator: str,
    rows: list[_Row],
    reading: NewReading,
    number: int,
) -> str:
    row = next((r for r in rows if _line_number(text, r.start) <= number <= _last(text, r)), None)
    if row is None:
        raise EditError("there is no row in this line", number, "run the command again")
    cells = dict(zip(header, row.cells, strict=False))
    others = [other for other in rows if other is not row]
    cells["value"] = reading.value_among(_values(header, others))
    if reading.note is not None:
        cells["note"] = reading.note
    ending = text[row.start : row.end]
    ending = ending[len(ending.rstrip("\r\n")) :]
    return f"{text[: row.start]}{_line(header, cells, separator)}{ending}{text[row.end :]}"


def _line_number(text: str, position: int) -> int:
    return normal_newlines(text[:position]).count("\n") + 1


def _last(text: str, row: _Row) -> int:
    return _line_number(text, max(row.start, row.end - 2))


def _taken_apart(text: str) -> tuple[list[str], str, int, list[_Row]]:
    """Return the names of the columns, what separates them, where the first line ends, and the
    rows that hold something."""
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)
    position = 0
    if lines and re.match(r'"?sep=[,;\t]', lines[0], re.IGNORECASE):
        position = len(lines.pop(0))
    head = lines[0] if lines else ""
    wanted = {"date", "value"}
    separator = next((s for s in _SEPARATORS if wanted <= set(_names(head.split(s)))), None)
    if separator is None:
        message = "the first line of the CSV file does not name `date` and `value`"
        raise EditError(message, 1, "make `date,value,note` its first line")
    header = _names(next(csv.reader([head], delimiter=separator)))
    first = position + len(head)
    if '"' in text:
        return header, separator, first, list(_quoted_rows(lines, position, separator, header))
    rows = []
    position = first
    for line in lines[1:]:
        start, position = position, position + len(line)
        if line.strip(f"\r\n \t{separator}"):
            rows.append(_row(line.rstrip("\r\n").split(separator), start, position, header))
    return header, separator, first, rows


def _quoted_rows(
    lines: list[str], position: int, separator: str, header: list[str]
) -> Iterator[_Row]:
    """Yield the rows of a file in which a cell in quotes may go over several lines."""
    starts = [position]
    for line in lines:
        starts.append(starts[-1] + len(line))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    before = 0
    try:
        for number, cells in enumerate(reader):
            start, end = starts[before], starts[reader.line_num]
            before = reader.line_num
            if number and any(cell.strip() for cell in cells):
                yield _row(cells, start, end, header)
    except csv.Error as error:
        number = reader.line_num
        raise EditError(f"the row can't be read: {error}", number, "look for a quote") from None


def _row(cells: list[str], start: int, end: int, header: list[str]) -> _Row:
    known = dict(zip(header, cells, strict=False))
    try:
        day = parse_day(known.get("date", ""))
    except InvalidValueError:
        day = None
    return _Row(tuple(cells), start, end, day)


def _names(cells: list[str]) -> list[str]:
    return [name.strip().strip('"').strip().lower() for name in cells]


def _values(header: list[str], rows: list[_Row]) -> list[str]:
    at = header.index("value")
    return [row.cells[at] for row in rows if at < len(row.cells)]


def _line(header: list[str], cells: Mapping[str, str], separator: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=separator, lineterminator="").writerow(
        [cells.get(name, "") for name in header]
    )
    return line.getvalue()


def _place(rows: list[_Row], day: date) -> int:
    """Return the row before which one of a day belongs; files keep their order."""
    days = [row.day for row in rows if row.day is not None]
    if len(days) == len(rows) and len(days) > 1 and days == sorted(days, reverse=True):
        if days[0] != days[-1]:
            return sum(known > day for known in days)
    if len(days) == len(rows) and days == sorted(days):
        return sum(known <= day for known in days)
    return len(rows)
