"""The page for addresses that lead nowhere: the main places, and what has moved.

A former path may have had the name of a folder that nobody should read, so former addresses are
published as numbers: a browser can compare the one it was asked for, and nobody can read them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from markupsafe import Markup, escape

from okrsite.i18n import message
from okrsite.language.inline import plain
from okrsite.pages.all import SitePage
from okrsite.pages.parts import Link
from okrsite.pages.render import Renderer
from okrsite.pages.site import Site

TITLE = message("Page not found")
"""The title of the page."""

_MOST, _SHOWN = 300, 10
_OFFSET, _PRIME = 0x811C9DC5, 0x01000193


@dataclass(frozen=True, slots=True)
class MovedPage:
    """A page that has moved, with the traces of its former addresses."""

    link: Link
    former: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """The page, whose links begin with `base`; `shown` of the pages that moved are listed."""

    base: str
    places: tuple[Link, ...]
    moved: tuple[MovedPage, ...]
    shown: int = _SHOWN


class NotFoundPage:
    """Renders the page where the theme asks for it."""

    def __init__(self, site: Site, pages: Iterable[SitePage], renderer: Renderer) -> None:
        self._site = site
        self._renderer = renderer
        self._places = tuple(_places(site, pages))
        self.title = escape(site.words.say(TITLE))

    def __call__(self, base: str) -> Markup:
        """Return the page's content, with links from the root of the host."""
        base = f"{base.rstrip('/')}/"
        places = tuple(Link(text, f"{base}{address}") for text, address in self._places)
        view = NotFoundView(base, places, tuple(_moved(self._site, base)))
        return Markup(self._renderer.render("not_found", view))


def _places(site: Site, pages: Iterable[SitePage]) -> Iterable[tuple[Markup, str]]:
    """Return the names and addresses of the home page, the current cycle and the overviews."""
    pages = list(pages)
    for page in pages:
        if page.uri == "index.md":
            yield escape(page.title), ""
    if cycle := site.home_cycle:
        yield escape(plain(cycle.title)), site.address_of_cycle(cycle.id)
    for page in pages:
        if page.in_navigation and page.uri.endswith("/index.md"):
            yield escape(page.title), site.addresses.page(page.uri)


def _moved(site: Site, base: str) -> Iterable[MovedPage]:
    titles = _titles(site)
    known = [uri for uri in site.history.former if uri in titles]
    for uri in known[:_MOST]:
        former = site.history.former[uri]
        addresses = (trace(site.addresses.page(name)) for name in former)
        link = Link(escape(titles[uri]), f"{base}{site.addresses.page(uri)}")
        yield MovedPage(link, tuple(dict.fromkeys(addresses)))


def _titles(site: Site) -> dict[str, str]:
    project = site.project
    pages = [objective.page for objective in project.objectives.values()]
    pages += [kpi.page for kpi in project.kpis.values()]
    pages += [pillar.page for pillar in project.pillars.values()]
    pages += [owner.page for owner in project.owners.values() if owner.page]
    return {page.uri: plain(page.title) for page in pages}


@cache
def trace(address: str) -> str:
    """Return the number of an address (FNV-1a), as the script computes it of the one asked for."""
    path = unquote(address).strip("/").removesuffix("index.html").removesuffix(".html").strip("/")
    number = _OFFSET
    for byte in path.lower().encode():
        number = (number ^ byte) * _PRIME & 0xFFFFFFFF
    return f"{number:x}"
