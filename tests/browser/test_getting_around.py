"""Getting around in lists: rows that unfold, order, jumps, filters that fold; keys and marks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import Seen
from tests.sites import demo_site, served

CYCLE = "cycles/2026-q4/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page, seen = browser.new_page(viewport={"width": 1280, "height": 900}), Seen()
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    yield page
    page.close()
    assert seen.errors == []


def test_a_row_unfolds_its_key_results_by_key_and_without_javascript(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served(demo_site())}/{CYCLE}")
    row = page.locator(".okr-objective-row", has_text="Be known in new markets")
    result = row.get_by_role("link", name="Launch in three new countries")
    expect(result).to_be_hidden()
    row.get_by_role("link", name="Be known in new markets").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(result).to_be_visible()
    result.click()
    page.wait_for_url("**/okrs/2026-q4/company/new-markets/#*")
    context.close()


def test_unfolded_key_results_keep_the_columns_of_their_row(page: Page) -> None:
    page.goto(f"{served(demo_site())}/{CYCLE}")
    row = page.locator(".okr-objective-row", has_text="Be known in new markets")
    row.locator("summary").click()
    below = row.locator(".okr-unfold li").first

    def left(where: str) -> float:
        return round(page.locator(where).first.evaluate("e => e.getBoundingClientRect().left"))

    inside = ".okr-objective-row:has([open]) "
    assert below.is_visible()
    assert left(f"{inside}.okr-unfold li > a") == left(f"{inside}> span > a")
    status = "[class^=okr-tone]:not(svg)"
    assert left(f"{inside}.okr-unfold {status}") == left(f"{inside}> {status}")


def titles(page: Page, rows: str = ".okr-objective-row:not([hidden])") -> list[str]:
    return page.eval_on_selector_all(
        rows, "rows => rows.map(row => row.querySelector('a').textContent)"
    )


def values(page: Page, name: str) -> list[float]:
    """Return what the rows are sorted by, those without it as infinite."""
    return page.eval_on_selector_all(
        "[data-okr-status]", f"rows => rows.map(row => Number(row.dataset.{name} ?? 'Infinity'))"
    )


def test_a_long_list_is_sorted_and_the_address_keeps_the_order(page: Page) -> None:
    page.goto(f"{served(demo_site())}/{CYCLE}")
    unsorted, groups = titles(page), page.locator(".okr-group h3").all_text_contents()
    page.get_by_label("Sort by").select_option("distance")
    page.wait_for_url("**/?sort=distance*")
    worst = page.locator(".okr-objective-row").first
    expect(worst).to_contain_text("Have the right part on the shelf")
    firsts = page.eval_on_selector_all(
        ".okr-group", "all => all.map(one => Number(one.querySelector('li').dataset.okrPace))"
    )
    assert firsts == sorted(firsts)
    for group in page.locator(".okr-group").all():
        inside = group.locator("li[data-okr-status]").evaluate_all(
            "rows => rows.map(row => Number(row.dataset.okrPace ?? 'Infinity'))"
        )
        assert inside == sorted(inside)
    in_order = titles(page)
    assert sorted(in_order) == sorted(unsorted)
    assert in_order != unsorted
    page.reload()
    expect(page.get_by_label("Sort by")).to_have_value("distance")
    assert titles(page) == in_order
    page.get_by_label("Sort by").select_option("")
    page.wait_for_function("!location.search")
    assert titles(page) == unsorted
    assert page.locator(".okr-group h3").all_text_contents() == groups


def test_order_and_filters_go_together(page: Page) -> None:
    page.goto(f"{served(demo_site())}/{CYCLE}?sort=name&status=at_risk")
    owners = page.locator(".okr-group:not([hidden]) h3").all_text_contents()
    assert owners == sorted(owners, key=str.casefold)
    assert len(owners) > 3
    page.locator(".okr-filters__clear").click()
    page.wait_for_url("**/?sort=name")
    owners = page.locator(".okr-group h3").all_text_contents()
    assert owners == sorted(owners, key=str.casefold)
    page.goto(f"{served(demo_site())}/{CYCLE}?sort=nonsense")
    expect(page.get_by_label("Sort by")).to_have_value("")


def test_status_sorts_the_worst_first_and_updates_the_latest(page: Page) -> None:
    page.goto(f"{served(demo_site())}/kpis/?sort=status")
    healths = page.eval_on_selector_all(
        ".okr-kpis > article:first-child", "all => all.map(one => one.dataset.okrStatus)"
    )
    worst = ["critical", "warning", "healthy"]
    assert healths == sorted(healths, key=worst.index)
    assert healths[0] == "critical"
    page.get_by_label("Sort by").select_option("update")
    inside = page.locator(".okr-kpis").first.locator("article")
    days = inside.evaluate_all("all => all.map(one => Number(one.dataset.okrDays))")
    assert days == sorted(days)


def test_the_way_to_the_parts_of_a_list_closes_behind_who_takes_it(page: Page) -> None:
    page.goto(f"{served(demo_site())}/{CYCLE}")
    jump = page.locator(".okr-jump")
    jump.locator("summary").click()
    jump.get_by_role("link", name="Marketing").click()
    page.wait_for_url("**#okr-*marketing")
    expect(page.get_by_role("heading", name="Marketing")).to_be_in_viewport()
    expect(jump.get_by_role("link", name="Marketing")).to_be_hidden()


def test_filters_of_a_short_list_fold_to_one_line(page: Page) -> None:
    page.goto(f"{served(demo_site())}/teams/support/")
    opener = page.locator(".okr-filters__open")
    expect(opener).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".okr-filters__text")).to_be_visible()
    expect(page.get_by_role("checkbox", name="At risk")).to_be_hidden()
    opener.focus()
    page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.get_by_role("checkbox", name="At risk").check()
    page.wait_for_url("**/?status=at_risk")
    page.reload()
    expect(page.get_by_role("checkbox", name="At risk")).to_be_visible()
    expect(opener).to_have_attribute("aria-expanded", "true")


def test_filters_are_one_button_on_a_phone_and_open_when_something_is_asked(
    browser: Browser,
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{served(demo_site())}/{CYCLE}")
    opener = page.get_by_role("button", name="Filter")
    expect(opener).to_be_visible()
    expect(page.locator(".okr-filters__text")).to_be_hidden()
    expect(page.get_by_label("Owner")).to_be_hidden()
    opener.click()
    expect(page.get_by_label("Owner")).to_be_visible()
    page.goto(f"{served(demo_site())}/{CYCLE}?owner=sales")
    expect(page.get_by_label("Owner")).to_be_visible()
    opener.click()
    expect(page.get_by_label("Owner")).to_be_hidden()
    expect(page.locator(".okr-filters__clear")).to_be_visible()
    page.close()


def test_long_lists_on_wide_screens_have_their_filters_at_hand(page: Page) -> None:
    page.goto(f"{served(demo_site())}/{CYCLE}")
    expect(page.locator(".okr-filters__open")).to_be_hidden()
    expect(page.get_by_role("checkbox", name="At risk")).to_be_visible()


# ---- the keys that exist ----


def test_a_question_mark_shows_the_keys_and_escape_closes_them(page: Page) -> None:
    page.goto(f"{served(demo_site())}/{CYCLE}")
    link = page.locator(".okr-objective-row a").first
    link.focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Show these shortcuts")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("s")  # the theme's search stays closed behind it
    assert not page.locator("#__search").is_checked()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("?")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    assert page.url.endswith(f"/{CYCLE}")


def test_a_question_mark_that_is_typed_is_only_typed(page: Page) -> None:
    page.goto(f"{served(demo_site())}/{CYCLE}")
    field = page.locator("form.okr-filters input[name=text]")
    field.focus()
    page.keyboard.press("?")
    expect(field).to_have_value("?")
    page.locator("h1").click()
    page.keyboard.press("Control+?")
    assert page.locator("dialog.okr-keys").count() == 0


def test_the_keys_are_on_the_page_that_explains_the_figures(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served(demo_site())}/{CYCLE}")
    page.locator(".okr-foot").get_by_role("link", name="Guide to the figures").click()
    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()
    expect(page.get_by_role("button", name="Close")).to_be_hidden()
    context.close()


# ---- the reader's own page ----

TEAM = "teams/support/"


def put_mark(page: Page, address: str, name: str) -> None:
    """Mark an address of the site as the reader's own page, as an earlier visit may have done."""
    page.evaluate(
        "([key, page]) => localStorage.setItem(key, JSON.stringify(page))",
        [f"okrsite {served(demo_site())}/", {"at": address, "name": name, "label": "My page"}],
    )


def test_readers_mark_their_page_and_find_it_in_the_header(page: Page) -> None:
    base = served(demo_site())
    page.goto(f"{base}/{TEAM}")
    mark = page.get_by_role("button", name="My page")
    expect(mark).to_have_attribute("aria-pressed", "false")
    assert page.locator(".okr-to-mine").count() == 0
    mark.focus()
    page.keyboard.press("Enter")
    expect(mark).to_have_attribute("aria-pressed", "true")
    expect(mark).to_be_focused()
    page.goto(f"{base}/{CYCLE}")
    link = page.get_by_role("link", name="My page: Customer service")
    expect(link).to_have_text("Customer service")
    link.click()
    page.wait_for_url(f"**/{TEAM}")
    page.get_by_role("button", name="My page").click()
    expect(page.locator(".okr-to-mine")).to_have_count(0)
    page.goto(f"{base}/")
    assert page.locator(".okr-to-mine").count() == 0


def test_the_mark_moves_nothing_in_the_header_and_fits_a_phone(browser: Browser) -> None:
    for width in (1280, 390):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(f"{served(demo_site())}/{TEAM}")
        search = page.locator("header [for=__search]" if width < 600 else ".md-search__form")
        before = search.first.bounding_box()
        page.get_by_role("button", name="My page").click()
        expect(page.locator(".okr-to-mine")).to_be_visible()
        assert search.first.bounding_box() == before
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.close()


def test_another_page_takes_the_mark_over(page: Page) -> None:
    base = served(demo_site())
    page.goto(f"{base}/{TEAM}")
    page.get_by_role("button", name="My page").click()
    page.goto(f"{base}/people/noah-brandt/")
    expect(page.get_by_role("button", name="My page")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="My page").click()
    expect(page.locator(".okr-to-mine")).to_have_text("Noah Brandt")


@pytest.mark.parametrize(
    "address", ["teams/gone/", "javascript:alert(1)", "https://other.example/"]
)
def test_a_page_that_the_site_has_no_more_or_never_had_is_not_led_to(
    page: Page, address: str
) -> None:
    base = served(demo_site())
    page.goto(f"{base}/")
    put_mark(page, address, "Gone")
    page.goto(f"{base}/{CYCLE}")
    expect(page.locator(".okr-to-mine")).to_have_count(0)


def test_the_mark_follows_a_new_name(page: Page) -> None:
    base = served(demo_site())
    page.goto(f"{base}/{TEAM}")
    put_mark(page, TEAM, "Old")
    page.reload()
    expect(page.locator(".okr-to-mine")).to_have_text("Customer service")


def test_without_javascript_or_memory_nothing_can_be_marked(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served(demo_site())}/{TEAM}")
    assert page.locator("[data-okr-mine]").is_hidden()
    context.close()
    page, seen = browser.new_page(), Seen()
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied') }})"
    )
    page.goto(f"{served(demo_site())}/{TEAM}")
    expect(page.locator("form.okr-filters")).to_be_visible()
    assert page.locator("[data-okr-mine]").is_hidden()
    page.close()
    assert [error for error in seen.errors if "denied" not in error] == []


def test_the_company_and_what_has_no_page_cannot_be_marked(page: Page) -> None:
    page.goto(f"{served(demo_site())}/company/")
    assert page.locator("[data-okr-mine]").count() == 0


def test_names_of_teams_and_people_stay_whole_on_a_phone(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    for address in ("teams/", "people/", ""):
        page.goto(f"{served(demo_site())}/{address}")
        names = page.locator(".okr-members tbody tr:not(.okr-members__team) th a")
        lines = names.evaluate_all("all => all.map(name => name.getClientRects().length)")
        assert len(lines) > 5
        assert set(lines) == {1}
        bar, score = (
            page.locator(".okr-members .okr-bar").first,
            page.locator(".okr-members td:nth-child(4)").first,
        )
        assert bar.bounding_box()["width"] > 150  # type: ignore[index]
        assert abs(bar.bounding_box()["y"] - score.bounding_box()["y"]) < 20  # type: ignore[index]
    page.close()
