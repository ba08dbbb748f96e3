"""The setting `figures: percent`: scores in percent wherever people read them."""

import re

import pytest
from markupsafe import Markup

from okrsite.build import build
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.badge import badges
from okrsite.pages.home import home_view
from okrsite.pages.objective import objective_view
from okrsite.pages.render import Renderer
from okrsite.pages.site import Site
from okrsite.settings import read_settings
from tests.samples import AS_OF, Shelf, document, export_of, objective
from tests.sites import ROOT

WORDS = Words.of("en", figures="percent")
FILES = {
    "company.md": document("company", "title: Acme"),
    "a.md": objective(
        "title: Reach it, from: 0, to: 1000",
        check_ins="[{date: 2026-11-09, confidence: 0.5, values: {kr1: 410}}]",
    ),
}
DECIMAL = re.compile(r"(?<![0-9.])[01]\.[0-9]{2,}")


def site() -> Site:
    settings = read_settings({"figures": "percent"})
    return build(Shelf(FILES), settings, "Acme", AS_OF, WORDS, Addresses()).site


def text_of(template: str, view: object) -> str:
    """Return the words of a page; what scripts read stays a number."""
    html = Renderer([str(ROOT / "theme")], WORDS).render(template, view)
    return " ".join(re.sub("<[^>]*>", " ", html).split())


@pytest.mark.parametrize(
    ("language", "score", "shown"),
    [
        ("en", 0.41, "41%"),
        ("en", 0.996, "99.6%"),
        ("en", 1.0, "100%"),
        ("en", 0.6999, "69.99%"),
        ("de", 0.41, "41\N{NO-BREAK SPACE}%"),
        ("fr", 0.41, "41\N{NO-BREAK SPACE}%"),
    ],
)
def test_a_score_is_written_as_in_the_language(language: str, score: float, shown: str) -> None:
    assert Words.of(language, figures="percent").score(score) == shown


def test_differences_are_points_and_confidence_stays() -> None:
    assert WORDS.change(0.184) == "+18 points"
    assert WORDS.change(-0.01) == "−1 point"
    assert WORDS.change(0.0) == "0 points"
    assert WORDS.distance(-0.07, ()) == "7 points"
    assert WORDS.limit(-0.1) == "−10%"
    assert WORDS.pace(0.44, 0.35, ()) == "44% − 35% = +9%"
    assert WORDS.confidence(0.5) == "0.5"
    assert WORDS.short_score(0.7) == "70%"


def test_pages_and_badges_have_no_decimal_scores() -> None:
    found = site()
    home = text_of("home", home_view(found, "./", Markup()))
    assert "41% expected 35% 6 points ahead of plan At risk" in home
    page = text_of("objective", objective_view(found, "a/", Markup(), None, "a"))
    assert "Aspirational: 70% is the goal" in page
    assert "confidence is 0.5" in page
    for text in (home, page):
        assert not DECIMAL.findall(text)
    values = {badge.value for _, badge in badges(found)}
    assert values == {"41% At risk"}


def test_the_data_stay_numbers() -> None:
    assert export_of(FILES, figures="percent")["objectives"]["a"]["score"] == 0.41
