from datetime import date

import pytest

from okrsite.documents.values import Aggregate
from okrsite.project.model import Confidence, Place, Reading
from okrsite.project.model.readings import aggregate, last_confidence, series

PLACE = Place("content/grow.md", 1)


def reading(day: int, value: float) -> Reading:
    return Reading(date(2026, 10, day), value, PLACE, "grow.md")


def stated(day: int, value: float) -> Confidence:
    return Confidence(date(2026, 10, day), value, PLACE, "grow.md")


def values(readings: list[Reading]) -> list[float]:
    return [reading.value for reading in readings]


def test_a_series_is_in_the_order_of_the_dates() -> None:
    assert values(series([reading(9, 3), reading(2, 1), reading(5, 2)])) == [1, 2, 3]


def test_of_several_on_one_date_the_last_written_counts() -> None:
    assert values(series([reading(2, 1), reading(5, 9), reading(2, 7)])) == [7, 9]


def test_the_first_and_the_last_day_are_included() -> None:
    every = [reading(day, day) for day in range(1, 9)]
    assert values(series(every, date(2026, 10, 3), date(2026, 10, 5))) == [3, 4, 5]
    assert values(series(every, first=date(2026, 10, 7))) == [7, 8]
    assert values(series(every, last=date(2026, 10, 2))) == [1, 2]
    assert series(every, date(2026, 10, 5), date(2026, 10, 4)) == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Aggregate.LAST, 2.0),
        (Aggregate.SUM, 9.0),
        (Aggregate.MEAN, 3.0),
        (Aggregate.MAX, 6.0),
        (Aggregate.MIN, 1.0),
    ],
)
def test_what_readings_make_together(kind: Aggregate, value: float) -> None:
    assert aggregate([1.0, 6.0, 2.0], kind) == value


def test_the_confidence_stated_last_counts_and_of_one_date_the_lower() -> None:
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    found = last_confidence([stated(20, 0.3), stated(5, 0.9)], first, last)
    assert found == stated(20, 0.3)
    twice = last_confidence([stated(20, 0.3), stated(20, 0.8), stated(5, 0.9)], first, last)
    assert twice == stated(20, 0.3)


def test_a_confidence_from_outside_does_not_count() -> None:
    between = [stated(1, 0.1), stated(10, 0.5), stated(20, 0.9)]
    assert last_confidence(between, date(2026, 10, 2), date(2026, 10, 19)) == stated(10, 0.5)
    assert last_confidence(between, date(2026, 10, 2), date(2026, 10, 9)) is None
