"""How many check-ins were due in a cycle, and how many came.

A cycle is cut, from its first day on, into periods as long as the `every` of the objective: 7, 14,
31 or 92 days. What is left at its end is a period of its own where it is at least half as long, and
else belongs to the last one; there is at least one. In each period one check-in is due, and it came
where there is a sign of the objective in it: a check-in, a reading or a milestone that was done.
Days up to the closing day count; those after the last day of the cycle belong to its last period.
Only active objectives owe anything. A shared objective counts for each of its owners, and once for
the organisation.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from okrsite.pages.parts import Link, PageContext
from okrsite.project.model import Objective
from okrsite.project.model.cycles import Cycle
from okrsite.scores import ObjectiveFigures


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """An owner, and the share of their check-ins due that were made, 0 to 100 and in words."""

    owner: Link
    percent: float
    text: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """The rhythm of a cycle: of everybody together, and of each owner."""

    said: str
    rows: tuple[AttendanceRow, ...]


def due_and_came(objective: Objective, figures: ObjectiveFigures, cycle: Cycle) -> tuple[int, int]:
    """Count the check-ins that were due on an objective, and in how many periods one came."""
    last = min(cycle.end, cycle.closing_day)
    days, length = (last - cycle.start).days + 1, figures.due_days
    due = max(1, (2 * days + length) // (2 * length))
    periods = {
        min((day - cycle.start).days // length, due - 1)
        for day in _signs(objective, figures)
        if cycle.start <= day <= cycle.closing_day
    }
    return due, len(periods)


def attendance_of(context: PageContext, cycle: Cycle) -> Attendance:
    """Show the rhythm of a cycle; owners stand in the order of the organisation."""
    site, figures = context.site, context.site.scorecard.objectives
    counted = {
        objective.id: due_and_came(objective, figures[objective.id], cycle)
        for objective in site.by_cycle.get(cycle.id, ())
        if objective.active
    }
    rows = []
    for owner, _ in site.organisation:
        own = [counted[o.id] for o in site.by_owner.get(owner.id, ()) if o.id in counted]
        if own:
            due, came = _sum(own)
            percent = round(100 * came / due, 1)
            rows.append(AttendanceRow(context.owner(owner.id), percent, _said(context, own)))
    return Attendance(_said(context, counted.values()), tuple(rows))


def _signs(objective: Objective, figures: ObjectiveFigures) -> Iterator[date]:
    yield from (check_in.date for check_in in objective.check_ins)
    for result in figures.key_results.values():
        yield from (reading.date for reading in result.evaluation.readings)
    for key_result in objective.key_results:
        yield from key_result.measure.days_done


def _sum(counted: Iterable[tuple[int, int]]) -> tuple[int, int]:
    counted = list(counted)
    return sum(due for due, _ in counted), sum(came for _, came in counted)


def _said(context: PageContext, counted: Iterable[tuple[int, int]]) -> str:
    due, came = _sum(counted)
    return context.say(
        "%(came)s of %(due)s", came=context.words.number(came), due=context.words.number(due)
    )  # fmt: skip
