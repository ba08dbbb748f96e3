"""Entries to objectives: whose they are, of which cycle, and what is written about them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from okrsite.documents.types import Type
from okrsite.documents.values import HEAVIEST
from okrsite.importing.cells import Cell, Findings, Spot, clip, found
from okrsite.importing.days import AmbiguousDayError, period, period_in, period_of_days
from okrsite.importing.entries import Entry, EntryKind, key
from okrsite.importing.headers import words_of
from okrsite.importing.measures import Context, Measured, measure, number_text
from okrsite.importing.numbers import UNKNOWN, is_unknown, written
from okrsite.importing.owners import PERSONAL_WORDS, Owners, without_addresses
from okrsite.importing.rows import split_tags
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import Found, NameKind, Names
from okrsite.settings import FiscalYear

_STATUSES = {
    **dict.fromkeys(("draft", "planned", "entwurf", "geplant", "brouillon", "planifie", "borrador", "planificado"), "draft"),
    **dict.fromkeys(
        ("cancelled", "canceled", "abandoned", "dropped", "discontinued", "abgebrochen", "gestrichen", "annule", "abandonne",
         "cancelado", "abandonado"), "cancelled",
    ),
}  # fmt: skip
_OPINIONS: Mapping[str, frozenset[str] | None] = {
    **dict.fromkeys(("on track", "green", "auf kurs", "grun", "en bonne voie", "vert", "en buen camino", "verde", "ahead"), frozenset({"on_track", "achieved"})),
    **dict.fromkeys(("at risk", "yellow", "amber", "gefahrdet", "gelb", "a risque", "jaune", "en riesgo", "amarillo", "needs attention"), frozenset({"at_risk"})),
    **dict.fromkeys(("behind", "delayed", "verzogert", "en retard", "retrasado"), frozenset({"at_risk", "off_track"})),
    **dict.fromkeys(("off track", "red", "nicht auf kurs", "rot", "en danger", "rouge", "rojo"), frozenset({"off_track"})),
    **dict.fromkeys(("not started", "nicht begonnen", "non commence", "no iniciado", "pending"), frozenset({"not_started"})),
    **dict.fromkeys(("done", "completed", "complete", "achieved", "finished", "erledigt", "fertig", "erreicht", "termine", "atteint", "hecho"), frozenset({"achieved", "progressed"})),
    **dict.fromkeys(("blocked", "ongoing", "in progress", "created", "active", "open", "started", "paused", "closed", "on hold", "in arbeit", "offen", "en cours", "en curso", "missed", "partially achieved"), None),
}  # fmt: skip
_SIGNS = {
    "🟢": "on track",
    "🟡": "at risk",
    "🟠": "at risk",
    "🔴": "off track",
    "✅": "done",
    "⚪": "not started",
    "⚫": "not started",
}
_TASKS = {
    **dict.fromkeys(("in progress", "doing", "started", "ongoing", "active", "in arbeit", "en cours", "en curso"), "doing"),
    **dict.fromkeys(("done", "completed", "complete", "finished", "closed", "erledigt", "fertig", "termine", "hecho"), "done"),
    **dict.fromkeys(("cancelled", "canceled", "dropped", "abandoned", "discontinued", "abgebrochen", "annule", "cancelado"), "dropped"),
    **dict.fromkeys(("todo", "to do", "not started", "open", "planned", "backlog", "new", "created", "offen", "geplant"), "todo"),
}  # fmt: skip
_PUBLIC = frozenset(
    {
        "everyone",
        "public",
        "company",
        "all",
        "organization",
        "organisation",
        "false",
        "no",
        "offentlich",
        "alle",
        "publico",
    }
)
_COMMITTED = {
    "committed": "committed",
    "commit": "committed",
    "aspirational": "aspirational",
    "stretch": "aspirational",
    "moonshot": "aspirational",
}


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the user gives for rows that do not say it, and how the site counts its years."""

    owner: str | None
    cycle: Cycle | None
    day: date
    fiscal_year: FiscalYear | None


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


@dataclass(slots=True)
class Reading:
    """What objectives are read with; `missing` are the entries without an owner or a cycle."""

    context: Context
    owners: Owners
    names: Names
    defaults: Defaults
    findings: Findings
    sessions: dict[str, Cycle] = field(default_factory=dict)
    sheet_cycles: dict[tuple[str, str | None], Cycle | None] = field(default_factory=dict)
    ownerless: list[Entry] = field(default_factory=list)
    timeless: list[Entry] = field(default_factory=list)
    told_columns: set[tuple[str, str | None, str | None]] = field(default_factory=set)


def goal(reading: Reading, entry: Entry) -> Goal | None:
    """Return an objective with its key results; None where its owner or cycle is not known."""
    results = entry.of(EntryKind.KEY_RESULT)
    owners, contributors = _owners(reading, entry, results)
    cycle = _cycle(reading, entry)
    if not owners:
        reading.ownerless.append(entry)
    if cycle is None:
        return None
    if not owners:
        return None
    cells = entry.cells
    made = Goal(
        entry,
        _text(entry.title.text),
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
    confidence = reading.context.share(cells.get("confidence"), confidence=True)
    made.confidence = min(confidence, 1.0) if confidence is not None else None
    _objective_scores(reading, made)
    return made


def _text(text: str) -> str:
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
    level = words_of(cells["level"].text) if "level" in cells else ""
    if level in PERSONAL_WORDS:
        return people, []
    if level and owners.is_company(level):
        return [owners.names.company], people
    team = cells.get("team")
    if team is not None and not is_unknown(team):
        if words_of(team.text) in PERSONAL_WORDS:
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
    """Return the one person who is named on all rows of key results, if there is one."""
    named: list[list[str]] = []
    for result in results:
        cell = result.cells.get("owner")
        if cell is None or is_unknown(cell):
            return []
        named.append(reading.owners.look_up(cell, Type.PERSON))
    return named[0] if named and all(one == named[0] and len(one) == 1 for one in named) else []


def _cycle(reading: Reading, entry: Entry) -> Cycle | None:
    """Return the cycle of an objective; None, remembered or with a finding, where it has none."""
    cells, defaults = entry.cells, reading.defaults
    start, end = (_day(reading, cells.get(name), quiet=False) for name in ("start_date", "due"))
    cell = cells.get("cycle")
    if cell is not None and not is_unknown(cell):
        cycle = named_cycle(reading, cell.text)
        if cycle is not None:
            return cycle
        try:
            cycle = period(cell.text, defaults.fiscal_year)
        except ValueError as error:
            hint = "set `fiscal_year` in mkdocs.yml, such as `{starts: 2}`"
            reading.findings.append(found("OKR606", cell.spot, str(error), hint))
            return None
        if cycle is not None:
            return cycle
        if start is not None and end is not None and start < end:
            made = Cycle(key(cell.text).replace(" ", "-"), _text(cell.text), start, end)
            reading.sessions[key(cell.text)] = made
            return made
        message = f"“{clip(cell.text)}” is not a period"
        hint = "write one like Q4 2026, or give its start and end dates"
        reading.findings.append(found("OKR606", cell.spot, message, hint))
        return None
    if start is not None and end is not None:
        if cycle := period_of_days(start, end, defaults.fiscal_year):
            return cycle
        if cycle := next(
            (c for c in reading.names.cycles.values() if (c.start, c.end) == (start, end)), None
        ):
            return cycle
    place = (entry.spot.file, entry.spot.sheet)
    cycle = reading.sheet_cycles.get(place) or defaults.cycle
    if cycle is None:
        reading.timeless.append(entry)
    return cycle


def named_cycle(reading: Reading, text: str) -> Cycle | None:
    """Return the cycle of the site, or of a sheet of sessions, that an id or a title names."""
    if cycle := reading.sessions.get(key(text)):
        return cycle
    titled = [c for c in reading.names.cycles.values() if key(c.title) == key(text)]
    if len(titled) == 1:
        return titled[0]
    found_ = reading.names.find(NameKind.CYCLE, text.strip())
    return reading.names.cycle(found_.id) if isinstance(found_, Found) else None


def _day(reading: Reading, cell: Cell | None, quiet: bool = True) -> date | None:
    """Return the day of a cell; what cannot be read is a finding."""
    if cell is None or is_unknown(cell):
        return None
    try:
        return reading.context.days[cell.spot.file].read(cell)
    except AmbiguousDayError:
        column = (cell.spot.file, cell.spot.sheet, cell.spot.column)
        if column not in reading.context.ambiguous:
            reading.context.ambiguous.add(column)
            message = f"“{clip(cell.text)}” can be read in two ways"
            hint = "say which with --dates dmy or --dates mdy"
            reading.findings.append(found("OKR607", cell.spot, message, hint))
    except ValueError as error:
        finding = found("OKR606", cell.spot, str(error), "write a date like 2026-11-30")
        if finding not in reading.findings:
            reading.findings.append(finding)
    return None


day_of = _day


def _private(reading: Reading, entry: Entry, results: Sequence[Entry]) -> bool:
    """Whether an objective, or one of its key results, is not for everybody."""
    if _restricted(entry):
        return True
    for result in results:
        if _restricted(result):
            message = f"“{clip(entry.title.text)}” is private, because its key result “{clip(result.title.text)}” is"
            reading.findings.append(found("OKR613", result.spot, message))
            return True
    return False


def _restricted(entry: Entry) -> bool:
    cell, audience = entry.cells.get("visibility"), entry.cells.get("audience")
    if audience is not None and audience.filled and words_of(audience.text) not in UNKNOWN:
        return True
    return cell is not None and cell.filled and words_of(cell.text) not in _PUBLIC


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
    fields["weight"] = _weight(reading, cells.get("weight"))
    if (cell := cells.get("commitment")) is not None and not is_unknown(cell):
        fields["commitment"] = _COMMITTED.get(words_of(cell.text))
        if fields["commitment"] is None:
            reading.context.skip(
                cell,
                f"the commitment “{clip(cell.text)}” isn't imported",
                "write committed or aspirational",
            )
    tags = [*entry.tags, *(split_tags(cells["tags"].text) if "tags" in cells else ())]
    if (cell := cells.get("priority")) is not None and not is_unknown(cell):
        tags.append(_priority(cell.text))
    fields["tags"] = list(dict.fromkeys(_text(tag) for tag in tags))
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
                message = f"“{clip(cell.spot.column or name)}” of objectives isn't imported: their key results measure them"
                reading.context.skip(cell, message)


def _priority(text: str) -> str:
    """Return the tag of a priority; a number alone would say nothing as a tag."""
    return f"priority {text.strip()}" if re.fullmatch(r"[0-9.]+", text.strip()) else _text(text)


def _written_status(entry: Entry) -> str | None:
    cell = entry.cells.get("status")
    return _STATUSES.get(words_of(cell.text)) if cell is not None else None


def _status(reading: Reading, made: Goal, entry: Entry) -> str | None:
    """Return the status that is a decision; opinions are kept to be compared."""
    cell = entry.cells.get("status")
    if cell is None or is_unknown(cell):
        return None
    if (decided := _written_status(entry)) is not None:
        return decided
    word = next(
        (meaning for sign, meaning in _SIGNS.items() if sign in cell.text), words_of(cell.text)
    )
    if word not in _OPINIONS:
        reading.context.skip(cell, f"the status “{clip(cell.text)}” isn't imported")
    elif (fits := _OPINIONS[word]) is not None:
        made.opinions.append((cell, fits, entry))
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
    from okrsite.editing.new.naming import free, slug

    measured, cells = measure(entry, reading.context), entry.cells
    measured.title = _text(measured.title)
    own = entry.id if entry.id is not None and not re.fullmatch(r"[\d.]+", entry.id) else None
    id = free(slug(own or measured.title, f"kr{position}", 24), taken)
    taken.add(id)
    owners: list[str] = [o for o in map(reading.owners.existing, entry.owners) if o is not None]
    if "owner" in cells and not is_unknown(cells["owner"]):
        owners += reading.owners.look_up(cells["owner"], Type.PERSON)
    fields: dict[str, Any] = {"weight": _weight(reading, cells.get("weight"))}
    description = [cells["description"].text] if "description" in cells else []
    fields["description"] = _text("\n".join([*description, *entry.body])) or None
    fields["due"] = _due(reading, made, cells.get("due"))
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
    fields["status"] = "cancelled" if status == "cancelled" else None
    return Result(entry, id, measured, fields, owners, status)


def _due(reading: Reading, made: Goal, cell: Cell | None) -> date | None:
    """Return the day that a key result is due, where it is not the last of its cycle."""
    day = _day(reading, cell)
    if day is None or cell is None or day == made.cycle.end:
        return None
    if not made.cycle.holds(day):
        message = f"the due date {day} isn't imported: it lies outside of {made.cycle.title}"
        reading.context.skip(cell, message)
        return None
    return day


def _initiative(
    reading: Reading, made: Goal, entry: Entry
) -> tuple[Entry, dict[str, Any], list[str]]:
    cells = entry.cells
    fields: dict[str, Any] = {"title": _text(entry.title.text)}
    owners = [o for o in map(reading.owners.existing, entry.owners) if o is not None]
    if "owner" in cells and not is_unknown(cells["owner"]):
        owners += reading.owners.look_up(cells["owner"], Type.PERSON)
    if (cell := cells.get("status")) is not None and not is_unknown(cell):
        fields["status"] = _TASKS.get(words_of(cell.text))
        if fields["status"] is None:
            reading.context.skip(
                cell,
                f"the status “{clip(cell.text)}” isn't imported",
                "write todo, doing, done or dropped",
            )
    elif (done := cells.get("done")) is not None and words_of(done.text) in (
        "true",
        "yes",
        "x",
        "done",
    ):
        fields["status"] = "done"
    parent = next(iter(entry.parents), None)
    if parent is not None and parent.kind is EntryKind.KEY_RESULT:
        fields["key_result"] = next((r.id for r in made.results if r.entry is parent), None)
    fields["due"] = _day(reading, cells.get("due"))
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


def headings_with_cycles(
    headings: Iterable[tuple[str, str | None, str]], fiscal_year: FiscalYear | None
) -> dict[tuple[str, str | None], Cycle | None]:
    """Return the cycle that the name of each sheet, or the first heading of a file, mentions."""
    return {(file, sheet): period_in(text, fiscal_year) for file, sheet, text in headings}


def missing(reading: Reading, columns: Sequence[str]) -> None:
    """Say once that objectives have no owner, and once that they have no cycle."""
    listed = ", ".join(f"“{clip(column)}”" for column in columns[:12]) or "none"
    for entries, what, option in (
        (reading.ownerless, "an owner", "owner"),
        (reading.timeless, "a cycle", "cycle"),
    ):
        if not entries:
            continue
        first = entries[0]
        others = f" (and {len(entries) - 1} more)" if len(entries) > 1 else ""
        message = (
            f"“{clip(first.title.text)}”{others} has nothing that says {what}; columns: {listed}"
        )
        hint = f'add --{option} {option.upper()}, or --map "COLUMN={option}"'
        spot = Spot(first.spot.file, first.spot.sheet, first.spot.row)
        reading.findings.append(found("OKR602", spot, message, hint))
