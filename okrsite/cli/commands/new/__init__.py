"""`okrsite new`: one command for every type of document."""

import click

from okrsite.cli.command_line import Commands
from okrsite.cli.commands.new.check_in import check_in
from okrsite.cli.commands.new.cycle import cycle
from okrsite.cli.commands.new.kpi import kpi
from okrsite.cli.commands.new.objective import objective
from okrsite.cli.commands.new.owners import person, team
from okrsite.cli.commands.new.pillar import pillar

_EXAMPLE = """\
\b
Examples:
  okrsite new team
  okrsite new objective --help"""


@click.group(cls=Commands, epilog=_EXAMPLE)
def new() -> None:
    """Write a new document next to the others of its type.

    You are asked for what the options leave out. The document is checked with the others before it
    is written, and nothing is ever overwritten.

    Exit status: 0 written, 1 findings, 2 usage error.
    """


for _command in (objective, kpi, pillar, team, person, cycle, check_in):
    new.add_command(_command)
