"""Which files are Markdown: those that MkDocs takes for pages."""

from pathlib import PurePosixPath

MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""The endings of Markdown files."""


def without_ending(uri: str) -> str:
    """Return the path of a Markdown file without its ending."""
    lower = uri.lower()
    return uri.removesuffix(PurePosixPath(uri).suffix) if lower.endswith(MARKDOWN) else uri
