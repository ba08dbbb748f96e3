"""Find the `okr` blocks and `[[references]]` in a Markdown text.

A block is a fence of backticks or tildes whose language is `okr`; a reference is in double
brackets. Other code, comments and raw HTML that is not text are left alone: lines are read the way
Markdown reads them.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

LANGUAGE = "okr"
"""The language of a fenced block that lists something."""

MARKS = ("[[", f"```{LANGUAGE}", f"~~~{LANGUAGE}", f"``` {LANGUAGE}", f"~~~ {LANGUAGE}")
"""Every text with a block or reference contains one of these."""


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its place in the text, its indentation, its line and its content.

    One that is not `closed` has no end of its own; Markdown takes it for text.
    """

    start: int
    end: int
    line: int
    indent: str
    text: str
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference between brackets: `[[target]]` or `[[target|words]]`; a heading takes no link."""

    start: int
    end: int
    line: int
    target: str
    words: str | None
    in_heading: bool


def asks(text: str) -> bool:
    """Whether a text may contain a block or reference."""
    return any(mark in text for mark in MARKS)


def scan(text: str) -> list[Block | Reference]:
    """List the blocks and references of a Markdown text, in its order; lines count from 1."""
    return [*_Scanner(text).found()] if asks(text) else []


_FENCE = re.compile(r"([ \t]*)(`{3,}|~{3,})[ \t]*([^\n]*)")
_CLOSING = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*")
# What may hold indented paragraphs: lists, notes, tabs, footnotes, definitions.
_CONTAINER = re.compile(r"[ \t]*(?:[-*+][ \t]|\d+[.)][ \t]|!!!|\?\?\?|===[ \t]|\[\^|:[ \t])")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
_RAW = re.compile(r"[ \t]*<(!--|script\b|style\b|pre\b|textarea\b|svg\b)", re.IGNORECASE)
_INLINE = re.compile(
    r"\\[\s\S]"
    r"|(?P<ticks>`+)"
    r"|<!--"
    r"|</?[A-Za-z][^<>]{0,4000}>"
    r"|(?P<image>!)?\[\[(?P<target>[^\s\[\]|^][^\[\]|\n]{0,300}?)"
    r"(?:\\?\|(?P<words>[^\[\]\n]{1,300}))?\]\](?![\[(])"
)
_TAB = 4


class _Scanner:
    """One pass over the lines of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        # A fence that no line closes need not be looked for again: nor does any longer one.
        self._unclosed = {"`": len(text) + 1, "~": len(text) + 1}
        self._endless: set[str] = set()  # raw HTML that is not closed anywhere below
        self._containers: list[int] = []

    def found(self) -> Iterator[Block | Reference]:
        paragraph: int | None = None  # the first line of the paragraph that is being read
        index = 0
        while index < len(self._lines):
            line = self._lines[index]
            following, made = index + 1, None
            blank = not line.strip()
            is_code = False
            if not blank:
                is_code = paragraph is None and self._is_code(line)
                if not is_code and (fence := _FENCE.fullmatch(line)):
                    following, made = self._fence(index, fence)
                    is_code = following > index + 1
                elif not is_code and (raw := _RAW.match(line)):
                    following = self._raw_end(index, raw)
                    is_code = True
            if blank or is_code or following > index + 1:
                if paragraph is not None:
                    yield from self._references(paragraph, index)
                    paragraph = None
            else:
                self._nest(line)
                if paragraph is None:
                    paragraph = index
            if made is not None:
                yield made
            index = following
        if paragraph is not None:
            yield from self._references(paragraph, len(self._lines))

    def _is_code(self, line: str) -> bool:
        """Whether a line that begins a paragraph is indented so far that it is code."""
        width = _width(line)
        inside = [at for at in self._containers if at < width]
        return width >= (inside[-1] + _TAB if inside else 0) + _TAB

    def _nest(self, line: str) -> None:
        width = _width(line)
        while self._containers and self._containers[-1] >= width:
            self._containers.pop()
        if _CONTAINER.match(line):
            self._containers.append(width)

    def _fence(self, index: int, fence: re.Match[str]) -> tuple[int, Block | None]:
        """Return the line after a fenced block, and the block where it asks for something."""
        indent, marks, said = fence.groups()
        asked = said.split(None, 1)[:1] == [LANGUAGE]
        if marks[0] == "`" and "`" in said:
            return index + 1, None
        closing = self._closing(index, marks)
        start = self._starts[index]
        if closing is None:
            block = Block(start, start, index + 1, indent, "", closed=False)
            return index + 1, block if asked else None
        if not asked:
            return closing + 1, None
        inside = [_dedented(line, indent) for line in self._lines[index + 1 : closing]]
        end = self._starts[closing] + len(self._lines[closing])
        return closing + 1, Block(start, end, index + 1, indent, "\n".join(inside))

    def _closing(self, index: int, marks: str) -> int | None:
        if len(marks) >= self._unclosed[marks[0]]:
            return None
        for number in range(index + 1, len(self._lines)):
            match = _CLOSING.fullmatch(self._lines[number])
            if match and match[1].startswith(marks):
                return number
        self._unclosed[marks[0]] = len(marks)
        return None

    def _raw_end(self, index: int, raw: re.Match[str]) -> int:
        """Return the line after raw HTML whose inside is no text."""
        name = raw[1].lower()
        end = "-->" if name == "!--" else f"</{name}"
        if end in self._endless:
            return index + 1
        for number in range(index, len(self._lines)):
            if end in self._lines[number].lower():
                return number + 1
        self._endless.add(end)
        return index + 1

    def _references(self, first: int, last: int) -> Iterator[Reference]:
        """Find the references in a paragraph: the lines from `first` up to `last`."""
        start, end = self._starts[first], self._starts[last] - 1
        if self._text.find("[[", start, end) < 0:
            return
        runs = _runs(self._text, start, end)
        position = start
        while match := _INLINE.search(self._text, position, end):
            position = match.end()
            if ticks := match["ticks"]:
                closing = runs[len(ticks)]
                after = bisect_right(closing, match.start())
                if after < len(closing):
                    position = closing[after] + len(ticks)
            elif match[0] == "<!--":
                found = self._text.find("-->", position, end)
                position = found + 3 if found >= 0 else end
            elif match["target"] is not None and not match["image"]:
                line = bisect_right(self._starts, match.start()) - 1
                words = match["words"]
                yield Reference(
                    match.start(), match.end(), line + 1, match["target"].strip(),
                    words.strip() if words and words.strip() else None, self._is_heading(line),
                )  # fmt: skip

    def _is_heading(self, line: int) -> bool:
        if _HEADING.match(self._lines[line]):
            return True
        return line + 1 < len(self._lines) and bool(_UNDERLINE.fullmatch(self._lines[line + 1]))


def _runs(text: str, start: int, end: int) -> defaultdict[int, list[int]]:
    """Return where the runs of backticks of each length stand."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for match in re.compile("`+").finditer(text, start, end):
        found[len(match[0])].append(match.start())
    return found


def _width(line: str) -> int:
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return len(indent.expandtabs(_TAB))


def _dedented(line: str, indent: str) -> str:
    return line[len(indent) :] if line.startswith(indent) else line.lstrip(" \t")
