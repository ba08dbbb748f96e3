"""Drawings of a course: where lines, bars and words are, in both directions of writing."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from lxml import html
from markupsafe import Markup

from okrsite.language.wording import Words
from okrsite.pages.course import Course, cycle_course
from okrsite.pages.cycle import cycle_view
from okrsite.pages.objective import objective_view
from okrsite.pages.owner import owner_view
from okrsite.pages.parts import PageContext
from okrsite.pages.parts.plot import LINE, Days, Heights, kept_apart, path, round_levels
from okrsite.pages.series_drawing import Drawn, plot
from okrsite.project.model.cycles import Cycle
from okrsite.scores.status import Status
from tests.pages.test_check_ins import html_of
from tests.pages.test_this_week import FILES, site_of, told
from tests.samples import AS_OF, Files

QUARTER = Cycle("2026-q4", "2026 Q4", date(2026, 10, 1), date(2026, 12, 31))
WORDS = Words.of("en")


def course(files: Files = FILES, as_of: date = AS_OF) -> Course | None:
    site = site_of(files, as_of)
    cycle = site.project.cycles["2026-q4"]
    return cycle_course(PageContext(site, ""), cycle)


def test_a_day_ends_where_the_next_one_begins() -> None:
    days = Days(date(2026, 1, 1), date(2026, 1, 10))
    assert days.end_of(date(2026, 1, 4)) == days.start_of(date(2026, 1, 5)) == 40
    mirrored = Days(date(2026, 1, 1), date(2026, 1, 10), 80, mirrored=True)
    assert (mirrored.start_of(date(2026, 1, 1)), mirrored.end_of(date(2026, 1, 10))) == (100, 20)


def test_ticks_are_months_quarters_or_years() -> None:
    def months(days: int) -> list[int]:
        found = Days(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days)).months()
        return [day.month for day in found]

    assert months(90) == [1, 2, 3, 4]
    assert months(500) == [1, 4, 7, 10, 1, 4]
    assert len(months(20_000)) <= 14


def test_heights_count_down_from_the_highest() -> None:
    heights = Heights(0, 10, 20, 120)
    assert [heights.at(value) for value in (0, 5, 10)] == [120, 70, 20]
    assert Heights(3, 3, 20, 120).at(3) == 70
    assert path([(0, 1.5), (2, 3)]) == "M0 1.5l2 1.5"


@pytest.mark.parametrize("wanted", [[50, 50, 50], [10, 11, 12], [98, 99, 100], [20, 80, 50]])
def test_words_do_not_cover_each_other(wanted: list[float]) -> None:
    placed = kept_apart(wanted, 10, 100)
    ordered = sorted(placed)
    assert all(b - a >= LINE - 0.2 for a, b in pairwise(ordered))
    assert ordered[0] >= 9.8
    assert ordered[-1] <= 100.2


def test_a_course_has_a_line_a_plan_and_a_bar_a_week() -> None:
    found = course()
    assert found is not None
    assert [row.day for row in found.rows[1:3]] == [date(2026, 10, 4), date(2026, 10, 11)]
    assert found.rows[-1].counts == {
        Status.ON_TRACK: 2, Status.AT_RISK: 1, Status.OFF_TRACK: 1,
    }  # fmt: skip
    assert len(found.bars) == 7
    assert sum(length for _, _, length in found.bars[-1].parts) == pytest.approx(112, abs=0.5)
    assert found.now is not None
    assert found.now[0] == 50  # day 46 of 92
    assert found.expected_at_end == 0.7


def test_a_course_begins_with_the_third_day() -> None:
    assert course(as_of=date(2026, 10, 3)) is None
    assert course(as_of=date(2026, 10, 12)) is not None


def test_without_a_company_score_there_are_bars_alone() -> None:
    files = {key: text for key, text in FILES.items() if key.startswith(("teams", "okrs/sales/r"))}
    found = course(files)
    assert found is not None
    assert (found.line, len(found.bars)) == ("", 7)


def test_late_in_a_cycle_there_is_room_for_the_words_at_the_end() -> None:
    found = course(as_of=date(2027, 2, 1))
    assert found is not None
    assert (found.late, found.end_x) == (True, 84)
    assert found.now is not None
    assert found.now[0] == 84
    assert found.today is None


def test_the_page_of_a_cycle_and_of_an_owner_draw_their_courses() -> None:
    site = site_of()
    view = cycle_view(site, "cycles/2026-q4/", Markup(), site.project.cycles["2026-q4"])
    page = html.fromstring(html_of("cycle", view))
    [drawing] = page.xpath("//svg[@class='okr-course']")
    assert drawing.get("viewbox") is None
    assert "expected" in drawing.get("aria-label")
    assert not page.xpath("//svg//@style")
    rows = page.xpath("//table[contains(@class, 'okr-course-table')]/tbody/tr")
    assert len(rows) == 7
    owner = owner_view(site, "teams/sales/", Markup(), "teams/sales")
    assert owner.course is not None
    assert owner.course.rows[-1].counts == {Status.ON_TRACK: 1}


READ = [(date(2026, 10, 12), 3.0), (date(2026, 11, 9), 6.0)]


def test_a_plot_has_round_levels_and_labels_at_the_ends_of_lines() -> None:
    drawn = plot(WORDS, Drawn(
        QUARTER, AS_OF, READ, [(QUARTER.start, 0.0), (QUARTER.end, 7.0)], target=10.0, unit="bikes"
    ))  # fmt: skip
    assert [text for _, text in drawn.levels] == ["0", "3", "6", "9"]
    assert [(one.kind, one.text) for one in drawn.ends] == [("target", "10"), ("expected", "7")]
    assert drawn.line == "M13 100l30.5-28"
    assert drawn.value == "6"


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [
        (0, 9.5, [0, 3, 6, 9]),
        (4.592, 4.708, [4.6, 4.65, 4.7]),
        (28, 39, [30, 35]),
        (41, 48.5, [42, 44, 46, 48]),
        (100, 400, [100, 200, 300, 400]),
    ],
)
def test_levels_are_numbers_that_people_count_in(
    low: float, high: float, levels: list[float]
) -> None:
    assert round_levels(low, high) == pytest.approx(levels)


def test_a_plot_is_mirrored_where_people_write_from_right_to_left() -> None:
    there = plot(WORDS, Drawn(QUARTER, AS_OF, READ))
    back = plot(Words.of("he"), Drawn(QUARTER, AS_OF, READ))
    assert there.last[0] + back.last[0] == pytest.approx(100, abs=0.1)
    assert (there.side, back.side) == (1, -1)


def test_milestones_go_up_at_once_and_a_grade_is_drawn() -> None:
    scores = [(date(2026, 10, 1), 0.0), (date(2026, 10, 20), 0.5)]
    steps = plot(WORDS, Drawn(QUARTER, AS_OF, scores, in_scores=True, steps=True, grade=0.8))
    assert "L" not in steps.line
    assert steps.line == "M1.1 128H21.7V78"
    assert steps.grade is not None


def test_a_single_reading_is_not_drawn() -> None:
    def page(*check_ins: str) -> str:
        site = site_of({"okrs/grow.md": told(*check_ins)})
        return html_of("objective", objective_view(site, "okrs/grow/", Markup(), None, "okrs/grow"))

    one, two = "date: 2026-10-12, values: {seats: 30}", "date: 2026-11-10, values: {seats: 40}"
    assert "<figure" not in page(one).partition("okr-key-results")[2].partition("</section>")[0]
    assert 'data-okr-chart="value"' in page(one, two)
