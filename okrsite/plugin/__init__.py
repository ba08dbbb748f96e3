"""The plugin for MkDocs: a thin adapter between its events and the site that is built."""

from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.utils.templates import TemplateContext

from okrsite.plugin.adapter import Adapter
from okrsite.plugin.configuration import OkrsiteOptions, configure, use_language
from okrsite.util.memory import free_frozen

_FIRST, _LAST = 100, -100


class OkrsitePlugin(OkrsiteOptions):  # type: ignore[no-untyped-call]
    """Publishes the objectives, key results and KPIs below docs_dir."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep this instance while `mkdocs serve` builds again and again; refuse `--dirty`.

        What changes in one document changes the pages of others, the data and the search index.
        """
        if dirty:
            raise PluginError(
                "okrsite builds whole sites only: leave out --dirty, as figures on pages that did"
                " not change depend on those that did"
            )
        self.serves = command == "serve"

    @event_priority(_FIRST)
    def _language(self, config: MkDocsConfig) -> MkDocsConfig:
        """Give the theme a language that it has, before the search reads its words."""
        self.language = use_language(config)
        return config

    def _configure(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the options, and add the templates and styles of the package to the theme."""
        if getattr(self, "serves", False):
            free_frozen()
        settings, as_of = configure(config, self.config, self.language)
        self.adapter: Adapter = Adapter(config, settings, as_of, self.language)
        return config

    on_config = CombinedEvent(_language, _configure)

    @event_priority(_FIRST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the documents, log their findings, and add the generated pages."""
        return self.adapter.load(files)

    @event_priority(_LAST)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Place the pages in the navigation."""
        return self.adapter.place(nav, files)

    def on_env(self, env: "Environment", *, config: MkDocsConfig, files: Files) -> "Environment":
        """Prepare the theme's templates; they are not checked for changes during a build."""
        env.auto_reload = False  # every build has an environment of its own
        self.adapter.equip(env)
        return env

    @event_priority(_FIRST)
    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Return the body of a document; its front matter has been read already."""
        return self.adapter.source(page)

    @event_priority(_FIRST)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Set the page's metadata, and take out blocks and references."""
        return self.adapter.markdown(markdown, page)

    @event_priority(_FIRST)
    def _clean(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Sanitise a document's body before other plugins add their HTML."""
        return self.adapter.clean(html, page)

    @event_priority(_LAST)
    def _content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keep a page's own text, which other plugins may have changed, for its view."""
        return self.adapter.content(html, page)

    on_page_content = CombinedEvent(_clean, _content)

    @event_priority(_FIRST)
    def _words(
        self, context: "TemplateContext", *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> "TemplateContext":
        """Give the search only the words worth finding."""
        self.adapter.words(page)
        return context

    @event_priority(_LAST)
    def _view(
        self, context: "TemplateContext", *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> "TemplateContext":
        """Render the full view into the page, after the search has read its words."""
        self.adapter.view(page)
        return context

    on_page_context = CombinedEvent(_words, _view)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Link the feeds, and free the view: thousands of pages are alive until the end."""
        self.adapter.release(page)
        return self.adapter.head(output, page)

    @event_priority(_FIRST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish the figures as data, and free them before the search writes its index.

        Both need much memory.
        """
        self.adapter.publish_data()
        del self.adapter
