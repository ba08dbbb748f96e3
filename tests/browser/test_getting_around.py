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
    assert left(f"{inside}.okr-unfold li > a") == left(f"{inside}.okr-objective-row__title > a")
    assert left(f"{inside}.okr-unfold .okr-status") == left(
        f"{inside}.okr-objective-row__status .okr-status"
    )
