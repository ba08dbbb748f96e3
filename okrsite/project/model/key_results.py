"""Key results, and what they are measured by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from okrsite.documents.values import Aggregate
from okrsite.project.model.values import Confidence, Figure, Place, Reading


class Kind(StrEnum):
    """How a key result is measured; it follows from the fields that are written."""

    METRIC = "metric"
    KEEP = "keep"
    MILESTONE = "milestone"
    ROLL_UP = "roll-up"
    UNMEASURED = "unmeasured"


@dataclass(frozen=True, slots=True)
class Band:
    """A band of values, bounds included; a bound that is None is open."""

    minimum: float | None
    maximum: float | None
    place: Place

    def holds(self, value: float) -> bool:
        """Whether a value lies in the band."""
        above = self.minimum is None or value >= self.minimum
        return above and (self.maximum is None or value <= self.maximum)

    def contains(self, other: "Band") -> bool:
        """Whether another band lies in this one."""
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


@dataclass(frozen=True, slots=True)
class Grade:
    """A score given by hand, 0 to 1."""

    score: float
    reason: str | None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResult:
    """One key result; which fields are filled follows from its kind.

    `start` is the written `from`; `readings` are all its dated values, whatever their date, in
    the order in which they count. `masked` means that its values come from a private KPI.
    """

    id: str
    objective: str
    position: int
    title: str
    description: str | None
    kind: Kind
    unit: str | None
    start: Figure | None
    target: Figure | None
    scale: tuple[tuple[float, float], ...]
    plan: tuple[tuple[date, float], ...]
    aggregate: Aggregate
    current: Figure | None
    band: Band | None
    milestones: tuple[Milestone, ...]
    single: bool
    measured_by: str | None
    kpi: str | None
    owners: tuple[str, ...]
    weight: Figure
    due: date | None
    cancelled: bool
    grade: Grade | None
    readings: tuple[Reading, ...]
    confidences: tuple[Confidence, ...]
    lines: Mapping[str, int]
    place: Place
    masked: bool = False

    @property
    def reference(self) -> str:
        """The key result's reference in full."""
        return f"{self.objective}#{self.id}"

    def line(self, name: str) -> Place:
        """Return the place of one of its fields, or of the key result where it is not written."""
        return Place(self.place.path, self.lines.get(name, self.place.line))
