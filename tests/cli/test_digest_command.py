"""`okrsite digest`: whose, since when, in which language, and what it never tells."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from lxml import html

from okrsite.cli import main
from tests.guide.test_guide import blocks, site_of
from tests.histories import Past, small_organisation
from tests.repositories import CONFIGURATION
from tests.samples import document, objective

Write = Callable[..., Path]

GROW = """\
---
type: objective
title: Grow & <shine>
cycle: 2026-q4
owner: sales
key_results:
  - {id: seats, title: Sell seats, from: 0, to: 100}
check_ins:
  - {date: 2026-11-02, values: {seats: 20}}
  - {date: 2026-11-10, values: {seats: 30}, confidence: 0.6, blockers: [No bus]}
---
"""
FILES = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "okrs/grow.md": GROW,
    "okrs/secret.md": GROW.replace("title: Grow & <shine>", "title: Merger\nvisibility: private"),
    "okrs/idle.md": objective("id: a, title: Reach, to: 5", title="Idle"),
}


@pytest.fixture
def site(write_site: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_site(FILES, {"as_of": "2026-11-15"}).parent)
    return Path.cwd()


def digest(*words: str) -> Result:
    return CliRunner().invoke(main, ["digest", *words], catch_exceptions=False)


@pytest.mark.usefixtures("site")
def test_a_week_of_everybody_is_told_where_nothing_else_is_asked() -> None:
    said = digest()
    assert said.exit_code == 0
    assert said.stdout.startswith("# OKRs of Acme\n\nFrom 8 Nov 2026 to 15 Nov 2026 · 1 check-in")
    assert "0.20 → 0.30 (+0.10)" in said.stdout
    assert "Blocker: No bus" in said.stdout
    assert "**Idle**: Acme · a check-in: no update yet" in said.stdout


@pytest.mark.usefixtures("site")
def test_an_owner_and_a_day_can_be_asked_for() -> None:
    said = digest("sales", "--since", "2026-10-15").stdout
    assert said.startswith("# OKRs of Sales\n\nFrom 15 Oct 2026 to 15 Nov 2026 · 2 check-ins")
    assert "Idle" not in said


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("format", ["markdown", "html"])
def test_nothing_private_is_told(format: str) -> None:
    said = digest("--since", "2026-10-01", "--format", format).stdout
    assert "Grow" in said
    assert "Merger" not in said


@pytest.mark.parametrize("format", ["markdown", "html"])
def test_no_figure_follows_from_what_is_private(
    write_site: Write, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    top = objective("id: a, title: All, roll_up: true", title="Top")
    low = objective("id: a, title: Reach, to: 10, current: 4", title="Low", aligns_to="top#a")
    public = {"top.md": top, "low.md": low, "okrs/idle.md": FILES["okrs/idle.md"]}
    said = "updates: [{objective: low, confidence: 0.123, values: {a: 9 barrels}}]"
    private = {
        "check-ins/1.md": document("check-in", "date: 2026-11-10", "visibility: private", said),
        "hidden.md": low.replace("title: Low", "title: Hidden\nvisibility: private"),
        "kpis/pay.md": document("kpi", "title: Pay", "owner: company", "visibility: private"),
    }
    told = []
    for number, files in enumerate((public, {**public, **private})):
        site = write_site(files, {"as_of": "2026-11-15"})
        monkeypatch.chdir(site.parent)
        told.append(digest("--since", "2026-11-01", "--format", format).stdout)
        assert (site.parent / "content/hidden.md").is_file() is bool(number)
    assert told[0] == told[1]
    assert "Low" in told[0]


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    return small_organisation(tmp_path_factory.mktemp("digest") / "site")


def section(text: str, title: str) -> list[str]:
    _, _, rest = text.partition(f"## {title}\n\n")
    return rest.partition("\n\n")[0].splitlines()


def test_goalposts_that_moved_are_told_with_who_moved_them(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(past.folder)
    assert section(digest("--since", "2026-10-12").stdout, "Goalposts moved") == [
        "- **Grow**: Sales and care · by Ada Adler on 28 Oct · 0.27 against the original targets",
        "    - Target of “Double the revenue” raised from $8M to $9M",
        "- **Grow**: Sales and care · by Zoë\ufffd bO’Neill/b on 20 Oct ·"
        " 0.27 against the original targets",
        "    - Target of “Double the revenue” lowered from $12M to $8M",
    ]
    told = digest("sales", "--since", "2026-10-28", "--format", "html").stdout
    assert "Goalposts moved" not in told
    assert "$777M" not in digest("--since", "2026-09-01").stdout


def test_goalposts_are_left_out_where_git_has_only_part_of_the_history(
    past: Past, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    past.git("clone", "-q", "--depth", "1", past.folder.as_uri(), str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    said = digest("--since", "2026-10-12")
    assert "Goalposts moved" not in said.stdout
    assert "the clone is shallow" in said.stderr
    file = Path("mkdocs.yml")
    options = {"as_of": "2026-11-15", "history": False}
    settings = {**CONFIGURATION, "plugins": [{"okrsite": options}]}
    file.write_text(yaml.safe_dump(settings), encoding="utf-8")
    assert digest("--since", "2026-10-12").stderr == ""


def test_no_value_is_shown_as_if_it_reached_what_it_does_not(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_ins = "\ncheck_ins:\n  - {date: 2026-11-02, values: {a: 99.9%, b: 5.001 days}}"
    check_ins += "\n  - {date: 2026-11-10, values: {a: 99.949%, b: 5.002 days}}\n---\n"
    text = objective("id: a, title: Stay up, from: 99%, to: 99.95%", "id: b, title: B, to: 9 days")
    site = write_site({"a.md": text.replace("\n---\n", check_ins, 1)}, {"as_of": "2026-11-15"})
    monkeypatch.chdir(site.parent)
    said = digest().stdout
    assert "99.9% → 99.949%" in said
    assert "5.001 → 5.002 days" in said


@pytest.mark.usefixtures("site")
def test_the_mail_needs_nothing_but_itself() -> None:
    text = digest("--format", "html").stdout
    page = html.document_fromstring(text)
    assert page.xpath("//strong/text()")[0] == "Grow & <shine>"
    assert not page.xpath("//script | //link | //img | //style | //@src | //@class")
    assert "url(" not in text


def test_links_lead_to_the_site_where_its_address_is_known(site: Path) -> None:
    file = site / "mkdocs.yml"
    assert not html.document_fromstring(digest("--format", "html").stdout).xpath("//@href")
    text = file.read_text(encoding="utf-8")
    file.write_text(f"site_url: https://okrs.example.com\n{text}", encoding="utf-8")
    links = html.document_fromstring(digest("--format", "html").stdout).xpath("//@href")
    assert links[0] == "https://okrs.example.com/okrs/grow/"


def test_it_speaks_the_language_of_the_site(site: Path) -> None:
    file = site / "mkdocs.yml"
    text = re.sub(r"(?m)^theme:.*\n(?: .*\n)*", "", file.read_text(encoding="utf-8"))
    file.write_text(f"theme: {{name: material, language: de}}\n{text}", encoding="utf-8")
    said = digest("--format", "html").stdout
    assert '<html lang="de" dir="ltr">' in said
    assert "8. Nov. 2026" in said
    assert "0,20 → 0,30" in said


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("words", "said"),
    [(["--since", "2026-11-15"], "--since 2026-11-15 is not before 2026-11-15"),
     (["sails"], "sails"), (["--since", "yesterday"], "yesterday")],
)  # fmt: skip
def test_a_mistake_is_answered_in_a_sentence(words: list[str], said: str) -> None:
    answer = digest(*words)
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert answer.stdout == ""


def test_the_help_shows_examples() -> None:
    said = digest("--help").stdout
    assert "okrsite digest sales --since 2026-11-01 --format html > digest.html" in said


def test_the_example_of_the_guide_is_what_the_command_says(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = site_of("feeds.md")
    assert len(files) == 2
    monkeypatch.chdir(write_site(files, {"as_of": "2026-11-15"}, site_name="Our company").parent)
    [example] = [block for block in blocks("feeds.md") if block.language == "markdown"]
    assert digest().stdout == example.text
