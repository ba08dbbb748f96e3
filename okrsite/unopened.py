"""Pages that look like documents whose first line is not `---`: nearly always a slip.

They are ordinary pages, so nothing is found in them, and whoever wrote one wonders where it is. One
that was meant to be private would be published whole: `okrsite.source` keeps it out.
"""

import codecs
import re

from okrsite.types import Type

_MOST = 4000
"""So many bytes of a page are looked at."""

_FIELD = re.compile(rb"[A-Za-z_]+:(?:\s|$)")
_END = re.compile(rb"^(?:---|\.\.\.)?[ \t\r]*$", re.MULTILINE)
_TYPE = re.compile(
    rb"^type:[ \t]+[\"']?(?:%s)[\"']?[ \t\r]*$" % b"|".join(t.value.encode() for t in Type),
    re.MULTILINE,
)


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
