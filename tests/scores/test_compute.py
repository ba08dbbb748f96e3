from datetime import date

import pytest

from okrsite.scores import Scores
from tests.samples import (
    AS_OF,
    document,
    export_of,
    findings_of,
    objective,
    project_of,
    scorecard_of,
)

METRIC = "id: a, title: A, to: 10"


def scored(score: float, **fields: str) -> str:
    return objective(f"{METRIC}, current: {score * 10}", **fields)


def test_a_figure_is_of_its_day_and_not_of_a_later_one() -> None:
    text = objective(METRIC, check_ins="[{date: 2026-10-20, values: {a: 2}}, "
                                       "{date: 2026-11-20, values: {a: 8}}]")  # fmt: skip
    days = [date(2026, 10, 19), date(2026, 10, 20), date(2026, 11, 19), date(2026, 11, 20)]
    scores = [scorecard_of({"grow.md": text}, day).objectives["grow"].score for day in days]
    # Nothing is known before the first reading, and a missing score counts 0.
    assert scores == [0, pytest.approx(0.2), pytest.approx(0.2), pytest.approx(0.8)]


def test_a_closed_cycle_does_not_drift() -> None:
    files = {
        "season.md": document(
            "cycle", "start: 2026-10-01", "end: 2026-12-31", "closed: 2026-12-20"
        ),
        "grow.md": objective(
            METRIC,
            "id: b, title: B, done: 2026-12-24",
            cycle="season",
            check_ins="[{date: 2026-12-20, values: {a: 4}}, {date: 2026-12-21, values: {a: 9}}]",
        ),
    }
    at_close = scorecard_of(files, date(2026, 12, 20)).objectives["grow"].score
    assert at_close == pytest.approx(0.2)
    for later in (date(2026, 12, 21), date(2027, 6, 1)):
        assert scorecard_of(files, later).objectives["grow"].score == at_close


def test_key_results_are_weighted_and_cancelled_ones_left_out() -> None:
    text = objective(
        "id: a, title: A, to: 10, current: 10, weight: 3",
        "id: b, title: B, to: 10",
        "id: c, title: C, to: 10, current: 10, status: cancelled",
    )
    assert scorecard_of({"grow.md": text}).objectives["grow"].score == pytest.approx(0.75)


def test_a_roll_up_is_the_weighted_mean_of_what_aligns_to_the_key_result() -> None:
    files = {
        "top.md": objective("id: r, title: R, roll_up: true", "id: s, title: S, roll_up: true"),
        "one.md": scored(0.2, aligns_to="top#r", weight="3"),
        "two.md": scored(0.6, aligns_to="top#r"),
        "draft.md": scored(1, aligns_to="top#r", status="draft"),
        "cancelled.md": scored(1, aligns_to="top#r", status="cancelled"),
        "whole.md": scored(1, aligns_to="top"),
    }
    results = scorecard_of(files).objectives["top"].key_results
    assert results["r"].score == pytest.approx(0.3)
    assert results["s"].score is None


def test_an_objective_that_aligns_twice_supports_once() -> None:
    files = {
        "top.md": objective(METRIC, "id: b, title: B, to: 5"),
        "one.md": scored(0.2, aligns_to="[top#a, top#b, top]"),
        "two.md": scored(0.6, aligns_to="top", weight="9"),
    }
    figures = scorecard_of(files).objectives["top"]
    assert figures.supporters == ("one", "two")
    assert figures.support == pytest.approx(0.4)


def test_support_is_never_mixed_into_the_score() -> None:
    files = {"top.md": scored(0.1), "one.md": scored(1, aligns_to="top")}
    figures = scorecard_of(files).objectives["top"]
    assert figures.score == pytest.approx(0.1)
    assert figures.support == 1


def test_a_roll_up_of_a_closed_cycle_asks_for_the_scores_of_its_last_day() -> None:
    later = objective(
        METRIC, cycle="2027", aligns_to="top#r",
        check_ins="[{date: 2027-03-01, values: {a: 9}}]",
    )  # fmt: skip
    year = objective(
        METRIC, cycle="2026-h2", aligns_to="top#r",
        check_ins="[{date: 2026-09-30, values: {a: 3}}, {date: 2026-12-01, values: {a: 9}}]",
    )  # fmt: skip
    top = objective("id: r, title: R, roll_up: true", cycle="2026-q3")
    files = {"top.md": top, "later.md": later, "year.md": year}
    figures = scorecard_of(files, date(2027, 6, 1)).objectives["top"].key_results["r"]
    # `later` had no value then, so its missing key result counted 0.
    assert figures.score == pytest.approx((0.3 + 0) / 2)


def test_a_chain_of_two_thousand_roll_ups_is_worked_out() -> None:
    count = 2000
    files = {
        f"o{n}.md": objective("id: r, title: R, roll_up: true",
                              **({"aligns_to": f"o{n - 1}#r"} if n else {}))
        for n in range(count - 1)
    }  # fmt: skip
    files[f"o{count - 1}.md"] = scored(0.4, aligns_to=f"o{count - 2}#r")
    found = Scores(project_of(files)).at("o0", AS_OF)
    assert found.score == pytest.approx(0.4)


def test_a_roll_up_in_a_circle_has_no_score_from_it() -> None:
    files = {
        "a.md": objective("id: r, title: R, roll_up: true", aligns_to="b#r"),
        "b.md": objective("id: r, title: R, roll_up: true", aligns_to="a#r"),
    }
    scorecard = scorecard_of(files)
    assert [scorecard.objectives[id].key_results["r"].score for id in "ab"] == [None, None]


def test_an_owner_has_one_score_a_cycle_weighted_by_objective() -> None:
    files = {
        "sales.md": document("team"),
        "support.md": document("team"),
        "one.md": scored(0.2, owner="sales", weight="3"),
        "two.md": scored(0.6, owner="sales"),
        "shared.md": scored(1, owner="", owners="[support, sales]", weight="4"),
        "year.md": scored(0.9, owner="sales", cycle="2026"),
        "draft.md": scored(0.9, owner="sales", status="draft"),
        "empty.md": document("objective", "owner: sales", "cycle: 2026-q4"),
    }
    owners = scorecard_of(files).owners
    assert owners["sales"]["2026-q4"].score == pytest.approx((0.6 + 0.6 + 4) / 8)
    assert owners["sales"]["2026"].score == pytest.approx(0.9)
    assert owners["support"]["2026-q4"].score == 1
    assert owners["sales"]["2026-q4"].objectives == ("one", "shared", "two")
    assert owners["company"] == {}


def test_an_owner_has_a_status_only_in_an_open_cycle() -> None:
    files = {"sales.md": document("team"), "one.md": scored(0.2, owner="sales")}
    days = [date(2026, 9, 30), AS_OF, date(2027, 1, 1)]
    statuses = [scorecard_of(files, day).owners["sales"]["2026-q4"].status for day in days]
    assert statuses == [None, "at_risk", None]


@pytest.mark.parametrize(
    ("check_in", "as_of", "stale"),
    [
        ("2026-11-01", date(2026, 11, 15), False),
        ("2026-11-01", date(2026, 11, 16), True),
        ("2026-09-01", date(2026, 10, 15), False),
        ("2026-12-31", date(2027, 3, 1), False),
    ],
)
def test_an_objective_is_stale_after_two_silent_periods_of_an_open_cycle(
    check_in: str, as_of: date, stale: bool
) -> None:
    text = objective(METRIC, check_ins=f"[{{date: {check_in}, note: Still at it}}]")
    assert scorecard_of({"grow.md": text}, as_of).objectives["grow"].stale is stale


def test_what_is_achieved_or_does_not_count_is_never_stale() -> None:
    files = {
        "won.md": scored(1),
        "draft.md": scored(0, status="draft"),
        "open.md": scored(0),
    }
    scorecard = scorecard_of(files, date(2026, 12, 1))
    assert {id: f.stale for id, f in scorecard.objectives.items()} == {
        "won": False, "draft": False, "open": True
    }  # fmt: skip


@pytest.mark.parametrize(
    ("every", "days"), [("week", 14), ("month", 62), ("quarter", 184), ("year", 732)]
)
def test_a_kpi_is_overdue_after_two_periods(every: str, days: int) -> None:
    reading = date(2024, 1, 1)
    text = document("kpi", "owner: company", f"every: {every}",
                    f"readings: [{{date: {reading}, value: 1}}]")  # fmt: skip
    on_time = date.fromordinal(reading.toordinal() + days)
    late = date.fromordinal(reading.toordinal() + days + 1)
    assert not scorecard_of({"k.md": text}, on_time).kpis["k"].overdue
    assert scorecard_of({"k.md": text}, late).kpis["k"].overdue


def test_a_kpi_is_in_focus_while_an_open_cycle_works_on_it() -> None:
    def role(result: str, as_of: date = AS_OF, **fields: str) -> str:
        files = {"k.md": document("kpi", "owner: company"), "o.md": objective(result, **fields)}
        return str(scorecard_of(files, as_of).kpis["k"].role)

    on_it = "id: a, title: A, kpi: k, to: 5"
    assert role(on_it) == "focus"
    assert role(f"{on_it}, status: cancelled") == "health"
    assert role(on_it, status="draft") == "health"
    assert role(on_it, date(2026, 9, 30)) == "health"
    assert role(on_it, date(2027, 1, 1)) == "health"


def test_a_document_with_an_error_is_in_no_figure_and_the_others_are() -> None:
    files = {
        "top.md": objective(METRIC, "id: r, title: R, roll_up: true"),
        "good.md": scored(0.5, aligns_to="top#r"),
        "bad.md": scored(1, aligns_to="top#r", weight="none"),
    }
    model = export_of(files)
    assert sorted(model["objectives"]) == ["good", "top"]
    assert model["objectives"]["top"]["support"] == 0.5
    assert {f.path for f in findings_of(files) if f.severity == "error"} == {"content/bad.md"}


def test_values_of_one_date_count_in_the_order_kpi_own_check_ins_check_in_documents() -> None:
    update = "updates: [{objective: grow, values: {a: %s}}]"
    files = {
        "grow.md": objective(METRIC, check_ins="[{date: 2026-11-01, values: {a: 1}}]"),
        "b.md": document("check-in", "date: 2026-11-01", update % 3),
        "a.md": document("check-in", "date: 2026-11-01", update % 2),
    }
    assert export_of(files)["objectives"]["grow"]["key_results"]["a"]["value"] == 3
    said = [f.path for f in findings_of(files) if f.code == "OKR303"]
    assert said == ["content/a.md", "content/b.md"]
