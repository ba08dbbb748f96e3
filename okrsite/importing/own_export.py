"""The CSV that `okrsite export` prints, as a table like those of other tools."""

from collections.abc import Sequence
from dataclasses import replace

from okrsite.importing.cells import Cell, Table

_MARK = ("objective", "objective_title", "cycle", "owners")
"""What the header of an export begins with."""
_COLUMNS = {
    "objective": "okrsite document",
    "objective_title": "Objective",
    "cycle": "Cycle",
    "owners": "Team",
    "objective_status": "objective_status",
    "key_result": "result_id",
    "title": "Key result",
    "kind": "measured_as",
    "from": "Start",
    "to": "Target",
    "value": "Current",
    "unit": "Unit",
    "score": "Score",
    "confidence": "Confidence",
    "weight": "Weight",
    "kpi": "KPI",
    "due": "Due",
    "key_result_owners": "Owner",
    "status": "Status",
}
"""The headers that say the same in a sheet; the other columns are computed."""
_IDS = frozenset({"owners", "key_result_owners"})


def as_sheet(table: Table) -> Table:
    """Return a table; that of an export with the headers and cells of a sheet."""
    header = [cell.text for cell in table.rows[0][1]] if table.rows else []
    if tuple(header[: len(_MARK)]) != _MARK:
        return table
    kept = [(index, name) for index, name in enumerate(header) if name in _COLUMNS]
    rows = [
        (number, tuple(_cell(cells, index, name, position == 0) for index, name in kept))
        for position, (number, cells) in enumerate(table.rows)
    ]
    return replace(table, rows=tuple(rows))


def _cell(cells: Sequence[Cell], index: int, name: str, is_header: bool) -> Cell:
    cell = cells[index] if index < len(cells) else Cell("", cells[0].spot)
    if is_header:
        return replace(cell, text=_COLUMNS[name])
    text = cell.text
    if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@"):
        text = text[1:]  # the export guards such texts against spreadsheets
    if name in _IDS:
        text = ";".join(text.split())
    return replace(cell, text=text)
