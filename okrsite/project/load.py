"""The way through: files to sources, to typed documents, to one resolved project."""

import posixpath
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from okrsite.cycles import Cycle
from okrsite.documents import PersonFields, TeamFields
from okrsite.findings import Finding
from okrsite.frontmatter import Location
from okrsite.links import local_links
from okrsite.model import (
    BrokenDocument,
    CheckInDocument,
    Kpi,
    Link,
    Objective,
    Owner,
    Page,
    Place,
    Project,
)
from okrsite.project.check_ins import author_of, document_entries
from okrsite.project.circles import Links, find_circles
from okrsite.project.kpis import build_kpi
from okrsite.project.objectives import Surroundings, build_objective
from okrsite.project.registry import Registry
from okrsite.settings import Settings
from okrsite.source import OWNER_TYPES, Source, Tree, Type, read_sources
from okrsite.typed import Document, heading, type_document


def load(tree: Tree, settings: Settings, site_name: str) -> Project:
    """Read a site's documents and resolve them; nothing that is wrong in them stops it.

    `site_name` is the company's title where it has no document.
    """
    documents, findings = _documents(tree)
    registry = Registry(documents)
    findings += registry.findings
    pages = {d.uri: _page(d) for d in documents}
    kpis, said = _kpis(registry, tree, pages)
    findings += said
    writings = [d for d in registry.of(Type.CHECK_IN) if not d.broken]
    entries, said = document_entries(registry, writings)
    findings += said
    around = Surroundings(registry, kpis, entries, settings.commitment)
    objectives: dict[str, Objective] = {}
    for document in registry.of(Type.OBJECTIVE):
        if document.fields is None:
            continue
        objective, said = build_objective(around, document, pages[document.uri])
        findings += said
        if objective is not None:
            objectives[objective.id] = objective
    objectives, circles, said = _connect(objectives)
    findings += said
    owners, said = _owners(registry, pages, site_name)
    findings += said
    twice = {document.uri for document in registry.duplicates}
    bad_cycles = {f.path for f in registry.calendar.findings}
    return Project(
        company=registry.company,
        owners=owners,
        cycles=_cycles(registry, objectives),
        objectives=objectives,
        kpis=_on_kpis(kpis, objectives),
        check_in_documents=_check_in_documents(registry, writings, pages, objectives),
        cycle_pages={
            d.id: pages[d.uri] for d in registry.of(Type.CYCLE) if d.id in registry.calendar.known
        },
        broken=tuple(
            BrokenDocument(pages[d.uri], d.type)
            for d in documents
            if d.uri in twice or _is_broken(d, objectives, kpis, bad_cycles)
        ),
        circles=circles,
        findings=tuple(findings),
    )


def _documents(tree: Tree) -> tuple[list[Document], list[Finding]]:
    sources, findings = read_sources(tree)
    by_path: defaultdict[str, list[Finding]] = defaultdict(list)
    for found in findings:
        by_path[found.path].append(found)
    documents: list[Document] = []
    for source in sources:
        document, said = type_document(source, by_path.get(source.path, ()))
        documents.append(document)
        findings += said
    return documents, findings


def _page(document: Document) -> Page:
    source, fields = document.source, document.fields
    return Page(
        id=document.id,
        title=document.title,
        uri=document.uri,
        path=source.path,
        description=fields.description if fields else None,
        tags=tuple(fields.tags) if fields else (),
        ignore=tuple(code.upper() for code in fields.ignore) if fields else (),
        private=document.private,
        body=heading(source.body)[1] if _titled_by_heading(document) else source.body,
        place=Place(source.path, source.line()),
        foreign=source.foreign,
        lines={name: source.line(name) for name in (*source.fields, *source.foreign)},
        files=_named_files(source),
    )


def _named_files(source: Source) -> tuple[str, ...]:
    """List the files that a document names: its CSV, and what its body links to or shows."""
    folder = posixpath.dirname(source.uri)
    linked = local_links(source.body) if source.private else ()
    beside = (posixpath.normpath(posixpath.join(folder, link)) for link in linked)
    return (*beside, source.data) if source.data else tuple(beside)


def _titled_by_heading(document: Document) -> bool:
    """Tell whether the body begins with the title, which the page shows above it."""
    found, _ = heading(document.source.body)
    return found is not None and found.strip() == document.title.strip()


def _kpis(
    registry: Registry, tree: Tree, pages: dict[str, Page]
) -> tuple[dict[str, Kpi], list[Finding]]:
    kpis: dict[str, Kpi] = {}
    findings: list[Finding] = []
    for document in registry.of(Type.KPI):
        if document.fields is None:
            continue
        kpi, said = build_kpi(registry, tree, document, pages[document.uri])
        findings += said
        if kpi is not None:
            kpis[kpi.id] = kpi
    links: Links = {id: [d for d in kpi.drives if d in kpis] for id, kpi in kpis.items()}
    circular, said = find_circles(
        links,
        {id: kpi.page for id, kpi in kpis.items()},
        lambda one, _: kpis[one].page.line("drives"),
        "what this KPI drives",
    )
    findings += said
    drivers: defaultdict[str, list[str]] = defaultdict(list)
    for id, driven in links.items():
        links[id] = [d for d in driven if (id, d) not in circular]
        for other in links[id]:
            drivers[other].append(id)
    return {
        id: replace(kpi, drives=tuple(links[id]), driven_by=tuple(drivers[id]))
        for id, kpi in kpis.items()
    }, findings


def _on_kpis(kpis: dict[str, Kpi], objectives: dict[str, Objective]) -> dict[str, Kpi]:
    results: defaultdict[str, list[str]] = defaultdict(list)
    for objective in objectives.values():
        for result in objective.key_results:
            if result.kpi is not None:
                results[result.kpi].append(result.reference)
    return {id: replace(kpi, key_results=tuple(results[id])) for id, kpi in kpis.items()}


def _connect(
    objectives: dict[str, Objective],
) -> tuple[dict[str, Objective], frozenset[tuple[str, str]], list[Finding]]:
    """Add the links back, leave out those to documents without figures, and find circles."""
    kept: dict[str, Objective] = {}
    supporters: defaultdict[str, list[Link]] = defaultdict(list)
    needed: defaultdict[str, list[str]] = defaultdict(list)
    for objective in objectives.values():
        aligns_to = tuple(link for link in objective.aligns_to if link.objective in objectives)
        depends_on = tuple(link for link in objective.depends_on if link.objective in objectives)
        kept[objective.id] = replace(objective, aligns_to=aligns_to, depends_on=depends_on)
        for link in aligns_to:
            supporters[link.objective].append(Link(objective.id, link.key_result, link.place))
        for link in depends_on:
            needed[link.objective].append(objective.id)
    links: Links = {o.id: [link.objective for link in o.aligns_to] for o in kept.values()}

    def place(one: str, other: str) -> Place:
        return next(link.place for link in kept[one].aligns_to if link.objective == other)

    pages = {id: objective.page for id, objective in kept.items()}
    circles, findings = find_circles(links, pages, place, "alignment")
    connected = {
        id: replace(
            objective,
            supported_by=tuple(sorted(supporters[id], key=lambda link: link.objective)),
            needed_by=tuple(dict.fromkeys(needed[id])),
        )
        for id, objective in kept.items()
    }
    return connected, circles, findings


def _owners(
    registry: Registry, pages: dict[str, Page], site_name: str
) -> tuple[dict[str, Owner], list[Finding]]:
    owners: dict[str, Owner] = {}
    findings: list[Finding] = []
    if not registry.of(Type.COMPANY):
        owners[registry.company] = Owner(registry.company, Type.COMPANY, site_name, None, None)
    links: Links = {}
    for document in registry.of(*OWNER_TYPES):
        parent, said = _parent(registry, document)
        findings += said
        links[document.id] = [parent] if parent else []
        page = pages[document.uri]
        owner_type = cast(Type, document.type)
        owners[document.id] = Owner(document.id, owner_type, document.title, parent, page)
    teams = {id: links[id] for id in links if owners[id].type is Type.TEAM}
    circular, said = find_circles(
        teams,
        {id: pages_of.page for id, pages_of in owners.items() if pages_of.page},
        lambda one, _: cast(Page, owners[one].page).line("parent"),
        "who is above this team",
    )
    for one, _ in circular:
        owners[one] = replace(owners[one], parent=registry.company)
    return owners, findings + said


def _parent(registry: Registry, document: Document) -> tuple[str | None, list[Finding]]:
    fields = document.fields
    location: Location
    if document.type is Type.TEAM:
        written = fields.parent if isinstance(fields, TeamFields) else None
        location, otherwise = ("parent",), registry.company
    elif document.type is Type.PERSON:
        written = fields.team if isinstance(fields, PersonFields) else None
        location, otherwise = ("team",), None
    else:
        return None, []
    if written is None:
        return otherwise, []
    found, findings = registry.owner(document, location, written, document.id)
    if found in registry.people:
        message = f"`{written[:80]}` is a person, not a team"
        return otherwise, [document.source.finding("OKR201", location, message, "name a team")]
    return found or otherwise, findings


def _cycles(registry: Registry, objectives: dict[str, Objective]) -> dict[str, Cycle]:
    used = {objective.cycle for objective in objectives.values()}
    return {
        id: cycle for id, cycle in registry.calendar.known.items() if cycle.document or id in used
    }


def _check_in_documents(
    registry: Registry, documents: Iterable[Document], pages: dict[str, Page],
    objectives: dict[str, Objective],
) -> dict[str, CheckInDocument]:  # fmt: skip
    about: defaultdict[str, list[str]] = defaultdict(list)
    for objective in objectives.values():
        for check_in in objective.check_ins:
            about[check_in.uri].append(objective.id)
    made = {}
    for document in documents:
        day = getattr(document.fields, "date")  # noqa: B009
        made[document.uri] = CheckInDocument(
            pages[document.uri], day, author_of(registry, document)[0],
            tuple(dict.fromkeys(about[document.uri])),
        )  # fmt: skip
    return made


def _is_broken(
    document: Document,
    objectives: dict[str, Objective],
    kpis: dict[str, Kpi],
    bad_cycles: set[str],
) -> bool:
    if document.type is None or document.broken:
        return True
    if document.type is Type.OBJECTIVE:
        return document.id not in objectives
    if document.type is Type.KPI:
        return document.id not in kpis
    return document.type is Type.CYCLE and document.source.path in bad_cycles
