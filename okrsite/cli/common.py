"""The options of every command, and the project with its figures."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from okrsite.checks.registry import all_findings
from okrsite.cli.configuration import (
    USUAL_FILES,
    Configuration,
    ConfigurationError,
    read_configuration,
    usual_configuration,
)
from okrsite.cli.interrupted import tell_interrupted
from okrsite.documents.source import SourceReader, read_source
from okrsite.documents.source_cache import SourceCache
from okrsite.documents.trees import ObservedTree, Tree
from okrsite.documents.values import read_date
from okrsite.embeds.findings import BlockCollector, embedded_findings
from okrsite.findings.finding import Finding
from okrsite.project.calendar import check_cycle
from okrsite.project.left_out import LeftOut
from okrsite.project.load import load_with_context
from okrsite.project.model import Objective, Project
from okrsite.project.model.cycles import Cycle, current_cycle
from okrsite.project.objectives import BuildContext
from okrsite.project.published import publish
from okrsite.scores import (
    Scorecard,
    score_project,
)
from okrsite.settings import SettingsError, as_of_day
from okrsite.util.memory import gc_paused
from okrsite.util.progress import Progress

if TYPE_CHECKING:
    from okrsite.language.wording import Words

SOURCES = Path(".cache", "okrsite", "documents")
"""The cache of documents that were read, in the folder of mkdocs.yml."""

Command = Callable[..., Any]
Texts = tuple[str, ...]
"""The values of an option that may be repeated."""


class Day(click.ParamType[date]):
    """A date like 2026-11-15."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the date, or fail with what to write."""
        if isinstance(value, date):
            return value
        try:
            return read_date(str(value))
        except ValueError:
            self.fail(f"{value} is not a date: write year-month-day, like 2026-11-15", param, ctx)


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """The options for the site and the report date."""

    config_file: Path
    as_of: date | None


def site_options(command: Command) -> Command:
    """Add the options for the site and the report date; the command takes them as `given`."""

    @wraps(command)
    def with_site(config_file: Path, as_of: date | None, **others: Any) -> Any:
        _warn_of_two(click.get_current_context())
        return command(given=SiteOptions(config_file, as_of), **others)

    help = "Report date; default: from the settings."
    with_day = click.option("--as-of", type=Day(), metavar="DATE", help=help)(with_site)
    return click.option(
        "-f",
        "--config-file",
        type=click.Path(path_type=Path, dir_okay=False),
        default=usual_configuration,
        show_default="mkdocs.yml, else properdocs.yml",
        help="The site's configuration.",
    )(with_day)


def _warn_of_two(context: click.Context) -> None:
    """Print which configuration is read, where there are two and none was named."""
    named = context.get_parameter_source("config_file") is not click.core.ParameterSource.DEFAULT
    if not named and all(Path(name).is_file() for name in USUAL_FILES):
        read, other = USUAL_FILES
        click.echo(f"{read} is read; {other} is here too: name it with -f to read it", err=True)


def format_option(formats: Iterable[str], default: str, help: str, **more: Any) -> Command:
    """Return the option for the format of what is printed."""
    kind = click.Choice(list(formats))
    return click.option("--format", "format_", type=kind, default=default, help=help, **more)


@dataclass(frozen=True)
class LoadedSite:
    """A site as commands read it, private documents included.

    `around` is what its objectives were built from, so that an edited one can be built again.
    `read` are the findings of reading, with those about the blocks and references of pages.
    """

    configuration: Configuration
    as_of: date
    project: Project
    around: BuildContext
    read: tuple[Finding, ...] = ()

    @cached_property
    def scorecard(self) -> Scorecard:
        """The figures of every document at the report date."""
        with gc_paused():
            return score_project(self.project, self.configuration.settings, self.as_of)

    @property
    def current_cycle(self) -> Cycle | None:
        """The cycle of the home page."""
        asked = self.configuration.settings.cycle
        return current_cycle(self.project.cycles.values(), asked, self.as_of)

    @cached_property
    def words(self) -> "Words":
        """The words of the command line, which is English."""
        from okrsite.language.wording import Words  # slow to import

        settings = self.configuration.settings
        return Words.of("en", settings.thresholds, settings.figures)

    @cached_property
    def published_project(self) -> Project:
        """The documents of the site, which leaves out private ones that are counted here."""
        return publish(self.project, self.configuration.settings.include_private)

    @cached_property
    def published(self) -> Scorecard:
        """The figures of the site."""
        if self.published_project is self.project:
            return self.scorecard
        return score_project(self.published_project, self.configuration.settings, self.as_of)

    def quotable(self, objective: Objective) -> tuple[Project, Scorecard]:
        """Return what a document on an objective may quote: a public one nothing private."""
        if objective.id in self.published_project.objectives:
            return self.published_project, self.published
        return self.project, self.scorecard

    def findings(self, more: Sequence[Finding] = ()) -> list[Finding]:
        """Return all findings and `more`, without those that settings or documents ignore."""
        settings = self.configuration.settings
        return all_findings(self.project, settings, self.scorecard, (*self.read, *more))


def warn_of_private(site: LoadedSite) -> None:
    """Print that figures count private documents, where they do."""
    if site.published is not site.scorecard:
        more = "where the site's figures differ, both are shown"
        click.echo(f"Private documents are counted here; {more}.", err=True)


def configured(given: SiteOptions) -> tuple[Configuration, date]:
    """Return the configuration and the report date; end with status 2 where one is wrong."""
    try:
        configuration = read_configuration(given.config_file)
        return configuration, as_of_day(configuration.settings, given.as_of)
    except (ConfigurationError, SettingsError) as error:
        raise click.UsageError(str(error)) from None


def open_site(given: SiteOptions, publishing: bool = False) -> LoadedSite:
    """Load a site; end the command with status 2 where its configuration is wrong.

    For `publishing` the documents themselves are read: others may have written the cache.
    """
    configuration, day = configured(given)
    tell_interrupted(configuration.folder.project)
    reading = nullcontext(read_source) if publishing else _cached_sources(configuration)
    try:
        with reading as read:
            return read_site(configuration, configuration.folder, day, read)
    except SettingsError as error:
        raise click.UsageError(f"{given.config_file}: {error}") from None


@contextmanager
def _cached_sources(configuration: Configuration) -> Iterator[SourceReader]:
    """Yield what reads documents from the cache of a site; afterwards the cache is written."""
    cache = SourceCache(configuration.folder.project / SOURCES)
    yield cache.source
    with suppress(OSError):  # where nothing can be written, nothing is kept
        cache.write()


def read_site(
    configuration: Configuration, files: Tree, day: date, read: SourceReader = read_source
) -> LoadedSite:
    """Read a site from its folder, or from its files as they would be after an edit.

    Raises SettingsError where a setting does not fit the documents.
    """
    settings = configuration.settings
    collector = BlockCollector()
    tree = ObservedTree(files, collector, progress=Progress("Documents read"))
    with gc_paused():
        project, around = load_with_context(tree, settings, configuration.site_name, read)
        check_cycle(settings, project.cycles.values())
    embedded = embedded_findings(collector, files, project)
    left_out = LeftOut.of(files, embedded)
    found = (*project.findings, *left_out.taken_from(embedded), *left_out.findings)
    return LoadedSite(configuration, day, project, around, found)
