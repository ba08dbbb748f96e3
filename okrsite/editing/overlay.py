"""A tree of files as it would be after an edit."""

from collections.abc import Iterator, Mapping

from okrsite.documents.trees import Tree
from okrsite.util.markdown_files import MARKDOWN


class Overlay:
    """A tree in which some files have other content, or are there in addition."""

    def __init__(self, tree: Tree, files: Mapping[str, bytes]) -> None:
        self._tree = tree
        self._files = files

    def documents(self) -> Iterator[str]:
        """Name the documents of the tree, and the Markdown files that are laid over it."""
        yield from (uri for uri in self._tree.documents() if uri not in self._files)
        yield from (uri for uri in self._files if uri.endswith(MARKDOWN))

    def path(self, uri: str) -> str:
        """Return the path of a file as findings show it."""
        return self._tree.path(uri)

    def read(self, uri: str) -> bytes:
        """Read a file; raise what the tree raises."""
        return self._files[uri] if uri in self._files else self._tree.read(uri)
