"""What the guide shows of the terminal is what the commands print.

A block `console` of the page runs on the demo: a line `$ …` is a command, and what follows is all
that it prints, on both outputs. A line `…` stands for lines that are not shown, and `…` at the end
of a line for the rest of it. The commands of a page run one after the other in one folder.
"""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from okrsite.cli import main
from tests.sites import ROOT

PAGES = [ROOT / "content" / "guide" / name for name in ("command-line.md", "planning.md")]
BLOCKS = [
    block
    for page in PAGES
    for block in re.findall(
        r"^```console\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S
    )
]
SHOWN = [
    (command, said)
    for block in BLOCKS
    for command, said in re.findall(r"^\$ okrsite (.*)\n((?:(?!\$ ).*\n)*)", block, re.M)
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "content", folder / "content")
    return folder


def as_pattern(said: str) -> str:
    """Turn what is shown into a pattern that all that is printed fits."""
    pattern = re.escape(said)
    pattern = re.sub(r"^…\\\n", r"(?:.*\\n)*", pattern, flags=re.MULTILINE)
    return re.sub(r"…(?=\\\n)", r".*", pattern)


def test_there_are_commands_to_run() -> None:
    assert {command.split()[0] for command, _ in SHOWN} == {
        "status",
        "mine",
        "explain",
        "lint",
        "plan",
    }
    assert all(block.startswith("$ okrsite ") for block in BLOCKS)


@pytest.mark.parametrize(("command", "said"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_prints_what_the_guide_shows(
    demo: Path, command: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(demo)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    result = CliRunner().invoke(main, shlex.split(command), catch_exceptions=False)
    assert re.fullmatch(as_pattern(said), result.output), result.output
