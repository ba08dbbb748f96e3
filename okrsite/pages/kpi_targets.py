"""The targets of a KPI period by period, and how far it came in each."""

from dataclasses import dataclass
from datetime import date, timedelta

from okrsite.language.inline import inline_without_links
from okrsite.pages.parts import KpiCard, Link, Mark, PageContext
from okrsite.project.model import Kpi, Reading, Target
from okrsite.project.model.cycles import Cycle, calendar_cycle
from okrsite.scores.targets import TargetPeriod, target_periods

_NEAR = timedelta(days=5)
"""Quarters of a year differ by so many days in length."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target, the cycle that is its period, if one is, and what was reached by its end.

    `distance` says in words by how much it was missed, or is still to go.
    """

    target: Target
    period: Link | None
    reading: Reading | None
    mark: Mark
    distance: str | None


def target_rows(context: PageContext, card: KpiCard) -> tuple[TargetRow, ...]:
    """Return the targets of a KPI that has one a period, the last period first."""
    if len(card.kpi.targets) < 2:
        return ()
    periods = target_periods(card.kpi, card.figures.readings, context.as_of)
    return tuple(_row(context, card.kpi, periods, one) for one in reversed(periods))


def _row(
    context: PageContext, kpi: Kpi, periods: list[TargetPeriod], one: TargetPeriod
) -> TargetRow:
    distance = None
    if one.short is not None and not one.reached:
        text = context.difference(one.short, kpi.unit)
        if one.over:
            distance = context.say("%(distance)s short", distance=text)
        else:
            distance = context.say("%(distance)s to go", distance=text)
    if one.reached:
        mark = Mark(
            "achieved", context.say("Target reached") if one.over else context.say("Reached so far")
        )
    elif one.over and one.reading:
        mark = Mark("missed", context.say("Missed"))
    elif one.over:
        mark = Mark("none", context.say("No reading"))
    else:
        mark = Mark("none", context.say("Still open"))
    return TargetRow(one.target, _period(context, periods, one), one.reading, mark, distance)


def _period(context: PageContext, periods: list[TargetPeriod], one: TargetPeriod) -> Link | None:
    """Return the cycle that a target is for, as a link where it has a page; else None."""
    end, start = one.target.by, one.start
    following = periods[1].target.by if len(periods) > 1 else None
    if end is not None and start is None and following is not None:
        start = end - (following - end) + timedelta(days=1)
    if end is None or start is None:
        return None
    for cycle in context.site.cycles:
        if _is(cycle, start, end):
            return context.cycle(cycle)
    quarter, half = (end.month + 2) // 3, (end.month + 5) // 6
    for name in ("", f"-h{half}", f"-q{quarter}", f"-{end.month:02}"):
        calendar = calendar_cycle(f"{end.year:04}{name}")
        if calendar and _is(calendar, start, end):
            return Link(inline_without_links(calendar.title), None)
    return None


def _is(cycle: Cycle, start: date, end: date) -> bool:
    return cycle.end == end and abs(cycle.start - start) <= _NEAR
