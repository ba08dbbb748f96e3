"""The check-in pages: the feed by month and week, one document, and who owes a check-in."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import okrsite.theme
from markupsafe import Markup

from okrsite.build import build
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.check_ins import (
    CheckInRow,
    CheckInsView,
    CheckInWeekView,
    Week,
    check_in_document_view,
    check_in_month_view,
    check_in_rows,
    check_in_week_view,
    check_ins_view,
    months_with_check_ins,
    weeks_with_pages,
)
from okrsite.pages.parts import PageContext
from okrsite.pages.render import Renderer
from okrsite.pages.site import Site
from okrsite.scores.status import Status
from okrsite.settings import read_settings
from tests.samples import AS_OF, Files, Shelf, document

WORDS = Words.of("en")

GROW = """---
type: objective
title: Grow
cycle: 2026-q4
owner: sales
key_results:
  - {id: seats, title: Sell *seats*, from: 0 seats, to: 100 seats}
  - {id: tours, title: Run tours, from: 0, to: 10}
check_ins:
  - {date: 2026-10-05, note: We begin}
  - date: 2026-11-09
    confidence: 0.8
    values: {seats: 40 seats}
    blockers: [No bus]
    next: [Rent one]
  - {date: 2026-11-30, note: Not yet}
---
"""

SHINE = """---
type: objective
title: Shine
cycle: 2026-q4
owner: web
key_results:
  - {id: speed, title: Load fast, from: 9 seconds, to: 1 second}
---
"""

NEWS = """---
type: check-in
title: Good *news*
owner: sales
updates:
  - {objective: shine, confidence: 0.6, values: {speed: {value: 5 seconds, note: Much better}}}
  - {objective: grow, note: Going well}
---
Everybody **is glad**.
"""


def organisation() -> dict[str, str]:
    return {
        "teams/sales.md": document("team", "title: Sales"),
        "teams/web.md": document("team", "title: Web"),
        "okrs/grow.md": GROW,
        "okrs/shine.md": SHINE,
        "news/2026-11-11.md": NEWS,
        "news/2026-12-01.md": NEWS.replace("Good *news*", "Later"),
    }


def site_of(files: Files, as_of: date = AS_OF) -> Site:
    return build(Shelf(files), read_settings({}), "Acme", as_of, WORDS, Addresses()).site


def overview_of(files: Files, as_of: date = AS_OF) -> CheckInsView:
    return check_ins_view(site_of(files, as_of), "check-ins/", Markup())


def html_of(template: str, view: object) -> str:
    theme = str(Path(next(iter(okrsite.theme.__path__))))
    return Renderer([theme], WORDS).render(template, view)


def about(rows: Iterable[CheckInRow]) -> list[str]:
    return [row.check_in.objective for row in rows]


def steps(html: str) -> list[str]:
    """Return the names of the links that lead to a page."""
    path = html.partition('class="okr-path"')[2].partition("</nav>")[0]
    return re.findall(r"<a [^>]*>([^<]*)</a>", path)


def test_months_are_those_up_to_the_day_of_the_site_newest_first() -> None:
    site = site_of(organisation())
    assert months_with_check_ins(site) == [date(2026, 11, 1), date(2026, 10, 1)]
    assert months_with_check_ins(site_of(organisation(), date(2026, 12, 2)))[0] == date(2026, 12, 1)
    assert months_with_check_ins(site_of({})) == []


def test_a_month_counts_a_document_once() -> None:
    view = overview_of(organisation())
    assert [(row.month, row.check_ins, row.objectives) for row in view.months] == [
        (date(2026, 11, 1), 2, 2), (date(2026, 10, 1), 1, 1),
    ]  # fmt: skip
    html = html_of("check_ins", view)
    assert '<a href="2026-11/">November 2026</a></th><td class="okr-figure">2</td>' in html
    assert "Earlier months" not in html


def test_the_overview_shows_the_last_week_newest_first() -> None:
    latest = overview_of(organisation()).latest
    assert latest is not None
    assert [entry.posted.date.day for entry in latest.entries] == [11, 9]
    heading = (
        '<h2 id="week-2026-46">Week 46 '
        '<span class="okr-soft">9 Nov to 15 Nov · 2 check-ins</span></h2>'
    )
    assert heading in html_of("check_ins", overview_of(organisation()))


def test_a_document_stands_once_with_all_it_says_in_the_order_of_its_lines() -> None:
    latest = overview_of(organisation()).latest
    assert latest is not None
    news, own = latest.entries
    assert news.posted.document is not None
    assert news.posted.document.owner == "teams/sales"
    assert about(news.updates) == ["okrs/shine", "okrs/grow"]
    assert own.posted.document is None
    assert about(own.updates) == ["okrs/grow"]
    html = html_of("check_ins", overview_of(organisation()))
    assert '<a href="../news/2026-11-11/">Good <em>news</em></a></h3>' in html
    assert '<br><a href="../teams/sales/">Sales</a></div>' in html


def test_an_update_says_values_confidence_note_blockers_and_what_is_next() -> None:
    latest = overview_of(organisation()).latest
    assert latest is not None
    [update] = latest.entries[1].updates
    [stated] = update.values
    assert (stated.result.title, stated.before, stated.value) == ("Sell *seats*", 0, 40)
    assert update.check_in.confidence == 0.8
    assert update.check_in.blockers == ("No bus",)
    assert update.check_in.next == ("Rent one",)
    [speed] = latest.entries[0].updates[0].values
    assert (speed.before, speed.value, speed.note) == (9, 5, "Much better")
    html = html_of("check_ins", overview_of(organisation()))
    assert (
        "<li>Sell <em>seats</em> <span class=okr-was>0 "
        "<span class=okr-hidden>to</span></span>\u00a0<strong>40\u00a0seats</strong>" in html
    )
    assert "<strong>5\u00a0seconds</strong>" in html
    assert "confidence 0.8" in html


def test_a_value_stands_next_to_the_one_before_and_alone_where_it_is_the_same() -> None:
    lines = [f"  - {{date: 2026-11-{day}, values: {{seats: {seats}}}}}"
             for day, seats in ((10, 40), (11, 55))]  # fmt: skip
    text = GROW.removesuffix("---\n") + "\n".join([*lines, "---", ""])
    site = site_of({**organisation(), "okrs/grow.md": text})
    rows = check_in_rows(
        PageContext(site, "check-ins/"), site.project.objectives["okrs/grow"].check_ins
    )
    said = [one.both(WORDS) for row in rows for one in row.values]
    assert said == [
        ("0", "40\u00a0seats"), (None, "40\u00a0seats"), ("40", "55\u00a0seats"),
    ]  # fmt: skip


def test_sums_are_said_alone() -> None:
    text = GROW.replace("from: 0 seats, to: 100 seats", "to: 100 seats, aggregate: sum")
    site = site_of({**organisation(), "okrs/grow.md": text})
    rows = check_in_rows(
        PageContext(site, "check-ins/"), site.project.objectives["okrs/grow"].check_ins
    )
    assert [(one.before, one.value) for row in rows for one in row.values] == [(None, 40)]


def test_a_week_that_lies_in_two_months_is_shown_whole() -> None:
    files = {
        **organisation(),
        "news/2026-10-30.md": NEWS,
        "news/2026-11-01.md": NEWS,
        "news/2026-11-11.md": "Nothing",
        "okrs/grow.md": SHINE.replace("Shine", "Grow"),
    }
    latest = overview_of(files, date(2026, 11, 3)).latest
    assert latest is not None
    assert [entry.posted.date for entry in latest.entries] == [
        date(2026, 11, 1), date(2026, 10, 30),
    ]  # fmt: skip


def test_months_that_are_long_ago_are_one_fold_away() -> None:
    entries = "".join(f"  - {{date: 2026-{month:02}-15, note: x}}\n" for month in range(1, 11))
    grow = GROW.replace("2026-q4", "2026").replace(
        "  - {date: 2026-10-05, note: We begin}\n", entries
    )
    view = overview_of({**organisation(), "okrs/grow.md": grow})
    shown, folded = html_of("check_ins", view).split("Earlier months")
    assert shown.count('<th scope="row">') == 6
    assert folded.rindex("January 2026") > folded.rindex("April 2026")


def test_who_has_not_checked_in_is_named() -> None:
    files = {**organisation(), "okrs/idle.md": SHINE.replace("Shine", "Idle")}
    [overdue] = overview_of(files).overdue
    assert overdue.objective is not None
    assert overdue.objective.page.title == "Idle"
    assert "more</summary>" not in html_of("check_ins", overview_of(files))


def test_a_long_list_of_what_is_owed_is_folded() -> None:
    idle = {f"okrs/idle-{n:02}.md": SHINE.replace("Shine", f"Idle {n:02}") for n in range(20)}
    view = overview_of({**organisation(), **idle})
    assert len(view.overdue) == 20
    html = html_of("check_ins", view)
    part = html[html.index('id="okr-owed"') :].partition("</details>")[0]
    assert [text.count(">Idle ") for text in part.split("<summary>and 8 more</summary>")] == [12, 8]


def test_without_check_ins_the_page_says_what_to_do() -> None:
    view = overview_of({})
    assert (view.latest, view.months) == (None, ())
    html = html_of("check_ins", view)
    assert "Add one a week to an objective" in html
    assert "No check-ins are overdue." in html


def test_a_month_leads_to_the_months_beside_it() -> None:
    site = site_of(organisation())
    view = check_in_month_view(site, "check-ins/2026-11/", Markup(), date(2026, 11, 1))
    assert view.number == 2
    assert [week.week.number for week in view.weeks] == [46]
    assert (view.newer, view.older) == (None, date(2026, 10, 1))
    html = html_of("check_in_month", view)
    assert '<h1 id="okr-title">Check-ins in November 2026</h1>' in html
    assert "<span>2 check-ins</span>" in html
    assert 'href="../2026-10/"' in html
    october = check_in_month_view(site, "check-ins/2026-10/", Markup(), date(2026, 10, 1))
    assert (october.newer, october.older) == (date(2026, 11, 1), None)
    assert ">November 2026</a>" in html_of("check_in_month", october)
    assert "We begin" in html_of("check_in_month", october)


def test_a_document_shows_its_text_first_and_then_each_objective() -> None:
    site = site_of(organisation())
    body = Markup("<p>Everybody <strong>is glad</strong>.</p>")
    view = check_in_document_view(site, "news/2026-11-11/", body, "news/2026-11-11.md")
    assert (view.document.date, view.later) == (date(2026, 11, 11), False)
    assert about(view.updates) == ["okrs/shine", "okrs/grow"]
    shine = site.scorecard.objectives["okrs/shine"]
    assert (shine.status, shine.score) == (Status.AT_RISK, 0.5)
    html = html_of("check_in_document", view)
    assert '<h1 id="okr-title">Good <em>news</em></h1>' in html
    assert 'At risk</span><span class="okr-update__score okr-figure">0.50</span>' in html
    assert steps(html) == ["Check-ins", "November 2026"]
    assert '<time datetime="2026-11-11">11 Nov 2026</time>' in html
    assert '<span><a href="../../teams/web/">Web</a></span><span>confidence 0.6</span>' in html
    assert "content/news/2026-11-11.md:1" in html
    assert html.index("is glad") < html.index("Shine")
    assert "Much better" in html


def test_a_document_of_the_future_says_so_and_shows_no_update() -> None:
    site = site_of(organisation())
    view = check_in_document_view(site, "news/2026-12-01/", Markup(), "news/2026-12-01.md")
    assert view.updates == ()
    assert view.later
    html = html_of("check_in_document", view)
    assert steps(html) == ["Check-ins"]
    assert "It is dated after this site's report date" in html


def test_what_is_said_of_something_private_is_not_shown() -> None:
    private = SHINE.replace("cycle:", "visibility: private\ncycle:")
    latest = overview_of({**organisation(), "okrs/shine.md": private}).latest
    assert latest is not None
    assert about(latest.entries[0].updates) == ["okrs/grow"]


def many(number: int, blocked: int = 0, days: int = 10) -> dict[str, str]:
    """So many objectives, each with a check-in on a day of November, some of them blocked."""
    return {
        "teams/web.md": document("team", "title: Web"),
        **{
            f"okrs/goal-{n:03}.md": SHINE.replace("Shine", f"Goal {n:03}").replace(
                "key_results:",
                f"check_ins:\n  - {{date: 2026-11-{2 + n % days:02}, confidence: 0.5, note: Said {n}"  # noqa: E501
                + (", blockers: [Nobody]" if n < blocked else "")
                + "}\nkey_results:",
            )
            for n in range(number)
        },
    }


def test_a_month_with_many_check_ins_leads_to_its_weeks() -> None:
    site = site_of(many(101))
    view = check_in_month_view(site, "check-ins/2026-11/", Markup(), date(2026, 11, 1))
    assert view.weeks == ()
    weeks = [Week(date(2026, 11, 9)), Week(date(2026, 11, 2))]
    assert view.numbers == tuple(zip(weeks, [30, 71], strict=True))
    assert weeks_with_pages(site) == weeks
    html = html_of("check_in_month", view)
    assert '<h1 id="okr-title">Check-ins in November 2026</h1>' in html
    assert '<a href="../2026-w46/">Week 46</a>' in html
    assert '<a href="../2026-w45/">Week 45</a>' in html
    assert '<span class="okr-list__end">71 check-ins</span>' in html
    assert weeks_with_pages(site_of(many(100))) == []


def test_the_weeks_of_a_busy_month_are_pages_that_lead_to_each_other() -> None:
    pages = build(Shelf(many(101)), read_settings({}), "Acme", AS_OF, WORDS, Addresses()).pages
    view = pages["check-ins/2026-w45.md"].build("check-ins/2026-w45/", Markup())
    assert isinstance(view, CheckInWeekView)
    assert (view.newer, view.older) == (Week(date(2026, 11, 9)), None)
    assert len(view.week.entries) == 71
    html = html_of("check_in_week", view)
    assert ">Check-ins in week 45 of 2026</h1>" in html
    assert steps(html) == ["Check-ins", "November 2026"]
    assert all(f'href="{href}"' in html for href in ("../", "../2026-11/", "../2026-w46/"))
    assert "Said 3" in html


def test_a_week_with_many_is_listed_and_shows_in_full_what_is_blocked() -> None:
    site = site_of(many(130, blocked=30, days=7))
    view = check_in_week_view(
        site, "check-ins/2026-w45/", Markup(), Week(date(2026, 11, 2)), None, None
    )
    assert (view.week.blocked, len(view.week.entries)) == (30, 25)
    lines = [posted for _, day in view.week.days for posted in day]
    assert len(lines) == 130
    assert sum(posted.blocked for posted in lines) == 30
    html = html_of("check_in_week", view)
    assert "<p>30 are blocked, most recently:</p>" in html
    assert html.count(", confidence 0.5</span></li>") == 130
    assert html.count("Said ") == 25
    assert all(f"Goal {n:03}" in html for n in range(130))
    latest = check_ins_view(site, "check-ins/", Markup()).latest
    assert latest is not None
    assert latest.days == ()
    overview = html_of("check_ins", check_ins_view(site, "check-ins/", Markup()))
    assert '<a href="2026-w45/">All 130 check-ins of this week</a>' in overview


def test_a_document_that_is_called_after_its_day_is_called_in_words() -> None:
    site = site_of(
        {**organisation(), "news/2026-11-12.md": NEWS.replace("title: Good *news*\n", "")}
    )
    view = check_in_document_view(site, "news/2026-11-12/", Markup(), "news/2026-11-12.md")
    assert ">Check-in by Sales on 12 Nov 2026</h1>" in html_of("check_in_document", view)


def test_readings_that_are_due_stand_on_the_overview_too() -> None:
    reading = "readings: [{date: 2026-07-01, value: 3}]"
    files = {"kpis/speed.md": document("kpi", "title: Speed", "owner: company", reading)}
    [overdue] = overview_of(files).readings
    assert (overdue.kpi and overdue.kpi.page.title, overdue.text(WORDS)) == (
        "Speed", "last reading 1 Jul 2026, due 1 Aug 2026",
    )  # fmt: skip
