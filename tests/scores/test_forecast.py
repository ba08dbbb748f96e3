"""Where a series leads: the line of Theil and Sen."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.scores.forecast import forecast

FIRST = date(2026, 10, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def test_a_straight_line_goes_on_straight() -> None:
    points = [(day(0), 10.0), (day(7), 17.0), (day(21), 31.0)]
    for number, value in ((22, 32), (90, 100), (91, 101)):
        found = forecast(points, day(number))
        assert found is not None
        assert (found.day, found.value, found.readings) == (day(number), value, 3)


def test_one_odd_reading_hardly_moves_it() -> None:
    points = [(day(7 * n), 7.0 * n) for n in range(8)]
    points[4] = (day(28), 900.0)
    found = forecast(points, day(70))
    assert found is not None
    assert found.value == pytest.approx(70)


def test_worked_by_hand() -> None:
    # Slopes between pairs: 2, 1, 4/3, 0, 1, 2; their median is 1.1666…, the mean of 1 and 4/3.
    points = [(day(0), 0.0), (day(1), 2.0), (day(2), 2.0), (day(3), 4.0)]
    found, next_day = forecast(points, day(10)), forecast(points, day(11))
    assert found is not None
    assert next_day is not None
    assert next_day.value - found.value == pytest.approx(7 / 6)
    # What is left: 0, 5/6, -1/3, 1/2; the median is 1/4.
    assert found.value == pytest.approx(1 / 4 + 70 / 6)


@pytest.mark.parametrize("points", [[], [(day(0), 1.0)], [(day(0), 1.0), (day(7), 2.0)]])
def test_fewer_than_three_readings_make_no_line(points: list[tuple[date, float]]) -> None:
    assert forecast(points, day(91)) is None


def test_a_day_that_is_not_ahead_needs_no_forecast() -> None:
    assert forecast([(day(0), 1), (day(1), 2), (day(2), 3)], day(2)) is None


def test_ten_thousand_readings_are_thinned_out_evenly() -> None:
    found = forecast([(day(n), float(n)) for n in range(10_000)], day(20_000))
    assert found is not None
    assert found.readings == 200
    assert found.value == pytest.approx(20_000)


@given(
    st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=40),
    st.floats(-1e6, 1e6),
    st.integers(1, 400),
)
def test_a_shifted_series_has_a_shifted_forecast(
    values: list[float], shift: float, ahead: int
) -> None:
    points = [(day(3 * n), value) for n, value in enumerate(values)]
    span = points[-1][0] - points[0][0]
    until = points[-1][0] + min(timedelta(days=ahead), 5 * span)
    plain = forecast(points, until)
    shifted = forecast([(at, value + shift) for at, value in points], until)
    assert plain is not None
    assert shifted is not None
    assert shifted.value == pytest.approx(plain.value + shift, rel=1e-6, abs=1e-3)


def test_readings_of_a_few_days_say_nothing_of_months() -> None:
    points = [(day(0), 1.0), (day(1), 2.0), (day(2), 3.0)]
    assert forecast(points, day(12)) is not None
    assert forecast(points, day(13)) is None


def test_the_range_is_that_of_the_quartiles_of_the_slopes() -> None:
    found = forecast([(day(0), 0.0), (day(1), 2.0), (day(2), 2.0), (day(3), 4.0)], day(10))
    assert found is not None
    assert found.low < found.value < found.high
    assert found.within(0, 11).high == 11
    assert found.compared(5, rising=True).reaches == "yes"
    assert found.compared(100, rising=True).reaches == "no"
    assert found.compared(found.value, rising=True).reaches == "perhaps"
    assert found.compared(5, rising=False).reaches == "no"
