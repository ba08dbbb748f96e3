from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from tests.samples import document
from tests.sites import ROOT

Write = Callable[..., Path]

GROW = """---
type: objective
title: Grow
cycle: 2026-q4
owner: company
key_results:
  - id: revenue
    title: Revenue
    from: $5M
    to: $10M
    weight: 2
  - {id: open, title: Open an office}
check_ins:
  - date: 2026-11-09
    confidence: 0.6
    values: {revenue: $6.5M}
---
"""
FILES = {
    "okrs/2026-q4/company/grow.md": GROW,
    "okrs/2026-q4/company/graded.md": GROW.replace("Grow", "Graded").replace(
        "check_ins:", "grade: {score: 0.9, reason: Bought a *rival*}\ncheck_ins:"
    ),
    "kpis/visits.md": document(
        "kpi", "title: Guests", "owner: company", "keep: {min: 80}", "alert: {min: 60}",
        "readings: [{date: 2026-10-31, value: 70}]",
    ),
}  # fmt: skip
PATH = "content/okrs/2026-q4/company/grow.md"


@pytest.fixture
def site(write_site: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(write_site(FILES, {"as_of": "2026-11-15"}).parent)
    return Path.cwd()


def explain(*words: str) -> Result:
    return CliRunner().invoke(main, ["explain", *words], catch_exceptions=False)


def lines(*words: str) -> list[str]:
    result = explain(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


def test_a_key_result_has_its_formula_its_numbers_and_their_places(site: Path) -> None:
    assert lines("grow#revenue") == [
        "Revenue",
        "okrs/2026-q4/company/grow#revenue",
        f"{PATH}:7",
        "2026 Q4, as of 15 Nov 2026",
        "Score: 0.30",
        "(now − from) / (to − from)",
        "($6,500,000 − $5,000,000) / ($10,000,000 − $5,000,000) = 0.30",
        f"Now, on 9 Nov $6,500,000 {PATH}:16",
        f"From $5,000,000 {PATH}:9",
        f"To $10,000,000 {PATH}:10",
        "Expected: 0.35",
        "Share of days elapsed × goal",
        "46 / 92 × 0.70",
        "Days elapsed 46 of 92",
        "Goal of an aspirational objective 0.70",
        "Status: ● On track",
        "Pace only (no confidence given).",
        "Pace, score − expected 0.30 − 0.35 = −0.05: on track, at least −0.10",
    ]


def test_an_objective_has_its_mean_and_then_each_key_result(site: Path) -> None:
    text = lines("grow")
    assert text[:9] == [
        "Grow",
        "okrs/2026-q4/company/grow",
        f"{PATH}:1",
        "2026 Q4, as of 15 Nov 2026",
        "Score: 0.20",
        "Σ weight × score / Σ weight, over the key results",
        "(2 × 0.30 + 1 × 0.00) / 3",
        f"Revenue 2 × 0.30 {PATH}:11",
        f"Open an office 1 × 0.00 {PATH}:12",
    ]
    assert "A key result without a score counts as 0." in text
    assert "Status: ▲ At risk" in text
    assert "Status is the worse of pace and confidence." in text
    assert f"Confidence, on 9 Nov 0.6: at risk, below 0.7 {PATH}:14" in text
    assert "There is no reading yet." in text
    assert text.count("Expected: 0.35") == 3


def test_a_given_grade_stands_beside_the_computed_score(site: Path) -> None:
    text = lines("graded")
    at = text.index("Score: 0.90 (manual grade)")
    assert text[at + 1 : at + 4] == [
        "content/okrs/2026-q4/company/graded.md:13",
        "Bought a rival",
        "Computed: 0.20",
    ]


@pytest.mark.parametrize(
    ("written", "status", "why"),
    [
        ("draft", "Status: ◌ Draft", "Not agreed yet, so it isn't counted."),
        ("cancelled", "Status: ⊘ Cancelled", "No longer pursued, so it isn't counted."),
    ],
)
def test_what_does_not_count_says_so_before_any_arithmetic(
    written: str, status: str, why: str, site: Path
) -> None:
    file = site / PATH
    text = file.read_text(encoding="utf-8").replace("cycle:", f"status: {written}\ncycle:")
    file.write_text(text, encoding="utf-8")
    for name, score in (("grow", "0.20"), ("grow#revenue", "0.30")):
        found = lines(name)
        assert found[4:9] == [
            status,
            "Set in the document.",
            f"Status {written} {PATH}:4",
            why,
            f"Score if it counted: {score}",
        ]
        assert not any(line.startswith("Score: ") for line in found)


def test_a_cancelled_key_result_says_so_before_its_score(site: Path) -> None:
    file = site / PATH
    text = file.read_text(encoding="utf-8").replace("weight: 2", "status: cancelled")
    file.write_text(text, encoding="utf-8")
    found = lines("grow")
    at = found.index("Revenue", 4)
    assert found[at + 2] == "Status: ⊘ Cancelled"
    assert "Score if it counted: 0.30" in found[at:]
    assert "Status: ⊘ Cancelled" not in found[:at]


def test_an_owner_is_explained_in_a_cycle(site: Path) -> None:
    text = lines("company")
    assert "Score: 0.55" in text
    assert "(1 × 0.90 + 1 × 0.20) / 2" in text
    assert "Expected: 0.35" in text
    assert "Pace, score − expected 0.55 − 0.35 = +0.20: on track, at least −0.10" in text
    assert "Score: none, no active objective has one; there is one in 2026-q4" in lines(
        "company", "--cycle", "2026-q3"
    )


def test_a_kpi_is_explained_by_its_ranges(site: Path) -> None:
    assert lines("visits") == [
        "Guests",
        "kpis/visits",
        "content/kpis/visits.md:1",
        "as of 15 Nov 2026",
        "Health: ▲ Warning",
        "Healthy inside the first range, critical outside the second",
        "Last reading, on 31 Oct 2026 70 content/kpis/visits.md:7",
        "Healthy ≥ 80 content/kpis/visits.md:5",
        "Not critical ≥ 60 content/kpis/visits.md:6",
    ]


def test_figures_are_those_of_the_day(site: Path) -> None:
    text = lines("grow#revenue", "--as-of", "2026-10-31")
    assert "Score: –" in text
    assert "2026 Q4, as of 31 Oct 2026" in text


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("gorw", "there is no objective, owner or KPI `gorw`: did you mean `grow`?"),
        ("zzz", "there is no objective, owner or KPI `zzz`\n"),
        ("grow#revnue", "did you mean `grow#revenue`?"),
        ("grow#zzz", "it has `revenue`, `open`"),
        ("gorw#revenue", "there is no objective `gorw#revenue`: did you mean `grow`?"),
    ],
)
def test_an_unknown_name_ends_with_2(site: Path, what: str, said: str) -> None:
    result = explain(what)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize("width", ["40", "60", "200"])
def test_places_are_never_broken(site: Path, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = explain("grow").stdout
    monkeypatch.setenv("COLUMNS", width)
    text = explain("grow").stdout
    assert text.count(f"{PATH}:") == wide.count(f"{PATH}:")
    assert "…" not in text


def test_all_of_the_demo_can_be_explained() -> None:
    names = {
        "financial-targets": "(2 × 0.44 + 1 × 0.40 + 1 × 0.50) / 4",
        "bike-stations#online": "Readings inside the range / readings",
        "market-penetration#regions": "over the supporting objectives",
        "new-markets#countries": "Σ weight × done / Σ weight, over the milestones",
        "2026-q3/support/summer-phones": "At the end, a commitment is achieved at 1.00",
    }
    for name, said in names.items():
        result = explain(name, "-f", str(ROOT / "mkdocs.yml"))
        assert result.exit_code == 0, result.stderr
        assert said in result.stdout


def test_an_objective_of_another_cycle_is_not_explained(site: Path) -> None:
    result = explain("grow", "--cycle", "2027-q1")
    assert result.exit_code == 2
    assert "`grow` is in 2026 Q4, not in 2027 Q1" in result.stderr


def test_every_reading_in_a_range_has_its_place(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    values = {"2026-10-05": "99.9%", "2026-10-12": "98.2%", "2026-10-19": "99.8%"}
    text = document(
        "objective", "title: Last", "cycle: 2026-q4", "owner: company", "key_results:",
        "  - {id: up, title: Stay up, keep: {min: 99%}}", "check_ins:",
        *(f"  - {{date: {day}, values: {{up: {value}}}}}" for day, value in values.items()),
    )  # fmt: skip
    monkeypatch.chdir(write_site({"okrs/last.md": text}, {"as_of": "2026-11-15"}).parent)
    found = "\n".join(lines("last#up"))
    assert "2 / 3" in found
    for day, value, line in (
        ("5 Oct", "99.9%", 9), ("12 Oct", "98.2%, outside", 10), ("Now, on 19 Oct", "99.8%", 11)
    ):  # fmt: skip
        assert f"{day} {value} content/okrs/last.md:{line}" in found
    assert "99.8%: on track, inside ≥ 99% content/okrs/last.md:11" in found
