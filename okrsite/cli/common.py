"""The options of every command, and the project with its figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from okrsite.checks.registry import all_findings
from okrsite.cli.configuration import Configuration, ConfigurationError, read_configuration
from okrsite.documents.trees import ObservedTree, Tree
from okrsite.documents.values import read_date
from okrsite.embeds.findings import BlockCollector, embedded_findings
from okrsite.findings.finding import Finding
from okrsite.project.calendar import check_cycle
from okrsite.project.left_out import left_out_findings
from okrsite.project.load import load_with_context
from okrsite.project.model import Project
from okrsite.project.model.cycles import Cycle, current_cycle
from okrsite.project.objectives import BuildContext
from okrsite.project.published import publish
from okrsite.scores import Scorecard, score_project
from okrsite.settings import SettingsError, as_of_day
from okrsite.util.memory import gc_paused
from okrsite.util.progress import Progress

Command = TypeVar("Command", bound=Callable[..., object])


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


def usual_configuration() -> Path:
    """Return mkdocs.yml, or properdocs.yml where only that is: ProperDocs builds from it."""
    usual, other = Path("mkdocs.yml"), Path("properdocs.yml")
    return other if other.is_file() and not usual.is_file() else usual


def site_options(command: Command) -> Command:
    """Add the options for the site and the report date."""
    command = click.option(
        "--as-of", type=Day(), metavar="DATE", help="Report date; default: from the settings."
    )(command)
    return click.option(
        "-f", "--config-file", type=click.Path(path_type=Path, dir_okay=False),
        default=usual_configuration, show_default="mkdocs.yml, else properdocs.yml",
        help="The site's configuration.",
    )(command)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LoadedSite:
    """A site as commands read it, private documents included.

    `around` is what its objectives were built from, so that an edited one can be built again.
    `written` are the findings about the blocks and references of pages.
    """

    configuration: Configuration
    as_of: date
    project: Project
    scorecard: Scorecard
    around: BuildContext
    written: tuple[Finding, ...] = ()

    @property
    def current_cycle(self) -> Cycle | None:
        """The cycle of the home page."""
        asked = self.configuration.settings.cycle
        return current_cycle(self.project.cycles.values(), asked, self.as_of)

    @property
    def more_than_published(self) -> bool:
        """Whether the figures count private documents, which the site leaves out."""
        include_private = self.configuration.settings.include_private
        return publish(self.project, include_private) is not self.project

    def findings(self, more: Sequence[Finding] = ()) -> list[Finding]:
        """Return all findings and `more`, but none that the settings or a document suppress."""
        written = (*self.written, *more)
        return all_findings(self.project, self.configuration.settings, self.scorecard, written)


def say_what_is_private(site: LoadedSite) -> None:
    """Say that figures count private documents, where they do."""
    if site.more_than_published:
        text = (
            "Private documents are counted here; the site leaves them out: its figures may differ."
        )
        click.echo(text, err=True)


def open_site(config_file: Path, as_of: date | None) -> LoadedSite:
    """Load a site; end the command with status 2 where its configuration is wrong."""
    try:
        configuration = read_configuration(config_file)
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from None
    try:
        day = as_of_day(configuration.settings, as_of)
    except SettingsError as error:
        raise click.UsageError(str(error)) from None
    try:
        return read_site(configuration, configuration.folder, day)
    except SettingsError as error:
        raise click.UsageError(f"{config_file}: {error}") from None


def read_site(configuration: Configuration, files: Tree, day: date) -> LoadedSite:
    """Read a site from its folder, or from its files as they would be after an edit.

    Raises SettingsError where a setting does not fit the documents.
    """
    settings = configuration.settings
    collector = BlockCollector()
    tree = ObservedTree(files, collector, progress=Progress("Documents read"))
    with gc_paused():
        project, around = load_with_context(tree, settings, configuration.site_name)
        check_cycle(settings, project.cycles.values())
        scorecard = score_project(project, settings, day)
    written = (
        *embedded_findings(collector, files, project), *left_out_findings(files, project)
    )  # fmt: skip
    return LoadedSite(configuration, day, project, scorecard, around, written)
