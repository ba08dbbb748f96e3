"""The search of large sites: Pagefind, whose index is read in pieces, in place of Material's.

Pagefind indexes pages. It gets a page with each page's own words, not the published one: they are a
tenth of it, nothing has to be filtered out of them, and nothing private is in them. Material's
search stays among the plugins, since its theme shows a search box only then; the content of the box
is ours, and Material's index stays empty.
"""

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from markupsafe import Markup
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.render import Renderer
from okrsite.pages.search_entries import Facets, facets_by_uri, other_facets
from okrsite.pages.search_lists import found_lists
from okrsite.pages.site import Site
from okrsite.util.writing import Output

FOLDER = "pagefind"
"""The folder of the index in the folder of the site."""

STYLE, SCRIPT = "okr/search.css", "okr/search.js"

_FOREMOST = 4.0
"""What a list weighs in the search that is asked for by the name of a status."""

_UNSPACED = frozenset({"zh", "ja"})
"""Languages without blanks between words."""

_OPTION = "the okrsite option `search: pagefind`"
_TEMPLATES = "instead"
_NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
_PARTS = (".pagefind", ".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment")
_NOT_FOUND = ("[data-search-exclude]", ".headerlink", ".md-code__nav")


def use_pagefind(config: MkDocsConfig, theme: Path) -> None:
    """Replace Material's search box by ours; raise PluginError where that is impossible."""
    if importlib.util.find_spec("pagefind") is None:
        raise PluginError(f'{_OPTION} needs Pagefind; write `pip install "okrsite[pagefind]"`')
    if not any(name.rpartition("/")[2] == "search" for name in config.plugins):
        raise PluginError(f"{_OPTION} needs the plugin `search` as well; add it before `okrsite`")
    if is_offline(config):
        raise PluginError(
            f"{_OPTION} does not work on a site that is opened from a disk; "
            "take out the plugin `offline`, or write `search: material`"
        )
    # Before Material's own templates, and after the user's.
    folder, place = str(theme / _TEMPLATES), 1 if config.theme.custom_dir else 0
    if folder not in config.theme.dirs:
        config.theme.dirs.insert(place, folder)
    if STYLE not in config.extra_css:
        config.extra_css.insert(0, STYLE)
    add_script(config, SCRIPT)


def is_offline(config: MkDocsConfig) -> bool:
    """Whether Material's offline plugin is enabled, named with or without the theme."""
    return any(
        name.rpartition("/")[2] == "offline" and getattr(plugin, "config", {}).get("enabled", True)
        for name, plugin in config.plugins.items()
    )


def weigh(page: Page, weight: float) -> None:
    """Set what a page weighs in the search, unless its front matter does."""
    written = page.meta.get("search") or {}
    if isinstance(written, dict) and weight != 1 and "boost" not in written:
        page.meta["search"] = {**written, "boost": weight}


@dataclass(frozen=True, slots=True)
class _ListPage:
    """A filtered list, as the search of the theme reads a page."""

    url: str
    content: str
    title: str
    meta: Mapping[str, object] = field(default_factory=lambda: {"search": {"boost": _FOREMOST}})
    toc: tuple[()] = ()


def add_lists(config: MkDocsConfig, site: Site) -> None:
    """Add the lists that are found by the name of a status to the index of the theme's search."""
    for name, plugin in config.plugins.items():
        search = getattr(plugin, "provider", plugin)  # MaterialX has several kinds of search
        add = getattr(getattr(search, "search_index", None), "add_entry_from_context", None)
        if name.rpartition("/")[2] == "search" and add is not None:
            for found in found_lists(site):
                content = Markup('<h1 id="list">%s</h1><p>%s</p>') % (found.title, found.line)
                add(_ListPage(found.address, content, found.title))


def missing_words(language: str, pagefind: bool) -> str | None:
    """Return a sentence on what to install where words of a language are not split by blanks."""
    base = language.replace("_", "-").partition("-")[0].lower()
    if pagefind and base in _UNSPACED and importlib.util.find_spec("pagefind_bin_extended") is None:
        return f'for the search of `{language}`, write `pip install "pagefind[extended]"`'
    if not pagefind and base == "zh" and importlib.util.find_spec("jieba") is None:
        return f"for the search of `{language}`, write `pip install jieba`"
    return None


def add_script(config: MkDocsConfig, file: str) -> None:
    """Add a script that waits for the page, once."""
    if file not in map(str, config.extra_javascript):
        script = ExtraScriptValue(file)
        script.defer = True
        config.extra_javascript.append(script)


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

    def take(self, page: Page, title: str) -> None:
        """Keep the words of a page, and exclude it from Material's search."""
        written = page.meta.get("search")
        options = dict(written) if isinstance(written, dict) else {}
        if not options.get("exclude"):
            facets = self._facets.get(page.file.src_uri, self._other)
            self._pages.write(page.file.dest_uri, _record(title, facets, page.content or ""))
            self._taken += 1
        page.meta["search"] = {**options, "exclude": True}

    def publish(self, site: Path) -> None:
        """Write the index into the folder of the site; raise PluginError where that failed."""
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
            raise PluginError(f"{_OPTION}: Pagefind failed: {lines[-1] if lines else 'no index'}")


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
