"""The commits that changed documents: one pass over git's history of a folder.

Every change appears once, in the commit that made it. A merge has only the files that are different
from all of its parents, so that the commits of a branch keep their own authors.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from okrsite.history.git.git import GitError, RepositoryError, run, text_of
from okrsite.history.git.repository import FETCH, Repository
from okrsite.util.markdown_files import MARKDOWN

_LOG = (
    "log --topo-order --raw -z -c --root --no-abbrev --no-renames --no-relative --no-ext-diff"
    " --no-textconv --ignore-submodules=none --encoding=UTF-8"
    " --format=tformat:%x01%H%x00%aN%x00%aI%x00%P"
)

_HEADER = re.compile(rb"\n?\x01([0-9a-f]{40,64})")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T")
_FILES = (b"100644", b"100755")
_NO_NAME = b"%aN"
"""What git prints for the author of a commit that has no readable name."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that a commit changed: the id of its content after, and in each of its parents.

    None means no file; anything but a regular file counts as none. `path` is relative to the top
    of the repository.
    """

    path: str
    before: tuple[str | None, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: who made it and when, and the files that it changed.

    `author` is the name from the mailmap, `day` the day by the author's own clock, None where the
    commit has no readable date. At the `boundary` of a shallow clone the parents are missing, so
    that nobody can tell what the commit changed.
    """

    id: str
    author: str
    day: date | None
    files: tuple[FileChange, ...]
    boundary: bool = False


def read_log(
    repository: Repository, commit: str, folder: str, endings: Sequence[str] = MARKDOWN
) -> Iterator[Commit]:
    """Return the commits that changed files below a folder, each before its parents.

    The order is that of parents and children, whatever their dates. `folder` is relative to the
    top; only files with one of the `endings` are included.

    Raises RepositoryError where git cannot read it.
    """
    boundary = _boundary(repository) if repository.shallow else frozenset()
    limits = ["--", f"{folder}/"] if folder else []
    try:
        printed = run(repository.top, *_LOG.split(), "--end-of-options", commit, *limits)
    except GitError as failure:
        hint = FETCH if repository.shallow else "`git fsck` reports what is damaged"
        raise RepositoryError(f"git cannot read its history ({failure.printed})", hint) from None
    yield from _commits(printed, boundary, tuple(map(os.fsencode, endings)))


def commit_of_day(repository: Repository, day: date) -> str | None:
    """Return the last first parent that was committed on a day or before, None without one."""
    format = "--format=tformat:%H %cI"
    printed = run(repository.top, "log", "--first-parent", format, repository.commit("HEAD"))
    for line in text_of(printed).splitlines():
        id, _, written = line.partition(" ")
        committed = _day(written)
        if committed is not None and committed <= day:
            return id
    return None


def first_day(repository: Repository) -> date | None:
    """Return the committer's day of the oldest first parent."""
    head = repository.commit("HEAD")
    printed = run(repository.top, "log", "--first-parent", "--format=tformat:%cI", head)
    lines = text_of(printed).split()
    return _day(lines[-1]) if lines else None


def committed_at(repository: Repository, commit: str) -> tuple[date | None, int]:
    """Return the committer's day of a commit, and the seconds since 1970."""
    printed = run(repository.top, "show", "--no-patch", "--format=%ct %cI", commit)
    seconds, _, written = text_of(printed).strip().partition(" ")
    day = _day(written)
    return day, int(seconds) if day is not None and seconds.isdigit() else 0


def remote_address(repository: Repository) -> str | None:
    """Return the address of the remote `origin` as written, credentials and all."""
    try:
        printed = run(repository.top, "config", "--get", "remote.origin.url")
    except GitError:
        return None
    return text_of(printed).strip() or None


def _boundary(repository: Repository) -> frozenset[str]:
    named = text_of(run(repository.top, "rev-parse", "--git-path", "shallow")).removesuffix("\n")
    try:
        return frozenset((repository.top / Path(named)).read_text(encoding="ascii").split())
    except (OSError, UnicodeError):
        return frozenset()


def _commits(
    printed: bytes, boundary: frozenset[str], endings: tuple[bytes, ...]
) -> Iterator[Commit]:
    tokens = iter(printed.split(b"\0"))
    token = next(tokens, b"")
    while True:
        header = _HEADER.fullmatch(token)
        if header is None:
            return
        id = header[1].decode("ascii")
        author, written, _ = next(tokens), next(tokens), next(tokens)
        files: list[FileChange] = []
        for token in tokens:
            about = token.lstrip(b"\n")
            if about.startswith(b":"):
                path = next(tokens)
                if path.endswith(endings):
                    files.append(_file(about, path))
            elif about:
                break
        else:
            token = b""
        name = "" if author == _NO_NAME else author.decode("utf-8", "replace")
        day = _day(written.decode("ascii", "replace"))
        yield Commit(id, name, day, tuple(files), id in boundary)


def _file(about: bytes, path: bytes) -> FileChange:
    """Read `:MODE MODE ID ID STATUS`, with a colon, a mode and an id for each parent."""
    parents = len(about) - len(about.lstrip(b":"))
    words = about[parents:].split(b" ")
    modes, ids = words[: parents + 1], words[parents + 1 : 2 * parents + 2]
    there = [
        id.decode("ascii") if mode in _FILES else None for mode, id in zip(modes, ids, strict=True)
    ]
    return FileChange(text_of(path), tuple(there[:-1]), there[-1])


def _day(written: str) -> date | None:
    found = _DAY.match(written)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
