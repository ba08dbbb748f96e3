"""What is new between two commits: the published project now, and its figures then."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import click

from okrsite.cli.common import LoadedSite
from okrsite.cli.configuration import Configuration, ConfigurationError
from okrsite.cli.revisions import SiteFiles, site_of_commit
from okrsite.documents.trees import ObservedTree
from okrsite.documents.values import read_date
from okrsite.history.git import Repository, RepositoryError
from okrsite.history.git.log import commit_of_day, committed_at, first_day
from okrsite.history.git.repository import FETCH
from okrsite.project.cache import KnownDocuments
from okrsite.project.load import resolve
from okrsite.project.model import Project
from okrsite.scores import Scorecard
from okrsite.scores.past import score_past
from okrsite.scores.period import Told
from okrsite.util.memory import gc_paused
from okrsite.util.progress import Progress

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class News:
    """A site at the end of a day, without private documents, and what was known on another one.

    `before` are the figures of that day, as they were; of what is new since, as they would have
    been.
    """

    site: LoadedSite
    before: Scorecard
    told: Told


def read_news(
    configuration: Configuration, config_file: Path, day: date, since: str | None
) -> News:
    """Read a site as committed by the end of a day, and as it was at a date or revision before.

    Raises RepositoryError where git cannot give one of them.
    """
    private = configuration.settings.model_copy(update={"include_private": False})
    configuration = replace(configuration, settings=private)
    with _full_repository(config_file) as repository:
        last = commit_of_day(repository, day)
        if last is None:
            begun = first_day(repository)
            hint = f"the first one is from {begun}" if begun else "commit first"
            raise RepositoryError(f"there were no commits yet on {day}", hint)
        earlier, first = _beginning(repository, since, day)
        now_files = _files(repository, config_file, last)
        if now_files is None:
            raise RepositoryError(f"there was no {config_file} on {day}", "commit it first")
        then_files = _files(repository, config_file, earlier) if earlier else None
        known = KnownDocuments(lambda tree: ObservedTree(tree, progress=Progress("Documents read")))
        with gc_paused():
            site = _site(known, now_files, configuration, day)
            then = _site(known, then_files, configuration, first) if then_files else None
    past = score_past(site.published_project, private, first)
    if then is None:
        return News(site, past, Told())
    # Its cycle's close gives a grade its meaning, as on the pages of the weeks.
    figures = score_past(then.published_project, private, first)
    return News(
        site,
        _known(site.published_project, past, figures),
        Told.of(then.published_project, figures),
    )


@contextmanager
def _full_repository(config_file: Path) -> Iterator[Repository]:
    with Repository.of(config_file.resolve().parent) as repository:
        if repository.shallow:
            raise RepositoryError("older commits are missing here", FETCH)
        yield repository


def _beginning(repository: Repository, since: str | None, day: date) -> tuple[str | None, date]:
    """Return the commit that is compared with and its day; no commit where there was none yet."""
    if since is None:
        first: date | None = day - _WEEK
    else:
        try:
            first = read_date(since.strip())
        except ValueError:
            commit = repository.commit(since)
            first, _ = committed_at(repository, commit)
            if first is not None and first < day:
                return commit, first
    if first is None or first >= day:
        raise click.UsageError(f"--since {since} is not before {day}, the report date")
    return commit_of_day(repository, first), first


def _files(repository: Repository, config_file: Path, commit: str) -> SiteFiles | None:
    try:
        return site_of_commit(repository, config_file, commit)
    except ConfigurationError as error:
        raise RepositoryError(f"at {commit[:7]}: {error}") from None


def _site(
    known: KnownDocuments, files: SiteFiles, configuration: Configuration, day: date
) -> LoadedSite:
    documents, findings = known.read(files.tree)
    settings = configuration.settings
    project, around = resolve(files.tree, documents, findings, settings, configuration.site_name)
    return LoadedSite(configuration, day, project, around)


def _known(project: Project, past: Scorecard, then: Scorecard) -> Scorecard:
    """Return the figures of a day as they were; of what is new since, as they would have been."""
    objectives = {}
    for id, objective in project.objectives.items():
        one = then.objectives.get(id)
        whole = one and all(result.id in one.key_results for result in objective.key_results)
        objectives[id] = one if one and whole else past.objectives[id]
    kpis = {id: then.kpis.get(id, past.kpis[id]) for id in project.kpis}
    return replace(past, objectives=objectives, kpis=kpis)
