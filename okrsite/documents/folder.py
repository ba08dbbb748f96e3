"""A folder on disk as a tree of files; nothing outside the project is ever read."""

import errno
import os
import posixpath
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from okrsite.documents.patterns import read_patterns, without_backtracking
from okrsite.documents.trees import LARGEST_DATA, METADATA_FILE
from okrsite.util.markdown_files import MARKDOWN, meant_as_markdown

ALWAYS_EXCLUDED = (".*", "/templates/")
"""What MkDocs never publishes as a page, whatever `exclude_docs` says."""

# The path of a folder deeper than this is resolved by itself, not from its parent's.
_DEEPEST = 50


def excluding(patterns: str) -> Callable[[str], bool]:
    """Return a function that tells whether MkDocs or one of the patterns excludes a file.

    Raises ValueError if one isn't a pattern.
    """
    if not patterns.strip():
        return _always_excluded
    lines = [*ALWAYS_EXCLUDED, *patterns.splitlines()]
    for line in lines:
        try:
            read_patterns([line])
        except (ValueError, re.error):
            raise ValueError(f"`{line}` isn't a pattern") from None
    return without_backtracking(read_patterns(lines)).match_file


def _always_excluded(uri: str) -> bool:
    """Whether `ALWAYS_EXCLUDED` matches a file."""
    return uri.startswith((".", "templates/")) or "/." in uri


def _possible(path: str) -> bool:
    """Whether a file can have a path: not with a NUL, and not with half a character."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def _real(folder: str, name: str, real: str) -> str:
    """Return the real path of a folder whose parent has the real path `real`."""
    path = os.path.join(folder, name)
    return os.path.realpath(path) if os.path.islink(path) else os.path.join(real, name)


class Folder:
    """The files below `docs`, which is docs_dir with links followed.

    `project` is the folder of mkdocs.yml: paths in findings are relative to it, and links that
    leave it are not followed. `exclude` are the patterns of MkDocs' `exclude_docs`.
    """

    def __init__(
        self, project: Path, docs: Path, exclude: str = "", metadata_file: str = METADATA_FILE
    ) -> None:
        self.metadata_file = metadata_file
        self.project = project.resolve()
        self.docs = docs.resolve()
        self._folders: dict[str, tuple[str, bool]] = {}
        below = os.path.relpath(self.docs, self.project).replace(os.sep, "/")
        self._prefix = "" if below == "." else below
        self._excluded = excluding(exclude)

    def documents(self) -> Iterator[str]:
        """Return the Markdown files, relative to docs_dir, also those of linked folders, as MkDocs.

        A folder that is linked into itself is not entered again.
        """
        return (uri for uri, published in self._markdown() if published)

    def files(self) -> Iterator[tuple[str, str]]:
        """Return every file that MkDocs would publish, relative to docs_dir, and its path."""
        for folder, uri, beside in self._walk():
            second = uri.rpartition("/")[2] == "README.md" and "index.md" in beside
            if not (second or self.leaves_out(uri)):
                yield uri, os.path.join(folder, uri.rpartition("/")[2])

    def leaves_out(self, uri: str) -> bool:
        """Whether MkDocs would leave out a Markdown file with this path."""
        return _always_excluded(uri) or self._excluded(uri)

    def left_out(self) -> Iterator[str]:
        """Return the Markdown files that the settings or an `index.md` leave out of the site."""
        return (uri for uri, published in self._markdown() if not published)

    def _markdown(self) -> Iterator[tuple[str, bool]]:
        """Yield each Markdown file that is not hidden, and whether it is a page."""
        for _, uri, beside in self._walk():
            name = uri.rpartition("/")[2]
            if meant_as_markdown(name) and not _always_excluded(uri):
                second = name == "README.md" and "index.md" in beside
                no_page = second or not name.endswith(MARKDOWN)
                yield uri, not (no_page or self._excluded(uri))

    def _walk(self) -> Iterator[tuple[str, str, list[str]]]:
        """Yield each file: its folder, its path relative to docs_dir, and the names beside it."""
        top = str(self.docs)
        # The real paths of the folders that lead to each folder.
        around: dict[str, tuple[str, ...]] = {top: (top,)}
        for folder, folders, files in os.walk(top, followlinks=True):
            way = around.pop(folder)
            reached = {name: _real(folder, name, way[-1]) for name in sorted(folders)}
            folders[:] = [name for name, real in reached.items() if real not in way]
            for name in folders:
                around[os.path.join(folder, name)] = (*way, reached[name])
            base = folder[len(top) :].replace(os.sep, "/").strip("/")
            for name in files:
                yield folder, f"{base}/{name}" if base else name, files

    def path(self, uri: str) -> str:
        """Return the path of a file, relative to the project's folder."""
        return posixpath.join(self._prefix, uri)

    def read(self, uri: str) -> bytes:
        """Read a file; raise what `check` raises, and OSError where data is too large."""
        with open(self._checked(uri), "rb") as file:
            if not uri.endswith(MARKDOWN) and os.fstat(file.fileno()).st_size > LARGEST_DATA:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
            return file.read()

    def file(self, uri: str) -> Path:
        """Return the real path of a file; raise what `check` raises."""
        return Path(self._checked(uri))

    def new_file(self, uri: str) -> Path:
        """Return the real path of a new file.

        Raises PermissionError where a link leads its folder out of the project, and
        FileExistsError where the path is taken.
        """
        if not _possible(uri):
            raise OSError(errno.EINVAL, "no file can have this name")
        folder, _, name = uri.rpartition("/")
        file = Path(self._folder(folder)[0]) / name
        if not self._holds(file):
            raise PermissionError(uri)
        if os.path.lexists(file):
            raise FileExistsError(errno.EEXIST, "a file already exists there", uri)
        return file

    def check(self, uri: str) -> None:
        """Raise PermissionError where a link leads out of the project, and OSError for a file that
        cannot be read."""
        self._checked(uri)

    def _checked(self, uri: str) -> str:
        if not _possible(uri):
            raise OSError(errno.EINVAL, "no file can have this name")
        folder, _, name = uri.rpartition("/")
        above, inside = self._folder(folder)
        file = os.path.join(above, name)
        # Most files are not links; only a link, or a path through `..`, has to be resolved.
        if name == ".." or os.path.islink(file):
            file, inside = str(self._followed(Path(file))), False
        if not inside and not self._holds(Path(file)):
            raise PermissionError(uri)
        mode = os.stat(file).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "it isn't a regular file")
        if not os.access(file, os.R_OK):
            raise OSError("no permission to read it")
        return file

    def _folder(self, folder: str) -> tuple[str, bool]:
        """Return the real path of a folder, resolved once, and whether it is in docs_dir."""
        if folder not in self._folders:
            above, _, name = folder.rpartition("/")
            plain = name not in ("", ".", "..") and folder[0] != "/"
            if plain and folder.count("/") < _DEEPEST:
                parent, inside = self._folder(above)
                below = os.path.join(parent, name)
                if not os.path.islink(below):
                    self._folders[folder] = below, inside
                    return below, inside
            found = self._followed(self.docs / folder)
            self._folders[folder] = str(found), found.is_relative_to(self.docs)
        return self._folders[folder]

    def _followed(self, path: Path) -> Path:
        try:
            return path.resolve()
        except RuntimeError:
            raise OSError(errno.ELOOP, "the link leads to itself") from None
        except ValueError:
            raise OSError(errno.EINVAL, "no file can have this name") from None

    def _holds(self, file: Path) -> bool:
        """Whether a file belongs to the project; hidden files do not belong to the site."""
        if file.is_relative_to(self.docs):
            return True
        if not file.is_relative_to(self.project):
            return False
        return not any(part.startswith(".") for part in file.relative_to(self.project).parts)
