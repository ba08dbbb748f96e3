"""Links in Markdown text: which files a body names."""

from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt


def local_links(body: str) -> tuple[str, ...]:
    """List the relative links and images of a Markdown text, without query and anchor."""
    found: dict[str, None] = {}
    for token in MarkdownIt().parse(body):
        for child in token.children or ():
            target = child.attrGet("href") or child.attrGet("src")
            if not isinstance(target, str):
                continue
            try:
                parts = urlsplit(target)
            except ValueError:
                continue
            if not parts.scheme and not parts.netloc and parts.path:
                found[unquote(parts.path)] = None
    return tuple(found)
