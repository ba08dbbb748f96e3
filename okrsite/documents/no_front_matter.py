"""Pages that look like documents whose first line is not `---`: nearly always a slip.

They are ordinary pages, so nothing is found in them, and whoever wrote one wonders where it is. One
that was meant to be private would be published whole: `okrsite.documents.source` keeps it out.
"""

import codecs
import re

from okrsite.documents.trees import PassingTree, Tree
from okrsite.documents.types import Type
from okrsite.documents.visibility import meant_private_in

_MOST = 4000
"""So many bytes of a page are looked at."""

_FIELD = re.compile(rb"[A-Za-z_]+:(?:\s|$)")
_END = re.compile(rb"^(?:---|\.\.\.)?[ \t\r]*$", re.MULTILINE)
_TYPE = re.compile(
    rb"^type:[ \t]+[\"']?(?:%s)[\"']?[ \t\r]*$" % b"|".join(t.value.encode() for t in Type),
    re.MULTILINE,
)


def unopened(content: bytes) -> bytes | None:
    """Return the fields that begin a page as if it were a document; None where they are none."""
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


class AttentiveTree(PassingTree):
    """A tree of documents that keeps in mind which pages look like unopened ones.

    `unopened` are their paths. One that is meant to be private is not among them: it is kept out
    of the site, with a finding.
    """

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        self.unopened: list[str] = []

    def read(self, uri: str) -> bytes:
        """Read a file, and look at how it begins."""
        content = super().read(uri)
        if uri.endswith(".md") and is_unopened(content):
            self.unopened.append(self.path(uri))
        return content


def said_of(path: str) -> str:
    """Say what is missing in a page."""
    return (
        f"{path}:1: this looks like a document, but its first line is not `---`: "
        "it is an ordinary page and counts for nothing"
    )


def is_unopened(content: bytes) -> bool:
    """Whether an ordinary page looks like a document, and one that is not private."""
    fields = None if content.startswith(b"---") else unopened(content)
    return fields is not None and not meant_private_in(fields.decode(errors="replace"))
