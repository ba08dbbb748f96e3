"""The demo is the same site whichever engine makes its pages."""

import sys
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from click.testing import CliRunner
from lxml import html

from okrsite.cli import main
from tests.generating.engines import ENGINES, MKDOCS, Engine, pages, run, visible
from tests.samples import document
from tests.sites import write_site

pytestmark = pytest.mark.engines

SITE = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", 'title: "R&D, Sales"'),
}

NAMES = pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)


@NAMES
def test_every_page_says_the_same(engine: Engine) -> None:
    expected = {name: visible(content) for name, content in pages(MKDOCS).items()}
    found = {name: visible(content) for name, content in pages(engine).items()}
    assert set(found) == set(expected)
    assert [name for name in expected if found[name] != expected[name]] == []


@NAMES
def test_every_page_links_to_the_same_places(engine: Engine) -> None:
    expected, found = _links(MKDOCS), _links(engine)
    assert [name for name in expected if found[name] != expected[name]] == []


@NAMES
@pytest.mark.parametrize("what", ["data", "feeds", "badges"])
def test_data_and_feeds_are_the_same_bytes(engine: Engine, what: str) -> None:
    folder, other = MKDOCS.folder() / what, engine.folder() / what
    names = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    assert names
    assert names == sorted(file.relative_to(other) for file in other.rglob("*") if file.is_file())
    differing = [n for n in names if (folder / n).read_bytes() != (other / n).read_bytes()]
    assert differing == []


@NAMES
def test_every_link_leads_somewhere(engine: Engine) -> None:
    folder = engine.folder()
    missing = {
        f"{name}: {link}"
        for name, links in _links(engine).items()
        for link in links
        if link.startswith("/") and not _exists(folder, link)
    }
    assert missing == set()


def _exists(folder: Path, link: str) -> bool:
    path = unquote(urldefrag(link).url).lstrip("/").partition("?")[0]
    file = folder / path
    return (file / "index.html").is_file() if file.is_dir() else file.is_file()


def _links(engine: Engine) -> dict[str, list[str]]:
    """Return where the content of each page links to, from the site's root, in its order."""
    found: dict[str, list[str]] = {}
    for name, content in pages(engine).items():
        here = f"/{name.removesuffix('index.html')}"
        hrefs = content.xpath(".//a[not(contains(@class, 'headerlink'))]/@href")
        found[name] = [urljoin(here, href) for href in hrefs if ":" not in href.partition("/")[0]]
    return found


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs", "zensical", "plain"])
def test_one_command_builds_with_each(engine: str, tmp_path: Path) -> None:
    configuration = write_site(tmp_path / "site", SITE, theme={"name": "material"})
    words = ["build", "--engine", engine, "-f", str(configuration), "-d", str(tmp_path / "out")]
    run(sys.executable, "-c", "from okrsite.cli import main; main()", *words)
    page = html.document_fromstring((tmp_path / "out/teams/sales/index.html").read_bytes())
    assert "R&D, Sales" in page.text_content()


def test_options_of_mkdocs_are_refused_by_others(tmp_path: Path) -> None:
    configuration = write_site(tmp_path / "site", SITE)
    words = ["build", "--engine", "plain", "--theme", "x", "-f", str(configuration)]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert "`--theme` is for MkDocs: leave it out with --engine plain" in result.output
