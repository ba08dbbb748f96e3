"""The commands that the guide's pages on editing show, run on a copy of the demo in their order."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from okrsite.cli import main
from tests.guide.test_command_line_pages import as_pattern
from tests.sites import ROOT

PAGES = {
    "editing.md": {"check-in", "close", "carry"},
    "small-edits.md": {"reading", "done", "initiative", "set", "rename", "move"},
}


def shown_in(page: str) -> list[tuple[str, str]]:
    """Return the commands of a page, each with what it prints."""
    text = (ROOT / "content" / "guide" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [
        shown
        for block in blocks
        for shown in re.findall(r"^\$ okrsite (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    ]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_prints_what_it_shows(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    shutil.copytree(ROOT / "content", tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    shown = shown_in(page)
    assert {command.split()[0] for command, _ in shown} == PAGES[page]
    for command, said in shown:
        result = CliRunner().invoke(main, shlex.split(command), catch_exceptions=False)
        assert re.fullmatch(as_pattern(said), result.output), result.output
