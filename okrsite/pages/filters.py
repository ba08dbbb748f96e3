"""Filters over a list: what can be chosen, and the attributes of its rows that the script reads.

The whole list is in the HTML; the form is hidden until the script takes it over. Attributes shared
by a group of rows, as their owner, are written once, on the group's element.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import TypeVar
from urllib.parse import quote

from markupsafe import Markup

from okrsite.documents.types import Type
from okrsite.documents.values import Commitment, InitiativeStatus
from okrsite.i18n import message
from okrsite.language.inline import inline_without_links
from okrsite.pages.parts import ObjectiveRow, PageContext
from okrsite.pages.parts.values import NO_FACTS
from okrsite.pages.site import Site
from okrsite.project.model import Kpi, Level, Objective, Owner
from okrsite.project.model.cycles import Cycle
from okrsite.project.sorting import natural
from okrsite.scores import OwnerFigures
from okrsite.scores.status import IN_ORDER, Health, Status

FEWEST = 4
"""A list is filtered from this many rows on; a shorter one is read at a glance."""

LONG = 15
"""A list of this many rows shows its filters, and can be sorted; on a shorter one they fold."""

_LEVEL_OF = {Type.COMPANY: Level.COMPANY, Type.TEAM: Level.TEAM, Type.PERSON: Level.INDIVIDUAL}
_NO_PILLAR = "none"
_STATUSES = (*IN_ORDER, *Health, *InitiativeStatus, None)

AnyStatus = Status | Health | InitiativeStatus

Value = TypeVar("Value")

_plain = re.compile(r"[\w.-]+", re.ASCII).fullmatch


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list can be filtered by: the values in which its entries differ.

    `found` says how many rows are shown of how many, with `{found}` and `{all}`. `owners` and
    `pillars` are by their keys in the address; the owners are called `owner_label`. What is `stale`
    is called overdue where `overdue` says so. `orders` are what the rows can be sorted by.
    """

    found: str
    statuses: tuple[AnyStatus | None, ...]
    stale: bool
    owner_label: str
    owners: Mapping[str, Markup]
    pillars: Mapping[str, Markup]
    levels: tuple[Level, ...]
    commitments: tuple[Commitment, ...]
    tags: tuple[str, ...]
    overdue: bool = False
    long: bool = False
    orders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What one row of a list is found and sorted by, besides its words.

    `pace` is the score minus the expected one, `days` are those since the last update.
    """

    status: AnyStatus | None
    owners: tuple[str, ...] = ()
    level: Level | None = None
    commitment: Commitment | None = None
    stale: bool = False
    tags: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    pace: float | None = None
    days: int | None = None

    def attributes(self, **around: str) -> Markup:
        """Return the row's attributes, without those that are the same `around` it."""
        own = {
            "status": str(self.status or "none"),
            "level": str(self.level or ""),
            "commitment": str(self.commitment or ""),
            "stale": "stale" if self.stale else "",
            "tag": " ".join(map(quote, self.tags)),
            "pillar": " ".join(map(quote, self.pillars)),
            "pace": "" if self.pace is None else f"{self.pace:.3g}",
            "days": "" if self.days is None else str(self.days),
        }
        return attributes(**{name: text for name, text in own.items() if text != around.get(name)})


class Group:
    """The rows of one owner's objectives; attributes that most of them share are the group's."""

    def __init__(self, context: PageContext, owner: Owner, filters: Filters | None) -> None:
        self._context, self._filters = context, filters
        self._around = {
            "level": str(_LEVEL_OF[owner.type]),
            "commitment": str(context.site.settings.commitment),
        }
        self.facts = self._shared(owner, filters) if filters else NO_FACTS

    def _shared(self, owner: Owner, filters: Filters) -> Markup:
        offered = {"level": filters.levels, "commitment": filters.commitments}
        shared = {name: value for name, value in self._around.items() if offered[name]}
        if filters.owners:
            shared["owner"] = quote(self._context.site.owner_keys[owner.id])
        return attributes(**shared)

    def row(self, objective: Objective) -> ObjectiveRow:
        """Return an objective in one line, with what the list's filters ask for."""
        row = self._context.objective_row(objective)
        if self._filters is None:
            return row
        facts = objective_facts(self._context.site, objective)
        if not self._filters.orders:
            facts = replace(facts, pace=None, days=None)
        return replace(row, facts=facts.attributes(**self._around))


def row_in_tree(context: PageContext, objective: Objective) -> ObjectiveRow:
    """Return an objective in one line with all its attributes: rows of a tree are nested."""
    facts = replace(objective_facts(context.site, objective), pace=None, days=None).attributes()
    facts += attributes(
        owner=" ".join(quote(context.site.owner_keys[owner]) for owner in objective.owners),
        weight="" if objective.weight.value == 1 else f"{objective.weight.value:g}",
        team=_team_of(context.site, objective.owners[0]) if objective.owners else "",
    )
    return replace(context.objective_row(objective), facts=facts)


def _team_of(site: Site, owner: str) -> str:
    """Return the name of a person's team; nothing for teams, and for people without one."""
    person = site.project.owners[owner]
    team = site.project.owners.get(person.parent or "") if person.type is Type.PERSON else None
    return team.title if team else ""


@lru_cache(2**12)
def attributes(**values: str) -> Markup:
    """Return attributes that the script reads, without the empty ones; many rows have the same.

    Plain values have no quotes, as there may be thousands on a page.
    """
    return Markup("").join(
        Markup(" data-okr-%s=%s" if _plain(value) else ' data-okr-%s="%s"') % (name, value)
        for name, value in values.items()
        if value
    )


def around(site: Site, owner: Owner | None) -> Markup:
    """Return the attributes of a group whose rows are all of one owner, if there is one."""
    return attributes(owner=quote(site.owner_keys[owner.id])) if owner else Markup()


def objective_facts(site: Site, objective: Objective) -> RowFacts:
    """Return what an objective's row is found by."""
    figures = site.scorecard.objectives[objective.id]
    return RowFacts(
        status=figures.status,
        owners=objective.owners,
        level=objective.level,
        commitment=objective.commitment,
        stale=figures.stale,
        tags=objective.page.tags,
        pillars=_pillars(site, objective.pillars),
        pace=figures.pace,
        days=(site.as_of - figures.last_sign).days if figures.updated else None,
    )


def kpi_facts(site: Site, kpi: Kpi) -> RowFacts:
    """Return what a KPI's card is found by; it is stale when a reading is overdue."""
    figures = site.scorecard.kpis[kpi.id]
    return RowFacts(
        status=figures.health,
        owners=(kpi.owner,) if kpi.owner is not None else (),
        stale=figures.overdue,
        tags=kpi.page.tags,
        pillars=_pillars(site, kpi.pillars),
        days=(site.as_of - figures.last.date).days if figures.last else None,
    )


def member_facts(site: Site, owner: Owner, cycle: Cycle | None) -> RowFacts:
    """Return what an owner's row is found by: a person by the team, in place of an owner."""
    figures = site.figures_of(owner.id, cycle)
    owned = site.by_owner.get(owner.id, ()) if cycle else ()
    served = (o.pillars for o in owned if cycle and o.cycle == cycle.id and o.active)
    in_team = owner.type is Type.PERSON and owner.parent in site.project.owners
    return RowFacts(
        status=figures.status if figures else None,
        owners=(owner.parent,) if in_team and owner.parent is not None else (),
        tags=owner.page.tags if owner.page is not None else (),
        pillars=_pillars(site, chain.from_iterable(served)),
        pace=_pace(figures),
    )


def _pace(figures: OwnerFigures | None) -> float | None:
    """Return how far an owner's score is from the expected one; None without both."""
    if figures is None or figures.score is None or figures.expected is None:
        return None
    return figures.score - figures.expected


def objective_filters(
    context: PageContext, objectives: Iterable[Objective], *, tree: bool = False
) -> Filters | None:
    """Return the filters of a list of objectives; a `tree` of them keeps its order."""
    found = context.say("%(found)s of %(all)s objectives", found="{found}", all="{all}")
    facts = (objective_facts(context.site, o) for o in objectives)
    filters = list_filters(context.site, facts, found)
    return replace(filters, orders=()) if filters and tree else filters


def kpi_filters(context: PageContext) -> Filters | None:
    """Return the filters of the KPIs that are in use."""
    found = context.say("%(found)s of %(all)s KPIs", found="{found}", all="{all}")
    kpis = (kpi for kpi in context.site.project.kpis.values() if kpi.active)
    return list_filters(context.site, (kpi_facts(context.site, kpi) for kpi in kpis), found)


def member_filters(
    context: PageContext, owners: Collection[Owner], cycle: Cycle | None
) -> Filters | None:
    """Return the filters of a list of teams or people, with their statuses in a cycle."""
    found = context.say("%(found)s of %(all)s teams", found="{found}", all="{all}")
    if all(owner.type is Type.PERSON for owner in owners):
        found = context.say("%(found)s of %(all)s people", found="{found}", all="{all}")
    entries = (member_facts(context.site, owner, cycle) for owner in owners)
    return list_filters(context.site, entries, found, message("Team"))


def list_filters(
    site: Site,
    entries: Iterable[RowFacts],
    found: str,
    owner_label: str = message("Owner"),
    *,
    overdue: bool = False,
) -> Filters | None:
    """Return the filters of a list, of what its entries differ in; None for a short list."""
    known = list(entries)
    if len(known) < FEWEST:
        return None
    used = {owner for entry in known for owner in entry.owners}
    owners = [owner for owner, _ in site.organisation if owner.id in used]
    tags = sorted({tag for e in known for tag in e.tags}, key=lambda tag: (natural(tag), tag))
    if len(tags) == 1 and all(entry.tags for entry in known):
        tags = []
    return Filters(
        found=found,
        statuses=_choice(_STATUSES, {entry.status for entry in known}),
        stale=any(entry.stale for entry in known),
        owner_label=owner_label,
        owners={
            site.owner_keys[owner.id]: inline_without_links(owner.title)
            for owner in owners
            if len(owners) > 1
        },
        pillars=_pillar_titles(site, {pillar for entry in known for pillar in entry.pillars}),
        levels=_choice(Level, {entry.level for entry in known}),
        commitments=_choice(reversed(Commitment), {entry.commitment for entry in known}),
        tags=tuple(tags),
        overdue=overdue,
        long=len(known) >= LONG,
        orders=_orders(known),
    )


def _orders(entries: Collection[RowFacts]) -> tuple[str, ...]:
    """Return what a long list can be sorted by; nothing where neither pace nor days are known."""
    distance = any(entry.pace is not None for entry in entries)
    update = any(entry.days is not None for entry in entries)
    if len(entries) < LONG or not (distance or update):
        return ()
    several = len({entry.status for entry in entries}) > 1
    possible = {"status": several, "distance": distance, "update": update, "name": True}
    return tuple(order for order, known in possible.items() if known)


def _pillars(site: Site, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of pillars, each once; `none` without any, where the site has pillars."""
    keys = tuple(site.pillar_keys[id] for id in dict.fromkeys(ids))
    return keys or ((_NO_PILLAR,) if site.project.pillars else ())


def _pillar_titles(site: Site, used: Collection[str]) -> dict[str, Markup]:
    """Return the titles of the pillars that a list's entries differ in, by their keys."""
    titles = {
        site.pillar_keys[pillar.id]: inline_without_links(pillar.page.title)
        for pillar in site.project.pillars.values()
    }
    titles[_NO_PILLAR] = Markup.escape(site.words.say("Without a pillar"))
    found = {key: title for key, title in titles.items() if key in used}
    return found if len(found) > 1 else {}


def _choice(values: Iterable[Value], used: Collection[Value | None]) -> tuple[Value, ...]:
    """Return those of the values that are used; none where there is no choice between them."""
    found = tuple(value for value in values if value in used)
    return found if len(found) > 1 else ()
