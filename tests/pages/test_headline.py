"""Headlines: pace in words, shares, reasons, and the status alone of what has no score."""

import re

import pytest
from markupsafe import Markup

from okrsite.pages.badge import badges
from okrsite.pages.cycle import cycle_view
from okrsite.pages.embedded import frame_view
from okrsite.pages.home import home_view
from okrsite.pages.objective import objective_view
from okrsite.pages.owner import owner_view
from okrsite.pages.parts import PageContext
from okrsite.pages.parts.roll_up import roll_up
from okrsite.pages.site import Site
from okrsite.scores.status import Status
from tests.pages.test_insights import html_of, site_of
from tests.samples import AS_OF, document, export_of, objective

DAY = AS_OF.isoformat()


def worth(value: int, title: str, confidence: float | None = None, **fields: str) -> str:
    """Write an scored objective in hundredths, and a confidence."""
    stated = f", confidence: {confidence}" if confidence is not None else ""
    fields["check_ins"] = f"[{{date: {DAY}, values: {{kr1: {value}}}{stated}}}]"
    return objective("title: Reach it, from: 0, to: 100", title=title, **fields)


FILES = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "a.md": worth(60, "Ahead"),
    "b.md": worth(50, "In doubt", 0.5),
    "c.md": worth(20, "Behind", owner="sales"),
    "d.md": worth(5, "Far behind", owner="sales"),
    "e.md": worth(100, "Done", owner="sales"),
    "draft.md": worth(40, "Later", owner="sales", status="draft"),
    "gone.md": worth(40, "Dropped", owner="sales", status="cancelled"),
    "next.md": worth(0, "Next year", cycle="2027-q1"),
}


def lead(html: str) -> str:
    """Return the words of a page's lead."""
    part = html[html.index('<section class="okr-lead') :]
    part = part[: part.index("</section>")]
    return " ".join(re.sub("<[^>]*>", " ", part).split())


def site() -> Site:
    return site_of(FILES)


def page_of(id: str) -> str:
    return html_of("objective", objective_view(site(), f"{id}/", Markup(), None, id))


def test_a_roll_up_says_pace_status_shares_and_reason() -> None:
    words = lead(html_of("home", home_view(site(), "./", Markup())))
    assert words.startswith("0.55 expected 0.35 0.20 ahead of plan At risk")
    assert "5 objectives 1 achieved 1 on track 2 at risk 1 off track" in words
    assert "not counted: 1 draft , 1 cancelled" in words
    reason = (
        "Ahead of plan, yet at risk: 1 of 2 company objectives is at risk ( In doubt , confiden"
    )
    assert reason in words
    assert "Across the organisation, 3 of 5 objectives are at risk or off track." in words


def test_the_shares_are_drawn_in_the_order_of_the_counts() -> None:
    html = html_of("home", home_view(site(), "./", Markup()))
    drawn = re.findall(r"<rect class=okr-tone--(\w+)", html.partition("okr-shares")[2])
    assert drawn[:4] == ["achieved", "on_track", "at_risk", "off_track"]


def test_a_count_leads_to_the_filtered_list() -> None:
    html = html_of("home", home_view(site(), "./", Markup()))
    assert 'href="cycles/2026-q4/?status=off_track#okr-objectives">1 off track</a>' in html
    assert 'href="cycles/2026-q4/?status=draft#okr-objectives">1 draft</a>' in html
    team = html_of("owner", owner_view(site(), "teams/sales/", Markup(), "teams/sales"))
    address = "../../cycles/2026-q4/?owner=sales&amp;status=achieved#okr-objectives"
    assert f'href="{address}">1 achieved</a>' in team
    cycle = site().project.cycles["2026-q4"]
    own = html_of("cycle", cycle_view(site(), "cycles/2026-q4/", Markup(), cycle))
    assert 'href="./?status=at_risk#okr-objectives">2 at risk</a>' in own
    assert 'id="okr-objectives"' in own


def test_no_reason_is_given_where_pace_says_the_same() -> None:
    context = PageContext(site(), "teams/sales/")
    found = roll_up(context, site().project.cycles["2026-q4"], "teams/sales")
    assert (found.status, found.pace, found.ahead) == (Status.AT_RISK, "0.07 ahead of plan", True)
    assert found.reason is not None
    assert (found.reason.number, found.reason.all, found.reason.status) == (2, 3, None)
    assert [row.objective.id for row in found.reason.named] == ["d", "c"]
    alone = site_of({name: FILES[name] for name in ("company.md", "a.md")})
    cycle = alone.project.cycles["2026-q4"]
    assert roll_up(PageContext(alone, "./"), cycle, "company").reason is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (35, "on plan"),
        (36, "on plan"),
        (37, "0.02 ahead of plan"),
        (34, "on plan"),
        (33, "0.02 behind plan"),
        (20, "0.15 behind plan"),
    ],
)
def test_less_than_two_hundredths_is_on_plan(value: int, words: str) -> None:
    site = site_of({"a.md": worth(value, "A")})
    context = PageContext(site, "a/")
    row = context.objective_row(site.project.objectives["a"])
    assert context.pace_of(row) == words
    assert words in lead(html_of("objective", objective_view(site, "a/", Markup(), None, "a")))


def test_an_objective_says_why_its_status_is_worse_than_its_pace() -> None:
    assert "Ahead of plan, yet at risk: confidence is 0.5." in page_of("b")
    doubted = site_of({"a.md": worth(20, "A", 0.3), "b.md": worth(34, "B", 0.6)})
    html = html_of("objective", objective_view(doubted, "a/", Markup(), None, "a"))
    reason = "Off track because confidence is 0.3; by pace alone it would be at risk."
    assert reason in html
    html = html_of("objective", objective_view(doubted, "b/", Markup(), None, "b"))
    assert "On plan, yet at risk: confidence is 0.6." in html
    assert "because" not in page_of("c").partition("okr-why")[0]


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("draft", "Draft Not agreed yet, so it isn't counted."),
        ("gone", "Cancelled No longer pursued, so it isn't counted."),
        ("next", "Not started The cycle begins on 1 Jan 2027."),
    ],
)
def test_what_does_not_count_has_its_status_as_headline(id: str, words: str) -> None:
    html = page_of(id)
    assert lead(html) == words
    for part in (
        '<svg class="okr-bar',
        "okr-score",
        "0.40",
        "0.00",
        "expected 0",
        "Why 0",
        "Score over",
    ):
        assert part not in html
    frame = html_of("embedded_objective", frame_view(site(), id))
    assert words.split(maxsplit=1)[0] in frame
    for part in ('<svg class="okr-bar', "okr-score__value", "0.40", "0.00", 'okr-figure">–'):
        assert part not in frame
    [badge] = [badge for file, badge in badges(site()) if file == f"badges/objective/{id}.svg"]
    assert re.fullmatch("[A-Z][a-z ]+", badge.value)


def test_data_keep_the_score_of_what_does_not_count() -> None:
    assert export_of(FILES)["objectives"]["draft"]["score"] == 0.4
    assert site().scorecard.objectives["draft"].score is None
    assert site().computed.objectives["draft"].score == 0.4


def test_home_has_a_legend_with_a_link_to_the_guide() -> None:
    html = html_of("home", home_view(site(), "./", Markup()))
    legend = html[html.index("okr-legend") :].partition("</details>")[0]
    for words in ("0.55", "black mark", "Confidence", "Supported by", 'href="figures/"'):
        assert words in legend
