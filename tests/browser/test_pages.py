"""Every kind of page in headless Chromium: wide and phone, light and dark, without JavaScript."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.waiting import type_and_find, wait_until_at_rest
from tests.end_to_end.test_site import KINDS
from tests.sites import demo_site, served

WIDE, PHONE = (1280, 900), (390, 844)
LOOKS = [(size, scheme) for size in (WIDE, PHONE) for scheme in ("light", "dark")]


@dataclass
class Seen:
    """What went wrong while pages were open, and where they asked for something."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._hear)
        page.on("request", lambda request: self.requests.append(request.url))

    def _hear(self, message: object) -> None:
        if getattr(message, "type", "") == "error":
            self.errors.append(str(getattr(message, "text", message)))


def context_of(browser: Browser, size: tuple[int, int], scheme: str) -> BrowserContext:
    return browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_every_kind_of_page_opens_quietly(
    browser: Browser, size: tuple[int, int], scheme: str
) -> None:
    base, seen = served(demo_site()), Seen()
    context = context_of(browser, size, scheme)
    page = context.new_page()
    seen.watch(page)
    for kind, address in KINDS.items():
        page.goto(f"{base}/{address}")
        wait_until_at_rest(page)
        assert page.locator("#okr-title").is_visible(), kind
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0], f"{kind} scrolls sideways: {width}"
        dark = page.evaluate("document.body.dataset.mdColorScheme") == "slate"
        assert dark == (scheme == "dark"), kind
    context.close()
    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith((base, "data:", "blob:"))] == []


def test_text_has_enough_contrast_in_both_schemes(browser: Browser) -> None:
    for scheme in ("light", "dark"):
        context = context_of(browser, WIDE, scheme)
        page = context.new_page()
        page.goto(f"{served(demo_site())}/")
        wait_until_at_rest(page)
        found = page.evaluate(_CONTRAST)
        context.close()
        assert found["looked"] > 100
        assert found["poor"] == [], scheme


# The ratio of WCAG 2.2, 1.4.3: of relative luminances of a text and the first paper behind it.
_CONTRAST = """() => {
  const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  const parse = text => text.match(/[\\d.]+/g).map(Number)
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
  const paper = node => {
    for (; node; node = node.parentElement) {
      const colour = parse(getComputedStyle(node).backgroundColor)
      if (colour.length < 4 || colour[3] === 1) return colour
    }
    return [255, 255, 255]
  }
  const poor = []
  let looked = 0
  for (const node of document.querySelectorAll(".okr *")) {
    const own = [...node.childNodes].some(n => n.nodeType === 3 && n.data.trim())
    if (!own || node.closest("svg, .okr-hidden, .okr-anchor")) continue
    if (!node.getClientRects().length) continue
    looked += 1
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(paper(node))]
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    const words = node.textContent.trim().slice(0, 40)
    if (ratio < 4.5) poor.push(`${node.className}: ${words} ${ratio}`)
  }
  return {looked, poor}
}"""


def test_without_javascript_everything_stands_there(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served(demo_site())}/okrs/2026-q4/company/financial-targets/")
    assert page.locator("#margin").is_visible()
    page.locator("summary").first.click()
    assert page.locator("details[open] .okr-why__inside").first.is_visible()
    context.close()


def test_a_key_result_has_an_address_that_leads_to_it(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 500})
    page.goto(f"{served(demo_site())}/okrs/2026-q4/company/financial-targets/#margin")
    page.wait_for_function(
        "scrollY > 0 && document.querySelector('#margin').getBoundingClientRect().top < 500"
    )
    page.close()


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Achieve financial targets", "okrs/2026-q4/company/financial-targets/"),
        ("gross profit margin", "okrs/2026-q4/company/financial-targets/#margin"),
        ("Tomáš", "people/tomas-vesely/"),
    ],
)
def test_the_search_lands_on_what_was_meant(browser: Browser, words: str, address: str) -> None:
    base = served(demo_site())
    page = browser.new_page()
    page.goto(f"{base}/")
    page.locator("input.md-search__input").click()
    type_and_find(page, words)
    results = page.locator("a.md-search-result__link")
    found = [link.get_attribute("href") or "" for link in results.all()]
    page.close()
    assert [url for url in found if url.partition("?")[0] + _anchor(url) == f"{base}/{address}"]


def _anchor(url: str) -> str:
    return f"#{url.partition('#')[2]}" if "#" in url else ""


def test_a_printed_page_keeps_its_figures(browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{served(demo_site())}/")
    page.emulate_media(media="print")
    assert page.locator(".okr-lead .okr-score__value").is_visible()
    assert not page.locator(".md-header").is_visible()
    page.close()


def test_paper_says_where_the_links_of_initiatives_lead(browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{served(demo_site())}/okrs/2026-q4/sales/market-penetration/")
    link = page.locator(".okr-initiative a[href^=http]").first
    after = "link => getComputedStyle(link, '::after').content"
    assert link.evaluate(after) == "none"
    page.emulate_media(media="print")
    said = link.evaluate(after)
    assert str(link.get_attribute("href")) in said or "attr(href)" in said
    inside = page.locator(".okr-initiative a:not([href^=http])").first
    assert inside.evaluate(after) == "none"
    page.close()


# The points between facts that can be seen although nothing is before them on their line.
_STRAY = """() => [...document.querySelectorAll(".okr-meta > *")].filter(fact => {
  const point = getComputedStyle(fact, "::after")
  if (!point.content.includes("·") || !fact.checkVisibility()) return false
  const line = fact.parentElement.getBoundingClientRect(), box = fact.getBoundingClientRect()
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const seen = box.left + parseFloat(point.left) > line.left - 0.3 * rem
  const before = fact.previousElementSibling.getBoundingClientRect()
  const clipped = getComputedStyle(fact.parentElement).clipPath.startsWith("inset")
  return before.right > box.left && (seen || !clipped)
}).map(fact => fact.textContent)"""


@pytest.mark.parametrize("width", [320, 360, 375, 390, 430])
def test_no_point_stands_where_a_line_breaks(browser: Browser, width: int) -> None:
    context = context_of(browser, (width, 800), "light")
    page = context.new_page()
    for address in ("initiatives/2026-q4/", "kpis/", "okrs/2026-q4/support/service-quality/"):
        page.goto(f"{served(demo_site())}/{address}")
        assert page.locator(".okr-meta").count() > 1
        assert page.evaluate(_STRAY) == []
    context.close()
