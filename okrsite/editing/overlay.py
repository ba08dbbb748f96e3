"""A tree of files as it would be after an edit."""

from collections.abc import Collection, Mapping

from okrsite.documents.trees import ObservedTree, Tree
from okrsite.util.markdown_files import MARKDOWN


class Overlay(ObservedTree):
    """A tree in which some files have other content, are there in addition, or are `removed`."""

    def __init__(
        self, tree: Tree, files: Mapping[str, bytes], removed: Collection[str] = ()
    ) -> None:
        super().__init__(tree)
        self._files = files
        self._removed = removed

    def documents(self) -> list[str]:
        """Name the documents of the tree, and the Markdown files that are laid over it."""
        gone = {*self._files, *self._removed}
        others = [uri for uri in self._tree.documents() if uri not in gone]
        return [*others, *(uri for uri in self._files if uri.endswith(MARKDOWN))]

    def read(self, uri: str) -> bytes:
        """Read a file; raise what the tree raises."""
        if uri in self._removed:
            raise FileNotFoundError(uri)
        return self._files[uri] if uri in self._files else self._tree.read(uri)
