"""Pages on paper: how many sheets they take, and what is on them."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kinds import every_kind
from tests.browser.waiting import wait_until_at_rest
from tests.sites import demo_site, served

_SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")
_ACROSS = re.compile(rb"/MediaBox \[0 0 84\d[\d.]* 59\d")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def opened(page: Page, address: str) -> Page:
    page.goto(f"{served(demo_site())}/{address}")
    wait_until_at_rest(page)
    return page


def printed(page: Page) -> bytes:
    return page.pdf(format="A4", prefer_css_page_size=True)


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("home", 3),
        ("this week", 3),
        ("strategy", 2),
        ("alignment", 2),
        ("alignment of a cycle", 4),
        ("objective", 5),
        ("open cycle", 6),
    ],
)
def test_a_page_takes_few_sheets(page: Page, kind: str, most: int) -> None:
    sheets = _SHEET.findall(printed(opened(page, every_kind()[kind])))
    assert 1 <= len(sheets) <= most


def test_what_is_wide_is_printed_across(page: Page) -> None:
    assert len(_ACROSS.findall(printed(opened(page, "strategy/")))) == 2
    assert not _ACROSS.search(printed(opened(page, "")))


def test_the_strategy_takes_the_sheets_that_are_in_the_printer(page: Page) -> None:
    opened(page, "strategy/")
    sheets = page.pdf(format="A3", prefer_css_page_size=True)
    assert len(re.findall(rb"/MediaBox \[0 0 1191[\d.]* 84\d", sheets)) == 2


def test_the_strategy_says_on_paper_how_many_objectives_are_left_out(page: Page) -> None:
    opened(page, "strategy/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    lane = page.locator("#okr-strategy-beyond-the-alps")
    expect(lane.locator("summary").last).to_have_text("10 more")
    expect(lane.locator("summary").last).to_be_visible()
    expect(lane.locator("details li").last).to_be_hidden()


def test_the_tree_of_the_alignment_fills_its_sheets(page: Page) -> None:
    """Rows keep together, trees of them do not: a sheet has a dozen of them at least."""
    opened(page, "alignment/2026-q4/")
    rows = page.locator(".okr-tree__item").count()
    assert rows > 40
    assert len(_SHEET.findall(printed(page))) <= 2 + rows / 12


def test_folds_stay_closed_on_paper_and_are_closed_after_it(page: Page) -> None:
    opened(page, every_kind()["objective"])
    whys = page.locator(".okr-why__inside")
    assert whys.count() > 2
    expect(whys.first).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for why in whys.all():
        expect(why).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(whys.first).to_be_hidden()
    page.locator(".okr-why > summary").first.click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(whys.first).to_be_visible()
    expect(whys.nth(1)).to_be_hidden()


def test_pictures_are_printed(page: Page) -> None:
    opened(page, "alignment/2026-q4/")
    expect(page.locator(".okr-map__card").first).to_be_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    drawing = page.locator(".okr-map__drawing")
    assert (drawing.get_attribute("viewBox") or "").startswith("0 0 ")
    expect(page.locator(".okr-map__card").first).to_be_visible()
    expect(page.locator(".okr-map__tools")).to_be_hidden()
    expect(page.locator(".okr-tree .okr-bar").first).to_be_visible()
    for address, drawn in (
        ("", ".okr-spark"),
        ("kpis/support/customer-satisfaction/", "svg.okr-chart__box"),
    ):
        opened(page, address)
        expect(page.locator(drawn).first).to_be_visible()
