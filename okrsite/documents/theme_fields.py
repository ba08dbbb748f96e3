"""The front matter that MkDocs and Material for MkDocs read.

It is passed on as it is written. But the theme trusts it: a value of the wrong kind would end the
build of the whole site, and a link that runs a script would run it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from okrsite.documents.links import safe_link
from okrsite.i18n import phrase

_WORDS = (
    "author authors canonical categories comments draft git_creation_date"
    " git_creation_date_localized git_revision_date git_revision_date_localized hide icon image"
    " links location pin readtime revision_date robots search slug social source subtitle"
    " template"
)
THEME_FIELDS = frozenset(_WORDS.split())
"""The names of these fields."""

OWN_FIELDS = {
    **dict.fromkeys(("company", "team", "person"), frozenset({"links"})),
    "kpi": frozenset({"source"}),
}
"""Those of them that a type of document has for itself."""


def usable_fields(fields: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """Return the fields that the theme can use, and of the others the name, the message and the
    hint."""
    unusable = [name for name in fields if name in _KINDS and not _KINDS[name][0](fields[name])]
    usable = {name: value for name, value in fields.items() if name not in unusable}
    return usable, [(name, *_KINDS[name][1:]) for name in unusable]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_hide(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(map(_is_text, value)))


def _is_search(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    boost, exclude = value.get("boost", 1), value.get("exclude", False)
    return isinstance(boost, int | float) and 0 < boost <= 1000 and isinstance(exclude, bool)


_KINDS: dict[str, tuple[Callable[[object], bool], str, str]] = {
    "hide": (
        _is_hide,
        phrase("`hide` is not a list of texts"),
        phrase("write parts of the page, like [toc]"),
    ),
    "icon": (
        _is_text,
        phrase("`icon` is not a text"),
        phrase("write an icon's name, like material/flag"),
    ),
    "location": (
        lambda value: isinstance(value, str) and safe_link(value),
        phrase("the link in `location` is not allowed"),
        phrase("use an http, https or relative link"),
    ),
    "search": (
        _is_search,
        phrase("`search` has no settings that the search uses"),
        phrase("write {exclude: true}, or {boost: 2}"),
    ),
    "social": (
        lambda value: isinstance(value, dict),
        phrase("`social` is not a mapping of fields"),
        phrase("write {cards: false}"),
    ),
    "template": (
        _is_text,
        phrase("`template` is not a text"),
        phrase("write the name of a template"),
    ),
}
