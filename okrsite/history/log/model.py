"""The change log of a site as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from okrsite.history.diff.model import ChangeKind, Sentence
from okrsite.project.model import KeyResult

GONE = "?"
"""What the id of something begins with that no longer exists."""


def gone_id(text: str) -> str:
    """Return an id, which no document has, for something that was called so."""
    return f"{GONE}{text}"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a commit changed in a document.

    `goalpost` tells that it is what a score is measured by, and that the cycle had begun;
    `at_close` that it is no goalpost once the cycle is over, as a first grade. `about` is the
    objective that it is about where that is another document.
    """

    kind: ChangeKind
    sentence: Sentence
    goalpost: bool = False
    at_close: bool = False
    key_result: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """All that a commit changed in a document; `place` is the commit's in the order of git, the
    newest first."""

    place: int
    commit: str
    author: str
    day: date | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """The goalposts of an objective that moved after its cycle had opened, the newest first.

    `original` are the key results as they stood when the cycle opened, without readings, `dropped`
    those that are gone now, as they last stood.
    """

    told: tuple[Told, ...]
    original: tuple[KeyResult, ...]
    dropped: tuple[KeyResult, ...]


@dataclass(frozen=True, slots=True)
class History:
    """What is told of the documents of a site, each by its file relative to docs_dir, the newest
    first; and the goalposts that moved, by objective.

    `address` is what a commit's id is put behind to show it on the web; None where that is not
    known.
    """

    documents: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)
    goalposts: Mapping[str, Moved] = field(default_factory=dict)
    address: str | None = None
