"""A whole import: files to the documents that are written, all or none, and what is said of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from okrsite.documents.types import Type
from okrsite.findings.codes import Severity
from okrsite.findings.finding import Finding
from okrsite.importing.cells import Cell, Findings, ImportFinding, Spot, clip, found, in_order
from okrsite.importing.days import days_of
from okrsite.importing.documents import (
    Foundation,
    Place,
    foundation,
    names_with_goals,
    objective_draft,
    place_goals,
    references_of,
)
from okrsite.importing.entries import EntryKind, connect, key
from okrsite.importing.existing import Known, result_of, update
from okrsite.importing.files import Contents, cells_of
from okrsite.importing.goals import (
    Defaults,
    Goal,
    Reading,
    Result,
    Stated,
    day_of,
    goal,
    headings_with_cycles,
    missing,
    named_cycle,
)
from okrsite.importing.measures import Context
from okrsite.importing.numbers import Decimal, is_unknown, numbers_of, written
from okrsite.importing.owners import NewOwner, Owners
from okrsite.importing.sentences import sentence
from okrsite.importing.shares import shares_of
from okrsite.project.model import Objective, Project
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import Scorecard

_NUMERIC = ("from", "to", "value", "weight")
_SHARES = ("score", "progress", "confidence")
_DATES = ("start_date", "due", "date")
_NEAR = 0.01
"""A score of a file may differ by so much from the computed one."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the values of files are read, and what is done with what exists."""

    decimal: Decimal | None = None
    dates: str | None = None
    update: bool = False
    partial: bool = False
    day: date = date.min
    as_of: date = date.min


@dataclass(frozen=True, slots=True)
class SiteNow:
    """The site that is imported into: its documents and figures, and how to read a file of it."""

    place: Place
    project: Project
    scorecard: Scorecard
    known: Known
    company_titles: frozenset[str]
    read: Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Planned:
    """What an import writes: new documents, and existing ones as they will be."""

    created: Mapping[str, str]
    changed: Mapping[str, tuple[bytes, bytes]]
    goals: tuple[Goal, ...]
    counts: Mapping[str, int]
    columns: tuple[str, ...]
    findings: tuple[ImportFinding, ...]

    @property
    def refused(self) -> bool:
        """Whether something is wrong."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def plan_import(
    contents: Contents,
    site: SiteNow,
    owners: Owners,
    defaults: Defaults,
    options: Options,
    findings: Findings,
) -> Planned:
    """Return what the files of an import become among the documents of a site."""
    context = _context(contents, options, findings)
    reading = Reading(context, owners, site.place.names, defaults, findings)
    reading.sheet_cycles = headings_with_cycles(contents.headings, defaults.fiscal_year)
    _users(contents, reading)
    _sessions(contents, reading)
    entries = connect(contents.entries, findings)
    goals = [
        g for e in entries if e.kind is EntryKind.OBJECTIVE and (g := goal(reading, e)) is not None
    ]
    _dated(contents, reading, goals)
    missing(reading, contents.columns)
    _teams(contents, reading)
    goals = _each_once(goals, findings)
    used = _used_owners(goals, reading)
    keys = {id(owner): name for name, owner in owners.new.items()}
    cycles = {g.cycle.id: g.cycle for g in goals}
    sessions = {c.id: c for c in reading.sessions.values()}
    added = [
        c for id_, c in cycles.items() if id_ in sessions and id_ not in site.place.names.cycles
    ]
    ground = foundation(site.place, used, added, keys)
    if added:
        _settle_cycles(goals, ground)
    return _documents(goals, ground, site, options, reading, used, _told_columns(contents))


def _told_columns(contents: Contents) -> tuple[str, ...]:
    """Return a line for each table that says what its columns hold."""
    lines = []
    for table in contents.tables:
        place = f"{table.table.file}{f' ({table.table.sheet})' if table.table.sheet else ''}"
        fields = ", ".join(
            f"{c.header} = {c.field.replace('_', ' ')}" for c in table.columns if c.field
        )
        model = next((m.name for m in contents.models if m.table is table), table.role)
        lines.append(f"{place}: {model}: {fields}")
    return tuple(lines)


def _context(contents: Contents, options: Options, findings: Findings) -> Context:
    """Return how values are read, as all the cells of each file tell."""
    cells = cells_of(contents)
    files = {entry.spot.file for entry in contents.entries} | {
        t.table.file for t in contents.tables
    }
    numbers, days = {}, {}
    sentences: dict[str, list[Cell]] = {}
    for entry in contents.entries:
        if entry.kind is EntryKind.KEY_RESULT and "to" not in entry.cells:
            line = sentence(entry.title.text)
            parts = (line.start, line.to, line.now, line.bound[1] if line.bound else None)
            sentences.setdefault(entry.spot.file, []).extend(
                replace(entry.title, text=part) for part in parts if part
            )
    for file in files:
        numeric = [
            c for name in (*_NUMERIC, *_SHARES) for c in cells.get(name, ()) if c.spot.file == file
        ]
        numeric.sort(key=lambda c: (c.spot.sheet or "", c.spot.row or 0))
        numbers[file] = numbers_of([*numeric, *sentences.get(file, ())], options.decimal, findings)
        dates = [c for name in _DATES for c in cells.get(name, ()) if c.spot.file == file]
        dates.sort(key=lambda c: (c.spot.sheet or "", c.spot.row or 0))
        days[file] = days_of(dates, options.dates, findings)  # type: ignore[arg-type]
    shares = shares_of([c for name in _SHARES for c in cells.get(name, ())], numbers)
    return Context(numbers, days, shares, findings)


def _users(contents: Contents, reading: Reading) -> None:
    """Learn the names of addresses, and the teams of people, from sheets of users."""
    for table in contents.sheets("users"):
        for _, row in table.rows:
            cells = table.cells(row)
            name = cells.get("user_name") or cells.get("title")
            address = cells.get("user_email") or cells.get("owner")
            if name is not None and address is not None:
                reading.owners.users[address.text.casefold()] = name.text


def _teams(contents: Contents, reading: Reading) -> None:
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


def _sessions(contents: Contents, reading: Reading) -> None:
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
            reading.sessions[key(name.text)] = _session(reading, name.text, start, end)


def _session(reading: Reading, name: str, start: date, end: date) -> Cycle:
    from okrsite.importing.days import period

    try:
        calendar = period(name, reading.defaults.fiscal_year)
    except ValueError:
        calendar = None
    if calendar is not None and (calendar.start, calendar.end) == (start, end):
        return calendar
    return Cycle(calendar.id if calendar else key(name).replace(" ", "-"), name.strip(), start, end)


def _dated(contents: Contents, reading: Reading, goals: Sequence[Goal]) -> None:
    """Give each dated value to the key result that it is of."""
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


def _each_once(goals: Sequence[Goal], findings: Findings) -> list[Goal]:
    """Return objectives, each once: of two with one title, owner and cycle the first stays."""
    kept: dict[tuple[str, tuple[str, ...], str], Goal] = {}
    for one in goals:
        identity = (key(one.title), tuple(sorted(one.owners)), one.cycle.id)
        if identity in kept:
            other = kept[identity].entry.spot
            message = (
                f"“{clip(one.title)}” is in row {other.row} already, with the same owner and cycle"
            )
            hint = "give it another title, or put its key results there"
            findings.append(found("OKR603", one.entry.spot, message, hint))
            continue
        kept[identity] = one
    return list(kept.values())


def _used_owners(goals: Iterable[Goal], reading: Reading) -> list[NewOwner]:
    """Return the new owners that something imported names, with the teams above them."""
    new = reading.owners.new
    wanted: list[str] = []
    for one in goals:
        wanted += [*one.owners, *one.contributors]
        wanted += [owner for result in one.results for owner in result.owners]
        wanted += [owner for _, _, owners in one.initiatives for owner in owners]
    wanted += [name for name, owner in new.items() if owner.above is not None]
    found_: dict[str, NewOwner] = {}
    while wanted:
        name = wanted.pop(0)
        if name in new and name not in found_:
            found_[name] = new[name]
            if new[name].above:
                wanted.append(str(new[name].above))
    return _parents_first(found_)


def _parents_first(owners: Mapping[str, NewOwner]) -> list[NewOwner]:
    made: dict[str, NewOwner] = {}

    def add(name: str, depth: int = 0) -> None:
        if name in made or name not in owners or depth > 50:
            return
        if owners[name].above:
            add(str(owners[name].above), depth + 1)
        made[name] = owners[name]

    for name in owners:
        add(name)
    return list(made.values())


def _settle_cycles(goals: Iterable[Goal], ground: Foundation) -> None:
    """Let objectives of a new cycle be of the cycle as its document says."""
    by_days = {(c.title, c.start, c.end): c for c in ground.names.cycles.values()}
    for one in goals:
        one.cycle = by_days.get((one.cycle.title, one.cycle.start, one.cycle.end), one.cycle)


def _documents(
    goals: Sequence[Goal], ground: Foundation, site: SiteNow, options: Options, reading: Reading,
    owners: Sequence[NewOwner], columns: tuple[str, ...],
) -> Planned:  # fmt: skip
    findings = reading.findings
    twins = {id(one): site.known.twin(one, ground) for one in goals}
    fresh = [one for one in goals if twins[id(one)] is None]
    files = {*site.place.files, *(draft.uri for draft in ground.drafts)}
    place_goals(fresh, ground, files)
    names = names_with_goals(ground, fresh)
    parents = references_of(fresh)
    for one in goals:
        twin = twins[id(one)]
        if twin is not None:
            parents[id(one.entry)] = twin.id
            for result in one.results:
                known = result_of(twin, result)
                if known is not None:
                    parents[id(result.entry)] = f"{twin.id}#{known.id}"
    created = {draft.uri: draft.text for draft in ground.drafts}
    changed: dict[str, tuple[bytes, bytes]] = {}
    for one in goals:
        twin = twins[id(one)]
        if twin is None:
            made = objective_draft(one, ground, names, parents, options.day)
            created[made.uri] = made.text
            continue
        before = site.read(twin.page.uri)
        content = before if options.update else None
        after = update(one, twin, site.scorecard, content, ground, names, options.day, findings)
        if after is not None:
            changed[twin.page.uri] = (before, after)
    counts = {
        "objectives": len(fresh),
        "key_results": sum(len(one.results) for one in fresh),
        "initiatives": sum(len(one.initiatives) for one in fresh),
        "teams": sum(owner.type is Type.TEAM for owner in owners),
        "people": sum(owner.type is Type.PERSON for owner in owners),
        "cycles": len(ground.drafts) - len(owners),
    }
    return Planned(created, changed, tuple(goals), counts, columns, tuple(in_order(findings)))


def compared(
    planned: Planned, after: Project, scorecard: Scorecard, as_of: date
) -> list[ImportFinding]:
    """Return where the scores and statuses of the files differ from the computed ones."""
    findings: Findings = []
    by_uri = {objective.page.uri: objective for objective in after.objectives.values()}
    for one in planned.goals:
        objective = by_uri.get(one.uri)
        if objective is None:
            continue
        _compare_scores(one, objective, scorecard, findings)
        _compare_statuses(one, objective, scorecard, after.cycles[objective.cycle].state(as_of), findings)
    return findings


def _compare_scores(
    one: Goal, objective: Objective, scorecard: Scorecard, findings: Findings
) -> None:
    figures = scorecard.objectives[objective.id]
    claims = [(cell, share, figures.computed) for cell, share in one.claims]
    for result in one.results:
        of_result = figures.key_results.get(result.id)
        computed = of_result.computed if of_result is not None else None
        claims += [(cell, share, computed) for cell, share in result.measured.claims]
    for cell, share, computed in claims:
        if computed is None or abs(min(max(share, 0.0), 1.0) - computed) <= _NEAR + 1e-9:
            if computed is not None:
                continue
        shown = f"{computed:.2f}" if computed is not None else "none"
        message = f"the {clip(cell.spot.column or 'score')} is {clip(cell.text)} here; okrsite computes {shown}"
        findings.append(found("OKR612", cell.spot, message, "the computed one counts"))


def _compare_statuses(
    one: Goal, objective: Objective, scorecard: Scorecard, state: State, findings: Findings
) -> None:
    if state is not State.OPEN or not objective.active:
        return
    figures = scorecard.objectives[objective.id]
    by_entry = {id(result.entry): figures.key_results.get(result.id) for result in one.results}
    for cell, fits, entry in one.opinions:
        of_result = by_entry.get(id(entry))
        status = of_result.status if of_result is not None else figures.status
        if status is None or str(status) in fits or (id(entry) in by_entry and of_result is None):
            continue
        words = str(status).replace("_", " ")
        message = f"the status is “{clip(cell.text)}” here; okrsite computes “{words}”"
        findings.append(found("OKR612", cell.spot, message, "the computed one counts"))


def lint_errors(
    planned: Planned, found_: Iterable[Finding], path: Callable[[str], str]
) -> list[ImportFinding]:
    """Return the errors that `okrsite lint` would find in what is written, at their rows."""
    spots = {path(one.uri): one.entry.spot for one in planned.goals if one.uri}
    files = {path(uri) for uri in (*planned.created, *planned.changed)}
    first = next((one.entry.spot for one in planned.goals), Spot(""))
    return [
        found(
            "OKR606",
            spots.get(f.path, replace(first, row=None, column=None)),
            f"{f.code}: {f.message}",
            f.hint,
        )
        for f in found_
        if f.severity is Severity.ERROR and f.path in files
    ]
