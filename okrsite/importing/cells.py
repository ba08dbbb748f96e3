"""Cells of files that are imported, with their place, and what is wrong with them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from okrsite.findings.codes import Severity
from okrsite.findings.finding import one_line

SEVERITIES = {
    "OKR601": Severity.ERROR,
    "OKR602": Severity.ERROR,
    "OKR603": Severity.ERROR,
    "OKR604": Severity.ERROR,
    "OKR605": Severity.ERROR,
    "OKR606": Severity.ERROR,
    "OKR607": Severity.ERROR,
    "OKR608": Severity.WARNING,
    "OKR611": Severity.WARNING,
    "OKR612": Severity.WARNING,
    "OKR613": Severity.WARNING,
}
"""The codes that only an import gives."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file: its name as given, the sheet, the row or line from 1, the header."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, and what its file says about it.

    `number` and `day` are given where the file has numbers and dates as such, `unit` where the
    format of the cell names one. `problem` says why it has no value.
    """

    text: str
    spot: Spot
    number: float | None = None
    day: date | None = None
    unit: str | None = None
    problem: str | None = None

    @property
    def filled(self) -> bool:
        """Whether anything is written in it."""
        return bool(self.text) or self.problem is not None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each with its number as a spreadsheet counts.

    `heading` is what is above it: the name of its sheet, or a heading.
    """

    file: str
    sheet: str | None
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class ImportFinding:
    """Something about an import at one place: a sentence, and what to do."""

    code: str
    severity: Severity
    spot: Spot
    message: str
    hint: str | None = None


Findings = list[ImportFinding]


def found(code: str, spot: Spot, message: str, hint: str | None = None) -> ImportFinding:
    """Return a finding with the severity of its code."""
    hint = one_line(hint) if hint else None
    return ImportFinding(code, SEVERITIES[code], spot, one_line(message), hint)


def in_order(findings: Iterable[ImportFinding]) -> list[ImportFinding]:
    """Return findings by file, sheet and row, each once."""
    return sorted(
        set(findings),
        key=lambda f: (f.spot.file, f.spot.sheet or "", f.spot.row or 0, f.code, f.message),
    )


def clip(text: str) -> str:
    """Return the beginning of what is quoted in a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def under(cell: Cell, column: str) -> Cell:
    """Return a cell with the header of its column."""
    return replace(cell, spot=replace(cell.spot, column=column))
