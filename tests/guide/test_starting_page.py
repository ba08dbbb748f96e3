"""The guide's page on new sites and documents: its commands, run in a row, say the same."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from okrsite.editing.new.key_result_lines import key_result
from tests.sites import ROOT

PAGE = (ROOT / "content/guide/starting.md").read_text(encoding="utf-8")
EDITORS = (ROOT / "content/guide/editors.md").read_text(encoding="utf-8")
AS_OF = "1794700800"
"""The fifteenth of November 2026, in seconds since 1970."""


def shown(page: str) -> list[tuple[str, str]]:
    """Read what is typed on a page, each with what is answered."""
    blocks = re.findall(r"^```console\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return [
        (command, said)
        for block in blocks
        for command, said in re.findall(r"^\$ ([^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", block, re.M)
    ]


def answer(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        command, shell=True, cwd=folder, check=False, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "PATH": path, "SOURCE_DATE_EPOCH": AS_OF},
    )  # fmt: skip
    return result.stdout


def test_the_page_tells_what_happens(tmp_path: Path) -> None:
    folder = tmp_path
    commands = shown(PAGE)
    assert len(commands) >= 8
    for command, said in commands:
        assert answer(command, folder) == said, command
        folder = tmp_path / "my-okrs"
    assert answer("okrsite lint --strict", folder) == "no findings\n"
    built = answer("mkdocs build --strict -q", folder)
    assert (folder / "site/index.html").exists(), built


def test_the_forms_of_key_results_become_what_the_page_says() -> None:
    rows = re.findall(r"^\| `([A-Z][^`]+)` \| (.*) \|$", PAGE, re.MULTILINE)
    assert len(rows) == 4
    for text, fields in rows:
        read = key_result(text)
        named = set(re.findall(r"`(\w+)`", fields.partition(";")[0])) - {"min"}
        assert set(read) - {"title", "done"} == named - {"done"}


def test_the_schema_can_be_saved(tmp_path: Path) -> None:
    [(command, said)] = shown(EDITORS)
    assert answer(command, tmp_path) == said == ""
    assert '"$schema"' in (tmp_path / "objective.schema.json").read_text("utf-8")


def test_the_script_for_other_editors_finds_what_is_wrong(tmp_path: Path) -> None:
    [script] = re.findall(r"^```python\n(.*?)^```$", EDITORS, re.MULTILINE | re.DOTALL)
    (tmp_path / "check.py").write_text(script, encoding="utf-8")
    answer("okrsite schema > front-matter.schema.json", tmp_path)
    sound = "---\ntype: objective\ncheck_ins: [{date: 2026-11-09}]\n---\n"
    (tmp_path / "sound.md").write_text(sound, encoding="utf-8")
    (tmp_path / "wrong.md").write_text("---\ntype: team\nparnet: x\n---\n", encoding="utf-8")
    said = answer("python check.py sound.md wrong.md", tmp_path)
    assert said.startswith("wrong.md: $: ")
    assert "parnet" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("name", re.findall(r"`(okr-[a-z-]+)`", EDITORS))
def test_every_snippet_that_is_named_exists(name: str) -> None:
    file = ROOT / "okrsite/editing/new/files/vscode/okrsite.code-snippets"
    assert f'"prefix": "{name}"' in file.read_text(encoding="utf-8")
