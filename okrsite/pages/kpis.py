"""The dashboard of all KPIs, by owner in the order of the organisation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from okrsite.pages.filters import Filters, around, kpi_entry, kpi_filters
from okrsite.pages.owners import owner_anchor
from okrsite.pages.parts import KpiCard, Link, Mark, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Kpi
from okrsite.scores import Role
from okrsite.scores.status import Health


@dataclass(frozen=True, slots=True)
class KpiGroup:
    """The KPIs of one owner; `owner` is None for those of nobody who is known here."""

    owner: Link | None
    title: Markup
    anchor: str
    facts: Markup
    cards: tuple[KpiCard, ...]


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that somebody should look at."""

    mark: Mark
    link: Link
    text: str
    owners: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class KpisView:
    """All that the page of the KPIs shows.

    `unattended` are those outside their band on which no objective works.
    """

    title: Markup
    context: PageContext
    body: Markup
    counts: dict[Health, int]
    counted: str
    overdue: str | None
    unattended: tuple[Attention, ...]
    filters: Filters | None
    groups: tuple[KpiGroup, ...]


def kpis_view(site: Site, address: str, body: Markup) -> KpisView:
    """Make the dashboard of all KPIs."""
    context = PageContext(site, address)
    figures = site.scorecard.kpis.values()
    overdue = sum(figure.overdue for figure in figures)
    return KpisView(
        title=escape(context.say("Key performance indicators")),
        context=context,
        body=body,
        counts=context.health_counts(),
        counted=context.words.count("%(number)s KPI", "%(number)s KPIs", len(site.project.kpis)),
        overdue=_overdue(context, overdue),
        unattended=tuple(_unattended(context)),
        filters=kpi_filters(context),
        groups=tuple(_groups(context)),
    )


def _overdue(context: PageContext, number: int) -> str | None:
    if not number:
        return None
    return context.words.count("%(number)s reading overdue", "%(number)s readings overdue", number)


def _unattended(context: PageContext) -> Iterator[Attention]:
    """List what is outside its band without a key result on it, the critical ones first."""
    site = context.site
    kpis = [kpi for owner in _owners(site) for kpi in site.kpis_by_owner.get(owner, ())]
    for health in (Health.CRITICAL, Health.WARNING):
        for kpi in kpis:
            figures = site.scorecard.kpis[kpi.id]
            if figures.health is health and figures.role is Role.HEALTH:
                value = figures.last.value if figures.last else None
                text, band = context.words.quantity(value, kpi.unit), context.kpi_band(kpi)
                text = text if band is None else f"{text}, {band}"
                owners = context.owners([kpi.owner]) if kpi.owner is not None else ()
                yield Attention(context.health(health), context.kpi(kpi.id), text, owners)


def _groups(context: PageContext) -> Iterator[KpiGroup]:
    for owner in _owners(context.site):
        kpis = context.site.kpis_by_owner.get(owner, [])
        if not kpis:
            continue
        if owner is None:
            title = escape(context.say("Without an owner"))
            anchor, none = "okr-without-an-owner", Markup()
            yield KpiGroup(None, title, anchor, none, _cards(context, kpis))
        else:
            link = context.owner(owner)
            facts = around(context.site, context.site.project.owners[owner])
            yield KpiGroup(link, link.text, owner_anchor(owner), facts, _cards(context, kpis))


def _owners(site: Site) -> list[str | None]:
    """List who may own KPIs, in the order of the organisation; nobody comes last."""
    return [*(owner.id for owner, _ in site.organisation), None]


def _cards(context: PageContext, kpis: Iterable[Kpi]) -> tuple[KpiCard, ...]:
    return tuple(
        replace(context.kpi_card(kpi), facts=kpi_entry(context.site, kpi).facts()) for kpi in kpis
    )
