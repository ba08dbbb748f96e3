"""Checks on whether a KPI is worth watching: a range, a use, a number that moves, not too many."""

from collections import defaultdict
from collections.abc import Iterator

from okrsite.checks.registry import Seen, Subject, of_kpis, of_projects
from okrsite.i18n import phrase
from okrsite.project.model import Kpi, Project
from okrsite.project.model.cycles import State

MOST_KPIS = 10
"""So many active KPIs may an owner have without advice."""

FEWEST_UNCHANGED = 4
"""So many readings in a row have to be the same before it is said."""


def has_range(kpi: Kpi) -> bool:
    """Whether a KPI says where it is healthy, or where it is going."""
    return bool(kpi.keep or kpi.alert or kpi.targets)


def is_used(project: Project, kpi: Kpi) -> bool:
    """Whether a pillar or an objective uses a KPI, or one that it drives over any levels."""
    waiting, seen = [kpi.id], {kpi.id}
    while waiting:
        one = project.kpis[waiting.pop()]
        if one.pillars or one.guards or one.key_results or one.moved_by:
            return True
        further = [id for id in one.drives if id in project.kpis and id not in seen]
        waiting += further
        seen.update(further)
    return False


@of_projects("OKR430")
def too_many_kpis(subject: Subject) -> Iterator[Seen]:
    """More than ten active KPIs of one owner; reported at the eleventh by path."""
    owned: defaultdict[str, list[Kpi]] = defaultdict(list)
    for kpi in subject.project.kpis.values():
        if kpi.active and kpi.owner:
            owned[kpi.owner].append(kpi)
    for owner, kpis in owned.items():
        if len(kpis) > MOST_KPIS:
            next_one = sorted(kpis, key=lambda kpi: kpi.page.path)[MOST_KPIS]
            message = phrase(
                "`%(owner)s` has %(number)s active KPIs", owner=owner, number=len(kpis)
            )
            hint = phrase(
                "keep those that someone acts on, and set `status: retired` in the others"
            )
            yield next_one.page.place, message, hint


@of_kpis("OKR431")
def no_range(subject: Subject, kpi: Kpi) -> Iterator[Seen]:
    """An active KPI with neither a range nor a target."""
    if kpi.active and not has_range(kpi):
        hint = phrase("add `keep:` with the healthy range, or a `target:`")
        yield kpi.page.place, phrase("nothing says whether the KPI is doing well"), hint


@of_projects("OKR432")
def unused(subject: Subject) -> Iterator[Seen]:
    """An active KPI that no objective and no pillar uses, nor one further down.

    Without pillars it is usual to have KPIs that are only watched. Then it is said where objectives
    under way name KPIs, and most of the KPIs are used: those that are not are the exception.
    """
    project = subject.project
    active = [kpi for kpi in project.kpis.values() if kpi.active]
    found = [kpi for kpi in active if not is_used(project, kpi)]
    message = phrase("no objective or pillar uses the KPI")
    hint = phrase(
        "name it in a pillar's `kpis`, as the `kpi` or a guardrail of an objective, or retire it"
    )
    if not project.pillars:
        if 2 * len(found) >= len(active) or not _objectives_name_kpis(subject):
            return
        message = phrase("no objective uses the KPI")
        hint = phrase("name it as the `kpi` or a guardrail of an objective, or retire it")
    for kpi in found:
        yield kpi.page.place, message, hint


def _objectives_name_kpis(subject: Subject) -> bool:
    """Whether an active objective of an open cycle names a KPI."""
    return any(
        objective.active
        and subject.cycle(objective).state(subject.scorecard.as_of) is State.OPEN
        and (objective.guardrails or any(r.kpi or r.moves for r in objective.counting))
        for objective in subject.project.objectives.values()
    )


@of_kpis("OKR433")
def never_changed(subject: Subject, kpi: Kpi) -> Iterator[Seen]:
    """An active KPI whose readings are all the same."""
    readings = subject.kpi_figures(kpi).readings
    values = {reading.value for reading in readings}
    if kpi.active and len(readings) >= FEWEST_UNCHANGED and len(values) == 1:
        message = phrase("all %(number)s readings of the KPI are the same", number=len(readings))
        hint = phrase("measure it again, or retire it: what never changes doesn't need a dashboard")
        yield kpi.page.line("readings"), message, hint
