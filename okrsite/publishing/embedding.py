"""Blocks and references in pages: removed before Markdown is rendered, inserted after it."""

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache

from markupsafe import Markup, escape

from okrsite.build import Built
from okrsite.documents.source import read_text
from okrsite.embeds.answer import answer
from okrsite.embeds.filters import BlockContext, QueryData
from okrsite.embeds.findings import pages_with_cycles, without_front_matter
from okrsite.embeds.page_names import NotPublished, PageNames
from okrsite.embeds.placeholders import Shown, Taken, fill, put, take
from okrsite.embeds.query import read_query
from okrsite.embeds.scan import Block, Reference, has_blocks
from okrsite.pages.embedded import NoticeView, embedded_view, reference_view
from okrsite.pages.render import Renderer
from okrsite.project.names import NotFound

_CACHE_SIZE = 256


class Embedding:
    """The blocks and references in the pages of one build.

    `path` returns the path of a file as findings show it. Mistakes were reported when the documents
    were read; here they are shown at their place on the page.
    """

    def __init__(self, built: Built, renderer: Renderer, path: Callable[[str], str]) -> None:
        self._built = built
        self._site = built.site
        self._renderer = renderer
        self._path = path
        self._taken: dict[str, tuple[Taken, int | None]] = {}
        self._answered = lru_cache(_CACHE_SIZE)(lambda query: answer(query, self._data))

    def take(self, markdown: str, uri: str, address: str, content: Callable[[], bytes]) -> str:
        """Return a page's Markdown with placeholders; `content` reads the page's file."""
        if not has_blocks(markdown):
            return markdown
        taken = take(markdown, lambda reference: self._reference(reference, uri, address))
        if taken is None:
            return markdown
        first = _first_line(markdown, read_text(content())[0]) if taken.blocks else None
        self._taken[uri] = taken, first
        return taken.text

    def put(self, html: str, uri: str) -> str:
        """Return a page's HTML with links for references and placeholders for blocks."""
        return put(html, self._taken[uri][0]) if uri in self._taken else html

    def fill(self, html: str, uri: str, address: str) -> Markup:
        """Return a page's HTML with its blocks rendered."""
        if uri not in self._taken:
            return Markup(html)
        taken, first = self._taken[uri]
        answered = fill(str(html), taken, lambda block: self._block(block, uri, address, first))
        return Markup(answered)

    def release(self, uri: str) -> None:
        """Free what was removed from a page that has been written."""
        self._taken.pop(uri, None)

    def _reference(self, reference: Reference, uri: str, address: str) -> Shown | None:
        cycle, itself = self._cycles.get(uri), self._objectives.get(uri)
        found = self._names.find_any(reference.target, cycle, itself)
        if isinstance(found, NotFound):
            return None
        if isinstance(found, NotPublished):
            instead = self._site.words.say("a private document")
            return Shown(escape(instead), instead)
        view = reference_view(self._site, address, found, reference.words)
        html = self._renderer.render("embedded_reference", view).strip()
        return Shown(Markup(html), view.words)

    def _block(self, block: Block, uri: str, address: str, first: int | None) -> str:
        context = BlockContext(self._names, self._cycles.get(uri))
        query, problems = read_query(block.text, context)
        if query is None:
            place = self._path(uri) if first is not None else None
            line = block.line + (first or 1) - 1
            notice = NoticeView(tuple(problem.below(line) for problem in problems), place)
            return self._renderer.render("embedded_notice", notice)
        view = embedded_view(self._site, address, self._answered(query))
        return self._renderer.render("embedded_list", view)

    @cached_property
    def _data(self) -> QueryData:
        site = self._site
        return QueryData(site.project, site.scorecard, site.home_cycle)

    @cached_property
    def _names(self) -> PageNames:
        return PageNames(self._site.project, self._built.everything)

    @cached_property
    def _cycles(self) -> Mapping[str, str | None]:
        return {page.uri: cycle for page, cycle in pages_with_cycles(self._site.project)}

    @cached_property
    def _objectives(self) -> Mapping[str, str]:
        return {o.page.uri: o.id for o in self._site.project.objectives.values()}


def _first_line(markdown: str, text: str) -> int | None:
    """Return the line of a file on which its Markdown begins; None if it is not from it."""
    body, whole = markdown.strip(), without_front_matter(text)
    start = whole.rfind(body) if body else -1
    if start < 0:
        return None
    before = len(markdown) - len(markdown.lstrip())
    return whole.count("\n", 0, start) + 1 - markdown.count("\n", 0, before)
