"""What was read out of git before, kept in a file outside of docs_dir.

Contents never change under their ids, so what was once said of two of them holds as long as the
documents that they name are the same. A file that is damaged, or was written by another version,
is as good as none.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from okrsite.documents.types import Type
from okrsite.history.diff import ChangeKind
from okrsite.history.diff.model import Part
from okrsite.history.git.log import Commit, FileChange
from okrsite.history.log.model import Remark
from okrsite.history.log.versions import Facts, Key
from okrsite.project.model import KeyResult
from okrsite.util.writing import write_whole

FORMAT = "okrsite-history/2"
"""The name of the format; it changes with all that would be told otherwise."""

_RESULTS = TypeAdapter(tuple[KeyResult, ...])

# What goes wrong when a value is not what was written.
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError)

Renamed = dict[str, str]
Pair = tuple[Key | None, Key]


class Remembered:
    """What is known from earlier builds; `keep` writes what this one has used.

    `keeps` is false where the file is only looked at. `made_by` is all that what is said depends
    on beside the documents: the version of the program, the language, settings.
    """

    def __init__(self, file: Path, *made_by: str, keeps: bool = True) -> None:
        self._file = file
        self._keeps = keeps
        self._made_by = [FORMAT, *made_by]
        self._read: Any = self._load()
        self._log: dict[str, Any] = {}
        self._renames: dict[str, Renamed] = {}
        self._facts: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        self._pairs: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        self._originals: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        self._changed = False

    def log(self, head: str, folder: str) -> list[Commit] | None:
        """Return the commits that lead to a commit, if they are known."""
        try:
            found = self._read["log"]
            if (found["head"], found["folder"]) != (head, folder):
                return None
            commits = [_commit(written) for written in found["commits"]]
        except _DAMAGE:
            return None
        self._log = found
        return commits

    def keep_log(self, head: str, folder: str, commits: Iterable[Commit]) -> None:
        """Remember the commits that lead to a commit."""
        written = [_written_commit(commit) for commit in commits]
        self._log = {"head": head, "folder": folder, "commits": written}
        self._changed = True

    def renames(self, commit: str) -> Renamed | None:
        """Return what a commit renamed, if it is known."""
        try:
            written = self._read["renames"][commit]
            found = {_text(new): _text(old) for new, old in written.items()}
        except _DAMAGE:
            return None
        self._renames[commit] = found
        return found

    def keep_renames(self, commit: str, renamed: Renamed) -> None:
        """Remember what a commit renamed."""
        self._renames[commit] = renamed
        self._changed = True

    def facts(self, key: Key) -> Facts | None:
        """Return the facts of a version, if they are known."""
        uri, id = key
        try:
            return _facts(self._read["versions"][uri][id])
        except _DAMAGE:
            return None

    def keep_facts(self, key: Key, facts: Facts, new: bool) -> None:
        """Remember the facts of a version; `new` tells that they are not those of the file."""
        uri, id = key
        self._facts[uri][id] = _written_facts(facts) if new else self._read["versions"][uri][id]
        self._changed = self._changed or new

    def remarks(self, pair: Pair) -> tuple[Remark, ...] | None:
        """Return what is different between two versions, if it is known."""
        uri, name = _name(pair)
        try:
            written = self._read["changes"][uri][name]
            remarks = tuple(_remark(one) for one in written)
        except _DAMAGE:
            return None
        self._pairs[uri][name] = written
        return remarks

    def keep_remarks(self, pair: Pair, remarks: Iterable[Remark]) -> None:
        """Remember what is different between two versions."""
        uri, name = _name(pair)
        self._pairs[uri][name] = [_written_remark(one) for one in remarks]
        self._changed = True

    def original(self, key: Key) -> tuple[KeyResult, ...] | None:
        """Return the key results of a version, if they are known."""
        uri, id = key
        try:
            written = self._read["originals"][uri][id]
            results = _RESULTS.validate_python(written)
        except _DAMAGE:
            return None
        self._originals[uri][id] = written
        return results

    def keep_original(self, key: Key, results: tuple[KeyResult, ...]) -> None:
        """Remember the key results of a version."""
        uri, id = key
        self._originals[uri][id] = _RESULTS.dump_python(results, mode="json")
        self._changed = True

    def keep(self) -> None:
        """Write what was used, so that what is not used any more is let go.

        Raises OSError where the file cannot be written.
        """
        if not self._keeps or not (self._changed or self._lost()):
            return
        data = {
            "made_by": self._made_by,
            "log": self._log,
            "renames": self._renames,
            "versions": self._facts,
            "changes": self._pairs,
            "originals": self._originals,
        }
        write_whole(self._file, json.dumps(data, separators=(",", ":")))
        aside = self._file.parent / ".gitignore"
        if not aside.exists():
            write_whole(aside, "*\n")

    def _lost(self) -> bool:
        """Whether the file has something that was not used."""
        versions = self._read.get("versions")
        return isinstance(versions, dict) and len(versions) != len(self._facts)

    def _load(self) -> Any:
        try:
            data = json.loads(self._file.read_bytes())
            return data if data["made_by"] == self._made_by else {}
        except (OSError, RecursionError, *_DAMAGE):
            return {}


def _name(pair: Pair) -> tuple[str, str]:
    before, after = pair
    if before is None:
        return after[0], after[1]
    moved = "" if before[0] == after[0] else f" {before[0]}"
    return after[0], f"{before[1]} {after[1]}{moved}"


def _commit(written: Any) -> Commit:
    id, author, day, boundary, files = written
    return Commit(
        _text(id), _text(author), date.fromisoformat(day) if day else None,
        tuple(
            FileChange(_text(path), tuple(_id(before) for before in parents), _id(after))
            for path, after, *parents in files
        ),
        bool(boundary),
    )  # fmt: skip


def _written_commit(commit: Commit) -> Any:
    return [
        commit.id, commit.author, commit.day.isoformat() if commit.day else "",
        int(commit.boundary), [[file.path, file.after, *file.before] for file in commit.files],
    ]  # fmt: skip


def _facts(written: Any) -> Facts:
    type, broken, private, draft, cycle, owners, data, notes = written
    return Facts(
        Type(type) if type else None, bool(broken), bool(private), tuple(map(_text, owners)),
        _text(cycle), bool(draft),
        tuple(((_text(a), _text(b), _text(c), _text(d)), _text(m)) for a, b, c, d, m in notes),
        _id(data),
    )  # fmt: skip


def _written_facts(facts: Facts) -> Any:
    notes = [[*asked, meant] for asked, meant in facts.notes]
    return [
        facts.type or "", int(facts.broken), int(facts.private), int(facts.draft), facts.cycle,
        facts.owners, facts.data, notes,
    ]  # fmt: skip


def _remark(written: Any) -> Remark:
    kind, goalpost, at_close, key_result, about, parts = written
    return Remark(
        ChangeKind(kind), tuple(map(_part, parts)), bool(goalpost), bool(at_close),
        _id(key_result), _id(about),
    )  # fmt: skip


def _written_remark(remark: Remark) -> Any:
    return [
        str(remark.kind), int(remark.goalpost), int(remark.at_close), remark.key_result,
        remark.about, [_written_part(part) for part in remark.sentence],
    ]  # fmt: skip


def _part(written: Any) -> Part:
    if isinstance(written, str):
        return Part(written)
    text, *means = written
    if not means:
        return Part(_text(text), name=True)
    kind, id = means
    return Part(_text(text), True, (_text(kind), _text(id)))


def _written_part(part: Part) -> Any:
    if part.document is not None:
        return [part.text, *part.document]
    return [part.text] if part.name else part.text


def _text(written: Any) -> str:
    if not isinstance(written, str):
        raise TypeError
    return written


def _id(written: Any) -> str | None:
    return None if written is None else _text(written)
