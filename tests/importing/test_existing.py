"""What exists is never changed, and `--update` only adds to it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from okrsite.cli import main
from tests.importing.samples import SITE, Sheets
from tests.samples import document

MEADOW = """---
type: objective
title: Meadows bloom   # a comment
key_results:
  - id: seeded
    title: Hectares seeded
    to: 40 ha
check_ins:
  - date: 2026-11-09
    values: {seeded: 19 ha}
---
"""
TABLE = (
    "Objective,Key result,Owner,Target,Current\n"
    "meadows bloom!,Hectares seeded,Ann Lee,45 ha,21 ha\n,Bees counted,Ann Lee,500,260\n"
)
OPTIONS = ("--owner", "sales", "--cycle", "2026-q4")
URI = "okrs/2026-q4/sales/meadows.md"


@pytest.fixture
def known(tmp_path: Path) -> Sheets:
    return Sheets(tmp_path, {**SITE, URI: MEADOW})


def test_differences_are_said_with_both_values(known: Sheets) -> None:
    answer = known.run({"a.csv": TABLE}, *OPTIONS)
    assert (answer.exit_code, answer.files) == (0, [])
    assert answer.text(URI) == MEADOW
    said = {(f["row"], f["column"]): f["message"] for f in answer.found("OKR608")}
    assert said[2, "Target"] == "the target is 45 ha here and 40 ha on the site"
    assert said[2, "Current"] == "the value is 21 ha here and 19 ha on the site"
    assert (3, None) in said


def test_update_adds_and_changes_nothing(known: Sheets) -> None:
    answer = known.written({"a.csv": TABLE}, *OPTIONS, "--update")
    text = answer.text(URI)
    assert "title: Meadows bloom   # a comment" in text
    assert "    to: 40 ha\n    owner: ann-lee\n" in text
    assert "  - {date: 2026-11-16, values: {seeded: 21 ha, bees-counted: 260}}" in text
    assert [f["column"] for f in answer.found("OKR608")] == ["Target"]


def test_a_lasting_id_recognises_a_renamed_objective(sheets: Sheets) -> None:
    table = "Issue key,Objective,Type,Owner,Quarter\nOKR-7,{},Objective,Ann Lee,Q4 2026\n"
    first = sheets.written({"a.csv": table.format("Grow")})
    assert first.fields("okrs/2026-q4/ann-lee/grow.md")["x-import-id"] == "OKR-7"
    second = sheets.run({"a.csv": table.format("Grow well")})
    assert second.files == []
    assert ["Grow well" in f["message"] for f in second.found("OKR608")] == [True]


@pytest.mark.parametrize("header", ["Goal ID", "Objective ID"])
@pytest.mark.parametrize("again", ["", "9001"])
def test_an_objectives_id_stays_its_own_with_a_row_for_each_key_result(
    sheets: Sheets, header: str, again: str
) -> None:
    table = (
        f"{header},Objective,Key result,Target,Owner,Quarter\n"
        "9001,{0},Users,60,Ann Lee,Q4 2026\n"
        f"{again},{{0}},Calls,20,Ann Lee,Q4 2026\n"
    )
    first = sheets.written({"a.csv": table.format("Grow")})
    written = first.fields("okrs/2026-q4/ann-lee/grow.md")
    assert written["x-import-id"] == "9001"
    assert ["x-import-id" in result for result in written["key_results"]] == [False, False]
    second = sheets.run({"a.csv": table.format("Grow well")})
    assert (second.exit_code, second.files) == (0, [])
    assert ["Grow well" in f["message"] for f in second.found("OKR608")] == [True]


@pytest.mark.parametrize("more", [(), ("--update",)])
def test_a_lasting_id_recognises_a_renamed_key_result(
    sheets: Sheets, more: tuple[str, ...]
) -> None:
    table = (
        "Issue key,Parent,Title,Type,Target,Owner,Quarter\n"
        "OKR-7,,Grow,Objective,,Ann Lee,Q4 2026\nOKR-8,OKR-7,{},Key result,60,,\n"
    )
    first = sheets.written({"a.csv": table.format("Users")})
    uri = "okrs/2026-q4/ann-lee/grow.md"
    assert [result["x-import-id"] for result in first.fields(uri)["key_results"]] == ["OKR-8"]
    before = sheets.state()
    second = sheets.run({"a.csv": table.format("People who pay")}, *more)
    assert (second.exit_code, second.files) == (0, [])
    assert [f["message"] for f in second.found("OKR608")] == [
        "the title is People who pay here and Users on the site"
    ]
    assert sheets.state() == before


def test_a_later_import_of_the_same_file_writes_nothing(sheets: Sheets) -> None:
    table = "Objective,Key result,Target,Current\nGrow,Users,60,48\n"
    sheets.run({"a.csv": table}, *OPTIONS, "--as-of", "2026-11-02")
    before = sheets.state()
    for more in ((), ("--update",)):
        answer = sheets.run({"a.csv": table}, *OPTIONS, "--as-of", "2026-11-16", *more)
        assert (answer.exit_code, answer.files, answer.codes) == (0, [], [])
    assert sheets.state() == before


def test_an_error_that_lint_would_find_refuses_all(tmp_path: Path) -> None:
    site = {**SITE, "cycles/autumn.md": document("cycle", "title: Autumn", "start: 2026-09-01")}
    sheets = Sheets(tmp_path, site)
    table = "Objective,Key result,Target,Cycle\nGrow,Users,60,autumn\n"
    answer = sheets.run({"a.csv": table}, "--owner", "sales")
    assert (answer.exit_code, answer.data["written"]) == (1, False)


def test_nothing_stays_behind_where_a_file_cannot_be_written(
    sheets: Sheets, monkeypatch: pytest.MonkeyPatch
) -> None:
    import okrsite.util.writing as writing

    written = writing.write_whole

    def failing(file: Path, text: str) -> None:
        if file.name == "win.md":
            raise OSError(28, "No space left on device", str(file))
        written(file, text)

    monkeypatch.setattr(writing, "write_whole", failing)
    table = "Objective,Key result,Target\nGrow,Users,60\nWin,Deals,6\n"
    before = sheets.state()
    with pytest.raises(AssertionError, match="No space left"):
        sheets.run({"a.csv": table}, *OPTIONS)
    assert sheets.state() == before
    assert not (sheets.folder / "content" / "okrs").exists()


def test_an_export_comes_back_as_it_was(tmp_path: Path) -> None:
    """In a site with the same owners and KPIs, whatever its objectives are called."""
    others = {
        **SITE, "kpis/csat.md": document(
            "kpi", "title: Satisfaction", "owner: sales",
            "readings: [{date: 2026-10-02, value: 70}]"
        ),
    }  # fmt: skip
    site = {
        **others,
        "okrs/2026-q4/sales/push.md": document(
            "objective", "title: Grow by calling people", "key_results:",
            "  - {id: kpi, title: Please them, kpi: csat, from: 60, to: 90}",
            "  - {id: calls, title: Calls, to: 50, owner: ann-lee, weight: 2, due: 2026-12-01}",
            "check_ins: [{date: 2026-11-09, values: {calls: {value: 20, confidence: 0.6}}}]",
        ),
    }  # fmt: skip

    def exported(sheets: Sheets) -> str:
        words = ["export", "-f", str(sheets.configuration), "--format", "csv"]
        said = CliRunner().invoke(main, [*words, "--as-of", "2026-11-16"], catch_exceptions=False)
        return said.stdout

    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    table = exported(Sheets(tmp_path / "here", site))
    there = Sheets(tmp_path / "there", others)
    answer = there.written({"okrs.csv": table})
    assert "okrs/2026-q4/sales/push.md" in answer.files
    assert exported(there) == table


def test_many_warnings_of_one_kind_are_counted(sheets: Sheets) -> None:
    rows = "".join(f"Goal {n},Users,0,60,1,Achieved\n" for n in range(14))
    file = sheets.folder / "a.csv"
    file.write_text(f"Objective,Key result,Start,Target,Current,Status\n{rows}", "utf-8")
    words = [
        "import",
        str(file),
        "-f",
        str(sheets.configuration),
        "--as-of",
        "2026-11-16",
        *OPTIONS,
    ]
    said = CliRunner().invoke(main, [*words, "--dry-run"], catch_exceptions=False)
    assert said.stderr.count("OKR612 warning: ") == 10
    assert "4 more of OKR612; --format json lists all" in said.stderr


def test_a_link_to_a_kpi_that_is_not_there_is_said(sheets: Sheets) -> None:
    table = "Objective,Key result,Start,Target,KPI\nGrow,Users,1,60,Punctuality\n"
    answer = sheets.run({"a.csv": table}, *OPTIONS, "--dry-run")
    found = [f for f in answer.data["findings"] if f["column"] == "KPI"]
    assert [(f["code"], f["message"]) for f in found] == [
        ("OKR611", "the link to the KPI “Punctuality” isn't imported: the site has no such KPI")
    ]


def test_an_export_can_be_imported_elsewhere(tmp_path: Path) -> None:
    results = "{id: a, title: Users, from: 5, to: 50}, {id: b, title: Shop, done: false}"
    site = {
        **SITE,
        "okrs/2026-q4/sales/grow.md": document(
            "objective", "title: Grow", f"key_results: [{results}]",
            "check_ins: [{date: 2026-11-09, values: {a: {value: 20, confidence: 0.6}, b: 0.5}}]",
        ),
        "okrs/2026-q4/ann-lee/win.md": document(
            "objective", "title: '=Win'", "status: draft", f"key_results: [{results}]"
        ),
    }  # fmt: skip
    (tmp_path / "here").mkdir()
    here = Sheets(tmp_path / "here", site)
    words = ["export", "-f", str(here.configuration), "--format", "csv", "--as-of", "2026-11-16"]
    table = CliRunner().invoke(main, words, catch_exceptions=False).stdout
    (tmp_path / "there").mkdir()
    there = Sheets(tmp_path / "there", {"company.md": document("company", "title: Acme")})
    answer = there.written({"okrs.csv": table})
    grow = answer.fields("okrs/2026-q4/sales/grow.md")
    users, shop = grow["key_results"]
    assert (users["id"], users["from"], users["to"], shop["done"]) == ("a", "5", "50", "false")
    assert grow["check_ins"][0]["values"] == {"a": {"value": "20", "confidence": "0.6"}, "b": "0.5"}
    win = answer.fields("okrs/2026-q4/ann-lee/win.md")
    assert (win["title"], win["status"]) == ("=Win", "draft")
    assert answer.fields("people/ann-lee.md")["title"] == "Ann lee"
