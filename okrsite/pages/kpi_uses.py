"""What uses a KPI: pillars, objectives that it is a guardrail of, and KPIs not in use yet or any
more."""

from dataclasses import dataclass

from okrsite.documents.values import KpiStatus
from okrsite.i18n import message
from okrsite.pages.parts import Link, Mark, ObjectiveRow, PageContext
from okrsite.project.model import Kpi

KPI_STATUS_WORDS = {
    KpiStatus.PLANNED: message("Planned: it is being set up, and nothing is due"),
    KpiStatus.ACTIVE: message("In use"),
    KpiStatus.RETIRED: message("Retired: no longer watched"),
}


@dataclass(frozen=True, slots=True)
class KpiUses:
    """The pillars that are seen by a KPI, and the objectives that it is a guardrail of, the newest
    first; `mark` says whether it is in use, `contributors` who else works on it."""

    pillars: tuple[Link, ...]
    guards: tuple[ObjectiveRow, ...]
    contributors: tuple[Link, ...]
    mark: Mark


def kpi_uses(context: PageContext, kpi: Kpi) -> KpiUses:
    """Return what uses a KPI."""
    project = context.site.project
    order = {cycle.id: position for position, cycle in enumerate(context.site.cycles)}
    guarded = [project.objectives[id] for id in kpi.guards if id in project.objectives]
    guarded.sort(key=lambda objective: order[objective.cycle])
    return KpiUses(
        pillars=tuple(context.pillar(id) for id in kpi.pillars if id in project.pillars),
        guards=tuple(map(context.objective_row, guarded)),
        contributors=context.owners(id for id in kpi.contributors if id in project.owners),
        mark=Mark(f"kpi_{kpi.status}", context.say(KPI_STATUS_WORDS[kpi.status])),
    )
