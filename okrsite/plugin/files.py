"""MkDocs' files as a tree of documents."""

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from okrsite.folder import Folder


class DocumentFiles:
    """The Markdown files that MkDocs takes for pages; what it excludes is not among them."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        project = Path(config.config_file_path or config.docs_dir).parent
        self._folder = Folder(project, Path(config.docs_dir))
        self._uris = [
            file.src_uri
            for file in files.documentation_pages()
            if file.src_uri.endswith(".md") and file.generated_by is None
        ]

    def documents(self) -> Iterator[str]:
        """Name the files, relative to docs_dir."""
        return iter(self._uris)

    def path(self, uri: str) -> str:
        """Give the path of a file, relative to the folder of mkdocs.yml."""
        return self._folder.path(uri)

    def read(self, uri: str) -> bytes:
        """Read a file; raise PermissionError where a link leads out of the project."""
        return self._folder.read(uri)
