"""`okrsite export` to files, and `okrsite query`: the same tables, without what is private."""

import json
import os
import sqlite3
import sys
import threading
from _thread import interrupt_main
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from okrsite.exports.tables import TABLES, Source, database
from tests.samples import document, objective
from tests.sites import ROOT

Write = Callable[..., Path]

FILES = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "people/bob.md": document("person", "title: Bob", "team: sales"),
    "strategy/growth.md": document("pillar", "title: Growth", "kpis: [mrr]"),
    "kpis/mrr.md": document(
        "kpi", "title: Revenue", "owner: sales", "unit: USD",
        "targets: [{value: 90, by: 2026-12-31}]",
        "readings: [{date: 2026-10-01, value: 50, note: first}, {date: 2026-11-30, value: 70}]",
    ),
    "kpis/top.md": document("kpi", "title: Profit", "owner: sales"),
    "okrs/top.md": objective(
        "id: profit, title: Profit, to: 9", title="Thrive", pillars="[growth]"
    ),
    "okrs/grow.md": objective(
        "id: seats, title: '=1+1', from: 0, to: 100, owner: bob, weight: 2, due: 2026-12-01",
        "id: mrr, title: Revenue, kpi: mrr, to: 90",
        title="Grow", owner="sales", aligns_to="[top#profit]", contributors="[bob]",
        guardrails="[kpis/top]", depends_on="[top]",
        check_ins="[{date: 2026-11-02, values: {seats: 20}, wins: [A, B]}, "
        "{date: 2026-11-20, note: later}]",
        initiatives="[{title: Call, key_result: seats, owner: bob, due: 2026-11-01}]",
    ),
    "okrs/secret.md": objective(
        "id: a, title: Merger, to: 5", title="Merger", visibility="private", aligns_to="[grow]",
        check_ins="[{date: 2026-11-02, note: Merger}]",
    ),
}  # fmt: skip


@pytest.fixture
def site(write_site: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_site(FILES, {"as_of": "2026-11-15"}).parent)
    return Path.cwd()


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


def found(sql: str) -> list[dict[str, Any]]:
    said = run("query", "--format", "json", sql)
    assert said.exit_code == 0, said.output
    rows: list[dict[str, Any]] = json.loads(said.stdout)
    return rows


@pytest.mark.usefixtures("site")
def test_tables_hold_what_the_data_hold() -> None:
    assert found("select * from about") == [{"format": "okrsite/1", "as_of": "2026-11-15"}]
    key_results = "select id, start, target, value, score, weight, due, kpi from key_results"
    assert found(f"{key_results} where objective = 'okrs/grow'") == [
        {"id": "okrs/grow#seats", "start": 0, "target": 100, "value": 20, "score": 0.2, "weight": 2,
         "due": "2026-12-01", "kpi": None},
        {"id": "okrs/grow#mrr", "start": 50, "target": 90, "value": 50, "score": 0, "weight": 1,
         "due": None, "kpi": "kpis/mrr"},
    ]  # fmt: skip
    assert found("select * from alignment") == [
        {"objective": "okrs/grow", "aligns_to": "okrs/top", "key_result": "okrs/top#profit"}
    ]
    assert found("select * from dependencies") == [
        {"objective": "okrs/grow", "depends_on": "okrs/top", "key_result": None}
    ]
    assert found("select owner, position from objective_owners where objective = 'okrs/grow'") == [
        {"owner": "teams/sales", "position": 1}
    ]
    assert found("select owner from objective_contributors") == [{"owner": "people/bob"}]
    assert found("select kpi from objective_guardrails") == [{"kpi": "kpis/top"}]
    assert found("select kpi from pillar_kpis") == [{"kpi": "kpis/mrr"}]
    assert found("select value, due from kpi_targets") == [{"value": 90, "due": "2026-12-31"}]
    assert found("select i.title, i.key_result, o.owner from initiatives i "
                 "join initiative_owners o on o.initiative = i.id") == [
        {"title": "Call", "key_result": "okrs/grow#seats", "owner": "people/bob"}
    ]  # fmt: skip


def test_tables_hold_strategy_and_how_key_results_are_measured(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "company.md": document("company", "title: Acme", "mission: Cross *hills*", "vision: Peace"),
        "people/bob.md": document("person", "title: Bob"),
        "kpis/calls.md": document(
            "kpi",
            "owner: company",
            "contributors: [bob]",
            "drives: [happy, {kpi: rich, lag: 2 months}]",
        ),
        "kpis/happy.md": document("kpi", "owner: company"),
        "kpis/rich.md": document("kpi", "owner: company"),
        "okrs/o.md": objective(
            "id: a, title: A, to: 8, moves: [rich, happy], plan: "
            "[[2026-10-31, 3], [2026-12-31, 8]]",
            "id: b, title: B, scale: [[60, 0], [30, 1]], aggregate: mean",
            "id: c, title: C, keep: {min: 4}",
        ),
    }
    monkeypatch.chdir(write_site(files, {"as_of": "2026-11-15"}).parent)
    assert found("select mission, vision from owners where type = 'company'") == [
        {"mission": "Cross hills", "vision": "Peace"}
    ]
    assert found("select * from kpi_drives") == [
        {"kpi": "kpis/calls", "drives": "kpis/happy", "lag": None},
        {"kpi": "kpis/calls", "drives": "kpis/rich", "lag": "2 months"},
    ]
    assert found("select owner from kpi_contributors") == [{"owner": "people/bob"}]
    assert found("select * from key_result_moves") == [
        {"key_result": "okrs/o#a", "kpi": "kpis/happy"},
        {"key_result": "okrs/o#a", "kpi": "kpis/rich"},
    ]
    assert found("select date, value from key_result_plans") == [
        {"date": "2026-10-31", "value": 3}, {"date": "2026-12-31", "value": 8},
    ]  # fmt: skip
    assert found("select value, score from key_result_scales") == [
        {"value": 60, "score": 0}, {"value": 30, "score": 1},
    ]  # fmt: skip
    assert found("select aggregate, keep_min, keep_max from key_results") == [
        {"aggregate": "last", "keep_min": None, "keep_max": None},
        {"aggregate": "mean", "keep_min": None, "keep_max": None},
        {"aggregate": None, "keep_min": 4, "keep_max": None},
    ]


@pytest.mark.usefixtures("site")
def test_what_happened_after_the_report_date_is_in_no_table() -> None:
    assert found("select kpi, key_result, date, value, note from readings") == [
        {"kpi": "kpis/mrr", "key_result": None, "date": "2026-10-01", "value": 50, "note": "first"},
        {"kpi": None, "key_result": "okrs/grow#seats", "date": "2026-11-02", "value": 20,
         "note": None},
    ]  # fmt: skip
    assert found("select date, wins from check_ins") == [{"date": "2026-11-02", "wins": "A\nB"}]


@pytest.mark.usefixtures("site")
def test_findings_name_their_objective() -> None:
    rows = found("select objective, path from findings where code = 'OKR421'")
    assert [(row["objective"], row["path"]) for row in rows] == [
        ("okrs/grow", "content/okrs/grow.md")
    ]


@pytest.mark.parametrize("format_", ["sqlite", "xlsx", "json", "csv"])
def test_nothing_private_is_in_a_file(site: Path, format_: str) -> None:
    assert run("export", "--format", format_, "out.xlsx").exit_code == 0
    content = (site / "out.xlsx").read_bytes()
    if format_ == "xlsx":
        book = openpyxl.load_workbook(site / "out.xlsx")
        content = repr([[c.value for c in row] for page in book for row in page.rows]).encode()
    assert b"Thrive" in content
    assert b"Merger" not in content
    assert b"secret" not in content


def test_every_reference_of_the_demo_leads_to_a_row(tmp_path: Path) -> None:
    file, configuration = tmp_path / "okrs.db", str(ROOT / "mkdocs.yml")
    assert run("export", "-f", configuration, "--format", "sqlite", str(file)).exit_code == 0
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in TABLES:
            columns = ", ".join(table.columns)  # names that SQL takes without quotes
            rows = database.execute(f"SELECT {columns} FROM {table.name}").fetchall()
            assert rows, table.name
            keys = database.execute(f"PRAGMA foreign_key_list({table.name})").fetchall()
            assert len(keys) == table.definition.count("REFERENCES")
            assert all(key[4] == "id" for key in keys), "Datasette needs the column's name"


def test_equal_input_gives_equal_bytes(site: Path) -> None:
    for name in ("a.db", "b.db"):
        assert run("export", "--format", "sqlite", name).exit_code == 0
    assert (site / "a.db").read_bytes() == (site / "b.db").read_bytes()


def test_a_workbook_has_titles_filters_and_no_formulas(site: Path) -> None:
    assert run("export", "--format", "xlsx", "okrs.xlsx").exit_code == 0
    book = openpyxl.load_workbook(site / "okrs.xlsx")
    assert book.sheetnames == ["Objectives", "Key results", "KPIs", "Readings", "Check-ins"]
    for page in book:
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref == f"A1:{page.dimensions.partition(':')[2]}"
    page = book["Key results"]
    heads = [cell.value for cell in page[1]]
    cells = {
        head: cell
        for row in page.iter_rows(min_row=2)
        if row[2].value == "=1+1"
        for head, cell in zip(heads, row, strict=True)
    }
    assert cells["Key result"].data_type == "s"
    told = ("Objective", "Owner", "Start", "Target", "Value", "Score")
    assert [cells[head].value for head in told] == ["Grow", "Bob", 0, 100, 20, 0.2]
    assert cells["Due"].is_date
    assert [cell.value for cell in book["Objectives"][2]][:4] == [
        "Grow", "2026 Q4", "Sales", "Team",
    ]  # fmt: skip
    assert [cell.value for cell in book["Readings"][2]][:1] == ["Revenue"]


def test_control_characters_and_long_texts_fit_into_a_cell(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"okrs/a.md": objective("id: a, title: A, to: 1", title='"Go\\x0b on"', check_ins=(
        f"[{{date: 2026-11-02, note: {'x' * 40_000}}}]"))}  # fmt: skip
    monkeypatch.chdir(write_site(files, {"as_of": "2026-11-15"}).parent)
    run("export", "--format", "xlsx", "okrs.xlsx")
    notes = openpyxl.load_workbook("okrs.xlsx")["Check-ins"]
    note = notes.cell(2, [cell.value for cell in notes[1]].index("Note") + 1).value
    assert isinstance(note, str)
    assert (len(note), note[-1]) == (32_767, "…")


def test_another_file_is_never_replaced(site: Path) -> None:
    (site / "notes.txt").write_text("mine", "utf-8")
    said = run("export", "--format", "sqlite", "notes.txt")
    assert said.exit_code == 2
    assert "notes.txt exists and isn't a file of this format: name another one" in said.output
    assert (site / "notes.txt").read_text("utf-8") == "mine"


@pytest.mark.usefixtures("site")
def test_a_database_needs_a_file_and_a_workbook_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    said = run("export", "--format", "sqlite")
    assert said.exit_code == 2
    assert "okrsite export --format sqlite okrs.sqlite" in said.output
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    said = run("export", "--format", "xlsx", "okrs.xlsx")
    assert said.exit_code == 2
    assert "pip install 'okrsite[import]'" in said.output
    assert not any(name.startswith((".okrs", "okrs.xlsx")) for name in os.listdir())


@pytest.mark.usefixtures("site")
def test_a_file_that_cannot_be_written_is_one_sentence() -> None:
    Path("file").write_text("", "utf-8")
    for format_ in ("sqlite", "csv"):
        said = run("export", "--format", format_, "file/okrs.db")
        assert said.exit_code == 2
        assert said.output.startswith("Usage:")
        assert "file/okrs.db: " in said.output


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("delete from objectives", "only SELECT is allowed"),
        ("attach 'other.db' as other", "only SELECT is allowed"),
        ("pragma table_info(objectives)", "only SELECT is allowed"),
        ("select aim from objectives", "no such column: aim: `okrsite query` lists"),
        ("select 1; select 2", "one statement at a time"),
        ("selekt", 'near "selekt": syntax error'),
    ],
)
@pytest.mark.usefixtures("site")
def test_a_query_that_cannot_be_answered_says_why(sql: str, sentence: str) -> None:
    said = run("query", sql)
    assert said.exit_code == 2
    assert sentence in said.output
    assert not Path("other.db").exists()


@pytest.mark.usefixtures("site")
def test_rows_are_printed_as_a_table_and_as_csv() -> None:
    said = run("query", "select title, score from objectives order by title")
    lines = [line.split() for line in said.stdout.splitlines()]
    assert ["title", "score"] in lines
    assert ["Grow", "0.1333"] in lines
    said = run(
        "query",
        "--format",
        "csv",
        "select title from key_results where kpi is null order by position, title desc",
    )
    assert said.stdout.splitlines() == ["title", "Profit", "'=1+1"]
    said = run("query", "--format", "json", "select o.id, k.id from objectives o, key_results k")
    assert said.exit_code == 2
    assert "two columns are called id: rename one with AS" in said.output


def test_the_tables_are_listed_without_a_query() -> None:
    said = run("query")
    assert said.exit_code == 0
    assert "alignment: objective, aligns_to, key_result" in said.stdout.splitlines()


@pytest.mark.usefixtures("site")
def test_a_query_without_end_can_be_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_alarm(source: Source) -> sqlite3.Connection:
        connection = database(source)
        connection.create_function("alarm", 0, threading.Timer(0.1, interrupt_main).start)
        return connection

    monkeypatch.setattr("okrsite.cli.commands.query.database", with_alarm)
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    said = run("query", f"select alarm(), ({endless})")
    assert (said.output.strip(), said.exit_code) == ("Error: stopped", 2)


ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select"


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("name", "most", "sql", "sentence"),
    [
        ("_LONGEST", 0, f"{ENDLESS} max(i) from n", "more than 0 seconds and was ended: does a"),
        ("_MOST_ROWS", 50, f"{ENDLESS} i from n", "finds more than 50 rows: add a LIMIT"),
        ("_LONGEST_VALUE", 900, "select zeroblob(1000)", "string or blob too big"),
    ],
)
def test_a_query_without_end_ends(
    monkeypatch: pytest.MonkeyPatch, name: str, most: int, sql: str, sentence: str
) -> None:
    monkeypatch.setattr(f"okrsite.cli.commands.query.{name}", most)
    said = run("query", "--format", "csv", sql)
    assert (said.exit_code, said.stdout) == (2, "")
    assert sentence in said.stderr


@pytest.mark.usefixtures("site")
def test_a_long_table_is_cut_in_the_terminal_alone() -> None:
    said = run("query", f"{ENDLESS} i from n limit 1200")
    assert [line.strip() for line in said.stdout.split()][-1] == "1000"
    assert said.stderr == "1,000 of 1,200 rows are shown; --format csv prints all of them\n"
    said = run("query", "--format", "csv", f"{ENDLESS} i from n limit 1200")
    assert (said.stdout.split()[-1], said.stderr) == ("1200", "")
