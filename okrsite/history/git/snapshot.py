"""All files of one commit, found by their paths; symbolic links are followed inside of it."""

import errno
import posixpath
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from okrsite.history.git.git import GitError, RepositoryError, run, text_of
from okrsite.history.git.objects import Objects

LINK = "120000"
"""The mode of a symbolic link; its content is the path of its target."""

SUBMODULE = "160000"
"""The mode of another repository's commit; its files are not here."""

_MOST_LINKS = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a commit: its mode, and the id of its content."""

    mode: str
    id: str

    @property
    def link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode == LINK


class Snapshot:
    """The files of one commit. Paths are relative to the top of the repository, without a slash
    at either end; the top itself is the empty path."""

    def __init__(self, top: Path, objects: Objects, commit: str) -> None:
        self._top = top
        self._objects = objects
        self._listed: dict[str, dict[str, Entry]] = {}
        self.commit = commit

    def files(self, folder: str) -> dict[str, Entry]:
        """Return the files below a folder by their whole paths, in git's order, if there is one."""
        if folder not in self._listed:
            self._listed[folder] = self._list(folder)
        return self._listed[folder]

    def content(self, path: str) -> bytes:
        """Read a file, through links too.

        Raises FileNotFoundError where there is none, PermissionError where a link leaves the
        repository, other OSErrors if it isn't a readable file.
        """
        return self.read(self.resolve(path))

    def read(self, path: str) -> bytes:
        """Read a file at a path without links."""
        entry = self.entry(path)
        if entry is None:
            if self.is_folder(path):
                raise OSError(errno.EINVAL, "it isn't a regular file")
            raise FileNotFoundError(errno.ENOENT, "there is no such file")
        return self._objects.read(entry.id)

    def resolve(self, path: str) -> str:
        """Return where a path really is, after every link on the way."""
        entry = self.entry(path)
        if entry is not None and not entry.link:
            return path  # git has no files below a link
        waiting = path.split("/")[::-1]
        done: list[str] = []
        followed = 0
        while waiting:
            step = waiting.pop()
            if step in ("", "."):
                continue
            if step == "..":
                if not done:
                    raise PermissionError(path)
                done.pop()
                continue
            entry = self.entry("/".join((*done, step)))
            if entry is None or not entry.link:
                done.append(step)
                continue
            followed += 1
            if followed > _MOST_LINKS:
                raise OSError(errno.ELOOP, "the link leads to itself")
            target = text_of(self._objects.read(entry.id))
            if target.startswith("/"):
                raise PermissionError(path)
            waiting += target.split("/")[::-1]
        return "/".join(done)

    def is_folder(self, path: str) -> bool:
        """Whether a path is a folder of the commit; a submodule is none."""
        return path in self._folders

    def entry(self, path: str) -> Entry | None:
        """Return the file or link at a path, or None."""
        # Most paths are in a folder that has been listed already.
        for folder, files in self._listed.items():
            if not folder or path.startswith(f"{folder}/"):
                return files.get(path)
        return self.files("").get(path)

    @cached_property
    def _folders(self) -> frozenset[str]:
        found = {""}
        for path in self.files(""):
            above = posixpath.dirname(path)
            while above not in found:
                found.add(above)
                above = posixpath.dirname(above)
        return frozenset(found)

    def _list(self, folder: str) -> dict[str, Entry]:
        arguments = ["ls-tree", "-r", "-z", "--full-tree", self.commit]
        if folder:
            arguments += ["--", f"{folder}/"]
        try:
            printed = run(self._top, *arguments)
        except GitError as failure:
            raise RepositoryError(
                f"git cannot read the commit {self.commit[:12]} ({failure.printed})",
                "`git fsck` reports what is damaged",
            ) from None
        entries: dict[str, Entry] = {}
        for line in printed.split(b"\0"):
            about, _, path = line.partition(b"\t")
            if path:
                mode, _, id = about.decode("ascii").split(" ")
                if mode != SUBMODULE:
                    entries[text_of(path)] = Entry(mode, id)
        return entries
