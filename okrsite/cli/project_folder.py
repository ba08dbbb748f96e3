"""A site that a command adds a document to: read once, checked once, written once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from okrsite.cli import asking
from okrsite.cli.configuration import Configuration, ConfigurationError, read_configuration
from okrsite.cli.editing import Refused
from okrsite.documents.trees import ObservedTree
from okrsite.documents.types import Type
from okrsite.editing.new.documents import Draft, Shelf, findings_about
from okrsite.editing.new.folder_layout import Layout
from okrsite.editing.new.names import Known
from okrsite.findings import report
from okrsite.findings.finding import Finding, Severity
from okrsite.project.load import read_documents
from okrsite.project.model.cycles import Cycle
from okrsite.settings import SettingsError, as_of_day
from okrsite.util.memory import gc_paused
from okrsite.util.progress import Progress
from okrsite.util.writing import write_whole


@dataclass(frozen=True, slots=True)
class Workplace:
    """A site's documents before they are resolved, and where new ones go."""

    configuration: Configuration
    project: Path
    as_of: date
    shelf: Shelf
    known: Known
    layout: Layout

    def path(self, uri: str) -> str:
        """Return the path of a file, relative to the folder of mkdocs.yml."""
        return self.configuration.folder.path(uri)

    def refuse_twin(
        self, type: Type, title: str, anyway: bool, owner: str | None = None,
        cycle: Cycle | None = None,
    ) -> None:  # fmt: skip
        """End the command with status 2 where there is a document of this title already.

        Mostly the command was given twice. `anyway`, or somebody on the terminal, may overrule it.
        """
        twin = None if anyway else self.known.twin(type, title, owner, cycle)
        if twin is None:
            return
        kind = "KPI" if type is Type.KPI else str(type)
        said = f"there is a {kind} of this title already, {self.path(twin.uri)}"
        if type is Type.OBJECTIVE:
            said = f"there is an objective of this title, owner and cycle, {self.path(twin.uri)}"
        if asking.on_terminal():
            click.echo(f"{said[:1].upper()}{said[1:]}.", err=True)
            if asking.agreed("Write it all the same?"):
                return
            raise Refused("nothing was written")
        raise Refused(f"{said}: give another --title, or add --anyway to write a second one")

    def add(self, draft: Draft, anyway: bool) -> None:
        """Check a new document and write it, or print the findings and end with status 1.

        Advice may be overruled: by `anyway`, or by somebody on the terminal.
        """
        configuration = self.configuration
        with gc_paused():
            findings = findings_about(
                draft, self.shelf, configuration.settings, configuration.site_name, self.as_of
            )
        if findings:
            click.echo(report.to_text(findings), nl=False, err=True)
            if not _overruled(findings, anyway):
                advice = all(finding.severity is Severity.ADVICE for finding in findings)
                way = " --anyway writes it all the same." if advice else ""
                click.echo(f"Nothing was written.{way}", err=True)
                raise click.exceptions.Exit(1)
        self.write(draft)

    def write(self, draft: Draft) -> None:
        """Write a document; nothing that exists is ever overwritten."""
        path = self.path(draft.uri)
        file = self.project / path
        if file.exists() or file.is_symlink():
            raise Refused(f"{path} exists already, and is left as it is")
        try:
            write_whole(file, draft.text)
        except OSError as error:
            raise Refused(f"{path} cannot be written: {error.strerror}") from None
        click.echo(path)


def open_workplace(config_file: Path, as_of: date | None) -> Workplace:
    """Read a site's documents; end the command with status 2 where its configuration is wrong."""
    try:
        configuration = read_configuration(config_file)
        day = as_of_day(configuration.settings, as_of)
    except (ConfigurationError, SettingsError) as error:
        raise click.UsageError(str(error)) from None
    tree = ObservedTree(configuration.folder, progress=Progress("Documents read"))
    with gc_paused():
        documents, findings = read_documents(tree)
    known = Known(documents, configuration.site_name)
    layout = Layout(known, configuration.folder.documents())
    shelf = Shelf(configuration.folder, documents, findings)
    return Workplace(configuration, config_file.resolve().parent, day, shelf, known, layout)


def _overruled(findings: Iterable[Finding], anyway: bool) -> bool:
    if any(finding.severity is not Severity.ADVICE for finding in findings):
        return False
    return anyway or asking.agreed("Write it all the same?")
