"""What is published of a site, for documents that are prepared on its pages.

Nothing private may be told from such a document, not even that a shorter reference would be
ambiguous: so it is made from what is published alone, and names everything by its id in full.
"""

from collections.abc import Iterator
from functools import cache

from okrsite.documents.models import CycleFields, DocumentFields, ObjectiveFields
from okrsite.documents.source import Source
from okrsite.documents.types import Type
from okrsite.documents.validate import Document
from okrsite.editing.new.folder_layout import Layout
from okrsite.editing.new.names import Known
from okrsite.project.model import Page, Project
from okrsite.project.model.cycles import Cycle
from okrsite.project.registry import COMPANY

_NOTHING = DocumentFields()


class Published(Known):
    """The published owners, cycles, objectives and KPIs of a site, named in full."""

    def __init__(self, project: Project, site_name: str = COMPANY) -> None:
        documents = sorted(_documents(project), key=lambda document: document.uri)
        super().__init__(documents, site_name)
        self.layout = Layout(self, (document.uri for document in documents))

    def name_of(self, owner: str) -> str:
        """Return the id of an owner; the company is called so."""
        return COMPANY if owner == self.registry.company else owner

    def reference(self, objective: str) -> str:
        """Return the id of an objective or key result."""
        return objective

    def cycle_name(self, cycle: Cycle) -> str:
        """Return the id of a cycle."""
        return cycle.id

    def kpi_name(self, kpi: str) -> str:
        """Return the id of a KPI."""
        return kpi


def _documents(project: Project) -> Iterator[Document]:
    """Return the documents of a project with no more than it takes to find and to place them."""
    for owner in project.owners.values():
        if owner.page is not None:
            yield _document(owner.page, owner.type)
    for id, page in project.cycle_pages.items():
        if cycle := project.cycles.get(id):
            fields = CycleFields.model_construct(
                start=cycle.start, end=cycle.end, closed=cycle.closed
            )
            yield _document(page, Type.CYCLE, fields)
    for objective in project.objectives.values():
        yield _document(objective.page, Type.OBJECTIVE, _in(objective.cycle))
    for kpi in project.kpis.values():
        yield _document(kpi.page, Type.KPI)
    for check_in in project.check_in_documents.values():
        yield _document(check_in.page, Type.CHECK_IN)


@cache
def _in(cycle: str) -> ObjectiveFields:
    """Return what an objective says of its cycle."""
    return ObjectiveFields.model_construct(cycle=cycle)


def _document(page: Page, type: Type, fields: DocumentFields = _NOTHING) -> Document:
    source = Source(page.uri, page.path, page.id, type, {}, (1, {}), {}, "")
    return Document(source, fields, page.title, broken=False)
