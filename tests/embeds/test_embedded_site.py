"""Lists, references, badges and frames as they are published."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from lxml import html

from okrsite.cli import main
from okrsite.embeds.lists import LISTS
from okrsite.embeds.query import FIELDS
from okrsite.embeds.scan import Block, scan
from tests.samples import document, objective
from tests.sites import ROOT, build, demo_site

Build = Callable[..., tuple[Path, Result]]

FILES = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: 'Sales & <b>more</b>'"),
    "kpis/churn.md": document(
        "kpi", "title: Churn", "owner: sales", "keep: {max: 4}", "readings:",
        "  - {date: 2026-10-05, value: 5}",
    ),
    "okrs/2026-q4/company/grow.md": objective(
        "id: revenue, title: Double *revenue*, from: $5M, to: $10M, current: $9M",
        title="Grow",
        body="See [[#revenue]] and [[sales]].\n\n## Retrospective\n\n```okr\nlist: kpis\n```\n",
    ),
    "okrs/2026-q4/sales/base.md": objective(
        "id: mrr, title: More a month, from: 0, to: 10, current: 1",
        title="Widen the base", owner="sales", aligns_to="grow",
    ),
}  # fmt: skip
SECRET = {
    "teams/blackbird.md": document("team", "title: Blackbird", "visibility: private"),
    "okrs/2026-q4/merger.md": objective(
        "id: sign, title: Sign the papers, to: 1", title="Merge with Raven", owner="sales",
        visibility="private", body="[[grow]]\n\n```okr\nlist: nothing\n```\n",
    ),
}  # fmt: skip
BASE = "okrs/2026-q4/sales/base"


@pytest.fixture
def site(write_site: Callable[..., Path], tmp_path: Path) -> Build:
    """Return a function that writes and builds a site, and gives its folder and what was said."""

    def make(files: dict[str, Any], *options: str, **config: Any) -> tuple[Path, Result]:
        config.setdefault("theme", {"name": "material", "font": False})
        plugin = {"as_of": "2026-11-15", **config.pop("options", {})}
        plugins = ["search", {"okrsite": plugin}]
        configuration = write_site(files, **{"plugins": plugins, **config})
        return tmp_path / "site", build(configuration, tmp_path / "site", *options)

    return make


def parsed(file: Path) -> html.HtmlElement:
    return html.document_fromstring(file.read_bytes())


def block(*lines: str) -> str:
    return "\n".join(["```okr", *lines, "```", ""])


def article(folder: Path, page: str) -> html.HtmlElement:
    return parsed(folder / page).xpath("//article")[0]


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


# Lists


def test_a_list_stands_in_an_ordinary_page(site: Build) -> None:
    page = "# Mine\n\nBefore.\n\n" + block("list: key_results", "sort: -score") + "\nAfter.\n"
    folder, result = site({**FILES, "mine.md": page}, "--strict")
    assert result.exit_code == 0, result.output
    shown = article(folder, "mine/index.html")
    (table,) = shown.xpath(".//table")
    assert table.xpath("./caption")
    assert all(header.get("scope") == "col" for header in table.xpath("./thead/tr/th"))
    rows = [words(row) for row in table.xpath("./tbody/tr/th[@scope='row']")]
    assert rows == ["Double revenue Grow", "More a month Widen the base"]
    link = table.xpath("./tbody/tr/th/a/@href")[0]
    assert link == "../okrs/2026-q4/company/grow/#revenue"
    assert "okrplace" not in (folder / "mine/index.html").read_text()
    assert words(shown).index("Before.") < words(shown).index("Double revenue")


@pytest.mark.parametrize("shape", ["table", "cards"])
@pytest.mark.parametrize("listed", ["objectives", "key_results", "kpis", "check_ins", "owners"])
def test_every_list_has_every_shape(site: Build, listed: str, shape: str) -> None:
    page = block(f"list: {listed}", f"as: {shape}", "title: A *list*", "limit: 1")
    folder, result = site({**FILES, "mine.md": page}, "--strict")
    assert result.exit_code == 0, result.output
    shown = article(folder, "mine/index.html")
    assert "A list" in words(shown)
    assert "as of 15 Nov 2026" in words(shown)


def test_a_tree_stands_by_alignment(site: Build) -> None:
    folder, result = site({**FILES, "mine.md": block("list: objectives", "as: tree")}, "--strict")
    assert result.exit_code == 0, result.output
    tree = article(folder, "mine/index.html").xpath(".//ul[contains(@class, 'okr-tree')]")[0]
    assert [words(a) for a in tree.xpath("./li/div[1]/span[1]/a")] == ["Grow"]
    assert [words(a) for a in tree.xpath("./li/div[2]/ul/li/div[1]/span[1]/a")] == [
        "Widen the base"
    ]


def test_an_empty_list_says_so(site: Build) -> None:
    page = block("list: kpis", "where: {health: healthy}")
    folder, _ = site({**FILES, "mine.md": page})
    assert "No KPIs match" in words(article(folder, "mine/index.html"))


def test_a_list_stands_in_a_document_and_its_retrospective(site: Build) -> None:
    folder, result = site(FILES, "--strict")
    assert result.exit_code == 0, result.output
    shown = parsed(folder / "okrs/2026-q4/company/grow/index.html")
    (section,) = shown.xpath("//h2[@id='okr-retrospective']/..")
    assert "Churn" in words(section)


def test_what_is_wrong_is_shown_logged_and_linted(site: Build, tmp_path: Path) -> None:
    page = "---\ntitle: Mine\n---\n\n" + block("list: kpis", "where: {helth: x}", "limit: <b>")
    folder, result = site({**FILES, "mine.md": page}, "--strict")
    assert result.exit_code == 1
    lines = [line for line in result.output.splitlines() if "mine.md" in line]
    assert ["OKR106" in lines[0], "OKR104" in lines[1]] == [True, True]
    _, result = site({**FILES, "mine.md": page})
    notice = parsed(folder / "mine/index.html").xpath("//*[@role='note']")[0]
    assert "did you mean health?" in words(notice)
    assert "content/mine.md:7" in words(notice)
    assert "<b>" in words(notice)
    configuration = next(tmp_path.rglob("mkdocs.yml"))
    linted = CliRunner().invoke(main, ["lint", "-f", str(configuration)])
    assert "content/mine.md:7: OKR106 warning" in linted.output
    assert "content/mine.md:8: OKR104 error" in linted.output


def test_an_example_of_a_block_stays_code(site: Build) -> None:
    page = "````markdown\n" + block("list: kpis") + "````\n"
    folder, result = site({**FILES, "mine.md": page}, "--strict")
    assert result.exit_code == 0, result.output
    assert "list: kpis" in words(article(folder, "mine/index.html"))


@pytest.mark.parametrize("extensions", [[], ["pymdownx.superfences"]])
def test_a_block_stands_in_a_list_and_a_note(site: Build, extensions: list[str]) -> None:
    inside = "\n".join(f"    {line}" for line in block("list: kpis").splitlines())
    page = f"- one\n\n{inside}\n\n- two\n\n!!! note\n\n{inside}\n"
    folder, result = site(
        {**FILES, "mine.md": page}, "--strict", markdown_extensions=["admonition", *extensions]
    )
    assert result.exit_code == 0, result.output
    shown = article(folder, "mine/index.html")
    assert len(shown.xpath(".//li//table")) == 1
    assert len(shown.xpath(".//div[contains(@class, 'admonition')]//table")) == 1


def test_the_search_reads_references_and_no_lists(site: Build) -> None:
    page = "# Mine\n\nSee [[grow]].\n\n" + block("list: kpis")
    folder, _ = site({**FILES, "mine.md": page})
    index = json.loads((folder / "search/search_index.json").read_text())
    found = " ".join(d["text"] for d in index["docs"] if d["location"].startswith("mine/"))
    assert "Grow" in found
    assert "Churn" not in found
    assert "okrplace" not in json.dumps(index)


# References


def test_references_become_links_with_a_status(site: Build) -> None:
    page = (
        "# About [[grow]]\n\nSee [[grow#revenue]], [[churn|our <i>churn</i>]], [[sales]], "
        "[[2026-q4]], `[[grow]]` and [[grow]](x.md).\n"
    )
    folder, _ = site({**FILES, "mine.md": page})
    shown = article(folder, "mine/index.html")
    (paragraph,) = shown.xpath("./p")
    links = {words(a): a.get("href") for a in paragraph.xpath("./span/a")}
    assert links["Double revenue"] == "../okrs/2026-q4/company/grow/#revenue"
    assert links["our <i>churn</i>"] == "../kpis/churn/"
    assert links["Sales & <b>more</b>"] == "../teams/sales/"
    assert links["2026 Q4"] == "../cycles/2026-q4/"
    assert "On track" in words(paragraph)
    assert "[[grow]]" in words(paragraph.xpath("./code")[0])
    assert words(shown.xpath("./h1")[0]).startswith("About Grow")
    assert not shown.xpath("./h1/a[contains(@href, 'okrs')]")


def test_a_reference_to_nothing_stays_and_is_a_finding(site: Build) -> None:
    folder, result = site({**FILES, "mine.md": "See [[grov]].\n"}, "--strict")
    assert "OKR201 there is no objective, KPI, owner, cycle or pillar `grov`" in result.output
    site({**FILES, "mine.md": "See [[grov]].\n"})
    assert "See [[grov]]." in words(article(folder, "mine/index.html"))


def test_a_reference_cannot_break_out_of_a_tag(site: Build) -> None:
    hostile = objective(
        "title: a, to: 1", title="'\\\" onmouseover=alert(1) x=\\\"'", id="evil"
    ).replace("title: '\\\" onmouseover=alert(1) x=\\\"'", "title: '\" onmouseover=alert(1) x=\"'")
    body = '<span title="\n[[evil]]">x</span> and <b title="[[evil]]">y</b>\n\n[[evil]]\n'
    folder, _ = site({**FILES, "okrs/evil.md": hostile, "teams/x.md": document("team", body=body)})
    for element in parsed(folder / "teams/x/index.html").xpath("//article//*"):
        assert not any(name.startswith("on") for name in element.attrib)


# What is private


def test_nothing_private_is_listed_linked_or_written(site: Build) -> None:
    page = (
        "See [[merger]] and [[blackbird]].\n\n"
        + block("list: objectives", "where: {owner: [blackbird, sales]}")
        + "\n"
        + block("list: key_results")
        + "\n"
        + block("list: objectives", "where: {owner: blackbirt}")
    )
    folder, result = site({**FILES, **SECRET, "mine.md": page})
    assert "OKR201" in result.output
    names = re.compile("raven|merge with|sign the papers|merger", re.IGNORECASE)
    for file in folder.rglob("*"):
        assert not names.search(str(file.relative_to(folder)))
        if file.is_file() and file.suffix in (".html", ".json", ".svg", ".csv", ".xml"):
            assert not names.search(file.read_text()), file
    shown = words(article(folder, "mine/index.html"))
    assert "See a private document and a private document." in shown
    assert "did you mean" not in shown
    assert not list(folder.rglob("badges/owner/teams/blackbird*"))


def test_private_documents_are_shown_where_the_settings_say_so(site: Build) -> None:
    folder, _ = site(
        {**FILES, **SECRET, "mine.md": "[[merger]]\n"}, options={"include_private": True}
    )
    assert "Merge with Raven" in words(article(folder, "mine/index.html"))
    assert (folder / "badges/owner/teams/blackbird.svg").exists()


# Badges and frames


def test_badges_of_objectives_owners_and_cycles(site: Build) -> None:
    folder, _ = site(FILES)
    for name in (f"objective/{BASE}", "owner/teams/sales", "owner/company", "cycle/2026-q4"):
        text = (folder / f"badges/{name}.svg").read_text()
        badge = ElementTree.fromstring(text)
        assert badge.get("role") == "img"
        title = badge.findtext("{http://www.w3.org/2000/svg}title")
        assert title == badge.get("aria-label")
        assert "style=" not in text
        assert len(text) < 1500
    badge_of_sales = (folder / "badges/owner/teams/sales.svg").read_text()
    assert "Sales &amp; &lt;b&gt;more&lt;/b&gt;: 0.10 At risk<" in badge_of_sales


def test_a_frame_of_every_objective(site: Build) -> None:
    folder, _ = site(FILES, site_url="https://okrs.example.com/sub/")
    file = folder / f"embed/{BASE}.html"
    frame = parsed(file)
    assert frame.xpath("//base/@target") == ["_top"]
    assert frame.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not frame.xpath("//script | //nav | //@style | //*[@onclick]")
    assert words(frame.xpath("//h1")[0]) == "Widen the base"
    for address in frame.xpath("//@href"):
        target = (file.parent / address.partition("#")[0]).resolve()
        assert target.exists(), address
    assert "embed/" not in (folder / "sitemap.xml").read_text()
    assert "embed/" not in (folder / "search/search_index.json").read_text()
    page = words(parsed(folder / BASE / "index.html"))
    assert f"https://okrs.example.com/sub/badges/objective/{BASE}.svg" in page
    assert f"https://okrs.example.com/sub/embed/{BASE}.html" in page


def test_a_frame_with_many_key_results_stays_small(site: Build) -> None:
    many = [f"id: k{n}, title: {'Long words ' * 8}, to: {n + 1}" for n in range(40)]
    folder, _ = site({**FILES, "okrs/2026-q4/many.md": objective(*many)})
    file = folder / "embed/okrs/2026-q4/many.html"
    assert "and 32 more" in words(parsed(file))
    assert file.stat().st_size <= 8_000


def test_addresses_without_folders(site: Build) -> None:
    page = "[[base]]\n\n" + block("list: objectives")
    folder, result = site({**FILES, "mine.md": page}, "--strict", use_directory_urls=False)
    assert result.exit_code == 0, result.output
    file = folder / f"embed/{BASE}.html"
    for address in parsed(file).xpath("//@href"):
        assert (file.parent / address.partition("#")[0]).resolve().exists(), address
    links = article(folder, "mine.html").xpath(".//a/@href")
    assert f"{BASE}.html" in links


def test_ids_that_cannot_be_files_have_no_badge(site: Build) -> None:
    names = ("a", "a.svg/b", "x", "x/index.html", "/".join(["long" * 40] * 20))
    files = {f"o{n}.md": objective("title: a, to: 1", id=id) for n, id in enumerate(names)}
    folder, result = site({**FILES, **files})
    assert result.exit_code == 0, result.output
    assert (folder / "badges/objective/a.svg").is_file()
    assert (folder / "embed/x.html").is_file()


def test_the_same_site_gives_the_same_badges_and_frames(site: Build) -> None:
    def written(folder: Path) -> dict[str, bytes]:
        files = [*folder.rglob("badges/**/*.svg"), *folder.rglob("embed/**/*.html")]
        return {str(file): file.read_bytes() for file in files}

    folder, _ = site(FILES)
    first = written(folder)
    site(FILES)
    assert written(folder) == first
    assert len(first) >= 6


# The guide


def test_every_example_of_the_guide_is_answered() -> None:
    text = (ROOT / "content/guide/embedding.md").read_text()
    examples = [found for found in scan(text) if isinstance(found, Block)]
    page = parsed(demo_site() / "guide/embedding/index.html")
    shown = page.xpath("//article//div[contains(concat(' ', @class, ' '), ' okr-embedded ')]")
    assert len(shown) == len(examples) >= 5
    assert not page.xpath("//*[@role='note']")
    assert not page.xpath("//*[contains(@class, 'okr-embedded')]//p[@class='okr-empty']")


def test_the_guide_names_every_filter_and_sort() -> None:
    text = (ROOT / "content/guide/embedding.md").read_text()
    for name in FIELDS:
        assert f"`{name}`" in text
    for listed, title in zip(
        LISTS, ("Objectives", "Key results", "KPIs", "Check-ins", "Owners"), strict=True
    ):
        section = text.split(f"### {title}\n", 1)[1].split("\n### ", 1)[0]
        for name in (*LISTS[listed].filters, *LISTS[listed].sorts):
            assert f"`{name}`" in section, (listed, name)


def test_the_frames_of_the_demo_are_small() -> None:
    sizes = [file.stat().st_size for file in demo_site().rglob("embed/**/*.html")]
    assert sizes
    assert max(sizes) <= 8_000
