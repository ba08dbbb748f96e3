"""A folder that is made again and again: only what changes is written, what is gone is removed."""

import filecmp
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from okrsite.util.writing import write_whole

MANIFEST = ".okrsite-generated"
"""The file that lists what was made in a folder, so that nothing else there is ever removed."""


class Mirror:
    """Writes into a folder; raises FileExistsError where it holds anything that is not ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._manifest = folder / MANIFEST
        self._made: set[str] = set()
        self._folders: set[str] = set()
        self._before: frozenset[str] = frozenset()
        self.changed = 0
        if self._manifest.is_file():
            self._before = frozenset(self._manifest.read_text(encoding="utf-8").splitlines())
        elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FileExistsError(str(folder))
        # It says whose the folder is also if this run is stopped half-way.
        write_whole(self._manifest, _lines(self._before))

    def write(self, path: str, text: str | Iterable[str]) -> None:
        """Write a text, whole or in pieces, with line ends as they are."""
        file = self._place(path)
        if not isinstance(text, str):
            self.changed += 1
            write_whole(file, text)
            return
        content = text.encode()
        if not _has(file, content):
            self.changed += 1
            file.write_bytes(content)

    def copy(self, path: str, source: str | os.PathLike[str]) -> None:
        """Copy a file."""
        file = self._place(path)
        if not (file.is_file() and filecmp.cmp(source, file, shallow=False)):
            self.changed += 1
            shutil.copyfile(source, file)

    def keep(self, paths: Iterable[str]) -> None:
        """Take files for made that another program wrote into the folder."""
        self._made.update(paths)

    def finish(self) -> None:
        """Remove what was made last time and not this time, and the folders that leaves empty."""
        for path in self._before - self._made:
            file = self.folder / path
            if file.is_file() and file.resolve().is_relative_to(self.folder.resolve()):
                self.changed += 1
                file.unlink()
                _remove_empty(file.parent, self.folder)
        self._before = frozenset(self._made)
        self._made = set()
        write_whole(self._manifest, _lines(self._before))

    def _place(self, path: str) -> Path:
        file, parent = self.folder / path, path.rpartition("/")[0]
        if parent not in self._folders:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(parent)
        self._made.add(path)
        return file


def _lines(paths: Iterable[str]) -> str:
    return "".join(f"{path}\n" for path in sorted(paths))


def _has(file: Path, content: bytes) -> bool:
    try:
        return file.stat().st_size == len(content) and file.read_bytes() == content
    except OSError:
        return False


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
