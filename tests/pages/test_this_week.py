"""The pages of the weeks: whether it got better or worse, what changed, and why."""

from datetime import date

from markupsafe import Markup

from okrsite.build import build
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.past import CalendarWeek
from okrsite.pages.site import Site
from okrsite.pages.this_week import WeekView, this_week_view, week_view
from okrsite.scores.status import Status
from okrsite.settings import read_settings
from tests.pages.test_check_ins import html_of
from tests.samples import AS_OF, Files, Shelf, document, objective

WORDS = Words.of("en")
SUNDAY = date(2026, 11, 8)
"""The last day of the week before that of the site."""


def told(*check_ins: str, result: str = "from: 0 seats, to: 100 seats", **fields: str) -> str:
    text = objective(f"id: seats, title: Sell *seats*, {result}", **fields)
    head, _, _body = text.rpartition("---")
    return "\n".join([head.rstrip(), "check_ins:", *(f"  - {{{c}}}" for c in check_ins), "---", ""])


FILES: Files = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "people/kim.md": document("person", "title: Kim", "team: sales"),
    "okrs/grow.md": told(
        "date: 2026-10-12, confidence: 0.8, values: {seats: 30}",
        "date: 2026-11-10, confidence: 0.5, values: {seats: 40}, blockers: [No *bus*, No crew],"
        " note: Slow, wins: [Full house]",
        title="Grow",
    ),
    "okrs/sales/ride.md": told(
        "date: 2026-10-12, confidence: 0.5, values: {seats: 30}",
        "date: 2026-11-11, confidence: 0.9, values: {seats: 60}, blockers: [No *bus*]",
        title="Ride",
        owner="sales",
    ),
    "okrs/kim/learn.md": told(
        "date: 2026-11-12, values: {seats: 30}", title="Learn", owner="kim", result="to: 100"
    ),
    "okrs/sales/quiet.md": told("date: 2026-10-01, values: {seats: 2}", title="Quiet"),
    "kpis/nps.md": document(
        "kpi", "title: NPS", "owner: company", "keep: {min: 50}",
        "readings: [{date: 2026-11-01, value: 60}, {date: 2026-11-12, value: 40}]",
    ),
}  # fmt: skip


def site_of(files: Files = FILES, as_of: date = AS_OF, **options: int) -> Site:
    settings = read_settings(options)
    return build(Shelf(files), settings, "Acme", as_of, WORDS, Addresses()).site


def view_of(files: Files = FILES, as_of: date = AS_OF) -> WeekView:
    return this_week_view(site_of(files, as_of), "this-week/", Markup())


def test_the_headline_says_before_and_after() -> None:
    report = view_of().report
    assert report.before
    assert report.now
    assert report.before.score < report.now.score
    assert report.counts == {
        Status.ON_TRACK: 2, Status.AT_RISK: 1, Status.OFF_TRACK: 1,
    }  # fmt: skip


def test_worse_comes_before_better_each_with_why() -> None:
    view = view_of()
    [worse], [most, better] = view.report.worse, view.report.better
    assert most.objective.page.title == "Learn"  # it came a longer way
    assert (worse.before.status, worse.now.status) == (Status.ON_TRACK, Status.AT_RISK)
    assert view.reasons(worse) == [
        "confidence 0.8 → 0.5", "0.05 ahead of plan", "2 blockers",
    ]  # fmt: skip
    assert view.reasons(better) == [
        "confidence 0.5 → 0.9", "Sell *seats*: +0.30", "0.25 ahead of plan",
    ]  # fmt: skip
    html = html_of("this_week", view)
    assert html.index("Worse") < html.index("Better") < html.index("By team")
    assert "Sell <em>seats</em>: +0.30" in html


def test_what_nobody_updates_says_so() -> None:
    grow = told("date: 2026-10-12, confidence: 0.8, values: {seats: 12}")
    view = view_of({**FILES, "okrs/grow.md": grow}, date(2026, 11, 1))
    [worse] = [change for change in view.report.worse if change.objective.id == "okrs/grow"]
    assert view.reasons(worse) == ["0.12 behind plan", "no update since 12 Oct"]


def test_values_have_before_after_target_and_change() -> None:
    view = view_of()
    [company, sales] = view.report.teams
    assert (company.team, sales.team) == ("company", "teams/sales")
    assert [change.objective.page.title for change in sales.updates] == ["Ride", "Learn"]
    [ride], [learn] = map(view.values, sales.updates)
    assert (ride.before, ride.after, ride.target, ride.change) == (
        "30", "60\u00a0seats", "of 100", "+0.30",
    )  # fmt: skip
    assert (learn.before, learn.after) == ("0", "30")


def test_a_value_that_stays_is_said_alone() -> None:
    files = {"okrs/grow.md": told(
        "date: 2026-11-02, values: {seats: 40}", "date: 2026-11-10, values: {seats: 40}",
    )}  # fmt: skip
    view = view_of(files)
    [row] = view.values(view.report.teams[0].updates[0])
    assert (row.before, row.after, row.change) == (None, "40\u00a0seats", None)
    assert "40\u00a0seats</td>" in html_of("this_week", view)


def test_milestones_are_counted() -> None:
    milestones = (
        "id: m, title: Steps, milestones: [{title: A, done: 2026-10-10}, {title: B, done: "
        "2026-11-10}, {title: C}]"
    )
    view = view_of({"okrs/grow.md": objective(milestones)})
    assert view.report.teams == ()  # nobody said anything, and no value was read
    text = objective(milestones).rpartition("---")[0]
    text += "check_ins: [{date: 2026-11-11, note: Two}]\n---\n"
    view = view_of({"okrs/grow.md": text})
    [row] = view.values(view.report.teams[0].updates[0])
    assert (row.before, row.after, row.target) == ("1", "2", "of 3 milestones")


def test_a_blocker_of_several_objectives_is_said_once() -> None:
    report = view_of().report
    assert [(said.text, len(said.changes)) for said in report.blockers] == [
        ("No *bus*", 2), ("No crew", 1),
    ]  # fmt: skip
    assert [said.text for said in report.wins] == ["Full house"]


def test_kpis_that_left_their_range_are_told() -> None:
    view = view_of()
    [change] = view.report.kpis
    assert change.worse
    assert view.kpi_values(change) == ("60", "40")
    assert "Left its range: healthy ≥ 50" in html_of("this_week", view)


def test_what_is_overdue_is_said_of_this_week_alone() -> None:
    site = site_of()
    view = this_week_view(site, "this-week/", Markup())
    assert [row.objective and row.objective.page.title for row in view.overdue] == ["Quiet"]
    earlier = week_view(site, "this-week/2026-w45/", Markup(), CalendarWeek(SUNDAY))
    assert earlier.overdue == ()
    assert "okr-owed" not in html_of("this_week", earlier)


def test_weeks_go_back_to_the_first_cycle_and_as_far_as_the_settings_say() -> None:
    def weeks(**options: int) -> list[str]:
        return [week.uri for week in site_of(**options).past.weeks_with_pages]

    assert weeks()[:2] == ["this-week/2026-w46.md", "this-week/2026-w45.md"]
    assert weeks()[-1] == "this-week/2026-w40.md"
    assert weeks(weeks=2) == ["this-week/2026-w46.md", "this-week/2026-w45.md"]
    assert weeks(weeks=0) == []
    assert [one.week.uri for one in site_of().past.weeks] == weeks()


def test_seven_days_end_on_the_day_of_the_site() -> None:
    site = site_of(as_of=date(2026, 11, 16))
    assert (site.past.latest.first, site.past.latest.until) == (
        date(2026, 11, 10), date(2026, 11, 16),
    )  # fmt: skip
    view = this_week_view(site, "this-week/", Markup())
    assert [view.page_of(one) for one in view.weeks][-2:] == ["2026-w46/", "./"]


def test_an_empty_site_has_no_weeks() -> None:
    pages = build(Shelf({}), read_settings({}), "Acme", AS_OF, WORDS, Addresses()).pages
    assert not [uri for uri in pages if uri.startswith("this-week")]


def test_what_people_write_is_escaped() -> None:
    text = told(
        "date: 2026-11-10, values: {seats: 4}, note: <b>x</b>, wins: ['<i>y'], blockers: [<s>z]",
        title="<script>1</script>",
    )
    html = html_of("this_week", view_of({"okrs/grow.md": text}))
    assert not [mark for mark in ("<b>x", "<i>y", "<s>z", "<script>") if mark in html]


def test_much_is_listed_in_part() -> None:
    files = {
        f"okrs/goal-{n:03}.md": told("date: 2026-11-10, values: {seats: 4}", title=f"Goal {n}")
        for n in range(80)
    }
    view = view_of(files)
    assert view.report.numbers.updates == 80
    assert sum(len(team.updates) for team in view.report.teams) == 60
    assert view.all_check_ins
    assert view.all_check_ins.href == "../check-ins/2026-11/#week-2026-46"
    assert "and 20 more" in html_of("this_week", view)
