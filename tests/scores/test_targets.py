"""The targets of a KPI: which one holds in a month, and what was reached by its day."""

from datetime import date

import pytest

from okrsite.project.model import Kpi
from okrsite.project.model.readings import series
from okrsite.scores.targets import is_rising, planned_in, short_of, target_periods
from tests.samples import AS_OF, document, project_of


def kpi_of(*lines: str) -> Kpi:
    return project_of({"kpis/it.md": document("kpi", "owner: company", *lines)}).kpis["kpis/it"]


QUARTERS = (
    "targets: [{value: 80, by: 2026-06-30}, {value: 88, by: 2026-09-30}, "
    "{value: 90, by: 2026-12-31}]"
)
READINGS = (
    "readings: [{date: 2026-05-31, value: 79}, {date: 2026-06-30, value: 81}, "
    "{date: 2026-08-31, value: 84}, {date: 2026-09-30, value: 86}, {date: 2026-10-31, value: 91}]"
)


def test_each_period_ends_with_its_last_reading() -> None:
    kpi = kpi_of("keep: {min: 75}", QUARTERS, READINGS)
    second, third, fourth = target_periods(kpi, list(series(kpi.readings, last=AS_OF)), AS_OF)
    assert (second.start, second.over, second.reached, second.short) == (None, True, True, -1)
    assert (third.start, third.over, third.reached) == (date(2026, 7, 1), True, False)
    assert third.reading is not None
    assert (third.reading.value, third.short) == (86, 2)
    assert (fourth.start, fourth.over, fourth.reached) == (date(2026, 10, 1), False, True)


def test_a_period_without_a_reading_reached_nothing() -> None:
    kpi = kpi_of(QUARTERS, "readings: [{date: 2026-06-01, value: 90}]")
    last = target_periods(kpi, kpi.readings, AS_OF)[1]
    assert (last.reading, last.short, last.reached, last.over) == (None, None, False, True)


def test_a_day_is_over_the_day_after() -> None:
    kpi = kpi_of(QUARTERS)
    for day, over in ((date(2026, 9, 30), False), (date(2026, 10, 1), True)):
        assert target_periods(kpi, [], day)[1].over is over


def test_less_is_better_under_an_upper_bound_or_below_the_first_reading() -> None:
    assert not is_rising(kpi_of("keep: {max: 5}"), 9)
    assert is_rising(kpi_of("keep: {min: 5}"), 1)
    first = "readings: [{date: 2026-05-31, value: 7}]"
    assert not is_rising(kpi_of(first), 6)
    assert is_rising(kpi_of(first, "keep: {min: 1, max: 9}"), 8)
    assert short_of(kpi_of("keep: {max: 5}"), 4, 4.3) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("month", "planned"),
    [
        ("2026-03", None),  # the first target holds for three months, as the second does
        ("2026-04", 80),
        ("2026-06", 80),
        ("2026-07", 88),
        ("2026-12", 90),
        ("2027-01", None),
    ],
)
def test_a_target_holds_from_the_month_after_the_one_before(
    month: str, planned: float | None
) -> None:
    target = planned_in(kpi_of(QUARTERS), date.fromisoformat(f"{month}-01"))
    assert (target and target.value.value) == planned


def test_one_target_holds_in_its_month_and_without_a_day_always() -> None:
    one = kpi_of("target: {value: 5, by: 2026-12-31}")
    assert planned_in(one, date(2026, 11, 1)) is None
    assert planned_in(one, date(2026, 12, 1)) == one.targets[0]
    always = kpi_of("target: {value: 5}")
    assert planned_in(always, date(1999, 1, 1)) == always.targets[0]
    assert planned_in(kpi_of(), date(2026, 12, 1)) is None


def test_the_last_target_holds_for_good_without_a_day() -> None:
    kpi = kpi_of("targets: [{value: 5, by: 2026-06-30}, {value: 7}]")
    assert planned_in(kpi, date(2026, 6, 1)) == kpi.targets[0]
    assert planned_in(kpi, date(2027, 1, 1)) == kpi.targets[1]


def test_of_two_targets_in_a_month_the_later_one_is_planned() -> None:
    kpi = kpi_of("targets: [{value: 5, by: 2026-06-10}, {value: 7, by: 2026-06-30}]")
    assert planned_in(kpi, date(2026, 6, 1)) == kpi.targets[1]
