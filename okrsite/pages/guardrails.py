"""Guardrails: KPIs that must not suffer while an objective is pursued, and whether they hold."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from okrsite.pages.parts import KpiCard, ObjectiveRow, PageContext
from okrsite.project.model import Objective
from okrsite.project.model.cycles import State
from okrsite.scores.status import Health, Status, health

UNWELL = (Health.WARNING, Health.CRITICAL)
_WELL = (Status.ON_TRACK, Status.ACHIEVED)


@dataclass(frozen=True, slots=True)
class Guardrail:
    """A guardrail of an objective.

    `since` is the day of the reading with which it left its range; None while it holds. `before` is
    whether that was before the objective's cycle began.
    """

    card: KpiCard
    since: date | None
    before: bool

    @property
    def known(self) -> bool:
        """Whether it has a reading that its range can be compared with."""
        return self.card.figures.health is not Health.UNKNOWN


@dataclass(frozen=True, slots=True)
class BrokenGuardrails:
    """An objective that goes well at the cost of the guardrails that it broke."""

    row: ObjectiveRow
    guardrails: tuple[Guardrail, ...]


def guardrails(context: PageContext, objective: Objective) -> tuple[Guardrail, ...]:
    """Return the guardrails of an objective, in the order in which they are written."""
    cycle, kpis = context.site.project.cycles[objective.cycle], context.site.project.kpis
    found = []
    for id in objective.guardrails:
        if id in kpis:
            card = _until(context.kpi_card(kpis[id]), cycle.closing_day)
            since = _left_range(card)
            found.append(Guardrail(card, since, since is not None and since < cycle.start))
    return tuple(found)


def broken_although_on_track(context: PageContext) -> Iterator[BrokenGuardrails]:
    """Yield the objectives under way that are on track while a guardrail is out of its range."""
    site = context.site
    for objective in site.project.objectives.values():
        if not objective.guardrails or not objective.active:
            continue
        row = context.objective_row(objective)
        state = site.project.cycles[objective.cycle].state(site.as_of)
        if state is State.OPEN and row.figures.status in _WELL:
            broken = tuple(one for one in guardrails(context, objective) if one.since)
            if broken:
                yield BrokenGuardrails(row, broken)


def _until(card: KpiCard, day: date) -> KpiCard:
    """Return a KPI as it was on the closing day of a cycle, where that is over."""
    readings = tuple(one for one in card.figures.readings if one.date <= day)
    if len(readings) == len(card.figures.readings):
        return card
    state = health(readings[-1].value if readings else None, card.kpi.keep, card.kpi.alert)
    return replace(card, figures=replace(card.figures, readings=readings, health=state))


def _left_range(card: KpiCard) -> date | None:
    """Return the day of the first of the last readings that are all out of the range."""
    left = None
    for reading in reversed(card.figures.readings):
        if health(reading.value, card.kpi.keep, card.kpi.alert) not in UNWELL:
            break
        left = reading.date
    return left
