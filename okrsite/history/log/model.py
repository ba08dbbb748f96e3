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
class LoggedChange:
    """One thing that a commit changed in a document.

    `goalpost` is whether it moved what a score is measured by after the cycle had opened, and
    `at_close` whether it is none once the cycle is closed, as a first grade. `about` is the
    objective that a check-in document changed.
    """

    kind: ChangeKind
    sentence: Sentence
    goalpost: bool = False
    at_close: bool = False
    key_result: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """All changes of a document in one commit; `place` is that of the commit in git's log, the
    newest first."""

    place: int
    commit: str
    author: str
    day: date | None
    changes: tuple[LoggedChange, ...]


@dataclass(frozen=True, slots=True)
class MovedGoalposts:
    """The goalposts of an objective that moved after its cycle had opened, the newest first.

    `original` are the key results at the opening of the cycle, without readings, and `dropped`
    those that are gone now, in their last version.
    """

    entries: tuple[LogEntry, ...]
    original: tuple[KeyResult, ...]
    dropped: tuple[KeyResult, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The change logs of the documents of a site, by their file relative to docs_dir, the newest
    entry first; and the goalposts that moved, by objective.

    `address` and the id of a commit make the link to it; None where the web does not show commits.
    """

    documents: Mapping[str, tuple[LogEntry, ...]] = field(default_factory=dict)
    goalposts: Mapping[str, MovedGoalposts] = field(default_factory=dict)
    address: str | None = None
