"""Imported objectives, owners and cycles to new documents, placed as `okrsite new` places them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrsite.documents.source import read_source
from okrsite.documents.trees import Tree
from okrsite.documents.types import Type
from okrsite.documents.validate import Document, validate_document
from okrsite.editing.new.documents import DocumentSubject, Draft, draft
from okrsite.editing.new.folder_layout import Layout
from okrsite.editing.new.naming import slug
from okrsite.editing.yaml_text import Flow
from okrsite.importing.entries import Entry
from okrsite.importing.goals import Goal, Result, Stated
from okrsite.importing.measures import number_text
from okrsite.importing.owners import NewOwner
from okrsite.project.model.cycles import Cycle, State
from okrsite.project.named_documents import NamedDocument
from okrsite.project.names import NameKind, Names
from okrsite.project.registry import Registry
from okrsite.settings import FiscalYear
from okrsite.util.markdown_files import without_ending


@dataclass(frozen=True, slots=True)
class Place:
    """Where new documents go: the documents there are, their names, and the files of the folder."""

    tree: Tree
    documents: Sequence[Document]
    names: Names
    files: Collection[str]
    fiscal_year: FiscalYear | None


@dataclass(frozen=True, slots=True)
class Foundation:
    """The owners and cycles that an import adds, as drafts, and all names with them.

    `owners` gives the id of each new owner by its name.
    """

    drafts: tuple[Draft, ...]
    names: Names
    owners: Mapping[str, str]


def foundation(
    place: Place,
    owners: Iterable[NewOwner],
    cycles: Iterable[Cycle],
    keys: Mapping[int, str],
    cycle_ids: Collection[str] = (),
) -> Foundation:
    """Return the new owners and cycles of an import.

    `keys` are the names of owners by identity, `cycle_ids` the ids that cycles are to keep.
    """
    drafts: list[Draft] = []
    ids: dict[str, str] = {}
    documents = list(place.documents)
    names = place.names
    ordered = sorted(owners, key=lambda o: (o.type is not Type.TEAM, o.title.casefold()))
    layout = Layout(names, place.files)

    def add(type: Type, title: str, used: set[str], fields: Mapping[str, Any]) -> str:
        uri = layout.next_uri(type, slug(title, str(type)), None, None, used)
        drafts.append(draft(_Placed(names, uri), DocumentSubject(type, title), fields, ""))
        return uri

    used = layout.taken(Type.CYCLE, None)
    for cycle in cycles:
        own_id = cycle.id if cycle.id in cycle_ids and "/" not in cycle.id else None
        add(Type.CYCLE, cycle.title, used, {"id": own_id, "start": cycle.start, "end": cycle.end})
    used = layout.taken(Type.PERSON, None)
    for owner in ordered:
        above = "parent" if owner.type is Type.TEAM else "team"
        uri = add(owner.type, owner.title, used, {above: _above(owner, ids, names)})
        ids[keys[id(owner)]] = without_ending(uri).lower()
    for made in drafts:
        source, found = read_source(made.uri, place.tree.path(made.uri), made.text.encode())
        if source is not None:
            documents.append(validate_document(source, found)[0])
    documents.sort(key=lambda document: document.uri)
    return Foundation(tuple(drafts), Registry(documents, place.fiscal_year).names, ids)


def _above(owner: NewOwner, ids: Mapping[str, str], names: Names) -> str | None:
    if owner.above is None:
        return None
    above = ids.get(owner.above, owner.above)
    if above == names.company:
        return None
    return (
        above.rsplit("/", 1)[-1]
        if above in ids.values()
        else names.reference(NameKind.OWNER, above)
    )


def place_goals(goals: Sequence[Goal], ground: Foundation, files: Collection[str]) -> None:
    """Set the file of each new objective; no two in a cycle have one name."""
    layout = Layout(ground.names, files)
    used: dict[str, set[str]] = {}
    for goal in goals:
        owner = owner_id(ground, goal.owners[0])
        if goal.cycle.id not in used:
            used[goal.cycle.id] = layout.taken(Type.OBJECTIVE, goal.cycle)
        name = slug(goal.name or goal.title, "objective")
        goal.uri = layout.next_uri(Type.OBJECTIVE, name, owner, goal.cycle, used[goal.cycle.id])


def owner_id(ground: Foundation, owner: str) -> str:
    """Return the id of an owner of the site, or of a new one by its name."""
    return ground.owners.get(owner, owner)


def names_with_goals(ground: Foundation, goals: Iterable[Goal]) -> Names:
    """Return all names with those of the new objectives."""
    names = ground.names
    every = [d for type in Type for d in names.of(type)]
    stubs = [
        NamedDocument(
            without_ending(goal.uri).lower(),
            Type.OBJECTIVE,
            goal.title,
            goal.uri,
            cycle=goal.cycle.id,
            key_results=tuple(r.id for r in goal.results),
        )
        for goal in goals
    ]
    cycles = {**names.cycles, **{goal.cycle.id: goal.cycle for goal in goals}}
    return Names([*every, *stubs], cycles, names.fiscal_year)


def objective_draft(
    goal: Goal, ground: Foundation, names: Names, parents: Mapping[int, str], day: date
) -> Draft:
    """Return the document of a new objective; `parents` are the references of entries."""
    reference = OwnerReference(ground, names)
    owners = [owner_id(ground, owner) for owner in goal.owners]
    fields: dict[str, Any] = {}
    if len(owners) > 1:
        fields["owners"] = Flow([reference(owner) for owner in owners])
    contributors = [reference(owner_id(ground, one)) for one in goal.contributors]
    fields |= {
        "contributors": Flow(contributors) if contributors else None,
        "commitment": goal.fields.get("commitment"),
        "aligns_to": aligned(goal, names, parents),
        "weight": goal.fields.get("weight"),
        "grade": goal.fields.get("grade"),
        "status": goal.fields.get("status"),
        "tags": Flow(goal.fields["tags"]) if goal.fields.get("tags") else None,
        "visibility": goal.fields.get("visibility"),
        "x-import-id": goal.fields.get("x-import-id"),
        "key_results": [result_fields(one, goal, reference, day) for one in goal.results],
        "initiatives": [_initiative(work, reference) for work in goal.initiatives],
        "check_ins": [Flow(entry) for entry in check_ins(goal, day)],
    }
    kept = {name: value for name, value in fields.items() if value not in (None, [], "")}
    subject = DocumentSubject(Type.OBJECTIVE, goal.title, owners[0], goal.cycle)
    text = draft(_Placed(names, goal.uri), subject, kept, goal.body)
    return Draft(goal.uri, text.text)


class _Placed(Layout):
    """A layout that gives one file, which was chosen already."""

    def __init__(self, names: Names, uri: str) -> None:
        super().__init__(names, ())
        self._uri = uri

    def uri(
        self, type: Type, name: str, owner: str | None = None, cycle: Cycle | None = None
    ) -> str:
        return self._uri


@dataclass(frozen=True, slots=True)
class OwnerReference:
    """Writes references to owners."""

    ground: Foundation
    names: Names

    def __call__(self, owner: str) -> str:
        """Return what is written for an owner of the site, or a new one by its name."""
        return self.names.reference(NameKind.OWNER, owner_id(self.ground, owner))


def aligned(goal: Goal, names: Names, parents: Mapping[int, str]) -> list[str] | str | None:
    """Return the references of what an objective aligns to."""
    found = [
        names.reference(NameKind.OBJECTIVE, parents[id(parent)])
        for parent in goal.entry.parents
        if id(parent) in parents
    ]
    found += [names.reference(NameKind.OBJECTIVE, one) for one in goal.entry.site_parents]
    return found[0] if len(found) == 1 else list(dict.fromkeys(found)) or None


def references_of(goals: Iterable[Goal]) -> dict[int, str]:
    """Return the reference in full of each entry that can be aligned to."""
    found: dict[int, str] = {}
    for goal in goals:
        id_ = without_ending(goal.uri).lower()
        found[id(goal.entry)] = id_
        for result in goal.results:
            found[id(result.entry)] = f"{id_}#{result.id}"
    return found


def result_fields(
    result: Result, goal: Goal, reference: OwnerReference, day: date
) -> dict[str, Any]:
    """Return the fields of a key result, in the order in which they are written."""
    measured = result.measured
    owners = [reference(owner) for owner in result.owners if result.owners != goal.owners]
    fields: dict[str, Any] = {
        "id": result.id,
        "title": measured.title,
        "description": result.fields.get("description"),
        **measured.fields,
        "weight": result.fields.get("weight"),
        "owner": owners[0] if len(owners) == 1 else Flow(owners) if owners else None,
        "due": result.fields.get("due"),
        "moves": result.fields.get("moves"),
        "status": result.fields.get("status"),
        "grade": result.fields.get("grade"),
        "x-priority": result.fields.get("x-priority"),
        "x-import-id": result.fields.get("x-import-id"),
    }
    if goal.cycle.state(day) is State.UPCOMING and measured.value is not None:
        if measured.value != measured.start:
            fields["current"] = measured.value
    return {name: value for name, value in fields.items() if value is not None}


def _initiative(work: tuple[Entry, dict[str, Any], list[str]], reference: OwnerReference) -> Flow:
    _, fields, owners = work
    written = [reference(owner) for owner in owners]
    named = {
        "title": fields["title"],
        "owner": written[0] if len(written) == 1 else written or None,
        **{name: fields.get(name) for name in ("status", "key_result", "due", "progress")},
    }
    return Flow({name: value for name, value in named.items() if value is not None})


def check_ins(goal: Goal, day: date) -> list[dict[str, Any]]:
    """Return the check-ins of an objective: those that are dated, and one of what is not."""
    dated: dict[date, list[Stated]] = {}
    for stated in goal.stated:
        dated.setdefault(stated.day, []).append(stated)
    entries: list[dict[str, Any]] = [
        {
            "date": when,
            "values": {s.result.id: _value(s.value, s.confidence, s.note) for s in dated[when]},
        }
        for when in sorted(dated)
    ]
    if goal.cycle.state(day) is State.UPCOMING:
        return entries
    latest: dict[str, Stated] = {}
    for when in sorted(dated):
        latest |= {s.result.id: s for s in dated[when] if s.value is not None}
    values: dict[str, Any] = {}
    for result in goal.results:
        known = latest.get(result.id)
        value, confidence = result.measured.value, result.measured.confidence
        if known is not None and known.value == value:
            value = None
        if value is not None or (confidence is not None and known is None):
            values[result.id] = _value(value, confidence, None)
    if not values and goal.confidence is None:
        return entries
    stated_day = min(max(day, goal.cycle.start), goal.cycle.closing_day)
    same = next((entry for entry in entries if entry["date"] == stated_day), None)
    if same is not None:
        same["values"] = {**values, **same["values"]}
        return entries
    entry: dict[str, Any] = {"date": stated_day}
    if goal.confidence is not None:
        entry["confidence"] = number_text(goal.confidence)
    if values:
        entry["values"] = values
    return sorted([*entries, entry], key=lambda e: e["date"])


def _value(value: str | None, confidence: float | None, note: str | None) -> Any:
    if confidence is None and note is None:
        return value
    fields = {
        "value": value,
        "confidence": number_text(confidence) if confidence is not None else None,
        "note": note,
    }
    return {name: field for name, field in fields.items() if field is not None}
