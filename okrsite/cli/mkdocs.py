"""Run the commands of MkDocs, or of ProperDocs, with our defaults and exit statuses."""

import importlib
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, redirect_stderr

import click

from okrsite.cli.common import SiteOptions
from okrsite.cli.configuration import ConfigurationError, read_configuration
from okrsite.cli.editing import Refused
from okrsite.settings import ASKED_DAY
from okrsite.util.installed_theme import incomplete_theme

_QUIET = frozenset({"-q", "--quiet"})

OTHER_OPTIONS = {"ignore_unknown_options": True}
"""Settings of a command that passes unknown options on."""


def run_mkdocs(
    command: str,
    given: SiteOptions,
    strict: bool,
    options: Sequence[str],
    engine: str = "mkdocs",
) -> None:
    """Run a command of MkDocs to its end, or of ProperDocs, which takes the same ones.

    Ends with status 1 where --strict found warnings, with 2 where anything else went wrong.
    """
    try:
        read_configuration(given.config_file)
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from None
    # Material for MkDocs prints a banner about MkDocs 2, which nothing here depends on.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    if given.as_of is not None:
        os.environ[ASKED_DAY] = given.as_of.isoformat()
    quiet = strict and not _QUIET.isdisjoint(options)
    if quiet:
        options = [option for option in options if option not in _QUIET]
    stern = ["--strict"] if strict else []
    words = [command, "--config-file", str(given.config_file), *stern, *options]
    # It is slow to import.
    try:
        mkdocs = importlib.import_module(f"{engine}.__main__")
    except ModuleNotFoundError as error:
        if error.name != engine:
            raise
        raise Refused(f"{engine} isn't installed: write `pip install {engine}`") from None
    try:
        with _printed_on_failure() if quiet else nullcontext():
            mkdocs.cli.main(words, prog_name=engine, standalone_mode=False)
    except click.ClickException as error:
        message = error.format_message()
        if "strict mode" in message:
            click.echo(f"Error: {message}", err=True)
            raise click.exceptions.Exit(1) from None
        if isinstance(error, click.UsageError):
            raise click.UsageError(message) from None
        raise Refused(message) from None
    except Exception as error:
        if broken := broken_theme(error):
            raise Refused(broken) from None
        raise
    finally:
        if given.as_of is not None:
            del os.environ[ASKED_DAY]


def broken_theme(error: Exception) -> str | None:
    """Return what is wrong with the theme where MkDocs ended with an error that is not its own."""
    if missing := incomplete_theme():
        return missing
    import jinja2  # slow to import

    if isinstance(error, jinja2.TemplateNotFound):
        return f"the theme lacks the template {error.name}, which another of its templates needs"
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.filename or error.name}:{error.lineno}: no template: {error.message}"
    return f"a template fails: {error}" if isinstance(error, jinja2.TemplateError) else None


@contextmanager
def _printed_on_failure() -> Iterator[None]:
    """Hold back the log, and print it on failure: with --quiet MkDocs would count no warnings."""
    log = io.StringIO()
    try:
        with redirect_stderr(log):
            yield
    except BaseException:
        click.echo(log.getvalue(), nl=False, err=True)
        raise
