"""A folder on disk as a tree of files; nothing outside the project is ever read."""

import errno
import os
import stat
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
        self._folders: dict[str, Path] = {}
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
        """Read a file; raise what `check` raises."""
        return self._checked(uri).read_bytes()

    def check(self, uri: str) -> None:
        """Raise PermissionError where a link leads out of the project, and OSError where there is
        nothing that could be read."""
        self._checked(uri)

    def _checked(self, uri: str) -> Path:
        folder, _, name = uri.rpartition("/")
        file = self._folder(folder) / name
        # Most files are no links; only a link, or a way through `..`, has to be followed.
        if name == ".." or file.is_symlink():
            file = self._followed(file)
        if not self._holds(file):
            raise PermissionError(uri)
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "it is no regular file")
        if not os.access(file, os.R_OK):
            raise OSError("nobody gave the permission to read it")
        return file

    def _folder(self, folder: str) -> Path:
        """Give where a folder really is; every folder is followed once."""
        if folder not in self._folders:
            self._folders[folder] = self._followed(self._docs / folder)
        return self._folders[folder]

    def _followed(self, path: Path) -> Path:
        try:
            return path.resolve()
        except (RuntimeError, ValueError):
            raise OSError(errno.ELOOP, "the link leads to itself") from None

    def _holds(self, file: Path) -> bool:
        """Tell whether a file is the project's own; what is hidden in it is not for the site."""
        if file.is_relative_to(self._docs):
            return True
        if not file.is_relative_to(self._project):
            return False
        return not any(part.startswith(".") for part in file.relative_to(self._project).parts)
