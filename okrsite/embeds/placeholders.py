"""Keep the places of blocks and references while Markdown and the sanitiser do their work.

Each is replaced by a word that nothing changes. In the HTML, a reference's word becomes its link
and a block's an empty element, which the search reads nothing of and which is filled later.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from okrsite.embeds.scan import Block, Reference, scan


@dataclass(frozen=True, slots=True)
class Shown:
    """A reference as it is shown: HTML with a link, and the words alone where no link can be."""

    html: Markup
    words: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A Markdown text with placeholders, and the block or reference of each."""

    text: str
    blocks: Mapping[str, Block]
    references: Mapping[str, Shown]
    sources: Mapping[str, str]


def take(text: str, show: Callable[[Reference], Shown | None]) -> Taken | None:
    """Replace the blocks and references of a text by placeholders; None where it has none.

    A reference for which `show` returns None stays as it is written.
    """
    found = scan(text)
    if not found:
        return None
    stem = f"okrplace{hashlib.blake2s(text.encode(), digest_size=6).hexdigest()}x"
    pieces: list[str] = []
    blocks: dict[str, Block] = {}
    references: dict[str, Shown] = {}
    sources: dict[str, str] = {}
    position = 0
    for number, one in enumerate(found):
        token = f"{stem}{number}x"
        if isinstance(one, Block):
            if not one.closed:
                continue
            blocks[token] = one
            instead = f"\n{one.indent}{token}\n"
        else:
            shown = show(one)
            if shown is None:
                continue
            references[token] = shown
            instead = _without_marks(shown.words) if one.in_heading else token
        sources[token] = text[one.start : one.end]
        pieces += [text[position : one.start], instead]
        position = one.end
    if not sources:
        return None
    return Taken("".join([*pieces, text[position:]]), blocks, references, sources)


def put(html: str, taken: Taken) -> str:
    """Return HTML with links for the references, and empty elements for the blocks."""

    def instead(match: re.Match[str]) -> str:
        token = match["alone"] or match["inline"]
        if token is None:
            return _elsewhere(match[0], taken)
        if token in taken.references:
            return match[0].replace(token, taken.references[token].html)
        return empty(token) if token in taken.blocks else match[0]

    return _PIECES.sub(instead, html)


def empty(token: str) -> str:
    """Return the empty element of a block."""
    return f'<div class="okr-embedded" data-okr="{token}"></div>'


def fill(html: str, taken: Taken, answer: Callable[[Block], str]) -> str:
    """Replace the empty elements of blocks by what `answer` returns for them."""
    for token, block in taken.blocks.items():
        if (place := empty(token)) in html:
            html = html.replace(place, answer(block))
    return html


_TOKEN = r"okrplace[0-9a-f]{12}x[0-9]+x"
# Where no link can stand: comments, code, scripts, links, and inside of a tag.
_PIECES = re.compile(
    r"<!--.*?-->"
    r"|<(?P<name>script|style|textarea|pre|code|a|svg)\b[^>]*>.*?</(?P=name)\s*>"
    rf"|<p>\s*(?P<alone>{_TOKEN})\s*</p>"
    r"""|<[a-z/!](?:[^"'>]|"[^"]*"|'[^']*')*>"""
    rf"|(?P<inline>{_TOKEN})",
    re.DOTALL | re.IGNORECASE,
)
_ANY = re.compile(_TOKEN)
_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~^=$&:])")


def _elsewhere(piece: str, taken: Taken) -> str:
    """Return comments, code and tags with what was written instead of placeholders."""
    raw = piece.startswith(("<!--", "<script", "<style"))
    code = piece.startswith(("<pre", "<code", "<textarea"))

    def instead(match: re.Match[str]) -> str:
        token = match[0]
        if token not in taken.sources:
            return token
        if raw:
            return taken.sources[token]
        shown = taken.references.get(token)
        return str(escape(shown.words if shown and not code else taken.sources[token]))

    return _ANY.sub(instead, piece)


def _without_marks(words: str) -> str:
    """Return words with their Markdown marks escaped."""
    return _MARKS.sub(r"\\\1", words)
