"""MkDocs' files as a tree of documents, and the files that must not be published."""

import os
import posixpath
from collections.abc import Iterator, Set
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from okrsite.documents.folder import Folder
from okrsite.findings.finding import Finding, finding
from okrsite.util.markdown_files import MARKDOWN


class DocumentFiles:
    """The Markdown files of MkDocs' pages, without those that it excludes."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        project = Path(config.config_file_path or config.docs_dir).parent
        self._folder = Folder(project, Path(config.docs_dir))
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

    def named(self, private: Set[str]) -> list[File]:
        """Return MkDocs' files that are private, under whatever name a link gives them."""
        real = {os.path.realpath(self._folder.docs / uri) for uri in private}
        return [
            file
            for file in self._found
            if file.src_uri in private
            or (file.abs_src_path and os.path.realpath(file.abs_src_path) in real)
        ]

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
                hint = "rename it"
                found = finding("OKR101", path, 1, "the file's name is not UTF-8", hint)
            except PermissionError:
                if not os.path.islink(file.abs_src_path or ""):
                    reported_path = posixpath.dirname(path)
                message = "the file is a link that leaves the project, and is not published"
                found = finding("OKR104", path, 1, message, "put the file itself here")
            except OSError as error:
                message = f"the file cannot be read: {error.strerror or error}"
                found = finding("OKR101", path, 1, message)
            else:
                continue
            files.append(file)
            if uri not in self._documents:
                findings.setdefault(reported_path, found)
        return files, list(findings.values())
