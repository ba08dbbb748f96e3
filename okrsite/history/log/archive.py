"""The versions of documents in git's objects: each is read once, and what it says is remembered."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from okrsite.history.diff.matching import match_kpis, match_objectives, match_owners
from okrsite.history.git import Repository
from okrsite.history.git.log import Commit, FileChange, read_log
from okrsite.history.log.cache import Remembered
from okrsite.history.log.renames import Step
from okrsite.history.log.resolve_old_references import CurrentNames
from okrsite.history.log.versions import Facts, Key, Reader, Thing, Version
from okrsite.project.model import Kpi, Objective, Owner
from okrsite.settings import Settings

ENDINGS = (".md", ".csv")
"""Of the files in a repository, documents and the readings beside them."""

# A version is compared with the one before it, and branches go back a little further.
_ALIVE = 4

Kind = TypeVar("Kind", Objective, Kpi, Owner)


@dataclass(frozen=True, slots=True)
class Journal:
    """Where a history is read: which commit it leads to, and where docs_dir is in the repository.

    `folder` is relative to the top of the repository; `address` is what the id of a commit is put
    behind to show it on the web.
    """

    repository: Repository
    commit: str
    folder: str
    remembered: Remembered
    address: str | None = None


class Archive:
    """The commits of a journal and the versions in them.

    Raises RepositoryError where git cannot give what is needed.
    """

    def __init__(self, journal: Journal, current: CurrentNames, settings: Settings) -> None:
        self._journal = journal
        self._current = current
        self._memory = journal.remembered
        self._reader = Reader(current, settings.commitment)
        self._facts: dict[Key, Facts] = {}
        self._new: set[Key] = set()
        self._alive: OrderedDict[Key, Version] = OrderedDict()
        self._prefix = f"{journal.folder}/" if journal.folder else ""
        self.commits = self._log()

    def path(self, uri: str) -> str:
        """Return the path of a file, relative to docs_dir, as commits have it."""
        return f"{self._prefix}{uri}"

    def uri(self, path: str) -> str:
        """Return a file relative to docs_dir, from its path in a commit."""
        return path.removeprefix(self._prefix)

    def forget(self) -> None:
        """Let go of all that was read, because it may say too much."""
        self._facts.clear()
        self._alive.clear()

    def is_new(self, key: Key | None) -> bool:
        """Whether a version was read now, so that nothing is remembered of it."""
        return key in self._new

    def at_hand(self, key: Key) -> Thing | None:
        """Return what a version holds, if it has been read a moment ago."""
        return self._alive[key].thing if key in self._alive else None

    def facts_of(self, key: Key) -> Facts:
        """Return the facts of a version: as they were remembered, if all that it names is the same,
        else by reading it."""
        known = self._known_facts(key)
        return known if known is not None else self._take(key, self._content(key)).facts

    def _known_facts(self, key: Key) -> Facts | None:
        if key not in self._facts:
            known = self._memory.facts(key)
            if known is None or not known.holds(self._current):
                return None
            self._facts[key] = known
            self._memory.keep_facts(key, known, new=False)
        return self._facts[key]

    def thing(self, key: Key) -> Thing | None:
        """Return what a version holds; None where that is nothing to compare."""
        if key not in self._alive:
            self._take(key, self._content(key))
        self._alive.move_to_end(key)
        return self._alive[key].thing

    def _take(self, key: Key, content: bytes | None) -> Version:
        """Read a version, and keep it for a while."""
        version = self._reader.read(self.uri(key[0]), content)
        if self._facts.get(key) != version.facts:
            self._facts[key] = version.facts
            self._new.add(key)
            self._memory.keep_facts(key, version.facts, new=True)
        self._alive[key] = version
        while len(self._alive) > _ALIVE:
            self._alive.popitem(last=False)
        return version

    def _content(self, key: Key) -> bytes | None:
        [(_, content)] = self._journal.repository.objects.read_all([key[1]], keep=False)
        return content

    def in_order(self, steps: Sequence[Step]) -> Iterator[tuple[Step, Key | None]]:
        """Return the steps from the oldest on; what has to be read is asked for at once."""
        order = list(steps[::-1])
        unknown = [
            step.after for step in order
            if step.after is not None and self._known_facts(step.after) is None
        ]  # fmt: skip
        contents = self._journal.repository.objects.read_all((id for _, id in unknown), keep=False)
        waiting = iter(unknown)
        coming = next(waiting, None)
        for step in order:
            if coming is not None and step.after == coming:
                _, content = next(contents)
                if coming not in self._alive:
                    self._take(coming, content)
                coming = next(waiting, None)
            yield step, step.after

    def renames(
        self, commit: Commit, gone: Sequence[FileChange], new: Sequence[FileChange]
    ) -> Mapping[str, str]:
        """Pair files by what they say, as `okrsite diff` does."""
        known = self._memory.renames(commit.id)
        if known is not None:
            return known
        old = self._things((file.path, file.before[0]) for file in gone)
        made = self._things((file.path, file.after) for file in new)
        found: dict[str, str] = {}
        found |= _matched(match_objectives, _of(old, Objective), _of(made, Objective))
        found |= _matched(match_kpis, _of(old, Kpi), _of(made, Kpi))
        found |= _matched(match_owners, _of(old, Owner), _of(made, Owner))
        self._memory.keep_renames(commit.id, found)
        return found

    def _things(self, files: Iterable[tuple[str, str | None]]) -> list[tuple[str, Thing]]:
        found: list[tuple[str, Thing]] = []
        for path, id in files:
            if id is None or not path.endswith(".md"):
                continue
            thing = self.thing((path, id))
            if thing is not None:
                found.append((path, thing))
        return found

    def _log(self) -> list[Commit]:
        journal = self._journal
        known = self._memory.log(journal.commit, journal.folder)
        if known is not None:
            return known
        commits = list(read_log(journal.repository, journal.commit, journal.folder, ENDINGS))
        self._memory.keep_log(journal.commit, journal.folder, commits)
        return commits


def _of(things: Iterable[tuple[str, Thing]], kind: type[Kind]) -> dict[str, tuple[str, Kind]]:
    return {thing.id: (path, thing) for path, thing in things if isinstance(thing, kind)}


def _matched(
    match: Callable[[Mapping[str, Kind], Mapping[str, Kind]], Mapping[str, str]],
    before: Mapping[str, tuple[str, Kind]], after: Mapping[str, tuple[str, Kind]],
) -> dict[str, str]:  # fmt: skip
    """Pair things, and give the new path of each to its old one."""
    was, now = ({id: thing for id, (_, thing) in side.items()} for side in (before, after))
    return {after[new][0]: before[old][0] for old, new in match(was, now).items()}
