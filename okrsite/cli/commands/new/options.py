"""The options that the commands of `okrsite new` share."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from okrsite.cli.common import site_options

_ANYWAY = "Write it although there is advice on it, or another of its title."

Command = TypeVar("Command", bound=Callable[..., object])


def document_options(command: Command) -> Command:
    """Add the options that every new document has."""
    for option in (
        click.option("--anyway", is_flag=True, help=_ANYWAY),
        click.option("--text", metavar="TEXT", help="The text below the front matter."),
        click.option("--title", metavar="TEXT", help="The title."),
    ):
        command = option(command)
    return site_options(command)


def private_option(command: Command) -> Command:
    """Add the option that keeps a document out of what is published."""
    help = "Keep it out of everything that is published."
    return click.option("--private", is_flag=True, help=help)(command)


def visibility(private: bool) -> dict[str, Any]:
    """Return the field that a private document has."""
    return {"visibility": "private"} if private else {}
