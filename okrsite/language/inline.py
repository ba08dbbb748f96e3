"""Inline Markdown in titles, notes and reasons: emphasis, code and links; HTML in it is text."""

import re
from collections.abc import Iterable, Set
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from okrsite.documents.links import safe_link

_MARKUP = re.compile(r"[*_`\\\[\]<>&!\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINES = re.compile(r"[\r\n\u2028\u2029]+")
_CACHE_SIZE = 4096


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.disable(["image", "html_inline", "newline"])
    parser.validateLink = safe_link  # type: ignore[method-assign]
    return parser


_PARSER = _parser()


@lru_cache(maxsize=_CACHE_SIZE)
def inline(text: str) -> Markup:
    """Render inline Markdown to HTML; links open only http, https, mailto and relative."""
    return _rendered(text, frozenset())


@lru_cache(maxsize=_CACHE_SIZE)
def inline_without_links(text: str) -> Markup:
    """Render inline Markdown inside of a link, without links of its own."""
    return _rendered(text, _LINKS)


@lru_cache(maxsize=_CACHE_SIZE)
def plain(text: str) -> str:
    """Return the plain text of inline Markdown, on one line."""
    text = _one_line(text)
    if _MARKUP.search(text) is None:
        return text
    tokens = _PARSER.parseInline(text)[0].children or []
    return _one_line("".join(_words(tokens))).strip()  # `&#10;` is a line end, too


def _one_line(text: str) -> str:
    return _CONTROL.sub("\ufffd", _LINES.sub(" ", text))


_LINKS = frozenset({"link_open", "link_close"})


def _rendered(text: str, without: Set[str]) -> Markup:
    text = _CONTROL.sub("\ufffd", text)
    if _MARKUP.search(text) is None:
        return escape(text)
    tokens = _PARSER.parseInline(text)[0].children or []
    kept = [token for token in tokens if token.type not in without]
    line = Token("inline", "", 0, children=kept, content="")
    return Markup(_PARSER.renderer.render([line], _PARSER.options, {}))


def _words(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            yield token.content
