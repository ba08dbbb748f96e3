"""Which pages ask for something, seen while they are read."""

from okrsite.embed.scan import MARKS
from okrsite.source import PassingTree, Tree

_MARKS = tuple(mark.encode() for mark in MARKS)


class AskingTree(PassingTree):
    """A tree of documents that keeps the pages that ask for something, so that they are read once.

    `pages` holds what is in them by their paths relative to docs_dir.
    """

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        self.pages: dict[str, bytes] = {}

    def read(self, uri: str) -> bytes:
        """Read a file, and keep it where its text asks for something."""
        content = super().read(uri)
        if uri.endswith(".md") and any(mark in content for mark in _MARKS):
            self.pages[uri] = content
        return content
