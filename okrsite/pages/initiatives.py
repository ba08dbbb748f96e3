"""Initiatives: the work that should move key results, by due day; it never enters a score."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from markupsafe import Markup

from okrsite.documents.values import InitiativeStatus
from okrsite.pages.filters import Filters, RowFacts, attributes, list_filters, objective_facts
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.parts.values import NO_FACTS
from okrsite.pages.siblings import Siblings, cycle_siblings
from okrsite.pages.site import Site
from okrsite.project.model import Initiative, Objective
from okrsite.project.model.cycles import Cycle, State

_ENDED = (InitiativeStatus.DONE, InitiativeStatus.DROPPED)
_MOST = 12
"""So many open initiatives are listed on the page of a cycle or owner."""


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """An initiative with its objective and its owners, else the owners of the objective.

    It is `overdue` when its day has passed and its objective is still under way; `facts` are
    attributes that the filters read.
    """

    objective: Objective
    initiative: Initiative
    owners: tuple[str, ...]
    overdue: bool
    facts: Markup = NO_FACTS

    @property
    def ended(self) -> bool:
        """Whether it is done or dropped."""
        return self.initiative.status in _ENDED


@dataclass(frozen=True, slots=True)
class Initiatives:
    """The initiatives of a cycle or owner that are not ended, by due day, the first of them.

    `more` is the number of the others, `ended` of those done or dropped, `ended_rows` the first of
    these on the page of an owner; `pages` list all.
    """

    rows: tuple[InitiativeRow, ...]
    more: int
    ended: int
    ended_rows: tuple[InitiativeRow, ...]
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class InitiativesView:
    """The page of all initiatives of a cycle: those under way by due day, and those that ended."""

    context: PageContext
    body: Markup
    cycle: Cycle
    counts: dict[InitiativeStatus, int]
    overdue: int
    filters: Filters | None
    open: tuple[InitiativeRow, ...]
    ended: tuple[InitiativeRow, ...]
    siblings: Siblings | None


def cycles_with_initiatives(site: Site) -> list[Cycle]:
    """Return the cycles that have a page of their initiatives, the newest first."""
    return [
        cycle
        for cycle in site.cycles
        if any(objective.initiatives for objective in site.by_cycle.get(cycle.id, ()))
    ]


def initiatives_uri(cycle: str) -> str:
    """Return the file that the page of a cycle's initiatives would be made of."""
    return f"initiatives/{cycle}.md"


def initiatives_view(site: Site, address: str, body: Markup, cycle: Cycle) -> InitiativesView:
    """Return the page of all initiatives of a cycle."""
    context = PageContext(site, address)
    rows = [_with_facts(context, row) for row in _rows(site, site.by_cycle.get(cycle.id, ()))]
    counted = Counter(row.initiative.status for row in rows)
    uris = {one.id: initiatives_uri(one.id) for one in cycles_with_initiatives(site)}
    found = context.say("%(found)s of %(all)s initiatives", found="{found}", all="{all}")
    return InitiativesView(
        context=context,
        body=body,
        cycle=cycle,
        counts={status: counted[status] for status in InitiativeStatus if counted[status]},
        overdue=sum(row.overdue for row in rows),
        filters=list_filters(site, (_facts(site, row) for row in rows), found, overdue=True),
        open=tuple(row for row in rows if not row.ended),
        ended=tuple(row for row in rows if row.ended),
        siblings=cycle_siblings(context, cycle, lambda one: uris.get(one.id)),
    )


def objective_initiatives(site: Site, objective: Objective) -> tuple[InitiativeRow, ...]:
    """Return all initiatives of an objective by due day, those that ended last."""
    return tuple(_rows(site, [objective]))


def cycle_initiatives(context: PageContext, cycle: Cycle) -> Initiatives:
    """Return the initiatives of a cycle."""
    rows = _rows(context.site, context.site.by_cycle.get(cycle.id, ()))
    return replace(_first(context, rows), ended_rows=())


def owner_initiatives(context: PageContext, owner: str) -> Initiatives:
    """Return an owner's initiatives in cycles that are not closed, also in others' objectives."""
    site, found = context.site, context.site.initiatives_by_owner.get(owner, ())
    alive = [
        objective
        for objective in found
        if site.project.cycles[objective.cycle].state(site.as_of) is not State.CLOSED
    ]
    return _first(context, (row for row in _rows(site, alive) if owner in row.owners))


def _first(context: PageContext, rows: Iterable[InitiativeRow]) -> Initiatives:
    """Return the first of some rows, which are in order, with links to all of their cycles."""
    every = list(rows)
    under_way = [row for row in every if not row.ended]
    ended = [row for row in every if row.ended]
    cycles = {row.objective.cycle for row in every}
    return Initiatives(
        rows=tuple(under_way[:_MOST]),
        more=max(0, len(under_way) - _MOST),
        ended=len(ended),
        ended_rows=tuple(ended[:_MOST]),
        pages=tuple(_page(context, cycle) for cycle in context.site.cycles if cycle.id in cycles),
    )


def _page(context: PageContext, cycle: Cycle) -> Link:
    text = context.say("All initiatives of %(cycle)s", cycle=context.cycle(cycle).text)
    return context.page(text, initiatives_uri(cycle.id))


def _rows(site: Site, objectives: Iterable[Objective]) -> list[InitiativeRow]:
    """Return initiatives by due day, those without a day and those that ended last."""
    rows = [
        InitiativeRow(
            objective, one, one.owners or objective.owners, _is_overdue(site, objective, one)
        )
        for objective in objectives
        for one in objective.initiatives
    ]
    return sorted(rows, key=lambda row: (row.ended, row.initiative.due or date.max))


def _is_overdue(site: Site, objective: Objective, one: Initiative) -> bool:
    closed = site.project.cycles[objective.cycle].state(site.as_of) is State.CLOSED
    late = one.due is not None and one.due < site.as_of and one.status not in _ENDED
    return late and objective.active and not closed


def _facts(site: Site, row: InitiativeRow) -> RowFacts:
    return RowFacts(
        status=row.initiative.status,
        owners=row.owners,
        level=row.objective.level,
        stale=row.overdue,
        tags=row.objective.page.tags,
        pillars=objective_facts(site, row.objective).pillars,
    )


def _with_facts(context: PageContext, row: InitiativeRow) -> InitiativeRow:
    keys = " ".join(quote(context.site.owner_keys[owner]) for owner in row.owners)
    facts = _facts(context.site, row).attributes() + attributes(owner=keys)
    return replace(row, facts=facts)
