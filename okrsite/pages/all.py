"""Which pages exist: where each one is, what it shows, and what the search finds of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup, escape

from okrsite.documents.types import Type
from okrsite.findings.codes import CHECKS
from okrsite.i18n import message
from okrsite.language.inline import plain
from okrsite.pages.addresses import anchor
from okrsite.pages.alignment import alignment_overview, alignment_view
from okrsite.pages.broken_document import broken_view
from okrsite.pages.check_ins import (
    check_in_document_view,
    check_in_month_view,
    check_in_week_view,
    check_ins_view,
    months_with_check_ins,
    weeks_with_pages,
)
from okrsite.pages.checks import ADDRESS as CHECKS_PAGE
from okrsite.pages.checks import check_anchor, checks_view
from okrsite.pages.comparison import comparison_uri, comparison_view
from okrsite.pages.cycle import cycle_view, cycles_view
from okrsite.pages.home import home_view
from okrsite.pages.insights import insights_view
from okrsite.pages.kpi import kpi_view
from okrsite.pages.kpis import kpis_view
from okrsite.pages.matrix import ADDRESS as MATRIX
from okrsite.pages.matrix import cycles_with_scores, matrix_view
from okrsite.pages.objective import objective_view
from okrsite.pages.owner import owner_view
from okrsite.pages.owners import people_view, teams_view
from okrsite.pages.parts.statuses import HEALTH_WORDS
from okrsite.pages.search_entries import objective_line, objective_status
from okrsite.pages.site import Site
from okrsite.project.model import CheckInDocument, Objective, Owner, Page
from okrsite.project.model.cycles import Cycle

TITLE_ANCHOR = "okr-title"
"""The id of every page's level-1 heading."""

SECTIONS = ("cycles", "teams", "people", "kpis", "alignment", "check-ins", "insights")
"""The parts of the site, in the order of its navigation."""

Builder = Callable[[str, Markup], object]
"""Makes a page's view, given its address and the user's own text."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that the search lands on: its id, its words, and words that lead there."""

    anchor: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page: the file it is made of, and how it is shown.

    `document` is the front matter and body of a document; without one the page is generated, or
    the user's own text is its introduction. `in_navigation` pages are few, whatever the size of
    the organisation. `path` is that of the source. `feeds` is the owner whose feeds go with it.
    """

    uri: str
    title: str
    template: str
    build: Builder
    section: str | None = None
    in_navigation: bool = False
    document: Page | None = None
    words: str = ""
    headings: tuple[Heading, ...] = ()
    takes_retrospective: bool = False
    feeds: str | None = None
    takes_lessons: bool = False


def site_pages(site: Site) -> list[SitePage]:
    """List every page of the site but those that only the user writes."""
    return [
        replace(_home(site), feeds=site.company.id),
        *_cycles(site),
        *_comparisons(site),
        *_owners(site),
        *(_objective(site, objective) for objective in site.project.objectives.values()),
        *_kpis(site),
        *_alignment(site),
        *_check_ins(site),
        _overview(site, "insights", message("Insights"), partial(insights_view, site)),
        *_broken(site),
        _checks(site),
    ]


def _home(site: Site) -> SitePage:
    return SitePage("index.md", plain(site.company.title), "home", partial(home_view, site))


def search_text(page: SitePage, body: Markup) -> str:
    """Return a page's words to the search: its title, body, headings and who it belongs to."""
    title = escape(page.title)
    parts = [Markup('<h1 id="%s">%s</h1>') % (TITLE_ANCHOR, title)]
    if page.words:
        parts.append(Markup("<p>%s</p>") % page.words)
    parts.append(body)
    for heading in page.headings:
        parts.append(Markup('<h2 id="%s">%s</h2>') % (heading.anchor, heading.title))
        if heading.words:
            parts.append(Markup("<p>%s</p>") % heading.words)
    return "\n".join(parts)


def _overview(site: Site, section: str, title: str, build: Builder) -> SitePage:
    return SitePage(
        f"{section}/index.md", site.words.say(title), section.replace("-", "_"), build,
        section, in_navigation=True,
    )  # fmt: skip


def _names(site: Site, owners: Iterable[str]) -> str:
    return ", ".join(plain(site.project.owners[owner].title) for owner in owners)


def _cycles(site: Site) -> Iterator[SitePage]:
    yield _overview(site, "cycles", message("Cycles"), partial(cycles_view, site))
    for cycle in site.cycles:
        yield SitePage(
            uri=site.uri_of_cycle(cycle.id),
            title=plain(cycle.title),
            template="cycle",
            build=partial(cycle_view, site, cycle=cycle),
            section="cycles",
            in_navigation=True,
            document=site.project.cycle_pages.get(cycle.id),
            takes_lessons=True,
        )


def _comparisons(site: Site) -> Iterator[SitePage]:
    if len(cycles_with_scores(site)) < 2:
        return
    title = site.words.say("Owners by cycle")
    yield SitePage(MATRIX, title, "matrix", partial(matrix_view, site), "cycles")
    for owner in site.project.owners.values():
        if uri := comparison_uri(site, owner.id):
            name = plain(owner.title)
            yield SitePage(
                uri=uri,
                title=site.words.say("%(owner)s: cycles compared", owner=name),
                template="comparison",
                build=_with_id(comparison_view, site, owner.id),
                section="cycles",
            )


def _with_cycle(view: Callable[..., object], site: Site, cycle: Cycle) -> Builder:
    return lambda address, body: view(site, address, body, cycle)


def _with_id(view: Callable[..., object], site: Site, id: str) -> Builder:
    return lambda address, body: view(site, address, body, id)


def _owners(site: Site) -> Iterator[SitePage]:
    teams = _overview(site, "teams", message("Teams"), partial(teams_view, site))
    yield SitePage(teams.uri, teams.title, "owners", teams.build, teams.section, in_navigation=True)
    yield _overview(site, "people", message("People"), partial(people_view, site))
    broken = {document.page.uri for document in site.project.broken}
    for owner in site.project.owners.values():
        if owner.page is not None and owner.page.uri not in broken:
            yield _owner(site, owner, owner.page)


def _owner(site: Site, owner: Owner, page: Page) -> SitePage:
    above = [owner.parent] if owner.parent in site.project.owners else []
    return SitePage(
        uri=page.uri,
        title=plain(owner.title),
        template="owner",
        build=_with_id(owner_view, site, owner.id),
        section="people" if owner.type is Type.PERSON else "teams",
        document=page,
        words=_names(site, [o for o in above if o is not None]),
        feeds=owner.id,
    )


def _objective(site: Site, objective: Objective) -> SitePage:
    return SitePage(
        uri=objective.page.uri,
        title=plain(objective.page.title),
        template="objective",
        build=partial(objective_view, site, id=objective.id),
        section="cycles",
        document=objective.page,
        words=_join(objective_line(site, objective.id), objective_status(site, objective.id)),
        headings=tuple(
            Heading(
                anchor(result.id),
                plain(result.title),
                _names(site, result.owners) if result.owners != objective.owners else "",
            )
            for result in objective.key_results
        ),
        takes_retrospective=True,
    )


def _join(*words: str | None) -> str:
    return " · ".join(word for word in words if word)


def _kpis(site: Site) -> Iterator[SitePage]:
    yield _overview(site, "kpis", message("KPIs"), partial(kpis_view, site))
    for kpi in site.project.kpis.values():
        yield SitePage(
            uri=kpi.page.uri,
            title=plain(kpi.page.title),
            template="kpi",
            build=_with_id(kpi_view, site, kpi.id),
            section="kpis",
            document=kpi.page,
            words=_join(
                _names(site, [kpi.owner]) if kpi.owner is not None else None,
                site.words.say(HEALTH_WORDS[site.scorecard.kpis[kpi.id].health]),
            ),
        )


def _alignment(site: Site) -> Iterator[SitePage]:
    yield _overview(site, "alignment", message("Alignment"), partial(alignment_overview, site))
    for cycle in site.cycles:
        if site.by_cycle.get(cycle.id):
            title = site.words.say("Alignment in %(cycle)s", cycle=plain(cycle.title))
            build = _with_cycle(alignment_view, site, cycle)
            yield SitePage(f"alignment/{cycle.id}.md", title, "alignment", build, "alignment")


def _check_ins(site: Site) -> Iterator[SitePage]:
    overview = _overview(site, "check-ins", message("Check-ins"), partial(check_ins_view, site))
    yield replace(overview, feeds=site.company.id)
    for month in months_with_check_ins(site):
        title = site.words.say("Check-ins in %(month)s", month=site.words.month(month))
        uri = f"check-ins/{month:%Y-%m}.md"

        build = partial(check_in_month_view, site, month=month)
        yield SitePage(uri, title, "check_in_month", build, "check-ins")
    yield from _check_in_weeks(site)
    for document in site.project.check_in_documents.values():
        yield _check_in_document(site, document)


def _check_in_weeks(site: Site) -> Iterator[SitePage]:
    weeks = weeks_with_pages(site)
    for week, newer, older in zip(weeks, [None, *weeks], [*weeks[1:], None], strict=False):
        title = site.words.say(
            "Check-ins in week %(week)s of %(year)s", week=week.number, year=week.year
        )
        build = partial(check_in_week_view, site, week=week, newer=newer, older=older)
        yield SitePage(week.uri, title, "check_in_week", build, "check-ins")


def _check_in_document(site: Site, document: CheckInDocument) -> SitePage:
    owners = [document.owner] if document.owner in site.project.owners else []
    return SitePage(
        uri=document.page.uri,
        title=plain(site.title_of(document)),
        template="check_in_document",
        build=_with_id(check_in_document_view, site, document.page.uri),
        section="check-ins",
        document=document.page,
        words=_names(site, [owner for owner in owners if owner is not None]),
    )


def _checks(site: Site) -> SitePage:
    """The page that every code leads to; the search finds a code there."""
    return SitePage(
        uri=CHECKS_PAGE,
        title=site.words.say("What the checks say"),
        template="checks",
        build=partial(checks_view, site),
        section="insights",
        headings=tuple(
            Heading(
                check_anchor(check.code),
                f"{check.code}: {site.words.say(check.summary)}",
                site.words.say(check.why),
            )
            for check in CHECKS.values()
        ),
    )


def _broken(site: Site) -> Iterator[SitePage]:
    for document in site.project.broken:
        yield SitePage(
            uri=document.page.uri,
            title=plain(document.page.title),
            template="broken",
            build=_with_id(broken_view, site, document.page.uri),
            document=document.page,
        )
