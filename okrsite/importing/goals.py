"""Entries to objectives: whose they are, of which cycle, and what is written about them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath
from typing import Any

from okrsite.documents.types import Type
from okrsite.documents.values import HEAVIEST
from okrsite.editing.new.naming import find_kpi, free, slug
from okrsite.editing.yaml_text import Flow
from okrsite.importing.cells import Cell, clip, found
from okrsite.importing.cycles import cycle_of, day_of
from okrsite.importing.entries import Entry, EntryKind
from okrsite.importing.exported import measure_exported
from okrsite.importing.measures import Measured, measure, number_text
from okrsite.importing.numbers import is_unknown, written
from okrsite.importing.owners import without_addresses
from okrsite.importing.reading import Reading
from okrsite.importing.rows import split_tags
from okrsite.importing.words import meaning
from okrsite.project.meanings import NameKind
from okrsite.project.model.cycles import Cycle

_SIGNS = {
    "🟢": "on track",
    "🟡": "at risk",
    "🟠": "at risk",
    "🔴": "off track",
    "✅": "done",
    "⚪": "not started",
    "⚫": "not started",
}


@dataclass(slots=True)
class Result:
    """A key result as it is written: its entry, id, measure and other fields."""

    entry: Entry
    id: str
    measured: Measured
    fields: dict[str, Any]
    owners: list[str]
    status: str | None = None
    note: str | None = None


@dataclass(slots=True)
class Stated:
    """What is dated: a value of a key result, as written, with a confidence and a note."""

    day: date
    result: Result
    value: str | None
    confidence: float | None
    note: str | None
    cell: Cell


@dataclass(slots=True)
class Goal:
    """An objective as it is written. Owners are ids, or the names of new ones."""

    entry: Entry
    title: str
    owners: list[str]
    cycle: Cycle
    contributors: list[str]
    fields: dict[str, Any]
    body: str
    private: bool
    results: list[Result] = field(default_factory=list)
    initiatives: list[tuple[Entry, dict[str, Any], list[str]]] = field(default_factory=list)
    confidence: float | None = None
    stated: list[Stated] = field(default_factory=list)
    claims: list[tuple[Cell, float]] = field(default_factory=list)
    opinions: list[tuple[Cell, frozenset[str], Entry]] = field(default_factory=list)
    uri: str = ""

    @property
    def name(self) -> str | None:
        """The name of its document, where the file says one, as our own export does."""
        cell = self.entry.cells.get("document")
        return cell.text.rsplit("/", 1)[-1] if cell is not None else None


def goal(reading: Reading, entry: Entry) -> Goal | None:
    """Return an objective with its key results; None where its owner or cycle is not known."""
    results = entry.of(EntryKind.KEY_RESULT)
    owners, contributors = _owners(reading, entry, results)
    cycle = cycle_of(reading, entry)
    if not owners:
        reading.ownerless.append(entry)
    if cycle is None:
        return None
    if not owners:
        return None
    cells = entry.cells
    made = Goal(
        entry,
        text_of(entry.title.text),
        owners,
        cycle,
        contributors,
        {},
        "",
        _private(reading, entry, results),
    )
    _objective_fields(reading, made)
    taken: set[str] = set()
    for position, result in enumerate(results, 1):
        made.results.append(_result(reading, made, result, position, taken))
    for work in _initiatives(entry):
        made.initiatives.append(_initiative(reading, made, work))
    cell = cells.get("objective_confidence", cells.get("confidence"))
    confidence = reading.context.share(cell, confidence=True)
    made.confidence = min(confidence, 1.0) if confidence is not None else None
    _objective_scores(reading, made)
    return made


def text_of(text: str) -> str:
    """Return a text on one line, with the names of people instead of their addresses."""
    return " ".join(without_addresses(text).split())


def _initiatives(entry: Entry) -> list[Entry]:
    found_ = entry.of(EntryKind.INITIATIVE)
    for child in (*entry.of(EntryKind.KEY_RESULT), *found_):
        if child is not entry:
            found_ = [
                *found_,
                *(one for one in child.of(EntryKind.INITIATIVE) if one not in found_),
            ]
    return found_


def _owners(
    reading: Reading, entry: Entry, results: Sequence[Entry]
) -> tuple[list[str], list[str]]:
    """Return the owners of an objective and its contributors."""
    owners, cells = reading.owners, entry.cells
    people: list[str] = []
    if "owner" in cells and not entry.person_is_result_owner:
        people = owners.look_up(cells["owner"], Type.PERSON)
    if entry.owners:
        named = [owners.existing(name) for name in entry.owners]
        return [id for id in named if id is not None], people
    level = meaning("level", cells["level"].text) if "level" in cells else None
    if level == "person":
        return people, []
    if level == "company":
        return [owners.names.company], people
    team = cells.get("team")
    if team is not None and not is_unknown(team):
        if meaning("level", team.text) == "person":
            return people or _one_person(reading, results), []
        teams = owners.look_up(team, Type.TEAM)
        if teams:
            return teams, [person for person in people if person not in teams]
    if people:
        return people, []
    if reading.defaults.owner is not None:
        return [reading.defaults.owner], []
    return _one_person(reading, results), []


def _one_person(reading: Reading, results: Sequence[Entry]) -> list[str]:
    """Return the one person who is named on all rows of key results, if there is one.

    A blank cell below the first one means the same person, as it means the same objective.
    """
    named: list[list[str]] = []
    for result in results:
        cell = result.cells.get("owner")
        if cell is None and named:
            continue
        if cell is None or is_unknown(cell):
            return []
        named.append(reading.owners.look_up(cell, Type.PERSON))
    return named[0] if named and all(one == named[0] and len(one) == 1 for one in named) else []


def _private(reading: Reading, entry: Entry, results: Sequence[Entry]) -> bool:
    """Whether an objective, or one of its key results, is not for everybody."""
    if _restricted(entry):
        return True
    for result in results:
        if _restricted(result):
            name = clip(result.title.text)
            message = f"“{clip(entry.title.text)}” is private, as its key result “{name}” is"
            reading.findings.append(found("OKR613", result.spot, message))
            return True
    return False


def _restricted(entry: Entry) -> bool:
    cell, audience = entry.cells.get("visibility"), entry.cells.get("audience")
    if audience is not None and audience.filled and meaning("unknown", audience.text) is None:
        return True
    return cell is not None and cell.filled and meaning("visibility", cell.text) is None


def _objective_fields(reading: Reading, made: Goal) -> None:
    entry, fields = made.entry, made.fields
    cells = entry.cells
    status = _status(reading, made, entry)
    if entry.struck:
        status = "cancelled"
    results = entry.of(EntryKind.KEY_RESULT)
    stated = [_written_status(result) for result in results]
    if status is None and stated and all(one == "draft" for one in stated):
        status = "draft"
    fields["status"] = status
    fields["weight"] = _weight(reading, cells.get("objective_weight", cells.get("weight")))
    fields["grade"] = _grade(reading, cells.get("objective_grade"))
    if (cell := cells.get("commitment")) is not None and not is_unknown(cell):
        fields["commitment"] = meaning("commitment", cell.text)
        if fields["commitment"] is None:
            reading.context.skip(
                cell,
                f"the commitment “{clip(cell.text)}” isn't imported",
                "write committed or aspirational",
            )
    tags = [*entry.tags, *(split_tags(cells["tags"].text) if "tags" in cells else ())]
    if (cell := cells.get("priority")) is not None and not is_unknown(cell):
        tags.append(_priority(cell.text))
    fields["tags"] = list(dict.fromkeys(text_of(tag) for tag in tags))
    if made.private:
        fields["visibility"] = "private"
    if entry.lasting_id:
        fields["x-import-id"] = entry.id
    texts = [*entry.body]
    if "description" in cells:
        texts.insert(0, cells["description"].text)
    made.body = "\n\n".join(without_addresses(text) for text in texts)
    for name in ("to", "from", "value"):
        if (cell := cells.get(name)) is not None and not is_unknown(cell):
            column = (cell.spot.file, cell.spot.sheet, cell.spot.column)
            if column not in reading.told_columns:
                reading.told_columns.add(column)
                header = clip(cell.spot.column or name)
                message = f"“{header}” of objectives isn't imported: key results measure them"
                reading.context.skip(cell, message)


def _priority(text: str) -> str:
    """Return the tag of a priority; a number alone would say nothing as a tag."""
    return f"priority {text.strip()}" if re.fullmatch(r"[0-9.]+", text.strip()) else text_of(text)


def _grade(reading: Reading, cell: Cell | None) -> Flow | None:
    """Return the grade of `okrsite export`, which has no column for the reason."""
    share = reading.context.share(cell)
    if cell is None or share is None:
        return None
    reason = f"As graded in {PurePath(cell.spot.file).name}"
    return Flow({"score": number_text(min(max(share, 0.0), 1.0)), "reason": reason})


def _written_status(entry: Entry) -> str | None:
    cell = entry.cells.get("objective_status") or entry.cells.get("status")
    return meaning("status", cell.text) if cell is not None else None


def _status(reading: Reading, made: Goal, entry: Entry) -> str | None:
    """Return the status that is a decision; opinions are kept to be compared."""
    cell = entry.cells.get("objective_status") or entry.cells.get("status")
    if cell is None or is_unknown(cell):
        return None
    if (decided := _written_status(entry)) is not None:
        return decided
    sign = next((word for sign, word in _SIGNS.items() if sign in cell.text), cell.text)
    agreeing = meaning("opinion", sign)
    if agreeing is None:
        reading.context.skip(cell, f"the status “{clip(cell.text)}” isn't imported")
    elif agreeing != "nothing":
        made.opinions.append((cell, frozenset(agreeing.split()), entry))
    return None


def _weight(reading: Reading, cell: Cell | None) -> str | None:
    """Return a weight as it is written, or None for that of everybody."""
    if cell is None or is_unknown(cell):
        return None
    quantity = reading.context.quantity(cell)
    if quantity is None:
        return None
    if not 0 < quantity.value <= HEAVIEST:
        hint = "write a number above 0, or leave it empty"
        reading.findings.append(
            found("OKR606", cell.spot, f"the weight “{clip(cell.text)}” is not above 0", hint)
        )
        return None
    return None if quantity.value == 1 else written(replace(quantity, unit=None))


def _result(reading: Reading, made: Goal, entry: Entry, position: int, taken: set[str]) -> Result:
    cells = entry.cells
    measured = (measure_exported if "measured_as" in cells else measure)(entry, reading.context)
    measured.title = text_of(measured.title)
    told = cells["result_id"].text if "result_id" in cells else entry.id
    own = told if told is not None and not re.fullmatch(r"[\d.]+", told) else None
    id = free(slug(own or measured.title, f"kr{position}", 24), taken)
    taken.add(id)
    owners: list[str] = [o for o in map(reading.owners.existing, entry.owners) if o is not None]
    if "owner" in cells and not is_unknown(cells["owner"]):
        owners += reading.owners.look_up(cells["owner"], Type.PERSON)
    fields: dict[str, Any] = {"weight": _weight(reading, cells.get("weight"))}
    description = [cells["description"].text] if "description" in cells else []
    fields["description"] = text_of("\n".join([*description, *entry.body])) or None
    fields["due"] = _due(reading, made, cells.get("due"))
    if (cell := cells.get("kpi")) is not None and not is_unknown(cell):
        _put_on_kpi(reading, measured, cell)
    if (cell := cells.get("moves")) is not None and not is_unknown(cell):
        fields["moves"] = _moved(reading, cell)
    fields["grade"] = _grade(reading, cells.get("grade"))
    if (cell := cells.get("priority")) is not None and not is_unknown(cell):
        fields["x-priority"] = cell.text
    if entry.lasting_id:
        fields["x-import-id"] = entry.id
    status = _status(reading, made, entry)
    if entry.struck:
        status = "cancelled"
    if status == "draft" and made.fields.get("status") != "draft":
        cell = cells["status"]
        reading.context.skip(
            cell, f"the key result “{clip(entry.title.text)}” can't be a draft by itself"
        )
    of_objective = "objective_status" in made.entry.cells and made.fields["status"] == "cancelled"
    fields["status"] = "cancelled" if status == "cancelled" and not of_objective else None
    return Result(entry, id, measured, fields, owners, status)


def _put_on_kpi(reading: Reading, measured: Measured, cell: Cell) -> None:
    """Let a key result with a target take its values from a KPI of the site."""
    reference = _kpi(reading, cell, cell.text)
    if reference is None:
        return
    if measured.fields.keys().isdisjoint(("to", "keep")):
        name = clip(cell.text)
        message = f"the link to the KPI “{name}” isn't imported: the key result has no target"
        reading.context.skip(cell, message)
        return
    measured.fields["kpi"] = reference
    measured.value = None


def _moved(reading: Reading, cell: Cell) -> Flow | None:
    """Return the references of the KPIs that a key result should move."""
    named = [_kpi(reading, cell, name) for name in cell.text.split(";")]
    references = [reference for reference in named if reference is not None]
    return Flow(references) if references else None


def _kpi(reading: Reading, cell: Cell, name: str) -> str | None:
    """Return the reference of a KPI of the site; None, with a finding, where there is none."""
    try:
        return reading.names.reference(NameKind.KPI, find_kpi(reading.names, name.strip()))
    except ValueError:
        message = f"the link to the KPI “{clip(name)}” isn't imported: the site has no such KPI"
        reading.context.skip(cell, message, "add it with `okrsite new kpi` first")
        return None


def _due(reading: Reading, made: Goal, cell: Cell | None) -> date | None:
    """Return the day that a key result is due, where it is not the last of its cycle."""
    day = day_of(reading, cell)
    if day is None or cell is None or day == made.cycle.end:
        return None
    if not made.cycle.holds(day):
        message = f"the due date {day} isn't imported: it is outside {made.cycle.title}"
        reading.context.skip(cell, message)
        return None
    return day


def _initiative(
    reading: Reading, made: Goal, entry: Entry
) -> tuple[Entry, dict[str, Any], list[str]]:
    cells = entry.cells
    fields: dict[str, Any] = {"title": text_of(entry.title.text)}
    owners = [o for o in map(reading.owners.existing, entry.owners) if o is not None]
    if "owner" in cells and not is_unknown(cells["owner"]):
        owners += reading.owners.look_up(cells["owner"], Type.PERSON)
    if (cell := cells.get("status")) is not None and not is_unknown(cell):
        fields["status"] = meaning("task", cell.text)
        if fields["status"] is None:
            reading.context.skip(
                cell,
                f"the status “{clip(cell.text)}” isn't imported",
                "write todo, doing, done or dropped",
            )
    elif (done := cells.get("done")) is not None and meaning("box", done.text) == "yes":
        fields["status"] = "done"
    parent = next(iter(entry.parents), None)
    if parent is not None and parent.kind is EntryKind.KEY_RESULT:
        fields["key_result"] = next((r.id for r in made.results if r.entry is parent), None)
    fields["due"] = day_of(reading, cells.get("due"))
    share = reading.context.share(cells.get("progress"))
    if share is not None:
        fields["progress"] = f"{number_text(min(share, 1.0) * 100)}%"
    return entry, fields, owners


def _objective_scores(reading: Reading, made: Goal) -> None:
    for name in ("score", "progress"):
        cell = made.entry.cells.get(name)
        share = reading.context.share(cell)
        if cell is None or share is None:
            continue
        if made.results:
            made.claims.append((cell, share))
        else:
            message = f"“{clip(cell.text)}” isn't imported: “{clip(made.title)}” has no key results"
            reading.context.skip(cell, message, "add the key results that it comes from")
