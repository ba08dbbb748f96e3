"""Sources kept between runs, by the content of their files: reading YAML takes the most time.

The cache is a folder of texts, which is safe to delete and to share: what is damaged, or was
written by other code, is ignored and written again. It only has documents without findings, and
none that is marked as private.
"""

import json
import marshal
import sys
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zlib import crc32

import yaml

from okrsite import __version__
from okrsite.documents.source import Source, read_source
from okrsite.documents.types import Type
from okrsite.findings.finding import Finding
from okrsite.util.writing import write_whole

FEWEST = 200
"""The number of documents from which on a cache is worth its files: fewer are read at once."""

_FILES = 64
_PACKAGE = Path(__file__).resolve().parent

_Entry = tuple[str, str]
"""The id of a content, and what `_written` makes of its source."""


class SourceCache:
    """Reads sources as `read_source` does, each content once. `write` keeps what was read.

    Each of its files has the documents of some paths, so that a changed document makes one of them
    new. The first line says what wrote it and proves the others, each of which is the path of a
    document, the id of its content, and its source.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made_by = _made_by()
        self._known = {
            uri: entry for number in range(_FILES) for uri, entry in self._entries(number)
        }
        self._used: dict[str, _Entry] = {}

    def source(self, uri: str, path: str, content: bytes) -> tuple[Source | None, list[Finding]]:
        """Return the source in a file, or None for an ordinary page, and its findings."""
        id = _id(content)
        known_id, written = self._known.get(uri, ("", ""))
        if known_id == id:
            self._used[uri] = id, written
            return _source(uri, path, written), []
        source, findings = read_source(uri, path, content)
        if not findings and _can_be_kept(source):
            self._used[uri] = id, _written(source)
        return source, findings

    def write(self) -> None:
        """Write the files of which something has changed; raise OSError where that is impossible.

        Of two commands that write the same file at once the last one counts, with all of it.
        """
        if len(self._used) < FEWEST or self._used == self._known:
            return
        used, known = _by_file(self._used), _by_file(self._known)
        for number in range(_FILES):
            if used[number] != known[number]:
                lines = [f"{json.dumps(u)}\t{id}\t{s}\n" for u, (id, s) in used[number].items()]
                text = "".join(lines)
                write_whole(self._file(number), f"{self._head(text.encode())}\n{text}")
        ignored = self._folder / ".gitignore"
        if not ignored.exists():
            write_whole(ignored, "*\n")

    def _file(self, number: int) -> Path:
        return self._folder / f"documents-{number:02}.txt"

    def _entries(self, number: int) -> Iterator[tuple[str, _Entry]]:
        try:
            head, _, content = self._file(number).read_bytes().partition(b"\n")
        except OSError:
            return
        if head.decode(errors="replace") == self._head(content):
            for line in content.decode("ascii").splitlines():
                uri, id, written = line.split("\t")
                yield json.loads(uri), (id, written)

    def _head(self, content: bytes) -> str:
        return f"{self._made_by} {_id(content)}"


def _made_by() -> str:
    """Return an id of the code that reads sources: another one may read something else."""
    versions = __version__, sys.version_info, yaml.__version__
    found = blake2b(repr(versions).encode(), digest_size=16)
    for folder in (_PACKAGE, _PACKAGE.parent / "util"):
        for file in sorted(folder.glob("*.py")):
            found.update(file.read_bytes())
    return found.hexdigest()


def _by_file(entries: Mapping[str, _Entry]) -> list[dict[str, _Entry]]:
    """Return the entries of each file, in the order of their paths."""
    files: list[dict[str, _Entry]] = [{} for _ in range(_FILES)]
    for uri in sorted(entries):
        files[crc32(uri.encode()) % _FILES][uri] = entries[uri]
    return files


def _id(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _can_be_kept(source: Source | None) -> bool:
    """Whether a source is the same when it is read again from JSON; a private one is never kept."""
    if source is None:
        return True
    more = source.files or source.owners or source.repeated or source.as_written
    plain = _of_plain_types(source.fields) and _is_plain(source.theme_fields)
    return not source.private and not more and source.type is not None and plain


def _is_plain(value: object) -> bool:
    """Whether JSON has a value as it is, its keys too."""
    if type(value) is dict:
        return all(type(key) is str and _is_plain(inner) for key, inner in value.items())
    if type(value) is list:
        return all(map(_is_plain, value))
    return value is None or type(value) in (str, int, bool)


def _of_plain_types(fields: dict[str, Any]) -> bool:
    """Whether fields are dicts, lists and texts, and none of a type that derives from one.

    Only those are taken by `marshal`, which takes a tenth of the time of looking at each value.
    """
    try:
        marshal.dumps(fields)
    except ValueError:
        return False
    return True


def _written(source: Source | None) -> str:
    if source is None:
        return "null"
    s = source
    return json.dumps([s.type, s.id, s.fields, s.line_numbers, s.theme_fields, s.body, s.data])


def _source(uri: str, path: str, written: str) -> Source | None:
    """Return the source that is written; its line numbers have lists for pairs, read alike."""
    values = json.loads(written)
    if values is None:
        return None
    type, id, fields, lines, theme_fields, body, data = values
    return Source(uri, path, id, Type(type), fields, lines, theme_fields, body, data=data)
