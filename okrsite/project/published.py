"""Remove private documents from a project, once, before any figure is computed.

A private document counts for nothing that is published, so that it cannot be computed back. The
one exception: a public key result on a private KPI keeps its score and status and is masked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from okrsite.documents.types import Type
from okrsite.findings.finding import Finding
from okrsite.project.circles import circular
from okrsite.project.model import (
    Initiative,
    KeyResult,
    Level,
    Link,
    Objective,
    Owner,
    Page,
    Project,
)


def publish(project: Project, include_private: bool = False) -> Project:
    """Return the project without what is private, or all of it where the settings include it."""
    if include_private:
        return project
    hidden = _Hidden(project)
    if not hidden.pages:
        return project
    owners = {
        id: _owner(project, hidden, o) for id, o in project.owners.items() if id not in hidden
    }
    objectives = {
        id: _objective(owners, hidden, objective)
        for id, objective in project.objectives.items()
        if id not in hidden.objectives
    }
    used = {objective.cycle for objective in objectives.values()}
    return replace(
        project,
        owners=owners,
        objectives=objectives,
        cycles={id: cycle for id, cycle in project.cycles.items() if cycle.document or id in used},
        circles=_circles(objectives) if project.circles else project.circles,
        kpis={
            id: replace(
                kpi,
                owner=None if kpi.owner in hidden else kpi.owner,
                drives=tuple(d for d in kpi.drives if d not in hidden.kpis),
                driven_by=tuple(d for d in kpi.driven_by if d not in hidden.kpis),
                key_results=tuple(
                    reference
                    for reference in kpi.key_results
                    if reference.partition("#")[0] not in hidden.objectives
                ),
            )
            for id, kpi in project.kpis.items()
            if id not in hidden.kpis
        },
        check_in_documents={
            uri: replace(
                document,
                owner=None if document.owner in hidden else document.owner,
                objectives=tuple(o for o in document.objectives if o not in hidden.objectives),
            )
            for uri, document in project.check_in_documents.items()
            if uri not in hidden.uris
        },
        broken=tuple(document for document in project.broken if not document.page.private),
        findings=tuple(hidden.publishable(project.findings)),
    )


def _circles(objectives: Mapping[str, Objective]) -> frozenset[tuple[str, str]]:
    """Return the circles that are left: without its private links a circle is broken."""
    return circular({o.id: [link.objective for link in o.aligns_to] for o in objectives.values()})


def private_files(project: Project) -> frozenset[str]:
    """Return the files, relative to docs_dir, of private documents, and those that they name."""
    hidden = _Hidden(project)
    return frozenset(uri for page in hidden.pages for uri in (page.uri, *page.files))


class _Hidden:
    """Everything that is private: documents, and objectives whose owners all are."""

    def __init__(self, project: Project) -> None:
        self._owners = frozenset(o.id for o in project.owners.values() if o.page and o.page.private)
        self.objectives = frozenset(
            o.id
            for o in project.objectives.values()
            if o.page.private or all(owner in self._owners for owner in o.owners)
        )
        self.kpis = frozenset(k.id for k in project.kpis.values() if k.page.private) | {
            document.page.id
            for document in project.broken
            if document.type is Type.KPI and document.page.private
        }
        self.pages = [page for page in _pages(project) if page.private]
        self.pages += [
            project.objectives[id].page
            for id in sorted(self.objectives)
            if not project.objectives[id].page.private
        ]
        self.uris = frozenset(page.uri for page in self.pages)
        self.paths = frozenset(
            path
            for page in self.pages
            for path in (page.path, *(page.path.removesuffix(page.uri) + f for f in page.files))
        )

    def __contains__(self, owner: object) -> bool:
        return owner in self._owners

    def owners(self, owners: Iterable[str]) -> tuple[str, ...]:
        """Return owners without the private ones."""
        return tuple(owner for owner in owners if owner not in self._owners)

    def links(self, links: Iterable[Link]) -> tuple[Link, ...]:
        """Return links without those to private objectives."""
        return tuple(link for link in links if link.objective not in self.objectives)

    def publishable(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings that are neither about private files nor quote one."""
        for finding in findings:
            if finding.path not in self.paths and self.paths.isdisjoint(finding.mentions):
                yield finding


def _pages(project: Project) -> Iterator[Page]:
    for documents in (project.objectives, project.kpis, project.check_in_documents):
        for document in documents.values():
            yield document.page
    yield from (owner.page for owner in project.owners.values() if owner.page)
    yield from (document.page for document in project.broken)


def _owner(project: Project, hidden: _Hidden, owner: Owner) -> Owner:
    if owner.parent not in hidden:
        return owner
    return replace(owner, parent=project.company if owner.type is Type.TEAM else None)


def _objective(owners: dict[str, Owner], hidden: _Hidden, objective: Objective) -> Objective:
    kept = hidden.owners(objective.owners)
    aligns_to = hidden.links(objective.aligns_to)
    return replace(
        objective,
        owners=kept,
        level=_level(owners, kept[0]) if kept != objective.owners else objective.level,
        contributors=hidden.owners(objective.contributors),
        aligns_to=aligns_to,
        hidden_alignments=len({link.objective for link in objective.aligns_to} & hidden.objectives),
        supported_by=hidden.links(objective.supported_by),
        depends_on=hidden.links(objective.depends_on),
        needed_by=tuple(id for id in objective.needed_by if id not in hidden.objectives),
        continues=None if objective.continues in hidden.objectives else objective.continues,
        continued_by=tuple(id for id in objective.continued_by if id not in hidden.objectives),
        key_results=tuple(_key_result(hidden, kept, result) for result in objective.key_results),
        initiatives=tuple(_initiative(hidden, i) for i in objective.initiatives),
        check_ins=tuple(
            replace(check_in, author=None if check_in.author in hidden else check_in.author)
            for check_in in objective.check_ins
            if check_in.uri not in hidden.uris
        ),
    )


def _level(owners: dict[str, Owner], owner: str) -> Level:
    if owner not in owners or owners[owner].type is Type.TEAM:
        return Level.TEAM
    return Level.COMPANY if owners[owner].type is Type.COMPANY else Level.INDIVIDUAL


def _key_result(hidden: _Hidden, objective_owners: tuple[str, ...], result: KeyResult) -> KeyResult:
    masked = result.kpi in hidden.kpis
    readings = result.readings
    if not masked:
        readings = tuple(reading for reading in readings if reading.uri not in hidden.uris)
    return replace(
        result,
        owners=hidden.owners(result.owners) or objective_owners,
        kpi=None if masked else result.kpi,
        masked=masked,
        readings=readings,
        confidences=tuple(c for c in result.confidences if c.uri not in hidden.uris),
    )


def _initiative(hidden: _Hidden, initiative: Initiative) -> Initiative:
    return replace(initiative, owners=hidden.owners(initiative.owners))
