"""Views to HTML: one Jinja environment, with autoescape and no undefined names."""

from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from okrsite.wording import Words


class Renderer:
    """Renders the templates of the pages.

    `folders` are searched in their order, so that a user's own theme folder may replace a
    template of the package.
    """

    def __init__(self, folders: Sequence[str], words: Words) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # every build makes a renderer of its own
            extensions=["jinja2.ext.i18n"],
        )
        self._environment.install_gettext_translations(  # type: ignore[attr-defined]
            words.translations, newstyle=True
        )

    def render(self, template: str, view: object) -> str:
        """Render a view with the template of a page."""
        return self._environment.get_template(f"okr/{template}.html").render(view=view)
