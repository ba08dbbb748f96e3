"""Previews: every page is made when it is asked for, and is the one that a build would write."""

import gc
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from okrsite.cli.common import SiteOptions
from okrsite.cli.generating import made_now
from okrsite.documents.kept import KeptDocuments
from okrsite.serving.engine import EnginePreview
from okrsite.serving.plain import PlainPreview
from okrsite.serving.preview import LATER, Preview, PreviewError
from tests.samples import document, objective
from tests.sites import build_well, write_site

ADDRESS = "http://127.0.0.1:8000/"
GROW = "okrs/2026-q4/sales/grow/"
FILES = {
    "index.md": "# Acme\n",
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "okrs/2026-q4/sales/grow.md": objective(
        "id: revenue, title: Double revenue, from: 5, to: 10, current: 9",
        title="Grow",
        owner="sales",
    ),
    "okrs/2026-q3/sales/last.md": objective(
        "id: a, title: One, from: 0, to: 1, current: 1",
        title="Last",
        owner="sales",
        cycle="2026-q3",
        body="## Retrospective\n\nAsk customers first.\n",
    ),
    "notes/why.md": "# Why\n",
}

Make = Callable[[Path], Preview]


def plain(site: Path) -> Preview:
    """Return a preview in our own frame."""
    kept = KeptDocuments()
    return PlainPreview(lambda: made_now(SiteOptions(site / "mkdocs.yml", None), kept))


def mkdocs(site: Path) -> Preview:
    """Return a preview by MkDocs."""
    return EnginePreview("mkdocs", site / "mkdocs.yml", ADDRESS, site.with_name("made"))


ENGINES = pytest.mark.parametrize("make", [plain, mkdocs])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Write a site, and return its folder."""
    write_site(
        tmp_path / "site",
        FILES,
        plugins=["search", {"okrsite": {"as_of": "2026-11-15"}}],
        site_url=ADDRESS,
        theme={"name": "material", "font": False},
    )
    return tmp_path / "site"


def text(preview: Preview, path: str) -> str:
    """Return what is at a path, which must be there at once."""
    found = preview.answer(path)
    assert found is not None
    assert found is not LATER
    return found.content.decode()


def in_order(index: str) -> list[dict[str, object]]:
    """Return the entries of an index by their places: pages are made in the order of requests."""
    return sorted(json.loads(index)["docs"], key=lambda entry: str(entry["location"]))


@ENGINES
def test_a_save_is_seen_on_the_page(make: Make, site: Path) -> None:
    preview = make(site)
    preview.load()
    assert "Grow" in text(preview, GROW)
    file = site / "content/okrs/2026-q4/sales/grow.md"
    file.write_text(file.read_text().replace("title: Grow", "title: Thrive"))
    preview.load()
    assert "Thrive" in text(preview, GROW)
    assert "Thrive" in text(preview, "teams/sales/")


def test_pages_are_those_of_a_build(site: Path, tmp_path: Path) -> None:
    build_well(site / "mkdocs.yml", tmp_path / "built")
    preview = mkdocs(site)
    preview.load()
    for path in (GROW, "", "cycles/2026-q3/", "notes/why/", "okr/okr.css", "404.html"):
        name = f"{path}index.html" if not path or path.endswith("/") else path
        assert text(preview, path) == (tmp_path / "built" / name).read_text()
    for _ in preview.rest():
        pass
    for path in ("data/okrs.json", "feeds/teams/sales.atom"):
        assert text(preview, path) == (tmp_path / "built" / path).read_text()
    index = (tmp_path / "built/search/search_index.json").read_text()
    assert in_order(text(preview, "search/search_index.json")) == in_order(index)


@ENGINES
def test_what_comes_last_is_there_later(make: Make, site: Path) -> None:
    preview = make(site)
    preview.load()
    assert preview.answer("data/okrs.json") is LATER
    for _ in preview.rest():
        pass
    assert '"Grow"' in text(preview, "data/okrs.json")
    assert "Ask customers first" in text(preview, "cycles/2026-q3/review/")
    assert preview.answer("no/such/page/") is None


@ENGINES
def test_a_page_of_a_cycle_quotes_what_nobody_asked_for(make: Make, site: Path) -> None:
    preview = make(site)
    preview.load()
    assert "Ask customers first" in text(preview, "cycles/2026-q3/")


@ENGINES
@pytest.mark.parametrize(
    ("written", "instead"), [("site_name", "["), ("as_of: '2026-11-15'", "cycle: 1999-q4")]
)
def test_a_mistake_leaves_the_site_as_it_was(
    make: Make, site: Path, written: str, instead: str
) -> None:
    preview = make(site)
    preview.load()
    configuration = site / "mkdocs.yml"
    assert written in configuration.read_text()
    configuration.write_text(configuration.read_text().replace(written, instead))
    with pytest.raises(PreviewError):
        preview.load()
    assert "Grow" in text(preview, GROW)


@ENGINES
def test_warnings_are_those_of_the_save(make: Make, site: Path) -> None:
    preview = make(site)
    assert preview.load() == ()
    (site / "content/okrs/2026-q4/sales/grow.md").write_text("---\ntype: objectiv\n---\n")
    assert any("objectiv" in warning for warning in preview.load())


@ENGINES
@pytest.mark.parametrize("path", ["../mkdocs.yml", "..%2fmkdocs.yml", "/etc/passwd", "a/../../x"])
def test_nothing_outside_is_served(make: Make, site: Path, path: str) -> None:
    preview = make(site)
    preview.load()
    for _ in preview.rest():
        pass
    assert preview.answer(path) is None


@pytest.mark.parametrize(("make", "saves"), [(plain, 200), (mkdocs, 40)])
def test_memory_stays_flat(make: Make, saves: int, site: Path) -> None:
    preview = make(site)
    file = site / "content/notes/why.md"
    counts: list[int] = []
    for number in range(saves):
        file.write_text(f"# Why {number}\n")
        preview.load()
        preview.answer("notes/why/")
        if number in (saves // 4, saves - 1):
            gc.unfreeze()
            gc.collect()
            counts.append(len(gc.get_objects()))
    early, late = counts
    assert late < early * 1.1
