"""A reference in a text: a link with a title, and how what it leads to stands."""

from dataclasses import dataclass

from markupsafe import escape

from okrsite.language.inline import inline_without_links, plain
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.site import Site
from okrsite.project.names import Found, NameKind
from okrsite.scores.status import Health, Status


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A link and a state; `words` is the text of the link where no link can stand."""

    link: Link
    state: Status | Health | None
    words: str


def reference_view(site: Site, address: str, named: Found, words: str | None) -> ReferenceView:
    """Return the view of a reference; `words` take the place of its title."""
    title, target, state = _target(site, named)
    text = escape(words) if words else inline_without_links(title)
    href = PageContext(site, address).href(target)
    return ReferenceView(Link(text, href), state, words or plain(title))


def _target(site: Site, named: Found) -> tuple[str, str, Status | Health | None]:
    """Return the title, the address and the state of what is named."""
    project, id = site.project, named.id
    if named.kind is NameKind.OBJECTIVE and id in project.objectives:
        return _objective(site, named)
    if named.kind is NameKind.KPI and id in project.kpis:
        health = site.scorecard.kpis[id].health
        return project.kpis[id].page.title, site.address_of_kpi(id), health
    if named.kind is NameKind.OWNER and id in project.owners:
        cycle = site.home_cycle.id if site.home_cycle else ""
        return project.owners[id].title, site.address_of_owner(id), _in_cycle(site, id, cycle)
    if named.kind is NameKind.CYCLE and id in project.cycles:
        state = _in_cycle(site, site.company.id, id)
        return project.cycles[id].title, site.address_of_cycle(id), state
    if named.kind is NameKind.PILLAR and id in project.pillars:
        found = project.pillars[id].page
        return found.title, site.addresses.page(found.uri), None
    page = next(document.page for document in project.broken if document.page.id == id)
    return page.title, site.addresses.page(page.uri), None


def _objective(site: Site, named: Found) -> tuple[str, str, Status | None]:
    objective, figures = site.project.objectives[named.id], site.scorecard.objectives[named.id]
    address = site.address_of_objective(named.id, named.key_result)
    for result in objective.key_results:
        if result.id == named.key_result:
            status = figures.key_results[result.id].status if objective.active else figures.status
            return result.title, address, status
    return objective.page.title, address, figures.status


def _in_cycle(site: Site, owner: str, cycle: str) -> Status | None:
    figures = site.scorecard.owners.get(owner, {}).get(cycle)
    return figures.status if figures else None
