"""Markdown for any generator, and the configuration with which Zensical makes it a site."""

import os
from collections.abc import Mapping
from typing import Any

import yaml

from okrsite.generating.mirror import Mirror
from okrsite.generating.navigation import Entry
from okrsite.generating.parts import Below, publish_assets, publish_data, publish_files
from okrsite.generating.site import MadeSite
from okrsite.generating.written_pages import from_source, markdown_page
from okrsite.publishing.assets import SCRIPT, STYLES
from okrsite.publishing.log import Log
from okrsite.util.markdown_files import without_ending
from okrsite.util.python_names import PYTHON_NAME, PythonName

SITE = "site"
"""The folder that Zensical builds into, next to the configuration."""

_DOCS = "docs/"
"""The folder of the pages, next to the configuration."""

_DROPPED = ("hooks",)


def write_markdown(site: MadeSite, target: Mirror, log: Log) -> None:
    """Write the pages as Markdown, and all that goes with them, for any generator."""
    for page in site.pages():
        target.write(page.uri, markdown_page(page))
    _write_others(site, target)


def write_zensical(site: MadeSite, target: Mirror, log: Log) -> None:
    """Write the pages as Markdown below `docs`, and `mkdocs.yml`, which Zensical reads.

    It builds into `site` beside them.
    """
    docs = Below(target, _DOCS)
    for page in site.pages():
        own = without_ending(page.uri).rpartition("/")[2] in ("index", "README")
        # Zensical takes links in HTML for links between sources, and moves them.
        html = page.html if own else from_source(page.html, page.address)
        docs.write(page.uri, markdown_page(page, html))
    _write_others(site, docs)
    target.write("mkdocs.yml", _configuration(site, target))


def _write_others(site: MadeSite, target: Mirror | Below) -> None:
    publish_assets(target, pagefind=False, frame=False)
    publish_files(site, target)
    publish_data(site, target, twins=False)


def _configuration(site: MadeSite, target: Mirror) -> str:
    """Return mkdocs.yml as it is written, with our navigation, and without our plugin."""
    written = {name: value for name, value in site.source.written.items() if name not in _DROPPED}
    theme = dict(site.source.theme)
    custom = theme.get("custom_dir")
    if isinstance(custom, str) and custom:
        folder = site.source.hosting.project / custom
        theme["custom_dir"] = os.path.relpath(folder, target.folder).replace(os.sep, "/")
    plugins = [one for one in _plugins(site.source.written.get("plugins")) if "okrsite" not in one]
    script = {"path": SCRIPT, "defer": True}
    settings = {
        **written,
        "site_name": site.source.name,
        "docs_dir": _DOCS.rstrip("/"),
        "site_dir": SITE,
        "theme": theme,
        "extra_css": [*STYLES, *site.source.texts("extra_css")],
        "extra_javascript": [script, *site.source.listed("extra_javascript")],
        "plugins": plugins,
        # Links were checked when the pages were made; Zensical knows no ids of drawings.
        "validation": {"anchors": "ignore"},
        "nav": [_item(entry) for entry in site.navigation],
    }
    return yaml.dump(settings, Dumper=_Dumper, allow_unicode=True, sort_keys=False)


def _plugins(written: Any) -> list[Mapping[str, Any]]:
    """Return the plugins, each with its options, however they are written."""
    if isinstance(written, Mapping):
        return [{str(name): options or {}} for name, options in written.items()]
    listed = written if isinstance(written, list) else []
    return [dict(one) if isinstance(one, Mapping) else {str(one): {}} for one in listed]


def _item(entry: Entry) -> dict[str, Any]:
    if entry.children:
        return {entry.title: [_item(child) for child in entry.children]}
    return {entry.title: entry.uri or entry.link or ""}


class _Dumper(yaml.SafeDumper):
    """Writes the functions that options of Markdown extensions name."""


_Dumper.add_representer(
    PythonName,
    lambda dumper, value: dumper.represent_scalar(f"{PYTHON_NAME}{value.path}", ""),
)
