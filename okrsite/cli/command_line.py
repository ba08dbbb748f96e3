"""What holds for every command: how it ends when something stops it from outside."""

import errno
import os
from typing import Any

import click

STOPPED = "stopped"


class Refused(click.ClickException):
    """Nothing was written; the text says why and what to do. The command ends with status 2."""

    exit_code = 2


class CommandLine(click.Group):
    """The commands; what the machine refuses, and Ctrl-C, is one sentence and status 2.

    Files are written whole or not at all, so that nothing is left half done by then.
    """

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, EOFError, click.Abort):
            raise Refused(STOPPED) from None
        except BrokenPipeError:
            raise  # whoever read the output has gone, and wants to hear nothing more
        except OSError as error:
            raise Refused(refused_by_machine(error)) from None


def refused_by_machine(error: OSError) -> str:
    """Say in a sentence what the machine did not allow, of which file, and what helps."""
    said = error.strerror or str(error) or type(error).__name__
    said = f"{os.fsdecode(error.filename)}: {said}" if error.filename else said
    hint = _HINTS.get(error.errno or 0)
    return f"{said}; {hint}" if hint else said


_HINTS = {
    errno.ENOSPC: "make room on the disk, and run the command again",
    errno.EDQUOT: "make room on the disk, and run the command again",
    errno.EROFS: "the disk can only be read",
    errno.EADDRINUSE: "something else is served there: name another place, like"
    " --dev-addr localhost:8001",
}
