"""The references and links in the text of a page, written again for other names and places."""

import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote

from okrsite.documents.front_matter import closing_line
from okrsite.documents.links import relative_link
from okrsite.documents.sections import blocks_of
from okrsite.editing.source_file import Insertion
from okrsite.embeds.scan import Block, scan

Renaming = Callable[[str], str]
"""Returns what is written for a name from now on: the same where nothing has to change."""

_TARGET = re.compile(
    r"""(?P<before>\]\(\s*<?|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?|\b(?:href|src)=["']?)"""
    r"""(?P<target>[^\s<>"')]+)""",
    re.MULTILINE,
)
_FIELD = re.compile(r"^[ \t-]*(?P<name>[a-z_]+)[ \t]*:(?P<value>.*)$")
_NAME = re.compile(r"[^\s\[\]{},:\"']+")
_NO_NAMES = frozenset({"list", "sort", "limit", "as", "title", "where"})


def reference_edits(text: str, renamed: Renaming) -> Iterator[Insertion]:
    """Yield the edits to `[[references]]` and `okr` blocks of a text with front matter."""
    start = body_start(text)
    body = text[start:]
    for found in scan(body):
        at = start + found.start
        if isinstance(found, Block):
            if found.closed:
                yield from _in_block(text[at : start + found.end], at, renamed)
            continue
        new = renamed(found.target)
        if new != found.target:
            position = text.index(found.target, at)
            yield Insertion(position, new, len(found.target))


def link_edits(text: str, moved: Renaming) -> Iterator[Insertion]:
    """Yield the edits to relative links; `moved` takes and returns a path without its anchor.

    Code is left alone.
    """
    start = body_start(text)
    code = [(start + first, start + last) for first, last in _fenced(text[start:])]
    for match in _TARGET.finditer(text):
        if any(first <= match.start() < last for first, last in code):
            continue
        parts = relative_link(match["target"])
        if parts is None or not parts.path or parts.path.startswith("/"):
            continue
        path = unquote(parts.path)
        new = moved(path)
        if new != path:
            written = quote(new) if parts.path != path else new
            at = match.start("target")
            yield Insertion(at, written, len(match["target"].partition("#")[0].partition("?")[0]))


def relative_to(uri: str, page: str) -> str:
    """Return the relative link from a page to a file."""
    return posixpath.relpath(uri, posixpath.dirname(page) or ".")


def target_of(link: str, page: str) -> str:
    """Return the file that a relative link on a page leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), link))


def body_start(text: str) -> int:
    """Return where the text below the front matter begins."""
    closing = closing_line(text) if text.startswith("---") else None
    return closing.end() if closing else 0


def _fenced(body: str) -> Iterator[tuple[int, int]]:
    """Yield where blocks of code begin and end."""
    lines = body.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for block in blocks_of(lines):
        if block.fence is not None:
            yield starts[block.first], starts[block.end]


def _in_block(text: str, at: int, renamed: Renaming) -> Iterator[Insertion]:
    for line in text.splitlines(keepends=True):
        match = _FIELD.match(line.rstrip("\r\n"))
        if match is not None and match["name"] not in _NO_NAMES:
            for name in _NAME.finditer(line, match.start("value"), match.end("value")):
                new = renamed(name[0])
                if new != name[0]:
                    yield Insertion(at + name.start(), new, len(name[0]))
        at += len(line)
