from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.documents.values import Commitment, Every
from okrsite.project.model import Place, Range
from okrsite.project.model.cycles import Cycle, State, calendar_cycle
from okrsite.scores.status import (
    Health,
    Status,
    by_pace,
    cadence,
    health,
    when_closed,
    when_open,
    with_confidence,
)
from okrsite.settings import Thresholds
from tests.samples import AS_OF, export_of, objective

LIMITS = Thresholds()
PLACE = Place("content/csat.md", 1)
BEFORE, AFTER = date(2026, 9, 30), date(2027, 1, 1)


def figures(
    fields: str, as_of: date = AS_OF, settings: dict[str, Any] | None = None, **more: str
) -> dict[str, Any]:
    """Return the exported figures of a key result, and under `objective` those of its objective."""
    model = export_of(
        {"grow.md": objective(f"id: a, title: A, {fields}", **more)}, as_of, **(settings or {})
    )
    above = model["objectives"]["grow"]
    return {**above["key_results"]["a"], "objective": above}


@pytest.mark.parametrize(
    ("pace", "status"),
    [
        (0.3, Status.ON_TRACK),
        (-0.1, Status.ON_TRACK),
        (-0.1000004, Status.ON_TRACK),
        (-0.100001, Status.AT_RISK),
        (-0.25, Status.AT_RISK),
        (-0.250001, Status.OFF_TRACK),
        (-1, Status.OFF_TRACK),
    ],
)
def test_the_pace_gives_the_status_with_its_limits_included(pace: float, status: Status) -> None:
    assert by_pace(pace, LIMITS) is status


@pytest.mark.parametrize(
    ("status", "confidence", "worse"),
    [
        (Status.ON_TRACK, None, Status.ON_TRACK),
        (Status.ON_TRACK, 0.7, Status.ON_TRACK),
        (Status.ON_TRACK, 0.69, Status.AT_RISK),
        (Status.ON_TRACK, 0.4, Status.AT_RISK),
        (Status.ON_TRACK, 0.39, Status.OFF_TRACK),
        (Status.OFF_TRACK, 1, Status.OFF_TRACK),
        (Status.AT_RISK, 0.1, Status.OFF_TRACK),
        (Status.ACHIEVED, 0, Status.ACHIEVED),
        (Status.NOT_STARTED, 0.5, Status.AT_RISK),
        (Status.NOT_STARTED, 0.9, Status.NOT_STARTED),
    ],
)
def test_the_worse_of_pace_and_confidence_counts(
    status: Status, confidence: float | None, worse: Status
) -> None:
    assert with_confidence(status, confidence, LIMITS) is worse


@pytest.mark.parametrize(
    ("score", "commitment", "status"),
    [
        (1, Commitment.COMMITTED, Status.ACHIEVED),
        (0.9999999, Commitment.COMMITTED, Status.ACHIEVED),
        (0.99, Commitment.COMMITTED, Status.MISSED),
        (0.7, Commitment.ASPIRATIONAL, Status.ACHIEVED),
        (0.69, Commitment.ASPIRATIONAL, Status.PROGRESSED),
        (0.4, Commitment.ASPIRATIONAL, Status.PROGRESSED),
        (0.39, Commitment.ASPIRATIONAL, Status.MISSED),
        (None, Commitment.ASPIRATIONAL, Status.MISSED),
    ],
)
def test_a_closed_score_is_judged_by_its_commitment(
    score: float | None, commitment: Commitment, status: Status
) -> None:
    assert when_closed(score, commitment, LIMITS) is status


def test_what_only_stays_in_ranges_is_not_achieved_before_the_end() -> None:
    assert when_open(1, 0.3, LIMITS) is Status.ACHIEVED
    assert when_open(1, 0.3, LIMITS, ends_when_reached=False) is Status.ON_TRACK
    assert when_open(None, -0.3, LIMITS) is Status.OFF_TRACK


@pytest.mark.parametrize(
    ("value", "alert", "expected"),
    [
        (85, (75, None), Health.HEALTHY),
        (84.9, (75, None), Health.WARNING),
        (75, (75, None), Health.WARNING),
        (74.9, (75, None), Health.CRITICAL),
        (84.9, None, Health.CRITICAL),
        (None, None, Health.UNKNOWN),
    ],
)
def test_the_health_of_a_kpi(
    value: float | None, alert: tuple[float | None, float | None] | None, expected: Health
) -> None:
    outer = Range(*alert, PLACE) if alert else None
    assert health(value, Range(85, None, PLACE), outer) is expected


def test_without_a_range_nothing_is_known_of_the_health() -> None:
    assert health(3, None, Range(1, 2, PLACE)) is Health.UNKNOWN


@pytest.mark.parametrize(
    ("written", "settings", "cycle", "every"),
    [
        (Every.MONTH, Every.WEEK, "2026-q4", Every.MONTH),
        (None, Every.TWO_WEEKS, "2026", Every.TWO_WEEKS),
        (None, None, "2026-q4", Every.WEEK),
        (None, None, "2026-h2", Every.MONTH),
    ],
)
def test_the_rhythm_is_written_or_set_or_follows_from_the_cycle(
    written: Every | None, settings: Every | None, cycle: str, every: Every
) -> None:
    period = calendar_cycle(cycle)
    assert period is not None
    assert cadence(written, settings, period) is every


@pytest.mark.parametrize(
    ("day", "elapsed"),
    [
        (date(2026, 9, 30), 0),
        (date(2026, 10, 1), 1 / 92),
        (date(2026, 11, 15), 0.5),
        (date(2026, 12, 30), 91 / 92),
        (date(2026, 12, 31), 1),
        (date(2027, 5, 1), 1),
    ],
)
def test_the_elapsed_share_counts_the_day_itself(day: date, elapsed: float) -> None:
    period = calendar_cycle("2026-q4")
    assert period is not None
    assert period.elapsed(day) == pytest.approx(elapsed)


def test_a_cycle_is_open_up_to_its_closing_day() -> None:
    period = Cycle("q", "Q", date(2026, 10, 1), date(2026, 12, 31), closed=date(2027, 1, 15))
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2027, 1, 15), date(2027, 1, 16)]
    assert [period.state(day) for day in days] == [
        State.UPCOMING, State.OPEN, State.OPEN, State.CLOSED
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("to: 10", 0.35),
        ("to: 10, due: 2026-11-15", 0.7),
        ("to: 10, due: 2026-12-31", 0.35),
        # 31 of the 61 days from the start of the cycle to the planned value are over.
        ("to: 10, plan: [[2026-11-15, 4]]", 0.4),
        ("to: 10, plan: [[2026-10-01, 2], [2026-12-30, 10]]", 0.6),
        ("to: 10, plan: [[2026-10-15, 3]]", 0.3),
        ("to: 10, plan: [[2026-10-15, 3], [2026-12-31, 3]]", 0.3),
        ("scale: [[0, 0], [10, 0.5], [20, 1]], plan: [[2026-11-15, 15]]", 0.75),
        ("milestones: [{title: M, due: 2026-11-15}, {title: N}]", 0.35),
        ("milestones: [{title: M, due: 2026-11-16}, {title: N}]", 0),
        ("milestones: [{title: M, due: 2026-11-01, weight: 3}, {title: N}]", 0.525),
        ("milestones: [{title: M}, {title: N}], due: 2026-11-01", 0.7),
        ("done: false", 0),
        ("done: false, due: 2026-11-15", 0.7),
        ("keep: {min: 1}", 0),
        ("keep: {min: 1}, current: 1", 1),
        ("measured_by: a sign, due: 2026-11-15", 0.7),
    ],
)
def test_what_is_expected_by_the_middle_of_the_cycle(fields: str, expected: float) -> None:
    assert figures(fields)["expected"] == pytest.approx(expected, abs=0.0001)


def test_a_committed_objective_expects_everything() -> None:
    assert figures("to: 10", commitment="committed")["expected"] == 0.5
    assert figures("to: 10", settings={"commitment": "committed"})["expected"] == 0.5
    assert figures("to: 10", settings={"thresholds": {"goal": 0.8}})["expected"] == 0.4


def test_before_the_start_nothing_is_expected_and_after_the_close_what_the_last_day_said() -> None:
    assert figures("to: 10", BEFORE)["expected"] == 0
    assert figures("to: 10, plan: [[2026-12-31, 8]]", AFTER)["expected"] == 0.8


@pytest.mark.parametrize(
    ("fields", "as_of", "status"),
    [
        ("to: 10, current: 10", BEFORE, "not_started"),
        ("to: 10, current: 10", AS_OF, "achieved"),
        ("to: 10, current: 3", AS_OF, "on_track"),
        ("to: 10, current: 2", AS_OF, "at_risk"),
        ("to: 10", AS_OF, "off_track"),
        ("to: 10, current: 7", AFTER, "achieved"),
        ("to: 10, current: 5", AFTER, "progressed"),
        ("to: 10", AFTER, "missed"),
        ("to: 10, current: 10, status: cancelled", AS_OF, "cancelled"),
        ("keep: {min: 10}", AS_OF, "not_started"),
        ("keep: {min: 10}, current: 10", AS_OF, "on_track"),
        ("keep: {min: 10}, current: 9", AS_OF, "off_track"),
    ],
)
def test_the_status_of_a_key_result(fields: str, as_of: date, status: str) -> None:
    assert figures(fields, as_of)["status"] == status


def test_a_range_is_judged_by_its_last_reading_and_not_by_its_share() -> None:
    entries = "[{date: 2026-10-01, values: {a: 1}}, {date: 2026-11-01, values: {a: 12}}]"
    found = figures("keep: {min: 10}", check_ins=entries)
    assert (found["score"], found["status"]) == (0.5, "on_track")


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_a_draft_or_cancelled_objective_has_that_as_its_status(status: str) -> None:
    for as_of in (BEFORE, AS_OF, AFTER):
        found = figures("to: 10, current: 10", as_of, status=status)
        assert found["objective"]["status"] == status
        assert found["objective"]["score"] == 1


def test_an_objective_without_key_results_has_no_figures() -> None:
    found = figures("to: 10, status: cancelled")["objective"]
    assert [found[name] for name in ("score", "expected", "pace", "status")] == [None] * 4


def test_a_grade_is_the_score_and_the_computed_one_is_kept() -> None:
    found = figures("to: 10, current: 2", grade="{score: 0.9, reason: why}")["objective"]
    assert (found["score"], found["computed_score"], found["graded"]) == (0.9, 0.2, True)
    alone = figures("to: 10, status: cancelled", grade="{score: 0.9, reason: why}")["objective"]
    assert (alone["score"], alone["computed_score"], alone["expected"]) == (0.9, None, 0.35)
    assert alone["status"] == "on_track"


def test_a_confidence_speaks_for_the_objective_or_for_one_key_result_alone() -> None:
    entry = "[{date: 2026-11-01, confidence: 0.3, values: {a: {value: 9, confidence: 0.5}}}]"
    found = figures("to: 10", check_ins=entry)
    assert (found["status"], found["confidence"]) == ("at_risk", 0.5)
    assert (found["objective"]["status"], found["objective"]["confidence"]) == ("off_track", 0.3)


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_a_better_pace_is_never_a_worse_status(one: float, other: float) -> None:
    order = [Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK]
    low, high = sorted((one, other))
    assert order.index(by_pace(low, LIMITS)) <= order.index(by_pace(high, LIMITS))
