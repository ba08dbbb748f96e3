"""Sources to typed documents: every error of one file is found, and what is valid is kept.

Pydantic reports all errors at once. The invalid values are then removed and the rest validated
again, so that the valid parts of a broken document can still be checked and referred to.
"""

import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from okrsite.documents.error_messages import field_finding
from okrsite.documents.lines import Location
from okrsite.documents.models import MODELS, DocumentFields
from okrsite.documents.sections import first_title
from okrsite.documents.source import Source
from okrsite.documents.types import Type
from okrsite.documents.yaml_nodes import repeated_keys, without_repeated_keys, written_twice
from okrsite.findings.finding import Finding, Severity

ENTRY_LISTS = frozenset({"check_ins", "updates", "readings"})
"""Lists whose entries are left out one by one when they have errors; the document stays valid."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its typed fields, or None where none of them are valid.

    `title` is inline Markdown. A broken document counts in no figure. `damaged` are the locations
    of the values that were invalid and removed, and of everything around them.
    """

    source: Source
    fields: DocumentFields | None
    title: str
    broken: bool
    damaged: frozenset[Location] = frozenset()

    @property
    def id(self) -> str:
        """The id, lower case."""
        return self.source.id

    @property
    def type(self) -> Type | None:
        """The type, or None where it is unknown."""
        return self.source.type

    @property
    def uri(self) -> str:
        """The path of the file, relative to docs_dir."""
        return self.source.uri

    @property
    def private(self) -> bool:
        """Whether it is kept out of what is published."""
        return self.source.private

    def damages(self, *location: str | int) -> bool:
        """Whether a value at or below this location was invalid and removed."""
        return location in self.damaged


def validate_document(
    source: Source, earlier: Iterable[Finding] = ()
) -> tuple[Document, list[Finding]]:
    """Return the document of a source, and its new findings; `earlier` are those of reading it."""
    broken = any(finding.severity is Severity.ERROR for finding in earlier)
    title = _title(source)
    if source.type is None or not source.fields:
        return Document(source, None, title, broken=True), []
    raw = {key: value for key, value in source.fields.items() if key != "type"}
    if source.type not in (Type.OBJECTIVE, Type.KPI):
        raw.pop("status", None)  # Material for MkDocs reads a page's status
    if source.type is Type.CHECK_IN and "date" not in raw:
        if day := _LEADING_DATE.match(source.uri.rsplit("/", 1)[-1]):
            raw["date"] = day[0]
    repeated = repeated_keys(raw) if source.repeated else []
    raw = without_repeated_keys(raw) if repeated else raw
    fields, source, findings, damaged = _validate(MODELS[source.type], source, raw)
    findings += [source.finding("OKR101", at, *written_twice(at)) for at in repeated]
    damaged |= set(repeated)
    broken = broken or fields is None or any(not _in_entry(location) for location in damaged)
    around = frozenset(
        location[:depth] for location in damaged for depth in range(1, len(location) + 1)
    )
    return Document(source, fields, title, broken, around), findings


def in_words(name: str) -> str:
    """Return a file name in words: “Grow base” for `grow-base`; a leading date stays as it is."""
    date = _LEADING_DATE.match(name)
    rest = name[date.end() :] if date else name
    words = f"{date[0] if date else ''} {re.sub('[-_]+', ' ', rest).strip()}".strip()
    return words[:1].upper() + words[1:] or name


_LEADING_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")


def _title(source: Source) -> str:
    written = source.fields.get("title")
    if isinstance(written, str):
        return written.strip()
    return first_title(source.body) or in_words(source.id.rsplit("/", 1)[-1])


# Lists whose items keep their position when a value in them is invalid; others are removed whole.
_ITEM_LISTS = frozenset({"key_results", "milestones", "initiatives", "targets", "links"})
PLACEHOLDER = "…"
"""What stands for a required text that is missing."""

NO_DAY = date(1900, 1, 1)
"""What stands for a required date that is missing or wrong, in a check-in that does not count."""
# What stands for required values that are missing, so that the rest is still read: in an entry of a
# list, by the list, and in the document; without them nothing of it can be.
_IN_ITEMS = {"targets": {"value": "0"}, "links": {"title": PLACEHOLDER, "url": PLACEHOLDER}}
_AT_TOP: dict[Location, Any] = {("date",): str(NO_DAY), ("updates",): []}
# Each round removes what was invalid; the format is not nested deep enough to need more.
_MOST_ROUNDS = 10


def _in_entry(location: Location) -> bool:
    return len(location) >= 2 and location[0] in ENTRY_LISTS


def _innermost_and_last_first(location: Location) -> tuple[int, list[int]]:
    """Return a sort key by which removing one location moves none of those that follow."""
    return -len(location), [-step for step in location if isinstance(step, int)]


def _validate(
    model: type[DocumentFields], source: Source, raw: dict[str, Any]
) -> tuple[DocumentFields | None, Source, list[Finding], set[Location]]:
    """Type the fields: remove what is invalid and try again until the rest is valid."""
    findings: list[Finding] = []
    damaged: set[Location] = set()
    for _ in range(_MOST_ROUNDS):
        try:
            return model.model_validate(raw), source, findings, damaged
        except ValidationError as error:
            if not findings:
                raw, lines = copy.deepcopy((raw, source.line_numbers))
                source = replace(source, line_numbers=lines)
            repairs: dict[Location, Any] = {}
            readable = True
            for problem in error.errors(include_url=False):
                missing = problem["type"] == "missing"
                location = _real_location(raw, tuple(problem["loc"]))
                if missing and location in damaged:
                    found = None  # it was written, was invalid, and has its finding
                else:
                    found = field_finding(source, model, raw, location, problem)
                    findings.append(found)
                if missing and len(location) == 1:
                    damaged.add(location)
                    repairs[location] = _AT_TOP.get(location)
                    readable = readable and location in _AT_TOP
                    continue
                if found is not None and found.severity is not Severity.ERROR:
                    repairs[location] = None
                    continue
                damaged.add(location)
                repaired, replacement = _repair(location, missing)
                repairs[repaired] = replacement
            if not readable:
                break
            for location in sorted(repairs, key=_innermost_and_last_first):
                _put(raw, location, repairs[location])
                if _in_entry(location) and len(location) == 2 and repairs[location] is None:
                    _remove_line(source.line_numbers, *location)
    return None, source, findings, damaged


def _real_location(raw: Any, location: Location) -> Location:
    """Return the steps of a pydantic location that exist in the fields as written."""
    real: list[str | int] = []
    for index, step in enumerate(location):
        last = index == len(location) - 1
        if isinstance(raw, dict) and isinstance(step, str) and (step in raw or last):
            raw = raw.get(step)
        elif isinstance(raw, list) and isinstance(step, int) and step < len(raw):
            raw = raw[step]
        else:
            continue
        real.append(step)
    return tuple(real)


def _repair(location: Location, missing: bool) -> tuple[Location, Any]:
    """Return which location to remove or replace, and what to put there; None removes it."""
    if _in_entry(location):
        return _repair_entry(location)
    item = _IN_ITEMS.get(str(location[0]), {"title": PLACEHOLDER})
    if missing and location[-1] in item and len(location) > 1:
        return location, item[str(location[-1])]
    location = location[:-1] if missing else location
    for index, step in enumerate(location):
        if isinstance(step, int) and location[index - 1] not in _ITEM_LISTS:
            return location[:index], None
    return location, dict(item) if isinstance(location[-1], int) else None


def _repair_entry(location: Location) -> tuple[Location, Any]:
    """Return the same for an entry of a list, whose other values are still read for errors."""
    needed = {"check_ins": {"date": str(NO_DAY)}, "updates": {"objective": PLACEHOLDER}}
    required = needed.get(str(location[0]))
    if required is None:
        return location[:2], None
    if len(location) == 2:
        return location, required
    if location[2] in required:
        return location[:3], required[str(location[2])]
    for index, step in enumerate(location[3:], 3):
        if isinstance(step, int):
            return location[:index], None
    return location, None


def _remove_line(line_numbers: Any, name: str | int, index: str | int) -> None:
    """Remove the lines of an entry of a list, which is removed itself."""
    try:
        del line_numbers[1][name][1][index]
    except (KeyError, IndexError, TypeError):
        return  # as in `_put`


def _put(raw: Any, location: Location, value: Any) -> None:
    """Put a value at a location in nested data; None removes what is there."""
    try:
        for step in location[:-1]:
            raw = raw[step]
        if value is not None:
            raw[location[-1]] = value
        else:
            del raw[location[-1]]
    except (KeyError, IndexError, TypeError):
        return  # an alias has the same value in two places, and it is removed already
