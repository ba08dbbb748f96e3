"""The text of a page on its way: from Markdown over HTML and search words to the view."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

from okrsite.build import Built
from okrsite.pages.all import SitePage, search_text
from okrsite.pages.html import (
    first_paragraph,
    hide_links,
    split_retrospective,
    split_title,
    without_ids,
)
from okrsite.pages.render import Renderer
from okrsite.pages.sanitise import sanitise
from okrsite.publishing.embedding import Embedding


@dataclass(frozen=True, slots=True)
class Texts:
    """A page's own text, taken apart: a heading that replaces the page's, and a retrospective."""

    title: Markup | None
    body: Markup
    retrospective: Markup | None
    searched: str


class PageTexts:
    """What becomes of the texts of one build's pages, step by step and in this order.

    Every page takes a step before any takes `view`, since pages of cycles quote what others say.
    `private` are the files that are not published; `path` returns the path of a file as findings
    show it. `retrospectives` are those that pages show, by their files.
    """

    def __init__(
        self,
        built: Built,
        renderer: Renderer,
        private: frozenset[str],
        path: Callable[[str], str],
    ) -> None:
        self._pages = built.pages
        self._renderer = renderer
        self._private = private
        self._instead = built.site.words.say("a private document")
        self._embedding = Embedding(built, renderer, path)
        self._lessons: dict[str, Markup] = {}
        self.retrospectives: dict[str, Markup] = {}

    def markdown(self, markdown: str, uri: str, address: str, content: Callable[[], bytes]) -> str:
        """Return Markdown without links to private documents, and with places for `okr` blocks.

        `content` reads the page's file.
        """
        markdown = hide_links(markdown, uri, self._private, self._instead, markdown=True)
        return self._embedding.take(markdown, uri, address, content)

    def clean(self, html: str, uri: str) -> str:
        """Return a document's body sanitised; pages without a type are trusted as they are."""
        shown = self._pages.get(uri)
        return html if shown is None or shown.document is None else sanitise(html)

    def content(self, html: str, uri: str) -> str:
        """Return a page's HTML with its references, and with the ids that its view leaves it."""
        html = hide_links(html, uri, self._private, str(escape(self._instead)), markdown=False)
        html = self._embedding.put(html, uri)
        shown = self._pages.get(uri)
        if shown is None:
            return html
        html = without_ids(html, [heading.anchor for heading in shown.headings])
        if shown.takes_retrospective and (words := _first_lesson(html)):
            self._lessons[uri] = words
        return html

    def parts(self, html: str, shown: SitePage) -> Texts:
        """Return the parts of a page's own text, and what the search reads of the page."""
        title, body = (None, Markup(html)) if shown.document else split_title(html)
        searched = search_text(shown, body)
        retrospective = None
        if shown.takes_retrospective:
            body, retrospective = split_retrospective(body)
        return Texts(title, body, retrospective, searched)

    def view(self, texts: Texts, shown: SitePage, address: str) -> str:
        """Render the view of a page."""
        body = self.own(texts.body, shown.uri, address)
        if shown.takes_retrospective:
            retrospective = texts.retrospective
            if retrospective is not None:
                retrospective = self.own(retrospective, shown.uri, address)
                self.retrospectives[shown.uri] = retrospective
            view = shown.build(address, body, retrospective)  # type: ignore[call-arg]
        elif shown.takes_lessons:
            view = shown.build(address, body, lessons=self._lessons)  # type: ignore[call-arg]
        else:
            view = shown.build(address, body)
        return self._renderer.render(shown.template, view, texts.title)

    def own(self, html: str, uri: str, address: str) -> Markup:
        """Return a page's own HTML with its `okr` blocks rendered."""
        return self._embedding.fill(html, uri, address)

    def release(self, uri: str) -> None:
        """Free what was kept of a page that has been written."""
        self._embedding.release(uri)


def _first_lesson(html: str) -> Markup | None:
    """Return the first paragraph of the retrospective in a page's text."""
    retrospective = split_retrospective(html)[1]
    return first_paragraph(retrospective) if retrospective else None
