"""The resolved project: what every document means, with its links followed.

Values of these classes are made once by `project.py` and never changed. Ids are lower case.
Titles, notes and reasons are inline Markdown as written. A `Place` says where in git something
was written, so that every figure can be traced to its line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from okrsite.cycles import Cycle
from okrsite.fields import (
    Aggregate,
    Commitment,
    Every,
    Indicator,
    InitiativeStatus,
    ReadingEvery,
    WrittenStatus,
)
from okrsite.findings import Finding
from okrsite.source import Type


@dataclass(frozen=True, slots=True)
class Place:
    """A line in a file; `path` is relative to the folder of mkdocs.yml."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was written, and where; its unit is that of what it belongs to."""

    value: float
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """A value at a date. `uri` names the document it comes from."""

    date: date
    value: float
    place: Place
    uri: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure somebody was at a date to reach something: 0 to 1."""

    date: date
    value: float
    place: Place
    uri: str


@dataclass(frozen=True, slots=True)
class Page:
    """What every document has: who it is, and what stands below its front matter.

    `files` are those it names, relative to docs_dir; they are private with it.
    """

    id: str
    title: str
    uri: str
    path: str
    description: str | None = None
    tags: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    private: bool = False
    body: str = ""
    place: Place = field(default=Place("", 1))
    foreign: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    def line(self, name: str) -> Place:
        """Give the place of a top-level field, or of the document where it is not written."""
        return Place(self.place.path, self.lines.get(name, self.place.line))


@dataclass(frozen=True, slots=True)
class Link:
    """A reference that was followed to an objective, or to one key result of it."""

    objective: str
    key_result: str | None
    place: Place

    @property
    def id(self) -> str:
        """The reference in full: `okrs/2026-q4/sales/grow-base#mrr`."""
        return f"{self.objective}#{self.key_result}" if self.key_result else self.objective


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
        """Tell whether a value lies in the band."""
        above = self.minimum is None or value >= self.minimum
        return above and (self.maximum is None or value <= self.maximum)

    def contains(self, other: "Band") -> bool:
        """Tell whether another band lies in this one."""
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
        """Tell whether it was done on or before a day; `true` holds at every date."""
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
        """Give the place of one of its fields, or of the key result where it is not written."""
        return Place(self.place.path, self.lines.get(name, self.place.line))


@dataclass(frozen=True, slots=True)
class Initiative:
    """A piece of work that should move a key result."""

    title: str
    owners: tuple[str, ...]
    status: InitiativeStatus
    key_result: str | None
    url: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class StatedValue:
    """What a check-in says of one key result; `text` is the value as written."""

    key_result: str
    text: str | None
    confidence: float | None
    note: str | None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What was said about one objective at one date.

    `uri` names the document it stands in: the objective itself, or a check-in document, whose
    owner is `author`.
    """

    objective: str
    date: date
    confidence: float | None
    values: tuple[StatedValue, ...]
    note: str | None
    blockers: tuple[str, ...]
    next: tuple[str, ...]
    author: str | None
    place: Place
    uri: str


class Level(StrEnum):
    """Whose objective it is; it follows from the first owner."""

    COMPANY = "company"
    TEAM = "team"
    INDIVIDUAL = "individual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """One objective with its key results.

    `hidden_alignments` counts links to private objectives; `supported_by` are the links of other
    objectives that lead here, named by the objective they come from.
    """

    page: Page
    cycle: str
    owners: tuple[str, ...]
    level: Level
    contributors: tuple[str, ...]
    commitment: Commitment
    every: Every | None
    status: WrittenStatus
    weight: Figure
    grade: Grade | None
    aligns_to: tuple[Link, ...]
    supported_by: tuple[Link, ...]
    depends_on: tuple[Link, ...]
    needed_by: tuple[str, ...]
    key_results: tuple[KeyResult, ...]
    initiatives: tuple[Initiative, ...]
    check_ins: tuple[CheckIn, ...]
    hidden_alignments: int = 0
    aligned_in_writing: bool = False

    @property
    def id(self) -> str:
        """The id, lower case."""
        return self.page.id

    @property
    def active(self) -> bool:
        """Whether it counts: neither draft nor cancelled."""
        return self.status is WrittenStatus.ACTIVE

    @property
    def counting(self) -> tuple[KeyResult, ...]:
        """The key results that are not cancelled."""
        return tuple(result for result in self.key_results if not result.cancelled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """One key performance indicator; `readings` are all of them, in the order they count in.

    `driven_by` are the KPIs that drive it, `key_results` the references of all that are on it.
    """

    page: Page
    owner: str | None
    indicator: Indicator | None
    drives: tuple[str, ...]
    driven_by: tuple[str, ...]
    unit: str | None
    keep: Band | None
    alert: Band | None
    target: Figure | None
    target_by: date | None
    every: ReadingEvery
    readings: tuple[Reading, ...]
    key_results: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id, lower case."""
        return self.page.id


@dataclass(frozen=True, slots=True)
class Owner:
    """The company, a team or a person; `parent` is the one above, None for the company and for a
    person without a team. The company may have no document; then its page is None."""

    id: str
    type: Type
    title: str
    parent: str | None
    page: Page | None


@dataclass(frozen=True, slots=True)
class CheckInDocument:
    """One owner's update at one date; what it says of each objective stands with these."""

    page: Page
    date: date
    owner: str | None
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BrokenDocument:
    """A document that has a page, with its findings, and counts in no figure."""

    page: Page
    type: Type | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Everything that stands in git, resolved. Mappings are by id, in the order of the paths.

    `circles` holds the pairs (from, to) of objectives whose alignment runs in a circle.
    `findings` are those that follow from what is written; the rules add theirs later.
    """

    company: str
    owners: Mapping[str, Owner]
    cycles: Mapping[str, Cycle]
    objectives: Mapping[str, Objective]
    kpis: Mapping[str, Kpi]
    check_in_documents: Mapping[str, CheckInDocument]
    cycle_pages: Mapping[str, Page]
    broken: tuple[BrokenDocument, ...]
    circles: frozenset[tuple[str, str]]
    findings: tuple[Finding, ...]
