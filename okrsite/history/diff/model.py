"""What is different between two states, as values; how it is written comes after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from okrsite.findings.finding import Finding
from okrsite.project.model import Place


class ChangeKind(StrEnum):
    """What sort of thing changed; the names are those of the JSON."""

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
    BAND = "band"
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


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence; `name` tells that it is what somebody called something.

    `means` tells which other document is named: what sort of thing it is, and its id.
    """

    text: str
    name: bool = False
    means: tuple[str, str] | None = None


Sentence = tuple[Part, ...]
"""A sentence in pieces, so that each way of writing can set off and escape what users wrote."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    `key_result` is the id of the key result that it is about, `place` where it stands after, or
    stood before. A goalpost is what a score is measured by: it moved after its cycle opened.
    `before` and `after` are the scores that this change alone leads from and to, 0 to 1; None
    where it moves none, or where there is none.
    """

    kind: ChangeKind
    sentence: Sentence
    place: Place
    goalpost: bool = False
    key_result: str | None = None
    before: float | None = None
    after: float | None = None


class Topic(StrEnum):
    """What a group of changes is about."""

    CYCLE = "cycle"
    OBJECTIVE = "objective"
    KPI = "kpi"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Group:
    """All changes of one document.

    `title` is without marks; `about` says more of it (an objective's cycle and owners). `before`
    and `after` are an objective's scores.
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
    """An owner's score in a cycle, before and after; None where there is none."""

    owner: str
    title: str
    cycle: str
    cycle_title: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Changes:
    """All that is different between two states on one day, in the order in which it is said."""

    as_of: date
    groups: tuple[Group, ...]
    scores: tuple[OwnerScore, ...]
    new_findings: tuple[Finding, ...]
    solved_findings: tuple[Finding, ...]

    def of(self, *topics: Topic) -> list[Group]:
        """Return the groups about some topics."""
        return [group for group in self.groups if group.topic in topics]

    def goalposts(self) -> Iterator[tuple[Group, Change]]:
        """Return the goalposts that moved, each with what it belongs to."""
        for group in self.groups:
            yield from ((group, change) for change in group.changes if change.goalpost)

    def __bool__(self) -> bool:
        return bool(self.groups or self.scores or self.new_findings or self.solved_findings)
