"""Rows of tables to objectives, key results and initiatives.

There are four models, distinguished by the columns: rows that name their parent, one row per key
result, rows that follow the objective they belong to, and one row per objective with numbered
columns.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from okrsite.importing.cells import Cell, Findings, Spot, clip, found
from okrsite.importing.entries import Entry, EntryKind, attach, key
from okrsite.importing.headers import Headed
from okrsite.importing.words import meaning, words_of

_MEASURED = ("from", "to", "value")
_OF_OBJECTIVE = (
    "team",
    "cycle",
    "commitment",
    "visibility",
    "audience",
    "tags",
    "level",
    "start_date",
    "objective_status",
    "objective_weight",
    "objective_grade",
    "objective_confidence",
    "document",
    "parent",
    "cycle_start",
    "cycle_end",
)
"""What a row of a key result says about its objective."""
_DOTTED = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_ADDRESS = re.compile(r"\s*\(https?://[^)\s]*\)")
_OBJECTIVES_IDS = frozenset({"goal id", "objective id", "okr id"})
LASTING = _OBJECTIVES_IDS | {"issue key"}
"""Headers of ids that a tool keeps for good."""
_LASTING_ID = re.compile(r"[A-Z][A-Z0-9]+-[0-9]+|[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass(frozen=True, slots=True)
class Model:
    """How the rows of a table were taken: its name, for the plan."""

    table: Headed
    name: str


def entries_of(table: Headed, findings: Findings) -> tuple[list[Entry], Model]:
    """Return the entries of a table of OKRs or tasks, and how its rows were taken."""
    rows = [(number, table.cells(row), table.numbered(row)) for number, row in table.rows]
    rows = [
        row
        for row in rows
        if _wanted(row[1], Spot(table.table.file, table.table.sheet, row[0]), findings)
    ]
    fields = table.fields
    if table.role == "tasks":
        return _with_parents(table, rows, findings, EntryKind.INITIATIVE), Model(
            table, "initiatives"
        )
    if any(numbered for _, _, numbered in rows):
        return _wide(table, rows, findings), Model(table, "one row an objective")
    if {"objective", "key_result"} <= fields or (
        "key_result" in fields and "parent" not in fields and not _has_ids(rows)
    ):
        return _a_row_each(table, rows, findings), Model(table, "one row a key result")
    if "parent" in fields or _has_ids(rows):
        return _with_parents(table, rows, findings, None), Model(table, "rows with parents")
    if "type" in fields and ("title" in fields or "objective" in fields):
        return _following(table, rows, findings), Model(table, "rows that follow their objective")
    return _a_row_each(table, rows, findings), Model(table, "one row a key result")


def results_of(table: Headed, findings: Findings) -> list[Entry]:
    """Return the rows of a table as key results, whose objective is above the table."""
    entries = []
    for number, row in table.rows:
        cells = table.cells(row)
        title = cells.get("key_result") or cells.get("title") or cells.get("objective")
        entry = _entry(EntryKind.KEY_RESULT, title, cells, _spot(table, number), findings)
        if entry is not None:
            entries.append(entry)
    return entries


Rows = Sequence[tuple[int, dict[str, Cell], dict[int, dict[str, Cell]]]]


def _wanted(cells: Mapping[str, Cell], spot: Spot, findings: Findings) -> bool:
    """Whether a row is imported; what is not is added to `findings`."""
    action = cells.get("action")
    if action is not None and meaning("row", action.text) == "repeating":
        message = f"the row isn't imported: its action is “{clip(action.text)}”"
        findings.append(found("OKR611", replace(spot, column=action.spot.column), message))
        return False
    first = next(iter(cells.values()), None)
    if first is not None and "owner" not in cells and "to" not in cells:
        words = words_of(first.text).split()
        if words and meaning("row", words[0]) == "total" and len(words) <= 2:
            findings.append(found("OKR611", spot, f"the row “{clip(first.text)}” isn't imported"))
            return False
    return True


def _has_ids(rows: Rows) -> bool:
    """Whether the ids are dotted numbers, which tell what belongs to what."""
    ids = [cells["id"].text for _, cells, _ in rows if "id" in cells]
    return any("." in id for id in ids) and all(_DOTTED.fullmatch(id) for id in ids)


def _entry(
    kind: EntryKind, title: Cell | None, cells: Mapping[str, Cell], spot: Spot, findings: Findings
) -> Entry | None:
    """Return an entry; None, with a finding, for a row that has no title."""
    if title is None or not title.text:
        problem = f": {title.problem}" if title is not None and title.problem else ""
        message = f"the {kind} has no title{problem}"
        findings.append(found("OKR603", spot, message, "give it a title, or delete the row"))
        return None
    told = cells.get("id")
    id = told.text if told is not None else None
    header = words_of(told.spot.column or "") if told is not None else ""
    lasting = id is not None and (header in LASTING or bool(_LASTING_ID.fullmatch(id)))
    return Entry(kind, title, dict(cells), spot, id=id, lasting_id=lasting)


def _spot(table: Headed, number: int) -> Spot:
    return Spot(table.table.file, table.table.sheet, number)


def _type(cells: Mapping[str, Cell], findings: Findings) -> EntryKind | None:
    """Return what a row becomes as its type says, or None; an unknown type is a finding."""
    cell = cells.get("type")
    if cell is None:
        return None
    named = meaning("type", cell.text)
    if named is None:
        message = f"“{clip(cell.text)}” is not a type of row"
        hint = "write Objective, Key result or Project"
        findings.append(found("OKR606", cell.spot, message, hint))
    return EntryKind(named) if named else None


def parent_names(cell: Cell | None) -> tuple[str, ...]:
    """Return the ids or titles that a cell of parents names."""
    if cell is None or not cell.text.strip("-–— "):
        return ()
    text = _ADDRESS.sub("\n", cell.text)
    parts = re.split(r"\s*\n\s*,?\s*|\s*;\s*", text)
    if len(parts) == 1 and re.fullmatch(r"[\w.#-]+(?:\s*,\s*[\w.#-]+)+", text):
        parts = text.split(",")
    return tuple(part.strip(" ,") for part in parts if part.strip(" ,"))


def _with_parents(
    table: Headed, rows: Rows, findings: Findings, only: EntryKind | None
) -> list[Entry]:
    dotted = "parent" not in table.fields and only is None
    raw: list[tuple[int, dict[str, Cell], tuple[str, ...], EntryKind | None]] = []
    for number, cells, _ in rows:
        kind = only or _type(cells, findings)
        if kind is None and "type" in cells:
            continue
        if dotted:
            id = cells["id"].text if "id" in cells else ""
            above = id.rpartition(".")[0]
            names: tuple[str, ...] = (above,) if above else ()
        else:
            names = parent_names(cells.get("parent"))
        if only is EntryKind.INITIATIVE and not names:
            names = parent_names(cells.get("key_result") or cells.get("objective"))
        raw.append((number, cells, names, kind))
    children = {name.casefold() for _, _, names, _ in raw for name in names}
    children |= {key(name) for _, _, names, _ in raw for name in names}
    default = (
        EntryKind.KEY_RESULT
        if "key_result" in table.fields and "type" not in table.fields
        else None
    )
    entries: list[Entry] = []
    for number, cells, names, kind in raw:
        title = cells.get("title") or cells.get("key_result") or cells.get("objective")
        spot = _spot(table, number)
        measured = any(field in cells for field in _MEASURED)
        id = cells["id"].text if "id" in cells else ""
        alone = False
        if kind is None:
            has_children = id.casefold() in children or (
                title is not None and key(title.text) in children
            )
            if default is not None and not has_children:
                kind = default
            elif has_children or not measured:
                kind = EntryKind.OBJECTIVE
            else:
                kind, alone = (
                    (EntryKind.KEY_RESULT, False) if names else (EntryKind.OBJECTIVE, True)
                )
        entry = _entry(kind, title, cells, spot, findings)
        if entry is None:
            continue
        if alone:
            entries += _measured_objective(entry)
            continue
        entry.parent_names = names
        entries.append(entry)
    return entries


def _measured_objective(entry: Entry) -> list[Entry]:
    """Return an objective that is measured itself as one with a key result of the same title."""
    of_result = {name: cell for name, cell in entry.cells.items() if name not in _OF_OBJECTIVE}
    result = Entry(EntryKind.KEY_RESULT, entry.title, of_result, entry.spot)
    for name in ("id", "weight", "description", "priority", "status", "owner"):
        result.cells.pop(name, None)
    for name in (*_MEASURED, "unit", "score", "progress", "confidence", "done"):
        entry.cells.pop(name, None)
    attach(result, entry)
    return [entry, result]


def _following(table: Headed, rows: Rows, findings: Findings) -> list[Entry]:
    entries: list[Entry] = []
    objective: Entry | None = None
    for number, cells, _ in rows:
        kind = _type(cells, findings)
        if kind is None and "type" in cells:
            continue
        title = cells.get("title") or cells.get("objective") or cells.get("key_result")
        entry = _entry(kind or EntryKind.OBJECTIVE, title, cells, _spot(table, number), findings)
        if entry is None:
            continue
        if entry.kind is EntryKind.OBJECTIVE:
            objective = entry
        elif objective is not None:
            attach(entry, objective)
        entries.append(entry)
    return entries


def _wide(table: Headed, rows: Rows, findings: Findings) -> list[Entry]:
    entries: list[Entry] = []
    for number, cells, numbered in rows:
        spot = _spot(table, number)
        title = cells.get("objective") or cells.get("title")
        entry = _entry(EntryKind.OBJECTIVE, title, cells, spot, findings)
        if entry is None:
            continue
        entry.parent_names = parent_names(cells.get("parent"))
        entries.append(entry)
        for fields in numbered.values():
            if "title" not in fields:
                first = next(iter(fields.values()))
                message = f"“{clip(first.text)}” belongs to a key result without a title"
                findings.append(found("OKR611", first.spot, message))
                continue
            result = Entry(EntryKind.KEY_RESULT, fields["title"], fields, spot)
            attach(result, entry)
            entries.append(result)
    return entries


def _a_row_each(table: Headed, rows: Rows, findings: Findings) -> list[Entry]:
    entries: list[Entry] = []
    known: dict[tuple[str, str, str], Entry] = {}
    last: Entry | None = None
    shared: dict[str, Cell] = {}
    grouped = any("key_result" in c and not {"objective", "title"} & set(c) for _, c, _ in rows)
    # What is the objective's own is taken from its first row, and from no key result's.
    own_fields = {*_OF_OBJECTIVE, "id"} if _ids_are_of_objectives(rows) else _OF_OBJECTIVE
    for number, cells, _ in rows:
        spot = _spot(table, number)
        objective_title = cells.get("objective") or cells.get("title")
        result_title = cells.get("key_result")
        if objective_title is None and result_title is None:
            _entry(EntryKind.KEY_RESULT, None, cells, spot, findings)
            continue
        same = objective_title is None
        if objective_title is not None:
            given = {name: cells[name] for name in own_fields if name in cells}
            again = last is not None and key(last.title.text) == key(objective_title.text)
            if again:
                given = {**{k: v for k, v in shared.items() if k in own_fields}, **given}
            team, cycle = (key(given[n].text) if n in given else "" for n in ("team", "cycle"))
            identity = (key(objective_title.text), team, cycle)
            same = identity in known
            if same:
                last = known[identity]
            else:
                own = dict(cells) if result_title is None else given
                if "cycle" not in own and "cycle" in shared and grouped:
                    own["cycle"] = shared["cycle"]
                if "team" not in own and "team" in shared and grouped:
                    own["team"] = shared["team"]
                last = _entry(EntryKind.OBJECTIVE, objective_title, own, spot, findings)
                if last is None:
                    continue
                last.person_is_result_owner = result_title is not None
                last.parent_names = parent_names(own.get("parent"))
                known[identity] = last
                entries.append(last)
            shared = {**shared, **given}
        if last is None:
            message = (
                f"“{clip(result_title.text if result_title else '')}” has no objective above it"
            )
            findings.append(
                found("OKR603", spot, message, "name its objective in the first column")
            )
            continue
        if result_title is not None:
            of_result = {
                name: c
                for name, c in cells.items()
                if name not in own_fields or name == "visibility"
            }
            of_result.pop("objective", None)
            result = _entry(EntryKind.KEY_RESULT, result_title, of_result, spot, findings)
            if result is not None:
                attach(result, last)
                entries.append(result)
            if "tags" in cells and cells["tags"] is not last.cells.get("tags"):
                last.tags += tuple(split_tags(cells["tags"].text))
    return entries


def _ids_are_of_objectives(rows: Rows) -> bool:
    """Whether a column says that its ids are objectives', and no objective has two of them."""
    ids: dict[str, set[str]] = {}
    title = ""
    for _, cells, _ in rows:
        named = cells.get("objective") or cells.get("title")
        title = key(named.text) if named is not None else title
        id = cells.get("id")
        if id is not None and "key_result" in cells:
            if words_of(id.spot.column or "") not in _OBJECTIVES_IDS:
                return False
            ids.setdefault(title, set()).add(id.text)
    return bool(ids) and all(len(found) == 1 for found in ids.values())


def split_tags(text: str) -> list[str]:
    """Return the tags of a cell."""
    return [tag.strip() for tag in re.split(r"[,;\n]", text) if tag.strip()]
