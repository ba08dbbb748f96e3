"""A repository: where it is, and the commits that names refer to."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from okrsite.history.git.git import GitError, RepositoryError, run, text_of
from okrsite.history.git.objects import Objects
from okrsite.history.git.snapshot import Snapshot
from okrsite.util.spelling import nearest

FETCH = (
    "the clone is shallow: fetch the rest with `git fetch --unshallow`, "
    "in a pipeline check out with `fetch-depth: 0`"
)
"""What to do where a commit is missing because the clone is shallow."""

_SHOWN = 80
_FIRST_BRANCHES = ("main", "master")
_LIKE_A_DAY = re.compile(r"[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository with its root `top`; as a context manager it ends the reading process."""

    top: Path
    objects: Objects

    @classmethod
    def of(cls, folder: Path) -> "Repository":
        """Find the repository that contains a folder; raise RepositoryError without one."""
        try:
            printed = run(folder, "rev-parse", "--show-toplevel")
        except GitError as failure:
            raise _no_repository(folder, failure) from None
        top = Path(text_of(printed).removesuffix("\n"))
        return cls(top, Objects(top))

    def __enter__(self) -> "Repository":
        return self

    def __exit__(self, *_: object) -> None:
        self.objects.close()

    def commit(self, name: str) -> str:
        """Return the id of the commit that a name refers to; raise RepositoryError without one.

        A name is anything that git accepts: a branch, a tag, an id, `HEAD~2`, `main@{yesterday}`.
        """
        shown = _shown(name)
        if not name or name.startswith("-") or any(ord(sign) < 32 for sign in name):
            raise RepositoryError(f"`{shown}` isn't a revision", "name a commit, branch or tag")
        if ".." in name:
            message = f"`{shown}` names two revisions"
            raise RepositoryError(
                message, "write them as two words; --merge-base does what three dots do"
            )
        try:
            found = run(self.top, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
        except GitError:
            raise self._unknown(name) from None
        return text_of(found).strip()

    def merge_base(self, one: str, other: str) -> str:
        """Return the id of the last common commit; raise RepositoryError without one."""
        try:
            found = run(self.top, "merge-base", one, other)
        except GitError as failure:
            message = "the two revisions have no commit in common"
            if failure.printed:
                message = failure.message
            raise RepositoryError(message, FETCH if self.shallow else None) from None
        return text_of(found).split()[0]

    def snapshot(self, commit: str) -> Snapshot:
        """Return all files of a commit; `commit` is an id."""
        return Snapshot(self.top, self.objects, commit)

    def within(self, path: Path) -> str:
        """Return a path as git writes it, relative to the top; raise RepositoryError outside it."""
        try:
            inside = path.relative_to(self.top).as_posix()
        except ValueError:
            raise RepositoryError(f"{path} is outside the repository {self.top}") from None
        return "" if inside == "." else inside

    @property
    def shallow(self) -> bool:
        """Whether older commits are missing, as in a pipeline's usual clone."""
        return run(self.top, "rev-parse", "--is-shallow-repository").strip() == b"true"

    def _unknown(self, name: str) -> RepositoryError:
        if not self._has_commits():
            return RepositoryError("the repository has no commits yet", "commit first")
        message = f"git has no revision `{_shown(name)}`"
        if _LIKE_A_DAY.fullmatch(name.strip()):
            return RepositoryError(message, "write dates as year-month-day, like 2026-11-15")
        names = list(self._names())
        # In a pipeline's clone only the remote's branches are there.
        longer = (known for known in names if known.endswith(f"/{name}"))
        near = next(longer, None) or nearest(name, names, len(names)) or _first_branch(name, names)
        if near is not None:
            return RepositoryError(message, f"did you mean `{near}`?")
        return RepositoryError(message, FETCH if self.shallow else "`git log` lists them")

    def _has_commits(self) -> bool:
        return bool(run(self.top, "rev-list", "--all", "--max-count=1").strip())

    def _names(self) -> Iterator[str]:
        """List the names of branches and tags, and HEAD."""
        yield "HEAD"
        listed = run(self.top, "for-each-ref", "--format=%(refname:short)")
        yield from sorted(text_of(listed).splitlines())


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name)[:_SHOWN]


def _first_branch(name: str, known: Collection[str]) -> str | None:
    """Return the main branch if a name is that of the main branch of other repositories."""
    if nearest(name, _FIRST_BRANCHES) is None:
        return None
    return next((branch for branch in _FIRST_BRANCHES if branch in known), None)


def _no_repository(folder: Path, failure: GitError) -> RepositoryError:
    if "not a git repository" in failure.printed:
        hint = "run the command in a clone, or start one with `git init`"
        return RepositoryError(f"{folder} is not in a git repository", hint)
    if "dubious ownership" in failure.printed:
        message = f"git doesn't read {folder}: it belongs to someone else"
        return RepositoryError(
            message, "allow it with `git config --global --add safe.directory FOLDER`"
        )
    if "must be run in a work tree" in failure.printed:
        return RepositoryError(f"{folder} is in a repository without a working tree", "clone it")
    return failure
