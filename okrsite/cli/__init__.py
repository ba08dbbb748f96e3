"""The command line: `okrsite COMMAND`, one module a command.

Here belong options, questions and what a terminal shows. What a command works out or writes does
not: that is `okrsite.editing`, `history`, `exports` and the rooms below them.
"""

import os
from collections import UserDict
from pkgutil import resolve_name
from typing import Any

import click

from okrsite import __version__
from okrsite.cli.command_line import CommandLine

# A command starts faster when pydantic does not search everything installed for plugins of its own.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

COMMANDS = {
    "build": "okrsite.cli.commands.build:build",
    "carry": "okrsite.cli.commands.carry:carry",
    "check-in": "okrsite.cli.commands.check_in:check_in",
    "diff": "okrsite.cli.commands.diff:diff",
    "digest": "okrsite.cli.commands.digest:digest",
    "done": "okrsite.cli.commands.done:done",
    "explain": "okrsite.cli.commands.explain:explain",
    "close": "okrsite.cli.commands.close:close",
    "export": "okrsite.cli.commands.export:export",
    "import": "okrsite.cli.commands.import_:import_",
    "init": "okrsite.cli.commands.init:init",
    "initiative": "okrsite.cli.commands.initiative:initiative",
    "lint": "okrsite.cli.commands.lint:lint",
    "mcp": "okrsite.cli.commands.mcp:mcp",
    "mine": "okrsite.cli.commands.mine:mine",
    "move": "okrsite.cli.commands.move:move",
    "new": "okrsite.cli.commands.new:new",
    "notify": "okrsite.cli.commands.notify:notify",
    "plan": "okrsite.cli.commands.plan:plan",
    "pull": "okrsite.cli.commands.pull:pull",
    "query": "okrsite.cli.commands.query:query",
    "reading": "okrsite.cli.commands.reading:reading",
    "rename": "okrsite.cli.commands.rename:rename",
    "schema": "okrsite.cli.commands.schema:schema",
    "serve": "okrsite.cli.commands.serve:serve",
    "set": "okrsite.cli.commands.set:set_",
    "status": "okrsite.cli.commands.status:status",
}
"""Every command and its place; a module is imported only when its command is used."""


class _LazyCommands(UserDict[str, Any]):
    """Commands by name; one that was not used yet is the place to import it from."""

    def __getitem__(self, name: str) -> Any:
        command = super().__getitem__(name)
        return resolve_name(command) if isinstance(command, str) else command


_EXAMPLE = """\b
Examples:
  okrsite init my-okrs
  okrsite lint --help"""


@click.group(
    cls=CommandLine,
    epilog=_EXAMPLE,
    commands=_LazyCommands(COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="okrsite")
def main() -> None:
    """Check and report OKRs kept as files in git."""
