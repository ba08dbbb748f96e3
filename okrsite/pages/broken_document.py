"""A document that has errors: its findings and its text, and no figures."""

from dataclasses import dataclass

from markupsafe import Markup

from okrsite.findings.finding import Finding, Severity
from okrsite.language.inline import inline
from okrsite.pages.names_for_ids import names_for_ids
from okrsite.pages.parts import PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Objective, Page

_COACHING = "OKR4"
_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with its sentences as they are read on the site."""

    finding: Finding
    sentence: Markup
    hint: Markup


@dataclass(frozen=True, slots=True)
class BrokenView:
    """The page of a document with errors."""

    context: PageContext
    title: Markup
    body: Markup
    page: Page
    findings: tuple[FindingRow, ...]


def broken_view(site: Site, address: str, body: Markup, uri: str) -> BrokenView:
    """Return the page of a document with errors."""
    context = PageContext(site, address)
    page = next(d.page for d in site.project.broken if d.page.uri == uri)
    found = sorted(site.said.get(page.path, ()), key=lambda f: (_WEIGHTS[f.severity], f.line))
    return BrokenView(
        context=context,
        title=inline(page.title),
        body=body,
        page=page,
        findings=tuple(finding_row(context, finding) for finding in found),
    )


def finding_row(
    context: PageContext, finding: Finding, objective: Objective | None = None
) -> FindingRow:
    """Return a finding with its sentence, which begins with a capital, and what to write instead.

    Coaching names documents, and the key results of the objective, by their titles; what is wrong
    in writing is quoted as it is written.
    """
    sentence, hint = _sentence(finding.message), _sentence(finding.hint or "")
    if finding.code.startswith(_COACHING):
        sentence = names_for_ids(context, sentence, objective)
        hint = names_for_ids(context, hint)
    return FindingRow(finding, sentence, hint)


def _sentence(text: str) -> Markup:
    return inline(text[:1].upper() + text[1:])
