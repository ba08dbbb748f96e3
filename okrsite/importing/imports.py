"""A whole import: files to documents that are written, all or none, and the messages about it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from okrsite.documents.types import Type
from okrsite.findings.codes import Severity
from okrsite.importing.cells import Cell, Findings, ImportFinding, clip, found, in_order
from okrsite.importing.cycles import headings_with_cycles
from okrsite.importing.days import days_of, period_in
from okrsite.importing.documents import (
    Foundation,
    Place,
    foundation,
    names_with_goals,
    objective_draft,
    place_goals,
    references_of,
)
from okrsite.importing.entries import EntryKind, OnSite, connect, key
from okrsite.importing.existing import Known, Twins, twin_results, update
from okrsite.importing.files import Contents, cells_of
from okrsite.importing.goals import Goal, goal
from okrsite.importing.measures import Context
from okrsite.importing.numbers import Decimal, numbers_of
from okrsite.importing.owners import NewOwner, Owners
from okrsite.importing.reading import Defaults, Reading, missing
from okrsite.importing.sentences import sentence
from okrsite.importing.shares import shares_of
from okrsite.importing.sheets import (
    give_dated_values,
    join_teams,
    learn_sessions,
    learn_teams,
    learn_users,
)
from okrsite.language.inline import plain
from okrsite.project.model import Project
from okrsite.project.names import Found, NameKind
from okrsite.scores import Scorecard

_NUMERIC = ("from", "to", "value", "weight")
_SHARES = ("score", "progress", "confidence")
_DATES = ("start_date", "due", "date")
_DATE = re.compile(r"[0-9]+[-./][0-9]+[-./][0-9]+")
"""A date above a header is that of a print or an export, not of a cycle."""


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
    reading.cycles_above = {
        (table.table.file, table.table.sheet): (cycle, text)
        for table in contents.sheets("okrs")
        if (text := table.above)
        and not _DATE.search(text)
        and (cycle := period_in(text, defaults.fiscal_year))
    }
    learn_users(contents, reading)
    learn_teams(contents, reading)
    learn_sessions(contents, reading)
    entries = connect(contents.entries, _on_site(site), findings)
    goals = [
        g for e in entries if e.kind is EntryKind.OBJECTIVE and (g := goal(reading, e)) is not None
    ]
    give_dated_values(contents, reading, goals)
    missing(reading, contents.columns)
    join_teams(contents, reading)
    goals = _each_once(goals, findings)
    used = _used_owners(goals, reading)
    keys = {id(owner): name for name, owner in owners.new.items()}
    cycles = {g.cycle.id: g.cycle for g in goals}
    sessions = {c.id: c for c in reading.sessions.values()}
    added = [
        c for id_, c in cycles.items() if id_ in sessions and id_ not in site.place.names.cycles
    ]
    ground = foundation(site.place, used, added, keys, reading.cycle_ids)
    if added:
        _settle_cycles(goals, ground)
    return _documents(goals, ground, site, options, reading, used, _told_columns(contents))


def _on_site(site: SiteNow) -> OnSite:
    """Return what finds an objective of the site by its id or title, as parents are named."""
    titled: dict[str, list[str]] = {}
    for objective in site.project.objectives.values():
        titled.setdefault(key(plain(objective.page.title)), []).append(objective.id)

    def find(name: str) -> str | None:
        ids = titled.get(key(name), [])
        if len(ids) == 1:
            return ids[0]
        found_ = site.place.names.find(NameKind.OBJECTIVE, name.strip())
        return found_.reference if isinstance(found_, Found) else None

    return find


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


def _each_once(goals: Sequence[Goal], findings: Findings) -> list[Goal]:
    """Return objectives, each once: of two with one title, owner and cycle the first stays."""
    kept: dict[tuple[str, tuple[str, ...], str], Goal] = {}
    for one in goals:
        identity = (key(one.title), tuple(sorted(one.owners)), one.cycle.id)
        if identity in kept:
            other = kept[identity].entry.spot
            message = (
                f"“{clip(one.title)}” is already in row {other.row}, with the same owner and cycle"
            )
            hint = "give it a different title, or put its key results there"
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
    wanted += [n for n, o in new.items() if o.above is not None or n in reading.owners.listed]
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
    goals: Sequence[Goal],
    ground: Foundation,
    site: SiteNow,
    options: Options,
    reading: Reading,
    owners: Sequence[NewOwner],
    columns: tuple[str, ...],
) -> Planned:
    findings = reading.findings
    twins = {id(one): site.known.twin(one, ground) for one in goals}
    fresh = [one for one in goals if twins[id(one)] is None]
    files = {*site.place.files, *(draft.uri for draft in ground.drafts)}
    place_goals(fresh, ground, files)
    names = names_with_goals(ground, fresh)
    parents = references_of(fresh)
    before: dict[int, bytes] = {}
    results: dict[int, Twins] = {}
    for one in goals:
        twin = twins[id(one)]
        if twin is not None:
            before[id(one)] = site.read(twin.page.uri)
            results[id(one)] = same = twin_results(one, twin, before[id(one)])
            parents[id(one.entry)] = twin.id
            for result in one.results:
                if id(result) in same:
                    parents[id(result.entry)] = f"{twin.id}#{same[id(result)].id}"
    created = {draft.uri: draft.text for draft in ground.drafts}
    changed: dict[str, tuple[bytes, bytes]] = {}
    for one in goals:
        twin = twins[id(one)]
        if twin is None:
            made = objective_draft(one, ground, names, parents, options.day)
            created[made.uri] = made.text
            continue
        content = before[id(one)] if options.update else None
        after = update(
            one,
            twin,
            site.scorecard,
            content,
            ground,
            names,
            parents,
            results[id(one)],
            options.day,
            findings,
        )
        if after is not None:
            changed[twin.page.uri] = (before[id(one)], after)
    counts = {
        "objectives": len(fresh),
        "key_results": sum(len(one.results) for one in fresh),
        "initiatives": sum(len(one.initiatives) for one in fresh),
        "teams": sum(owner.type is Type.TEAM for owner in owners),
        "people": sum(owner.type is Type.PERSON for owner in owners),
        "cycles": len(ground.drafts) - len(owners),
    }
    return Planned(created, changed, tuple(goals), counts, columns, tuple(in_order(findings)))
