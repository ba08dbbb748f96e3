"""What changed between two days: statuses, scores, values, the health of KPIs; and what is overdue.

The digest and the pages of the weeks say the same, as both are made from this.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from okrsite.project.model import CheckIn, KeyResult, Kpi, Objective, Project
from okrsite.project.model.cycles import State
from okrsite.scores.figures import KeyResultFigures, KpiFigures, ObjectiveFigures, Scorecard
from okrsite.scores.status import Health, Status

WORRYING = (Status.OFF_TRACK, Status.AT_RISK)
"""The statuses of what needs help, the worse first."""

_RANKS = {
    Status.ACHIEVED: 0,
    Status.ON_TRACK: 2,
    Status.PROGRESSED: 3,
    Status.AT_RISK: 4,
    Status.OFF_TRACK: 6,
    Status.MISSED: 7,
}
_HEALTHS = (Health.HEALTHY, Health.WARNING, Health.CRITICAL)


@dataclass(frozen=True, slots=True)
class ResultChange:
    """A key result on both days."""

    result: KeyResult
    before: KeyResultFigures
    now: KeyResultFigures

    @property
    def value_changed(self) -> bool:
        """Whether it has another value than before."""
        now = self.now.evaluation.value
        return now is not None and now != self.before.evaluation.value

    @property
    def difference(self) -> float:
        """How far its score moved."""
        return (self.now.score or 0.0) - (self.before.score or 0.0)


@dataclass(frozen=True, slots=True)
class ObjectiveChange:
    """An objective on both days, with its check-ins in between."""

    objective: Objective
    before: ObjectiveFigures
    now: ObjectiveFigures
    check_ins: tuple[CheckIn, ...]

    @property
    def difference(self) -> float:
        """How far its score moved."""
        return (self.now.score or 0.0) - (self.before.score or 0.0)

    @property
    def turned(self) -> bool:
        """Whether it has another status; the beginning of a cycle isn't such a change."""
        return self.before.status is not self.now.status and not (
            self.before.status is Status.NOT_STARTED or self.before.status is None
        )

    @property
    def steps(self) -> int:
        """How much worse its status got, or better below 0; 0 where it did neither."""
        before, now = self.before.status, self.now.status
        if not self.turned or before not in _RANKS or now not in _RANKS:
            return 0
        return _RANKS[now] - _RANKS[before]

    @property
    def results(self) -> tuple[ResultChange, ...]:
        """Its key results that count."""
        was, now = self.before.key_results, self.now.key_results
        return tuple(ResultChange(r, was[r.id], now[r.id]) for r in self.objective.counting)

    @property
    def blockers(self) -> tuple[str, ...]:
        """What the last of the check-ins says is in the way."""
        return self.check_ins[-1].blockers if self.check_ins else ()


@dataclass(frozen=True, slots=True)
class KpiChange:
    """A KPI on both days."""

    kpi: Kpi
    before: KpiFigures
    now: KpiFigures

    @property
    def worse(self) -> bool:
        """Whether its health got worse."""
        return _HEALTHS.index(self.now.health) > _HEALTHS.index(self.before.health)


CheckInKey = tuple[str, date, str]
"""The objective of a check-in, its day, and the document that it is in."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was known on the first day, so that it isn't told again.

    The objectives that were at risk or without a recent check-in, and the KPIs without a recent
    reading, are ids.
    """

    check_ins: frozenset[CheckInKey] = frozenset()
    at_risk: frozenset[str] = frozenset()
    stale: frozenset[str] = frozenset()
    overdue_kpis: frozenset[str] = frozenset()

    @classmethod
    def of(cls, project: Project, scorecard: Scorecard) -> "Told":
        """Return what was known of a project as it was on its scorecard's day."""
        figures, day = scorecard.objectives, scorecard.as_of
        return cls(
            frozenset(
                key_of(check_in)
                for objective in project.objectives.values()
                for check_in in objective.check_ins
                if check_in.date <= day
            ),
            frozenset(id for id, one in figures.items() if one.status in WORRYING),
            frozenset(id for id, one in figures.items() if one.stale),
            frozenset(id for id, one in scorecard.kpis.items() if one.overdue),
        )


def key_of(check_in: CheckIn) -> CheckInKey:
    """Return what tells a check-in from others, however often it is reworded."""
    return check_in.objective, check_in.date, check_in.uri


@dataclass(frozen=True)
class Period:
    """What changed for some owners; its first day is the one after that of `before`.

    It is about active objectives whose cycle was open on one of the two days. With what was `told`
    already, only what is new is at risk or overdue, and a check-in that was added late counts.
    """

    project: Project
    before: Scorecard
    now: Scorecard
    owners: Collection[str]
    told: Told | None = None

    @property
    def since(self) -> date:
        """The day that it's compared with."""
        return self.before.as_of

    @property
    def until(self) -> date:
        """The last day."""
        return self.now.as_of

    @cached_property
    def objectives(self) -> tuple[ObjectiveChange, ...]:
        """The objectives, changed or not, in the order in which they are listed."""
        return tuple(
            ObjectiveChange(
                objective,
                self.before.objectives[objective.id],
                self.now.objectives[objective.id],
                self._check_ins(objective),
            )
            for objective in self.project.objectives.values()
            if objective.active and self._is_open(objective) and self.is_theirs(objective.owners)
        )

    def _is_open(self, objective: Objective) -> bool:
        cycle = self.project.cycles[objective.cycle]
        return State.OPEN in (cycle.state(self.since), cycle.state(self.until))

    def is_theirs(self, owners: tuple[str, ...]) -> bool:
        """Whether one of the owners of something is one of these."""
        return any(owner in self.owners for owner in owners)

    def _check_ins(self, objective: Objective) -> tuple[CheckIn, ...]:
        found = (one for one in objective.check_ins if self._is_new(one))
        return tuple(sorted(found, key=lambda check_in: check_in.date))

    def _is_new(self, check_in: CheckIn) -> bool:
        if check_in.date > self.until:
            return False
        if self.told is None:
            return check_in.date > self.since
        return key_of(check_in) not in self.told.check_ins

    @cached_property
    def moves(self) -> tuple[ObjectiveChange, ...]:
        """The objectives whose status changed: the worse ones before the better ones, those of
        the longest way first, then those furthest behind."""
        turned = [change for change in self.objectives if change.turned]
        return tuple(sorted(turned, key=lambda c: (c.steps <= 0, -abs(c.steps), c.now.pace or 0.0)))

    @cached_property
    def kpis(self) -> tuple[KpiChange, ...]:
        """The KPIs whose health changed, the worse ones first."""
        known = (
            KpiChange(kpi, self.before.kpis[kpi.id], self.now.kpis[kpi.id]) for kpi in self._kpis()
        )
        changed = [
            one
            for one in known
            if one.before.health is not one.now.health
            and Health.UNKNOWN not in (one.before.health, one.now.health)
        ]
        return tuple(sorted(changed, key=lambda change: not change.worse))

    @cached_property
    def at_risk(self) -> tuple[ObjectiveChange, ...]:
        """The objectives of open cycles that are off track or at risk, the worst first."""
        told = self.told.at_risk if self.told else frozenset()
        return tuple(
            change
            for change in self._worrying
            if change.objective.id not in told or change.turned or change.check_ins
        )

    @cached_property
    def _worrying(self) -> list[ObjectiveChange]:
        found = [
            change
            for change in self.objectives
            if change.now.status in WORRYING
            and self.project.cycles[change.objective.cycle].state(self.until) is State.OPEN
        ]
        return sorted(
            found, key=lambda c: (c.now.status is not Status.OFF_TRACK, c.now.pace or 0.0)
        )

    @cached_property
    def stale(self) -> tuple[Objective, ...]:
        """The objectives without a recent check-in, the longest first."""
        told = self.told.stale if self.told else frozenset()
        return tuple(objective for objective in self._silent if objective.id not in told)

    @cached_property
    def _silent(self) -> tuple[Objective, ...]:
        found = [change for change in self.objectives if change.now.stale]
        return tuple(c.objective for c in sorted(found, key=lambda c: c.now.last_sign))

    @cached_property
    def overdue_kpis(self) -> tuple[Kpi, ...]:
        """The KPIs without a recent reading."""
        told = self.told.overdue_kpis if self.told else frozenset()
        return tuple(kpi for kpi in self._late_kpis if kpi.id not in told)

    @cached_property
    def _late_kpis(self) -> tuple[Kpi, ...]:
        return tuple(kpi for kpi in self._kpis() if self.now.kpis[kpi.id].overdue)

    @property
    def as_before(self) -> int:
        """How many objectives and KPIs are at risk or overdue as they were on the first day."""
        at_risk = {change.objective.id for change in self._worrying}
        at_risk |= {objective.id for objective in self._silent}
        at_risk -= {change.objective.id for change in self.at_risk}
        at_risk -= {objective.id for objective in self.stale}
        return len(at_risk) + len(self._late_kpis) - len(self.overdue_kpis)

    def _kpis(self) -> Iterator[Kpi]:
        everybody = self.project.company in self.owners
        for kpi in self.project.kpis.values():
            if kpi.owner in self.owners or (kpi.owner is None and everybody):
                yield kpi
