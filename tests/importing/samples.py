"""A small site that is imported into, and what an import answers."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from okrsite.cli import main
from tests.samples import document
from tests.sites import write_site

DAY = "2026-11-16"
SITE = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "people/ann-lee.md": document("person", "title: Ann Lee", "team: sales"),
}


@dataclass(frozen=True)
class Answer:
    """What `okrsite import` answered: the exit status, its JSON, and the folder of the site."""

    exit_code: int
    data: dict[str, Any]
    folder: Path

    def text(self, uri: str) -> str:
        return (self.folder / "content" / uri).read_text("utf-8")

    def fields(self, uri: str) -> dict[str, Any]:
        front: dict[str, Any] = yaml.load(self.text(uri).split("---\n")[1], yaml.BaseLoader)
        return front

    @property
    def files(self) -> list[str]:
        return [file["path"].removeprefix("content/") for file in self.data["files"]]

    def found(self, code: str) -> list[dict[str, Any]]:
        return [finding for finding in self.data["findings"] if finding["code"] == code]

    @property
    def codes(self) -> list[str]:
        return [finding["code"] for finding in self.data["findings"]]


class Sheets:
    """Imports files into one site, and sees that each import can be repeated without a change."""

    def __init__(self, folder: Path, site: dict[str, str], config: object = None) -> None:
        self.folder = folder
        self.configuration = write_site(folder, site, config)

    def run(self, files: dict[str, str | bytes], *options: str) -> Answer:
        paths = []
        for name, content in files.items():
            path = self.folder / name
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            paths.append(str(path))
        words = ["import", *paths, "-f", str(self.configuration), "--format", "json", *options]
        if "--as-of" not in options:
            words += ["--as-of", DAY]
        result = CliRunner().invoke(main, words, catch_exceptions=False)
        assert result.exit_code != 2, result.output
        return Answer(result.exit_code, json.loads(result.stdout), self.folder)

    def state(self) -> dict[str, bytes]:
        return {str(f): f.read_bytes() for f in (self.folder / "content").rglob("*") if f.is_file()}

    def written(self, files: dict[str, str | bytes], *options: str) -> Answer:
        """Import, and see that a dry run says the same, a second run nothing, and lint no error."""
        before = self.state()
        dry = self.run(files, *options, "--dry-run")
        assert self.state() == before
        answer = self.run(files, *options)
        assert dry.data == {**answer.data, "written": False}
        assert answer.exit_code == 0, answer.data["findings"]
        after = self.state()
        again = self.run(files, *options)
        assert (again.files, self.state()) == ([], after)
        words = ["lint", "-f", str(self.configuration), "--format", "json", "--as-of", DAY]
        lint = CliRunner().invoke(main, words, catch_exceptions=False)
        assert [f for f in json.loads(lint.stdout) if f["severity"] == "error"] == []
        return answer

    def refused(self, files: dict[str, str | bytes], *options: str) -> Answer:
        """Import something that is wrong, and see that nothing was written."""
        before = self.state()
        answer = self.run(files, *options)
        assert (answer.exit_code, answer.data["written"]) == (1, False)
        assert self.state() == before
        return answer
