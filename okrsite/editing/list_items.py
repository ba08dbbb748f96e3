"""Put an item into a list of the front matter, written as the list is."""

from collections.abc import Mapping
from datetime import date

from okrsite.documents.values import read_date
from okrsite.editing.insertion_points import (
    append_in_brackets,
    append_lines,
    dash_line,
    lines_after,
    put_before_in_brackets,
)
from okrsite.editing.source_file import Insertion, SourceFile
from okrsite.editing.yaml_positions import SCALAR, SEQUENCE, Node
from okrsite.editing.yaml_text import Value, flow_text

Entry = Mapping[str, Value]


def list_of(file: SourceFile, field: str, hint: str) -> Node | None:
    """Return the list of a field, empty or not; None where the field isn't there.

    Raises EditError, with the hint, where it is something else.
    """
    listed = file.fields.value(field)
    if listed is None:
        return None
    if listed.alias:
        message = f"`{field}` is an alias of something else in the file"
        raise file.error(message, listed, "write the list out")
    if listed.kind == SCALAR and listed.start != listed.end:
        hint = f"write `{field}:` with nothing after it, or remove it"
        raise file.error(f"`{field}` is not a list", listed, hint)
    if listed.kind not in (SCALAR, SEQUENCE):
        raise file.error(f"`{field}` is not a list", listed, hint)
    return listed


def insert_first(
    file: SourceFile, field: str, entry: Entry, before: str | None = None
) -> list[Insertion]:
    """Add a field with a list of one item, before another field or at the end."""
    root = file.fields
    if root.flow:
        return append_in_brackets(file, root, f"{field}: {flow_text([entry])}")
    indent = " " * root.pairs[0][0].column
    lines = [f"{indent}{field}:", _first_line(file, entry)]
    names = [key.text for key, _ in root.pairs]
    following = names.index(before) if before in names else 0
    above = root.pairs[following - 1][1] if following else root
    return append_lines(file, above, lines, len(indent) + 1)


def insert_item(file: SourceFile, listed: Node, position: int, entry: Entry) -> list[Insertion]:
    """Put an item before the one at a position of a list, or at its end."""
    if listed.kind == SCALAR:
        return _into_nothing(file, listed, entry)
    if not listed.flow:
        return _into_lines(file, listed, position, entry)
    if position < len(listed.items):
        return put_before_in_brackets(file, listed.items[position], flow_text(entry))
    return append_in_brackets(file, listed, flow_text(entry))


def _into_nothing(file: SourceFile, listed: Node, entry: Entry) -> list[Insertion]:
    if file.fields.flow:
        return [Insertion(listed.start, f" {flow_text([entry])}")]
    deep = file.fields.pairs[0][0].column + 1
    return append_lines(file, listed, [_first_line(file, entry)], deep)


def _first_line(file: SourceFile, entry: Entry) -> str:
    """Return the line of the first item, indented as the other lists of the document are."""
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
    """Write an item on a line of its own, also where others have several.

    Git merges two branches line by line: of two items over several lines it would keep a line that
    both have only once. A line that begins with the date is in no other check-in.
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


def date_of(item: Node) -> date | None:
    """Return the day of an item that is a mapping with a date; None of any other."""
    found = item.value("date")
    if found is None or found.kind != SCALAR:
        return None
    try:
        return read_date(found.text)
    except ValueError:
        return None


def position_of(listed: Node, day: date) -> int:
    """Return the item before which one of a day belongs; lists keep their order."""
    dates = [date_of(item) for item in listed.items]
    known = [found for found in dates if found is not None]
    if len(known) == len(dates) and known:
        if known == sorted(known):
            return sum(found <= day for found in known)
        if known == sorted(known, reverse=True):
            return sum(found > day for found in known)
    return len(dates)
