"""Files to sources: which Markdown files are documents, and the identity of each.

A source is what one file says, before any field is typed. Its identity (type, id, path) is read
here, so that a document with errors can still be referred to.
"""

import codecs
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from okrsite.documents.front_matter import FrontMatter, closing_line, parse
from okrsite.documents.lines import LineNumbers, Location, line_at, lines_at
from okrsite.documents.no_front_matter import fields_without_opening_line
from okrsite.documents.theme_fields import THEME_FIELDS, usable_fields
from okrsite.documents.trees import Tree
from okrsite.documents.types import Type
from okrsite.documents.visibility import meant_private, meant_private_in
from okrsite.documents.yaml_nodes import FrontMatterError
from okrsite.findings.finding import Finding, finding
from okrsite.util.spelling import invisible_character, normal_form, spelling_hint

Parser = Callable[[str, frozenset[str]], FrontMatter]
"""Splits a text into front matter and body, as `okrsite.documents.front_matter.parse` does."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file with a `type`: its fields as written and their line numbers.

    `uri` is relative to docs_dir, `path` relative to the folder of mkdocs.yml, `id` lower case.
    `type` is None where it is unknown; such a document has a page and nothing else. Any
    `visibility` other than public makes it private: a typing error must not publish it. `data` is
    the data file that it names, relative to docs_dir; it may lead out of it.
    """

    uri: str
    path: str
    id: str
    type: Type | None
    fields: dict[str, Any]
    line_numbers: LineNumbers
    theme_fields: dict[str, Any]
    body: str
    private: bool = False
    data: str | None = None

    def line(self, *location: str | int) -> int:
        """Return the line of a field, or of the innermost field around it that is written."""
        return line_at(self.line_numbers, location)

    def lines(self, *location: str | int) -> dict[str, int]:
        """Return the line of each field of the mapping at a location, by name."""
        return lines_at(self.line_numbers, location)

    def finding(
        self,
        code: str,
        location: Location,
        message: str,
        hint: str | None = None,
        mentions: tuple[str, ...] = (),
    ) -> Finding:
        """Return a finding about a field."""
        return finding(code, self.path, self.line(*location), message, hint, mentions)


def each_source(tree: Tree) -> Iterator[tuple[Source | None, list[Finding]]]:
    """Read the documents of a tree in the order of their paths, each with its findings."""
    for uri in sorted(tree.documents()):
        if not _encodable(uri):
            path = tree.path(uri.encode(errors="replace").decode())
            yield None, [finding("OKR101", path, 1, "the file's name is not UTF-8", "rename it")]
            continue
        try:
            content = tree.read(uri)
        except PermissionError:
            message = "the file is a link that leaves the project, and is not read"
            hint = "put the file itself here"
            yield None, [finding("OKR104", tree.path(uri), 1, message, hint)]
        except OSError as error:
            message = f"the file cannot be read: {error.strerror or error}"
            yield None, [finding("OKR101", tree.path(uri), 1, message)]
        else:
            yield read_source(uri, tree.path(uri), content)


def _encodable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def read_source(
    uri: str, path: str, content: bytes, parse: Parser = parse
) -> tuple[Source | None, list[Finding]]:
    """Return the source in a file, or None for an ordinary page, and its findings.

    `parse` splits its text into front matter and body.
    """
    if not content.startswith(_BEGINNINGS):
        return _without_opening_line(uri, path, content)
    text, line = read_text(content)
    if not text.startswith("---"):
        return _without_opening_line(uri, path, content)
    if line is not None:
        error = FrontMatterError("the file is not UTF-8", line, "save it as UTF-8")
        return _unreadable(uri, path, text, error)
    if _OPENING.match(text) is None or "type" not in text:
        return None, []
    try:
        front = parse(text, THEME_FIELDS)
    except FrontMatterError as error:
        return _unreadable(uri, path, text, error)
    return _identify(uri, path, front)


def read_text(content: bytes) -> tuple[str, int | None]:
    """Return the text of a file, without a byte order mark and with line feeds as line ends.

    Of a file that is not UTF-8, return what can be read and the line of the first byte that
    cannot: a private document in a wrong encoding must still be recognised as private.
    """
    content = content.removeprefix(codecs.BOM_UTF8)
    if content.startswith(_WIDE):
        return normal_newlines(content.decode("utf-16", errors="replace")), 1
    try:
        return normal_newlines(content.decode()), None
    except UnicodeDecodeError as error:
        text = normal_newlines(content.decode(errors="replace"))
        return text, content.count(b"\n", 0, error.start) + 1


def normal_newlines(text: str) -> str:
    """Return a text with line feeds as line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def id_of_uri(uri: str) -> str:
    """Return the id that a path gives: without `.md` and a final `/index` or `/README`."""
    return normal_form(_INDEX.sub("", uri.removesuffix(".md")))


def check_id(id: str) -> str | None:
    """Return what is wrong with a written id, or None."""
    if "#" in id:
        return f"the id `{id[:60]}` has a `#`"
    if any(segment.strip() in ("", ".", "..") for segment in id.split("/")):
        return f"the id `{id[:60]}` has an empty segment, `.` or `..`"
    if unseen := invisible_character(id):
        return f"the id `{id[:60]}` has a character that cannot be seen ({unseen})"
    # Pages are named after ids, and no file's name can be much longer.
    too_long = any(len(segment.encode()) > _LONGEST_SEGMENT for segment in id.split("/"))
    if too_long or len(id.encode()) > _LONGEST_ID:
        return f"the id `{id[:60]}…` is too long"
    return None


_LONGEST_SEGMENT, _LONGEST_ID = 200, 1000
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BEGINNINGS = (b"---", codecs.BOM_UTF8, *_WIDE)
_OPENING = re.compile(r"---[ \t]*\n")
_TYPE = re.compile(r"^type[ \t]*:|^[\"']type[\"'][ \t]*:", re.MULTILINE)
_TYPE_VALUE = re.compile(r"^type[ \t]*:[ \t]*[\"']?([a-z-]+)", re.MULTILINE)
_DATA = re.compile(r"^data[ \t]*:([^\n]*)", re.MULTILINE)
_TYPES = {type.value: type for type in Type}
_INDEX = re.compile(r"/(?:index|README)$")


def _unreadable(
    uri: str, path: str, text: str, error: FrontMatterError
) -> tuple[Source | None, list[Finding]]:
    closing = closing_line(text)
    end = closing.start() if closing else len(text)
    if _TYPE.search(text, 0, end) is None:
        return None, []
    found = _TYPE_VALUE.search(text, 0, end)
    body = text[closing.end() :].strip() if closing else ""
    written = found[1] if found else ""
    type = Type(written) if written in list(Type) else None
    private = meant_private_in(text, 0, end)
    named = _DATA.search(text, 0, end)
    data = _beside(uri, named[1].strip("\"' \t")) if named else None
    source = Source(uri, path, id_of_uri(uri), type, {}, (1, {}), {}, body, private, data)
    return source, [finding("OKR101", path, error.line, error.message, error.hint)]


def _without_opening_line(
    uri: str, path: str, content: bytes
) -> tuple[Source | None, list[Finding]]:
    """Return a source for a page that looks like a private document, to keep it unpublished."""
    fields = fields_without_opening_line(content)
    if fields is None or not meant_private_in(fields):
        return None, []
    message = "this looks like a private document, but its first line is not `---`"
    hint = "write `---` into the first line; until then it is kept out of the site"
    source = Source(uri, path, id_of_uri(uri), None, {}, (1, {}), {}, "", private=True)
    return source, [finding("OKR101", path, 1, message, hint)]


def _identify(uri: str, path: str, front: FrontMatter) -> tuple[Source | None, list[Finding]]:
    fields = front.fields
    if "type" not in fields:
        return None, []
    type, written_id = _known_type(fields["type"]), fields.get("id")
    wrong_id = check_id(written_id) if isinstance(written_id, str) else None
    id = id_of_uri(uri)
    if isinstance(written_id, str) and wrong_id is None:
        id = normal_form(written_id.strip(" "))
    private = type not in (Type.COMPANY, Type.CYCLE) and meant_private(fields)
    named = fields.get("data")
    data = _beside(uri, named) if isinstance(named, str) else None
    usable, unusable = usable_fields(front.theme_fields)
    lines, body = front.line_numbers, front.body
    source = Source(uri, path, id, type, fields, lines, usable, body, private, data)
    findings = [source.finding("OKR104", (u.name,), u.message, u.hint) for u in unusable]
    if type is None:
        written = fields["type"] if isinstance(fields["type"], str) else "…"
        hint = spelling_hint(written, list(Type))
        findings.append(
            source.finding("OKR102", ("type",), f"`{written[:60]}` is no type of document", hint)
        )
    if written_id is None and (unseen := invisible_character(id)):
        message = f"the file's name `{id[-60:]}` has a character that cannot be seen ({unseen})"
        findings.append(
            source.finding("OKR104", (), message, "rename the file or its folder, or write an `id`")
        )
    if wrong_id:
        hint = "write words with dashes, parts separated by single slashes"
        findings.append(source.finding("OKR104", ("id",), wrong_id, hint))
    return source, findings


def _beside(uri: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(uri), name.strip()))


def _known_type(written: object) -> Type | None:
    return _TYPES.get(written) if isinstance(written, str) else None
