"""`okrsite done` writes the date of a milestone, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from tests.samples import document, objective

Write = Callable[..., Path]
DAY = "2026-11-16"
GROW = "okrs/2026-q4/company/grow.md"
SHIP = (
    "{title: Vendor *chosen*, done: 2026-10-09}, {title: Data migrated, weight: 2},"
    " {title: Data checked, done: false, progress: 0.5}"
)
RESULTS = (
    f"id: ship, title: Ship, milestones: [{SHIP}]",
    "id: tell, title: Tell, measured_by: it is sent",
    "id: mrr, title: Earn, to: 10",
    "id: nps, title: Please, kpi: nps, to: 50",
    "id: one, title: One, milestones: [{title: Only}]",
    "id: was, title: Was, done: 2026-10-01",
    "id: team, title: Team, roll_up: true",
)
FILES = {
    GROW: objective(*RESULTS, body="Why.\n"),
    "kpis/company/nps.md": document("kpi", "title: NPS"),
    "okrs/2026-q3/company/old.md": objective("id: a, title: A, done: false", cycle="2026-q3"),
}


def run(site: Path, *words: str) -> Result:
    command = ["done", *words, "-f", str(site), "--as-of", DAY]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def text(site: Path, uri: str = GROW) -> str:
    return (site.parent / "content" / uri).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        (["grow#ship", "--milestone", "data migrated"], "weight: 2}", f"weight: 2, done: {DAY}}}"),
        (
            ["grow#ship", "--milestone", "checked", "--date", "2026-11-09"],
            "done: false",
            "done: 2026-11-09",
        ),
        (["grow#tell"], "it is sent}", f"it is sent, done: {DAY}}}"),
        (["Grow#one"], "{title: Only}", f"{{title: Only, done: {DAY}}}"),
    ],
)
def test_only_the_day_is_written(write_site: Write, words: list[str], old: str, new: str) -> None:
    site = write_site(FILES)
    result = run(site, *words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert text(site) == FILES[GROW].replace(old, new)
    assert result.stdout.startswith(f"content/{GROW}:")
    assert "\nScore: 0.20 → " in result.stdout


def test_several_milestones_are_done_at_once(write_site: Write) -> None:
    site = write_site(FILES)
    words = ["--milestone", "Data migrated", "--milestone", "Data checked"]
    assert run(site, "grow#ship", *words).exit_code == 0
    assert text(site).count(f"done: {DAY}") == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["grow"], "name a key result: write `grow#ship`, `grow#tell`, `grow#one`, `grow#was`"),
        (["grow#shpi"], "did you mean `grow#ship`?"),
        (["grow#ship"], "name one with --milestone, `Data migrated`, `Data checked`"),
        (["grow#ship", "--milestone", "data"], "several milestones called “data”"),
        (["grow#ship", "--milestone", "xyz"], "no milestone called “xyz”: write one of `Vendor"),
        (["grow#ship", "--milestone", "vendor chosen"], "is already done, since 2026-10-09"),
        (["grow#tell", "--milestone", "x"], "leave out --milestone"),
        (["grow#was"], "is already done, since 2026-10-01"),
        (["grow#mrr"], "okrsite check-in grow --set 'mrr=…'"),
        (["grow#nps"], "takes its values from the KPI `kpis/company/nps`"),
        (["grow#team"], "comes from the objectives that align to it"),
        (["old#a"], "2026 Q3 closed on 2026-09-30, so its figures are final: add --anyway"),
        (["grow#tell", "--date", "soon"], "is not a date"),
    ],
)
def test_what_cannot_be_done_writes_nothing(write_site: Write, words: list[str], said: str) -> None:
    site = write_site(FILES)
    result = run(site, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert text(site) == FILES[GROW]


def test_a_closed_cycle_is_changed_anyway(write_site: Write) -> None:
    site = write_site(FILES)
    assert run(site, "old#a", "--anyway", "--date", "2026-09-30").exit_code == 0
    assert "done: 2026-09-30" in text(site, "okrs/2026-q3/company/old.md")
