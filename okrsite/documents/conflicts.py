"""Marks that git leaves in a file where two changes contradict each other."""

import re

from okrsite.i18n import phrase

CONFLICT = phrase("an unresolved merge conflict")
"""What is wrong."""

CONFLICT_HINT = phrase(
    "keep the right parts of both versions between `<<<<<<<` and `>>>>>>>`, and delete the marker "
    "lines"
)
"""What to do about it."""

_MARK = re.compile(r"^(?:<{7}|>{7})(?:[ \t].*)?$", re.MULTILINE)


def conflict_line(text: str, end: int | None = None) -> int | None:
    """Return the line of the first mark of a merge conflict, or None.

    Where the fields of a document `end`, one mark is not enough: text may quote seven times.
    """
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return None
    end = len(text) if end is None else end
    found = _MARK.search(text, 0, end)
    if found is None:
        began = next((m for m in _MARK.finditer(text, end) if m[0].startswith("<")), None)
        ended = began and any(m[0].startswith(">") for m in _MARK.finditer(text, began.end()))
        found = began if ended else None
    return text.count("\n", 0, found.start()) + 1 if found else None
