"""Pillars: which objectives serve them, and what KPIs are there for besides key results."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import cast

from okrsite.documents.models import PillarFields
from okrsite.documents.types import Type
from okrsite.documents.validate import Document
from okrsite.findings.finding import Finding
from okrsite.project.meanings import NameKind
from okrsite.project.model import Kpi, Objective, Page, Pillar
from okrsite.project.registry import Registry
from okrsite.project.sorting import by_order


def build_pillars(
    registry: Registry, pages: Mapping[str, Page], findings: list[Finding]
) -> dict[str, Pillar]:
    """Return the pillars without the objectives that serve them; findings are added to the list."""
    pillars: dict[str, Pillar] = {}
    for document in registry.of(Type.PILLAR):
        if document.fields is None:
            continue
        pillar = build_pillar(registry, document, pages[document.uri], findings)
        if not document.broken:
            pillars[document.id] = pillar
    return pillars


def build_pillar(
    registry: Registry, document: Document, page: Page, findings: list[Finding]
) -> Pillar:
    """Return the pillar of a document; what is wrong with its references is added to `findings`."""
    fields = cast(PillarFields, document.fields)
    owner = None
    if fields.owner is not None:
        owner = registry.owner(document, ("owner",), fields.owner, findings)
    kpis = registry.references(NameKind.KPI, document, ("kpis",), fields.kpis, findings)
    return Pillar(page=page, owner=owner, kpis=kpis)


def drop_lost(
    objectives: Mapping[str, Objective], kpis: Mapping[str, Kpi], pillars: Mapping[str, Pillar]
) -> dict[str, Objective]:
    """Return the objectives without references to KPIs and pillars that were left out."""

    def known(ids: tuple[str, ...], among: Collection[str]) -> tuple[str, ...]:
        return tuple(id for id in ids if id in among)

    return {
        id: replace(
            objective,
            pillars=known(objective.pillars, pillars),
            guardrails=known(objective.guardrails, kpis),
            key_results=tuple(
                replace(result, moves=known(result.moves, kpis)) if result.moves else result
                for result in objective.key_results
            ),
        )
        if objective.pillars or objective.guardrails or any(r.moves for r in objective.key_results)
        else objective
        for id, objective in objectives.items()
    }


def serve(
    objectives: Mapping[str, Objective], circles: frozenset[tuple[str, str]]
) -> dict[str, Objective]:
    """Return the objectives with the pillars that they serve.

    One that writes none serves those of what it aligns to, through any number of links.
    """
    served: dict[str, tuple[str, ...]] = {}

    def above(objective: Objective) -> list[str]:
        links = (link.objective for link in objective.aligns_to)
        return [id for id in links if id in objectives and (objective.id, id) not in circles]

    waiting = list(objectives)
    while waiting:
        objective = objectives[waiting[-1]]
        inherits = objective.inherits_pillars
        unknown = [id for id in above(objective) if id not in served] if inherits else []
        if unknown and objective.id not in served:
            waiting += unknown
            continue
        waiting.pop()
        inherited = (pillar for id in above(objective) for pillar in served[id])
        served[objective.id] = tuple(dict.fromkeys(inherited)) if inherits else objective.pillars
    return {
        id: replace(objective, pillars=served[id]) if served[id] != objective.pillars else objective
        for id, objective in objectives.items()
    }


def connect_pillars(
    pillars: Mapping[str, Pillar], objectives: Mapping[str, Objective]
) -> dict[str, Pillar]:
    """Return the pillars with the active objectives that serve them."""
    serving: defaultdict[str, list[str]] = defaultdict(list)
    for objective in sorted(objectives.values(), key=lambda objective: by_order(objective.page)):
        for pillar in objective.pillars if objective.active else ():
            serving[pillar].append(objective.id)
    return {id: replace(pillar, objectives=tuple(serving[id])) for id, pillar in pillars.items()}


def used_kpis(
    kpis: Mapping[str, Kpi], objectives: Mapping[str, Objective], pillars: Mapping[str, Pillar]
) -> dict[str, Kpi]:
    """Return the KPIs with the key results, pillars and objectives that name them."""
    results: defaultdict[str, list[str]] = defaultdict(list)
    moved: defaultdict[str, list[str]] = defaultdict(list)
    guards: defaultdict[str, list[str]] = defaultdict(list)
    shown: defaultdict[str, list[str]] = defaultdict(list)
    for objective in objectives.values():
        for kpi in objective.guardrails:
            guards[kpi].append(objective.id)
        for result in objective.key_results:
            if result.kpi is not None:
                results[result.kpi].append(result.reference)
            for kpi in result.moves:
                moved[kpi].append(result.reference)
    for pillar in pillars.values():
        for kpi in pillar.kpis:
            shown[kpi].append(pillar.id)
    return {
        id: replace(
            kpi,
            key_results=tuple(results[id]),
            moved_by=tuple(moved[id]),
            guards=tuple(guards[id]),
            pillars=tuple(shown[id]),
        )
        for id, kpi in kpis.items()
    }
