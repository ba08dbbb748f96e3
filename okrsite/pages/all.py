"""Which pages exist: where each one is, what it shows, and what the search finds of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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
from okrsite.pages.comparison import comparison_parts, comparison_view
from okrsite.pages.cycle import cycle_view, cycles_view
from okrsite.pages.figures import ADDRESS as FIGURES
from okrsite.pages.figures import figures_view
from okrsite.pages.home import home_view
from okrsite.pages.initiatives import cycles_with_initiatives, initiatives_uri, initiatives_view
from okrsite.pages.insights import WRITING, insights_view, writing_view
from okrsite.pages.kpi import kpi_view
from okrsite.pages.kpis import kpis_view
from okrsite.pages.matrix import cycles_with_scores, matrix_parts, matrix_view
from okrsite.pages.objective import objective_view
from okrsite.pages.owner import owner_view
from okrsite.pages.owners import people_view, teams_view
from okrsite.pages.parts.statuses import HEALTH_WORDS
from okrsite.pages.plan import plan_uri, plan_view, planned_cycles
from okrsite.pages.search_entries import objective_line, objective_status
from okrsite.pages.search_words import key_result_texts, kpi_texts, objective_texts
from okrsite.pages.site import Site
from okrsite.pages.strategy import has_strategy, pillar_view, strategy_view
from okrsite.pages.subscriptions import Feeds, owner_feeds, pillar_feeds
from okrsite.pages.this_week import this_week_view, week_view
from okrsite.project.model import KeyResult, Objective, Page
from okrsite.project.model.cycles import State

TITLE_ANCHOR = "okr-title"
"""The id of every page's level-1 heading."""

SECTIONS = (
    "this-week",
    "strategy",
    "cycles",
    "teams",
    "people",
    "kpis",
    "alignment",
    "check-ins",
    "insights",
)
"""The parts of the site, in the order of its navigation."""

Builder = Callable[[str, Markup], object]
"""Returns a page's view, given its address and the user's own text."""


_MOST_CYCLES = 24
"""So many cycles, the newest, are in the navigation, which is on every page."""

FIRST, NEXT, LATER, TEXTS, LAST = 2.0, 1.0, 0.5, 0.25, 0.1
"""What pages weigh in the search: teams, people, KPIs and what is under way come first, then
objectives of other cycles and lists, then check-ins, the user's own pages, and comparisons."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that the search leads to: its id, its title, and extra search terms."""

    anchor: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page: the file that it is made of, and how it is shown.

    `document` is the front matter and body of a document; without one the page is generated, and
    the user's own text is its introduction. `in_navigation` is true for few pages, whatever the
    size of the organisation. `words` are extra search terms, `texts` returns longer ones, and
    `weight` is what the page weighs in the search. `feeds` are those that the page links to.
    """

    uri: str
    title: str
    template: str
    build: Builder
    section: str | None = None
    in_navigation: bool = False
    document: Page | None = None
    words: str = ""
    texts: Callable[[], Sequence[str]] | None = None
    weight: float = NEXT
    headings: tuple[Heading, ...] = ()
    takes_retrospective: bool = False
    feeds: Feeds | None = None
    takes_lessons: bool = False


def site_pages(site: Site) -> list[SitePage]:
    """Return every page of the site but those that only the user writes."""
    company = site.company
    home = partial(home_view, site)
    return [
        SitePage(
            "index.md", plain(company.title), "home", home, feeds=owner_feeds(site, company.id)
        ),
        *_weeks(site),
        *_strategy(site),
        *_cycles(site),
        *_plans(site),
        *_comparisons(site),
        *_initiatives(site),
        *_owners(site),
        *(_objective(site, objective) for objective in site.project.objectives.values()),
        *_kpis(site),
        *_alignment(site),
        *_check_ins(site),
        _overview(site, "insights", message("Needs a decision"), insights_view),
        _writing(site),
        *_broken(site),
        _checks(site),
        _figures(site),
    ]


def search_text(page: SitePage, body: Markup) -> str:
    """Return what the search reads of a page: its title, body, headings and extra terms."""
    parts = [Markup('<h1 id="%s">%s</h1>') % (TITLE_ANCHOR, escape(page.title))]
    if page.words:
        parts.append(Markup("<p>%s</p>") % page.words)
    parts.append(body)
    parts += (Markup("<p>%s</p>") % text for text in (page.texts() if page.texts else ()))
    for heading in page.headings:
        parts.append(Markup('<h2 id="%s">%s</h2>') % (heading.anchor, heading.title))
        if heading.words:
            parts.append(Markup("<p>%s</p>") % heading.words)
    return "\n".join(parts)


def _overview(
    site: Site,
    section: str,
    title: str,
    view: Callable[[Site, str, Markup], object],
    *,
    template: str | None = None,
    feeds: Feeds | None = None,
) -> SitePage:
    return SitePage(
        uri=f"{section}/index.md",
        title=site.words.say(title),
        template=template or section.replace("-", "_"),
        build=partial(view, site),
        section=section,
        in_navigation=True,
        feeds=feeds,
    )


def _cycles(site: Site) -> Iterator[SitePage]:
    yield _overview(site, "cycles", message("Cycles"), cycles_view)
    for number, cycle in enumerate(site.cycles):
        yield SitePage(
            uri=site.uri_of_cycle(cycle.id),
            title=plain(cycle.title),
            template="cycle",
            build=partial(cycle_view, site, cycle=cycle),
            section="cycles",
            weight=FIRST,
            in_navigation=number < _MOST_CYCLES,
            document=site.project.cycle_pages.get(cycle.id),
            takes_lessons=True,
        )


def _weeks(site: Site) -> Iterator[SitePage]:
    if not site.project.objectives:
        return
    feeds = owner_feeds(site, site.company.id)
    yield _overview(site, "this-week", message("This week"), this_week_view, feeds=feeds)
    for week in site.past.weeks_with_pages:
        title = site.words.say("Week %(week)s of %(year)s", week=week.number, year=week.year)
        build = partial(week_view, site, week=week)
        yield SitePage(week.uri, title, "this_week", build, "this-week", feeds=feeds)


def _plans(site: Site) -> Iterator[SitePage]:
    for cycle in planned_cycles(site):
        title = site.words.say("Planning %(cycle)s", cycle=plain(cycle.title))
        build = partial(plan_view, site, cycle=cycle)
        yield SitePage(plan_uri(cycle), title, "plan", build, "cycles")


def _comparisons(site: Site) -> Iterator[SitePage]:
    if len(cycles_with_scores(site)) < 2:
        return
    title = site.words.say("Scores by owner and cycle")
    matrices = matrix_parts(site)
    for number, part in enumerate(matrices):
        build = partial(matrix_view, site, parts=matrices, number=number)
        more = f"{title} ({part.title})" if number else title
        yield SitePage(part.uri, more, "matrix", build, "cycles")
    for owner in site.project.owners.values():
        title = site.words.say("%(owner)s: compare cycles", owner=plain(owner.title))
        comparisons = comparison_parts(site, owner.id)
        for number, pairs in enumerate(comparisons):
            owned = partial(comparison_view, site, owner=owner.id)
            compare = partial(owned, parts=comparisons, number=number)
            more = f"{title} ({pairs.title})" if number else title
            yield SitePage(pairs.uri, more, "comparison", compare, "cycles", weight=LAST)


def _initiatives(site: Site) -> Iterator[SitePage]:
    for cycle in cycles_with_initiatives(site):
        title = site.words.say("Initiatives in %(cycle)s", cycle=plain(cycle.title))
        build = partial(initiatives_view, site, cycle=cycle)
        yield SitePage(initiatives_uri(cycle.id), title, "initiatives", build, "cycles")


def _owners(site: Site) -> Iterator[SitePage]:
    yield _overview(site, "teams", message("Teams"), teams_view, template="owners")
    yield _overview(site, "people", message("People"), people_view)
    broken = {document.page.uri for document in site.project.broken}
    for owner in site.project.owners.values():
        if owner.page is not None and owner.page.uri not in broken:
            yield SitePage(
                uri=owner.page.uri,
                title=plain(owner.title),
                template="owner",
                build=partial(owner_view, site, id=owner.id),
                section="people" if owner.type is Type.PERSON else "teams",
                document=owner.page,
                words=", ".join(site.owner_names(owner.parent)),
                weight=FIRST,
                feeds=owner_feeds(site, owner.id),
            )


def _objective(site: Site, objective: Objective) -> SitePage:
    return SitePage(
        uri=objective.page.uri,
        title=plain(objective.page.title),
        template="objective",
        build=partial(objective_view, site, id=objective.id),
        section="cycles",
        document=objective.page,
        words=_join(objective_line(site, objective), objective_status(site, objective)),
        texts=partial(objective_texts, site, objective),
        weight=FIRST if _is_current(site, objective) else NEXT,
        headings=tuple(
            Heading(anchor(result.id), plain(result.title), _of_result(site, objective, result))
            for result in objective.key_results
        ),
        takes_retrospective=True,
    )


def _is_current(site: Site, objective: Objective) -> bool:
    """Whether an objective is in the cycle that is shown first, or in another one that is open."""
    cycle = site.project.cycles[objective.cycle]
    return cycle is site.home_cycle or cycle.state(site.as_of) is State.OPEN


def _of_result(site: Site, objective: Objective, result: KeyResult) -> str:
    owners = result.owners if result.owners != objective.owners else ()
    return _join(", ".join(site.owner_names(*owners)), *key_result_texts(result))


def _join(*words: str) -> str:
    return " · ".join(filter(None, words))


def _kpis(site: Site) -> Iterator[SitePage]:
    yield _overview(site, "kpis", message("KPIs"), kpis_view)
    for kpi in site.project.kpis.values():
        health = site.words.say(HEALTH_WORDS[site.scorecard.kpis[kpi.id].health])
        yield SitePage(
            uri=kpi.page.uri,
            title=plain(kpi.page.title),
            template="kpi",
            build=partial(kpi_view, site, id=kpi.id),
            section="kpis",
            document=kpi.page,
            words=_join(*site.owner_names(kpi.owner), health),
            texts=partial(kpi_texts, site, kpi),
            weight=FIRST,
        )


def _strategy(site: Site) -> Iterator[SitePage]:
    if has_strategy(site.project):
        yield _overview(site, "strategy", message("Strategy"), strategy_view)
    for pillar in site.project.pillars.values():
        yield SitePage(
            uri=pillar.page.uri,
            title=plain(pillar.page.title),
            template="pillar",
            build=partial(pillar_view, site, id=pillar.id),
            section="strategy",
            document=pillar.page,
            words=_join(*site.owner_names(pillar.owner)),
            weight=FIRST,
            feeds=pillar_feeds(site, pillar.id),
        )


def _alignment(site: Site) -> Iterator[SitePage]:
    yield _overview(site, "alignment", message("Alignment"), alignment_overview)
    for cycle in site.cycles:
        if site.by_cycle.get(cycle.id):
            title = site.words.say("Alignment in %(cycle)s", cycle=plain(cycle.title))
            build = partial(alignment_view, site, cycle=cycle)
            yield SitePage(f"alignment/{cycle.id}.md", title, "alignment", build, "alignment")


def _check_ins(site: Site) -> Iterator[SitePage]:
    say, company = site.words.say, owner_feeds(site, site.company.id)
    yield _overview(site, "check-ins", message("Check-ins"), check_ins_view, feeds=company)
    for month in months_with_check_ins(site):
        title = say("Check-ins in %(month)s", month=site.words.month(month))
        show_month = partial(check_in_month_view, site, month=month)
        uri = f"check-ins/{month:%Y-%m}.md"
        yield SitePage(uri, title, "check_in_month", show_month, "check-ins", weight=LATER)
    weeks = weeks_with_pages(site)
    for week, newer, older in zip(weeks, [None, *weeks], [*weeks[1:], None], strict=False):
        title = say("Check-ins in week %(week)s of %(year)s", week=week.number, year=week.year)
        show_week = partial(check_in_week_view, site, week=week, newer=newer, older=older)
        yield SitePage(week.uri, title, "check_in_week", show_week, "check-ins", weight=LATER)
    for document in site.project.check_in_documents.values():
        yield SitePage(
            uri=document.page.uri,
            title=plain(site.title_of(document)),
            template="check_in_document",
            build=partial(check_in_document_view, site, uri=document.page.uri),
            section="check-ins",
            document=document.page,
            words=", ".join(site.owner_names(document.owner)),
            weight=LATER,
        )


def _writing(site: Site) -> SitePage:
    title, build = site.words.say("Writing"), partial(writing_view, site)
    return SitePage(WRITING, title, "writing", build, "insights", in_navigation=True)


def _checks(site: Site) -> SitePage:
    """Return the page that every code links to; the search finds the codes on it."""
    say = site.words.say
    return SitePage(
        uri=CHECKS_PAGE,
        title=say("Checks explained"),
        template="checks",
        weight=LAST,
        build=partial(checks_view, site),
        section="insights",
        headings=tuple(
            Heading(check_anchor(code), f"{code}: {say(check.summary)}", say(check.why))
            for code, check in CHECKS.items()
        ),
    )


def _figures(site: Site) -> SitePage:
    title = site.words.say("How to read the figures")
    return SitePage(FIGURES, title, "figures", partial(figures_view, site), section="insights")


def _broken(site: Site) -> Iterator[SitePage]:
    for document in site.project.broken:
        page = document.page
        build = partial(broken_view, site, uri=page.uri)
        yield SitePage(page.uri, plain(page.title), "broken", build, document=page)
