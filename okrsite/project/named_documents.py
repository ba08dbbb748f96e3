"""What has to be known of documents to find them: of sources, and of a whole project."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from okrsite.documents.models import ObjectiveFields
from okrsite.documents.types import Type
from okrsite.documents.validate import Document
from okrsite.i18n import phrase
from okrsite.project.meanings import KINDS
from okrsite.project.model import Page, Project
from okrsite.util.spelling import normal_form


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """What has to be known of a document to find it.

    `uri` is its file relative to docs_dir and `path` relative to the folder of mkdocs.yml; both are
    empty where there is no file. `cycle` is the id of an objective's cycle. `key_results` are the
    ids of its key results, None where they are not known. A `broken` one has errors.
    """

    id: str
    type: Type
    title: str = ""
    uri: str = ""
    path: str = ""
    cycle: str | None = None
    key_results: tuple[str, ...] | None = None
    broken: bool = False
    private: bool = False


def errors_in(document: NamedDocument) -> str:
    """Return the sentence that a document has errors and cannot be used."""
    path = document.path
    return phrase("%(path)s has errors and isn't counted: see `okrsite lint`", path=path)


def key_result_ids(document: Document) -> tuple[str, ...]:
    """Return the ids of an objective's key results, written and default ones, in their order."""
    fields = document.fields
    results = fields.key_results if isinstance(fields, ObjectiveFields) else []
    return tuple(
        normal_form((result.id or f"kr{position}").strip(" "))
        for position, result in enumerate(results, 1)
    )


def named(document: Document, cycle: str | None = None) -> NamedDocument | None:
    """Return what has to be known of a document to find it; None where it has no type."""
    if document.type is None:
        return None
    source, results = document.source, None
    if document.type is Type.OBJECTIVE and document.fields is not None:
        results = key_result_ids(document)
    known = document.id, document.type, document.title, source.uri, source.path, cycle, results
    return NamedDocument(*known, document.broken, document.private)


def documents_of(project: Project) -> Iterable[NamedDocument]:
    """Return every document once: where two have an id, the one that is not broken."""
    broken = (
        replace(_named_page(document.page, document.type), broken=True)
        for document in project.broken
        if document.type is not None
    )
    found = {(KINDS.get(d.type), d.id): d for d in (*broken, *_sound(project))}
    return found.values()


def _sound(project: Project) -> Iterator[NamedDocument]:
    for owner in project.owners.values():
        if owner.page is None:
            yield NamedDocument(owner.id, owner.type, owner.title)
        else:
            yield _named_page(owner.page, owner.type)
    for cycle in project.cycles.values():
        if page := project.cycle_pages.get(cycle.id):
            yield _named_page(page, Type.CYCLE)
        else:
            yield NamedDocument(cycle.id, Type.CYCLE, cycle.title)
    for objective in project.objectives.values():
        results = tuple(result.id for result in objective.key_results)
        named = _named_page(objective.page, Type.OBJECTIVE)
        yield replace(named, cycle=objective.cycle, key_results=results)
    for kpi in project.kpis.values():
        yield _named_page(kpi.page, Type.KPI)
    for pillar in project.pillars.values():
        yield _named_page(pillar.page, Type.PILLAR)
    for check_in in project.check_in_documents.values():
        yield _named_page(check_in.page, Type.CHECK_IN)


def _named_page(page: Page, type: Type) -> NamedDocument:
    return NamedDocument(page.id, type, page.title, page.uri, page.path, private=page.private)
