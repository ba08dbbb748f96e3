"""Names of files and links in pages, from anyone: they end no build and act on no page."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import escape
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Section
from mkdocs.utils import dirname_to_title

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

_PLAIN = "%/:?#[]@!$&()*+,;=~"


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
