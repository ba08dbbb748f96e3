"""Which files are Markdown: those that MkDocs takes for pages."""

from pathlib import PurePosixPath

MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""The endings of Markdown files."""

_NEARLY = (*MARKDOWN, *(f"{ending}.txt" for ending in MARKDOWN), ".mdx")


def meant_as_markdown(name: str) -> bool:
    """Whether a file's name looks as if it was meant to be Markdown: `a.MD`, `a.md.txt` too."""
    return name.lower().endswith(_NEARLY)


def without_ending(uri: str) -> str:
    """Return the path of a Markdown file without its ending."""
    lower = uri.lower()
    return uri.removesuffix(PurePosixPath(uri).suffix) if lower.endswith(MARKDOWN) else uri
