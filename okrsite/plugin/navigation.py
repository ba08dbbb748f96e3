"""The navigation: few entries, whatever the size of the organisation.

Material renders the navigation on every page, so what is in it costs its square. Overviews and
cycles are in it; objectives, people, KPIs and check-ins are reached from pages and the search.
"""

from collections.abc import Mapping

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from okrsite.pages import SECTIONS, SitePage
from okrsite.wording import Words

_TITLES = {
    "cycles": "Cycles",
    "teams": "Teams",
    "people": "People",
    "kpis": "KPIs",
    "alignment": "Alignment",
    "check-ins": "Check-ins",
    "insights": "Insights",
}


def place_pages(
    nav: Navigation, files: Files, pages: Mapping[str, SitePage], words: Words, made: bool
) -> Navigation:
    """Add our sections behind the home page, where the user wrote no navigation (`made`).

    Every page gets its section as parent either way, so that the way back to it is shown.
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
    children: dict[str, list[Page]] = {name: [] for name in SECTIONS}
    for uri, shown in pages.items():
        page = of_uri.get(uri)
        if page is not None and shown.section is not None and shown.in_navigation:
            children[shown.section].append(page)
    sections: dict[str, Section] = {}
    for name, inside in children.items():
        overview = f"{name}/index.md"
        inside.sort(key=lambda page: page.file.src_uri != overview)
        section = Section(words.say(_TITLES[name]), list(inside))
        for page in inside:
            page.parent = section
        sections[name] = section
    return sections


def _written(of_uri: Mapping[str, Page]) -> dict[str, Section]:
    """Find the sections of a navigation that the user wrote which hold our overviews."""
    overviews = {name: of_uri.get(f"{name}/index.md") for name in SECTIONS}
    return {
        name: page.parent
        for name, page in overviews.items()
        if page is not None and isinstance(page.parent, Section)
    }
