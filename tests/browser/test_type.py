"""One hand on all pages: one typeface, one style of headings, and no letter below 12 pixels."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds import every_kind
from tests.browser.waiting import wait_until_at_rest
from tests.sites import demo_site, served

LEAST = 12

# Every text that can be seen, folds opened: its size, its family, and where it stands.
_TEXTS = """() => {
  for (const fold of document.querySelectorAll("details")) fold.open = true
  const found = new Map()
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement
    if (!walk.currentNode.data.trim() || element.closest("script, style, .okr-hidden")) continue
    if (!element.checkVisibility({visibilityProperty: true})) continue
    const {fontSize, fontFamily} = getComputedStyle(element)
    const scale = element.getScreenCTM ? element.getScreenCTM().a : 1
    const place = `${element.tagName}.${element.getAttribute("class") ?? ""}`
      + ` in ${element.parentElement.getAttribute("class") ?? ""}`
    found.set(place, {size: parseFloat(fontSize) * scale, family: fontFamily, place})
  }
  return [...found.values()]
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_no_text_of_any_page_is_too_small_and_all_are_of_one_family(
    browser: Browser, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    small, families = {}, set()
    for kind, address in every_kind().items():
        page.goto(f"{served(demo_site())}/{address}")
        wait_until_at_rest(page)
        texts: list[dict[str, Any]] = page.evaluate(_TEXTS)
        assert texts, kind
        below = [f"{text['place']} {text['size']:.2f}" for text in texts if text["size"] < LEAST]
        if below:
            small[kind] = below
        families |= {text["family"] for text in texts if "mono" not in text["family"]}
    page.close()
    assert small == {}
    assert len(families) == 1


_HEADING = """heading => {
  const {fontSize, fontWeight, letterSpacing, lineHeight, color} = getComputedStyle(heading)
  return [fontSize, fontWeight, letterSpacing, lineHeight, color].join(" ")
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_headings_look_the_same_in_the_guide_and_on_our_pages(
    browser: Browser, scheme: Any
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    looks: dict[str, set[str]] = {"h1": set(), "h2": set()}
    for kind in ("home", "open cycle", "objective", "insights", "guide", "page of the guide"):
        page.goto(f"{served(demo_site())}/{every_kind()[kind]}")
        wait_until_at_rest(page)
        for name, found in looks.items():
            found |= {
                heading.evaluate(_HEADING)
                for heading in page.locator(f"{name}[id]:not(.okr-last *)").all()
            }
    page.close()
    assert {name: len(found) for name, found in looks.items()} == {"h1": 1, "h2": 1}
