"""Functions that options of Markdown extensions name in mkdocs.yml."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

_TRUSTED = ("pymdownx.", "markdown.", "material.", "zensical.")
"""Whose functions the options of extensions may name."""

PYTHON_NAME = "tag:yaml.org,2002:python/name:"
"""How the tag of a function in mkdocs.yml begins."""


@dataclass(frozen=True, slots=True)
class PythonName:
    """A function that mkdocs.yml names with the tag `!!python/name:`."""

    path: str

    def found(self) -> Any:
        """Return the function; raise LookupError where it isn't one that may be named."""
        module, _, name = self.path.rpartition(".")
        if not self.path.startswith(_TRUSTED):
            raise LookupError(self.path)
        try:
            return getattr(import_module(module), name)
        except (ImportError, AttributeError):
            raise LookupError(self.path) from None
