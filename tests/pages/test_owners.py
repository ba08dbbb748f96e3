"""The pages of owners and KPIs: what their views say, and the HTML that their templates make."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from lxml import html
from markupsafe import Markup

from okrsite.build import build
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.chart import HEIGHT, WIDTH
from okrsite.pages.home import home_view
from okrsite.pages.kpi import KpiView, kpi_view
from okrsite.pages.kpis import kpis_view
from okrsite.pages.owner import OwnerView, owner_view
from okrsite.pages.owners import people_view, teams_view
from okrsite.pages.render import Renderer
from okrsite.pages.site import Site
from okrsite.scores.status import Health
from okrsite.settings import read_settings
from tests.samples import AS_OF, Shelf, document, objective
from tests.sites import ROOT

THEME = ROOT / "theme"
OUTSIDE = "Outside its healthy range, and no key result in an open cycle addresses it."

FILES: Mapping[str, str] = {
    "company.md": document("company", "title: Acme", "description: Makes *things*"),
    "teams/sales.md": document("team", "title: Sales", "tags: [growth]"),
    "teams/field.md": document("team", "title: Field sales", "parent: sales"),
    "teams/support.md": document("team", "title: Support & service"),
    "people/ada.md": document("person", "title: Ada", "team: field", "description: Drives a van"),
    "people/ben.md": document("person", "title: Ben", "team: sales"),
    "people/zoe.md": document("person", "title: Zoe"),
    "okrs/2026-q4/company/grow.md": objective(
        "id: revenue, title: Double revenue, from: 0, to: 10, current: 5, owner: sales",
        "id: calm, title: Fewer complaints, kpi: complaints, to: 2",
        title="Grow",
        contributors="[sales, ada]",
    ),
    "okrs/2026-q4/sales/win.md": objective(
        "title: New customers, from: 0, to: 100",
        title="Win customers",
        owner="sales",
        check_ins="[{date: 2026-11-09, confidence: 0.8, note: Good *week*, values: {kr1: 40}}]",
    ),
    "okrs/2026-q4/sales/plan.md": objective(
        "title: A plan, done: false", title="A plan", owner="sales", status="draft"
    ),
    "okrs/2026-q3/sales/began.md": objective(
        "title: First customers, from: 0, to: 10, current: 9",
        title="Begin",
        owner="sales",
        cycle="2026-q3",
    ),
    "okrs/2026-q4/field/visit.md": objective(
        "title: Visits, from: 0, to: 10", title="Visit", owner="field"
    ),
    "okrs/2026-q4/sales/check-ins/2026-11-10.md": document(
        "check-in",
        "title: A week on the road",
        "owner: sales",
        "updates: [{objective: win, note: We drove a lot}]",
    ),
    "kpis/complaints.md": document(
        "kpi",
        "title: Complaints",
        "owner: support",
        "indicator: lagging",
        "unit: calls",
        "keep: {max: 4}",
        "alert: {max: 8}",
        "target: {value: 2, by: 2026-12-31}",
        "readings:",
        "  - {date: 2026-09-30, value: 9}",
        "  - {date: 2026-10-31, value: 6, note: A *calmer* month}",
        "  - {date: 2026-12-31, value: 1}",
    ),
    "kpis/speed.md": document(
        "kpi",
        "title: Speed",
        "owner: support",
        "drives: complaints",
        'unit: "%"',
        "keep: {min: 80}",
        "every: week",
        "readings: [{date: 2026-09-01, value: 60}]",
    ),
    "kpis/cash.md": document("kpi", "title: Cash", "owner: company"),
}


@cache
def site() -> Site:
    return site_of(FILES)


def site_of(files: Mapping[str, str]) -> Site:
    settings = read_settings({})
    return build(Shelf(files), settings, "Acme", AS_OF, Words.of("en"), Addresses()).site


def owner(id: str) -> OwnerView:
    return owner_view(site(), f"{id}/", Markup("<p>Our own words.</p>"), id)


def kpi(id: str) -> KpiView:
    return kpi_view(site(), f"kpis/{id}/", Markup(""), f"kpis/{id}")


def html_of(template: str, view: object) -> str:
    return Renderer([str(THEME)], Words.of("en")).render(template, view)


def facts_of(view: KpiView) -> dict[str, str]:
    """Return what is fixed about a KPI as its page shows it, by name."""
    rows = html.fromstring(html_of("kpi", view)).xpath("//dl[@class='okr-facts']/div")
    return {row.xpath("string(dt)"): row.xpath("string(dd)") for row in rows}


def test_teams_are_a_tree_below_the_company() -> None:
    view = teams_view(site(), "teams/", Markup(""))
    assert [(row.owner, row.depth) for row in view.rows] == [
        ("company", 0),
        ("teams/sales", 1),
        ("teams/field", 2),
        ("teams/support", 1),
    ]
    sales = view.rows[1]
    assert sales.figures is not None
    assert (sales.figures.score, sales.objectives) == (0.4, 1)
    assert view.rows[3].figures is None
    text = html_of("owners", view)
    assert '<a href="sales/">Sales</a>' in text
    support = text[text.index('<a href="support/">') :].partition("<tr")[0]
    assert [cell.strip() for cell in support.split("<td>")[3:5]] == ["–", ""]
    assert (
        'href="../cycles/2026-q4/?owner=sales&amp;status=on_track#okr-objectives">1'
        "<i> on track</i></a><td>1\n" in text
    )
    assert view.cycle is not None
    assert "<span>3 teams</span>" in text


def test_people_stand_with_their_team() -> None:
    view = people_view(site(), "people/", Markup(""))
    groups = [
        (group.owner.title if group.owner else None, [row.owner for row in group.rows])
        for group in view.groups
    ]
    assert groups == [
        ("Sales", ["people/ben"]),
        ("Field sales", ["people/ada"]),
        (None, ["people/zoe"]),
    ]
    page = html.fromstring(html_of("people", view))
    assert page.xpath("//tbody/tr[1]/th/descendant-or-self::*[last()]/text()") == [
        "Sales", "Field sales", "Without a team",
    ]  # fmt: skip
    [ada] = page.xpath("//tbody[2]/tr[2]/th/span/text()")
    assert ada == "Drives a van"


def test_a_team_says_what_it_is_and_where_it_stands() -> None:
    view = owner("teams/sales")
    text = html_of("owner", view)
    assert '<span>Team of <a href="../../company/">Acme</a></span>' in text
    assert [str(step.text) for step in view.path] == ["Acme"]
    assert "<span class=okr-tag>growth</span>" in text
    assert view.now is not None
    assert view.now.figures is not None
    assert (view.now.figures.score, view.now.active) == (0.4, 1)
    assert "value>0.40</span><span class=okr-score__expected>expected 0.35</span>" in text
    assert "0.05 ahead of plan" in text
    address = "../../cycles/2026-q4/?owner=sales&amp;status="
    assert f'href="{address}on_track#okr-objectives">1 on track</a>' in text
    assert f'not counted: <a href="{address}draft#okr-objectives">1 draft</a>' in text


def test_objectives_come_by_cycle_the_newest_first_and_drafts_last() -> None:
    now, before = owner("teams/sales").cycles
    assert [row.objective.page.title for row in now.objectives] == ["Win customers", "A plan"]
    assert now.explained is not None
    assert now.explained.numbers == "(1 × 0.40) / 1"
    assert [row.objective.page.title for row in before.objectives] == ["Begin"]
    text = html_of("owner", owner("teams/sales"))
    assert '<section class=okr-group id="okr-2026-q4"' in text
    assert '<details class=okr-fold id="okr-2026-q3"' in text
    assert [one.figures and one.figures.score for one in owner("teams/sales").scores] == [0.4, 0.9]


def test_who_leads_a_team_sees_what_the_team_is_at() -> None:
    view = owner("people/ben")
    assert view.through is not None
    assert str(view.through.team.text) == "Sales"
    titles = [row.objective.page.title for row in view.through.objectives]
    assert titles == ["Win customers"]
    text = html_of("owner", view)
    assert 'id=okr-through>Through <a href="../../teams/sales/">Sales</a>' in text
    assert "0.05 ahead of plan" in text
    assert "front matter" not in text
    assert owner("people/zoe").through is None
    assert owner("teams/sales").through is None


def test_a_team_shows_its_members_and_what_it_does_for_others() -> None:
    view = owner("teams/sales")
    assert [row.owner for row in view.teams] == ["teams/field"]
    assert [row.owner for row in view.people] == ["people/ben"]
    assert [row.objective.page.title for row in view.helps_with] == ["Grow"]
    (result,) = view.key_results
    assert result.result.title == "Double revenue"
    assert result.objective.page.title == "Grow"
    assert result.score == 0.5


def test_check_ins_of_an_owner_are_the_latest_first() -> None:
    from_document, own = owner("teams/sales").check_ins
    assert str(from_document.link.text) == "A week on the road"
    assert [str(link.text) for link in from_document.about] == ["Win customers"]
    assert (own.date, own.confidence) == (date(2026, 11, 9), 0.8)
    text = html_of("owner", owner("teams/sales"))
    assert "<time datetime=2026-11-09>9 Nov 2026</time>" in text
    assert "<span class=okr-list__end>confidence 0.8</span>" in text
    assert "<span class=okr-soft>Good <em>week</em></span>" in text
    assert own.link.href == "../../okrs/2026-q4/sales/win/#okr-check-ins"


def test_a_person_stands_below_their_team() -> None:
    view = owner("people/ada")
    assert [str(step.text) for step in view.path] == ["Acme", "Sales", "Field sales"]
    text = html_of("owner", view)
    assert '<span>Person in <a href="../../teams/field/">Field sales</a></span>' in text
    assert view.now is None
    assert view.cycles == ()
    assert "<code>" not in text
    assert view.through is not None
    assert [row.objective.page.title for row in view.through.objectives] == ["Visit"]
    assert [row.objective.page.title for row in view.helps_with] == ["Grow"]


def test_people_without_a_team_are_the_company_s() -> None:
    view = owner("company")
    text = html_of("owner", view)
    assert "<span>Company</span>" in text
    assert [row.owner for row in view.people] == ["people/zoe"]
    assert "<p>Makes <em>things</em></p>" in text


def test_only_who_can_edit_reads_how_to_write() -> None:
    files = {"company.md": document("company", "title: Acme")}
    reader = owner_view(site_of(files), "company/", Markup(""), "company")
    assert "<code>" not in html_of("owner", reader)
    editor = Addresses(editing="https://github.com/acme/okrs/edit/main/content/", docs="content")
    site = build(Shelf(files), read_settings({}), "Acme", AS_OF, Words.of("en"), editor).site
    text = html_of("owner", owner_view(site, "company/", Markup(""), "company"))
    assert "<code>owner: company</code>" in text


def test_what_is_owed_stands_on_the_page_of_who_owes_it() -> None:
    [overdue] = owner("teams/support").overdue
    assert overdue.kpi is not None
    assert overdue.kpi.page.title == "Speed"
    assert overdue.text(Words.of("en")) == "last reading 1 Sept 2026, due 8 Sept 2026"
    [overdue] = owner("teams/field").overdue
    assert overdue.objective is not None
    assert overdue.objective.page.title == "Visit"
    assert owner("people/ben").overdue == ()


def test_the_dashboard_goes_by_owner_and_calls_out_what_nobody_works_on() -> None:
    view = kpis_view(site(), "kpis/", Markup(""))
    groups = [
        (group.owner and group.owner.title, [card.kpi.page.title for card in group.rows])
        for group in view.groups
    ]
    assert groups == [("Acme", ["Cash"]), ("Support & service", ["Complaints", "Speed"])]
    text = html_of("kpis", view)
    assert (
        '<h2 id="okr-teams-support"><a href="../teams/support/">Support &amp; service</a>' in text
    )
    counts = {Health.WARNING: 1, Health.CRITICAL: 1, Health.UNKNOWN: 1}
    assert view.context.health_counts() == counts
    for count in ("1 warning", "1 critical", "1 unknown"):
        assert f">{count}<" in text
    assert '<span class="okr-stale">2 readings overdue</span>' in text
    assert [card.kpi.page.title for card in view.unattended] == ["Speed"]
    assert 'Speed</a> <span class="okr-soft">60%, healthy ≥ 80%</span>' in text


def test_a_kpi_of_a_private_owner_comes_last() -> None:
    files = {
        "teams/secret.md": document("team", "title: Secret", "visibility: private"),
        "teams/open.md": document("team", "title: Open"),
        "kpis/a.md": document("kpi", "title: A", "owner: secret"),
        "kpis/b.md": document("kpi", "title: B", "owner: open"),
    }
    view = kpis_view(site_of(files), "kpis/", Markup(""))
    assert [group.owner and group.owner.title for group in view.groups] == ["Open", None]
    assert '<h2 id="okr-without-an-owner">Without an owner</h2>' in html_of("kpis", view)


def test_a_kpi_says_its_range_its_target_and_how_far_that_is() -> None:
    view = kpi("complaints")
    assert facts_of(view) == {
        "Healthy": "≤ 4\u00a0calls",
        "Critical": "above 8\u00a0calls",
        "Target": "2\u00a0calls by 31 Dec 2026, 4\u00a0calls to go",
        "Reading due": "every month",
        "Indicator": "lagging: confirms afterwards",
        "Owner": "Support & service",
    }
    text = html_of("kpi", view)
    assert '<dd><a href="../../teams/support/">Support &amp; service</a></dd>' in text
    assert "value>6\u00a0calls</span><span class=okr-score__expected>31 Oct 2026</span>" in text
    assert view.card.figures.health is Health.WARNING
    assert "<span>−3\u00a0calls since 30 Sept</span>" in text
    assert "reading overdue" not in text


def test_a_kpi_s_readings_are_the_newest_first_each_with_its_health_and_place() -> None:
    rows = kpi("complaints").readings
    assert [(reading.value, health) for reading, health in rows] == [
        (6, Health.WARNING), (9, Health.CRITICAL),
    ]  # fmt: skip
    cells = html.fromstring(html_of("kpi", kpi("complaints"))).xpath("//tbody/tr")
    assert [row.xpath("string(th)") for row in cells] == ["31 Oct 2026", "30 Sept 2026"]
    assert [row.xpath("string(td[1])") for row in cells] == ["6\u00a0calls", "9\u00a0calls"]
    assert [row.xpath("string(td[2])") for row in cells] == ["Warning", "Critical"]
    assert "A <em>calmer</em> month" in html_of("kpi", kpi("complaints"))
    place = rows[0][0].place
    assert (place.path, place.line) == ("content/kpis/complaints.md", 12)


def test_a_kpi_leads_to_what_works_on_it_and_to_its_neighbours() -> None:
    view = kpi("complaints")
    text = html_of("kpi", view)
    assert "<span>Target of 1 key result</span>" in text
    assert OUTSIDE not in text
    (work,) = view.focus
    assert (work.objective.id, work.result.id) == ("okrs/2026-q4/company/grow", "calm")
    assert 'href="../../okrs/2026-q4/company/grow/#calm"' in text
    assert view.others == ()
    [driver] = html.fromstring(text).xpath("//h2[@id='okr-driven-by']/following-sibling::ul/li")
    words = [driver.xpath(f"string({way})") for way in ("span[1]", "span[2]", ".//strong")]
    assert words == ["Critical", "Speed", "60%"]
    speed = html.fromstring(html_of("kpi", kpi("speed")))
    [driven] = speed.xpath("//h2[@id='okr-drives']/following-sibling::ul/li")
    assert driven.xpath("string(span[2])") == "Complaints"


def test_an_unhealthy_kpi_that_nobody_works_on_says_so() -> None:
    text = html_of("kpi", kpi("speed"))
    assert "<span>Health metric</span>" in text
    assert OUTSIDE in text
    assert "reading overdue: the last is 75 days old" in text


def test_key_results_of_other_cycles_stand_apart() -> None:
    files = {
        **FILES,
        "okrs/2026-q3/company/calm.md": objective(
            "id: less, title: Less noise, kpi: complaints, to: 5", title="Calm", cycle="2026-q3"
        ),
    }
    view = kpi_view(site_of(files), "kpis/complaints/", Markup(""), "kpis/complaints")
    assert [row.objective.page.title for row in view.focus] == ["Grow"]
    assert [row.objective.page.title for row in view.others] == ["Calm"]


@pytest.mark.parametrize(
    ("value", "by", "said"),
    [
        ("2", "2026-12-31", "2\u00a0calls by 31 Dec 2026, 4\u00a0calls to go"),
        ("2", "2026-10-31", "2\u00a0calls by 31 Oct 2026, 4\u00a0calls short"),
        ("6", "2026-10-31", "6\u00a0calls by 31 Oct 2026, reached"),
        ("6", None, "6\u00a0calls, reached"),
    ],
)
def test_how_far_a_target_is(value: str, by: str | None, said: str) -> None:
    written = f"target: {{value: {value}{f', by: {by}' if by else ''}}}"
    text = FILES["kpis/complaints.md"].replace("target: {value: 2, by: 2026-12-31}", written)
    changed = site_of({**FILES, "kpis/complaints.md": text})
    view = kpi_view(changed, "kpis/complaints/", Markup(""), "kpis/complaints")
    assert facts_of(view)["Target"] == said


def test_a_chart_holds_all_that_it_draws() -> None:
    chart = kpi("complaints").chart
    assert chart is not None
    assert len(chart.dots) == 2
    assert chart.end == chart.dots[-1]
    heights = [*map(float, re.findall(r"(?:V|M0 )([0-9.]+)", chart.targets)), *chart.alerts]
    assert len(heights) == 3
    drawn = [*chart.dots, *((0, height) for height in heights)]
    assert all(0 <= across <= WIDTH and 0 <= down <= HEIGHT for across, down in drawn)
    assert chart.range == (pytest.approx(110, abs=1), pytest.approx(50, abs=1))
    assert [level for _, level in chart.levels] == [2, 4, 6, 8]
    heights = [height for height, _ in chart.levels]
    assert heights == sorted(heights, reverse=True)
    third = "readings:\n  - {date: 2026-08-31, value: 7}"
    three = {**FILES, "kpis/complaints.md": FILES["kpis/complaints.md"].replace("readings:", third)}
    view = kpi_view(site_of(three), "kpis/complaints/", Markup(""), "kpis/complaints")
    text = html_of("kpi", view)
    keys = ("healthy ≤ 4\u00a0calls", "critical above 8\u00a0calls", "target 2\u00a0calls")
    assert [f">{level}</text>" in text for level in (2, 4, 6, 8)] == [True] * 4
    assert re.findall(r">([^<>]+)</span>", text.partition("<figcaption")[2])[:3] == [*keys]
    assert "lowest 6\u00a0calls on 31 Oct 2026" in text
    assert kpi("speed").chart is None


def test_a_reading_or_two_are_said_in_words_with_the_day_of_the_next() -> None:
    def trend(*readings: str, **more: str) -> str:
        lines = [f"{name}: {value}" for name, value in more.items()]
        text = document("kpi", "owner: company", *lines, f"readings: [{', '.join(readings)}]")
        view = kpi_view(site_of({"kpis/k.md": text}), "kpis/k/", Markup(""), "kpis/k")
        return html_of("kpi", view).partition('id="okr-trend"')[2].partition("</section>")[0]

    october, november = "{date: 2026-10-31, value: 5}", "{date: 2026-11-14, value: 6}"
    one = trend(october)
    assert "One reading so far: 5 on 31 Oct 2026. The next is due by 1 Dec 2026." in one
    assert "<svg" not in one
    two = trend(october, november, every="week")
    assert "Two readings so far: 5 on 31 Oct 2026, 6 on 14 Nov 2026." in two
    assert "The next is due by 21 Nov 2026." in two
    assert "The next was due by 7 Nov 2026." in trend(october, every="week")
    assert "The next" not in trend(october, status="retired")
    assert "<svg" in trend("{date: 2026-09-30, value: 4}", october, november)
    assert trend() == ""


def test_a_reading_of_the_last_day_of_a_month_is_drawn_in_it() -> None:
    days = ("2026-01-31", "2026-02-28", "2026-03-31")
    text = document(
        "kpi", "owner: company", *("readings:", *(f"  - {{date: {d}, value: 3}}" for d in days))
    )
    chart = kpi_view(site_of({"kpis/k.md": text}), "kpis/k/", Markup(""), "kpis/k").chart
    assert chart is not None
    assert chart.first == date(2026, 1, 1)
    starts = {day: 6 * x for x, day in chart.months}
    read = [across for across, _ in chart.dots]
    assert starts[date(2026, 1, 1)] < read[0] < starts[date(2026, 2, 1)]
    assert starts[date(2026, 2, 1)] < read[1] < starts[date(2026, 3, 1)]


@pytest.mark.parametrize(("last", "falls"), [(61, True), (90, True), (99, False)])
def test_the_label_of_a_value_that_fell_has_room_below_its_point(last: int, falls: bool) -> None:
    days = [f"  - {{date: 2026-0{month}-28, value: {value}}}" for month, value in
            enumerate((97, 98, 61, 98, last), start=5)]  # fmt: skip
    text = document("kpi", "owner: company", "unit: '%'", "readings:", *days)
    chart = kpi_view(site_of({"kpis/k.md": text}), "kpis/k/", Markup(""), "kpis/k").chart
    assert chart is not None
    assert chart.falls == falls
    assert chart.end[1] + 20 < HEIGHT or not falls


def test_a_chart_of_equal_values_has_one_level() -> None:
    text = document(
        "kpi",
        "owner: company",
        "readings:",
        *(f"  - {{date: 2026-10-0{d}, value: 3}}" for d in "12"),
    )
    chart = kpi_view(site_of({"kpis/flat.md": text}), "kpis/flat/", Markup(""), "kpis/flat").chart
    assert chart is not None
    assert chart.levels == ((HEIGHT / 2, 3),)
    assert chart.end[1] == HEIGHT / 2


def test_a_long_series_is_drawn_and_listed_small() -> None:
    days = [
        f"20{year:02}-{month:02}-{day:02}"
        for year in range(26)
        for month in (1, 6)
        for day in range(1, 25)
    ]
    files = {
        "kpis/long.md": document("kpi", "owner: company", "data: long.csv"),
        "kpis/long.csv": "\n".join(["date,value", *(f"{day},{n}" for n, day in enumerate(days))]),
    }
    view = kpi_view(site_of(files), "kpis/long/", Markup(""), "kpis/long")
    assert view.chart is not None
    assert len(view.chart.path) < 5000
    assert view.chart.dots == ()
    assert 200 < len(view.readings) + len(view.older) <= 240
    assert view.number_older == 1236
    text = html_of("kpi", view)
    assert f"{len(view.older)} of 1,236 older readings" in text
    assert view.older[-1][0].value == 0
    assert view.readings[0][0].value == 1247
    assert '<data value="1247">1,247</data>' in text


VIEWS = {
    "owners": lambda s, body: teams_view(s, "teams/", body),
    "people": lambda s, body: people_view(s, "people/", body),
    "kpis": lambda s, body: kpis_view(s, "kpis/", body),
}


def pages() -> dict[str, tuple[str, object]]:
    """Return a page of every kind, and one of each with nothing to show."""
    body = Markup("<p>Our own words.</p>")
    bare = site_of({"kpis/bare.md": document("kpi", "owner: company")})
    empty = site_of({"company.md": document("company", "title: Acme")})
    shown = {name: (name, view(site(), body)) for name, view in VIEWS.items()}
    shown |= {f"{name}, empty": (name, view(empty, body)) for name, view in VIEWS.items()}
    for id in ("company", "teams/sales", "teams/support", "people/ada", "people/zoe"):
        shown[id] = "owner", replace(owner(id), body=body)
    for id in ("complaints", "speed", "cash"):
        shown[id] = "kpi", replace(kpi(id), body=body)
    shown["bare"] = "kpi", kpi_view(bare, "kpis/bare/", body, "kpis/bare")
    return shown


@pytest.mark.parametrize("name", pages())
def test_a_page_keeps_the_rules_of_every_page(name: str) -> None:
    template, view = pages()[name]
    text = html_of(template, view)
    page = html.fromstring(text)
    headings = page.xpath("//h1 | //h2 | //h3")
    assert headings[0].get("id") == "okr-title"
    assert len(page.xpath("//h1")) == 1
    assert "Our own words." in text
    assert not page.xpath("//@style | //script | //*[starts-with(@href, 'data:')]")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(table.xpath("caption[normalize-space()]") for table in page.xpath("//table"))
    assert not page.xpath("//th[not(@scope)]")
    assert all(svg.get("aria-label") or svg.get("aria-hidden") for svg in page.xpath("//svg"))
    assert not page.xpath("//a[not(@href)] | //summary//a")
    assert all(time.get("datetime") for time in page.xpath("//time"))


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("owners, empty", "No teams yet."),
        ("people, empty", "No people yet."),
        ("kpis, empty", "No KPIs yet."),
        ("people/zoe", "No objectives yet."),
        ("bare", "No readings yet."),
    ],
)
def test_an_empty_page_says_what_to_do(name: str, beginning: str) -> None:
    template, view = pages()[name]
    text = html_of(template, view)
    said = [p.text_content() for p in html.fromstring(text).xpath("//p[@class='okr-empty']")]
    assert any(sentence.startswith(beginning) for sentence in said)
    # A reader cannot write the missing document; who can edit is told how.
    assert name == "people/zoe" or any(len(sentence) > 30 for sentence in said)


def test_a_person_owes_a_check_in_where_they_own_a_key_result() -> None:
    files = {
        "people/kim.md": document("person", "title: Kim"),
        "okrs/shared.md": objective(
            "id: a, title: Reach, to: 5", "id: b, title: Help, to: 3, owner: kim", title="Shared"
        ),
    }
    site = build(Shelf(files), read_settings({}), "Acme", AS_OF, Words.of("en"), Addresses()).site
    [overdue] = owner_view(site, "people/kim/", Markup(), "people/kim").overdue
    assert (overdue.objective and overdue.objective.page.title, overdue.text(Words.of("en"))) == (
        "Shared", "no update yet, due 8 Oct 2026",
    )  # fmt: skip


def test_who_is_gone_is_listed_last_and_owes_nothing() -> None:
    gone = {
        "people/ann.md": document("person", "title: Ann", "team: sales", "until: 2026-10-31"),
        "okrs/2026-q4/ann/left.md": objective("title: A, to: 10", title="Left", owner="ann"),
    }
    found = site_of({**FILES, **gone})
    view = owner_view(found, "teams/sales/", Markup(""), "teams/sales")
    assert view.people[-1].owner == "people/ann"
    assert "Former, until 31 Oct 2026" in html_of("owner", view)
    ann = owner_view(found, "people/ann/", Markup(""), "people/ann")
    assert (ann.overdue, ann.proposal) == ((), None)
    assert "<span>Former, until 31 Oct 2026</span>" in html_of("owner", ann)
    assert [cycle.objectives for cycle in ann.cycles]


def test_the_counts_next_to_a_status_are_those_of_what_it_comes_from() -> None:
    behind = objective("id: a, title: A, from: 0, to: 10, current: 1", title="Behind")
    ahead = objective("id: a, title: A, from: 0, to: 10, current: 6", title="Ahead", owner="web")
    files = {"company.md": document("company", "title: Acme"), "teams/web.md": document("team")}
    files |= {"okrs/2026-q4/company/behind.md": behind}
    files |= {f"okrs/2026-q4/web/ahead-{number}.md": ahead for number in range(5)}
    site = site_of(files)
    home = html_of("home", home_view(site, "./", Markup("")))
    lead = home[home.index("okr-lead") : home.index('id="okr-objectives"')]
    words = " ".join(re.sub(r"<[^>]*>", " ", lead).split())
    assert "6 objectives" in words
    assert "0.25 behind plan At risk" in words
    assert words.index("5 on track") < words.index("1 at risk")
    assert "Across the organisation, 1 of 6 objectives is at risk or off track." in words
    team = html_of("owner", owner_view(site, "teams/web/", Markup(""), "teams/web"))
    lead = team[team.index("okr-lead") : team.index("id=okr-objectives")]
    assert "5 on track" in lead


def test_what_is_behind_near_the_end_is_not_blamed_on_confidence() -> None:
    text = objective(
        "id: a, title: A, from: 0, to: 10, current: 7",
        commitment="committed",
        check_ins="[{date: 2026-11-10, confidence: 0.6}]",
        cycle='"2026"',
    )
    site = site_of({"okrs/2026/company/late.md": text})
    home = html_of("home", home_view(site, "./", Markup("")))
    assert "0.17 behind plan" in home
    assert "confidence fell" not in home
