"""Overdue check-ins and readings: objectives and KPIs without a recent one.

Something is listed once it is stale or overdue, which is after two periods of its cadence; it was
due one period after the last sign of life or reading.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from okrsite.language.wording import Words
from okrsite.pages.parts import PageContext
from okrsite.project.model import Kpi, Objective


@dataclass(frozen=True, slots=True)
class Overdue:
    """An overdue check-in on an objective, or an overdue reading of a KPI.

    `last` is the day of the last update or reading, None where there was none yet.
    """

    owners: tuple[str, ...]
    objective: Objective | None
    kpi: Kpi | None
    last: date | None
    due: date | None

    def text(self, words: Words) -> str:
        """Return in words when it was due."""
        if self.due is None:
            return words.say("no reading yet")
        since = words.day(self.due)
        if self.last is None:
            return words.say("no update yet, due %(since)s", since=since)
        day = words.day(self.last)
        if self.kpi:
            return words.say("last reading %(day)s, due %(since)s", day=day, since=since)
        return words.say("last update %(day)s, due %(since)s", day=day, since=since)


def overdue_check_ins(context: PageContext, objectives: Iterable[Objective]) -> tuple[Overdue, ...]:
    """Return the overdue check-ins on objectives, the longest first, grouped by their owners."""
    figures = context.site.scorecard.objectives
    stale = [o for o in objectives if figures[o.id].stale]
    stale.sort(key=lambda o: figures[o.id].last_sign)
    longest: dict[tuple[str, ...], int] = {}
    for position, objective in enumerate(stale):
        longest.setdefault(objective.owners, position)
    stale.sort(key=lambda o: longest[o.owners])
    return tuple(
        Overdue(
            o.owners,
            o,
            None,
            figures[o.id].last_sign if figures[o.id].updated else None,
            figures[o.id].last_sign + timedelta(days=figures[o.id].due_days),
        )
        for o in stale
    )


def overdue_readings(context: PageContext, kpis: Iterable[Kpi]) -> tuple[Overdue, ...]:
    """Return the overdue readings of KPIs, the longest first."""
    overdue = []
    for kpi in kpis:
        figures = context.site.scorecard.kpis[kpi.id]
        if figures.overdue:
            last, due = figures.last.date if figures.last else None, None
            if last:
                # A reading is overdue after twice as long as it is due.
                due = last + timedelta(days=figures.due_days)
            owners = (kpi.owner,) if kpi.owner is not None else ()
            overdue.append(Overdue(owners, None, kpi, last, due))
    return tuple(sorted(overdue, key=lambda row: row.due or date.min))


def overdue_of(context: PageContext, owner: str) -> tuple[Overdue, ...]:
    """Return all that is overdue of an owner: check-ins on their objectives and on those of others
    in which they own a key result, and readings of their KPIs. Nothing is due from former owners.
    """
    site = context.site
    if site.project.owners[owner].former(site.as_of):
        return ()
    return (
        *overdue_check_ins(context, site.worked_on_by(owner)),
        *overdue_readings(context, site.kpis_by_owner.get(owner, [])),
    )
