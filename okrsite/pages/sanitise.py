"""HTML of a document's body without anything in it that acts.

Markdown lets HTML through, and documents come from many hands. What Markdown's extensions produce
stays: headings with ids, tables, code with its colours, admonitions, tabs, task lists, footnotes,
pictures, diagrams. Scripts, handlers of events, forms, frames and links that run something go.
"""

import re

import nh3
from markupsafe import Markup

from okrsite.documents.links import safe_link

_TAGS = {
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br",
    "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div",
    "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "i", "img", "input", "ins", "kbd", "label", "li", "mark", "ol", "p",
    "picture", "pre", "q", "s", "samp", "section", "small", "source", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "track", "tt",
    "u", "ul", "var", "video", "wbr", "svg", "g", "path", "circle", "ellipse", "line", "polygon",
    "polyline", "rect",
}  # fmt: skip

_EVERYWHERE = {
    "class", "id", "title", "lang", "dir", "role", "style", "align", "hidden", "aria-hidden",
    "aria-label", "data-lang", "data-linenos", "data-search-exclude", "data-tabs", "data-title",
    "data-description", "data-gallery", "data-preview",
}  # fmt: skip

_SHAPES = ("svg", "g", "path", "circle", "ellipse", "line", "polygon", "polyline", "rect")

_SHAPE = {
    "xmlns", "viewbox", "viewBox", "width", "height", "fill", "stroke", "stroke-width", "d", "cx",
    "cy", "r", "rx", "ry", "x", "y", "x1", "x2", "y1", "y2", "points", "transform",
    "fill-rule", "clip-rule", "stroke-linecap", "stroke-linejoin", "opacity",
}  # fmt: skip

_ATTRIBUTES: dict[str, set[str]] = {
    "*": _EVERYWHERE,
    "a": {"href", "name", "rel", "target", "hreflang", "download", "rev"},
    "audio": {"src", "controls", "loop", "muted", "preload"},
    "blockquote": {"cite"},
    "col": {"span", "width"},
    "colgroup": {"span"},
    "details": {"open", "name"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "input": {"checked", "disabled", "name"},
    "label": {"for"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "source": {"src", "type", "media"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "video": {"src", "controls", "loop", "muted", "preload", "poster", "width", "height"},
    **dict.fromkeys(_SHAPES, _SHAPE),
}

_ADDRESSES = frozenset({"href", "src", "poster", "cite"})

# What Material for MkDocs and Pygments name this way themselves. Any other id that begins with two
# underscores could stand in for what the theme looks up: `__config` holds its settings.
_KNOWN_PRIVATE_ID = re.compile(r"__(?:tabbed|codelineno|span)[-_]")

_DEEPEST = 1000
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset({"br", "col", "hr", "img", "input", "path", "source", "track", "wbr"})

_PLAIN = re.compile(
    r"</?(?:p|em|strong|code|ul|ol|li|blockquote|pre|h[1-6])>"
    r"|<br ?/?>|<hr ?/?>|<h[1-6] id=\"[a-z0-9-]*\">"
)


def sanitise(html: str) -> Markup:
    """Remove from a rendered body everything that could act in the reader's browser.

    Most bodies are paragraphs, lists and emphasis alone, and are given back as they are.
    """
    if "<" not in _PLAIN.sub("", html):
        return Markup(html)
    if _too_deep(html):
        return Markup("<pre>%s</pre>") % html
    return Markup(_CLEANER.clean(html))


def _too_deep(html: str) -> bool:
    """Whether elements are nested so deep that a tree of them takes the square of its size."""
    depth = 0
    if html.count("<") <= _DEEPEST:
        return False
    for tag in _ANY_TAG.finditer(html):
        if tag[1]:
            depth -= 1
        elif tag[2].lower() not in _VOID:
            depth += 1
        if depth > _DEEPEST:
            return True
    return False


def _attribute(_: str, name: str, value: str) -> str | None:
    if name in _ADDRESSES:
        return value if safe_link(value) else None
    if name == "id" and value.startswith("__") and not _KNOWN_PRIVATE_ID.match(value):
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={"script", "style", "template", "noscript", "iframe", "object"},
    attributes=_ATTRIBUTES,
    tag_attribute_values={"input": {"type": {"checkbox", "radio"}}},
    attribute_filter=_attribute,
    filter_style_properties={"text-align", "width", "height", "max-width"},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)
