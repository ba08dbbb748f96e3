"""Check out a site as its repository was on another day, for the commands that build it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from okrsite.cli.configuration import ConfigurationError, read_configuration
from okrsite.documents.values import read_date
from okrsite.history.git import Repository, RepositoryError
from okrsite.history.git.export import export_files
from okrsite.history.git.log import commit_of_day, committed_at, first_day
from okrsite.util.past_build import VARIABLE, Past

_EPOCH = "SOURCE_DATE_EPOCH"
_SHORT = 7


@dataclass(frozen=True, slots=True)
class Moment:
    """A commit whose files are in a temporary folder.

    `as_of` is the day that its site is built for; `name` goes into the name of its output folder.
    """

    config_file: Path
    as_of: date
    name: str


@contextmanager
def as_it_was(config_file: Path, wanted: str) -> Iterator[Moment]:
    """Check out the files of a day or revision into a temporary folder, and delete it afterwards.

    Meanwhile MkDocs takes the time of the commit for now, unless SOURCE_DATE_EPOCH is set. Ends the
    command with status 2 where there is no such commit or no site in it.
    """
    try:
        with Repository.of(config_file.resolve().parent) as repository:
            commit, asked = _commit(repository, wanted)
            inside = repository.within(config_file.resolve())
            committed, seconds = committed_at(repository, commit)
            day = asked or committed or date.today()
            with tempfile.TemporaryDirectory(prefix="okrsite-") as name:
                folder = Path(name).resolve()
                export_files(repository, commit, folder)
                docs, project = _docs(folder, inside, wanted), str(config_file.resolve().parent)
                past = Past(str(repository.top), commit, docs, project)
                variables = {VARIABLE: past.written()}
                if _EPOCH not in os.environ:
                    variables[_EPOCH] = str(seconds)
                settings = read_configuration(folder / inside).settings
                shown = asked.isoformat() if asked else commit[:_SHORT]
                with _set(variables):
                    yield Moment(folder / inside, settings.as_of or day, shown)
    except (RepositoryError, ConfigurationError) as error:
        raise click.UsageError(str(error)) from None


def _commit(repository: Repository, wanted: str) -> tuple[str, date | None]:
    """Return the commit of a day, and that day; or that of a revision, and none."""
    try:
        day = read_date(wanted.strip())
    except ValueError:
        return repository.commit(wanted), None
    commit = commit_of_day(repository, day)
    if commit is None:
        first = first_day(repository)
        hint = f"the first commit is from {first}" if first else "`git log` lists the commits"
        raise RepositoryError(f"there were no commits yet on {day}", hint)
    return commit, day


def _docs(folder: Path, inside: str, wanted: str) -> str:
    """Return docs_dir relative to the folder with the files of a commit."""
    if not (folder / inside).is_file():
        message = f"there was no {inside} at {wanted}"
        raise RepositoryError(message, "name the one that existed with -f")
    try:
        docs = read_configuration(folder / inside).folder.docs.relative_to(folder).as_posix()
    except ConfigurationError as error:
        message = str(error).replace(f"{folder}{os.sep}", "")
        raise ConfigurationError(f"at {wanted}: {message}") from None
    except ValueError:
        raise ConfigurationError(f"at {wanted}: docs_dir is outside the repository") from None
    return "" if docs == "." else docs


@contextmanager
def _set(variables: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
