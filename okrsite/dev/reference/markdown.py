"""Pieces of Markdown."""

from collections.abc import Iterable, Sequence


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def fence(language: str, text: str) -> str:
    """Return a fenced code block."""
    return f"```{language}\n{text}\n```"


def anchor(id: str) -> str:
    """Return an anchor for the heading that contains it."""
    return f'<a id="{id.lower()}"></a>'


def paragraphs(parts: Iterable[str]) -> str:
    """Return paragraphs as one text."""
    return "\n\n".join(parts)


def listed(parts: Sequence[str], word: str = "and") -> str:
    """Return parts joined as in a sentence."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"
