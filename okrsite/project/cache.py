"""Documents kept by path and content, so that they are read once.

Two revisions of a site share most of their files, and reading is most of the work.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Protocol

from okrsite.documents.folder_metadata import FolderMetadata
from okrsite.documents.trees import ObservedTree, Tree
from okrsite.documents.validate import Document
from okrsite.findings.finding import Finding
from okrsite.project.load import read_documents

_Key = tuple[str, str, str, bool]
"""A document's path twice, the id of its content, and whether its folder makes it private."""


class IdentifiedTree(Tree, Protocol):
    """A tree that identifies contents without reading them."""

    def id(self, uri: str) -> str | None:
        """Return what identifies the content of a file; None where it has to be read anyway."""
        ...


class KnownDocuments:
    """Keeps typed documents by their path and the id of their content.

    `watch` wraps a tree whose documents are about to be read, to report progress.
    """

    def __init__(self, watch: Callable[[Tree], Tree] = lambda tree: tree) -> None:
        self._watch = watch
        self._known: dict[_Key, tuple[Document | None, tuple[Finding, ...]]] = {}

    def read(self, tree: IdentifiedTree) -> tuple[list[Document], list[Finding]]:
        """Return a site's documents and the findings about them, as `read_documents` does."""
        ids = {uri: tree.id(uri) if _encodable(uri) else None for uri in sorted(tree.documents())}
        metadata = FolderMetadata(tree)
        keys = {
            uri: (uri, tree.path(uri), id, metadata.makes_private(uri))
            for uri, id in ids.items()
            if id is not None
        }
        new = [uri for uri in ids if uri not in keys or keys[uri] not in self._known]
        documents, findings = read_documents(self._watch(_Some(tree, new)))
        read = {document.uri: document for document in documents}
        by_path: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            by_path[finding.path].append(finding)
        for uri in new:
            if uri in keys:
                self._known[keys[uri]] = read.get(uri), tuple(by_path[keys[uri][1]])
        fresh = frozenset(new)
        for uri in ids:
            if uri not in fresh:
                known, about = self._known[keys[uri]]
                findings += about
                if known is not None:
                    read[uri] = known
        return [read[uri] for uri in ids if uri in read], findings


class _Some(ObservedTree):
    """Some of the documents of a tree."""

    def __init__(self, tree: Tree, uris: Collection[str]) -> None:
        super().__init__(tree)
        self._uris = uris

    def documents(self) -> Collection[str]:
        return self._uris


def _encodable(name: str) -> bool:
    # Findings name any other file as it can be written, so they could be about several.
    return not any("\ud800" <= sign <= "\udfff" for sign in name)
