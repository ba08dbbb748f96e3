"""HTML of a rendered body: taken apart where a page shows its parts in different places."""

import posixpath
import re
from collections.abc import Callable, Collection
from html import unescape
from urllib.parse import unquote, urlunsplit

from markupsafe import Markup, escape

from okrsite.documents.links import ADDRESS, address_in, relative_link
from okrsite.pages.addresses import to_root
from okrsite.util.markdown_files import MARKDOWN

_TITLE = re.compile(r"\s*<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_RETROSPECTIVE = re.compile(
    r"<h2\b[^>]*>\s*Retrospective\b.*?</h2>(.*?)(?=<h[12]\b|\Z)", re.DOTALL | re.IGNORECASE
)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
# No part of it repeats without a bound, so that text which only looks like links costs no more
# than its length.
_TAG = re.compile(r"<([a-z][a-z0-9]*)\b([^>]{0,4000})>", re.IGNORECASE)
_ID = re.compile(r"""\sid\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_LINK_END = re.compile(r"</a\s*>", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(
    r"!?\[(?:[^\[\]]|\[[^\[\]]{0,500}\]){0,1000}\]"
    r"\(\s{0,100}(?:<([^<>\n]{1,1000})>|([^)\s<>]{1,1000}))(?:\s[^)]{0,1000})?\)"
)


def split_title(html: str) -> tuple[Markup | None, Markup]:
    """Split HTML that begins with a level-1 heading into its content and the rest."""
    match = _TITLE.match(html)
    if match is None:
        return None, Markup(html)
    return Markup(_PERMALINK.sub("", match[1]).strip()), Markup(html[match.end() :])


def split_retrospective(html: str) -> tuple[Markup, Markup | None]:
    """Split HTML into what surrounds its section Retrospective, and that section."""
    match = _RETROSPECTIVE.search(html)
    if match is None:
        return Markup(html), None
    return Markup(html[: match.start()] + html[match.end() :]), Markup(match[1].strip())


def without_ids(html: str, taken: Collection[str]) -> str:
    """Return headings other ids where a key result's heading has the same one."""
    for id in taken:
        html = html.replace(f'id="{escape(id)}"', f'id="{escape(id)}-text"')
    return html


def first_paragraph(html: str) -> Markup | None:
    """Return the content of the first paragraph of HTML; None without one."""
    match = _PARAGRAPH.search(html)
    return Markup(match[1].strip()) if match and match[1].strip() else None


def moved_to(html: str, page: str, other: str) -> Markup:
    """Move HTML from one page to another: its relative links are adapted, its ids removed.

    `page` and `other` are addresses relative to the site's root.
    """
    way, folder = to_root(other), posixpath.dirname(f"{page.removeprefix('./')}-")

    def moved(match: re.Match[str]) -> str:
        parts = relative_link(unescape(address_in(match)))
        if parts is None or parts.path.startswith("/"):
            return match[0]
        path = posixpath.normpath(posixpath.join(folder, parts.path)) if parts.path else page
        if parts.path.endswith("/"):
            path += "/"
        moved = urlunsplit(("", "", f"{way}{path.removeprefix('./')}", *parts[3:])) or "./"
        return f'{match[0].partition("=")[0]}="{escape(moved)}"'

    def in_tag(tag: re.Match[str]) -> str:
        inside = _ID.sub("", tag[2])
        return f"<{tag[1]}{ADDRESS.sub(moved, inside)}>"

    return Markup(_TAG.sub(in_tag, html))


def hide_links(text: str, uri: str, hidden: Collection[str], instead: str, markdown: bool) -> str:
    """Replace links to files that are not published, whole, by words that name nothing.

    `uri` is the file that contains the text, `hidden` the files that are not published.
    """
    if not hidden:
        return text

    def hides(match: re.Match[str]) -> bool:
        return leads_to(address_in(match), uri, hidden.__contains__)

    if markdown:
        return _MARKDOWN_LINK.sub(lambda match: instead if hides(match) else match[0], text)
    kept: list[str] = []
    shown, last_end = 0, text.lower().rfind("</a")
    for tag in _TAG.finditer(text):
        if tag.start() >= shown and any(map(hides, ADDRESS.finditer(tag[2]))):
            kept += [text[shown : tag.start()], instead]
            closed = tag[1].lower() == "a" and tag.end() <= last_end
            shown = _end_of_link(text, tag) if closed else tag.end()
    return "".join([*kept, text[shown:]])


def _end_of_link(text: str, tag: re.Match[str]) -> int:
    """Return where a link ends that begins with a tag: its words may name what it leads to."""
    end = _LINK_END.search(text, tag.end())
    return end.end() if end else tag.end()


def leads_to(target: str, uri: str, wanted: Callable[[str], bool]) -> bool:
    """Whether a relative link in a file leads to a wanted file."""
    parts = relative_link(target)
    if parts is None or not parts.path:
        return False
    path = posixpath.normpath(posixpath.join(posixpath.dirname(uri), unquote(parts.path)))
    return wanted(path) or any(
        wanted(f"{path}{ending}") or wanted(f"{path}/index{ending}") for ending in MARKDOWN
    )
