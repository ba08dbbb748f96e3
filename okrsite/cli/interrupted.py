"""A rename that was killed halfway, and how it is finished.

Before it touches the first file, a rename notes all that it will write in one file next to
mkdocs.yml. Every step can be seen to be done or not, so the same command can do the rest.
"""

import json
import os
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from okrsite.cli.command_line import Refused
from okrsite.findings.report import visible
from okrsite.util.writing import TEMPORARY, write_whole

NOTED = f".okrsite-rename{TEMPORARY}"
"""The file of the steps; it is there while they are done, and after a command was killed."""


class State(Enum):
    """How far a step is: not begun, its new file written, done; or its files are different ones."""

    OLD = "old"
    WRITTEN = "written"
    NEW = "new"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Step:
    """A file that moves, gets other content, or both.

    `before` is the checksum of its content, and `after` its new text, where it gets one.
    """

    source: Path
    target: Path
    before: str | None = None
    after: str | None = None

    def state(self) -> State:
        """Return how far it is, as its files show."""
        alone = self.source == self.target or not self.source.exists()
        if self.after is None:
            if alone:
                return State.NEW if self.target.exists() else State.OTHER
            apart = self.target.exists() and not self.target.samefile(self.source)
            return State.OTHER if apart else State.OLD
        if _checksum(self.target) == checksum(self.after.encode()):
            return State.NEW if alone else State.WRITTEN
        return State.OLD if _checksum(self.source) == self.before else State.OTHER

    def finish(self, state: State) -> None:
        """Do what is left of it."""
        if state is State.OLD:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            if self.after is None:
                os.rename(self.source, self.target)
                return
            write_whole(self.target, self.after)
        moved = self.source != self.target and self.source.exists()
        if moved and not self.source.samefile(self.target):
            self.source.unlink()


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The command that was killed, as its words, and all of its steps."""

    folder: Path
    words: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def whole(self) -> bool:
        """Whether it had not begun, or was done."""
        states = {step.state() for step in self.steps}
        return len(states) < 2 and states <= {State.OLD, State.NEW}

    @property
    def command(self) -> str:
        """The command as it is typed."""
        return visible(shlex.join(("okrsite", *self.words)))

    def finish(self) -> None:
        """Do the steps that are left; refuse where a file is not as it was or as it will be."""
        states = [step.state() for step in self.steps]
        for step, state in zip(self.steps, states, strict=True):
            if state is State.OTHER:
                name = os.path.relpath(step.target, self.folder)
                raise Refused(
                    f"`{self.command}` was interrupted and can't be finished: {visible(name)} has "
                    f"changed since. Restore the files with git, then delete {NOTED}"
                )
        try:
            for step, state in zip(self.steps, states, strict=True):
                step.finish(state)
        except OSError as error:
            message = f"{error.filename or 'a file'} cannot be written: {error.strerror or error}"
            raise Refused(f"{message}; run the command again to finish") from None
        _remove_empty(self.folder, (step.source.parent for step in self.steps))
        (self.folder / NOTED).unlink(missing_ok=True)


def note(folder: Path, words: Sequence[str], steps: Iterable[Step]) -> None:
    """Note the steps of a command before the first is done; `folder` is that of mkdocs.yml."""
    noted = [
        {
            "source": os.path.relpath(step.source, folder),
            "target": os.path.relpath(step.target, folder),
            "before": step.before,
            "after": step.after,
        }
        for step in steps
    ]
    write_whole(folder / NOTED, json.dumps({"words": list(words), "steps": noted}))


def interrupted(folder: Path) -> Interrupted | None:
    """Return the command that was killed with only some of its steps done.

    The note of one that had not begun, or was done, is deleted.
    """
    found = _noted(folder)
    if found is None or not found.whole:
        return found
    (folder / NOTED).unlink()
    paths = (path for step in found.steps for path in (step.source, step.target))
    _remove_empty(folder, (path.parent for path in paths))
    return None


def tell_interrupted(folder: Path) -> None:
    """Print that a rename is still to be finished, where one is."""
    if (found := _noted(folder)) is not None and not found.whole:
        click.echo(f"note: `{found.command}` was interrupted: run it again to finish it", err=True)


def _noted(folder: Path) -> Interrupted | None:
    file = folder / NOTED
    if not file.is_file():
        return None
    try:
        noted = json.loads(file.read_bytes())
        words = tuple(str(word) for word in noted["words"])
        return Interrupted(folder, words, tuple(_steps(folder, noted["steps"])))
    except (OSError, ValueError, KeyError, TypeError):
        raise Refused(
            f"{NOTED} can't be read: restore the files with git, then delete it"
        ) from None


def refuse_interrupted(folder: Path) -> None:
    """Refuse to write where a rename is still to be finished."""
    if (found := interrupted(folder)) is not None:
        raise Refused(f"`{found.command}` was interrupted: run it again to finish it first")


def checksum(content: bytes) -> str:
    """Return what tells a content from others."""
    return sha256(content).hexdigest()


def _checksum(file: Path) -> str | None:
    return checksum(file.read_bytes()) if file.is_file() else None


def _steps(folder: Path, noted: Iterable[dict[str, Any]]) -> Iterator[Step]:
    """Yield the steps of a note; raise ValueError where one leaves the repository."""
    top = next((f for f in (folder, *folder.parents) if (f / ".git").exists()), folder).resolve()
    for step in noted:
        source, target = (folder / step[name] for name in ("source", "target"))
        for path in (source, target):
            inside = path.resolve().relative_to(top)
            if ".git" in inside.parts:
                raise ValueError(path)
        before, after = step["before"], step["after"]
        yield Step(source, target, before, None if after is None else str(after))


def _remove_empty(top: Path, folders: Iterable[Path]) -> None:
    """Remove the folders below one that nothing is left in."""
    for folder in sorted(set(folders), key=lambda f: len(f.parts), reverse=True):
        while folder != top and folder.is_relative_to(top) and folder.is_dir():
            if any(folder.iterdir()):
                break
            folder.rmdir()
            folder = folder.parent
