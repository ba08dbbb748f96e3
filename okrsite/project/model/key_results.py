"""Key results: what all of them have, however they are measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from okrsite.project.model.measures import Kind, Measure
from okrsite.project.model.values import Confidence, Figure, Place, Reading


@dataclass(frozen=True, slots=True)
class Grade:
    """A score given by hand, 0 to 1."""

    score: float
    reason: str | None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResult:
    """One key result; what only its kind has is in `measure`.

    `readings` are all its dated values, whatever their date, in the order in which they count,
    `current` is a value without a date. `masked` means that its values come from a private KPI.
    `moves` are the KPIs that it is meant to move, now or later.
    """

    id: str
    objective: str
    position: int
    title: str
    description: str | None
    measure: Measure
    unit: str | None
    current: Figure | None
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
    moves: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """The key result's reference in full."""
        return f"{self.objective}#{self.id}"

    @property
    def kind(self) -> Kind:
        """The name of its kind."""
        return self.measure.kind

    @property
    def takes_check_ins(self) -> bool:
        """Whether check-ins may state values for it."""
        return self.measure.values_from is None and self.kpi is None

    def graded(self, computed: float | None) -> float | None:
        """Return the grade where there is one, else the computed score."""
        return self.grade.score if self.grade else computed

    def line(self, name: str) -> Place:
        """Return the place of one of its fields, or of the key result where it is not written."""
        return Place(self.place.path, self.lines.get(name, self.place.line))
