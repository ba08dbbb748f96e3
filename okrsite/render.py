"""Views to HTML: one Jinja environment, with autoescape and no undefined names."""

from collections.abc import Callable, Sequence
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Context
from markupsafe import Markup

from okrsite.wording import Words


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


class _Environment(Environment):
    """Views are values with attributes, and never mappings that would have to be tried as well."""

    context_class = _Context
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
