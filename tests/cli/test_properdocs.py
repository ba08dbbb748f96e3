"""Every command takes properdocs.yml where there is no mkdocs.yml."""

from collections.abc import Callable
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from okrsite.cli import main
from tests.repositories import Repo
from tests.samples import document, objective

Write = Callable[..., Path]
FILES = {
    "teams/sales.md": document("team"),
    "kpis/csat.md": document("kpi", "owner: sales", "keep: {min: 5}"),
    "okrs/2026-q4/sales/grow.md": objective("id: a, title: A, from: 0, to: 10", owner="sales"),
}


@pytest.fixture
def folder(write_site: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    theme = {"name": "material", "font": False}
    configuration = write_site(FILES, {"as_of": "2026-11-15"}, theme=theme)
    configuration.rename(configuration.with_name("properdocs.yml"))
    monkeypatch.chdir(configuration.parent)
    return configuration.parent


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize(
    "words",
    [
        ["lint"],
        ["status"],
        ["export"],
        ["explain", "grow"],
        ["digest"],
        ["check-in", "grow", "--date", "2026-11-14", "--set", "a=5"],
        ["new", "team", "--title", "Support"],
        ["build", "--quiet"],
    ],
)
def test_a_command_takes_properdocs_yml(folder: Path, words: list[str]) -> None:
    done = run(*words)
    assert done.exit_code in (0, 1), done.output
    assert "mkdocs.yml" not in done.output


def test_names_are_completed_beside_properdocs_yml(folder: Path) -> None:
    command = main.commands["new"].commands["objective"]  # type: ignore[attr-defined]
    owner = next(parameter for parameter in command.params if parameter.name in ("owner", "owners"))
    found = owner.type.shell_complete(click.Context(command), owner, "sal")
    assert [item.value for item in found] == ["sales"]


def test_mkdocs_yml_comes_first(folder: Path) -> None:
    (folder / "mkdocs.yml").write_text(yaml.safe_dump({"site_name": "A", "docs_dir": "nowhere"}))
    assert "nowhere" in run("lint").output


def test_a_plugin_that_encrypts_is_refused_there_too(folder: Path) -> None:
    (folder / "encrypt.py").write_text("")
    text = (folder / "properdocs.yml").read_text()
    (folder / "properdocs.yml").write_text(f"{text}hooks: [encrypt.py]\n")
    done = run("build")
    assert done.exit_code == 2
    assert "the plugin `encrypt.py` does not cover what okrsite publishes" in done.output


def test_a_site_that_was_renamed_is_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = Repo(tmp_path)
    repo.commit(FILES)
    repo.git("mv", "mkdocs.yml", "properdocs.yml")
    repo.commit(
        {"okrs/2026-q4/sales/grow.md": FILES["okrs/2026-q4/sales/grow.md"].replace("10", "20")}
    )
    monkeypatch.chdir(tmp_path)
    done = run("diff", "HEAD~1", "HEAD")
    assert done.exit_code == 0, done.output
    assert "20" in done.output
    assert "added" not in done.output.lower()


def test_where_both_are_the_one_that_is_read_is_said(folder: Path) -> None:
    (folder / "mkdocs.yml").write_text((folder / "properdocs.yml").read_text())
    said = "mkdocs.yml is read; properdocs.yml is here too: name it with -f to read it\n"
    assert run("lint").stderr.startswith(said)
    assert said not in run("lint", "-f", "properdocs.yml").stderr
    assert said not in run("export").stdout
    (folder / "mkdocs.yml").unlink()
    assert said not in run("lint").stderr


def test_a_job_is_added_to_a_site_of_properdocs(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    done = run("init", ".", "--ci", "github", "--notify")
    assert done.exit_code == 0, done.output
    added = {file.name for file in folder.rglob("*") if file not in before and file.is_file()}
    assert added == {"okr-notify.yml"}


def test_a_site_of_properdocs_is_not_begun_again(folder: Path) -> None:
    done = run("init", ".")
    assert done.exit_code == 2
    assert "properdocs.yml" in done.stderr
    assert not (folder / "mkdocs.yml").exists()
