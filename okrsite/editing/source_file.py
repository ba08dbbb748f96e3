"""A document's file, and edits that leave every other byte as it was."""

import codecs
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

import yaml

from okrsite.documents.front_matter import closing_line
from okrsite.documents.source import normal_newlines
from okrsite.editing.yaml_positions import MAPPING, Node, nodes


class EditError(Exception):
    """Raised when an insertion would have to change what is there; `line` is where."""

    def __init__(self, message: str, line: int, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Insertion:
    """A text that is put before the character at `position`; its line ends are line feeds.

    It replaces as many characters as its `length` says, usually none.
    """

    position: int
    text: str
    length: int = 0


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file: its bytes, and its text without a byte order mark and with line feeds.

    `fields` is the mapping of the front matter and `closing` the position of the line that ends
    it. Positions count characters of `text`.
    """

    content: bytes
    text: str
    fields: Node
    closing: int

    def line_of(self, position: int) -> int:
        """Return the line in the file that contains a position."""
        return self.text.count("\n", 0, position) + 1

    def line_start(self, position: int) -> int:
        """Return the position at which the line of a position begins."""
        return self.text.rfind("\n", 0, position) + 1

    def line_end(self, position: int) -> int:
        """Return the position of the line feed that ends the line of a position."""
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end

    def error(self, message: str, node: Node | None, hint: str) -> EditError:
        """Return the error that a value is in the way of an insertion."""
        return EditError(message, self.line_of(node.start) if node else 1, hint)

    def with_insertions(self, insertions: Iterable[Insertion]) -> bytes:
        """Return the file's bytes with texts inserted; those at one place stay in their order."""
        mark = codecs.BOM_UTF8 if self.content.startswith(codecs.BOM_UTF8) else b""
        raw = self.content[len(mark) :].decode()
        doubles = _doubles(raw)
        parts: list[str] = []
        done = 0
        for insertion in sorted(insertions, key=lambda i: i.position):
            at = insertion.position + bisect_left(doubles, insertion.position)
            parts += [raw[done:at], insertion.text.replace("\n", newline_before(raw, at))]
            end = insertion.position + insertion.length
            done = end + bisect_left(doubles, end)
        return mark + "".join([*parts, raw[done:]]).encode()


def source_file_of(content: bytes) -> SourceFile:
    """Take a file apart; raise EditError if it isn't a readable document."""
    try:
        text = normal_newlines(content.removeprefix(codecs.BOM_UTF8).decode())
    except UnicodeDecodeError:
        raise EditError("the file is not UTF-8", 1, "save it as UTF-8") from None
    closing = closing_line(text) if text.startswith("---") else None
    if closing is None:
        raise EditError("the file has no front matter", 1, "begin and end it with a line `---`")
    try:
        fields = nodes(text[3 : closing.start()], 3)
    except yaml.YAMLError:
        fields = None
    if fields is None or fields.kind != MAPPING or not fields.pairs:
        message = "the front matter is not a list of fields"
        raise EditError(message, 1, "write one `field: value` in a line")
    return SourceFile(content, text, fields, closing.start())


def _doubles(raw: str) -> list[int]:
    """List where, in the text with line feeds, those stand that are two characters in the file."""
    return [match.start() - before for before, match in enumerate(re.finditer("\r\n", raw))]


def newline_before(raw: str, position: int) -> str:
    """Return the line end that is used before a position, else the first of the file."""
    near = _NEWLINE.findall(raw, max(0, position - _FAR), position)
    found = near[-1] if near else next(iter(_NEWLINE.findall(raw)), "\n")
    return str(found)


_NEWLINE = re.compile("\r\n|\r|\n")
_FAR = 10_000
