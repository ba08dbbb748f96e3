"""End every command with one sentence where the machine or Ctrl-C stops it."""

import errno
import os
from typing import Any

import click

STOPPED = "stopped"


class Refused(click.ClickException):
    """Nothing was written; the text says why and what to do. The command ends with status 2."""

    exit_code = 2


class CommandLine(click.Group):
    """The commands; what the machine refuses, and Ctrl-C, ends them with a sentence and status 2.

    Files are written whole or not at all, so that nothing is left half written.
    """

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


def refused_by_machine(error: OSError) -> str:
    """Return a sentence on what the machine refused, for which file, and what helps."""
    message = error.strerror or str(error) or type(error).__name__
    message = f"{os.fsdecode(error.filename)}: {message}" if error.filename else message
    hint = _HINTS.get(error.errno or 0)
    return f"{message}; {hint}" if hint else message


_HINTS = {
    errno.ENOSPC: "make room on the disk, and run the command again",
    errno.EDQUOT: "make room on the disk, and run the command again",
    errno.EROFS: "the disk can only be read",
    errno.EADDRINUSE: "something else is served there: name another place, like"
    " --dev-addr localhost:8001",
}
