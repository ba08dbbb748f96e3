"""A document that has errors: its findings and its text, and no figures."""

import re
from dataclasses import dataclass
from html import unescape

from markupsafe import Markup, escape

from okrsite.findings.finding import Finding, Severity
from okrsite.language.inline import inline
from okrsite.language.wording import ISOLATES
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Objective, Page

_COACHING = "OKR4"
_CODE = re.compile(r"<code>([^<]+)</code>")
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
    found = sorted(site.findings.get(page.path, ()), key=lambda f: (_WEIGHTS[f.severity], f.line))
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
    say = context.words.say
    sentence, hint = _sentence(say(finding.message)), _sentence(say(finding.hint or ""))
    if finding.code.startswith(_COACHING):
        sentence = _with_names(context, sentence, objective)
        hint = _with_names(context, hint)
    return FindingRow(finding, sentence, hint)


def _sentence(text: str) -> Markup:
    return inline(text[:1].upper() + text[1:])


def _with_names(context: PageContext, html: Markup, objective: Objective | None = None) -> Markup:
    """Return HTML in which links to pages replace the ids in code marks.

    Ids of key results are those of the `objective` that the sentence is about.
    """

    def name(match: re.Match[str]) -> str:
        link = _link(context, unescape(match[1]).strip(ISOLATES), objective)
        return str(escape(link)) if link else match[0]

    return Markup(_CODE.sub(name, html))


def _link(context: PageContext, id: str, objective: Objective | None) -> Link | None:
    project = context.site.project
    if objective is not None and any(result.id == id for result in objective.key_results):
        return context.objective(objective.id, id)
    if id in project.owners:
        return context.owner(id)
    if id in project.kpis and "/" in id:
        return context.kpi(id)
    if id in project.objectives and "/" in id:
        return context.objective(id)
    return None
