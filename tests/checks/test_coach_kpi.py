"""SMART for a KPI: each letter with what meets it, what it asks for, and when it is not asked."""

import pytest

from okrsite.checks.coach.kpi import coach_kpi
from okrsite.language.wording import Words
from okrsite.scores import score_project
from okrsite.settings import read_settings
from tests.samples import AS_OF, document, objective, project_of

WELL = (
    "owner: company",
    "keep: {min: 5}",
    "readings: [{date: 2026-10-31, value: 6}]",
)
USED = {
    "okrs/grow.md": objective("id: a, title: Reach, from: 0, to: 10", guardrails="[it]"),
}


def verdicts(*lines: str, files: dict[str, str] | None = None) -> dict[str, str]:
    settings = read_settings({})
    project = project_of({"kpis/it.md": document("kpi", *lines), **(files or {})})
    scorecard = score_project(project, settings, AS_OF)
    found = coach_kpi(Words.of("en"), project, scorecard, settings, project.kpis["kpis/it"])
    return {one.letter: str(one.assessment.verdict) for one in found}


def test_a_kpi_that_is_measured_owned_used_and_read_meets_all_letters() -> None:
    assert verdicts(*WELL, files=USED) == dict.fromkeys("MART", "met")


@pytest.mark.parametrize(
    ("lines", "letters"),
    [
        (("owner: company", "keep: {min: 5}"), {"M": "to_do", "T": "to_do"}),
        (("owner: company", WELL[2]), {"A": "to_do"}),
        (("owner: company", "target: {value: 5}", WELL[2]), {}),
        ((*WELL[:2], "readings: [{date: 2026-01-31, value: 6}]"), {"T": "to_do"}),
        (("owner: company", WELL[2], "ignore: [OKR431]"), {"A": "not_asked"}),
        (("owner: company", "status: planned"), {"M": "not_yet", "A": "to_do", "T": "not_yet"}),
    ],
)
def test_what_is_missing_is_to_do(lines: tuple[str, ...], letters: dict[str, str]) -> None:
    assert verdicts(*lines, files=USED) == {**dict.fromkeys("MART", "met"), **letters}


def test_it_is_relevant_when_a_pillar_an_objective_or_a_kpi_uses_it() -> None:
    assert verdicts(*WELL)["R"] == "to_do"
    pillar = document("pillar", "title: People", "kpis: [it]")
    assert verdicts(*WELL, files={"strategy/people.md": pillar})["R"] == "met"
    other = document("kpi", "owner: company", "drives: [it]")
    assert verdicts(*WELL, files={"kpis/other.md": other})["R"] == "met"
    assert verdicts(*WELL, "ignore: [OKR432]")["R"] == "not_asked"


def test_a_retired_kpi_is_not_judged() -> None:
    assert verdicts(*WELL, "status: retired") == {}
