"""Room for words: none lies over another and none breaks in the middle, at any width, on paper."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.layout import broken_words, covered
from tests.browser.waiting import wait_until_at_rest
from tests.end_to_end.test_site import KINDS
from tests.sites import demo_site, served

ALL_SHOWN = "* { content-visibility: visible !important }"


def opened(page: Page, address: str) -> Page:
    page.goto(f"{served(demo_site())}/{address}")
    page.add_style_tag(content=ALL_SHOWN)
    return page


@pytest.mark.parametrize("width", [320, 390, 768, 1180, 1680])
def test_no_words_lie_over_others(browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    found = {kind: covered(opened(page, address)) for kind, address in KINDS.items()}
    page.close()
    assert {kind: words for kind, words in found.items() if words} == {}


@pytest.mark.parametrize("width", [320, 390])
def test_no_word_breaks_in_the_middle_on_a_phone(browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    found = {kind: broken_words(opened(page, address)) for kind, address in KINDS.items()}
    page.close()
    assert {kind: words for kind, words in found.items() if words} == {}


def test_words_in_drawings_are_on_paper_as_large_as_those_around_them(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    opened(page, "")
    page.emulate_media(media="print")
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    drawn = [text.evaluate(size) for text in page.locator(".okr-course text").all()]
    title = page.locator(".okr-list a").first.evaluate(size)
    page.close()
    assert drawn
    assert max(drawn) <= title


def test_what_is_for_screens_is_not_on_paper(browser: Browser) -> None:
    """Where to subscribe, what copies an example, and a heading whose only list is folded."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    for address, left_out in (
        ("teams/sales/", "#okr-subscribe"),
        ("okrs/2026-q4/company/financial-targets/", "#okr-subscribe"),
        ("checks/", ".okr .md-code__nav, .okr .md-clipboard"),
        ("people/tomas-vesely/", "#okr-initiatives"),
    ):
        opened(page, address)
        wait_until_at_rest(page)
        assert page.locator(left_out).count()
        page.emulate_media(media="print")
        assert not any(node.is_visible() for node in page.locator(left_out).all()), address
        page.emulate_media(media="screen")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_in_drawings_have_colours_that_the_reader_chose(
    browser: Browser, scheme: Any
) -> None:
    context = browser.new_context(forced_colors="active", color_scheme=scheme)
    page = context.new_page()
    opened(page, "cycles/2026-q4/")
    page.evaluate("document.body.dataset.mdColorScheme = 'default'")
    colours = page.evaluate(
        """() => {
          const probe = document.body.appendChild(document.createElement("i"))
          probe.style.color = "CanvasText"
          const fills = [...document.querySelectorAll(".okr-course text")]
            .map(text => getComputedStyle(text).fill)
          return [getComputedStyle(probe).color, [...new Set(fills)]]
        }"""
    )
    context.close()
    assert colours[1] == [colours[0]]
