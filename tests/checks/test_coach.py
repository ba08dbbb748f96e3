"""Coaching: what SMART and FAST see in an objective, its panel, and the summary by owner."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import okrsite.theme
import pytest
from lxml import html
from markupsafe import Markup

from okrsite.build import build
from okrsite.checks.coach import (
    ACRONYMS,
    CRITERIA,
    Assessment,
    Share,
    Verdict,
    coach,
    has_text,
    verdicts,
    wording_hints,
)
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.coach import CoachSummary, coach_summary
from okrsite.pages.insights import insights_view, writing_view
from okrsite.pages.objective import objective_view
from okrsite.pages.parts import PageContext
from okrsite.pages.render import Renderer
from okrsite.pages.site import Site
from okrsite.scores.status import Health
from okrsite.settings import read_settings
from tests.samples import AS_OF, Files, Shelf, document, objective

ONE = "id: a, title: A, to: 10, current: 4"
TWO = "id: b, title: B, to: 10, current: 4"
CLOSED = date(2027, 1, 20)
UPCOMING = date(2026, 9, 1)
FRESH = "[{date: 2026-11-10, confidence: 0.8}]"
WORDS = Words.of("en")
SALES = {"teams/sales.md": document("team", "title: Sales")}


def site_of(files: Files, as_of: date = AS_OF, **options: Any) -> Site:
    settings = read_settings(options)
    return build(Shelf(files), settings, "Acme", as_of, WORDS, Addresses()).site


def judged(
    *key_results: str, as_of: date = AS_OF, body: str = "Why.", files: Files | None = None,
    options: dict[str, Any] | None = None, **fields: str,
) -> dict[str, Assessment]:  # fmt: skip
    """Judge one objective; a criterion is named by its acronym and letter: `SMART S`."""
    text = objective(*(key_results or (ONE, TWO)), body=body, **fields)
    if "owners" in fields:
        text = text.replace("owner: company\n", "")
    site = site_of({**(files or {}), "grow.md": text}, as_of, **(options or {}))
    grow = site.project.objectives["grow"]
    found = coach(WORDS, site.project, site.scorecard, site.settings, grow)
    alone = verdicts(site.project, site.scorecard, site.settings, grow)
    assert alone == tuple(judgement.verdict for judgement in found)
    return {f"{c.acronym} {c.letter}": j for c, j in zip(CRITERIA, found, strict=True)}


def test_the_register_spells_smart_and_fast() -> None:
    for acronym in ACRONYMS:
        assert "".join(c.letter for c in CRITERIA if c.acronym == acronym) == acronym
    assert all(criterion.name.startswith(criterion.letter) for criterion in CRITERIA)
    assert all(criterion.asked for criterion in CRITERIA)


def test_a_good_objective_meets_every_letter() -> None:
    found = judged(check_ins=FRESH)
    assert {judgement.verdict for judgement in found.values()} == {Verdict.MET}
    assert all(judgement.judged_by and judgement.wanted is None for judgement in found.values())


def test_what_is_to_do_says_what_would_satisfy_it() -> None:
    found = judged("id: a, title: A", title="Grow to $5M", body="", owner="sales", files=SALES)
    open_ones = [j for j in found.values() if j.verdict in (Verdict.TO_DO, Verdict.NOT_YET)]
    assert len(open_ones) == 6
    assert all(judgement.wanted for judgement in open_ones)


@pytest.mark.parametrize(
    ("title", "body", "fields", "verdict"),
    [
        ("Grow", "Why.", {}, Verdict.MET),
        ("Grow", "", {"description": "Why"}, Verdict.MET),
        ("Grow", "", {}, Verdict.TO_DO),
        ("Grow by 20%", "Why.", {}, Verdict.TO_DO),
        ("Win 3 countries", "Why.", {}, Verdict.MET),
        ("Grow by 20%", "Why.", {"ignore": "[OKR403]"}, Verdict.NOT_ASKED),
        ("Grow by 20%", "", {"ignore": "[OKR403]"}, Verdict.TO_DO),
    ],
)
def test_specific(title: str, body: str, fields: dict[str, str], verdict: Verdict) -> None:
    found = judged(title=title, body=body, **fields)
    assert found["SMART S"].verdict is verdict
    assert ("20%" in found["SMART S"].judged_by) == ("20%" in title)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("Why.", True),
        ("", False),
        ("# Grow\n\n<!-- what for? -->\n", False),
        ("Grow\n====\n", True),
        ("## Retrospective\n\nWe learned.\n### More\n", False),
        ("## Retrospective\n\nWe learned.\n\n## Why\n\nBecause.", True),
        ("# Grow\nBecause.", True),
    ],
)
def test_headings_comments_and_a_retrospective_are_no_text(body: str, says: bool) -> None:
    assert has_text(body) is says


def test_measurable_names_the_key_results_without_a_measure() -> None:
    found = judged(ONE, TWO, "id: c, title: C, done: false", "id: d, title: D")["SMART M"]
    assert found.verdict is Verdict.TO_DO
    assert found.judged_by == "3 of 4 key results have a measure; `d` has none."
    many = judged(ONE, *(f"id: x{n}, title: X" for n in range(5)))["SMART M"]
    assert many.judged_by == (
        "1 of 6 key results have a measure; `x0`, `x1`, `x2`, and 2 more have none."
    )
    assert judged(ONE, "id: c, title: C, status: cancelled")["SMART M"].verdict is Verdict.MET
    none = judged("id: c, title: C, status: cancelled")["SMART M"]
    assert (none.verdict, none.judged_by) == (Verdict.TO_DO, "There are no key results.")
    ignored = judged("id: d, title: D", ignore="[OKR4]")["SMART M"]
    assert (ignored.verdict, ignored.wanted) == (Verdict.NOT_ASKED, None)
    assert "`OKR402` is ignored here" in ignored.judged_by
    settings = judged("id: d, title: D", options={"lint": {"ignore": ["OKR402"]}})["SMART M"]
    assert settings.verdict is Verdict.NOT_ASKED


@pytest.mark.parametrize(
    ("check_ins", "as_of", "verdict"),
    [
        (FRESH, AS_OF, Verdict.MET),
        (FRESH, CLOSED, Verdict.MET),
        ("[{date: 2026-11-10, note: Hi}]", AS_OF, Verdict.TO_DO),
        ("[{date: 2026-11-20, confidence: 0.8}]", AS_OF, Verdict.TO_DO),
        ("[{date: 2026-11-10, values: {a: {value: 4, confidence: 0.5}}}]", AS_OF, Verdict.TO_DO),
        (
            "[{date: 2026-11-10, values: {a: {value: 4, confidence: 0.5},"
            " b: {value: 4, confidence: 0}}}]",
            AS_OF,
            Verdict.MET,
        ),
        ("[]", date(2026, 10, 8), Verdict.NOT_YET),
        ("[]", date(2026, 10, 9), Verdict.TO_DO),
        ("[]", UPCOMING, Verdict.NOT_YET),
        ("[]", CLOSED, Verdict.TO_DO),
    ],
)
def test_achievable(check_ins: str, as_of: date, verdict: Verdict) -> None:
    assert judged(as_of=as_of, check_ins=check_ins)["SMART A"].verdict is verdict


def test_relevant() -> None:
    top = {**SALES, "top.md": objective(ONE, TWO, title="Top"),
           "secret.md": objective(ONE, TWO, visibility="private")}  # fmt: skip

    def relevant(**fields: str) -> Assessment:
        return judged(files=top, **fields)["SMART R"]

    assert relevant().judged_by == "It is a company objective."
    assert relevant(owner="sales").verdict is Verdict.TO_DO
    assert relevant(owner="sales", ignore="[OKR405]").verdict is Verdict.NOT_ASKED
    assert relevant(owner="sales", aligns_to="top").judged_by == "It aligns to an objective."
    assert relevant(owner="sales", aligns_to="[top, top#a]").verdict is Verdict.MET
    hidden = relevant(owner="sales", aligns_to="secret")
    assert (hidden.verdict, "secret" in hidden.judged_by) == (Verdict.MET, False)
    lost = relevant(owner="sales", aligns_to="nowhere")
    assert (lost.verdict, lost.judged_by) == (
        Verdict.TO_DO, "Its `aligns_to` doesn't lead to an objective.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("result", "verdict"),
    [
        ("id: c, title: C, milestones: [{title: x, due: 2026-11-01}]", Verdict.MET),
        ("id: c, title: C, due: 2026-12-01, milestones: [{title: x}]", Verdict.MET),
        ("id: c, title: C, milestones: [{title: x, done: 2026-11-01}]", Verdict.MET),
        ("id: c, title: C, done: false, due: 2026-12-01", Verdict.MET),
        ("id: c, title: C, done: false", Verdict.TO_DO),
        ("id: c, title: C, milestones: [{title: x, due: 2026-11-01}, {title: y}]", Verdict.TO_DO),
        ("id: c, title: C, done: false, status: cancelled", Verdict.MET),
    ],
)
def test_time_bound(result: str, verdict: Verdict) -> None:
    found = judged(ONE, result)["SMART T"]
    assert found.verdict is verdict
    assert found.judged_by.startswith("Its cycle ends on 31 Dec 2026.")
    assert ("missing in `c`" in found.judged_by) == (verdict is Verdict.TO_DO)


@pytest.mark.parametrize(
    ("check_ins", "every", "as_of", "verdict"),
    [
        ("[{date: 2026-11-08}]", "week", AS_OF, Verdict.MET),
        ("[{date: 2026-11-07}]", "week", AS_OF, Verdict.TO_DO),
        ("[{date: 2026-11-07}]", "2 weeks", AS_OF, Verdict.MET),
        ("[{date: 2026-11-20}]", "week", AS_OF, Verdict.TO_DO),
        ("[]", "week", date(2026, 10, 8), Verdict.NOT_YET),
        ("[]", "week", date(2026, 10, 9), Verdict.TO_DO),
        ("[]", "week", UPCOMING, Verdict.NOT_YET),
        ("[{date: 2026-12-28}]", "week", CLOSED, Verdict.MET),
        ("[{date: 2026-12-20}]", "week", CLOSED, Verdict.TO_DO),
        ("[{date: 2027-01-10}]", "week", CLOSED, Verdict.TO_DO),
        ("[]", "quarter", CLOSED, Verdict.TO_DO),
    ],
)
def test_frequently_discussed(check_ins: str, every: str, as_of: date, verdict: Verdict) -> None:
    assert judged(as_of=as_of, check_ins=check_ins, every=every)["FAST F"].verdict is verdict


def test_nobody_owes_a_check_in_on_what_is_done_or_not_alive() -> None:
    done = judged("id: a, title: A, to: 10, current: 10")["FAST F"]
    assert (done.verdict, "no check-in is due" in done.judged_by) == (Verdict.NOT_ASKED, True)
    assert judged(status="cancelled")["FAST F"].verdict is Verdict.NOT_ASKED
    assert judged(status="draft")["FAST F"].verdict is Verdict.NOT_YET
    assert judged(ignore="[OKR406]")["FAST F"].verdict is Verdict.NOT_ASKED


def test_after_the_last_day_of_a_cycle_no_check_in_is_late() -> None:
    cycle = document("cycle", "start: 2026-10-01", "end: 2026-10-31", "closed: 2026-11-20")
    files = {"cycles/2026-10.md": cycle}
    found = judged(files=files, cycle="2026-10", check_ins="[{date: 2026-10-30}]", as_of=CLOSED)
    assert found["FAST F"].verdict is Verdict.MET


FULL = ("id: a, title: A, to: 10, current: 10", "id: b, title: B, to: 10, current: 12")


@pytest.mark.parametrize(
    ("results", "as_of", "fields", "verdict"),
    [
        ((ONE, TWO), AS_OF, {}, Verdict.MET),
        ((ONE, TWO), AS_OF, {"commitment": "committed"}, Verdict.NOT_ASKED),
        (FULL, AS_OF, {}, Verdict.MET),
        (FULL, CLOSED, {}, Verdict.TO_DO),
        (FULL, CLOSED, {"status": "cancelled"}, Verdict.MET),
        (FULL, CLOSED, {"ignore": "[OKR408]"}, Verdict.NOT_ASKED),
        ((FULL[0], TWO), CLOSED, {}, Verdict.MET),
    ],
)
def test_ambitious(
    results: tuple[str, ...], as_of: date, fields: dict[str, str], verdict: Verdict
) -> None:
    assert judged(*results, as_of=as_of, **fields)["FAST A"].verdict is verdict


def test_fast_is_specific_where_words_and_measures_are() -> None:
    assert judged()["FAST S"].verdict is Verdict.MET
    found = judged("id: a, title: A", title="Grow by 20%")["FAST S"]
    assert (found.verdict, found.judged_by[-8:]) == (Verdict.TO_DO, "S and M.")


def test_transparent_is_public_and_owned() -> None:
    everything = {"include_private": True}
    assert judged()["FAST T"].judged_by == "It is public and has an owner."
    assert "2 owners" in judged(files=SALES, owners="[company, sales]")["FAST T"].judged_by
    private = judged(visibility="private", options=everything)["FAST T"]
    assert private.verdict is Verdict.TO_DO
    hidden = {"teams/sales.md": document("team", "visibility: private")}
    found = judged(files=hidden, owner="sales", options=everything)["FAST T"]
    assert found.verdict is Verdict.TO_DO


def test_a_share_counts_what_could_be_judged() -> None:
    every = [Verdict.MET, Verdict.MET, Verdict.TO_DO, Verdict.NOT_YET, Verdict.NOT_ASKED]
    assert Share.of(every) == Share(2, 3)


WITH_UNIT = "id: g, title: Guests come back, to: 200 guests"
RANGE = "id: k, title: Stay healthy, keep: {min: 80%}"
DONE = "id: m, title: The hut is open, done: false, measured_by: a guest sleeps there"


def hinted(
    *results: str, as_of: date = AS_OF, language: str = "en", files: Files | None = None,
    **fields: str,
) -> list[str]:  # fmt: skip
    settings = read_settings({}, language)
    files = {**(files or {}), "grow.md": objective(*results, **{"title": "Be there", **fields})}
    site = build(Shelf(files), settings, "Acme", as_of, WORDS, Addresses()).site
    grow = site.project.objectives["grow"]
    return list(wording_hints(WORDS, site.project, site.scorecard, settings, grow))


def test_a_well_worded_objective_gets_no_hint() -> None:
    assert hinted(WITH_UNIT, RANGE, title="Be the first choice") == []


@pytest.mark.parametrize(
    ("results", "fields", "hint"),
    [
        (
            (WITH_UNIT, RANGE),
            {"title": "Delight guests and cut the waiting"},
            "The title goes in two directions: which one matters more?",
        ),
        (
            (WITH_UNIT, RANGE),
            {"title": "Work harder"},
            "“Work harder” gives no direction: name what should change.",
        ),
        (
            ("id: a, title: '*Improve* everything', to: 10 points", RANGE),
            {},
            "“*Improve* everything” gives no direction: name what should change.",
        ),
        (
            (ONE, TWO, RANGE),
            {},
            "Add the unit, as in `200 guests`: `a` and `b`.",
        ),
        (
            ("id: w, title: Hold workshops, to: 10 workshops", DONE),
            {},
            "Every key result describes an activity: add one that says what changes as a result.",
        ),
        (
            (WITH_UNIT, "id: h, title: Rooms are sold, to: 30 rooms"),
            {},
            "Every key result is a target: add a range to keep or a guardrail"
            " for what mustn't get worse.",
        ),
        (
            (RANGE, "id: l, title: Stay fast, keep: {max: 2 days}"),
            {},
            "Every key result keeps things as they are: add one that says what gets better.",
        ),
    ],
)
def test_a_hint_says_what_could_be_worded_better(
    results: tuple[str, ...], fields: dict[str, str], hint: str
) -> None:
    assert hinted(*results, **fields) == [hint]
    assert hinted(*results, status="draft", **fields) == [hint]
    assert hinted(*results, status="cancelled", **fields) == []
    assert hinted(*results, as_of=CLOSED, **fields) == []


def test_an_activity_and_a_target_are_not_of_one_kind() -> None:
    assert hinted("id: w, title: Hold workshops, to: 10 workshops", WITH_UNIT) == []


def test_a_guardrail_is_a_counterweight_to_targets() -> None:
    kpi = document("kpi", "title: Health", "owner: company", "keep: {min: 1}")
    files = {"kpis/health.md": kpi}
    rooms = "id: h, title: Rooms are sold, to: 30 rooms"
    assert len(hinted(WITH_UNIT, rooms, files=files)) == 1
    assert hinted(WITH_UNIT, rooms, files=files, guardrails="[health]") == []


def test_hints_follow_the_language_of_the_site() -> None:
    assert hinted(WITH_UNIT, RANGE, title="Noch besser werden", language="de") != []
    assert hinted(WITH_UNIT, RANGE, title="Work harder", language="de") == []
    assert hinted(WITH_UNIT, RANGE, title="Work harder", language="pt") == []


def test_an_activity_that_is_counted_is_an_output() -> None:
    activity = "id: w, title: Hold 10 workshops, to: 10"
    site = site_of({"grow.md": objective(activity, WITH_UNIT, DONE, title="Be <b>there</b>")})
    everybody = coach_summary(PageContext(site, "insights/"))
    assert everybody is not None
    assert (everybody.everybody.outcomes, everybody.everybody.outputs) == (1, 2)
    page = render("objective", objective_view(site, "grow/", Markup(), None, "grow"))
    shown = page.xpath("//details[contains(@class, 'okr-coach')]//ul[last()]/li")
    texts = [item.text_content() for item in shown]
    assert texts[-2:] == [
        "Outcomes: 1, outputs: 2",
        "Add the unit, as in 200 guests: w.",
    ]


def panel_of(as_of: date = AS_OF, **fields: str) -> Iterator[str]:
    site = site_of({"grow.md": objective(ONE, TWO, **fields)}, as_of)
    page = render("objective", objective_view(site, "grow/", Markup(), None, "grow"))
    [panel] = page.xpath("//details[contains(@class, 'okr-coach')]")
    yield panel.xpath("./summary")[0].text_content().partition(": ")[2].partition(", 1 find")[0]
    yield "".join(panel.xpath("./div/p[not(@class)]/text()"))
    yield from panel.xpath(".//dt/following-sibling::dd[1]/text()")


def test_the_panel_says_what_applies() -> None:
    share, note, *words = panel_of(check_ins=FRESH)
    assert (share, note) == ("SMART 4 of 5, FAST 3 of 4", "")
    assert words == ["To do", "Met", "Met", "Met", "Met", "Met", "Met", "To do", "Met"]
    share, note, *words = panel_of(status="draft")
    assert (share, words[2]) == ("SMART 3 of 4, FAST 2 of 3", "Not yet")
    assert note.startswith("It is a draft")
    share, note, *words = panel_of(CLOSED, commitment="committed")
    assert (words[0], words[6]) == ("Not met", "Not applicable")
    assert "for the next one" in note
    assert "cancelled" in list(panel_of(status="cancelled"))[1]


def render(template: str, view: object) -> Any:
    theme = str(Path(next(iter(okrsite.theme.__path__))))
    return html.fromstring(Renderer([theme], WORDS).render(template, view))


def test_the_page_of_an_objective_has_the_panel_folded_and_small() -> None:
    files = {"okrs/grow.md": objective(ONE, "id: <b>, title: B", title="Grow to <i>$5M</i>")}
    site = site_of(files)
    page = render("objective", objective_view(site, "okrs/grow/", Markup(), None, "okrs/grow"))
    [panel] = page.xpath("//details[contains(@class, 'okr-coach')]")
    assert panel.get("open") is None
    assert [group.text_content() for group in panel.xpath(".//dt")] == [c.name for c in CRITERIA]
    said = panel.xpath(".//ul")[0]
    codes = said.xpath(".//a[starts-with(text(), 'OKR')]")
    assert [(a.text, a.get("href")) for a in codes] == [
        (code, f"../../checks/#{code.lower()}") for code in ("OKR406", "OKR403", "OKR402")
    ]
    assert "3 findings" in panel.xpath("./summary")[0].text_content()
    said.getparent().remove(said)
    assert panel.xpath(".//a/@href") == ["../../insights/writing/#okr-coach"]
    assert len(html.tostring(panel)) < 3_000
    assert "<b> has none" in panel.text_content()
    assert "not a rating of people" in panel.text_content()


FILES = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "teams/field.md": document("team", "title: Field", "parent: sales"),
    "teams/idle.md": document("team", "title: Idle"),
    "okrs/top.md": objective(ONE, "id: c, title: C, keep: {min: 1}", body="Why.", check_ins=FRESH),
    "okrs/both.md": objective(
        ONE, "id: m, title: M, done: false", "id: r, title: R, roll_up: true",
        title="Shared", commitment="committed",
    ).replace("owner: company", "owners: [sales, field]"),
    "okrs/field.md": objective(ONE, TWO, owner="field", aligns_to="top", title="Aligned"),
    "okrs/draft.md": objective(ONE, TWO, owner="idle", status="draft"),
    "okrs/over.md": objective(ONE, TWO, owner="idle", cycle="2026-q3"),
    "kpis/well.md": document(
        "kpi", "title: Well", "owner: sales", "keep: {min: 1}",
        "readings: [{date: 2026-11-01, value: 2}]",
    ),
    "kpis/ill.md": document(
        "kpi", "title: Ill", "owner: company", "unit: calls", "keep: {max: 1}",
        "readings: [{date: 2026-11-01, value: 2}]",
    ),
}  # fmt: skip


def summary_of(files: Files, as_of: date = AS_OF) -> CoachSummary:
    found = coach_summary(PageContext(site_of(files, as_of), "insights/"))
    assert found is not None
    return found


def test_the_summary_goes_by_owner_in_the_order_of_the_organisation() -> None:
    summary = summary_of(FILES)
    rows = {row.owner: row for row in summary.rows}
    assert list(rows) == ["company", "teams/sales", "teams/field"]
    assert [row.depth for row in rows.values()] == [0, 1, 2]
    field = rows["teams/field"]
    assert (field.objectives, field.outcomes, field.outputs) == (2, 3, 1)
    assert [(share.met, share.asked) for share in field.shares] == [
        (0, 2), (2, 2), (0, 2), (1, 2), (1, 2), (0, 2), (1, 1), (0, 2), (2, 2),
    ]  # fmt: skip
    assert rows["teams/sales"].shares[6].asked == 0
    everybody = summary.everybody
    assert (everybody.objectives, everybody.outcomes, everybody.outputs) == (3, 5, 1)
    page = render("writing", writing_view(site_of(FILES), "insights/writing/", Markup()))
    sales, shown, _ = page.xpath("//table/tbody/tr")
    assert [criterion.letter for _, criterion in summary.missed] == list("SARTFS")
    assert [cell.text_content() for cell in shown[1:5]] == ["2", "2/2", "2/2", "1/2"]
    assert (sales[0].text_content(), sales[4].text_content()) == ("Sales", "1/1")


def test_who_has_no_kpi_and_which_kpi_has_no_objective() -> None:
    summary = summary_of(FILES)
    assert summary.without_kpi == (("teams/field", 2),)
    page = render("writing", writing_view(site_of(FILES), "insights/writing/", Markup()))
    texts = [item.text_content().strip() for item in page.xpath("//li")]
    assert "Field2 objectives" in texts
    view = insights_view(site_of(FILES), "insights/", Markup())
    [ill] = view.kpis
    assert (ill.kpi.id, ill.figures.health) == ("kpis/ill", Health.CRITICAL)
    texts = [item.text_content().strip() for item in render("insights", view).xpath("//li")]
    assert "CriticalIll2\u00a0calls · Acme" in texts


def test_long_lists_are_folded() -> None:
    files: dict[str, str] = {}
    for n in range(120):
        files[f"teams/t{n:03}.md"] = document("team", f"title: Team {n:03}")
        result = ONE if n else "id: a, title: A"
        files[f"okrs/o{n:03}.md"] = objective(result, TWO, owner=f"t{n:03}")
    page = render("writing", writing_view(site_of(files), "insights/writing/", Markup()))
    lists = page.xpath("//section[h3='Owners without a KPI' or div/h3='Owners without a KPI']")
    assert [len(found) for found in (lists[0].xpath("./ul/li"), lists[0].xpath(".//li"))] == [
        12, 120,
    ]  # fmt: skip
    assert lists[0].xpath("./details/summary/text()") == ["and 108 more"]
    [everybody] = page.xpath("//tr[@class='okr-coach__all']")
    assert [cell.text_content() for cell in everybody.xpath("./td")][2] == "1/120"


def test_only_what_is_not_met_is_in_the_table() -> None:
    page = render("writing", writing_view(site_of(FILES), "insights/writing/", Markup()))
    [table] = page.xpath("//table")
    assert table.xpath("caption")
    assert not table.xpath(".//th[not(@scope)]")
    heads = [head.text_content() for head in table.xpath("./thead//th")]
    assert heads[:4] == ["Owner", "Objectives", "SMART Specific", "SMART Achievable"]
    assert "FAST Transparent" not in heads
    rows = table.xpath("./tbody/tr")
    assert [len(row) for row in rows] == [len(heads)] * 3
    assert rows[-1][0].text_content() == "Total (shared objectives counted once)"
    assert rows[0].xpath("./th/a/@href") == ["../../teams/sales/"]
    assert "never a rating of people" in page.text_content()
    assert page.xpath("//h2[@id='okr-coach']")


def test_where_nothing_is_under_way_the_summary_says_so() -> None:
    over = {"okrs/over.md": FILES["okrs/over.md"].replace("idle", "company")}
    page = render("writing", writing_view(site_of(over), "insights/writing/", Markup()))
    assert page.xpath("//h2[@id='okr-coach']")
    assert "No open cycle has an active objective." in page.text_content()
    assert not page.xpath("//table")
    assert coach_summary(PageContext(site_of({}), "insights/")) is None
