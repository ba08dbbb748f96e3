"""The metadata of a page. The theme does not escape metadata, so it is escaped here."""

import os
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.pages import Page as MkDocsPage

from okrsite.findings.finding import finding
from okrsite.findings.report import as_line
from okrsite.i18n import phrase
from okrsite.language.inline import plain
from okrsite.pages.all import SitePage
from okrsite.project.model import Page

log = get_plugin_logger("okrsite")


def describe(config: MkDocsConfig, page: MkDocsPage, shown: SitePage, has_title: bool) -> None:
    """Set the metadata of a page; `has_title` tells whether its text begins with a title."""
    document = shown.document
    if document is not None:
        page.meta = _theme_fields(config, document)
        if document.tags:
            page.meta["tags"] = [str(escape(tag)) for tag in document.tags]
        if document.description:
            page.meta["description"] = str(escape(plain(document.description)))
    if not page.is_homepage and (document or not (has_title or "title" in page.meta)):
        page.meta["title"] = str(escape(shown.title))
    hidden = ["toc"]
    if "navigation.tabs" in (config.theme.get("features") or []):
        hidden.append("navigation")
    page.meta.setdefault("hide", hidden)


def _theme_fields(config: MkDocsConfig, document: Page) -> dict[str, Any]:
    """Return a document's theme fields, without files that the theme does not have."""
    meta = {name: _escaped(value) for name, value in document.theme_fields.items()}
    for name, folder, ending in (("template", "", ""), ("icon", ".icons", ".svg")):
        if name in meta and not _has(config, folder, f"{document.theme_fields[name]}{ending}"):
            place = document.line(name)
            message = phrase(
                "the theme has no %(name)s `%(value)s`",
                name=name,
                value=str(document.theme_fields[name])[:60],
            )
            log.warning(as_line(finding("OKR104", place.path, place.line, message)))
            del meta[name]
    return meta


def _has(config: MkDocsConfig, folder: str, name: str) -> bool:
    """Whether the theme has a file that our pages can use.

    Templates of pages are in no folder; those of the blog need a post.
    """
    if ".." in name.split("/"):
        return False
    if not folder and (not name.endswith(".html") or name.startswith("blog") or "/" in name):
        return False
    return any(os.path.isfile(os.path.join(d, folder, name)) for d in config.theme.dirs)


def _escaped(value: Any) -> Any:
    """Return a value of front matter with all texts escaped."""
    if isinstance(value, str):
        return str(escape(value))
    if isinstance(value, list):
        return [_escaped(inside) for inside in value]
    if isinstance(value, dict):
        return {_escaped(name): _escaped(inside) for name, inside in value.items()}
    return value
