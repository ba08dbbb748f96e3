"""What sticks out of a page: asked in the browser, once the page is at rest."""

from playwright.sync_api import Page

from tests.browser.waiting import wait_until_at_rest

# What is hidden or scrolls by itself does not stick out.
_STICKS_OUT = """() => [...document.querySelectorAll(".okr *")].filter(node => {
  if (!node.checkVisibility() || node.closest(".okr-hidden, svg, details:not([open])")) return false
  for (let outer = node.parentElement; outer; outer = outer.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(outer).overflowX)) return false
  }
  const box = node.getBoundingClientRect()
  const width = document.documentElement.clientWidth
  return box.width && (box.left < -1 || box.right > width + 1)
}).map(node => `${node.tagName} ${node.className}: ${node.textContent.trim().slice(0, 40)}`)"""


def sticks_out(page: Page) -> list[str]:
    """Wait until the page is at rest, and tell what of it leaves the window on either side."""
    wait_until_at_rest(page)
    found: list[str] = page.evaluate(_STICKS_OUT)
    width: int = page.evaluate("document.documentElement.scrollWidth")
    window: int = page.evaluate("window.innerWidth")
    return [*found, *([f"the page is {width} wide"] if width > window else [])]
