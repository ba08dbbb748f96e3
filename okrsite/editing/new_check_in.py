"""A check-in that is to be written, all as text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrsite.editing.yaml_text import WIDEST_LINE, Flow, Value, flow_text


@dataclass(frozen=True, slots=True)
class Statement:
    """A check-in on an objective; all values are texts, as they are to be written.

    `values` are by key result id.
    """

    date: date
    confidence: str | None = None
    values: Mapping[str, str] | None = None
    note: str | None = None
    blockers: tuple[str, ...] = ()
    next: tuple[str, ...] = ()

    def fields(self) -> dict[str, Any]:
        """Return the fields of a check-in that have a value, without the date."""
        fields: dict[str, Any] = {
            "confidence": self.confidence,
            "values": dict(self.values or {}),
            "note": self.note,
            "blockers": _one_or_many(self.blockers),
            "next": _one_or_many(self.next),
        }
        return {name: value for name, value in fields.items() if value}


def laid_out(entry: Mapping[str, Any], column: int) -> dict[str, Value]:
    """Write the values in one line where they fit in it."""
    made: dict[str, Value] = dict(entry)
    values = entry.get("values")
    if values and column + len(f"values: {flow_text(values)}") <= WIDEST_LINE:
        made["values"] = Flow(values)
    return made


_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def has_unseen(text: str) -> bool:
    """Whether a text contains invisible characters, which no document should have."""
    return _UNSEEN.search(text) is not None


def _one_or_many(texts: tuple[str, ...]) -> str | list[str] | None:
    if len(texts) == 1:
        return texts[0]
    return list(texts) or None
