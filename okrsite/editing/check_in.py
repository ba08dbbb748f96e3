"""Insert a check-in into the front matter of its objective."""

from collections.abc import Iterable, Sequence
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
from okrsite.editing.source_file import EditError, Insertion, SourceFile, source_file_of
from okrsite.editing.yaml_positions import SCALAR, SEQUENCE, Node
from okrsite.editing.yaml_text import flow_text

FIELD = "check_ins"
"""The field of an objective with its check-ins."""

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Edited:
    """A file after an edit: its bytes, the first new line, and all new lines."""

    content: bytes
    line: int
    added: str


def add_check_in(content: bytes, statement: Statement) -> Edited:
    """Insert a check-in into an objective's file, or merge it into that day's.

    Raises EditError where that cannot be done by insertion alone, or where it is stated already.
    """
    file = source_file_of(content)
    insertions = sorted(_insertions(file, statement), key=lambda insertion: insertion.position)
    made = file.with_insertions(insertions)
    lines = _touched(file.text, insertions)
    if not _reads_back(file, made, statement):
        message = "a check-in can't be added here without changing something else"
        hint = "add it by hand: aliases, `<<` and unusual YAML get in the way"
        raise file.error(message, file.fields.value(FIELD), hint)
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
        new = insertion.text.strip("\n")
        if new != ",":
            end = length - (len(insertion.text) - len(insertion.text.rstrip("\n")))
            spans.append((end - len(new), end))
    whole = "".join([*parts, text[done:]])
    every = whole.split("\n")
    numbers = {
        number
        for start, end in spans
        for number in range(whole.count("\n", 0, start), whole.count("\n", 0, end) + 1)
    }
    return {number + 1: every[number] for number in numbers}


def _insertions(file: SourceFile, statement: Statement) -> list[Insertion]:
    root = file.fields
    listed = root.value(FIELD)
    entry = {"date": statement.date.isoformat(), **statement.fields()}
    if listed is None:
        if root.flow:
            return append_in_brackets(file, root, f"{FIELD}: {flow_text([entry])}")
        indent = " " * root.pairs[0][0].column
        lines = [f"{indent}{FIELD}:", _first_line(file, entry)]
        return append_lines(file, root, lines, len(indent) + 1)
    if listed.alias:
        message = f"`{FIELD}` is an alias of something else in the file"
        raise file.error(message, listed, "write the list out")
    if listed.kind == SCALAR:
        return _into_nothing(file, listed, entry)
    if listed.kind != SEQUENCE:
        hint = "begin each check-in with a dash: `- date: 2026-11-16`"
        raise file.error(f"`{FIELD}` is not a list", listed, hint)
    dates = [_date_of(item) for item in listed.items]
    same = [i for i, day in zip(listed.items, dates, strict=True) if day == statement.date]
    if same:
        return merged(file, same, statement)
    position = _position(dates, statement.date)
    if listed.flow:
        piece = flow_text(entry)
        if position < len(listed.items):
            return put_before_in_brackets(file, listed.items[position], piece)
        return append_in_brackets(file, listed, piece)
    return _into_lines(file, listed, position, entry)


def _into_nothing(file: SourceFile, listed: Node, entry: Entry) -> list[Insertion]:
    if listed.start != listed.end:
        hint = f"write `{FIELD}:` with nothing after it, or remove it"
        raise file.error(f"`{FIELD}` is not a list", listed, hint)
    if file.fields.flow:
        return [Insertion(listed.start, f" {flow_text([entry])}")]
    deep = file.fields.pairs[0][0].column + 1
    return append_lines(file, listed, [_first_line(file, entry)], deep)


def _first_line(file: SourceFile, entry: Entry) -> str:
    """Return the line of the first check-in, indented as the other lists of the document are."""
    outer = file.fields.pairs[0][0].column
    lists = (v for _, v in file.fields.pairs if v.kind == SEQUENCE and not v.flow)
    example = next((node for node in lists if node.items), None)
    if example is None:
        return _line(entry, outer + 2, " ")
    return _line(entry, example.column, _gap(file, example))


def _into_lines(file: SourceFile, listed: Node, position: int, entry: Entry) -> list[Insertion]:
    """Insert an item into a list with dashes."""
    items, column = listed.items, listed.column
    line = _line(entry, column, _gap(file, listed))
    blank = "\n" if len(items) > 1 and _is_apart(file, items[1], column) else ""
    if position == 0:
        return [Insertion(dash_line(file, items[0], column), f"{line}\n{blank}")]
    deep = column + 1
    if position == len(items) and column > file.fields.pairs[0][0].column:
        deep = column
    return [Insertion(lines_after(file, items[position - 1], deep), f"{blank}{line}\n")]


def _line(entry: Entry, column: int, gap: str) -> str:
    """Write a check-in on a line of its own, also where others have several.

    Git merges two branches line by line: of two check-ins over several lines it would keep a line
    that both have only once. A line that begins with the date is in no other check-in.
    """
    return f"{' ' * column}-{gap}{flow_text(entry)}"


def _gap(file: SourceFile, listed: Node) -> str:
    """Return the blanks between the dash and what follows it, as the list's first item has them."""
    first = listed.items[0]
    between = file.text[listed.start + 1 : first.start]
    return between if between and not between.strip(" ") else " "


def _is_apart(file: SourceFile, item: Node, column: int) -> bool:
    """Whether a blank line separates an item, and the comments above it, from the last."""
    start = dash_line(file, item, column)
    while start > 0:
        above = file.line_start(start - 1)
        line = file.text[above : start - 1].strip()
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


def _reads_back(file: SourceFile, made: bytes, statement: Statement) -> bool:
    """Whether the new file holds what the old one held, and the check-in, and nothing else."""
    try:
        before = parse(file.text, THEME_FIELDS)
        after = parse(source_file_of(made).text, THEME_FIELDS)
    except (EditError, FrontMatterError):
        return False
    if after.repeated_keys:
        return False
    if (after.body, after.theme_fields) != (before.body, before.theme_fields):
        return False
    old, new = dict(before.fields), dict(after.fields)
    entries, found = old.pop(FIELD, []), new.pop(FIELD, [])
    return old == new and _is_one_more(entries, found, statement)


def _is_one_more(old: list[Any], new: list[Any], statement: Statement) -> bool:
    if len(new) == len(old):
        changed = [(o, n) for o, n in zip(old, new, strict=True) if o != n]
        return len(changed) == 1 and changed[0][1] == _joined(changed[0][0], statement.fields())
    entry = {"date": statement.date.isoformat(), **statement.fields()}
    return any(found == entry and new[:n] + new[n + 1 :] == old for n, found in enumerate(new))


def _joined(entry: Any, fields: dict[str, Any]) -> dict[str, Any]:
    values = {**(entry.get("values") or {}), **fields.get("values", {})}
    return {**entry, **fields, **({"values": values} if values else {})}
