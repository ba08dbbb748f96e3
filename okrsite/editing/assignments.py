"""What `NAME.FIELD=VALUE` says: which field of which document, and its value as it is written."""

import re
from dataclasses import dataclass

from pydantic import BaseModel

from okrsite.documents.front_matter import parse
from okrsite.documents.models import MODELS, KeyResultFields
from okrsite.documents.types import Type
from okrsite.documents.yaml_nodes import FrontMatterError
from okrsite.editing.fields import Written
from okrsite.project.names import NameKind
from okrsite.util.spelling import nearest

REFERENCES: dict[str, NameKind] = {
    **dict.fromkeys(("owner", "owners", "contributors", "team", "parent"), NameKind.OWNER),
    **dict.fromkeys(("aligns_to", "depends_on", "continues"), NameKind.OBJECTIVE),
    **dict.fromkeys(("kpi", "guardrails", "moves", "kpis", "drives"), NameKind.KPI),
    "pillars": NameKind.PILLAR,
    "cycle": NameKind.CYCLE,
}
"""The fields that name documents, and what they name."""

_WORDS = "owners contributors aligns_to depends_on guardrails moves kpis drives pillars tags ignore"
_TEXTS = frozenset(["title", "description", "measured_by", "reason", "mission", "vision", "note"])
_SEVERAL = frozenset(_WORDS.split())


def _names_in(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(field.alias or name for name, field in model.model_fields.items())


_OF_RESULTS = _names_in(KeyResultFields)
_OF_TYPES = {type: _names_in(model) for type, model in MODELS.items()}
_OF_DOCUMENTS = frozenset[str]().union(*_OF_TYPES.values())
_NOT_HERE = {
    "type": "a document keeps its type",
    "id": "other documents refer to it: `okrsite rename` changes it everywhere",
    "check_ins": "`okrsite check-in` adds one",
    "readings": "`okrsite reading` adds one",
    "initiatives": "`okrsite initiative` adds one",
    "key_results": "set one field of a key result, like grow#revenue.to=$12M",
    "milestones": "`okrsite done` marks one as reached",
    "updates": "change them in the file",
}


class AssignmentError(ValueError):
    """What was typed is no assignment; the text says what to write."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A field and its new value; `value` is None where the field is to be removed.

    `name` is what was typed for the document, with the key result behind a `#`, and `path` are the
    names of the field and of those inside it.
    """

    typed: str
    name: str
    path: tuple[str, ...]
    value: Written | None

    @property
    def field(self) -> str:
        """The field of the document or of the key result."""
        return self.path[0]

    @property
    def of_key_result(self) -> bool:
        """Whether it is a key result's field."""
        return "#" in self.name


def read_assignment(typed: str) -> Assignment:
    """Return what is assigned; raise AssignmentError with what to write."""
    target, sign, value = typed.partition("=")
    if not sign:
        raise AssignmentError(f"{typed}: write NAME.FIELD=VALUE, like grow.status=cancelled")
    name, path = _split(typed, target.strip())
    if (why := _NOT_HERE.get(path[0])) is not None and len(path) == 1:
        raise AssignmentError(f"{typed}: `{path[0]}` can't be set: {why}")
    value = value.strip()
    if re.match(r"\.[0-9]", value):
        # `"grow#a.to=$6.3M"` in double quotes reaches us as `.3M`: the shell knows no variable `6`.
        hint = "put '$…' in single quotes, or a 0 before it"
        raise AssignmentError(f"{typed}: a value that starts with a dot: {hint}")
    return Assignment(typed, name, path, _value(typed, path, value) if value else None)


def has_field(type: Type, field: str) -> bool:
    """Whether documents of a type have a field."""
    return field.startswith("x-") or field in _OF_TYPES[type]


def _split(typed: str, target: str) -> tuple[str, tuple[str, ...]]:
    """Return the name and the path: a name may have points too, and a field fields of its own."""
    mark = target.find("#")
    known = _OF_RESULTS if mark >= 0 else _OF_DOCUMENTS | {"type"}
    points = [at for at, letter in enumerate(target) if letter == "." and at > mark]
    for at in reversed(points):
        path = tuple(step.strip() for step in target[at + 1 :].split("."))
        if path[0] in known or path[0].startswith("x-"):
            name = target[:at].strip()
            if name and all(path):
                return name, path
    if not points:
        raise AssignmentError(f"{typed}: write NAME.FIELD=VALUE, like grow.status=cancelled")
    field = target[points[-1] + 1 :].strip()
    near = nearest(field, sorted(known))
    hint = f"did you mean `{near}`?" if near else "see the fields in the guide"
    raise AssignmentError(f"{typed}: there is no field `{field}`: {hint}")


def _value(typed: str, path: tuple[str, ...], text: str) -> Written:
    if text[0] in "[{" and path[-1] not in _TEXTS:
        try:
            value = parse(f"---\nvalue: {text}\n---\n", frozenset()).fields.get("value")
        except FrontMatterError as error:
            raise AssignmentError(f"{typed}: {error}") from None
        if isinstance(value, list | dict):
            return value
        raise AssignmentError(f"{typed}: write a list like [a, b], or fields like {{min: 3}}")
    if path[-1] in _SEVERAL and "," in text:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text
