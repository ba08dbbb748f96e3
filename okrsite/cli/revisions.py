"""Find the files of a site in a commit or in the work tree."""

import hashlib
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

import click

from okrsite.cli.configuration import (
    USUAL_FILES,
    ConfigurationError,
    Written,
    read_configuration,
    read_written,
)
from okrsite.documents.folder import Folder
from okrsite.history.git import Repository, Revision
from okrsite.project.cache import IdentifiedTree
from okrsite.settings import Settings


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """A site before its documents are read: its settings and files."""

    tree: IdentifiedTree
    written: Written
    site_name: str

    @property
    def settings(self) -> Settings:
        """The settings of the plugin."""
        return self.written.settings


class IdentifiedFolder:
    """A folder whose files have the ids that git would give them."""

    def __init__(self, folder: Folder, algorithm: str) -> None:
        self._folder = folder
        self._algorithm = algorithm
        self._read: dict[str, bytes] = {}

    @property
    def metadata_file(self) -> str:
        """The name of the files that describe folders."""
        return self._folder.metadata_file

    def documents(self) -> Iterator[str]:
        """Name the Markdown files, relative to docs_dir."""
        return self._folder.documents()

    def path(self, uri: str) -> str:
        """Return the path of a file, relative to the project's folder."""
        return self._folder.path(uri)

    def id(self, uri: str) -> str | None:
        """Return the id that git has for such a content; None for what cannot be read."""
        try:
            content = self._read[uri] = self._folder.read(uri)
        except (OSError, UnicodeError):
            return None
        beginning = f"blob {len(content)}\0".encode()
        return hashlib.new(self._algorithm, beginning + content, usedforsecurity=False).hexdigest()

    def read(self, uri: str) -> bytes:
        """Read a file; what was read for its id is not read again."""
        content = self._read.pop(uri, None)
        return self._folder.read(uri) if content is None else content


def site_of_folder(config_file: Path, commit: str) -> SiteFiles:
    """Return the site in the work tree; `commit` is any id, to tell how git makes them.

    Ends the command with status 2 where the configuration is wrong.
    """
    try:
        configuration = read_configuration(config_file)
        written = read_written(config_file, lambda path: Path(path).read_bytes())
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from None
    algorithm = "sha1" if len(commit) == 40 else "sha256"
    tree = IdentifiedFolder(configuration.folder, algorithm)
    return SiteFiles(tree, written, configuration.site_name)


def site_of_commit(
    repository: Repository, config_file: Path, commit: str, instead: Written | None = None
) -> SiteFiles | None:
    """Return the site as a commit has it; None where the commit has no such mkdocs.yml.

    `instead` replaces its mkdocs.yml where that cannot be used.

    Raises ConfigurationError where that is wrong, RepositoryError where git cannot give it.
    """
    file = PurePosixPath(repository.within(config_file.resolve()))
    snapshot = repository.snapshot(commit)

    def read(path: PurePath) -> bytes:
        return snapshot.content(posixpath.normpath(path.as_posix()))

    def is_there(path: PurePath) -> bool:
        try:
            read(path)
        except FileNotFoundError:
            return False
        except OSError:
            pass  # read_written raises it again, with a message
        return True

    # A site that was renamed from mkdocs.yml to properdocs.yml is compared all the same.
    others = (file.with_name(name) for name in USUAL_FILES if file.name in USUAL_FILES)
    there = next((path for path in (file, *others) if is_there(path)), None)
    if there is None:
        return None
    written = instead or read_written(there, read)
    project = "" if str(file.parent) == "." else str(file.parent)
    docs = _docs(repository, project, written)
    name = written.site_name or PurePosixPath(project).name or repository.top.name
    tree = Revision(snapshot, project, docs, written.exclude, written.metadata_file)
    return SiteFiles(tree, written, name)


def _docs(repository: Repository, project: str, written: Written) -> str:
    """Return docs_dir relative to the top of the repository."""
    wanted = written.docs_dir
    if PurePosixPath(wanted).is_absolute():
        return repository.within(Path(wanted))
    docs = posixpath.normpath(posixpath.join(project, wanted))
    if docs == ".." or docs.startswith("../"):
        raise ConfigurationError(f"docs_dir is outside the repository: {wanted}")
    return "" if docs == "." else docs
