"""Insights: what the checks advise about the published documents, and what is owed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from okrsite.findings.codes import CHECKS
from okrsite.findings.finding import Finding, Severity
from okrsite.language.inline import inline_without_links
from okrsite.pages.broken_document import FindingRow, finding_row
from okrsite.pages.checks import ADDRESS as CHECKS_PAGE
from okrsite.pages.checks import check_anchor, check_link, severity_mark
from okrsite.pages.coach import CoachSummary, coach_summary
from okrsite.pages.history import GoalpostList, goalpost_list
from okrsite.pages.owed import Owed, OwedList, owed_check_ins, owed_list, owed_readings
from okrsite.pages.parts import Link, Mark, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Objective, Page, Project

_SHOWN = 12
"""So many findings of a check are shown at once; the rest stands in a fold."""

_SILENT, _OVERDUE = "OKR406", "OKR415"
"""The checks that say what is owed; their findings are the lists of that."""

_URGENT = ("OKR409", "OKR404", "OKR407")
"""Advice on what goes wrong now, which comes before what is merely written badly."""


@dataclass(frozen=True, slots=True)
class InsightRow:
    """A finding, and the document that it is about; without a page there is only the file."""

    document: Link | None
    owners: tuple[Link, ...]
    finding: FindingRow


@dataclass(frozen=True, slots=True)
class InsightGroup:
    """All findings of one check: why it matters, the first of them, and the rest."""

    anchor: str
    mark: Mark
    code: Link
    summary: str
    why: str
    count: str
    findings: tuple[InsightRow, ...]
    more: tuple[InsightRow, ...]
    more_said: str


@dataclass(frozen=True, slots=True)
class OwedGroup:
    """Check-ins or readings that are due: why that matters, and by whom they are owed."""

    anchor: str
    code: Link
    title: str
    why: str
    owed: OwedList


@dataclass(frozen=True, slots=True)
class InsightsView:
    """All that the page of the insights shows, by what needs action first.

    `wrong` are the errors, which leave something out, `urgent` what goes wrong now, `groups` the
    warnings and what could be written better. `checks` leads to what every code says; `coach` is
    None where there are no objectives, `goalposts` where none are known to have moved.
    """

    title: Markup
    context: PageContext
    body: Markup
    wrong: tuple[InsightGroup, ...]
    urgent: tuple[InsightGroup, ...]
    owed: tuple[OwedGroup, ...]
    goalposts: GoalpostList | None
    groups: tuple[InsightGroup, ...]
    checks: Link
    coach: CoachSummary | None


def insights_view(site: Site, address: str, body: Markup) -> InsightsView:
    """Make the page of the insights."""
    context, documents = PageContext(site, address), _documents(site)
    errors = [f for said in site.said.values() for f in said if f.severity is Severity.ERROR]
    advice = [finding for finding in site.advice if finding.code not in (_SILENT, _OVERDUE)]
    urgent = [finding for finding in advice if finding.code in _URGENT]
    rest = [finding for finding in advice if finding.code not in _URGENT]
    return InsightsView(
        title=escape(context.say("Insights")),
        context=context,
        body=body,
        wrong=tuple(_groups(context, documents, errors)),
        urgent=tuple(_groups(context, documents, urgent)),
        owed=tuple(group for group in _owed(context) if group.owed.first),
        goalposts=goalpost_list(context),
        groups=tuple(_groups(context, documents, rest)),
        checks=context.page(context.say("What the checks say"), CHECKS_PAGE),
        coach=coach_summary(context),
    )


def _owed(context: PageContext) -> Iterator[OwedGroup]:
    project = context.site.project
    check_ins = owed_check_ins(context, project.objectives.values())
    yield _owed_group(context, _SILENT, context.say("Check-ins that are due"), check_ins)
    readings = owed_readings(context, project.kpis.values())
    yield _owed_group(context, _OVERDUE, context.say("Readings that are due"), readings)


def _owed_group(context: PageContext, code: str, title: str, owed: tuple[Owed, ...]) -> OwedGroup:
    why = context.say(CHECKS[code].why)
    link = check_link(context, code)
    return OwedGroup(check_anchor(code), link, title, why, owed_list(context, owed))


def _groups(
    context: PageContext, documents: dict[str, "_Document"], findings: Iterable[Finding]
) -> Iterator[InsightGroup]:
    """Group findings by their check, the groups by what needs action first."""
    by_code: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code].append(finding)
    for code, found in sorted(by_code.items(), key=lambda group: _urgency(group[1][0])):
        rows = [_row(context, documents, finding) for finding in found]
        check, more = CHECKS[code], tuple(rows[_SHOWN:])
        yield InsightGroup(
            anchor=check_anchor(code),
            mark=severity_mark(context.words, found[0].severity),
            code=check_link(context, code),
            summary=context.say(check.summary),
            why=context.say(check.why),
            count=context.words.number(len(rows)),
            findings=tuple(rows[:_SHOWN]),
            more=more,
            more_said=context.say("and %(number)s more", number=context.words.number(len(more))),
        )


def _urgency(finding: Finding) -> tuple[int, int, str]:
    """Tell what needs action first: what goes wrong now, then warnings, then drafting."""
    if finding.code in _URGENT:
        return 0, _URGENT.index(finding.code), finding.code
    return 1 if finding.severity is not Severity.ADVICE else 2, 0, finding.code


def _row(context: PageContext, documents: dict[str, "_Document"], finding: Finding) -> InsightRow:
    document = documents.get(finding.path)
    link: Link | None = None
    owners: tuple[Link, ...] = ()
    if document is not None:
        address = context.site.addresses.page(document.page.uri)
        link = Link(inline_without_links(document.page.title), context.href(address))
        owners = context.owners(document.owners)
    objective = document.objective if document is not None else None
    return InsightRow(link, owners, finding_row(context, finding, objective))


@dataclass(frozen=True, slots=True)
class _Document:
    page: Page
    owners: tuple[str, ...]
    objective: Objective | None = None


def _documents(site: Site) -> dict[str, _Document]:
    """Return every published document by its path, and by those of the files that it names."""
    found: dict[str, _Document] = {}
    for document in _all_documents(site.project):
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
    yield from (_Document(owner.page, ()) for owner in project.owners.values() if owner.page)
    yield from (_Document(page, ()) for page in project.cycle_pages.values())
    yield from (_Document(broken.page, ()) for broken in project.broken)
