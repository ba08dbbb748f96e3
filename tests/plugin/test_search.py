"""The search of large sites: what is indexed, what is not, and what it says where it cannot be."""

import gzip
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from okrsite.plugin.search import missing_words
from okrsite.settings import SettingsError, read_settings
from tests.samples import document, objective
from tests.sites import build, build_well, made_once, write_site

FILES = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: R&D, Sales <b>"),
    "kpis/churn.md": document("kpi", "title: Churn", "owner: sales", "keep: {max: 4}"),
    "okrs/2026-q4/sales/grow.md": objective(
        "id: revenue, title: Double revenue, from: 5, to: 10, current: 9",
        title="Grow",
        owner="sales",
        body="Why it matters.\n",
    ),
    "okrs/2026-q4/company/secret.md": objective(
        "id: merger, title: Buy the competitor, from: 0, to: 1",
        title="Takeover",
        visibility="private",
    ),
    "about.md": "# About us\n\nAn ordinary page.\n",
    "unfound.md": "---\nsearch:\n  exclude: true\n---\n# Unfound\n\nNobody finds me.\n",
}
PLUGIN = {"okrsite": {"as_of": "2026-11-15", "search": "pagefind"}}
THEME = {"name": "material", "font": False}


@pytest.fixture
def site(write_site: Callable[..., Path], tmp_path: Path) -> Callable[..., tuple[Path, str]]:
    """Return a function that builds a site and returns its folder and what was logged."""

    def make(folder: str = "site", plugins: tuple[Any, ...] = ("search",)) -> tuple[Path, str]:
        configuration = write_site(FILES, plugins=[*plugins, PLUGIN], theme=THEME)
        result = build(configuration, tmp_path / folder)
        return tmp_path / folder, f"{result.output}{result.exception or ''}"

    return make


@pytest.fixture(scope="module")
def indexed() -> Path:
    """Return the folder of a site that tests only look at."""
    return made_once("indexed", build_indexed) / "site"


def build_indexed(folder: Path) -> None:
    configuration = write_site(folder, FILES, plugins=["search", PLUGIN], theme=THEME)
    build_well(configuration, folder / "site")


def records(folder: Path) -> dict[str, dict[str, Any]]:
    """Read what Pagefind keeps of each page, by its address."""
    found = {}
    for file in (folder / "pagefind" / "fragment").iterdir():
        text = gzip.decompress(file.read_bytes()).decode()
        record = json.loads(text[text.index("{") :])
        found[record["url"]] = record
    return found


def test_pages_are_indexed_by_their_words_and_facets(indexed: Path) -> None:
    record = records(indexed)["/okrs/2026-q4/sales/grow/"]
    assert record["meta"] == {
        "title": "Grow",
        "kind": "Objective",
        "status": "On track",
        "tone": "on_track",
        "line": "R&D, Sales <b> · 2026 Q4",
    }
    assert record["filters"] == {
        "kind": ["Objective"],
        "status": ["On track"],
        "cycle": ["2026 Q4"],
        "owner": ["R&D, Sales <b>"],
    }
    assert "Why it matters" in record["content"]
    assert "revenue" in [anchor["id"] for anchor in record["anchors"]]
    assert records(indexed)["/about/"]["filters"] == {"kind": ["Page"]}
    assert records(indexed)["/kpis/churn/"]["meta"]["kind"] == "KPI"


def test_what_is_private_or_excluded_is_in_no_part_of_the_index(indexed: Path) -> None:
    assert not [url for url in records(indexed) if "secret" in url or "unfound" in url]
    for file in (indexed / "pagefind").rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        content = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        for word in (b"Takeover", b"takeov", b"competitor", b"Nobody finds"):
            assert word not in content, file


def test_materials_own_index_stays_empty(indexed: Path) -> None:
    index = json.loads((indexed / "search" / "search_index.json").read_text())
    assert index["docs"] == []


def test_only_what_the_browser_needs_is_published(indexed: Path) -> None:
    names = {file.name for file in (indexed / "pagefind").iterdir()}
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.en.pagefind"} < names
    assert not [name for name in names if "ui" in name or "highlight" in name]


def test_the_same_site_is_the_same_index_but_for_the_order_of_filters(
    site: Callable[..., Any],
) -> None:
    """Pagefind writes the values of a filter in any order, and names files by their contents."""
    one, other = site("one")[0] / "pagefind", site("other")[0] / "pagefind"
    contents = [
        {
            file.relative_to(folder): file.read_bytes()
            for file in folder.rglob("*")
            if file.is_file()
            and file.suffix not in (".pf_filter", ".pf_meta")
            and file.name != "pagefind-entry.json"
        }
        for folder in (one, other)
    ]
    assert len(contents[0]) > len(records(one.parent))
    assert contents[0] == contents[1]


def test_every_page_has_the_box_and_a_way_without_javascript(indexed: Path) -> None:
    for address in ("index.html", "about/index.html", "okrs/2026-q4/sales/grow/index.html"):
        page = html.document_fromstring((indexed / address).read_bytes())
        assert len(page.xpath("//*[@class='okr-search']//dialog")) == 1
        assert not page.xpath("//*[@data-md-component='search']")
        way = page.xpath("//*[@class='okr-search']/noscript/a/@href")
        assert (indexed / address).parent.joinpath(way[0], "index.html").resolve() == (
            indexed / "alignment" / "index.html"
        )
    lost = html.document_fromstring((indexed / "404.html").read_bytes())
    assert lost.xpath("//*[@class='okr-search']/noscript/a/@href") == ["/alignment/"]


def test_without_pagefind_the_build_says_what_to_install(
    site: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name, *more: None if name == "pagefind" else real(name, *more),
    )
    folder, said = site()
    assert 'pip install "okrsite[pagefind]"' in said
    assert not folder.exists()


@pytest.mark.parametrize(
    ("plugins", "words"),
    [
        ((), "needs the plugin `search` as well"),
        (("search", "offline"), "does not work on a site that is opened from disk"),
    ],
)
def test_what_does_not_go_together_is_said(
    site: Callable[..., Any], plugins: tuple[str, ...], words: str
) -> None:
    assert words in site(plugins=plugins)[1]


def test_a_failure_of_pagefind_is_one_sentence(
    site: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "pagefind-broken"
    broken.write_text("#!/bin/sh\necho 'no space left' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(broken))
    folder, said = site()
    assert "Pagefind failed: no space left" in said
    assert "Traceback" not in said
    assert not (folder / "pagefind").exists()


def test_another_word_for_the_search_is_refused() -> None:
    with pytest.raises(SettingsError, match="the okrsite option `search` is wrong"):
        read_settings({"search": "lunr"})


@pytest.mark.parametrize(
    ("language", "search", "installed", "wanted"),
    [
        ("zh", "material", (), "pip install jieba"),
        ("zh-TW", "material", ("jieba",), None),
        ("ja", "material", (), None),
        ("ja", "pagefind", (), 'pip install "pagefind[extended]"'),
        ("zh", "pagefind", ("pagefind_bin_extended",), None),
        ("de", "pagefind", (), None),
    ],
)
def test_languages_without_blanks_are_told_what_to_install(
    language: str,
    search: str,
    installed: tuple[str, ...],
    wanted: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = {name: object() for name in installed}
    monkeypatch.setattr(importlib.util, "find_spec", found.get)
    said = missing_words(language, search == "pagefind")
    assert said is None if wanted is None else wanted in str(said)


def test_the_build_says_what_to_install_for_chinese(
    write_site: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name, *more: None if name == "jieba" else real(name, *more),
    )
    plugins = ["search", {"okrsite": {"as_of": "2026-11-15"}}]
    configuration = write_site(FILES, plugins=plugins, theme={**THEME, "language": "zh"})
    output = build(configuration, tmp_path / "site").output
    assert output.count("pip install jieba") == 1
