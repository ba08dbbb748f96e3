"""Files to sources: which Markdown files are documents, and the identity of each.

A source is what one file says, before any field is typed. Its identity (type, id, path) is read
here, so that a document with errors can still be referred to.
"""

import codecs
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from okrsite.documents.conflicts import CONFLICT, CONFLICT_HINT, conflict_line
from okrsite.documents.cut_text import cut_lines, lines_as_written
from okrsite.documents.folder_metadata import FolderMetadata
from okrsite.documents.front_matter import FrontMatter, closing_line, parse
from okrsite.documents.known_fields import without_empty
from okrsite.documents.lines import LineNumbers, Location, line_at, lines_at
from okrsite.documents.lookalikes import Lookalike, lookalike
from okrsite.documents.misplaced import misplaced_fields
from okrsite.documents.models import MODELS
from okrsite.documents.named_files import named_files, values_in
from okrsite.documents.theme_fields import THEME_FIELDS, usable_fields
from okrsite.documents.trees import Tree
from okrsite.documents.types import Type
from okrsite.documents.visibility import meant_private, meant_private_in, private_by_name
from okrsite.documents.yaml_nodes import FrontMatterError
from okrsite.findings.finding import Finding, Paths, Severity, finding, spelling_hint
from okrsite.i18n import phrase
from okrsite.util.markdown_files import without_ending
from okrsite.util.spelling import invisible_character, normal_form

Parser = Callable[[str, frozenset[str]], FrontMatter]
"""Splits a text into front matter and body, as `okrsite.documents.front_matter.parse` does."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file with a `type`: its fields as written and their line numbers.

    `uri` is relative to docs_dir, `path` relative to the folder of mkdocs.yml, `id` lower case.
    `type` is None where it is unknown; such a document has a page and nothing else. Any
    `visibility` other than public makes it private: a typing error must not publish it. `data` is
    the data file that it names, relative to docs_dir; it may lead out of it. `files` are all that
    a private one names. `owners` are the words for them in front matter that cannot be read.
    `repeated` is whether a key in `fields` is a `RepeatedKey`. `as_written` are entries and texts
    of which YAML reads less than is written, by line.
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
    files: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    repeated: bool = False
    as_written: dict[int, str] = field(default_factory=dict)

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
        mentions: Paths = (),
    ) -> Finding:
        """Return a finding about a field."""
        return finding(code, self.path, self.line(*location), message, hint, mentions)


SourceReader = Callable[[str, str, bytes], tuple[Source | None, list[Finding]]]
"""Returns the source in a file and its findings, as `read_source` does."""


def each_source(
    tree: Tree, read: SourceReader | None = None
) -> Iterator[tuple[Source | None, list[Finding]]]:
    """Read the documents of a tree in the order of their paths, each with its findings.

    `read` reads a public one; default: `read_source`.
    """
    metadata = FolderMetadata(tree)
    for uri in sorted(tree.documents()):
        encodable = uri.encode(errors="replace").decode()
        if encodable != uri:
            path = tree.path(encodable)
            message = phrase("the file's name is not UTF-8")
            yield None, [finding("OKR101", path, 1, message, phrase("rename it"))]
            continue
        try:
            content = tree.read(uri)
        except PermissionError:
            message = phrase("the file is a link that leaves the project, so it isn't read")
            hint = phrase("put the file itself here")
            yield None, [finding("OKR104", tree.path(uri), 1, message, hint)]
        except OSError as error:
            message = phrase("the file can't be read: %(error)s", error=error.strerror or error)
            yield None, [finding("OKR101", tree.path(uri), 1, message)]
        else:
            hidden = metadata.makes_private(uri)
            by = read_source if read is None or hidden else read
            source, findings = by(uri, tree.path(uri), content)
            if hidden and not (source and source.private):
                source = _hidden(source, uri, tree.path(uri), content)
            if source is not None and source.private and source.data:
                source = replace(source, files=(*source.files, *_named_in_data(tree, source)))
            if found := metadata.take_findings():
                yield None, found
            yield source, findings


def _named_in_data(tree: Tree, source: Source) -> Iterator[str]:
    """Yield the files that the notes in a document's data name."""
    data = source.data or ""
    try:
        text, _ = read_text(tree.read(data))
    except (OSError, ValueError):
        return
    for uri in (source.uri, data):
        yield from named_files(uri, text)


def _hidden(source: Source | None, uri: str, path: str, content: bytes) -> Source:
    """Return the private source of a document or page below a folder that is meant as private."""
    text, _ = read_text(content)
    if source is None:
        source = Source(uri, path, id_of_uri(uri), None, {}, (1, {}), {}, text)
    return replace(source, private=True, files=_named_in(source, text))


def _named_in(source: Source, text: str) -> tuple[str, ...]:
    values = values_in([source.fields, source.theme_fields])
    return named_files(source.uri, text, values)


def read_source(
    uri: str, path: str, content: bytes, parse: Parser = parse
) -> tuple[Source | None, list[Finding]]:
    """Return the source in a file, or None for an ordinary page, and its findings.

    `parse` splits its text into front matter and body.
    """
    text, line = read_text(content)
    source, findings = _read(uri, path, text, line, parse)
    if source is not None and source.private:
        source = replace(source, files=_named_in(source, text))
    return source, findings


def _read(
    uri: str, path: str, text: str, line: int | None, parse: Parser
) -> tuple[Source | None, list[Finding]]:
    """Return the source in a text; `line` is that of its first byte that is not UTF-8."""
    if text.startswith("<<<<<<<") and _TYPE.search(text):
        error = FrontMatterError(CONFLICT, 1, CONFLICT_HINT, "OKR112")
        return _unreadable(uri, path, text, error)
    if _OPENING.match(text) is None:
        return _without_type(uri, path, text)
    if line is not None:
        error = FrontMatterError(phrase("the file is not UTF-8"), line, phrase("save it as UTF-8"))
        return _unreadable(uri, path, text, error)
    if "type" not in text:
        return _without_type(uri, path, text)
    closing = closing_line(text)
    conflict = conflict_line(text, closing.start() if closing else None)
    if conflict is not None:
        error = FrontMatterError(CONFLICT, conflict, CONFLICT_HINT, "OKR112")
        return _unreadable(uri, path, text, error)
    try:
        front = parse(text, THEME_FIELDS)
    except FrontMatterError as error:
        return _unreadable(uri, path, text, error)
    if "type" not in front.fields:
        return _without_type(uri, path, text)
    source, findings = _identify(uri, path, front)
    if source is not None:
        above = text[3 : closing.start()] if closing else ""
        cut = list(cut_lines(above))
        findings += [finding("OKR110", path, *lost) for lost in cut]
        as_written = lines_as_written(above, front.fields, {line for line, _, _ in cut})
        source = replace(source, as_written=as_written) if as_written else source
        below, private = _below(path, text, closing.end() if closing else len(text))
        findings += below
        source = replace(source, private=source.private or private)
    return source, findings


def _below(path: str, text: str, begin: int) -> tuple[list[Finding], bool]:
    """Return the findings about fields below the front matter, and whether one says private."""
    findings, private = list[Finding](), False
    above = text.count("\n", 0, begin) + 1
    for found in misplaced_fields(text[begin:]):
        about = finding("OKR109", path, above + found.line, found.message, found.hint)
        private = private or found.private
        findings.append(replace(about, severity=Severity.ERROR) if found.private else about)
    return findings, private


def read_text(content: bytes) -> tuple[str, int | None]:
    """Return the text of a file, without a byte order mark and with line feeds as line ends.

    Of a file that is not UTF-8, return what can be read and the line of the first byte that
    cannot: a private document in a wrong encoding must still be recognised as private.
    """
    content = content.removeprefix(codecs.BOM_UTF8)
    for mark, encoding in _WIDE.items():
        if content.startswith(mark):
            return normal_newlines(content.decode(encoding, errors="replace")), 1
    head = content[:_BEGINNING]
    if head.count(0) > len(head) * 0.3:
        width = 32 if head.count(0) > len(head) * 0.6 else 16
        end = "be" if head[::2].count(0) > head[1::2].count(0) else "le"
        return normal_newlines(content.decode(f"utf-{width}-{end}", errors="replace")), 1
    try:
        return normal_newlines(content.decode()), None
    except UnicodeDecodeError as error:
        text = normal_newlines(content.decode(errors="replace"))
        return text, content.count(b"\n", 0, error.start) + 1


def normal_newlines(text: str) -> str:
    """Return a text with line feeds as line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def id_of_uri(uri: str) -> str:
    """Return the id that a path gives: without its ending and a final `/index` or `/README`."""
    return normal_form(_INDEX.sub("", without_ending(uri)))


def check_id(id: str) -> str | None:
    """Return what is wrong with a written id, or None."""
    if "#" in id:
        return phrase("the id `%(id)s` contains a `#`", id=id[:60])
    if any(segment.strip() in ("", ".", "..") for segment in id.split("/")):
        return phrase("the id `%(id)s` contains an empty segment, `.` or `..`", id=id[:60])
    if unseen := invisible_character(id):
        return phrase(
            "the id `%(id)s` contains an invisible character (%(unseen)s)",
            id=id[:60],
            unseen=unseen,
        )
    # Pages are named after ids, and no file's name can be much longer.
    too_long = any(len(segment.encode()) > _LONGEST_SEGMENT for segment in id.split("/"))
    if too_long or len(id.encode()) > _LONGEST_ID:
        return phrase("the id `%(id)s…` is too long", id=id[:60])
    return None


_LONGEST_SEGMENT, _LONGEST_ID = 200, 1000
_WIDE = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_BEGINNING = 200
_PLAIN_YAML = re.compile(r"[^\\?&<{]*")
_OPENING = re.compile(r"---[ \t]*\n")
_TYPE = re.compile(r"^type[ \t]*:|^[\"']type[\"'][ \t]*:", re.MULTILINE)
_TYPE_VALUE = re.compile(r"^type[ \t]*:[ \t]*[\"']?([a-z-]+)", re.MULTILINE)
_DATA = re.compile(r"^data[ \t]*:([^\n]*)", re.MULTILINE)
_OWNERS = re.compile(r"^owners?[ \t]*:([^\n#]*)", re.MULTILINE)
_NEVER_PRIVATE = frozenset({Type.COMPANY, Type.CYCLE})
_TYPES = {type.value: type for type in Type}
_INDEX = re.compile(r"/(?:index|README)$")


def _unreadable(
    uri: str, path: str, text: str, error: FrontMatterError
) -> tuple[Source | None, list[Finding]]:
    closing = closing_line(text)
    # In a conflict either side may be the one that says what it is, and that it is private.
    end = closing.start() if closing and error.code != "OKR112" else len(text)
    if _TYPE.search(text, 0, end) is None:
        return _without_type(uri, path, text)
    found = _TYPE_VALUE.search(text, 0, end)
    body = text[closing.end() :].strip() if closing else ""
    type = _TYPES.get(found[1]) if found else None
    private = meant_private_in(text, 0, end)
    data = _data(uri, text[:end])
    owned = _OWNERS.search(text, 0, end)
    owners = tuple(re.findall(r"[^\s\"',\[\]]+", owned[1])) if owned else ()
    id = id_of_uri(uri)
    source = Source(uri, path, id, type, {}, (1, {}), {}, body, private, data, owners=owners)
    return source, [finding(error.code, path, error.line, error.message, error.hint)]


def _without_type(uri: str, path: str, text: str) -> tuple[Source | None, list[Finding]]:
    """Return what is wrong with a page that looks like a document, and a source for a private one.

    As a source it is kept unpublished.
    """
    found = lookalike(text)
    if (found is None or not found.private) and _means_private(text):
        end = text.count("\n", 0, _end_of_front(text))
        found = Lookalike(1, "front matter", True, True, end, None)
    if found is None:
        closing = closing_line(text) if _OPENING.match(text) else None
        if closing is None:
            return None, []
        findings, private = _below(path, text, closing.end())
        if not private:
            return None, findings
        return Source(uri, path, id_of_uri(uri), None, {}, (1, {}), {}, text, True), findings
    message, hint = _lookalike_words(found)
    if not found.private:
        return None, [finding("OKR109", path, found.line, message, hint)]
    body = "\n".join(text.split("\n")[found.end + 1 :])
    data = _data(uri, text)
    source = Source(uri, path, id_of_uri(uri), None, {}, (1, {}), {}, body, True, data)
    error = finding("OKR109", path, found.line, message, hint)
    return source, [replace(error, severity=Severity.ERROR)]


def _means_private(text: str) -> bool:
    """Whether YAML reads front matter as private in which no line says so."""
    if _OPENING.match(text) is None or _PLAIN_YAML.fullmatch(text, 4, _end_of_front(text)):
        return False
    try:
        front = parse(text, THEME_FIELDS)
        return meant_private(front.fields) or any(map(private_by_name, front.empty_keys))
    except FrontMatterError:
        return False


def _end_of_front(text: str) -> int:
    closing = closing_line(text)
    return closing.start() if closing else len(text)


def _lookalike_words(found: Lookalike) -> tuple[str, str]:
    hint = phrase("make `---` the first line of the file")
    if found.opened:
        types = ", ".join(f"`{type}`" for type in Type)
        hint = phrase("add `type:` with one of %(types)s", types=types)
        if found.type:
            hint = phrase("add `type: %(type)s`", type=found.type)
    if found.private:
        message = phrase(
            "this page is marked private (`%(words)s`), but isn't a document", words=found.words
        )
        return message, phrase("%(hint)s; until then it is kept off the site", hint=hint)
    message = phrase(
        "this looks like a document (`%(words)s`) but is an ordinary page", words=found.words
    )
    return message, phrase("%(hint)s; until then it isn't counted", hint=hint)


def _identify(uri: str, path: str, front: FrontMatter) -> tuple[Source | None, list[Finding]]:
    type = _TYPES.get(str(front.fields["type"]))
    model = MODELS[type] if type else None
    fields = without_empty(front.fields, model) if front.bare_keys else front.fields
    written_id = fields.get("id")
    wrong_id = check_id(written_id) if isinstance(written_id, str) else None
    id = id_of_uri(uri)
    if isinstance(written_id, str) and wrong_id is None:
        id = normal_form(written_id.strip(" "))
    private = meant_private(fields) or any(map(private_by_name, front.empty_keys))
    named = fields.get("data")
    data = _beside(uri, named) if isinstance(named, str) else None
    usable, unusable = usable_fields(front.theme_fields)
    lines, body = front.line_numbers, front.body
    source = Source(uri, path, id, type, fields, lines, usable, body, private, data)
    source = replace(source, repeated=front.repeated_keys)
    findings = [source.finding("OKR104", (n,), message, hint) for n, message, hint in unusable]
    if private and type in _NEVER_PRIVATE:
        name = next((n for n, value in fields.items() if meant_private({n: value})), "type")
        message = phrase("a cycle cannot be private: everything published needs it")
        if type is Type.COMPANY:
            message = phrase("a company cannot be private: everything published needs it")
        hint = phrase("remove `%(name)s`; until then this document is kept off the site", name=name)
        findings.append(source.finding("OKR104", (name,), message, hint))
        source = replace(source, fields={n: v for n, v in fields.items() if n != name})
    if type is None:
        written = fields["type"] if isinstance(fields["type"], str) else "…"
        message = phrase("`%(written)s` isn't a document type", written=written[:60])
        near = spelling_hint(written, list(Type))
        findings.append(source.finding("OKR102", ("type",), message, near))
    if written_id is None and (unseen := invisible_character(id)):
        message = phrase(
            "the file's name `%(id)s` contains an invisible character (%(unseen)s)",
            id=id[-60:],
            unseen=unseen,
        )
        hint = phrase("rename the file or its folder, or add an `id`")
        findings.append(source.finding("OKR104", (), message, hint))
    if wrong_id:
        hint = phrase("write words joined by dashes, and parts separated by single slashes")
        findings.append(source.finding("OKR104", ("id",), wrong_id, hint))
    return source, findings


def _data(uri: str, text: str) -> str | None:
    named = _DATA.search(text)
    return _beside(uri, named[1].strip("\"' \t")) if named else None


def _beside(uri: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(uri), name.strip()))
