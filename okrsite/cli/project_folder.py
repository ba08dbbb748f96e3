"""Add documents to a site: its documents are read, checked and written once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from okrsite.cli import asking
from okrsite.cli.configuration import Configuration, ConfigurationError, read_configuration
from okrsite.cli.editing import Refused, one_writer
from okrsite.documents.trees import ObservedTree
from okrsite.documents.types import Type
from okrsite.editing.new.documents import Draft, ReadDocuments, draft, find_twin, findings_about
from okrsite.editing.new.folder_layout import Layout
from okrsite.findings import report
from okrsite.findings.finding import Finding, Severity
from okrsite.project.load import read_documents
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import Names
from okrsite.project.registry import Registry
from okrsite.settings import SettingsError, as_of_day
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

    def refuse_twin(
        self, type: Type, title: str, anyway: bool, owner: str | None = None,
        cycle: Cycle | None = None,
    ) -> None:  # fmt: skip
        """End the command with status 2 where there is a document of this title already.

        Usually the command was run twice. `anyway`, or an answer on the terminal, overrules it.
        """
        twin = None if anyway else find_twin(self.registry, type, title, owner, cycle)
        if twin is None:
            return
        kind = "KPI" if type is Type.KPI else str(type)
        message = f"a {kind} with this title exists, {self.path(twin.uri)}"
        if type is Type.OBJECTIVE:
            message = f"an objective with this title, owner and cycle exists, {self.path(twin.uri)}"
        if asking.on_terminal():
            click.echo(f"{message[:1].upper()}{message[1:]}.", err=True)
            if asking.agreed("Write it anyway?"):
                return
            raise Refused("nothing was written")
        raise Refused(f"{message}: give another --title, or add --anyway to write a second one")

    def draft(
        self, type: Type, title: str, fields: Mapping[str, Any], owner: str | None = None,
        cycle: Cycle | None = None, body: str = "",
    ) -> Draft:  # fmt: skip
        """Make a document, and choose the file that it goes to."""
        return draft(self.names, self.layout, type, title, fields, owner, cycle, body)

    def add(self, *made: Draft, anyway: bool) -> None:
        """Check new documents and write them, or print the findings and end with status 1.

        Advice is overruled by `anyway`, or by an answer on the terminal.
        """
        configuration = self.configuration
        with gc_paused():
            findings = findings_about(
                made, self.known, configuration.settings, configuration.site_name, self.as_of
            )
        if findings:
            click.echo(report.to_text(findings), nl=False, err=True)
            avoidable = [finding for finding in findings if not self._cannot_be_otherwise(finding)]
            if avoidable and not _overruled(avoidable, anyway):
                advice = all(finding.severity is Severity.ADVICE for finding in findings)
                way = " Add --anyway to write it." if advice else ""
                click.echo(f"Nothing was written.{way}", err=True)
                raise click.exceptions.Exit(1)
        for one in made:
            self._free(one)
        for one in made:
            self.write(one)

    def _cannot_be_otherwise(self, finding: Finding) -> bool:
        """Whether a new document cannot follow advice yet: what it needs has to come later."""
        if finding.code == "OKR405":
            return not self.names.of(Type.OBJECTIVE)
        return finding.code in ("OKR409", "OKR431", "OKR432")

    def _free(self, draft: Draft) -> Path:
        """Return the file that a new document goes to, which is not there yet."""
        one_writer(self.project)
        path = self.path(draft.uri)
        file = self.project / path
        if file.exists() or file.is_symlink():
            raise Refused(f"{path} already exists; nothing written")
        return file

    def write(self, draft: Draft) -> None:
        """Write a new document; no file is overwritten."""
        file, path = self._free(draft), self.path(draft.uri)
        try:
            write_whole(file, draft.text)
        except OSError as error:
            raise Refused(f"{path} cannot be written: {error.strerror}") from None
        click.echo(path)


def open_project_folder(config_file: Path, as_of: date | None) -> ProjectFolder:
    """Read a site's documents; end the command with status 2 where its configuration is wrong."""
    if not asking.on_terminal():
        one_writer(config_file.parent)
    try:
        configuration = read_configuration(config_file)
        day = as_of_day(configuration.settings, as_of)
    except (ConfigurationError, SettingsError) as error:
        raise click.UsageError(str(error)) from None
    tree = ObservedTree(configuration.folder, progress=Progress("Documents read"))
    with gc_paused():
        documents, findings = read_documents(tree)
    registry = Registry(documents, configuration.settings.fiscal_year)
    layout = Layout(registry.names, configuration.folder.documents())
    known = ReadDocuments(configuration.folder, documents, findings)
    return ProjectFolder(configuration, config_file.resolve().parent, day, known, registry, layout)


def _overruled(findings: Iterable[Finding], anyway: bool) -> bool:
    if any(finding.severity is not Severity.ADVICE for finding in findings):
        return False
    return anyway or asking.agreed("Write it anyway?")
