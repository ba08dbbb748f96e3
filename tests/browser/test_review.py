"""The review in the browser: by keys and by swiping, on a projector, a phone and on paper."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.waiting import wait_until, wait_until_painted
from tests.sites import demo_site, served

DECK = "cycles/2026-q4/review/"
SIZES = [(1920, 1080), (1280, 720)]


def opened(browser: Browser, address: str = DECK, **context: object) -> Page:
    sized = {"viewport": {"width": 1280, "height": 720}, **context}
    page = browser.new_context(**sized).new_page()  # type: ignore[arg-type]
    page.goto(f"{served(demo_site())}/{address}")
    if context.get("java_script_enabled", True):
        wait_until_painted(page)
    return page


def slides(page: Page) -> list[str]:
    return list(page.eval_on_selector_all(".okr-slide", "all => all.map(slide => slide.id)"))


def shown(page: Page) -> str:
    """Return the id of the slide in the middle of the screen."""
    return str(
        page.evaluate(
            "document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('.okr-slide').id"
        )
    )


def address(page: Page) -> str:
    """Return the address of the slide, as the page has it at this moment."""
    return str(page.evaluate("location.hash"))


def test_keys_turn_the_slides_and_keep_the_address(browser: Browser) -> None:
    page = opened(browser)
    ids = slides(page)
    steps = [
        ("ArrowRight", ids[1]), ("PageDown", ids[2]), (" ", ids[3]), ("ArrowDown", ids[4]),
        ("ArrowUp", ids[3]), ("Shift+ ", ids[2]), ("PageUp", ids[1]), ("ArrowLeft", ids[0]),
        ("ArrowLeft", ids[0]), ("End", ids[-1]), ("ArrowRight", ids[-1]), ("Home", ids[0]),
    ]  # fmt: skip
    for key, expected in steps:
        page.keyboard.press(key)
        wait_until_painted(page)
        assert shown(page) == expected, key
        assert address(page) == f"#{expected}" or (expected == ids[0] and address(page) == "")
    assert page.evaluate("history.length") <= 2
    page.keyboard.press("Escape")
    page.wait_for_url("**/cycles/2026-q4/")
    page.context.close()


def test_the_deck_plays_by_itself_until_it_is_paused(browser: Browser) -> None:
    page = opened(browser, f"{DECK}?play=1", reduced_motion="no-preference")
    ids = slides(page)
    button = page.get_by_role("button", name="Pause")
    page.wait_for_function(f"location.hash === '#{ids[1]}'")
    button.click()
    assert page.get_by_role("button", name="Play").is_visible()
    page.evaluate(f"location.hash = '#{ids[-1]}'")
    page.wait_for_function(f"location.hash === '#{ids[-1]}'")
    page.evaluate("window.before = true")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(f"!window.before && location.hash === '#{ids[1]}'")
    page.context.close()
    still = opened(browser, f"{DECK}?play=1", reduced_motion="reduce")
    assert still.get_by_role("button", name="Play").is_visible()
    assert address(still) in ("", f"#{ids[0]}")  # the first slide, whether named yet or not
    still.context.close()
    plain = opened(browser)
    assert plain.locator("[data-okr-play]").is_hidden()
    plain.context.close()


def test_every_slide_has_an_address(browser: Browser) -> None:
    page = opened(browser, f"{DECK}#be-known")
    last = slides(page)[-1]
    page.goto(f"{served(demo_site())}/{DECK}#{last}")
    page.wait_for_function(
        f"Math.abs(document.getElementById('{last}').getBoundingClientRect().top) < 5"
    )
    assert shown(page) == last
    page.context.close()


def test_what_has_the_focus_is_the_slide_that_is_shown(browser: Browser) -> None:
    page = opened(browser)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == slides(page)[1]
    page.keyboard.press("Tab")
    inside = page.evaluate("document.activeElement.closest('.okr-slide').id")
    assert inside == slides(page)[1]
    page.context.close()


def test_a_swipe_across_turns_the_slide_and_one_down_does_not(browser: Browser) -> None:
    page = opened(browser, viewport={"width": 390, "height": 844}, has_touch=True)
    ids = slides(page)
    swipe = """([x, y]) => {
      const touch = (clientX, clientY) =>
        new Touch({identifier: 1, target: document.body, clientX, clientY})
      const fire = (type, at, all) => document.body.dispatchEvent(
        new TouchEvent(type, {touches: all ? [at] : [], changedTouches: [at], bubbles: true}))
      fire("touchstart", touch(200, 400), true)
      fire("touchend", touch(200 + x, 400 + y), false)
    }"""
    for way, expected in [((-120, 10), 1), ((-120, 0), 2), ((20, -200), 2), ((150, 20), 1)]:
        page.evaluate(swipe, list(way))
        wait_until_painted(page)
        assert address(page) == f"#{ids[expected]}", way
    page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_slides_fill_a_projector_and_fit_on_it(browser: Browser, size: tuple[int, int]) -> None:
    page = opened(browser, viewport={"width": size[0], "height": size[1]})
    boxes = page.eval_on_selector_all(
        ".okr-slide",
        "all => all.map(slide => [slide.id, slide.offsetHeight, slide.scrollWidth])",
    )
    assert [box for box in boxes if box[1] < size[1] - 1 or box[2] > size[0]] == []
    assert [box[0] for box in boxes if box[1] > size[1] + 1] == []
    # What is smaller than a fiftieth of the picture is not read from the back of a room.
    smallest = page.eval_on_selector_all(
        ".okr-slide *",
        """all => Math.min(...all.filter(element => element.checkVisibility()
          && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
        ).map(element => parseFloat(getComputedStyle(element).fontSize)))""",
    )
    assert smallest >= size[1] / 50
    page.context.close()


def test_a_phone_shows_a_slide_without_scrolling_sideways(browser: Browser) -> None:
    page = opened(browser, viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()


def test_without_javascript_the_slides_follow_each_other_and_link_on(browser: Browser) -> None:
    page = opened(browser, java_script_enabled=False)
    second = page.locator(".okr-slide").nth(1).get_attribute("id")
    page.locator(".okr-slide__foot a[href^='#']").first.click()
    page.wait_for_url(f"**#{second}")
    top = "slide => slide.getBoundingClientRect().top"
    wait_until(page, lambda: abs(page.locator(".okr-slide").nth(1).evaluate(top)) < 5)
    page.context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_printed_deck_has_a_slide_a_page_across(browser: Browser, paper: str) -> None:
    page = opened(browser, color_scheme="dark")
    number = len(slides(page))
    pdf = page.pdf(format=paper, landscape=True).decode("latin-1")
    pages = re.findall(r"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    assert len(pages) == number
    assert all(float(width) > float(height) for width, height in pages)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.context.close()


def test_the_review_is_one_step_from_the_cycle_and_the_team(browser: Browser) -> None:
    page = opened(browser, "teams/sales/")
    page.locator("header .okr-meta a", has_text="Review").click()
    page.wait_for_url("**/teams/sales/review/**")
    assert page.locator("h2").first.inner_text() == "Sales"
    page.locator("[data-okr-leave]").first.click()
    page.wait_for_url("**/teams/sales/")
    page.context.close()
