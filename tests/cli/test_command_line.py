"""What holds for every command: an example in its help, and one sentence for what goes wrong."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from okrsite.cli import main
from tests.samples import document, objective
from tests.sites import ROOT

PROGRAM = Path(sys.executable).parent / "okrsite"
FULL = OSError(errno.ENOSPC, "No space left on device")

FILES = {
    "mkdocs.yml": "site_name: Acme\ndocs_dir: content\nplugins: [{okrsite: {as_of: 2027-01-05}}]\n",
    "content/company.md": document("company", "title: Acme"),
    "content/teams/sales.md": document("team", "title: Sales"),
    "content/people/ada.md": document("person", "title: Ada Lovelace", "team: sales"),
    "content/kpis/churn.md": document(
        "kpi", "title: Churn", "owner: sales", "readings: [{date: 2026-11-01, value: 3}]"
    ),
    "content/okrs/2026-q4/company/grow.md": objective(
        "id: a, title: A, to: 10", "id: b, title: B, to: 10"
    ),
    "content/okrs/2027-q1/sales/follow.md": objective(
        "id: a, title: A, to: 10", cycle="2027-q1", owner="sales", title="Follow"
    ),
}
WRITING = {
    "check-in": ["check-in", "follow", "--set", "a=3"],
    "close": ["close", "2026-q4", "--write"],
    "carry": ["carry", "grow", "--to", "2027-q1"],
    "baseline": ["lint", "--baseline", "known.json", "--write-baseline"],
    "new team": ["new", "team", "--title", "Web"],
    "new person": ["new", "person", "--title", "Eve"],
    "new cycle": ["new", "cycle", "--title", "2027 Q2"],
    "new pillar": ["new", "pillar", "--title", "Guests"],
    "new check-in": ["new", "check-in", "--owner", "sales"],
    "new kpi": ["new", "kpi", "--title", "Margin", "--owner", "sales", "--value", "3%",
                "--at-least", "2%"],
    "new objective": ["new", "objective", "--title", "Win", "--owner", "company", "--cycle",
                      "2027-q1", "--key-result", "A from 0 to 2", "--key-result", "B from 0 to 2"],
    "init": ["init", "other"],
}  # fmt: skip
READING = [
    ["lint"], ["export"], ["status"], ["explain", "grow"], ["digest"], ["diff", "HEAD"],
    ["build"], ["serve"],
]  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a small site, in which the commands are run."""
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str, input: str | None = None) -> Result:
    return CliRunner().invoke(main, list(words), input=input, catch_exceptions=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and ".git" not in file.parts
    }


def refused(result: Result) -> str:
    """Return the sentence that a command ended with, which must be one, and no traceback."""
    assert result.exit_code == 2, result.output
    sentence = result.stderr.strip().splitlines()[-1]
    assert sentence.startswith("Error: ")
    assert "Traceback" not in result.output
    return sentence


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name in command.commands:
            yield from commands(command.commands[name], f"{path} {name}")


ALL = dict(commands(main, "okrsite"))


@pytest.mark.parametrize("path", sorted(ALL))
def test_every_help_has_an_example_with_options_that_exist(path: str) -> None:
    said = run(*path.split()[1:], "--help").stdout
    _, mark, example = said.partition("\n  Example")
    assert mark, said
    first = example.partition("\n")[2].split("\n")[0].strip()
    assert first.startswith(path)
    for line in example.replace("\\\n", " ").splitlines()[1:]:
        words = line.split()
        if not words or words[0] != "okrsite":
            continue
        depth = max(n for n in range(1, len(words) + 1) if " ".join(words[:n]) in ALL)
        known = {o for p in ALL[" ".join(words[:depth])].params for o in p.opts} | {"--help"}
        assert {word for word in words if word.startswith("--")} <= known


def test_a_command_is_listed_also_where_its_source_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = run("--help").stdout
    monkeypatch.setattr("okrsite.cli.__file__", "nowhere/__init__.pyc")
    assert run("--help").stdout == said


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_list_of_commands_is_what_click_would_write(width: int) -> None:
    context = click.Context(main, info_name="okrsite", max_content_width=width)
    ours, of_click = (click.HelpFormatter(width=width) for _ in range(2))
    main.format_commands(context, ours)
    click.Group.format_commands(main, context, of_click)
    assert ours.getvalue() == of_click.getvalue()


SLOW = frozenset(
    {"babel", "frontmatter", "icalendar", "jinja2", "markdown_it", "mkdocs", "pydantic", "rich",
     "yaml"}
)  # fmt: skip
"""What takes longer to import than the whole command line."""


def imported_by(program: str, **environment: str) -> set[str]:
    """Return the slow modules and those of commands that a command line imports."""
    lines = ["import sys", "from okrsite.cli import main", "try:", f"    {program}",
             "except SystemExit:", "    print(*sys.modules, file=sys.stderr)"]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], env={**os.environ, **environment},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    names = done.stderr.split()
    assert "okrsite.cli" in names
    return {name for name in names if name in SLOW or name.startswith("okrsite.cli.commands.")}


def test_the_help_and_the_version_import_no_command() -> None:
    assert imported_by("main(['--help'], prog_name='okrsite')") == set()
    assert imported_by("main(['--version'], prog_name='okrsite')") == set()
    assert imported_by("main(['lint', '--help'], prog_name='okrsite')") > {
        "okrsite.cli.commands.lint"
    }


def test_completing_a_command_imports_none() -> None:
    words = {"_OKRSITE_COMPLETE": "bash_complete", "COMP_WORDS": "okrsite se", "COMP_CWORD": "1"}
    assert imported_by("main(prog_name='okrsite')", **words) == set()


def test_a_misspelt_command_is_answered_with_the_right_one() -> None:
    assert "'lint'" in refused(run("lnt"))


@pytest.mark.parametrize("name", sorted(WRITING))
def test_every_writing_command_writes(here: Path, name: str) -> None:
    before = contents(here)
    result = run(*WRITING[name])
    assert result.exit_code == 0, result.output
    assert contents(here) != before


@pytest.mark.parametrize("name", sorted(WRITING))
def test_a_full_disk_is_one_sentence_and_nothing_is_written(
    here: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = contents(here)

    def full(*_: object) -> None:
        raise FULL

    monkeypatch.setattr("okrsite.util.writing.os.replace", full)
    assert "No space left on device" in refused(run(*WRITING[name]))
    assert contents(here) == before


@pytest.mark.parametrize("words", [*READING, *WRITING.values()], ids=" ".join)
def test_what_the_machine_refuses_is_one_sentence(
    here: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error", "the disk")

    command = ALL["okrsite"].commands[words[0]]  # type: ignore[attr-defined]
    if isinstance(command, click.Group):
        command = command.commands[words[1]]
    monkeypatch.setattr(command, "callback", refuse)
    assert refused(run(*words)) == "Error: the disk: Input/output error"


@pytest.mark.parametrize("words", [*READING, *WRITING.values()], ids=" ".join)
def test_ctrl_c_ends_with_2(here: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    command = ALL["okrsite"].commands[words[0]]  # type: ignore[attr-defined]
    if isinstance(command, click.Group):
        command = command.commands[words[1]]
    monkeypatch.setattr(command, "callback", stop)
    assert refused(run(*words)) == "Error: stopped"


def test_ctrl_c_in_the_middle_of_a_question_leaves_everything_as_it_was(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(here)
    asked = []

    def answer(*words: object, **_: object) -> str:
        asked.append(words)
        if len(asked) == 2:
            raise click.Abort
        return "Web"

    monkeypatch.setattr("click.prompt", answer)
    monkeypatch.setattr("okrsite.cli.asking.on_terminal", lambda: True)
    assert "stopped; nothing written" in refused(run("new", "team"))
    assert (len(asked), contents(here)) == (2, before)


def test_a_file_that_is_read_only_is_one_sentence(
    here: Path, read_only: Callable[[Path], None]
) -> None:
    read_only(here / "content/okrs/2027-q1/sales/follow.md")
    before = contents(here)
    assert "read-only" in refused(run(*WRITING["check-in"]))
    assert contents(here) == before


@pytest.mark.parametrize("words", [w for w in [*READING, *WRITING.values()] if w[0] != "init"],
                         ids=" ".join)  # fmt: skip
def test_without_a_configuration_the_command_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    if words[0] == "diff":
        subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    said = refused(run(*words))
    assert "mkdocs.yml" in said or "revision" in said or "commit" in said
    assert set(contents(tmp_path)) == set()


def test_outside_a_repository_and_with_an_unknown_revision(here: Path) -> None:
    assert "git" in refused(run("diff", "main"))
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.com"]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "All"], check=True)
    assert "mian" in refused(run("diff", "mian"))
    assert run("diff", "main").exit_code == 0


def test_a_reader_that_goes_away_hears_nothing_more(here: Path) -> None:
    result = subprocess.run(
        f"{PROGRAM} export | head -c 1", shell=True, capture_output=True, text=True, check=False
    )
    assert (result.stdout, result.stderr) == ("{", "")


def offered(words: list[str], typed: str = "") -> list[str]:
    shell = ShellComplete(main, {}, "okrsite", "_OKRSITE_COMPLETE")
    return [item.value for item in shell.get_completions(words, typed)]


@pytest.mark.parametrize(
    ("words", "typed", "names"),
    [
        ([], "ser", ["serve"]),
        ([], "--v", ["--version"]),
        (["status"], "", ["company", "sales", "ada"]),
        (["digest"], "A", ["ada"]),
        (["explain"], "gr", ["grow"]),
        (["explain"], "ch", ["churn"]),
        (["check-in"], "", ["grow", "follow"]),
        (["carry"], "fo", ["follow"]),
        (["carry", "grow", "--to"], "", ["2027-q1", "2026-q4"]),
        (["close"], "2026", ["2026-q4"]),
        (["status", "--cycle"], "2027", ["2027-q1"]),
        (["explain", "--cycle"], "q", []),
    ],
)
@pytest.mark.usefixtures("here")
def test_shells_complete_arguments(words: list[str], typed: str, names: list[str]) -> None:
    assert offered(words, typed) == names


@pytest.mark.usefixtures("here")
def test_a_name_is_completed_as_it_has_to_be_written() -> None:
    file = Path("content/okrs/2026-q4/sales/grow.md")
    file.parent.mkdir()
    file.write_text("---\r\nid: win/Grow # ours\r\ntype: objective\r\n---\r\n# Win more\r\n")
    Path("content/broken.md").write_bytes(b"---\ntype: objective\n\xff\n")
    assert offered(["carry"], "g") == ["company/grow", "win/grow"]
    Path("content/closed.md").symlink_to("nowhere.md")
    assert offered(["carry"], "b") == ["broken"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("there", [True, False])
def test_no_shell_ever_shows_an_error(here: Path, shell: str, there: bool) -> None:
    if not there:
        shutil.rmtree(here / "content")
    environment = {
        **os.environ, "_OKRSITE_COMPLETE": f"{shell}_complete", "COMP_WORDS": "okrsite carry fo",
        "COMP_CWORD": "fo" if shell == "fish" else "2",
    }  # fmt: skip
    result = subprocess.run([PROGRAM], env=environment, capture_output=True, text=True, check=False)
    assert result.stderr == ""
    assert ("follow" in result.stdout) == there
    source = subprocess.run(
        [PROGRAM], env={**os.environ, "_OKRSITE_COMPLETE": f"{shell}_source"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "_OKRSITE_COMPLETE" in source.stdout


def test_every_name_of_the_demo_that_is_offered_means_something(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    names = offered(["explain"])
    assert len(names) > 80
    for name in names[:: len(names) // 12]:
        assert run("explain", name).exit_code == 0
