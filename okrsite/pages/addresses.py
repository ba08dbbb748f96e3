"""Where things are on the site: the address of a page, and of a key result on it."""

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from okrsite.util.markdown_files import without_ending


@lru_cache(2**15)
def page_address(uri: str, directory_urls: bool = True) -> str:
    """Return the address of a Markdown file's page, relative to the site's root.

    It is the one that MkDocs gives the file, with or without `use_directory_urls`.
    """
    folder, name = posixpath.split(without_ending(uri))
    if name in ("index", "README"):
        path = f"{folder}/" if folder else ""
        if not directory_urls:
            path += "index.html"
    else:
        path = posixpath.join(folder, name)
        path += "/" if directory_urls else ".html"
    return quote(path) or "./"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where pages are on this site, and where their sources can be read.

    `source` is the web address below which the repository shows files, `editing` the one below
    which its host edits documents, `site` the site's own, if they are known. `docs` is docs_dir in
    the repository, if that is known.
    """

    directory_urls: bool = True
    source: str | None = None
    site: str | None = None
    editing: str | None = None
    docs: str | None = None

    def page(self, uri: str) -> str:
        """Return the address of a Markdown file's page, relative to the site's root."""
        return page_address(uri, self.directory_urls)

    def line(self, uri: str, line: int) -> str | None:
        """Return the web address of a line in the repository, where one is known."""
        return f"{self.source}{quote(uri)}#L{line}" if self.source else None


def feed_path(owner: str) -> str:
    """Return the path of an owner's feeds and calendar below the site's root, without an ending."""
    return f"feeds/{owner}"


def pillar_feed_path(pillar: str) -> str:
    """Return the path of a pillar's feeds below the site's root, without an ending."""
    return f"feeds/pillars/{pillar}"


def to_root(address: str) -> str:
    """Return the way from a page back to the site's root: `../../`, or nothing."""
    return "../" * address.removeprefix("./").count("/")


def anchor(key_result: str) -> str:
    """Return the id that a key result's heading has on its objective's page."""
    return re.sub(r"\s+", "-", key_result)
