"""Pages that look like documents and are none; private ones are kept out of the site."""

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from okrsite.cli import main
from okrsite.documents.lookalikes import lookalike
from okrsite.documents.source import read_source
from okrsite.project.published import private_files
from tests.samples import export_of, findings_of, objective, places, project_of
from tests.sites import build

SLIP = "type: objective\ntitle: Grow\n---\nWhy.\n"
RESULTS = "cycle: 2026-q4\nkey_results: [{title: A, to: 1}]\n"


def line_of(text: str) -> int | None:
    found = lookalike(text)
    return found.line if found else None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (SLIP, 1),
        (f"\n---\n{SLIP}", 3),
        (f"   {SLIP}", 1),
        ("title: Grow\ntype: kpi\nowner: sales\n", 2),
        ('type: "objective"\n', 1),
        (f"\ufeff{SLIP}", 1),
        (f"----\n{SLIP}", 2),
        (f"—\u2014\n{SLIP}", 2),
        (f"--- # note\n{SLIP}", 2),
        (f"---yaml\n{SLIP}", 2),
        (f"# Grow\n\n---\n{SLIP}", 4),
        (f"<!-- lint: off -->\n---\n{SLIP}", 3),
        ('+++\ntype = "objective"\n+++\n', 2),
        (f"---\ntitle: Grow\ntpye: objective\n{RESULTS}---\n", 3),
        ("---\nType: objective\n---\n", 2),
        ("---\ntyp: kpi\n---\n", 2),
        (f"---\ntitle: Grow\n{RESULTS}---\n", 3),
        (f"---\ntype:\n{RESULTS}---\n", 3),
        ("---\nvisibility: public\n---\n", 2),
        ("---\nowners: [a]\nkey-results: []\n---\n", 2),
    ],
)
def test_a_page_that_is_meant_as_a_document(text: str, line: int) -> None:
    assert line_of(text) == line


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---\n",
        "# Grow\n",
        "type: novel\ntitle: Grow\n",
        "type: objectives are what we write here.\n",
        "In short:\ntype: objective\n",
        "note: see below\n\ntype: objective\n",
        "```yaml\ntype: objective\n```\n",
        "# Example\n\n```yaml\n---\ntype: objective\nvisibility: private\n---\n```\n",
        "***\n\nA rule above: visibility: private\n",
        "type:\n",
        ":" * 100_000,
        "a: b\n" * 100_000,
        "---\ntitle: A note\nowner: kim\ntags: [a]\n---\n",
        "---\n\nA rule stands above this. visibility: private\n\n---\n",
        "---\ntitle: Private rooms\nx-private: true\n---\n",
        "---\ntitle: A\n---\n\nvisibility: private\n",
    ],
)
def test_an_ordinary_page_is_not_meant(text: str) -> None:
    assert line_of(text) is None


PRIVATE = [
    f"visibility: private\n{SLIP}",
    f"\n---\nvisibility: private\n{SLIP}",
    f"\n---\nVisibility: private\n{SLIP}",
    f" ---\nprivate: true\n{SLIP}",
    f"\ufeff\nvisibility: private\n{SLIP}",
    f"\ufeff\ufeff---\nvisibility: private\n{SLIP}",
    f"----\nvisibility: private\n{SLIP}",
    f"——\nvisibility: private\n{SLIP}",
    f"–––\nvisibility: private\n{SLIP}",
    f"—\nvisibility: private\n{SLIP}",
    "---\ntitle: Grow\nvisibility; private\n---\nWhy.\n",
    f"--- # note\nvisibility: private\n{SLIP}",
    f"---yaml\nvisibility: private\n{SLIP}",
    '+++\ntype = "objective"\nvisibility = "private"\n+++\nHalve it\n',
    "+++\nvisibility = private\n+++\n",
    "---\nvisibility - private\n---\n",
    "---\nvisibility – private\ntitle: Plan\n---\n",
    f"# Grow\n\n---\nvisibility: private\n{SLIP}",
    f"<!-- lint: off -->\n---\nvisibility: private\n{SLIP}",
    f"\n\u00a0\n---\n\u00a0visibility: private\n{SLIP}",
    "---\n\u200bvisibility: private\ntitle: Grow\n---\nWhy.\n",
    "---\ntitle: Grow\nprivat: true\n---\nWhy.\n",
    "---\ntitle: Grow\nis_private: true\n---\nWhy.\n",
    "---\ntitle: Grow\npublic: false\n---\nWhy.\n",
    "---\ntitle: Grow\nhidden: true\n---\nWhy.\n",
    "---\ntitle: Grow\nbisibility: private\n---\nWhy.\n",
    "---\ntitle: Grow\nvisibility\uff1a private\n---\nWhy.\n",
    "---\ntitle: Grow\nSichtbarkeit: privat\n---\nWhy.\n",
    "---\ntitle: [\nvisibility: private\n---\nWhy.\n",
    "---\ntitle: Grow\n\nvisibility: private\n\nWhy.\n",
    "---\ntypo: objective\nvisibility: private\n----\nWhy.\n",
    '{"type": "objective", "visibility": "private"}\n\nWhy.\n',
    '{\n  "type": "objective",\n  "visibility": "private"\n}\n\nWhy.\n',
    "<!--\nvisibility: private\n-->\nWhy.\n",
    "---\ntype:\nvisibility: private\n---\nWhy.\n",
    f"```yaml\n---\nvisibility: private\n{SLIP}```\n",
    f"~~~ {{.yaml}}\nvisibility: private\n{SLIP}~~~\n",
    f"* * *\nvisibility: private\n{SLIP}",
    f"***\nvisibility: private\n{SLIP.replace('---', '***')}",
    f"___\nvisibility: private\n{SLIP}",
    f"===\nvisibility: private\n{SLIP.replace('---', '===')}",
    f"- - -\nvisibility: private\n{SLIP}",
    "---\ntitle: Grow\nprivate:\n---\nWhy.\n",
    "---\n- visibility: private\n- title: Grow\n---\nWhy.\n",
    f"───\nvisibility: private\n{SLIP.replace('---', '───')}",
    f"--- !map\nvisibility: private\n{SLIP}",
    f"--- |\nvisibility: private\n{SLIP}",
    f"...\nvisibility: private\n{SLIP}",
    f"%YAML 1.2\n---\nvisibility: private\n{SLIP}",
    f"---\n---\nvisibility: private\n{SLIP}",
    f"\\---\nvisibility: private\n{SLIP}",
    f"> ---\nvisibility: private\n{SLIP}",
    f"Grow\n---\nvisibility: private\n{SLIP}",
    "---\n<<<<<<< HEAD\nvisibility: private\n=======\nvisibility: public\n>>>>>>> b\n---\nWhy.\n",
]


@pytest.mark.parametrize("text", PRIVATE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_a_page_that_says_that_it_is_private_is_kept_out(text: str, encoding: str) -> None:
    source, findings = read_source("a.md", "a.md", text.encode(encoding))
    assert source is not None
    assert source.private
    assert [str(f.severity) for f in findings] == ["error"]


def test_a_private_page_of_two_marks_or_a_wide_encoding_is_kept_out() -> None:
    text = f"---\nvisibility: private\n{SLIP}"
    twice = codecs.BOM_UTF8 * 2 + text.encode()
    for content in (twice, text.encode("utf-16"), text.encode("utf-16-be"), text.encode("utf-32")):
        source, findings = read_source("a.md", "a.md", content)
        assert source is not None
        assert source.private
        assert findings


def test_lint_and_the_build_say_it(write_site: Callable[..., Path], tmp_path: Path) -> None:
    configuration = write_site({"grow.md": SLIP}, plugins=["okrsite"])
    result = CliRunner().invoke(main, ["lint", "-f", str(configuration)])
    assert result.exit_code == 0
    assert "grow.md:1: OKR109 warning: this looks like a document" in result.stdout
    built = build(configuration, tmp_path / "site", "--strict")
    assert built.exit_code == 1
    assert "OKR109" in built.output


@pytest.mark.parametrize("secret", PRIVATE[:4])
def test_what_is_meant_to_be_private_is_not_published_and_lint_fails(
    write_site: Callable[..., Path], tmp_path: Path, secret: str
) -> None:
    secret = secret.replace("Grow", "Halve the salaries")
    configuration = write_site({"pay.md": secret, "index.md": "# Home\n"}, plugins=["okrsite"])
    result = CliRunner().invoke(main, ["lint", "-f", str(configuration)])
    assert result.exit_code == 1
    assert "OKR109 error: this page is marked private" in result.stdout
    strict = build(configuration, tmp_path / "strict", "--strict")
    assert strict.exit_code == 1
    assert "OKR109" in strict.output
    built = build(configuration, tmp_path / "site")
    assert built.exit_code == 0, built.output
    for file in (tmp_path / "site").rglob("*"):
        assert "pay" not in file.name
        assert not file.is_file() or b"Halve" not in file.read_bytes()


@pytest.mark.parametrize("name", [".meta.yml", ".meta.yaml"])
@pytest.mark.parametrize("line", ["visibility: private", "privat: true", "public: false"])
def test_what_lies_below_a_private_meta_yml_is_kept_out_with_an_error(line: str, name: str) -> None:
    goal = objective("title: A, to: 1, current: 1")
    files = {
        f"okrs/secret/{name}": f"icon: x\n{line}\n",
        "okrs/secret/below/a.md": goal,
        "okrs/secret/page.md": "# A page\n",
        "okrs/secret/broken.md": "---\ntype: objective\ntitle: [\n---\n",
        "okrs/open.md": goal,
    }
    assert set(export_of(files)["objectives"]) == {"okrs/open"}
    kept_out = {f"okrs/secret/{name}.md" for name in ("below/a", "page", "broken")}
    assert private_files(project_of(files)) >= kept_out
    assert f"OKR104 okrs/secret/{name}:2" in places(findings_of(files))


def test_no_other_field_of_ours_counts_in_a_meta_yml() -> None:
    files = {
        ".meta.yml": "tags: [a]\nhide: [toc]\ncommitment: committed\nowner: sales\n",
        "a.md": objective("title: A, to: 1, current: 1"),
    }
    found = [place for place in places(findings_of(files)) if "OKR104" in place]
    assert found == ["OKR104 .meta.yml:3", "OKR104 .meta.yml:4"]
    assert "a" in export_of(files)["objectives"]


@pytest.mark.parametrize(
    ("fields", "type"),
    [
        ("key_results: []\nowner: a", "objective"),
        ("readings: []\nkeep: a", "kpi"),
        ("updates: []\nowner: a", "check-in"),
        ("tpye: team\ntitle: A", "team"),
        ("owner: a\ncycle: b", None),
    ],
)
def test_the_fields_tell_the_type_that_is_missing(fields: str, type: str | None) -> None:
    found = lookalike(f"---\n{fields}\n---\n")
    assert found is not None
    assert found.type == type
