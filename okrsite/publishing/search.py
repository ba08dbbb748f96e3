"""The search of large sites: Pagefind, whose index is read in pieces.

Pagefind indexes pages. It gets a page with each page's own words, not the published one: they are a
tenth of it, nothing has to be filtered out of them, and nothing private is in them.
"""

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.render import Renderer
from okrsite.pages.search_entries import Facets, facets_by_uri, other_facets
from okrsite.pages.site import Site
from okrsite.util.writing import Output

FOLDER = "pagefind"
"""The folder of the index in the folder of the site."""

OPTION = "the okrsite option `search: pagefind`"

_NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
_PARTS = (".pagefind", ".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment")
_NOT_FOUND = ("[data-search-exclude]", ".headerlink", ".md-code__nav")


class SearchError(RuntimeError):
    """Pagefind failed; the text, one line, is what it said."""


def missing_pagefind() -> str | None:
    """Return what to install where Pagefind is not there."""
    if importlib.util.find_spec("pagefind") is None:
        return 'needs Pagefind; write `pip install "okrsite[pagefind]"`'
    return None


@dataclass(frozen=True, slots=True)
class SearchBox:
    """The search box in the header, with the address of the lists that need no search."""

    everything: str


def search_box(renderer: Renderer, addresses: Addresses) -> Callable[[str], Markup]:
    """Return the function by which a template renders the box, given the path to the root."""
    everything = addresses.page("alignment/index.md")

    @cache
    def box(base: str) -> Markup:
        address = f"{base.rstrip('/')}/{everything}"
        return Markup(renderer.render("search_box", SearchBox(address)))

    return box


class PagefindSearch:
    """The words of the pages of one build, in a temporary folder until they are indexed."""

    def __init__(self, site: Site, words: Words) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="okrsite-search-")
        self._pages = Output(Path(self._folder.name) / "pages")
        self._facets: Mapping[str, Facets] = facets_by_uri(site)
        self._other = other_facets(site)
        self._language = words.locale.language
        self._taken = 0

    def take(self, uri: str, file: str, title: str, words: str) -> None:
        """Keep the words of a page: HTML, of the Markdown file `uri`, published as `file`."""
        self._pages.write(file, _record(title, self._facets.get(uri, self._other), words))
        self._taken += 1

    def publish(self, site: Path) -> None:
        """Write the index into the folder of the site; raise SearchError where that failed."""
        folder = Path(self._folder.name)
        made = folder / "made"
        if self._taken:
            self._run(folder / "pages", made)
        shutil.rmtree(site / FOLDER, ignore_errors=True)
        for file in sorted(made.rglob("*")):
            if file.name in _NEEDED or file.suffix in _PARTS:
                place = site / FOLDER / file.relative_to(made)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(file, place)
        self._folder.cleanup()

    def _run(self, pages: Path, made: Path) -> None:
        command = [sys.executable, "-m", "pagefind", "--silent", "--site", str(pages)]
        command += ["--output-path", str(made), "--force-language", self._language]
        command += ["--exclude-selectors", ", ".join(_NOT_FOUND)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not (made / "pagefind-entry.json").exists():
            lines = (done.stderr or done.stdout).strip().splitlines()
            raise SearchError(f"{OPTION}: Pagefind failed: {lines[-1] if lines else 'no index'}")


_RECORD = Markup(
    '<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{facets}</head>'
    "<body data-pagefind-body>{content}</body></html>"
)
_FILTER = Markup('<meta data-pagefind-filter="{name}[content]" content="{value}">')
_META = Markup('<meta data-pagefind-meta="{name}[content]" content="{value}">')


def _record(title: str, facets: Facets, content: str) -> str:
    """Return a page with the words of a page, as Pagefind reads it."""
    filters = [(name, getattr(facets, name)) for name in ("kind", "status", "cycle")]
    filters += [("owner", owner) for owner in facets.owners]
    shown = [("title", title)]
    shown += [(name, getattr(facets, name)) for name in ("kind", "status", "tone", "line")]
    tags = [
        *(_FILTER.format(name=name, value=value) for name, value in filters if value),
        *(_META.format(name=name, value=value) for name, value in shown if value),
    ]
    return _RECORD.format(title=title, facets=Markup().join(tags), content=Markup(content))
