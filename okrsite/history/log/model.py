"""The change log of a site as values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from okrsite.history.diff.model import ChangeKind, Sentence
from okrsite.project.model import KeyResult
from okrsite.project.model.cycles import Cycle

GONE = "?"
"""What the id of something begins with that no longer exists."""


def gone_id(text: str) -> str:
    """Return an id, which no document has, for something that was called so."""
    return f"{GONE}{text}"


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """One thing that a commit changed in a document.

    `goalpost` is whether it moved what a score is measured by after the cycle had opened;
    `at_close` is not one once the cycle is closed, as a first grade. `about` is the objective of a
    check-in. `edited` are days of a KPI with the values before and after, `start` a former start.
    """

    kind: ChangeKind
    sentence: Sentence
    goalpost: bool = False
    at_close: bool = False
    key_result: str | None = None
    about: str | None = None
    edited: tuple[tuple[date, float | None, float | None], ...] = ()
    start: float | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """All changes of a document in one commit; `place` is its place in git's log, newest first."""

    place: int
    commit: str
    author: str
    day: date | None
    changes: tuple[LoggedChange, ...]


@dataclass(frozen=True, slots=True)
class OriginalKeyResult:
    """A key result as it was when its cycle began, without readings.

    `now` is the id that it has today, None where it was dropped. `values` has the readings that
    count for it where those are not its own of today: of what was dropped, its last ones, or those
    of the KPI that it was measured by. `lost` is whether nobody knows them any more.
    """

    goalposts: KeyResult
    now: str | None
    values: KeyResult | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class MovedGoalposts:
    """The goalposts that moved, the newest first; `cycle` is the cycle as it began, if moved.

    `since` is the day of the commit that made the objective active, where the cycle had begun, and
    `late` whether that was the first one with it.
    """

    entries: tuple[LogEntry, ...]
    original: tuple[OriginalKeyResult, ...]
    cycle: Cycle | None = None
    since: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class MovedCycle:
    """The days of an open cycle that moved, the newest first, and the cycle as it began."""

    entries: tuple[LogEntry, ...]
    original: Cycle


@dataclass(frozen=True, slots=True)
class History:
    """The change logs of documents by their file, the newest entry first, and moved goalposts.

    `address` and the id of a commit make the link to it; None where the web does not show commits.
    `former` are the files that published documents were before, those that moved last first.
    """

    documents: Mapping[str, tuple[LogEntry, ...]] = field(default_factory=dict)
    goalposts: Mapping[str, MovedGoalposts] = field(default_factory=dict)
    cycles: Mapping[str, MovedCycle] = field(default_factory=dict)
    address: str | None = None
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def goalposts_in(entries: Iterable[LogEntry]) -> tuple[LogEntry, ...]:
    """Return the entries with nothing but goalposts that moved."""
    return tuple(
        replace(entry, changes=moved)
        for entry in entries
        if (moved := tuple(change for change in entry.changes if change.goalpost))
    )


def by_commit(entries: Iterable[LogEntry]) -> tuple[LogEntry, ...]:
    """Join the entries of the same commit, the newest first."""
    found: dict[int, LogEntry] = {}
    for entry in sorted(entries, key=lambda entry: entry.place):
        known = found.get(entry.place)
        changes = (*known.changes, *entry.changes) if known else entry.changes
        found[entry.place] = replace(entry, changes=changes)
    return tuple(found.values())
