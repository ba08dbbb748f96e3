"""What `okrsite generate` writes of small sites, and what it never writes."""

import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from click.testing import CliRunner, Result
from lxml import html

from okrsite.cli import main
from tests.samples import document, objective
from tests.sites import write_site

ENGINES = ("markdown", "zensical", "hugo", "plain")

FILES = {
    "index.md": "# Acme\n\n[[grow]] and [the goal](okrs/2026-q4/sales/grow.md#revenue).\n",
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: R&D, Sales <b>"),
    "okrs/2026-q4/sales/grow.md": objective(
        "id: revenue, title: Double revenue, from: 5, to: 10, current: 9",
        title="Grow",
        owner="sales",
        body="Why: [see the notes](../../../notes/why.md).\n",
    ),
    "notes/why.md": "---\ntitle: Why we grow\n---\n\n## One\n\nText.\n\n## Two\n\n{{ x }}\n",
    "notes/list.md": "# List\n\n```okr\nlist: objectives\n```\n",
    "notes/picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}

SECRET = {
    "okrs/2026-q4/company/takeover.md": objective(
        "id: merger, title: Buy Zyzzyva, from: 0, to: 1", title="Zyzzyva", owner="company",
        visibility="private",
    ),
    "notes/leak.md": (
        "# Links\n\n[a](../okrs/2026-q4/company/takeover.md)\n\n[b][r]\n\n"
        "[r]: ../okrs/2026-q4/company/takeover.md\n\n"
        '--8<-- "content/okrs/2026-q4/company/takeover.md"\n'
    ),
    "okrs/2026-q4/company/takeover.md.bak": "---\ntitle: Zyzzyva\n---\n",
}  # fmt: skip


def generate(configuration: Path, out: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["generate", str(out), "-f", str(configuration), *options])


def text_of(folder: Path) -> str:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return "".join(file.read_bytes().decode("utf-8", "replace") for file in files)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_private_is_in_no_byte(engine: str, tmp_path: Path) -> None:
    more = {"markdown_extensions": ["pymdownx.snippets"]}
    configuration = write_site(tmp_path / "site", FILES | SECRET, **more)
    result = generate(configuration, tmp_path / "out", "--for", engine)
    assert result.exit_code == 0, result.output
    published = text_of(tmp_path / "out")
    assert "Double revenue" in published
    assert "yzzyva" not in published
    assert "takeover" not in published


def test_a_page_has_its_frame_and_the_contents_of_text(tmp_path: Path) -> None:
    configuration = write_site(tmp_path / "site", FILES, site_url="https://acme.example/okr/")
    result = generate(configuration, tmp_path / "out", "--for", "plain")
    assert result.exit_code == 0, result.output
    page = html.document_fromstring((tmp_path / "out/notes/why/index.html").read_bytes())
    assert page.findtext(".//title") == "Why we grow - Acme"
    assert page.xpath("//main//h1/text()") == ["Why we grow"]
    contents = page.xpath("//nav[contains(@class, 'contents')]//a")
    assert [link.get("href") for link in contents] == ["#one", "#two"]
    tabs = page.xpath("//nav[contains(@class, 'tabs')]//a")
    assert [tab.text for tab in tabs][:2] == ["Home", "This week"]
    assert [tab.text for tab in tabs if tab.get("aria-current")] == ["Notes"]
    lost = html.document_fromstring((tmp_path / "out/404.html").read_bytes())
    assert all(link.startswith("/okr/") for link in lost.xpath("//header//a/@href"))
    assert "https://acme.example/okr/teams/sales/" in (tmp_path / "out/sitemap.xml").read_text()


def test_links_references_and_blocks_work(tmp_path: Path) -> None:
    configuration = write_site(tmp_path / "site", FILES)
    assert generate(configuration, tmp_path / "out", "--for", "plain").exit_code == 0
    home = html.document_fromstring((tmp_path / "out/index.html").read_bytes())
    links = home.xpath("//main//a/@href")
    assert "okrs/2026-q4/sales/grow/#revenue" in links
    assert "okrs/2026-q4/sales/grow/" in links
    page = html.document_fromstring(
        (tmp_path / "out/okrs/2026-q4/sales/grow/index.html").read_bytes()
    )
    assert "../../../../notes/why/" in page.xpath("//main//a/@href")
    listed = (tmp_path / "out/notes/list/index.html").read_text()
    assert "Grow" in listed


def test_markdown_stays_markdown_where_it_can(tmp_path: Path) -> None:
    configuration = write_site(tmp_path / "site", FILES)
    assert generate(configuration, tmp_path / "out").exit_code == 0
    assert "## One\n" in (tmp_path / "out/notes/why.md").read_text()
    assert "```okr" not in (tmp_path / "out/notes/list.md").read_text()
    page = (tmp_path / "out/okrs/2026-q4/sales/grow.md").read_text()
    assert page.startswith("---\ntitle: Grow\n")
    block = page.split("---\n", 2)[2].strip()
    assert block.startswith('<div class="okr-page">')
    assert "\n\n" not in block
    assert (tmp_path / "out/notes/picture.svg").is_file()


def test_what_looks_like_a_template_stays_text(tmp_path: Path) -> None:
    configuration = write_site(tmp_path / "site", FILES)
    assert generate(configuration, tmp_path / "out", "--for", "hugo").exit_code == 0
    page = (tmp_path / "out/content/notes/why.html").read_text()
    assert "&#123;{ x }}" in page.split("---\n", 2)[2]


def test_only_what_changed_is_written_again(tmp_path: Path) -> None:
    configuration = write_site(tmp_path / "site", FILES)
    out = tmp_path / "out"
    assert generate(configuration, out).exit_code == 0
    before = {file: file.stat().st_mtime_ns for file in out.rglob("*") if file.is_file()}
    (tmp_path / "site/content/notes/why.md").write_text("# Because\n")
    (tmp_path / "site/content/notes/picture.svg").unlink()
    assert generate(configuration, out).exit_code == 0
    changed = [f.name for f, when in before.items() if f.exists() and f.stat().st_mtime_ns != when]
    assert "why.md" in changed
    assert "grow.md" not in changed
    assert not (out / "notes/picture.svg").exists()


@pytest.mark.parametrize("place", ["content", ".", "content/below"])
def test_documents_are_never_written_over(place: str, tmp_path: Path) -> None:
    configuration = write_site(tmp_path / "site", FILES)
    result = generate(configuration, tmp_path / "site" / place)
    assert result.exit_code == 2
    assert "name another folder" in result.output
    assert not (tmp_path / "site" / place / ".okrsite-generated").exists()


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    configuration = write_site(tmp_path / "site", FILES)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("mine")
    result = generate(configuration, tmp_path / "out")
    assert result.exit_code == 2
    assert "name an empty folder" in result.output
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_strict_fails_on_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    broken = FILES | {"notes/why.md": "# Why\n\n[gone](nowhere.md)\n"}
    configuration = write_site(tmp_path / "site", broken)
    result = generate(configuration, tmp_path / "out", "--strict")
    assert result.exit_code == 1
    assert (
        "content/notes/why.md: there is no file on the site for the link to `nowhere.md`"
        in result.output
    )


def test_a_navigation_that_is_written_is_followed(tmp_path: Path) -> None:
    nav = [{"Start": "index.md"}, {"More": ["notes/why.md", {"Elsewhere": "https://a.example/"}]}]
    configuration = write_site(tmp_path / "site", FILES, nav=nav)
    assert generate(configuration, tmp_path / "out", "--for", "plain").exit_code == 0
    page = html.document_fromstring((tmp_path / "out/notes/why/index.html").read_bytes())
    tabs = page.xpath("//nav[contains(@class, 'tabs')]//a")
    assert [(tab.text, tab.get("href")) for tab in tabs] == [
        ("Start", "../../"),
        ("More", "../../notes/why/"),
    ]
    side = page.xpath("//nav[contains(@aria-label, 'part')]//a")
    assert [link.get("href") for link in side] == ["../../notes/why/", "https://a.example/"]


def test_an_extension_that_is_not_installed_is_said(tmp_path: Path) -> None:
    configuration = write_site(tmp_path / "site", FILES, markdown_extensions=["no.such.thing"])
    result = generate(configuration, tmp_path / "out")
    assert result.exit_code == 0
    assert "the Markdown extension `no.such.thing` can't be used" in result.output


def test_a_function_of_anyones_is_not_called(tmp_path: Path) -> None:
    configuration = write_site(tmp_path / "site", FILES)
    more = 'markdown_extensions: [{pymdownx.superfences: {x: !!python/name:os.system ""}}]\n'
    configuration.write_text(configuration.read_text() + more)
    result = generate(configuration, tmp_path / "out")
    assert result.exit_code == 0
    assert "names `os.system`, which is left out" in result.output


def test_a_save_is_followed(tmp_path: Path) -> None:
    configuration = write_site(tmp_path / "site", FILES)
    words = ["generate", str(tmp_path / "out"), "--watch", "-f", str(configuration)]
    code = "from okrsite.cli import main; main()"
    with Popen([sys.executable, "-u", "-c", code, *words], stdout=PIPE, text=True) as run:
        try:
            assert run.stdout is not None
            assert "pages" in run.stdout.readline()
            (tmp_path / "site/content/notes/why.md").write_text("# Because\n")
            assert "files written" in run.stdout.readline()
            assert "# Because" in (tmp_path / "out/notes/why.md").read_text()
        finally:
            run.terminate()
