"""Two cycles of an owner side by side."""

import re
from datetime import date

from markupsafe import Markup

from okrsite.pages.all import site_pages
from okrsite.pages.comparison import (
    ComparedRow,
    ComparisonView,
    comparison_parts,
    comparison_uri,
    comparison_view,
    cycle_pairs,
)
from okrsite.pages.cycle import cycle_view
from tests.pages.test_cycles_pages import html_of
from tests.pages.test_matrix import scored
from tests.pages.test_record import site_of
from tests.samples import Files, document

AS_OF = date(2026, 11, 15)
FILES = {
    "teams/sales.md": document("team", "title: Sales *and* more"),
    "teams/web.md": document("team", "title: Web"),
    "okrs/2026-q2/sales/early.md": scored(4, title="Early"),
    "okrs/2026-q3/sales/one.md": scored(6, title="One"),
    "okrs/2026-q3/sales/two.md": scored(8, title="Two"),
    "okrs/2026-q3/sales/stop.md": scored(8, title="Stop"),
    "okrs/2026-q4/sales/one-more.md": scored(3, title="One more", continues="one"),
    "okrs/2026-q4/sales/again.md": scored(1, title="Again", continues="early"),
    "okrs/2026-q4/sales/fresh.md": scored(2, title="Fresh", commitment="committed"),
    "okrs/2026-q4/web/from-sales.md": scored(5, title="Taken over", continues="two"),
    "okrs/2027-q1/sales/plan.md": scored(0, title="Plan", continues="one-more"),
    "okrs/2026/sales/year.md": scored(5, title="Year"),
}
FILES = {
    path: text.replace("cycle: 2026-q4\n", "").replace("owner: company\n", "")
    for path, text in FILES.items()
}


def compared(owner: str = "teams/sales", files: Files = FILES) -> ComparisonView:
    site = site_of(files, AS_OF)
    parts = comparison_parts(site, owner)
    return comparison_view(site, f"compare/{owner}/", Markup(), owner, parts)


def titles(row: ComparedRow) -> tuple[str | None, ...]:
    return tuple(o and o.page.title for o in (row.earlier, row.later, row.elsewhere))


def page(pair: int | None = None) -> str:
    """Return the HTML of the page, or of one pair of cycles."""
    html = html_of("comparison", compared())
    return html if pair is None else html.split('id="okr-20')[pair + 1]


def words(html: str) -> list[str]:
    """Return what stands in each row of a table."""
    rows = re.findall("<tr><td.*?</tr>", html, re.DOTALL)
    return [" ".join(re.sub("<.*?>", " ", row).split()) for row in rows]


def test_each_cycle_stands_beside_the_one_before_of_its_length() -> None:
    pairs = cycle_pairs(site_of(FILES, AS_OF), "teams/sales")
    assert [(before.id, after.id) for before, after in pairs] == [
        ("2026-q4", "2027-q1"), ("2026-q3", "2026-q4"), ("2026-q2", "2026-q3"),
    ]  # fmt: skip


def test_the_newest_that_has_begun_is_open_and_the_others_are_folded() -> None:
    assert [pair.folded for pair in compared().pairs] == [True, False, True]
    assert re.findall("<(summary|section).*?<h2>(.*?)</h2>", page(), re.DOTALL) == [
        ("summary", "2027 Q1 vs 2026 Q4"), ("section", "2026 Q4 vs 2026 Q3"),
        ("summary", "2026 Q3 vs 2026 Q2"),
    ]  # fmt: skip


def test_what_goes_on_stands_in_one_row() -> None:
    pair = compared().pairs[1]
    assert titles(pair.continued[0]) == ("One", "One more", None)
    assert words(page(1))[0] == "One 0.60 Progressed → −0.30 One more 0.30 On track"
    assert "2 of 3 carried over, 2 of 3 new" in page(1)


def test_what_goes_on_elsewhere_is_carried_on_and_says_where() -> None:
    pair = compared().pairs[1]
    assert [titles(row) for row in (*pair.left, pair.continued[1], *pair.new)] == [
        ("Stop", None, None), ("Two", None, "Taken over"),
        (None, "Again", "Early"), (None, "Fresh", None),
    ]  # fmt: skip
    assert words(page(1))[1:] == [
        "Two continued by Web in 2026 Q4: Taken over 0.80 Achieved",
        "Stop 0.80 Achieved",
        "Again continues from 2026 Q2: Early 0.10 At risk",
        "Fresh Committed 0.20 Off track",
    ]


def test_the_page_of_the_cycle_counts_the_same() -> None:
    site = site_of(FILES, AS_OF)
    cycle = site.project.cycles["2026-q3"]
    assert ">2 of 3 carried over" in html_of(
        "cycle", cycle_view(site, "cycles/2026-q3/", Markup(), cycle)
    )
    assert ">2 of 3 carried over" in page(1)


def test_what_has_the_same_title_stands_in_one_row_and_is_not_called_carried_on() -> None:
    files = {
        "okrs/2026-q3/a.md": scored(6, title="Go *on*", cycle="2026-q3"),
        "okrs/2026-q4/a.md": scored(3, title="Go on"),
    }
    [pair] = compared("company", files).pairs
    assert [titles(row) for row in pair.again] == [("Go *on*", "Go on", None)]
    assert (pair.continued, pair.left, pair.new) == ((), (), ())
    html = html_of("comparison", compared("company", files))
    assert words(html) == ["Go on 0.60 Progressed → −0.30 Go on 0.30 On track"]
    assert "0 of 1 carried over, 0 of 1 new" in html


def test_the_owners_scores_stand_beside_each_other() -> None:
    pair = compared().pairs[1]
    assert pair.earlier.figures is not None
    assert pair.later.figures is not None
    sides = page(1).partition("<table")[0]
    assert re.findall(">([−–0-9.]+)<", sides) == ["0.73", "−0.53", "0.20"]
    assert "so far" in sides
    plan = compared().pairs[0]
    assert (plan.earlier.figures, plan.later.figures) == (pair.later.figures, None)
    sides = page(0).partition("<table")[0]
    assert re.findall(">([−–0-9.]+)<", sides) == ["0.20"]
    assert "so far" not in sides
    assert words(page(0))[0] == "One more 0.30 On track → Plan Not started"


def test_an_owner_with_one_cycle_of_a_length_has_no_such_page() -> None:
    site = site_of(FILES, AS_OF)
    assert comparison_uri(site, "teams/web") is None
    uris = {page.uri for page in site_pages(site)}
    assert "compare/teams/sales.md" in uris
    assert "compare/teams/web.md" not in uris


def test_the_page_has_as_many_rows_as_objectives() -> None:
    html = html_of("comparison", compared())
    assert "Sales <em>and</em> more: compare cycles" in html
    rows = html.count("<tr><td")
    assert rows == 3 + 5 + 4  # each cycle's objectives once a pair, what goes on in one row


def test_what_goes_on_from_something_private_does_not_tell() -> None:
    files = {
        **FILES,
        "okrs/2026-q3/sales/one.md": FILES["okrs/2026-q3/sales/one.md"].replace(
            "title: One", "title: Secret\nvisibility: private"
        ),
    }
    html = html_of("comparison", compared(files=files))
    assert "Secret" not in html
