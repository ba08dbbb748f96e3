"""Two cycles of an owner side by side."""

from datetime import date

from markupsafe import Markup

from okrsite.pages.all import site_pages
from okrsite.pages.comparison import ComparisonView, comparison_uri, comparison_view, cycle_pairs
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
    return comparison_view(site_of(files, AS_OF), f"compare/{owner}/", Markup(), owner)


def test_each_cycle_stands_beside_the_one_before_of_its_length() -> None:
    pairs = cycle_pairs(site_of(FILES, AS_OF), "teams/sales")
    assert [(before.id, after.id) for before, after in pairs] == [
        ("2026-q4", "2027-q1"), ("2026-q3", "2026-q4"), ("2026-q2", "2026-q3"),
    ]  # fmt: skip


def test_the_newest_that_has_begun_is_open_and_the_others_are_folded() -> None:
    assert [(str(pair.title), pair.folded) for pair in compared().pairs] == [
        ("2027 Q1 beside 2026 Q4", True), ("2026 Q4 beside 2026 Q3", False),
        ("2026 Q3 beside 2026 Q2", True),
    ]  # fmt: skip


def test_what_goes_on_stands_in_one_row() -> None:
    pair = compared().pairs[1]
    row = pair.carried[0]
    assert row.earlier is not None
    assert row.later is not None
    assert (row.earlier.link.text, row.later.link.text, row.change) == ("One", "One more", "−0.30")
    assert (row.earlier.score, row.later.score) == ("0.60", "0.30")
    assert pair.said == "2 of 3 carried on, 2 of 3 new"


def test_what_goes_on_elsewhere_is_carried_on_and_says_where() -> None:
    pair = compared().pairs[1]
    assert [str(row.earlier.link.text) for row in pair.left if row.earlier] == ["Stop"]
    elsewhere = pair.carried[1]
    assert elsewhere.later is None
    assert elsewhere.earlier is not None
    assert elsewhere.earlier.elsewhere is not None
    assert (str(elsewhere.earlier.link.text), elsewhere.earlier.note) == (
        "Two", "goes on with Web in 2026 Q4:",
    )  # fmt: skip
    assert elsewhere.earlier.elsewhere.text == "Taken over"
    new = [row.later for row in pair.new if row.later]
    assert [(str(o.link.text), o.note, o.elsewhere and o.elsewhere.text) for o in new] == [
        ("Again", "goes on from 2026 Q2:", "Early"), ("Fresh", None, None),
    ]  # fmt: skip
    assert new[1].commitment == "Committed"


def test_the_page_of_the_cycle_counts_the_same() -> None:
    site = site_of(FILES, AS_OF)
    cycle = site.project.cycles["2026-q3"]
    assert ">2 of 3 carried on" in html_of(
        "cycle", cycle_view(site, "cycles/2026-q3/", Markup(), cycle)
    )
    assert compared().pairs[1].said.startswith("2 of 3 carried on")


def test_what_has_the_same_title_stands_in_one_row_and_is_not_called_carried_on() -> None:
    files = {
        "okrs/2026-q3/a.md": scored(6, title="Go *on*", cycle="2026-q3"),
        "okrs/2026-q4/a.md": scored(3, title="Go on"),
    }
    [pair] = compared("company", files).pairs
    [row] = pair.again
    assert row.earlier is not None
    assert row.later is not None
    assert (row.earlier.score, row.later.score, row.change) == ("0.60", "0.30", "−0.30")
    assert (pair.carried, pair.left, pair.new) == ((), (), ())
    assert pair.said == "0 of 1 carried on, 0 of 1 new"


def test_the_owners_scores_stand_beside_each_other() -> None:
    pair = compared().pairs[1]
    assert (pair.earlier.score, pair.later.score, pair.change) == ("0.73", "0.20", "−0.53")
    assert pair.so_far == "so far"
    plan = compared().pairs[0]
    assert (plan.later.score, plan.change, plan.so_far) == ("–", None, None)
    assert plan.carried[0].change is None


def test_an_owner_with_one_cycle_of_a_length_has_no_such_page() -> None:
    site = site_of(FILES, AS_OF)
    assert comparison_uri(site, "teams/web") is None
    uris = {page.uri for page in site_pages(site)}
    assert "compare/teams/sales.md" in uris
    assert "compare/teams/web.md" not in uris


def test_the_page_has_as_many_rows_as_objectives() -> None:
    html = html_of("comparison", compared())
    assert "Sales <em>and</em> more: cycles compared" in html
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
