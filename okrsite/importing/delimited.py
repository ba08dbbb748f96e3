"""Tables in CSV and TSV files: separated by commas, semicolons, tabs or bars."""

import csv
import io

from okrsite.importing.cells import Cell, Findings, Spot, Table, found
from okrsite.importing.headers import fields_named

_SEPARATORS = (",", ";", "\t", "|")
_FIRST_LINES = 20


def read_delimited(file: str, text: str, findings: Findings) -> list[Table]:
    """Return the table of a file; none, with a finding, where it cannot be taken apart."""
    first, _, rest = text.partition("\n")
    told = first.strip().lower()
    separator = None
    if told.startswith("sep=") and len(told) == 5:  # Excel's own line, which it does not show
        separator, text = first.strip()[4], rest
    separator = separator or _separator(text)
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    try:
        for number, cells in enumerate(reader, 1):
            spot = Spot(file, None, number)
            rows.append((number, tuple(Cell(cell.strip(), spot) for cell in cells)))
    except csv.Error as error:
        spot = Spot(file, None, len(rows) + 1)
        findings.append(
            found("OKR601", spot, f"the table ends here: {error}", "save it as CSV again")
        )
        return []
    return [Table(file, None, tuple(rows))]


def _separator(text: str) -> str:
    """Return the separator with which the first lines have the most headers, then columns."""
    lines = text.splitlines()[:_FIRST_LINES]

    def sense(separator: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(lines, delimiter=separator))
        except csv.Error:
            return 0, 0
        known = max((sum(bool(fields_named(cell)) for cell in row) for row in rows), default=0)
        return known, max((len(row) for row in rows), default=0)

    return max(_SEPARATORS, key=sense)
