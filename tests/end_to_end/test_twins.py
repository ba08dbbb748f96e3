"""Every page has a twin in Markdown that says the same, and the site an `llms.txt`."""

import re
from pathlib import Path

import pytest
import yaml
from lxml import html

from tests.end_to_end.test_site import KINDS
from tests.samples import document, objective
from tests.sites import build_well, demo_site, write_site

_NUMBER = re.compile(r"[0-9][0-9.,]*[0-9]|[0-9]")
_ARTICLE = "//article[contains(@class, 'md-content__inner')]"
_UNREAD = "svg|script|style|template|dialog|form|button|nav|select|noscript"


@pytest.fixture(scope="module")
def site() -> Path:
    return demo_site()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_has_a_twin_with_its_title_and_figures(site: Path, kind: str) -> None:
    folder = site / KINDS[kind]
    twin = (folder / "index.md").read_text("utf-8")
    (article,) = html.document_fromstring((folder / "index.html").read_bytes()).xpath(_ARTICLE)
    (title,) = article.xpath(".//h1")
    first = re.sub(r"\\(.)", r"\1", twin.splitlines()[0])
    assert first == f"# {' '.join(title.text_content().split())}"
    for unread in article.xpath(" | ".join(f".//{name}" for name in _UNREAD.split("|"))):
        unread.drop_tree()
    figures = set(_NUMBER.findall(" ".join(article.itertext())))
    assert figures <= set(_NUMBER.findall(twin))


@pytest.mark.parametrize("folder", ["teams/sales", "cycles/2026-q3", "people/tomas-vesely"])
def test_a_review_has_a_twin_with_its_figures(site: Path, folder: str) -> None:
    page = site / folder / "review"
    twin = (page / "index.md").read_text("utf-8")
    (main,) = html.document_fromstring((page / "index.html").read_bytes()).xpath("//main")
    titles = [" ".join(title.text_content().split()) for title in main.xpath(".//h1 | .//h2")]
    found = re.findall(r"^##? \[?(.*?)(?:\](?:\(.*\))?)?$", twin, re.MULTILINE)
    assert [re.sub(r"\\(.)", r"\1", title) for title in found] == titles
    for unread in main.xpath(f".//footer | {' | '.join(f'.//{n}' for n in _UNREAD.split('|'))}"):
        unread.drop_tree()
    assert set(_NUMBER.findall(" ".join(main.itertext()))) <= set(_NUMBER.findall(twin))


def test_every_page_has_a_twin(site: Path) -> None:
    """Frames, the page of wrong addresses, and what MkDocs itself writes are no pages."""
    without = {
        file.relative_to(site).as_posix()
        for file in site.rglob("*.html")
        if not file.with_suffix(".md").exists()
    }
    assert {path for path in without if not path.startswith("embed/")} <= {"404.html"}


def test_the_site_says_where_its_twins_are(site: Path) -> None:
    text = (site / "llms.txt").read_text("utf-8")
    assert text.startswith("# Dolomite Rides\n\n> Objectives, key results and KPIs of a bicycle")
    assert "as of 15 Nov 2026" in text
    found = re.findall(r"^- \[.+\]\(([^)]+)\)$", text, re.MULTILINE)
    assert {"index.md", "company/index.md", "kpis/index.md", "guide/index.md"} <= set(found)
    for path in found:
        assert (site / path).is_file(), path


def test_nothing_private_is_in_a_twin(tmp_path: Path) -> None:
    files = {
        "grow.md": objective("title: A, to: 1", aligns_to="bid", body="See [[bid]], [x](bid.md)."),
        "bid.md": objective("title: Hydra, to: 1", title="Buy Hydra", visibility="private"),
        "teams/hydra.md": document("team", "title: Hydra", "visibility: private"),
    }
    for markdown in (True, False):
        folder = tmp_path / str(markdown)
        options = {"markdown": markdown, "as_of": "2026-11-15"}
        build_well(write_site(folder, files, options), folder / "site")
        twins = [*(folder / "site").rglob("*.md"), *(folder / "site").glob("llms.txt")]
        assert bool(twins) is markdown
        for twin in twins:
            said = f"{twin.name} {twin.read_text('utf-8')}".lower()
            assert "hydra" not in said
            assert "bid" not in said
    assert "a private" in (tmp_path / "True/site/grow/index.md").read_text("utf-8")


def test_addresses_of_files_have_twins_too(tmp_path: Path) -> None:
    configuration = write_site(
        tmp_path, {"grow.md": objective("title: A, to: 1")}, {"markdown": True},
        use_directory_urls=False, site_url="https://okrs.example.com/",
    )  # fmt: skip
    written = yaml.safe_load(configuration.read_text("utf-8"))
    assert written["use_directory_urls"] is False
    build_well(configuration, tmp_path / "site")
    assert (tmp_path / "site/grow.md").read_text("utf-8").startswith("# Grow\n")
    text = (tmp_path / "site/llms.txt").read_text("utf-8")
    assert "(https://okrs.example.com/index.md)" in text
