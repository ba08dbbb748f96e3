"""The commits of each document, with its former names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from okrsite.history.git.log import Commit, FileChange
from okrsite.history.log.versions import Key

Renames = Callable[[Commit, Sequence[FileChange], Sequence[FileChange]], Mapping[str, str]]
"""Pairs what a commit took away with what it added: the new path of a file to its old one."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a commit, by its place in the log, did to one document: the versions in its parents and
    the one after. None stands for no file."""

    place: int
    before: tuple[Key | None, ...]
    after: Key | None


def follow(
    commits: Iterable[Commit], documents: Iterable[str], renames: Renames
) -> dict[str, list[Step]]:
    """Return the steps of each document that there is now, the newest first.

    Paths are those of the log. `commits` come as git orders them, each before its parents. A
    commit of another branch may come first and still know a document by its old name; so what is
    said of a path that no document has waits until one is found to come from there.
    """
    at = {path: path for path in documents}
    steps: dict[str, list[Step]] = {path: [] for path in at}
    waiting: defaultdict[str, list[Step]] = defaultdict(list)
    for place, commit in enumerate(commits):
        came_from = _came_from(commit, renames)
        left = set(came_from.values())
        for file in commit.files:
            if file.path in left and file.after is None:
                continue  # said of the new path
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


def _came_from(commit: Commit, renames: Renames) -> Mapping[str, str]:
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


def _before(commit: Commit, file: FileChange, former: str | None) -> tuple[Key | None, ...]:
    if former is not None:
        content = next(other.before[0] for other in commit.files if other.path == former)
        return (_key(former, content),)
    return tuple(_key(file.path, id) for id in file.before)


def _key(path: str, id: str | None) -> Key | None:
    return (path, id) if id is not None else None
