"""Pieces of Markdown."""

from collections.abc import Iterable, Sequence


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def fence(language: str, text: str) -> str:
    """Write a fenced block."""
    return f"```{language}\n{text}\n```"


def anchor(id: str) -> str:
    """Return a short address to the heading that it stands in."""
    return f'<a id="{id.lower()}"></a>'


def paragraphs(parts: Iterable[str]) -> str:
    """Join paragraphs."""
    return "\n\n".join(parts)


def joined(lines: Iterable[str]) -> str:
    """Join lines."""
    return "\n".join(lines)


def listed(parts: Sequence[str], word: str = "and") -> str:
    """List words as a sentence does."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"
