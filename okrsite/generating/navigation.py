"""The navigation of a site: written in mkdocs.yml, or made of our sections and the user's pages."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from okrsite.documents.links import safe_link
from okrsite.language.wording import Words
from okrsite.pages.all import SECTIONS, SitePage
from okrsite.publishing.navigation import SECTION_TITLES, ranks_by_links
from okrsite.util.markdown_files import MARKDOWN, without_ending


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: a page by its file, a link elsewhere, or a part with entries of its own."""

    title: str
    uri: str | None = None
    link: str | None = None
    children: tuple["Entry", ...] = ()

    def pages(self) -> Iterator[str]:
        """Return the files of the pages in it, in their order."""
        if self.uri is not None:
            yield self.uri
        for child in self.children:
            yield from child.pages()


def made(
    pages: Mapping[str, SitePage],
    own: Iterable[str],
    titles: Mapping[str, str],
    words: Words,
    read: Callable[[str], str],
) -> tuple[Entry, ...]:
    """Return our sections after the home page, and then the user's pages in folders.

    `own` are the files of the user's pages in the order of their names, `titles` the titles of all
    pages, and `read` returns the text of a file.
    """
    home = Entry(words.say("Home"), "index.md")
    sections = (_section(name, pages, titles, words) for name in SECTIONS)
    others = _folder("", [uri for uri in own if uri != "index.md"], titles, read)
    return home, *(section for section in sections if section.children), *others


def written(nav: Any, titles: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return the navigation that the user wrote, without what leads to no page of the site."""
    if isinstance(nav, str):
        return _leaf(None, nav, titles)
    if isinstance(nav, list):
        return tuple(entry for item in nav for entry in written(item, titles))
    if not isinstance(nav, Mapping):
        return ()
    entries: list[Entry] = []
    for title, inside in nav.items():
        if isinstance(inside, str):
            entries += _leaf(str(title), inside, titles)
        elif children := written(inside, titles):
            entries.append(Entry(str(title), children=children))
    return tuple(entries)


def _leaf(title: str | None, target: str, titles: Mapping[str, str]) -> tuple[Entry, ...]:
    uri = posixpath.normpath(target)
    if uri in titles:
        return (Entry(title or titles[uri], uri),)
    if "://" in target and safe_link(target):
        return (Entry(title or target, link=target),)
    return ()


def _section(
    name: str, pages: Mapping[str, SitePage], titles: Mapping[str, str], words: Words
) -> Entry:
    overview = f"{name}/index.md"
    uris = [uri for uri, page in pages.items() if page.section == name and page.in_navigation]
    uris.sort(key=overview.__ne__)
    children = tuple(Entry(titles[uri], uri) for uri in uris)
    return Entry(words.say(SECTION_TITLES[name]), children=children)


def _folder(
    folder: str, own: list[str], titles: Mapping[str, str], read: Callable[[str], str]
) -> tuple[Entry, ...]:
    """Return the entries of a folder: its pages, then its folders, or as its index page links."""
    inside: dict[str, list[str]] = {}
    for uri in own:
        inside.setdefault(uri[len(folder) :].partition("/")[0], []).append(uri)
    entries: dict[str, Entry] = {}
    for name, uris in inside.items():
        if uris[0] == f"{folder}{name}":
            entries[name] = Entry(titles[uris[0]], uris[0])
    for name, uris in inside.items():
        if name not in entries:
            below = _folder(f"{folder}{name}/", uris, titles, read)
            entries[name] = Entry(title_of(name), children=below)
    index = next((name for name in entries if without_ending(name) in ("index", "README")), None)
    if index is None or not folder:
        return tuple(entries.values())
    ranks = ranks_by_links(read(f"{folder}{index}"), folder.rstrip("/"))
    last = len(ranks)
    ordered = sorted(entries, key=lambda n: (n != index, ranks.get(without_ending(n), last)))
    return tuple(entries[name] for name in ordered)


def in_order(uris: Iterable[str]) -> list[str]:
    """Return files as MkDocs orders them: index pages first, and folders after files."""
    return sorted(uris, key=lambda uri: _order(uri.split("/")))


def _order(parts: list[str]) -> tuple[tuple[int, bool, str], ...]:
    *folders, name = parts
    first = name.endswith(MARKDOWN) and without_ending(name) in ("index", "README")
    return (*((1, True, folder) for folder in folders), (0, not first, name))


def title_of(name: str) -> str:
    """Return the title that MkDocs makes of the name of a file or folder."""
    title = without_ending(name).replace("-", " ").replace("_", " ")
    return title.capitalize() if title.lower() == title else title
