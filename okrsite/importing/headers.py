"""What columns hold, by their headers and, where these fit two fields, by their cells."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from okrsite.importing.cells import Cell, Findings, Spot, Table, clip, found
from okrsite.importing.words import meaning, normal

_FIRST_ROWS = 20
"""The header is among so many rows."""

_NUMBERED = re.compile(
    r"(?P<what>key result|kr|schlusselergebnis|resultat cle|resultado clave)"
    r" ?(?P<number>[0-9]{1,3})(?: (?P<rest>.+))?"
)
_NUMBER = re.compile(r"[\W_]*[-+−]?[\W_]*[0-9][0-9.,'’\s]*\s*(?:[^\W\d_]{1,4}|[%$€£¥].*)?[\W_]*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its place, its header as written, and the field that it holds.

    `number` is that of the key result in a table with several key results a row.
    """

    index: int
    header: str
    field: str | None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Headed:
    """A table with its header: what kind of sheet it is, its columns, and the rows below.

    `role` is okrs, values, teams, users, sessions or tasks.
    """

    table: Table
    row: int
    columns: tuple[Column, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    role: str

    @property
    def above(self) -> str:
        """What is written above its header."""
        rows = (row for number, row in self.table.rows if number < self.row)
        return " ".join(cell.text for row in rows for cell in row if cell.text)

    @property
    def fields(self) -> set[str]:
        """The fields that its columns hold, numbered ones aside."""
        return {c.field for c in self.columns if c.field and c.number is None}

    def cells(self, row: tuple[Cell, ...]) -> dict[str, Cell]:
        """Return the filled cells of a row by field."""
        return {
            column.field: replace(row[column.index], spot=self._spot(row, column))
            for column in self.columns
            if column.field and column.number is None and _filled(row, column.index)
        }

    def numbered(self, row: tuple[Cell, ...]) -> dict[int, dict[str, Cell]]:
        """Return the filled cells of the key results of a row, by their number."""
        found: defaultdict[int, dict[str, Cell]] = defaultdict(dict)
        for column in self.columns:
            if column.number is not None and column.field and _filled(row, column.index):
                cell = replace(row[column.index], spot=self._spot(row, column))
                found[column.number][column.field] = cell
        return dict(sorted(found.items()))

    def _spot(self, row: tuple[Cell, ...], column: Column) -> Spot:
        return replace(row[column.index].spot, column=column.header)


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """Return the fields that a header may name."""
    text = Path(__file__).with_name("headers.toml").read_text("utf-8")
    names: defaultdict[str, list[str]] = defaultdict(list)
    for field, headers in tomllib.loads(text).items():
        for header in headers:
            names[header].append(field)
    return {header: tuple(fields) for header, fields in names.items()}


def fields_named(header: str) -> tuple[str, ...]:
    """Return the fields that a header may mean; none for an unknown one."""
    return _names().get(normal(header), ())


@cache
def known_fields() -> tuple[str, ...]:
    """Return every field that a column can hold."""
    return tuple(sorted({field for fields in _names().values() for field in fields}))


def headed(table: Table, mapped: Mapping[str, str], findings: Findings) -> Headed | None:
    """Return a table with its header; None where it has none, or its columns are not clear.

    `mapped` are the fields of columns by their headers, as the user says; `ignore` is no field.
    """
    wanted = {normal(header): field for header, field in mapped.items()}
    best, most = -1, 1
    for position, (_, cells) in enumerate(table.rows[:_FIRST_ROWS]):
        known = sum(bool(_candidates(cell.text, wanted)) for cell in cells if cell.filled)
        following = any(cell.filled for _, row in table.rows[position + 1 :] for cell in row)
        if known > most and following:
            best, most = position, known
    if best < 0:
        return None
    number, header = table.rows[best]
    rows = tuple(row for row in table.rows[best + 1 :] if any(cell.filled for cell in row[1]))
    columns = _columns(table, number, header, rows, wanted, findings)
    fields = {column.field for column in columns if column.field}
    made = Headed(table, number, columns, rows, _role(table, fields, header))
    return replace(made, columns=_by_role(made))


def _candidates(header: str, wanted: Mapping[str, str]) -> tuple[str, ...]:
    name = normal(header)
    if name in wanted:
        return () if wanted[name] == "ignore" else (wanted[name],)
    if match := _NUMBERED.fullmatch(name):
        rest = match["rest"]
        return ("title",) if rest is None else fields_named(rest)
    return _names().get(name, ())


def _columns(
    table: Table,
    number: int,
    header: Sequence[Cell],
    rows: Sequence[tuple[int, tuple[Cell, ...]]],
    wanted: Mapping[str, str],
    findings: Findings,
) -> tuple[Column, ...]:
    """Return the columns that have a header; add to `findings` what two of them dispute."""
    columns: list[Column] = []
    names = [_candidates(cell.text, wanted) for cell in header]
    has_title = any(
        {"title", "key_result", "objective"} & set(n) and "unit" not in n for n in names
    )
    for index, (cell, fits) in enumerate(zip(header, names, strict=True)):
        if not cell.text or wanted.get(normal(cell.text)) == "ignore":
            continue
        written = [row[index] for _, row in rows if _filled(row, index)]
        match = _NUMBERED.fullmatch(normal(cell.text))
        told = normal(cell.text) in wanted
        field = _decided(fits, written, has_title) if written else (fits[0] if fits else None)
        if match and not told:
            columns.append(Column(index, cell.text, field, int(match["number"])))
        elif written or field is None:
            columns.append(Column(index, cell.text, field if written else None))
    return _undisputed(table, number, columns, findings, rows)


def _undisputed(
    table: Table,
    number: int,
    columns: Sequence[Column],
    findings: Findings,
    rows: Sequence[tuple[int, tuple[Cell, ...]]],
) -> tuple[Column, ...]:
    taken: dict[tuple[str, int | None], Column] = {}
    kept: list[Column] = []
    for column in columns:
        spot = Spot(table.file, table.sheet, number, column.header)
        if column.field is None:
            if any(_filled(row, column.index) for _, row in rows):
                hint = f'name its field with --map "{column.header}=FIELD" if it matters'
                message = f"the column “{clip(column.header)}” isn't imported"
                findings.append(found("OKR611", spot, message, hint))
            continue
        key = (column.field, column.number)
        if key in taken:
            other = taken[key].header
            message = (
                f"two columns are for the {column.field.replace('_', ' ')}: "
                f"“{clip(other)}” and “{clip(column.header)}”"
            )
            hint = f'leave one out with --map "{column.header}=ignore"'
            findings.append(found("OKR602", spot, message, hint))
            continue
        taken[key] = column
        kept.append(column)
    return tuple(kept)


def _decided(fits: Sequence[str], cells: Sequence[Cell], has_title: bool) -> str | None:
    """Return the field that the cells of a column fit, of those that its header may mean."""
    options = list(fits)
    if "unit" in options and "key_result" in options:  # `metric`
        return "unit" if has_title else "key_result"
    if len(options) < 2:
        return options[0] if options else None
    if {"type", "level"} <= set(options):
        return "level" if all(meaning("level", cell.text) for cell in cells) else "type"
    numbers = sum(cell.number is not None or _is_number(cell.text) for cell in cells)
    if {"from", "start_date"} <= set(options):
        days = sum(cell.day is not None or bool(_DAY.search(cell.text)) for cell in cells)
        return "start_date" if 2 * days > len(cells) else "from"
    if {"objective", "to"} <= set(options):
        return "to" if 2 * numbers > len(cells) else "objective"
    return options[0]


_DAY = re.compile(r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{2,4}")


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None or meaning("unknown", text) is not None


def _role(table: Table, fields: set[str], header: Iterable[Cell]) -> str:
    """Return what kind of sheet a table is."""
    name = meaning("sheet", table.sheet or "")
    goals = {
        "objective",
        "key_result",
        "from",
        "to",
        "value",
        "score",
        "progress",
        "type",
        "parent",
    }
    if "date" in fields and fields & {"key_result", "title", "kr_id"} and "to" not in fields:
        if fields & {"value", "confidence", "progress", "score"}:
            return "values"
    if "team_name" in fields or "parent_team" in fields or "members" in fields:
        return "teams"
    if "user_name" in fields or (
        fields <= {"title", "owner", "team", "user_email"} and (name == "users" or _mails(header))
    ):
        return "users"
    if name == "teams" and not fields & goals:
        return "teams"
    asked = {normal(cell.text) for cell in header}
    if {"start_date", "due"} <= fields and not fields & (goals | {"owner", "team"}):
        untitled = "cycle" in fields and "title" not in fields
        if untitled or name == "sessions" or "session id" in asked:
            return "sessions"
    if name == "tasks" or (asked & {"task", "tasks", "task name"} and "type" not in fields):
        if not fields & {"to", "from", "score"} and fields & {
            "kr_id",
            "parent",
            "key_result",
            "objective",
            "objective_id",
        }:
            return "tasks"
    return "okrs"


def _mails(header: Iterable[Cell]) -> bool:
    return any("mail" in normal(cell.text) for cell in header)


def _by_role(table: Headed) -> tuple[Column, ...]:
    """Return the columns with the fields that the kind of sheet gives them."""
    fields = table.fields
    renamed: dict[str, str] = {}
    if table.role == "tasks":
        renamed = {
            "kr_id": "parent",
            "objective_id": "parent" if "kr_id" not in fields else "objective",
        }
        if "title" in fields and "parent" not in fields:
            renamed |= (
                {"key_result": "parent"} if "key_result" in fields else {"objective": "parent"}
            )
    elif table.role == "values":
        renamed = {"kr_id": "id", "title": "key_result" if "key_result" not in fields else "title"}
    elif "kr_id" in fields or (
        "objective_id" in fields and "key_result" in fields and "objective" not in fields
    ):
        renamed = {"kr_id": "id", "objective_id": "parent"}
    elif "objective_id" in fields:
        renamed = {"objective_id": "id"}
    return tuple(
        replace(c, field=renamed.get(c.field, c.field)) if c.field and c.number is None else c
        for c in table.columns
    )


def _filled(row: tuple[Cell, ...], index: int) -> bool:
    return index < len(row) and row[index].filled
