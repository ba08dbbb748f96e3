"""MkDocs' files as a tree of documents, and those that must not be copied to the site."""

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from okrsite.documents.folder import Folder
from okrsite.findings.finding import Finding, finding


class DocumentFiles:
    """The Markdown files that MkDocs takes for pages; what it excludes is not among them."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        project = Path(config.config_file_path or config.docs_dir).parent
        self._folder = Folder(project, Path(config.docs_dir))
        self._found = [
            file
            for file in files
            if file.generated_by is None and _same_folder(file.src_dir, config.docs_dir)
        ]
        self._documents = {
            file.src_uri: None
            for file in files.documentation_pages()
            if file.src_uri.endswith(".md") and file.generated_by is None
        }

    def documents(self) -> Iterator[str]:
        """Name the files, relative to docs_dir."""
        return iter(self._documents)

    def path(self, uri: str) -> str:
        """Return the path of a file, relative to the folder of mkdocs.yml."""
        return self._folder.path(uri)

    def read(self, uri: str) -> bytes:
        """Read a file; raise PermissionError where a link leads out of the project."""
        return self._folder.read(uri)

    def unfit(self) -> tuple[list[File], list[Finding]]:
        """List the files that cannot or must not be published, and say why.

        MkDocs would copy what a link leads to, wherever that is, and would end the build at what
        it cannot read. What is said of documents was said when they were read. Of all files
        in a linked folder the first stands for the others.
        """
        files: list[File] = []
        findings: dict[str, Finding] = {}
        for file in self._found:
            uri = file.src_uri
            path = self.path(uri.encode(errors="replace").decode())
            said_of = path
            try:
                uri.encode()
                self._folder.check(uri)
            except UnicodeEncodeError:
                hint = "rename it"
                found = finding("OKR101", path, 1, "the file's name is not UTF-8", hint)
            except PermissionError:
                if not os.path.islink(file.abs_src_path or ""):
                    said_of = posixpath.dirname(path)
                message = "the file is a link that leaves the project, and is not published"
                found = finding("OKR104", path, 1, message, "put the file itself here")
            except OSError as error:
                message = f"the file cannot be read: {error.strerror or error}"
                found = finding("OKR101", path, 1, message)
            else:
                continue
            files.append(file)
            if uri not in self._documents:
                findings.setdefault(said_of, found)
        return files, list(findings.values())


def _same_folder(one: str | None, other: str) -> bool:
    return one is not None and os.path.normpath(one) == os.path.normpath(other)
