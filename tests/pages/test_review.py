"""Review mode: which decks there are, what their slides say, and where they lead."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from lxml import html
from markupsafe import Markup

from okrsite.build import build
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.html import moved_to
from okrsite.pages.render import Renderer
from okrsite.pages.review.deck import MOST_SLIDES, DeckView, cycle_deck, owner_deck
from okrsite.pages.review.places import Deck, cycle_review, decks, owner_review
from okrsite.pages.review.slides import Earlier, Movement
from okrsite.pages.site import Site
from okrsite.settings import read_settings
from tests.samples import AS_OF, Shelf, document, objective
from tests.sites import ROOT, demo_site

THEME = ROOT / "theme"

CHECK_INS = """\
check_ins:
  - {date: 2026-11-03, values: {revenue: 4}, confidence: 0.7, note: Two offers went out}
  - date: 2026-11-12
    values: {revenue: 6}
    note: One was **signed**
    blockers: [No price list]
    next: [Write one]
"""

FILES: Mapping[str, str] = {
    "teams/sales.md": document("team", "title: Sales"),
    "teams/field.md": document("team", "title: Field", "parent: sales"),
    "people/ada.md": document("person", "title: Ada", "team: field"),
    "okrs/2026-q4/company/grow.md": objective(
        "id: revenue, title: Double revenue, from: 0, to: 10", title="Grow", every="week"
    ).replace("key_results:", f"{CHECK_INS}key_results:"),
    "okrs/2026-q4/sales/sell.md": objective(
        "title: Sell bikes, from: 0, to: 4, current: 1", title="Sell", owner="sales"
    ),
    "okrs/2026-q4/sales/left.md": objective(
        "title: Left, from: 0, to: 4", title="Left out", owner="sales", status="cancelled"
    ),
    "okrs/2026-q4/ada/learn.md": objective(
        "title: Courses, from: 0, to: 4", title="Learn", owner="ada"
    ),
    "okrs/2026-q3/sales/sold.md": objective(
        "title: Sold, from: 0, to: 4, current: 4", title="Sold", owner="sales", cycle="2026-q3"
    ),
}


def site_of(files: Mapping[str, str] = FILES, as_of: date = AS_OF, **addresses: bool) -> Site:
    words = Words.of("en")
    settings = read_settings({})
    return build(Shelf(files), settings, "Acme", as_of, words, Addresses(**addresses)).site


def view_of(site: Site, deck: Deck | None, **retrospectives: str) -> DeckView:
    assert deck is not None
    make = cycle_deck if deck.owner is None else owner_deck
    written = {f"okrs/2026-q3/sales/{name}": Markup(text) for name, text in retrospectives.items()}
    return make(site, deck, Earlier(site), written)


def cycle_of(site: Site, id: str = "2026-q4") -> Deck | None:
    return cycle_review(site, site.project.cycles[id])


def page_of(view: DeckView) -> html.HtmlElement:
    renderer = Renderer([str(THEME)], Words.of("en"))
    return html.document_fromstring(renderer.render("review", view))


def test_a_deck_stands_below_the_page_of_its_cycle_or_owner() -> None:
    files = {deck.file for deck in decks(site_of())}
    assert files == {
        "cycles/2026-q4/review/index.html", "cycles/2026-q3/review/index.html",
        "review/index.html", "teams/sales/review/index.html", "people/ada/review/index.html",
    }  # fmt: skip
    flat = {deck.file for deck in decks(site_of(directory_urls=False))}
    assert "teams/sales/review.html" in flat
    assert "review.html" in flat


def test_an_owner_without_objectives_has_no_deck() -> None:
    assert owner_review(site_of(), "teams/field") is None


def test_the_deck_of_a_cycle_shows_the_company_and_teams_and_leads_to_people() -> None:
    site = site_of()
    view = view_of(site, cycle_of(site))
    assert [str(slide.row.objective.page.title) for slide in view.slides] == ["Sell", "Grow"]
    assert view.anchors == ("overview", "sell", "grow", "owed")
    assert [str(link.text) for link in view.others] == ["Acme", "Sales", "Ada"]
    assert view.others[2].href == "../../../people/ada/review/"


def test_where_there_are_only_people_they_are_in_the_deck_of_the_cycle() -> None:
    site = site_of({name: text for name, text in FILES.items() if "ada" in name or "team" in name})
    assert view_of(site, cycle_of(site)).anchors == ("overview", "learn", "owed")


def test_a_slide_says_how_it_moved_and_what_was_said_last() -> None:
    site = site_of()
    [slide] = [s for s in view_of(site, cycle_of(site)).slides if s.anchor == "grow"]
    assert slide.moved == Movement(0.2, days=7)
    assert slide.results[0][1] == Movement(0.2, days=7)
    shown = page_of(view_of(site, cycle_of(site))).get_element_by_id("grow")
    [moved] = shown.find_class("okr-moved")
    assert (moved.get("class"), moved.text) == ("okr-moved okr-moved--up", "+0.20 in 7 days")
    assert "0.60 +0.20" in shown.find_class("okr-slide__score")[0].text_content()
    assert slide.last is not None
    assert slide.earlier is not None
    assert slide.last.check_in.blockers == ("No price list",)
    assert slide.last.check_in.next == ("Write one",)
    assert "**signed**" in str(slide.last.check_in.note)
    assert slide.earlier.check_in.note == "Two offers went out"


def test_a_slide_draws_how_the_score_got_here() -> None:
    site = site_of()
    view = view_of(site, cycle_of(site))
    courses = {slide.anchor: slide.course for slide in view.slides}
    grown = courses["grow"]
    assert grown is not None
    assert grown.scores == [(date(2026, 11, 3), 0.4), (date(2026, 11, 12), 0.6), (AS_OF, 0.6)]
    assert courses["sell"] is None  # what was said once has no course
    page = page_of(view)
    figure = page.get_element_by_id("grow").find_class("okr-slide__course")[0]
    words = "Score from 0.40 on 3 Nov to 0.60 on 15 Nov, expected 0.35."
    assert words in figure.text_content()
    assert "okr-tone--on_track" in figure.get("class")
    assert not page.get_element_by_id("sell").find_class("okr-slide__course")
    assert page.xpath("//svg//use") == []


def test_a_course_is_computed_once_for_all_decks() -> None:
    site = site_of()
    earlier = Earlier(site)
    shown = []
    for deck in (cycle_of(site), owner_review(site, "company")):
        assert deck is not None
        make = cycle_deck if deck.owner is None else owner_deck
        slides = make(site, deck, earlier, {}).slides
        shown += [slide.course for slide in slides if slide.anchor == "grow"]
    assert shown[0] is shown[1] is not None


def test_what_needs_discussion_comes_first_and_drafts_last() -> None:
    def worth(value: int, **more: str) -> str:
        return objective(f"title: Reach, from: 0, to: 100, current: {value}", **more)

    files = {
        "okrs/2026-q4/fine.md": worth(50, every="quarter"),
        "okrs/2026-q4/plan.md": worth(0, status="draft"),
        "okrs/2026-q4/silent.md": worth(60),
        "okrs/2026-q4/risk.md": worth(15),
        "okrs/2026-q4/off.md": worth(5),
        "okrs/2026-q4/worse.md": worth(0),
    }
    site = site_of(files)
    view = view_of(site, cycle_of(site))
    order = ["worse", "off", "risk", "silent", "fine", "plan"]
    assert [slide.anchor for slide in view.slides] == order
    assert [row.link.href for row in view.parts[0].rows] == [f"#{name}" for name in order]


def test_teams_that_need_discussion_come_first() -> None:
    def of(owner: str, value: int) -> str:
        written = f"title: Reach, from: 0, to: 100, current: {value}"
        return objective(written, title=f"{owner} {value}", owner=owner)

    # The worst objective is that of a team which is on track.
    values = {"sales": (0, *[90] * 5), "field": (15, *[15] * 6)}
    files = {
        f"okrs/2026-q4/{team}/{at}.md": of(team, value)
        for team, found in values.items()
        for at, value in enumerate(found)
    }
    teams = {uri: text for uri, text in FILES.items() if uri.startswith("teams/")}
    site = site_of({**teams, **files})
    view = view_of(site, cycle_of(site))
    assert view.slides[0].row.objective.owners == ("teams/sales",)
    assert [row.link.text for row in view.parts[0].rows] == ["Field", "Sales"]


def test_a_slide_without_a_score_has_its_status_alone() -> None:
    site = site_of({"okrs/2026-q4/plan.md": objective("title: R, to: 9", status="draft")})
    shown = page_of(view_of(site, cycle_of(site))).get_element_by_id("plan")
    assert "Not agreed yet" in shown.text_content()
    for name in ('<svg class="okr-bar', "okr-score"):
        assert not shown.find_class(name)


def test_what_had_not_begun_or_is_closed_has_not_moved() -> None:
    early = site_of(as_of=date(2026, 10, 3))
    assert view_of(early, cycle_of(early)).slides[0].moved is None
    site = site_of()
    assert view_of(site, cycle_of(site, "2026-q3")).slides[0].moved is None


def test_an_owner_reviews_open_cycles_and_what_closed_a_moment_ago() -> None:
    def titles(day: date) -> list[str]:
        site = site_of(as_of=day)
        view = view_of(site, owner_review(site, "teams/sales"))
        return [str(slide.row.objective.page.title) for slide in view.slides]

    assert titles(AS_OF) == ["Sell"]
    assert titles(date(2026, 10, 14)) == ["Sold", "Sell"]
    assert titles(date(2026, 10, 15)) == ["Sell"]
    assert titles(date(2027, 3, 1)) == ["Sell"]


def test_a_closed_objective_shows_its_retrospective_or_asks_for_it() -> None:
    site = site_of()
    page = page_of(view_of(site, cycle_of(site, "2026-q3"), sold="<p>Too easy.</p>"))
    assert "Too easy." in page.get_element_by_id("sold").text_content()
    asked = page_of(view_of(site, cycle_of(site, "2026-q3")))
    assert "None yet: write down what you learned" in asked.get_element_by_id("sold").text_content()


def test_the_last_slide_says_what_is_owed() -> None:
    site = site_of()
    overdue = page_of(view_of(site, owner_review(site, "people/ada"))).get_element_by_id("owed")
    assert "Learn" in overdue.text_content()
    early = site_of(as_of=date(2026, 10, 3))
    page = page_of(view_of(early, owner_review(early, "people/ada")))
    assert "Nothing" in page.get_element_by_id("owed").text_content()


def test_a_large_cycle_has_a_slide_for_each_team() -> None:
    many = {
        f"okrs/2026-q4/sales/o{number}.md": objective(title=f"O {number}", owner="sales")
        for number in range(MOST_SLIDES)
    }
    site = site_of({**FILES, **many})
    view = view_of(site, cycle_of(site))
    assert view.anchors == ("overview", "grow", "sales", "owed")
    (team,) = view.teams
    assert (team.deck, team.more) == ("teams/sales/review/", 49)
    shown = page_of(view).get_element_by_id("sales")
    assert shown.xpath(".//p/span/a/@href") == ["../../../teams/sales/review/"]
    assert shown.find_class("okr-more")[0].text == "and 49 more"
    whole = view_of(site, owner_review(site, "teams/sales"))
    assert len(whole.slides) == MOST_SLIDES + 1
    assert whole.parts[0].more == 41
    shown = page_of(whole).get_element_by_id("overview")
    assert shown.find_class("okr-more")[0].text == "and 41 more"


def test_slides_that_are_called_alike_have_addresses_of_their_own() -> None:
    files = {
        "okrs/2026-q4/overdue.md": objective(title="One"),
        "okrs/2026-q4/a/grow.md": objective(title="Two"),
        "okrs/2026-q4/b/grow.md": objective(title="Three"),
    }
    view = view_of(site_of(files), cycle_of(site_of(files)))
    assert len(set(view.anchors)) == len(view.anchors) == 5
    assert page_of(view).get_element_by_id("okrs-2026-q4-a-grow") is not None


def test_the_page_is_whole_without_material_and_hidden_from_search_engines() -> None:
    site = site_of()
    page = page_of(view_of(site, cycle_of(site)))
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@rel='stylesheet']/@href") == [
        "../../../okr/okr.css", "../../../okr/standalone.css", "../../../okr/review.css",
    ]  # fmt: skip
    assert page.xpath("//script/@src") == ["../../../okr/review.js"]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//@href") if link.startswith("#")} <= set(ids)


def test_decks_are_nowhere_in_the_search() -> None:
    index = json.loads((demo_site() / "search" / "search_index.json").read_text())
    places = [entry["location"] for entry in index["docs"]]
    assert "cycles/2026-q4/" in places
    assert "guide/review/" in places
    assert not [place for place in places if "/review/" in place.removeprefix("guide/review/")]
    assert (demo_site() / "cycles/2026-q4/review/index.html").exists()


def test_a_page_of_the_users_own_is_not_written_over(write_site, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from tests.sites import build as build_site

    files = {**FILES, "teams/sales/review.md": "# How we review\n"}
    configuration = write_site(files, {"as_of": AS_OF.isoformat()}, theme={"name": "material"})
    result = build_site(configuration, tmp_path / "site")
    assert result.exit_code == 0, result.output
    assert "How we review" in (tmp_path / "site/teams/sales/review/index.html").read_text()
    assert "okr-slide" in (tmp_path / "site/cycles/2026-q4/review/index.html").read_text()


def test_a_retrospective_leads_on_from_where_it_stands_now() -> None:
    text = (
        '<p id="a"><a href="../other/#k">o</a> <a href="#b">b</a> <img src="../p.png">'
        ' <a href="https://x.example/">x</a> <a href="mailto:a@x.example">m</a></p>'
    )
    moved = moved_to(text, "okrs/q3/sold/", "cycles/q3/review/")
    assert moved == (
        '<p><a href="../../../okrs/q3/other/#k">o</a> <a href="../../../okrs/q3/sold/#b">b</a>'
        ' <img src="../../../okrs/q3/p.png"> <a href="https://x.example/">x</a>'
        ' <a href="mailto:a@x.example">m</a></p>'
    )
    flat = moved_to('<a href="other.html">', "okrs/q3/sold.html", "cycles/q3/review.html")
    assert flat == '<a href="../../okrs/q3/other.html">'


def test_an_objective_that_is_private_is_on_no_slide() -> None:
    hidden = FILES["okrs/2026-q4/sales/sell.md"].replace(
        "title: Sell", "visibility: private\ntitle: Sell", 1
    )
    site = site_of({**FILES, "okrs/2026-q4/sales/sell.md": hidden})
    view = view_of(site, cycle_of(site))
    assert "Sell" not in page_of(view).text_content()
