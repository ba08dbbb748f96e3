"""What the plugin's events do, between MkDocs' files, pages and navigation and our own."""

import inspect
import logging
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.config import config_options
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

import okrsite.theme
from okrsite.build import Built, build
from okrsite.dates import as_of_day, asked_day
from okrsite.export import csv_pieces, export, json_pieces, schema, to_json
from okrsite.findings import Severity, finding
from okrsite.inline import plain
from okrsite.markup import (
    first_paragraph,
    hide_links,
    split_retrospective,
    split_title,
    without_ids,
)
from okrsite.memory import kept
from okrsite.model import Page
from okrsite.pages import TITLE_ANCHOR, SitePage, search_text
from okrsite.plugin.embedded_files import publish_badges, publish_frames
from okrsite.plugin.embedding import Embedding
from okrsite.plugin.feeds import publish_feeds, with_alternates
from okrsite.plugin.files import DocumentFiles
from okrsite.plugin.frame import make_lean
from okrsite.plugin.history import recall_of
from okrsite.plugin.hosting import site_addresses
from okrsite.plugin.navigation import place_pages, without_files
from okrsite.plugin.offline import serve_offline
from okrsite.plugin.reviews import Retrospectives, publish_reviews
from okrsite.plugin.search import PagefindSearch, search_box, use_pagefind
from okrsite.progress import Progress, WatchedTree
from okrsite.render import Renderer
from okrsite.report import as_line
from okrsite.sanitise import sanitise
from okrsite.schema import front_matter_schema, schema_text
from okrsite.settings import Settings, SettingsError, read_settings
from okrsite.source import Tree, read_text
from okrsite.unopened import AttentiveTree, said_of
from okrsite.views.found import found_script
from okrsite.wording import Words
from okrsite.writing import write_whole

log = get_plugin_logger("okrsite")

_MKDOCS_HOME = "Home"
"""What MkDocs calls a first page that nobody gave a title."""

_NO_CONTENTS = TableOfContents([])

STYLES, SCRIPT = ("okr/okr.css", "okr/find.css"), "okr/okr.js"


class OkrsiteOptions(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Lets MkDocs pass every option on; what they mean is checked by our own settings."""

    config_scheme = tuple((name, config_options.Type(object)) for name in Settings.model_fields)


def configure(config: MkDocsConfig, options: Mapping[str, Any]) -> "Adapter":
    """Type the options, and add the package's templates, styles and script to the theme.

    The folder of the templates comes last, so that the user's `custom_dir` wins.
    """
    written = {name: value for name, value in options.items() if value is not None}
    try:
        settings = read_settings(written)
        as_of = as_of_day(settings, asked_day())
    except SettingsError as error:
        raise PluginError(str(error)) from None
    folder = os.path.dirname(inspect.getfile(okrsite.theme))
    if folder not in config.theme.dirs:
        config.theme.dirs.append(folder)
        config.watch.append(folder)
        # MkDocs watches the user's own templates only when it is asked to.
        if config.theme.custom_dir:
            config.watch.append(config.theme.custom_dir)
    # The user's own styles come last, and win.
    config.extra_css[:0] = [style for style in STYLES if style not in config.extra_css]
    if SCRIPT not in map(str, config.extra_javascript):
        script = ExtraScriptValue(SCRIPT)
        script.defer = True
        config.extra_javascript.append(script)
    serve_offline(config)
    if settings.search == "pagefind":
        use_pagefind(config, Path(folder))
    return Adapter(config, settings, as_of)


class Adapter:
    """One build of the site, between MkDocs' events."""

    def __init__(self, config: MkDocsConfig, settings: Settings, as_of: date) -> None:
        self._config = config
        self._as_of = as_of
        self._settings = settings
        self._words = Words.of(str(config.theme.get("language") or "en"))
        self._renderer = Renderer(list(config.theme.dirs), self._words)
        self._texts: tuple[Markup | None, Markup, Markup | None] = None, Markup(), None
        self._built: Built
        self._embedding: Embedding
        self._retrospectives = Retrospectives()
        self._files: Files
        self._nav: Navigation
        self._search: PagefindSearch | None = None
        self._lessons: dict[str, Markup] = {}
        self._rendered = 0
        self._progress: Progress | None = None

    def load(self, files: Files) -> Files:
        """Build the site of the documents among MkDocs' files, and log what is wrong with them."""
        config = self._config
        tree = DocumentFiles(config, files)
        attentive = AttentiveTree(tree)
        watched: Tree = attentive
        if log.isEnabledFor(logging.INFO):
            watched = WatchedTree(attentive, Progress("Documents read"))
        try:
            with kept():
                self._built = build(
                    watched,
                    self._settings,
                    config.site_name,
                    self._as_of,
                    self._words,
                    site_addresses(config),
                    recall_of(config, self._settings, self._words),
                )
        except SettingsError as error:
            raise PluginError(str(error)) from None
        self._embedding = Embedding(self._built, self._renderer, tree.path)
        if self._settings.search == "pagefind":
            self._search = PagefindSearch(self._built.site, self._words)
        for found in self._built.findings:
            advice = found.severity is Severity.ADVICE
            (log.info if advice else log.warning)(as_line(found))
        for path in attentive.unopened:
            exposed = path in attentive.exposed
            (log.warning if exposed else log.info)(said_of(path))
        unfit, findings = tree.unfit()
        for file in unfit:
            files.remove(file)
        for found in findings:
            log.warning(as_line(found))
        self._add_pages(files)
        if self._built.private:
            config.nav = without_files(config.nav, self._built.private)
        self._files = files
        return files

    def _add_pages(self, files: Files) -> None:
        for uri in sorted(self._built.private):
            if file := files.get_file_from_path(uri):
                files.remove(file)
        for uri in self._built.pages:
            file = files.get_file_from_path(uri)
            if file is None:
                hidden = InclusionLevel.NOT_IN_NAV
                files.append(File.generated(self._config, uri, content="", inclusion=hidden))
            elif self._built.pages[uri].document or (
                self._config.nav is None and uri != "index.md"
            ):
                file.inclusion = InclusionLevel.NOT_IN_NAV

    def place(self, nav: Navigation, files: Files) -> Navigation:
        """Place the pages in the navigation, and give the others a part of the site."""
        made = self._config.nav is None
        self._nav = place_pages(nav, files, self._built.pages, self._words, made)
        return self._nav

    def equip(self, env: Environment) -> None:
        """Make the theme's templates lean, and give them the search box, where it is ours."""
        make_lean(env, self._config, self._nav)
        env.globals["okr_search_box"] = search_box(self._renderer, self._built.site.addresses)

    def source(self, page: MkDocsPage) -> str | None:
        """Give a document's body, after an empty line so that nothing in it is front matter.

        Any other page is read by MkDocs, which would end the build where it is not UTF-8.
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
            f"{page.file.src_uri}:{line}: the page is not UTF-8, and not all of it can be shown"
        )
        return text

    def markdown(self, markdown: str, page: MkDocsPage) -> str:
        """Set the metadata of a page, and leave out links to what is not published."""
        shown = self._page(page)
        if shown is not None:
            self._describe(page, shown, has_title=markdown.lstrip().startswith("# "))
        instead = self._words.say("a private document")
        uri = page.file.src_uri
        markdown = hide_links(markdown, uri, self._built.private, instead, markdown=True)
        return self._embedding.take(markdown, uri, page.url, lambda: page.file.content_bytes)

    def _describe(self, page: MkDocsPage, shown: SitePage, has_title: bool) -> None:
        """Set what Material reads; it escapes nothing of it, so escaped text is handed over."""
        document = shown.document
        if document is not None:
            page.meta = self._theme_fields(document)
            if document.tags:
                page.meta["tags"] = [str(escape(tag)) for tag in document.tags]
            if document.description:
                page.meta["description"] = str(escape(plain(document.description)))
        if not page.is_homepage and (document or not (has_title or "title" in page.meta)):
            page.meta["title"] = str(escape(shown.title))
        hidden = ["toc"]
        if "navigation.tabs" in (self._config.theme.get("features") or []):
            hidden.append("navigation")
        page.meta.setdefault("hide", hidden)

    def _theme_fields(self, document: Page) -> dict[str, Any]:
        """Give what a document says to the theme, without files that the theme does not have."""
        meta = {name: _escaped(value) for name, value in document.foreign.items()}
        for name, folder, ending in (("template", "", ""), ("icon", ".icons", ".svg")):
            if name in meta and not self._has(folder, f"{document.foreign[name]}{ending}"):
                place = document.line(name)
                message = f"the theme has no {name} `{str(document.foreign[name])[:60]}`"
                log.warning(as_line(finding("OKR104", place.path, place.line, message)))
                del meta[name]
        return meta

    def _has(self, folder: str, name: str) -> bool:
        """Tell whether the theme has a file that a page of ours can be made with.

        A page's template lies in no folder; those of the blog need a post to show.
        """
        if ".." in name.split("/"):
            return False
        if not folder and (not name.endswith(".html") or name.startswith("blog") or "/" in name):
            return False
        return any(os.path.isfile(os.path.join(d, folder, name)) for d in self._config.theme.dirs)

    def clean(self, html: str, page: MkDocsPage) -> str:
        """Take out of a document's body what acts; pages without a type are the site's own."""
        shown = self._page(page)
        return html if shown is None or shown.document is None else sanitise(html)

    def content(self, html: str, page: MkDocsPage) -> str:
        """Give a page's own text, which its view shows, and say what headings the view has."""
        instead = str(escape(self._words.say("a private document")))
        uri = page.file.src_uri
        html = hide_links(html, uri, self._built.private, instead, markdown=False)
        html = self._embedding.put(html, uri)
        shown = self._page(page)
        if shown is None:
            return html
        if page.is_homepage and self._config.nav is None and page.title == _MKDOCS_HOME:
            page.title = self._words.say("Home")
        anchors = [heading.anchor for heading in shown.headings]
        page.toc = _NO_CONTENTS
        page.present_anchor_ids = {*(page.present_anchor_ids or ()), *anchors, TITLE_ANCHOR}
        html = without_ids(html, anchors)
        if shown.takes_retrospective and (words := _first_lesson(html)):
            self._lessons[page.file.src_uri] = words
        return html

    def words(self, page: MkDocsPage) -> None:
        """Give a page its contents, and the search its words, just before they are read.

        Until then a page holds its text once: thousands of them wait to be built.
        """
        shown = self._page(page)
        if shown is None:
            if self._search is not None:
                self._search.take(page, str(page.title or ""))
            return
        html = page.content or ""
        title, body = (None, Markup(html)) if shown.document else split_title(html)
        retrospective = None
        if shown.takes_retrospective:
            body, retrospective = split_retrospective(body)
        self._texts = title, body, retrospective
        page.toc = _contents(shown)
        page.content = search_text(shown, Markup(html) if shown.document else body)
        if self._search is not None:
            self._search.take(page, shown.title)

    def view(self, page: MkDocsPage) -> None:
        """Put the full view into a page."""
        shown, uri = self._page(page), page.file.src_uri
        if shown is None:
            page.content = self._embedding.fill(page.content or "", uri, page.url)
            return
        title, body, retrospective = self._texts
        body = self._embedding.fill(body, uri, page.url)
        if retrospective is not None:
            retrospective = self._embedding.fill(retrospective, uri, page.url)
            self._retrospectives.keep(uri, retrospective)
        if shown.takes_retrospective:
            view = shown.build(page.url, body, retrospective)  # type: ignore[call-arg]
        elif shown.takes_lessons:
            view = shown.build(page.url, body, lessons=self._lessons)  # type: ignore[call-arg]
        else:
            view = shown.build(page.url, body)
        if title is not None:
            view = replace(view, title=title)  # type: ignore[type-var]
        page.content = self._renderer.render(shown.template, view)
        self._rendered += 1
        if log.isEnabledFor(logging.INFO):
            self._progress = self._progress or Progress("Pages rendered")
            self._progress.at(self._rendered, len(self._built.pages))

    def head(self, html: str, page: MkDocsPage) -> str:
        """Say in the head of a page which feeds go with it."""
        shown = self._page(page)
        if shown is None or shown.feeds is None:
            return html
        return with_alternates(html, self._built.site, shown.feeds, page.url)

    def release(self, page: MkDocsPage) -> None:
        """Let go of a page's text, contents and view; all of it has been written."""
        self._embedding.release(page.file.src_uri)
        if self._page(page) is not None:
            page.content = page.markdown = ""
            page.toc = _NO_CONTENTS

    def publish_data(self) -> None:
        """Write the figures, their schema and their table, and what other sites show."""
        if self._progress is not None:
            self._progress.end()
        site = self._built.site
        model = export(site.project, site.scorecard, site.addresses.page, later=True)
        folder = Path(self._config.site_dir) / "data"
        write_whole(folder / "okrs.json", json_pieces(model))
        write_whole(folder / "okrs.csv", csv_pieces(model))
        write_whole(folder / "okrs.schema.json", to_json(schema()))
        write_whole(folder / "front-matter.schema.json", schema_text(front_matter_schema()))
        write_whole(folder.parent / "okr" / "found.js", found_script(site))
        publish_badges(site, self._renderer, folder.parent)
        publish_frames(site, self._renderer, folder.parent)
        taken = {file.dest_uri for file in self._files}
        publish_reviews(site, self._renderer, folder.parent, self._retrospectives, taken)
        publish_feeds(site, folder.parent, taken)
        if self._search is not None:
            self._search.publish(folder.parent)

    def _page(self, page: MkDocsPage) -> SitePage | None:
        return self._built.pages.get(page.file.src_uri)


def _escaped(value: Any) -> Any:
    """Escape every text in a value of front matter."""
    if isinstance(value, str):
        return str(escape(value))
    if isinstance(value, list):
        return [_escaped(inside) for inside in value]
    if isinstance(value, dict):
        return {_escaped(name): _escaped(inside) for name, inside in value.items()}
    return value


def _first_lesson(html: str) -> Markup | None:
    """Give the first paragraph of the retrospective in a page's text."""
    retrospective = split_retrospective(html)[1]
    return first_paragraph(retrospective) if retrospective else None


def _contents(shown: SitePage) -> TableOfContents:
    title = AnchorLink(str(escape(shown.title)), TITLE_ANCHOR, 1)
    for heading in shown.headings:
        title.children.append(AnchorLink(str(escape(heading.title)), heading.anchor, 2))
    return TableOfContents([title])
