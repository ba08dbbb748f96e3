"""Steps of Python-Markdown that keep what anyone wrote from ending a build, or private files in."""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from okrsite.documents.links import is_readable

BEFORE_LINKS = 1
"""The priority before the step that resolves relative links, which MkDocs gives 0."""


class ReadableLinks(Extension):  # type: ignore[misc]
    """Makes text of each link that no browser could follow; engines end the build there."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Add the step to those of Python-Markdown."""
        md.treeprocessors.register(_WithoutUnreadable(md), "okr_links", BEFORE_LINKS)


class WithoutPrivateFiles(Extension):  # type: ignore[misc]
    """Leaves out snippets that a page takes out of private files.

    `is_private` tells whether a file, given by its path, is one; `report` is told which was named.
    """

    def __init__(self, is_private: Callable[[str], bool], report: Callable[[str], None]) -> None:
        super().__init__()
        self._is_private, self._report = is_private, report

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Look at each file that the extension `pymdownx.snippets` finds, however deep."""
        if "snippet" not in md.preprocessors:
            return
        snippets: Any = md.preprocessors["snippet"]
        find = snippets.get_snippet_path

        def find_public(path: str) -> str | None:
            found = find(path)
            if found is not None and self._is_private(found):
                self._report(path)
                return None
            return str(found) if found is not None else None

        snippets.get_snippet_path = find_public


class _WithoutUnreadable(Treeprocessor):  # type: ignore[misc]
    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("href", "src"):
                if (address := element.get(name)) and not is_readable(address):
                    text = element.get("alt")
                    element.tag, element.text = "span", element.text or text
                    element.attrib.clear()
