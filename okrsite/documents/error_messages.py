"""Findings about the fields of a document: what is wrong, and what to write.

A field may be unknown or missing, or have the wrong kind of value.
"""

import re
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from pydantic import BaseModel

from okrsite.documents.cut_text import cut_off_in_braces
from okrsite.documents.known_fields import fields_at
from okrsite.documents.lines import Location
from okrsite.documents.models import ObjectiveFields
from okrsite.documents.source import Source
from okrsite.documents.types import Type
from okrsite.documents.values import CUSTOM_ERROR
from okrsite.documents.yaml_nodes import NumberKey, split_number
from okrsite.findings.finding import Finding
from okrsite.i18n import phrase
from okrsite.util.spelling import nearest


def field_finding(
    source: Source, model: type[BaseModel], raw: Any, location: Location, problem: Any
) -> Finding:
    """Return the finding for a pydantic error at a location in the fields `raw` of a document."""
    field, kind = location[-1], problem["type"]
    name = next(step for step in reversed(location) if isinstance(step, str))
    label = f"`{name}`" if name == field else phrase("an entry of `%(name)s`", name=name)
    if kind == "missing":
        message = phrase(
            "%(label)s is missing in %(whole)s",
            label=label,
            whole=_owner_of_field(source, location),
        )
        example = _plain_line(_at(raw, location[:-1]), location[:-1]) or _REQUIRED.get(name)
        hint = phrase("write `%(example)s`", example=example) if example else None
        return source.finding("OKR103", location[:-1], message, hint)
    if kind == "extra_forbidden":
        return _unknown_field(source, model, raw, location)
    if kind == CUSTOM_ERROR:
        message, hint = (problem["ctx"][part] for part in ("message", "hint"))
        written = problem.get("input")
        if name == "owner" and isinstance(written, list) and location == ("owner",):
            hint = phrase(
                "write several as `owners: [%(owners)s]`", owners=", ".join(map(str, written))
            )
        message = phrase("%(label)s: %(message)s", label=label, message=message)
        return source.finding("OKR104", location, message, hint)
    if location[-2:-1] == ("values",):
        hint = phrase("write a quantity, or fields like `{value: 20, confidence: 0.7}`")
        message = phrase("%(label)s is not a value", label=label)
        return source.finding("OKR104", location, message, hint)
    message = phrase("%(label)s is not a mapping of fields", label=label)
    if kind == "tuple_type":
        message = phrase("%(label)s is not a list", label=label)
    example = _NESTED.get(name)
    written = problem.get("input")
    if isinstance(written, str) and isinstance(field, int) and name in _TITLED:
        example = _as_mapping(written)
        message = phrase("%(label)s needs fields with values", label=label)
    hint = phrase("write `%(example)s`", example=example) if example else None
    return source.finding("OKR104", location, message, hint)


_TITLED = frozenset({"key_results", "milestones", "initiatives"})
_FROM_TO = re.compile(
    r"(.+?)[,:]?(?: (?:from|von|de) (\S*\d\S*(?: ?%)?))? (?:to|auf|à|a) (\S*\d\S*(?: ?%)?)( .+)?"
)


def _as_mapping(text: str) -> str:
    """Return an entry that was written as a plain line with its fields."""
    way = _FROM_TO.fullmatch(text.strip()[:200])
    if way is None:
        return f"- title: {_quoted(text.strip()[:80])}"
    fields = {"title": f"{way[1]}{way[4] or ''}", "from": way[2], "to": way[3]}
    written = [f"{name}: {_quoted(value)}" for name, value in fields.items() if value]
    return f"- {{{', '.join(written)}}}"


def _quoted(text: str) -> str:
    return f'"{text}"' if re.search(r"[,:#{}\[\]]", text) else text


def _plain_line(entry: Any, location: Location) -> str | None:
    """Return a key result with its fields that YAML read as one field: `- Guests: from 4 to 5`."""
    if location[-2:-1] != ("key_results",) or not isinstance(entry, dict) or len(entry) != 1:
        return None
    ((name, value),) = entry.items()
    if not isinstance(value, str) or meant_field(name, fields_at(ObjectiveFields, location)):
        return None
    return _as_mapping(f"{name}: {value}")


def _at(raw: Any, location: Location) -> Any:
    for step in location:
        raw = raw[step]
    return raw


def _unknown_field(source: Source, model: type[BaseModel], raw: Any, location: Location) -> Finding:
    field = str(location[-1])
    parent = _at(raw, location[:-1])
    number = next((key for key in parent if key == field and isinstance(key, NumberKey)), None)
    if number is not None:
        return source.finding("OKR104", location, *split_number(number, phrase("a field's name")))
    known = fields_at(model, location[:-1])
    if parent[field] is None:
        return source.finding("OKR110", location, *cut_off_in_braces(parent, field, known))
    near = meant_field(field, known)
    if example := _plain_line(parent, location[:-1]):
        message = phrase(
            "%(whole)s has no field `%(field)s`",
            field=field[:60],
            whole=_PARTS["key_results"],
        )
        hint = phrase("write `%(example)s`", example=example)
        return source.finding("OKR106", location, message, hint)
    hint = phrase("remove it, or begin its name with `x-`")
    if near:
        hint = phrase("did you mean `%(name)s`?", name=near)
    message = phrase(
        "%(whole)s has no field `%(field)s`",
        field=field[:60],
        whole=_owner_of_field(source, location),
    )
    return source.finding("OKR106", location, message, hint)


def meant_field(field: str, known: Collection[str]) -> str | None:
    """Return the known field that an unknown one means, or None.

    It differs only in dashes and capitals, is a name used elsewhere, or is spelled alike.
    """
    written = _letters(field)
    same = (name for name in known if _letters(name) == written)
    synonyms = (name for name in _SYNONYMS.get(written, ()) if name in known)
    return next(same, None) or next(synonyms, None) or nearest(field, known)


def _letters(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _owner_of_field(source: Source, location: Location) -> str:
    """Return what a field belongs to, in words: a key result, a cycle."""
    words = [step for step in location[:-1] if isinstance(step, str)]
    inner = (_PARTS[word] for word in reversed(words) if word in _PARTS)
    return next(inner, None) or _DOCUMENTS[source.type]


_DOCUMENTS = {
    Type.COMPANY: phrase("a company"),
    Type.TEAM: phrase("a team"),
    Type.PERSON: phrase("a person"),
    Type.CYCLE: phrase("a cycle"),
    Type.OBJECTIVE: phrase("an objective"),
    Type.KPI: phrase("a kpi"),
    Type.CHECK_IN: phrase("a check-in"),
    Type.PILLAR: phrase("a pillar"),
    None: phrase("a document"),
}


_PARTS = {
    "key_results": phrase("a key result"),
    "milestones": phrase("a milestone"),
    "initiatives": phrase("an initiative"),
    "check_ins": phrase("a check-in"),
    "updates": phrase("an update"),
    "readings": phrase("a reading"),
    "grade": phrase("a grade"),
    "keep": phrase("a range"),
    "alert": phrase("a range"),
    "target": phrase("a target"),
    "targets": phrase("a target"),
    "values": phrase("a value"),
    "links": phrase("a link"),
    "drives": phrase("what a KPI drives"),
}

# Fields, and names that other tools use for them, without dashes and capitals; of the fields that a
# name may mean, the first that is possible at the location is suggested.
_SYNONYMS: dict[str, list[str]] = defaultdict(list)
for _field, _names in (
    ("aligns_to", "alignedto alignment contributesto parent parents supports"),
    ("owner", "assignee dri lead responsible team"),
    ("to", "end endvalue goal target targetvalue"),
    ("current", "actual currentvalue progress"),
    ("next", "action actions"),
    ("initiatives", "actions projects tasks"),
    ("start", "begin from"),
    ("from", "baseline begin initial start startvalue"),
    ("depends_on", "blockedby dependencies"),
    ("readings", "history measurements"),
    ("check_ins", "checkin history updates"),
    ("blockers", "issues risks"),
    ("key_results", "krs results"),
    ("values", "krs results"),
    ("cycle", "period quarter"),
    ("every", "cadence frequency interval period rhythm"),
    ("target", "goal"),
    ("objective", "goal"),
    ("url", "link"),
    ("max", "maximum"),
    ("measured_by", "measure"),
    ("title", "goal measure metric name text"),
    ("min", "minimum"),
    ("visibility", "private"),
    ("grade", "score"),
    ("status", "state"),
    ("milestones", "tasks"),
    ("parent", "team"),
    ("value", "actual currentvalue targetvalue"),
    ("note", "comment comments text"),
    ("reason", "comment comments why"),
    ("description", "summary why"),
    ("note", "summary"),
    ("end", "finish to until"),
    ("value", "to"),
    ("due", "deadline duedate end finish"),
    ("by", "deadline duedate until"),
    ("end", "deadline"),
    ("due", "until"),
):
    for _name in _names.split():
        _SYNONYMS[_name].append(_field)

# An example of each required field.
_REQUIRED = {
    "date": "date: 2026-11-09",
    "end": "end: 2026-12-31",
    "objective": "objective: grow-base",
    "score": "score: 0.7",
    "start": "start: 2026-10-01",
    "title": "title: Double the bookings",
    "url": "url: https://example.com/sales",
    "updates": "updates: [{objective: grow-base, confidence: 0.7}]",
    "value": "value: 95",
}

# An example of each field that takes a list or a mapping of fields.
_NESTED = {
    "alert": "alert: {max: 5%}",
    "check_ins": "- {date: 2026-11-09, confidence: 0.7}",
    "grade": "grade: {score: 0.7, reason: one launch came late}",
    "initiatives": "- title: Call past guests",
    "drives": "drives: [retention]",
    "keep": "keep: {min: 85%}",
    "key_results": "- title: Double the bookings",
    "links": "- {title: Channel, url: https://example.com/sales}",
    "milestones": "- title: The contract is signed",
    "plan": "plan: [[2026-10-31, 20], [2026-11-30, 40]]",
    "readings": "- {date: 2026-11-09, value: 95}",
    "source": "source: {file: exports/csat.csv, column: score, date: day}",
    "scale": "scale: [[10, 0], [5, 0.7], [3, 1]]",
    "target": "target: {value: 95, by: 2026-12-31}",
    "targets": "- {value: 95, by: 2026-12-31}",
    "updates": "- {objective: grow-base, confidence: 0.7}",
    "values": "values: {kr1: 20, kr2: 35%}",
}
