"""Filters over lists and what search results say, as a reader uses them."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import Seen
from tests.browser.waiting import type_and_find
from tests.sites import demo_site, served

CYCLE = "cycles/2026-q4/"
ROWS = "[data-okr-status]"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page, seen = browser.new_page(viewport={"width": 1280, "height": 900}), Seen()
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    yield page
    page.close()
    assert seen.errors == []


def open_list(page: Page, address: str = CYCLE) -> None:
    page.goto(f"{served(demo_site())}/{address}")
    expect(page.locator("form.okr-filters")).to_be_visible()


def statuses(page: Page) -> list[str]:
    return page.eval_on_selector_all(
        f"{ROWS}:not([hidden])", "rows => rows.map(row => row.dataset.okrStatus)"
    )


def found(page: Page) -> tuple[int, int]:
    numbers = re.findall(r"\d+", page.locator(".okr-filters__found").inner_text())
    return int(numbers[0]), int(numbers[1])


def test_the_whole_list_stands_there_and_is_counted(page: Page) -> None:
    open_list(page)
    shown, of = found(page)
    assert shown == of == len(set(links(page)))
    expect(page.locator(".okr-filters__clear")).to_be_hidden()


def links(page: Page) -> list[str]:
    script = "rows => rows.map(row => row.querySelector('a').href)"
    return list(page.eval_on_selector_all(f"{ROWS}:not([hidden])", script))


def test_an_address_opens_what_it_asks_for_and_typing_keeps_it(page: Page) -> None:
    open_list(page, f"{CYCLE}?status=at_risk&owner=support")
    assert set(statuses(page)) == {"at_risk"}
    assert page.locator(".okr-group:not([hidden])").count() == 1
    page.locator("input[name=text]").fill("hotels")
    page.wait_for_url("**/?*text=hotels*")
    assert "status=at_risk" in page.url
    assert "owner=support" in page.url
    assert found(page)[0] == len(links(page)) == 1
    page.reload()
    expect(page.locator("input[name=text]")).to_have_value("hotels")
    assert found(page)[0] == 1


@pytest.mark.parametrize(
    "query",
    [
        "status=paused",
        "owner=nobody",
        "commitment=sworn",
        "stale=ancient",
        "tag=none/such",
        "pillar=doric",
    ],
)
def test_what_an_address_asks_for_and_nobody_has_finds_nothing_and_stays(
    page: Page, query: str
) -> None:
    open_list(page, f"people/?{query}")
    assert found(page)[0] == 0
    expect(page.locator(".okr-filters__empty")).to_be_visible()
    value = query.partition("=")[2]
    chosen = page.locator("option[data-okr-asked]:checked, [data-okr-asked] > :checked")
    assert chosen.evaluate_all("chosen => chosen.map(option => option.value)") == [value]
    # The address is written a moment later, together with what is said aloud.
    heard = page.locator(".okr-filters [role=status]")
    expect(heard).to_have_text(page.locator(".okr-filters__found").inner_text())
    assert page.evaluate("location.href").endswith(f"/people/?{query}")
    page.locator(".okr-filters__clear").click()
    assert found(page)[0] == found(page)[1] > 0
    assert page.locator("[data-okr-asked]").count() == 0
    page.wait_for_function("!location.search")


def test_a_status_nobody_has_stays_beside_one_that_somebody_has(page: Page) -> None:
    open_list(page, f"{CYCLE}?status=paused,at_risk")
    assert set(statuses(page)) == {"at_risk"}
    mark = page.locator(".okr-filters__mark[data-okr-asked]")
    expect(mark).to_contain_text("paused")
    page.locator("input[name=text]").fill("hotels")
    page.wait_for_url("**/?*text=hotels*")
    assert "status=paused" in page.url
    assert "status=at_risk" in page.url
    page.evaluate(
        "history.pushState({}, '', '?level=planet'), dispatchEvent(new Event('popstate'))"
    )
    assert found(page)[0] == 0
    expect(page.locator("select[name=level]")).to_have_value("planet")


def test_several_statuses_add_up_to_what_stands_beside_them(page: Page) -> None:
    open_list(page)
    boxes = page.locator("label:has(input[name=status])")
    numbers = {
        box.locator("input").get_attribute("value"): int(box.locator("b").inner_text())
        for box in boxes.all()
    }
    assert sum(numbers.values()) == found(page)[1]
    page.get_by_role("checkbox", name="At risk").check()
    page.get_by_role("checkbox", name="Off track").check()
    assert found(page)[0] == numbers["at_risk"] + numbers["off_track"]
    page.wait_for_url("**/?status=at_risk&status=off_track*")
    assert set(statuses(page)) == {"at_risk", "off_track"}


def test_options_say_how_many_there_are_with_all_that_is_chosen(page: Page) -> None:
    open_list(page, f"{CYCLE}?level=team")
    option = page.locator("select[name=owner] option[value=sales]").inner_text()
    page.locator("select[name=owner]").select_option("sales")
    assert option == f"Sales ({found(page)[0]})"
    assert page.locator("select[name=owner] option[value=company]").is_disabled()


def test_words_are_found_without_their_accents_and_by_owner(page: Page) -> None:
    open_list(page)
    page.locator("input[name=text]").fill("TOMAS")
    shown = [row.inner_text() for row in page.locator(".okr-group:not([hidden]) h3").all()]
    assert shown == ["Tomáš Veselý"]


def test_escape_clears_and_leaves_the_cursor_where_it_was(page: Page) -> None:
    open_list(page, f"{CYCLE}?status=off_track")
    field = page.locator("input[name=text]")
    field.fill("nothing at all like this")
    expect(page.locator(".okr-filters__empty")).to_be_visible()
    field.press("Escape")
    assert found(page)[0] == found(page)[1]
    expect(field).to_be_focused()
    page.wait_for_function("!location.search")
    page.get_by_role("checkbox", name="At risk").check()
    page.locator(".okr-filters__clear").click()
    expect(field).to_be_focused()


def test_what_is_found_is_said_aloud(page: Page) -> None:
    open_list(page)
    page.get_by_role("checkbox", name="At risk").check()
    heard = page.locator(".okr-filters [role=status]")
    expect(heard).to_have_text(page.locator(".okr-filters__found").inner_text())


def test_a_tree_keeps_the_parents_of_what_it_finds(page: Page) -> None:
    open_list(page, "alignment/2026-q4/?level=individual&status=at_risk")
    rows = page.locator(f"{ROWS}:not([hidden])")
    found_rows = page.locator(f"{ROWS}:not([hidden]):not(.okr-dimmed)")
    dimmed = page.locator(f"{ROWS}.okr-dimmed:not([hidden])")
    assert dimmed.count() > 0
    assert found_rows.count() + dimmed.count() == rows.count()
    for row in found_rows.all():
        assert row.is_visible()
        assert row.get_attribute("data-okr-level") == "individual"
    inside = dimmed.evaluate_all(
        "rows => rows.every(row => row.querySelector('[data-okr-status]:not([hidden])'))"
    )
    assert inside
    opened = page.locator("details.okr-tree__below[open]").count()
    page.locator("input[name=text]").press("Escape")
    assert page.locator("details.okr-tree__below[open]").count() <= opened
    assert dimmed.count() == 0


def test_teams_keep_the_teams_above_what_they_find(page: Page) -> None:
    open_list(page, "teams/")
    page.locator("input[name=text]").fill("field sales")
    shown = page.locator("tr[data-okr-status]:not([hidden]) th a").all_inner_texts()
    assert shown[-1] == "Field sales"
    assert "Sales" in shown[:-1]


@pytest.mark.parametrize(
    ("address", "query", "status"),
    [
        ("kpis/", "status=warning", "warning"),
        ("people/", "owner=sales", None),
        ("company/", "status=at_risk", "at_risk"),
    ],
)
def test_every_list_has_its_filters(
    page: Page, address: str, query: str, status: str | None
) -> None:
    open_list(page, f"{address}?{query}")
    shown, of = found(page)
    assert 0 < shown < of
    assert shown == len(set(links(page)))
    assert status is None or set(statuses(page)) == {status}
    assert page.locator(f"{ROWS}:not([hidden])").first.is_visible()


def test_a_count_on_the_strategy_opens_the_list_that_it_counts(page: Page) -> None:
    page.goto(f"{served(demo_site())}/strategy/")
    count = page.locator(".okr-lane .okr-counts a").first
    number = int(count.inner_text().split()[0])
    count.click()
    expect(page.locator("form.okr-filters")).to_be_visible()
    assert "pillar=guests-for-life" in page.url
    assert "#okr-objectives" in page.url
    assert found(page)[0] == number == len(set(links(page)))
    expect(page.locator("select[name=pillar]")).to_have_value("guests-for-life")
    # An address may name a pillar by the whole of its id, too.
    open_list(page, f"{CYCLE}?pillar=strategy/guests-for-life")
    expect(page.locator("select[name=pillar]")).to_have_value("guests-for-life")
    assert 0 < found(page)[0] < found(page)[1]


def test_the_filters_keep_away_from_the_list_above_them(page: Page) -> None:
    open_list(page, "kpis/")
    above = page.locator("section:has(#okr-unattended)").bounding_box()
    form = page.locator("form.okr-filters").bounding_box()
    assert above is not None
    assert form is not None
    assert form["y"] - above["y"] - above["height"] >= 16


def test_without_javascript_and_on_paper_the_whole_list_stands_alone(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served(demo_site())}/{CYCLE}?status=at_risk")
    assert page.locator("form.okr-filters").is_hidden()
    assert page.locator("[hidden][data-okr-status]").count() == 0
    context.close()
    page = browser.new_page()
    open_list(page)
    page.emulate_media(media="print")
    assert page.locator("form.okr-filters").is_hidden()
    page.close()


def test_search_results_say_owner_cycle_and_status(page: Page) -> None:
    page.goto(f"{served(demo_site())}/")
    page.locator("input.md-search__input").click()
    type_and_find(page, "gross margin")
    title = page.get_by_role("heading", name="Achieve financial targets", exact=True)  # of its own
    line = page.locator(".md-search-result__item", has=title)
    expect(line.locator(".okr-found")).to_have_text("On trackObjective · Dolomite Rides · 2026 Q4")
    kpi = page.locator(".md-search-result__item", has_text="Gross profit margin").first
    expect(kpi.locator(".okr-found")).to_have_text("HealthyKPI · Finance")
    assert not page.locator("article.md-content__inner nav.md-tags").count()
