"""The same pages for Material alone: what can be read on a built site, as ordinary Markdown.

Headings stay headings and list items stay list items; everything else that is read is a paragraph.
What is folded away, drawn, or said to screen readers only is left out, and so are links: nothing is
added that would make the plain pages slower to build than they have to be.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html

from tests.benchmarks.organisation import CONFIGURATION

LEAVES = """\
not_in_nav: |
  /okrs/
  /teams/*/
  /people/*/
  /alignment/*/
  /check-ins/*/
"""
"""Leaves out of the navigation what the plugin leaves out of it."""

_ARTICLE = "//article[contains(@class, 'md-content__inner')]"
_IN_THEME = "md-content__inner"
_UNSEEN = (
    ".//svg|.//script|.//style|.//form|.//*[@hidden or @aria-hidden='true']"
    "|.//details/*[not(self::summary)]|.//a[contains(@class, 'okr-anchor')]"
    "|.//*[contains(concat(' ', @class, ' '), ' okr-hidden ')]"
    "|.//*[contains(@class, 'md-content__button')]"
)
_BLOCKS = {"h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "summary", "article", "section", "div"}
_BLOCKS |= {"ul", "ol", "dl", "header", "nav", "table", "tr", "td", "th", "details", "aside"}
_MARKERS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- "}
_MEANT = re.compile(r"([\\`*_\[\]<>#&])")


def write_plain(built: Path, folder: Path, in_navigation: bool) -> int:
    """Write a site of the words of a built one; say how many pages it has."""
    leaves = "" if in_navigation else LEAVES
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(CONFIGURATION + leaves, encoding="utf-8")
    pages = pages_of(built)
    for page in pages:
        file = folder / "content" / page.relative_to(built).with_suffix(".md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(readable(page.read_text(encoding="utf-8")), encoding="utf-8")
    return len(pages)


def pages_of(built: Path) -> list[Path]:
    """List the pages of a built site; frames and other files for other sites are none."""
    found = sorted(built.rglob("index.html"))
    return [page for page in found if _IN_THEME in page.read_text(encoding="utf-8")]


def readable(page: str) -> str:
    """Return what can be read in the article of a page, as Markdown."""
    article = html.document_fromstring(page).xpath(_ARTICLE)[0]
    for unseen in article.xpath(_UNSEEN):
        if unseen.getparent() is not None:
            unseen.drop_tree()
    return "".join(f"{marker}{words}\n\n" for marker, words in _blocks(article, ""))


def _blocks(element: html.HtmlElement, marker: str) -> Iterator[tuple[str, str]]:
    """Return the blocks of text in an element, each with the mark that stands before it."""
    words = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _said(words, marker)
            yield from _blocks(child, _MARKERS.get(child.tag, ""))
            words = [child.tail or ""]
        else:
            words += [child.text_content(), child.tail or ""]
    yield from _said(words, marker)


def _said(words: list[str], marker: str) -> Iterator[tuple[str, str]]:
    text = " ".join(" ".join(words).split())
    if text:
        yield marker, _MEANT.sub(r"\\\1", text)


def main() -> None:
    """Write the plain pages of a built site where the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("built", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--in-navigation", action="store_true")
    arguments = parser.parse_args()
    write_plain(arguments.built, arguments.folder, arguments.in_navigation)


if __name__ == "__main__":
    main()
