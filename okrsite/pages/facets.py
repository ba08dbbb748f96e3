"""What the pages of a site can be told apart by in a search: kind, status, cycle and owner."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from okrsite.documents.types import Type
from okrsite.i18n import message
from okrsite.language.inline import plain
from okrsite.pages.parts.statuses import HEALTH_WORDS
from okrsite.pages.search_entries import objective_line, objective_status
from okrsite.pages.site import Site

KINDS = {
    Type.OBJECTIVE: message("Objective"),
    Type.KPI: message("KPI"),
    Type.COMPANY: message("Company"),
    Type.TEAM: message("Team"),
    Type.PERSON: message("Person"),
    Type.CYCLE: message("Cycle"),
    Type.CHECK_IN: message("Check-in"),
}
"""What the type of a document is called beside a search result."""

OTHER = message("Page")
"""What a page is called that no document makes."""


@dataclass(frozen=True, slots=True)
class Facets:
    """What a page is found by, in words; `tone` colours its status, `line` stands below it."""

    kind: str
    status: str = ""
    tone: str = ""
    cycle: str = ""
    owners: tuple[str, ...] = ()
    line: str = ""


def facets_by_uri(site: Site) -> Mapping[str, Facets]:
    """Return what each document of a site can be told apart by."""
    return dict(_facets(site))


def other_facets(site: Site) -> Facets:
    """Return what a page is that no document makes."""
    return Facets(site.words.say(OTHER))


def _facets(site: Site) -> Iterator[tuple[str, Facets]]:
    say, project = site.words.say, site.project
    for id, objective in project.objectives.items():
        yield (
            objective.page.uri,
            Facets(
                kind=say(KINDS[Type.OBJECTIVE]),
                status=objective_status(site, id) or "",
                tone=str(site.scorecard.objectives[id].status or ""),
                cycle=plain(project.cycles[objective.cycle].title),
                owners=_names(site, objective.owners),
                line=objective_line(site, id),
            ),
        )
    for id, kpi in project.kpis.items():
        health = site.scorecard.kpis[id].health
        owners = _names(site, [kpi.owner] if kpi.owner is not None else [])
        yield (
            kpi.page.uri,
            Facets(
                kind=say(KINDS[Type.KPI]),
                status=say(HEALTH_WORDS[health]),
                tone=f"kpi_{health}",
                owners=owners,
                line=", ".join(owners),
            ),
        )
    for owner in project.owners.values():
        if owner.page is not None:
            yield owner.page.uri, Facets(kind=say(KINDS[owner.type]))
    for page in project.cycle_pages.values():
        yield page.uri, Facets(kind=say(KINDS[Type.CYCLE]))
    for document in project.check_in_documents.values():
        owners = _names(site, [document.owner] if document.owner is not None else [])
        yield (
            document.page.uri,
            Facets(kind=say(KINDS[Type.CHECK_IN]), owners=owners, line=", ".join(owners)),
        )


def _names(site: Site, owners: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain(site.project.owners[owner].title) for owner in owners)
