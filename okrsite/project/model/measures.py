"""What key results are measured by: one type a kind, with the fields that only this kind has."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from okrsite.documents.values import Aggregate
from okrsite.i18n import phrase
from okrsite.project.model.values import Figure, Place


class Kind(StrEnum):
    """The name of a kind, as it is exported and filtered by."""

    METRIC = "metric"
    KEEP = "keep"
    MILESTONE = "milestone"
    ROLL_UP = "roll-up"
    UNMEASURED = "unmeasured"


@dataclass(frozen=True, slots=True)
class Range:
    """A range of values, bounds included; a bound that is None is open."""

    minimum: float | None
    maximum: float | None
    place: Place

    def holds(self, value: float) -> bool:
        """Whether a value is in the range."""
        above = self.minimum is None or value >= self.minimum
        return above and (self.maximum is None or value <= self.maximum)

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """The lower and the upper bound."""
        return self.minimum, self.maximum

    def contains(self, other: "Range") -> bool:
        """Whether another range is inside this one."""
        low = self.minimum is None or (other.minimum is not None and other.minimum >= self.minimum)
        high = self.maximum is None or (other.maximum is not None and other.maximum <= self.maximum)
        return low and high


@dataclass(frozen=True, slots=True)
class Milestone:
    """One of the milestones of a key result, or its only one."""

    title: str
    weight: float
    due: date | None
    done: bool | date | None
    progress: float | None
    place: Place

    def done_by(self, day: date) -> bool:
        """Whether it was done on or before a day; `true` holds at every date."""
        return self.done <= day if isinstance(self.done, date) else bool(self.done)


class MeasureOfKind:
    """What a key result is measured by; each kind overrides what differs from a plain share.

    `in_units` tells whether values are quantities in the key result's unit instead of shares from
    0 to 1, and `ends_when_reached` whether nothing is left to do once the score is 1.
    """

    __slots__ = ()

    kind: Kind
    in_units: ClassVar[bool] = False
    ends_when_reached: ClassVar[bool] = True

    @property
    def values_from(self) -> str | None:
        """Where values come from that check-ins do not state; None where check-ins state them."""
        return None

    @property
    def goals(self) -> tuple[float, ...]:
        """The values that are to be reached or kept, in the key result's unit."""
        return ()

    @property
    def goalposts(self) -> tuple[object, ...]:
        """Everything by which a score is computed from values, to compare with another day's."""
        return ()

    @property
    def days_done(self) -> tuple[date, ...]:
        """The days on which something was done, apart from readings."""
        return ()

    def done_by(self, day: date) -> bool:
        """Whether all of it was marked as done on or before a day."""
        return False


@dataclass(frozen=True, slots=True)
class Metric(MeasureOfKind):
    """A number on its way from a start to a target, or on a scale of values and their scores.

    `start` is the written `from`; `plan` are the values planned for days on the way.
    """

    kind: Literal[Kind.METRIC] = field(default=Kind.METRIC, kw_only=True)
    in_units: ClassVar[bool] = True

    start: Figure | None
    target: Figure | None
    scale: tuple[tuple[float, float], ...] = ()
    plan: tuple[tuple[date, float], ...] = ()
    aggregate: Aggregate = Aggregate.LAST

    @property
    def goal(self) -> float:
        """The value to be reached: the target, else the end of the scale."""
        return self.target.value if self.target else self.scale[-1][0]

    @property
    def goals(self) -> tuple[float, ...]:
        """The target and the values of the scale."""
        target = (self.target.value,) if self.target else ()
        return (*(value for value, _ in self.scale), *target)

    @property
    def goalposts(self) -> tuple[object, ...]:
        """The way from start to target, and how the readings count on it."""
        start, target = self.start and self.start.value, self.target and self.target.value
        return start, target, self.scale, self.aggregate


@dataclass(frozen=True, slots=True)
class Keep(MeasureOfKind):
    """A number that is to stay in a range."""

    kind: Literal[Kind.KEEP] = field(default=Kind.KEEP, kw_only=True)
    in_units: ClassVar[bool] = True
    ends_when_reached: ClassVar[bool] = False

    range: Range

    @property
    def goals(self) -> tuple[float, ...]:
        """The bounds of the range."""
        return tuple(bound for bound in self.range.bounds if bound is not None)

    @property
    def goalposts(self) -> tuple[object, ...]:
        """The bounds of the range."""
        return self.range.bounds


@dataclass(frozen=True, slots=True)
class Milestones(MeasureOfKind):
    """A list of milestones; `single` is one without a list, which takes values as shares too."""

    kind: Literal[Kind.MILESTONE] = field(default=Kind.MILESTONE, kw_only=True)

    milestones: tuple[Milestone, ...]
    single: bool

    @property
    def values_from(self) -> str | None:
        """A list is its own record of what is done."""
        return None if self.single else phrase("its milestones")

    @property
    def goalposts(self) -> tuple[object, ...]:
        """What is on the list, and what it weighs."""
        return () if self.single else tuple((m.title, m.weight) for m in self.milestones)

    @property
    def days_done(self) -> tuple[date, ...]:
        """The days on which milestones were done."""
        return tuple(m.done for m in self.milestones if isinstance(m.done, date))

    def done_by(self, day: date) -> bool:
        """Whether every milestone was done on or before a day."""
        return all(milestone.done_by(day) for milestone in self.milestones)


@dataclass(frozen=True, slots=True)
class RollUp(MeasureOfKind):
    """The scores of the objectives that align to the key result."""

    kind: Literal[Kind.ROLL_UP] = field(default=Kind.ROLL_UP, kw_only=True)

    @property
    def values_from(self) -> str | None:
        """Scores of objectives replace values."""
        return phrase("the objectives that align to it")


@dataclass(frozen=True, slots=True)
class Unmeasured(MeasureOfKind):
    """Nothing: only the share that somebody states."""

    kind: Literal[Kind.UNMEASURED] = field(default=Kind.UNMEASURED, kw_only=True)


Measure = Metric | Keep | Milestones | RollUp | Unmeasured
