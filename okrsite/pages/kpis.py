"""The dashboard of all KPIs, by owner in the order of the organisation."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from okrsite.documents.values import KpiStatus
from okrsite.pages.filters import Filters, around, kpi_facts, kpi_filters
from okrsite.pages.kpi_tree import KpiTree, kpi_tree
from okrsite.pages.months import MonthsTable, months_table
from okrsite.pages.owners import OwnerGroup, places_of
from okrsite.pages.parts import KpiCard, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Kpi
from okrsite.scores import Role
from okrsite.scores.status import Health


@dataclass(frozen=True, slots=True)
class KpisView:
    """The page of the KPIs.

    `unattended` are those out of range on which no key result works, the critical ones first.
    `planned` and `retired` ones are in none of the groups.
    """

    context: PageContext
    body: Markup
    unattended: tuple[KpiCard, ...]
    filters: Filters | None
    groups: tuple[OwnerGroup[KpiCard], ...]
    months: MonthsTable | None
    tree: KpiTree | None
    planned: tuple[KpiCard, ...]
    retired: tuple[KpiCard, ...]

    @property
    def places(self) -> list[tuple[str, Markup]]:
        """The anchors of the owners on the page, with their names."""
        return places_of(self.groups)


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
        months=months_table(context, (card for group in groups for card in group.rows)),
        tree=kpi_tree(context),
        planned=_with_status(context, KpiStatus.PLANNED),
        retired=_with_status(context, KpiStatus.RETIRED),
    )


def _groups(context: PageContext) -> Iterator[OwnerGroup[KpiCard]]:
    site = context.site
    for owner in (*(owner for owner, _ in site.organisation), None):
        kpis = site.kpis_by_owner.get(owner.id if owner else None, ())
        if kpis := [kpi for kpi in kpis if kpi.active]:
            cards = tuple(_card(context, kpi) for kpi in kpis)
            yield OwnerGroup(owner, around(site, owner), cards)


def _with_status(context: PageContext, status: KpiStatus) -> tuple[KpiCard, ...]:
    kpis = context.site.project.kpis.values()
    return tuple(context.kpi_card(kpi) for kpi in kpis if kpi.status is status)


def _card(context: PageContext, kpi: Kpi) -> KpiCard:
    return replace(context.kpi_card(kpi), facts=kpi_facts(context.site, kpi).attributes())
