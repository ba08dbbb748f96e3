"""The page for addresses that lead nowhere: at any depth, in a folder of a host, and in German."""

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from okrsite.pages.not_found import trace
from tests.browser.test_pages import Seen
from tests.repositories import CONFIGURATION, Repo
from tests.samples import document, objective
from tests.sites import build_well, made_once

FOLDER = "some/path"
RESULT = "id: a, title: Reach, from: 0, to: 10, current: 4"
FILES = {
    "company.md": document("company", "title: Gipfel"),
    "teams/sales.md": document("team", "title: Vertrieb & Co."),
    "okrs/2026-q4/sales/win-the-market.md": objective(RESULT, title="Mehr Markt", owner="sales"),
    "okrs/2026-q4/sales/old-name.md": objective(RESULT, title="Neues <b> Ziel", owner="sales"),
    "okrs/2026-q4/hushed/hush.md": objective(
        RESULT, title="Now public", owner="sales", visibility="private"
    ),
}


def build_lost(top: Path) -> None:
    configuration = {
        **CONFIGURATION,
        "site_url": f"https://okrs.example/{FOLDER}/",
        "theme": {"name": "material", "font": False, "language": "de"},
        "plugins": ["search", {"okrsite": {"as_of": "2026-11-15", "history": True}}],
    }
    repo = Repo(top / "repository", configuration)
    repo.commit(FILES)
    repo.move("okrs/2026-q4/sales/old-name.md", "okrs/2026-q4/sales/new-name.md")
    repo.move("okrs/2026-q4/hushed/hush.md", "okrs/2026-q4/sales/open.md")
    repo.commit()
    repo.commit(
        {"okrs/2026-q4/sales/open.md": objective(RESULT, title="Now public", owner="sales")}
    )
    build_well(repo.configuration, top / "served" / FOLDER)


@pytest.fixture(scope="module")
def lost() -> Iterator[str]:
    """Serve the site in its folder, with its own page for what is not there."""
    top = made_once("lost", build_lost) / "served"

    class Host(http.server.SimpleHTTPRequestHandler):
        def send_error(self, code: int, *_: object) -> None:
            text = (top / FOLDER / "404.html").read_bytes()
            self.send_response(HTTPStatus.NOT_FOUND)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *values: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(top)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{FOLDER}/"
    server.shutdown()


@pytest.fixture
def page(browser: Browser, lost: str) -> Iterator[Page]:
    page, seen = browser.new_page(), Seen()
    seen.watch(page)
    yield page
    page.close()
    assert [error for error in seen.errors if "404" not in error] == []
    assert [url for url in seen.requests if not url.startswith((lost, "data:", "blob:"))] == []


def nearest(page: Page) -> list[str]:
    expect(page.locator("#okr-nearest")).to_be_visible()
    return page.locator("#okr-nearest li a").all_inner_texts()


def test_the_former_address_of_a_page_leads_to_it(page: Page, lost: str) -> None:
    page.goto(f"{lost}people/")
    page.goto(f"{lost}okrs/2026-q4/sales/old-name/#a")
    page.wait_for_url(f"{lost}okrs/2026-q4/sales/new-name/#a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Neues <b> Ziel")
    page.go_back()
    page.wait_for_url(f"{lost}people/")


@pytest.mark.parametrize(
    "address",
    [
        "okrs/2026-q3/sales/win-the-market/",
        "a/b/c/d/win-market.html",
        "okrs/win-the-markets",
        "Mehr-Markt",
    ],
)
def test_other_addresses_lead_to_the_nearest(page: Page, lost: str, address: str) -> None:
    page.goto(f"{lost}{address}")
    assert nearest(page)[0] == "Mehr Markt"
    href = page.locator("#okr-nearest li a").first.get_attribute("href")
    assert href == f"/{FOLDER}/okrs/2026-q4/sales/win-the-market/"


def test_what_is_like_nothing_can_still_be_searched_for(page: Page, lost: str) -> None:
    page.goto(f"{lost}zzyzx/vertrieb")
    search = page.get_by_role("link", name="Nach „vertrieb“ suchen")
    search.click()
    page.wait_for_url(f"{lost}?q=vertrieb")
    expect(page.locator(".md-search-result__item a").first).to_contain_text("Vertrieb & Co.")


def test_without_javascript_it_leads_to_the_main_pages(browser: Browser, lost: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{lost}somewhere/deep/down/")
    expect(page.locator("#okr-nearest")).to_be_hidden()
    expect(page.locator("section:has(#okr-moved) li")).to_have_text(["Neues <b> Ziel"])
    page.get_by_role("link", name="Personen").last.click()
    page.wait_for_url(f"{lost}people/")
    context.close()


def test_nobody_reads_where_a_page_was_while_it_was_private(lost: str) -> None:
    folder = made_once("lost", build_lost) / "served" / FOLDER
    text = (folder / "404.html").read_text(encoding="utf-8")
    assert "hush" not in text
    assert "old-name" not in text
    entries = html.document_fromstring(text).xpath("//@data-okr-former")
    assert entries == [trace("okrs/2026-q4/sales/old-name/")]


def test_a_trace_is_that_of_the_address_however_it_is_written() -> None:
    written = ("a/b%20c/", "a/b c.html", "A/b c/index.html", "/a/b c")
    assert len({trace(url) for url in written}) == 1
    assert trace("") == "811c9dc5"
