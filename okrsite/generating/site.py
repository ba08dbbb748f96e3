"""A site whose pages are made one after the other, without an engine that runs plugins."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any
from urllib.parse import unquote

import yaml
from markupsafe import escape

from okrsite.build import Built, build
from okrsite.documents.code_owners import read_code_owners
from okrsite.documents.front_matter import closing_line
from okrsite.documents.kept import KeptDocuments
from okrsite.documents.source import read_text
from okrsite.documents.trees import ObservedTree
from okrsite.findings.finding import Severity
from okrsite.findings.report import as_line
from okrsite.generating import navigation
from okrsite.generating.markdown import Contents, Converted, Converter
from okrsite.generating.source import Source
from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.pages.addresses import page_address
from okrsite.pages.all import TEXTS, SitePage
from okrsite.pages.render import Renderer
from okrsite.publishing.assets import THEME
from okrsite.publishing.change_log import change_log_of, hinted_by_git
from okrsite.publishing.files import SiteFiles
from okrsite.publishing.log import Log
from okrsite.publishing.navigation import without_files
from okrsite.publishing.page_texts import PageTexts, Texts
from okrsite.util.markdown_files import MARKDOWN
from okrsite.util.memory import gc_paused
from okrsite.util.progress import Progress

_QUOTED = "retrospective"
_INCLUDES = "--8<--"
"""How a page includes a file; another generator would include private ones, too."""


@dataclass(frozen=True, slots=True)
class MadePage:
    """One page, rendered.

    `html` is its content, `words` what a search reads of it, as HTML. `markdown` is the user's own
    Markdown where another generator may render it; None where only `html` is right. `edit` is the
    web address where the page is edited, if there is one.
    """

    uri: str
    address: str
    title: str
    html: str
    words: str
    shown: SitePage | None
    contents: tuple[Contents, ...]
    meta: Mapping[str, Any]
    markdown: str | None
    edit: str | None

    @property
    def weight(self) -> float:
        """What the page weighs in a search; 1 is usual."""
        return self.shown.weight if self.shown is not None else TEXTS


@dataclass(frozen=True, slots=True)
class _Read:
    """The text of a page before its view is rendered; `exists` tells whether it has a file."""

    meta: Mapping[str, Any]
    converted: Converted
    markdown: str | None
    exists: bool


@dataclass(frozen=True)
class MadeSite:
    """A site that has been read and scored; its pages are rendered as they are asked for.

    `files` are those that are published as they are: their paths by those relative to docs_dir.
    """

    source: Source
    built: Built
    words: Words
    renderer: Renderer
    texts: PageTexts
    files: Mapping[str, str]
    private: frozenset[str]
    uris: tuple[str, ...]
    _reader: Callable[[str], _Read] = field(repr=False)

    def address(self, uri: str) -> str:
        """Return the address of a page, relative to the site's root."""
        return page_address(uri, self.source.hosting.directory_urls)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of all pages by their files, as plain text."""
        return {uri: self._title(uri) for uri in self.uris}

    @cached_property
    def navigation(self) -> tuple[navigation.Entry, ...]:
        """The navigation, without pages that are private."""
        nav = self.source.written.get("nav")
        if nav is not None:
            return navigation.written(without_files(nav, self.private), self.titles)
        pages = self.built.pages
        own = (u for u in self.uris if u not in pages and self.source.in_navigation(u))
        read = lambda uri: read_text(self.source.folder.read(uri))[0]  # noqa: E731
        return navigation.made(pages, navigation.in_order(own), self.titles, self.words, read)

    def pages(self) -> Iterator[MadePage]:
        """Render every page, one after the other, with a line of progress where it takes long."""
        progress = Progress("Pages rendered")
        for uri in self.uris:
            self._reader(uri)  # pages of cycles quote others, whichever come first
        for number, uri in enumerate(self.uris):
            yield self._page(uri)
            self.texts.release(uri)
            progress.at(number, len(self.uris))
        progress.end()

    def page(self, uri: str) -> MadePage:
        """Render one page, and read no other but those that it quotes."""
        shown = self.built.pages.get(uri)
        if shown is not None and shown.takes_lessons:
            for other in self.built.pages.values():
                if other.document and _QUOTED in other.document.body.lower():
                    self._reader(other.uri)
        return self._page(uri)

    def _page(self, uri: str) -> MadePage:
        read = self._reader(uri)
        shown, address, html = self.built.pages.get(uri), self.address(uri), read.converted.html
        if shown is None:
            html = str(self.texts.own(html, uri, address))
            if "<h1" not in html:
                html = f"<h1>{escape(self.titles[uri])}</h1>\n{html}"
            words, contents = html, read.converted.contents
        else:
            texts: Texts = self.texts.parts(html, shown)
            html, words, contents = self.texts.view(texts, shown, address), texts.searched, ()
        return MadePage(
            uri=uri,
            address=address,
            title=self.titles[uri],
            html=html,
            words=words,
            shown=shown,
            contents=contents,
            meta=read.meta,
            markdown=read.markdown,
            edit=self.source.edit_address(uri) if read.exists else None,
        )

    def _title(self, uri: str) -> str:
        shown = self.built.pages.get(uri)
        if shown is not None and shown.document is not None:
            return shown.title
        read = self._reader(uri)
        first = next(iter(read.converted.contents), None)
        if shown is not None and first is None:
            return shown.title
        if shown is None and read.meta.get("title"):
            return str(read.meta["title"])
        return first.title if first else navigation.title_of(uri.rpartition("/")[2])


def make_site(source: Source, as_of: date, log: Log, kept: KeptDocuments | None = None) -> MadeSite:
    """Read and score a site; SettingsError where a setting does not fit its documents.

    Findings are told to the log as MkDocs would print them. `kept` is what this process has read of
    the site before.
    """
    folder, settings = source.folder, source.settings
    files = dict(folder.files())
    documents = [uri for uri in files if uri.endswith(MARKDOWN)]
    tree = SiteFiles(folder, files, documents)
    words = Words.of(settings.language, settings.thresholds, settings.figures)
    renderer = Renderer([*_own_templates(source), THEME], words)
    recall = (
        None if settings.history is False else change_log_of(source.hosting, settings, words, log)
    )
    with gc_paused():
        built = build(
            ObservedTree(tree, progress=Progress("Documents read")),
            settings,
            source.name,
            as_of,
            words,
            source.hosting.addresses,
            recall,
            read_code_owners(source.hosting.project),
            kept,
        )
    kept_out = _kept_out(built, tree, source, log)
    left = {uri: path for uri, path in files.items() if uri not in kept_out.all}
    pages = [uri for uri in left if uri.endswith(MARKDOWN)]
    uris = tuple(dict.fromkeys([*built.pages, *navigation.in_order(pages)]))
    texts = PageTexts(built, renderer, kept_out.private, tree.path)
    addresses = {uri: page_address(uri, source.hosting.directory_urls) for uri in uris}
    addresses |= {uri: uri for uri in left if uri not in addresses}
    real = frozenset(os.path.realpath(folder.docs / uri) for uri in kept_out.private)
    converter = Converter(
        source.listed("markdown_extensions"),
        addresses,
        lambda path: os.path.realpath(path) in real,
        tree.path,
        log,
    )

    @cache
    def reader(uri: str) -> _Read:
        return _text(uri, built, texts, converter, source, log, left)

    static = {uri: path for uri, path in left.items() if not uri.endswith(MARKDOWN)}
    return MadeSite(source, built, words, renderer, texts, static, kept_out.private, uris, reader)


def _own_templates(source: Source) -> list[str]:
    """Return the folder of templates of the user's, which come before ours."""
    custom = source.theme.get("custom_dir")
    folder = source.hosting.project / str(custom) if isinstance(custom, str) and custom else None
    if folder is None or not folder.resolve().is_relative_to(source.hosting.project.resolve()):
        return []
    return [str(folder)]


@dataclass(frozen=True, slots=True)
class _KeptOut:
    """Files that are not published: those that are private, and those that nobody can read."""

    private: frozenset[str]
    all: frozenset[str]


def _kept_out(built: Built, tree: SiteFiles, source: Source, log: Log) -> _KeptOut:
    found = list(built.findings)
    if any(finding.severity is Severity.ERROR for finding in found):
        found = hinted_by_git(found, source.hosting.docs)
    unpublishable, more = tree.unpublishable()
    private: list[str] = []
    if not source.settings.include_private:
        private, copies = tree.private(built.private)
        private += built.private
        more += copies
    for finding in (*found, *more):
        (log.info if finding.severity is Severity.ADVICE else log.warning)(as_line(finding))
    return _KeptOut(frozenset(private), frozenset((*private, *unpublishable)))


def _text(
    uri: str,
    built: Built,
    texts: PageTexts,
    converter: Converter,
    source: Source,
    log: Log,
    files: Collection[str],
) -> _Read:
    """Return the text of a page as HTML, sanitised and without links to what is private."""
    shown = built.pages.get(uri)
    content = b""
    meta: Mapping[str, Any] = {}
    if shown is not None and shown.document is not None:
        body = f"\n{shown.document.body}"
        content = source.folder.read(uri)
    elif uri in files:
        content = source.folder.read(uri)
        text, line = read_text(content)
        if line is not None:
            log.warning(
                f"{source.folder.path(uri)}:{line}: the page is not UTF-8, so not all of it can be "
                "shown"
            )
        meta, body = _front_matter(text)
    else:
        body = ""
    address = page_address(uri, source.hosting.directory_urls)
    ready = texts.markdown(body, uri, address, lambda: content)
    converted = converter.convert(ready, uri, address)
    clean = texts.clean(converted.html, uri)
    html = texts.content(clean, uri)
    own = shown is None and ready == body and html == clean and _INCLUDES not in body
    return _Read(meta, Converted(html, converted.contents), body if own else None, uri in files)


def _front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """Return the front matter of a page without a type, and its Markdown."""
    closing = closing_line(text) if text.startswith("---") else None
    if closing is None:
        return {}, text
    try:
        meta = yaml.safe_load(text[3 : closing.start()])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text
    return (meta, text[closing.end() :]) if isinstance(meta, dict) else ({}, text)


def document_meta(page: MadePage) -> dict[str, Any]:
    """Return the front matter of a page for other generators, every text of it escaped."""
    meta: dict[str, Any] = {"title": str(escape(page.title))}
    document = page.shown.document if page.shown is not None else None
    if document is not None and document.tags:
        meta["tags"] = [str(escape(tag)) for tag in document.tags]
    if document is not None and document.description:
        meta["description"] = str(escape(plain(document.description)))
    elif page.meta.get("description"):
        meta["description"] = str(page.meta["description"])
    return meta


def file_of(address: str) -> str:
    """Return the file of a page's address, relative to the folder of the site."""
    path = unquote(address.removeprefix("./"))
    return f"{path}index.html" if not path or path.endswith("/") else path


def root_of(address: str) -> str:
    """Return the way from a page back to the site's root, which is `./` from the home page."""
    return "../" * address.removeprefix("./").count("/") or "./"
