"""The theme's frame around every page, without blanks and rendered once where pages share it.

The blanks in the theme's templates are a fifth of the frame, and every reader would fetch them with
every page. Its navigation is the same on thousands of pages.
"""

import os
import re
from typing import TYPE_CHECKING, Any

from jinja2.ext import Extension
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
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
_AROUND_BLOCKS = re.compile(r"(?<=>)\s*\n\s*(?=<)|(?<=%\}\n) (?=<)")
_SCRIPT = re.compile(r"(<script\b.*?</script>)", re.DOTALL)
_TAG = re.compile(r"<[a-z][^<>]*>")
# A slash at the end of a tag would look as if the tag closed itself.
_PLAIN_VALUE = re.compile(r'="([\w#.:/-]+)"(?:(?= )|(?<!/")(?=>))', re.ASCII)
_END_OF_ITEM = re.compile(r"</li>(?=<li[ >]|</ul>)")
_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
_PREFORMATTED = ("<pre", "<textarea")

_NAVIGATION, _HEADER = "partials/nav.html", "partials/header.html"
_SHARED = (_NAVIGATION, "partials/search.html", "partials/tabs.html")
"""Templates that give the same on all pages of one place; see `SharedParts`."""

_END = "partials/copyright.html"
_FOOTER = "{{ okr_footer(base_url, page.edit_url if page else none) }}"

_SPARED = (_HEADER, "partials/toc.html")
"""Templates that differ from page to page."""

_BLOCKS = ("base.html", "partials/footer.html")
"""Templates of blocks, between which no blank is seen."""

_RENDERED_SPARED = """\
{%% set okr_part %%}%(source)s{%% endset %%}{{ okr_parts.spared("%(name)s", okr_part) }}"""

_RENDERED_ONCE = """\
{%% set okr_part = okr_parts.of("%(name)s", page) %%}\
{%% if okr_part is none %%}\
{%% set okr_part %%}%(source)s{%% endset %%}\
{%% set okr_part = okr_parts.keep("%(name)s", page, okr_part) %%}\
{%% endif %%}{{ okr_part }}"""


# The address of the theme's search worker becomes that of ours, which names theirs.
_WORKER = re.compile(r'(?<="search": )"assets/javascripts/workers/(search\.\w+\.min\.js)" \| url')
_AROUND = r'(("okr/search-worker.js" | url) ~ "?worker=\1")'


# A section of one page is a link to it; the theme gives it a list, which is empty on phones.
_ALONE = """\
{% set okr_pages = nav_item.children or [] %}\
{% set okr_alone = okr_pages | first if okr_pages | length == 1 else none %}\
{% if okr_alone and okr_alone.is_index and "navigation.indexes" in features %}
<li class="{{ class }}">
<a href="{{ okr_alone.url | url }}" class="md-nav__link{% if okr_alone == page %} \
md-nav__link--active{% endif %}">{{ render_content(okr_alone, nav_item) | trim }}</a>
</li>
{% elif nav_item.children %}"""

# The theme's search is a dialog without a name, and so is the list of a section that has a page.
# No style of theirs is for what they call pruned, and only what can be dismissed needs a hash.
_HASH = "__md_hash=e=>[...e].reduce(((e,_)=>(e<<5)-e+_.charCodeAt(0)),0),"
_CHANGED = {
    "base.html": (("} | tojson -}}", "} | okr_configuration -}}"),),
    "partials/search.html": (
        ('role="dialog">', """role="dialog" aria-label="{{ lang.t('search') }}">"""),
    ),
    "partials/nav-item.html": (
        ('aria-labelledby="{{ path }}_label"', 'aria-label="{{ nav_item.title | striptags | e }}"'),
        ("""{% set class = class ~ " md-nav__item--pruned" %}""", ""),
        ("{% if nav_item.children %}", _ALONE),
    ),
    "partials/javascripts/base.html": (
        (_HASH, f"{{% if 'announce.dismiss' in config.theme.features %}}{_HASH}{{% endif %}}"),
    ),
}


# The footer says what made the site.
_GENERATOR = re.compile(r'<meta name="generator"[^>]*>\s*')

# Parts that act or show only on some sites or pages, by what has to hold there.
_ASKED_FOR = {
    "partials/javascripts/palette.html": "config.theme.palette",
    "partials/javascripts/content.html": '".tab" in config.markdown_extensions | join(" ")',
}
_CONTENTS = re.compile(
    r'<div class="md-sidebar md-sidebar--secondary".*?\{\{ hidden \}\}>.*?(?:</div>\s*){3}',
    re.DOTALL,
)
_UNLESS_HIDDEN = r"{% if not hidden %}\n\g<0>{% endif %}\n"

_ICON = re.compile(r'<path d="([^"]{40,})"/></svg>')
_DRAWN = '<path id={id} d="{path}"/></svg>'
_DRAWN_AGAIN = "<use href=#{id} /></svg>"


_OF_VERSIONS = "select.version"


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
        self._icons: dict[str, str] = {}
        self._repeated: set[str] = set()

    def of(self, name: str, page: object) -> str | None:
        """Return a part that was rendered for another page in the same place, or None."""
        place = self._place(page)
        return self._parts.get((name, *place)) if place else None

    def keep(self, name: str, page: object, part: str) -> str:
        """Keep a part for other pages in the same place; return it without what it can spare."""
        lean = spared(part)
        if name == _NAVIGATION:
            lean = _ICON.sub(self._again, lean)
        if place := self._place(page):
            self._parts[name, *place] = lean
        return lean

    def spared(self, name: str, part: str) -> str:
        """Return a part that pages don't share without what it can spare.

        The header has the icons that stand more than once on a page: later ones refer to it.
        """
        lean = spared(part)
        if name != _HEADER:
            return lean
        paths = _ICON.findall(lean)
        logo = paths[:1]
        self._icons = {}
        self._repeated = {*logo, *(path for path in paths if paths.count(path) > 1)}
        return _ICON.sub(self._first, lean)

    def _first(self, icon: re.Match[str]) -> str:
        if icon[1] in self._icons or icon[1] not in self._repeated:
            return self._again(icon)
        id = self._icons[icon[1]] = f"__icon_{len(self._icons)}"
        return _DRAWN.format(id=id, path=icon[1])

    def _again(self, icon: re.Match[str]) -> str:
        id = self._icons.get(icon[1])
        return _DRAWN_AGAIN.format(id=id) if id else icon[0]

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
    html = html.replace(_NAMESPACE, "").replace("</svg> </", "</svg></")
    lean = _END_OF_ITEM.sub("", _AT_TAG.sub("", _BETWEEN_LINES.sub("\n", html)))
    return _unquoted(lean)


def _unquoted(html: str) -> str:
    return _TAG.sub(lambda tag: _PLAIN_VALUE.sub(r"=\1", tag[0]), html)


def _configuration(given: dict[str, Any]) -> Markup:
    """Return what the theme's script is given as JSON, without what is none and never asked for."""
    known = {name: value for name, value in given.items() if value is not None}
    if "version" not in known:
        known["translations"] = {
            name: text for name, text in given["translations"].items() if name != _OF_VERSIONS
        }
    return htmlsafe_json_dumps(known, sort_keys=True, separators=(",", ":"))


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
            source = _CONTENTS.sub(_UNLESS_HIDDEN, _WORKER.sub(_AROUND, source))
            source = _GENERATOR.sub("", source)
        if name in _BLOCKS:
            source = _unquoted(_AROUND_BLOCKS.sub("", source))
        for theirs, ours in _CHANGED.get(name or "", ()):
            source = source.replace(theirs, ours)
        if name == _END:
            return _FOOTER + _unquoted(source)
        if name in _ASKED_FOR:
            return f"{{% if {_ASKED_FOR[name]} %}}{source}{{% endif %}}"
        if name in _SPARED:
            return _RENDERED_SPARED % {"name": name, "source": source.rstrip("\n")}
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
        env.filters["okr_configuration"] = _configuration


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
