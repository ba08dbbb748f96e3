"""Who reviews which file: CODEOWNERS, as GitHub, GitLab and Gitea read it."""

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
"""Where the file may be, below the top of the repository; the first that exists counts."""

LARGEST = 1_000_000
"""Bytes; a larger file is not read."""

_WORD = re.compile(r"(?:\\.|[^\s\\])+")
_ANY, _FOLDERS = "*", "**"


@dataclass(frozen=True, slots=True)
class CodeOwners:
    """The rules of a CODEOWNERS file; the last one that matches a path counts.

    `path` is that of the file, None where there is none; `problem` says why it was not read.
    `folder` is the project's in the repository. Rules without wildcards are looked up: `anchored`
    by path, `named` by the name of a file or folder.
    """

    path: str | None = None
    problem: str | None = None
    folder: str = ""
    owners: tuple[tuple[str, ...], ...] = ()
    anchored: dict[str, int] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)
    globs: tuple[tuple[int, tuple[str, ...]], ...] = ()

    def of(self, path: str) -> tuple[str, ...]:
        """Return the owners of a file, whose path is relative to the project's folder."""
        parts = posixpath.join(self.folder, path).split("/")
        best = max((self.named.get(part, -1) for part in parts), default=-1)
        for depth in range(1, len(parts) + 1):
            best = max(best, self.anchored.get("/".join(parts[:depth]), -1))
        for number, pattern in reversed(self.globs):
            if number <= best:
                break
            if _matches(pattern, parts, _FOLDERS, _same_name):
                best = number
        return self.owners[best] if best >= 0 else ()


NOBODY = CodeOwners()
"""What is read where there is no such file."""


def parse_code_owners(text: str, path: str | None = None, folder: str = "") -> CodeOwners:
    """Return the rules of a CODEOWNERS file; other lines are left out."""
    owners: list[tuple[str, ...]] = []
    anchored: dict[str, int] = {}
    named: dict[str, int] = {}
    globs: list[tuple[int, tuple[str, ...]]] = []
    for pattern, people in _rules(text):
        number = len(owners)
        owners.append(people)
        inner = pattern.strip("/")
        if not inner:
            continue
        wild = "*" in inner or "?" in inner
        if not wild and not pattern.endswith("/"):
            found = anchored if "/" in pattern else named
            found[inner] = number
        else:
            globs.append((number, _segments(pattern, inner)))
    return CodeOwners(path, None, folder, tuple(owners), anchored, named, tuple(globs))


def read_code_owners(project: Path) -> CodeOwners:
    """Return the rules of the repository that contains a project's folder."""
    project = project.resolve()
    around = (project, *project.parents)
    top = next((folder for folder in around if (folder / ".git").exists()), project)
    below = project.relative_to(top).as_posix()
    folder = "" if below == "." else below
    for place in PLACES:
        file = top / place
        try:
            if not file.is_file() or not file.resolve().is_relative_to(top):
                continue
            with file.open("rb") as opened:
                content = opened.read(LARGEST + 1)
        except OSError as error:
            return CodeOwners(place, error.strerror or str(error), folder)
        if len(content) > LARGEST:
            return CodeOwners(place, "it is larger than 1 MB", folder)
        return parse_code_owners(content.decode("utf-8-sig", "replace"), place, folder)
    return CodeOwners(folder=folder)


def _rules(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each pattern with its owners; sections, negations and sets of characters are no
    patterns."""
    for line in text.splitlines():
        words = _WORD.findall(re.sub(r"(^|\s)#.*", "", line))
        if not words or words[0].startswith(("!", "^[")) or "[" in words[0]:
            continue
        pattern = re.sub(r"\\(.)", r"\1", words[0])
        yield pattern, tuple(word for word in words[1:] if "@" in word)


def _segments(pattern: str, inner: str) -> tuple[str, ...]:
    """Return a pattern as the names of folders that a whole path has to match."""
    parts = inner.split("/")
    if "/" not in pattern.rstrip("/"):
        parts.insert(0, _FOLDERS)
    if pattern.endswith("/"):
        parts += [_ANY, _FOLDERS]  # a folder: all that is in it, and not a file of this name
    elif parts[-1] == _FOLDERS:
        parts += [_ANY]
    elif "*" not in parts[-1]:
        parts.append(_FOLDERS)
    return tuple(parts)


def _same_name(pattern: str, name: str) -> bool:
    return _matches(pattern, name, "*", lambda one, other: one in ("?", other))


def _matches(
    pattern: Sequence[str], items: Sequence[str], many: str, same: Callable[[str, str], bool]
) -> bool:
    """Whether a pattern matches all items; `many` stands for any number of them.

    Only the last `many` is ever tried again, so that the time grows with the product of both.
    """
    at = now = 0
    back: tuple[int, int] | None = None
    while now < len(items):
        if at < len(pattern) and pattern[at] == many:
            back = (at + 1, now)
            at += 1
        elif at < len(pattern) and same(pattern[at], items[now]):
            at, now = at + 1, now + 1
        elif back is not None:
            back = (back[0], back[1] + 1)
            at, now = back
        else:
            return False
    return all(one == many for one in pattern[at:])
