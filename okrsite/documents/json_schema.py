"""The JSON Schema of the front matter, for editors that complete and check while you type.

It is made from the models that validate documents. It covers what one document alone can show:
which fields there are and what kind of value each takes. Whether references resolve, and what the
fields mean together, is for `okrsite lint`.
"""

import json
from typing import Any

from pydantic.json_schema import models_json_schema

from okrsite.documents.models import MODELS
from okrsite.documents.theme_fields import THEME_FIELDS
from okrsite.documents.types import Type

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The version of JSON Schema."""

Schema = dict[str, Any]

# Fields that the models require and that the file name can give instead.
_FROM_FILE_NAME = {Type.CHECK_IN: "date"}
_EXAMPLES: dict[str, list[object]] = {
    "aligns_to": [["company/growth", "win-europe#countries"]],
    "continues": ["2026-q3/sales/grow-base"],
    "contributors": [["finance"]],
    "cycle": ["2026-q4"],
    "depends_on": [["platform/new-checkout"]],
    "drives": [["retention"]],
    "guardrails": [["csat"]],
    "ignore": [["OKR405"]],
    "kpi": ["gross-margin"],
    "moves": [["lead-conversion"]],
    "objective": ["sales/grow-base"],
    "owner": ["sales", "company"],
    "owners": [["sales", "support"]],
    "parent": ["sales"],
    "pillars": [["customers"]],
    "team": ["sales"],
    "unit": ["%", "USD", "days"],
}


def front_matter_schema(type: Type | None = None) -> Schema:
    """Return the schema of one type of document, or of all of them by their `type`.

    A file without a `type` is an ordinary page, and may have any fields.
    """
    types = [type] if type else list(MODELS)
    made = models_json_schema([(MODELS[t], "validation") for t in types])
    definitions: dict[str, Schema] = made[1]["$defs"]
    names = {t: MODELS[t].__name__ for t in types}
    used = {n: _may_be_empty(_rewritten(d)) for n, d in definitions.items() if n != "Quantity"}
    for t, name in names.items():
        used[name] = _document(t, used[name])
    described = "The front matter of okrsite's documents: Markdown files with a `type`."
    head = {"$schema": DIALECT, "title": "okrsite front matter", "description": described}
    if type is not None:
        own = used.pop(names[type])
        title = f"okrsite front matter: {type}"
        return {**head, **own, "title": title, "$defs": _reachable(own, used)}
    return {
        **head,
        "type": "object",
        "properties": {"type": {"enum": [str(t) for t in types], "description": _TYPE}},
        "allOf": [
            {
                "if": {"properties": {"type": {"const": str(t)}}, "required": ["type"]},
                "then": {"$ref": f"#/$defs/{name}"},
            }
            for t, name in names.items()
        ],
        "$defs": used,
    }


def schema_text(schema: Schema) -> str:
    """Return a schema as JSON, its fields in the order in which people write them."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


_TYPE = "what the document is"
_THEME_FIELD: Schema = {"description": "read by MkDocs or Material for MkDocs, and handed on"}
_OWN_KEYS: Schema = {"^x-": {"description": "a field of your own; nothing reads it"}}
_ONE_OR_MORE = {"items": {"type": "string"}, "type": "array"}


def _document(type: Type, schema: Schema) -> Schema:
    """Return the schema of a type with the fields that its model does not have."""
    fields = {"type": {"const": str(type), "description": _TYPE}, **schema["properties"]}
    theme_fields = THEME_FIELDS | ({"status"} if type not in (Type.OBJECTIVE, Type.KPI) else set())
    fields |= dict.fromkeys(sorted(theme_fields - set(fields)), _THEME_FIELD)
    given = _FROM_FILE_NAME.get(type)
    required = ["type", *(name for name in schema.get("required", ()) if name != given)]
    return {**schema, "type": "object", "properties": fields, "required": required}


def _rewritten(schema: Schema) -> Schema:
    """Return a model's schema with what its validators accept: a text that YAML takes for a number,
    one reference instead of a list of one, an empty field."""
    if "properties" not in schema:
        return _without(schema, "title")
    required = schema.get("required", [])
    fields = {}
    for name, field in schema["properties"].items():
        fields[name] = _field(field, may_be_empty=name not in required)
        if name in _EXAMPLES:
            fields[name] = {**fields[name], "examples": _EXAMPLES[name]}
    return {**_without(schema, "title"), "properties": fields, "patternProperties": _OWN_KEYS}


def _field(field: Schema, may_be_empty: bool) -> Schema:
    about = {key: field[key] for key in ("description",) if key in field}
    if field.get("default") not in (None, [], {}):
        about["default"] = field["default"]
    kinds = [kind for kind in field.get("anyOf", [field]) if kind != _NULL]
    kinds = [_kind({k: v for k, v in kind.items() if k not in _ABOUT}) for kind in kinds]
    texts = {"type": list(_TEXT)}
    if texts in kinds:  # which include numbers
        kinds = [k for k in kinds if k == texts or k.get("type", "array") == "array"]
    if len(kinds) > 1:
        return {**about, "anyOf": [*kinds, *([_NULL] if may_be_empty else [])]}
    return {**kinds[0], **about} if not may_be_empty else {**_or_empty(kinds[0]), **about}


_ABOUT = ("default", "title")
_NULL: Schema = {"type": "null"}


def _or_empty(kind: Schema) -> Schema:
    """Return the schema of a value that may also be missing, with as few alternatives as possible:
    an editor's message about a wrong value is then about that value."""
    if "anyOf" in kind:
        return {**kind, "anyOf": [*kind["anyOf"], _NULL]}
    if "type" in kind:
        types = kind["type"] if isinstance(kind["type"], list) else [kind["type"]]
        return {**kind, "type": [*types, "null"]}
    return kind if "$ref" in kind else {"anyOf": [kind, _NULL]}


def _may_be_empty(definition: Schema) -> Schema:
    """Return the schema of a part of a document that may be missing."""
    if "enum" in definition:
        return {**_without(definition, "type"), "enum": [*definition["enum"], None]}
    return _or_empty(definition)


def _without(schema: Schema, name: str) -> Schema:
    return {key: value for key, value in schema.items() if key != name}


def _kind(kind: Schema) -> Schema:
    """Return the schema of one kind of value."""
    shape = {key: value for key, value in kind.items() if key != "description"}
    if shape == {"type": "string"}:
        return {"type": list(_TEXT)}
    if shape == _ONE_OR_MORE:
        return {"type": [*_TEXT, "array"], "items": {"type": list(_TEXT)}}
    made = dict(kind)
    for inside in ("items", "additionalProperties"):
        if isinstance(made.get(inside), dict):
            made[inside] = _field(made[inside], may_be_empty=inside == "additionalProperties")
    if "prefixItems" in made:
        made["prefixItems"] = [_kind(item) for item in made["prefixItems"]]
    return made


# Texts are taken as written; to YAML, 2026 is a number and `no` is false.
_TEXT = ("string", "number", "boolean")


def _reachable(schema: Schema, definitions: dict[str, Schema]) -> dict[str, Schema]:
    """Return the definitions that a schema refers to, directly or not."""
    found: dict[str, Schema] = {}
    waiting: list[Any] = [schema]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()
            name = str(value.get("$ref", "")).removeprefix("#/$defs/")
            if name in definitions and name not in found:
                found[name] = definitions[name]
                waiting.append(definitions[name])
    return {name: found[name] for name in definitions if name in found}
