from datetime import date, timedelta
from typing import Literal

import pytest

from okrsite.project.model.cycles import (
    Cycle,
    calendar_cycle,
    calendar_name,
    comparable,
    containing,
    each_before,
    last_before,
    newest_first,
)
from okrsite.settings import FiscalYear
from tests.samples import codes, document, export_of, findings_of, objective, places

RESULT = "id: a, title: A, to: 10"


@pytest.mark.parametrize(
    ("name", "start", "end", "title"),
    [
        ("2026", "2026-01-01", "2026-12-31", "2026"),
        ("2026-h1", "2026-01-01", "2026-06-30", "2026 H1"),
        ("2026-H2", "2026-07-01", "2026-12-31", "2026 H2"),
        ("2026-q1", "2026-01-01", "2026-03-31", "2026 Q1"),
        ("2026-q4", "2026-10-01", "2026-12-31", "2026 Q4"),
        ("2028-02", "2028-02-01", "2028-02-29", "2028-02"),
        ("2026-12", "2026-12-01", "2026-12-31", "2026-12"),
    ],
)
def test_the_calendar_needs_no_document(name: str, start: str, end: str, title: str) -> None:
    cycle = calendar_cycle(name)
    assert cycle is not None
    assert (cycle.id, str(cycle.start), str(cycle.end)) == (name.lower(), start, end)
    assert cycle.title == title


@pytest.mark.parametrize(
    "name", ["2026-q5", "2026-h3", "2026-13", "2026-1", "26", "q4", "", "x2026"]
)
def test_other_names_are_no_period_of_the_calendar(name: str) -> None:
    assert calendar_cycle(name) is None


def test_an_id_may_end_in_a_name_of_the_calendar() -> None:
    assert calendar_name("cycles/2026-q4") == "2026-q4"
    assert calendar_name("cycles/spring") is None


def test_cycles_are_sorted_for_people() -> None:
    cycles = [
        c for name in ("2026-q3", "2026", "2026-q4", "2026-h2") if (c := calendar_cycle(name))
    ]
    assert [cycle.id for cycle in newest_first(cycles)] == ["2026", "2026-h2", "2026-q4", "2026-q3"]
    assert [cycle.id for cycle in containing(cycles[2], cycles)] == ["2026-h2", "2026"]


@pytest.mark.parametrize(
    ("before", "after", "alike"),
    [(30, 30, True), (30, 59, True), (30, 60, False), (59, 30, True), (60, 30, False)],
)
def test_half_and_twice_the_days_are_not_about_the_same_length(
    before: int, after: int, alike: bool
) -> None:
    first = date(2026, 10, 1)
    earlier = Cycle("a", "A", first - timedelta(days=before), first - timedelta(days=1))
    later = Cycle("b", "B", first, first + timedelta(days=after - 1))
    assert comparable(earlier, later) is alike


@pytest.mark.parametrize(
    ("path", "cycle"),
    [
        ("okrs/2026-q4/grow.md", "2026-q4"),
        ("okrs/2026-Q4/sales/deep/grow.md", "2026-q4"),
        ("okrs/2026/q4/grow.md", "2026-q4"),
        ("okrs/2026/grow.md", "2026"),
        ("okrs/2026/sales/grow.md", "2026"),
        ("okrs/2026-q4/2026-11/grow.md", "2026-11"),
    ],
)
def test_the_nearest_folder_that_names_a_cycle_gives_it(path: str, cycle: str) -> None:
    found = export_of({path: objective(RESULT, cycle="")})["objectives"]
    assert [value["cycle"] for value in found.values()] == [cycle]


def test_what_is_written_wins_over_the_folder() -> None:
    text = objective(RESULT, cycle="2027-q1")
    found = export_of({"okrs/2026-q4/grow.md": text})["objectives"]["okrs/2026-q4/grow"]
    assert found["cycle"] == "2027-q1"


def test_a_document_replaces_the_period_of_the_calendar() -> None:
    files = {
        "cycles/2026-q4.md": document("cycle", "start: 2026-11-01", "end: 2027-01-31"),
        "okrs/2026-q4/grow.md": objective(RESULT, cycle=""),
    }
    model = export_of(files)
    assert model["objectives"]["okrs/2026-q4/grow"]["cycle"] == "cycles/2026-q4"
    assert model["cycles"]["cycles/2026-q4"]["start"] == "2026-11-01"
    assert model["cycles"]["cycles/2026-q4"]["title"] == "2026 Q4"


def test_a_cycle_with_an_error_falls_back_to_the_calendar() -> None:
    files = {
        "cycles/2026-q4.md": document("cycle", "start: 2026-11-01", "end: tomorrow"),
        "okrs/2026-q4/grow.md": objective(RESULT, cycle=""),
    }
    found = export_of(files)["objectives"]["okrs/2026-q4/grow"]
    assert found["cycle"] == "2026-q4"


@pytest.mark.parametrize("lines", [("end: 2026-09-30",), ("end: 2026-12-31", "closed: 2026-09-30")])
def test_a_cycle_does_not_end_before_it_starts(lines: tuple[str, ...]) -> None:
    files = {"season.md": document("cycle", "start: 2026-10-01", *lines)}
    assert codes(findings_of(files)) == ["OKR104"]


def test_an_unknown_cycle_says_how_periods_are_written() -> None:
    said = findings_of({"grow.md": objective(RESULT, cycle="spring")})
    unknown = next(f for f in said if f.code == "OKR201")
    assert (unknown.line, unknown.hint) == (4, "write a period like 2026, 2026-h2, 2026-q4 or "
                                               "2026-10")  # fmt: skip


def test_an_objective_without_a_cycle_is_said_and_left_out() -> None:
    files = {"grow.md": objective(RESULT, cycle="")}
    assert "OKR103 grow.md:1" in places(findings_of(files))
    assert export_of(files)["objectives"] == {}


def test_one_day_is_a_cycle() -> None:
    files = {
        "day.md": document("cycle", "start: 2026-11-15", "end: 2026-11-15"),
        "grow.md": objective(RESULT, cycle="day"),
    }
    assert export_of(files, date(2026, 11, 15))["cycles"]["day"]["elapsed"] == 1
    assert export_of(files, date(2026, 11, 14))["cycles"]["day"]["state"] == "upcoming"


@pytest.mark.parametrize(
    ("name", "starts", "named", "id", "start", "end"),
    [
        ("fy2027", 2, "end", "fy2027", "2026-02-01", "2027-01-31"),
        ("FY27-Q4", 2, "end", "fy2027-q4", "2026-11-01", "2027-01-31"),
        ("fy2027-h2", 10, "start", "fy2027-h2", "2028-04-01", "2028-09-30"),
        ("fy2027-q1", 1, "end", "fy2027-q1", "2027-01-01", "2027-03-31"),
        ("fy2027-q1", 12, "end", "fy2027-q1", "2026-12-01", "2027-02-28"),
    ],
)
def test_periods_of_a_fiscal_year(
    name: str, starts: int, named: Literal["end", "start"], id: str, start: str, end: str
) -> None:
    fiscal_year = FiscalYear(starts=starts, named=named)
    cycle = calendar_cycle(name, fiscal_year)
    assert cycle is not None
    assert (cycle.id, str(cycle.start), str(cycle.end)) == (id, start, end)
    for day in (cycle.start, cycle.end):
        quarter = calendar_cycle(fiscal_year.quarter_of(day), fiscal_year)
        assert quarter is not None
        assert quarter.holds(day)


@pytest.mark.parametrize("name", ["fy2027-10", "fy2027-q5", "fy127", "fy2027q1", "fy"])
def test_other_names_are_no_fiscal_periods(name: str) -> None:
    assert calendar_cycle(name, FiscalYear(starts=2, named="end")) is None
    assert calendar_cycle("fy2027") is None


def test_a_fiscal_period_without_the_setting_says_what_to_set() -> None:
    said = findings_of({"okrs/fy27-q3/company/grow.md": document("objective", "title: Grow")})
    hints = [found.hint or "" for found in said if found.code == "OKR103"]
    assert "set `fiscal_year` in mkdocs.yml" in hints[0]


def test_the_cycle_before_each_is_found_without_comparing_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quarters = [Cycle(f"q{n}", "Q", day(90 * n), day(90 * n + 89)) for n in range(60)]
    years = [Cycle(f"y{n}", "Y", day(360 * n), day(360 * n + 359)) for n in range(15)]
    halves = [Cycle(f"h{n}", "H", day(180 * n), day(180 * n + 179)) for n in range(30)]
    several = [*quarters, *years, *halves]
    found = each_before(several)
    assert found == {one.id: last_before(one, several) for one in several}
    assert found["q0"] is None
    assert (found["q8"], found["y1"]) == (quarters[7], years[0])
    compared = []
    monkeypatch.setattr(
        "okrsite.project.model.cycles.comparable",
        lambda earlier, later: compared.append(later) or comparable(earlier, later),
    )
    each_before(several)
    assert len(compared) < 8 * len(several)


def day(number: int) -> date:
    return date(2000, 1, 1) + timedelta(days=number)
