"""The head of the pages that are shown without Material for MkDocs around them."""

from dataclasses import dataclass

from okrsite.pages.parts import PageContext

STYLES = ("okr/okr.css", "okr/standalone.css")
"""The style sheets of all of these pages, relative to the site's root."""

# Where the theme puts its own; where none is named, browsers ask the host for /favicon.ico.
_ICON = "assets/images/favicon.png"


@dataclass(frozen=True, slots=True)
class Standalone:
    """The head of such a page; `language` and `direction` are those of the site."""

    name: str
    language: str
    direction: str
    icon: str
    styles: tuple[str, ...]
    script: str | None = None


def standalone(
    context: PageContext, name: str, *styles: str, script: str | None = None
) -> Standalone:
    """Return the head of a page called `name`, with style sheets and a script of its own."""
    words = context.words
    return Standalone(
        name=name,
        language=str(words.locale).replace("_", "-"),
        direction=words.direction,
        icon=context.href(_ICON),
        styles=tuple(context.href(style) for style in (*STYLES, *styles)),
        script=context.href(script) if script else None,
    )
