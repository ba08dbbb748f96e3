"""The strategy and its pillars: lanes, cells, counts, and what is private."""

import time
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from lxml import html
from markupsafe import Markup

from okrsite.pages.alignment import alignment_view
from okrsite.pages.all import site_pages
from okrsite.pages.cycle import cycle_view
from okrsite.pages.home import home_view
from okrsite.pages.objective import objective_view
from okrsite.pages.owner import owner_view
from okrsite.pages.strategy import StrategyView, pillar_view, strategy_view
from tests.pages.test_cycles_pages import html_of, site_of
from tests.samples import Files, document, export_of, objective
from tests.sites import build_well, write_site

RESULT = "id: a, title: Reach, from: 0, to: 10, current: {}"


def scored(value: float, **fields: str) -> str:
    return objective(RESULT.format(value), **fields)


FILES: Files = {
    "company.md": document("company", "title: Acme", "mission: Help *all*", "vision: Everywhere"),
    "teams/sales.md": document(
        "team", "title: Sales", "links: [{title: Our board, url: 'https://board.example/s'}]"
    ),
    "strategy/guests.md": document(
        "pillar", "title: Guests", "description: They return.", "owner: sales", "order: 1",
        "kpis: [mood, calls]",
    ),
    "strategy/money.md": document("pillar", "title: Money", "order: 2"),
    "kpis/mood.md": document(
        "kpi", "title: Mood", "owner: sales", "keep: {min: 5}",
        "readings: [{date: 2026-09-01, value: 4}, {date: 2026-10-01, value: 6}]",
    ),
    "kpis/calls.md": document("kpi", "title: Calls", "owner: sales"),
    "kpis/lonely.md": document("kpi", "title: Lonely", "owner: sales"),
    "okrs/year.md": scored(6, title="Year", cycle="2026", pillars="[guests]", origin="top-down"),
    "okrs/below.md": scored(4, title="Below", owner="sales", aligns_to="year"),
    "okrs/behind.md": scored(0, title="Behind", owner="sales", aligns_to="year"),
    "okrs/both.md": scored(4, title="Both", owner="sales", pillars="[money, guests]"),
    "okrs/alone.md": scored(4, title="Alone", owner="sales", aligns_to="year", pillars="[]"),
    "okrs/draft.md": scored(4, title="Draft", status="draft", pillars="[guests]"),
    "okrs/before.md": scored(
        9, title="Before", cycle="2026-q3", pillars="[guests]", contributors="[sales]"
    ),
}  # fmt: skip


def strategy(files: Files = FILES) -> StrategyView:
    return strategy_view(site_of(files), "strategy/", Markup())


def page_of(template: str, view: object) -> Any:
    return html.fromstring(html_of(template, view))


def test_every_pillar_is_a_lane_with_its_kpis_and_a_cell_a_cycle() -> None:
    view = strategy()
    assert [cycle.title for cycle in view.cycles] == ["2026", "2026 Q4"]
    lanes = {lane.pillar.page.title if lane.pillar else None: lane for lane in view.lanes}
    assert list(lanes) == ["Guests", "Money", None]
    titles = [
        [[row.objective.page.title for row in cell.rows] for cell in lane.cells]
        for lane in view.lanes
    ]
    # Of each cell the worst comes first; drafts are in none.
    assert titles == [
        [["Year"], ["Behind", "Below", "Both"]],
        [[], ["Both"]],
        [[], ["Alone"]],
    ]
    kpis = [[card.kpi.page.title for card in lane.kpis] for lane in view.lanes]
    assert kpis == [["Mood", "Calls"], [], ["Lonely"]]


def test_where_nothing_is_tried_the_page_says_so() -> None:
    page = page_of("strategy", strategy())
    gaps = page.xpath("//*[@class='okr-gap']")
    assert [" ".join(gap.text_content().split()) for gap in gaps] == [
        "No KPI shows how this pillar is doing.",
        "No objective for 2026.",
    ]
    [heading] = page.xpath("//*[@id='okr-mission']/..")
    assert heading.xpath("string(.//em)") == "all"
    anchors = [a.get("href") for a in page.xpath("//nav[@class='okr-chips']//a")]
    assert anchors == ["#okr-strategy-guests", "#okr-strategy-money", "#okr-without-a-pillar"]
    assert all(page.xpath(f"//section[@id='{anchor[1:]}']") for anchor in anchors)


def test_without_pillars_the_mission_stands_alone_and_without_anything_there_is_no_page() -> None:
    only = {"company.md": FILES["company.md"], "okrs/a.md": scored(3)}
    page = page_of("strategy", strategy(only))
    assert not page.xpath("//*[contains(@class, 'okr-lane')]")
    assert "No pillars yet." in page.text_content()
    uris = [one.uri for one in site_pages(site_of({"okrs/a.md": scored(3)}))]
    assert "strategy/index.md" not in uris


def test_a_count_leads_to_the_list_that_it_counts() -> None:
    site = site_of(FILES)
    page = page_of("strategy", strategy_view(site, "strategy/", Markup()))
    cycle = page_of("cycle", cycle_view(site, "", Markup(), site.project.cycles["2026-q4"]))
    counted = 0
    for link in page.xpath("//p[contains(@class, 'okr-counts')]/a"):
        address = urlsplit(link.get("href"))
        assert (address.path, address.fragment) == ("../cycles/2026-q4/", "okr-objectives")
        [status], [pillar] = (parse_qs(address.query)[name] for name in ("status", "pillar"))
        rows = {
            row.xpath("string(.//a)")
            for row in cycle.xpath(f"//*[@data-okr-status='{status}']")
            if pillar in row.get("data-okr-pillar").split()
        }
        assert len(rows) == int(link.text_content().split()[0]) > 0
        counted += len(rows)
    assert counted == 5
    assert page.xpath("//*[contains(@class, 'okr-counts')]/span/text()") == ["2026 Q4"] * 3


def test_a_pillar_s_page_has_its_kpis_its_objectives_of_all_cycles_and_who_worked_on_it() -> None:
    view = pillar_view(site_of(FILES), "strategy/guests/", Markup(), "strategy/guests")
    assert [
        (card.kpi.page.title, bool(chart), [one.name for one in behind])
        for card, chart, behind in view.charts
    ] == [("Mood", True, ["2026 Q3"]), ("Calls", False, [])]
    [behind] = view.charts[0][2]
    # Thirty days are drawn, and the cycle ends on the last but one.
    assert (behind.x, round(behind.x + behind.width, 1)) == (1.67, 95.1)
    assert [
        (one.counts.cycle.title, [row.objective.page.title for row in one.rows])
        for one in view.cycles
    ] == [
        ("2026", ["Year"]),
        ("2026 Q4", ["Behind", "Below", "Both"]),
        ("2026 Q3", ["Before"]),
    ]
    assert [(str(link.text), number) for link, number in view.people] == [("Sales", 4), ("Acme", 2)]
    page = page_of("pillar", view)
    # Nothing stands beside these drawings that a script could draw them from.
    assert page.xpath("//figure//*[local-name()='svg']")
    assert not page.xpath("//*[@data-okr-chart]")
    [link] = page.xpath("//a[contains(@class, 'okr-status')][contains(., 'achieved')]")
    assert link.get("href") == "../../cycles/2026-q3/?pillar=guests&status=achieved#okr-objectives"


def test_home_an_objective_and_a_team_say_what_they_are_for() -> None:
    site = site_of(FILES)
    [line] = page_of("home", home_view(site, "", Markup())).xpath("//p[@class='okr-mission']")
    assert line.text_content() == "Help all Strategy: 2 pillars"
    assert line.xpath(".//a/@href") == ["strategy/"]
    below, year = (
        " ".join(html_of("objective", objective_view(site, "o/", Markup(), None, id)).split())
        for id in ("okrs/below", "okrs/year")
    )
    guests = '<a href="../strategy/guests/">Guests</a>'
    assert f'Serves {guests} <span class="okr-soft">(through its parent)</span>' in below
    assert f"<span>Serves {guests}</span><span>Proposed top-down</span>" in year
    team = page_of("owner", owner_view(site, "teams/sales/", Markup(), "teams/sales"))
    assert team.xpath("//p//a[@href='https://board.example/s']/text()") == ["Our board"]
    without = site_of({"okrs/a.md": scored(3)})
    assert "okr-mission" not in html_of("home", home_view(without, "", Markup()))


def test_the_alignment_of_a_cycle_leads_to_its_objectives_by_pillar() -> None:
    site = site_of(FILES)
    cycle = site.project.cycles["2026-q4"]
    page = page_of("alignment", alignment_view(site, "alignment/2026-q4/", Markup(), cycle))
    links = page.xpath("//nav[contains(@class, 'okr-by-pillar')]/a")
    assert [(" ".join(a.text_content().split()), a.get("href")) for a in links] == [
        ("Guests 3", "../../strategy/guests/#okr-2026-q4"),
        ("Money 1", "../../strategy/money/#okr-2026-q4"),
        ("Without a pillar 1", "../../cycles/2026-q4/?pillar=none#okr-objectives"),
    ]
    assert [a.get("data-okr-look") for a in links] == ["1", "2", "0"]
    guests = page_of("pillar", pillar_view(site, "p/", Markup(), "strategy/guests"))
    assert len(guests.xpath("//section[@id='okr-2026-q4']//li")) == 3
    assert page.xpath("//button[@data-okr-do='pillars'][@aria-pressed='false']")
    # Where nothing serves a pillar there is no choice.
    other = site_of({"okrs/a.md": scored(3), "okrs/b.md": scored(3, aligns_to="a")})
    cycle = other.project.cycles["2026-q4"]
    page = page_of("alignment", alignment_view(other, "alignment/", Markup(), cycle))
    assert not page.xpath("//*[contains(@class, 'okr-by-pillar') or @data-okr-do='pillars']")


def many(objectives: int, pillars: int) -> Files:
    every = ", ".join(f"p{n}" for n in range(pillars))
    return {
        **{f"strategy/p{n}.md": document("pillar", f"title: P{n}") for n in range(pillars)},
        **{
            f"okrs/o{n}.md": scored(n % 10, title=f"O{n}", pillars=f"[{every}]")
            for n in range(objectives)
        },
    }


def test_lanes_stay_short_with_five_hundred_objectives_and_a_hundred_pillars() -> None:
    view = strategy(many(500, 100))
    assert len(view.lanes) == 101
    for lane in view.lanes[:-1]:
        [cell] = lane.cells
        assert (len(cell.rows), len(cell.more), cell.unlisted) == (3, 30, 467)
        assert lane.counts is not None
        assert sum(lane.counts.numbers.values()) == 500
    page = page_of("strategy", strategy(many(500, 2)))
    assert len(page.xpath("//li[contains(@class, 'okr-goal')]")) == 2 * 33
    assert "497 more" in page.text_content()


def test_twice_the_pillars_take_about_twice_as_long() -> None:
    def seconds(pillars: int) -> float:
        files = {
            **{f"strategy/p{n}.md": document("pillar", f"title: P{n}") for n in range(pillars)},
            **{
                f"okrs/o{n}.md": scored(n % 10, title=f"O{n}", pillars=f"[p{n % pillars}]")
                for n in range(4 * pillars)
            },
        }
        site, took = site_of(files), []
        for _ in range(5):
            begun = time.process_time()
            strategy_view(site, "strategy/", Markup())
            took.append(time.process_time() - begun)
        return min(took)

    times = [seconds(pillars) for pillars in (100, 200, 400)]
    assert all(after < 3.5 * before + 0.01 for before, after in pairwise(times)), times


def test_a_private_pillar_is_in_no_byte_of_the_site(tmp_path: Path) -> None:
    files = {
        **FILES,
        "strategy/secret-plan.md": document(
            "pillar", "title: Hush hush", "private: true", "kpis: [lonely]", body="Whispered."
        ),
        "okrs/both.md": scored(4, title="Both", owner="sales", pillars="[guests, secret-plan]"),
        "okrs/year.md": scored(6, title="Year", cycle="2026", pillars="[secret-plan]"),
    }
    folder = tmp_path / "site"
    build_well(write_site(tmp_path, files), folder)
    for file in folder.rglob("*"):
        data = file.read_bytes().lower() if file.is_file() else b""
        for words in (b"hush", b"secret-plan", b"whispered"):
            assert words not in data, file.relative_to(folder)
        assert "secret" not in file.name
    # What served it alone serves none.
    exported = export_of(files)
    assert list(exported["pillars"]) == ["strategy/guests", "strategy/money"]
    assert exported["objectives"]["okrs/both"]["pillars"] == ["strategy/guests"]
    assert exported["objectives"]["okrs/below"]["pillars"] == []
    assert exported["pillars"]["strategy/guests"] == {
        "title": "Guests",
        "kpis": ["kpis/calls", "kpis/mood"],
        "objectives": ["okrs/before", "okrs/both"],
    }
