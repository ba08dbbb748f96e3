"""Read key results that are written in one line: `Raise satisfaction from 78% to 90%`."""

import re
from collections.abc import Iterable
from typing import Any

from okrsite.documents.quantity import InvalidValueError, parse_quantity
from okrsite.editing.new.naming import free, slug

FORMS = (
    "TITLE from 78% to 90%",
    "TITLE, at least 99.9%",
    "TITLE, at most 3 days",
    "TITLE, KPI gross-margin to 25%",
    "TITLE, measured by WORDS",
)
"""The forms of such a line."""

_LONGEST_ID = 24
_FROM_TO = re.compile(r"(?P<title>.+)\s+from\s+(?P<start>.+?)\s+to\s+(?P<to>.+)")
_KEEP = re.compile(r"(?P<title>.+?)[,:;]\s+at\s+(?P<bound>least|most)\s+(?P<value>.+)")
_KPI = re.compile(r"(?P<title>.+?)[,:;]\s+KPI\s+(?P<kpi>\S+)\s+to\s+(?P<to>.+)", re.IGNORECASE)
_MEASURED = re.compile(r"(?P<title>.+?)\s+(?:as\s+)?measured\s+by\s+(?P<words>.+)")


def key_result(text: str) -> dict[str, Any]:
    """Return the fields of a key result; raise ValueError where it has no measure."""
    line = " ".join(text.split())
    if match := _KPI.fullmatch(line):
        return {"title": match["title"], "kpi": match["kpi"], "to": _quantity(match["to"], line)}
    if match := _FROM_TO.fullmatch(line):
        start, target = _quantity(match["start"], line), _quantity(match["to"], line)
        return {"title": _title(match), "from": start, "to": target}
    if match := _KEEP.fullmatch(line):
        bound = {"least": "min", "most": "max"}[match["bound"]]
        return {"title": match["title"], "keep": {bound: _quantity(match["value"], line)}}
    if match := _MEASURED.fullmatch(line):
        return {"title": _title(match), "measured_by": match["words"], "done": False}
    forms = ", ".join(f"“{form}”" for form in FORMS)
    raise ValueError(f"“{line[:80]}” has no measure: write {forms}")


def with_ids(results: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return key results with a short id each, made from their titles."""
    taken: set[str] = set()
    named = []
    for position, result in enumerate(results, 1):
        id = free(slug(result["title"], f"kr{position}", _LONGEST_ID), taken)
        taken.add(id)
        named.append({"id": id, **result})
    return named


def _title(match: re.Match[str]) -> str:
    return match["title"].rstrip(",:; ")


def _quantity(text: str, line: str) -> str:
    try:
        parse_quantity(text)
    except InvalidValueError as error:
        raise ValueError(f"“{line[:80]}”: {error.message}; {error.hint}") from None
    return text.strip()
