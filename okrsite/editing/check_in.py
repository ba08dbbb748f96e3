"""Insert a check-in into the front matter of its objective."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrsite.documents.front_matter import parse
from okrsite.documents.theme_fields import THEME_FIELDS
from okrsite.documents.values import read_date
from okrsite.documents.yaml_nodes import FrontMatterError
from okrsite.editing.insertion_points import (
    append_in_brackets,
    append_lines,
    dash_line,
    lines_after,
    put_before_in_brackets,
)
from okrsite.editing.merging import merged
from okrsite.editing.new_check_in import Statement
from okrsite.editing.source_file import EditError, Insertion, Manuscript, manuscript
from okrsite.editing.yaml_positions import SCALAR, SEQUENCE, Node
from okrsite.editing.yaml_text import flow_text

FIELD = "check_ins"
"""The field of an objective with its check-ins."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A file after an edit: its bytes, the first new line, and all new lines."""

    content: bytes
    line: int
    added: str


def add_check_in(content: bytes, said: Statement) -> Edited:
    """Insert a check-in into an objective's file, or merge it into that day's.

    Raises EditError where that cannot be done by insertion alone, or where it is stated already.
    """
    sheet = manuscript(content)
    insertions = sorted(_insertions(sheet, said), key=lambda insertion: insertion.position)
    made = sheet.with_insertions(insertions)
    lines = _touched(sheet.text, insertions)
    if not _reads_back(sheet, made, said):
        listed = sheet.fields.value(FIELD)
        at = sheet.line_of(listed.start) if listed else 1
        raise EditError(
            "a check-in cannot be put here without changing something else",
            at,
            "write it by hand: aliases, `<<` and unusual YAML stand in the way",
        )
    return Edited(made, min(lines), "\n".join(lines[number] for number in sorted(lines)))


def _touched(text: str, insertions: Iterable[Insertion]) -> dict[int, str]:
    """Return the lines that hold something new, by their numbers; a comma alone is nothing new."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    done = length = 0
    for insertion in insertions:
        length += insertion.position - done + len(insertion.text)
        parts += [text[done : insertion.position], insertion.text]
        done = insertion.position
        said = insertion.text.strip("\n")
        if said != ",":
            end = length - (len(insertion.text) - len(insertion.text.rstrip("\n")))
            spans.append((end - len(said), end))
    whole = "".join([*parts, text[done:]])
    every = whole.split("\n")
    numbers = {
        number
        for start, end in spans
        for number in range(whole.count("\n", 0, start), whole.count("\n", 0, end) + 1)
    }
    return {number + 1: every[number] for number in numbers}


def _insertions(sheet: Manuscript, said: Statement) -> list[Insertion]:
    root = sheet.fields
    listed = root.value(FIELD)
    entry = {"date": said.date.isoformat(), **said.fields()}
    if listed is None:
        if root.flow:
            return append_in_brackets(sheet, root, f"{FIELD}: {flow_text([entry])}")
        indent = " " * root.pairs[0][0].column
        lines = [f"{indent}{FIELD}:", _first_line(sheet, entry)]
        return append_lines(sheet, root, lines, len(indent) + 1)
    if listed.alias:
        raise EditError(
            f"`{FIELD}` is an alias of something else in the file",
            sheet.line_of(listed.start),
            "write the list out",
        )
    if listed.kind == SCALAR:
        return _into_nothing(sheet, listed, entry)
    if listed.kind != SEQUENCE:
        raise EditError(
            f"`{FIELD}` is not a list",
            sheet.line_of(listed.start),
            "begin each check-in with a dash: `- date: 2026-11-16`",
        )
    dates = [_date_of(item) for item in listed.items]
    same = [i for i, day in zip(listed.items, dates, strict=True) if day == said.date]
    if same:
        return merged(sheet, same, said)
    position = _position(dates, said.date)
    if listed.flow:
        piece = flow_text(entry)
        if position < len(listed.items):
            return put_before_in_brackets(sheet, listed.items[position], piece)
        return append_in_brackets(sheet, listed, piece)
    return _into_lines(sheet, listed, position, entry)


def _into_nothing(sheet: Manuscript, listed: Node, entry: dict[str, Any]) -> list[Insertion]:
    if listed.start != listed.end:
        raise EditError(
            f"`{FIELD}` is not a list",
            sheet.line_of(listed.start),
            f"write `{FIELD}:` with nothing behind it, or leave it out",
        )
    if sheet.fields.flow:
        return [Insertion(listed.start, f" {flow_text([entry])}")]
    deep = sheet.fields.pairs[0][0].column + 1
    return append_lines(sheet, listed, [_first_line(sheet, entry)], deep)


def _first_line(sheet: Manuscript, entry: dict[str, Any]) -> str:
    """Return the line of the first check-in, indented as the other lists of the document are."""
    outer = sheet.fields.pairs[0][0].column
    lists = (v for _, v in sheet.fields.pairs if v.kind == SEQUENCE and not v.flow)
    example = next((node for node in lists if node.items), None)
    if example is None:
        return _line(entry, outer + 2, " ")
    return _line(entry, example.column, _gap(sheet, example))


def _into_lines(
    sheet: Manuscript, listed: Node, position: int, entry: dict[str, Any]
) -> list[Insertion]:
    """Insert an item into a list with dashes."""
    items, column = listed.items, listed.column
    line = _line(entry, column, _gap(sheet, listed))
    blank = "\n" if len(items) > 1 and _stands_apart(sheet, items[1], column) else ""
    if position == 0:
        return [Insertion(dash_line(sheet, items[0], column), f"{line}\n{blank}")]
    deep = column + 1
    if position == len(items) and column > sheet.fields.pairs[0][0].column:
        deep = column
    return [Insertion(lines_after(sheet, items[position - 1], deep), f"{blank}{line}\n")]


def _line(entry: Mapping[str, Any], column: int, gap: str) -> str:
    """Write a check-in on a line of its own, also where others have several.

    Git merges two branches line by line: of two check-ins over several lines it would keep a line
    that both have only once. A line that begins with the date is in no other check-in.
    """
    return f"{' ' * column}-{gap}{flow_text(entry)}"


def _gap(sheet: Manuscript, listed: Node) -> str:
    """Return the blanks between the dash and what follows it, as the list's first item has them."""
    first = listed.items[0]
    between = sheet.text[listed.start + 1 : first.start]
    return between if between and not between.strip(" ") else " "


def _stands_apart(sheet: Manuscript, item: Node, column: int) -> bool:
    """Whether a blank line separates an item, and the comments above it, from the last."""
    start = dash_line(sheet, item, column)
    while start > 0:
        above = sheet.line_start(start - 1)
        line = sheet.text[above : start - 1].strip()
        if not line.startswith("#"):
            return not line
        start = above
    return False


def _date_of(item: Node) -> date | None:
    found = item.value("date")
    if found is None or found.kind != SCALAR:
        return None
    try:
        return read_date(found.text)
    except ValueError:
        return None


def _position(dates: Sequence[date | None], day: date) -> int:
    """Return the check-in before which a new one belongs; lists keep their order."""
    known = [found for found in dates if found is not None]
    if len(known) == len(dates) and known:
        if known == sorted(known):
            return sum(found <= day for found in known)
        if known == sorted(known, reverse=True):
            return sum(found > day for found in known)
    return len(dates)


def _reads_back(sheet: Manuscript, made: bytes, said: Statement) -> bool:
    """Whether the new file holds what the old one held, and the check-in, and nothing else."""
    try:
        before = parse(sheet.text, THEME_FIELDS)
        after = parse(manuscript(made).text, THEME_FIELDS)
    except (EditError, FrontMatterError):
        return False
    if (after.body, after.theme_fields) != (before.body, before.theme_fields):
        return False
    old, new = dict(before.fields), dict(after.fields)
    entries, found = old.pop(FIELD, []), new.pop(FIELD, [])
    return old == new and _is_one_more(entries, found, said)


def _is_one_more(old: list[Any], new: list[Any], said: Statement) -> bool:
    if len(new) == len(old):
        changed = [(o, n) for o, n in zip(old, new, strict=True) if o != n]
        return len(changed) == 1 and changed[0][1] == _joined(changed[0][0], said.fields())
    entry = {"date": said.date.isoformat(), **said.fields()}
    return any(
        found == entry and new[:position] + new[position + 1 :] == old
        for position, found in enumerate(new)
    )


def _joined(entry: Any, fields: dict[str, Any]) -> dict[str, Any]:
    values = {**(entry.get("values") or {}), **fields.get("values", {})}
    return {**entry, **fields, **({"values": values} if values else {})}
