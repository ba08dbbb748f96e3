import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from okrsite.cli import main
from okrsite.editing.retrospective import with_section
from tests.samples import document, objective

Write = Callable[..., Path]
GROW = "okrs/2026-q4/company/grow.md"
RESULTS = (
    "id: mrr, title: Double MRR | fast, from: $5M, to: $10M",
    "id: ship, title: Ship, milestones: [{title: Built, done: 2026-11-01}, {title: Sold}]",
    "id: up, title: Stay up, keep: {min: 99%}",
    "id: old, title: Forget, to: 3, status: cancelled",
)
CHECK_INS = (
    "\ncheck_ins:"
    "\n  - {date: 2026-10-12, confidence: 0.9, values: {mrr: $6M, up: 99.5%}}"
    "\n  - {date: 2026-12-31, confidence: 0.4, values: {mrr: $7.5M, up: 98%}}"
)


def with_check_ins(text: str) -> str:
    return text.replace("\n---\n", f"{CHECK_INS}\n---\n", 1)


FILES = {
    GROW: with_check_ins(objective(*RESULTS, body="Why.\n")),
    "okrs/2026-q4/company/learn.md": objective(
        "id: a, title: A, to: 4, current: 4", body="## Retrospective\n\nGood.\n", title="Learn"
    ),
    "okrs/2026-q4/company/maybe.md": objective("id: a, title: A, to: 4", status="draft"),
    "okrs/2027-q1/company/next.md": objective("id: a, title: A, to: 4", cycle="2027-q1"),
}
SECTION = """
## Retrospective

Closed on 31 Dec 2026 with a score of 0.50: **progressed**. The expected score was 0.80.

| Key result | Target | Value | Score | Values |
| --- | --- | ---: | ---: | --- |
| Double MRR \\| fast | $5M → $10M | $7.5M | 0.50 | 12 Oct: $6M, 31 Dec: $7.5M |
| Ship | 2 milestones | – | 0.50 | done: Built |
| Stay up | ≥ 99% | 98% | 0.50 | 12 Oct: 99.5%, 31 Dec: 98% |
| Forget | 3 | – | cancelled | – |

Confidence along the way: 12 Oct: 0.9, 31 Dec: 0.4.

**What did we reach, and what made the difference?**

**What got in the way, and when did we know?**

**What will we do differently?**
"""


@pytest.fixture(autouse=True)
def _no_repository_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


def run(configuration: Path, *words: str, as_of: str = "2027-01-10") -> Result:
    command = ["close", *words, "-f", str(configuration), "--as-of", as_of]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def texts(configuration: Path) -> dict[str, str]:
    content = configuration.parent / "content"
    return {uri: (content / uri).read_text(encoding="utf-8") for uri in FILES}


def test_it_shows_scores_and_what_lacks_a_retrospective(write_site: Write) -> None:
    site = write_site(FILES)
    result = run(site, "2026-q4")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "2026 Q4, closed on 2026-12-31\n\n"
        "  0.50  progressed  Grow (no retrospective)\n"
        "                    okrs/2026-q4/company/grow\n"
        "  1.00  achieved    Learn\n"
        "                    okrs/2026-q4/company/learn\n\n"
        "2 objectives, 1 without a retrospective; 1 more in draft or cancelled\n"
        "`okrsite close 2026-q4 --write` adds one with the facts\n"
    )
    assert texts(site) == FILES


def test_write_adds_the_facts_and_questions_once(write_site: Write) -> None:
    site = write_site(FILES)
    result = run(site, "2026-q4", "--write")
    assert result.exit_code == 0
    assert result.stdout.endswith(f"content/{GROW}: retrospective added\n")
    assert "is not in a git repository" in result.stderr
    expected = {**FILES, GROW: FILES[GROW] + SECTION}
    assert texts(site) == expected
    again = run(site, "2026-q4", "--write")
    assert "2 objectives, none without a retrospective" in again.stdout
    assert (again.exit_code, texts(site)) == (0, expected)


def test_an_open_cycle_gives_the_figures_of_the_day(write_site: Write) -> None:
    site = write_site(FILES)
    result = run(site, "2026-q4", "--write", as_of="2026-11-15")
    assert "open until 2026-12-31 (as of 2026-11-15)" in result.stdout
    assert "As of 15 Nov 2026 the score is 0.57" in texts(site)[GROW]
    said = "2026 Q4 runs until 2026-12-31: the figures of 2026-11-15 will be recorded"
    assert said in result.stderr


def test_nothing_is_said_of_staying_figures_on_the_last_day_or_without_writing(
    write_site: Write,
) -> None:
    site = write_site(FILES)
    assert "runs until" not in run(site, "2026-q4", as_of="2026-11-15").stderr
    assert "runs until" not in run(site, "2026-q4", "--write", as_of="2026-12-31").stderr


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("n", False)])
def test_a_terminal_is_asked_before_figures_of_an_open_cycle_are_written(
    write_site: Write, monkeypatch: pytest.MonkeyPatch, answer: str, written: bool
) -> None:
    monkeypatch.setattr("okrsite.cli.asking.on_terminal", lambda: True)
    site = write_site(FILES)
    command = ["close", "2026-q4", "--write", "-f", str(site), "--as-of", "2026-11-15"]
    result = CliRunner().invoke(main, command, input=f"{answer}\n", catch_exceptions=False)
    assert result.exit_code == (0 if written else 2)
    assert ("## Retrospective" in texts(site)[GROW]) is written


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2027-q1"], "begins on 2027-01-01"),
        (["2025-q1"], "no active objective"),
        (["2026-q5"], "no cycle"),
        ([], "Missing argument"),
    ],
)
def test_a_wrong_cycle_ends_with_2(write_site: Write, words: list[str], said: str) -> None:
    result = run(write_site(FILES), *words, "--write", as_of="2026-12-01")
    assert (result.exit_code, result.stdout, said in result.stderr) == (2, "", True)


def test_a_grade_and_support_are_said(write_site: Write) -> None:
    graded = FILES[GROW].replace("owner: company", "owner: company\ngrade: {score: 0.8, reason: B}")
    child = objective("id: a, title: A, to: 4, current: 3", aligns_to="grow", title="Help")
    site = write_site({**FILES, GROW: graded, "okrs/2026-q4/company/help.md": child})
    run(site, "2026-q4", "--write")
    assert (
        "with a score of 0.80: **achieved**. This is a manual grade; the computed score is 0.50. "
        "The expected score was 0.80. Support: 0.75, the mean of 1 objective that aligns to it."
    ) in texts(site)[GROW]


def test_a_public_objective_quotes_nothing_private(write_site: Write) -> None:
    secret = document("kpi", "title: Pay", "visibility: private",
                      "readings: [{date: 2026-11-01, value: 777}]")  # fmt: skip
    said = "updates: [{objective: grow, confidence: 0.123, values: {mrr: $6.66M}}]"
    private = document("check-in", "date: 2026-11-20", "visibility: private", said)
    child = objective("id: a, title: A, to: 4, current: 1", aligns_to="grow", visibility="private")
    public = objective(*RESULTS, "id: pay, title: Pay, kpi: pay, from: 700, to: 800")
    site = write_site(
        {
            **FILES,
            GROW: with_check_ins(public),
            "kpis/company/pay.md": secret,
            "okrs/2026-11-20.md": private,
            "okrs/2026-q4/company/child.md": child,
        }
    )
    assert run(site, "2026-q4", "--write").exit_code == 0
    written = texts(site)[GROW].partition("## Retrospective")[2]
    assert "| Pay |" in written
    for word in ("777", "800", "6.66", "0.12", "Support"):
        assert word not in written
    hidden = (site.parent / "content/okrs/2026-q4/company/child.md").read_text(encoding="utf-8")
    assert "| A | 4 | 1 | 0.25 |" in hidden


Git = Callable[..., None]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """Return a function that runs git in the site's folder on a day."""

    def run_git(*words: str, day: str = "2026-09-20") -> None:
        dates = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
        who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
        subprocess.run(
            ["git", *who, *words], cwd=tmp_path, env=os.environ | dates, check=True,
            capture_output=True,
        )  # fmt: skip

    return run_git


def test_targets_of_the_opening_come_from_git(write_site: Write, git: Git) -> None:
    first = FILES[GROW].replace("to: $10M", "to: $12M").replace("up, title: Stay", "u, title: Be")
    write_site({"okrs/2026-q4/company/first.md": first.replace("up:", "u:")})
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "First")
    git("mv", "content/okrs/2026-q4/company/first.md", f"content/{GROW}")
    git("commit", "-qm", "Moved", day="2026-10-20")
    site = write_site(FILES)
    git("add", "-A")
    git("commit", "-qm", "Lowered", day="2026-12-20")
    result = run(site, "2026-q4", "--write")
    assert (result.exit_code, result.stderr) == (0, "")
    written = texts(site)[GROW]
    assert "| $5M → $10M (originally $5M → $12M) | $7.5M |" in written
    assert "Dropped mid-cycle: Be up." in written
    assert "Added mid-cycle: Stay up." in written


def test_targets_of_the_opening_have_no_unit_of_a_private_check_in(
    write_site: Write, git: Git
) -> None:
    plain = objective("id: mrr, title: Sell, from: 2, to: 12")
    write_site({GROW: plain})
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "First")
    said = "updates: [{objective: grow, values: {mrr: 6 barrels}}]"
    private = document("check-in", "date: 2026-11-20", "visibility: private", said)
    site = write_site({GROW: plain.replace("to: 12", "to: 10"), "okrs/2026-11-20.md": private})
    result = run(site, "2026-q4", "--write")
    assert (result.exit_code, result.stderr) == (0, "")
    written = (site.parent / "content" / GROW).read_text(encoding="utf-8")
    assert "| 2 → 10 (originally 2 → 12) | – | – |" in written
    assert "barrel" not in written


def test_what_was_committed_late_or_never_counts_from_its_first_commit(
    write_site: Write, git: Git
) -> None:
    # The objective begins as a copy of an older one, which is another objective.
    write_site({"okrs/2026-q3/company/grow.md": FILES[GROW].replace("$10M", "$9M")})
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "Older")
    write_site({GROW: FILES[GROW].replace("$10M", "$11M")})
    git("add", "-A")
    git("commit", "-qm", "Copied", day="2026-10-20")
    untracked = FILES[GROW].replace("Grow", "New")
    site = write_site({**FILES, "okrs/2026-q4/company/new.md": untracked})
    result = run(site, "2026-q4", "--write")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "| $5M → $10M (originally $5M → $11M) |" in texts(site)[GROW]
    new = (site.parent / "content/okrs/2026-q4/company/new.md").read_text(encoding="utf-8")
    assert "| $5M → $10M | $7.5M |" in new


def test_a_shallow_clone_does_not_know_the_opening(
    write_site: Write, git: Git, tmp_path: Path
) -> None:
    write_site(FILES)
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "First")
    git("commit", "-qm", "Second", "--allow-empty")
    git("clone", "-q", "--depth=1", f"file://{tmp_path}", str(tmp_path / "clone"))
    result = run(tmp_path / "clone" / "mkdocs.yml", "2026-q4", "--write")
    assert (result.exit_code, "the clone is shallow" in result.stderr) == (0, True)
    assert result.stdout.endswith("retrospective added\n")


@given(st.text(alphabet="a\n\r "), st.sampled_from(["\n", "\r\n"]))
def test_a_section_is_put_behind_what_is_there(body: str, newline: str) -> None:
    before = f"---{newline}type: objective{newline}---{body}".encode()
    after = with_section(before, "## Retrospective\n\nGood.\n")
    assert after.startswith(before)
    rest = after.decode().replace("\r\n", "\n").replace("\r", "\n")
    assert rest.endswith("\n\n## Retrospective\n\nGood.\n")


def test_a_file_that_cannot_be_written_ends_it_before_the_first(
    write_site: Write, read_only: Callable[[Path], None]
) -> None:
    files = {**FILES, "okrs/2026-q4/company/late.md": FILES[GROW].replace("Grow", "Late")}
    site = write_site(files)
    read_only(site.parent / "content/okrs/2026-q4/company/late.md")
    result = run(site, "2026-q4", "--write")
    assert (result.exit_code, "late.md is read-only" in result.stderr) == (2, True)
    assert texts(site) == FILES
