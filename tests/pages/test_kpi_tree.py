"""What drives what, over all levels and circles, and leading KPIs over what they drive."""

from datetime import date

from markupsafe import Markup

from okrsite.pages.kpi import kpi_view
from okrsite.pages.kpi_tree import kpi_tree
from okrsite.pages.kpis import kpis_view
from okrsite.pages.parts import PageContext
from tests.pages.test_insights import html_of, site_of
from tests.samples import Files, document


def kpi(title: str, *lines: str) -> str:
    return document("kpi", f"title: {title}", "owner: company", *lines)


def series(*values: float) -> str:
    months = (f"{{date: 2026-{month:02}-15, value: {v}}}" for month, v in enumerate(values, 1))
    return f"readings: [{', '.join(months)}]"


CHAIN: Files = {
    "kpis/calls.md": kpi(
        "Calls", "drives: [{kpi: happy, lag: 1 month}, money]", series(*range(1, 11))
    ),
    "kpis/happy.md": kpi("Happy", "drives: [{kpi: money, lag: 1 quarter}]", series(*range(1, 12))),
    "kpis/money.md": kpi("Money", series(*range(1, 12))),
    "kpis/alone.md": kpi("Alone"),
}


def rows_of(files: Files) -> list[tuple[str, int, str | None, bool]]:
    tree = kpi_tree(PageContext(site_of(files), "kpis/"))
    rows = tree.rows if tree else ()
    return [(row.card.kpi.page.title, row.depth, row.lag, row.again) for row in rows]


def test_what_drives_a_kpi_stands_below_it_with_its_lag() -> None:
    assert rows_of(CHAIN) == [
        ("Money", 0, None, False),
        ("Calls", 1, None, False),
        ("Happy", 1, "1 quarter", False),
        ("Calls", 2, "1 month", False),
    ]


def test_the_page_of_a_kpi_says_the_lag_of_what_drives_it_and_of_what_it_drives() -> None:
    view = kpi_view(site_of(CHAIN), "kpis/happy/", Markup(), "kpis/happy")
    assert view.driven_by == (("kpis/calls", "1 month"),)
    assert view.drives == (("kpis/money", "1 quarter"),)
    html = html_of("kpi", view)
    part = html[html.index('id="okr-driven-by"') :].partition("</section>")[0]
    assert 'Calls</a> <span class="okr-soft">after 1 month</span>' in part
    part = html[html.index('id="okr-drives"') :].partition("</section>")[0]
    assert 'Money</a> <span class="okr-soft">after 1 quarter</span>' in part


def test_links_in_a_circle_are_none() -> None:
    files = {
        "kpis/a.md": kpi("A", "drives: [b]"),
        "kpis/b.md": kpi("B", "drives: [a]"),
    }
    assert rows_of(files) == []


def test_what_drives_several_has_its_own_drivers_listed_once() -> None:
    files = {
        "kpis/a.md": kpi("A", "drives: [b]"),
        "kpis/b.md": kpi("B", "drives: [c, d]"),
        "kpis/c.md": kpi("C"),
        "kpis/d.md": kpi("D"),
    }
    assert rows_of(files) == [
        ("C", 0, None, False),
        ("B", 1, None, False),
        ("A", 2, None, False),
        ("D", 0, None, False),
        ("B", 1, None, True),
    ]


def test_a_long_chain_is_no_trouble_and_no_long_page() -> None:
    files = {f"kpis/k{n}.md": kpi(f"K{n}", f"drives: [k{n + 1}]") for n in range(400)}
    tree = kpi_tree(PageContext(site_of({**files, "kpis/k400.md": kpi("K400")}), "kpis/"))
    assert tree is not None
    assert (len(tree.rows), tree.more, tree.rows[150].depth) == (200, 201, 150)


def test_the_page_of_all_kpis_shows_the_tree() -> None:
    html = html_of("kpis", kpis_view(site_of(CHAIN), "kpis/", Markup()))
    part = html[html.index('id="okr-tree"') :].partition("</section>")[0]
    assert "after 1 quarter" in part
    assert "Alone" not in part
    alone = html_of("kpis", kpis_view(site_of({"kpis/a.md": kpi("A")}), "kpis/", Markup()))
    assert "okr-tree" not in alone


def test_a_leading_kpi_is_laid_over_what_it_drives_moved_by_its_lag() -> None:
    view = kpi_view(site_of(CHAIN), "kpis/happy/", Markup(), "kpis/happy")
    [one] = view.overlays
    assert (one.lag, one.flipped) == ("1 month", False)
    assert (one.first, one.last) == (date(2026, 1, 15), date(2026, 11, 15))
    # It begins a month later than the line under it, 31 of 304 days into the box.
    assert one.driven.startswith("M8 112 ")
    assert one.leading.startswith("M67.6 112 ")
    assert one.agreement is not None
    assert (one.agreement.periods, one.agreement.agreeing) == (9, 9)
    html = html_of("kpi", view)
    assert "In 9 of 9 periods (100%), both improved or both got worse." in html
    assert "shifted later by 1 month" in html


def test_with_few_readings_nothing_is_said() -> None:
    files = {
        "kpis/a.md": kpi("A", "drives: [b]", "keep: {max: 3}", series(3, 2, 1)),
        "kpis/b.md": kpi("B", "keep: {min: 1}", series(1, 2, 3)),
        "kpis/c.md": kpi("C", "drives: [b]", series(1)),
    }
    view = kpi_view(site_of(files), "kpis/b/", Markup(), "kpis/b")
    [one] = view.overlays
    assert (one.agreement, one.flipped, one.driven == one.leading) == (None, True, True)
    assert "periods" not in html_of("kpi", view)
