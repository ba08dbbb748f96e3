import re
from datetime import date

import pytest

from okrsite.language.wording import Words
from okrsite.project import load
from okrsite.project.model import Project
from okrsite.scores import Scorecard, score_project
from okrsite.scores.explanation import (
    Explanation,
    explain_expected,
    explain_expected_of_key_result,
    explain_health,
    explain_key_result,
    explain_status,
    explain_status_of_key_result,
    explain_status_of_owner,
)
from okrsite.scores.status import Status
from okrsite.settings import Settings
from tests.samples import AS_OF, Files, Shelf, document, objective
from tests.sites import ROOT

WORDS = Words.of("en")
SETTINGS = Settings()


def scored(files: Files, as_of: date = AS_OF) -> tuple[Project, Scorecard]:
    project = load(Shelf(files), SETTINGS, "Acme")
    return project, score_project(project, SETTINGS, as_of)


def expected(key_result: str, as_of: date = AS_OF, **fields: str) -> Explanation:
    """Explain what is expected of one key result."""
    project, scorecard = scored({"grow.md": objective(key_result, **fields)}, as_of)
    [one] = project.objectives.values()
    result = one.key_results[0]
    explained = explain_expected_of_key_result(WORDS, project, scorecard, SETTINGS, result)
    figures = scorecard.objectives[one.id].key_results[result.id]
    assert explained.result == WORDS.score(figures.expected)
    return explained


def said(explanation: Explanation) -> list[str]:
    """Write the terms shortly: `Goal of a committed objective 1.00 grow.md:4`."""
    return [
        f"{t.name} {t.value}" + (f" {t.place.path}:{t.place.line}" if t.place else "")
        for t in explanation.terms
    ]


def test_what_is_expected_follows_the_days_and_the_goal() -> None:
    explained = expected("id: a, title: A, to: 10", commitment="committed")
    assert explained.numbers == "46 / 92 × 1.00"
    assert said(explained) == [
        "Days elapsed 46 of 92",
        "Goal of a committed objective 1.00 content/grow.md:6",
    ]


def test_a_due_date_replaces_the_end() -> None:
    explained = expected("id: a, title: A, to: 10, due: 2026-11-30")
    assert explained.numbers == "46 / 61 × 0.70"
    assert said(explained)[0] == (
        "Days elapsed until 30 Nov 46 of 61 content/grow.md:7"
    )  # fmt: skip


def test_a_plan_says_the_value_of_the_day() -> None:
    explained = expected("id: a, title: A, from: 0, to: 100, plan: [[2026-11-15, 30]]")
    assert explained.numbers == "30 planned for 15 Nov → 0.30"
    assert said(explained) == ["15 Nov 30 content/grow.md:7"]


def test_milestones_say_which_are_due() -> None:
    milestones = "[{title: One, due: 2026-11-01, weight: 2}, {title: Two}]"
    explained = expected(f"id: a, title: A, milestones: {milestones}")
    assert explained.numbers == "2 / 3 × 0.70"
    assert said(explained)[:2] == [
        "One 2, due on 1 Nov content/grow.md:7",
        "Two 1, 0 expected by now, no due date content/grow.md:7",
    ]


def test_a_range_is_expected_from_its_first_reading_on() -> None:
    range_ = "id: a, title: A, keep: {min: 3}"
    assert expected(range_).formula == "0 before the first reading in the cycle"
    assert expected(f"{range_}, current: 4").result == "1.00"


def test_before_the_cycle_nothing_is_expected() -> None:
    explained = expected("id: a, title: A, to: 10", date(2026, 9, 1))
    assert (explained.formula, explained.result) == ("0 before the cycle starts", "0.00")


def test_an_objective_without_key_results_that_count_goes_by_the_days() -> None:
    cancelled = "id: a, title: A, to: 10, status: cancelled"
    project, scorecard = scored(
        {"grow.md": objective(cancelled, grade="{score: 0.5, reason: Because}")}
    )
    [one] = project.objectives.values()
    explained = explain_expected(WORDS, project, scorecard, SETTINGS, one)
    assert explained is not None
    assert (explained.numbers, explained.result) == ("46 / 92 × 0.70", "0.35")
    project, scorecard = scored({"grow.md": objective(cancelled)})
    [one] = project.objectives.values()
    assert explain_expected(WORDS, project, scorecard, SETTINGS, one) is None
    assert explain_status(WORDS, project, scorecard, SETTINGS, one) is None


# Status


def status_of(key_result: str, **fields: str) -> tuple[Status, str, list[str]]:
    """Explain the status of one key result."""
    project, scorecard = scored({"grow.md": objective(key_result, **fields)})
    [one] = project.objectives.values()
    explained = explain_status_of_key_result(
        WORDS, project, scorecard, SETTINGS, one.key_results[0]
    )
    return explained.status, explained.rule, [f"{t.name}: {t.value}" for t in explained.terms]


@pytest.mark.parametrize(
    ("current", "status", "why"),
    [
        (36, Status.ON_TRACK, "0.36 − 0.35 = +0.01: on track, at least −0.10"),
        (25, Status.ON_TRACK, "0.25 − 0.35 = −0.10: on track, at least −0.10"),
        (24.9, Status.AT_RISK, "0.249 − 0.35 = −0.101: at risk, below −0.10"),
        (3, Status.OFF_TRACK, "0.03 − 0.35 = −0.32: off track, below −0.25"),
    ],
)
def test_pace_is_held_against_the_limits(current: float, status: Status, why: str) -> None:
    found = status_of(f"id: a, title: A, to: 100, current: {current}")
    assert found == (
        status, "Pace only (no confidence given).", [f"Pace, score − expected: {why}"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("confidence", "status", "why"),
    [
        (0.7, Status.ON_TRACK, "0.7: confident, at least 0.7"),
        (0.6, Status.AT_RISK, "0.6: at risk, below 0.7"),
        (0.3, Status.OFF_TRACK, "0.3: off track, below 0.4"),
    ],
)
def test_confidence_speaks_too(confidence: float, status: Status, why: str) -> None:
    check_in = f"[{{date: 2026-11-09, values: {{a: {{value: 40, confidence: {confidence}}}}}}}]"
    found = status_of("id: a, title: A, to: 100", check_ins=check_in)
    assert found[0] is status
    assert found[1] == "Status is the worse of pace and confidence."
    assert found[2][1] == f"Confidence, on 9 Nov: {why}"


def test_a_range_goes_by_its_last_reading() -> None:
    assert status_of("id: a, title: A, keep: {min: 3}, current: 2") == (
        Status.OFF_TRACK,
        "Last reading only (no confidence given).",
        ["Last reading: 2: off track, outside ≥ 3"],
    )


def test_what_is_reached_written_or_over_says_so() -> None:
    assert status_of("id: a, title: A, to: 10, current: 12")[:2] == (
        Status.ACHIEVED, "It is achieved once the score is 1.00.",
    )  # fmt: skip
    draft = status_of("id: a, title: A, to: 10", status="draft")
    assert draft[:2] == (Status.DRAFT, "Set in the document.")
    closed = status_of("id: a, title: A, to: 10, current: 5", cycle="2026-q3")
    assert closed[0] is Status.PROGRESSED
    assert "achieved at 0.70 or more, progressed at 0.40 or more" in closed[1]
    upcoming = status_of("id: a, title: A, to: 10, current: 5", cycle="2027-q1")
    assert upcoming == (Status.NOT_STARTED, "The cycle has not begun.", [])


def test_a_start_is_read_from_the_line_of_its_own_reading() -> None:
    readings = [("2026-09-30", 20), ("2026-10-20", 25), ("2026-11-01", 20)]
    kpi = document(
        "kpi", "owner: company", "readings:",
        *(f"  - {{date: {day}, value: {value}}}" for day, value in readings),
    )  # fmt: skip
    project, scorecard = scored({"k.md": kpi, "o.md": objective("id: a, title: A, kpi: k, to: 40")})
    [result] = project.objectives["o"].key_results
    terms = explain_key_result(WORDS, project, scorecard, result).terms
    places = {term.name: term.place and term.place.line for term in terms}
    assert places["From (set by the KPI)"] == 5
    assert places["Now, on 1 Nov"] == 7


# KPIs


@pytest.mark.parametrize(
    ("lines", "formula"),
    [
        (["keep: {min: 3}"], "There is no reading yet."),
        (
            ["readings: [{date: 2026-10-31, value: 4}]"],
            "No healthy range (`keep`).",
        ),
        (
            ["keep: {min: 3}", "readings: [{date: 2026-10-31, value: 4}]"],
            "Healthy inside the range, critical outside",
        ),
    ],
)
def test_health_goes_by_the_ranges(lines: list[str], formula: str) -> None:
    project, scorecard = scored({"k.md": document("kpi", "owner: company", *lines)})
    [kpi] = project.kpis.values()
    assert explain_health(WORDS, kpi, scorecard.kpis[kpi.id]).formula == formula


# All of the demo


def demo() -> Files:
    content = ROOT / "content"
    files = [file for file in content.rglob("*") if file.suffix in (".md", ".csv")]
    return {file.relative_to(content).as_posix(): file.read_bytes() for file in files}


def calculated(numbers: str) -> float:
    """Work out `(2 × 0.22 + 1 × 0.50) / 3` or `46 / 92 × 0.70`."""
    assert re.fullmatch(r"[\d.,() +×/]+", numbers), numbers
    return float(eval(numbers.replace("×", "*").replace(",", "")))


@pytest.mark.parametrize("day", ["2026-08-20", "2026-10-01", "2026-11-15", "2027-02-10"])
def test_on_the_demo_numbers_give_what_they_explain_and_statuses_agree(day: str) -> None:
    project, scorecard = scored(demo(), date.fromisoformat(day))
    checked = 0
    for one in project.objectives.values():
        figures = scorecard.objectives[one.id]
        explanations = [explain_expected(WORDS, project, scorecard, SETTINGS, one)]
        status = explain_status(WORDS, project, scorecard, SETTINGS, one)
        assert (status.status if status else None) is figures.status
        for result in one.key_results:
            explanations.append(
                explain_expected_of_key_result(WORDS, project, scorecard, SETTINGS, result)
            )
            if one.active:
                found = explain_status_of_key_result(WORDS, project, scorecard, SETTINGS, result)
                assert found.status is figures.key_results[result.id].status
        for explained in explanations:
            if explained and explained.numbers and "→" not in explained.numbers:
                assert calculated(explained.numbers) == pytest.approx(
                    float(explained.result), abs=0.011
                )
                checked += 1
    for by_cycle in scorecard.owners.values():
        for id, of_owner in by_cycle.items():
            cycle = project.cycles[id]
            explained_status = explain_status_of_owner(WORDS, of_owner, cycle, scorecard, SETTINGS)
            status_found = explained_status.status if explained_status else None
            assert status_found is of_owner.status
    assert checked > 100
