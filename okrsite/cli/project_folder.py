"""Add documents to a site: its documents are read once."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from okrsite.cli import asking
from okrsite.cli.common import SiteOptions, configured
from okrsite.cli.configuration import Configuration
from okrsite.cli.editing import Refused, one_writer
from okrsite.documents.trees import ObservedTree
from okrsite.editing.new.documents import Draft, ReadDocuments
from okrsite.editing.new.folder_layout import Layout
from okrsite.project.load import read_documents
from okrsite.project.names import Names
from okrsite.project.registry import Registry
from okrsite.util.memory import gc_paused
from okrsite.util.progress import Progress
from okrsite.util.writing import write_whole


@dataclass(frozen=True, slots=True)
class ProjectFolder:
    """The documents of a site before they are resolved, and where new ones go."""

    configuration: Configuration
    project: Path
    as_of: date
    known: ReadDocuments
    registry: Registry
    layout: Layout

    @property
    def names(self) -> Names:
        """The names of what exists."""
        return self.registry.names

    def path(self, uri: str) -> str:
        """Return the path of a file, relative to the folder of mkdocs.yml."""
        return self.configuration.folder.path(uri)

    def write(self, *drafts: Draft) -> None:
        """Write new documents; no file is overwritten."""
        one_writer(self.project)
        files = {self.path(draft.uri): draft.text for draft in drafts}
        for path in files:
            if (self.project / path).exists() or (self.project / path).is_symlink():
                raise Refused(f"{path} already exists; nothing written")
        for path, text in files.items():
            try:
                write_whole(self.project / path, text)
            except OSError as error:
                raise Refused(f"{path} cannot be written: {error.strerror}") from None
            click.echo(path)


def open_project_folder(given: SiteOptions) -> ProjectFolder:
    """Read a site's documents; end the command with status 2 where its configuration is wrong."""
    if not asking.on_terminal():
        one_writer(given.config_file.parent)
    configuration, day = configured(given)
    tree = ObservedTree(configuration.folder, progress=Progress("Documents read"))
    with gc_paused():
        documents, findings = read_documents(tree)
    registry = Registry(documents, configuration.settings.fiscal_year)
    layout = Layout(registry.names, configuration.folder.documents())
    known = ReadDocuments(configuration.folder, documents, findings)
    project = given.config_file.resolve().parent
    return ProjectFolder(configuration, project, day, known, registry, layout)
