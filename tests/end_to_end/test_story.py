"""The whole way of a team, as a script: from the empty folder to the next quarter."""

import json
import os
import subprocess
import sys
from pathlib import Path

from lxml import html

TOOLS = Path(sys.executable).parent


class Terminal:
    """Runs commands in a folder on a day; every one of them has to end with status 0."""

    def __init__(self, folder: Path, day: str) -> None:
        self.folder, self.day = folder, day

    def run(self, *words: str, status: int = 0) -> str:
        environment = {
            **os.environ, "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}",
            "NO_MKDOCS_2_WARNING": "1", "GIT_AUTHOR_NAME": "Amara", "GIT_COMMITTER_NAME": "Amara",
            "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_EMAIL": "a@example.com",
        }  # fmt: skip
        result = subprocess.run(
            words, cwd=self.folder, capture_output=True, text=True, check=False, env=environment,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert result.returncode == status, f"{words}\n{result.stdout}{result.stderr}"
        return result.stdout

    def okrsite(self, *words: str, status: int = 0) -> str:
        day = () if words[0] == "schema" else ("--as-of", self.day)
        return self.run("okrsite", *words, *day, status=status)

    def commit(self, message: str) -> None:
        self.run("git", "add", "-A")
        self.run("git", "commit", "-q", "-m", message)


def shown(page: Path) -> str:
    """Return what a page says to whoever reads it."""
    return " ".join(html.fromstring(page.read_bytes()).text_content().split())


def test_from_the_empty_folder_to_the_next_quarter(tmp_path: Path) -> None:
    here = Terminal(tmp_path, "2026-11-15")
    here.run("git", "init", "-q", "-b", "main")

    here.okrsite("init", "--name", "Acme", "--ci", "github")
    here.okrsite("new", "team", "--title", "Sales")
    here.okrsite("new", "person", "--title", "Amara Okafor", "--team", "sales")
    here.okrsite(
        "new", "kpi", "--title", "Churn", "--owner", "sales", "--value", "3%", "--at-most", "5%"
    )
    here.okrsite("new", "cycle", "--title", "2027 Q1")
    objective = here.okrsite(
        "new", "objective", "--title", "Win back past guests", "--owner", "sales",
        "--aligns-to", "recommended", "--commitment", "committed",
        "--key-result", "Welcome guests from 0 to 200",
        "--key-result", "Answer from 3 days to 1 day",
    ).strip()  # fmt: skip
    assert objective == "content/okrs/2026-q4/sales/win-back-past-guests.md"
    prepared = here.okrsite("new", "check-in", "--owner", "sales").strip()
    assert "# welcome-guests: …" in (tmp_path / prepared).read_text("utf-8")
    here.okrsite("lint", "--strict")
    here.commit("A new site")

    here.okrsite(
        "check-in", "win-back-past-guests", "--set", "welcome-guests=60", "--confidence", "0.8"
    )
    here.okrsite("lint", "--strict")
    here.commit("The check-in of the week")

    file = tmp_path / objective
    file.write_text(file.read_text("utf-8").replace("to: 200", "to: 100"), "utf-8")
    said = here.okrsite("diff", "HEAD")
    assert "Target of *Welcome guests* lowered from 200 to 100" in said.replace("“", "*").replace(
        "”", "*"
    )
    markdown = here.okrsite("diff", "HEAD~1", "--format", "markdown")
    assert "Goalposts moved" in markdown
    assert "lowered from 200 to 100" in markdown
    assert here.okrsite("diff", "HEAD", "HEAD") == here.okrsite("diff", "HEAD~1", "HEAD~1")
    here.commit("A hundred guests are enough")
    here.okrsite("build", "--strict", "-q")
    page = shown(tmp_path / "site/okrs/2026-q4/sales/win-back-past-guests/index.html")
    assert "Win back past guests" in page
    assert "Committed: 1.0 is the goal" in page
    assert "60" in page
    assert "confidence 0.8 on 15 Nov" in page

    here.day = "2027-01-05"
    here.okrsite("close", "2026-q4")
    assert "## Retrospective" not in file.read_text("utf-8")
    here.okrsite("close", "2026-q4", "--write")
    assert "## Retrospective" in file.read_text("utf-8")
    here.okrsite("carry", "win-back-past-guests", "--to", "2027-q1")
    successor = tmp_path / "content/okrs/2027-q1/sales/win-back-past-guests.md"
    assert "continues:" in successor.read_text("utf-8")
    here.okrsite("lint", "--strict")
    assert "Welcome guests" in here.okrsite("status", "sales", "--cycle", "2027-q1")
    assert "(60 − 0) / (100 − 0) = 0.60" in here.okrsite(
        "explain", "2026-q4/sales/win-back-past-guests#welcome-guests"
    )
    here.commit("The next quarter")
    here.okrsite("build", "--strict", "-q")
    old, new = (
        shown(tmp_path / f"site/okrs/{cycle}/sales/win-back-past-guests/index.html")
        for cycle in ("2026-q4", "2027-q1")
    )
    assert "Retrospective" in old
    assert "Across cycles" in old
    assert "Across cycles" in new
    model = json.loads((tmp_path / "site/data/okrs.json").read_text("utf-8"))
    assert "okrs/2027-q1/sales/win-back-past-guests" in model["objectives"]
    schema = json.loads((tmp_path / "site/data/front-matter.schema.json").read_text("utf-8"))
    assert schema == json.loads(here.okrsite("schema"))
