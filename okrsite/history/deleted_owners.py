"""Owners whose document was deleted: git still knows them, and they should come back as former."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from okrsite.documents.source import id_of_uri, read_source
from okrsite.documents.types import OWNER_TYPES
from okrsite.findings.finding import Finding
from okrsite.history.git import Repository, RepositoryError
from okrsite.history.git.log import Commit, read_log
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
    """Return the hint about each deleted owner, by all that may be written for them."""
    hints: dict[str, str] = {}
    with Repository.of(docs) as repository:
        below = repository.within(docs.resolve())
        for commit in read_log(repository, repository.commit("HEAD"), below):
            for path, blob in _deletions(commit):
                uri = path.removeprefix(f"{below}/") if below else path
                try:
                    source, _ = read_source(uri, path, repository.objects.read(blob))
                except OSError:
                    continue
                if source is None or source.type not in OWNER_TYPES:
                    continue
                hint = (
                    f"{path} was deleted in commit {commit.id[:7]}: bring it back, and write "
                    "`until:` with the last day into it"
                )
                for tail in (*tails(source.id), *tails(id_of_uri(uri))):
                    hints.setdefault(tail, hint)
    return hints


def _deletions(commit: Commit) -> Iterator[tuple[str, str]]:
    """Yield the files that a commit deleted, with their last content; not those that moved."""
    added = {change.after for change in commit.files if not any(change.before)}
    for change in commit.files:
        before = next(filter(None, change.before), None)
        if change.after is None and before is not None and before not in added:
            yield change.path, before
