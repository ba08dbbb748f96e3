"""Ask questions on the terminal, or do without where there is none."""

import sys
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import click

from okrsite.cli.editing import Refused

Given = TypeVar("Given")


def on_terminal() -> bool:
    """Whether questions can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def answer_to(question: str, option: str, read: Callable[[str], Given], default: str = "") -> Given:
    """Ask until the answer can be read; `read` raises ValueError where it cannot.

    Without a terminal the missing option is named, and the command ends with status 2.
    """
    if not on_terminal():
        raise click.UsageError(f"`{option}` is missing: {question[:1].lower()}{question[1:]}?")
    while True:
        answer = _prompt(question, default or None)
        try:
            return read(answer)
        except ValueError as error:
            click.echo(str(error), err=True)


def optional_answer(question: str, read: Callable[[str], Given]) -> Given | None:
    """Ask for something optional; return None for an empty answer or without a terminal."""
    while on_terminal():
        answer = _prompt(question, "")
        if not answer.strip():
            return None
        try:
            return read(answer)
        except ValueError as error:
            click.echo(str(error), err=True)
    return None


def given_or_asked(
    given: str | None, question: str, option: str, read: Callable[[str], Given], default: str = ""
) -> Given:
    """Return the value of an option, or ask for it; an invalid value ends the command."""
    if given is None:
        return answer_to(question, option, read, default)
    try:
        return read(given)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=f"`{option}`") from None


def agreed(question: str) -> bool:
    """Whether a question is answered with yes; without a terminal it is no."""
    try:
        return on_terminal() and click.confirm(question, err=True)
    except click.Abort:
        raise Refused(STOPPED) from None


def confirm(question: str) -> None:
    """End the command with status 2 unless a question is answered with yes."""
    if not agreed(question):
        raise Refused("nothing was written")


def warn_if_to_come(day: date, as_of: date) -> None:
    """Print that a day is in the future; on a terminal, ask whether it is meant."""
    if day <= as_of:
        return
    click.echo(f"{day} is in the future: none of this counts before then.", err=True)
    if on_terminal():
        confirm("Is this the date you mean?")


STOPPED = "stopped; nothing written"


def _prompt(question: str, default: str | None) -> str:
    try:
        answer: str = click.prompt(question, default=default, show_default=bool(default), err=True)
    except click.Abort:
        raise Refused(STOPPED) from None
    return answer


def words(text: str) -> str:
    """Return an answer that may be any text but an empty one."""
    text = " ".join(text.split())
    if not text:
        raise ValueError("write at least a few words")
    if not text.isprintable():
        raise ValueError("it contains an invisible character: remove it")
    return text
