"""Owners by cycles, and how scores are distributed."""

import re
from datetime import date

import pytest
from markupsafe import Markup

from okrsite.pages.all import site_pages
from okrsite.pages.matrix import (
    MatrixView,
    bins_of,
    cycles_with_scores,
    from_plan,
    matrix_parts,
    matrix_view,
)
from okrsite.pages.site import Site
from okrsite.scores import OwnerFigures
from okrsite.scores.status import Status
from tests.pages.test_cycles_pages import html_of
from tests.pages.test_record import site_of
from tests.samples import Files, document, objective

AS_OF = date(2026, 11, 15)


def scored(value: float, **fields: str) -> str:
    return objective(f"id: a, title: Reach, from: 0, to: 10, current: {value}", **fields)


FILES = {
    "teams/sales.md": document("team", "title: Sales"),
    "teams/web.md": document("team", "title: Web", "parent: sales"),
    "okrs/q4.md": scored(5, title="Q4", cycle="2026-q4", owner="sales"),
    "okrs/q3.md": scored(10, title="Q3", cycle="2026-q3", owner="sales"),
    "okrs/q3b.md": scored(10, title="Must", cycle="2026-q3", commitment="committed"),
    "okrs/q3c.md": scored(3, title="Low", cycle="2026-q3", owner="web"),
    "okrs/next.md": scored(0, title="Next", cycle="2027-q1", owner="sales"),
    "okrs/year.md": scored(2, title="Year", cycle="2026"),
}


def matrix(files: Files = FILES) -> MatrixView:
    site = site_of(files, AS_OF)
    return matrix_view(site, "compare/", Markup(), matrix_parts(site))


def test_the_cycles_that_have_begun_stand_by_kind_in_the_order_of_time() -> None:
    newest = matrix().newest
    assert newest is not None
    assert [(cycle.title, cycle.state(AS_OF) == "open") for cycle in newest.columns] == [
        ("2026", True), ("2026 Q3", False), ("2026 Q4", True),
    ]  # fmt: skip
    assert newest.firsts == (False, True, False)
    html = html_of("matrix", matrix())
    for text in ("2026 Q4</a><span {}>open", "2026 Q3</a><span {}>closed", "2026</a><span {}>open"):
        assert text.format('class="okr-soft"') in html


def test_every_score_leads_to_the_owner_on_the_page_of_the_cycle() -> None:
    newest = matrix().newest
    assert newest is not None
    rows = {row.owner: row for row in newest.rows}
    assert list(rows) == ["company", "teams/sales", "teams/web"]
    year, before, now = rows["teams/sales"].figures
    assert year is None
    assert now is not None
    assert before is not None
    assert (now.score, now.status, before.score) == (0.5, Status.ON_TRACK, 1.0)
    assert rows["teams/sales"].compare == "compare/teams/sales.md"
    assert rows["teams/web"].compare is None
    html = html_of("matrix", matrix())
    row = html[html.index(">Sales</a>") :].partition("</tr>")[0]
    assert 'href="teams/sales/"' in row
    year_cell, before_cell, now_cell = row.split("<td")[1:]
    assert now_cell.startswith(
        ' class="okr-plan okr-plan--3" data-cycle="2026 Q4">'
        '<a href="../cycles/2026-q4/#okr-teams-sales">0.50<span class="okr-plan__distance">+0.15'
    )
    assert "ahead of plan</span></a>" in now_cell
    assert before_cell.startswith(
        ' class="okr-plan okr-plan--4 okr-matrix__first" data-cycle="2026 Q3">'
        '<a href="../cycles/2026-q3/#okr-teams-sales">1.00<'
    )
    assert "far ahead of plan</span></a>" in before_cell
    assert year_cell == "></td>"


@pytest.mark.parametrize(
    ("score", "step"),
    [(0.0, -2), (0.0999, -2), (0.1, -1), (0.2499, -1), (0.25, 0), (0.4499, 0), (0.45, 1),
     (0.5999, 1), (0.6, 2)],
)  # fmt: skip
def test_a_score_is_shaded_by_its_distance_from_plan(score: float, step: int) -> None:
    plan = from_plan(OwnerFigures(score, 0.35, None, ()))
    assert plan is not None
    assert plan[0] == step


def test_the_shares_are_of_the_objectives_with_a_score() -> None:
    rows = {row.cycle.title: row for row in matrix().distribution}
    row = rows["2026 Q3"]
    # Three objectives: one too easy, one that was promised and kept, one missed.
    assert (row.scored, row.mean) == (3, pytest.approx(2.3 / 3))
    assert (row.easy, row.missed) == (1 / 3, 1 / 3)
    assert row.bins == [0, 0, 0, 1, 0, 0, 0, 0, 0, 2]
    html = html_of("matrix", matrix())
    shares = re.findall(r'<td data-label="[^"]*">([^<]*)</td>', html)
    assert shares[4:8] == ["3", "0.77", "33%", "33%"]
    # They are said of closed cycles alone.
    assert shares[:4] == ["1", "0.50", "", ""]


def test_a_score_on_the_edge_belongs_to_the_tenth_that_it_begins() -> None:
    assert bins_of([0.0, 0.1 + 0.2, 0.7, 0.999, 1.0]) == [1, 0, 0, 1, 0, 0, 0, 1, 0, 2]


def test_a_score_is_rounded_before_its_tenth_is_found() -> None:
    # Both are 0.3 and 0.7 as people reckon: binary fractions come out a little below.
    assert bins_of([0.7 - 0.4, 0.69999999]) == [0, 0, 0, 1, 0, 0, 0, 1, 0, 0]
    plan = from_plan(OwnerFigures(0.35 + 0.1 - 1e-9, 0.35, None, ()))
    assert plan == (1, 0.1)


def test_a_key_result_is_rounded_before_it_was_too_easy() -> None:
    easy = {
        value: matrix({"okrs/q3.md": scored(value, cycle="2026-q3")}).distribution[0].easy
        for value in (9.999999, 9.99999)
    }
    assert easy == {9.999999: 1.0, 9.99999: 0.0}


def test_the_last_tenth_is_named_by_both_its_ends() -> None:
    html = html_of("matrix", matrix())
    for name in ("0.0", "0.8"):
        assert f'<th scope="col">{name}<span class="okr-hidden"> +</span></th>' in html
    assert '<th scope="col">0.9–1</th>' in html


def test_older_cycles_are_one_fold_away() -> None:
    years = {
        f"okrs/{year}.md": scored(5, title=f"Y{year}", cycle=str(year))
        for year in range(2015, 2027)
    }  # fmt: skip
    view = matrix(years)
    assert view.newest is not None
    assert (len(view.newest.columns), [len(one.columns) for one in view.earlier]) == (8, [4])
    html = html_of("matrix", view)
    assert "<summary>4 earlier cycles</summary>" in html
    assert html.count('href="../cycles/2015/#okr-company"') == 1


def uris(site: Site) -> set[str]:
    return {page.uri for page in site_pages(site)}


def test_one_cycle_is_not_compared_with_anything() -> None:
    one = {"okrs/a.md": scored(5)}
    assert len(cycles_with_scores(site_of(one, AS_OF))) == 1
    assert "compare/index.md" not in uris(site_of(one, AS_OF))
    assert "compare/index.md" in uris(site_of(FILES, AS_OF))
