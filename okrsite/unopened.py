"""Pages that look like documents whose first line is not `---`: nearly always a slip.

They are ordinary pages, so nothing is found in them; whoever wrote one wonders where it is.
"""

import codecs
import re
from collections.abc import Iterable

from okrsite.source import Tree
from okrsite.types import Type

_MOST = 4000
"""So many bytes of a page are looked at."""

_FIELD = re.compile(rb"[a-z_]+:(?:\s|$)")
_END = re.compile(rb"^(?:---|\.\.\.)?[ \t\r]*$", re.MULTILINE)
_TYPE = re.compile(
    rb"^type:[ \t]+[\"']?(?:%s)[\"']?[ \t\r]*$" % b"|".join(t.value.encode() for t in Type),
    re.MULTILINE,
)
_HIDDEN = re.compile(rb"^visibility:[ \t]+(?!public[ \t\r]*$)\S", re.MULTILINE)


def unopened(content: bytes) -> bytes | None:
    """Give the fields that begin a page as if it were a document; None where they are none."""
    head = content[:_MOST].removeprefix(codecs.BOM_UTF8)
    begin = head.lstrip()
    if begin is head and head.startswith(b"---"):
        return None
    fields = begin.removeprefix(b"---").lstrip()
    if _FIELD.match(fields) is None:
        return None
    end = _END.search(fields)
    fields = fields[: end.start()] if end else fields
    return fields if _TYPE.search(fields) else None


def meant_private(fields: bytes) -> bool:
    """Tell whether fields say that a page must not be published."""
    return _HIDDEN.search(fields) is not None


class AttentiveTree:
    """A tree of documents that keeps in mind which pages look like unopened ones.

    `unopened` are their paths, and `exposed` those of them that are meant to be private.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self.unopened: list[str] = []
        self.exposed: set[str] = set()

    def documents(self) -> Iterable[str]:
        """Name the documents."""
        return self._tree.documents()

    def path(self, uri: str) -> str:
        """Give the path of a file."""
        return self._tree.path(uri)

    def read(self, uri: str) -> bytes:
        """Read a file, and look at how it begins."""
        content = self._tree.read(uri)
        if uri.endswith(".md") and not content.startswith(b"---") and (fields := unopened(content)):
            self.unopened.append(self.path(uri))
            if meant_private(fields):
                self.exposed.add(self.path(uri))
        return content


def said_of(path: str) -> str:
    """Say what is missing in a page."""
    return (
        f"{path}:1: this looks like a document, but its first line is not `---`: "
        "it is an ordinary page and counts for nothing"
    )
