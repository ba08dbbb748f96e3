"""All files of a commit, written into a folder without a checkout."""

import os
import posixpath
from pathlib import Path

from okrsite.history.git.git import RepositoryError
from okrsite.history.git.repository import Repository

_EXECUTABLE = "100755"


def export_files(repository: Repository, commit: str, folder: Path) -> None:
    """Write the files of a commit, with their paths, into a folder.

    A link becomes the file that it points to, if that is in the commit; links to folders,
    submodules, and files that are too large for any document are left out.
    Raises RepositoryError where git cannot read them, OSError where they cannot be written.
    """
    snapshot = repository.snapshot(commit)
    files = snapshot.files("")
    real: dict[str, str] = {}
    for path, entry in files.items():
        try:
            real[path] = snapshot.resolve(path) if entry.link else path
        except OSError:
            continue
    entries = {path: snapshot.entry(at) for path, at in real.items()}
    ids = {path: entry.id for path, entry in entries.items() if entry is not None}
    contents = repository.objects.read_all(ids.values(), keep=False)
    for path, (_, content) in zip(ids, contents, strict=True):
        found = entries[path]
        if content is not None and found is not None:
            _write(folder, path, content, found.mode == _EXECUTABLE)


def _write(folder: Path, path: str, content: bytes, executable: bool) -> None:
    if posixpath.normpath(path) != path or path.startswith(("/", "../")):
        raise RepositoryError(f"the commit has a file outside of its folder: {path[:80]}")
    file = folder / os.fsdecode(os.fsencode(path))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    if executable:
        file.chmod(0o755)
