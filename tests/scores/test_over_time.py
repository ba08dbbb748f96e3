"""How a key result and an objective came to where they stand, day by day."""

import math
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.project.published import publish
from okrsite.scores import score_project
from okrsite.scores.arithmetic import MOST_STEPS, downsample
from okrsite.scores.kinds.base import KeyResultSeries
from okrsite.scores.over_time import (
    ObjectivePoint,
    key_result_over_time,
    objective_over_time,
)
from okrsite.scores.status import goal_of
from okrsite.settings import read_settings
from tests.samples import AS_OF, document, objective, project_of

START, END = date(2026, 10, 1), date(2026, 12, 31)
METRIC = "id: a, title: Reach, from: 0, to: 10"


def courses(
    files: Mapping[str, str], as_of: date = AS_OF, id: str = "grow"
) -> tuple[dict[str, KeyResultSeries], tuple[ObjectivePoint, ...]]:
    project, settings = publish(project_of(files), False), read_settings({})
    card = score_project(project, settings, as_of)
    found = project.objectives[id]
    cycle, goal = project.cycles[found.cycle], goal_of(found.commitment, settings.thresholds)
    made = {
        result.id: key_result_over_time(card, found, result, cycle, goal)
        for result in found.key_results
    }
    return made, objective_over_time(found, made, cycle, goal, as_of)


def one(key_result: str, *check_ins: str, as_of: date = AS_OF) -> KeyResultSeries:
    return courses({"grow.md": written(key_result, *check_ins)}, as_of)[0]["a"]


def written(key_result: str, *check_ins: str) -> str:
    lines = "[" + ", ".join(f"{{{check_in}}}" for check_in in check_ins) + "]"
    return objective(key_result, check_ins=lines)


def says(day: str, value: object) -> str:
    return f"date: 2026-{day}, values: {{a: {value}}}"


def test_a_metric_moves_with_its_readings_and_a_straight_line_was_expected() -> None:
    course = one(METRIC, says("10-05", 1), says("10-12", 3), says("11-09", 12))
    assert [(s.day.day, s.value, s.score) for s in course.steps] == [
        (5, 1, 0.1), (12, 3, 0.3), (9, 12, 1),
    ]  # fmt: skip
    assert course.expected == ((START, pytest.approx(7 / 92)), (END, pytest.approx(7)))
    assert course.forecast is not None
    assert course.forecast.day == END


def test_of_two_readings_on_one_date_the_last_counts() -> None:
    course = one(METRIC, says("10-05", 1), says("10-05", 2), says("10-12", 3))
    assert [s.value for s in course.steps] == [2, 3]
    assert course.forecast is None  # two days are too few


@pytest.mark.parametrize(
    ("aggregate", "values"),
    [("sum", [4, 6, 9]), ("mean", [4, 3, 3]), ("max", [4, 4, 4]), ("min", [4, 2, 2])],
)
def test_an_aggregate_is_followed_as_it_runs(aggregate: str, values: list[float]) -> None:
    readings = [says("10-05", 4), says("10-12", 2), says("10-19", 3)]
    course = one(f"{METRIC}, aggregate: {aggregate}", *readings)
    assert [s.value for s in course.steps] == values
    assert [s.reading for s in course.steps] == [4, 2, 3]


@pytest.mark.parametrize(
    ("aggregate", "values"), [("max", [-4, -2, -2]), ("min", [-4, -4, -4]), ("sum", [-4, -6, -9])]
)
def test_an_aggregate_of_values_below_zero_begins_with_the_first_of_them(
    aggregate: str, values: list[float]
) -> None:
    readings = [says("10-05", -4), says("10-12", -2), says("10-19", -3)]
    course = one(f"{METRIC}, aggregate: {aggregate}", *readings)
    assert [s.value for s in course.steps] == values


def test_a_plan_gives_the_points_of_the_line() -> None:
    plan = "plan: [[2026-10-31, 2], [2026-11-30, 8]]"
    course = one(f"{METRIC}, {plan}", says("10-05", 1), says("10-12", 2))
    assert course.expected == (
        (START, 0), (date(2026, 10, 31), 2), (date(2026, 11, 30), 8), (END, 8),
    )  # fmt: skip


def test_a_due_day_ends_the_line_and_the_outlook() -> None:
    readings = [says("10-05", 1), says("10-12", 2), says("11-09", 3)]
    course = one(f"{METRIC}, due: 2026-11-30", *readings)
    assert [day for day, _ in course.expected] == [START, date(2026, 11, 30), END]
    assert course.forecast is not None
    assert course.forecast.day == date(2026, 11, 30)


def test_a_scale_is_drawn_in_scores() -> None:
    course = one(
        "id: a, title: Fast, scale: [[100, 0], [50, 0.8], [40, 1]]",
        says("10-05", 100), says("10-12", 75), says("10-19", 40),
    )  # fmt: skip
    assert course.in_scores
    assert [s.score for s in course.steps] == [0, pytest.approx(0.4), 1]
    assert course.expected[-1] == (END, 0.7)


def test_a_range_has_no_line_and_no_outlook() -> None:
    readings = [says("10-05", 99), says("10-12", 90), says("10-19", 99)]
    course = one("id: a, title: Keep, keep: {min: 95}", *readings)
    assert [s.score for s in course.steps] == [1, 0.5, pytest.approx(2 / 3)]
    assert (course.expected, course.forecast) == ((), None)


def test_milestones_jump_when_they_are_done_and_when_they_are_due() -> None:
    course = one(
        "id: a, title: Launch, milestones: [{title: A, done: 2026-10-20, due: 2026-10-15},"
        " {title: B, due: 2026-12-01}]"
    )
    assert [(s.day, s.score) for s in course.steps] == [
        (START, 0), (date(2026, 10, 20), 0.5), (AS_OF, 0.5),
    ]  # fmt: skip
    assert course.expected == (
        (START, 0), (date(2026, 10, 15), 0.35), (date(2026, 12, 1), 0.7), (END, 0.7),
    )  # fmt: skip


def test_milestones_without_a_due_day_are_due_with_their_key_result() -> None:
    course = one(
        "id: a, title: Launch, due: 2026-11-30,"
        " milestones: [{title: A, due: 2026-10-15}, {title: B}]"
    )
    assert course.expected == (
        (START, 0), (date(2026, 10, 15), 0.35), (date(2026, 11, 30), 0.7), (END, 0.7),
    )  # fmt: skip


def test_a_roll_up_moves_with_what_rests_on_it() -> None:
    child = objective(METRIC, aligns_to="grow#a", check_ins=f"[{{{says('10-26', 5)}}}]")
    made, _ = courses({"grow.md": objective("id: a, title: All, roll_up: true"), "child.md": child})
    assert [s.score for s in made["a"].steps] == [0, 0, 0.5, 0.5]
    assert made["a"].steps[-1].day == AS_OF


def test_what_is_private_is_not_followed() -> None:
    kpi = (
        "---\ntype: kpi\nowner: company\nvisibility: private\nreadings:\n"
        "  - {date: 2026-10-05, value: 1}\n  - {date: 2026-10-12, value: 2}\n---\n"
    )
    made, _ = courses({"grow.md": objective("id: a, title: R, kpi: k, to: 10"), "k.md": kpi})
    assert made["a"].steps == ()


@pytest.mark.parametrize("as_of", [date(2027, 1, 1), date(2027, 6, 1)])
def test_a_closed_cycle_has_no_outlook(as_of: date) -> None:
    readings = [says("10-05", 1), says("10-12", 2), says("10-19", 3)]
    assert one(METRIC, *readings, as_of=as_of).forecast is None


def test_ten_thousand_readings_are_thinned_out_and_keep_what_stands_out() -> None:
    days = [START + timedelta(days=n) for n in range(10_000)]
    values = [math.sin(n / 50) for n in range(10_000)]
    values[4321], values[7654] = 50, -50
    kept = downsample(list(zip(days, values, strict=True)), MOST_STEPS, lambda item: item[1])
    assert len(kept) <= MOST_STEPS
    assert (kept[0][0], kept[-1][0]) == (days[0], days[-1])
    assert {50, -50} <= {value for _, value in kept}


@given(st.lists(st.floats(-1e12, 1e12), max_size=60), st.integers(4, 30))
def test_thinning_keeps_the_order_the_ends_and_the_extremes(values: list[float], most: int) -> None:
    items = list(enumerate(values))
    kept = downsample(items, most, lambda item: item[1])
    assert len(kept) <= max(most, 0)
    assert list(kept) == sorted(kept)
    if items:
        assert (kept[0], kept[-1]) == (items[0], items[-1])
        found = [value for _, value in kept]
        assert (min(found), max(found)) == (min(values), max(values))


_VALUES = st.lists(st.integers(-50, 150), min_size=1, max_size=8)
_KINDS = st.sampled_from([
    METRIC, f"{METRIC}, aggregate: sum", f"{METRIC}, aggregate: mean",
    "id: a, title: Keep, keep: {min: 3, max: 60}", "id: a, title: Fast, scale: [[9, 0], [1, 1]]",
    "id: a, title: Launch, milestones: [{title: A, done: 2026-10-20}, {title: B}]",
])  # fmt: skip


@given(_KINDS, _VALUES)
def test_a_course_says_what_the_scores_of_each_day_say(kind: str, values: list[int]) -> None:
    taken = [] if "milestones" in kind else values
    check_ins = [says(f"{10 + n // 4}-{5 + 7 * (n % 4):02}", v) for n, v in enumerate(taken)]
    files = {"grow.md": written(kind, *check_ins).replace("key_results:", "key_results:", 1)}
    project, settings = project_of(files), read_settings({})
    scores = score_project(project, settings, AS_OF).scores
    made, standings = courses(files)
    for step in made["a"].steps:
        if step.day <= AS_OF:
            assert step.score == pytest.approx(scores.at("grow", step.day).results["a"].score)
            assert math.isfinite(step.score or 0)
    for standing in standings:
        if standing.score is not None:
            assert standing.score == pytest.approx(scores.at("grow", standing.day).score)
        card = score_project(project, settings, standing.day)
        assert standing.expected == pytest.approx(card.objectives["grow"].expected)


def test_a_share_is_not_forecast_above_all_and_old_readings_lead_nowhere() -> None:
    share = "id: a, title: Happy, from: 50%, to: 90%"
    readings = [says("10-05", "50%"), says("10-12", "60%"), says("11-09", "96%")]
    found = one(share, *readings).forecast
    assert found is not None
    assert (found.value, found.high, found.reaches) == (100, 100, "yes")
    assert one(share, *readings, as_of=date(2026, 11, 24)).forecast is None


@pytest.mark.parametrize(
    ("key_result", "values", "low", "reaches"),
    [
        # A share that may be more than the whole, as growth may be, has no bounds above.
        ("from: 50%, to: 120%", ["50%", "60%", "96%"], 164, "yes"),
        ("from: 50%, to: 90%", ["50%", "60%", "101%"], 176, "yes"),
        # What counts things never falls below none of them; a balance may.
        ("from: 30, to: 0", [30, 25, 4], 0, "yes"),
        ("from: 30 bugs, to: 5 bugs", ["30 bugs", "25 bugs", "9 bugs"], 0, "yes"),
        ("from: 30, to: -50", [30, 25, 4], -40, "no"),
        # A scale ends at what is to be reached.
        ("scale: [[30, 0], [0, 1]]", [30, 25, 4], 0, "yes"),
        ("scale: [[0, 0], [90, 1]]", [1, 2, 6], 11, "no"),
    ],
)
def test_where_values_lead_stays_in_their_bounds_and_says_whether_that_is_enough(
    key_result: str, values: list[object], low: float, reaches: str
) -> None:
    days = ("10-05", "10-12", "11-09")
    check_ins = [says(day, value) for day, value in zip(days, values, strict=True)]
    found = one(f"id: a, title: A, {key_result}", *check_ins).forecast
    assert found is not None
    assert found.low == pytest.approx(low, abs=9)
    assert found.low >= 0 or low < 0
    assert found.reaches == reaches


@pytest.mark.parametrize(
    ("every", "late"), [("week", "11-23"), ("2 weeks", "12-07"), ("month", "")]
)
def test_readings_older_than_two_periods_lead_nowhere(every: str, late: str) -> None:
    readings = [says("10-05", 1), says("10-12", 2), says("11-09", 6)]
    text = written(METRIC, *readings).replace("owner:", f"every: {every}\nowner:", 1)

    def leads(day: str) -> bool:
        made, _ = courses({"grow.md": text}, date.fromisoformat(f"2026-{day}"))
        return made["a"].forecast is not None

    assert leads(late or "12-30")
    if late:
        assert not leads(f"{late[:3]}{int(late[3:]) + 1:02}")


@pytest.mark.parametrize(("every", "leads"), [("week", False), ("month", True)])
def test_readings_of_a_kpi_are_as_old_as_its_own_period_allows(every: str, leads: bool) -> None:
    readings = ["2026-07-31, value: 1", "2026-08-31, value: 2", "2026-10-02, value: 3",
                "2026-10-12, value: 4", "2026-10-19, value: 5"]  # fmt: skip
    rows = "[" + ", ".join(f"{{date: {reading}}}" for reading in readings) + "]"
    kpi = document("kpi", "owner: company", f"every: {every}", f"readings: {rows}")
    files = {"grow.md": objective("id: a, title: A, kpi: calls, to: 10"), "calls.md": kpi}
    made, _ = courses(files)
    assert (made["a"].forecast is not None) is leads


def test_a_scale_says_whether_its_end_is_reached() -> None:
    scale = "id: a, title: Fast, scale: [[100, 0], [50, 0.8], [40, 1]]"
    falling = one(scale, says("10-05", 100), says("10-19", 80), says("11-09", 50)).forecast
    assert falling is not None
    assert (falling.low, falling.reaches) == (0, "yes")
    slow = one(scale, says("10-05", 100), says("10-19", 99), says("11-09", 98)).forecast
    assert slow is not None
    assert slow.reaches == "no"


def test_what_began_below_zero_may_end_there() -> None:
    loss = "id: a, title: Earn, from: -50, to: 40"
    readings = [says("10-05", 30), says("10-12", 20), says("11-09", 1)]
    found = one(loss, *readings).forecast
    assert found is not None
    assert found.low < 0
    counted = one(loss.replace("-50", "50"), *readings).forecast
    assert counted is not None
    assert counted.low == 0


def test_a_forecast_is_rounded_before_it_is_compared() -> None:
    # The line leads to 1,046: three digits show it as 1,050, and that is at 1,048.
    readings = [says("10-01", 1000), says("11-01", 1015.67), says("11-14", 1022.24)]
    found = one("id: a, title: A, from: 1000, to: 1048", *readings).forecast
    assert found is not None
    assert (found.value, found.reaches) == (1050, "yes")


def test_a_day_that_has_passed_is_not_forecast() -> None:
    readings = [says("10-05", 1), says("10-12", 2), says("11-09", 3)]
    assert one(f"{METRIC}, due: 2026-11-15", *readings).forecast is None
    assert one(f"{METRIC}, due: 2026-11-16", *readings).forecast is not None


@pytest.mark.parametrize(("every", "day", "is_there"), [
    ("month", date(2026, 11, 30), True), ("month", date(2026, 12, 30), True),
    ("week", date(2026, 11, 14), True), ("week", date(2026, 11, 15), False),
])  # fmt: skip
def test_readings_of_a_kpi_grow_old_by_its_own_cadence(
    every: str, day: date, is_there: bool
) -> None:
    readings = ", ".join(f"{{date: 2026-10-{d}, value: {d}}}" for d in (10, 20, 31))
    files = {
        "k.md": document("kpi", "owner: company", f"every: {every}", f"readings: [{readings}]"),
        "grow.md": objective("id: a, title: A, kpi: k, to: 100"),
    }
    assert (courses(files, day)[0]["a"].forecast is not None) is is_there
