"""What a generated site has beside its pages: data, feeds, styles, scripts, the user's files."""

import os
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Protocol

from okrsite.generating.mirror import Mirror
from okrsite.generating.site import MadePage, MadeSite, file_of
from okrsite.pages.twin import LLMS, llms_text, markdown_twin, twin_path
from okrsite.publishing.assets import FRAME, OURS, published_scripts
from okrsite.publishing.data import publish_site
from okrsite.util.writing import Target

_TEMPLATES = (".html", ".py", ".pyc")


class Folder(Target, Protocol):
    """Where files are copied to as well."""

    def copy(self, path: str, source: str | os.PathLike[str]) -> None:
        """Copy a file to a path below the folder."""


class Below:
    """A folder below the one that is written to."""

    def __init__(self, target: Mirror, folder: str) -> None:
        self._target, self._folder = target, folder

    def write(self, path: str, text: str | Iterable[str]) -> None:
        """Write a text to a path below the folder."""
        self._target.write(f"{self._folder}{path}", text)

    def copy(self, path: str, source: str | os.PathLike[str]) -> None:
        """Copy a file to a path below the folder."""
        self._target.copy(f"{self._folder}{path}", source)


def publish_assets(target: Folder, *, pagefind: bool, frame: bool) -> None:
    """Write our styles and scripts; those of the frame only where it is asked for."""
    unused = frozenset() if frame else {name.rpartition("/")[2] for name in FRAME}
    files = [file for file in sorted(Path(OURS).rglob("*")) if file.is_file()]
    files = [f for f in files if f.suffix not in _TEMPLATES and f.name not in unused]
    own = [file for file in files if file.suffix == ".js" and file.parent == Path(OURS)]
    texts = {file.name: file.read_text(encoding="utf-8") for file in own}
    for name, text in published_scripts(texts, pagefind=pagefind).items():
        target.write(f"okr/{name}", text)
    for file in files:
        if file not in own:
            target.copy(f"okr/{file.relative_to(OURS).as_posix()}", file)


def publish_files(site: MadeSite, target: Folder) -> None:
    """Copy the user's own files, without those that are private."""
    for uri, path in site.files.items():
        target.copy(uri, path)


def publish_twin(page: MadePage, target: Target, site: MadeSite) -> None:
    """Write what a page shows as Markdown, next to its HTML, where the site has such twins."""
    if site.source.settings.markdown:
        target.write(twin_path(file_of(page.address)), markdown_twin(page.html))


def publish_data(site: MadeSite, target: Target, *, twins: bool) -> None:
    """Write the figures as data, and the badges, frames, reviews and feeds.

    All pages have to be rendered before.
    """
    taken: Collection[str] = {*map(file_of, map(site.address, site.uris)), *site.files}
    twins = twins and site.source.settings.markdown
    publish_site(site.built.site, site.renderer, target, site.texts.retrospectives, taken, twins)
    if twins and LLMS not in taken:
        name, about = site.source.name, site.source.description
        target.write(LLMS, llms_text(site.built.site, name, about, site.titles))
