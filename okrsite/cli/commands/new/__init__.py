"""`okrsite new`: one command for every type of document."""

from itertools import groupby

import click

from okrsite.cli.command_line import Commands
from okrsite.cli.commands.new.check_in import check_in
from okrsite.cli.commands.new.cycle import cycle
from okrsite.cli.commands.new.kpi import kpi
from okrsite.cli.commands.new.objective import objective
from okrsite.cli.commands.new.owners import person, team
from okrsite.cli.commands.new.pillar import pillar
from okrsite.editing.new.templates import department_title, templates

_EXAMPLE = """\
\b
Examples:
  okrsite new team
  okrsite new objective --from support/satisfaction
  okrsite new objective --help"""


def _list(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    """Print the templates by department, and end the command."""
    if not asked:
        return
    for department, each in groupby(templates().values(), lambda template: template.department):
        click.echo(f"{department_title(department)}:")
        for template in each:
            click.echo(f"  {template.id:<34} {template.title}")
    click.echo("\nokrsite new objective --from NAME")
    context.exit()


@click.group(cls=Commands, epilog=_EXAMPLE)
@click.option(
    "--list", is_flag=True, is_eager=True, expose_value=False, callback=_list,
    help="List the templates for `new objective --from`.",
)  # fmt: skip
def new() -> None:
    """Write a new document next to the others of its type.

    You are asked for anything the options leave out. The document is checked with the others before
    it is written, and nothing is ever overwritten.

    Exit status: 0 written, 1 findings, 2 usage error.
    """


for _command in (objective, kpi, pillar, team, person, cycle, check_in):
    new.add_command(_command)
