from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from okrsite.project.model import Figure, KeyResult, Place
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import Metric, Milestone, Range
from okrsite.scores.arithmetic import clamp, interpolate, weighted_mean
from okrsite.scores.kinds import scoring_of
from okrsite.scores.kinds.base import Evaluation
from okrsite.scores.kinds.keep import range_share
from okrsite.scores.kinds.metric import metric_score, on_scale, raw_share
from okrsite.scores.kinds.milestones import milestone_share
from tests.samples import AS_OF, document, export_of, objective, project_of

PLACE = Place("content/grow.md", 1)
DOWN = ((10.0, 0.0), (5.0, 0.7), (3.0, 1.0))
UP = ((0.0, 0.0), (80.0, 0.5), (100.0, 1.0))


def result_of(fields: str, *check_ins: str) -> tuple[KeyResult, Cycle]:
    """Load a key result, and its cycle; check-ins are written `2026-11-01: 5`."""
    entries = [
        f"{{date: {c.split(': ')[0]}, values: {{a: {c.split(': ')[1]}}}}}" for c in check_ins
    ]
    text = objective(f"id: a, title: A, {fields}", check_ins=f"[{', '.join(entries)}]")
    project = project_of({"grow.md": text})
    return project.objectives["grow"].key_results[0], project.cycles["2026-q4"]


def evaluate(result: KeyResult, cycle: Cycle, day: date) -> Evaluation:
    return scoring_of(result, cycle).evaluate(day)


def exported(fields: str, as_of: date = AS_OF, **more: str) -> dict[str, Any]:
    model = export_of({"grow.md": objective(f"id: a, title: A, {fields}", **more)}, as_of)
    key_results: dict[str, dict[str, Any]] = model["objectives"]["grow"]["key_results"]
    return key_results["a"]


def milestone(weight: float, done: bool | date | None, progress: float | None = None) -> Milestone:
    return Milestone("M", weight, None, done, progress, PLACE)


@pytest.mark.parametrize(("share", "held"), [(-0.5, 0), (0, 0), (0.4, 0.4), (1, 1), (1.5, 1)])
def test_a_share_is_held_between_zero_and_one(share: float, held: float) -> None:
    assert clamp(share) == held


def test_a_weighted_mean_of_nothing_is_none() -> None:
    assert weighted_mean([]) is None
    assert weighted_mean([(1, 0.5), (3, 0.9)]) == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("at", "height"), [(-1, 2), (0, 2), (5, 3), (10, 4), (15, 2), (20, 0), (99, 0)]
)
def test_a_line_through_points_is_flat_outside_them(at: float, height: float) -> None:
    assert interpolate(at, [(0, 2), (10, 4), (20, 0)]) == height


@pytest.mark.parametrize(
    ("value", "score"), [(12, 0), (10, 0), (7.5, 0.35), (5, 0.7), (4, 0.85), (3, 1), (1, 1)]
)
def test_a_scale_may_fall(value: float, score: float) -> None:
    assert on_scale(value, DOWN) == pytest.approx(score)


@pytest.mark.parametrize(("value", "score"), [(-1, 0), (40, 0.25), (80, 0.5), (90, 0.75), (101, 1)])
def test_a_scale_may_rise(value: float, score: float) -> None:
    assert on_scale(value, UP) == pytest.approx(score)


@pytest.mark.parametrize(
    ("fields", "value", "raw", "score"),
    [
        ("from: 5, to: 10", 7, 0.4, 0.4),
        ("to: 10", 7, 0.7, 0.7),
        ("from: 5, to: 10", 12.5, 1.5, 1),
        ("from: 5, to: 10", 4, -0.2, 0),
        ("from: 10, to: 5", 7, 0.6, 0.6),
        ("from: -10, to: -5", -6, 0.8, 0.8),
        ("scale: [[10, 0], [5, 0.7], [3, 1]]", 5, None, 0.7),
        ("scale: [[10, 0], [5, 0.7], [3, 1]], from: 10, to: 0", 5, 0.5, 0.7),
        ("scale: [[10, 0], [5, 0.7], [3, 1]], to: 3", 5, None, 0.7),
    ],
)
def test_a_metric_is_the_share_of_the_way_or_on_its_scale(
    fields: str, value: float, raw: float | None, score: float
) -> None:
    result, cycle = result_of(fields, f"2026-11-01: {value}")
    evaluation = evaluate(result, cycle, AS_OF)
    assert evaluation.raw == pytest.approx(raw)
    assert evaluation.score == pytest.approx(score)


def test_a_metric_without_a_value_has_no_score() -> None:
    result, cycle = result_of("to: 10")
    evaluation = evaluate(result, cycle, AS_OF)
    assert (evaluation.value, evaluation.raw, evaluation.score) == (None, None, None)


def test_current_is_used_while_there_is_no_dated_reading() -> None:
    result, cycle = result_of("to: 10, current: 4", "2026-11-10: 6")
    assert evaluate(result, cycle, date(2026, 11, 9)).value == 4
    assert evaluate(result, cycle, date(2026, 11, 10)).value == 6


def test_readings_from_outside_the_cycle_do_not_count() -> None:
    result, cycle = result_of("to: 10", "2026-09-30: 9", "2026-10-01: 1", "2027-01-01: 8")
    assert evaluate(result, cycle, date(2026, 9, 30)).value is None
    assert evaluate(result, cycle, date(2027, 6, 1)).value == 1


@pytest.mark.parametrize(
    ("kind", "value"), [("last", 2), ("sum", 9), ("mean", 3), ("max", 6), ("min", 1)]
)
def test_an_aggregate_is_made_of_the_readings_of_the_cycle(kind: str, value: float) -> None:
    result, cycle = result_of(
        f"to: 10, aggregate: {kind}",
        "2026-09-01: 100", "2026-10-01: 1", "2026-10-02: 6", "2026-10-03: 2", "2026-12-01: 50",
    )  # fmt: skip
    assert evaluate(result, cycle, AS_OF).value == value


@pytest.mark.parametrize(
    ("readings", "start"),
    [
        ("{date: 2026-09-30, value: 2}, {date: 2026-10-01, value: 3}, {date: 2026-11-01, value: 5}",
         3),
        ("{date: 2026-09-30, value: 2}, {date: 2026-11-01, value: 5}", 2),
        ("{date: 2026-10-20, value: 4}, {date: 2026-11-01, value: 5}", 4),
        ("{date: 2026-12-20, value: 4}", None),
    ],
)  # fmt: skip
def test_a_metric_on_a_kpi_starts_at_its_last_reading_before_the_cycle(
    readings: str, start: float | None
) -> None:
    files = {
        "csat.md": document("kpi", "owner: company", f"readings: [{readings}]"),
        "grow.md": objective("id: a, title: A, kpi: csat, to: 10"),
    }
    project = project_of(files)
    result = project.objectives["grow"].key_results[0]
    assert evaluate(result, project.cycles["2026-q4"], AS_OF).start == start


def test_a_metric_on_a_kpi_that_starts_at_its_target_has_no_score() -> None:
    files = {
        "csat.md": document("kpi", "owner: company", "readings: [{date: 2026-10-01, value: 10}]"),
        "grow.md": objective("id: a, title: A, kpi: csat, to: 10"),
    }
    result = export_of(files)["objectives"]["grow"]["key_results"]["a"]
    assert (result["value"], result["raw"], result["score"]) == (10, None, None)


def test_a_range_holds_its_bounds() -> None:
    range_ = Range(1, 2, PLACE)
    assert [range_.holds(value) for value in (0.99, 1, 1.5, 2, 2.01)] == [
        False, True, True, True, False
    ]  # fmt: skip
    assert Range(None, 2, PLACE).holds(-99)
    assert Range(1, None, PLACE).holds(99)
    assert range_share([0, 1, 2, 3], range_) == 0.5


@pytest.mark.parametrize(
    ("outer", "inner", "contains"),
    [
        ((1, 5), (2, 4), True),
        ((1, 5), (1, 5), True),
        ((1, 5), (0, 4), False),
        ((1, 5), (None, 4), False),
        ((None, 5), (None, 4), True),
        ((None, 5), (2, None), False),
        ((None, None), (None, None), True),
    ],
)
def test_a_range_contains_another(
    outer: tuple[float | None, float | None],
    inner: tuple[float | None, float | None],
    contains: bool,
) -> None:
    assert Range(*outer, PLACE).contains(Range(*inner, PLACE)) is contains


def test_a_keep_key_result_is_the_share_of_days_inside_with_one_reading_a_day() -> None:
    result, cycle = result_of(
        "keep: {min: 10}", "2026-10-01: 9", "2026-10-01: 11", "2026-10-08: 5", "2026-10-15: 12"
    )
    assert evaluate(result, cycle, AS_OF).score == pytest.approx(2 / 3)


@pytest.mark.parametrize(("current", "score"), [("10", 1), ("9.99", 0)])
def test_a_keep_key_result_with_only_a_current_is_in_or_out(current: str, score: int) -> None:
    assert exported(f"keep: {{min: 10}}, current: {current}")["score"] == score


def test_milestones_are_weighted() -> None:
    milestones = [
        milestone(1, True), milestone(2, None, 0.5), milestone(1, False), milestone(4, None)
    ]  # fmt: skip
    assert milestone_share(milestones, AS_OF) == pytest.approx(2 / 8)


def test_a_milestone_is_done_from_its_date_on() -> None:
    one = [milestone(1, AS_OF, 0.25)]
    assert milestone_share(one, date(2026, 11, 14)) == 0.25
    assert milestone_share(one, AS_OF) == 1


@pytest.mark.parametrize(
    ("fields", "score"),
    [
        ("done: true", 1),
        ("done: 2026-11-15", 1),
        ("done: 2026-11-16", 0),
        ("done: false", 0),
        ("measured_by: a sign", None),
        ("measured_by: a sign, current: 60%", 0.6),
        ("done: false, current: 6/10", 0.6),
        ("done: true, current: 0.2", 1),
    ],
)
def test_a_milestone_without_a_list(fields: str, score: float | None) -> None:
    assert exported(fields)["score"] == score


def test_a_kpi_that_the_kind_does_not_use_gives_no_values() -> None:
    files = {
        "csat.md": document("kpi", "owner: company", "readings: [{date: 2026-10-05, value: 40}]"),
        "grow.md": objective("id: a, title: A, done: false, to: 90, kpi: csat"),
    }
    result = export_of(files)["objectives"]["grow"]["key_results"]["a"]
    assert (result["value"], result["score"], result["kpi"]) == (None, 0, None)


def test_what_was_done_after_the_close_does_not_count() -> None:
    milestones = "milestones: [{title: M, done: 2027-01-01}, {title: N, done: 2026-12-31}]"
    assert exported(milestones, date(2027, 2, 1))["score"] == 0.5


def test_an_unmeasured_key_result_is_its_value() -> None:
    assert exported("current: 0.3")["score"] == 0.3
    assert exported("weight: 1")["score"] is None


numbers = st.floats(-1e9, 1e9, allow_nan=False)


def metric(start: float, target: float) -> Metric:
    return Metric(Figure(start, PLACE), Figure(target, PLACE))


@given(numbers, numbers, numbers)
def test_a_score_is_between_zero_and_one(start: float, target: float, value: float) -> None:
    assume(start != target)
    score = metric_score(metric(start, target), start, value)
    assert score is not None
    assert 0 <= score <= 1


@given(numbers, numbers, numbers, numbers)
def test_a_better_reading_never_lowers_the_score(
    start: float, target: float, one: float, other: float
) -> None:
    assume(start != target)
    result = metric(start, target)
    better = max(one, other) if target > start else min(one, other)
    worse = min(one, other) if target > start else max(one, other)
    assert (metric_score(result, start, worse) or 0) <= (metric_score(result, start, better) or 0)


@given(numbers, numbers)
def test_the_start_scores_nothing_and_the_target_everything(start: float, target: float) -> None:
    assume(start != target)
    result = metric(start, target)
    assert raw_share(result, start, start) == 0
    assert raw_share(result, start, target) == 1


@st.composite
def scales(draw: st.DrawFn) -> tuple[tuple[float, float], ...]:
    values = sorted(draw(st.sets(st.integers(-1000, 1000), min_size=2, max_size=6)))
    if draw(st.booleans()):
        values.reverse()
    scores = sorted(draw(st.floats(0, 1)) for _ in values)
    return tuple(zip(map(float, values), scores, strict=True))


@given(scales(), numbers, numbers)
def test_a_scale_never_falls_on_the_way_to_its_end(
    scale: tuple[tuple[float, float], ...], one: float, other: float
) -> None:
    rising = scale[-1][0] > scale[0][0]
    worse, better = sorted((one, other), reverse=not rising)
    assert 0 <= on_scale(worse, scale) <= on_scale(better, scale) + 1e-9
    assert on_scale(better, scale) <= 1


@given(st.lists(st.tuples(st.floats(0.001, 1e6), st.floats(0, 1)), min_size=1))
def test_a_weighted_mean_lies_between_the_least_and_the_greatest(
    pairs: list[tuple[float, float]],
) -> None:
    mean = weighted_mean(pairs)
    values = [value for _, value in pairs]
    assert mean is not None
    assert min(values) - 1e-9 <= mean <= max(values) + 1e-9
