"""One writer at a time in a folder, whichever process it is."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0
"""Seconds to wait for another writer."""

_STEP = 0.02
_held: set[Path] = set()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other processes from writing in a folder; raise TimeoutError if one does not end.

    A folder that is still to be made is locked by the one that will contain it. The system gives a
    lock free when its process ends, however that happens, and nothing is left in the folder.
    """
    folder = folder.resolve()
    while not folder.is_dir():
        folder = folder.parent
    if folder in _held:
        yield
        return
    handle = _opened(folder)
    try:
        _wait(handle)
        _held.add(folder)
        yield
    finally:
        _held.discard(folder)
        os.close(handle)


def _wait(handle: int) -> None:
    end = time.monotonic() + PATIENCE
    while not _taken(handle):
        if time.monotonic() > end:
            message = "another okrsite command is still writing here"
            raise TimeoutError(errno.ETIMEDOUT, message)
        time.sleep(_STEP)


if sys.platform == "win32":
    import msvcrt
    from hashlib import sha256
    from tempfile import gettempdir

    def _opened(folder: Path) -> int:
        """Open a file in place of the folder: Windows doesn't lock folders."""
        name = sha256(str(folder).casefold().encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return os.open(Path(gettempdir()) / f"okrsite-{name}.lock", os.O_RDWR | os.O_CREAT)

    def _taken(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    _UNSUPPORTED = {errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOLCK, errno.EINVAL}

    def _opened(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _taken(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            # Some network disks have no locks; files are compared before they are replaced anyway.
            if error.errno not in _UNSUPPORTED:
                raise
        return True
