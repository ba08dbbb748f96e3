import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from tests.samples import document, objective

Write = Callable[..., Path]

OPEN = "id: a, title: Reach, from: 0, to: 10, current: 4"
FILES = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "teams/hr.md": document("team", "title: HR"),
    "people/jo.md": document("person", "title: Jo", "team: sales"),
    "okrs/2026-q4/sales/grow.md": objective(OPEN, title="Grow", owner="sales"),
    "okrs/2026-q4/hr/glad.md": objective(OPEN, title="Be glad", owner="hr"),
    "okrs/2027/company/profit.md": objective(OPEN, title="Earn", cycle="2027"),
    "okrs/2027-q1/sales/grow.md": objective(
        f"{OPEN}, owner: jo, due: 2027-03-01", title="Grow on", owner="sales", cycle="2027-q1",
        status="draft", initiatives="[{title: Call all, due: 2027-01-20}]",
        aligns_to="profit", continues="2026-q4/sales/grow",
    ),
    "kpis/nps.md": document(
        "kpi", "title: NPS", "owner: hr", "keep: {min: 9}",
        "readings: [{date: 2026-11-01, value: 4}]",
    ),
}  # fmt: skip


@pytest.fixture
def site(write_site: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(write_site(FILES, {"as_of": "2026-11-15"}).parent)
    Path("CODEOWNERS").write_text("/content/okrs/ @acme/hr @nobody\n")
    return Path.cwd()


def plan(*words: str) -> Result:
    return CliRunner().invoke(main, ["plan", *words], catch_exceptions=False)


def test_a_plan_is_shown_part_by_part(site: Path) -> None:
    result = plan("2027-q1")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:2] == [
        "Planning 2027 Q1 · begins on 1 Jan 2027 · 47 days to go",
        "1 of 2 owners have objectives: 0 agreed, 1 draft",
    ]
    text = " ".join(result.stdout.split())
    for part in (
        "[ ] 1 owner has no objective: HR",
        "[ ] 1 KPI out of range is not addressed: NPS",
        "[ ] 1 draft to review: Grow on",
        "[✓] Every objective of a longer cycle has support",
        "Sales 1 of 1 carried over - Grow on draft · waiting for @acme/hr, @nobody",
        "Earn 1 objective",
        "Due dates 20 Jan 2027 Call all Initiative · Grow on · Sales",
        "1 Mar 2027 Reach Key result · Grow on · Jo",
        "Carried over 1 of 2 unfinished from 2026 Q4",
        "2026-q4/sales/grow to Sales",
        "glad not yet",
        "okrsite carry --all --to 2027-q1 --dry-run",
        "■ Critical NPS not addressed",
        "1 0 Jo",
        "Review CODEOWNERS @acme/hr: Grow on @nobody: Grow on",
    ):
        assert part in text, part


def test_an_objective_that_others_carry_over_is_said_so(site: Path) -> None:
    path = Path("content/okrs/2026-q4/sales/grow.md")
    path.write_text(path.read_text("utf-8").replace("owner: sales", "owners: [sales, hr]"), "utf-8")
    said = " ".join(plan("2027-q1").stdout.split())
    assert "HR 1 of 2 carried over · 1 by Sales none yet" in said
    owners = json.loads(plan("2027-q1", "--format", "json").stdout)["owners"]
    assert owners["teams/hr"]["carried_over_by_others"] == ["teams/sales"]
    assert owners["teams/sales"]["carried_over_by_others"] == []


def test_without_a_cycle_it_is_the_next_one(site: Path) -> None:
    assert plan().stdout.startswith("Planning 2027 ")
    assert plan("--as-of", "2027-06-01").stdout.startswith("There is no upcoming cycle")


def test_a_cycle_that_has_begun_has_no_plan(site: Path) -> None:
    result = plan("2026-q4")
    assert result.exit_code == 2
    assert "2026 Q4 began on 2026-10-01: okrsite status --cycle 2026-q4 shows it" in result.stderr
    assert plan("2027-q9").exit_code == 2


def test_a_cycle_that_nothing_is_in_yet_can_be_planned(site: Path) -> None:
    result = plan("2027-q2")
    assert result.exit_code == 0
    assert "0 of 0 owners have objectives: 0 agreed, 0 drafts" in result.stdout


def test_a_plan_as_data(site: Path) -> None:
    data = json.loads(plan("2027-q1", "--format", "json").stdout)
    assert data["format"] == "okrsite-plan/1"
    assert data["support"] == {"okrs/2027/company/profit": ["okrs/2027-q1/sales/grow"]}
    assert data["reviews"] == {
        "@acme/hr": ["okrs/2027-q1/sales/grow"], "@nobody": ["okrs/2027-q1/sales/grow"],
    }  # fmt: skip
    assert data["owners"]["teams/hr"]["objectives"] == []
    assert data["unfinished"]["okrs/2026-q4/hr/glad"] == []
    assert [(due["date"], due["kind"], due["owners"]) for due in data["due"]] == [
        ("2027-01-20", "initiative", ["teams/sales"]),
        ("2027-03-01", "key_result", ["people/jo"]),
    ]
    assert data["work"] == {"people/jo": {"key_results": 1, "contributes_to": 0}}
    assert data["kpis_out_of_range"] == {"kpis/nps": {"health": "critical", "objectives": []}}
