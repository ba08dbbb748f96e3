"""The web editors of git hosts, and what pages offer to propose there."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html

from okrsite.editing.web_editor import LONGEST_ADDRESS, WebEditor, web_editor
from tests.samples import AS_OF, document, findings_of, objective
from tests.sites import ROOT, build

Write = Callable[..., Path]

GITHUB = "https://github.com/acme/okrs/edit/main/content/"
GITLAB = "https://gitlab.com/acme/group/okrs/-/edit/main/content/"
FILES = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales & <friends>"),
    "people/ada.md": document("person", "title: Ada", "team: sales"),
    "people/eve.md": document("person", "title: Eve", "visibility: private"),
    "kpis/pay.md": document(
        "kpi", "title: Payroll", "owner: company", "visibility: private",
        "readings: [{date: 2026-11-01, value: 424242}]",
    ),
    "okrs/2026-q4/sales/grow.md": objective(
        "id: revenue, title: Double revenue, from: $5M, to: $10M, current: $6.1M",
        "id: costs, title: Keep to the budget, kpi: pay, to: 400000, owner: ada",
        title='Grow "fast" & <b>sure</b> + 100%#1', owner="sales",
    ),
    "okrs/2026-q4/sales/secret.md": objective(
        "id: a, title: Quiet thing, to: 10", title="Quiet", owner="sales", visibility="private"
    ),
    "okrs/2026-q4/sales/draft.md": objective(
        "id: a, title: A, to: 10", title="Draft", owner="sales", status="draft"
    ),
    "okrs/2026-q3/sales/past.md": objective(
        "id: a, title: A, to: 10", title="Past", owner="sales", cycle="2026-q3"
    ),
}  # fmt: skip
GROW = "okrs/2026-q4/sales/grow"


def editor(address: str, docs: str | None = None) -> WebEditor:
    found = web_editor(address, docs)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("address", "host", "new"),
    [
        (GITHUB, "GitHub", "https://github.com/acme/okrs/new/main?filename=content/a.md&value=x"),
        (GITLAB, "GitLab", "https://gitlab.com/acme/group/okrs/-/new/main?file_name=content/a.md"),
        ("https://gitlab.com/acme/okrs/edit/main/docs", "GitLab",
         "https://gitlab.com/acme/okrs/-/new/main?file_name=docs/a.md"),
        ("https://git.acme.example/okrs/team/-/edit/main/", "git.acme.example",
         "https://git.acme.example/okrs/team/-/new/main?file_name=a.md"),
        ("https://codeberg.org/acme/okrs/_edit/main/content/", "Codeberg",
         "https://codeberg.org/acme/okrs/_new/main?filename=content/a.md&value=x"),
        ("https://github.acme.example/acme/okrs/edit/main/hand%20book/docs/", "GitHub",
         "https://github.acme.example/acme/okrs/new/main?filename=hand%20book/docs/a.md&value=x"),
    ],
)  # fmt: skip
def test_the_host_is_seen_from_its_edit_links(address: str, host: str, new: str) -> None:
    found = editor(address)
    assert (found.host, found.new_file("a.md", "x").address) == (host, new)


@pytest.mark.parametrize(
    "address",
    [None, "", "/edit/main/", "ftp://x/o/r/edit/main/", "https://github.com/acme/okrs/",
     "https://example.com/wiki?edit/main/", "https://bitbucket.org/a/b/src/main/docs/",
     "https://example.com/edit/", "javascript:alert(1)//o/r/edit/main/"],
)  # fmt: skip
def test_without_a_host_that_is_known_there_is_no_editor(address: str | None) -> None:
    assert web_editor(address) is None


def test_a_branch_may_have_a_slash_where_the_folder_of_the_documents_is_known() -> None:
    address = "https://github.com/acme/okrs/edit/release/one/handbook/content/"
    assert editor(address, "handbook/content").new.endswith("/new/release/one")
    assert editor(address, "handbook/content").folder == "handbook/content/"
    assert editor("https://github.com/acme/okrs/edit/main/", "").folder == ""


def test_every_sign_arrives_as_it_was() -> None:
    text = "".join(map(chr, range(1, 0x180))) + "\n € 😀 &value=x#?+%2B"
    query = parse_qs(urlsplit(editor(GITHUB).new_file("ä b/c+d&e.md", text).address).query)
    assert query == {"filename": ["content/ä b/c+d&e.md"], "value": [text]}


def test_a_text_too_long_for_an_address_is_left_out_of_it() -> None:
    short = editor(GITHUB).new_file("a.md", "x" * (LONGEST_ADDRESS - 200))
    long = editor(GITHUB).new_file("a.md", "x" * LONGEST_ADDRESS)
    assert (short.takes_text, long.takes_text) == (True, False)
    assert len(long.address) < 100


@pytest.fixture
def site(write_site: Write, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that builds a site whose documents are edited at an address."""

    def make(edit_uri: str | None, files: dict[str, str] = FILES, **more: Any) -> Path:
        config = {
            "theme": {"name": "material", "font": False},
            "plugins": [{"okrsite": {"as_of": AS_OF.isoformat()}}],
            **({"edit_uri": edit_uri} if edit_uri else {}),
            **more,
        }
        result = build(write_site(files, **config), tmp_path / "site", "--strict")
        assert result.exit_code == 0, result.output
        return tmp_path / "site"

    return make


def offers(folder: Path, page: str) -> list[tuple[str, dict[str, str], str | None]]:
    """Return what a page offers: the words, the parameters, and the text to copy."""
    root = html.fromstring((folder / page / "index.html").read_bytes())
    links = root.xpath("//a[contains(@href, '/new/main?')]")
    texts = [pre.text_content() for pre in root.xpath("//pre")]
    found = []
    for link in links:
        query = parse_qs(urlsplit(link.get("href")).query)
        parameters = {name: value[0] for name, value in query.items()}
        found.append((link.text_content(), parameters, texts[0] if texts else None))
    return found


def test_pages_offer_what_can_be_proposed(site: Callable[..., Path]) -> None:
    folder = site(GITHUB)
    [(words, about, text)] = offers(folder, GROW)
    assert (words, text) == ("Check in on GitHub", None)
    assert about["filename"] == "content/okrs/2026-q4/sales/check-ins/2026-11-15-grow.md"
    assert "date: 2026-11-15  # the date of the check-in\n" in about["value"]
    assert "- objective: okrs/2026-q4/sales/grow\n" in about["value"]
    assert "# Double revenue: $6.1M; expected" in about["value"]
    [(words, about, _)] = offers(folder, "teams/sales")
    assert about["filename"] == "content/okrs/2026-q4/sales/check-ins/2026-11-15.md"
    assert "# revenue: " in about["value"]
    [(words, about, _)] = offers(folder, "people/ada")
    assert about["filename"] == "content/okrs/2026-q4/ada/check-ins/2026-11-15.md"
    assert "# revenue" not in about["value"]
    assert "Keep to the budget: comes from a private KPI" in about["value"]
    [(words, about, _)] = offers(folder, "cycles/2026-q4")
    assert words == "Propose an objective on GitHub"
    assert about["filename"] == "content/okrs/2026-q4/company/new-objective.md"
    for page in ("okrs/2026-q4/sales/draft", "okrs/2026-q3/sales/past", "cycles/2026-q3", "kpis"):
        assert offers(folder, page) == []


def test_gitlab_gets_the_name_and_the_reader_the_text(site: Callable[..., Path]) -> None:
    folder = site(GITLAB)
    [(words, about, text)] = offers(folder, GROW)
    assert (words, list(about)) == ("Check in on GitLab", ["file_name"])
    assert text is not None
    assert text.startswith("---\n# Remove the #")
    assert '# Grow "fast" & <b>sure</b> + 100%#1\n' in text


def test_nothing_is_offered_where_the_repository_is_not_known(site: Callable[..., Path]) -> None:
    folder = site(None)
    pages = [GROW, "teams/sales", "people/ada", "cycles/2026-q4", "company"]
    assert [offers(folder, page) for page in pages] == [[]] * len(pages)


@pytest.mark.parametrize(
    "config",
    [
        {"repo_url": "https://github.com/acme/okrs", "edit_uri": "edit/main/content/"},
        {"edit_uri_template": GITHUB + "{path}"},
    ],
)
def test_every_way_to_say_where_it_is_edited_will_do(
    site: Callable[..., Path], config: dict[str, str]
) -> None:
    folder = site(config.pop("edit_uri", None), **config)
    [(_, about, _)] = offers(folder, GROW)
    assert about["filename"].startswith("content/okrs/")


def texts(folder: Path, pages: Iterable[str]) -> dict[str, str]:
    """Return every prepared document by its file below docs_dir."""
    found = {}
    for page in pages:
        for _, about, text in offers(folder, page):
            name = about.get("filename") or about["file_name"]
            found[name.removeprefix("content/")] = about.get("value") or text or ""
    return found


def pages_of(folder: Path) -> list[str]:
    return [file.parent.relative_to(folder).as_posix() for file in folder.rglob("index.html")]


def test_what_is_private_is_in_no_prepared_document(site: Callable[..., Path]) -> None:
    folder = site(GITHUB)
    made = texts(folder, pages_of(folder))
    assert made
    for text in made.values():
        for word in ("Quiet", "secret", "424", "Eve", "Payroll", "kpis/pay"):
            assert word not in text


@pytest.mark.parametrize("address", [GITHUB, GITLAB])
def test_as_prepared_every_document_of_the_demo_is_without_findings(
    tmp_path: Path, address: str
) -> None:
    configuration = tmp_path / "mkdocs.yml"
    written = (ROOT / "mkdocs.yml").read_text("utf-8")
    docs = ROOT / "content"
    written = written.replace("docs_dir: content", f"docs_dir: {docs}\nedit_uri: {address}")
    configuration.write_text(written, "utf-8")
    result = build(configuration, tmp_path / "site", "--strict")
    assert result.exit_code == 0, result.output
    made = texts(tmp_path / "site", pages_of(tmp_path / "site"))
    assert len(made) > 30
    demo = {
        file.relative_to(docs).as_posix(): file.read_bytes()
        for file in docs.rglob("*")
        if file.suffix in (".md", ".csv")
    }
    before = {(f.code, f.path, f.message) for f in findings_of(demo)}
    after = {(f.code, f.path, f.message) for f in findings_of({**demo, **made})}
    # A check-in on a day with another one is no finding, and a new objective gets its advice.
    assert {found for found in after - before if not re.fullmatch("OKR4..", found[0])} == set()
