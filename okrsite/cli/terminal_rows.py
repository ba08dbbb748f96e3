"""Draw rows of names and figures in the terminal; names wrap, figures stay in their columns."""

from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from okrsite.cli.terminal import bar, shown, status_text, title
from okrsite.language.wording import Words
from okrsite.pages.parts import STATUS_WORDS
from okrsite.scores.status import Status

_WIDE, _USUAL = 110, 56
"""The widths from which details are next to names, and bars are longer."""

_SCORE, _STATUS = 4, 13


class Drawn(NamedTuple):
    """The figures of a row."""

    score: float | None = None
    expected: float | None = None
    status: Status | None = None


class TerminalRows:
    """Collects rows into one text, which is quick to print however many there are."""

    def __init__(self, console: Console, words: Words) -> None:
        self.text = Text()
        self._console, self._words = console, words
        self._wide = console.width >= _WIDE
        self._bar = 20 if self._wide else 12 if console.width >= _USUAL else 6
        room = console.width - (_SCORE + self._bar + _STATUS + 3)
        self._detail = 2 * room // 5 if self._wide else 0
        self._name = room - self._detail - 1 if self._wide else room

    def add(self, indent: int, name: str, detail: str, figures: Drawn, style: str = "") -> None:
        """Add a row: the score in words and as a bar with the expected one, then the status.

        The detail is below the name, or next to it where the terminal is wide.
        """
        width = self._name - indent
        names = [(line, style) for line in self._wrapped(title(name), width)]
        lines = self._wrapped(detail, self._detail if self._wide else width)
        if detail and not self._wide:
            names += [(line, "dim") for line in lines]
        beside = lines if self._wide else []
        for number in range(max(len(names), len(beside))):
            line, look = names[number] if number < len(names) else ("", "")
            self.text.append(" " * indent)
            self._put(line, look, width)
            if self._wide:
                self.text.append(" ")
                self._put(beside[number] if number < len(beside) else "", "dim", self._detail)
            if number == 0:
                self._put_figures(figures, style)
            self.text.append("\n")

    def _put_figures(self, figures: Drawn, style: str) -> None:
        score, expected, status = figures
        # What has a status and no score is a draft, was cancelled or has not begun.
        text = "" if score is None and status else shown(self._words.score(score))
        self.text.append(f" {text:>{_SCORE}} ", style)
        if text:
            self.text.append_text(bar(self._console, self._bar, score, expected, status))
        else:
            self.text.append(" " * self._bar)
        self.text.append(" ")
        word = self._words.say(STATUS_WORDS[status]) if status else ""
        self.text.append_text(status_text(self._console, status, word))

    def _put(self, line: str, style: str, width: int) -> None:
        self.text.append(line, style)
        self.text.append(" " * (width - cell_len(line)))

    def _wrapped(self, text: str, width: int) -> list[str]:
        if cell_len(text) <= width:
            return [text]
        return [line.plain.rstrip() for line in Text(text).wrap(self._console, width)]
