"""A document that has errors: its findings and its text, and no figures."""

from dataclasses import dataclass

from markupsafe import Markup

from okrsite.findings.codes import CHECKS
from okrsite.findings.finding import Finding, Severity
from okrsite.language.inline import inline
from okrsite.pages.checks import check_link, severity_mark
from okrsite.pages.names_for_ids import names_for_ids
from okrsite.pages.parts import Link, Mark, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Objective, Place


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding, ready to be read; `about` is what its check reports, `code` leads to more."""

    mark: Mark
    code: Link
    about: str
    sentence: Markup
    hint: Markup | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class BrokenView:
    """All that the page of a document with errors shows."""

    title: Markup
    context: PageContext
    body: Markup
    message: str
    findings: tuple[FindingRow, ...]
    source: Place


def broken_view(site: Site, address: str, body: Markup, uri: str) -> BrokenView:
    """Make the page of a document with errors."""
    context = PageContext(site, address)
    page = next(d.page for d in site.project.broken if d.page.uri == uri)
    found = sorted(site.said.get(page.path, ()), key=lambda f: (_WEIGHTS[f.severity], f.line))
    return BrokenView(
        title=inline(page.title),
        context=context,
        body=body,
        message=context.say(
            "This document has errors. It counts in no figure until they are corrected."
        ),
        findings=tuple(finding_row(context, finding) for finding in found),
        source=Place(page.path, page.place.line),
    )


def finding_row(
    context: PageContext, finding: Finding, objective: Objective | None = None
) -> FindingRow:
    """Show a finding: a sentence that begins with a capital, and what to write instead.

    The coach speaks of documents by their names, and of the key results of the objective by
    theirs; what is wrong in writing is said as it is written.
    """
    sentence, hint = _sentence(finding.message), _sentence(finding.hint or "")
    if finding.code.startswith(_COACHING):
        sentence, hint = names_for_ids(context, sentence, objective), names_for_ids(context, hint)
    return FindingRow(
        mark=severity_mark(context, finding.severity),
        code=check_link(context, finding.code),
        about=context.say(CHECKS[finding.code].summary),
        sentence=sentence,
        hint=hint or None,
        finding=finding,
    )


def _sentence(text: str) -> Markup:
    return inline(text[:1].upper() + text[1:])


_COACHING = "OKR4"

_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}
