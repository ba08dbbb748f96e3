"""MkDocs' files as a tree of documents, and the files that must not be published."""

import os
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from okrsite.documents.folder import Folder
from okrsite.documents.folder_metadata import FolderMetadata
from okrsite.documents.lookalikes import fenced
from okrsite.documents.source import read_source, read_text
from okrsite.documents.trees import METADATA_FILE
from okrsite.findings.finding import Finding, Severity, finding
from okrsite.i18n import phrase
from okrsite.util.markdown_files import MARKDOWN, meant_as_markdown

_DOCUMENT_NAME = re.compile(rf"(?:{'|'.join(map(re.escape, MARKDOWN))})")
_BEGINNING = re.compile(r"(?<![^\W_])(?=[\w.])")
_HEAD = 4096


class DocumentFiles:
    """The Markdown files of MkDocs' pages, without those that it excludes."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        project = Path(config.config_file_path or config.docs_dir).parent
        self.metadata_file = _metadata_file(config)
        self._folder = Folder(project, Path(config.docs_dir), "", self.metadata_file)
        top = os.path.normpath(config.docs_dir)
        own = (file for file in files if file.generated_by is None)
        self._found = [f for f in own if f.src_dir and os.path.normpath(f.src_dir) == top]
        self._documents = {
            file.src_uri: None
            for file in files.documentation_pages()
            if file.src_uri.endswith(MARKDOWN) and file.generated_by is None
        }

    def documents(self) -> Iterator[str]:
        """Return the files, relative to docs_dir."""
        return iter(self._documents)

    def left_out(self) -> Iterator[str]:
        """Return the Markdown files that MkDocs leaves out of the site."""
        everything = (*self._folder.documents(), *self._folder.left_out())
        return (uri for uri in everything if uri not in self._documents)

    def path(self, uri: str) -> str:
        """Return the path of a file, relative to the folder of mkdocs.yml."""
        return self._folder.path(uri)

    def read(self, uri: str) -> bytes:
        """Read a file; raise PermissionError where a link leads out of the project."""
        return self._folder.read(uri)

    def private(self, named: Iterable[str]) -> tuple[list[File], list[Finding]]:
        """Return MkDocs' files that must stay private, and the findings about copies of documents.

        `named` are the private documents and what they name: those files, under whatever name a
        link gives them; what lies below a folder that is private; copies, whose names go on from
        the name of a private document; and every file whose front matter says that it is private.
        """
        named = set(named)
        real = {os.path.realpath(self._folder.docs / uri) for uri in named}
        names = {_comparable(uri) for uri in named}
        metadata = FolderMetadata(self)
        kept_out: list[File] = []
        findings: list[Finding] = []
        for file in self._found:
            uri = file.src_uri
            if (
                _comparable(uri) in names
                or metadata.makes_private(uri)
                or (real and file.abs_src_path and os.path.realpath(file.abs_src_path) in real)
            ):
                kept_out.append(file)
            elif uri not in self._documents and (found := self._copy(uri, names)):
                kept_out.append(file)
                if not meant_as_markdown(uri):  # of those it has been said already
                    findings.append(found)
        return kept_out, findings

    def _copy(self, uri: str, private: set[str]) -> Finding | None:
        """Return the finding that a file is a copy of a private document, if it is one."""
        path = self.path(uri.encode(errors="replace").decode())
        if any(name in private for name in _copied_names(_comparable(uri))):
            message = phrase("this is a copy of a private document, so it is kept off the site")
            hint = phrase("move it out of docs_dir, or delete it")
            return finding("OKR109", path, 1, message, hint)
        try:
            with self._folder.file(uri).open("rb") as opened:
                head = opened.read(_HEAD)
                if not fenced(read_text(head)[0]):
                    return None
                source, _ = read_source(uri, path, head + opened.read())
        except (OSError, ValueError):
            return None
        if source is None or not source.private:
            return None
        message = phrase("this file is marked private, so it is kept off the site")
        found = finding("OKR109", path, 1, message, phrase("move it out of docs_dir, or delete it"))
        return replace(found, severity=Severity.ERROR)

    def unpublishable(self) -> tuple[list[File], list[Finding]]:
        """Return the files that cannot or must not be published, and the findings about them.

        MkDocs would copy the target of a link, wherever that is, and would end the build at a file
        that it cannot read. Documents got their findings when they were read. A linked folder gets
        one finding for all its files.
        """
        files: list[File] = []
        findings: dict[str, Finding] = {}
        for file in self._found:
            uri = file.src_uri
            path = self.path(uri.encode(errors="replace").decode())
            reported_path = path
            try:
                uri.encode()
                self._folder.check(uri)
            except UnicodeEncodeError:
                hint = phrase("rename it")
                found = finding("OKR101", path, 1, phrase("the file's name is not UTF-8"), hint)
            except PermissionError:
                if not os.path.islink(file.abs_src_path or ""):
                    reported_path = posixpath.dirname(path)
                message = phrase(
                    "the file is a link that leaves the project, so it isn't published"
                )
                found = finding("OKR104", path, 1, message, phrase("put the file itself here"))
            except OSError as error:
                message = phrase("the file can't be read: %(error)s", error=error.strerror or error)
                found = finding("OKR101", path, 1, message)
            else:
                continue
            files.append(file)
            if uri not in self._documents:
                findings.setdefault(reported_path, found)
        return files, list(findings.values())


def _metadata_file(config: MkDocsConfig) -> str:
    """Return the option `meta_file` of Material's plugin `meta`."""
    for name, plugin in config.plugins.items():
        if name.rpartition("/")[2] == "meta":
            return str(plugin.config.get("meta_file") or METADATA_FILE)
    return METADATA_FILE


def _comparable(uri: str) -> str:
    """Return a path as it is compared: servers and file systems may take no notice of case."""
    return unicodedata.normalize("NFC", uri).casefold()


def _copied_names(uri: str) -> Iterator[str]:
    """Yield the documents that a file may be a copy of: `a/b.md` for `a/Copy of b.md.orig`."""
    folder, slash, name = uri.rpartition("/")
    for end in _DOCUMENT_NAME.finditer(name):
        for begin in _BEGINNING.finditer(name, 0, end.start() + 1):
            yield f"{folder}{slash}{name[begin.start() : end.end()]}"
