"""What every command has: its options, and the project with its figures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from okrsite.cli.configuration import Configuration, ConfigurationError, read_configuration
from okrsite.dates import as_of_day
from okrsite.fields import read_date
from okrsite.findings import Finding
from okrsite.judgement import all_findings
from okrsite.memory import kept
from okrsite.model import Project
from okrsite.progress import Progress, WatchedTree
from okrsite.project import load
from okrsite.scorecard import Scorecard, score_project
from okrsite.settings import SettingsError

Command = TypeVar("Command", bound=Callable[..., object])


class Day(click.ParamType[date]):
    """A date like 2026-11-15."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read the date, or say what to write."""
        if isinstance(value, date):
            return value
        try:
            return read_date(str(value))
        except ValueError:
            self.fail(f"{value} is not a date: write year-month-day, like 2026-11-15", param, ctx)


def site_options(command: Command) -> Command:
    """Add the options that say which site, and as of which day."""
    command = click.option(
        "--as-of", type=Day(), metavar="DATE", help="The day to look at; default: the settings'."
    )(command)
    return click.option(
        "-f", "--config-file", type=click.Path(path_type=Path, dir_okay=False),
        default=Path("mkdocs.yml"), show_default=True, help="The site's configuration.",
    )(command)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """A site as a command sees it: everything, private documents included."""

    configuration: Configuration
    as_of: date
    project: Project
    scorecard: Scorecard

    def findings(self) -> list[Finding]:
        """Give all findings that the settings and the documents want to hear."""
        return all_findings(self.project, self.configuration.settings, self.scorecard)


def open_site(config_file: Path, as_of: date | None) -> Site:
    """Load a site; end the command with status 2 where its configuration is wrong."""
    try:
        configuration = read_configuration(config_file)
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from None
    settings = configuration.settings
    watched = WatchedTree(configuration.folder, Progress("Documents read"))
    try:
        day = as_of_day(settings, as_of)
    except SettingsError as error:
        raise click.UsageError(str(error)) from None
    with kept():
        project = load(watched, settings, configuration.site_name)
        scorecard = score_project(project, settings, day)
    return Site(configuration, day, project, scorecard)
