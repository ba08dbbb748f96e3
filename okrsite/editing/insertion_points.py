"""Where something new belongs in front matter, among what others wrote there.

New lines go after the comments that belong to what is above them, and never between a thing
and the comment below it. In brackets they follow what is there: in one line, or each on its own.
"""

import re
from collections.abc import Sequence

from okrsite.editing.source_file import Insertion, SourceFile
from okrsite.editing.yaml_positions import Node


def lines_after(file: SourceFile, node: Node, deep: int) -> int:
    """Return where the line after a value begins, behind comments that are at least `deep` inside.

    A comment behind a blank line belongs to the value only when it is deeper still.
    """
    last = node.last
    if last.block_text:
        at = last.end
        # The blank lines behind such a text belong to it only where it says so with a `+`.
        while not _KEEPS.match(file.text, last.start) and file.text[at - 2 : at] == "\n\n":
            at -= 1
    else:
        at = file.line_end(last.end) + 1
    return _behind_comments(file, min(at, file.closing), deep)


def append_lines(file: SourceFile, node: Node, lines: Sequence[str], deep: int) -> list[Insertion]:
    """Put lines after a value that is written in lines."""
    return [Insertion(lines_after(file, node, deep), "".join(f"{line}\n" for line in lines))]


def append_in_brackets(file: SourceFile, node: Node, piece: str) -> list[Insertion]:
    """Put a piece at the end of a list or mapping that is written in brackets."""
    children = [*node.items, *(value for _, value in node.pairs)]
    firsts = [*node.items, *(key for key, _ in node.pairs)]
    bracket = node.end - 1
    if not children:
        return [Insertion(bracket, piece)]
    last, first = children[-1], firsts[-1]
    comma = _COMMA.match(file.text, last.end)
    comma_end = comma.end() if comma and comma.end() <= bracket else None
    indent = own_line(file, first)
    end = file.line_end(comma_end or last.end)
    if indent is None or end > bracket:
        if comma_end is not None:
            return [Insertion(comma_end, f" {piece}")]
        between = ", " if indent is None else f",\n{indent}"
        return [Insertion(last.end, f"{between}{piece}")]
    if comma_end is not None:
        return [Insertion(end, f"\n{indent}{piece},")]
    return [Insertion(last.end, ","), Insertion(end, f"\n{indent}{piece}")]


def put_before_in_brackets(file: SourceFile, node: Node, piece: str) -> list[Insertion]:
    """Put a piece before an item of a list that is written in brackets."""
    indent = own_line(file, node)
    return [Insertion(node.start, f"{piece}, " if indent is None else f"{piece},\n{indent}")]


def own_line(file: SourceFile, node: Node) -> str | None:
    """Return the blanks before a value that is the first thing in its line, else None."""
    before = file.text[file.line_start(node.start) : node.start]
    return before if not before.strip() else None


def dash_line(file: SourceFile, item: Node, column: int) -> int:
    """Return the start of the line with the dash of a list's item."""
    start = file.line_start(item.start)
    while start > 0 and not file.text.startswith("-", start + column):
        start = file.line_start(start - 1)
    return start


def _behind_comments(file: SourceFile, at: int, deep: int) -> int:
    found, position, after_blank = at, at, False
    while position < file.closing:
        end = file.line_end(position)
        line = file.text[position:end]
        words = line.lstrip(" ")
        if not words.strip():
            after_blank = True
        elif words.startswith("#") and len(line) - len(words) >= deep + after_blank:
            found = end + 1
        else:
            break
        position = end + 1
    return found


_COMMA = re.compile(r"[ \t\n]*,")
_KEEPS = re.compile(r"[^\n]*[|>][0-9]*\+")
