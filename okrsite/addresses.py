"""Where things are on the site: the address of a page, and of a key result on it."""

import posixpath
import re
from urllib.parse import quote


def page_address(uri: str, directory_urls: bool = True) -> str:
    """Give the address of a Markdown file's page, relative to the site's root.

    It is the one that MkDocs gives the file, with or without `use_directory_urls`.
    """
    folder, name = posixpath.split(uri.removesuffix(".md"))
    if name in ("index", "README"):
        path = f"{folder}/" if folder else ""
        if not directory_urls:
            path += "index.html"
    else:
        path = posixpath.join(folder, name)
        path += "/" if directory_urls else ".html"
    return quote(path) or "./"


def anchor(key_result: str) -> str:
    """Give the id that a key result's heading has on its objective's page."""
    return re.sub(r"\s+", "-", key_result)
