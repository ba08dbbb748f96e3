"""Markdown to HTML by Python-Markdown, with the extensions of mkdocs.yml, as MkDocs makes it."""

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote, urlunsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from okrsite.documents.links import relative_link
from okrsite.publishing.log import Log
from okrsite.publishing.markdown import BEFORE_LINKS, ReadableLinks, WithoutPrivateFiles
from okrsite.util.python_names import PythonName

_USUAL = ("toc", "tables", "fenced_code")
"""The extensions that MkDocs always has."""

_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Contents:
    """A heading in a page: its id, its title as plain text, and those below it."""

    anchor: str
    title: str
    children: tuple["Contents", ...] = ()


@dataclass(frozen=True, slots=True)
class Converted:
    """The HTML of a Markdown text, and its headings."""

    html: str
    contents: tuple[Contents, ...]


class Converter:
    """Converts the Markdown of a site's pages.

    `addresses` are those of the files that are published, relative to the site's root. What cannot
    be used of the extensions, and links that lead nowhere, are told to the log.
    """

    def __init__(
        self,
        extensions: Iterable[Any],
        addresses: Mapping[str, str],
        is_private: Callable[[str], bool],
        path: Callable[[str], str],
        log: Log,
    ) -> None:
        self._links = _Links(addresses, path, log)

        def warn(named: str) -> None:
            log.warning(
                f"{path(self._links.uri)}: the snippet `{named}` is private, so it is left out"
            )

        ours = [ReadableLinks(), WithoutPrivateFiles(is_private, warn), self._links]
        names, options = _usable(extensions, log)
        self._markdown = Markdown(extensions=[*names, *ours], extension_configs=options)

    def convert(self, text: str, uri: str, address: str) -> Converted:
        """Return the HTML of the Markdown in a file, whose page has an address."""
        self._links.uri, self._links.address = uri, address
        self._markdown.reset()
        html = self._markdown.convert(text)
        return Converted(html, _contents(getattr(self._markdown, "toc_tokens", [])))


def _contents(tokens: Iterable[Mapping[str, Any]]) -> tuple[Contents, ...]:
    return tuple(
        Contents(token["id"], unescape(_TAGS.sub("", token["name"])), _contents(token["children"]))
        for token in tokens
    )


def _usable(extensions: Iterable[Any], log: Log) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Return the extensions that are installed, in their order, and their options."""
    written: dict[str, Mapping[str, Any]] = {name: {} for name in _USUAL}
    for entry in extensions:
        named = entry if isinstance(entry, Mapping) else {str(entry): {}}
        written.update({str(name): options or {} for name, options in named.items()})
    names: list[str] = []
    configured: dict[str, dict[str, Any]] = {}
    for name, options in written.items():
        usable = {key: _resolved(value, name, log) for key, value in options.items()}
        usable = {key: value for key, value in usable.items() if value is not None}
        try:
            Markdown(extensions=[name], extension_configs={name: usable})
        except Exception as error:
            log.warning(f"the Markdown extension `{name}` can't be used: {error}")
            continue
        names.append(name)
        configured[name] = usable
    return names, configured


def _resolved(value: Any, name: str, log: Log) -> Any:
    """Return an option with functions for their names; None where it needs one that is missing."""
    if isinstance(value, PythonName):
        try:
            return value.found()
        except LookupError:
            log.warning(f"the Markdown extension `{name}` names `{value.path}`, which is left out")
            return None
    if isinstance(value, Mapping):
        inside = {key: _resolved(one, name, log) for key, one in value.items()}
        return {key: one for key, one in inside.items() if one is not None}
    if isinstance(value, list):
        return [one for one in (_resolved(one, name, log) for one in value) if one is not None]
    return value


class _Links(Extension):  # type: ignore[misc]
    """Makes links to files links to their pages."""

    def __init__(self, addresses: Mapping[str, str], path: Callable[[str], str], log: Log) -> None:
        super().__init__()
        self.uri = self.address = ""
        self._addresses, self._path, self._log = addresses, path, log

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Add the step to those of Python-Markdown, after the one that needs readable links."""
        md.treeprocessors.register(_Resolve(md, self), "okr_relative", BEFORE_LINKS - 1)

    def resolved(self, target: str) -> str:
        """Return the link to the page of the file that a link names."""
        parts = relative_link(target)
        if parts is None or not parts.path or parts.path.startswith("/"):
            return target
        path = posixpath.join(posixpath.dirname(self.uri), unquote(parts.path))
        found = self._addresses.get(posixpath.normpath(path))
        if found is None:
            if "." in posixpath.basename(parts.path):
                self._log.warning(
                    f"{self._path(self.uri)}: there is no file on the site for the link to "
                    f"`{target[:200]}`"
                )
            return target
        return urlunsplit(("", "", way(found, self.address), parts.query, parts.fragment))


class _Resolve(Treeprocessor):  # type: ignore[misc]
    def __init__(self, md: Markdown, links: _Links) -> None:
        super().__init__(md)
        self._links = links

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("href", "src"):
                if (target := element.get(name)) is not None:
                    element.set(name, self._links.resolved(target))


def way(address: str, here: str) -> str:
    """Return the relative link from a page to an address, both relative to the site's root."""
    folder = posixpath.dirname(f"{here.removeprefix('./')}-")
    path = posixpath.relpath(address.removeprefix("./") or ".", folder or ".")
    slash = "/" if address.endswith("/") and not path.endswith("/") else ""
    return f"{path}{slash}"
