"""Whether a KPI follows another one: worked by hand."""

from collections.abc import Sequence
from datetime import date

import pytest

from okrsite.project.model import Reading
from okrsite.project.model.values import Place
from okrsite.scores.lag import Agreement, agreement, are_opposed, shifted
from tests.scores.test_targets import kpi_of

ENDS = [date(2026, month, 28) for month in range(1, 13)]


def readings(values: Sequence[float], days: Sequence[date] = ENDS) -> list[Reading]:
    return [
        Reading(day, value, Place("it.md", 1), "it.md", None)
        for day, value in zip(days, values, strict=False)
    ]


@pytest.mark.parametrize(
    ("day", "lag", "later"),
    [
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2026-02-28", "1 month", "2026-03-31"),  # the end of a month stays one
        ("2026-02-15", "1 month", "2026-03-15"),
        ("2026-11-30", "1 quarter", "2027-02-28"),
        ("2026-01-10", "2 weeks", "2026-01-24"),
        ("2026-01-10", "10 days", "2026-01-20"),
        ("2026-01-10", "1.5 months", "2026-02-25"),  # 45.66 days
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2026-01-10", None, "2026-01-10"),
    ],
)
def test_a_day_is_shifted_by_a_lag(day: str, lag: str | None, later: str) -> None:
    assert shifted(date.fromisoformat(day), lag) == date.fromisoformat(later)


def test_it_is_shifted_back_too_and_never_out_of_the_calendar() -> None:
    assert shifted(date(2026, 3, 31), "1 month", -1) == date(2026, 2, 28)
    assert shifted(date(2026, 3, 31), "99999999 years") == date(9999, 3, 31)
    assert shifted(date(2026, 3, 31), "99999999 years", -1) == date(1, 3, 31)
    assert shifted(date(2026, 3, 31), "99999999 days") == date.max


def test_movements_are_compared_a_lag_earlier() -> None:
    #          Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov
    leading = [10, 11, 12, 11, 12, 13, 14, 13, 12, 13, 14]
    lagging = [50, 50, 51, 52, 51, 52, 53, 52, 53, 52, 53]
    # A month later. Its steps Feb–Mar … Oct–Nov are nine; of the leading one, Jan–Feb … Sep–Oct:
    # + + − + + + − − +   against   + + − + + − + − +   agree in all but the sixth and seventh.
    found = agreement(readings(leading), readings(lagging), "1 month", opposed=False)
    assert found == Agreement(periods=9, agreeing=7)
    assert found.share == pytest.approx(7 / 9)


def test_where_less_is_better_in_one_of_them_the_other_direction_agrees() -> None:
    rising, falling = range(10), range(10, 0, -1)
    pair = readings(list(rising)), readings(list(falling))
    assert agreement(*pair, None, opposed=False) == Agreement(9, 0)
    assert agreement(*pair, None, opposed=True) == Agreement(9, 9)


def test_nothing_is_said_of_fewer_than_eight_periods() -> None:
    assert agreement(readings(range(8)), readings(range(8)), None, opposed=False) is None
    assert agreement(readings(range(9)), readings(range(9)), None, opposed=False) is not None
    assert agreement([], readings(range(12)), None, opposed=False) is None


def test_only_periods_in_which_both_move_count() -> None:
    still = [1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10]  # one step is none: nine are left
    assert agreement(
        readings(still), readings(range(11)), None, opposed=False
    ) == Agreement(9, 9)  # fmt: skip
    # A quarterly KPI moves four times a year, whatever the monthly one does in between.
    assert (
        agreement(readings(range(12)), readings(range(4), ENDS[2::3]), None, opposed=False) is None
    )


def test_directions_are_by_the_range_or_the_target() -> None:
    up, down, unknown = kpi_of("keep: {min: 1}"), kpi_of("keep: {max: 1}"), kpi_of()
    assert are_opposed(up, down)
    assert not are_opposed(up, unknown)
    assert are_opposed(down, unknown)
    first = "readings: [{date: 2026-05-31, value: 7}]"
    assert are_opposed(up, kpi_of("target: {value: 5}", first))
