"""Checks on whether a KPI is worth watching: a range, a use, a number that moves, not too many."""

from collections import defaultdict
from collections.abc import Iterator

from okrsite.checks.registry import Seen, Subject, of_kpis, of_projects
from okrsite.i18n import phrase
from okrsite.project.model import Kpi, Project

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
    """More than ten active KPIs of one owner; said of the eleventh by path."""
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
                "keep those that somebody acts on, and write `status: retired` in the others"
            )
            yield next_one.page.place, message, hint


@of_kpis("OKR431")
def no_range(subject: Subject, kpi: Kpi) -> Iterator[Seen]:
    """An active KPI with neither a band nor a target."""
    if kpi.active and not has_range(kpi):
        hint = phrase("write `keep:` with the range that is healthy, or a `target:`")
        yield kpi.page.place, phrase("nobody can say whether the KPI is doing well"), hint


@of_kpis("OKR432")
def unused(subject: Subject, kpi: Kpi) -> Iterator[Seen]:
    """An active KPI that no objective and no pillar uses, nor one further down.

    Without pillars it is usual to have KPIs that are only watched.
    """
    if kpi.active and subject.project.pillars and not is_used(subject.project, kpi):
        hint = phrase(
            "name it in a pillar's `kpis`, as a `kpi` or guardrail of an objective, or retire it"
        )
        yield kpi.page.place, phrase("no objective and no pillar uses the KPI"), hint


@of_kpis("OKR433")
def never_changed(subject: Subject, kpi: Kpi) -> Iterator[Seen]:
    """An active KPI whose readings are all the same."""
    readings = subject.kpi_figures(kpi).readings
    values = {reading.value for reading in readings}
    if kpi.active and len(readings) >= FEWEST_UNCHANGED and len(values) == 1:
        message = phrase("all %(number)s readings of the KPI are the same", number=len(readings))
        hint = phrase("measure it again, or retire it: what never changes needs no dashboard")
        yield kpi.page.line("readings"), message, hint
