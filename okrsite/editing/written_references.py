"""The references in front matter: where they are written, and what kind of document they name."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from okrsite.editing.assignments import REFERENCES
from okrsite.editing.fields import FieldPath
from okrsite.project.names import NameKind


class WrittenReference(NamedTuple):
    """A reference as it is written, with the path to it and the kind of what it names."""

    path: FieldPath
    kind: NameKind
    text: str

    @property
    def names_team(self) -> bool:
        """Whether it names the team above, or that of a person: no person can be meant."""
        return self.path[0] in ("team", "parent")


_OF_RESULTS = {"owner": NameKind.OWNER, "kpi": NameKind.KPI, "moves": NameKind.KPI}
_OF_ITEMS: dict[str, Mapping[str, NameKind]] = {
    "key_results": _OF_RESULTS,
    "initiatives": {"owner": NameKind.OWNER},
    "updates": {"objective": NameKind.OBJECTIVE},
}
"""The references in the items of lists."""


def written_references(fields: Mapping[str, Any]) -> Iterator[WrittenReference]:
    """Yield the references of a document, whose fields are as they are written."""
    for name, value in fields.items():
        if (kind := REFERENCES.get(name)) is not None:
            yield from _in_value((name,), kind, value)
        elif (inner := _OF_ITEMS.get(name)) is not None and isinstance(value, list):
            for position, item in enumerate(value):
                if isinstance(item, dict):
                    for field, of in inner.items():
                        yield from _in_value((name, position, field), of, item.get(field))


def _in_value(path: FieldPath, kind: NameKind, value: Any) -> Iterator[WrittenReference]:
    if isinstance(value, str):
        yield WrittenReference(path, kind, value)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _in_value((*path, position), kind, item)
    elif isinstance(value, dict) and path[0] == "drives":
        yield from _in_value((*path, "kpi"), kind, value.get("kpi"))
