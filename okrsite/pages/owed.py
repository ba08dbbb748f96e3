"""What is owed: objectives without a recent check-in, KPIs without a recent reading.

Something is listed once it is stale or overdue, which is after two periods of its `every`; it was
due, and is said to be due, one period after the last sign or reading.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from okrsite.pages.parts import Desk, Link
from okrsite.project.model import Kpi, Objective
from okrsite.scores.status import OVERDUE_DAYS


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that is due: by whom, about what, and since when; None where it never came."""

    owners: tuple[Link, ...]
    about: Link
    text: str
    since: date | None


SHOWN = 12
"""So much of what is owed is shown at once."""


@dataclass(frozen=True, slots=True)
class OwedList:
    """What is owed, the longest first; of a long list the rest is one fold away."""

    first: tuple[Owed, ...]
    rest: tuple[Owed, ...]
    rest_said: str
    count: str


def owed_list(desk: Desk, owed: tuple[Owed, ...]) -> OwedList:
    """Split what is owed into what is shown at once and the rest."""
    rest = owed[SHOWN:]
    said = desk.say("and %(number)s more", number=desk.words.number(len(rest)))
    return OwedList(owed[:SHOWN], rest, said, desk.words.number(len(owed)))


def owed_check_ins(desk: Desk, objectives: Iterable[Objective]) -> tuple[Owed, ...]:
    """List the objectives of which nothing was heard for too long, the longest first.

    Those of the same owners stand together.
    """
    figures = desk.site.scorecard.objectives
    silent = [o for o in objectives if figures[o.id].stale]
    silent.sort(key=lambda o: figures[o.id].last_sign)
    longest: dict[tuple[str, ...], int] = {}
    for position, objective in enumerate(silent):
        longest.setdefault(objective.owners, position)
    silent.sort(key=lambda o: longest[o.owners])
    return tuple(_owed_check_in(desk, objective) for objective in silent)


def _owed_check_in(desk: Desk, objective: Objective) -> Owed:
    figures, words = desk.site.scorecard.objectives[objective.id], desk.words
    since = figures.last_sign + timedelta(days=figures.due_days)
    text = desk.say(
        "last heard of on %(day)s, due since %(since)s",
        day=words.day(figures.last_sign), since=words.day(since),
    )  # fmt: skip
    return Owed(desk.owners(objective.owners), desk.objective(objective.id), text, since)


def owed_of(desk: Desk, owner: str) -> tuple[Owed, ...]:
    """List all that an owner owes: check-ins on their objectives and on those of others in which
    they own a key result, and readings of their KPIs."""
    site = desk.site
    if site.project.owners[owner].former(site.as_of):
        return ()
    with_them = (objective for objective, _ in site.results_by_owner.get(owner, ()))
    mine = dict.fromkeys(o.id for o in (*site.by_owner.get(owner, ()), *with_them))
    return (
        *owed_check_ins(desk, [site.project.objectives[id] for id in mine]),
        *owed_readings(desk, site.kpis_by_owner.get(owner, [])),
    )


def owed_readings(desk: Desk, kpis: Iterable[Kpi]) -> tuple[Owed, ...]:
    """List the KPIs whose reading is overdue, the longest first."""
    figures = desk.site.scorecard.kpis
    late = [kpi for kpi in kpis if figures[kpi.id].overdue]
    owed = []
    for kpi in late:
        last = figures[kpi.id].last
        text = desk.say("no reading yet")
        if last is not None:
            text = desk.say(
                "last read on %(day)s, due since %(since)s",
                day=desk.words.day(last.date), since=desk.words.day(_due(kpi, last.date)),
            )  # fmt: skip
        owners = desk.owners([kpi.owner]) if kpi.owner is not None else ()
        since = _due(kpi, last.date) if last else None
        owed.append(Owed(owners, desk.kpi(kpi.id), text, since))
    return tuple(sorted(owed, key=lambda o: o.since or date.min))


def _due(kpi: Kpi, last: date) -> date:
    """Return when the reading after one was due: a reading is overdue after twice as long."""
    return last + timedelta(days=OVERDUE_DAYS[kpi.every] // 2)
