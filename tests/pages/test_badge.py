"""Badges: what they say, and that any title makes a sound picture."""

from xml.etree import ElementTree

import okrsite.theme
import pytest

from okrsite.build import build
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.badge import BadgeView, badges
from okrsite.pages.embed_addresses import badge_file, embed_addresses
from okrsite.pages.render import Renderer
from okrsite.pages.site import Site
from okrsite.settings import read_settings
from tests.samples import AS_OF, Files, Shelf, objective

SVG = "{http://www.w3.org/2000/svg}"


def site_of(files: Files, addresses: Addresses | None = None) -> Site:
    words, settings = Words.of("en"), read_settings({})
    return build(Shelf(files), settings, "Acme", AS_OF, words, addresses or Addresses()).site


def made(files: Files) -> dict[str, BadgeView]:
    return dict(badges(site_of(files)))


def svg(badge: BadgeView) -> ElementTree.Element:
    renderer = Renderer(list(okrsite.theme.__path__), Words.of("en"))
    return ElementTree.fromstring(renderer.render("badge", badge))


def test_a_badge_says_name_score_and_status() -> None:
    found = made({"okrs/grow.md": objective("title: a, from: 0, to: 10, current: 9")})
    assert set(found) == {
        "badges/objective/okrs/grow.svg",
        "badges/owner/company.svg",
        "badges/cycle/2026-q4.svg",
    }
    badge = svg(found["badges/objective/okrs/grow.svg"])
    assert badge.findtext(f"{SVG}title") == "Grow: 0.90 On track"
    assert [text.text for text in badge.iter(f"{SVG}text")] == ["Grow", "0.90 On track"]
    assert svg(found["badges/owner/company.svg"]).findtext(f"{SVG}title") == "Acme: 0.90 On track"


def test_a_badge_without_a_score_says_so() -> None:
    (badge,) = (b for f, b in made({"a.md": objective()}).items() if "objective" in f)
    assert badge.value == "no score yet"
    assert badge.key == ""


@pytest.mark.parametrize(
    "title",
    ["'<script>&\"'", "目標を達成する", "הגדלת הבסיס", "e\u0301" * 90, "'*Em* `code`'", "x" * 300],
)
def test_any_title_makes_a_sound_picture(title: str) -> None:
    (badge,) = (
        b for f, b in made({"a.md": objective("title: a, to: 1", title=title)}).items()
        if "objective" in f
    )  # fmt: skip
    width = float(svg(badge).get("width") or 0)
    assert 60 < width < 700
    assert len(badge.label) <= 40


def test_every_status_has_a_shape_and_words_that_can_be_read() -> None:
    fields = [
        "status: draft",
        "status: cancelled",
        "cycle: 2026-q3",
        "cycle: 2027-q1",
        "owner: company",
    ]
    for field in fields:
        name, _, value = field.partition(": ")
        found = made({"a.md": objective("title: a, from: 0, to: 10, current: 1", **{name: value})})
        badge = next(b for f, b in found.items() if "objective" in f)
        assert badge.key
        assert contrast(badge.fill) >= 4.5, field


def contrast(colour: str) -> float:
    """Return the contrast of white on a colour (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_addresses_are_whole_where_the_site_knows_its_own() -> None:
    files = {"okrs/grow more.md": objective("title: a, to: 1")}
    shown = embed_addresses(
        site_of(files, Addresses(True, None, "https://x.example/okr")), "okrs/grow more"
    )
    assert shown is not None
    assert shown.badge == "https://x.example/okr/badges/objective/okrs/grow%20more.svg"
    assert shown.frame == "https://x.example/okr/embed/okrs/grow%20more.html"
    plain = embed_addresses(site_of(files, Addresses(False)), "okrs/grow more")
    assert plain is not None
    assert plain.frame == "embed/okrs/grow%20more.html"


def test_an_id_that_cannot_be_a_file_has_no_badge() -> None:
    assert badge_file("objective", "a.svg/b") is None
    assert badge_file("objective", "a" * 2000) is None
    assert badge_file("objective", "a/b.svg") == "badges/objective/a/b.svg.svg"
