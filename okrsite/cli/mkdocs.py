"""MkDocs' own commands, run with our defaults and ended with our exit statuses."""

import importlib
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, redirect_stderr
from datetime import date
from pathlib import Path

import click

from okrsite.cli.configuration import ConfigurationError, read_configuration
from okrsite.cli.editing import Refused
from okrsite.settings import ASKED_DAY

_QUIET = frozenset({"-q", "--quiet"})

OTHER_OPTIONS = {"ignore_unknown_options": True}
"""What lets a command pass on the options that it does not know."""


def run_mkdocs(
    command: str, config_file: Path, as_of: date | None, strict: bool, options: Sequence[str]
) -> None:
    """Run a command of MkDocs to its end.

    Ends with status 1 where --strict found warnings, with 2 where anything else went wrong.
    """
    try:
        read_configuration(config_file)
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from None
    # Material for MkDocs prints a banner about MkDocs 2, which nothing here depends on.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    if as_of is not None:
        os.environ[ASKED_DAY] = as_of.isoformat()
    quiet = strict and not _QUIET.isdisjoint(options)
    if quiet:
        options = [option for option in options if option not in _QUIET]
    words = [
        command,
        "--config-file",
        str(config_file),
        *(["--strict"] if strict else []),
        *options,
    ]
    # It takes its time to import, which the other commands need not wait for.
    mkdocs = importlib.import_module("mkdocs.__main__")
    try:
        with _told_on_failure() if quiet else nullcontext():
            mkdocs.cli.main(words, prog_name="mkdocs", standalone_mode=False)
    except click.ClickException as error:
        said = error.format_message()
        if "strict mode" in said:
            click.echo(f"Error: {said}", err=True)
            raise click.exceptions.Exit(1) from None
        if isinstance(error, click.UsageError):
            raise click.UsageError(said) from None
        raise Refused(said) from None
    finally:
        if as_of is not None:
            del os.environ[ASKED_DAY]


@contextmanager
def _told_on_failure() -> Iterator[None]:
    """Keep what is said for where it fails: MkDocs does not count warnings that it does not say."""
    said = io.StringIO()
    try:
        with redirect_stderr(said):
            yield
    except BaseException:
        click.echo(said.getvalue(), nl=False, err=True)
        raise
