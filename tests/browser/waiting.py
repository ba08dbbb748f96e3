"""Waiting in the browser for what is meant, instead of for as long as it takes on some machine."""

from collections.abc import Callable
from time import monotonic

from playwright.sync_api import Page

PATIENCE = 120_000
"""Milliseconds until what does not come counts as missing: many, for a machine that is busy."""

# Frames are drawn in order: what was asked for before the first is on the screen after the second.
_PAINTED = "() => new Promise(d => requestAnimationFrame(() => requestAnimationFrame(() => d())))"

# Scripts that a page loads by itself have drawn what is in sight, and nothing is on its way.
_AT_REST = """() => {
  const inSight = element => {
    const box = element.getBoundingClientRect()
    return element.checkVisibility() && box.bottom > 0 && box.top < innerHeight
  }
  const charts = [...document.querySelectorAll("[data-okr-chart]:not(.okr-series--bare)")]
  const maps = [...document.querySelectorAll(".okr:has(.okr-tree__item) [data-okr-map]")]
  return document.readyState === "complete" && document.fonts.status === "loaded"
    && charts.every(chart => chart.querySelector("canvas") || !inSight(chart))
    && maps.every(map => map.querySelector(".okr-map__card"))
    && document.getAnimations().every(moving => moving.playState !== "running")
}"""

_ALL_FOUND = """words => [...document.querySelectorAll("a.md-search-result__link")]
  .some(link => new URL(link.href).searchParams.get("h") === words)"""


def wait_until_painted(page: Page) -> None:
    """Wait until all that the page was told so far has been drawn, and its observers have heard."""
    page.evaluate(_PAINTED)


def wait_until_at_rest(page: Page) -> None:
    """Wait until nothing of a page that was opened is loaded, drawn or moved any more."""
    page.wait_for_function(_AT_REST)
    wait_until_painted(page)


def wait_until(page: Page, so: Callable[[], bool]) -> None:
    """Ask again and again what can only be asked from outside of the page, until it is so."""
    end = monotonic() + PATIENCE / 1000
    while not so():
        assert monotonic() < end, "it never came"
        page.wait_for_timeout(20)


def type_and_find(page: Page, words: str) -> None:
    """Type into Material's search, and wait until it lists what it finds with all of the words.

    The list is replaced with every letter; the address of a result says what it was found by.
    """
    page.keyboard.type(words)
    page.keyboard.press("End")  # it listens to keys, and no key of this keyboard types a “š”
    page.wait_for_function(_ALL_FOUND, arg=words.lower())
