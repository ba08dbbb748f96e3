"""A folder on disk as a tree of files; nothing outside the project is ever read."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pathspec

ALWAYS_EXCLUDED = (".*", "/templates/")
"""What MkDocs never takes for a page, whatever `exclude_docs` says."""


class Folder:
    """The files below docs_dir.

    `project` is the folder of mkdocs.yml: paths in findings are relative to it, and links that
    leave it are not followed. `exclude` are the patterns of MkDocs' `exclude_docs`.
    """

    def __init__(self, project: Path, docs: Path, exclude: str = "") -> None:
        self._project = project.resolve()
        self._docs = docs.resolve()
        self._prefix = PurePosixPath(
            os.path.relpath(self._docs, self._project).replace(os.sep, "/")
        )
        self._excluded = pathspec.GitIgnoreSpec.from_lines(
            [*ALWAYS_EXCLUDED, *exclude.splitlines()]
        )

    def documents(self) -> Iterator[str]:
        """Name the Markdown files, relative to docs_dir."""
        for folder, folders, files in os.walk(self._docs):
            folders.sort()
            base = Path(folder).relative_to(self._docs).as_posix()
            for name in files:
                uri = name if base == "." else f"{base}/{name}"
                if name.endswith(".md") and not self._excluded.match_file(uri):
                    if not (name == "README.md" and "index.md" in files):
                        yield uri

    def path(self, uri: str) -> str:
        """Give the path of a file, relative to the project's folder."""
        return str(self._prefix / uri)

    def read(self, uri: str) -> bytes:
        """Read a file; raise PermissionError where a link leads out of the project."""
        try:
            file = (self._docs / uri).resolve()
        except RuntimeError:
            raise OSError(errno.ELOOP, "the link leads to itself") from None
        if not file.is_relative_to(self._project) and not file.is_relative_to(self._docs):
            raise PermissionError(uri)
        if file.exists() and not file.is_file():
            raise OSError(errno.EINVAL, "it is no regular file")
        return file.read_bytes()
