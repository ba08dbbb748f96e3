"""The plugin for MkDocs: a thin adapter between its events and the site that is built.

Here belongs what MkDocs or its themes need. What a page shows does not: that is `okrsite.pages`.
"""

from collections.abc import Callable
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority

from okrsite.documents.kept import KeptDocuments
from okrsite.plugin.adapter import Adapter
from okrsite.plugin.configuration import configure, use_language
from okrsite.settings import Settings
from okrsite.util.memory import free_frozen

_FIRST, _LAST = 100, -100


def _at(step: Callable[..., Any], priority: int = 0) -> Any:
    """Return a handler of an event, which takes a step of the build that is under way."""

    def handle(plugin: "OkrsitePlugin", *values: Any, **named: Any) -> Any:
        return step(plugin.adapter, *values, **named)

    return event_priority(priority)(handle)


class OkrsitePlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Publishes the objectives, key results and KPIs below docs_dir."""

    # MkDocs passes every option on unchecked; our own settings check them.
    config_scheme = tuple((name, config_options.Type(object)) for name in Settings.model_fields)

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep this instance while `mkdocs serve` builds again and again; refuse `--dirty`.

        What changes in one document changes the pages of others, the data and the search index.
        """
        if dirty:
            raise PluginError(
                "okrsite only builds whole sites: leave out --dirty, because figures on unchanged"
                " pages depend on changed ones"
            )
        self.kept = KeptDocuments() if command == "serve" else None

    @event_priority(_FIRST)
    def _language(self, config: MkDocsConfig) -> MkDocsConfig:
        """Set a language that the theme has, before the search reads its words."""
        self.language = use_language(config)
        return config

    def _configure(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the options, and add the templates and styles of the package to the theme."""
        kept = getattr(self, "kept", None)
        if kept is not None:
            free_frozen()
        settings, as_of = configure(config, self.config, self.language)
        self.adapter: Adapter = Adapter(config, settings, as_of, self.language, kept)
        return config

    on_config = CombinedEvent(_language, _configure)
    on_files = _at(Adapter.load, _FIRST)
    on_nav = _at(Adapter.place, _LAST)
    on_env = _at(Adapter.equip)
    on_page_read_source = _at(Adapter.source, _FIRST)
    on_page_markdown = _at(Adapter.markdown, _FIRST)
    # A document's body is sanitised before other plugins add their HTML, and kept after it.
    on_page_content = CombinedEvent(_at(Adapter.clean, _FIRST), _at(Adapter.content, _LAST))
    # The search reads a page's words in between.
    on_page_context = CombinedEvent(_at(Adapter.words, _FIRST), _at(Adapter.view, _LAST))
    on_post_page = _at(Adapter.finish)

    @event_priority(_FIRST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish the figures as data, and free them before the search writes its index.

        Both need much memory.
        """
        self.adapter.publish_data()
        del self.adapter
