"""The plugin's options, and what it adds to MkDocs' configuration."""

import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from okrsite.documents.patterns import without_backtracking
from okrsite.plugin.search import add_script, is_offline, missing_words, use_pagefind
from okrsite.publishing.assets import SCRIPT, STYLES, THEME
from okrsite.publishing.markdown import ReadableLinks
from okrsite.settings import (
    Settings,
    SettingsError,
    as_of_day,
    asked_day,
    check_addresses,
    read_settings,
)
from okrsite.util.installed_theme import THEMES, incomplete_theme, shared_folder

log = get_plugin_logger("okrsite")


def configure(
    config: MkDocsConfig, options: Mapping[str, Any], language: str
) -> tuple[Settings, date]:
    """Return the settings and the report date, and add our templates and styles to the theme.

    The folder of the templates comes last, so that the user's `custom_dir` wins.
    """
    refuse_encryption(config)
    written = {name: value for name, value in options.items() if value is not None}
    try:
        settings = read_settings(written, language)
        as_of = as_of_day(settings, asked_day())
        check_addresses(config)
    except SettingsError as error:
        raise PluginError(str(error)) from None
    _check_theme(config)
    config.markdown_extensions.append(ReadableLinks())
    for name in ("exclude_docs", "draft_docs", "not_in_nav"):
        if config.get(name) is not None:
            config[name] = without_backtracking(config[name])
    folder = THEME
    if folder not in config.theme.dirs:
        config.theme.dirs.append(folder)
        config.watch.append(folder)
        # MkDocs watches the user's own templates only when it is asked to.
        if config.theme.custom_dir:
            config.watch.append(config.theme.custom_dir)
    # Before the theme's own page for what is not found, and after the user's.
    errors = os.path.join(folder, "errors")
    if errors not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, errors)
    # The user's own styles come last, and win.
    config.extra_css[:0] = [style for style in STYLES if style not in config.extra_css]
    add_script(config, SCRIPT)
    serve_offline(config)
    if settings.search == "pagefind":
        use_pagefind(config, Path(folder))
    if needed := missing_words(language, settings.search == "pagefind"):
        log.info(needed)
    return settings, as_of


def _check_theme(config: MkDocsConfig) -> None:
    """Raise PluginError where files of the theme are missing; say whose they are, if unclear."""
    name = config.theme.name
    if name in THEMES and (missing := incomplete_theme()):
        raise PluginError(missing)
    if not any(os.path.isfile(os.path.join(folder, "main.html")) for folder in config.theme.dirs):
        theme = f"theme `{name}`" if name else "theme without a `name`"
        raise PluginError(f"the {theme} has no main.html: write `theme: material`, or add one")
    if name in THEMES and (whose := shared_folder()):
        log.info(whose)


def use_language(config: MkDocsConfig) -> str:
    """Return the language in mkdocs.yml, and give the theme the nearest one that it has.

    Other plugins look into the theme's language as soon as they are configured.

    The theme has `de` and no `de-AT`; figures and days are written the way of `de-AT` all the same.
    """
    written = str(config.theme.get("language") or "en")
    folders = [Path(folder, "partials", "languages") for folder in config.theme.dirs]
    there = {file.stem.lower(): file.stem for folder in folders for file in folder.glob("*.html")}
    asked = written.replace("_", "-").lower()
    near = [there[name] for name in (asked, asked.partition("-")[0]) if name in there]
    if near:
        config.theme["language"] = near[0]
    elif there:
        raise PluginError(f"the theme has no language `{written}`: write one like `en` or `pt-BR`")
    return written


_ENCRYPTS = re.compile(r"encrypt(?![-_]?source)|staticrypt|passw|_pw\b|protect", re.IGNORECASE)


def refuse_encryption(config: MkDocsConfig) -> None:
    """Stop the build where a plugin promises a password that our pages and data would not have."""
    for name, plugin in config.plugins.items():
        if _ENCRYPTS.search(name) or _ENCRYPTS.search(type(plugin).__module__):
            raise PluginError(
                f"the plugin `{name}` does not cover what okrsite publishes: the pages of "
                "objectives, KPIs, teams and people, data/okrs.json and okrs.csv, the feeds, "
                "badges and embedded lists would stay readable without the password. Remove one "
                "of the two plugins, and have the web server ask for the password"
            )


_SCRIPT = "okr/iframe-worker.js"
_REMOTE = "https://unpkg.com/iframe-worker/shim"


def serve_offline(config: MkDocsConfig) -> None:
    """Replace the remote script of the offline plugin by our own, whichever plugin runs first."""
    if not is_offline(config):
        return
    scripts: list[str] = config.extra.setdefault("polyfills", [])
    if _REMOTE in scripts:
        scripts[scripts.index(_REMOTE)] = _SCRIPT
    elif not any("iframe-worker" in script for script in scripts):
        scripts.append(_SCRIPT)
