"""Two people check in on two branches; git merges with the .gitattributes that `init` writes.

Whatever they write, and by hand or with the command: both are there afterwards, or git or
`okrsite lint` reports it.
"""

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
BLOCK = FIRST.replace("- {date: 2026-10-12, note: Begun}", "- date: 2026-10-12\n    note: Begun")
Edit = Callable[[Path], None]
Side = Sequence[str] | Edit
"""A command, or what somebody does in an editor to the files of a folder."""


def okrsite(repo: Repo, *words: str) -> subprocess.CompletedProcess[str]:
    program = "from okrsite.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *words], cwd=repo.folder, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def both(tmp_path: Path) -> Callable[..., tuple[int, str, Repo]]:
    """Return a function that changes a site on two branches, merges, and gives what lint says."""

    def merged(files: dict[str, str], ours: Side, theirs: Side) -> tuple[int, str, Repo]:
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
            if callable(words):
                words(repo.folder)
            else:
                done = okrsite(repo, *words)
                assert done.returncode == 0, done.stderr
            repo.git("add", "-A")
            repo.git("commit", "-qm", branch)
        repo.git("merge", "-q", "-m", "Both", "theirs")
        lint = okrsite(repo, "lint", "--strict")
        return lint.returncode, lint.stdout, repo

    return merged


def check_in(day: str, *words: str) -> list[str]:
    return ["check-in", "grow", "--date", day, *words]


def entries(repo: Repo) -> list[dict[str, Any]]:
    text = (repo.folder / GROW).read_text(encoding="utf-8")
    found = yaml.safe_load(text.split("---\n")[1])["check_ins"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("before", [TEXT, FIRST, BLOCK])
@pytest.mark.parametrize("days", [("2026-11-02", "2026-11-09"), ("2026-11-09", "2026-11-02")])
def test_check_ins_of_different_days_merge(both: Any, before: str, days: tuple[str, str]) -> None:
    ours = check_in(days[0], "--set", "mrr=10", "--confidence", "0.8", "--note", "Well")
    theirs = check_in(days[1], "--set", "mrr=20", "--set", "nps=5", "--confidence", "0.8")
    status, found, repo = both({GROW: before}, ours, theirs)
    assert status == 0, found
    read = {str(entry["date"]): entry for entry in entries(repo)}
    assert read[days[0]].items() >= {"values": {"mrr": 10}, "note": "Well"}.items()
    assert read[days[1]].items() >= {"values": {"mrr": 20, "nps": 5}, "confidence": 0.8}.items()


ALIKE = {
    "values": (["--set", "mrr=10"], ["--set", "mrr=10"]),
    "values after confidence": (
        ["--set", "mrr=10", "--confidence", "0.7"],
        ["--set", "mrr=10", "--confidence", "0.8"],
    ),
    "all": (["--set", "mrr=10", "--note", "x"], ["--set", "mrr=10", "--note", "x"]),
}


@pytest.mark.parametrize("before", [TEXT, FIRST, BLOCK])
@pytest.mark.parametrize("said", ALIKE)
def test_check_ins_of_two_days_may_say_the_same(both: Any, before: str, said: str) -> None:
    """Git keeps lines that both branches added once, so no two check-ins share one."""
    ours, theirs = ALIKE[said]
    status, found, repo = both(
        {GROW: before}, check_in("2026-11-02", *ours), check_in("2026-11-09", *theirs)
    )
    assert status == 0, found
    both_of_them = entries(repo)[-2:]
    assert [entry["values"] for entry in both_of_them] == [{"mrr": 10}] * 2
    assert sorted(str(entry["date"]) for entry in both_of_them) == ["2026-11-02", "2026-11-09"]


SAME_DAY = {
    "other key results": (["--set", "mrr=10"], ["--set", "nps=5"]),
    "one key result": (["--set", "mrr=10"], ["--set", "mrr=20"]),
    "all of it": (["--set", "mrr=10", "--note", "Well"], ["--set", "mrr=20", "--note", "Bad"]),
    "two confidences": (["--confidence", "0.7"], ["--confidence", "0.8"]),
}


@pytest.mark.parametrize("before", [TEXT, FIRST, BLOCK])
@pytest.mark.parametrize("said", SAME_DAY)
def test_check_ins_of_one_day_are_both_there_or_an_error(both: Any, before: str, said: str) -> None:
    ours, theirs = SAME_DAY[said]
    status, found, repo = both(
        {GROW: before}, check_in("2026-11-09", *ours), check_in("2026-11-09", *theirs)
    )
    if said == "other key results":
        assert status == 0, found
        values = [entry["values"] for entry in entries(repo)[-2:]]
        assert sorted(values, key=str) == [{"mrr": 10}, {"nps": 5}]
    else:
        assert (status, "OKR303" in found) == (1, True)
    assert "<<<<" not in (repo.folder / GROW).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "item", ["{date: 2026-11-09, values: {mrr: 10}}", "date: 2026-11-09\n    values: {mrr: 10}"]
)
def test_two_who_complete_a_check_in_both_do(both: Any, item: str) -> None:
    text = TEXT.replace("---\nWhy", f"check_ins:\n  - {item}\n---\nWhy")
    ours = check_in("2026-11-09", "--note", "Well")
    theirs = check_in("2026-11-09", "--confidence", "0.8")
    _, found, repo = both({GROW: text}, ours, theirs)
    assert "OKR303" not in found
    said = {name: value for entry in entries(repo) for name, value in entry.items()}
    assert said.items() >= {"values": {"mrr": 10}, "note": "Well", "confidence": 0.8}.items()


def replaced(old: str, new: str) -> Edit:
    """Return what somebody does who changes the objective in an editor."""

    def edit(folder: Path) -> None:
        text = (folder / GROW).read_text(encoding="utf-8")
        assert old in text
        (folder / GROW).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def by_hand(before: str, *lines: str) -> Edit:
    """Return what somebody does who appends a check-in in an editor."""
    head = [] if "check_ins:" in before else ["check_ins:"]
    return replaced("---\nWhy", "\n".join([*head, *lines, "---", "Why"]))


A_LINE_IN_COMMON = {
    "values": ("    values: {mrr: 10}", "    values: {mrr: 10}"),
    "confidence, then values": (
        "    confidence: 0.7\n    values: {mrr: 10}", "    confidence: 0.7\n    values: {mrr: 20}"
    ),
    "values, then confidence": (
        "    values: {mrr: 10}\n    confidence: 0.7", "    values: {mrr: 20}\n    confidence: 0.7"
    ),
    "a note on one of them": ("    values: {mrr: 10}\n    note: A", "    values: {mrr: 10}"),
    "values over two lines": ("    values:\n      mrr: 10", "    values:\n      mrr: 20"),
    "nothing": ("    values: {mrr: 10}", "    note: B"),
}  # fmt: skip


@pytest.mark.parametrize("before", [TEXT, FIRST, BLOCK])
@pytest.mark.parametrize("lines", A_LINE_IN_COMMON)
def test_lines_that_git_may_have_lost_are_reported(both: Any, before: str, lines: str) -> None:
    """Of check-ins over several lines git loses some, and nobody could see which."""
    ours, theirs = A_LINE_IN_COMMON[lines]
    status, found, _ = both(
        {GROW: before},
        by_hand(before, "  - date: 2026-11-02", ours),
        by_hand(before, "  - date: 2026-11-09", theirs),
    )
    assert (status, "OKR113" in found or "OKR101" in found) == (1, True), found


@pytest.mark.parametrize("lines", A_LINE_IN_COMMON)
def test_check_ins_of_one_day_over_several_lines_are_reported(both: Any, lines: str) -> None:
    before, day = BLOCK, "  - date: 2026-11-09"
    ours, theirs = A_LINE_IN_COMMON[lines]
    sides = by_hand(before, day, ours), by_hand(before, day, theirs)
    status, found, _ = both({GROW: before}, *sides)
    assert (status, "OKR113" in found or "OKR101" in found) == (1, True), found


@pytest.mark.parametrize("lines", A_LINE_IN_COMMON)
def test_of_a_check_in_by_hand_and_one_by_the_command_no_line_is_lost(
    both: Any, lines: str
) -> None:
    before = BLOCK
    text, _ = A_LINE_IN_COMMON[lines]
    theirs = check_in("2026-11-09", "--set", "mrr=10", "--confidence", "0.7")
    _, found, repo = both({GROW: before}, by_hand(before, "  - date: 2026-11-02", text), theirs)
    assert f"  - date: 2026-11-02\n{text}\n" in (repo.folder / GROW).read_text(encoding="utf-8")
    assert entries(repo)[-1]["values"] == {"mrr": 10}, found


@pytest.mark.parametrize(
    ("old", "ours", "theirs"),
    [
        ("to: 100}", "to: 120}", "to: 130}"),
        ("title: MRR, from: 0", "title: MRR, from: 0, weight: 2", "title: MRR, from: 5"),
        ("title: Grow", "title: Grow more", "title: Grow less"),
        ("title: One}", "title: One, done: 2026-11-02}", "title: One, done: 2026-11-03}"),
        ("title: Ask, status: todo", "title: Ask, status: done", "title: Ask, status: doing"),
    ],
)
@pytest.mark.parametrize("ids", [True, False])
def test_what_both_changed_is_reported(
    both: Any, old: str, ours: str, theirs: str, ids: bool
) -> None:
    """Git keeps both versions of a line, which would be two key results, milestones or the like."""
    more = "  - title: Ship\n    milestones:\n      - {title: One}\n      - {title: Two}\n"
    more += "initiatives:\n  - {title: Ask, status: todo}\n"
    text = TEXT.replace("---\nWhy", f"{more}---\nWhy")
    text = text if ids else text.replace("id: mrr, ", "").replace("id: nps, ", "")
    status, found, _ = both({GROW: text}, replaced(old, ours), replaced(old, theirs))
    assert status == 1, found


def test_check_in_documents_of_two_people_are_two_files(both: Any) -> None:
    files = {GROW: TEXT, "content/teams/north.md": document("team", "title: North")}
    files["content/okrs/2026-q4/north/go.md"] = TEXT.replace("owner: company", "owner: north")
    ours = ["new", "check-in", "--owner", "company", "--date", "2026-11-09"]
    theirs = ["new", "check-in", "--owner", "north", "--date", "2026-11-09"]
    _, found, repo = both(files, ours, theirs)
    assert len(list((repo.folder / "content").rglob("check-ins/*.md"))) == 2, found


def test_one_check_in_document_written_on_two_branches_is_a_conflict(both: Any) -> None:
    """Its lines are the same in every other one, so git must not keep those of both."""
    made = "content/okrs/2026-q4/company/check-ins/2026-11-09.md"

    def update(objective: str) -> Edit:
        def edit(folder: Path) -> None:
            (folder / made).parent.mkdir(parents=True)
            line = f"updates:\n  - objective: {objective}\n    confidence: 0.7"
            (folder / made).write_text(document("check-in", line), encoding="utf-8")

        return edit

    files = {GROW: TEXT, GROW.replace("grow", "go"): TEXT}
    with pytest.raises(subprocess.CalledProcessError):
        both(files, update("grow"), update("go"))
