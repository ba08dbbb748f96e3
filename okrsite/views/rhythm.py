"""What is owed: objectives without a recent check-in, KPIs without a recent reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from okrsite.model import Kpi, Objective
from okrsite.views.parts import Desk, Link


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that is due: by whom, about what, and since when."""

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
    silent.sort(key=lambda o: (figures[o.id].last_sign, o.id))
    longest: dict[tuple[str, ...], int] = {}
    for position, objective in enumerate(silent):
        longest.setdefault(objective.owners, position)
    silent.sort(key=lambda o: longest[o.owners])
    return tuple(
        Owed(
            desk.owners(objective.owners),
            desk.objective(objective.id),
            desk.say(
                "last heard of on %(day)s", day=desk.words.day(figures[objective.id].last_sign)
            ),
            figures[objective.id].last_sign,
        )
        for objective in silent
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
            text = desk.say("last read on %(day)s", day=desk.words.day(last.date))
        owners = desk.owners([kpi.owner]) if kpi.owner is not None else ()
        owed.append(Owed(owners, desk.kpi(kpi.id), text, last.date if last else None))
    return tuple(sorted(owed, key=lambda o: (o.since or date.min, str(o.about.text))))
