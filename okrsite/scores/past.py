"""Figures of days in the past: at the end of each week, and over the course of a cycle."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from okrsite.project.model import Objective, Project
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores.compute import score_project
from okrsite.scores.figures import OwnerFigures, Scorecard
from okrsite.scores.status import Status
from okrsite.settings import Settings

LONGEST_BY_WEEK = 126
"""Days of a cycle that is followed by the week; a longer one is followed by the month."""


@dataclass(frozen=True, slots=True)
class CourseDay:
    """A cycle at the end of a day: the statuses of its objectives, and the figures of owners."""

    day: date
    statuses: Mapping[str, Status | None]
    owners: Mapping[str, OwnerFigures]


def sunday_of(day: date) -> date:
    """Return the last day of the week that a day is in."""
    return day + timedelta(days=6 - day.weekday())


def course_days(cycle: Cycle, as_of: date) -> list[date]:
    """Return the days on which a cycle is looked at: its first, the ends of its weeks, or of its
    months where it's long, and the last one; none before it begins."""
    last = min(as_of, cycle.closing_day)
    if last < cycle.start:
        return []
    days, day = {cycle.start, last}, cycle.start
    while (day := _end_of(day, cycle)) < last:
        days.add(day)
        day += timedelta(days=1)
    return sorted(days)


def _end_of(day: date, cycle: Cycle) -> date:
    if cycle.days <= LONGEST_BY_WEEK:
        return sunday_of(day)
    following = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return following - timedelta(days=1)


def score_past(
    project: Project,
    settings: Settings,
    day: date,
    objectives: Iterable[Objective] | None = None,
) -> Scorecard:
    """Return the figures of an earlier day. A grade counts from the close of its cycle on."""
    graded = {
        objective.id: _without_grades(objective)
        for objective in project.objectives.values()
        if day <= project.cycles[objective.cycle].closing_day and _is_graded(objective)
    }
    if graded:
        known = {id: graded.get(id, objective) for id, objective in project.objectives.items()}
        project = replace(project, objectives=known)
        if objectives is not None:
            objectives = [known[objective.id] for objective in objectives]
    return score_project(project, settings, day, objectives)


def _is_graded(objective: Objective) -> bool:
    return objective.grade is not None or any(r.grade is not None for r in objective.key_results)


def _without_grades(objective: Objective) -> Objective:
    results = tuple(replace(result, grade=None) for result in objective.key_results)
    return replace(objective, grade=None, key_results=results)


def score_days(
    project: Project, settings: Settings, scorecard: Scorecard, days: Mapping[date, Collection[str]]
) -> Iterator[Scorecard]:
    """Yield the figures of days, the earliest first, for the objectives of some cycles on each.

    The day of `scorecard` is the last one, of which everything is known.
    """
    of_cycle: dict[str, list[Objective]] = {}
    for objective in project.objectives.values():
        of_cycle.setdefault(objective.cycle, []).append(objective)
    for day in sorted(days):
        if day == scorecard.as_of:
            yield scorecard
        else:
            objectives = (o for cycle in sorted(days[day]) for o in of_cycle.get(cycle, ()))
            yield score_past(project, settings, day, objectives)


def cycle_on(scorecard: Scorecard, cycle: Cycle, ids: Iterable[str]) -> CourseDay:
    """Return a cycle on the day of some figures; a closed one as it ended."""
    closed = cycle.state(scorecard.as_of) is State.CLOSED
    return CourseDay(
        day=cycle.closing_day if closed else scorecard.as_of,
        statuses={id: scorecard.objectives[id].status for id in ids},
        owners={
            owner: figures[cycle.id]
            for owner, figures in scorecard.owners.items()
            if cycle.id in figures
        },
    )
