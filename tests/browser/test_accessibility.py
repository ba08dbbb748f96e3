"""What everybody needs: axe-core on every kind of page, keyboard, chosen colours, less motion."""

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds import every_kind
from tests.browser.waiting import wait_until_at_rest
from tests.end_to_end.test_site import KINDS
from tests.sites import demo_site, served

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

_FINDINGS = """async ({only, without}) => {
  const {violations} = await axe.run(document, {
    ...(only && {runOnly: {type: "rule", values: only}}),
    rules: Object.fromEntries(without.map(rule => [rule, {enabled: false}])),
    resultTypes: ["violations"],
    preload: false,
  })
  return violations.flatMap(({id, nodes}) => nodes
    .map(node => `${id}: ${node.target.join(" ")} ${node.html.slice(0, 120)}`))
}"""


_COLOURS = ["color-contrast", "link-in-text-block"]


@pytest.mark.parametrize(
    ("size", "scheme", "only", "without"),
    [
        ((1280, 900), "light", None, []),
        ((1280, 900), "dark", _COLOURS, []),
        ((390, 844), "light", None, _COLOURS),
    ],
    ids=["wide, light", "wide, dark", "phone"],
)
def test_axe_finds_nothing_on_any_kind_of_page(
    browser: Browser, size: tuple[int, int], scheme: Any, only: list[str] | None, without: list[str]
) -> None:
    """In the dark only colours differ, and on the phone colours are those of a wide page."""
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
    page, found = context.new_page(), {}
    for kind, address in every_kind().items():
        page.goto(f"{served(demo_site())}/{address}")
        wait_until_at_rest(page)
        page.evaluate(AXE)
        asked = {"only": only, "without": without}
        findings = page.evaluate(_FINDINGS, asked)
        if findings:
            found[kind] = findings
    context.close()
    assert found == {}


_TABBED = """() => {
  const element = document.activeElement
  const {outlineStyle, outlineWidth} = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  const ringed = outlineStyle !== "none" && parseFloat(outlineWidth) > 0
  return {
    ours: Boolean(element.closest(".okr")),
    words: element.outerHTML.slice(0, 120),
    place: [...document.querySelectorAll("*")].indexOf(element),
    seen: ringed && box.width > 0 && box.height > 0,
    body: element === document.body,
  }
}"""


@pytest.mark.parametrize("kind", ["open cycle", "objective", "review of a team", "frame"])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    browser: Browser, kind: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{served(demo_site())}/{every_kind()[kind]}")
    wait_until_at_rest(page)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll(
          ".okr :is(a[href], button, input, select, summary, [tabindex='0'])"
        )].filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled).length"""
    )
    places, unseen = [], []
    for _ in range(wanted + 80):
        page.keyboard.press("Tab")
        now = page.evaluate(_TABBED)
        if now["body"] and places:
            break
        if now["ours"] and now["place"] not in places:
            places.append(now["place"])
            if not now["seen"]:
                unseen.append(now["words"])
    page.close()
    assert unseen == []
    assert places == sorted(places)
    assert len(places) == wanted


def test_the_first_key_leads_past_the_navigation(browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{served(demo_site())}/{KINDS['objective']}")
    page.keyboard.press("Tab")
    assert "md-skip" in (page.evaluate("document.activeElement.className") or "")
    page.keyboard.press("Enter")
    page.wait_for_url("**#*")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.okr'))")
    page.close()


_RINGS = """() => {
  const ring = element => {
    const {outlineStyle, outlineWidth} = getComputedStyle(element)
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
  }
  const element = document.activeElement
  const palette = element.closest("[data-md-component=palette]")
  const shown = palette?.querySelector("label:not([hidden])") ?? element.closest("form")
  return [palette ? "palette" : element.name, Boolean(shown && ring(shown))]
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_palette_and_search_show_that_they_have_the_focus(browser: Browser, scheme: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page.goto(f"{served(demo_site())}/")
    wait_until_at_rest(page)
    found = {}
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.closest('.md-header form'))"):
            name, ringed = page.evaluate(_RINGS)
            found[name] = ringed
    page.close()
    assert found == {"palette": True, "query": True}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_search_and_its_results_keep_nobody_out(browser: Browser, scheme: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page.goto(f"{served(demo_site())}/")
    page.locator("input.md-search__input").click()
    page.keyboard.type("sales tours netwrok")
    page.locator(".md-search-result__item .okr-found").first.wait_for()
    wait_until_at_rest(page)
    page.evaluate(AXE)
    findings = page.evaluate(_FINDINGS, {"only": None, "without": []})
    page.close()
    assert findings == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_of_keys_and_a_marked_page_keep_nobody_out(browser: Browser, scheme: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page.goto(f"{served(demo_site())}/teams/support/")
    page.get_by_role("button", name="My page").click()
    page.keyboard.press("?")
    page.locator("dialog.okr-keys").wait_for()
    wait_until_at_rest(page)
    page.evaluate(AXE)
    findings = page.evaluate(_FINDINGS, {"only": None, "without": []})
    page.close()
    assert findings == []


_DRAWN = """() => {
  const bar = document.querySelector(".okr-bar:has(rect + rect)")
  const style = selector => getComputedStyle(bar.querySelector(selector))
  const status = getComputedStyle(document.querySelector(".okr-status"), "::before")
  return {
    paper: getComputedStyle(document.body).backgroundColor,
    fill: style("rect").fill,
    mark: style("rect + rect").fill,
    frame: getComputedStyle(bar).outlineStyle,
    shape: status.backgroundColor,
  }
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["open cycle", "review of a team", "frame"])
def test_bars_and_statuses_stay_visible_in_colours_that_the_reader_chose(
    browser: Browser, kind: str, scheme: Any
) -> None:
    context = browser.new_context(forced_colors="active", color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{served(demo_site())}/{every_kind()[kind]}")
    wait_until_at_rest(page)
    drawn = page.evaluate(_DRAWN)
    context.close()
    paper = drawn.pop("paper")
    assert drawn.pop("frame") == "solid"
    assert [name for name, colour in drawn.items() if _same(colour, paper)] == []


def _same(colour: str, other: str) -> bool:
    return colour.replace(" ", "") == other.replace(" ", "")


def test_nothing_moves_for_who_asked_for_less_motion(browser: Browser) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page: Page = context.new_page()
    for kind in ("home", "alignment of a cycle", "review of a team"):
        page.goto(f"{served(demo_site())}/{every_kind()[kind]}")
        wait_until_at_rest(page)
        moving = page.evaluate(
            """() => [...document.querySelectorAll(".okr, .okr *")].filter(element => {
              const style = getComputedStyle(element)
              const lasting = value => value.split(",").some(part => parseFloat(part) > 0)
              return style.animationName !== "none" && lasting(style.animationDuration)
                || style.transitionProperty !== "none" && lasting(style.transitionDuration)
                || style.scrollBehavior === "smooth"
            }).map(element => element.outerHTML.slice(0, 120))"""
        )
        assert moving == [], kind
        scroll = page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
        assert scroll == "auto", kind
    context.close()
