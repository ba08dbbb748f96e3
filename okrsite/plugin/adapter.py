"""What the plugin does at MkDocs' events, with its files, pages and navigation."""

import logging
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from okrsite.build import Built, Recall, build
from okrsite.documents.code_owners import read_code_owners
from okrsite.documents.kept import KeptDocuments
from okrsite.documents.sections import split_heading
from okrsite.documents.source import read_text
from okrsite.documents.trees import ObservedTree
from okrsite.findings.finding import Finding, Severity
from okrsite.findings.report import as_line
from okrsite.language.wording import Words
from okrsite.pages.all import TEXTS, TITLE_ANCHOR, SitePage
from okrsite.pages.not_found import NotFoundPage
from okrsite.pages.render import Renderer
from okrsite.pages.twin import LLMS, llms_text, markdown_twin, twin_path
from okrsite.plugin.files import site_files
from okrsite.plugin.hosting import hosting_of
from okrsite.plugin.lean_theme import lean_scripts, make_lean
from okrsite.plugin.metadata import describe
from okrsite.plugin.navigation import place_pages
from okrsite.plugin.search import add_lists, is_offline, search_words, weigh
from okrsite.plugin.untrusted import escape_sections, escape_title, quote_edit_links
from okrsite.publishing.data import publish_site, with_alternates
from okrsite.publishing.footer import footer
from okrsite.publishing.hosting import Hosting
from okrsite.publishing.markdown import WithoutPrivateFiles
from okrsite.publishing.navigation import without_files
from okrsite.publishing.page_texts import PageTexts, Texts
from okrsite.publishing.search import PagefindSearch, SearchError, search_box
from okrsite.settings import Settings, SettingsError
from okrsite.util.memory import gc_paused
from okrsite.util.progress import Progress
from okrsite.util.writing import Output

log = get_plugin_logger("okrsite")

_MKDOCS_HOME = "Home"
"""The title that MkDocs gives to a first page without one."""

_NO_CONTENTS = TableOfContents([])


class Adapter:
    """One build of the site; `kept` is what earlier ones of this process have read."""

    def __init__(
        self,
        config: MkDocsConfig,
        settings: Settings,
        as_of: date,
        language: str,
        kept: KeptDocuments | None = None,
    ) -> None:
        self._config = config
        self._as_of = as_of
        self._kept = kept
        self._settings = settings
        self._words = Words.of(language, settings.thresholds, settings.figures)
        self._renderer = Renderer(list(config.theme.dirs), self._words)
        self._hosting: Hosting
        self._built: Built
        self._texts: PageTexts
        self._waiting = Texts(None, Markup(), None, "")
        self._files: Files
        self._private: frozenset[str] = frozenset()
        self._private_paths: frozenset[str] = frozenset()
        self._nav: Navigation
        self._search: PagefindSearch | None = None
        self._rendered = 0
        self._output = Output(Path(config.site_dir))
        self._titles: dict[str, str] = {}
        config.markdown_extensions.append(
            WithoutPrivateFiles(self._is_private_file, self._warn_of_snippet)
        )
        self._progress: Progress | None = None

    def _is_private_file(self, path: str) -> bool:
        """Whether a file is kept out of the site, whatever way leads to it."""
        return os.path.realpath(path) in self._private_paths

    def _warn_of_snippet(self, path: str) -> None:
        log.warning(
            f"the snippet `{path}` is private, so it is left out of the page that includes it"
        )

    def _change_log(self) -> Recall | None:
        """Return what reads the change log; None where the settings turn it off."""
        if self._settings.history is False:
            return None
        from okrsite.publishing.change_log import change_log_of  # only a change log needs git

        return change_log_of(self._hosting, self._settings, self._words, log)

    def load(self, files: Files, **_: Any) -> Files:
        """Build the site of the documents among MkDocs' files, and log the findings."""
        config = self._config
        self._hosting = hosting_of(config)  # by now no plugin changes the addresses any more
        tree = site_files(config, files)
        progress = Progress("Documents read") if log.isEnabledFor(logging.INFO) else None
        try:
            with gc_paused():
                self._built = build(
                    ObservedTree(tree, progress=progress),
                    self._settings,
                    config.site_name,
                    self._as_of,
                    self._words,
                    self._hosting.addresses,
                    self._change_log(),
                    read_code_owners(self._hosting.project),
                    self._kept,
                )
        except SettingsError as error:
            raise PluginError(str(error)) from None
        if self._settings.search == "pagefind":
            self._search = PagefindSearch(self._built.site, self._words)
        found: Sequence[Finding] = self._built.findings
        if any(finding.severity is Severity.ERROR for finding in found):
            from okrsite.publishing.change_log import hinted_by_git  # an owner may be deleted

            found = hinted_by_git(found, self._hosting.docs)
        unpublishable, findings = tree.unpublishable()
        for finding in (*found, *findings):
            advice = finding.severity is Severity.ADVICE
            (log.info if advice else log.warning)(as_line(finding))
        _remove(files, unpublishable)
        if not self._settings.include_private:
            private, findings = tree.private(self._built.private)
            for finding in findings:
                log.warning(as_line(finding))
            _remove(files, private)
            self._private = self._built.private.union(private)
            docs = self._hosting.docs
            self._private_paths = frozenset(os.path.realpath(docs / uri) for uri in self._private)
        self._texts = PageTexts(self._built, self._renderer, self._private, tree.path)
        self._add_pages(files)
        if self._private:
            config.nav = without_files(config.nav, self._private)
        lean_scripts(files, self._settings.search == "pagefind", is_offline(config))
        self._files = files
        return files

    def _add_pages(self, files: Files) -> None:
        for uri in self._built.pages:
            file = files.get_file_from_path(uri)
            if file is None:
                hidden = InclusionLevel.NOT_IN_NAV
                files.append(File.generated(self._config, uri, content="", inclusion=hidden))
            elif self._built.pages[uri].document or (
                self._config.nav is None and uri != "index.md"
            ):
                file.inclusion = InclusionLevel.NOT_IN_NAV

    def place(self, nav: Navigation, *, files: Files, **_: Any) -> Navigation:
        """Put pages into the navigation, and give every page its section."""
        made = self._config.nav is None
        quote_edit_links(files)
        if made:
            escape_sections(nav.items)
        self._nav = place_pages(nav, files, self._built.pages, self._words, made)
        return self._nav

    def equip(self, env: Environment, **_: Any) -> None:
        """Make the theme's templates lean, and provide our search box."""
        env.auto_reload = False  # every build has an environment of its own
        make_lean(env, self._config, self._nav)
        env.globals["okr_footer"] = footer(self._renderer, self._built.site)
        env.globals["okr_search_box"] = search_box(self._renderer, self._built.site.addresses)
        pages = self._built.pages.values()
        env.globals["okr_not_found"] = NotFoundPage(self._built.site, pages, self._renderer)

    def source(self, *, page: MkDocsPage, **_: Any) -> str | None:
        """Return a document's body, after an empty line so that nothing in it is front matter.

        None leaves a page to MkDocs, which would end the build if it is not UTF-8.
        """
        shown = self._page(page)
        if shown is not None and shown.document is not None:
            return f"\n{shown.document.body}"
        if page.file.generated_by is not None:
            return None
        text, line = read_text(page.file.content_bytes)
        if line is None:
            return None
        log.warning(
            f"{page.file.src_uri}:{line}: the page is not UTF-8, so not all of it can be shown"
        )
        return text

    def markdown(self, markdown: str, *, page: MkDocsPage, **_: Any) -> str:
        """Set the metadata of a page; return its Markdown without links to private documents."""
        shown = self._page(page)
        if shown is not None:
            describe(self._config, page, shown, has_title=split_heading(markdown)[0] is not None)
        read = lambda: page.file.content_bytes  # noqa: E731
        return self._texts.markdown(markdown, page.file.src_uri, page.url, read)

    def clean(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """Return a document's body sanitised."""
        return self._texts.clean(html, page.file.src_uri)

    def content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """Return a page's own text for its view, and register the anchors of the view."""
        html = self._texts.content(html, page.file.src_uri)
        shown = self._page(page)
        escape_title(page)
        if shown is None:
            return html
        if page.is_homepage and self._config.nav is None and page.title == _MKDOCS_HOME:
            page.title = self._words.say("Home")
        anchors = [heading.anchor for heading in shown.headings]
        page.toc = _NO_CONTENTS
        page.present_anchor_ids = {*(page.present_anchor_ids or ()), *anchors, TITLE_ANCHOR}
        return html

    def words(self, _context: object, *, page: MkDocsPage, **_: Any) -> None:
        """Set a page's contents and search words just before they are read.

        Until then a page keeps its text only once: thousands of them wait to be built.
        """
        shown = self._page(page)
        weigh(page, TEXTS if shown is None else shown.weight)
        title = str(page.title or "")
        if shown is not None:
            self._waiting = self._texts.parts(page.content or "", shown)
            title = shown.title
            page.toc = _contents(shown)
            page.content = self._waiting.searched
        if self._search is not None and search_words(page):
            self._search.take(page.file.src_uri, page.file.dest_uri, title, page.content or "")

    def view(self, _context: object, *, page: MkDocsPage, **_: Any) -> None:
        """Render the full view into a page."""
        shown = self._page(page)
        if shown is None:
            page.content = self._texts.own(page.content or "", page.file.src_uri, page.url)
            self._write_twin(page, str(page.title or ""))
            return
        page.content = self._texts.view(self._waiting, shown, page.url)
        self._write_twin(page, shown.title)
        self._rendered += 1
        if log.isEnabledFor(logging.INFO):
            self._progress = self._progress or Progress("Pages rendered")
            self._progress.at(self._rendered, len(self._built.pages))

    def _write_twin(self, page: MkDocsPage, title: str) -> None:
        """Write what a page shows as Markdown, too, next to its HTML."""
        if self._settings.markdown:
            self._output.write(twin_path(page.file.dest_uri), markdown_twin(page.content or ""))
            self._titles[page.file.src_uri] = title

    def finish(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """Return a page's HTML with links to its feeds, and free its text, contents and view."""
        self._texts.release(page.file.src_uri)
        shown = self._page(page)
        if shown is None:
            return html
        page.content = page.markdown = ""
        page.toc = _NO_CONTENTS
        if shown.feeds is None:
            return html
        return with_alternates(html, self._built.site, shown.feeds, page.url)

    def publish_data(self) -> None:
        """Write the figures as data, with badges, frames, reviews and feeds."""
        if self._progress is not None:
            self._progress.end()
        folder = Path(self._config.site_dir)
        taken = {file.dest_uri for file in self._files}
        publish_site(
            self._built.site,
            self._renderer,
            self._output,
            self._texts.retrospectives,
            taken,
            self._settings.markdown,
        )
        if self._settings.markdown and LLMS not in taken:
            name, about = self._config.site_name, self._config.site_description
            self._output.write(LLMS, llms_text(self._built.site, name, about, self._titles))
        if self._search is not None:
            try:
                self._search.publish(folder)
            except SearchError as error:
                raise PluginError(str(error)) from None
        else:
            add_lists(self._config, self._built.site)

    def _page(self, page: MkDocsPage) -> SitePage | None:
        return self._built.pages.get(page.file.src_uri)


def _contents(shown: SitePage) -> TableOfContents:
    title = AnchorLink(str(escape(shown.title)), TITLE_ANCHOR, 1)
    for heading in shown.headings:
        title.children.append(AnchorLink(str(escape(heading.title)), heading.anchor, 2))
    return TableOfContents([title])


def _remove(files: Files, uris: Sequence[str]) -> None:
    for uri in uris:
        if file := files.get_file_from_path(uri):
            files.remove(file)
