"""The objects of a repository by their ids, read by one process that is kept."""

import errno
import subprocess
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NoReturn

from okrsite.history.git.git import RepositoryError, start

LARGEST = 64 * 2**20
"""The bytes of the largest file that is read; no document comes near it."""

# So many requests, of 65 bytes each at most, fit into a pipe at once: git need not wait for us to
# read its answers while they are written, so that there is no deadlock.
_AT_ONCE = 500
_KEPT_BYTES = 128 * 2**20
_PIECE = 2**20


class Objects:
    """Reads blobs with `git cat-file --batch`; the process is started when it is first needed.

    Blobs are kept up to a limit, the oldest is dropped first, so that two revisions that share most
    of their files read each of these once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def read(self, id: str) -> bytes:
        """Return a blob; raise RepositoryError without one, OSError if it exceeds LARGEST."""
        if id in self._kept:
            return self._kept[id]
        self._request([id])
        content = self._answer(id)
        if content is None:
            raise OSError(errno.EFBIG, f"it is larger than {LARGEST // 2**20} MB")
        return content

    def read_all(self, ids: Iterable[str], keep: bool = True) -> Iterator[tuple[str, bytes | None]]:
        """Return many blobs in the order of their ids, None for one that is too large.

        It requests many at a time, which is fast for a whole history. Blobs that are read only once
        are better not kept.
        """
        waiting = iter(ids)
        while some := list(islice(waiting, _AT_ONCE)):
            known = {id: self._kept[id] for id in some if id in self._kept}
            missing = list(dict.fromkeys(id for id in some if id not in known))
            self._request(missing)
            answers: dict[str, bytes | None] = dict(known)
            for id in missing:
                answers[id] = self._answer(id, keep)
            for id in some:
                yield id, answers[id]

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    pass
        process.wait()

    def _request(self, ids: Iterable[str]) -> None:
        if self._process is None:
            arguments = ("cat-file", "--batch")
            self._process = start(self._folder, arguments, subprocess.PIPE)
        pipe = self._process.stdin
        assert pipe is not None
        try:
            pipe.write("".join(f"{id}\n" for id in ids).encode())
            pipe.flush()
        except OSError:
            self._lost("")

    def _answer(self, id: str, keep: bool = True) -> bytes | None:
        assert self._process is not None
        pipe = self._process.stdout
        assert pipe is not None
        words = pipe.readline().split()
        if len(words) != 3 or not words[2].isdigit():
            self._lost(id)
        size = int(words[2])
        if size > LARGEST:
            left = size + 1
            while left:
                piece = pipe.read(min(left, _PIECE))
                if not piece:
                    self._lost(id)
                left -= len(piece)
            return None
        content = pipe.read(size + 1)
        if len(content) != size + 1:
            self._lost(id)
        if keep:
            self._keep(id, content[:-1])
        return content[:-1]

    def _keep(self, id: str, content: bytes) -> None:
        self._kept[id] = content
        self._size += len(content)
        while self._size > _KEPT_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest)

    def _lost(self, id: str) -> NoReturn:
        self.close()
        what = f"the object {id[:12]}" if id else "an object"
        raise RepositoryError(
            f"git cannot read {what} of this repository",
            "`git fsck` reports what is damaged; a clone made with --filter leaves objects out, "
            "so clone it whole",
        )
