"""Names of files and links in pages, from anyone: they end no build and act on no page."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import escape
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Section
from mkdocs.utils import dirname_to_title

from okrsite.documents.links import is_readable

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

_PLAIN = "%/:?#[]@!$&()*+,;=~"
_BEFORE_MKDOCS = 1
"""MkDocs resolves relative links with priority 0, after those with a higher one."""


class ReadableLinks(Extension):  # type: ignore[misc]
    """Makes text of each link that no browser could follow; MkDocs would end the build there."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Add the step to those of Python-Markdown."""
        md.treeprocessors.register(_WithoutUnreadable(md), "okr_links", _BEFORE_MKDOCS)


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


def quote_edit_links(files: Files) -> None:
    """Quote the addresses of edit buttons, which the theme writes into its HTML as they are."""
    for file in files.documentation_pages():
        if file.page is not None and (address := file.page.edit_url):
            file.page.edit_url = quote(address, safe=_PLAIN)


def escape_title(page: "Page") -> None:
    """Escape the title of a page that is its file's name: themes take titles for HTML."""
    if page.title and page.title == dirname_to_title(page.file.name):
        page.title = str(escape(page.title))


def escape_sections(items: Iterable[StructureItem]) -> None:
    """Escape the titles of sections that are the names of their folders."""
    for item in items:
        if isinstance(item, Section):
            item.title = str(escape(item.title))
            escape_sections(item.children)
