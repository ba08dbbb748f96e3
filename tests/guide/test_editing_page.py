"""The commands that the guide's page on editing shows, run on a copy of the demo in their order."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from okrsite.cli import main
from tests.guide.test_command_line_pages import as_pattern
from tests.sites import ROOT

PAGE = (ROOT / "content" / "guide" / "editing.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```console\n\$ okrsite ([^\n]*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_every_command_of_the_page_prints_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    shutil.copytree(ROOT / "content", tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    assert {command.split()[0] for command, _ in SHOWN} == {"check-in", "close", "carry"}
    for command, said in SHOWN:
        result = CliRunner().invoke(main, shlex.split(command), catch_exceptions=False)
        assert re.fullmatch(as_pattern(said), result.output), result.output
