"""The record of a closed cycle: grades, commitments, what was learned, what goes on, the rhythm."""

import re
from datetime import date

import pytest
from markupsafe import Markup

from okrsite.build import build
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.cycle import cycle_view
from okrsite.pages.parts import PageContext
from okrsite.pages.record import CheckInCount, Record, check_ins_due_and_made, record_of
from okrsite.pages.site import Site
from okrsite.scores.status import Health, Status
from okrsite.settings import read_settings
from tests.guide.test_guide import Row, rows, text_of
from tests.guide.test_guide import site_of as guide_site
from tests.pages.test_cycles_pages import html_of
from tests.samples import Files, Shelf, document, objective
from tests.sites import demo_site

AFTER = date(2027, 1, 15)
CYCLE = "2026-q4"


def site_of(files: Files, as_of: date = AFTER) -> Site:
    words = Words.of("en")
    return build(Shelf(files), read_settings({}), "Acme", as_of, words, Addresses()).site


def record(
    files: Files, lessons: dict[str, Markup] | None = None, as_of: date = AFTER
) -> Record | None:
    site = site_of(files, as_of)
    address = f"cycles/{CYCLE}/"
    return record_of(PageContext(site, address), address, site.project.cycles[CYCLE], lessons or {})


def kept(files: Files, lessons: dict[str, Markup] | None = None) -> Record:
    made = record(files, lessons)
    assert made is not None
    return made


def page(files: Files) -> str:
    """Return the page of the cycle."""
    site = site_of(files)
    view = cycle_view(site, f"cycles/{CYCLE}/", Markup(), site.project.cycles[CYCLE])
    return html_of("cycle", view)


def written(text: str, *lines: str) -> str:
    head, _, body = text.rpartition("---")
    return "\n".join([head.rstrip(), *lines, f"---{body}"])


SALES = {"teams/sales.md": document("team", "title: Sales")}
HALF = "id: a, title: Reach, from: 0, to: 10, current: 5"
WHOLE = "id: a, title: Reach, from: 0, to: 10, current: 10"


def test_only_a_closed_cycle_has_a_record() -> None:
    assert record({"okrs/a.md": objective(HALF)}, as_of=date(2026, 12, 31)) is None
    assert record({"okrs/a.md": objective(HALF)}) is not None


def test_commitments_are_met_or_not() -> None:
    files = {
        "okrs/a.md": objective(WHOLE, title="Kept", commitment="committed"),
        "okrs/b.md": objective(HALF, title="Broken", commitment="committed"),
        "okrs/c.md": objective(HALF, title="Tried"),
    }
    made = kept(files)
    assert [(row.objective.page.title, row.figures.status) for row in made.commitments] == [
        ("Broken", Status.MISSED), ("Kept", Status.ACHIEVED),
    ]  # fmt: skip
    assert made.met == 1
    assert "<span>Commitments met: 1 of 2</span>" in page(files)


def test_grades_stand_beside_what_is_computed_with_their_reasons() -> None:
    graded = "id: b, title: Feel, to: 4, current: 4, grade: {score: 0.2, reason: Nobody *came*}"
    text = written(objective(HALF, graded), "grade: {score: 0.9, reason: We learned}")
    rows = kept({"okrs/a.md": text}).grades
    assert [(r.result and r.result.title, r.computed, r.grade.score) for r in rows] == [
        (None, pytest.approx(0.35), 0.9), ("Feel", 1.0, 0.2),
    ]  # fmt: skip
    html = page({"okrs/a.md": text})
    part = html[html.index('id="okr-grades"') : html.rindex("</table>")]
    assert [re.sub(r"<(?!/?em).*?>", " ", row).split() for row in part.split("<tr>")[2:]] == [
        ["Grow", "Acme", "0.35", "0.90", "We", "learned"],
        ["Feel", "Acme", "1.00", "0.20", "Nobody", "<em>came</em>"],
    ]


def test_what_was_learned_leads_on_from_the_page_of_the_cycle() -> None:
    words = Markup('See <a href="../b/">this</a>.')
    files = {"okrs/a.md": objective(HALF), "okrs/b.md": objective(HALF, title="B")}
    lessons = {"okrs/a.md": words}
    [(_, shown)] = kept(files, lessons).lessons
    assert shown == 'See <a href="../../okrs/b/">this</a>.'
    site = site_of(files)
    cycle = site.project.cycles[CYCLE]
    html = html_of("cycle", cycle_view(site, f"cycles/{CYCLE}/", Markup(), cycle, lessons))
    assert '<h3><a href="../../okrs/a/#okr-retrospective">' in html
    assert "1 retrospective is missing." in html


def test_what_goes_on_names_where_and_with_whom() -> None:
    files = {
        **SALES,
        "okrs/on.md": objective(HALF, title="On"),
        "okrs/left.md": objective(HALF, title="Left"),
        "okrs/done.md": objective(WHOLE, title="Done"),
        "okrs/next.md": objective(
            HALF, title="Next", cycle="2027-q1", owner="sales", continues="on"
        ),
    }
    made, html = kept(files), page(files)
    assert [row.objective.page.title for row in made.carried_over] == ["On"]
    assert [row.objective.page.title for row in made.left] == ["Left"]
    following = html[html.index("continued as") :].partition("</li>")[0]
    assert re.findall(">([^<>]+)</a>", following) == ["Next", "Sales", "2027 Q1"]
    assert "1 of 3 carried over; 1 missed and dropped" in html


def kpi(title: str, *lines: str) -> str:
    return document("kpi", f"title: {title}", "owner: company", *lines)


def test_kpis_stand_at_the_start_and_at_the_end() -> None:
    readings = (
        "readings: [{date: 2026-09-20, value: 70}, {date: 2026-10-20, value: 90},"
        " {date: 2027-01-05, value: 95}]"
    )
    files = {
        "kpis/csat.md": kpi("Happy", readings, 'unit: "%"', "keep: {min: 80}"),
        "kpis/new.md": kpi("New", "readings: [{date: 2026-11-01, value: 3}]"),
        "kpis/old.md": kpi("Old", "readings: [{date: 2026-08-01, value: 3}]"),
        "okrs/a.md": objective("id: a, title: Reach, to: 85%, kpi: csat"),
    }
    rows = kept(files).kpis
    assert [(r.kpi.page.title, r.focus, r.start.value, r.end.value) for r in rows] == [
        ("Happy", True, 70, 90), ("New", False, 3, 3),
    ]  # fmt: skip
    assert [rows[0].health(r) for r in (rows[0].start, rows[0].end)] == [
        Health.CRITICAL, Health.HEALTHY,
    ]  # fmt: skip
    html = page(files)
    part = html[html.index('id="okr-kpis"') : html.rindex("</table>")]
    assert [re.sub("<.*?>", " ", row).split() for row in part.split("<tr>")[2:]] == [
        ["Happy", "in", "focus", "Critical", "70%", "20", "Sept", "Healthy", "90%", "20", "Oct",
         "+20", "points"],
        ["New", "Unknown", "3", "1", "Nov", "Unknown", "3", "1", "Nov"],
    ]  # fmt: skip


def counted(
    *days: str, start: str = "2026-10-01", end: str = "2026-12-31", closed: str | None = None,
    every: str = "week",
) -> CheckInCount:  # fmt: skip
    lines = ["check_ins:", *(f"  - {{date: {day}, note: Here}}" for day in days)]
    text = objective(HALF, cycle="now", every=every)
    ending = [f"closed: {closed}"] if closed else []
    files = {
        "cycles/now.md": document("cycle", "id: now", f"start: {start}", f"end: {end}", *ending),
        "okrs/a.md": written(text, *lines) if days else text,
    }
    site = site_of(files, date(2027, 6, 1))
    id = "okrs/a"
    cycle = site.project.cycles["now"]
    return check_ins_due_and_made(site.project.objectives[id], site.scorecard.objectives[id], cycle)


@pytest.mark.parametrize(
    ("every", "end", "due"),
    [
        ("week", "2026-12-31", 13), ("2 weeks", "2026-12-31", 7), ("month", "2026-12-31", 3),
        ("quarter", "2026-12-31", 1), ("month", "2027-09-30", 12), ("quarter", "2027-09-30", 4),
        ("week", "2026-10-04", 1), ("week", "2026-10-10", 1), ("week", "2026-10-11", 2),
        # Half a period that is left over is one of its own, a day less is none.
        ("2 weeks", "2026-10-21", 2), ("2 weeks", "2026-10-20", 1),
        ("quarter", "2027-02-15", 2), ("quarter", "2027-02-14", 1),
    ],
)  # fmt: skip
def test_periods_are_as_long_as_the_rhythm(every: str, end: str, due: int) -> None:
    assert counted(every=every, end=end).due == due


def test_one_sign_in_a_period_is_enough_and_two_are_one() -> None:
    assert counted("2026-10-01", "2026-10-07", "2026-10-08") == CheckInCount(13, 2)


def test_what_is_said_between_the_end_and_the_closing_day_belongs_to_the_last_period() -> None:
    assert counted("2026-12-30", "2027-01-08", closed="2027-01-10") == CheckInCount(13, 1)
    assert counted("2027-01-12", closed="2027-01-10") == CheckInCount(13, 0)


def test_a_cycle_that_was_closed_early_asks_for_less() -> None:
    assert counted("2026-10-14", "2026-11-20", closed="2026-10-28") == CheckInCount(4, 1)


def test_the_organisation_counts_a_shared_objective_once() -> None:
    files = {
        **SALES,
        "teams/web.md": document("team", "title: Web"),
        "okrs/a.md": written(
            objective(HALF).replace("owner: company", "owners: [sales, web]"),
            "check_ins:", "  - {date: 2026-10-05, note: Hi}",
        ),
        "okrs/b.md": objective(HALF, status="draft", owner="web"),
    }  # fmt: skip
    made, one = kept(files), CheckInCount(due=13, made=1)
    assert made.check_ins_by_owner == (("teams/sales", one), ("teams/web", one))
    assert made.check_ins == one
    html = page(files)
    assert "<span>Check-ins: 1 of 13 made</span>" in html
    assert html.count('<td class="okr-figure">1 of 13</td>') == 2


def test_the_record_replaces_what_is_owed() -> None:
    html = page({"okrs/a.md": objective(HALF)})
    assert 'id="okr-rhythm"' in html
    assert 'id="okr-owed"' not in html


def test_the_demo_gathers_its_retrospectives_whatever_the_order_of_the_pages() -> None:
    html = (demo_site() / "cycles" / "2026-q3" / "index.html").read_text(encoding="utf-8")
    part = html[html.index('id="okr-lessons"') : html.index('id="okr-carried"')]
    assert "Seats sold well once we stopped calling it" in part
    assert 'href="../../okrs/2026-q3/sales/late-summer/#okr-retrospective"' in part


def test_the_example_of_the_guide_is_counted_so() -> None:
    site = site_of(guide_site("cycles.md"), date(2026, 11, 15))
    id = "okrs/2026-q3/company/late-summer"
    cycle = site.project.cycles["2026-q3"]
    figures = site.scorecard.objectives[id]
    counted = check_ins_due_and_made(site.project.objectives[id], figures, cycle)
    said = [(row.cells["Period"], row.cells["Updates"], row.cells["Made"]) for row in periods()]
    days = [check_in.date for check_in in site.project.objectives[id].check_ins]
    for period, signs, came in said:
        first, last = (date.fromisoformat(day) for day in period.split(" to "))
        inside = sum(first <= day <= last for day in days)
        assert (inside, min(inside, 1)) == (int(signs), int(came))
    made = sum(int(came) for *_, came in said)
    assert counted == CheckInCount(len(said), made) == CheckInCount(2 + 1, 2)
    assert f"“{counted.made} of {counted.due}”" in text_of("cycles.md")
    assert site.project.objectives["okrs/2026-q4/company/early-summer"].continues == id


def periods() -> list[Row]:
    return list(rows("cycles.md", "Period"))
