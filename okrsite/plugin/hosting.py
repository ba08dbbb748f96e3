"""The web addresses of the site and its repository, from mkdocs.yml."""

import os
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig

from okrsite.pages.addresses import Addresses
from okrsite.util.past_build import past_of_build

_PATH = "{path}"


def site_addresses(config: MkDocsConfig) -> Addresses:
    """Return the addresses of pages and of sources."""
    return Addresses(
        config.use_directory_urls,
        source_address(config),
        config.site_url,
        editing_address(config),
        _docs_in_repository(config),
    )


def editing_address(config: MkDocsConfig) -> str | None:
    """Return the web address below which edit links lead to documents."""
    template = str(config.edit_uri_template or "")
    if template.endswith(_PATH):
        written = template.removesuffix(_PATH)
    else:
        written = "" if template else config.edit_uri or ""
    if not written:
        return None
    address = urljoin(f"{(config.repo_url or '').rstrip('/')}/", written)
    return address if address.startswith(("https://", "http://")) else None


def source_address(config: MkDocsConfig) -> str | None:
    """Return the web address below which the repository shows files, if its edit links tell."""
    address = editing_address(config)
    if address is None or "/edit/" not in address:
        return None
    docs = os.path.relpath(config.docs_dir, os.path.dirname(config.config_file_path))
    address = address.replace("/edit/", "/blob/", 1).rstrip("/")
    return address.removesuffix(f"/{docs.replace(os.sep, '/')}") + "/"


def _docs_in_repository(config: MkDocsConfig) -> str | None:
    """Return docs_dir relative to the top of its repository."""
    past = past_of_build()
    if past is not None:
        return past.folder
    docs = Path(config.docs_dir)
    top = next((folder for folder in docs.parents if (folder / ".git").exists()), None)
    return docs.relative_to(top).as_posix() if top else None
