"""The frame that the theme puts around every page, without the blanks its templates have.

They are a fifth of the frame, and every reader would fetch them with every page.
"""

import re
from typing import TYPE_CHECKING

from jinja2.ext import Extension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_theme_dir

if TYPE_CHECKING:
    from jinja2 import Environment

_AFTER_INSTRUCTION = re.compile(r"(?<=%\})\n[ \t]+(?=<)")
_INDENTED = re.compile(r"\n[ \t]{2,}(?=<)")
_KEPT_AS_IT_IS = ("<pre", "<textarea")


class _Unindented(Extension):
    """Takes the indentation of tags out of the theme's own templates, not out of the user's."""

    theme_folder: str

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        own = filename is not None and filename.startswith(self.theme_folder)
        if not own or any(tag in source for tag in _KEPT_AS_IT_IS):
            return source
        # Between two tags a blank may be seen: one always stays.
        return _INDENTED.sub("\n", _AFTER_INSTRUCTION.sub("\n ", source))


def make_lean(env: "Environment", config: MkDocsConfig) -> None:
    """Let the lines of templates that hold nothing but an instruction leave nothing behind."""
    env.trim_blocks = env.lstrip_blocks = True
    if config.theme.name is not None:
        folder = get_theme_dir(config.theme.name)
        env.add_extension(type("Unindented", (_Unindented,), {"theme_folder": folder}))
