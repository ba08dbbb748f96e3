"""Insights: what the checks found in the published documents, and what is overdue."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.findings.codes import CHECKS, Check
from okrsite.findings.finding import Finding, Severity
from okrsite.pages.broken_document import FindingRow, finding_row
from okrsite.pages.coach import CoachSummary, coach_summary
from okrsite.pages.history import GoalpostList, goalpost_list
from okrsite.pages.overdue import Overdue, overdue_check_ins, overdue_readings
from okrsite.pages.parts import PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Objective, Page, Project

_STALE, _OVERDUE = "OKR406", "OKR415"
"""The checks of overdue check-ins and readings; their findings are the lists of those."""

_URGENT = ("OKR417", "OKR409", "OKR404", "OKR407")
"""Advice that needs attention now, which comes before suggestions for the writing."""


@dataclass(frozen=True, slots=True)
class InsightRow:
    """A finding with the page that it is about and its owners; without a page only the file."""

    page: Page | None
    owners: tuple[str, ...]
    finding: FindingRow


@dataclass(frozen=True, slots=True)
class InsightGroup:
    """All findings of one check."""

    check: Check
    severity: Severity
    findings: tuple[InsightRow, ...]


@dataclass(frozen=True, slots=True)
class InsightsView:
    """All that the page of the insights shows, by what needs action first.

    `wrong` are the errors, which leave something out, `urgent` what needs attention now, `groups`
    the warnings and what could be written better; `overdue` are the checks of overdue check-ins and
    readings with what is overdue. `coach` is None where there are no objectives, `goalposts`
    where none are known to have moved.
    """

    context: PageContext
    body: Markup
    wrong: tuple[InsightGroup, ...]
    urgent: tuple[InsightGroup, ...]
    overdue: tuple[tuple[Check, tuple[Overdue, ...]], ...]
    goalposts: GoalpostList | None
    groups: tuple[InsightGroup, ...]
    coach: CoachSummary | None


def insights_view(site: Site, address: str, body: Markup) -> InsightsView:
    """Return the page of the insights."""
    context, documents = PageContext(site, address), _documents(site.project)
    findings = [finding for findings in site.findings.values() for finding in findings]
    advice = [finding for finding in site.advice if finding.code not in (_STALE, _OVERDUE)]

    def groups(findings: Iterable[Finding]) -> tuple[InsightGroup, ...]:
        return tuple(_groups(context, documents, findings))

    overdue = {
        _STALE: overdue_check_ins(context, site.project.objectives.values()),
        _OVERDUE: overdue_readings(context, site.project.kpis.values()),
    }
    return InsightsView(
        context=context,
        body=body,
        wrong=groups(f for f in findings if f.severity is Severity.ERROR),
        urgent=groups(f for f in advice if f.code in _URGENT),
        overdue=tuple((CHECKS[code], found) for code, found in overdue.items() if found),
        goalposts=goalpost_list(context),
        groups=groups(f for f in advice if f.code not in _URGENT),
        coach=coach_summary(context),
    )


def _groups(
    context: PageContext, documents: dict[str, "_Document"], findings: Iterable[Finding]
) -> Iterator[InsightGroup]:
    """Group findings by their check, the groups by what needs action first."""
    by_code: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code].append(finding)
    for code, found in sorted(by_code.items(), key=lambda group: _urgency(group[1][0])):
        rows = tuple(_row(context, documents.get(finding.path), finding) for finding in found)
        yield InsightGroup(CHECKS[code], found[0].severity, rows)


def _urgency(finding: Finding) -> tuple[int, int, str]:
    """Return the order of a finding: what needs attention now, then warnings, then the writing."""
    if finding.code in _URGENT:
        return 0, _URGENT.index(finding.code), finding.code
    return 1 if finding.severity is not Severity.ADVICE else 2, 0, finding.code


@dataclass(frozen=True, slots=True)
class _Document:
    page: Page
    owners: tuple[str, ...] = ()
    objective: Objective | None = None


def _row(context: PageContext, document: _Document | None, finding: Finding) -> InsightRow:
    if document is None:
        return InsightRow(None, (), finding_row(context, finding))
    row = finding_row(context, finding, document.objective)
    return InsightRow(document.page, document.owners, row)


def _documents(project: Project) -> dict[str, _Document]:
    """Return every published document by its path, and by those of the files that it names."""
    found: dict[str, _Document] = {}
    for document in _all_documents(project):
        page = document.page
        folder = page.path.removesuffix(page.uri)
        for path in (page.path, *(f"{folder}{file}" for file in page.files)):
            found.setdefault(path, document)
    return found


def _all_documents(project: Project) -> Iterator[_Document]:
    for objective in project.objectives.values():
        yield _Document(objective.page, objective.owners, objective)
    for kpi in project.kpis.values():
        yield _Document(kpi.page, (kpi.owner,) if kpi.owner is not None else ())
    for document in project.check_in_documents.values():
        yield _Document(document.page, (document.owner,) if document.owner is not None else ())
    yield from (_Document(owner.page) for owner in project.owners.values() if owner.page)
    yield from map(_Document, project.cycle_pages.values())
    yield from (_Document(broken.page) for broken in project.broken)
