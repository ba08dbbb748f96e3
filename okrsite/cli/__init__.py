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
    "build": ("build:build", "Build the site like `mkdocs build`, for another date if you like."),
    "carry": ("carry:carry", "Carry OBJECTIVE over to another cycle: write its document there."),
    "check-in": (
        "check_in:check_in",
        "Add a check-in to OBJECTIVE: an id (or its last part), a title or a file path.",
    ),
    "diff": (
        "diff:diff",
        "Show what changes in the OKRs from one git revision to another, or to the current files.",
    ),
    "digest": (
        "digest:digest",
        "Report what changed, what's at risk and why, which goalposts moved, and what's overdue.",
    ),
    "done": ("done:done", "Write that a milestone was reached, with its date."),
    "explain": (
        "explain:explain",
        "Explain a score: the formula with its numbers, and the file and line of each.",
    ),
    "close": (
        "close:close",
        "Show how each objective of CYCLE ends, and which lack a retrospective.",
    ),
    "export": (
        "export:export",
        "Write every objective, KPI and score to FILE, without what is private.",
    ),
    "generate": (
        "generate:generate",
        "Write the site to OUT without MkDocs: for another generator, or finished.",
    ),
    "import": (
        "import_:import_",
        "Turn OKRs in CSV, XLSX, Markdown, YAML or JSON files into documents.",
    ),
    "init": (
        "init:init",
        "Create a site that builds right away, with a first objective for the current quarter.",
    ),
    "initiative": (
        "initiative:initiative",
        "Add an initiative with this TITLE to OBJECTIVE, or update the one that has it.",
    ),
    "lint": ("lint:lint", "Check every document, including private ones."),
    "mcp": ("mcp:mcp", "Let an assistant read the OKRs, over the Model Context Protocol."),
    "mine": (
        "mine:mine",
        "Show what is overdue for you, and what you own and support in open cycles.",
    ),
    "move": ("move:move", "Give OBJECTIVE another owner."),
    "new": ("new:new", "Write a new document next to the others of its type."),
    "notify": (
        "notify:notify",
        "Send what is new to the company and its teams, without anything private.",
    ),
    "plan": ("plan:plan", "Show the plan for CYCLE, one that hasn't begun; default: the next."),
    "pull": (
        "pull:pull",
        "Add readings to KPIs that name a `source`: all of them, or the KPIS given.",
    ),
    "query": (
        "query:query",
        "Print what a SELECT finds in the tables of `okrsite export --format sqlite`.",
    ),
    "reading": (
        "reading:reading",
        "Add a reading, the VALUE of a KPI on a date, where the KPI keeps its readings.",
    ),
    "rename": (
        "rename:rename",
        "Change the id of a team, person, objective, KPI or pillar, and everything that names it.",
    ),
    "schema": (
        "schema:schema",
        "Print the JSON Schema of the front matter: of all types, or of one.",
    ),
    "serve": (
        "serve:serve",
        "Serve the site, and show every page again after you save. Press Ctrl-C to stop.",
    ),
    "set": (
        "set:set_",
        "Set fields of documents, or of a key result with OBJECTIVE#KEY_RESULT.FIELD=VALUE.",
    ),
    "status": ("status:status", "Show a cycle in the terminal, including private documents."),
}
"""Every command: its place in `okrsite.cli.commands`, and the first sentence of its help.

A module is imported only when its command is used. A test compares the sentences.
"""


class _LazyCommands(UserDict[str, Any]):
    """Commands by name; one that was not used yet is the place to import it from."""

    def __getitem__(self, name: str) -> Any:
        command = super().__getitem__(name)
        return (
            resolve_name(f"{__name__}.commands.{command}") if isinstance(command, str) else command
        )


_EXAMPLE = """\b
Examples:
  okrsite init my-okrs
  okrsite lint --help"""


@click.group(
    cls=CommandLine,
    epilog=_EXAMPLE,
    commands=_LazyCommands({name: place for name, (place, _) in COMMANDS.items()}),
    summaries={name: summary for name, (_, summary) in COMMANDS.items()},
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="okrsite")
def main() -> None:
    """Check and report OKRs kept as files in git."""
