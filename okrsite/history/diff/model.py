"""The changes between two states as values, before any format."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from okrsite.findings.finding import Finding
from okrsite.project.model import Place
from okrsite.scores.status import Status


class ChangeKind(StrEnum):
    """The field or event that changed; the names are those of the JSON."""

    ADDED = "added"
    DROPPED = "dropped"
    MOVED = "moved"
    BROKEN = "broken"
    MENDED = "mended"
    TITLE = "title"
    TEXT = "text"
    CYCLE = "cycle"
    OWNER = "owner"
    CONTRIBUTORS = "contributors"
    COMMITMENT = "commitment"
    WEIGHT = "weight"
    STATUS = "status"
    RHYTHM = "rhythm"
    ALIGNMENT = "alignment"
    DEPENDENCY = "dependency"
    CONTINUES = "continues"
    GRADE = "grade"
    KEY_RESULT_ADDED = "key_result_added"
    KEY_RESULT_DROPPED = "key_result_dropped"
    KEY_RESULT_CANCELLED = "key_result_cancelled"
    KEY_RESULT_RESUMED = "key_result_resumed"
    MEASURE = "measure"
    START = "start"
    TARGET = "target"
    SCALE = "scale"
    PLAN = "plan"
    RANGE = "range"
    DUE = "due"
    MILESTONE = "milestone"
    PROGRESS = "progress"
    VALUE = "value"
    SCORE = "score"
    CHECK_IN = "check_in"
    INITIATIVE = "initiative"
    RETROSPECTIVE = "retrospective"
    READINGS = "readings"
    HEALTH = "health"
    INDICATOR = "indicator"
    DRIVES = "drives"
    UNIT = "unit"
    PARENT = "parent"
    DATES = "dates"
    PILLARS = "pillars"
    GUARDRAILS = "guardrails"
    MOVES = "moves"
    NOTIFY = "notify"
    ORIGIN = "origin"
    KPIS = "kpis"
    MISSION = "mission"
    VISION = "vision"


DocumentId = tuple[str, str]
"""What sort of document is named (`owner`, `cycle`, `objective` or `kpi`), and its id."""


@dataclass(frozen=True, slots=True)
class SentencePart:
    """A piece of a sentence: text of ours, or the `name` that something has, if it is a `document`
    the one that has it."""

    text: str
    name: bool = False
    document: DocumentId | None = None


Sentence = tuple[SentencePart, ...]
"""A sentence in pieces, so that each format can set off and escape what users wrote."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    `key_result` is the id of its key result, `place` its line after the change, or before it where
    something was removed. `goalpost` is whether it moved what a score is measured by after the
    cycle opened. `before` and `after` are the scores, 0 to 1, that this change alone leads from and
    to; None where it moves none, or where there is none.
    """

    kind: ChangeKind
    sentence: Sentence
    place: Place
    goalpost: bool = False
    key_result: str | None = None
    before: float | None = None
    after: float | None = None


class Topic(StrEnum):
    """The type of document that a group of changes belongs to."""

    CYCLE = "cycle"
    OBJECTIVE = "objective"
    KPI = "kpi"
    PILLAR = "pillar"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """All changes of one document.

    `title` is without marks; `about` are an objective's cycle and owners, or a KPI's owner.
    `before` and `after` are an objective's scores.
    """

    topic: Topic
    id: str
    title: str
    about: str
    place: Place
    changes: tuple[Change, ...]
    before: float | None = None
    after: float | None = None


@dataclass(frozen=True, slots=True)
class OwnerScore:
    """An owner's score in a cycle, before and after; `closed` is whether that was over already."""

    owner: str
    title: str
    cycle: str
    cycle_title: str
    before: float | None
    after: float | None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class ClosedObjective:
    """An objective whose cycle was closed already, and whose score or verdict changes still.

    `about` are its cycle and owners; the verdicts are statuses, None where it was or is none.
    """

    id: str
    title: str
    cycle: str
    about: str
    place: Place
    before: float | None
    after: float | None
    verdict_before: Status | None
    verdict_after: Status | None


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes between two states as of a day; `closed` are rescored objectives of the past."""

    as_of: date
    groups: tuple[ChangeGroup, ...]
    closed: tuple[ClosedObjective, ...]
    scores: tuple[OwnerScore, ...]
    new_findings: tuple[Finding, ...]
    solved_findings: tuple[Finding, ...]

    def of(self, topic: Topic) -> list[ChangeGroup]:
        """Return the groups of one topic."""
        return [group for group in self.groups if group.topic is topic]

    def goalposts(self) -> list[tuple[ChangeGroup, Change]]:
        """Return the goalposts that moved, each with its group."""
        return [
            (group, change) for group in self.groups for change in group.changes if change.goalpost
        ]

    def scores_of(self, closed: bool) -> list[OwnerScore]:
        """Return the scores of owners in cycles that were closed already, or in the others."""
        return [score for score in self.scores if score.closed is closed]

    def __bool__(self) -> bool:
        return bool(
            self.groups or self.closed or self.scores or self.new_findings or self.solved_findings
        )
