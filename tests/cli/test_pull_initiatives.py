"""`okrsite pull --initiatives`: what trackers say is noted and shown, and counts for nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from okrsite.project.model import Issue
from okrsite.pulling.pulled import PullError
from tests.samples import document, findings_of, objective, project_of
from tests.sites import build_well

Write = Callable[..., Path]

ONE, TWO = "https://github.com/acme/shop/issues/1", "https://github.com/acme/shop/pull/2"
INITIATIVES = f"[{{title: Ask, url: '{ONE}'}}, {{title: Offer, url: '{TWO}', due: 2026-12-20}}]"
FILES = {
    "okrs/grow.md": objective("id: a, title: A, to: 5", title="Grow", initiatives=INITIATIVES),
    "okrs/secret.md": objective(
        "id: a, title: A, to: 5", visibility="private", initiatives=f"[{{title: S, url: '{ONE}'}}]"
    ),
    "okrs/old.md": objective(
        "id: a, title: A, to: 5", cycle="2026-q1", initiatives=f"[{{title: Old, url: '{ONE}'}}]"
    ),
}
NOTED = f"url,state,due\n{ONE},open,2026-12-01\n{TWO},merged,\n"
Answers = dict[str, Issue | PullError]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    found: Answers = {ONE: Issue("open", date(2026, 12, 1)), TWO: Issue("merged", None)}

    def issue_at(url: str, hosts: object, token: str | None) -> Issue:
        answer = found[url]
        if isinstance(answer, PullError):
            raise answer
        return answer

    monkeypatch.setattr("okrsite.cli.issues.issue_at", issue_at)
    return found


@pytest.fixture
def site(write_site: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_site(FILES, {"as_of": "2026-11-15"}).parent)
    return Path.cwd()


def pull(*words: str) -> Result:
    return CliRunner().invoke(main, ["pull", "--initiatives", *words], catch_exceptions=False)


@pytest.mark.usefixtures("answers")
def test_issues_are_noted_next_to_the_objective_and_shown(site: Path) -> None:
    said = pull()
    assert said.exit_code == 0, said.output
    assert "okrs/grow: Ask: open, due 2026-12-01" in said.output
    assert (site / "content/okrs/.grow.issues.csv").read_text("utf-8") == NOTED
    assert not (site / "content/okrs/.old.issues.csv").exists()
    build_well(site / "mkdocs.yml", site / "site")
    page = (site / "site/okrs/grow/index.html").read_text("utf-8")
    assert "issue open, due 1 Dec" in page
    assert "issue merged" in page
    assert not list((site / "site").rglob("*issues.csv"))


def test_a_tracker_that_fails_leaves_what_was_known(site: Path, answers: Answers) -> None:
    pull()
    answers[ONE] = PullError("api.github.com can't be reached")
    answers[TWO] = Issue("closed", None)
    said = pull()
    assert said.exit_code == 1
    assert "content/okrs/grow.md:" in said.output
    assert "okrs/grow: Offer: merged → closed" in said.output
    noted = (site / "content/okrs/.grow.issues.csv").read_text("utf-8")
    assert noted == NOTED.replace("merged", "closed")


@pytest.mark.usefixtures("answers")
def test_a_dry_run_and_a_second_time_change_nothing(site: Path) -> None:
    assert pull("--dry-run").exit_code == 0
    assert not (site / "content/okrs/.grow.issues.csv").exists()
    pull()
    assert pull().output == ""
    assert pull("--since", "2026-01-01").exit_code == 2


def test_what_is_noted_counts_for_nothing() -> None:
    noted = {**FILES, "okrs/.grow.issues.csv": NOTED}
    plain, known = project_of(FILES).objectives, project_of(noted).objectives
    assert [i.issue for i in known["okrs/grow"].initiatives] == [
        Issue("open", date(2026, 12, 1)), Issue("merged", None),
    ]  # fmt: skip
    assert known["okrs/grow"].key_results == plain["okrs/grow"].key_results
    assert [f.code for f in findings_of(noted)] == [f.code for f in findings_of(FILES)]


@pytest.mark.parametrize("text", ["", "url,state\n", "url,state,due\na,b\n", "url,state,due\na,,\n",
                                  "url,state,due\na,open,soon\n", 'url,state,due\n"a'])  # fmt: skip
def test_a_broken_file_is_said_and_left_out(text: str) -> None:
    files = {"teams/a.md": document("team", "title: A"), **FILES, "okrs/.grow.issues.csv": text}
    found = [f for f in findings_of(files) if f.path == "content/okrs/.grow.issues.csv"]
    assert [(f.code, f.line) for f in found] == [("OKR104", 1)]
    assert found[0].hint == "run `okrsite pull --initiatives` again, or remove the file"
    assert "okrs/grow" in project_of(files).objectives
