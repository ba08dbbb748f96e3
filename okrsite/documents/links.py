"""Links in Markdown text: which files a body names."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from markdown_it.token import Token


def local_links(body: str) -> tuple[str, ...]:
    """List the relative links and images of a Markdown text, without query and anchor."""
    from markdown_it import MarkdownIt  # slow to import, and seldom needed when linting

    found: dict[str, None] = {}
    for target in _targets(MarkdownIt().parse(body)):
        try:
            parts = urlsplit(target)
        except ValueError:
            continue
        if not parts.scheme and not parts.netloc and parts.path:
            found[unquote(parts.path)] = None
    return tuple(found)


_ADDRESS = re.compile(
    r"""\b(?:href|src|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)


def _targets(tokens: "Iterable[Token]") -> Iterator[str]:
    """List the targets of links and images, of Markdown's and of HTML's."""
    for token in tokens:
        target = token.attrGet("href") or token.attrGet("src")
        if isinstance(target, str):
            yield target
        if token.type in ("html_block", "html_inline"):
            for match in _ADDRESS.finditer(token.content):
                yield next((group for group in match.groups() if group), "")
        yield from _targets(token.children or ())
