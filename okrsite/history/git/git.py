"""The `git` command: how it is called, and what its errors mean.

No setting of the repository may run a program or reach the network while it is read, and no
variable that a hook leaves behind may lead to another repository.
"""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

_OPTIONS = (
    "--no-pager --no-replace-objects --literal-pathspecs -c core.quotePath=off"
    " -c core.fsmonitor=false -c core.hooksPath=/dev/null -c log.showSignature=false"
)

# Settings of a user or a pipeline about git itself, as opposed to one repository.
_KEPT = re.compile(
    r"GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|GIT_CEILING_DIRECTORIES"
    r"|GIT_DISCOVERY_ACROSS_FILESYSTEM|GIT_EXEC_PATH"
)
_LONGEST_ERROR = 300


class RepositoryError(Exception):
    """Git cannot do what is needed; `message` says why, `hint` what to do."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}: {self.hint}" if self.hint else self.message


class GitError(RepositoryError):
    """A call of git ended with an error; `printed` is its own message."""

    def __init__(self, printed: str) -> None:
        super().__init__(f"git says: {printed or 'nothing'}")
        self.printed = printed


def environment() -> dict[str, str]:
    """Return the environment variables of git."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or _KEPT.fullmatch(name)
    }
    return kept | {
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_PROTOCOL_FROM_USER": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def start(folder: Path, arguments: Sequence[str], stdin: int) -> "subprocess.Popen[bytes]":
    """Start git in a folder; raise RepositoryError where it is not installed."""
    try:
        return subprocess.Popen(
            [b"git", *(os.fsencode(word) for word in (*_OPTIONS.split(), *arguments))],
            cwd=folder,
            env=environment(),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if stdin == subprocess.DEVNULL else subprocess.DEVNULL,
        )
    except FileNotFoundError:
        if not folder.is_dir():
            raise RepositoryError(f"there is no folder {folder}") from None
        hint = "install it, and see that it is in the PATH"
        raise RepositoryError("git is not installed", hint) from None
    except OSError as error:
        raise RepositoryError(f"git cannot be started: {error.strerror or error}") from None


def run(folder: Path, *arguments: str) -> bytes:
    """Return what git prints; raise GitError where it ends with an error."""
    process = start(folder, arguments, subprocess.DEVNULL)
    printed, errors = process.communicate()
    if process.returncode:
        raise GitError(first_line(errors))
    return printed


def first_line(errors: bytes) -> str:
    """Return the line that matters of the errors that git printed."""
    lines = [line.strip() for line in text_of(errors).splitlines() if line.strip()]
    wanted = next((line for line in lines if line.startswith(("fatal:", "error:"))), None)
    line = wanted or (lines[0] if lines else "")
    return re.sub(r"^(fatal|error): ", "", line)[:_LONGEST_ERROR]


def text_of(name: bytes) -> str:
    """Return what git prints as text; bytes that aren't UTF-8 survive being written back."""
    return name.decode("utf-8", "surrogateescape")
