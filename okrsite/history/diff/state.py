"""A site on one day as the public sees it, ready to be compared with another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from okrsite.checks.registry import all_findings
from okrsite.documents.types import Type
from okrsite.findings.finding import Finding
from okrsite.project.model import BrokenDocument, Kpi, Objective, Owner, Pillar, Project
from okrsite.project.published import publish
from okrsite.scores import Scorecard, score_project
from okrsite.settings import Settings


@dataclass(frozen=True, slots=True)
class Private:
    """What a state leaves out: by it a document is recognised that is public in the other state and
    has to stay hidden there."""

    objectives: Mapping[str, Objective]
    kpis: Mapping[str, Kpi]
    pillars: Mapping[str, Pillar]
    owners: Mapping[str, Owner]
    broken: frozenset[tuple[Type | None, str]]
    uris: frozenset[str]
    paths: frozenset[str]


@dataclass(frozen=True, slots=True)
class SiteState:
    """A project without its private documents, its figures and its findings."""

    project: Project
    scorecard: Scorecard
    findings: tuple[Finding, ...]
    private: Private

    @classmethod
    def of(cls, project: Project, settings: Settings, as_of: date) -> "SiteState":
        """Publish a project, score it and check it."""
        published = publish(project, settings.include_private)
        scorecard = score_project(published, settings, as_of)
        findings = all_findings(published, settings, scorecard)
        return cls(published, scorecard, tuple(findings), _private(project, published))


def _private(project: Project, published: Project) -> Private:
    objectives = {k: v for k, v in project.objectives.items() if k not in published.objectives}
    kpis = {k: v for k, v in project.kpis.items() if k not in published.kpis}
    pillars = {k: v for k, v in project.pillars.items() if k not in published.pillars}
    owners = {k: v for k, v in project.owners.items() if k not in published.owners}
    shown = {document.page.uri for document in published.broken}
    broken = [document for document in project.broken if document.page.uri not in shown]
    documents: list[Objective | Kpi | Pillar | Owner | BrokenDocument]
    documents = [*objectives.values(), *kpis.values(), *pillars.values(), *owners.values(), *broken]
    pages = [document.page for document in documents if document.page]
    pages += [
        document.page
        for id, document in project.check_in_documents.items()
        if id not in published.check_in_documents
    ]
    files = {page.path.removesuffix(page.uri) + file for page in pages for file in page.files}
    return Private(
        objectives,
        kpis,
        pillars,
        owners,
        frozenset((document.type, document.page.id) for document in broken),
        frozenset(page.uri for page in pages),
        frozenset(page.path for page in pages) | files,
    )
