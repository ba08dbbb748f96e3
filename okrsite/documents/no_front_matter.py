"""Pages that look like documents but lack the first line `---`: nearly always a slip.

They are ordinary pages, so nothing is found in them, and their authors wonder where they are. A
private one would be published whole: `okrsite.documents.source` keeps it out.
"""

import codecs
import re

from okrsite.documents.trees import Tree
from okrsite.documents.types import Type
from okrsite.documents.visibility import meant_private_in

_MOST = 4000
"""How many bytes of a page are looked at."""

_FIELD = re.compile(rb"[A-Za-z_]+:(?:\s|$)")
_END = re.compile(rb"^(?:---|\.\.\.)?[ \t\r]*$", re.MULTILINE)
_TYPE = re.compile(
    rb"^type:[ \t]+[\"']?(?:%s)[\"']?[ \t\r]*$" % b"|".join(t.value.encode() for t in Type),
    re.MULTILINE,
)


def fields_without_opening_line(content: bytes) -> str | None:
    """Return the fields that a page begins with as if it were a document, or None."""
    head = content[:_MOST].removeprefix(codecs.BOM_UTF8)
    begin = head.lstrip()
    if begin is head and head.startswith(b"---"):
        return None
    fields = begin.removeprefix(b"---").lstrip()
    if _FIELD.match(fields) is None:
        return None
    end = _END.search(fields)
    fields = fields[: end.start()] if end else fields
    return fields.decode(errors="replace") if _TYPE.search(fields) else None


class UnmarkedDocuments:
    """Observes a tree, and collects the pages whose front matter lacks the opening `---`.

    One that is meant to be private is not among them: it is kept out of the site, with a finding.
    """

    def __init__(self) -> None:
        self._uris: list[str] = []

    def __call__(self, uri: str, content: bytes) -> None:
        """Look at how a file begins."""
        fields = fields_without_opening_line(content)
        if fields is not None and not meant_private_in(fields):
            self._uris.append(uri)

    def hints(self, tree: Tree) -> list[str]:
        """Return a line for each page that says what it lacks."""
        return [
            f"{tree.path(uri)}:1: this looks like a document, but its first line is not `---`: "
            "it is an ordinary page and counts for nothing"
            for uri in self._uris
        ]
