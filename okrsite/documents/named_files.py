"""The files that a private document names, however it does.

A file too many here does no harm, because only what is there can be kept out; one too few would be
published. So every word of the text that could be a path counts, beside the links of its Markdown.
"""

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from okrsite.documents.links import local_links
from okrsite.documents.visibility import normal_line
from okrsite.util.markdown_files import MARKDOWN

_WORDS = re.compile(r"[^\s\"'`<>()\[\]{}|,;=]+")
_QUOTED = re.compile(r"\"([^\"\n]+)\"|'([^'\n]+)'|<([^<>\n]+)>|\(([^()\n]+)\)|:[ \t]+([^\n]+)")


def named_files(uri: str, text: str) -> tuple[str, ...]:
    """Return the paths, relative to docs_dir, that the text of a document can name.

    Pages are not among them: they are documents or pages in their own right.
    """
    folder = posixpath.dirname(uri)
    named: dict[str, None] = {}
    for written in (*_candidates(text), *local_links(text)):
        path = re.split("[?#]", unquote(unescape(written.strip())))[0].replace("\\", "/")
        path = path.strip(" .,:*_") if not path.startswith(".") else path.rstrip(" ,:*_")
        if "." not in path or path.endswith(MARKDOWN):
            continue
        beside = posixpath.join(folder, path)
        for found in (beside, path.lstrip("/")):
            named[posixpath.normpath(found)] = None
    return tuple(named)


def _candidates(text: str) -> Iterator[str]:
    text = "\n".join(map(normal_line, text.split("\n")))
    yield from (match[0] for match in _WORDS.finditer(text) if "." in match[0])
    for match in _QUOTED.finditer(text):
        yield next(group for group in match.groups() if group)
