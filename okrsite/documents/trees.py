"""Trees of files: what documents are read from, and wrappers that look on."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from okrsite.util.progress import Progress


class Tree(Protocol):
    """The files below docs_dir at one moment: a folder, or a revision in git."""

    def documents(self) -> Iterable[str]:
        """Name the Markdown files that the site is made of, relative to docs_dir."""
        ...

    def path(self, uri: str) -> str:
        """Return the path of a file as findings show it, relative to the folder of mkdocs.yml."""
        ...

    def read(self, uri: str) -> bytes:
        """Read a file; raise FileNotFoundError where it is none, PermissionError where it lies
        outside docs_dir."""
        ...


class PassingTree:
    """A tree that passes everything on to another; who looks on overrides what is looked at."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def documents(self) -> Iterable[str]:
        """Name the documents."""
        return self._tree.documents()

    def path(self, uri: str) -> str:
        """Return the path of a file."""
        return self._tree.path(uri)

    def read(self, uri: str) -> bytes:
        """Read a file."""
        return self._tree.read(uri)


class WatchedTree(PassingTree):
    """A tree of documents that says how many of them have been read."""

    def __init__(self, tree: Tree, progress: Progress) -> None:
        super().__init__(tree)
        self._progress = progress
        self._done = self._total = 0

    def documents(self) -> Iterator[str]:
        """Name the documents, and count how many there are."""
        uris = list(super().documents())
        self._total = len(uris)
        return iter(uris)

    def read(self, uri: str) -> bytes:
        """Read a file."""
        if uri.endswith(".md"):
            self._done += 1
            self._progress.at(self._done, self._total)
            if self._done == self._total:
                self._progress.end()
        return super().read(uri)
