"""The whole model as tables with keys, for SQLite, for queries and for workbooks.

Names of columns are plain words that SQL takes without quotes. Days are ISO 8601, scores, shares
and confidences 0 to 1, and what is missing is NULL, as in the data that the site publishes.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from okrsite.exports.model import Addresses, export, plain_text, rounded_share, rounded_value
from okrsite.findings.finding import Finding
from okrsite.language.inline import plain
from okrsite.project.model import Project, Reading
from okrsite.project.model.readings import series
from okrsite.scores import Scorecard

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What the tables are made of: the published project, its exported data, its findings."""

    project: Project
    scorecard: Scorecard
    data: Mapping[str, Any]
    findings: tuple[Finding, ...]

    @classmethod
    def of(
        cls,
        project: Project,
        scorecard: Scorecard,
        address: Addresses,
        findings: Iterable[Finding],
    ) -> "Source":
        """Return the source of a published project's tables."""
        return cls(project, scorecard, export(project, scorecard, address), tuple(findings))


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, its columns and keys as SQL, and the function that gives its rows."""

    name: str
    definition: str
    rows: Callable[[Source], Iterable[Row]]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        parts = self.definition.partition(", PRIMARY KEY (")[0].split(", ")
        return tuple(part.partition(" ")[0] for part in parts)


def _entries(kind: str, names: str) -> Callable[[Source], Iterator[Row]]:
    """Return the function that gives, of each entry of a kind, its id and some of its fields."""
    fields = names.split()

    def rows(source: Source) -> Iterator[Row]:
        for id, entry in source.data[kind].items():
            yield id, *(entry[name] for name in fields)

    return rows


def _listed(kind: str, name: str) -> Callable[[Source], Iterator[Row]]:
    """Return the function that gives, of each entry of a kind, a row for each id in a list."""

    def rows(source: Source) -> Iterator[Row]:
        for id, entry in source.data[kind].items():
            for other in dict.fromkeys(entry[name]):
                yield id, other

    return rows


def _owner_scores(source: Source) -> Iterator[Row]:
    for id, owner in source.data["owners"].items():
        for cycle, score in owner["scores"].items():
            yield id, cycle, score, owner["expected"][cycle], owner["statuses"].get(cycle)


def _kpi_targets(source: Source) -> Iterator[Row]:
    for id, kpi in source.data["kpis"].items():
        for target in kpi["targets"]:
            yield id, target["value"], target["by"]


def _kpi_drives(source: Source) -> Iterator[Row]:
    for id, kpi in source.data["kpis"].items():
        for driven in kpi["drives"]:
            yield id, driven, kpi["lags"].get(driven)


def _objective_owners(source: Source) -> Iterator[Row]:
    for id, objective in source.data["objectives"].items():
        for position, owner in enumerate(dict.fromkeys(objective["owners"]), 1):
            yield id, owner, position


_OF_KEY_RESULTS = (
    "position title kind from to value unit raw score computed_score graded expected status "
    "confidence weight kpi due keep_min keep_max aggregate"
)


def _every_key_result(source: Source) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Return each key result with its id in full and that of its objective."""
    for id, objective in source.data["objectives"].items():
        for key, result in objective["key_results"].items():
            yield f"{id}#{key}", id, result


def _key_results(source: Source) -> Iterator[Row]:
    fields = _OF_KEY_RESULTS.split()
    for id, objective, result in _every_key_result(source):
        yield id, objective, *(result[name] for name in fields)


def _key_result_owners(source: Source) -> Iterator[Row]:
    for id, _, result in _every_key_result(source):
        for position, owner in enumerate(dict.fromkeys(result["owners"]), 1):
            yield id, owner, position


def _key_result_moves(source: Source) -> Iterator[Row]:
    for id, _, result in _every_key_result(source):
        for kpi in dict.fromkeys(result["moves"]):
            yield id, kpi


def _pairs(name: str) -> Callable[[Source], Iterator[Row]]:
    """Return the function that gives, of each key result, a row for each pair in a list."""

    def rows(source: Source) -> Iterator[Row]:
        for id, _, result in _every_key_result(source):
            for first, second in dict(result[name]).items():
                yield id, first, second

    return rows


def _links(name: str) -> Callable[[Source], Iterator[Row]]:
    """Return the function that gives each reference of an objective to another one."""

    def rows(source: Source) -> Iterator[Row]:
        for id, objective in source.data["objectives"].items():
            for reference in dict.fromkeys(objective[name]):
                other, _, key_result = reference.partition("#")
                yield id, other, reference if key_result else None

    return rows


def _check_ins(source: Source) -> Iterator[Row]:
    number = 0
    for id, objective in source.project.objectives.items():
        for check_in in objective.check_ins:
            if check_in.date <= source.scorecard.as_of:
                number += 1
                lists = (check_in.wins, check_in.blockers, check_in.next)
                day, confidence = check_in.date.isoformat(), rounded_share(check_in.confidence)
                texts = ("\n".join(map(plain, listed)) or None for listed in lists)
                note = plain_text(check_in.note)
                yield number, id, day, check_in.author, confidence, note, *texts


def readings(source: Source) -> Iterator[tuple[str | None, str | None, str, float, str | None]]:
    """Return the readings of KPIs, then of key results without one: id or reference, day, value,
    note."""
    as_of = source.scorecard.as_of
    for id in source.project.kpis:
        for reading in source.scorecard.kpis[id].readings:
            yield _reading(id, None, reading)
    for objective in source.project.objectives.values():
        for result in objective.key_results:
            if result.kpi is None and not result.masked:
                for reading in series(result.readings, last=as_of):
                    yield _reading(None, result.reference, reading)


def _reading(
    kpi: str | None, key_result: str | None, reading: Reading
) -> tuple[str | None, str | None, str, float, str | None]:
    day, value = reading.date.isoformat(), rounded_value(reading.value)
    return kpi, key_result, day, value or 0, plain_text(reading.note)


def _initiatives(source: Source) -> Iterator[Row]:
    for number, id, initiative in _numbered_initiatives(source):
        result = initiative["key_result"] and f"{id}#{initiative['key_result']}"
        own = (initiative[name] for name in ("title", "status", "due", "progress", "url"))
        yield number, id, result, *own


def _initiative_owners(source: Source) -> Iterator[Row]:
    for number, _, initiative in _numbered_initiatives(source):
        for owner in dict.fromkeys(initiative["owners"]):
            yield number, owner


def _numbered_initiatives(source: Source) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    number = 0
    for id, objective in source.data["objectives"].items():
        for initiative in objective["initiatives"]:
            number += 1
            yield number, id, initiative


def _findings(source: Source) -> Iterator[Row]:
    objectives = {entry["path"]: id for id, entry in source.data["objectives"].items()}
    for found in source.findings:
        hint = found.hint and str(found.hint)
        place = found.path, found.line
        about = objectives.get(found.path)
        yield found.code, str(found.severity), *place, str(found.message), hint, about


TABLES = (
    Table(
        "about",
        "format TEXT, as_of TEXT",
        lambda source: [(source.data["format"], source.data["as_of"])],
    ),
    Table(
        "cycles",
        "id TEXT PRIMARY KEY, title TEXT, first_day TEXT, last_day TEXT, state TEXT, elapsed REAL",
        _entries("cycles", "title start end state elapsed"),
    ),
    Table(
        "owners",
        "id TEXT PRIMARY KEY, type TEXT, title TEXT, parent TEXT REFERENCES owners, until TEXT, "
        "mission TEXT, vision TEXT",
        _entries("owners", "type title parent until mission vision"),
    ),
    Table(
        "owner_scores",
        "owner TEXT REFERENCES owners, cycle TEXT REFERENCES cycles, score REAL, expected REAL, "
        "status TEXT, PRIMARY KEY (owner, cycle)",
        _owner_scores,
    ),
    Table(
        "kpis",
        "id TEXT PRIMARY KEY, title TEXT, owner TEXT REFERENCES owners, unit TEXT, value REAL, "
        "date TEXT, health TEXT, role TEXT, overdue INTEGER, indicator TEXT, status TEXT, url TEXT",
        _entries(
            "kpis",
            "title owner unit value date health role overdue indicator status url",
        ),
    ),
    Table("kpi_targets", "kpi TEXT REFERENCES kpis, value REAL, due TEXT", _kpi_targets),
    Table(
        "kpi_drives",
        "kpi TEXT REFERENCES kpis, drives TEXT REFERENCES kpis, lag TEXT, "
        "PRIMARY KEY (kpi, drives)",
        _kpi_drives,
    ),
    Table(
        "kpi_contributors",
        "kpi TEXT REFERENCES kpis, owner TEXT REFERENCES owners, PRIMARY KEY (kpi, owner)",
        _listed("kpis", "contributors"),
    ),
    Table("pillars", "id TEXT PRIMARY KEY, title TEXT", _entries("pillars", "title")),
    Table(
        "pillar_kpis",
        "pillar TEXT REFERENCES pillars, kpi TEXT REFERENCES kpis, PRIMARY KEY (pillar, kpi)",
        _listed("pillars", "kpis"),
    ),
    Table(
        "objectives",
        "id TEXT PRIMARY KEY, title TEXT, cycle TEXT REFERENCES cycles, level TEXT, "
        "commitment TEXT, status TEXT, stale INTEGER, confidence REAL, score REAL, "
        "computed_score REAL, graded INTEGER, expected REAL, pace REAL, support REAL, weight REAL, "
        "origin TEXT, continues TEXT REFERENCES objectives, description TEXT, path TEXT, url TEXT",
        _entries(
            "objectives",
            "title cycle level commitment status stale confidence score computed_score "
            "graded expected pace support weight origin continues description path url",
        ),
    ),
    Table(
        "objective_owners",
        "objective TEXT REFERENCES objectives, owner TEXT REFERENCES owners, position INTEGER, "
        "PRIMARY KEY (objective, owner)",
        _objective_owners,
    ),
    Table(
        "objective_contributors",
        "objective TEXT REFERENCES objectives, owner TEXT REFERENCES owners, "
        "PRIMARY KEY (objective, owner)",
        _listed("objectives", "contributors"),
    ),
    Table(
        "objective_pillars",
        "objective TEXT REFERENCES objectives, pillar TEXT REFERENCES pillars, "
        "PRIMARY KEY (objective, pillar)",
        _listed("objectives", "pillars"),
    ),
    Table(
        "objective_guardrails",
        "objective TEXT REFERENCES objectives, kpi TEXT REFERENCES kpis, "
        "PRIMARY KEY (objective, kpi)",
        _listed("objectives", "guardrails"),
    ),
    Table(
        "key_results",
        "id TEXT PRIMARY KEY, objective TEXT REFERENCES objectives, position INTEGER, title TEXT, "
        "kind TEXT, start REAL, target REAL, value REAL, unit TEXT, raw REAL, score REAL, "
        "computed_score REAL, graded INTEGER, expected REAL, status TEXT, confidence REAL, "
        "weight REAL, kpi TEXT REFERENCES kpis, due TEXT, keep_min REAL, keep_max REAL, "
        "aggregate TEXT",
        _key_results,
    ),
    Table(
        "key_result_owners",
        "key_result TEXT REFERENCES key_results, owner TEXT REFERENCES owners, position INTEGER, "
        "PRIMARY KEY (key_result, owner)",
        _key_result_owners,
    ),
    Table(
        "key_result_moves",
        "key_result TEXT REFERENCES key_results, kpi TEXT REFERENCES kpis, "
        "PRIMARY KEY (key_result, kpi)",
        _key_result_moves,
    ),
    Table(
        "key_result_scales",
        "key_result TEXT REFERENCES key_results, value REAL, score REAL, "
        "PRIMARY KEY (key_result, value)",
        _pairs("scale"),
    ),
    Table(
        "key_result_plans",
        "key_result TEXT REFERENCES key_results, date TEXT, value REAL, "
        "PRIMARY KEY (key_result, date)",
        _pairs("plan"),
    ),
    Table(
        "alignment",
        "objective TEXT REFERENCES objectives, aligns_to TEXT REFERENCES objectives, "
        "key_result TEXT REFERENCES key_results",
        _links("aligns_to"),
    ),
    Table(
        "dependencies",
        "objective TEXT REFERENCES objectives, depends_on TEXT REFERENCES objectives, "
        "key_result TEXT REFERENCES key_results",
        _links("depends_on"),
    ),
    Table(
        "check_ins",
        "id INTEGER PRIMARY KEY, objective TEXT REFERENCES objectives, date TEXT, "
        "author TEXT REFERENCES owners, confidence REAL, note TEXT, wins TEXT, blockers TEXT, "
        "next TEXT",
        _check_ins,
    ),
    Table(
        "readings",
        "kpi TEXT REFERENCES kpis, key_result TEXT REFERENCES key_results, date TEXT, value REAL, "
        "note TEXT",
        readings,
    ),
    Table(
        "initiatives",
        "id INTEGER PRIMARY KEY, objective TEXT REFERENCES objectives, "
        "key_result TEXT REFERENCES key_results, title TEXT, status TEXT, due TEXT, progress REAL, "
        "url TEXT",
        _initiatives,
    ),
    Table(
        "initiative_owners",
        "initiative INTEGER REFERENCES initiatives, owner TEXT REFERENCES owners, "
        "PRIMARY KEY (initiative, owner)",
        _initiative_owners,
    ),
    Table(
        "findings",
        "code TEXT, severity TEXT, path TEXT, line INTEGER, message TEXT, hint TEXT, "
        "objective TEXT REFERENCES objectives",
        _findings,
    ),
)
"""All tables, in the order in which they are read."""


def database(source: Source, file: Path | str = ":memory:") -> sqlite3.Connection:
    """Return a new database with all tables; an existing file must be empty."""
    connection = sqlite3.connect(file)
    for table in TABLES:
        # Datasette follows a key only where it names the column that it leads to.
        definition = re.sub(r"REFERENCES (\w+)", r"REFERENCES \1(id)", table.definition)
        connection.execute(f"CREATE TABLE {table.name} ({definition})")
        marks = ", ".join("?" * len(table.columns))
        connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", table.rows(source))
    connection.commit()
    return connection
