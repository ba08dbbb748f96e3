"""Pages as files for other generators: front matter, and Markdown or one block of HTML."""

import posixpath
import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import urlunsplit

import yaml
from markupsafe import escape

from okrsite.documents.links import ADDRESS, address_in, relative_link
from okrsite.generating.site import MadePage, document_meta

_PREFORMATTED = re.compile(r"(<(pre|textarea)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\n\s*\n")
_TAGS = re.compile(r"<[^>]+>")
_LONGEST_WORDS = 2_000


def page_file(meta: Mapping[str, Any], text: str) -> str:
    """Return a page with its front matter."""
    fields = yaml.safe_dump(dict(meta), allow_unicode=True, sort_keys=False, width=1_000_000)
    return f"---\n{fields}---\n\n{text.strip()}\n"


def markdown_page(page: MadePage, html: str | None = None) -> str:
    """Return a page as Markdown: its own where it can be, else one block of HTML.

    The front matter says what Material and Zensical hide, and the words that a search should find.
    `html` is the content of the page where it is not the page's own.
    """
    if page.markdown is not None:
        return page_file({**page.meta, "title": page.meta.get("title", page.title)}, page.markdown)
    meta = document_meta(page)
    if page.shown is not None:
        meta["hide"] = ["navigation", "toc"]
        meta["search"] = {"boost": page.weight, "words": search_words(page)}
    return page_file(meta, html_block(html or page.html))


def search_words(page: MadePage) -> str:
    """Return what a search should find of a page, as plain text, bounded."""
    return " ".join(_TAGS.sub(" ", page.words).split())[:_LONGEST_WORDS]


def html_block(html: str) -> str:
    """Return HTML that every Markdown takes for one block: without empty lines, or templates."""
    pieces = _PREFORMATTED.split(without_templates(html))
    kept: list[str] = []
    for number, piece in enumerate(pieces):
        if number % 3 == 0:
            kept.append(_EMPTY_LINES.sub("\n", piece))
        elif number % 3 == 1:
            kept.append(piece.replace("\n", "&#10;"))
    return f'<div class="okr-page">\n{"".join(kept).strip()}\n</div>'


def from_source(html: str, address: str) -> str:
    """Return HTML with its relative links as they are from the folder of the page's source.

    `notes/why.md` is published as `notes/why/`, so from `why.md` to `list/` it is `list/`, and
    from the page `../list/`.
    """
    name = posixpath.basename(address.rstrip("/"))
    if not address.endswith("/") or not name or address == "./":
        return html

    def moved(match: re.Match[str]) -> str:
        target = unescape(address_in(match))
        parts = relative_link(target)
        if parts is None or not parts.path or parts.path.startswith("/"):
            return match[0]
        path = posixpath.normpath(posixpath.join(name, parts.path))
        path += "/" if parts.path.endswith("/") and path != "/" else ""
        link = urlunsplit(("", "", path, parts.query, parts.fragment))
        return f'{match[0].partition("=")[0]}="{escape(link)}"'

    return _TAGS.sub(lambda tag: ADDRESS.sub(moved, tag[0]), html)


def without_templates(html: str) -> str:
    """Return HTML in which no generator finds a template or a shortcode."""
    return html.replace("{{", "&#123;{").replace("{%", "&#123;%").replace("{#", "&#123;#")
