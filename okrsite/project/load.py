"""Load a project: files to sources, to typed documents, to one resolved project."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar, cast

from okrsite.documents.kept import Typing, typed_document
from okrsite.documents.models import ObjectiveFields
from okrsite.documents.sections import split_heading
from okrsite.documents.source import SourceReader, each_source, read_source
from okrsite.documents.trees import Tree
from okrsite.documents.types import OWNER_TYPES, Type
from okrsite.documents.validate import Document
from okrsite.findings.finding import Finding
from okrsite.i18n import phrase
from okrsite.project.check_ins import author_of, document_entries
from okrsite.project.circles import Links, find_circles
from okrsite.project.continuations import connect_continuations
from okrsite.project.issues import with_issues
from okrsite.project.kpis import build_kpi, kpis_driven
from okrsite.project.left_out import LeftOut, with_misspelt
from okrsite.project.model import (
    BrokenDocument,
    CheckInDocument,
    Kpi,
    LinkTo,
    Objective,
    Owner,
    Page,
    Pillar,
    Place,
    Project,
)
from okrsite.project.model.cycles import Cycle
from okrsite.project.objectives import BuildContext, private_owners_alone, read_objective
from okrsite.project.pillars import build_pillars, connect_pillars, drop_lost, serve, used_kpis
from okrsite.project.registry import Registry
from okrsite.project.sorting import by_order, owner_by_order
from okrsite.settings import Settings

Listed = TypeVar("Listed", Objective, Kpi, Pillar)


def load(tree: Tree, settings: Settings, site_name: str) -> Project:
    """Return the project of a site's documents; no mistake in them stops it.

    `site_name` is the company's title where it has no document.
    """
    documents, found = read_documents(tree)
    return resolve(tree, documents, found, settings, site_name, keep=False)[0]


def load_with_context(
    tree: Tree, settings: Settings, site_name: str, read: SourceReader = read_source
) -> tuple[Project, BuildContext]:
    """Return a site's project with the context of its objectives, so that one can be revised."""
    return resolve(tree, *read_documents(tree, read), settings, site_name)


def resolve(
    tree: Tree,
    documents: Sequence[Document],
    found: Sequence[Finding],
    settings: Settings,
    site_name: str,
    keep: bool = True,
) -> tuple[Project, BuildContext]:
    """Return the project of documents that have been read, in the order of their paths.

    `found` are the findings of reading, `tree` has the CSV files of KPIs. Without `keep` each
    document is freed once it is built, and the list emptied: the documents take more memory than
    all that is built from them.

    What is published is resolved by itself, from the public documents alone, so that nothing in it
    follows from what is private. That takes time only where something is.
    """
    registry = Registry(documents, settings.fiscal_year)
    public = None if settings.include_private else _public(registry, documents)
    published = None
    if public is not None:
        kpis = _private_kpis(registry, tree)
        hidden = frozenset(d.source.path for d in documents) - {d.source.path for d in public}
        public_findings = [
            f for f in found if f.path not in hidden and hidden.isdisjoint(f.mentions)
        ]
        names = Registry(public, settings.fiscal_year, registry.names)
        published = _project(tree, names, public, public_findings, settings, site_name, kpis)[0]
        shown = LeftOut.of(tree, published.findings).taken_from(published.findings)
        published = replace(published, findings=tuple(shown))
    untyped = [document for document in documents if document.type is None]
    project, context = _project(tree, registry, documents, found, settings, site_name, {}, keep)
    left_out = LeftOut.of(tree, project.findings)
    kept = with_misspelt(untyped, left_out.taken_from(project.findings))
    project = replace(project, findings=(*kept, *left_out.findings), public=published)
    return project, replace(context, left_out=left_out)


def _public(registry: Registry, documents: Sequence[Document]) -> list[Document] | None:
    """Return the documents that are published, or None for all of them.

    An objective whose only owners are private is private.
    """
    if not any(document.private for document in documents):
        return None
    owners = [document for document in documents if document.type in OWNER_TYPES]
    # The company is there without a document, so that its objectives stay.
    private = frozenset(d.id for d in owners if d.private and d.type is not Type.COMPANY)
    private -= {d.id for d in owners if not d.private or d.type is Type.COMPANY}
    return [
        document
        for document in documents
        if not document.private
        and not (
            document.type is Type.OBJECTIVE and private_owners_alone(registry, document, private)
        )
    ]


def _private_kpis(registry: Registry, tree: Tree) -> dict[str, Kpi]:
    kpis: dict[str, Kpi] = {}
    for document in registry.of(Type.KPI):
        if document.private and document.fields is not None:
            kpi, _ = build_kpi(registry, tree, document, page_of(document))
            if kpi is not None:
                kpis[kpi.id] = kpi
    return kpis


def _project(
    tree: Tree,
    registry: Registry,
    documents: Sequence[Document],
    found: Sequence[Finding],
    settings: Settings,
    site_name: str,
    private_kpis: Mapping[str, Kpi],
    keep: bool = True,
) -> tuple[Project, BuildContext]:
    findings = [*found, *registry.findings]
    pages = {d.uri: page_of(d) for d in documents}
    kpis = _kpis(registry, tree, pages, findings)
    writings = [d for d in registry.of(Type.CHECK_IN) if not d.broken]
    entries = document_entries(registry, registry.of(Type.CHECK_IN), findings)
    context = BuildContext(registry, kpis, entries, settings.commitment, private_kpis)
    objectives: dict[str, Objective] = {}
    left_out: dict[str, Objective] = {}
    faulty: dict[str, tuple[Objective, Cycle | None, bool, bool]] = {}
    known = [(d.uri, d.id, d.type, d.broken, d.source.path) for d in documents]
    if not keep and isinstance(documents, list):
        documents.clear()
    waiting = registry.of(Type.OBJECTIVE)[::-1]
    while waiting:
        document = waiting.pop()
        if document.fields is None:
            continue
        objective, counts, problems = read_objective(context, document, pages[document.uri])
        findings += problems
        if counts:
            objectives[objective.id] = objective
        else:
            left_out[objective.id] = objective
            written = cast(ObjectiveFields, document.fields).key_results
            complete = len(objective.key_results) == len(written)
            whole = complete and bool(objective.owners) and not document.damages("aligns_to")
            cycle = registry.cycle_of.get(document.id)
            faulty[document.uri] = (objective, cycle, complete, whole)
        if not keep:
            registry.drop_fields(document)
    objectives = with_issues(tree, objectives.values(), findings)
    objectives, circles = _connect(objectives, left_out, findings)
    objectives = connect_continuations(objectives, left_out, findings)
    pillars = build_pillars(registry, pages, findings)
    objectives = serve(drop_lost(objectives, kpis, pillars), circles)
    pillars = connect_pillars(pillars, objectives)
    owners = _owners(registry, pages, site_name, findings)
    twice = {document.uri for document in registry.duplicates}
    bad_cycles = {f.path for f in registry.cycle_findings}
    project = Project(
        company=registry.company,
        owners=dict(sorted(owners.items(), key=lambda item: owner_by_order(item[1]))),
        cycles=_cycles(registry, objectives),
        objectives=_listed(objectives),
        kpis=_listed(used_kpis(kpis, objectives, pillars)),
        pillars=_listed(pillars),
        check_in_documents=_check_in_documents(registry, writings, pages, objectives),
        cycle_pages={
            d.id: pages[d.uri] for d in registry.of(Type.CYCLE) if d.id in registry.cycles
        },
        broken=tuple(
            BrokenDocument(pages[uri], type, *faulty.get(uri, ()))
            for uri, id, type, broken, path in known
            if uri in twice
            or broken
            or type is None
            or (type is Type.OBJECTIVE and id not in objectives)
            or (type is Type.KPI and id not in kpis)
            or (type is Type.CYCLE and path in bad_cycles)
        ),
        circles=circles,
        findings=tuple(findings),
        fiscal_year=settings.fiscal_year,
    )
    return project, context


def read_documents(
    tree: Tree,
    read: SourceReader = read_source,
    typed: Typing = typed_document,
) -> tuple[list[Document], list[Finding]]:
    """Return a site's typed documents, in the order of their paths, and their findings."""
    documents: list[Document] = []
    findings: list[Finding] = []
    for source, found in each_source(tree, read):  # texts are freed once they are typed
        findings += found
        if source is not None:
            document, problems = typed(source, found)
            documents.append(document)
            findings += problems
    return documents, findings


def page_of(document: Document) -> Page:
    """Return what every document has: its id, title and text."""
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
        body=split_heading(source.body)[1] if _titled_by_heading(document) else source.body,
        place=Place(source.path, source.line()),
        theme_fields=source.theme_fields,
        lines={name: source.line(name) for name in (*source.fields, *source.theme_fields)},
        files=(*source.files, *((source.data,) if source.data else ())),
        order=fields.order if fields else None,
    )


def _titled_by_heading(document: Document) -> bool:
    """Whether the body begins with the title, which the page shows above it."""
    found, _ = split_heading(document.source.body)
    return found is not None and found.strip() == document.title.strip()


def _kpis(
    registry: Registry, tree: Tree, pages: dict[str, Page], findings: list[Finding]
) -> dict[str, Kpi]:
    kpis: dict[str, Kpi] = {}
    drives: Links = {}  # of those with errors too: a circle may run through them
    places = {document.id: pages[document.uri] for document in registry.of(Type.KPI)}
    for document in registry.of(Type.KPI):
        if document.fields is None:
            continue
        kpi, problems = build_kpi(registry, tree, document, pages[document.uri])
        findings += problems
        drives[document.id] = list(kpis_driven(registry, document, []))
        if kpi is not None:
            kpis[kpi.id] = kpi
    links: Links = {id: [d for d in driven if d in drives] for id, driven in drives.items()}
    circular = find_circles(
        links,
        places,
        lambda one, _: places[one].line("drives"),
        phrase("what this KPI drives is circular: %(circle)s"),
        findings,
    )
    drivers: defaultdict[str, list[str]] = defaultdict(list)
    for id in kpis:
        links[id] = [d for d in links[id] if d in kpis and (id, d) not in circular]
        for other in links[id]:
            drivers[other].append(id)
    return {
        id: replace(kpi, drives=tuple(links[id]), driven_by=tuple(drivers[id]))
        for id, kpi in kpis.items()
    }


def _connect(
    objectives: dict[str, Objective], left_out: dict[str, Objective], findings: list[Finding]
) -> tuple[dict[str, Objective], frozenset[tuple[str, str]]]:
    """Return the objectives with links in both directions, without those to documents that have no
    figures, and the links that run in circles, through those documents too."""
    kept: dict[str, Objective] = {}
    supporters: defaultdict[str, list[LinkTo]] = defaultdict(list)
    needed: defaultdict[str, list[str]] = defaultdict(list)
    everything = {**left_out, **objectives}
    written = {id: one.aligns_to for id, one in everything.items()}
    pages = {id: one.page for id, one in everything.items()}
    for objective in objectives.values():
        aligns_to = tuple(link for link in objective.aligns_to if link.objective in objectives)
        depends_on = tuple(link for link in objective.depends_on if link.objective in objectives)
        if (aligns_to, depends_on) != (objective.aligns_to, objective.depends_on):
            objective = replace(objective, aligns_to=aligns_to, depends_on=depends_on)
        kept[objective.id] = objective
        for link in aligns_to:
            supporters[link.objective].append(LinkTo(objective.id, link.key_result, link.place))
        for link in depends_on:
            needed[link.objective].append(objective.id)
    links: Links = {
        id: [link.objective for link in aligns_to if link.objective in written]
        for id, aligns_to in written.items()
    }

    def place(one: str, other: str) -> Place:
        return next(link.place for link in written[one] if link.objective == other)

    circles = find_circles(links, pages, place, phrase("circular alignment: %(circle)s"), findings)
    for id in {**supporters, **needed}:
        kept[id] = replace(
            kept[id],
            supported_by=tuple(sorted(supporters[id], key=lambda link: link.objective)),
            needed_by=tuple(dict.fromkeys(needed[id])),
        )
    return kept, circles


def _owners(
    registry: Registry, pages: dict[str, Page], site_name: str, findings: list[Finding]
) -> dict[str, Owner]:
    owners: dict[str, Owner] = {}
    if not registry.of(Type.COMPANY):
        owners[registry.company] = Owner(registry.company, Type.COMPANY, site_name, None, None)
    links: Links = {}
    for document in registry.of(*OWNER_TYPES):
        parent = _parent(registry, document, findings)
        links[document.id] = [parent] if parent else []
        owners[document.id] = owner_of(document, parent, pages[document.uri])
    teams = {id: links[id] for id in links if owners[id].type is Type.TEAM}
    team_pages = {id: cast(Page, owners[id].page) for id in teams}
    circular = find_circles(
        teams,
        team_pages,
        lambda one, _: team_pages[one].line("parent"),
        phrase("the teams above this team are circular: %(circle)s"),
        findings,
    )
    for one, _ in circular:
        owners[one] = replace(owners[one], parent=registry.company)
    return owners


def owner_of(document: Document, parent: str | None, page: Page) -> Owner:
    """Return the company, team or person of a document; `parent` is the owner above."""
    written = document.fields
    return Owner(
        document.id,
        cast(Type, document.type),
        document.title,
        parent,
        page,
        until=getattr(written, "until", None),
        links=tuple((link.title, link.url) for link in getattr(written, "links", ())),
        mission=getattr(written, "mission", None),
        vision=getattr(written, "vision", None),
        notify=getattr(written, "notify", None),
    )


def _parent(registry: Registry, document: Document, findings: list[Finding]) -> str | None:
    name = {Type.TEAM: "parent", Type.PERSON: "team"}.get(cast(Type, document.type))
    written = getattr(document.fields, name, None) if name else None
    found = registry.team(document, (name,), written, findings) if name and written else None
    return found or (registry.company if document.type is Type.TEAM else None)


def _listed(documents: dict[str, Listed]) -> dict[str, Listed]:
    """Return documents in the order in which they are listed."""
    return dict(sorted(documents.items(), key=lambda item: by_order(item[1].page)))


def _cycles(registry: Registry, objectives: dict[str, Objective]) -> dict[str, Cycle]:
    used = {objective.cycle for objective in objectives.values()}
    return {id: cycle for id, cycle in registry.cycles.items() if cycle.document or id in used}


def _check_in_documents(
    registry: Registry,
    documents: Iterable[Document],
    pages: dict[str, Page],
    objectives: dict[str, Objective],
) -> dict[str, CheckInDocument]:
    about: defaultdict[str, list[str]] = defaultdict(list)
    for objective in objectives.values():
        for check_in in objective.check_ins:
            about[check_in.uri].append(objective.id)
    made = {}
    for document in documents:
        day = getattr(document.fields, "date")  # noqa: B009
        author, page = author_of(registry, document, []), pages[document.uri]
        named = tuple(dict.fromkeys(about[document.uri]))
        made[document.uri] = CheckInDocument(page, day, author, named)
    return made
