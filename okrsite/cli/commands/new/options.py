"""The options that the commands of `okrsite new` share, and the document that they describe."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click

from okrsite.cli import asking
from okrsite.cli.asking import given_or_asked, words
from okrsite.cli.common import Command, SiteOptions, site_options
from okrsite.cli.editing import Refused
from okrsite.cli.project_folder import ProjectFolder, open_project_folder
from okrsite.documents.types import Type
from okrsite.editing.new.documents import DocumentSubject, Draft, draft, find_twin, findings_about
from okrsite.findings import report
from okrsite.findings.finding import Finding, Severity
from okrsite.util.memory import gc_paused

private_option = click.option(
    "--private", is_flag=True, help="Keep it out of everything that is published."
)


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that is to be written: where it goes, and the options that all have.

    `template` is whether it is made of one: advice on it is said, but never keeps it from being
    written, as it is a start that will be edited.
    """

    type: Type
    folder: ProjectFolder
    title: str | None
    text: str | None
    anyway: bool
    private: bool = False
    template: bool = False

    @property
    def interactive(self) -> bool:
        """Whether what is optional is asked for too."""
        return self.title is None and asking.on_terminal()

    @property
    def visibility(self) -> dict[str, Any]:
        """The field that a private document has."""
        return {"visibility": "private"} if self.private else {}

    def subject(self, question: str, read: Callable[[str], str] = words) -> DocumentSubject:
        """Return the document with its title, or ask for that; refuse what exists already."""
        subject = DocumentSubject(self.type, given_or_asked(self.title, question, "--title", read))
        self.refuse_twin(subject)
        return subject

    def refuse_twin(self, subject: DocumentSubject) -> None:
        """End the command with status 2 where there is a document of this title already.

        Usually the command was run twice. `--anyway`, or an answer on the terminal, overrules it.
        """
        twin = None if self.anyway else find_twin(self.folder.registry, subject)
        if twin is None:
            return
        message = f"a {self.type} with this title exists"
        if self.type is Type.KPI:
            message = "a KPI with this title exists"
        elif self.type is Type.OBJECTIVE:
            message = "an objective with this title, owner and cycle exists"
        message = f"{message}, {self.folder.path(twin.uri)}"
        if not asking.on_terminal():
            raise Refused(f"{message}: give another --title, or add --anyway to write a second one")
        click.echo(f"{message[:1].upper()}{message[1:]}.", err=True)
        asking.confirm("Write it anyway?")

    def add(self, subject: DocumentSubject, fields: Mapping[str, Any], *before: Draft) -> None:
        """Check the document and write it, or print the findings and end with status 1.

        Those `before` it are written first, and only with it.

        Advice is overruled by `--anyway`, or by an answer on the terminal; on what is made of a
        template it is only said.
        """
        folder = self.folder
        made = (*before, draft(folder.layout, subject, fields, self.text or ""))
        with gc_paused():
            settings, name = folder.configuration.settings, folder.configuration.site_name
            findings = findings_about(made, folder.known, settings, name, folder.as_of)
        # What is new is used by nothing yet.
        findings = [finding for finding in findings if finding.code != "OKR432"]
        if findings:
            click.echo(report.to_text(findings), nl=False, err=True)
            avoidable = [finding for finding in findings if not self._cannot_be_otherwise(finding)]
            if avoidable and not (_is_advice(avoidable) and self._is_wanted()):
                way = " Add --anyway to write it." if _is_advice(findings) else ""
                click.echo(f"Nothing was written.{way}", err=True)
                raise click.exceptions.Exit(1)
        folder.write(*made)

    def _is_wanted(self) -> bool:
        return self.anyway or self.template or asking.agreed("Write it anyway?")

    def _cannot_be_otherwise(self, finding: Finding) -> bool:
        """Whether a new document cannot follow advice yet: what it needs has to come later."""
        no_objective = not self.folder.names.of(Type.OBJECTIVE)
        later = ("OKR409", "OKR431")
        return finding.code in later or (finding.code == "OKR405" and no_objective)


def _is_advice(findings: Iterable[Finding]) -> bool:
    return all(finding.severity is Severity.ADVICE for finding in findings)


def document_options(type: Type) -> Callable[[Command], Command]:
    """Add the options that every new document has; the command takes them as `new`."""

    def with_options(command: Command) -> Command:
        @wraps(command)
        def with_document(given: SiteOptions, private: bool = False, **others: Any) -> Any:
            shared = {name: others.pop(name) for name in ("title", "text", "anyway")}
            new = NewDocument(type, open_project_folder(given), private=private, **shared)
            return command(new, **others)

        anyway = "Write it despite advice or a duplicate title."
        text = "The text below the front matter."
        made = click.option("--anyway", is_flag=True, help=anyway)(with_document)
        made = click.option("--text", metavar="TEXT", help=text)(made)
        return site_options(click.option("--title", metavar="TEXT", help="The title.")(made))

    return with_options
