"""Objectives, their initiatives and their check-ins."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from okrsite.documents.values import Commitment, Every, InitiativeStatus, Origin, WrittenStatus
from okrsite.project.model.key_results import Grade, KeyResult
from okrsite.project.model.values import Confidence, Figure, LinkTo, Page, Place


@dataclass(frozen=True, slots=True)
class Issue:
    """What a tracker says about an issue: `open`, `closed`, `merged` or a word of its own."""

    state: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Initiative:
    """A piece of work that should move a key result."""

    title: str
    owners: tuple[str, ...]
    status: InitiativeStatus
    key_result: str | None
    url: str | None
    place: Place
    due: date | None = None
    progress: float | None = None
    issue: Issue | None = None


@dataclass(frozen=True, slots=True)
class StatedValue:
    """What a check-in states for one key result; `text` is the value as written."""

    key_result: str
    text: str | None
    confidence: float | None
    note: str | None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A check-in on one objective at one date.

    `uri` names the document it is in: the objective itself, or a check-in document, whose
    owner is `author`.
    """

    objective: str
    date: date
    confidence: float | None
    values: tuple[StatedValue, ...]
    note: str | None
    blockers: tuple[str, ...]
    next: tuple[str, ...]
    wins: tuple[str, ...]
    author: str | None
    place: Place
    uri: str

    @property
    def stated(self) -> Confidence | None:
        """The confidence in the objective, with its place."""
        if self.confidence is None:
            return None
        return Confidence(self.date, self.confidence, self.place, self.uri)


class Level(StrEnum):
    """Whose objective it is; it follows from the first owner."""

    COMPANY = "company"
    TEAM = "team"
    INDIVIDUAL = "individual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """One objective with its key results.

    `pillars` are the strategic themes that it serves: those that are written, else, with
    `inherits_pillars`, those of what it aligns to. `guardrails` are KPIs that must not suffer.
    `hidden_alignments` counts links to private objectives; `supported_by` are the links of other
    objectives that lead here, named by the objective they come from. `continues` is an objective of
    an earlier cycle, `continued_by` are those of later cycles that continue this one.
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
    aligns_to: tuple[LinkTo, ...]
    supported_by: tuple[LinkTo, ...]
    depends_on: tuple[LinkTo, ...]
    needed_by: tuple[str, ...]
    key_results: tuple[KeyResult, ...]
    initiatives: tuple[Initiative, ...]
    check_ins: tuple[CheckIn, ...]
    hidden_alignments: int = 0
    aligned_in_writing: bool = False
    continues: str | None = None
    continued_by: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    inherits_pillars: bool = True
    guardrails: tuple[str, ...] = ()
    origin: Origin | None = None

    @property
    def id(self) -> str:
        """The id, lower case."""
        return self.page.id

    def last_check_in(self, as_of: date) -> CheckIn | None:
        """Return the check-in of the last day up to a date; of several the one that counts last."""
        known = [check_in for check_in in self.check_ins if check_in.date <= as_of]
        return max(reversed(known), key=lambda check_in: check_in.date, default=None)

    @property
    def active(self) -> bool:
        """Whether it counts: neither draft nor cancelled."""
        return self.status is WrittenStatus.ACTIVE

    @property
    def counting(self) -> tuple[KeyResult, ...]:
        """The key results that are not cancelled."""
        return tuple(result for result in self.key_results if not result.cancelled)
