"""The CSV that `okrsite export` prints, as a table like those of other tools."""

import re
from collections.abc import Mapping
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
    "objective_score": "okrsite objective grade",
    "key_result": "result_id",
    "title": "Key result",
    "kind": "measured_as",
    "from": "Start",
    "to": "Target",
    "value": "Current",
    "unit": "Unit",
    "score": "okrsite grade",
    "computed_score": "Score",
    "confidence": "Confidence",
    "weight": "Weight",
    "kpi": "KPI",
    "due": "Due",
    "key_result_owners": "Owner",
    "status": "Status",
    "moves": "Moves",
    "keep_min": "Keep min",
    "keep_max": "Keep max",
    "scale": "Scale",
    "plan": "Plan",
    "aggregate": "Aggregate",
    "commitment": "Commitment",
    "objective_weight": "Objective weight",
    "objective_confidence": "Objective confidence",
    "aligns_to": "Aligns to",
    "cycle_start": "Cycle start",
    "cycle_end": "Cycle end",
}
"""The headers that say the same in a sheet; the other columns are computed."""
_TEXTS = frozenset({"objective", "objective_title", "cycle", "key_result", "title", "unit", "kpi"})
_LISTS = frozenset({"owners", "key_result_owners", "moves", "aligns_to"})
_GRADES = {"score": "graded", "objective_score": "objective_graded"}
"""The scores that were set by hand where another column says so; otherwise they are computed."""
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?")


def as_sheet(table: Table) -> Table:
    """Return a table; that of an export with the headers and cells of a sheet."""
    header = [cell.text for cell in table.rows[0][1]] if table.rows else []
    if tuple(header[: len(_MARK)]) != _MARK:
        return table
    number, names = table.rows[0]
    kept = [(index, name) for index, name in enumerate(header) if name in _COLUMNS]
    headers = tuple(replace(names[index], text=_COLUMNS[name]) for index, name in kept)
    rows = [(number, headers)]
    for number, cells in table.rows[1:]:
        row = dict(zip(header, cells, strict=False))
        spare = replace(cells[0], text="") if cells else None
        rows.append((number, tuple(_cell(row, name, spare) for _, name in kept)))
    return replace(table, rows=tuple(rows))


def _cell(row: Mapping[str, Cell], name: str, empty: Cell | None) -> Cell:
    """Return a cell of an export as a sheet has it; the given empty one where it says nothing."""
    cell = row.get(name, empty)
    assert cell is not None
    text = cell.text
    if name in _GRADES and ((graded := row.get(_GRADES[name])) is None or not _yes(graded)):
        return replace(cell, text="")
    if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@"):
        text = text[1:]  # the export guards such texts against spreadsheets
    if name in _LISTS:
        parts = text.split()
        level = row.get("level")
        if name == "owners" and parts and level is not None and level.text == "company":
            parts[0] = "company"
        text = ";".join(parts)
    elif _NUMBER.fullmatch(text) and name not in _TEXTS:
        return replace(cell, text=text, number=float(text))
    return replace(cell, text=text)


def _yes(cell: Cell) -> bool:
    return cell.text.casefold() == "true"
