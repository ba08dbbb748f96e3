"""Read objectives as they were when their cycle opened, from git."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from okrsite.cli.common import LoadedSite
from okrsite.history.git import Repository, RepositoryError
from okrsite.history.git.git import run, text_of
from okrsite.history.git.repository import FETCH
from okrsite.project.model import Objective
from okrsite.project.model.cycles import Cycle
from okrsite.project.objectives import BuildContext
from okrsite.project.reload import revise


def at_opening(
    site: LoadedSite, cycle: Cycle, objectives: Iterable[Objective]
) -> tuple[dict[str, Objective], str | None]:
    """Return objectives as they were at the end of their cycle's first day, by id.

    One that was committed later is returned as first committed. Where git cannot be read there is
    none, and the sentence says why.
    """
    folder = site.configuration.folder
    found: dict[str, Objective] = {}
    try:
        with Repository.of(folder.project) as repository:
            if repository.shallow:
                return {}, f"{_UNKNOWN}: {FETCH}"
            for objective in objectives:
                path = repository.within(folder.file(objective.page.uri))
                content = _content(repository, cycle, path)
                if content is None:
                    continue
                then, _ = revise(site.project, _around(site, objective), objective, content)
                # A version that was private must not be quoted in a public document.
                if then is not None and then.page.private <= objective.page.private:
                    found[objective.id] = then
    except (RepositoryError, OSError) as error:
        return {}, f"{_UNKNOWN}: {error}"
    return found, None


def _around(site: LoadedSite, objective: Objective) -> BuildContext:
    """Return what an objective is built with: a public one without private check-ins."""
    published = site.published_project
    if objective.id not in published.objectives:
        return site.around
    entries = [
        entry
        for entry in site.around.entries.get(objective.id, ())
        if entry.source.uri in published.check_in_documents
    ]
    return replace(site.around, entries={objective.id: entries})


_UNKNOWN = "what the cycle's documents said when it opened is unknown"


def _content(repository: Repository, cycle: Cycle, path: str) -> bytes | None:
    """Read a file as the cycle opened with it; None where git does not know it."""
    version = _version(repository, cycle, path)
    if version is None:
        return None
    try:
        return repository.snapshot(version[0]).content(version[1])
    except OSError:
        return None


def _version(repository: Repository, cycle: Cycle, path: str) -> tuple[str, str] | None:
    """Find the commit that the cycle opened with, and the file's path in it; renames are followed.

    Without one that early it is the file's first. A file that began as a copy of another, as a
    successor does, is not that other one.
    """
    opened = datetime.combine(cycle.start + timedelta(days=1), time(), UTC).timestamp()
    printed = text_of(
        run(repository.top, "log", "--follow", "--format=%x01%H %ct", "--name-status", "--", path)
    )
    version = None
    for entry in printed.split("\x01")[1:]:
        head, _, names = entry.partition("\n")
        commit, _, seconds = head.partition(" ")
        change, *paths = names.strip("\n").split("\t")
        if not paths:
            continue  # a merge that did not change the file
        version = commit, paths[-1]
        if change.startswith("C") or float(seconds) < opened:
            break
    return version
