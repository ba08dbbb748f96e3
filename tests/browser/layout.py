"""What of a page sticks out, is covered or broken: asked in the browser, once it is at rest."""

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


# Each piece of text that can be seen, with where its letters are; what is in a drawing of its own
# size, in a choice or cut off for screen readers is left out.
_TEXTS = """
  const texts = []
  const walk = document.createTreeWalker(document.querySelector(".okr"), NodeFilter.SHOW_TEXT)
  for (let piece; (piece = walk.nextNode());) {
    const node = piece.parentElement
    const seen = {opacityProperty: true, visibilityProperty: true}
    if (!piece.data.trim() || !node.checkVisibility(seen)) continue
    if (node.closest(".okr-hidden, small, [hidden], select, caption, pre, .okr-map")) continue
    let cut = false
    for (let outer = node; outer && !cut; outer = outer.parentElement) {
      const style = getComputedStyle(outer)  // a hidden part of a drawing counts as visible
      cut = style.display === "none" || style.clipPath.startsWith("inset(50%")
    }
    if (!cut) texts.push([piece, node])
  }
  const size = node => parseFloat(getComputedStyle(node).fontSize)
  const words = text => text.trim().slice(0, 30)"""

_COVERED = f"""() => {{{_TEXTS}
  const boxes = texts.flatMap(([piece, node]) => {{
    const range = document.createRange()
    range.selectNodeContents(piece)
    return [...range.getClientRects()].filter(box => box.width > 2).map(box => {{
      const room = (box.height - size(node)) / 2
      const [top, bottom] = [box.top + room, box.bottom - room]
      return {{words: words(piece.data), left: box.left, right: box.right, top, bottom}}
    }})
  }}).sort((one, other) => one.top - other.top)
  return boxes.flatMap((one, at) => {{
    const found = []
    for (const other of boxes.slice(at + 1)) {{
      if (other.top >= one.bottom) break
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
      const down = Math.min(one.bottom, other.bottom) - other.top
      if (across > 1 && down > 2) found.push(`${{one.words}} × ${{other.words}}`)
    }}
    return found
  }})
}}"""

_BROKEN = f"""() => {{{_TEXTS}
  return texts.flatMap(([piece, node]) => node.closest("code, .okr-source") ? [] :
    [...piece.data.matchAll(/[\\p{{L}}\\d]+/gu)].filter(word => {{
      const range = document.createRange()
      range.setStart(piece, word.index)
      range.setEnd(piece, word.index + word[0].length)
      const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)))
      return word[0].length < 16 && lines.size > 1
    }}).map(word => `${{word[0]}} in ${{words(piece.data)}}`))
}}"""


def covered(page: Page) -> list[str]:
    """Wait until the page is at rest, and tell which texts lie over each other."""
    wait_until_at_rest(page)
    found: list[str] = page.evaluate(_COVERED)
    return found


def broken_words(page: Page) -> list[str]:
    """Wait until the page is at rest, and tell which words break in the middle.

    Those of sixteen letters and more may, as a phone has no room for them.
    """
    wait_until_at_rest(page)
    found: list[str] = page.evaluate(_BROKEN)
    return found
