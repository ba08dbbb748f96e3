"""A reference in a text: a link with a title, and how what it leads to stands."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from okrsite.embeds.names import Kind, Named
from okrsite.language.inline import inline_without_links, plain
from okrsite.pages.parts import Link, Mark, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Page


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A link and a mark; `words` is the text of the link where no link can stand."""

    link: Link
    mark: Mark | None
    words: str


def reference_view(site: Site, address: str, named: Named, words: str | None) -> ReferenceView:
    """Show what a reference leads to; `words` take the place of its title."""
    context = PageContext(site, address)
    title, href, mark = _shown(context, named)
    text = escape(words) if words else inline_without_links(title)
    return ReferenceView(Link(Markup(text), href), mark, words or plain(title))


def _shown(context: PageContext, named: Named) -> tuple[str, str, Mark | None]:
    """Return the title, the way and the mark of what is named."""
    site, id = context.site, named.id
    project = site.project
    if named.kind is Kind.OBJECTIVE and id in project.objectives:
        return _objective(context, named)
    if named.kind is Kind.KPI and id in project.kpis:
        health = context.health(site.scorecard.kpis[id].health)
        return project.kpis[id].page.title, context.href(site.address_of_kpi(id)), health
    if named.kind is Kind.OWNER and id in project.owners:
        mark = _in_cycle(context, id, site.home_cycle.id if site.home_cycle else "")
        return project.owners[id].title, context.href(site.address_of_owner(id)), mark
    if named.kind is Kind.CYCLE and id in project.cycles:
        mark = _in_cycle(context, site.company.id, id)
        return project.cycles[id].title, context.href(site.address_of_cycle(id)), mark
    page = _broken(context, id)
    return page.title, context.href(site.addresses.page(page.uri)), None


def _objective(context: PageContext, named: Named) -> tuple[str, str, Mark | None]:
    site = context.site
    objective = site.project.objectives[named.id]
    figures = site.scorecard.objectives[named.id]
    href = context.href(site.address_of_objective(named.id, named.key_result))
    for result in objective.key_results:
        if result.id == named.key_result:
            status = figures.key_results[result.id].status if objective.active else figures.status
            return result.title, href, context.status(status)
    return objective.page.title, href, context.status(figures.status)


def _in_cycle(context: PageContext, owner: str, cycle: str) -> Mark | None:
    figures = context.site.scorecard.owners.get(owner, {}).get(cycle)
    return context.status(figures.status) if figures else None


def _broken(context: PageContext, id: str) -> Page:
    """Return the page of a document that was left out for an error."""
    return next(d.page for d in context.site.project.broken if d.page.id == id)
