"""Generate a site into a folder, and notice when it has to be done again."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from okrsite.cli.common import SiteOptions
from okrsite.cli.configuration import (
    ConfigurationError,
    read_configuration,
    read_tagged,
)
from okrsite.cli.editing import Refused
from okrsite.documents.kept import KeptDocuments
from okrsite.generating.hugo import write_hugo
from okrsite.generating.mirror import Mirror
from okrsite.generating.plain import write_plain
from okrsite.generating.site import MadeSite, make_site
from okrsite.generating.source import Source, hosting_of
from okrsite.generating.zensical import write_markdown, write_zensical
from okrsite.publishing.log import Log
from okrsite.publishing.search import SearchError
from okrsite.serving.preview import PreviewError
from okrsite.settings import SettingsError, as_of_day

Writer = Callable[[MadeSite, Mirror, Log], None]

ENGINES: Mapping[str, Writer] = {
    "markdown": write_markdown,
    "zensical": write_zensical,
    "hugo": write_hugo,
    "plain": write_plain,
}
"""What writes a site for each of them."""


@dataclass(frozen=True, slots=True)
class Generated:
    """What was done: so many pages are there, so many files changed, so many warnings."""

    pages: int
    changed: int
    warnings: int

    def check(self, strict: bool) -> None:
        """End with status 1 where a strict build had warnings."""
        if strict and self.warnings:
            click.echo(f"Error: {self.warnings} warnings in a strict build", err=True)
            raise click.exceptions.Exit(1)


class _Echo:
    """Prints what a build notices the way MkDocs prints it, and keeps the warnings."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def info(self, message: str, /) -> None:
        """Print what is worth knowing."""
        click.echo(f"INFO    -  {message}", err=True)

    def warning(self, message: str, /) -> None:
        """Print what is wrong."""
        self.warnings.append(message)
        click.echo(f"WARNING -  {message}", err=True)


def source_of(given: SiteOptions) -> tuple[Source, date]:
    """Return what a site is made from, and its day; end with status 2 where that is wrong."""
    try:
        configuration = read_configuration(given.config_file)
        written = read_tagged(given.config_file)
        as_of = as_of_day(configuration.settings, given.as_of)
    except (ConfigurationError, SettingsError) as error:
        raise click.UsageError(str(error)) from None
    hosting = hosting_of(configuration.folder, written, configuration.site_url)
    source = Source(
        configuration.site_name, configuration.folder, configuration.settings, hosting, written
    )
    return source, as_of


def generate_once(
    given: SiteOptions, out: Path, write: Writer, kept: KeptDocuments | None = None
) -> Generated:
    """Write a site; raise Refused where the folder or the search does not allow it."""
    source, as_of = source_of(given)
    docs, folder = source.folder.docs, out.resolve()
    if folder == docs or docs.is_relative_to(folder) or folder.is_relative_to(docs):
        raise Refused(f"{out} is where the documents are: name another folder")
    echo = _Echo()
    try:
        with _writing(out) as target:
            site = make_site(source, as_of, echo, kept)
            write(site, target, echo)
    except SettingsError as error:
        raise click.UsageError(f"{given.config_file}: {error}") from None
    except SearchError as error:
        raise Refused(str(error)) from None
    return Generated(len(site.uris), target.changed, len(echo.warnings))


def made_now(given: SiteOptions, kept: KeptDocuments) -> tuple[MadeSite, tuple[str, ...]]:
    """Return the site as it is on disk, and its warnings; PreviewError where there can be none."""
    echo = _Echo()
    try:
        source, as_of = source_of(given)
        site = make_site(source, as_of, echo, kept)
    except (SettingsError, click.UsageError, OSError) as error:
        raise PreviewError(getattr(error, "message", str(error))) from None
    return site, tuple(echo.warnings)


def copy_site(built: Path, out: Path) -> None:
    """Copy a site that another program built; raise Refused where the folder does not allow it."""
    with _writing(out) as target:
        for file in built.rglob("*"):
            if file.is_file():
                target.copy(file.relative_to(built).as_posix(), file)


@contextmanager
def _writing(out: Path) -> Iterator[Mirror]:
    """Yield what writes into a folder, and remove what is not written again."""
    try:
        target = Mirror(out)
        yield target
        target.finish()
    except FileExistsError:
        message = f"{out} has files that this command didn't write: name an empty folder"
        raise Refused(message) from None
    except OSError as error:
        raise Refused(f"{error.filename or out} cannot be written: {error.strerror}") from None
