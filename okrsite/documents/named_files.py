"""The files that a private document names, however it does.

A file too many here does no harm, because only what is there can be kept out; one too few would be
published. So every word of the text that could be a path counts, beside the links of its Markdown.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import unquote

from okrsite.documents.links import local_links
from okrsite.documents.visibility import normal_line
from okrsite.util.markdown_files import MARKDOWN, without_ending

_WORDS = re.compile(r"[^\s\"'`<>()\[\]{}|,;=]+")
_PLAIN_WORDS = re.compile(r"[\w./%@+~&-]+")
_QUOTED = re.compile(
    r"\"([^\"\n]+)\"|'([^'\n]+)'|<([^<>\n]+)>"
    r"|(?<=\()<?((?:[^()<>\n]|\([^()<>\n]*\))+?)>?(?:[ \t]+[\"'][^()\n]*)?\)"
)
_AFTER_COLON = re.compile(r":[ \t]+([^\n]+)")
_HOST = re.compile(r"(?:[a-z][a-z+.-]*:)?//[^/]*/", re.IGNORECASE)
_DEEPEST = 20
_CSS_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})[ \t]?", re.IGNORECASE)


def named_files(uri: str, text: str, values: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the paths, relative to docs_dir, that the text of a document can name.

    `values` are texts that YAML writes in another way than they are meant. Pages are not among the
    paths: they are documents or pages in their own right.
    """
    # Beside the document, beside its page (whose address is a folder), and from the site's root.
    folders = (posixpath.dirname(uri), without_ending(uri), "")
    named: dict[str, None] = {}
    links, values = local_links(text), tuple(values)
    for written in (*_candidates(text), *_candidates("\n".join(values)), *values, *links):
        for path in _paths(written):
            if path.endswith(MARKDOWN) or ("." not in path and written not in links):
                continue
            for folder in folders:
                named[posixpath.normpath(posixpath.join(folder, path.lstrip("/")))] = None
    return tuple(named)


def values_in(value: object) -> Iterator[str]:
    """Yield every text in the fields of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from values_in(inner)


def _candidates(text: str) -> Iterator[str]:
    text = "\n".join(map(normal_line, text.split("\n")))
    for one in dict.fromkeys((text, unescape(text), _CSS_ESCAPE.sub(_sign, text))):
        for words in (_WORDS, _PLAIN_WORDS):
            yield from (match[0] for match in words.finditer(one) if "." in match[0])
        for pattern in (_QUOTED, _AFTER_COLON):
            for match in pattern.finditer(one):
                yield next(group for group in match.groups() if group)


def _sign(escaped: re.Match[str]) -> str:
    code = int(escaped[1], 16)
    return chr(code) if code < 0x11_0000 else ""


def _paths(written: str) -> Iterator[str]:
    """Yield the paths that what is written can mean, with and without what may be a query."""
    plain = unescape(written.strip())
    host = _HOST.match(plain)
    segments = plain[host.end() :].split("/")[-_DEEPEST:] if host else []
    # Which part of an address is the path of the site, or the repository's, cannot be known.
    tails = ("/".join(segments[start:]) for start in range(len(segments)))
    for path in (plain, re.split("[?#]", plain)[0], *(re.split("[?#]", tail)[0] for tail in tails)):
        path = unquote(path).replace("\\", "/")
        yield path.strip(" .,:*_") if not path.startswith(".") else path.rstrip(" ,:*_")
