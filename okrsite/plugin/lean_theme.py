"""The theme's frame around every page, without blanks and rendered once where pages share it.

The blanks in the theme's templates are a fifth of the frame, and every reader would fetch them with
every page. Its navigation is the same on thousands of pages.
"""

import os
import re
from typing import TYPE_CHECKING

from jinja2.ext import Extension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_theme_dir

from okrsite.plugin.navigation import pages_in
from okrsite.publishing.assets import FRAME, OURS, published_scripts

if TYPE_CHECKING:
    from jinja2 import Environment

_AFTER_INSTRUCTION = re.compile(r"(?<=%\})\n[ \t]+(?=<)")
_INDENTED = re.compile(r"\n[ \t]{2,}(?=<)")
_BETWEEN_LINES = re.compile(r"\s*\n\s*")
_AT_TAG = re.compile(r"\n(?=<)|(?<=>)\n")
_SCRIPT = re.compile(r"(<script\b.*?</script>)", re.DOTALL)
_TAG = re.compile(r"<[a-z][^<>]*>")
_PLAIN_VALUE = re.compile(r'="([\w#.:-]+)"(?=[ >])', re.ASCII)
_END_OF_ITEM = re.compile(r"</li>(?=<li[ >]|</ul>)")
_PREFORMATTED = ("<pre", "<textarea")


_SHARED = ("partials/nav.html", "partials/search.html", "partials/tabs.html")
"""Templates that give the same on all pages of one place; see `SharedParts`."""

_END = "partials/copyright.html"
_FOOTER = "{{ okr_footer(base_url, page.edit_url if page else none) }}"

_SPARED = ("partials/header.html", "partials/toc.html")
"""Templates that differ from page to page."""

_RENDERED_SPARED = "{%% set okr_part %%}%(source)s{%% endset %%}{{ okr_parts.spared(okr_part) }}"

_RENDERED_ONCE = """\
{%% set okr_part = okr_parts.of("%(name)s", page) %%}\
{%% if okr_part is none %%}\
{%% set okr_part %%}%(source)s{%% endset %%}\
{%% set okr_part = okr_parts.keep("%(name)s", page, okr_part) %%}\
{%% endif %%}{{ okr_part }}"""


# The address of the theme's search worker becomes that of ours, which names theirs.
_WORKER = re.compile(r'(?<="search": )"assets/javascripts/workers/(search\.\w+\.min\.js)" \| url')
_AROUND = r'(("okr/search-worker.js" | url) ~ "?worker=\1")'


# The theme's search is a dialog without a name, and so is the list of a section that has a page.
_NAMES = {
    "partials/search.html": (
        ('role="dialog">', """role="dialog" aria-label="{{ lang.t('search') }}">"""),
    ),
    "partials/nav-item.html": (
        ('aria-labelledby="{{ path }}_label"', 'aria-label="{{ nav_item.title | striptags | e }}"'),
    ),
}


class SharedParts:
    """Rendered parts of the frame, by the place of the page that they were rendered for.

    For pages that are not in the navigation, it differs only in the open sections, which follow
    from the page's parent, and in the relative path to the root. Pages in the navigation, or in a
    folder of such a page, are rendered on their own.
    """

    def __init__(self, nav: Navigation) -> None:
        pages = list(pages_in(nav.items))
        self._in_navigation = {page.url for page in pages}
        self._folders = {_first(page.url) for page in pages if page.url.rstrip("/").count("/")}
        self._parts: dict[tuple[object, ...], str] = {}

    def of(self, name: str, page: object) -> str | None:
        """Return a part that was rendered for another page in the same place, or None."""
        place = self._place(page)
        return self._parts.get((name, *place)) if place else None

    def keep(self, name: str, page: object, part: str) -> str:
        """Keep a part for other pages in the same place; return it without what it can spare."""
        lean = spared(part)
        if place := self._place(page):
            self._parts[name, *place] = lean
        return lean

    def spared(self, part: str) -> str:
        """Return a part that pages don't share without what it can spare."""
        return spared(part)

    def _place(self, page: object) -> tuple[object, ...]:
        if not isinstance(page, Page) or page.url in self._in_navigation:
            return ()
        first = _first(page.url)
        return () if first in self._folders else (id(page.parent), first, page.url.count("/"))


def spared(part: str) -> str:
    """Return HTML without what it can spare: blanks at tags, quotes, the ends of items."""
    pieces = _SCRIPT.split(part)
    pieces[::2] = map(_spared, pieces[::2])
    return "".join(pieces)


def _spared(html: str) -> str:
    lean = _END_OF_ITEM.sub("", _AT_TAG.sub("", _BETWEEN_LINES.sub("\n", html)))
    return _TAG.sub(lambda tag: _PLAIN_VALUE.sub(r"=\1", tag[0]), lean)


def _first(url: str) -> str:
    return url.partition("/")[0]


class _Lean(Extension):
    """Changes the theme's own templates as they are read, and none of the user's."""

    theme_folder: str

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        if filename is None or not filename.startswith(self.theme_folder):
            return source
        if not any(tag in source for tag in _PREFORMATTED):
            # A blank between two tags may be visible, so one always stays.
            source = _INDENTED.sub("\n", _AFTER_INSTRUCTION.sub("\n ", source))
        if name == "base.html":
            source = _WORKER.sub(_AROUND, source)
        for unnamed, named in _NAMES.get(name or "", ()):
            source = source.replace(unnamed, named)
        if name == _END:
            return _FOOTER + source
        if name in _SPARED:
            return _RENDERED_SPARED % {"source": source.rstrip("\n")}
        if name in _SHARED:
            return _RENDERED_ONCE % {"name": name, "source": source.rstrip("\n")}
        return source


def make_lean(env: "Environment", config: MkDocsConfig, nav: Navigation) -> None:
    """Remove blanks from the theme's templates, and let pages share what is the same on them.

    Lines with nothing but a template tag leave nothing behind either.
    """
    env.trim_blocks = env.lstrip_blocks = True
    if config.theme.name is not None:
        folder = get_theme_dir(config.theme.name)
        env.add_extension(type("Lean", (_Lean,), {"theme_folder": folder}))
        env.globals["okr_parts"] = SharedParts(nav)


def lean_scripts(files: Files, pagefind: bool, offline: bool) -> None:
    """Publish our scripts without comments and blanks, and those that belong together as one.

    What only our own frame needs is left out.
    """
    for uri in FRAME:
        if file := files.get_file_from_path(uri):
            files.remove(file)
    scripts = {
        os.path.basename(file.src_uri): file
        for file in files.javascript_files()
        if file.abs_src_path and os.path.dirname(file.abs_src_path) == OURS
    }
    texts = {name: file.content_string for name, file in scripts.items()}
    published = published_scripts(texts, pagefind=pagefind, offline=offline)
    for name, file in scripts.items():
        if name in published:
            file.content_string = published[name]
        else:
            files.remove(file)
