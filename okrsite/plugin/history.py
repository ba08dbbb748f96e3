"""The change log of a build: whether there is one, where it is read, and what is said about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from okrsite import __version__
from okrsite.build import Recall
from okrsite.history.git import Repository, RepositoryError
from okrsite.history.git.log import remote_address
from okrsite.history.git.repository import FETCH
from okrsite.history.log.addresses import commit_addresses
from okrsite.history.log.archive import Journal
from okrsite.history.log.cache import Remembered
from okrsite.history.log.model import History
from okrsite.history.log.read import read_history
from okrsite.language.wording import Words
from okrsite.project.model import Project
from okrsite.project.names import Names
from okrsite.settings import Settings
from okrsite.util.past_build import past_of_build

log = get_plugin_logger("okrsite")

MEMORY = Path(".cache", "okrsite", "history.json")
"""Where what was read is remembered, in the folder of mkdocs.yml."""


def recall_of(config: MkDocsConfig, settings: Settings, words: Words) -> Recall:
    """Return what reads the change log of a site."""

    def recall(names: Names, everything: Project, published: Project) -> History:
        try:
            with _journal(config, settings, words) as journal:
                if journal is None:
                    return History()
                found = read_history(journal, names, everything, published, settings, words)
                _remember(journal)
                return found
        except RepositoryError as error:
            # Who asks for a change log wants to know that there is none.
            tell = log.warning if settings.history else log.info
            tell(f"no change log: {error}")
            return History()

    return recall


@contextmanager
def _journal(config: MkDocsConfig, settings: Settings, words: Words) -> Iterator[Journal | None]:
    past = past_of_build()
    docs = Path(config.docs_dir).resolve()
    project = Path(config.config_file_path or config.docs_dir).resolve().parent
    with Repository.of(Path(past.top) if past else docs) as repository:
        if repository.shallow and settings.history is None:
            log.info(f"no change log: {FETCH}")
            yield None
            return
        if repository.shallow:
            log.info(f"the change log does not begin at the beginning: {FETCH}")
        address = commit_addresses(config.repo_url, config.edit_uri, remote_address(repository))
        made_by = __version__, str(words.locale), str(settings.commitment)
        file = (Path(past.project) if past else project) / MEMORY
        yield Journal(
            repository,
            past.commit if past else repository.commit("HEAD"),
            past.folder if past else repository.within(docs),
            Remembered(file, *made_by, keeps=past is None),
            address,
        )


def _remember(journal: Journal) -> None:
    try:
        journal.remembered.keep()
    except OSError as error:
        log.info(f"what was read out of git is not remembered: {error.strerror or error}")
