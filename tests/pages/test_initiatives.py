"""Initiatives: in the order of their due days, on the pages of all that they belong to."""

from markupsafe import Markup

from okrsite.documents.values import InitiativeStatus
from okrsite.pages.all import site_pages
from okrsite.pages.initiatives import (
    cycle_initiatives,
    initiatives_view,
    objective_initiatives,
    owner_initiatives,
)
from okrsite.pages.owner import owner_view
from okrsite.pages.parts import PageContext
from okrsite.pages.site import Site
from tests.pages.test_insights import RESULT, html_of, site_of
from tests.samples import Files, document, objective

WEB = {
    "teams/web.md": document("team", "title: Web"),
    "teams/shop.md": document("team", "title: Shop"),
}


def grow(*initiatives: str, **fields: str) -> str:
    lines = "\n".join(f"  - {{{one}}}" for one in initiatives)
    written = objective(RESULT, owner="web", **fields)
    return written.replace("key_results:", f"initiatives:\n{lines}\nkey_results:")


FILES: Files = {
    **WEB,
    "okrs/grow.md": grow(
        "title: Later, due: 2026-12-01, status: doing, progress: 40%, key_result: a",
        "title: Never, status: todo",
        "title: Late, due: 2026-11-01, status: todo, owner: shop",
        "title: Ended, due: 2026-10-01, status: done",
        "title: Dropped, due: 2026-10-05, status: dropped",
    ),
}


def titles(rows: tuple) -> list[str]:  # type: ignore[type-arg]
    return [row.initiative.title for row in rows]


def context_of(site: Site) -> PageContext:
    return PageContext(site, "x/")


def test_they_are_by_due_day_with_those_that_ended_last() -> None:
    site = site_of(FILES)
    rows = objective_initiatives(site, site.project.objectives["okrs/grow"])
    assert titles(rows) == ["Late", "Later", "Never", "Ended", "Dropped"]
    assert [row.overdue for row in rows] == [True, False, False, False, False]
    assert rows[0].owners == ("teams/shop",)
    assert rows[1].owners == ("teams/web",)


def test_nothing_is_overdue_in_a_draft_or_after_the_cycle() -> None:
    for fields in ({"status": "draft"}, {"status": "cancelled"}, {"cycle": "2026-q3"}):
        site = site_of({**WEB, "okrs/grow.md": grow("title: Late, due: 2026-09-01", **fields)})
        [row] = objective_initiatives(site, site.project.objectives["okrs/grow"])
        assert not row.overdue


def test_a_cycle_lists_those_under_way_and_counts_the_rest() -> None:
    site = site_of(FILES)
    found = cycle_initiatives(context_of(site), site.project.cycles["2026-q4"])
    assert (titles(found.rows), found.more, found.ended) == (["Late", "Later", "Never"], 0, 2)
    [link] = found.pages
    assert link.href == "../initiatives/2026-q4/"


def test_of_many_only_the_first_are_listed() -> None:
    many = [f"title: Work {number}" for number in range(15)]
    site = site_of({**WEB, "okrs/grow.md": grow(*many)})
    found = cycle_initiatives(context_of(site), site.project.cycles["2026-q4"])
    assert (len(found.rows), found.more) == (12, 3)


def test_an_owner_has_their_own_and_those_of_their_objectives_without_an_owner() -> None:
    context = context_of(site_of(FILES))
    assert titles(owner_initiatives(context, "teams/shop").rows) == ["Late"]
    assert titles(owner_initiatives(context, "teams/web").rows) == ["Later", "Never"]
    assert titles(owner_initiatives(context, "teams/web").ended_rows) == ["Ended", "Dropped"]
    closed = site_of({**WEB, "okrs/grow.md": grow("title: Old", cycle="2026-q3")})
    assert owner_initiatives(context_of(closed), "teams/web").rows == ()


def test_the_page_of_an_owner_names_in_a_fold_what_ended_and_that_of_a_cycle_counts_it() -> None:
    many = [f"title: Work {number}, status: done" for number in range(15)]
    site = site_of({**WEB, "okrs/grow.md": grow(*many)})
    html = html_of("owner", owner_view(site, "teams/web/", Markup(), "teams/web"))
    part = html[html.index('id="okr-initiatives"') :].partition("</section>")[0]
    assert "<summary>15 done or dropped</summary>" in part
    assert (part.count("okr-initiative--done"), "and 3 more" in part) == (12, True)
    cycle = cycle_initiatives(context_of(site), site.project.cycles["2026-q4"])
    assert (cycle.ended, cycle.ended_rows) == (15, ())


def test_only_cycles_with_initiatives_have_a_page_of_them() -> None:
    site = site_of({**FILES, "okrs/old.md": objective(RESULT, cycle="2026-q3")})
    pages = [page.uri for page in site_pages(site) if page.template == "initiatives"]
    assert pages == ["initiatives/2026-q4.md"]


def test_the_page_of_a_cycle_can_be_filtered_by_what_they_differ_in() -> None:
    site = site_of(FILES)
    view = initiatives_view(site, "initiatives/2026-q4/", Markup(), site.project.cycles["2026-q4"])
    assert view.filters is not None
    assert view.filters.statuses == tuple(InitiativeStatus)
    assert (view.filters.stale, view.filters.overdue) == (True, True)
    assert list(view.filters.owners) == ["shop", "web"]
    assert (titles(view.open), titles(view.ended)) == (
        ["Late", "Later", "Never"],
        ["Ended", "Dropped"],
    )
    html = html_of("initiatives", view)
    assert html.count("data-okr-stale=stale") == 1
    assert '<span class="okr-status okr-tone--off_track">Overdue</span>' in html
    assert "They never affect a score." in html
    assert "40%" in html
    assert ">due 1 Dec<" in html


def test_the_page_of_a_cycle_can_be_filtered_by_the_pillars_that_their_objectives_serve() -> None:
    files = {
        **FILES,
        "strategy/guests.md": document("pillar", "title: Guests"),
        "okrs/calm.md": grow("title: Calmer", pillars="[guests]"),
    }
    site = site_of(files)
    view = initiatives_view(site, "initiatives/2026-q4/", Markup(), site.project.cycles["2026-q4"])
    assert view.filters is not None
    assert list(view.filters.pillars) == ["guests", "none"]
    html = html_of("initiatives", view)
    assert html.count("data-okr-pillar=guests") == 1
    assert html.count("data-okr-pillar=none") == 5


def test_they_change_no_score() -> None:
    with_them = site_of(FILES).scorecard.objectives["okrs/grow"]
    without = site_of({**WEB, "okrs/grow.md": objective(RESULT, owner="web")})
    assert with_them == without.scorecard.objectives["okrs/grow"]
