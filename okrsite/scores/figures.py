"""Every figure of a project at a date, as it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from okrsite.project.model import Confidence, Reading
from okrsite.scores.kinds.base import Evaluation
from okrsite.scores.objectives import Scores
from okrsite.scores.status import Health, Status


@dataclass(frozen=True, slots=True)
class KeyResultFigures:
    """A key result at a date. Scores are 0 to 1."""

    evaluation: Evaluation
    score: float | None
    graded: bool
    expected: float
    pace: float
    status: Status
    confidence: Confidence | None

    @property
    def computed(self) -> float | None:
        """The score before any grade."""
        return self.evaluation.score


@dataclass(frozen=True, slots=True)
class ObjectiveFigures:
    """An objective at a date.

    `support` is the mean score of the objectives that align to it, the `supporters`. `last_sign` is
    the day of the last update, or the first of the cycle; `updated` is whether there ever was one.
    """

    computed: float | None
    score: float | None
    graded: bool
    expected: float | None
    pace: float | None
    status: Status | None
    confidence: Confidence | None
    support: float | None
    supporters: tuple[str, ...]
    last_sign: date
    updated: bool
    due_days: int
    stale: bool
    key_results: Mapping[str, KeyResultFigures]


@dataclass(frozen=True, slots=True)
class OwnerFigures:
    """An owner in one cycle: the weighted mean over their active objectives with a score.

    As people are shown it, there is no score before the cycle begins.
    """

    score: float | None
    expected: float | None
    status: Status | None
    objectives: tuple[str, ...]


class Role(StrEnum):
    """Whether objectives work on a KPI at a date, or it's only watched."""

    FOCUS = "focus"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class KpiFigures:
    """A KPI at a date; `readings` are those that had been taken by then, `focus` the references
    of the key results that target it, `due_days` within how many days a reading is due."""

    readings: tuple[Reading, ...]
    health: Health
    role: Role
    overdue: bool
    focus: tuple[str, ...]
    due_days: int

    @property
    def last(self) -> Reading | None:
        """The last reading."""
        return self.readings[-1] if self.readings else None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All figures at `as_of`: by objective, by owner and cycle, by KPI."""

    as_of: date
    objectives: Mapping[str, ObjectiveFigures]
    owners: Mapping[str, Mapping[str, OwnerFigures]]
    kpis: Mapping[str, KpiFigures]
    scores: Scores

    def score_on(self, objective: str, day: date) -> float | None:
        """Return an objective's score on another day, as roll-ups and support see it."""
        return self.scores.at(objective, day).score

    def owner_score_on(self, owner: str, cycle: str, day: date) -> float | None:
        """Return an owner's score in a cycle on another day."""
        figures = self.owners.get(owner, {}).get(cycle)
        return self.scores.mean_at(figures.objectives, day) if figures else None
