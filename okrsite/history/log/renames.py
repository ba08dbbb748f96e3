"""The commits of each document, with its former names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from okrsite.history.git.log import Commit, FileChange
from okrsite.history.log.versions import VersionKey

PairRenames = Callable[[Commit, Sequence[FileChange], Sequence[FileChange]], Mapping[str, str]]
"""Pairs what a commit removed with what it added: the old path of a file by its new one."""


@dataclass(frozen=True, slots=True)
class Step:
    """A commit, by its place in the log, that changed one document: the versions in its parents and
    the one after. None is no file."""

    place: int
    before: tuple[VersionKey | None, ...]
    after: VersionKey | None


Steps = Mapping[str, Sequence[Step]]
"""The steps of each document, by its file relative to docs_dir, the newest first."""


def follow(
    commits: Iterable[Commit], documents: Iterable[str], renames: PairRenames
) -> dict[str, list[Step]]:
    """Return the steps of each document that there is now, the newest first.

    Paths are those of the log. `commits` are in git's order, each before its parents. A commit of
    another branch may come first and still have a document under its old name; so the steps of a
    path that no document has wait until one is found to come from there.
    """
    at = {path: path for path in documents}
    steps: dict[str, list[Step]] = {path: [] for path in at}
    waiting: defaultdict[str, list[Step]] = defaultdict(list)
    for place, commit in enumerate(commits):
        came_from = _came_from(commit, renames)
        left = set(came_from.values())
        for file in commit.files:
            if file.path in left and file.after is None:
                continue  # it is a step of the new path
            former = came_from.get(file.path)
            step = Step(place, _before(commit, file, former), _key(file.path, file.after))
            document = at.get(file.path)
            if document is not None:
                steps[document].append(step)
                continue
            waiting[file.path].append(step)
            if former is None and not any(file.before):
                del waiting[file.path]  # another document of that name began here
        for new, old in came_from.items():
            document = at.pop(new, None)
            if document is not None:
                at[old] = document
                steps[document] += waiting.pop(old, [])
            elif waiting.get(new):
                waiting[old] += waiting.pop(new)
    for found in steps.values():
        found.sort(key=lambda step: step.place)
    return steps


def _came_from(commit: Commit, renames: PairRenames) -> Mapping[str, str]:
    gone = [file for file in commit.files if file.after is None and len(file.before) == 1]
    new = [file for file in commit.files if file.before == (None,) and file.after]
    if not gone or not new:
        return {}
    by_content: defaultdict[str | None, list[FileChange]] = defaultdict(list)
    for file in gone[::-1]:
        by_content[file.before[0]].append(file)
    found: dict[str, str] = {}
    left: list[FileChange] = []
    for file in new:
        same = by_content[file.after]
        if same:
            found[file.path] = same.pop().path
        else:
            left.append(file)
    rest = [file for files in by_content.values() for file in files]
    return {**found, **(renames(commit, rest, left) if rest and left else {})}


def _before(commit: Commit, file: FileChange, former: str | None) -> tuple[VersionKey | None, ...]:
    if former is not None:
        content = next(other.before[0] for other in commit.files if other.path == former)
        return (_key(former, content),)
    return tuple(_key(file.path, id) for id in file.before)


def _key(path: str, id: str | None) -> VersionKey | None:
    return (path, id) if id is not None else None
