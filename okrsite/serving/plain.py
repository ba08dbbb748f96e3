"""A preview in our own frame."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from okrsite.generating.frame import Framer
from okrsite.generating.parts import publish_assets, publish_data
from okrsite.generating.site import MadeSite, file_of
from okrsite.serving.preview import LATER, Answer, type_of
from okrsite.util.memory import free_frozen


class _Shelf:
    """Keeps what is written, instead of a folder."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def write(self, path: str, text: str | Iterable[str]) -> None:
        """Keep a text."""
        self.files[path] = (text if isinstance(text, str) else "".join(text)).encode()

    def copy(self, path: str, source: str | os.PathLike[str]) -> None:
        """Keep a file."""
        self.files[path] = Path(source).read_bytes()


class PlainPreview:
    """The site that `make` returns, with what is to be warned of; it raises PreviewError."""

    def __init__(self, make: Callable[[], tuple[MadeSite, tuple[str, ...]]]) -> None:
        self._make = make
        self._site: MadeSite
        self._framer: Framer
        self._uris: dict[str, str] = {}
        self._shelf = _Shelf()
        self._has_all = False

    def load(self) -> tuple[str, ...]:
        """Read and score the site."""
        free_frozen()  # of the load before the last: memory stays flat
        site, warnings = self._make()
        self._site, self._framer = site, Framer(site)
        self._uris = {file_of(site.address(uri)): uri for uri in site.uris}
        self._shelf, self._has_all = _Shelf(), False
        publish_assets(self._shelf, pagefind=False, frame=True)
        return warnings

    def answer(self, path: str) -> Answer | None:
        """Return a page, rendered now, or a file."""
        name = f"{path}index.html" if not path or path.endswith("/") else path
        if name in self._uris:
            page = self._site.page(self._uris[name])
            return Answer(self._framer.around(page).encode(), "text/html")
        if name in self._site.files:
            return Answer(Path(self._site.files[name]).read_bytes(), type_of(name))
        if name in self._shelf.files:
            return Answer(self._shelf.files[name], type_of(name))
        return None if self._has_all else LATER

    def rest(self) -> Iterator[None]:
        """Render every page once for what reviews quote of them; then the data and the feeds."""
        for _ in self._site.pages():
            yield
        publish_data(self._site, self._shelf, twins=False)
        self._has_all = True
