"""When a KPI that nothing uses is said: once the site connects its KPIs with something."""

import pytest

from tests.samples import Files, document, findings_of, objective

RESULT = "id: a, title: Reach, from: 0, to: 10"
LINES = ("owner: company", "keep: {min: 5}", "readings: [{date: 2026-10-31, value: 6}]")
KPIS: Files = {f"kpis/{name}.md": document("kpi", *LINES) for name in ("used", "alone", "driver")}
KPIS = {**KPIS, "kpis/driver.md": document("kpi", *LINES, "drives: [used]")}


def unused(files: Files) -> list[tuple[str, str, str | None]]:
    found = [one for one in findings_of({**KPIS, **files}) if one.code == "OKR432"]
    return [(one.path, one.message, one.hint) for one in found]


@pytest.mark.parametrize(
    "using",
    [
        objective(f"{RESULT}, kpi: used"),
        objective(RESULT, guardrails="[used]"),
        objective(f"{RESULT}, moves: [used]"),
    ],
)
def test_without_pillars_it_is_said_once_an_objective_under_way_names_a_kpi(using: str) -> None:
    [(path, message, hint)] = unused({"okrs/a.md": using})
    assert path == "content/kpis/alone.md"
    assert message == "no objective uses the KPI"
    assert hint == "name it as the `kpi` or a guardrail of an objective, or retire it"


@pytest.mark.parametrize(
    "objectives",
    [
        {},
        {"okrs/a.md": objective(RESULT)},
        {"okrs/a.md": objective(RESULT, guardrails="[used]", cycle="2026-q2")},
        {"okrs/a.md": objective(RESULT, guardrails="[used]", cycle="2027-q1")},
        {"okrs/a.md": objective(RESULT, guardrails="[used]", status="draft")},
    ],
)
def test_while_kpis_are_only_watched_nothing_is_said(objectives: Files) -> None:
    assert unused(objectives) == []


def test_where_most_kpis_are_only_watched_nothing_is_said() -> None:
    watched: Files = {f"kpis/watched-{n}.md": document("kpi", *LINES) for n in range(2)}
    files: Files = {**watched, "okrs/a.md": objective(RESULT, guardrails="[used]")}
    assert unused(files) == []
    pillar = document("pillar", "title: People", "kpis: [used]")
    assert len(unused({**files, "strategy/people.md": pillar})) == 3


def test_with_pillars_it_is_said_of_every_kpi_that_none_uses() -> None:
    pillar = document("pillar", "title: People", "kpis: [used]")
    [(path, message, hint)] = unused({"strategy/people.md": pillar})
    assert path == "content/kpis/alone.md"
    assert message == "no objective or pillar uses the KPI"
    assert hint is not None
    assert "a pillar's `kpis`" in hint


def test_planned_and_retired_kpis_and_those_that_ignore_it_are_left_out() -> None:
    files: Files = {"okrs/a.md": objective(RESULT, guardrails="[used]")}
    for line in ("status: planned", "status: retired", "ignore: [OKR432]"):
        assert unused({**files, "kpis/alone.md": document("kpi", *LINES, line)}) == []
