"""A site as mkdocs.yml describes it, read without MkDocs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from okrsite.documents.folder import Folder, excluding
from okrsite.publishing.hosting import Hosting
from okrsite.settings import Settings

_EDITING = {"github.com": "edit/master/{docs}/", "gitlab.com": "edit/master/{docs}/"}
"""What MkDocs takes for `edit_uri` on these hosts."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a site is made from; `written` is mkdocs.yml with what it inherits."""

    name: str
    folder: Folder
    settings: Settings
    hosting: Hosting
    written: Mapping[str, Any]

    @property
    def description(self) -> str | None:
        """What the site says of itself, if anything."""
        return (
            str(self.written["site_description"]) if self.written.get("site_description") else None
        )

    @property
    def theme(self) -> Mapping[str, Any]:
        """The options of the theme."""
        theme = self.written.get("theme")
        return theme if isinstance(theme, Mapping) else {}

    def listed(self, name: str) -> list[Any]:
        """Return a setting that is a list; an empty one where it is not."""
        value = self.written.get(name)
        return value if isinstance(value, list) else []

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a setting that lists files: their paths, or mappings with a `path`."""
        listed = (one.get("path") if isinstance(one, Mapping) else one for one in self.listed(name))
        return tuple(str(one) for one in listed if one)

    def in_navigation(self, uri: str) -> bool:
        """Whether a page may be in the navigation, by `not_in_nav`."""
        patterns = str(self.written.get("not_in_nav") or "")
        return not patterns.strip() or not excluding(patterns)(uri)

    def edit_address(self, uri: str) -> str | None:
        """Return the web address where a file is edited, if there is one."""
        template = self.hosting.edit_uri_template
        where = template.replace("{path}", quote(uri)) if template else None
        if where is None and self.hosting.edit_uri:
            where = self.hosting.edit_uri + quote(uri)
        base = f"{(self.hosting.repo_url or '').rstrip('/')}/"
        address = urljoin(base, where) if where is not None else None
        return address if address and address.startswith(("https://", "http://")) else None


def hosting_of(folder: Folder, written: Mapping[str, Any], site_url: str | None) -> Hosting:
    """Return where a site is, with the edit links that MkDocs makes of a repository's address."""
    repository, editing = written.get("repo_url"), written.get("edit_uri")
    docs = str(written.get("docs_dir") or "docs").strip("/")
    if editing is None and isinstance(repository, str):
        pattern = _EDITING.get(urlsplit(repository).netloc.lower())
        editing = pattern.format(docs=docs) if pattern else None
    if isinstance(editing, str) and editing and not editing.endswith("/"):
        editing = editing if editing.endswith(("?", "#")) else f"{editing}/"
    template = written.get("edit_uri_template")
    return Hosting(
        project=folder.project,
        docs=folder.docs,
        directory_urls=written.get("use_directory_urls") is not False,
        site_url=site_url,
        repo_url=repository if isinstance(repository, str) else None,
        edit_uri=editing if isinstance(editing, str) else None,
        edit_uri_template=template if isinstance(template, str) else None,
    )
