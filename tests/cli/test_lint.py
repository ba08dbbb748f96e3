import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from okrsite.findings.codes import CHECKS
from tests.samples import document, objective

Write = Callable[..., Path]

FILES = {
    "wrong.md": objective("id: a, title: A, to: 5m"),
    "warned.md": objective("id: a, title: A, to: 10", "id: b, title: B, to: 3", blue="1"),
    "kpis/visits.md": document("kpi", "owner: company", "target: {value: 20}", "data: visits.csv"),
    "kpis/visits.csv": "date,value\n2026-10-01,12\n2026-10-02,many\n",
}
WRONG, WARNED = "content/wrong.md", "content/warned.md"
TABLE = "content/kpis/visits.csv"


@pytest.fixture
def site(write_site: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a site and stand in its folder, outside GitHub."""
    folder = write_site(FILES, {"as_of": "2026-10-05"}).parent
    monkeypatch.chdir(folder)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    return folder


def lint(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["lint", *map(str, words)], catch_exceptions=False)


def found(*words: str | Path) -> list[str]:
    """Return what is reported: `OKR104 content/wrong.md:7`."""
    listed = json.loads(lint("--format", "json", *words).stdout)
    return [f"{f['code']} {f['path']}:{f['line']}" for f in listed]


def test_there_is_something_to_find(site: Path) -> None:
    assert found() == [
        f"OKR104 {TABLE}:3", f"OKR106 {WARNED}:6", f"OKR104 {WRONG}:7",
    ]  # fmt: skip


# Languages


def test_a_person_reads_the_language_of_the_terminal(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    result = lint(WRONG)
    assert f"{WRONG}:7: OKR104 error: `to`: `5m` ist keine Zahl" in result.stdout
    assert result.stderr == "1 Fehlermeldung\n"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "`5m` is not a number" in lint(WRONG).stdout


@pytest.mark.parametrize("format", ["json", "github", "sarif"])
def test_programs_read_english(site: Path, format: str) -> None:
    result = lint("--language", "de", "--format", format, WRONG)
    assert "is not a number" in result.stdout
    assert result.stderr == "1 error\n"


def test_a_language_can_be_asked_for(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE")
    assert "n’est pas un nombre" in lint("--language", "fr", WRONG).stdout
    monkeypatch.setenv("OKRSITE_LANGUAGE", "es")
    assert "no es un número" in lint(WRONG).stdout
    assert "is not a number" in lint("--language", "pt-BR", WRONG).stdout
    assert lint("--explain", "OKR405").stdout.startswith("OKR405 advice: No alineado\n")


def test_a_baseline_holds_in_every_language(site: Path) -> None:
    lint("--language", "de", "--baseline", "known.json", "--write-baseline")
    result = lint("--language", "fr", "--baseline", "known.json")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "non signalés" in result.stderr


# Formats


def test_annotations_stand_on_the_line(site: Path) -> None:
    result = lint("--format", "github", WRONG)
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "::error file=content/wrong.md,line=7,title=OKR104::`to`: `5m` is not a number"
    )


@pytest.mark.parametrize("by", ["git", "GITHUB_WORKSPACE"])
def test_in_a_repository_of_more_paths_lead_from_its_root(
    site: Path, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site.parent
    if by == "git":
        (root / ".git").mkdir(exist_ok=True)
    else:
        monkeypatch.setenv("GITHUB_WORKSPACE", str(root))
    assert f"file={site.name}/content/wrong.md," in lint("--format", "github").stdout
    log = json.loads(lint("--format", "sarif", WRONG).stdout)
    [result] = log["runs"][0]["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == f"{site.name}/content/wrong.md"
    assert WRONG in lint().stdout
    if by == "git":
        (root / ".git").rmdir()


@pytest.mark.parametrize(
    ("more", "address"),
    [
        ({}, None),
        ({"site_url": "https://okr.example.com"}, "https://okr.example.com/checks/#okr104"),
        (
            {"site_url": "https://example.com/okr/", "use_directory_urls": False},
            "https://example.com/okr/checks/index.html#okr104",
        ),
        ({"site_url": "okr.example.com"}, None),
    ],
)
def test_sarif_links_to_the_published_explanation(
    write_site: Write, more: dict[str, object], address: str | None
) -> None:
    configuration = write_site(FILES, **more)
    log = json.loads(lint("-f", configuration, "--format", "sarif").stdout)
    rules = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert rules["OKR104"].get("helpUri") == address


# Codes


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["--select", "OKR106"], {"OKR106"}),
        (["--select", "okr106"], {"OKR106"}),
        (["--select", "OKR104,OKR106"], {"OKR104", "OKR106"}),
        (["--select", "OKR104", "--select", "OKR106"], {"OKR104", "OKR106"}),
        (["--select", "OKR1", "--ignore", "OKR104"], {"OKR106"}),
        (["--select", "all"], {"OKR104", "OKR106"}),
        (["--ignore", "OKR1"], set()),
        (["--select", "OKR4"], set()),
    ],
)
def test_codes_are_selected_and_ignored(site: Path, words: list[str], codes: set[str]) -> None:
    assert {one.split()[0] for one in found(*words)} == codes


def test_errors_that_are_left_out_are_counted(site: Path) -> None:
    result = lint("--ignore", "OKR104")
    assert result.exit_code == 0
    assert "2 more with errors, hidden by --select or --ignore" in result.stderr
    assert "more with errors" not in lint("--ignore", "OKR106").stderr


def test_options_come_on_top_of_the_settings(write_site: Write) -> None:
    configuration = write_site(FILES, {"lint": {"ignore": ["OKR106"]}})
    assert found("-f", configuration, "--select", "OKR106") == []


@pytest.mark.parametrize("option", ["--select", "--ignore", "--explain"])
def test_an_unknown_code_ends_with_2_and_what_was_meant(site: Path, option: str) -> None:
    result = lint(option, "OKR140")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "`OKR140` isn't a code; did you mean `OKR1" in result.stderr


# Files


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ([WRONG], [WRONG]),
        ([WRONG, WARNED], [WARNED, WRONG]),
        ([f"./content/../{WRONG}"], [WRONG]),
        ([TABLE], [TABLE]),
        (["content/kpis"], [TABLE]),
        (["content"], [TABLE, WARNED, WRONG]),
        (["."], [TABLE, WARNED, WRONG]),
        (["content/kpis/visits.md"], []),
        (["mkdocs.yml"], []),
        (["mkdocs.yml", WRONG], [WRONG]),
    ],
)
def test_only_what_is_in_the_files_is_reported(
    site: Path, files: list[str], where: list[str]
) -> None:
    assert [one.split()[1].rsplit(":", 1)[0] for one in found(*files)] == where


def test_a_file_may_be_named_from_anywhere(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(found(site / WRONG)) == 1
    monkeypatch.chdir(site / "content")
    assert len(found("-f", "../mkdocs.yml", "wrong.md")) == 1
    monkeypatch.chdir(site.parent)
    assert len(found("-f", f"{site.name}/mkdocs.yml", f"{site.name}/{WRONG}")) == 1


def test_a_file_is_judged_in_the_whole_project(write_site: Write) -> None:
    files = {
        "a.md": objective("id: a, title: A, to: 10", aligns_to="b"),
        "b.md": objective("id: a, title: A, to: 10"),
    }
    configuration = write_site(files)
    [file] = (configuration.parent / "content").glob("a.md")
    assert "OKR201" not in lint("-f", configuration, file).stdout
    (configuration.parent / "content" / "b.md").unlink()
    assert "OKR201" in lint("-f", configuration, file).stdout


def test_a_file_that_is_not_there_ends_with_2(site: Path) -> None:
    result = lint("content/wrnog.md")
    assert result.exit_code == 2
    assert "content/wrnog.md" in result.stderr


# Baselines


def test_only_new_findings_fail_and_are_printed(site: Path) -> None:
    written = lint("--baseline", "known.json", "--write-baseline")
    assert (written.exit_code, written.stdout) == (0, "")
    assert written.stderr == "known.json: 2 errors, 1 warning\n"
    result = lint("--baseline", "known.json", "--strict")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "no findings\nnot reported, already in known.json: 3\n"
    (site / "content/new.md").write_text(FILES["wrong.md"])
    result = lint("--baseline", "known.json")
    assert result.exit_code == 1
    assert [line.split()[0] for line in result.stdout.splitlines() if ": OKR" in line] == [
        "content/new.md:7:"
    ]


def test_lines_may_move(site: Path) -> None:
    lint("--baseline", "known.json", "--write-baseline")
    file = site / WRONG
    before = (site / "known.json").read_bytes()
    file.write_text(file.read_text().replace("title: Grow", "title: Grow\ndescription: Why"))
    assert found("--baseline", "known.json") == []
    lint("--baseline", "known.json", "--write-baseline")
    assert (site / "known.json").read_bytes() == before


def test_what_is_solved_is_said_so_that_the_baseline_can_shrink(site: Path) -> None:
    lint("--baseline", "known.json", "--write-baseline")
    (site / WRONG).write_text(objective("id: a, title: A, to: 5", "id: b, title: B, to: 5"))
    result = lint("--baseline", "known.json")
    assert "fixed since known.json: 1; shrink it with --write-baseline" in result.stderr
    assert "solved" not in lint("--baseline", "known.json", WARNED).stderr
    lint("--baseline", "known.json", "--write-baseline")
    assert len(json.loads((site / "known.json").read_text())["findings"]) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no known.json: write it with --write-baseline"),
        (b"{", "known.json is not a baseline: line 1 is not valid JSON"),
        (b"\xff", "known.json is not a baseline: it isn't UTF-8"),
        (b"{}", "known.json is not a baseline: it does not say"),
    ],
)
def test_a_wrong_baseline_ends_with_2_and_a_sentence(
    site: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (site / "known.json").write_bytes(content)
    result = lint("--baseline", "known.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--write-baseline"],
        ["--write-baseline", "--baseline", "known.json", WRONG],
        ["--write-baseline", "--baseline", "content"],
        ["--write-baseline", "--baseline", "mkdocs.yml/known.json"],
    ],
)
def test_a_baseline_that_cannot_be_written_ends_with_2(site: Path, words: list[str]) -> None:
    result = lint(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr
    assert not (site / "known.json").exists()


# Explanations


@pytest.mark.parametrize("code", CHECKS)
def test_every_check_is_explained(code: str, tmp_path: Path) -> None:
    result = lint("--explain", code.lower(), "-f", tmp_path / "nowhere.yml")
    check = CHECKS[code]
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{code} {check.severity}: {check.summary}\n")
    assert check.why in result.stdout
    for example in (check.example, check.instead):
        for line in example.splitlines():
            assert f"    {line}".rstrip() in result.stdout


def test_the_beginning_of_codes_is_no_check(site: Path) -> None:
    result = lint("--explain", "OKR2")
    assert result.exit_code == 2
    assert "several codes" in result.stderr


# Formats whatever the names


@pytest.mark.parametrize("format", ["text", "json", "github", "sarif"])
def test_a_file_name_that_is_not_utf_8_can_be_reported(site: Path, format: str) -> None:
    name = os.fsencode(site / "content") + b"/odd-\xff.md"
    Path(os.fsdecode(name)).write_text(objective("id: a, title: A, to: 5m"))
    result = lint("--format", format)
    assert result.exit_code == 1
    assert "odd-" in result.stdout


def test_lint_imports_nothing_that_only_other_formats_and_commands_need() -> None:
    heavy = {"rich", "babel", "mkdocs", "jinja2"}
    heavy |= {"okrsite.pages.site", "okrsite.pages.parts", "okrsite.findings.report.sarif"}
    code = "import sys, okrsite.cli.commands.lint; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert heavy & set(done.stdout.split()) == set()
