"""The page that follows one KPI through three cycles: its documents and figures are the demo's."""

import json
import re
from functools import cache
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from okrsite.cli import main
from tests.guide.test_guide import FIGURE, HALF_A_DIGIT, Row, blocks, look_up, rows, text_of
from tests.sites import ROOT

PAGE = "kpis-and-okrs.md"
KPI, OBJECTIVE = "kpis/web/finished-bookings.md", "okrs/2026-q3/web/new-checkout.md"
FIGURES = list(rows(PAGE, "Figure"))


def front_matter(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text.split("---\n")[1])
    return found


def on_the_page(uri: str) -> dict[str, Any]:
    [block] = [block for block in blocks(PAGE) if block.file == uri]
    return front_matter(block.text)


def in_the_demo(uri: str) -> dict[str, Any]:
    return front_matter((ROOT / "content" / uri).read_text(encoding="utf-8"))


@cache
def demo(day: str) -> dict[str, Any]:
    words = ["export", "--format", "json", "-f", str(ROOT / "mkdocs.yml"), "--as-of", day]
    found: dict[str, Any] = json.loads(CliRunner().invoke(main, words).stdout)
    return found


def findings(day: str, uri: str) -> set[str]:
    words = ["lint", "--format", "json", "-f", str(ROOT / "mkdocs.yml"), "--as-of", day]
    found = json.loads(CliRunner().invoke(main, words).stdout)
    return {one["code"] for one in found if one["path"] == f"content/{uri}"}


@pytest.mark.parametrize("row", FIGURES, ids=[row.cells["Figure"] for row in FIGURES])
def test_a_figure_of_the_page_is_that_of_the_demo(row: Row) -> None:
    match = FIGURE.fullmatch(row.cells["Figure"])
    assert match
    figure, id, key_result, cycle, day = match.groups()
    actual = look_up(demo(day), figure, id, key_result, cycle)
    said = row.cells["Result"]
    if isinstance(actual, str):
        assert said == actual
    else:
        assert abs(float(said) - actual) <= HALF_A_DIGIT


def test_there_are_figures_of_all_three_cycles() -> None:
    days = {match[5] for row in FIGURES if (match := FIGURE.fullmatch(row.cells["Figure"]))}
    assert {f"{day[:4]}-q{(int(day[5:7]) + 2) // 3}" for day in days} == {
        "2026-q2", "2026-q3", "2026-q4",
    }  # fmt: skip


def test_the_kpi_is_the_one_of_the_demo() -> None:
    page, actual = on_the_page(KPI), in_the_demo(KPI)
    assert page == {name: value for name, value in actual.items() if name in page}
    assert set(actual) - set(page) == {"drives"}


def test_the_objective_is_the_one_of_the_demo_in_short() -> None:
    page, actual = on_the_page(OBJECTIVE), in_the_demo(OBJECTIVE)
    assert all(result in actual["key_results"] for result in page.pop("key_results"))
    assert page == {name: value for name, value in actual.items() if name in page}


def test_the_readings_in_the_overview_are_the_last_of_each_cycle() -> None:
    [line] = re.findall(r"^\| Last reading of the cycle \|(.*)\|$", text_of(PAGE), re.MULTILINE)
    said = [int(number) for number in re.findall(r"(\d+)%", line)]
    days = ("2026-06-30", "2026-09-30", "2026-11-15")
    assert said == [demo(day)["kpis"]["kpis/web/finished-bookings"]["value"] for day in days]


def test_the_checks_ask_for_a_key_result_while_nobody_works_on_it() -> None:
    assert "OKR409" in findings("2026-06-30", KPI)
    assert "OKR409" not in findings("2026-07-15", KPI)
    assert "OKR411" not in findings("2026-07-15", OBJECTIVE)
    guardrails = demo("2026-11-15")["objectives"]["okrs/2026-q4/web/peak-ready"]["guardrails"]
    assert guardrails == ["kpis/web/finished-bookings"]
