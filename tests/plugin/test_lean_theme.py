"""The theme's frame: what many pages share is rendered once, and each page looks as if alone."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from rjsmin import jsmin

from okrsite.plugin.lean_theme import SharedParts
from tests.samples import document, objective
from tests.sites import ROOT, build, demo_site

FILES = {
    "index.md": "# Welcome\n",
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "teams/support.md": document("team", "title: Support"),
    "people/ada.md": document("person", "title: Ada", "team: sales"),
    "guide/index.md": "# Guide\n",
    "guide/deep/more.md": "# More\n",
    **{
        f"okrs/2026-q4/{owner}/{name}.md": objective("title: A, from: 0, to: 5", title=name)
        for owner in ("company", "sales", "support")
        for name in ("grow", "shrink")
    },
}
TABS = ["navigation.tabs", "navigation.indexes", "navigation.prune"]
WRITTEN = [
    {"Home": "index.md"},
    {"OKRs": ["cycles/index.md", {"Grow": "okrs/2026-q4/company/grow.md"}]},
    {"People": ["people/index.md", "people/ada.md"]},
    {"Guide": ["guide/index.md", "guide/deep/more.md"]},
]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"use_directory_urls": False},
        {"features": TABS},
        {"features": ["navigation.sections", "navigation.expand", "toc.integrate"]},
        {"nav": WRITTEN, "features": ["navigation.tabs"]},
    ],
)
def test_a_page_is_the_same_as_if_it_shared_nothing(
    write_site: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, Any],
) -> None:
    theme = {"name": "material", "font": False, "features": settings.get("features", [])}
    plugins = ["search", {"okrsite": {"as_of": "2026-11-15"}}]
    others = {name: value for name, value in settings.items() if name != "features"}
    configuration = write_site(FILES, theme=theme, plugins=plugins, **others)
    shared = _pages(configuration, tmp_path / "shared")
    monkeypatch.setattr(SharedParts, "of", lambda *asked: None)
    assert _pages(configuration, tmp_path / "alone") == shared
    assert len(shared) > 20


def test_what_is_shared_is_rendered_once(
    write_site: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[str, str]] = []
    keep = SharedParts.keep

    def noting(parts: SharedParts, name: str, page: Any, part: str) -> str:
        kept.append((name, page.url if page else ""))
        return keep(parts, name, page, part)

    monkeypatch.setattr(SharedParts, "keep", noting)
    _pages(write_site(FILES, theme={"name": "material", "font": False}), tmp_path / "site")
    objectives = [url for name, url in kept if name.endswith("nav.html") and url[:5] == "okrs/"]
    assert len(objectives) == 1, "six objectives in one section at one depth"


def _pages(configuration: Path, folder: Path) -> dict[str, str]:
    result = build(configuration, folder)
    assert result.exit_code == 0, result.output
    return {
        str(page.relative_to(folder)): page.read_text("utf-8") for page in folder.rglob("*.html")
    }


def test_our_scripts_are_published_small_and_only_those_that_pages_ask_for() -> None:
    written = (ROOT / "theme" / "okr" / "charts.js").read_text("utf-8")
    published = demo_site() / "okr"
    assert (published / "charts.js").read_text("utf-8").strip() == jsmin(written).strip()
    scripts = {file.name for file in published.glob("*.js")}
    assert {"map.js", "results.js", "search-worker.js"} <= scripts
    assert not {"map-layout.js", "not-found.js", "search.js", "iframe-worker.js"} & scripts
    camera = jsmin((ROOT / "theme" / "okr" / "map-camera.js").read_text("utf-8")).strip()
    whole = (published / "map.js").read_text("utf-8")
    assert camera in whole
    assert ")()\n(" not in whole  # it would call what the part before it returns
    vendor = next((ROOT / "theme" / "okr" / "vendor").rglob("*.js"))
    place = vendor.relative_to(ROOT / "theme")
    assert (demo_site() / place).read_bytes() == vendor.read_bytes()


def test_what_no_page_of_the_site_asks_for_is_left_out(
    write_site: Callable[..., Path], tmp_path: Path
) -> None:
    theme = {"name": "material", "font": False, "features": TABS}
    page = _pages(write_site(FILES, theme=theme), tmp_path / "site")["people/ada/index.html"]
    frame = page.partition("<article")[0] + page.rpartition("</article>")[2]
    for unused in (
        "__palette",
        "__tabbed_",
        "__md_hash",
        "md-sidebar--secondary",
        "select.version",
    ):
        assert unused not in frame, unused
    assert "null" not in frame.partition("<script id=__config")[2]
    assert '"search.result.none":' in frame


def test_what_a_site_asks_for_is_there(write_site: Callable[..., Path], tmp_path: Path) -> None:
    palette = [{"scheme": "default", "toggle": {"icon": "material/weather-night", "name": "Dark"}}]
    features = [*TABS, "announce.dismiss"]
    theme = {"name": "material", "font": False, "features": features, "palette": palette}
    markdown = {"markdown_extensions": ["pymdownx.tabbed"], "extra": {"version": {"provider": "x"}}}
    page = _pages(write_site(FILES, theme=theme, **markdown), tmp_path / "site")
    for asked in ("__palette", "__tabbed_", "__md_hash", "select.version"):
        assert asked in page["people/ada/index.html"], asked
    assert "md-sidebar--secondary" in page["guide/deep/more/index.html"]


def test_an_icon_that_stands_again_refers_to_the_first(
    write_site: Callable[..., Path], tmp_path: Path
) -> None:
    theme = {"name": "material", "font": False}
    plugins = ["search", {"okrsite": {"as_of": "2026-11-15"}}]
    pages = _pages(write_site(FILES, theme=theme, plugins=plugins), tmp_path / "site")
    for name, page in pages.items():
        again = re.findall(r"<use href=#(\w+) />", page)
        assert [page.count(f"id={id} ") for id in again] == [1] * len(again), name
        assert page.count("xmlns") == 0 or "<article" not in page, name
    search, logo = re.findall(r"<use href=#(\w+) />", pages["people/ada/index.html"])
    assert (search, logo) == ("__icon_1", "__icon_0")


def test_a_section_of_one_page_is_a_link_without_a_list(
    write_site: Callable[..., Path], tmp_path: Path
) -> None:
    theme = {"name": "material", "font": False, "features": TABS}
    page = _pages(write_site(FILES, theme=theme), tmp_path / "site")["people/ada/index.html"]
    menu = html.fromstring(page).xpath("//nav[contains(@class, 'md-nav--primary')]")[0]
    [people] = menu.xpath(".//li[contains(@class, 'active')]")
    assert "".join(people.itertext()).split() == ["People"]
    assert not people.xpath(".//nav | .//input")
    assert menu.xpath(".//li[contains(@class, 'nested')]//a[contains(@href, 'cycles')]")
