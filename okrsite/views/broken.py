"""A document that has errors: its findings and its text, and no figures."""

from dataclasses import dataclass

from markupsafe import Markup

from okrsite.findings import CHECKS, Finding, Severity
from okrsite.inline import inline
from okrsite.views.parts import Dated, Desk, Mark, Source
from okrsite.views.site import Site


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding, ready to be read; `about` is what its check reports."""

    mark: Mark
    code: str
    about: str
    sentence: Markup
    hint: Markup | None
    source: Source


@dataclass(frozen=True, slots=True)
class BrokenView:
    """All that the page of a document with errors shows."""

    title: Markup
    dated: Dated
    body: Markup
    message: str
    findings: tuple[FindingRow, ...]
    source: Source


def broken_view(site: Site, address: str, body: Markup, uri: str) -> BrokenView:
    """Make the page of a document with errors."""
    desk = Desk(site, address)
    page = next(d.page for d in site.project.broken if d.page.uri == uri)
    found = sorted(site.said.get(page.path, ()), key=lambda f: (_WEIGHTS[f.severity], f.line))
    return BrokenView(
        title=inline(page.title),
        dated=desk.dated(),
        body=body,
        message=desk.say(
            "This document has errors. It counts in no figure until they are corrected."
        ),
        findings=tuple(finding_row(desk, finding) for finding in found),
        source=desk.source(page.path, page.place.line),
    )


def finding_row(desk: Desk, finding: Finding) -> FindingRow:
    """Show a finding: a sentence that begins with a capital, and what to write instead."""
    message = finding.message
    return FindingRow(
        mark=severity_mark(desk, finding.severity),
        code=finding.code,
        about=desk.say(CHECKS[finding.code].summary),
        sentence=inline(message[:1].upper() + message[1:]),
        hint=inline(finding.hint[:1].upper() + finding.hint[1:]) if finding.hint else None,
        source=desk.source(finding.path, finding.line),
    )


def severity_mark(desk: Desk, severity: Severity) -> Mark:
    """Say how much a finding weighs, with the shape and colour of a status that weighs as much."""
    return Mark(_SHAPES[severity], desk.say(SEVERITY_WORDS[severity]))


SEVERITY_WORDS = {
    Severity.ERROR: "Error",
    Severity.WARNING: "Warning",
    Severity.ADVICE: "Advice",
}
"""What each severity is called on the site."""

_SHAPES = {
    Severity.ERROR: "kpi_critical",
    Severity.WARNING: "kpi_warning",
    Severity.ADVICE: "not_started",
}

_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}
