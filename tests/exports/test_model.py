import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from okrsite.exports.model import export, to_csv, to_json
from okrsite.project.published import publish
from okrsite.scores import score_project
from okrsite.settings import read_settings
from tests.samples import (
    AS_OF,
    codes,
    document,
    export_of,
    findings_of,
    objective,
    project_of,
)

FILES = {
    "index.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales", "parent: company"),
    "teams/north.md": document("team", "title: North", "parent: sales"),
    "people/eve.md": document("person", "title: Eve", "team: north"),
    "people/bob.md": document("person", "title: Bob"),
    "kpis/csat.md": document(
        "kpi", "owner: sales", "unit: '%'", "keep: {min: 85}", "readings: [{date: 2026-10-01, "
        "value: 82}]",
    ),
    "okrs/top.md": objective("id: a, title: '*A* & B', from: $5M, to: $10M, current: $6.1M"),
    "okrs/b.md": objective(
        "id: k, title: K, kpi: csat, to: 95, weight: 2",
        "id: third, title: Third, to: 3, current: 1",
        "id: m, title: M, done: 2026-11-01",
        title="Serve [people](https://example.com) `well`",
        owner="", owners="[sales, eve]", aligns_to="[top#a, top]", depends_on="top",
    ),
}  # fmt: skip


def parsed() -> dict[str, Any]:
    model: dict[str, Any] = json.loads(to_json(export_of(FILES)))
    return model


def rows_of(files: dict[str, str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(export_of(files)))))


def key_result(fields: str, as_of: date = AS_OF) -> dict[str, Any]:
    model = export_of({"grow.md": objective(f"id: a, title: A, {fields}")}, as_of)
    found: dict[str, Any] = model["objectives"]["grow"]["key_results"]["a"]
    return found


def test_the_model_says_its_format_and_its_day() -> None:
    model = parsed()
    assert (model["format"], model["as_of"]) == ("okrsite/1", "2026-11-15")
    assert sorted(model) == ["as_of", "cycles", "format", "kpis", "objectives", "owners", "pillars"]


def test_an_objective_has_every_field() -> None:
    assert parsed()["objectives"]["okrs/b"] | {"key_results": {}} == {
        "title": "Serve people well",
        "url": "okrs/b.md",
        "path": "content/okrs/b.md",
        "cycle": "2026-q4",
        "owners": ["teams/sales", "people/eve"],
        "level": "team",
        "commitment": "aspirational",
        "status": "on_track",
        "stale": False,
        "confidence": None,
        "score": 0.3333,
        "computed_score": 0.3333,
        "graded": False,
        "expected": 0.2625,
        "pace": 0.0708,
        "support": None,
        "weight": 1,
        "aligns_to": ["okrs/top", "okrs/top#a"],
        "supported_by": [],
        "depends_on": ["okrs/top"],
        "continues": None,
        "initiatives": [],
        "description": None,
        "pillars": [],
        "guardrails": [],
        "origin": None,
        "contributors": [],
        "last_check_in": None,
        "key_results": {},
    }


def test_an_objective_says_what_was_stated_last() -> None:
    check_ins = (
        "[{date: 2026-11-20, note: Later}, "
        "{date: 2026-11-09, confidence: 80%, note: Two *large* ones, wins: [A **hotel**], "
        "blockers: [The lease], next: [Sign, 'Open `it`']}, {date: 2026-11-02, note: Earlier}]"
    )
    files = {
        "o.md": objective(
            "id: a, title: A, to: 5", description="What *all* want", contributors="[z, b]",
            origin="top-down", guardrails="[z, csat]", check_ins=check_ins,
        ),
        "teams/b.md": document("team"), "teams/z.md": document("team"),
        "csat.md": document("kpi", "owner: company"), "z.md": document("kpi", "owner: company"),
        "2026-11-09.md": document(
            "check-in", "owner: b", "updates:", "  - {objective: o, confidence: 0.3}"
        ),
        "2026-11-10.md": document(
            "check-in", "visibility: private", "updates: [{objective: o, note: Quiet}]"
        ),
    }  # fmt: skip
    found = export_of(files)["objectives"]["o"]
    assert found["description"] == "What all want"
    assert (found["contributors"], found["guardrails"]) == (["teams/b", "teams/z"], ["csat", "z"])
    assert found["origin"] == "top-down"
    # Of one day that of a check-in document counts last.
    assert found["last_check_in"] == {
        "date": "2026-11-09", "confidence": 0.3, "note": None, "wins": [], "blockers": [],
        "next": None,
    }  # fmt: skip
    del files["2026-11-09.md"]
    assert export_of(files)["objectives"]["o"]["last_check_in"] == {
        "date": "2026-11-09", "confidence": 0.8, "note": "Two large ones", "wins": ["A hotel"],
        "blockers": ["The lease"], "next": "Sign\nOpen it",
    }  # fmt: skip


def test_a_guardrail_that_is_private_is_left_out() -> None:
    secret = document("kpi", "owner: company", "visibility: private")
    files = {"o.md": objective("id: a, title: A, to: 5", guardrails="quiet"), "quiet.md": secret}
    assert export_of(files)["objectives"]["o"]["guardrails"] == []
    assert "OKR201" in codes(findings_of({"o.md": files["o.md"]}))


def test_a_pillar_has_the_active_objectives_that_serve_it() -> None:
    files = {
        "p.md": document("pillar", "title: '*Customers* first'", "kpis: [z, a]"),
        "a.md": document("kpi", "owner: company"), "z.md": document("kpi", "owner: company"),
        "top.md": objective("id: a, title: A, to: 5", pillars="p"),
        "below.md": objective("id: a, title: A, to: 5", aligns_to="top"),
        "draft.md": objective("id: a, title: A, to: 5", pillars="p", status="draft"),
    }  # fmt: skip
    model = export_of(files)
    assert model["pillars"] == {
        "p": {"title": "Customers first", "kpis": ["a", "z"], "objectives": ["below", "top"]}
    }
    assert model["objectives"]["below"]["pillars"] == ["p"]


def test_an_owner_has_its_last_day_and_statuses_of_open_cycles_alone() -> None:
    files = {
        "teams/b.md": document("team", "until: 2026-12-31"),
        "now.md": objective("id: a, title: A, to: 5", owner="b"),
        "past.md": objective("id: a, title: A, to: 5, current: 5", owner="b", cycle="2026-q3"),
    }
    owner = export_of(files)["owners"]["teams/b"]
    assert owner["until"] == "2026-12-31"
    assert owner["scores"] == {"2026-q3": 1, "2026-q4": 0}
    assert owner["statuses"] == {"2026-q4": "off_track"}


def test_a_key_result_has_its_owners_and_due_day() -> None:
    files = {
        "teams/b.md": document("team"),
        "o.md": objective("id: a, title: A, to: 5, owner: [b, company], due: 2026-11-30"),
    }
    found = export_of(files)["objectives"]["o"]["key_results"]["a"]
    assert (found["owners"], found["due"]) == (["teams/b", "company"], "2026-11-30")
    [row] = rows_of(files)
    assert (row["owners"], row["key_result_owners"]) == ("company", "teams/b company")
    assert row["due"] == "2026-11-30"


def test_a_key_result_has_every_field() -> None:
    assert parsed()["objectives"]["okrs/top"]["key_results"]["a"] == {
        "position": 1,
        "title": "A & B",
        "kind": "metric",
        "from": 5_000_000,
        "to": 10_000_000,
        "value": 6_100_000,
        "unit": "USD",
        "raw": 0.22,
        "score": 0.22,
        "computed_score": 0.22,
        "graded": False,
        "expected": 0.35,
        "status": "at_risk",
        "confidence": None,
        "weight": 1,
        "kpi": None,
        "owners": ["index"],
        "due": None,
        "moves": [],
        "keep_min": None,
        "keep_max": None,
        "scale": [],
        "plan": [],
        "aggregate": "last",
    }


def test_strategy_is_exported_from_the_mission_to_what_moves_a_kpi() -> None:
    owner, after = "owner: company", "{kpi: happy, lag: 2 months}"
    files = {
        "index.md": document("company", "mission: Cross *mountains*", "vision: No queue"),
        "kpis/calls.md": document("kpi", owner, f"drives: [{after}, own, money]"),
        "kpis/happy.md": document("kpi", owner),
        "kpis/money.md": document("kpi", owner),
        "kpis/own.md": document("kpi", owner, "visibility: private"),
        "o.md": objective("id: a, title: A, done: false, moves: [money, happy, own]"),
        "teams/b.md": document("team"),
    }
    model = export_of(files)
    company, team = model["owners"]["index"], model["owners"]["teams/b"]
    assert (company["mission"], company["vision"]) == ("Cross mountains", "No queue")
    assert (team["mission"], team["vision"]) == (None, None)
    calls = model["kpis"]["kpis/calls"]
    assert (calls["drives"], calls["lags"]) == (
        ["kpis/happy", "kpis/money"], {"kpis/happy": "2 months"},
    )  # fmt: skip
    result = model["objectives"]["o"]["key_results"]["a"]
    assert result["moves"] == ["kpis/happy", "kpis/money"]
    assert [row["moves"] for row in rows_of(files)] == ["kpis/happy kpis/money"]


def test_a_kpi_says_its_health_and_who_works_on_it() -> None:
    kpi = parsed()["kpis"]["kpis/csat"]
    wanted = {
        "title": "Csat", "unit": "%", "value": 82, "date": "2026-10-01", "health": "critical",
        "role": "focus", "overdue": False, "indicator": None, "drives": [],
        "key_results": ["okrs/b#k"],
    }  # fmt: skip
    assert {name: kpi[name] for name in wanted} == wanted


def test_cycles_and_owners() -> None:
    model = parsed()
    assert model["cycles"] == {
        "2026-q4": {
            "title": "2026 Q4", "start": "2026-10-01", "end": "2026-12-31", "state": "open",
            "elapsed": 0.5,
        }
    }  # fmt: skip
    parents = {id: owner["parent"] for id, owner in model["owners"].items()}
    assert parents == {
        "index": None, "teams/sales": "index", "teams/north": "teams/sales",
        "people/eve": "teams/north", "people/bob": None,
    }  # fmt: skip
    assert model["owners"]["people/eve"]["scores"] == {"2026-q4": 0.3333}
    assert model["owners"]["people/bob"]["scores"] == {}


def test_the_company_without_a_document_is_called_after_the_site() -> None:
    company = export_of({"sales.md": document("team")})["owners"]["company"]
    assert (company["type"], company["title"], company["parent"]) == ("company", "Acme", None)


def test_only_cycles_with_a_document_or_an_objective_are_listed() -> None:
    files = {
        "cycles/2027-q1.md": document("cycle", "start: 2027-02-01", "end: 2027-04-30"),
        "o.md": objective("id: a, title: A, to: 5", cycle="2026-h2"),
    }
    assert sorted(export_of(files)["cycles"]) == ["2026-h2", "cycles/2027-q1"]


@pytest.mark.parametrize(
    ("fields", "name", "text"),
    [
        ("to: 3, current: 1", "score", "0.3333"),
        ("to: 3, current: 2", "score", "0.6667"),
        ("to: 10, current: 5.0", "value", "5"),
        ("to: -10, current: -0.00001", "value", "-1e-05"),
        ("from: 10, to: 20, current: 9.9999", "raw", "0"),
        ("from: -5, to: 5, current: -0", "value", "0"),
        ("to: 10bn, current: 5bn", "value", "5000000000"),
        ("to: 10", "value", "null"),
    ],
)
def test_numbers_are_rounded_whole_ones_have_no_point_and_zero_no_sign(
    fields: str, name: str, text: str
) -> None:
    assert json.dumps(key_result(fields)[name]) == text


@pytest.mark.parametrize(
    ("fields", "kind", "value"),
    [
        ("keep: {min: 1}, current: 2", "keep", 2),
        ("done: true", "milestone", None),
        ("done: false, current: 0.5", "milestone", 0.5),
        ("milestones: [{title: M, done: true}]", "milestone", None),
        ("roll_up: true", "roll-up", None),
        ("current: 0.5", "unmeasured", 0.5),
    ],
)
def test_what_is_no_metric_has_no_way_from_start_to_target(
    fields: str, kind: str, value: float | None
) -> None:
    found = key_result(fields)
    assert (found["kind"], found["value"]) == (kind, value)
    assert (found["from"], found["to"], found["raw"]) == (None, None, None)


def _keys(value: object) -> list[list[str]]:
    """List the keys of every mapping inside, in their order."""
    found: list[list[str]] = []
    if isinstance(value, dict):
        found.append(list(value))
        for inner in value.values():
            found += _keys(inner)
    return found


def test_keys_are_sorted_everywhere() -> None:
    assert all(keys == sorted(keys) for keys in _keys(parsed()))


def test_equal_input_gives_equal_bytes_whatever_the_order_of_the_files() -> None:
    backwards = dict(reversed(FILES.items()))
    for write in (to_json, to_csv):
        assert write(export_of(FILES)) == write(export_of(FILES)) == write(export_of(backwards))


def test_lists_of_ids_are_sorted_but_owners_are_as_written() -> None:
    files = {
        "z.md": objective("id: a, title: A, to: 5", aligns_to="top"),
        "a.md": objective("id: a, title: A, to: 5", aligns_to="[top, z, b]"),
        "b.md": objective("id: a, title: A, to: 5", status="draft", aligns_to="top"),
        "top.md": objective("id: a, title: A, to: 5", owner="", owners="[z-team, a-team]"),
        "z-team.md": document("team"),
        "a-team.md": document("team"),
    }
    found = export_of(files)["objectives"]
    assert found["a"]["aligns_to"] == ["b", "top", "z"]
    assert found["top"]["supported_by"] == ["a", "z"]
    assert found["top"]["owners"] == ["z-team", "a-team"]


def test_csv_has_a_row_a_key_result_in_order() -> None:
    rows = rows_of(FILES)
    assert [(row["objective"], row["key_result"]) for row in rows] == [
        ("okrs/b", "k"), ("okrs/b", "third"), ("okrs/b", "m"), ("okrs/top", "a")
    ]  # fmt: skip
    assert rows[0]["owners"] == "teams/sales people/eve"
    assert rows[0]["weight"] == "2"
    assert (rows[0]["objective_score"], rows[0]["graded"]) == ("0.3333", "false")
    assert rows[0]["kpi"] == "kpis/csat"
    assert rows[3]["kpi"] == ""


def test_csv_and_json_say_the_same() -> None:
    objectives = parsed()["objectives"]
    for row in rows_of(FILES):
        result = objectives[row["objective"]]["key_results"][row["key_result"]]
        for name in ("kind", "from", "to", "value", "unit", "raw", "score", "expected", "status"):
            assert row[name] == ("" if result[name] is None else str(result[name])), name


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_text_that_a_spreadsheet_would_run_is_quoted(sign: str) -> None:
    formula = f"{sign}HYPERLINK(1)"
    files = {"o.md": objective(f"id: a, title: '{formula}', to: 5", title=f"'{formula}'")}
    row = rows_of(files)[0]
    assert row["title"] == f"'{formula}"
    assert row["objective_title"] == f"'{formula}"


def test_a_negative_number_is_no_formula() -> None:
    row = rows_of({"o.md": objective("id: a, title: A, from: -5, to: 5, current: -3")})[0]
    assert (row["from"], row["value"]) == ("-5", "-3")


def test_any_text_can_be_written() -> None:
    title = "Ünï “cödé” — 日本 🎯"
    model = export_of({"o.md": objective("id: a, title: A, to: 5", title=f"'{title}'")})
    assert title in to_json(model)
    assert title in to_csv(model)


def test_the_pieces_are_what_json_writes_at_once() -> None:
    for files in (FILES, {}):
        model = export_of(files)
        whole = json.dumps(model, indent=1, sort_keys=True, ensure_ascii=False)
        assert to_json(model) == f"{whole}\n"


def test_objectives_that_are_made_later_are_the_same() -> None:
    project = publish(project_of(FILES))
    scorecard = score_project(project, read_settings({}), AS_OF)
    later = export(project, scorecard, lambda uri: uri, later=True)
    assert not isinstance(later["objectives"], dict)
    assert (to_json(later), to_csv(later)) == (
        to_json(export_of(FILES)), to_csv(export_of(FILES)),
    )  # fmt: skip
