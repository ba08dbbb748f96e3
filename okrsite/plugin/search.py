"""Which search a site has: Material's own, or Pagefind in its place.

With Pagefind, Material's search stays among the plugins, since its theme shows a search box only
then; the content of the box is ours, and Material's index stays empty.
"""

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from okrsite.pages.search_lists import found_lists
from okrsite.pages.site import Site
from okrsite.publishing.search import OPTION, missing_pagefind

STYLE, SCRIPT = "okr/search.css", "okr/search.js"

_FOREMOST = 4.0
"""What a list weighs in the search that is asked for by the name of a status."""

_UNSPACED = frozenset({"zh", "ja"})
"""Languages without blanks between words."""

_TEMPLATES = "instead"


def use_pagefind(config: MkDocsConfig, theme: Path) -> None:
    """Replace Material's search box by ours; raise PluginError where that is impossible."""
    if missing := missing_pagefind():
        raise PluginError(f"{OPTION} {missing}")
    if not any(name.rpartition("/")[2] == "search" for name in config.plugins):
        raise PluginError(f"{OPTION} needs the plugin `search` as well; add it before `okrsite`")
    if is_offline(config):
        raise PluginError(
            f"{OPTION} does not work on a site that is opened from disk; "
            "remove the plugin `offline`, or write `search: material`"
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


def search_words(page: Page) -> bool:
    """Whether our search finds a page, which Material's leaves out from now on."""
    written = page.meta.get("search")
    options = dict(written) if isinstance(written, dict) else {}
    page.meta["search"] = {**options, "exclude": True}
    return not options.get("exclude")
