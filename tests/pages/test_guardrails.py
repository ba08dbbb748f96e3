"""Guardrails: whether they hold, since when not, and what needs attention although it goes well."""

from datetime import date

from markupsafe import Markup

from okrsite.pages.guardrails import BrokenGuardrails, guardrails
from okrsite.pages.home import home_view
from okrsite.pages.objective import objective_view
from okrsite.pages.parts import PageContext
from okrsite.scores.status import Health
from tests.pages.test_insights import html_of, site_of, view_of
from tests.samples import Files, document, objective

WELL = "id: a, title: Reach, from: 0, to: 10, current: 9"
BAD = "id: a, title: Reach, from: 0, to: 10, current: 1"


def kpi(*readings: str) -> str:
    written = ", ".join(f"{{date: {one.split()[0]}, value: {one.split()[1]}}}" for one in readings)
    return document(
        "kpi", "title: Quality", "owner: company", "keep: {min: 80}", f"readings: [{written}]"
    )


def files(result: str, *readings: str, **fields: str) -> Files:
    fields = {"guardrails": "[quality]", **fields}
    return {"kpis/quality.md": kpi(*readings), "okrs/grow.md": objective(result, **fields)}


def attention(files: Files) -> list[tuple[str, str]]:
    view = home_view(site_of(files), "", Markup())
    return [
        (reason, item.row.objective.id)
        for reason, item in view.attention
        if isinstance(item, BrokenGuardrails)
    ]


def test_a_guardrail_that_holds_has_no_day() -> None:
    site = site_of(files(WELL, "2026-10-31 70", "2026-11-10 85"))
    [one] = guardrails(PageContext(site, "x/"), site.project.objectives["okrs/grow"])
    assert (one.since, one.before, one.card.figures.health) == (None, False, Health.HEALTHY)


def test_a_broken_one_says_with_which_reading_it_left_its_range() -> None:
    readings = ("2026-09-30 85", "2026-10-15 79", "2026-10-31 70", "2026-11-10 75")
    site = site_of(files(WELL, *readings))
    [one] = guardrails(PageContext(site, "x/"), site.project.objectives["okrs/grow"])
    assert (one.since, one.before) == (date(2026, 10, 15), False)
    site = site_of(files(WELL, "2026-09-30 75", "2026-11-10 75"))
    [one] = guardrails(PageContext(site, "x/"), site.project.objectives["okrs/grow"])
    assert (one.since, one.before) == (date(2026, 9, 30), True)


def test_after_the_cycle_it_is_as_on_the_closing_day() -> None:
    site = site_of(files(WELL, "2026-09-29 75", "2026-10-20 90", cycle="2026-q3"))
    [one] = guardrails(PageContext(site, "x/"), site.project.objectives["okrs/grow"])
    assert (one.since, one.card.figures.health) == (date(2026, 9, 29), Health.CRITICAL)


def test_the_page_of_the_objective_shows_it() -> None:
    site = site_of(files(WELL, "2026-10-15 79"))
    html = html_of("objective", objective_view(site, "okrs/grow/", Markup(), None, "okrs/grow"))
    part = html[html.index('id="okr-guardrails"') :].partition("</section>")[0]
    assert '<a href="../../kpis/quality/">Quality</a>' in part
    assert "out of its range since 15 Oct" in part


def test_it_needs_attention_when_the_objective_is_on_track() -> None:
    assert attention(files(WELL, "2026-10-15 79")) == [("guardrail", "okrs/grow")]
    assert attention(files(WELL, "2026-10-15 85")) == []
    assert attention(files(BAD, "2026-10-15 79")) == []
    assert attention(files(WELL, "2026-10-15 79", status="draft")) == []
    html = html_of("home", home_view(site_of(files(WELL, "2026-10-15 79")), "", Markup()))
    assert "on track, but out of range:" in html


def test_the_insights_say_it_among_what_is_urgent() -> None:
    view = view_of(files(WELL, "2026-10-15 79"))
    assert next(group.check.code for group in view.urgent) == "OKR417"
