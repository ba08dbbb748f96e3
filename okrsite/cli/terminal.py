"""Print for people: as wide as the terminal, and in colour where it has colours.

In a pipe there is no colour, and the width is 80, or that of COLUMNS. Anybody can write a title, so
control characters never reach the terminal.
"""

import os
import sys
from collections.abc import Callable, Iterable

import click
from rich.console import Console
from rich.text import Text

from okrsite.findings.report import visible
from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.pages.parts import STATUS_WORDS
from okrsite.scores import KeyResultFigures, ObjectiveFigures, OwnerFigures
from okrsite.scores.status import Health, Status

Scored = ObjectiveFigures | KeyResultFigures | OwnerFigures

_IN_A_PIPE = 80
_NARROWEST = 40

_SHAPES = {
    Status.DRAFT: "◌",
    Status.CANCELLED: "⊘",
    Status.NOT_STARTED: "○",
    Status.ON_TRACK: "●",
    Status.AT_RISK: "▲",
    Status.OFF_TRACK: "■",
    Status.ACHIEVED: "✓",
    Status.PROGRESSED: "◐",
    Status.MISSED: "✗",
}
"""The shape before each status word, which can be seen without colour."""

_STYLES = {
    Status.DRAFT: "dim",
    Status.CANCELLED: "dim",
    Status.NOT_STARTED: "",
    Status.ON_TRACK: "green",
    Status.AT_RISK: "yellow",
    Status.OFF_TRACK: "red",
    Status.ACHIEVED: "bold green",
    Status.PROGRESSED: "yellow",
    Status.MISSED: "red",
}

_SPELLED = str.maketrans(
    {"·": "-", "→": ">", "–": "-", "−": "-", "≥": ">=", "≤": "<=", "×": "x", "Σ": "sum of"}
)

_HEALTH = {
    Health.HEALTHY: Status.ON_TRACK,
    Health.WARNING: Status.AT_RISK,
    Health.CRITICAL: Status.OFF_TRACK,
    Health.UNKNOWN: Status.NOT_STARTED,
}


def shown(text: str) -> str:
    """Return a text as a terminal can show it, on one line; its spaces are plain ones."""
    return visible(" ".join(text.split()))


def title(text: str) -> str:
    """Return a title, which is inline Markdown, as a terminal can show it."""
    return shown(plain(text))


def print_rich(draw: Callable[[Console], None]) -> None:
    """Print what `draw` draws, without spaces at the ends of lines."""
    console = Console(
        file=sys.stdout,
        width=None if sys.stdout.isatty() else _width_in_a_pipe(),
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.width = max(console.width, _NARROWEST)
    with console.capture() as capture:
        draw(console)
    text = "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())
    # Characters that the terminal lacks are spelled out, or shown as question marks.
    if plain_only(console):
        text = text.translate(_SPELLED)
    text = text.encode(console.encoding, "replace").decode(console.encoding)
    click.echo(text, nl=False, color=console.is_terminal)


def _width_in_a_pipe() -> int:
    wanted = os.environ.get("COLUMNS", "")
    return int(wanted) if wanted.isdecimal() and int(wanted) else _IN_A_PIPE


def plain_only(console: Console) -> bool:
    """Whether only ASCII can be shown."""
    return not console.encoding.lower().startswith("utf")


def status_text(console: Console, status: Status | None, word: str) -> Text:
    """Return a status as a shape and a word."""
    if status is None:
        return Text("")
    shape = "" if plain_only(console) else f"{_SHAPES[status]} "
    return Text(f"{shape}{word}", _STYLES[status])


def health_text(console: Console, health: Health, word: str) -> Text:
    """Return a KPI's health as a shape and a word."""
    return status_text(console, _HEALTH[health], word)


def bar(
    console: Console, width: int, score: float | None, expected: float | None, status: Status | None
) -> Text:
    """Return a score as a bar, with a mark at the expected score."""
    full, empty, mark = "#.|" if plain_only(console) else "█·│"
    filled = round(width * min(max(score or 0.0, 0.0), 1.0))
    text = Text(full * filled, _STYLES[status] if status else "")
    text.append(empty * (width - filled), "dim")
    if expected is not None:
        at = min(round(width * min(max(expected, 0.0), 1.0)), width - 1)
        text = Text.assemble(text[:at], (mark, "bold"), text[at + 1 :])
    return text


def print_line(console: Console, text: Text | str, indent: int = 0) -> None:
    """Print a line without wrapping it, such as one with a file and its line."""
    text = Text(text) if isinstance(text, str) else text
    console.print(Text(" " * indent).append_text(text), soft_wrap=True)


def print_wrapped(console: Console, text: Text | str, indent: int = 0) -> None:
    """Print a text with all its lines indented."""
    text = Text(text) if isinstance(text, str) else text
    for line in text.wrap(console, max(console.width - indent, 20)):
        print_line(console, line, indent)


def on_site(words: Words, here: Scored | None, site: Scored | None) -> str | None:
    """Return the score and status that the site shows, where they aren't the same as here."""
    if here is None:
        return None
    if site is None:
        return "no score on the site"
    score = words.score(site.score)
    if (score, site.status) == (words.score(here.score), here.status):
        return None
    status = f", {words.say(STATUS_WORDS[site.status])}" if site.status else ""
    return f"on the site {score}{status}"


def joined(parts: Iterable[str | None]) -> str:
    """Join the parts that are not empty."""
    return " · ".join(part for part in parts if part)
