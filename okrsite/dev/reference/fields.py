"""The page on the fields, from the models of the front matter."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from inspect import cleandoc
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from okrsite.dev.reference.markdown import anchor, listed, paragraphs, table
from okrsite.documents.models import MODELS, DocumentFields

_DEFAULT = re.compile(r"(?:^|; )default: ")


def fields_page() -> str:
    """Return the page: every field of every type of document."""
    parts = [
        "# Fields",
        _FIELDS_INTRODUCTION,
        "## Every document",
        fields_table(DocumentFields.model_fields),
    ]
    for type_, model in MODELS.items():
        own = _own_first(model)
        parts.append(f"## {anchor(f'type-{type_}')}{_name(type_)}")
        parts.append(f"`type: {type_}`: {_lower(first_line(model))}")
        parts.append(fields_table(own) if own else "It has the fields of every document.")
    parts += ["## Fields inside a field", _PARTS_INTRODUCTION]
    for part, places in _parts_of_documents().items():
        names = list(dict.fromkeys(name for name, _ in places))
        stands = listed([f"`{name}` of {of}" for name, of in places])
        # A heading of one name has that name for its address already.
        address = anchor(names[0]) if len(names) > 1 else ""
        parts.append(f"### {address}{listed([f'`{name}`' for name in names])}")
        parts.append(f"{first_line(part)} Used in {stands}.")
        parts.append(fields_table(_own_first(part)))
    return paragraphs(parts)


def _own_first(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return a model's fields, inherited ones last, without those of every document."""
    bases = (base for base in model.__mro__[1:] if issubclass(base, BaseModel))
    above = {name for base in bases for name in base.model_fields}
    common = DocumentFields.model_fields if issubclass(model, DocumentFields) else {}
    names = [name for name in model.model_fields if name not in common]
    return {name: model.model_fields[name] for name in sorted(names, key=lambda n: n in above)}


def _parts_of_documents() -> dict[type[BaseModel], list[tuple[str, str]]]:
    """Return the models inside others, each with the fields that contain it and their owners."""
    found: dict[type[BaseModel], list[tuple[str, str]]] = {}
    waiting: list[tuple[str, type[BaseModel]]]
    waiting = [(_article(_name(type_)), model) for type_, model in MODELS.items()]
    while waiting:
        place, model = waiting.pop(0)
        for name, inner in inside(model):
            if inner not in found:
                waiting.append((f"`{name}`", inner))
            found.setdefault(inner, []).append((name, place))
    return found


def inside(model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    """Return the models in a model's fields, each with the name of the field."""
    for name, field in model.model_fields.items():
        for inner in _models_in(field.annotation):
            yield field.alias or name, inner


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def fields_table(fields: Mapping[str, FieldInfo], header: str = "Field") -> str:
    """Return a table of fields: what each means, which values it takes, and its default."""
    rows = [
        [
            f"`{field.alias or name}`",
            _meaning(name, field),
            _takes(field.annotation, field.metadata, field.alias or name),
            _default(field),
        ]
        for name, field in fields.items()
    ]
    return table([header, "Meaning", "Takes", "Default"], rows)


def _meaning(name: str, field: FieldInfo) -> str:
    """Return the description before its default, or the field's name in words."""
    return _DEFAULT.split(field.description or "")[0] or f"the {name.replace('_', ' ')}"


def _default(field: FieldInfo) -> str:
    """Return the default: from the description, else from the model."""
    _, *described = _DEFAULT.split(field.description or "")
    if described:
        return described[0]
    if field.is_required():
        return "**required**"
    value = field.default
    if isinstance(value, BaseModel):
        return "see below"
    if value is None or value in ([], (), {}):
        return "–"
    return f"`{_as_written(value)}`"


def _as_written(value: object) -> str:
    """Return a value as YAML has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(_as_written(part) for part in value)}]"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _takes(annotation: Any, metadata: Sequence[object], name: str) -> str:
    """Return which values a field takes, in words."""
    for annotated in metadata:
        if isinstance(annotated, WithJsonSchema) and annotated.json_schema:
            described = re.split(" like |: ", str(annotated.json_schema.get("description")))[0]
            return f"a number {described}" if described.startswith("above") else described
        alternatives = get_args(getattr(annotated, "json_schema_input_type", None))
        if alternatives:
            return listed([_takes(part, (), name) for part in alternatives], "or")
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _takes(arguments[0], arguments[1:], name)
    if origin in (Union, UnionType):
        return _takes(next(part for part in arguments if part is not type(None)), (), name)
    if origin is Literal:
        return listed([f"`{choice}`" for choice in arguments], "or")
    if origin is list or (origin is tuple and arguments[-1] is Ellipsis):
        each = _takes(arguments[0], (), name)
        return "one text, or a list" if each == "text" else f"a list of {each}"
    if origin is tuple:
        return f"[{', '.join(_takes(part, (), name) for part in arguments)}]"
    if origin is dict:
        return f"names, each with {_takes(arguments[1], (), name)}"
    return _takes_class(annotation, name)


def _takes_class(class_: type, name: str) -> str:
    if issubclass(class_, BaseModel):
        first = next((n for n, _ in _parts_of_documents().get(class_, [])), name)
        return f"[fields](#{first})"
    if issubclass(class_, Enum):
        return listed([f"`{choice.value}`" for choice in class_], "or")
    words = {bool: "true or false", float: "a number", date: "a date"}
    return words.get(class_, "text")


def first_line(thing: object) -> str:
    """Return the first paragraph of a docstring."""
    return cleandoc(thing.__doc__ or "").split("\n\n")[0].replace("\n", " ")


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _name(type_: str) -> str:
    return "KPI" if type_ == "kpi" else type_.capitalize()


def _article(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name if name.isupper() else name.lower()}"


_FIELDS_INTRODUCTION = """\
Here you can look up every field that a document can have; [the format](format.md) explains them
with examples. A quantity is a number as people write it, like `$5M`, `25%` or `4
days`; a share is `0.6`, `60%` or `6/10`; a date is written `2026-11-09`. Three rules apply
everywhere:

- An empty field counts as missing.
- Where a list is expected, you can write a single value without the brackets.
- Keys that begin with `x-` are yours: nothing reads them. The same goes for the keys that MkDocs
  and Material for MkDocs read."""

_PARTS_INTRODUCTION = """\
These fields have fields of their own."""
