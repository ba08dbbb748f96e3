"""Key results and milestones that are meant to move a KPI, before and after completion."""

from datetime import date

from markupsafe import Markup

from okrsite.pages.kpi import kpi_view
from okrsite.pages.kpi_moves import MoveRow
from okrsite.pages.objective import objective_view
from okrsite.scores.moves import before_and_after
from tests.pages.test_insights import html_of, site_of
from tests.pages.test_kpi_tree import kpi
from tests.samples import Files, objective

READINGS = (
    "readings: [{date: 2026-09-30, value: 70}, {date: 2026-10-10, value: 72}, "
    "{date: 2026-10-31, value: 75}, {date: 2026-11-10, value: 74}]"
)


def files(result: str, *lines: str, **fields: str) -> Files:
    return {
        "kpis/it.md": kpi("It", "unit: '%'", READINGS, *(lines or ("keep: {min: 50}",))),
        "okrs/grow.md": objective(f"{result}, moves: [it]", **fields),
    }


def rows_of(files: Files) -> tuple[MoveRow, ...]:
    return kpi_view(site_of(files), "kpis/it/", Markup(), "kpis/it").moves


def words_of(files: Files) -> list[tuple[str, date, float | None, float | None, str | None]]:
    [row] = rows_of(files)
    return [
        (
            one.done.title,
            one.done.day,
            one.before and one.before.value,
            one.after and one.after.value,
            one.change and f"{one.mark and one.mark.word} {one.change}",
        )
        for one in row.moved
    ]


def test_each_milestone_stands_with_the_kpi_before_and_after_it() -> None:
    milestones = (
        "id: a, title: Build, milestones: [{title: Late, done: 2026-11-12}, "
        "{title: Early, done: 2026-10-10}, {title: First, done: 2026-09-01}, {title: Open}, "
        "{title: Ahead, done: 2026-12-01}]"
    )
    assert words_of(files(milestones)) == [
        ("First", date(2026, 9, 1), None, 74, None),
        ("Early", date(2026, 10, 10), 72, 74, "Better +2 points"),
        ("Late", date(2026, 11, 12), 74, None, None),
    ]


def test_a_single_milestone_is_done_as_a_whole() -> None:
    [one] = words_of(files("id: a, title: Move in, done: 2026-10-31", "keep: {max: 90}"))
    assert one == ("Move in", date(2026, 10, 31), 75, 74, "Better −1 point")


def test_a_number_is_done_on_the_day_it_reached_its_target() -> None:
    written = files("id: a, title: Reach, from: 0, to: 10")
    values = "check_ins: [{date: 2026-10-12, values: {a: 4}}, {date: 2026-10-26, values: {a: 10}}]"
    grow = str(written["okrs/grow.md"]).replace("key_results:", f"{values}\nkey_results:")
    assert words_of({**written, "okrs/grow.md": grow}) == [
        ("Reach", date(2026, 10, 26), 72, 74, "Better +2 points")
    ]


def test_nothing_is_done_that_is_kept_or_does_not_count() -> None:
    done = "id: a, title: Move in, done: 2026-10-31"
    for result, fields in (
        ("id: a, title: Stay, keep: {min: 1}, current: 5", {}),
        (done, {"status": "draft"}),
        (f"{done}, status: cancelled", {}),
        ("id: a, title: Reach, from: 0, to: 10, current: 5", {}),
    ):
        [row] = rows_of(files(result, **fields))
        assert row.moved == ()


def test_nobody_knows_which_way_is_better_without_a_range_or_a_target() -> None:
    [row] = rows_of(files("id: a, title: Move in, done: 2026-10-10", "keep: {min: 1, max: 99}"))
    assert [(one.change, one.mark) for one in row.moved] == [("+2 points", None)]


def test_before_counts_the_day_itself() -> None:
    site = site_of(files("id: a, title: Move in"))
    readings = site.scorecard.kpis["kpis/it"].readings
    before, after = before_and_after(readings, date(2026, 10, 31))
    assert (before and before.value, after and after.value) == (75, 74)
    assert before_and_after(readings, date(2026, 1, 1))[0] is None
    assert before_and_after((), date(2026, 1, 1)) == (None, None)


def test_both_pages_name_the_other() -> None:
    site = site_of(files("id: a, title: Move in, done: 2026-10-10"))
    html = html_of("kpi", kpi_view(site, "kpis/it/", Markup(), "kpis/it"))
    part = html[html.index('id="okr-moves"') :].partition("</section>")[0]
    for text in ("Move in", "done on 10 Oct 2026", "72%", "74%"):
        assert text in part
    page = html_of("objective", objective_view(site, "okrs/grow/", Markup(), None, "okrs/grow"))
    assert '<dt>Meant to move<dd><a href="../../kpis/it/">It</a></div>' in page
