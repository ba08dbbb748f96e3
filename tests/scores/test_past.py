"""Figures of days in the past: the course of a cycle, grades, and what changed in between."""

from datetime import date

from okrsite.pages.past import Past
from okrsite.project.model.cycles import Cycle
from okrsite.scores import score_project
from okrsite.scores.past import CourseDay, course_days, score_past
from okrsite.scores.status import Status
from okrsite.settings import read_settings
from tests.samples import AS_OF, Files, objective, project_of

QUARTER = Cycle("2026-q4", "2026 Q4", date(2026, 10, 1), date(2026, 12, 31))
YEAR = Cycle("2026", "2026", date(2026, 1, 1), date(2026, 12, 31))


def test_a_quarter_is_followed_by_the_week_and_a_year_by_the_month() -> None:
    days = course_days(QUARTER, AS_OF)
    assert days[:3] == [date(2026, 10, 1), date(2026, 10, 4), date(2026, 10, 11)]
    assert days[-1] == AS_OF
    assert course_days(YEAR, AS_OF)[:3] == [
        date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 28),
    ]  # fmt: skip
    assert course_days(QUARTER, date(2026, 9, 30)) == []
    assert course_days(QUARTER, date(2027, 5, 1))[-1] == QUARTER.end


GRADED = objective(
    "id: a, title: Seats, to: 10", "id: b, title: Bikes, to: 10", cycle="2026-q3",
    grade="{score: 0.9, reason: Worth it}",
).replace("---\n", "---\n", 1)  # fmt: skip


def course(files: Files) -> tuple[CourseDay, ...]:
    settings, project = read_settings({}), project_of(files)
    scorecard = score_project(project, settings, AS_OF)
    return Past(project, settings, scorecard, tuple(project.owners.values())).courses["2026-q3"]


def test_a_grade_ends_a_course_and_does_not_begin_it() -> None:
    days = course({"okrs/grow.md": GRADED})
    assert [days[0].owners["company"].score, days[-1].owners["company"].score] == [0.0, 0.9]
    assert days[-2].owners["company"].score == 0.0
    assert days[-1].day == date(2026, 9, 30)
    assert days[-1].statuses == {"okrs/grow": Status.ACHIEVED}


def test_the_past_of_some_objectives_is_that_of_all() -> None:
    files = {
        "okrs/a.md": objective("id: a, title: A, rolls_up: true, weight: 1"),
        "okrs/b.md": objective("id: b, title: B, to: 10, current: 4", aligns_to="a"),
    }
    settings, project = read_settings({}), project_of(files)
    everything = score_past(project, settings, date(2026, 11, 1))
    one = score_past(project, settings, date(2026, 11, 1), [project.objectives["okrs/a"]])
    assert one.objectives == {"okrs/a": everything.objectives["okrs/a"]}
