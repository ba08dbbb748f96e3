"""The frame around pages that no theme puts one around: navigation, search, contents and footer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.generating.markdown import Contents
from okrsite.generating.navigation import Entry
from okrsite.generating.site import MadePage, MadeSite, root_of
from okrsite.language.wording import Words
from okrsite.pages.subscriptions import alternates
from okrsite.publishing.assets import SCRIPT, STYLES
from okrsite.publishing.footer import footer


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the site in the header; `mark` is an attribute where it is the page's own."""

    title: str
    href: str
    mark: Markup


@dataclass(frozen=True, slots=True)
class Branch:
    """An entry of the navigation beside a page of the user's, with those below it."""

    title: str
    href: str | None
    is_current: bool
    children: tuple["Branch", ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole page: `base` is the way to the site's root."""

    title: str
    site_name: str
    words: Words
    base: str
    description: str | None
    tabs: tuple[Tab, ...]
    branches: tuple[Branch, ...]
    contents: tuple[Contents, ...]
    content: Markup
    search: Markup | None
    footer: Markup
    feeds: Markup
    styles: tuple[str, ...]
    scripts: tuple[str, ...]


_OWN_STYLES = ("okr/standalone.css", "okr/frame.css")
_CURRENT = Markup(' aria-current="true"')

_HUGO_BASE = "{{ .Params.base }}/"
_HUGO_CURRENT = '{{ if eq .Params.part "%d" }} aria-current="true"{{ end }}'


class Framer:
    """Puts pages into frames; `search_box` returns the search box, given the way to the root."""

    def __init__(self, site: MadeSite, search_box: Callable[[str], Markup] | None = None) -> None:
        self._site = site
        self._search_box = search_box
        self._footer = footer(site.renderer, site.built.site)
        finds = search_box is not None
        ours = (*STYLES, *(("okr/search.css",) if finds else ()), *_OWN_STYLES)
        self._styles = (*ours, *site.source.texts("extra_css"))
        ours = (SCRIPT, *(("okr/search.js",) if finds else ()))
        self._scripts = (*ours, *site.source.texts("extra_javascript"))
        self._part_of = {
            uri: number for number, entry in enumerate(site.navigation) for uri in entry.pages()
        }

    def around(self, page: MadePage, base: str | None = None) -> str:
        """Return a page with its frame; `base` is the way to the root where it is not its own."""
        frame = self.frame(page, base)
        columns = Markup(self._site.renderer.render("frame_columns", frame))
        return self._site.renderer.render("frame", frame, columns)

    def frame(self, page: MadePage, base: str | None = None) -> Frame:
        """Return the frame of a page with what is in it."""
        base, site = base or root_of(page.address), self._site
        part = self.part_of(page)
        feeds = page.shown.feeds if page.shown is not None else None
        inside = site.navigation[part].children if page.shown is None and part is not None else ()
        named = page.title != site.source.name
        return Frame(
            title=f"{page.title} - {site.source.name}" if named else page.title,
            site_name=site.source.name,
            words=site.words,
            base=base,
            description=site.source.description if page.uri == "index.md" else None,
            tabs=self._tabs(base, [_CURRENT if n == part else Markup() for n in self._parts]),
            branches=tuple(self._branch(entry, base, page.uri) for entry in inside),
            contents=_below_title(page.contents),
            content=Markup(page.html),
            search=self._search_box(base) if self._search_box is not None else None,
            footer=self._footer(base, page.edit),
            feeds=alternates(site.built.site, feeds, page.address) if feeds else Markup(),
            styles=self._styles,
            scripts=self._scripts,
        )

    def layout(self) -> str:
        """Return the frame as a template of Hugo's, which fills it for each page."""
        frame = Frame(
            title=Markup("{{ .Params.heading }}"),
            site_name=self._site.source.name,
            words=self._site.words,
            base=_HUGO_BASE,
            description=None,
            tabs=self._tabs(_HUGO_BASE, [Markup(_HUGO_CURRENT % n) for n in self._parts]),
            branches=(),
            contents=(),
            content=Markup(),
            search=None,
            footer=Markup("{{ .Params.footer | safeHTML }}"),
            feeds=Markup("{{ .Params.feeds | safeHTML }}"),
            styles=self._styles,
            scripts=self._scripts,
        )
        return self._site.renderer.render("frame", frame, Markup("{{ .Content }}"))

    def part_of(self, page: MadePage) -> int | None:
        """Return the number of the navigation's part that a page or its section is in."""
        section = page.shown.section if page.shown is not None else None
        return self._part_of.get(page.uri, self._part_of.get(f"{section}/index.md"))

    @property
    def _parts(self) -> range:
        return range(len(self._site.navigation))

    def _tabs(self, base: str, marks: Sequence[Markup]) -> tuple[Tab, ...]:
        entries = zip(self._site.navigation, marks, strict=True)
        return tuple(Tab(entry.title, self._href(entry, base), mark) for entry, mark in entries)

    def _href(self, entry: Entry, base: str) -> str:
        """Return the link to the first page of an entry, or to where it leads elsewhere."""
        first = next(entry.pages(), None)
        if first is None:
            return entry.link or base
        return f"{base}{self._site.address(first).removeprefix('./')}"

    def _branch(self, entry: Entry, base: str, uri: str) -> Branch:
        href = None if entry.uri is None and entry.link is None else self._href(entry, base)
        children = tuple(self._branch(child, base, uri) for child in entry.children)
        return Branch(entry.title, href, entry.uri == uri, children)


def _below_title(contents: tuple[Contents, ...]) -> tuple[Contents, ...]:
    """Return the headings below a page's title; none where there is only one."""
    found = contents[0].children if len(contents) == 1 else contents
    return found if len(found) > 1 else ()
