"""The blocks and headings of a Markdown text, read line by line the way Markdown reads it.

What looks like a heading in fenced or indented code, in a comment or in a script is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

FENCE = re.compile(r"(?P<indent>[ \t]*)(?P<marks>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>.*)")
"""The line that opens fenced code."""

_CLOSING = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*")
# What may hold indented paragraphs: lists, notes, tabs, footnotes, definitions.
_CONTAINER = re.compile(r"[ \t]*(?:[-*+][ \t]|\d+[.)][ \t]|!!!|\?\?\?|===[ \t]|\[\^|:[ \t])")
_RAW = re.compile(r"[ \t]*<(!--|script\b|style\b|pre\b|textarea\b|svg\b)", re.IGNORECASE)
_TAB = 4

_HEADING = re.compile(r"(#{1,6})[ \t](.*)")
_BEGINS_WITH_TITLE = re.compile(r"\s*#[ \t]([^\n]*)\n?")
# Most bodies have neither, and a search is faster than a reading.
_MAY_HAVE_TITLE = re.compile(r"^#[ \t]", re.MULTILINE)
_MAY_HAVE_RETROSPECTIVE = re.compile(r"^##[ \t]+Retrospective\b", re.MULTILINE | re.IGNORECASE)
_RETROSPECTIVE = re.compile(r"Retrospective\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MarkdownBlock:
    """The lines from `first` up to `end`: text, or fenced code with its fences.

    `fence` is the opening line of fenced code.
    """

    first: int
    end: int
    fence: re.Match[str] | None = None


@dataclass(frozen=True, slots=True)
class MarkdownHeading:
    """A heading, and where its line starts and ends in the text."""

    level: int
    title: str
    start: int
    end: int


def blocks_of(lines: Sequence[str]) -> Iterator[MarkdownBlock]:
    """Return the text and the fenced code among lines, without indented code and raw HTML.

    Fenced code that is never closed is text, as it is to Markdown.
    """
    reader = _BlockReader(lines)
    first: int | None = None  # the first line of the text that is being read
    index = 0
    while index < len(lines):
        line = lines[index]
        following, fence, ends = index + 1, None, not line.strip()
        if not ends:
            ends = first is None and reader.is_code(line)
            if not ends and (fence := FENCE.fullmatch(line)):
                following = reader.after_fence(index, fence)
                fence = fence if following > index + 1 else None
                ends = fence is not None
            elif not ends and (raw := _RAW.match(line)):
                following, ends = reader.after_raw(index, raw[1].lower()), True
        if not ends:
            reader.nest(line)
            first = index if first is None else first
        elif first is not None:
            yield MarkdownBlock(first, index)
            first = None
        if fence is not None:
            yield MarkdownBlock(index, following, fence)
        index = following
    if first is not None:
        yield MarkdownBlock(first, len(lines))


class _BlockReader:
    """Finds where blocks end, and remembers what no line further down ends."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        # A fence that no line closes need not be looked for again: nor does any longer one.
        self._unclosed: dict[str, int] = {}
        self._endless: set[str] = set()
        self._containers: list[int] = []

    def is_code(self, line: str) -> bool:
        """Whether a line that begins a paragraph is indented so far that it is code."""
        width = _width(line)
        inside = [at for at in self._containers if at < width]
        return width >= (inside[-1] + _TAB if inside else 0) + _TAB

    def nest(self, line: str) -> None:
        """Take note of the lists and other containers that a line of text is in or opens."""
        width = _width(line)
        while self._containers and self._containers[-1] >= width:
            self._containers.pop()
        if _CONTAINER.match(line):
            self._containers.append(width)

    def after_fence(self, index: int, fence: re.Match[str]) -> int:
        """Return the line after fenced code; the next line where it is none."""
        marks = fence["marks"]
        if len(marks) >= self._unclosed.get(marks[0], len(marks) + 1):
            return index + 1
        for number in range(index + 1, len(self._lines)):
            match = _CLOSING.fullmatch(self._lines[number])
            if match and match[1].startswith(marks):
                return number + 1
        self._unclosed[marks[0]] = len(marks)
        return index + 1

    def after_raw(self, index: int, name: str) -> int:
        """Return the line after raw HTML whose content isn't text."""
        end = "-->" if name == "!--" else f"</{name}"
        if end not in self._endless:
            for number in range(index, len(self._lines)):
                if end in self._lines[number].lower():
                    return number + 1
            self._endless.add(end)
        return index + 1


def _width(line: str) -> int:
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return len(indent.expandtabs(_TAB))


def headings(text: str) -> Iterator[MarkdownHeading]:
    """Return the headings of a text that begin with `#`, in their order."""
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    for block in blocks_of(lines):
        for number in range(block.first, block.end) if block.fence is None else ():
            if match := _HEADING.match(lines[number]):
                end = starts[number] + len(lines[number])
                yield MarkdownHeading(len(match[1]), _title(match[2]), starts[number], end)


def _title(written: str) -> str:
    """Return a heading's words without the marks that may close it."""
    return written.strip().rstrip("#").rstrip()


def first_title(body: str) -> str | None:
    """Return the first level-1 heading of a body that has words."""
    if _MAY_HAVE_TITLE.search(body) is None:
        return None
    return next((found.title for found in headings(body) if found.level == 1 and found.title), None)


def split_heading(body: str) -> tuple[str | None, str]:
    """Split a body that begins with a level-1 heading into that heading and the rest."""
    match = _BEGINS_WITH_TITLE.match(body)
    title = _title(match[1]) if match else ""
    return (title, body[match.end() :].lstrip("\n")) if match and title else (None, body)


def retrospective_in(body: str) -> str | None:
    """Return the content of the section Retrospective of a body; None without such a section."""
    return next((body[heading.end : end] for heading, end in _retrospectives(body)), None)


def without_retrospective(body: str) -> str:
    """Return a body without its section Retrospective."""
    for heading, end in reversed(list(_retrospectives(body))):
        body = body[: heading.start] + body[end:]
    return body


def _retrospectives(body: str) -> Iterator[tuple[MarkdownHeading, int]]:
    """Return the headings Retrospective of level 2, and where the section of each ends."""
    if _MAY_HAVE_RETROSPECTIVE.search(body) is None:
        return
    found = [heading for heading in headings(body) if heading.level <= 2]
    ends = [*(heading.start for heading in found[1:]), len(body)]
    for heading, end in zip(found, ends, strict=False):
        if heading.level == 2 and _RETROSPECTIVE.match(heading.title):
            yield heading, end
