"""New documents: their file and text, and their findings before they are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrsite.checks.registry import all_findings
from okrsite.documents.models import ObjectiveFields
from okrsite.documents.source import read_source
from okrsite.documents.trees import Tree
from okrsite.documents.types import Type
from okrsite.documents.validate import Document, validate_document
from okrsite.editing.new.folder_layout import Layout
from okrsite.editing.new.naming import slug
from okrsite.editing.yaml_text import Flow, document_text, scalar_text
from okrsite.findings.finding import Finding
from okrsite.language.inline import plain
from okrsite.project.load import resolve
from okrsite.project.model.cycles import Cycle, State
from okrsite.project.names import Found, NameKind, Names
from okrsite.project.registry import Registry
from okrsite.scores import score_project
from okrsite.scores.status import PERIOD_DAYS, cadence
from okrsite.settings import Settings


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before it is written; `uri` is its file, relative to docs_dir."""

    uri: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadDocuments:
    """The documents of a site, and the findings of reading them."""

    tree: Tree
    documents: list[Document]
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class DocumentSubject:
    """What a new document is: its type and title, and whose and of which cycle it is."""

    type: Type
    title: str
    owner: str | None = None
    cycle: Cycle | None = None


def draft(layout: Layout, subject: DocumentSubject, fields: Mapping[str, Any], body: str) -> Draft:
    """Make a document; a cycle or owner that its folders name is not written again.

    Fields that are None or empty are left out.
    """
    type, names, owner, cycle = subject.type, layout.names, subject.owner, subject.cycle
    uri = layout.uri(type, slug(subject.title, str(type)), owner, cycle)
    written: dict[str, Any] = {"type": str(type), "title": subject.title}
    if cycle is not None and names.folder_cycle(uri) != cycle:
        written["cycle"] = names.reference(NameKind.CYCLE, cycle.id)
    if not fields.get("owners") and owner is not None and names.folder_owner(uri) != owner:
        written["owner"] = names.reference(NameKind.OWNER, owner)
    written |= fields
    kept = {name: value for name, value in written.items() if value not in (None, "", [], {}, ())}
    return Draft(uri, document_text(kept, body.strip()))


def begun_objective(names: Names, layout: Layout, cycle: Cycle) -> Draft:
    """Return the outline of an objective of the company, whose owner is to be changed."""
    company = names.reference(NameKind.OWNER, names.company)
    uri = layout.uri(Type.OBJECTIVE, "new-objective", names.company, cycle)
    teams = names.of(Type.TEAM)
    example = f", or a team like {names.reference(NameKind.OWNER, teams[0].id)}" if teams else ""
    placed = names.folder_cycle(uri)
    lines = [
        "---",
        "type: objective",
        "title: New objective  # where you want to go, in a few words without numbers",
        f"owner: {scalar_text(company)}  # who owns it: the company{example}",
    ]
    if placed is None or placed.id != cycle.id:
        lines.append(f"cycle: {scalar_text(names.reference(NameKind.CYCLE, cycle.id))}")
    lines += [
        "# aligns_to: the id of the objective it supports",
        "key_results:  # two to five: how you will know",
        *_outlined("first"),
        *_outlined("second"),
        "---",
        "Why does it matter?",
        "",
    ]
    return Draft(uri, "\n".join(lines))


def _outlined(which: str) -> list[str]:
    title = f"{which.capitalize()} key result"
    return [f"  - id: {which}", f"    title: {title}", "    from: 0", "    to: 10"]


def first_check_in(cycle: Cycle, settings: Settings, day: date) -> list[Flow]:
    """Return the check-in that an objective gets when its cycle has been open for a while.

    Without one its first check-in would be overdue on its first day.
    """
    period = PERIOD_DAYS[cadence(None, settings.every, cycle)]
    late = cycle.state(day) is State.OPEN and (day - cycle.start).days > period
    return [Flow({"date": day, "note": "The objective was written down."})] if late else []


def findings_about(
    made: Sequence[Draft], known: ReadDocuments, settings: Settings, site_name: str, as_of: date
) -> list[Finding]:
    """Return the findings about new documents among the others of their site."""
    documents, findings = [*known.documents], [*known.findings]
    paths = {known.tree.path(one.uri) for one in made}
    for one in made:
        source, reading = read_source(one.uri, known.tree.path(one.uri), one.text.encode())
        if source is None:
            return reading
        document, typing = validate_document(source, reading)
        documents.append(document)
        findings += [*reading, *typing]
    documents.sort(key=lambda document: document.uri)
    project, _ = resolve(known.tree, documents, findings, settings, site_name)
    findings = all_findings(project, settings, score_project(project, settings, as_of))
    return [found for found in findings if paths & {found.path, *found.mentions}]


def find_twin(registry: Registry, subject: DocumentSubject) -> Document | None:
    """Return the document of a type that has a title already, in any case and with any marks.

    Only objectives of the same cycle and owner are twins: what a team aims at every quarter may
    keep its title. Cycles are twins where they would have the same file.
    """
    type, cycle = subject.type, subject.cycle

    def normal(text: str) -> str:
        return slug(text, "cycle") if type is Type.CYCLE else plain(text).strip().casefold()

    wanted = normal(subject.title)
    for document in registry.of(type):
        if normal(document.title) != wanted:
            continue
        if type is not Type.OBJECTIVE:
            return document
        period = registry.cycle_of.get(document.id)
        same = period is not None and cycle is not None and period.id == cycle.id
        if same and subject.owner in _owners(registry, document):
            return document
    return None


def _owners(registry: Registry, document: Document) -> list[str | None]:
    """Return the ids of those who own an objective."""
    fields = document.fields
    if not isinstance(fields, ObjectiveFields):
        return []
    written = [name for name in (fields.owner, *fields.owners) if name is not None]
    if not written:
        return [registry.folder_owner(document.uri)]
    found = (registry.names.find(NameKind.OWNER, name) for name in written)
    return [meaning.id for meaning in found if isinstance(meaning, Found)]
