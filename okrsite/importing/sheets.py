"""The other sheets of a workbook: users, teams, sessions, and dated values."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from okrsite.documents.types import Type
from okrsite.importing.cells import Cell, Spot, clip, found
from okrsite.importing.cycles import day_of, named_cycle
from okrsite.importing.days import period
from okrsite.importing.entries import key
from okrsite.importing.files import Contents
from okrsite.importing.goals import Goal, Result, Stated
from okrsite.importing.measures import Context
from okrsite.importing.numbers import is_unknown, written
from okrsite.importing.owners import Owners
from okrsite.importing.reading import Reading
from okrsite.project.model.cycles import Cycle


def learn_users(contents: Contents, reading: Reading) -> None:
    """Learn the names of addresses, and the teams of people, from sheets of users."""
    for table in contents.sheets("users"):
        for _, row in table.rows:
            cells = table.cells(row)
            name = cells.get("user_name") or cells.get("title")
            address = cells.get("user_email") or cells.get("owner")
            if name is not None and address is not None:
                reading.owners.users[address.text.casefold()] = name.text


def learn_teams(contents: Contents, reading: Reading) -> None:
    """Know the teams of a sheet of teams before anybody is looked up."""
    for table in contents.sheets("teams"):
        for _, row in table.rows:
            cells = table.cells(row)
            team = cells.get("team_name") or cells.get("team") or cells.get("title")
            if team is not None:
                reading.owners.listed |= set(reading.owners.look_up(team, Type.TEAM))


def join_teams(contents: Contents, reading: Reading) -> None:
    """Put new teams below others and new people into teams, as sheets of teams and users say."""
    owners = reading.owners
    depth: dict[str, int] = {}
    for table in contents.sheets("teams"):
        for _, row in table.rows:
            cells = table.cells(row)
            team = cells.get("team_name") or cells.get("team") or cells.get("title")
            if team is None:
                continue
            found_ = owners.look_up(team, Type.TEAM)
            above = (
                owners.look_up(cells["parent_team"], Type.TEAM) if "parent_team" in cells else []
            )
            if found_ and above:
                owners.put_below(found_[0], above[0])
                depth[found_[0]] = depth.get(above[0], 0) + 1
    for table in contents.sheets("teams"):
        for _, row in table.rows:
            cells = table.cells(row)
            team = cells.get("team_name") or cells.get("team") or cells.get("title")
            if team is None or "members" not in cells:
                continue
            found_ = owners.look_up(team, Type.TEAM)
            for member in owners.look_up(cells["members"], Type.PERSON):
                _join(owners, member, found_, depth)
    for table in contents.sheets("users"):
        for _, row in table.rows:
            cells = table.cells(row)
            name = (
                cells.get("user_name")
                or cells.get("title")
                or cells.get("user_email")
                or cells.get("owner")
            )
            if name is None or "team" not in cells:
                continue
            for person in owners.look_up(name, Type.PERSON)[:1]:
                _join(owners, person, owners.look_up(cells["team"], Type.TEAM), depth)


def _join(owners: Owners, person: str, teams: Sequence[str], depth: Mapping[str, int]) -> None:
    """Put a new person into the lowest of some teams."""
    new = owners.new.get(person)
    if new is None or not teams:
        return
    known = [new.above] if new.above else []
    lowest = max((*known, *teams), key=lambda team: depth.get(team, 0))
    owners.new[person] = replace(new, above=lowest)


def learn_sessions(contents: Contents, reading: Reading) -> None:
    """Learn the cycles that a sheet of sessions gives days to."""
    for table in contents.sheets("sessions"):
        for _, row in table.rows:
            cells = table.cells(row)
            name = cells.get("cycle") or cells.get("title")
            start, end = (day_of(reading, cells.get(n)) for n in ("start_date", "due"))
            if name is None or start is None or end is None or named_cycle(reading, name.text):
                continue
            if start >= end:
                message = f"“{clip(name.text)}” ends before it starts"
                reading.findings.append(found("OKR606", name.spot, message, "correct its dates"))
                continue
            session = _session(reading, name.text, start, end)
            reading.sessions[key(name.text)] = session
            if (id_ := cells.get("session_id")) is not None:
                reading.sessions[key(id_.text)] = session


def _session(reading: Reading, name: str, start: date, end: date) -> Cycle:
    try:
        calendar = period(name, reading.defaults.fiscal_year)
    except ValueError:
        calendar = None
    if calendar is not None and (calendar.start, calendar.end) == (start, end):
        return calendar
    return Cycle(calendar.id if calendar else key(name).replace(" ", "-"), name.strip(), start, end)


def give_dated_values(contents: Contents, reading: Reading, goals: Sequence[Goal]) -> None:
    """Add each dated value to the key result that it is of."""
    by_title: dict[str, list[tuple[Goal, Result]]] = {}
    by_id: dict[str, list[tuple[Goal, Result]]] = {}
    for one in goals:
        for result in one.results:
            by_title.setdefault(key(result.entry.title.text), []).append((one, result))
            if result.entry.id:
                by_id.setdefault(result.entry.id.casefold(), []).append((one, result))
    for table in contents.sheets("values"):
        for number, row in table.rows:
            spot = Spot(table.table.file, table.table.sheet, number)
            _dated_row(table.cells(row), spot, by_title, by_id, reading)


def _dated_row(
    cells: Mapping[str, Cell],
    spot: Spot,
    by_title: Mapping[str, list[tuple[Goal, Result]]],
    by_id: Mapping[str, list[tuple[Goal, Result]]],
    reading: Reading,
) -> None:
    context, findings = reading.context, reading.findings
    title, id_ = cells.get("key_result") or cells.get("title"), cells.get("id")
    name = id_ or title
    if name is None:
        findings.append(found("OKR603", spot, "the value names no key result", "name one"))
        return
    fits = by_id.get(name.text.casefold(), []) if id_ else by_title.get(key(name.text), [])
    if (objective := cells.get("objective")) is not None:
        fits = [fit for fit in fits if key(fit[0].entry.title.text) == key(objective.text)]
    if len(fits) > 1 and "cycle" in cells:
        cycle = named_cycle(reading, cells["cycle"].text)
        fits = [fit for fit in fits if cycle and fit[0].cycle.id == cycle.id] or fits
    day = day_of(reading, cells.get("date"))
    if len(fits) > 1 and day is not None:
        fits = [fit for fit in fits if fit[0].cycle.holds(day)] or fits
    if not fits:
        message = f"there is no key result “{clip(name.text)}” for the value"
        findings.append(found("OKR603", spot, message, "name a key result of the other sheet"))
        return
    if len(fits) > 1:
        message = f"“{clip(name.text)}” is a key result of {len(fits)} objectives"
        findings.append(found("OKR607", spot, message, "add a column with the objective"))
        return
    if day is None:
        if is_unknown(cells.get("date")):
            findings.append(
                found("OKR606", spot, "the value has no date", "write a date like 2026-11-30")
            )
        return
    one, result = fits[0]
    value = _stated_value(cells, result, context)
    confidence = context.share(cells.get("confidence"), confidence=True)
    note = cells.get("description")
    if value is None and confidence is None and note is None:
        return
    text = " ".join(note.text.split()) if note is not None else None
    share = min(confidence, 1.0) if confidence is not None else None
    stated = Stated(day, result, value, share, text, cells.get("value") or name)
    one.stated.append(stated)


def _stated_value(cells: Mapping[str, Cell], result: Result, context: Context) -> str | None:
    cell = cells.get("value") or cells.get("progress") or cells.get("score")
    if cell is None or is_unknown(cell):
        return None
    fields = result.measured.fields
    if "to" in fields or "keep" in fields:
        quantity = context.quantity(cell)
        return written(quantity) if quantity is not None else None
    if "done" in fields or "milestones" in fields:
        context.skip(
            cell,
            f"“{clip(cell.text)}” isn't imported: “{clip(result.measured.title)}” is a milestone",
        )
        return None
    if cell is not cells.get("value"):
        share = context.share(cell)
        return f"{share:g}" if share is not None else None
    context.skip(
        cell, f"“{clip(cell.text)}” isn't imported: “{clip(result.measured.title)}” has no target"
    )
    return None
