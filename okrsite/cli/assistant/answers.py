"""What is answered: Markdown of a limited size that says what was left out."""

from collections.abc import Callable, Iterable, Sequence
from io import StringIO

from rich.console import Console

from okrsite.cli.terminal import shown

MOST_CHARACTERS = 24_000
"""The most characters of an answer."""

WIDTH = 110
"""The width of what is drawn for an answer, in characters."""


class QuestionError(ValueError):
    """A question that can't be answered; the text is one sentence on what to do instead."""


def limited(text: str, narrower: str, most: int = MOST_CHARACTERS) -> str:
    """Return whole lines of a text, and how many were left out; `narrower` says how to see them."""
    text = text.strip("\n") + "\n"
    if len(text) <= most:
        return text
    lines, length, kept = text.splitlines(), 0, 0
    for line in lines:
        length += len(line) + 1
        if length > most:
            break
        kept += 1
    if not kept:  # one line is longer than the answer
        return f"{text[:most]}…\n\n(cut off: {narrower})\n"
    return "\n".join(
        [*lines[:kept], "", f"({len(lines) - kept} more lines left out: {narrower})\n"]
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the lines of a Markdown table."""
    marks = ["---"] * len(heads)
    return [_row(heads), _row(marks), *(_row([cell(value) for value in row]) for row in rows)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def cell(value: object) -> str:
    """Return a value on one line of text; nothing for a missing one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(cell, value))
    return shown(str(value)).replace("|", "\\|")


def drawn(draw: Callable[[Console], None]) -> str:
    """Return what a command draws in the terminal, without colours."""
    text = StringIO()
    draw(Console(file=text, width=WIDTH, highlight=False, markup=False, emoji=False))
    return "".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines())
