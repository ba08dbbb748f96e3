"""What an objective would score by the goalposts that its cycle began with."""

from datetime import date

import pytest

from okrsite.history.log.goalposts import original_score
from okrsite.history.log.model import MovedGoalposts, OriginalKeyResult
from okrsite.project.model import KeyResult
from okrsite.scores import score_project
from okrsite.settings import read_settings
from tests.samples import AS_OF, document, objective, project_of

CLOSING_DAY, DAY_AFTER = date(2026, 12, 31), date(2027, 1, 1)
LOWERED = "id: a, title: Reach, to: 8, current: 4"
GRADED = f"{LOWERED}, grade: {{score: 0.9, reason: late}}"


def results(*key_results: str) -> tuple[KeyResult, ...]:
    return project_of({"grow.md": objective(*key_results)}).objectives["grow"].key_results


ORIGINAL = results("id: a, title: Reach, to: 10")


def original(
    now: str, original: tuple[KeyResult, ...] = ORIGINAL, dropped: tuple[KeyResult, ...] = (),
    day: date = AS_OF, **files: str,
) -> float | None:  # fmt: skip
    project = project_of({"grow.md": now, **{f"{name}.md": text for name, text in files.items()}})
    figures = score_project(project, read_settings({}), day).objectives["grow"]
    grown, cycle = project.objectives["grow"], project.cycles["2026-q4"]
    there, gone = {r.id for r in grown.key_results}, {r.id: r for r in dropped}
    began = tuple(
        OriginalKeyResult(r, r.id if r.id in there else None, gone.get(r.id)) for r in original
    )
    return original_score(MovedGoalposts((), began), grown, figures, cycle, day)


def test_the_values_of_today_are_held_against_the_original_target() -> None:
    assert original(objective(LOWERED)) == pytest.approx(0.4)


@pytest.mark.parametrize(("day", "score"), [(AS_OF, 0.4), (CLOSING_DAY, 0.4), (DAY_AFTER, 0.9)])
def test_a_grade_counts_once_the_cycle_is_closed(day: date, score: float) -> None:
    assert original(objective(GRADED), day=day) == pytest.approx(score)


def test_a_grade_of_the_beginning_counts_while_the_cycle_runs() -> None:
    began = results("id: a, title: Reach, to: 10, grade: {score: 0.2, reason: early}")
    assert original(objective(GRADED), began) == pytest.approx(0.9)


def test_a_dropped_key_result_counts_with_what_was_reached_by_the_original_target() -> None:
    began = results("id: a, title: Reach, to: 10", "id: b, title: Win, to: 20, weight: 3")
    dropped = results("id: b, title: Win, to: 15, current: 12, weight: 1")
    # 4 of 10 with the weight 1, 12 of 20 with the weight 3.
    assert original(objective(LOWERED), began, dropped) == pytest.approx(0.55)
    assert original(objective(LOWERED), began) == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("closed", "score"), [("", 0.6), ("closed: 2026-12-10", 0.5), ("closed: 2027-01-05", 0.8)]
)
def test_what_is_read_after_the_closing_day_does_not_count(closed: str, score: float) -> None:
    days = {"2026-12-10": 5, "2026-12-31": 6, "2027-01-05": 8, "2027-01-06": 9}
    entries = ", ".join(f"{{date: {day}, values: {{a: {value}}}}}" for day, value in days.items())
    now = objective("id: a, title: Reach, to: 8", check_ins=f"[{entries}]")
    lines = ["id: 2026-q4", "start: 2026-10-01", "end: 2026-12-31"]
    cycle = document("cycle", *lines, *([closed] if closed else []))
    assert original(now, day=date(2027, 3, 1), cycle=cycle) == pytest.approx(score)
