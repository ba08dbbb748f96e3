"""The change log of a build: whether there is one, and where it is read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from okrsite.build import Recall
from okrsite.findings.finding import Finding
from okrsite.history.deleted_owners import with_deleted_owners
from okrsite.history.git import Repository, RepositoryError
from okrsite.history.git.log import remote_address
from okrsite.history.git.repository import FETCH
from okrsite.history.log.addresses import commit_addresses
from okrsite.history.log.model import History
from okrsite.history.log.read import read_history
from okrsite.history.log.resolve_old_references import CurrentNames
from okrsite.history.log.source import cache_of
from okrsite.history.log.version_reader import HistorySource
from okrsite.language.wording import Words
from okrsite.project.model import Project
from okrsite.project.names import Names
from okrsite.publishing.hosting import Hosting
from okrsite.publishing.log import Log
from okrsite.settings import Settings
from okrsite.util.past_build import past_of_build


def change_log_of(hosting: Hosting, settings: Settings, words: Words, log: Log) -> Recall:
    """Return what reads the change log of a site, and tells a log why there is none."""

    def read(names: Names, everything: Project, published: Project) -> History:
        try:
            with _source(hosting, settings, words, log) as source:
                if source is None:
                    return History()
                current = CurrentNames(names, everything, published)
                found = read_history(source, current, settings, words)
                try:
                    source.cache.write()
                except OSError as error:
                    log.info(f"what was read from git can't be cached: {error.strerror or error}")
                return found
        except RepositoryError as error:
            # Who turns the change log on has to learn that there is none.
            tell = log.warning if settings.history else log.info
            tell(f"no change log: {error}")
            return History()

    return read


@contextmanager
def _source(
    hosting: Hosting, settings: Settings, words: Words, log: Log
) -> Iterator[HistorySource | None]:
    past = past_of_build()
    docs, project = hosting.docs.resolve(), hosting.project.resolve()
    with Repository.of(Path(past.top) if past else docs) as repository:
        if repository.shallow and settings.history is None:
            log.info(f"no change log: {FETCH}")
            yield None
            return
        if repository.shallow:
            log.info(f"the change log is incomplete: {FETCH}")
        address = commit_addresses(hosting.repo_url, hosting.edit_uri, remote_address(repository))
        own = Path(past.project) if past else project
        yield HistorySource(
            repository,
            past.commit if past else repository.commit("HEAD"),
            past.folder if past else repository.within(docs),
            cache_of(own, settings, words, writes=past is None),
            address,
        )


def hinted_by_git(findings: Sequence[Finding], docs: Path) -> list[Finding]:
    """Return findings, with a hint of their own where an unknown owner's document was deleted."""
    return with_deleted_owners(findings, docs)
