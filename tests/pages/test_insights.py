"""The insights and the pages of documents with errors: what is said, in which order, with why."""

from pathlib import Path

import okrsite.theme
from markupsafe import Markup, escape

from okrsite.build import build
from okrsite.findings.codes import CHECKS
from okrsite.findings.finding import Severity
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.broken_document import broken_view
from okrsite.pages.checks import checks_view
from okrsite.pages.insights import InsightsView, insights_view
from okrsite.pages.render import Renderer
from okrsite.pages.site import Site
from okrsite.settings import read_settings
from tests.samples import AS_OF, Files, Shelf, document, objective

RESULT = "id: a, title: Reach, from: 0, to: 10, current: 5"
OTHER = "id: b, title: Hold, from: 0, to: 10, current: 5"
WORDS = Words.of("en")
WEB = {"teams/web.md": document("team", "title: Web")}


def site_of(files: Files) -> Site:
    addresses = Addresses(source="https://git.example/")
    return build(Shelf(files), read_settings({}), "Acme", AS_OF, WORDS, addresses).site


def view_of(files: Files) -> InsightsView:
    return insights_view(site_of(files), "insights/", Markup())


def html_of(template: str, view: object) -> str:
    theme = str(Path(next(iter(okrsite.theme.__path__))))
    return Renderer([theme], WORDS).render(template, view)


def test_nothing_to_advise_is_one_sentence() -> None:
    view = view_of({})
    assert view.wrong == view.urgent == view.owed == view.groups == ()
    assert "Nothing to advise." in html_of("insights", view)


def test_findings_stand_by_check_with_why_it_matters() -> None:
    view = view_of({**WEB, "okrs/bonus.md": objective(RESULT, title="Pay a bonus", owner="web")})
    groups = {str(group.code.text): group for group in view.groups}
    assert set(groups) == {"OKR401", "OKR405", "OKR412"}
    group = groups["OKR405"]
    assert group.summary == CHECKS["OKR405"].summary
    assert group.why == CHECKS["OKR405"].why
    assert (group.anchor, group.count, group.mark.word) == ("okr405", "1", "Advice")
    [row] = group.findings
    assert row.document is not None
    assert (row.document.text, row.document.href) == ("Pay a bonus", "../okrs/bonus/")
    assert [owner.text for owner in row.owners] == ["Web"]
    assert row.finding.sentence == "The objective aligns to nothing"
    assert row.finding.hint is not None
    assert "<code>aligns_to:</code>" in row.finding.hint
    assert (row.finding.finding.path, row.finding.finding.line) == ("content/okrs/bonus.md", 1)


def test_what_needs_action_first_comes_first() -> None:
    late = "updated: x"
    files = {
        **WEB,
        "kpis/ill.md": document(
            "kpi", "owner: web", "keep: {min: 5}", "readings: [{date: 2026-11-01, value: 1}]"
        ),
        "okrs/alone.md": objective(RESULT, owner="web", status="draft")
        .replace("key_results:", f"{late}\nkey_results:"),
    }  # fmt: skip
    view = view_of(files)
    assert [[group.code.text for group in part] for part in (view.urgent, view.groups)] == [
        ["OKR409"], ["OKR106", "OKR401", "OKR405"],
    ]  # fmt: skip


def test_advice_names_what_it_is_about_and_leads_there() -> None:
    kpi = document(
        "kpi", "owner: web", "title: Happy *guests*", "keep: {min: 5}", "indicator: leading",
        "readings: [{date: 2026-10-01, value: 6}]",
    )  # fmt: skip
    files = {**WEB, "kpis/happy.md": kpi}
    for number in range(6):
        files[f"okrs/{number}.md"] = objective(RESULT, OTHER, owner="web", title=f"Nr {number}")
    files["okrs/usual.md"] = objective("id: stay, title: Stay, kpi: happy, to: 8", OTHER)
    view = view_of(files)
    [urgent] = [group for group in view.urgent if group.code.text == "OKR404"]
    [usual] = [group for group in view.groups if group.code.text == "OKR411"]
    assert urgent.findings[0].finding.sentence == Markup(
        '<a href="../teams/web/">Web</a> has 6 active objectives in 2026 Q4'
    ) or urgent.findings[0].finding.sentence == Markup(
        '<a href="../web/">Web</a> has 6 active objectives in 2026 Q4'
    )
    row = usual.findings[0].finding
    assert row.sentence.startswith('<a href="../okrs/usual/#stay">Stay</a> starts healthy')
    assert row.hint is not None
    assert '<a href="../kpis/happy/">Happy <em>guests</em></a>' in row.hint


def test_what_is_wrong_in_writing_is_said_as_it_is_written() -> None:
    files = {
        **WEB,
        "teams/b/two.md": document("team", "title: Two"),
        "teams/c/two.md": document("team", "title: Two too"),
        "okrs/which.md": objective(RESULT, owner="two"),
    }
    [group] = view_of(files).wrong
    assert group.code.text == "OKR202"
    [row] = group.findings
    said = row.finding.sentence + (row.finding.hint or "")
    assert "<code>teams/b/two</code>" in said
    assert "<a " not in said


def test_a_code_leads_to_what_is_said_of_it() -> None:
    files = {"okrs/bonus.md": objective(RESULT, title="Pay a bonus")}
    [group] = [g for g in view_of(files).groups if g.code.text == "OKR412"]
    assert group.code.href == "../checks/#okr412"
    html = html_of("insights", view_of(files))
    assert '<a href="../checks/#okr412">OKR412</a>' in html
    assert '<a href="../checks/">What the checks say</a>' in html


def test_the_page_of_the_checks_says_of_every_code_what_why_and_what_instead() -> None:
    view = checks_view(site_of({"okrs/bonus.md": objective(RESULT)}), "checks/", Markup())
    rows = {row.code: row for group in view.groups for row in group.checks}
    assert list(rows) == list(CHECKS)
    html = html_of("checks", view)
    for code, check in CHECKS.items():
        assert f'id="{code.lower()}"' in html
        row = rows[code]
        assert (row.summary, row.why) == (check.summary, check.why)
        assert (row.example, row.instead) == (check.example, check.instead)
        for text in (check.summary, check.why, check.example, check.instead):
            assert str(escape(text)) in html
    seen = {code: row.seen for code, row in rows.items() if row.seen is not None}
    assert set(seen) == {"OKR401", "OKR406"}
    assert (seen["OKR401"].text, seen["OKR401"].href) == (
        "1 on this site",
        "../insights/#okr401",
    )


def test_what_is_owed_is_listed_once() -> None:
    files = {
        **WEB,
        "kpis/old.md": document(
            "kpi", "owner: web", "title: Old", "readings: [{date: 2026-01-01, value: 1}]"
        ),
        "okrs/idle.md": objective(RESULT, OTHER, title="Idle"),
    }
    view = view_of(files)
    assert [(group.code.text, group.owed.count) for group in view.owed] == [
        ("OKR406", "1"), ("OKR415", "1"),
    ]  # fmt: skip
    assert [group.owed.first[0].about.text for group in view.owed] == ["Idle", "Old"]
    assert view.groups == ()


def test_errors_come_before_all_and_lead_to_their_documents() -> None:
    view = view_of({"okrs/bad.md": objective(RESULT, title="Bad", owner="nobody")})
    [group] = view.wrong
    assert (group.code.text, group.mark.word) == ("OKR201", "Error")
    assert group.findings[0].document is not None
    assert group.findings[0].document.href == "../okrs/bad/"
    html = html_of("insights", view)
    assert html.index("What is wrong") > html.index("okr201")


def test_a_bad_row_of_a_file_leads_to_the_kpi_that_names_it() -> None:
    files = {
        **WEB,
        "kpis/k.md": document("kpi", "owner: web", "title: Measured", "data: k.csv"),
        "kpis/k.csv": "date,value\n2026-11-01,much\n",
    }
    [group] = view_of(files).wrong
    [row] = group.findings
    assert (row.finding.finding.path, row.finding.finding.line) == ("content/kpis/k.csv", 2)
    assert row.document is not None
    assert row.document.text == "Measured"


def test_many_findings_of_a_check_are_folded() -> None:
    files = {f"okrs/{n:02}.md": objective(RESULT, title=f"Number {n:02}") for n in range(15)}
    groups = {str(group.code.text): group for group in view_of(files).groups}
    group = groups["OKR401"]
    assert (len(group.findings), len(group.more), group.count) == (12, 3, "15")
    assert group.more_said == "and 3 more"


def test_nothing_private_is_advised_on() -> None:
    files = {"o.md": objective(RESULT, title="A bonus", visibility="private")}
    view = view_of(files)
    assert view.wrong == view.urgent == view.owed == view.groups == ()


BROKEN = """---
type: objective
title: A *plan*
cycle: 2026-q4
owner: company
weight: heavy
surprise: 1
key_results: [{title: Go, from: 5, to: 5}]
---
What we meant.
"""


def test_a_document_with_errors_says_that_it_counts_in_no_figure() -> None:
    site = site_of({"okrs/plan.md": BROKEN})
    view = broken_view(site, "okrs/plan/", Markup("<p>What we meant.</p>"), "okrs/plan.md")
    assert view.title == Markup("A <em>plan</em>")
    severities = [row.finding.severity for row in view.findings]
    assert severities[0] is Severity.ERROR
    assert severities == sorted(severities, key=[*Severity].index)
    first = view.findings[0].finding
    assert first.path == "content/okrs/plan.md"
    assert 'href="https://git.example/content/okrs/plan.md#L' in html_of("broken", view)
    html = html_of("broken", view)
    assert "counts in no figure" in html
    assert '<span class="okr-status okr-tone--kpi_critical">Error</span>' in html
    assert '<a href="../../checks/#' in html
    assert html.index(str(view.findings[0].sentence)) < html.index("What we meant.")
