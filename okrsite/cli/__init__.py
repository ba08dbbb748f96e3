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
    "build": "build:build",
    "carry": "carry:carry",
    "check-in": "check_in:check_in",
    "diff": "diff:diff",
    "digest": "digest:digest",
    "done": "done:done",
    "explain": "explain:explain",
    "close": "close:close",
    "export": "export:export",
    "generate": "generate:generate",
    "import": "import_:import_",
    "init": "init:init",
    "initiative": "initiative:initiative",
    "lint": "lint:lint",
    "mcp": "mcp:mcp",
    "mine": "mine:mine",
    "move": "move:move",
    "new": "new:new",
    "notify": "notify:notify",
    "plan": "plan:plan",
    "pull": "pull:pull",
    "query": "query:query",
    "reading": "reading:reading",
    "rename": "rename:rename",
    "schema": "schema:schema",
    "serve": "serve:serve",
    "set": "set:set_",
    "status": "status:status",
}
"""Every command and its place in `okrsite.cli.commands`; it is imported only when it is used."""


class _LazyCommands(UserDict[str, Any]):
    """Commands by name; one that was not used yet is the place to import it from."""

    def __getitem__(self, name: str) -> Any:
        command = super().__getitem__(name)
        return (
            resolve_name(f"{__name__}.commands.{command}") if isinstance(command, str) else command
        )


def _help(name: str) -> str:
    """Return the help of a command from the text of its module: importing it takes far longer."""
    module, _, function = COMMANDS[name].partition(":")
    path = os.path.join(os.path.dirname(__file__), "commands", module)
    file = os.path.join(path, "__init__.py") if os.path.isdir(path) else f"{path}.py"
    try:
        with open(file, encoding="utf-8") as source:
            return source.read().partition(f"\ndef {function}(")[2].split('"""')[1]
    except (OSError, LookupError):  # installed without its sources
        return main.commands[name].help or ""


_EXAMPLE = """\b
Examples:
  okrsite init my-okrs
  okrsite lint --help"""


@click.group(
    cls=CommandLine,
    epilog=_EXAMPLE,
    commands=_LazyCommands(COMMANDS),
    help_of=_help,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="okrsite")
def main() -> None:
    """Check and report OKRs kept as files in git."""
