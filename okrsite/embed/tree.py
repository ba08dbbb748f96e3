"""Which pages ask for something, seen while they are read."""

from collections.abc import Iterable

from okrsite.embed.scan import MARKS
from okrsite.source import Tree

_MARKS = tuple(mark.encode() for mark in MARKS)


class AskingTree:
    """A tree of documents that keeps the pages that ask for something, so that they are read once.

    `pages` holds what is in them by their paths relative to docs_dir.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self.pages: dict[str, bytes] = {}

    def documents(self) -> Iterable[str]:
        """Name the documents."""
        return self._tree.documents()

    def path(self, uri: str) -> str:
        """Give the path of a file."""
        return self._tree.path(uri)

    def read(self, uri: str) -> bytes:
        """Read a file, and keep it where its text asks for something."""
        content = self._tree.read(uri)
        if uri.endswith(".md") and any(mark in content for mark in _MARKS):
            self.pages[uri] = content
        return content
