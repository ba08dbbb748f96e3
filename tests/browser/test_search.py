"""The search of large sites in the browser: keys, filters, phone, policy, and its first answer."""

import http.server
import threading
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_anywhere import policy
from tests.browser.test_pages import PHONE, WIDE, Seen
from tests.sites import ROOT, build_well, made_once

PLACE = "some/path"


def build_searched(top: Path) -> None:
    written = yaml.safe_load((ROOT / "mkdocs.yml").read_text())
    options = {**written["plugins"][-1]["okrsite"], "search": "pagefind"}
    configuration = {
        **{name: written[name] for name in ("site_name", "theme", "markdown_extensions")},
        "docs_dir": str(ROOT / "content"),
        "plugins": ["search", {"okrsite": options}],
    }
    (top / "mkdocs.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    build_well(top / "mkdocs.yml", top / "served" / PLACE)


@cache
def searched() -> str:
    """Build the demo with Pagefind, serve it in a folder under a strict policy."""
    top = made_once("searched", build_searched)
    allowed = policy().replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")

    class Strict(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", allowed)
            super().end_headers()

        def log_message(self, format: str, *values: object) -> None:
            pass

    handler = partial(Strict, directory=str(top / "served"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/{PLACE}"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page, seen = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]}), Seen()
    seen.watch(page)
    page.goto(f"{searched()}/")
    yield page
    page.close()
    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith((searched(), "data:"))] == []


def results(page: Page) -> list[str]:
    expect(page.locator(".okr-search__link").first).to_be_visible()
    return page.locator(".okr-search__title").all_inner_texts()


def test_keys_alone_lead_to_a_key_result(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.locator(".okr-search__text")).to_be_focused()
    page.keyboard.insert_text("gross profit margin")
    assert "Achieve financial targets" in results(page)
    for _ in range(10):
        page.keyboard.press("ArrowDown")
        if "#margin" in page.evaluate("document.activeElement.href ?? ''"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"{searched()}/okrs/2026-q4/company/financial-targets/#margin")
    expect(page.locator("#margin")).to_be_in_viewport()


def test_escape_closes_and_gives_the_focus_back(page: Page) -> None:
    opener = page.get_by_role("button", name="Search")
    opener.click()
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    page.keyboard.insert_text("sales")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Search")).to_be_hidden()
    expect(opener).to_be_focused()


def test_results_say_owner_cycle_and_status_and_are_counted(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text("achieve financial targets")
    results(page)
    item = page.locator(".okr-search__item", has_text="Achieve financial targets").first
    expect(item.locator(".okr-search__facts")).to_contain_text("Dolomite Rides · 2026 Q4")
    expect(item.locator(".okr-status")).to_have_text("On track")
    said = page.locator(".okr-search__said")
    expect(said).to_have_attribute("role", "status")
    expect(said).to_contain_text("Found: ")


def test_filters_narrow_what_was_found(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text("sales")
    results(page)
    dialog = page.get_by_role("dialog", name="Search")
    at_risk = dialog.get_by_label("Status").locator("option[value='At risk']")
    of_every_kind = at_risk.element_handle()
    dialog.get_by_label("Kind").select_option("Objective")
    page.wait_for_function("option => !option.isConnected", arg=of_every_kind)
    option = at_risk.inner_text()
    dialog.get_by_label("Status").select_option("At risk")
    number = option.rpartition("(")[2].rstrip(")")
    expect(page.locator(".okr-search__said")).to_have_text(f"Found: {number}")
    shown = page.locator(".okr-search__facts").all_inner_texts()
    assert shown
    assert all("At risk" in facts and "Objective" in facts for facts in shown)


def test_filters_alone_are_a_question_too_and_more_can_be_shown(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text("sales")
    results(page)
    said = page.locator(".okr-search__said")
    every = said.inner_text()
    page.locator(".okr-search__choices select[name=kind]").select_option("Objective")
    expect(said).not_to_have_text(every)
    objectives = said.inner_text()
    page.locator(".okr-search__text").fill("")
    expect(said).not_to_have_text(objectives)
    expect(page.locator(".okr-search__item")).to_have_count(10)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".okr-search__item")).to_have_count(20)


def test_what_is_not_there_is_said(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text("zzyzx")
    expect(page.locator(".okr-search__said")).to_contain_text("Nothing found")
    expect(page.get_by_role("link", name="All objectives")).to_be_visible()


def test_an_address_can_ask(page: Page) -> None:
    page.goto(f"{searched()}/?q=margin")
    assert "Gross profit margin" in results(page)


def test_a_letter_in_a_field_does_not_open_it(page: Page) -> None:
    page.goto(f"{searched()}/cycles/2026-q4/")
    page.locator("input[name=text]").click()
    page.keyboard.type("sf/")
    expect(page.locator("input[name=text]")).to_have_value("sf/")
    expect(page.get_by_role("dialog", name="Search")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_out(browser: Browser, scheme: str) -> None:
    page = browser.new_page(
        viewport={"width": PHONE[0], "height": PHONE[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,  # axe is put into the page as a script of its own
    )
    page.goto(f"{searched()}/")
    page.get_by_role("button", name="Search").click()
    page.keyboard.insert_text("sales")
    results(page)
    expect(page.locator(".okr-search__choices select[name=kind]")).to_be_visible()
    found = Axe().run(page, context=".okr-search")
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert found.response["violations"] == []
    assert width <= PHONE[0]


def test_without_javascript_the_way_to_all_is_there(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{searched()}/teams/sales/")
    expect(page.get_by_role("button", name="Search")).to_be_hidden()
    page.get_by_role("link", name="All objectives").first.click()
    page.wait_for_url(f"{searched()}/alignment/")
    context.close()


def test_a_page_asks_for_nothing_of_the_search_before_it_is_used(browser: Browser) -> None:
    page, seen = browser.new_page(), Seen()
    seen.watch(page)
    page.goto(f"{searched()}/", wait_until="networkidle")
    asked = [url for url in seen.requests if "/pagefind/" in url or "search_index" in url]
    page.close()
    assert asked == []
