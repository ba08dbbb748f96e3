"""The navigation: few entries, whatever the size of the organisation.

Material renders the navigation on every page, so its cost grows with the square of its entries.
Overviews and cycles are in it; objectives, people, KPIs and check-ins are reached from pages and
the search. Where the user wrote no navigation, the pages of a folder are in the order in which its
index page links to them.
"""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from okrsite.documents.source import read_text
from okrsite.language.wording import Words
from okrsite.pages.all import SECTIONS, SitePage
from okrsite.publishing.navigation import SECTION_TITLES, ranks_by_links
from okrsite.util.markdown_files import without_ending


def place_pages(
    nav: Navigation, files: Files, pages: Mapping[str, SitePage], words: Words, made: bool
) -> Navigation:
    """Add our sections after the home page if the user wrote no navigation (`made`).

    Every page gets its section as parent either way, for the breadcrumbs.
    """
    of_uri = {
        file.src_uri: file.page
        for file in files.documentation_pages()
        if isinstance(file.page, Page)
    }
    sections = _sections(pages, of_uri, words) if made else _written(of_uri)
    if made:
        home = of_uri.get("index.md")
        others = [item for item in nav.items if item is not home]
        order_by_links(others)
        _chain(nav, others)
        nav.items[:] = [*([home] if home else []), *sections.values(), *others]
        nav.homepage = home
    for uri, shown in pages.items():
        page = of_uri.get(uri)
        if page is not None and page.parent is None and shown.section in sections:
            page.parent = sections[shown.section]
    return nav


def _sections(
    pages: Mapping[str, SitePage], of_uri: Mapping[str, Page], words: Words
) -> dict[str, Section]:
    sections: dict[str, Section] = {}
    for name in SECTIONS:
        uris = [u for u, shown in pages.items() if shown.section == name and shown.in_navigation]
        if not uris:
            continue
        overview = f"{name}/index.md"
        uris.sort(key=overview.__ne__)
        inside = [of_uri[uri] for uri in uris if uri in of_uri]
        sections[name] = Section(words.say(SECTION_TITLES[name]), [*inside])
        for page in inside:
            page.parent = sections[name]
    return sections


def _written(of_uri: Mapping[str, Page]) -> dict[str, Section]:
    """Return the sections with our overviews in a navigation that the user wrote."""
    overviews = {name: of_uri.get(f"{name}/index.md") for name in SECTIONS}
    return {
        name: page.parent
        for name, page in overviews.items()
        if page is not None and isinstance(page.parent, Section)
    }


def order_by_links(items: Iterable[StructureItem]) -> None:
    """Sort the items of each section by the first link of its index page that leads there.

    The index page stays first; items without a link come last, in their order. Each page is read
    and each section sorted at most once.
    """
    waiting = list(items)
    while waiting:
        section = waiting.pop()
        if not isinstance(section, Section):
            continue
        waiting += section.children
        index = next((c for c in section.children if isinstance(c, Page) and c.is_index), None)
        if index is None:
            continue
        folder = posixpath.dirname(index.file.src_uri)
        ranks = ranks_by_links(read_text(index.file.content_bytes)[0], folder)
        section.children.sort(
            key=lambda child: (child is not index, ranks.get(_step(child, folder), len(ranks)))
        )


def _step(item: StructureItem, folder: str) -> str:
    """Return the file or subfolder of a folder that contains an item."""
    while isinstance(item, Section) and item.children:
        item = item.children[0]
    if not isinstance(item, Page):
        return ""
    return without_ending(posixpath.relpath(item.file.src_uri, folder or ".").split("/")[0])


def pages_in(items: Iterable[StructureItem]) -> Iterator[Page]:
    """Return the pages of a navigation in their order."""
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from pages_in(item.children)


def _chain(nav: Navigation, items: Iterable[StructureItem]) -> None:
    """Order the previous and next links of pages that MkDocs gave such links."""
    chained = {id(page) for page in nav.pages}
    pages = [page for page in nav.pages if page.file.src_uri == "index.md"]
    pages += [page for page in pages_in(items) if id(page) in chained]
    for page in pages:
        page.previous_page = page.next_page = None
    for one, other in pairwise(pages):
        one.next_page, other.previous_page = other, one
