"""Trees of files, which documents are read from, and observers of what is read."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Protocol
from unicodedata import normalize

from okrsite.util.markdown_files import MARKDOWN
from okrsite.util.progress import Progress

METADATA_FILE = ".meta.yml"
"""The file of a folder that Material's `meta` plugin reads, unless its option `meta_file` names
another."""
LARGEST_DATA = 20_000_000
"""The most bytes that a data file may have."""


class Tree(Protocol):
    """The files below docs_dir at one moment: a folder, or a revision in git."""

    @property
    def metadata_file(self) -> str:
        """The name of the files with which Material's `meta` plugin describes folders."""
        ...

    def documents(self) -> Iterable[str]:
        """Return the Markdown files of the site, relative to docs_dir."""
        ...

    def path(self, uri: str) -> str:
        """Return the path of a file as findings show it, relative to the folder of mkdocs.yml."""
        ...

    def read(self, uri: str) -> bytes:
        """Read a file; raise FileNotFoundError where there is none, PermissionError where it is
        outside docs_dir, and an OSError with EFBIG where it is too large."""
        ...


def read_named(tree: Tree, uri: str, beside: str) -> bytes:
    """Read a file that the document `beside` names; raise what the tree raises.

    An é may be one letter there and two signs in the name of the file, or the other way round.
    """
    for path in spellings_of(uri, beside):
        try:
            return tree.read(path)
        except FileNotFoundError:
            continue
    raise FileNotFoundError(uri)


def spellings_of(uri: str, beside: str) -> Iterable[str]:
    """Return how a file that the document `beside` names may be spelt on disk, as written first."""
    folder = beside[: beside.rfind("/") + 1]
    folder = folder if uri.startswith(folder) else ""
    forms = [folder + normalize(form, uri[len(folder) :]) for form in ("NFC", "NFD")]
    return dict.fromkeys((uri, *forms))


Observer = Callable[[str, bytes], object]
"""Is called with the path, relative to docs_dir, and the content of a Markdown file."""


class ObservedTree:
    """A tree that shows every Markdown file that is read to observers, and counts them.

    `progress` is told how many of the documents have been read.
    """

    def __init__(self, tree: Tree, *observers: Observer, progress: Progress | None = None) -> None:
        self._tree = tree
        self._observers = observers
        self._progress = progress
        self._done = self._total = 0

    @property
    def metadata_file(self) -> str:
        """The name of the files that describe folders."""
        return self._tree.metadata_file

    def documents(self) -> Collection[str]:
        """Return the documents, and count them."""
        uris = list(self._tree.documents())
        self._total = len(uris)
        return uris

    def left_out(self) -> Iterable[str]:
        """Return the Markdown files that are left out of the tree, where it knows them."""
        return getattr(self._tree, "left_out", tuple)()

    def path(self, uri: str) -> str:
        """Return the path of a file as findings show it."""
        return self._tree.path(uri)

    def read(self, uri: str) -> bytes:
        """Read a file; raise what the tree raises."""
        if not uri.endswith(MARKDOWN):
            return self._tree.read(uri)
        if self._progress is not None and self._done < self._total:
            self._done += 1
            self._progress.at(self._done, self._total)
            if self._done == self._total:
                self._progress.end()
        content = self._tree.read(uri)
        for observe in self._observers:
            observe(uri, content)
        return content


class MemoryTree:
    """A tree of files in memory, below a docs_dir called `content`."""

    metadata_file = METADATA_FILE

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = files

    def documents(self) -> Iterator[str]:
        """Return the Markdown files."""
        return (uri for uri in self._files if uri.endswith(MARKDOWN))

    def path(self, uri: str) -> str:
        """Return the path of a file as findings show it."""
        return f"content/{uri}"

    def read(self, uri: str) -> bytes:
        """Read a file; raise FileNotFoundError where there is none."""
        if uri not in self._files:
            raise FileNotFoundError(uri)
        content = self._files[uri]
        return content.encode() if isinstance(content, str) else content
