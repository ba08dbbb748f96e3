"""Sources to typed documents: every error of one file is found, and what is sound is kept.

Pydantic reports all that is wrong at once. What is wrong is then taken out and the rest typed
again, so that the sound parts of a broken document can still be checked and pointed to.
"""

import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from okrsite.documents.error_messages import mistake
from okrsite.documents.lines import Location
from okrsite.documents.models import MODELS, DocumentFields
from okrsite.documents.sections import first_title
from okrsite.documents.source import Source
from okrsite.documents.types import Type
from okrsite.findings.finding import Finding, Severity

ENTRY_LISTS = frozenset({"check_ins", "updates", "readings"})
"""Lists of which an entry with an error is left out while the document stays."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its typed fields, or None where nothing of them could be typed.

    `title` is inline Markdown. A broken document counts in no figure; `damaged` names the places
    in it that were taken out, and all that they stood in.
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
        """What it is, or None where its type is unknown."""
        return self.source.type

    @property
    def uri(self) -> str:
        """The file, relative to docs_dir."""
        return self.source.uri

    @property
    def private(self) -> bool:
        """Whether it is kept out of what is published."""
        return self.source.private

    def damages(self, *location: str | int) -> bool:
        """Whether something inside a place was taken out."""
        return location in self.damaged


def type_document(source: Source, found: Iterable[Finding] = ()) -> tuple[Document, list[Finding]]:
    """Type the fields of a source; `found` are the findings already made about it."""
    broken = any(finding.severity is Severity.ERROR for finding in found)
    title = _title(source)
    if source.type is None or not source.fields:
        return Document(source, None, title, broken=True), []
    raw = {key: value for key, value in source.fields.items() if key != "type"}
    if source.type is not Type.OBJECTIVE:
        raw.pop("status", None)  # Material for MkDocs reads a page's status
    if source.type is Type.CHECK_IN and "date" not in raw and (day := _date_of_name(source.uri)):
        raw["date"] = day
    fields, source, findings, damaged = _type(MODELS[source.type], source, raw)
    broken = broken or fields is None or any(not _in_entry(place) for place in damaged)
    around = frozenset(place[:depth] for place in damaged for depth in range(1, len(place) + 1))
    return Document(source, fields, title, broken, around), findings


def in_words(name: str) -> str:
    """Write a file's name as words: `grow-base` is “Grow base”; a date that leads stays one."""
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


def _date_of_name(uri: str) -> str | None:
    match = _LEADING_DATE.match(uri.rsplit("/", 1)[-1])
    return match[0] if match else None


# Items that stay at their position when something in them is wrong; any other list goes whole.
_ITEM_LISTS = frozenset({"key_results", "milestones", "initiatives"})
_PLACEHOLDER = "…"
# Each round takes out what was wrong; the format is not nested deep enough to need more.
_MOST_ROUNDS = 10


def _in_entry(place: Location) -> bool:
    return len(place) >= 2 and place[0] in ENTRY_LISTS


def _is_entry(place: Location) -> bool:
    return len(place) == 2 and place[0] in ENTRY_LISTS


def _innermost_and_last_first(place: Location) -> tuple[int, list[int]]:
    """Order places so that taking one out moves none of those that follow."""
    return -len(place), [-step for step in place if isinstance(step, int)]


def _type(
    model: type[DocumentFields], source: Source, raw: dict[str, Any]
) -> tuple[DocumentFields | None, Source, list[Finding], set[Location]]:
    """Type the fields; take out what is wrong and try again until the rest is sound."""
    findings: list[Finding] = []
    damaged: set[Location] = set()
    for _ in range(_MOST_ROUNDS):
        try:
            return model.model_validate(raw), source, findings, damaged
        except ValidationError as error:
            if not findings:
                raw, source = copy.deepcopy(raw), replace(source, marks=copy.deepcopy(source.marks))
            places: dict[Location, Any] = {}
            for problem in error.errors(include_url=False):
                missing = problem["type"] == "missing"
                location = _real_location(raw, tuple(problem["loc"]))
                if missing and location in damaged:
                    made = None  # it is written, was wrong, and has been said
                else:
                    made = mistake(source, model, raw, location, problem)
                    findings.append(made)
                if missing and len(location) == 1:
                    return None, source, findings, damaged | {location}
                if made is not None and made.severity is not Severity.ERROR:
                    places[location] = None
                    continue
                damaged.add(location)
                place, instead = _repair(location, missing)
                places[place] = instead
            for place in sorted(places, key=_innermost_and_last_first):
                _put(raw, place, places[place])
                if _is_entry(place):
                    _put(source.marks[1], place, None)  # type: ignore[index]
    return None, source, findings, damaged


def _real_location(raw: Any, location: Location) -> Location:
    """Keep the steps of a pydantic location that lead somewhere in what was written."""
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
    """Say which place to take out, or what to put there instead of nothing."""
    if _in_entry(location):
        return location[:2], None
    if missing and location[-1] == "title":
        return location, _PLACEHOLDER
    place = location[:-1] if missing else location
    for index, step in enumerate(place):
        if isinstance(step, int) and place[index - 1] not in _ITEM_LISTS:
            return place[:index], None
    return place, {"title": _PLACEHOLDER} if isinstance(place[-1], int) else None


def _put(raw: Any, place: Location, instead: Any) -> None:
    """Put something at a place in nested data; None takes the place out."""
    try:
        for step in place[:-1]:
            raw = raw[step][1] if isinstance(raw[step], tuple) else raw[step]
        if instead is not None:
            raw[place[-1]] = instead
        else:
            del raw[place[-1]]
    except (KeyError, IndexError, TypeError):
        return  # an alias had the same thing in two places, and it is out already
