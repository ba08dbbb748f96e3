"""A new document: its file and text, and what the checks say of it before it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrsite.checks.registry import all_findings
from okrsite.documents.source import read_source
from okrsite.documents.trees import Tree
from okrsite.documents.types import Type
from okrsite.documents.validate import Document, type_document
from okrsite.editing.new.folder_layout import Layout
from okrsite.editing.new.names import Known, slug
from okrsite.editing.yaml_text import document_text
from okrsite.findings.finding import Finding
from okrsite.project.load import resolve
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import score_project
from okrsite.scores.status import PERIOD_DAYS, cadence
from okrsite.settings import Settings

OWNERS = (Type.COMPANY, Type.TEAM, Type.PERSON)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that is ready to be written; `uri` is its file, relative to docs_dir."""

    uri: str
    text: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of a site as they were read, and what was said of them meanwhile."""

    tree: Tree
    documents: list[Document]
    findings: list[Finding]


def draft(
    known: Known, layout: Layout, type: Type, title: str, fields: Mapping[str, Any],
    owner: str | None = None, cycle: Cycle | None = None, body: str = "",
) -> Draft:  # fmt: skip
    """Make a document; what its folders say of cycle and owner is not written again.

    Fields that are None or empty are left out.
    """
    uri = layout.uri(type, slug(title, str(type)), owner, cycle, _taken(known, type, cycle))
    registry = known.registry
    written: dict[str, Any] = {"type": str(type), "title": title}
    if cycle is not None:
        found = registry.folder_cycle(uri)
        written["cycle"] = None if found and found.id == cycle.id else known.cycle_name(cycle)
    if owner is not None:
        written["owner"] = None if registry.folder_owner(uri) == owner else known.name_of(owner)
    written |= fields
    kept = {name: value for name, value in written.items() if value not in (None, "", [], {}, ())}
    return Draft(uri, document_text(kept, body.strip()))


def first_check_in(cycle: Cycle, settings: Settings, day: date) -> list[dict[str, Any]]:
    """Return the check-in that an objective begins with, where its cycle has long begun.

    Without one it would be stale on its first day: nothing would have been heard of it.
    """
    period = PERIOD_DAYS[cadence(None, settings.every, cycle)]
    late = cycle.state(day) is State.OPEN and (day - cycle.start).days > period
    return [{"date": day, "note": "The objective was written down."}] if late else []


def findings_about(
    made: Draft, shelf: Shelf, settings: Settings, site_name: str, as_of: date
) -> list[Finding]:
    """Say what a site with this document in it has to say of it."""
    path = shelf.tree.path(made.uri)
    source, said = read_source(made.uri, path, made.text.encode())
    if source is None:
        return said
    document, more = type_document(source, said)
    documents = sorted([*shelf.documents, document], key=lambda d: d.uri)
    found = [*shelf.findings, *said, *more]
    project, _ = resolve(shelf.tree, documents, found, settings, site_name)
    findings = all_findings(project, settings, score_project(project, settings, as_of))
    return [f for f in findings if path in (f.path, *f.mentions)]


def _taken(known: Known, type: Type, cycle: Cycle | None) -> set[str]:
    """Name what a new id must not end in, so that every reference stays unambiguous."""
    if type in OWNERS:
        # `company` always means the company, and a folder of that name too.
        return known.last_segments(*OWNERS) | {"company"}
    if type is Type.OBJECTIVE:
        return known.last_segments(type, cycle=cycle)
    return known.last_segments(type)
