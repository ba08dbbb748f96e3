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
from itertools import accumulate

from okrsite.documents.sections import FENCE, MarkdownBlock, blocks_of

LANGUAGE = "okr"
"""The language of a fenced block that lists something."""

MARKS = re.compile(rf"\[\[|(?:```|~~~)[ \t]*{LANGUAGE}\b", re.IGNORECASE)
"""Matches in every text with a block or reference."""


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


def has_blocks(text: str) -> bool:
    """Whether a text may contain a block or reference."""
    return MARKS.search(text) is not None


def scan(text: str) -> list[Block | Reference]:
    """List the blocks and references of a Markdown text, in its order; lines count from 1."""
    return [*_Scanner(text).found()] if has_blocks(text) else []


_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
_INLINE = re.compile(
    r"\\[\s\S]"
    r"|(?P<ticks>`+)"
    r"|<!--"
    r"|</?[A-Za-z][^<>]{0,4000}>"
    r"|(?P<image>!)?\[\[(?P<target>[^\s\[\]|^][^\[\]|\n]{0,300}?)"
    r"(?:\\?\|(?P<words>[^\[\]\n]{1,300}))?\]\](?![\[(])"
)


class _Scanner:
    """One pass over the lines of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]

    def found(self) -> Iterator[Block | Reference]:
        for block in blocks_of(self._lines):
            if block.fence is None:
                yield from self._unclosed(block)
                yield from self._references(block.first, block.end)
            elif _is_ours(block.fence):
                yield self._closed(block, block.fence["indent"])

    def _closed(self, block: MarkdownBlock, indent: str) -> Block:
        first, last = block.first, block.end - 1
        inside = [_dedented(line, indent) for line in self._lines[first + 1 : last]]
        end = self._starts[last] + len(self._lines[last])
        return Block(self._starts[first], end, first + 1, indent, "\n".join(inside))

    def _unclosed(self, block: MarkdownBlock) -> Iterator[Block]:
        """Return the blocks that no fence closes: to Markdown they are text."""
        for number in range(block.first, block.end):
            fence = FENCE.fullmatch(self._lines[number])
            if fence and _is_ours(fence):
                start = self._starts[number]
                yield Block(start, start, number + 1, fence["indent"], "", closed=False)

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
                    match.start(),
                    match.end(),
                    line + 1,
                    match["target"].strip(),
                    words.strip() if words and words.strip() else None,
                    self._is_heading(line),
                )

    def _is_heading(self, line: int) -> bool:
        if _HEADING.match(self._lines[line]):
            return True
        return line + 1 < len(self._lines) and bool(_UNDERLINE.fullmatch(self._lines[line + 1]))


def _runs(text: str, start: int, end: int) -> defaultdict[int, list[int]]:
    """Return the positions of the runs of backticks of each length."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for match in re.compile("`+").finditer(text, start, end):
        found[len(match[0])].append(match.start())
    return found


def _is_ours(fence: re.Match[str]) -> bool:
    return fence["info"].lower().split(None, 1)[:1] == [LANGUAGE]


def _dedented(line: str, indent: str) -> str:
    return line[len(indent) :] if line.startswith(indent) else line.lstrip(" \t")
