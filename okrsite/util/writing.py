"""Writing files: whole or not at all."""

import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

TEMPORARY = ".tmp"
"""How the name of a file ends that is not whole yet; a killed command may leave one."""


def write_whole(file: Path, text: str | Iterable[str]) -> None:
    """Write a text to a temporary file in the same folder, then rename it.

    A large text may come in pieces, so that it is never in memory as a whole. Line ends are written
    as they are, and a file that is replaced keeps its permissions.
    """
    with (
        replacing(file) as temporary,
        open(temporary, "w", encoding="utf-8", newline="\n") as stream,
    ):
        stream.writelines([text] if isinstance(text, str) else text)


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """Yield an empty temporary file in the same folder, which takes the file's place once filled.

    A file that is replaced keeps its permissions; after an error it is as it was.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    mode = stat.S_IMODE(file.stat().st_mode) if file.exists() else 0o644
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=TEMPORARY)
    os.close(handle)
    try:
        yield Path(name)
        os.chmod(name, mode)
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise


def write_all(files: Mapping[Path, tuple[bytes | None, str]]) -> None:
    """Write texts to files, all or none: what was there, None for nothing, is checked and restored.

    Raises FileExistsError where a file that should be new exists, or one has other content.
    """
    for file, (before, _) in files.items():
        if (file.read_bytes() if file.exists() else None) != before or file.is_symlink():
            raise FileExistsError(errno.EEXIST, "was changed in the meantime", str(file))
    folders = [f for file in files for f in file.parents if not f.exists()]
    done: list[Path] = []
    try:
        for file, (_, text) in files.items():
            done.append(file)
            write_whole(file, text)
    except BaseException:
        for file in done:
            before = files[file][0]
            if before is None:
                file.unlink(missing_ok=True)
            else:
                write_whole(file, before.decode())
        for folder in sorted(set(folders), key=lambda f: len(f.parts), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        raise


class Target(Protocol):
    """Where a site is written to."""

    def write(self, path: str, text: str | Iterable[str]) -> None:
        """Write a text, whole or in pieces, to a path below the folder of the site."""


class Output:
    """Writes many small files into a folder that every build creates anew.

    Like the pages that MkDocs writes there, they are written in place, and each folder is created
    once: renaming temporary files would take longer than writing them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: set[str] = set()

    def write(self, path: str, text: str | Iterable[str]) -> None:
        """Write a text to a path below the folder, with line ends as they are.

        A large one that comes in pieces is never in memory as a whole.
        """
        if not isinstance(text, str):
            write_whole(self._folder / path, text)
            return
        file, parent = self._folder / path, path.rpartition("/")[0]
        if parent not in self._made:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(parent)
        file.write_bytes(text.encode())
