"""Rows of objectives in lists: why each has its status, and the key results that unfold below."""

import re
from datetime import timedelta

import pytest
from lxml import html
from markupsafe import Markup

from okrsite.pages.cycle import cycle_view
from okrsite.pages.home import home_view
from okrsite.pages.owner import owner_view
from tests.pages.test_headline import FILES, worth
from tests.pages.test_insights import html_of, site_of
from tests.samples import AS_OF, Files, document, objective

LAST_CYCLE = {
    "old.md": objective(
        "title: Reach it, from: 0, to: 10, current: 8", title="Over", owner="sales", cycle="2026-q3"
    )
}


def rows_of(page: str) -> dict[str, html.HtmlElement]:
    """Return the rows of objectives by their titles."""
    rows = html.fromstring(page).find_class("okr-objective-row")
    return {row.xpath("string(.//a)"): row for row in rows}


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def meta(row: html.HtmlElement) -> str:
    """Return what is said below the title of a row."""
    return " ".join(map(words, row.xpath(".//*[@class='okr-meta']")))


def cycle_page(files: Files) -> str:
    site = site_of(files)
    cycle = site.project.cycles["2026-q4"]
    return html_of("cycle", cycle_view(site, "cycles/2026-q4/", Markup(), cycle))


def owner_page(files: Files, id: str) -> str:
    return html_of("owner", owner_view(site_of(files), f"{id}/", Markup(), id))


def test_a_row_says_why_it_is_at_risk_or_off_track_and_nothing_of_others() -> None:
    rows = rows_of(cycle_page({**FILES, "sure.md": worth(60, "Sure", 0.9)}))
    assert {title: meta(row) for title, row in rows.items()} == {
        "Ahead": "",
        "In doubt": "confidence 0.5",
        "Sure": "",
        "Behind": "0.15 behind plan",
        "Far behind": "0.30 behind plan",
        "Done": "",
        "Later": "",
        "Dropped": "",
    }


def test_pace_is_the_reason_where_confidence_says_the_same() -> None:
    rows = rows_of(cycle_page({"one.md": worth(20, "Both", 0.6), "two.md": worth(20, "Bad", 0.2)}))
    assert meta(rows["Both"]) == "0.15 behind plan"
    assert meta(rows["Bad"]) == "confidence 0.2"


def test_the_reason_stands_beside_what_else_is_worth_knowing() -> None:
    old = (AS_OF - timedelta(days=40)).isoformat()
    stated = f"[{{date: {old}, values: {{kr1: 20}}}}]"
    files = {
        "one.md": objective(
            "title: Reach it, from: 0, to: 100",
            title="One",
            commitment="committed",
            check_ins=stated,
        )
    }
    row = rows_of(cycle_page(files))["One"]
    said = [words(span) for span in row.xpath(".//*[@class='okr-meta']/span")]
    assert said[0] == "Committed"
    assert re.fullmatch(r"0\.\d\d behind plan", said[1])
    assert said[2] == "no check-in for 40 days"


def test_a_row_on_the_home_page_says_the_reason_in_place_of_the_confidence() -> None:
    files = {"a.md": worth(20, "Behind", 0.9), "b.md": worth(50, "Fine", 0.8)}
    rows = rows_of(html_of("home", home_view(site_of(files), "./", Markup())))
    said = {title: meta(row) for title, row in rows.items()}
    assert "0.15 behind plan" in said["Behind"]
    assert "confidence" not in said["Behind"]
    assert "confidence 0.8" in said["Fine"]


def test_key_results_unfold_below_their_objective() -> None:
    files = {
        "one.md": objective(
            "id: speed, title: Answer *faster*, from: 40, to: 10, current: 31, unit: min",
            "id: plan, title: Write it, milestones: [{title: A, done: 2026-10-05}, {title: Z}]",
            title="One",
        ),
        "none.md": document("objective", "title: Empty", "cycle: 2026-q4"),
    }
    row = rows_of(cycle_page(files))["One"]
    [fold] = row.find_class("okr-unfold")
    assert fold.get("open") is None
    assert words(fold.find("summary")) == "2 key results"
    faster, written = fold.findall("ul/li")
    assert faster.find("a").get("href") == "../../one/#speed"
    assert re.fullmatch(
        r"Answer faster\s?40 to 31 min of 10\s?0\.30\s?(On track|At risk)", words(faster)
    )
    assert words(written).startswith("Write it 1 of 2 milestones")


def test_on_a_long_page_nothing_unfolds(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"{name}.md": objective("title: A, to: 1", title=name) for name in ("One", "Two")}
    assert "okr-unfold" in cycle_page(files)
    monkeypatch.setattr("okrsite.pages.cycle.MOST_UNFOLDED", 1)
    assert "okr-unfold" not in cycle_page(files)


def test_a_key_result_on_a_private_kpi_keeps_its_values_to_itself() -> None:
    files = {
        "churn.md": document(
            "kpi",
            "title: Hidden churn",
            "visibility: private",
            "unit: '%'",
            "readings: [{date: 2026-10-01, value: 41.5}, {date: 2026-11-01, value: 39.25}]",
        ),
        "one.md": objective(
            "id: a, title: Lose fewer, kpi: churn, from: 41.5, to: 30",
            title="One",
        ),
    }
    page = cycle_page(files)
    assert "measured by a private KPI" in words(rows_of(page)["One"].find_class("okr-unfold")[0])
    assert "41.5" not in page
    assert "39.25" not in page


def test_on_the_page_of_an_owner_they_unfold_in_cycles_that_are_not_over() -> None:
    rows = rows_of(owner_page({**FILES, **LAST_CYCLE}, "teams/sales"))
    assert rows["Behind"].find_class("okr-unfold")
    assert not rows["Over"].find_class("okr-unfold")


def test_on_the_home_page_the_worst_comes_first_and_stands_open() -> None:
    files = {
        "a.md": worth(60, "Sure", 0.9),
        "b.md": worth(20, "Behind", 0.9),
        "c.md": worth(60, "In doubt", 0.5),
        "d.md": worth(5, "Far behind", 0.9),
    }
    rows = rows_of(html_of("home", home_view(site_of(files), "./", Markup())))
    assert [*rows] == ["Far behind", "Behind", "In doubt", "Sure"]
    folds = [row.find_class("okr-unfold") for row in rows.values()]
    assert [fold.get("open") is not None for [fold] in folds] == [True, False, False, False]
    [result] = rows["Far behind"].find_class("okr-unfold")[0].findall("ul/li")
    assert result.find_class("okr-bar")


def test_on_the_home_page_many_objectives_do_not_unfold() -> None:
    files = {f"{number}.md": worth(number, f"Goal {number}", 0.9) for number in range(9)}
    assert "okr-unfold" not in html_of("home", home_view(site_of(files), "./", Markup()))
