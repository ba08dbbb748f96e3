import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from okrsite import __version__
from okrsite.cli import main
from okrsite.cli.command_line import Commands
from tests.samples import document, objective

Write = Callable[..., Path]

GOOD = {"okrs/2026-q4/company/grow.md": objective("id: a, title: A, to: 10, current: 4")}
WARNED = {"sales.md": document("team", "blue: 1")}
WRONG = {"grow.md": objective("id: a, title: A, to: 5m")}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def as_of(configuration: Path) -> str:
    found = run("export", "-f", configuration)
    day: str = json.loads(found.stdout)["as_of"]
    return day


@pytest.mark.parametrize(
    ("files", "strict", "status"),
    [
        ({}, True, 0),
        (GOOD, True, 0),
        (WARNED, False, 0),
        (WARNED, True, 1),
        (WRONG, False, 1),
        ({**GOOD, **WRONG}, True, 1),
    ],
)
def test_lint_ends_with_0_or_with_1_where_findings_fail(
    write_site: Write, files: dict[str, str], strict: bool, status: int
) -> None:
    words = ["--strict"] if strict else []
    assert run("lint", "-f", write_site(files), *words).exit_code == status


def test_lint_prints_findings_and_says_how_many_on_standard_error(write_site: Write) -> None:
    result = run("lint", "-f", write_site(WRONG), "--as-of", "2026-10-02")
    assert "content/grow.md:7: OKR104 error: `to`: `5m` is not a number\n" in result.stdout
    assert "    write M for millions" in result.stdout
    assert result.stderr == "1 error\n"


def test_lint_as_json_is_a_list(write_site: Write) -> None:
    result = run("lint", "-f", write_site(WRONG), "--format", "json")
    assert [(f["code"], f["line"]) for f in json.loads(result.stdout)] == [("OKR104", 7)]
    assert json.loads(run("lint", "-f", write_site({}), "--format", "json").stdout) == [
        {**finding, "path": "content/grow.md"} for finding in json.loads(result.stdout)
    ]


@pytest.mark.parametrize("format", ["text", "json"])
def test_lint_knows_every_format(write_site: Write, format: str) -> None:
    result = run("lint", "-f", write_site(WRONG), "--format", format)
    assert result.exit_code == 1
    assert "content/grow.md" in result.stdout


def test_export_prints_the_model_and_ends_with_1_where_errors_left_something_out(
    write_site: Write,
) -> None:
    result = run("export", "-f", write_site(GOOD))
    assert (result.exit_code, result.stderr) == (0, "")
    assert list(json.loads(result.stdout)["objectives"]) == ["okrs/2026-q4/company/grow"]
    result = run("export", "-f", write_site(WRONG))
    assert result.exit_code == 1
    assert list(json.loads(result.stdout)["objectives"]) == ["okrs/2026-q4/company/grow"]
    assert "content/grow.md:7: OKR104 error" in result.stderr


def test_export_as_csv(write_site: Write) -> None:
    result = run("export", "-f", write_site(GOOD), "--format", "csv")
    header, row = result.stdout.splitlines()
    assert header.startswith("objective,objective_title,cycle,owners,level")
    assert row.startswith("okrs/2026-q4/company/grow,Grow,2026-q4,company,company")


@pytest.mark.parametrize(
    ("directory_urls", "url"),
    [(True, "okrs/2026-q4/company/grow/"), (False, "okrs/2026-q4/company/grow.html")],
)
def test_addresses_follow_use_directory_urls(
    write_site: Write, directory_urls: bool, url: str
) -> None:
    configuration = write_site(GOOD, use_directory_urls=directory_urls)
    objectives = json.loads(run("export", "-f", configuration).stdout)["objectives"]
    assert [found["url"] for found in objectives.values()] == [url]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["lint", "--as-of", "tomorrow"],
        ["lint", "--as-of", "2026-02-30"],
        ["lint", "--format", "xml"],
        ["lint", "--nonsense"],
        ["lint", "extra"],
        ["nonsense"],
        ["export", "-f", "nowhere/mkdocs.yml"],
        ["export", "-f", "."],
    ],
)
def test_a_wrong_command_ends_with_2_and_says_why(words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr
    assert "Traceback" not in result.stderr


def configuration_error(file: Path, text: str | bytes) -> str:
    """Return what is said of a configuration that is wrong."""
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    result = run("lint", "-f", file)
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("site_name: [", "not valid YAML"),
        ("- a\n- b\n", "not a list of settings"),
        ("", "not a list of settings"),
        (b"site_name: \xff\n", "not valid YAML"),
        ("docs_dir: nowhere\n", "no folder nowhere"),
        ("docs_dir: content\nplugins: [{okrsite: {comitment: x}}]\n", "did you mean `commitment`?"),
        ("docs_dir: content\nplugins: [{okrsite: words}]\n", "okrsite options"),
        ("docs_dir: content\nplugins: {okrsite: {as_of: never}}\n", "`as_of`"),
        ("INHERIT: missing.yml\n", "there is no"),
        ("INHERIT: mkdocs.yml\n", "INHERIT never ends"),
        ("a: " + "[" * 1500, "not valid YAML"),
    ],
)
def test_a_wrong_configuration_ends_with_2_and_a_sentence(
    write_site: Write, text: str | bytes, words: str
) -> None:
    assert words in configuration_error(write_site({}), text)


def test_the_configuration_here_is_the_usual_one(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_site(WRONG).parent)
    assert "content/grow.md:7" in run("lint").stdout


def test_without_a_configuration_here_one_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("lint")
    assert result.exit_code == 2
    assert "there is no mkdocs.yml" in result.stderr
    assert "-f" in result.stderr


def test_paths_are_relative_to_the_configuration_wherever_one_stands(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration = write_site(WRONG)
    monkeypatch.chdir(configuration.parent.parent)
    result = run("lint", "-f", f"{configuration.parent.name}/mkdocs.yml")
    assert result.stdout.startswith("content/grow.md:7")


def test_the_day_is_the_command_lines_then_the_settings_then_source_date_epochs(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, settled = write_site({}), {"as_of": "2026-02-02"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225599")  # the last second of 2025 in UTC
    assert as_of(plain) == "2025-12-31"
    assert as_of(write_site({}, settled)) == "2026-02-02"
    result = run("export", "-f", write_site({}, settled), "--as-of", "2026-03-03")
    assert json.loads(result.stdout)["as_of"] == "2026-03-03"


@pytest.mark.parametrize("epoch", ["99999999999999999999", "²", "-1", "soon", ""])
def test_a_source_date_epoch_that_is_no_day_ends_in_no_traceback(
    write_site: Write, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert run("lint", "-f", write_site({})).exit_code in (0, 2)


def test_what_a_parent_configuration_says_is_inherited_and_can_be_changed(
    write_site: Write,
) -> None:
    configuration = write_site(GOOD)
    (configuration.parent / "base.yml").write_text(
        "site_name: Base\ndocs_dir: content\n"
        "plugins:\n  okrsite: {as_of: 2026-02-02, commitment: committed}\n"
    )
    configuration.write_text(
        "INHERIT: base.yml\nsite_name: Child\nplugins:\n  okrsite: {as_of: 2026-03-03}\n"
    )
    model = json.loads(run("export", "-f", configuration).stdout)
    assert model["as_of"] == "2026-03-03"
    assert model["owners"]["company"]["title"] == "Child"
    assert model["objectives"]["okrs/2026-q4/company/grow"]["commitment"] == "committed"


def test_tags_of_other_plugins_are_passed_over_and_run_nothing(
    write_site: Write, tmp_path: Path
) -> None:
    configuration = write_site(GOOD)
    proof = tmp_path / "proof"
    configuration.write_text(
        configuration.read_text()
        + "markdown_extensions:\n"
        + "  - pymdownx.emoji:\n"
        + "      emoji_index: !!python/name:material.extensions.emoji.twemoji\n"
        + f"      other: !!python/object/apply:os.mkdir ['{proof}']\n"
        + "      own: !own [1, 2]\n"
    )
    assert run("lint", "-f", configuration).exit_code == 0
    assert not proof.exists()


def test_variables_of_the_environment_are_read_the_way_mkdocs_does(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration = write_site({})
    configuration.write_text("site_name: !ENV [ACME_NAME, Fallback]\ndocs_dir: content\n")
    monkeypatch.setenv("ACME_NAME", "From outside")
    model = json.loads(run("export", "-f", configuration).stdout)
    assert model["owners"]["company"]["title"] == "From outside"


@pytest.mark.parametrize(
    "plugins",
    [
        "plugins: [search, okrsite]",
        "plugins: [unheard-of: {a: 1}, okrsite: {commitment: committed}]",
        "plugins: {okrsite: {commitment: committed}, unheard-of: {}}",
        "plugins: {okrsite: }",
        "plugins:",
        "",
    ],
)
def test_other_plugins_need_not_be_installed(write_site: Write, plugins: str) -> None:
    configuration = write_site(GOOD)
    configuration.write_text(f"site_name: Acme\ndocs_dir: content\n{plugins}\n")
    result = run("export", "-f", configuration)
    assert result.exit_code == 0
    expected = "committed" if "committed" in plugins else "aspirational"
    objectives = json.loads(result.stdout)["objectives"].values()
    assert [found["commitment"] for found in objectives] == [expected]


def test_excluded_documents_are_not_judged(write_site: Write) -> None:
    configuration = write_site({**GOOD, **WRONG}, exclude_docs="grow.md\n!/okrs/**/grow.md\n")
    result = run("lint", "-f", configuration)
    assert (result.exit_code, "content/grow.md" in result.stdout) == (0, False)


def test_the_settings_decide_what_is_reported(write_site: Write) -> None:
    strict = run("lint", "--strict", "-f", write_site(WARNED, {"lint": {"ignore": ["OKR106"]}}))
    assert strict.exit_code == 0
    graded = write_site(WARNED, {"lint": {"severity": {"OKR106": "error"}}})
    assert run("lint", "-f", graded).exit_code == 1


def test_help_and_version() -> None:
    assert run("--version").stdout == f"okrsite, version {__version__}\n"
    for words in ([], ["lint"], ["export"]):
        result = run(*words, "-h")
        assert result.exit_code == 0
        assert "Usage:" in result.stdout


def test_the_command_writes_utf_8_whatever_the_terminal(write_site: Write) -> None:
    configuration = write_site({"k.md": document("kpi", "owner: nobody", "title: Größe")})
    command = Path(sys.executable).parent / "okrsite"
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
    done = subprocess.run(
        [command, "export", "-f", configuration], env=environment, capture_output=True, check=False
    )
    assert "Größe" in done.stdout.decode()
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def test_a_file_name_that_is_not_utf_8_ends_in_no_traceback(write_site: Write) -> None:
    configuration = write_site(GOOD)
    name = os.fsencode(configuration.parent / "content") + b"/2026-q4-\xff.md"
    Path(os.fsdecode(name)).write_text(objective("id: a, title: A, to: 10"))
    for command in ("lint", "export"):
        assert run(command, "-f", configuration).exit_code in (0, 1)


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ("status --cycle 2026-q3 --cycle 2026-q4", "--cycle"),
        ("check-in grow --note a --note b", "--note"),
        ("new objective --title A --title B", "--title"),
        ("new kpi --title=A --unit % --title B", "--title"),
        ("carry grow --to 2027-q1 --to 2027-q2", "--to"),
        ("lint -f a.yml --config-file b.yml", "--config-file"),
        ("build --as-of 2026-11-01 --as-of 2026-11-02", "--as-of"),
        ("export --format csv --format json", "--format"),
    ],
)
def test_an_option_of_one_value_is_not_given_twice(words: str, option: str) -> None:
    result = CliRunner().invoke(main, words.split())
    assert result.exit_code == 2
    assert f"{option} is given twice: give it once" in result.stderr


def test_every_option_takes_one_value_or_counts_all_of_them() -> None:
    """No command has a group of its own kind, whose options nobody looks at."""

    def groups(group: click.Group) -> Iterator[click.Group]:
        yield group
        for name in group.commands:
            if isinstance(command := group.commands[name], click.Group):
                yield from groups(command)

    assert all(isinstance(group, Commands) for group in groups(main))
