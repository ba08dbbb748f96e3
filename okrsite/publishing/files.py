"""The files of a site as a tree of documents, and those that must not be published."""

import os
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from okrsite.documents.folder import Folder
from okrsite.documents.folder_metadata import FolderMetadata
from okrsite.documents.lookalikes import fenced
from okrsite.documents.source import read_source, read_text
from okrsite.findings.finding import Finding, Severity, finding
from okrsite.i18n import phrase
from okrsite.util.markdown_files import MARKDOWN, meant_as_markdown

_DOCUMENT_NAME = re.compile(rf"(?:{'|'.join(map(re.escape, MARKDOWN))})")
_BEGINNING = re.compile(r"(?<![^\W_])(?=[\w.])")
_HEAD = 4096


class SiteFiles:
    """The files below docs_dir; the documents are its Markdown files that become pages.

    `files` are the real paths of all of them by their paths relative to docs_dir, as the engine
    that makes the site found them.
    """

    def __init__(self, folder: Folder, files: Mapping[str, str], documents: Iterable[str]) -> None:
        self.metadata_file = folder.metadata_file
        self._folder = folder
        self._files = files
        self._documents = dict.fromkeys(documents)

    def documents(self) -> Iterator[str]:
        """Return the files, relative to docs_dir."""
        return iter(self._documents)

    def left_out(self) -> Iterator[str]:
        """Return the Markdown files that the engine leaves out of the site."""
        everything = (*self._folder.documents(), *self._folder.left_out())
        return (uri for uri in everything if uri not in self._documents)

    def path(self, uri: str) -> str:
        """Return the path of a file, relative to the folder of mkdocs.yml."""
        return self._folder.path(uri)

    def read(self, uri: str) -> bytes:
        """Read a file; raise PermissionError where a link leads out of the project."""
        return self._folder.read(uri)

    def private(self, named: Iterable[str]) -> tuple[list[str], list[Finding]]:
        """Return the files that stay private, and the findings about copies of documents.

        `named` are the private documents and what they name: those files, under whatever name a
        link gives them; what lies below a folder that is private; copies, whose names go on from
        the name of a private document; and every file whose front matter says that it is private.
        """
        named = set(named)
        real = {os.path.realpath(self._folder.docs / uri) for uri in named}
        names = {_comparable(uri) for uri in named}
        metadata = FolderMetadata(self)
        kept_out: list[str] = []
        findings: list[Finding] = []
        for uri, path in self._files.items():
            if (
                _comparable(uri) in names
                or metadata.makes_private(uri)
                or (real and os.path.realpath(path) in real)
            ):
                kept_out.append(uri)
            elif uri not in self._documents and (found := self._copy(uri, names)):
                kept_out.append(uri)
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

    def unpublishable(self) -> tuple[list[str], list[Finding]]:
        """Return the files that cannot or must not be published, and the findings about them.

        An engine would copy the target of a link, wherever that is, and would end the build at a
        file that it cannot read. Documents got their findings when they were read. A linked folder
        gets one finding for all its files.
        """
        files: list[str] = []
        findings: dict[str, Finding] = {}
        for uri, real in self._files.items():
            path = self.path(uri.encode(errors="replace").decode())
            reported_path = path
            try:
                uri.encode()
                self._folder.check(uri)
            except UnicodeEncodeError:
                hint = phrase("rename it")
                found = finding("OKR101", path, 1, phrase("the file's name is not UTF-8"), hint)
            except PermissionError:
                if not os.path.islink(real):
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
            files.append(uri)
            if uri not in self._documents:
                findings.setdefault(reported_path, found)
        return files, list(findings.values())


def _comparable(uri: str) -> str:
    """Return a path as it is compared: servers and file systems may take no notice of case."""
    return unicodedata.normalize("NFC", uri).casefold()


def _copied_names(uri: str) -> Iterator[str]:
    """Yield the documents that a file may be a copy of: `a/b.md` for `a/Copy of b.md.orig`."""
    folder, slash, name = uri.rpartition("/")
    for end in _DOCUMENT_NAME.finditer(name):
        for begin in _BEGINNING.finditer(name, 0, end.start() + 1):
            yield f"{folder}{slash}{name[begin.start() : end.end()]}"
