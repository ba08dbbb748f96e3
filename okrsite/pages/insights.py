"""Insights: what needs a decision, and what could be written better."""

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
from okrsite.pages.parts import KpiCard, ObjectiveRow, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Objective, Page, Project
from okrsite.project.model.cycles import State
from okrsite.scores.status import Health, Status

DECISIONS, WRITING = "insights/index.md", "insights/writing.md"
"""The files that the pages would be made of."""

_STALE, _OVERDUE = "OKR406", "OKR415"
"""The checks of overdue check-ins and readings; their findings are the lists of those."""

_KPIS = "OKR409"
_URGENT = ("OKR417", "OKR203", "OKR421", "OKR404", "OKR422", "OKR407")
"""What needs a decision, by weight; the rest is for those who write."""


def insights_page(code: str) -> str:
    """Return the page that lists what a check found."""
    return DECISIONS if code in (_STALE, _OVERDUE, _KPIS, *_URGENT) else WRITING


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
    """What needs a decision, by weight.

    `kpis` are those that are not healthy and that nobody works on, critical ones first, `off_track`
    objectives with the furthest behind first, `overdue` the checks of overdue check-ins and
    readings with what is overdue, `urgent` what other checks found. `goalposts` is None where none
    are known to have moved. `writing` are the checks that the page for writers lists, with how much
    they found.
    """

    context: PageContext
    body: Markup
    kpis: tuple[KpiCard, ...]
    off_track: tuple[ObjectiveRow, ...]
    overdue: tuple[tuple[Check, tuple[Overdue, ...]], ...]
    goalposts: GoalpostList | None
    urgent: tuple[InsightGroup, ...]
    writing: tuple[tuple[Check, Severity, int], ...]


@dataclass(frozen=True, slots=True)
class WritingView:
    """What could be written better: errors, which leave something out, then warnings and advice.

    `coach` is None where there are no objectives.
    """

    context: PageContext
    body: Markup
    wrong: tuple[InsightGroup, ...]
    groups: tuple[InsightGroup, ...]
    coach: CoachSummary | None


def insights_view(site: Site, address: str, body: Markup) -> InsightsView:
    """Return the page of what needs a decision."""
    context = PageContext(site, address)
    overdue = {
        _STALE: overdue_check_ins(context, site.project.objectives.values()),
        _OVERDUE: overdue_readings(context, site.project.kpis.values()),
    }
    found = list(_findings(site))
    return InsightsView(
        context=context,
        body=body,
        kpis=_unhealthy(context, found),
        off_track=_off_track(context),
        overdue=tuple((CHECKS[code], found) for code, found in overdue.items() if found),
        goalposts=goalpost_list(context),
        urgent=_groups(context, (f for f in found if f.code in _URGENT)),
        writing=_summary(f for f in found if insights_page(f.code) == WRITING),
    )


def writing_view(site: Site, address: str, body: Markup) -> WritingView:
    """Return the page of what could be written better."""
    context = PageContext(site, address)
    findings = [f for f in _findings(site) if insights_page(f.code) == WRITING]
    return WritingView(
        context=context,
        body=body,
        wrong=_groups(context, (f for f in findings if f.severity is Severity.ERROR)),
        groups=_groups(context, (f for f in findings if f.severity is not Severity.ERROR)),
        coach=coach_summary(context),
    )


def _summary(findings: Iterable[Finding]) -> tuple[tuple[Check, Severity, int], ...]:
    """Return the checks of findings with how much each found, by what needs action first."""
    by_code = _by_code(findings)
    return tuple((CHECKS[code], found[0].severity, len(found)) for code, found in by_code)


def _by_code(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """Group findings by their check, errors first, then what needs action first."""
    grouped: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        grouped[finding.code].append(finding)
    return sorted(grouped.items(), key=lambda group: _weight(group[1][0]))


def _findings(site: Site) -> Iterator[Finding]:
    """Yield the errors, then warnings and advice."""
    for findings in site.findings.values():
        yield from (finding for finding in findings if finding.severity is Severity.ERROR)
    yield from site.advice


def _unhealthy(context: PageContext, findings: Iterable[Finding]) -> tuple[KpiCard, ...]:
    """Return the KPIs that nobody works on, critical ones first."""
    by_path = {kpi.page.path: kpi for kpi in context.site.project.kpis.values()}
    found = dict.fromkeys(f.path for f in findings if f.code == _KPIS and f.path in by_path)
    cards = (context.kpi_card(by_path[path]) for path in found)
    return tuple(sorted(cards, key=lambda card: card.figures.health is not Health.CRITICAL))


def _off_track(context: PageContext) -> tuple[ObjectiveRow, ...]:
    """Return the objectives of open cycles that are off track, the furthest behind first."""
    site = context.site
    rows = (
        context.objective_row(objective)
        for objective in site.project.objectives.values()
        if site.project.cycles[objective.cycle].state(site.as_of) is State.OPEN
    )
    found = [row for row in rows if row.figures.status is Status.OFF_TRACK]
    return tuple(sorted(found, key=lambda row: row.figures.pace or 0.0))


def _groups(context: PageContext, findings: Iterable[Finding]) -> tuple[InsightGroup, ...]:
    """Group findings by their check, the groups by what needs action first."""
    documents = _documents(context.site.project)
    return tuple(
        InsightGroup(
            CHECKS[code],
            found[0].severity,
            tuple(_row(context, documents.get(finding.path), finding) for finding in found),
        )
        for code, found in _by_code(findings)
    )


def _weight(finding: Finding) -> tuple[int, int, str]:
    """Return the order of a finding: what needs a decision, then warnings, then the writing."""
    if finding.code in _URGENT:
        return 0, _URGENT.index(finding.code), finding.code
    return 1 + list(Severity).index(finding.severity), 0, finding.code


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
