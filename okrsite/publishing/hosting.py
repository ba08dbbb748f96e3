"""Where a site, its files and its repository are."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from okrsite.pages.addresses import Addresses
from okrsite.util.past_build import past_of_build

_PATH = "{path}"


@dataclass(frozen=True, slots=True)
class Hosting:
    """What mkdocs.yml says of where a site is.

    `project` is the folder of mkdocs.yml, `docs` is docs_dir. `site_url`, `repo_url`, `edit_uri`
    and `edit_uri_template` are MkDocs' settings of these names.
    """

    project: Path
    docs: Path
    directory_urls: bool = True
    site_url: str | None = None
    repo_url: str | None = None
    edit_uri: str | None = None
    edit_uri_template: str | None = None

    @property
    def addresses(self) -> Addresses:
        """The addresses of pages and of sources."""
        return Addresses(
            self.directory_urls,
            self._source,
            self.site_url,
            self._editing,
            self._docs_in_repository(),
        )

    @property
    def _editing(self) -> str | None:
        """The web address below which edit links lead to documents."""
        template = self.edit_uri_template or ""
        if template.endswith(_PATH):
            written = template.removesuffix(_PATH)
        else:
            written = "" if template else self.edit_uri or ""
        if not written:
            return None
        address = urljoin(f"{(self.repo_url or '').rstrip('/')}/", written)
        return address if address.startswith(("https://", "http://")) else None

    @property
    def _source(self) -> str | None:
        """The web address below which the repository shows files, if its edit links tell."""
        address = self._editing
        if address is None or "/edit/" not in address:
            return None
        docs = os.path.relpath(self.docs, self.project)
        address = address.replace("/edit/", "/blob/", 1).rstrip("/")
        return address.removesuffix(f"/{docs.replace(os.sep, '/')}") + "/"

    def _docs_in_repository(self) -> str | None:
        """Return docs_dir relative to the top of its repository."""
        past = past_of_build()
        if past is not None:
            return past.folder
        top = next((folder for folder in self.docs.parents if (folder / ".git").exists()), None)
        return self.docs.relative_to(top).as_posix() if top else None
