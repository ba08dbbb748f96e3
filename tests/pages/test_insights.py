"""The insights and the pages of documents with errors: what is said, in which order, with why."""

from pathlib import Path

import okrsite.theme
from markupsafe import Markup, escape

from okrsite.build import build
from okrsite.findings.codes import CHECKS
from okrsite.findings.finding import Severity
from okrsite.language.inline import inline
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.broken_document import broken_view
from okrsite.pages.checks import checks_view
from okrsite.pages.insights import InsightsView, WritingView, insights_view, writing_view
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


def writing_of(files: Files) -> WritingView:
    return writing_view(site_of(files), "insights/writing/", Markup())


def html_of(template: str, view: object) -> str:
    theme = str(Path(next(iter(okrsite.theme.__path__))))
    return Renderer([theme], WORDS).render(template, view)


def test_nothing_to_advise_is_one_sentence() -> None:
    view, writing = view_of({}), writing_of({})
    assert view.kpis == view.off_track == view.urgent == view.overdue == view.writing == ()
    assert writing.wrong == writing.groups == ()
    assert "Nothing needs a decision:" in html_of("insights", view)
    assert "No advice." in html_of("writing", writing)


def test_findings_stand_by_check_with_why_it_matters() -> None:
    view = writing_of({**WEB, "okrs/bonus.md": objective(RESULT, title="Pay a bonus", owner="web")})
    groups = {group.check.code: group for group in view.groups}
    assert set(groups) == {"OKR401", "OKR405", "OKR412"}
    group = groups["OKR405"]
    assert (group.check, group.severity) == (CHECKS["OKR405"], Severity.ADVICE)
    [row] = group.findings
    assert row.page is not None
    assert row.page.title == "Pay a bonus"
    assert row.owners == ("teams/web",)
    html = html_of("writing", view)
    part = html[html.index('<h3 id="okr405">') :].partition("</section>")[0]
    for text in (escape(CHECKS["OKR405"].summary), escape(CHECKS["OKR405"].why)):
        assert f"{text}</" in part
    for text in ("<span>Advice</span>", ">1</span>", '<a href="../../okrs/bonus/">Pay a bonus</a>'):
        assert text in part
    assert ">Web</a>" in part
    assert row.finding.sentence == "The objective is not aligned"
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
    assert [card.kpi.id for card in view.kpis] == ["kpis/ill"]
    assert [group.check.code for group in view.urgent] == ["OKR422"]
    codes = ["OKR106", "OKR401", "OKR405"]
    assert [group.check.code for group in writing_of(files).groups] == codes
    assert [check.code for check, _, _ in view.writing] == codes


def test_what_needs_a_decision_is_in_the_order_of_its_weight() -> None:
    def kpi(value: int) -> str:
        return document(
            "kpi", "owner: web", "keep: {min: 5}", "alert: {min: 3}",
            f"readings: [{{date: 2026-11-01, value: {value}}}]",
        )  # fmt: skip

    behind = "id: a, title: Reach, from: 0, to: 100, current: 1"
    files = {
        **WEB,
        "kpis/a.md": kpi(4),
        "kpis/b.md": kpi(1),
        "okrs/late.md": objective(behind, title="Late", guardrails="[a]"),
        "okrs/later.md": objective(behind.replace("current: 1", "current: 0"), title="Later"),
        "okrs/one.md": objective(RESULT, title="One", aligns_to="two"),
        "okrs/two.md": objective(RESULT, title="Two", aligns_to="one"),
    }
    view = view_of(files)
    assert [card.kpi.id for card in view.kpis] == ["kpis/b", "kpis/a"]
    assert [row.objective.page.title for row in view.off_track] == ["Later", "Late"]
    assert [group.check.code for group in view.urgent] == ["OKR417", "OKR203"]
    html = html_of("insights", view)
    order = [html.index(f'<h2 id="{id}">') for id in ("okr409", "okr-off-track", "okr-owed")]
    order += [html.index(f'<h2 id="{id}">') for id in ("okr417", "okr203", "okr-advice")]
    assert order == sorted(order)


def test_old_addresses_lead_on_to_the_page_for_writers() -> None:
    html = html_of("insights", view_of({"okrs/bonus.md": objective(RESULT, title="Pay a bonus")}))
    for anchor in ("okr401", "okr-coach"):
        item = html[html.index(f'<li id="{anchor}">') :].partition("</li>")[0]
        assert f'href="writing/#{anchor}"' in item


def test_only_who_can_edit_reads_what_to_write_and_where() -> None:
    files = {**WEB}
    for number in range(6):
        files[f"okrs/{number}.md"] = objective(RESULT, OTHER, owner="web", title=f"Nr {number}")
    editor = Addresses(editing="https://github.com/acme/okrs/edit/main/content/", docs="content")
    for addresses, seen in ((Addresses(), 0), (editor, 1)):
        site = build(Shelf(files), read_settings({}), "Acme", AS_OF, WORDS, addresses).site
        html = html_of("insights", insights_view(site, "insights/", Markup()))
        assert html.count("Drop some, or move them to a later cycle as drafts") == seen
        assert html.count("content/okrs/5.md") == seen


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
    [urgent] = [group for group in view.urgent if group.check.code == "OKR404"]
    [usual] = [group for group in writing_of(files).groups if group.check.code == "OKR411"]
    assert urgent.findings[0].finding.sentence == Markup(
        '<a href="../teams/web/">Web</a> has 6 active objectives in 2026 Q4'
    ) or urgent.findings[0].finding.sentence == Markup(
        '<a href="../web/">Web</a> has 6 active objectives in 2026 Q4'
    )
    row = usual.findings[0].finding
    assert row.sentence.startswith('<a href="../../okrs/usual/#stay">Stay</a> is already healthy')
    assert row.hint is not None
    assert '<a href="../../kpis/happy/">Happy <em>guests</em></a>' in row.hint


def test_what_is_wrong_in_writing_is_said_as_it_is_written() -> None:
    files = {
        **WEB,
        "teams/b/two.md": document("team", "title: Two"),
        "teams/c/two.md": document("team", "title: Two too"),
        "okrs/which.md": objective(RESULT, owner="two"),
    }
    [group] = writing_of(files).wrong
    assert group.check.code == "OKR202"
    [row] = group.findings
    said = row.finding.sentence + (row.finding.hint or "")
    assert "<code>teams/b/two</code>" in said
    assert "<a " not in said


def test_a_code_leads_to_what_is_said_of_it() -> None:
    files = {"okrs/bonus.md": objective(RESULT, title="Pay a bonus")}
    html = html_of("writing", writing_of(files))
    assert '<a href="../../checks/#okr412">OKR412</a>' in html
    assert '<a href="../../checks/">Checks explained</a>' in html


def test_the_page_of_the_checks_says_of_every_code_what_why_and_what_instead() -> None:
    view = checks_view(site_of({"okrs/bonus.md": objective(RESULT)}), "checks/", Markup())
    assert [check.code for _, checks in view.groups for check in checks] == list(CHECKS)
    html = html_of("checks", view)
    for code, check in CHECKS.items():
        assert f'id="{code.lower()}"' in html
        for text in (check.summary, check.example, check.instead):
            assert str(escape(text)) in html
        assert str(inline(check.why)) in html
    assert view.found == {"OKR401": 1, "OKR406": 1}
    assert '<a href="../insights/writing/#okr401">1 on this site</a>' in html
    assert '<a href="../insights/#okr406">1 on this site</a>' in html
    assert html.count("on this site</a>") == 2


def test_what_is_owed_is_listed_once() -> None:
    files = {
        **WEB,
        "kpis/old.md": document(
            "kpi",
            "owner: web",
            "title: Old",
            "target: {value: 9}",
            "readings: [{date: 2026-01-01, value: 1}]",
        ),
        "okrs/idle.md": objective(RESULT, OTHER, title="Idle"),
    }
    view = view_of(files)
    [(stale, [check_in]), (overdue, [reading])] = view.overdue
    assert (stale.code, overdue.code) == ("OKR406", "OKR415")
    assert check_in.objective is not None
    assert reading.kpi is not None
    assert (check_in.objective.page.title, reading.kpi.page.title) == ("Idle", "Old")
    html = html_of("insights", view)
    assert (html.count(">Idle</a>"), html.count(">Old</a>")) == (1, 1)
    assert writing_of(files).groups == ()


def test_errors_come_before_all_and_lead_to_their_documents() -> None:
    view = writing_of({"okrs/bad.md": objective(RESULT, title="Bad", owner="nobody")})
    [group] = view.wrong
    assert (group.check.code, group.severity) == ("OKR201", Severity.ERROR)
    html = html_of("writing", view)
    assert '<p class="okr-finding__about"><a href="../../okrs/bad/">Bad</a></p>' in html
    assert "<span>Error</span>" in html
    assert html.index("Errors (left out") > html.index("okr201")


def test_a_bad_row_of_a_file_leads_to_the_kpi_that_names_it() -> None:
    files = {
        **WEB,
        "kpis/k.md": document("kpi", "owner: web", "title: Measured", "data: k.csv"),
        "kpis/k.csv": "date,value\n2026-11-01,much\n",
    }
    [group] = writing_of(files).wrong
    [row] = group.findings
    assert (row.finding.finding.path, row.finding.finding.line) == ("content/kpis/k.csv", 2)
    assert row.page is not None
    assert row.page.title == "Measured"


def test_many_findings_of_a_check_are_folded() -> None:
    files = {f"okrs/{n:02}.md": objective(RESULT, title=f"Number {n:02}") for n in range(15)}
    view = writing_of(files)
    groups = {group.check.code: group for group in view.groups}
    assert len(groups["OKR401"].findings) == 15
    html = html_of("writing", view)
    part = html[html.index('<h3 id="okr401">') :].partition("</section>")[0]
    shown, folded = part.split("<summary>and 3 more</summary>")
    assert [text.count('<li class="okr-finding">') for text in (shown, folded)] == [12, 3]
    assert '<span class="okr-figure">15</span>' in shown


def test_nothing_private_is_advised_on() -> None:
    files = {"o.md": objective(RESULT, title="A bonus", visibility="private")}
    view, writing = view_of(files), writing_of(files)
    assert view.kpis == view.off_track == view.urgent == view.overdue == view.writing == ()
    assert writing.wrong == writing.groups == ()


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
    assert "is not counted until" in html
    assert '<span class="okr-status okr-tone--kpi_critical">Error</span>' in html
    assert '<a href="../../checks/#' in html
    assert html.index(str(view.findings[0].sentence)) < html.index("What we meant.")
