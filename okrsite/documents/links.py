"""The links in a text: which are allowed, which are relative, and the files that they name."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

if TYPE_CHECKING:
    from markdown_it.token import Token

LINK_SCHEMES = frozenset({"http", "https", "mailto"})
"""The only schemes that a link may have; a link without one is relative."""

ADDRESS = re.compile(
    r"""\b(?:href|src|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
"""An attribute of HTML with an address; `address_in` returns it."""

_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]")
_SCHEME = re.compile(r"([^/?#:]*):")


def safe_link(url: str) -> bool:
    """Whether a link is http, https, mailto or relative (RFC 3986, section 4.1)."""
    scheme = _SCHEME.match(_INVISIBLE.sub("", url))
    return scheme is None or scheme[1].lower() in LINK_SCHEMES


def is_readable(url: str) -> bool:
    """Whether a link can be taken apart, which browsers and MkDocs do with each."""
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True


def relative_link(target: str) -> SplitResult | None:
    """Return the parts of a link without scheme and host; None for any other."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else parts


def local_links(body: str) -> tuple[str, ...]:
    """Return the relative links and images of a Markdown text, without query and anchor."""
    from markdown_it import MarkdownIt  # slow to import, and seldom needed when linting

    links = map(relative_link, _targets(MarkdownIt().parse(body)))
    return tuple(dict.fromkeys(unquote(parts.path) for parts in links if parts and parts.path))


def _targets(tokens: "Iterable[Token]") -> Iterator[str]:
    """Return the targets of links and images, of Markdown's and of HTML's."""
    for token in tokens:
        target = token.attrGet("href") or token.attrGet("src")
        if isinstance(target, str):
            yield target
        if token.type in ("html_block", "html_inline"):
            yield from map(address_in, ADDRESS.finditer(token.content))
        yield from _targets(token.children or ())


def address_in(match: re.Match[str]) -> str:
    """Return the address in a match, which is the only one of its groups that is not empty."""
    return next((group for group in match.groups() if group), "")
