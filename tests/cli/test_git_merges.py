"""Two people check in on two branches; git merges with the .gitattributes that `init` writes."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from okrsite.editing.new.starter import Wishes, starter_files
from tests.repositories import Repo
from tests.samples import AS_OF, document, objective

GROW = "content/okrs/2026-q4/company/grow.md"
TEXT = objective(
    "id: mrr, title: MRR, from: 0, to: 100", "id: nps, title: NPS, from: 0, to: 100", body="Why.\n"
)
FIRST = TEXT.replace("---\nWhy", "check_ins:\n  - {date: 2026-10-12, note: Begun}\n---\nWhy")
Both = Callable[..., tuple[int, str]]


def okrsite(repo: Repo, *words: str) -> subprocess.CompletedProcess[str]:
    program = "from okrsite.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *words], cwd=repo.folder, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def both(tmp_path: Path) -> Both:
    """Give a function that changes a site on two branches, merges, and gives what lint says."""

    def merged(
        files: dict[str, str], ours: Sequence[Any], theirs: Sequence[Any]
    ) -> tuple[int, str, Repo]:
        repo = Repo(tmp_path / "org")
        written = starter_files(Wishes("Acme", AS_OF, "0.1.0"))[".gitattributes"]
        for path, text in {".gitattributes": written, **files}.items():
            file = repo.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        repo.git("add", "-A")
        repo.git("commit", "-qm", "A site")
        for branch, words in (("theirs", theirs), ("ours", ours)):
            repo.git("checkout", "-q", "-b", branch, "main")
            done = okrsite(repo, *words)
            assert done.returncode == 0, done.stderr
            repo.git("add", "-A")
            repo.git("commit", "-qm", branch)
        repo.git("merge", "-q", "-m", "Both", "theirs")
        lint = okrsite(repo, "lint", "--strict")
        return lint.returncode, lint.stdout, repo

    return merged  # type: ignore[return-value]


def check_in(day: str, *words: str) -> list[str]:
    return ["check-in", "grow", "--date", day, *words]


def entries(repo: Repo) -> list[dict[str, Any]]:
    text = (repo.folder / GROW).read_text(encoding="utf-8")
    found = yaml.safe_load(text.split("---\n")[1])["check_ins"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("before", [TEXT, FIRST])
@pytest.mark.parametrize("days", [("2026-11-02", "2026-11-09"), ("2026-11-09", "2026-11-02")])
def test_check_ins_of_different_days_merge(both: Any, before: str, days: tuple[str, str]) -> None:
    ours = check_in(days[0], "--set", "mrr=10", "--confidence", "0.8", "--note", "Well")
    theirs = check_in(days[1], "--set", "mrr=20", "--set", "nps=5", "--confidence", "0.8")
    status, found, repo = both({GROW: before}, ours, theirs)
    assert status == 0, found
    read = {str(entry["date"]): entry for entry in entries(repo)}
    assert read[days[0]].items() >= {"values": {"mrr": 10}, "note": "Well"}.items()
    assert read[days[1]].items() >= {"values": {"mrr": 20, "nps": 5}, "confidence": 0.8}.items()


TAILS = {
    "values": (["--set", "mrr=10"], ["--set", "mrr=10"]),
    "values-after-confidence": (
        ["--set", "mrr=10", "--confidence", "0.7"],
        ["--set", "mrr=10", "--confidence", "0.8"],
    ),
    "all": (["--set", "mrr=10", "--note", "x"], ["--set", "mrr=10", "--note", "x"]),
}


@pytest.mark.parametrize("tail", TAILS)
def test_check_ins_of_one_line_may_say_the_same(both: Any, tail: str) -> None:
    """Lines of one check-in that end alike are kept once; a check-in of one line is one of them."""
    ours, theirs = TAILS[tail]
    status, found, repo = both(
        {GROW: FIRST}, check_in("2026-11-02", *ours), check_in("2026-11-09", *theirs)
    )
    assert status == 0, found
    assert [str(entry["date"]) for entry in entries(repo)[1:]] == ["2026-11-02", "2026-11-09"]
    assert [entry["values"] for entry in entries(repo)[1:]] == [{"mrr": 10}, {"mrr": 10}]


SAME_DAY = {
    "other key results": (["--set", "mrr=10"], ["--set", "nps=5"]),
    "one key result": (["--set", "mrr=10"], ["--set", "mrr=20"]),
    "all of it": (["--set", "mrr=10", "--note", "Well"], ["--set", "mrr=20", "--note", "Bad"]),
}


@pytest.mark.parametrize("before", [TEXT, FIRST])
@pytest.mark.parametrize("day", SAME_DAY)
def test_check_ins_of_one_day_are_both_there_or_an_error(both: Any, before: str, day: str) -> None:
    ours, theirs = SAME_DAY[day]
    status, _, repo = both(
        {GROW: before}, check_in("2026-11-09", *ours), check_in("2026-11-09", *theirs)
    )
    if status == 0:
        assert day == "other key results"
        assert [entry["values"] for entry in entries(repo)[-2:]] in (
            [{"mrr": 10}, {"nps": 5}],
            [{"nps": 5}, {"mrr": 10}],
        )
    assert "<<<<" not in (repo.folder / GROW).read_text(encoding="utf-8")


def test_check_in_documents_of_two_people_are_two_files(both: Any) -> None:
    files = {GROW: TEXT, "content/teams/north.md": document("team", "title: North")}
    files["content/okrs/2026-q4/north/go.md"] = TEXT.replace("owner: company", "owner: north")
    ours = ["new", "check-in", "--owner", "company", "--date", "2026-11-09"]
    theirs = ["new", "check-in", "--owner", "north", "--date", "2026-11-09"]
    _, found, repo = both(files, ours, theirs)
    assert len(list((repo.folder / "content").rglob("check-ins/*.md"))) == 2, found
