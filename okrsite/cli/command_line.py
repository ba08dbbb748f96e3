"""End every command with one sentence where the machine or Ctrl-C stops it."""

import errno
import os
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import click
from click.shell_completion import CompletionItem

_AROUND_A_NAME = 6
"""The characters around the name of a command in a list of commands."""

STOPPED = "stopped"


class Refused(click.ClickException):
    """Nothing was written; the text says why and what to do. The command ends with status 2."""

    exit_code = 2


class Commands(click.Group):
    """Commands, none of which takes an option twice if only one of its values would count."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant and its words."""
        name, command, words = super().resolve_command(ctx, args)
        if command is not None and not ctx.resilient_parsing:
            settings = command.context_settings
            of_command = click.Context(command, parent=ctx, info_name=name, **settings)
            try:
                _, _, given = command.make_parser(of_command).parse_args(list(words))
            except click.UsageError:
                return name, command, words  # the command says so itself
            for option, times in Counter(given).items():
                if times > 1 and isinstance(option, click.Option) and _counts_once(option):
                    message = f"{max(option.opts, key=len)} is given twice: give it once"
                    raise click.UsageError(message, of_command)
        return name, command, words


def _counts_once(option: click.Option) -> bool:
    return not (option.multiple or option.count or option.is_flag)


class CommandLine(Commands):
    """The commands; what the machine refuses, and Ctrl-C, ends them with a sentence and status 2.

    Files are written whole or not at all, so that nothing is left half written. `help_of` returns
    the help of a command, by which the commands are listed without importing them.
    """

    def __init__(self, *args: Any, help_of: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._help_of = help_of

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the names of the commands and the first sentences of their help."""
        listed = self._listed(ctx)
        width = formatter.width - max(len(name) for name, _ in listed) - _AROUND_A_NAME
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str(width)) for name, one in listed])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin with a text, or the options."""
        found = [
            CompletionItem(name, help=one.get_short_help_str())
            for name, one in self._listed(ctx)
            if name.startswith(incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def _listed(self, ctx: click.Context) -> list[tuple[str, click.Command]]:
        """Return a command with the same help for each command."""
        names = self.list_commands(ctx)
        return [(name, click.Command(name, help=self._help_of(name))) for name in names]

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line, whichever of the standard streams are closed."""
        _open_standard_streams()
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, EOFError, click.Abort):
            raise Refused(STOPPED) from None
        except BrokenPipeError:
            raise  # nobody reads the output any more, so no message is needed
        except OSError as error:
            raise Refused(refused_by_machine(error)) from None


def _open_standard_streams() -> None:
    """Put nothing in the place of a closed input or error output; end without an output.

    Python leaves None there, and the next file that is opened would take the stream's place, for
    git and other programs that are started too.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115 open until the end
            os.set_inheritable(stream.fileno(), True)
            setattr(sys, name, stream)
            if name == "stdout":
                click.echo("Error: standard output is closed: nothing was done", err=True)
                raise SystemExit(Refused.exit_code)


def refused_by_machine(error: OSError) -> str:
    """Return a sentence on what the machine refused, for which file, and what helps."""
    message = error.strerror or str(error) or type(error).__name__
    message = f"{os.fsdecode(error.filename)}: {message}" if error.filename else message
    hint = _HINTS.get(error.errno or 0)
    return f"{message}; {hint}" if hint else message


_HINTS = {
    errno.ENOSPC: "free some disk space and run the command again",
    errno.EDQUOT: "free some disk space and run the command again",
    errno.EROFS: "the disk is read-only",
    errno.EADDRINUSE: "something else is served there: choose another address, like"
    " --dev-addr localhost:8001",
}
