"""A KPI month by month: the last reading of each, and how good it is by range and target."""

from datetime import date

import pytest

from okrsite.project.model.readings import series
from okrsite.scores.months import judge, last_months, months_of
from okrsite.scores.status import Health
from tests.samples import AS_OF
from tests.scores.test_targets import QUARTERS, READINGS, kpi_of


def test_twelve_months_end_with_the_one_under_way() -> None:
    months = last_months(date(2026, 3, 31))
    assert (len(months), months[0], months[-1]) == (12, date(2025, 4, 1), date(2026, 3, 1))
    assert last_months(AS_OF)[0] == date(2025, 12, 1)


def test_a_month_has_its_last_reading_and_the_target_that_holds() -> None:
    kpi = kpi_of("keep: {min: 75}", QUARTERS, READINGS)
    months = months_of(kpi, list(series(kpi.readings, last=AS_OF)), AS_OF)
    found = [
        (
            month.first.month,
            month.planned and month.planned.value.value,
            month.reading and month.reading.value,
            month.health,
        )
        for month in months
        if month.planned or month.reading
    ]
    assert found == [
        (4, 80, None, None),
        (5, 80, 79, Health.WARNING),
        (6, 80, 81, Health.HEALTHY),
        (7, 88, None, None),
        (8, 88, 84, Health.WARNING),
        (9, 88, 86, Health.WARNING),
        (10, 90, 91, Health.HEALTHY),
        (11, 90, None, None),
    ]


@pytest.mark.parametrize(
    ("lines", "value", "health"),
    [
        (("keep: {min: 75}", "target: {value: 80}"), 80, Health.HEALTHY),
        (("keep: {min: 75}", "target: {value: 80}"), 76, Health.WARNING),
        (("keep: {min: 75}", "target: {value: 80}"), 70, Health.CRITICAL),
        (("keep: {min: 75}", "alert: {min: 60}", "target: {value: 80}"), 70, Health.WARNING),
        (("target: {value: 80}",), 79, Health.CRITICAL),
        (("target: {value: 80}",), 80, Health.HEALTHY),
        (("keep: {max: 9}", "target: {value: 5}"), 6, Health.WARNING),
        ((), 80, Health.UNKNOWN),
    ],
)
def test_range_and_target_judge_together(
    lines: tuple[str, ...], value: float, health: Health
) -> None:
    kpi = kpi_of(*lines)
    assert judge(kpi, kpi.targets[0] if kpi.targets else None, value) is health
