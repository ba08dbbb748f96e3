"""Draw rows of names and figures in the terminal; names wrap, figures stay in their columns."""

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from okrsite.cli.terminal import bar, status_text
from okrsite.scores.status import Status

_WIDE, _USUAL = 110, 56
"""The widths from which details are next to names, and bars are longer."""

_SCORE, _STATUS = 4, 13


class TerminalRows:
    """Collects rows into one text, which is quick to print however many there are."""

    def __init__(self, console: Console) -> None:
        self.text = Text()
        self._console = console
        self._wide = console.width >= _WIDE
        self._bar = 20 if self._wide else 12 if console.width >= _USUAL else 6
        room = console.width - (_SCORE + self._bar + _STATUS + 3)
        self._detail = 2 * room // 5 if self._wide else 0
        self._name = room - self._detail - 1 if self._wide else room

    def add(
        self, indent: int, name: str, detail: str, score: str, share: float | None,
        expected: float | None, status: Status | None, word: str, style: str = "",
    ) -> None:  # fmt: skip
        """Add a row: `score` in words, then the bar of `share` with its mark, then the status.

        The detail is below the name, or next to it where the terminal is wide.
        """
        names = [(line, style) for line in self._wrapped(name, self._name - indent)]
        beside: list[str] = []
        if self._wide:
            beside = self._wrapped(detail, self._detail)
        elif detail:
            names += [(line, "dim") for line in self._wrapped(detail, self._name - indent)]
        for number in range(max(len(names), len(beside))):
            line, look = names[number] if number < len(names) else ("", "")
            self._put(" " * indent, line, look, self._name - indent)
            if self._wide:
                self.text.append(" ")
                self._put("", beside[number] if number < len(beside) else "", "dim", self._detail)
            if number == 0:
                self.text.append(f" {score:>{_SCORE}} ", style)
                self.text.append_text(bar(self._console, self._bar, share, expected, status))
                self.text.append(" ")
                self.text.append_text(status_text(self._console, status, word))
            self.text.append("\n")

    def _put(self, before: str, line: str, style: str, width: int) -> None:
        self.text.append(before)
        self.text.append(line, style)
        self.text.append(" " * (width - cell_len(line)))

    def _wrapped(self, text: str, width: int) -> list[str]:
        if cell_len(text) <= width:
            return [text]
        return [line.plain.rstrip() for line in Text(text).wrap(self._console, width)]
