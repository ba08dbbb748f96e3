"""Views to HTML: one Jinja environment, with autoescape and no undefined names."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.runtime import Context
from markupsafe import Markup, escape

from okrsite.language.wording import Words


class _Context(Context):
    """Calls macros and functions as they are.

    Jinja looks at every function for what it may want to be passed, which takes longer than most
    of our macros; none of ours asks for anything.
    """

    def call(
        self,
        called: Callable[..., Any],
        /,
        *args: Any,
        _block_vars: object = None,
        _loop_vars: object = None,
        **named: Any,
    ) -> Any:
        return called(*args, **named)


_needs_escaping = re.compile("[&<>'\"]").search


def _escape(value: Any) -> str:
    """Escape what has to be; Jinja's own makes a new object of every text, most of which have not.

    What a template puts out is joined, so that a text need not know that it is safe.
    """
    kind = type(value)
    safe = kind is Markup or (kind is str and not _needs_escaping(value))
    return value if safe else escape(value)


class _Template(Template):
    """Escapes with our own function, which the code of a template finds under Jinja's name."""

    @classmethod
    def from_code(cls, *made_of: Any, **named: Any) -> Template:
        template = super().from_code(*made_of, **named)
        template.root_render_func.__globals__["escape"] = _escape
        return template


class _Environment(Environment):
    """Views are values with attributes, and never mappings that would have to be tried as well."""

    context_class = _Context
    template_class = _Template
    getattr = staticmethod(getattr)  # type: ignore[assignment]


class Renderer:
    """Renders the templates of the pages.

    `folders` are searched in their order, so that a user's own theme folder may replace a
    template of the package.
    """

    def __init__(self, folders: Sequence[str], words: Words) -> None:
        self._environment = _Environment(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # every build makes a renderer of its own
        )
        translations = words.translations

        def say(text: str, **values: object) -> Markup:
            return Markup(translations.gettext(text)) % values

        def count(one: str, many: str, num: int, **values: object) -> Markup:
            return Markup(translations.ngettext(one, many, num)) % {"num": num, **values}

        self._environment.globals.update(_=say, gettext=say, ngettext=count)

    def render(self, template: str, view: object) -> str:
        """Render a view with the template of a page."""
        return self._environment.get_template(f"okr/{template}.html").render(view=view)
