"""Owners whose document was deleted: git still knows them, and they should come back as former."""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from okrsite.documents.source import Source, id_of_uri, read_source
from okrsite.documents.types import OWNER_TYPES
from okrsite.findings.finding import Finding
from okrsite.history.git import Repository, RepositoryError
from okrsite.history.git.log import Commit, read_log
from okrsite.i18n import phrase
from okrsite.project.names import NameKind
from okrsite.project.references import tails


def with_deleted_owners(findings: Sequence[Finding], docs: Path) -> list[Finding]:
    """Return findings, with a hint of their own where an unknown owner's document was deleted.

    Git is read only where an owner is unknown; without a repository nothing changes.
    """
    wanted = {
        finding: finding.missing.names
        for finding in findings
        if finding.missing and NameKind.OWNER in finding.missing.kinds
    }
    if not wanted:
        return list(findings)
    try:
        deleted = _deleted(docs)
    except (RepositoryError, OSError):
        return list(findings)
    hints = {
        finding: next((deleted[name] for name in names if name in deleted), finding.hint)
        for finding, names in wanted.items()
    }
    return [replace(f, hint=hints[f]) if f in hints else f for f in findings]


def _deleted(docs: Path) -> dict[str, str]:
    """Return the hint about each owner that went, by all that may be written for them."""
    hints: dict[str, str] = {}
    fates: dict[str, str] = {}
    with Repository.of(docs) as repository:
        below = repository.within(docs.resolve())
        folder = f"{below}/" if below else ""
        for commit in read_log(repository, repository.commit("HEAD"), below):
            removed, added = _removed(commit), _added(commit)
            for path, blob in removed.items():
                source = _owner(repository, path, blob)
                if source is None:
                    continue
                new = _renamed(repository, path, removed, added)
                fate = phrase(
                    "%(path)s was deleted in commit %(commit)s: restore it, and add `until:` with "
                    "the last day",
                    path=path,
                    commit=commit.id[:7],
                )
                if new is not None:
                    name = id_of_uri(new).rpartition("/")[2]
                    fate = phrase(
                        "%(path)s was renamed to %(new)s in commit %(commit)s: write `%(name)s`, "
                        "or add `id: %(id)s` to that file",
                        path=path,
                        new=new,
                        commit=commit.id[:7],
                        name=name,
                        id=source.id.removeprefix(folder),
                    )
                fates[path] = fates.get(new or "", fate)
                for tail in (*tails(source.id), *tails(id_of_uri(path))):
                    hints.setdefault(tail, fates[path])
    return hints


def _owner(repository: Repository, path: str, blob: str) -> Source | None:
    """Return the source of an owner in a file as it was."""
    try:
        source, _ = read_source(path, path, repository.objects.read(blob))
    except OSError:
        return None
    return source if source is not None and source.type in OWNER_TYPES else None


def _renamed(
    repository: Repository, path: str, removed: Mapping[str, str], added: Mapping[str, str]
) -> str | None:
    """Return the file that a removed one became in the same commit.

    That is one with the same content, or the only new owner in the folder where one alone went.
    """
    same = next((new for new, blob in added.items() if blob == removed[path]), None)
    if same is not None:
        return same
    folder = posixpath.dirname(path)
    gone = [other for other in removed if posixpath.dirname(other) == folder]
    come = [new for new in added if posixpath.dirname(new) == folder]
    if len(gone) == len(come) == 1 and _owner(repository, come[0], added[come[0]]):
        return come[0]
    return None


def _removed(commit: Commit) -> dict[str, str]:
    """Return the files that a commit removed, with their last content."""
    return {
        change.path: before
        for change in commit.files
        if change.after is None and (before := next(filter(None, change.before), None))
    }


def _added(commit: Commit) -> dict[str, str]:
    """Return the files that a commit added, with their content."""
    return {c.path: c.after for c in commit.files if c.after and not any(c.before)}
