"""The versions of documents in git's objects: each is read once, and cached."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from okrsite.history.diff.matching import (
    belongings,
    match_cycles,
    match_kpis,
    match_objectives,
    match_owners,
    match_pillars,
)
from okrsite.history.git import Repository
from okrsite.history.git.log import Commit, FileChange, read_log
from okrsite.history.log.cache import HistoryCache, version_name
from okrsite.history.log.model import gone_id
from okrsite.history.log.renames import Step
from okrsite.history.log.resolve_old_references import CurrentNames
from okrsite.history.log.versions import Content, Version, VersionFacts, VersionKey, VersionParser
from okrsite.project.model import Kpi, Objective, Owner, Pillar
from okrsite.project.model.cycles import Cycle
from okrsite.settings import Settings
from okrsite.util.markdown_files import MARKDOWN

ENDINGS = (*MARKDOWN, ".csv")
"""The endings of documents and of the files with their readings."""

# A version is compared with the one before it, and branches go back a little further.
_ALIVE = 4

Kind = TypeVar("Kind", Objective, Kpi, Pillar, Owner, Cycle)
Held = Mapping[str, tuple[str, Kind]]
"""Documents with their paths, by their ids."""


@dataclass(frozen=True, slots=True)
class HistorySource:
    """Where a history is read: its newest commit, and docs_dir in the repository.

    `folder` is relative to the top of the repository; `address` and the id of a commit make the
    link to it.
    """

    repository: Repository
    commit: str
    folder: str
    cache: HistoryCache
    address: str | None = None


class VersionReader:
    """Reads commits and the versions of documents in them; raises RepositoryError."""

    def __init__(self, source: HistorySource, current: CurrentNames, settings: Settings) -> None:
        self._source = source
        self._current = current
        self._cache = source.cache
        self._parser = VersionParser(current, settings.commitment)
        self._facts: dict[VersionKey, VersionFacts] = {}
        self._new: set[VersionKey] = set()
        self._alive: OrderedDict[VersionKey, Version] = OrderedDict()
        self._prefix = f"{source.folder}/" if source.folder else ""
        self.commits = self._log()

    def path(self, uri: str) -> str:
        """Return the path of a file, relative to docs_dir, in commits."""
        return f"{self._prefix}{uri}"

    def uri(self, path: str) -> str:
        """Return a file relative to docs_dir from its path in commits."""
        return path.removeprefix(self._prefix)

    def clear(self) -> None:
        """Drop all that was read, because it may say too much."""
        self._facts.clear()
        self._alive.clear()

    def is_new(self, key: VersionKey | None) -> bool:
        """Whether a version was read by this build, so that nothing about it is cached."""
        return key in self._new

    def facts_of(self, key: VersionKey) -> VersionFacts:
        """Return the facts of a version: cached ones if all that it names is the same."""
        known = self._known_facts(key)
        return known if known is not None else self._parse(key, self._content(key)).facts

    def content_at_hand(self, key: VersionKey) -> Content | None:
        """Return what a version holds, if it was read a moment ago."""
        return self._alive[key].content if key in self._alive else None

    def content_of(self, key: VersionKey) -> Content | None:
        """Return what a version holds; None where that is nothing to compare."""
        if key not in self._alive:
            self._parse(key, self._content(key))
        self._alive.move_to_end(key)
        return self._alive[key].content

    def _known_facts(self, key: VersionKey) -> VersionFacts | None:
        if key not in self._facts:
            known = self._cache.facts.get(version_name(key))
            if known is None or not known.holds(self._current):
                return None
            self._facts[key] = known
        return self._facts[key]

    def _parse(self, key: VersionKey, content: bytes | None) -> Version:
        """Read a version, and keep it for a while."""
        version = self._parser.parse(self.uri(key[0]), content)
        if self._facts.get(key) != version.facts:
            self._facts[key] = version.facts
            self._new.add(key)
            self._cache.facts.put(version_name(key), version.facts)
        self._alive[key] = version
        while len(self._alive) > _ALIVE:
            self._alive.popitem(last=False)
        return version

    def _content(self, key: VersionKey) -> bytes | None:
        [(_, content)] = self._source.repository.objects.read_all([key[1]], keep=False)
        return content

    def in_order(self, steps: Sequence[Step]) -> Iterator[tuple[Step, VersionKey | None]]:
        """Return the steps from the oldest on; git is asked for all new versions at once."""
        versions = [step.after for step in reversed(steps) if step.after is not None]
        unknown = [key for key in versions if self._known_facts(key) is None]
        contents = self._source.repository.objects.read_all((id for _, id in unknown), keep=False)
        waiting = iter(unknown)
        coming = next(waiting, None)
        for step in reversed(steps):
            if coming is not None and step.after == coming:
                _, content = next(contents)
                if coming not in self._alive:
                    self._parse(coming, content)
                coming = next(waiting, None)
            yield step, step.after

    def renames(
        self, commit: Commit, gone: Sequence[FileChange], new: Sequence[FileChange]
    ) -> Mapping[str, str]:
        """Pair files by what they hold, as `okrsite diff` does."""
        known = self._cache.renames.get(commit.id)
        if known is not None:
            return known
        old = self._contents((file.path, file.before[0]) for file in gone)
        made = self._contents((file.path, file.after) for file in new)
        found = {
            **_matched(match_objectives, _of(old, Objective), _of(made, Objective)),
            **_matched(match_kpis, _of(old, Kpi), _of(made, Kpi)),
            **_matched(match_pillars, _of(old, Pillar), _of(made, Pillar)),
            **_matched(match_cycles, _of(old, Cycle), _of(made, Cycle)),
            **self._renamed_owners(commit, _of(old, Owner), _of(made, Owner)),
        }
        self._cache.renames.put(commit.id, found)
        return found

    def _renamed_owners(
        self, commit: Commit, gone: Held[Owner], new: Held[Owner]
    ) -> Mapping[str, str]:
        """Pair owners, also by what the commit moved from one to the other."""
        if not gone or not new:
            return {}
        sides = [
            self._contents((file.path, file.before[0]) for file in commit.files if file.before),
            self._contents((file.path, file.after) for file in commit.files),
        ]
        had, has = (
            belongings(
                (held for _, held in side if isinstance(held, Objective)),
                (held for _, held in side if isinstance(held, Owner)),
            )
            for side in sides
        )
        # Nobody has the id of a team that is gone: it is known as it was written.
        named = {
            id: frozenset().union(
                *(had.get(gone_id(name), ()) for name in _names(id, owner)), had.get(id, ())
            )
            for id, (_, owner) in gone.items()
        }
        return _matched(lambda a, b: match_owners(a, b, named, has), gone, new)

    def _contents(self, files: Iterable[tuple[str, str | None]]) -> list[tuple[str, Content]]:
        return [
            (path, content)
            for path, id in files
            if id is not None and path.endswith(MARKDOWN)
            if (content := self.content_of((path, id))) is not None
        ]

    def _log(self) -> Sequence[Commit]:
        source = self._source
        name = f"{source.commit} {source.folder}"
        known = self._cache.log.get(name)
        if known is None:
            known = tuple(read_log(source.repository, source.commit, source.folder, ENDINGS))
            self._cache.log.put(name, known)
        return known


def _of(contents: Iterable[tuple[str, Content]], kind: type[Kind]) -> dict[str, tuple[str, Kind]]:
    return {held.id: (path, held) for path, held in contents if isinstance(held, kind)}


def _names(id: str, owner: Owner) -> set[str]:
    return {id.lower(), id.rsplit("/", 1)[-1].lower(), owner.title.strip().lower()}


def _matched(
    match: Callable[[Mapping[str, Kind], Mapping[str, Kind]], Mapping[str, str]],
    before: Held[Kind],
    after: Held[Kind],
) -> dict[str, str]:
    """Pair documents, and return the old path of each by its new one."""
    was, now = ({id: held for id, (_, held) in side.items()} for side in (before, after))
    return {after[new][0]: before[old][0] for old, new in match(was, now).items()}
