"""Whether a document is meant to be private, however that is written.

What is published cannot be taken back, so a typing error must not publish anything: a name spelled
almost like `visibility` counts as it, and every value but `public` makes the document private.
"""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

VISIBILITY = "visibility"

_ALIKE = 0.85
"""How similar two names are that count as the same, as `SequenceMatcher` measures it."""

_YES, _NO = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})
_NOTHING_BUT = re.compile(r"[^a-z]")
_LINE = re.compile(r"^[ \t]*[\"']?([A-Za-z_-]{5,16})[\"']?[ \t]*:([^\n#]*)", re.MULTILINE)
_INLINE = re.compile(r"visibility[\"']?[ \t]*:([^,}#\n]*)", re.IGNORECASE)


def meant_private(fields: Mapping[str, Any]) -> bool:
    """Whether front matter makes its document private.

    `visibility` does with any value but `public`, and so do fields that look like it (`Visibility`,
    `visiblity`, `visible: false`, `private: true`). A name that begins with `x-` is the user's own
    and means nothing here.
    """
    return any(_hides(name, value) for name, value in fields.items())


def meant_private_in(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a text that cannot be read as front matter has a line that makes it private."""
    end = len(text) if end is None else end
    return any(
        _hides(match[1], match[2].strip("\"' \t\r")) for match in _LINE.finditer(text, start, end)
    ) or any(
        _hides(VISIBILITY, match[1].strip("\"' \t\r"))
        for match in _INLINE.finditer(text, start, end)
    )


def _hides(name: str, value: Any) -> bool:
    if name == VISIBILITY:
        return _word(value) != "public"
    if name[:1] not in "vVpPiI":  # nearly every field of every document
        return False
    letters = _NOTHING_BUT.sub("", name.lower())
    if letters == "private":
        return _word(value) not in _NO | {"public"}
    if letters == "visible":
        return _word(value) not in _YES | {"public"}
    return _is_nearly(letters) and _word(value) != "public"


def _word(value: Any) -> str:
    return str(value).strip().lower()


def _is_nearly(letters: str) -> bool:
    return SequenceMatcher(None, letters, VISIBILITY).ratio() >= _ALIKE
