"""Cycles on a time line: where they are, their shares, and how many are drawn."""

from datetime import date
from typing import Any

from lxml import html
from markupsafe import Markup

from okrsite.pages.cycle import cycles_view
from okrsite.pages.parts import PageContext
from okrsite.pages.timeline import Bar, Timeline, timeline
from okrsite.scores.status import Status
from tests.pages.test_cycles_pages import html_of, site_of
from tests.samples import Files, document, objective

RESULT = "id: a, title: Reach, from: 0, to: 10, current: 4"

FILES: Files = {
    "okrs/year.md": objective(RESULT, title="Year", cycle="2026"),
    "okrs/q3.md": objective(RESULT, title="Q3", cycle="2026-q3"),
    **{f"okrs/a{n}.md": objective(RESULT, title=f"A{n}") for n in range(3)},
    "okrs/late.md": objective(RESULT.replace("4", "0"), title="Late"),
    "okrs/off.md": objective(RESULT, title="Off", status="cancelled"),
    "okrs/next.md": objective(RESULT, title="Next", cycle="2027-q1", status="draft"),
    "cycles/2027-q2.md": document("cycle", "start: 2027-04-01", "end: 2027-06-30"),
}


def line_of(files: Files = FILES) -> Timeline:
    line = timeline(PageContext(site_of(files), "cycles/"))
    assert line is not None
    return line


def bars(files: Files = FILES) -> dict[str, Bar]:
    return {bar.cycle.title: bar for bar in line_of(files).bars}


def page_of(files: Files = FILES) -> Any:
    return html.fromstring(html_of("cycles", cycles_view(site_of(files), "cycles/", Markup())))


def test_cycles_of_all_lengths_stand_where_their_days_are() -> None:
    days = (date(2027, 6, 30) - date(2026, 1, 1)).days + 1
    assert [(title, bar.x, bar.width) for title, bar in bars().items()] == [
        ("2026", 0, round(100 * 365 / days, 2)),
        ("2026 Q3", round(100 * 181 / days, 2), round(100 * 92 / days, 2)),
        ("2026 Q4", round(100 * 273 / days, 2), round(100 * 92 / days, 2)),
        ("2027 Q1", round(100 * 365 / days, 2), round(100 * 90 / days, 2)),
        ("2027 Q2", round(100 * 455 / days, 2), round(100 - 100 * 455 / days, 2)),
    ]
    line = line_of()
    assert line.today == round(100 * 318 / days, 2)
    assert [name for name, _ in line.ticks] == ["2026", "", "", "", "2027", ""]
    assert line.left_out == 0


def test_shares_are_of_all_that_is_not_cancelled() -> None:
    now = bars()["2026 Q4"]
    assert (now.objectives, now.cancelled) == (5, 1)
    assert [(share.status, share.x, share.width) for share in now.shares] == [
        (Status.ON_TRACK, 0, 75), (Status.OFF_TRACK, 75, 25),
    ]  # fmt: skip
    assert now.shares[1].href == "2026-q4/?status=off_track#okr-objectives"
    assert [share.status for share in bars()["2027 Q1"].shares] == [Status.DRAFT]
    assert bars()["2027 Q2"].shares == ()


def test_the_drawing_says_nothing_that_the_table_does_not_say_in_words() -> None:
    [table] = page_of().xpath("//table[contains(@class, 'okr-timeline')]")
    rows = table.xpath("./tbody/tr")
    words = [
        " ".join(" ".join(row.xpath("./th//text() | ./td[not(@aria-hidden)]//text()")).split())
        for row in rows
    ]
    assert words == [
        "2026 day 319 of 365 1 1 off track",
        "2026 Q3 closed on 30 Sept 2026 1 1 progressed",
        "2026 Q4 day 46 of 92 5 3 on track 1 off track 1 cancelled",
        "2027 Q1 starts on 1 Jan 2027 1 1 draft",
        "2027 Q2 starts on 1 Apr 2027 0 none yet",
    ]
    assert all(svg.xpath("ancestor::*[@aria-hidden]") for svg in table.xpath(".//svg"))
    assert not table.xpath(".//svg[@viewBox or @viewbox]")
    states = [row.get("class").rpartition("--")[2] for row in rows]
    assert states == ["open", "closed", "open", "upcoming", "upcoming"]
    assert rows[3].xpath(".//*[contains(@class, 'okr-timeline__share--draft')]")
    assert rows[4].xpath(".//*[contains(@class, 'okr-timeline__share--none')]")
    assert all(row.xpath(".//*[@class='okr-timeline__today']") for row in rows)


def test_one_cycle_is_no_time_line() -> None:
    files = {"okrs/a.md": objective(RESULT)}
    assert timeline(PageContext(site_of(files), "cycles/")) is None
    assert not page_of(files).xpath("//*[contains(@class, 'okr-timeline')]")


def test_of_very_many_cycles_those_around_today_are_drawn() -> None:
    quarters = [f"{year}-q{n}" for year in range(2016, 2028) for n in range(1, 5)]
    files = {f"okrs/{cycle}.md": objective(RESULT, cycle=cycle) for cycle in quarters}
    files["cycles/decade.md"] = document("cycle", "start: 2020-01-01", "end: 2029-12-31")
    line = line_of(files)
    assert (len(line.bars), line.left_out) == (16, 33)
    titles = [bar.cycle.title for bar in line.bars]
    assert "2026 Q4" in titles
    # One of ten years is cut off where the others begin and end.
    [decade] = [bar for bar in line.bars if bar.cycle.days > 3000]
    assert (decade.x, decade.width) == (0, 100)
    assert len(line.ticks) <= 14
    assert "and 33 cycles further away" in page_of(files).text_content()


def test_today_is_written_where_no_year_is_in_the_way() -> None:
    def first(today: float | None, *years: float) -> bool:
        ticks = (("2026", 0.0), *(("2027", x) for x in years), ("", (today or 0) + 1))
        return Timeline((), ticks, today, 0).today_first

    assert [first(43.6, 50.0), first(43.6), first(60.0)] == [True, False, True]
    assert first(60.0, 50.0) is False
    assert first(5.0, 12.0) is False
