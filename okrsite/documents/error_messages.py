"""Findings about the fields of a document: what is wrong, and what to write.

A field may be unknown or missing, or have the wrong kind of value.
"""

from collections.abc import Collection
from typing import Any

from pydantic import BaseModel

from okrsite.documents.cut_text import cut_off_in_braces
from okrsite.documents.known_fields import fields_at
from okrsite.documents.lines import Location
from okrsite.documents.other_words import FINISHED, GOING, letters_of, meant_value, other_fields
from okrsite.documents.plain_entries import as_mapping, with_fields
from okrsite.documents.source import Source
from okrsite.documents.types import Type
from okrsite.documents.values import CUSTOM_ERROR, KeyResultStatus
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
        entry = _at(raw, location[:-1])
        required = _plain_entry(model, entry, location[:-1]) or _REQUIRED.get(name)
        hint = phrase("write `%(example)s`", example=required) if required else None
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
        if name == "status" and isinstance(written, str):
            hint = _about_status(source, raw, location, written, hint)
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
    written = _written_at(source, location, problem.get("input"))
    if isinstance(field, int):
        if isinstance(written, str) and (example := with_fields(name, written) or example):
            message = phrase("%(label)s needs fields with values", label=label)
    elif kind == "tuple_type":
        example = _first_entry(model, location, written) or example
    elif isinstance(written, str):
        example = as_mapping(name, written) or example
    hint = phrase("write `%(example)s`", example=example) if example else None
    return source.finding("OKR104", location, message, hint)


def _first_entry(model: type[BaseModel], location: Location, written: Any) -> str | None:
    """Return the first entry of a list as it is to be written, where there is something else."""
    name = str(location[-1])
    if isinstance(written, dict):
        known = fields_at(model, (*location, 0))
        field, value = next(iter(written.items()))
        if meant_field(field, known):  # the dash is missing
            return f"- {field}: {value}" if isinstance(value, str) else f"- {field}:"
    if name in _POINTS and isinstance(written, dict):
        points = ", ".join(f"[{at}, {value}]" for at, value in written.items())
        return f"{name}: [{points}]"
    return with_fields(name, written)


_POINTS = frozenset({"plan", "scale"})


def _about_status(source: Source, raw: Any, location: Location, written: str, hint: Any) -> Any:
    """Return what to write instead of a status that follows from other fields, else the hint."""
    word, inside = letters_of(written), location[:1]
    if inside == ("initiatives",):
        return hint
    if word in GOING and source.type is Type.KPI:
        return phrase("remove it: its health follows from `keep`, `alert` and its readings")
    if word in GOING:
        return phrase("remove it: the status follows from the values and `confidence` in check-ins")
    if inside != ("key_results",):
        if word in FINISHED and source.type is Type.OBJECTIVE:
            return phrase("remove it: whether it is achieved follows from its key results")
        return hint
    choices = list(KeyResultStatus)
    if meant_value(written, choices) or nearest(written, choices):
        return hint
    if word not in FINISHED or any(name in _at(raw, location[:-1]) for name in _MEASURES):
        return phrase("remove it: its status follows from its values in check-ins")
    return phrase("write `done: 2026-11-09` instead, with the day it was done")


_MEASURES = ("to", "scale", "keep", "kpi", "roll_up", "milestones")


def _written_at(source: Source, location: Location, value: Any) -> Any:
    """Return the text at a location with what YAML cuts off it, or another value as it is."""
    line = source.as_written.get(source.line(*location))
    return line if line is not None and isinstance(value, str) else value


def _plain_entry(model: type[BaseModel], entry: Any, location: Location) -> str | None:
    """Return an entry with its fields that YAML read as one field: `- Guests: from 4 to 5`."""
    name = location[-2] if len(location) > 1 else None
    if not isinstance(name, str) or not isinstance(entry, dict) or not entry:
        return None
    known = fields_at(model, location)
    head = next(iter(entry))
    if head in known or not isinstance(entry[head], str | dict):
        return None
    if any(key not in known for key in entry if key != head):
        return None
    if name != "updates" and meant_field(head, known):
        return None
    return with_fields(name, entry)


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
    hint = phrase("remove it, or begin its name with `x-`")
    if near:
        hint = phrase("did you mean `%(name)s`?", name=near)
    if example := _plain_entry(model, parent, location[:-1]):
        hint = phrase("write `%(example)s`", example=example)
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
    written = letters_of(field)
    same = (name for name in known if letters_of(name) == written)
    synonyms = (name for name in other_fields(field) if name in known)
    return next(same, None) or next(synonyms, None) or nearest(field, known)


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
