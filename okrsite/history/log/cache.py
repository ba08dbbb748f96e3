"""The cache of what was read out of git, kept in a file outside of docs_dir.

Contents never change under their ids, so what was found out about two of them holds as long as the
documents that they name are the same. A damaged file, or one of another version, is ignored.
"""

import json
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from okrsite.history.git.log import Commit
from okrsite.history.log.model import LoggedChange
from okrsite.history.log.versions import VersionFacts, VersionKey
from okrsite.project.model import KeyResult
from okrsite.util.writing import write_whole

FORMAT = "okrsite-history/7"
"""The name of the format; it changes whenever something would be logged differently."""

Value = TypeVar("Value")
Pair = tuple[VersionKey | None, VersionKey]


@dataclass(frozen=True, slots=True)
class _File:
    """The content of the file. `made_by` is everything that it depends on besides the documents."""

    made_by: tuple[str, ...] = ()
    log: dict[str, tuple[Commit, ...]] = field(default_factory=dict)
    renames: dict[str, dict[str, str]] = field(default_factory=dict)
    facts: dict[str, VersionFacts] = field(default_factory=dict)
    changes: dict[str, tuple[LoggedChange, ...]] = field(default_factory=dict)
    originals: dict[str, tuple[KeyResult, ...]] = field(default_factory=dict)
    pairings: dict[str, tuple[int, ...]] = field(default_factory=dict)


_FILE = TypeAdapter(_File)
_SECTIONS = [section.name for section in fields(_File)][1:]


class CacheSection(Generic[Value]):
    """Cached values by name; `used` are those that this build has needed."""

    def __init__(self, known: dict[str, Value]) -> None:
        self._known = known
        self.used: dict[str, Value] = {}
        self.changed = False

    def get(self, name: str) -> Value | None:
        """Return a value, if it is known."""
        found = self.used.get(name, self._known.get(name))
        if found is not None:
            self.used[name] = found
        return found

    def put(self, name: str, value: Value) -> None:
        """Keep a value that is new."""
        self.used[name] = value
        self.changed = True

    def has_unused(self) -> bool:
        """Whether some of the known values were not needed."""
        return len(self._known) > len(self.used)


class HistoryCache:
    """What is known from earlier builds, in sections; `write` keeps what this build has used.

    Without `writes` the file is only read. `made_by` is everything that cached values depend on
    besides the documents: the version of the program, the language, settings.
    """

    def __init__(self, file: Path, *made_by: str, writes: bool = True) -> None:
        self._file = file
        self._writes = writes
        self._made_by = (FORMAT, *made_by)
        known = self._read()
        self.log = CacheSection(known.log)
        self.renames = CacheSection(known.renames)
        self.facts = CacheSection(known.facts)
        self.changes = CacheSection(known.changes)
        self.originals = CacheSection(known.originals)
        self.pairings = CacheSection(known.pairings)

    def write(self) -> None:
        """Write what was used, and drop the rest; raise OSError where that cannot be written."""
        sections = {name: getattr(self, name) for name in _SECTIONS}
        changed = any(section.changed for section in sections.values()) or self.facts.has_unused()
        if not (self._writes and changed):
            return
        content = _File(self._made_by, **{name: kept.used for name, kept in sections.items()})
        write_whole(self._file, _written(content))
        aside = self._file.parent / ".gitignore"
        if not aside.exists():
            write_whole(aside, "*\n")

    def _read(self) -> _File:
        try:
            known = _parsed(self._file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return _File()
        return known if known.made_by == self._made_by else _File()


# Names of files may be no UTF-8: then the JSON of Pydantic, which is faster, refuses them.
# Defaults are written too: by some of them, as `kind` and `state`, a type is read back.


def _parsed(written: bytes) -> _File:
    try:
        return _FILE.validate_json(written)
    except ValueError:
        return _FILE.validate_python(json.loads(written))


def _written(content: _File) -> str:
    try:
        return _FILE.dump_json(content).decode()
    except ValueError:
        return json.dumps(_FILE.dump_python(content), default=date.isoformat)


def version_name(key: VersionKey) -> str:
    """Return the name of a version in the cache."""
    path, id = key
    return f"{id} {path}"


def pair_name(pair: Pair) -> str:
    """Return the name of a pair of versions in the cache."""
    before, after = pair
    if before is None:
        return version_name(after)
    moved = "" if before[0] == after[0] else f" {before[0]}"
    return f"{before[1]} {version_name(after)}{moved}"
