"""The command line: `okrsite COMMAND`, one module a command."""

import click

from okrsite import __version__
from okrsite.cli.export import export
from okrsite.cli.lint import lint


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="okrsite")
def main() -> None:
    """OKRs as files in git: check them, and read their figures."""


main.add_command(lint)
main.add_command(export)
