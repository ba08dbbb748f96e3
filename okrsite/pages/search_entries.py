"""What the search says of a page besides its words: its kind, owners, cycle and status."""

import json
from dataclasses import dataclass

from okrsite.documents.types import Type
from okrsite.i18n import message
from okrsite.language.inline import plain
from okrsite.pages.parts.statuses import HEALTH_WORDS, STATUS_WORDS
from okrsite.pages.search_lists import found_lists
from okrsite.pages.site import Site
from okrsite.project.model import Objective

KINDS = {
    Type.OBJECTIVE: message("Objective"),
    Type.KPI: message("KPI"),
    Type.PILLAR: message("Pillar"),
    Type.COMPANY: message("Company"),
    Type.TEAM: message("Team"),
    Type.PERSON: message("Person"),
    Type.CYCLE: message("Cycle"),
    Type.CHECK_IN: message("Check-in"),
}
"""What the type of a document is called next to a search result."""

LIST = message("List")
"""What a filtered list is called next to a search result."""

OTHER = message("Page")
"""What a page is called that no document makes."""


@dataclass(frozen=True, slots=True)
class Facets:
    """What a page is found by, in words; `tone` colours its status, `line` is shown below it."""

    kind: str
    status: str = ""
    tone: str = ""
    cycle: str = ""
    owners: tuple[str, ...] = ()
    line: str = ""


def facets_by_uri(site: Site) -> dict[str, Facets]:
    """Return the facets of each document of a site."""
    project, say = site.project, site.words.say
    kinds = {type: say(kind) for type, kind in KINDS.items()}
    found: dict[str, Facets] = {}
    for id, objective in project.objectives.items():
        found[objective.page.uri] = Facets(
            kind=kinds[Type.OBJECTIVE],
            status=objective_status(site, objective),
            tone=str(site.scorecard.objectives[id].status or ""),
            cycle=plain(project.cycles[objective.cycle].title),
            owners=site.owner_names(*objective.owners),
            line=objective_line(site, objective),
        )
    for id, kpi in project.kpis.items():
        health, owners = site.scorecard.kpis[id].health, site.owner_names(kpi.owner)
        found[kpi.page.uri] = Facets(
            kind=kinds[Type.KPI],
            status=say(HEALTH_WORDS[health]),
            tone=f"kpi_{health}",
            owners=owners,
            line=", ".join(owners),
        )
    for owner in project.owners.values():
        if owner.page is not None:
            above = ", ".join(site.owner_names(owner.parent))
            found[owner.page.uri] = Facets(kinds[owner.type], line=above)
    for cycle in site.cycles:
        found[site.uri_of_cycle(cycle.id)] = Facets(kinds[Type.CYCLE])
    for pillar in project.pillars.values():
        found[pillar.page.uri] = Facets(kinds[Type.PILLAR], owners=site.owner_names(pillar.owner))
    for document in project.check_in_documents.values():
        owners = site.owner_names(document.owner)
        line = ", ".join(owners)
        found[document.page.uri] = Facets(kinds[Type.CHECK_IN], owners=owners, line=line)
    return found


def other_facets(site: Site) -> Facets:
    """Return the facets of a page that no document makes."""
    return Facets(site.words.say(OTHER))


def objective_line(site: Site, objective: Objective) -> str:
    """Return the owners and the cycle of an objective: `Sales · 2026 Q4`."""
    cycle = plain(site.project.cycles[objective.cycle].title)
    return f"{', '.join(site.owner_names(*objective.owners))} · {cycle}"


def objective_status(site: Site, objective: Objective) -> str:
    """Return the status of an objective in words; nothing where it has none."""
    status = site.scorecard.objectives[objective.id].status
    return site.words.say(STATUS_WORDS[status]) if status else ""


def _entry(tone: str, line: str, kind: int) -> tuple[object, ...]:
    """Return what a result says; the first kind, of most results, is left out."""
    return (tone, line, kind) if kind else (tone, line)


def search_entries_script(site: Site) -> str:
    """Return the script that the search loads when it is first used.

    It has the tone, the line and the kind of each document and list, by its address. It is a
    script and no JSON, since a page that is opened from a disk may load nothing else.
    """
    words = {
        **{str(status): site.words.say(word) for status, word in STATUS_WORDS.items()},
        **{f"kpi_{health}": site.words.say(word) for health, word in HEALTH_WORDS.items()},
    }
    kinds = [site.words.say(kind) for kind in (*KINDS.values(), LIST, OTHER)]
    pages: dict[str, tuple[object, ...]] = {
        site.addresses.page(uri): _entry(facets.tone, facets.line, kinds.index(facets.kind))
        for uri, facets in facets_by_uri(site).items()
    }
    for found in found_lists(site):
        kind = kinds.index(site.words.say(LIST))
        pages[found.address] = (found.tone, found.line, kind, found.anchor)
    entries = {"words": words, "kinds": kinds, "pages": pages}
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"window.okrsite.found({text})\n"
