"""The page on the commands, from the command line itself."""

from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from textwrap import dedent

import click

from okrsite.cli import main as command_line
from okrsite.dev.reference.markdown import fence, listed, paragraphs, table


def commands_page() -> str:
    """Return the page: every command with its options and its exit status."""
    parts = ["# Commands", _COMMANDS_INTRODUCTION]
    for context in _contexts(command_line, "okrsite"):
        command, path = context.command, context.command_path
        usage = " ".join([path, *command.collect_usage_pieces(context)])
        parts += [f"## {path}", _help(command), fence("text", usage)]
        if command.epilog:
            parts.append(fence("sh", _examples(command.epilog)))
        options = [p for p in command.get_params(context) if isinstance(p, click.Option)]
        rows = [[_names(option), _meaning(option), _option_default(option)] for option in options]
        parts.append(table(["Option", "Meaning", "Default"], rows))
    return paragraphs(parts)


def _contexts(
    command: click.Command, name: str, parent: click.Context | None = None
) -> Iterator[click.Context]:
    """Return the contexts of a command and of all its subcommands."""
    context = click.Context(command, parent, name, **command.context_settings)
    yield context
    if isinstance(command, click.Group):
        for inner_name, inner in command.commands.items():
            yield from _contexts(inner, inner_name, context)


def _help(command: click.Command) -> str:
    written = cleandoc(command.help or "").split("\n\n")
    return paragraphs(" ".join(paragraph.split()) for paragraph in written)


def _examples(epilog: str) -> str:
    """Return the examples at the end of a command's help."""
    return dedent(epilog.partition(":\n")[2]).strip()


def _names(option: click.Option) -> str:
    value = "" if option.is_flag or option.count else f" {option.metavar or _value_name(option)}"
    return ", ".join(f"`{name}{value}`" for name in (*option.opts, *option.secondary_opts))


def _value_name(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return option.opts[-1].removeprefix("--").upper()
    return option.type.name.upper()


def _meaning(option: click.Option) -> str:
    choices = ""
    if isinstance(option.type, click.Choice):
        choices = listed([f"`{choice}`" for choice in option.type.choices], "or")
    meaning = (option.help or "").removesuffix(".") if choices else option.help
    return ": ".join(part for part in (meaning, choices) if part)


def _option_default(option: click.Option) -> str:
    shown = isinstance(option.default, (str, Path)) and not option.is_flag
    return f"`{option.default}`" if shown else "–"


_COMMANDS_INTRODUCTION = """\
Here you can look up every command with its options. The commands read `mkdocs.yml` and the
documents below its `docs_dir`. They need neither a web browser nor any other MkDocs plugin. Results
go to standard output, everything else to standard error, so that `okrsite export > okrs.json`
contains only the data.

The exit status is for scripts: `0` is success, `1` means findings that fail, `2` means that the
command or the configuration has an error."""
