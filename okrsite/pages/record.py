"""The record of a closed cycle: what came of it, what was learned, what was carried over.

Whether check-ins were made is counted in periods. A cycle is cut, from its first day on, into
periods as long as the cadence of the objective: 7, 14, 31 or 92 days. What is left at its end is a
period of its own where it is at least half as long, and else belongs to the last one; there is at
least one. In each period one check-in is due, and it was made where there is a sign of the
objective in it: a check-in, a reading or a milestone that was done. Days up to the closing day
count; those after the last day of the cycle belong to its last period. Check-ins are due on active
objectives only. A shared objective counts for each of its owners, and once for the organisation.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from okrsite.pages.html import moved_to
from okrsite.pages.parts import ObjectiveRow, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Grade, KeyResult, Kpi, Objective, Reading
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import ObjectiveFigures
from okrsite.scores import status as statuses
from okrsite.scores.status import Health, Status


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A score given by hand to an objective or to one of its key results, and the computed one."""

    objective: Objective
    result: KeyResult | None
    computed: float | None
    grade: Grade


@dataclass(frozen=True, slots=True)
class KpiOverCycle:
    """A KPI over a cycle: `start` is its last reading on or before the first day, else its first
    in the cycle; `end` its last one up to the closing day; `focus` whether a key result was on it.
    """

    kpi: Kpi
    focus: bool
    start: Reading
    end: Reading

    def health(self, reading: Reading) -> Health:
        """Return the health that a reading shows."""
        return statuses.health(reading.value, self.kpi.keep, self.kpi.alert)


@dataclass(frozen=True, slots=True)
class CheckInCount:
    """How many check-ins were due, and how many of them were made."""

    due: int
    made: int


@dataclass(frozen=True, slots=True)
class Record:
    """The record of a closed cycle.

    `lessons` are the first words of retrospectives. `left` are the objectives that were neither
    achieved nor carried over. The check-ins are
    counted for the organisation and for each owner.
    """

    objectives: int
    commitments: tuple[ObjectiveRow, ...]
    met: int
    grades: tuple[GradeRow, ...]
    lessons: tuple[tuple[ObjectiveRow, Markup], ...]
    carried_over: tuple[ObjectiveRow, ...]
    left: tuple[ObjectiveRow, ...]
    kpis: tuple[KpiOverCycle, ...]
    check_ins: CheckInCount
    check_ins_by_owner: tuple[tuple[str, CheckInCount], ...]


def record_of(
    context: PageContext, address: str, cycle: Cycle, lessons: Mapping[str, Markup]
) -> Record | None:
    """Return the record of a cycle for its page; None until it is closed.

    `lessons` are the first words of retrospectives, by the file of the objective, with links as
    they are on its page.
    """
    site = context.site
    objectives = [o for o in site.by_cycle.get(cycle.id, ()) if o.active]
    if cycle.state(site.as_of) is not State.CLOSED or not objectives:
        return None
    rows = [context.objective_row(objective) for objective in objectives]
    commitments = tuple(row for row in rows if row.objective.commitment == "committed")
    counts = {
        row.objective.id: check_ins_due_and_made(row.objective, row.figures, cycle) for row in rows
    }
    return Record(
        objectives=len(rows),
        commitments=commitments,
        met=sum(row.figures.status is Status.ACHIEVED for row in commitments),
        grades=tuple(grade for row in rows for grade in _grades(row)),
        lessons=tuple(
            (row, moved_to(lessons[uri], site.addresses.page(uri), address))
            for row in rows
            if (uri := row.objective.page.uri) in lessons
        ),
        carried_over=tuple(row for row in rows if row.objective.continued_by),
        left=tuple(
            row
            for row in rows
            if not row.objective.continued_by and row.figures.status is not Status.ACHIEVED
        ),
        kpis=_kpis(site, cycle),
        check_ins=_sum(counts.values()),
        check_ins_by_owner=tuple(_by_owner(site, counts)),
    )


def _grades(row: ObjectiveRow) -> Iterator[GradeRow]:
    objective, figures = row.objective, row.figures
    if objective.grade is not None:
        yield GradeRow(objective, None, figures.computed, objective.grade)
    for result in objective.counting:
        if result.grade is not None:
            computed = figures.key_results[result.id].computed
            yield GradeRow(objective, result, computed, result.grade)


def _kpis(site: Site, cycle: Cycle) -> tuple[KpiOverCycle, ...]:
    """Return every KPI that was read in a cycle: those in focus first."""
    rows = []
    for kpi in site.project.kpis.values():
        readings = site.scorecard.kpis[kpi.id].readings
        inside = [r for r in readings if cycle.start <= r.date <= cycle.closing_day]
        if inside:
            before = [r for r in readings if r.date <= cycle.start]
            start = before[-1] if before else inside[0]
            focus = cycle.id in site.cycles_in_focus(kpi)
            rows.append(KpiOverCycle(kpi, focus, start, inside[-1]))
    return tuple(sorted(rows, key=lambda row: not row.focus))


def check_ins_due_and_made(
    objective: Objective, figures: ObjectiveFigures, cycle: Cycle
) -> CheckInCount:
    """Count the check-ins that were due on an objective, and the periods in which one was made."""
    last = min(cycle.end, cycle.closing_day)
    days, length = (last - cycle.start).days + 1, figures.due_days
    due = max(1, (2 * days + length) // (2 * length))
    periods = {
        min((day - cycle.start).days // length, due - 1)
        for day in _signs(objective, figures)
        if cycle.start <= day <= cycle.closing_day
    }
    return CheckInCount(due, len(periods))


def _signs(objective: Objective, figures: ObjectiveFigures) -> Iterator[date]:
    yield from (check_in.date for check_in in objective.check_ins)
    for result in figures.key_results.values():
        yield from (reading.date for reading in result.evaluation.readings)
    for key_result in objective.key_results:
        yield from key_result.measure.days_done


def _by_owner(site: Site, counts: Mapping[str, CheckInCount]) -> Iterator[tuple[str, CheckInCount]]:
    for owner, _ in site.organisation:
        own = [counts[o.id] for o in site.by_owner.get(owner.id, ()) if o.id in counts]
        if own:
            yield owner.id, _sum(own)


def _sum(counts: Iterable[CheckInCount]) -> CheckInCount:
    counts = list(counts)
    return CheckInCount(sum(count.due for count in counts), sum(count.made for count in counts))
