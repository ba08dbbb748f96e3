"""Where the change log of the files on disk is read: their repository, and the cache."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from okrsite import __version__
from okrsite.history.git import Repository
from okrsite.history.log.cache import HistoryCache
from okrsite.history.log.version_reader import HistorySource
from okrsite.language.wording import Words
from okrsite.settings import Settings

CACHE = Path(".cache", "okrsite", "history.json")
"""The cache of what was read, in the folder of mkdocs.yml."""


def cache_of(project: Path, settings: Settings, words: Words, writes: bool) -> HistoryCache:
    """Return the cache of a site, whose mkdocs.yml is in the folder `project`."""
    made_by = __version__, str(words.locale), str(settings.commitment)
    return HistoryCache(project / CACHE, *made_by, writes=writes)


@contextmanager
def history_source(
    docs: Path, project: Path, settings: Settings, words: Words
) -> Iterator[HistorySource]:
    """Yield the history of docs_dir up to the newest commit; a cache of a build is read.

    Raises RepositoryError where there is none, or git cannot read it.
    """
    with Repository.of(docs) as repository:
        cache = cache_of(project, settings, words, writes=False)
        commit, folder = repository.commit("HEAD"), repository.within(docs)
        yield HistorySource(repository, commit, folder, cache)
