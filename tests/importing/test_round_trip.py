"""What `okrsite export --format csv` prints comes back when it is imported elsewhere."""

import csv
import io
import json
from collections import defaultdict
from pathlib import Path

from click.testing import CliRunner

from okrsite.cli import main
from tests.importing.samples import Sheets
from tests.samples import document

DEMO = Path(__file__).parents[2] / "mkdocs.yml"
DAY = "2026-11-15"
Rows = dict[tuple[str, str], dict[str, str]]

EMPTY = {"company.md": document("company", "title: Acme")}
KPIS = {
    "kpis/csat.md": document(
        "kpi", "title: Satisfaction", "owner: company", "unit: '%'",
        "readings: [{date: 2026-10-02, value: 70}, {date: 2026-11-02, value: 75}]",
    ),
    "kpis/calls.md": document("kpi", "title: Calls", "owner: company", "readings: []"),
}  # fmt: skip


def exported(configuration: Path) -> str:
    words = ["export", "-f", str(configuration), "--format", "csv", "--as-of", DAY]
    return CliRunner().invoke(main, words, catch_exceptions=False).stdout


def rows_of(text: str) -> Rows:
    rows = csv.DictReader(io.StringIO(text))
    return {(row["objective"], row["key_result"]): row for row in rows}


def differing(before: Rows, after: Rows) -> dict[str, set[tuple[str, str]]]:
    """Return the key results in which a column differs; scores have four decimals."""
    found = defaultdict(set)
    assert list(before) == list(after)
    for reference, row in before.items():
        for name, cell in row.items():
            other = after[reference][name]
            near = name == "objective_score" and cell and other
            if not (cell == other or (near and abs(float(cell) - float(other)) < 0.00015)):
                found[name].add(reference)
    return found


def test_everything_that_an_export_holds_comes_back(tmp_path: Path) -> None:
    site = {
        **EMPTY,
        **KPIS,
        "cycles/spring.md": document(
            "cycle", "id: spring", "title: Long", "start: 2026-10-05", "end: 2027-03-04"
        ),
        "okrs/2026/company/top.md": document(
            "objective", "title: '=Top'", "commitment: committed",
            "key_results: [{id: all, title: All together, roll_up: true}]",
        ),
        "okrs/2026-q4/sales/grow.md": document(
            "objective", "title: Grow, and then some", "owners: [sales, eve]", "weight: 3",
            "aligns_to: 2026/company/top#all", "grade: {score: 0.4, reason: Agreed}",
            "key_results:",
            "  - {id: users, title: Users, from: 5, to: 50, moves: [csat, calls], weight: 2}",
            "  - {id: low, title: Errors, from: 8.125 s, to: 2 s, due: 2026-12-01, owner: eve}",
            "  - {id: keep, title: Keep on, keep: {min: '99.5%', max: '100%'}}",
            "  - {id: kept, title: Keep them, keep: {min: 60}, kpi: csat}",
            "  - {id: happy, title: Please them, kpi: csat, to: 90, aggregate: max}",
            "  - {id: gone, title: Gone, to: 5, status: cancelled}",
            "check_ins:",
            "  - {date: 2026-11-09, confidence: 0.6, values: "
            "{users: {value: 20, confidence: 0.8}, low: 9.5 s, keep: 99.9%}}",
        ),
        "okrs/2026-q4/sales/push.md": document(
            "objective", "title: Push", "commitment: committed", "key_results:",
            "  - {id: done, title: Moved in, done: 2026-11-01}",
            "  - {id: open, title: Move out, done: false}",
            "  - {id: half, title: Half, done: false}",
            "  - {id: list, title: List, milestones: [{title: A, done: true}, {title: B}]}",
            "  - {id: graded, title: Graded, done: false, grade: {score: 0.7, reason: R}}",
            "  - {id: scale, title: Wait, scale: [[90 s, 0], [60 s, 0.5], [30 s, 1]]}",
            "  - {id: plan, title: Way, to: 8, plan: [[2026-10-31, -1], [2026-12-31, 8]]}",
            "  - {id: open-end, title: Something}",
            "check_ins: [{date: 2026-11-09, values: "
            "{half: 0.5, scale: 45 s, plan: 2, open-end: 0.25}}]",
        ),
        "okrs/spring/eve/climb.md": document(
            "objective", "title: Climb", "cycle: spring", "owner: eve", "status: cancelled",
            "key_results: [{id: a, title: Metres, to: 100}]",
            "check_ins: [{date: 2026-11-09, values: {a: 10}}]",
        ),
        "teams/sales.md": document("team", "title: Sales"),
        "people/eve.md": document("person", "title: Eve"),
    }  # fmt: skip
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    table = exported(Sheets(tmp_path / "here", site).configuration)
    there = Sheets(tmp_path / "there", {**EMPTY, **KPIS})
    answer = there.written({"okrs.csv": table}, "--as-of", DAY)
    assert differing(rows_of(table), rows_of(exported(there.configuration))) == {}
    grow = answer.fields("okrs/2026-q4/sales/grow.md")
    assert grow["grade"] == {"score": "0.4", "reason": "As graded in okrs.csv"}
    assert answer.found("OKR612") == []


def test_only_what_the_demo_computes_of_other_documents_is_lost(tmp_path: Path) -> None:
    """The table has neither readings, nor the lists of milestones, nor KPIs."""
    table = exported(DEMO)
    there = Sheets(tmp_path, EMPTY)
    assert there.run({"okrs.csv": table}, "--as-of", DAY).exit_code == 0
    before = rows_of(table)
    found = differing(before, rows_of(exported(there.configuration)))
    of_kind = {
        kind: {reference for reference, row in before.items() if row["kind"] == kind}
        for kind in ("keep", "milestone", "metric")
    }
    objectives = {
        kind: {r for r in before if any(r[0] == other[0] for other in of_kind[kind])}
        for kind in of_kind
    }
    assert found.pop("kpi") == {r for r, row in before.items() if row["kpi"]}
    assert found.pop("moves") == {r for r, row in before.items() if row["moves"]}
    # A range is kept in so many of the readings, and a list's milestones have days of their own.
    assert found.pop("score") | found.pop("computed_score") <= of_kind["keep"]
    assert found.pop("expected") <= of_kind["milestone"]
    assert found.pop("status") <= of_kind["keep"] | of_kind["milestone"]
    for name in ("objective_score", "objective_expected"):
        assert found.pop(name) <= objectives["keep"] | objectives["milestone"]
    # The numbers of a key result on a private KPI are in no export.
    private = {r for r in of_kind["metric"] if not before[r]["to"] and not before[r]["scale"]}
    assert all(found.pop(name) == private for name in ("kind", "value", "aggregate"))
    assert found == {}


def test_a_reference_that_is_not_in_the_export_is_said(tmp_path: Path) -> None:
    site = {
        **EMPTY,
        "okrs/2026-q4/company/bare.md": document("objective", "title: Bare"),
        "okrs/2026-q4/company/grow.md": document(
            "objective", "title: Grow", "aligns_to: bare", "key_results: [{title: A, to: 5}]"
        ),
    }
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    table = exported(Sheets(tmp_path / "here", site).configuration)
    answer = Sheets(tmp_path / "there", EMPTY).written({"okrs.csv": table})
    assert [f["message"] for f in answer.found("OKR611")] == [
        "“Grow” isn't aligned to `okrs/2026-q4/company/bare`, which isn't there"
    ]


def test_an_export_of_the_demo_changes_nothing_there(tmp_path: Path) -> None:
    """Neither with --update, which adds only what is not there."""
    sheet = tmp_path / "demo.csv"
    sheet.write_text(exported(DEMO), "utf-8")
    for more in ([], ["--update"]):
        words = ["import", str(sheet), "-f", str(DEMO), "--as-of", DAY, "--format", "json"]
        said = CliRunner().invoke(main, [*words, "--dry-run", *more], catch_exceptions=False)
        answer = json.loads(said.stdout)
        assert (answer["files"], answer["findings"]) == ([], [])
