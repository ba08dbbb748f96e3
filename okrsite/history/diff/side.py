"""A site on one day as the public sees it, ready to be compared with another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from okrsite.checks.registry import all_findings
from okrsite.documents.types import Type
from okrsite.findings.finding import Finding
from okrsite.project.model import Kpi, Objective, Owner, Page, Project
from okrsite.project.published import publish
from okrsite.scores import Scorecard, score_project
from okrsite.settings import Settings


@dataclass(frozen=True, slots=True)
class Private:
    """What is left out of a state. It serves to see that something is the same document as one
    that was published before, and must be kept quiet; not a word of it is ever said."""

    objectives: Mapping[str, Objective]
    kpis: Mapping[str, Kpi]
    owners: Mapping[str, Owner]
    broken: frozenset[tuple[Type | None, str]]
    uris: frozenset[str]
    paths: frozenset[str]


@dataclass(frozen=True, slots=True)
class State:
    """A project without what is private, its figures and its findings."""

    project: Project
    scorecard: Scorecard
    findings: tuple[Finding, ...]
    private: Private

    @classmethod
    def of(cls, project: Project, settings: Settings, as_of: date) -> "State":
        """Publish a project, score it and judge it."""
        published = publish(project, settings.include_private)
        scorecard = score_project(published, settings, as_of)
        findings = all_findings(published, settings, scorecard)
        return cls(published, scorecard, tuple(findings), _private(project, published))


def _private(project: Project, published: Project) -> Private:
    objectives = {k: v for k, v in project.objectives.items() if k not in published.objectives}
    kpis = {k: v for k, v in project.kpis.items() if k not in published.kpis}
    owners = {k: v for k, v in project.owners.items() if k not in published.owners}
    documents = [
        v for k, v in project.check_in_documents.items() if k not in published.check_in_documents
    ]
    shown = {document.page.uri for document in published.broken}
    broken = [document for document in project.broken if document.page.uri not in shown]
    pages: list[Page] = [objective.page for objective in objectives.values()]
    pages += [kpi.page for kpi in kpis.values()]
    pages += [owner.page for owner in owners.values() if owner.page]
    pages += [document.page for document in documents]
    pages += [document.page for document in broken]
    return Private(
        objectives,
        kpis,
        owners,
        frozenset((document.type, document.page.id) for document in broken),
        frozenset(page.uri for page in pages),
        frozenset(_paths(pages)),
    )


def _paths(pages: Iterable[Page]) -> Iterable[str]:
    for page in pages:
        yield page.path
        yield from (page.path.removesuffix(page.uri) + file for file in page.files)
