"""The documents of a commit, by the rules for a folder on disk."""

import posixpath
from collections.abc import Iterator

from okrsite.documents.folder import ALWAYS_EXCLUDED
from okrsite.documents.patterns import read_patterns, without_backtracking
from okrsite.documents.trees import METADATA_FILE
from okrsite.history.git.snapshot import Snapshot
from okrsite.util.markdown_files import MARKDOWN


class Revision:
    """The files below docs_dir in one commit: the same tree as `Folder`, out of git.

    A docs_dir that the commit does not have is empty.

    `project` is the folder of mkdocs.yml and `docs` that of the documents, both relative to the
    top of the repository; the other rules are those of `Folder`. Submodules are skipped.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        project: str,
        docs: str,
        exclude: str = "",
        metadata_file: str = METADATA_FILE,
    ) -> None:
        self.metadata_file = metadata_file
        self._snapshot = snapshot
        self._project = project
        self._prefix = posixpath.relpath(docs or ".", project or ".")
        self._docs = docs if snapshot.files(docs) else _followed(snapshot, docs)
        patterns = read_patterns([*ALWAYS_EXCLUDED, *exclude.splitlines()])
        self._excluded = without_backtracking(patterns)

    def documents(self) -> Iterator[str]:
        """List the Markdown files, relative to docs_dir; those of linked folders too."""
        return self._below(self._docs, "", ())

    def _below(self, top: str, base: str, way: tuple[tuple[str, str], ...]) -> Iterator[str]:
        """List those below a folder; `way` are the links that led there: for each the folder where
        the listing began, and the folder of the link."""
        files = self._snapshot.files(top)
        skipped = len(top) + 1 if top else 0
        for path, entry in files.items():
            uri = f"{base}{path[skipped:]}"
            led = self._folder_of(path) if entry.link else None
            if led is not None:
                so_far = (*way, (top, posixpath.dirname(path)))
                if not any(_within(led, begin) and _within(end, led) for begin, end in so_far):
                    yield from self._below(led, f"{uri}/", so_far)
                continue
            if not uri.endswith(MARKDOWN) or self._excluded.match_file(uri):
                continue
            folder, _, name = path.rpartition("/")
            if name == "README.md" and (f"{folder}/index.md" if folder else "index.md") in files:
                continue
            yield uri

    def path(self, uri: str) -> str:
        """Return the path of a file, relative to the project's folder."""
        return uri if self._prefix == "." else f"{self._prefix}/{uri}"

    def read(self, uri: str) -> bytes:
        """Read a file; raise what `Folder.read` raises, and RepositoryError where git fails."""
        path = self._snapshot.resolve(f"{self._docs}/{uri}")
        if not self._holds(path):
            raise PermissionError(uri)
        return self._snapshot.read(path)

    def id(self, uri: str) -> str | None:
        """Return the id of a file's content, or None if it is a link or isn't a file."""
        entry = self._snapshot.entry(f"{self._docs}/{uri}" if self._docs else uri)
        return entry.id if entry is not None and not entry.link else None

    def _holds(self, path: str) -> bool:
        """Whether a file is the project's own, and not a hidden one of it."""
        if _below(path, self._docs):
            return True
        if not _below(path, self._project):
            return False
        inside = path[len(self._project) :].split("/")
        return not any(part.startswith(".") for part in inside)

    def _folder_of(self, path: str) -> str | None:
        """Return the folder that a link points to, or None."""
        try:
            led = self._snapshot.resolve(path)
        except OSError:
            return None
        return led if self._snapshot.is_folder(led) else None


def _followed(snapshot: Snapshot, folder: str) -> str:
    try:
        return snapshot.resolve(folder)
    except OSError:
        return folder  # the commit has nothing there


def _within(path: str, folder: str) -> bool:
    return path == folder or _below(path, folder)


def _below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")
