"""The page of a KPI in depth: its targets by period and what uses it; those not in use apart."""

import re

from markupsafe import Markup

from okrsite.pages.home import home_view
from okrsite.pages.kpi import KpiView, kpi_view
from okrsite.pages.kpis import kpis_view
from okrsite.pages.owner import owner_view
from okrsite.pages.site import Site
from tests.pages.test_insights import RESULT, html_of, site_of
from tests.samples import Files, document, objective
from tests.scores.test_targets import QUARTERS, READINGS


def kpi(*lines: str, title: str = "Quality") -> str:
    return document("kpi", f"title: {title}", "owner: company", *lines)


def view_of(files: Files, id: str = "kpis/quality") -> KpiView:
    return kpi_view(site_of(files), f"{id}/", Markup(), id)


def test_targets_stand_by_period_with_what_was_reached() -> None:
    view = view_of({"kpis/quality.md": kpi("unit: '%'", "keep: {min: 75}", QUARTERS, READINGS)})
    rows = [
        (row.period and str(row.period.text), row.mark.word, row.distance) for row in view.targets
    ]
    assert rows == [
        ("2026 Q4", "Reached so far", None),
        ("2026 Q3", "Missed", "2 points short"),
        ("2026 Q2", "Target reached", None),
    ]
    assert [row.reading.value for row in view.targets if row.reading] == [91, 86, 81]
    html = html_of("kpi", view)
    part = html[html.index('id="okr-targets"') :].partition("</section>")[0]
    assert "88%" in part
    assert "2 points short" in part


def test_periods_that_are_no_cycle_are_named_by_their_day() -> None:
    lines = "targets: [{value: 5, by: 2026-05-12}, {value: 6, by: 2026-11-20}, {value: 7}]"
    rows = view_of({"kpis/quality.md": kpi(lines)}).targets
    assert [row.period for row in rows] == [None, None, None]
    assert [row.mark.word for row in rows] == ["Still open", "Still open", "No reading"]


def test_a_single_target_has_no_table() -> None:
    assert view_of({"kpis/quality.md": kpi("target: {value: 5}", READINGS)}).targets == ()


def test_the_chart_draws_targets_as_steps() -> None:
    chart = view_of({"kpis/quality.md": kpi("keep: {min: 75}", QUARTERS, READINGS)}).chart
    assert chart is not None
    assert [value for _, value in chart.steps] == [80, 80, 88, 90]
    assert (chart.targets.count("V"), chart.targets.count("H")) == (3, 4)


def test_what_uses_it_is_named() -> None:
    files = {
        "kpis/quality.md": kpi("contributors: [web]"),
        "teams/web.md": document("team", "title: Web"),
        "strategy/people.md": document("pillar", "title: People", "kpis: [quality]"),
        "okrs/new.md": objective(RESULT, title="New", guardrails="[quality]"),
        "okrs/old.md": objective(RESULT, title="Old", guardrails="[quality]", cycle="2026-q3"),
    }
    view = view_of(files)
    assert [str(link.text) for link in view.uses.pillars] == ["People"]
    assert [row.objective.page.title for row in view.uses.guards] == ["New", "Old"]
    html = html_of("kpi", view)
    for text in (">People</a>", ">Old</a>", ">Web</a>", "Guardrail of"):
        assert text in html


def kpis_of(site: Site) -> str:
    return html_of("kpis", kpis_view(site, "kpis/", Markup()))


def test_planned_and_retired_ones_are_apart_and_in_no_count() -> None:
    bad = ("keep: {min: 80}", "readings: [{date: 2026-11-01, value: 1}]")
    site = site_of(
        {
            "kpis/now.md": kpi(*bad, title="Now"),
            "kpis/soon.md": kpi(*bad, "status: planned", title="Soon"),
            "kpis/gone.md": kpi(*bad, "status: retired", title="Gone"),
            "okrs/grow.md": objective(RESULT),
        }
    )
    view = kpis_view(site, "kpis/", Markup())
    assert [card.kpi.page.title for group in view.groups for card in group.rows] == ["Now"]
    assert [card.kpi.page.title for card in view.unattended] == ["Now"]
    assert sum(view.context.health_counts().values()) == 1
    html = kpis_of(site)
    for anchor, title in (("okr-planned", "Soon"), ("okr-retired", "Gone")):
        assert f">{title}</a>" in html[html.index(f'id="{anchor}"') :].partition("</section>")[0]
    home = home_view(site, "", Markup())
    assert [card.kpi.page.title for card in home.kpis] == ["Now"]
    assert [reason for reason, _ in home.attention].count("unhealthy") == 1
    page = kpi_view(site, "kpis/soon/", Markup(), "kpis/soon")
    assert "Planned: it is being set up, and nothing is due" in html_of("kpi", page)


def test_an_owner_s_page_says_which_kpis_are_planned_or_retired() -> None:
    site = site_of(
        {
            "kpis/soon.md": kpi("status: planned", title="Soon"),
            "kpis/gone.md": kpi("status: retired", title="Gone"),
        }
    )
    html = html_of("owner", owner_view(site, "company/", Markup(), "company"))
    assert html.count('<span class="okr-status okr-tone--kpi_planned">Planned</span>') == 1
    assert html.count('<span class="okr-status okr-tone--kpi_retired">Retired</span>') == 1


def test_the_months_of_all_kpis_are_a_table_that_names_them_without_colour() -> None:
    files = {
        "kpis/quality.md": kpi("unit: '%'", "keep: {min: 85}", QUARTERS, READINGS),
        "kpis/old.md": kpi("readings: [{date: 2024-01-31, value: 1}]", title="Old"),
    }
    html = kpis_of(site_of(files))
    part = html[html.index('class="okr-months"') :].partition("</table>")[0]
    assert part.count("<td") == 12  # none for what has no recent reading
    assert part.count('scope="col"') == 13
    row = re.findall(r"<td.*?</td>", part, re.DOTALL)
    september = row[9]
    for text in (">Sept</span>", '<span class="okr-hidden">Warning</span>', "86%", "88%"):
        assert text in september
    assert "–" in row[0]


def test_without_recent_readings_there_are_no_months() -> None:
    assert "okr-months" not in kpis_of(site_of({"kpis/quality.md": kpi()}))


def test_the_page_says_which_letters_of_smart_a_kpi_meets() -> None:
    html = html_of("kpi", view_of({"kpis/quality.md": kpi("keep: {min: 5}")}))
    assert "KPI definition: SMART 1 of 4" in html
    assert "No pillar, no objective and no other KPI uses it." in html
    assert "How this KPI" not in html_of(
        "kpi", view_of({"kpis/quality.md": kpi("status: retired")})
    )
