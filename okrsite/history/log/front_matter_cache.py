"""A cache of the pieces of front matter, because most of each version was read a moment ago.

From one version of a document to the next a line or two change. Each top-level field, and each item
of a long list, is parsed by itself and kept by its text. What cannot be cut with certainty is read
as a whole, in the usual way, which also finds its errors. The lines are those within a piece;
nothing in a change log has a line.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from okrsite.documents.front_matter import FrontMatter, closing_line, parse
from okrsite.documents.lines import LineNumbers
from okrsite.documents.theme_fields import OWN_FIELDS
from okrsite.documents.yaml_nodes import FrontMatterError

# An anchor, alias or tag may reach from one piece into another.
_REACHING = re.compile(r"(?:^|[\s\[{,])[&*!%]\S|<<", re.MULTILINE)
_FIELD = re.compile(r"([A-Za-z_][\w-]*):(?=[ \n]|$)")
_ITEM = re.compile(r"( *)- ")
_TOP = re.compile(r"^(?=[^ #\n-])", re.MULTILINE)
_NOTHING = re.compile(r"(?:(?: *#[^\n]*| *)\n)*")
_LISTS = frozenset({"check_ins", "key_results", "readings", "initiatives"})
_KEPT, _KEPT_LISTS = 2_000, 50


class FrontMatterCache:
    """Parses front matter like `okrsite.documents.front_matter.parse`, and remembers its pieces."""

    def __init__(self) -> None:
        self._piece = lru_cache(_KEPT)(
            lambda piece, foreign: parse(f"---\n{piece}\n---\n", foreign)
        )
        self._list = lru_cache(_KEPT_LISTS)(self._read_list)

    def parse(self, text: str, foreign: frozenset[str]) -> FrontMatter:
        """Split a text that begins with `---` into its fields and body."""
        closing = closing_line(text)
        opening = text.find("\n") + 1
        if closing is None or not 0 < opening <= closing.start():
            return parse(text, foreign)
        front = text[opening : closing.start()]
        if text[3:opening].strip() or "\t" in front or _REACHING.search(front):
            return parse(text, foreign)
        try:
            found = self._put_together(front, text[closing.end() :], foreign)
        except FrontMatterError:
            found = None
        return parse(text, foreign) if found is None else found

    def _put_together(self, front: str, body: str, foreign: frozenset[str]) -> FrontMatter | None:
        fields: dict[str, object] = {}
        marks: dict[str, LineNumbers] = {}
        others: dict[str, object] = {}
        seen: set[str] = set()
        empty: list[str] = []
        for name, piece in _fields(front):
            if name is None or name in seen:
                return None
            seen.add(name)
            listed = self._list(name, piece, foreign) if name in _LISTS else None
            if listed is not None:
                fields[name], marks[name] = listed[0], (1, listed[1])
                continue
            found = self._piece(piece, foreign)
            if (
                found.bare_keys
                or found.repeated_keys
                or set(found.fields) | set(found.theme_fields) > {name}
            ):
                return None
            fields |= found.fields
            others |= found.theme_fields
            marks |= _inside(found)
            empty += found.empty_keys
        # A piece does not know the type, by which some of the fields are not the theme's.
        if OWN_FIELDS.get(str(fields.get("type")), frozenset()) & others.keys():
            return None
        return FrontMatter(fields, (1, marks), others, body.strip(), empty_keys=tuple(empty))

    def _read_list(
        self, name: str, piece: str, foreign: frozenset[str]
    ) -> tuple[list[object], list[LineNumbers]] | None:
        """Read a list item by item; None where it cannot be cut."""
        values: list[object] = []
        lines: list[LineNumbers] = []
        for item in _items(piece) or ():
            found = self._piece(f"{name}:\n{item}", foreign)
            written, inside = found.fields.get(name), _inside(found).get(name)
            if (
                found.bare_keys
                or found.repeated_keys
                or not isinstance(written, list)
                or len(written) != 1
            ):
                return None
            values += written
            if isinstance(inside, tuple) and isinstance(inside[1], list):
                lines += inside[1]
        return (values, lines) if values else None


def _inside(found: FrontMatter) -> dict[str, LineNumbers]:
    marks = found.line_numbers
    return marks[1] if isinstance(marks, tuple) and isinstance(marks[1], dict) else {}


def _fields(front: str) -> Iterator[tuple[str | None, str]]:
    """Cut front matter before every line that begins a field; None where one cannot tell."""
    starts = [found.start() for found in _TOP.finditer(front)]
    first = starts[0] if starts else len(front)
    if _NOTHING.fullmatch(front, 0, first) is None:
        yield None, front
    for start, end in pairwise([*starts, len(front)]):
        field = _FIELD.match(front, start)
        yield field and field[1], front[start:end].removesuffix("\n")


def _items(piece: str) -> list[str] | None:
    """Cut a list before each of its items; None where it is written in another way."""
    head, _, rest = piece.partition("\n")
    first = _ITEM.match(rest)
    if first is None or not head.rstrip().endswith(":"):
        return None
    begins, foreign = _cuts(len(first[1]))
    if foreign.search(rest):
        return None
    return begins.split(rest)


@cache
def _cuts(depth: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what parts items that are indented so deep, and what begins any other line."""
    spaces = " " * depth
    return re.compile(rf"\n(?={spaces}- )"), re.compile(rf"^(?!{spaces}(?:- | )|$)", re.MULTILINE)
