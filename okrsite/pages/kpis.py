"""The dashboard of all KPIs, by owner in the order of the organisation."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from okrsite.pages.filters import Filters, around, kpi_facts, kpi_filters
from okrsite.pages.owners import OwnerGroup
from okrsite.pages.parts import KpiCard, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Kpi
from okrsite.scores import Role
from okrsite.scores.status import Health


@dataclass(frozen=True, slots=True)
class KpisView:
    """The page of the KPIs.

    `unattended` are those outside their band on which no key result works, the critical ones first.
    """

    context: PageContext
    body: Markup
    unattended: tuple[KpiCard, ...]
    filters: Filters | None
    groups: tuple[OwnerGroup[KpiCard], ...]


def kpis_view(site: Site, address: str, body: Markup) -> KpisView:
    """Return the dashboard of all KPIs."""
    context = PageContext(site, address)
    groups = tuple(_groups(context))
    return KpisView(
        context=context,
        body=body,
        unattended=tuple(
            card
            for health in (Health.CRITICAL, Health.WARNING)
            for group in groups
            for card in group.rows
            if card.figures.health is health and card.figures.role is Role.HEALTH
        ),
        filters=kpi_filters(context),
        groups=groups,
    )


def _groups(context: PageContext) -> Iterator[OwnerGroup[KpiCard]]:
    site = context.site
    for owner in (*(owner for owner, _ in site.organisation), None):
        kpis = site.kpis_by_owner.get(owner.id if owner else None)
        if kpis:
            cards = tuple(_card(context, kpi) for kpi in kpis)
            yield OwnerGroup(owner, around(site, owner), cards)


def _card(context: PageContext, kpi: Kpi) -> KpiCard:
    return replace(context.kpi_card(kpi), facts=kpi_facts(context.site, kpi).attributes())
