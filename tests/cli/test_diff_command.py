import json
import os
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from okrsite.history.git.git import run as run_git
from tests.repositories import Repo
from tests.samples import document, objective
from tests.sites import ROOT

REVENUE = "id: revenue, title: Double company revenue, from: $5M, to: $10M, current: $7.2M"
GROW = objective(REVENUE)
LOWERED = GROW.replace("$10M", "$8M")
SAID = "Target of “Double company revenue” lowered from $10M to $8M: score 0.44 → 0.73"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "site")


def diff(repo: Repo, *words: str) -> Result:
    words = ("diff", "-f", str(repo.configuration), *words)
    return CliRunner().invoke(main, words, catch_exceptions=False)


def said(repo: Repo, *words: str) -> str:
    result = diff(repo, *words)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def sentences(repo: Repo, *words: str) -> list[str]:
    return [c["sentence"] for c in json.loads(said(repo, *words, "--format", "json"))["changes"]]


def wrong(repo: Repo, *words: str) -> str:
    result = diff(repo, *words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


# What is compared


def test_the_files_as_they_are_are_compared_with_a_commit(repo: Repo) -> None:
    repo.commit({"grow.md": GROW})
    assert said(repo, "HEAD") == "No changes to the OKRs.\n"
    repo.write({"grow.md": LOWERED, "new.md": objective("title: A, to: 1", title="New")})
    assert sentences(repo, "HEAD") == [SAID, "New objective: “A” to 1"]
    text = said(repo, "HEAD")
    assert re.match(r"HEAD \([0-9a-f]{7}\) → the working tree, as of 15 Nov 2026\n", text)
    assert f"  ! {SAID}\n" in text


def test_two_commits_are_compared_whatever_stands_there_now(repo: Repo) -> None:
    first = repo.commit({"grow.md": GROW})
    repo.commit({"grow.md": LOWERED})
    repo.commit({"grow.md": "---\ntype: objective\ntitle: [\n---\n"})
    repo.remove("grow.md")
    assert sentences(repo, "HEAD~2", "HEAD~1") == [SAID]
    assert sentences(repo, first, "HEAD") == ["Has errors and is not counted"]
    assert f"{first[:7]} → HEAD~1 (" in said(repo, first[:9], "HEAD~1")


def test_line_ends_are_no_change_of_an_okr(repo: Repo) -> None:
    repo.commit({"grow.md": GROW})
    repo.write({"grow.md": GROW.replace("\n", "\r\n")})
    assert said(repo, "HEAD") == "No changes to the OKRs.\n"
    repo.commit()
    assert said(repo, "HEAD~1", "HEAD") == "No changes to the OKRs.\n"


def test_a_renamed_file_is_the_same_objective(repo: Repo) -> None:
    repo.commit({"grow.md": GROW})
    repo.move("grow.md", "okrs/bigger.md")
    assert sentences(repo, "HEAD") == ["File moved from “content/grow.md”"]


def test_csv_files_of_each_side_are_read(repo: Repo) -> None:
    kpi = document("kpi", "title: Leads", "owner: company", "data: leads.csv", "keep: {min: 10}")
    repo.commit({"kpi.md": kpi, "leads.csv": "date,value\n2026-10-01,9\n"})
    repo.commit({"leads.csv": "date,value\n2026-10-01,9\n2026-11-01,12\n"})
    (repo.folder / "content" / "leads.csv").unlink()
    assert sentences(repo, "HEAD~1", "HEAD") == [
        "1 reading added, 12 on 1 Nov 2026",
        "Health: critical → healthy",
    ]


def test_both_sides_are_looked_at_for_the_same_day(repo: Repo) -> None:
    repo.commit({"grow.md": GROW})
    repo.configuration.write_text(
        repo.configuration.read_text().replace("2026-11-15", "2026-09-01")
    )
    repo.commit({"grow.md": LOWERED})
    data = json.loads(said(repo, "HEAD~1", "HEAD", "--format", "json"))
    assert (data["as_of"], data["changes"][0]["goalpost"]) == ("2026-09-01", False)
    data = json.loads(said(repo, "HEAD~1", "--as-of", "2026-12-01", "--format", "json"))
    assert (data["as_of"], data["changes"][0]["goalpost"]) == ("2026-12-01", True)


def test_what_others_did_meanwhile_is_left_out_with_the_merge_base(repo: Repo) -> None:
    repo.commit({"grow.md": GROW})
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit({"grow.md": LOWERED})
    repo.git("checkout", "-q", "main")
    repo.commit({"other.md": objective("title: A, to: 1", title="Other")})
    assert sentences(repo, "main", "topic") == [SAID, "Objective removed"]
    assert sentences(repo, "--merge-base", "main", "topic") == [SAID]
    assert "the merge base with main" in said(repo, "--merge-base", "main", "topic")
    repo.git("checkout", "-q", "topic")
    repo.write({"grow.md": GROW.replace("$10M", "$9M")})
    assert sentences(repo, "--merge-base", "main") == [
        "Target of “Double company revenue” lowered from $10M to $9M: score 0.44 → 0.55"
    ]


def test_a_merge_commit_is_compared_with_each_of_its_parents(repo: Repo) -> None:
    repo.commit({"grow.md": GROW})
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit({"grow.md": LOWERED})
    repo.git("checkout", "-q", "main")
    repo.commit({"other.md": objective("title: A, to: 1", title="Other")})
    repo.git("merge", "-q", "--no-ff", "-m", "merge", "topic")
    assert sentences(repo, "HEAD^1", "HEAD") == [SAID]
    assert sentences(repo, "HEAD^2", "HEAD") == ["New objective: “A” to 1"]


# Where the site is


def test_mkdocs_yml_may_lie_below_the_top_and_be_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outer = Repo(tmp_path / "outer")
    outer.configuration.unlink()
    site = outer.folder / "company" / "okrs"
    site.mkdir(parents=True)
    (site / "mkdocs.yml").write_text("INHERIT: ../base.yml\nsite_name: Inner\n")
    (site.parent / "base.yml").write_text(
        "docs_dir: ../pages\nplugins: {okrsite: {as_of: 2026-11-15}}\n"
    )
    pages = site.parent / "pages"
    pages.mkdir()
    (pages / "grow.md").write_text(GROW)
    outer.commit()
    (pages / "grow.md").write_text(LOWERED)
    outer.commit()
    monkeypatch.chdir(outer.folder)
    result = CliRunner().invoke(
        main, ["diff", "HEAD~1", "HEAD", "-f", "company/okrs/mkdocs.yml", "--format", "json"]
    )
    assert result.exit_code == 0, result.stderr
    [change] = json.loads(result.stdout)["changes"]
    assert (change["sentence"], change["path"]) == (SAID, "../pages/grow.md")
    monkeypatch.chdir(site)
    here = CliRunner().invoke(main, ["diff", "HEAD~1", "--format", "json"])
    assert json.loads(here.stdout)["changes"] == [change]


def test_docs_dir_may_have_moved(repo: Repo) -> None:
    repo.commit({"okrs/grow.md": GROW})
    (repo.folder / "content").rename(repo.folder / "docs")
    text = repo.configuration.read_text().replace("docs_dir: content", "docs_dir: docs")
    repo.configuration.write_text(text)
    assert sentences(repo, "HEAD") == ["File moved from “content/okrs/grow.md”"]
    repo.commit()
    assert sentences(repo, "HEAD~1", "HEAD") == ["File moved from “content/okrs/grow.md”"]


def test_a_site_that_did_not_exist_yet_is_new_altogether(repo: Repo) -> None:
    text = repo.configuration.read_text()
    repo.configuration.unlink()
    repo.commit()
    repo.configuration.write_text(text)
    repo.write({"grow.md": GROW})
    result = diff(repo, "HEAD", "--format", "json")
    assert result.exit_code == 0
    assert "everything is new" in result.stderr
    assert [c["kind"] for c in json.loads(result.stdout)["changes"]] == ["added"]


def test_a_configuration_that_was_wrong_before_is_no_reason_to_say_nothing(repo: Repo) -> None:
    good = repo.configuration.read_text()
    for bad in ("site_name: [", good.replace("as_of", "as_off")):
        repo.configuration.write_text(bad)
        repo.commit({"grow.md": GROW})
        repo.configuration.write_text(good)
        repo.commit({"grow.md": LOWERED})
        result = diff(repo, "HEAD~1", "HEAD", "--format", "json")
        assert result.exit_code == 0
        assert "the other side's mkdocs.yml is used for both" in result.stderr
        assert [c["sentence"] for c in json.loads(result.stdout)["changes"]] == [SAID]


# What is wrong


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "Missing argument 'BASE'"),
        (["nowhere"], "git has no revision `nowhere`"),
        (["mian"], "did you mean `main`?"),
        (["HEAD", "nowhere"], "git has no revision `nowhere`"),
        (["HEAD..main"], "write them as two words"),
        (["--", "-x"], "`-x` isn't a revision"),
        (["-x"], "No such option"),
        (["HEAD", "--format", "html"], "'html' is not one of"),
        (["HEAD", "--as-of", "soon"], "not a date"),
        (["HEAD", "main", "more"], "unexpected extra argument"),
    ],
)
def test_a_wrong_command_ends_with_2_and_says_why(
    repo: Repo, words: list[str], expected: str
) -> None:
    repo.commit({"grow.md": GROW})
    assert expected in wrong(repo, *words)


def test_a_repository_that_cannot_serve_ends_with_2(repo: Repo, tmp_path: Path) -> None:
    assert "no commits yet" in wrong(repo, "HEAD")
    (repo.folder / ".git").rename(tmp_path / "away")
    assert "is not in a git repository" in wrong(repo, "HEAD")


def test_histories_without_a_common_commit_end_with_2(repo: Repo) -> None:
    repo.commit({"grow.md": GROW})
    repo.git("checkout", "-q", "--orphan", "alone")
    repo.commit({"grow.md": LOWERED})
    assert "no commit in common" in wrong(repo, "--merge-base", "main", "alone")
    assert sentences(repo, "main", "alone") == [SAID]


def test_a_shallow_clone_says_what_to_fetch(repo: Repo, tmp_path: Path) -> None:
    repo.commit({"grow.md": GROW})
    repo.commit({"grow.md": LOWERED})
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth=1", f"file://{repo.folder}", str(clone))
    result = CliRunner().invoke(main, ["diff", "HEAD~1", "-f", str(clone / "mkdocs.yml")])
    assert result.exit_code == 2
    assert "git fetch --unshallow" in result.stderr


def test_a_configuration_that_is_missing_or_wrong_now_ends_with_2(repo: Repo) -> None:
    repo.commit({"grow.md": GROW})
    repo.configuration.unlink()
    assert "there is no" in wrong(repo, "HEAD")
    repo.commit()
    assert "at HEAD" in wrong(repo, "HEAD~1", "HEAD")
    repo.configuration.write_text("site_name: [")
    assert "not valid YAML" in wrong(repo, "HEAD~1")
    repo.configuration.write_text("site_name: A\ndocs_dir: ../../far\n")
    repo.commit()
    assert "outside the repository" in wrong(repo, "HEAD~2", "HEAD")


def test_a_missing_object_ends_with_2(repo: Repo) -> None:
    repo.commit({"grow.md": GROW})
    id = repo.git("rev-parse", "HEAD:content/grow.md")
    repo.commit({"grow.md": LOWERED})
    (repo.folder / ".git" / "objects" / id[:2] / id[2:]).unlink()
    assert "git cannot read the object" in wrong(repo, "HEAD~1", "HEAD")


# What others may have written


def test_links_and_odd_names_on_one_side_stop_nothing(repo: Repo, tmp_path: Path) -> None:
    repo.commit({"grow.md": GROW})
    (tmp_path / "secret.md").write_text(GROW.replace("Grow", "Secret words"))
    (repo.folder / "content" / "out.md").symlink_to("../../secret.md")
    with open(os.fsencode(repo.folder) + b"/content/\xff.md", "wb") as file:
        file.write(GROW.encode())
    repo.commit({"grow.md": LOWERED})
    for words in (["HEAD~1"], ["HEAD~1", "HEAD"]):
        for format in ("text", "markdown", "json"):
            text = said(repo, *words, "--format", format)
            assert "Secret words" not in text
            assert "OKR101" in text
            assert "OKR104" in text
    assert "No changes to" in said(repo, "HEAD", "--format", "markdown")


def test_private_documents_are_in_no_comment(repo: Repo) -> None:
    secret = objective(REVENUE, title="Buy the rival", visibility="private")
    repo.commit({"grow.md": GROW, "deals/rival.md": secret})
    repo.commit({"grow.md": LOWERED, "deals/rival.md": secret.replace("$10M", "$8M")})
    repo.write({"deals/rival.md": secret.replace("visibility: private\n", "")})
    for words in (["HEAD~1", "HEAD"], ["HEAD~1"], ["HEAD"]):
        for format in ("text", "markdown", "json"):
            text = said(repo, *words, "--format", format)
            assert "rival" not in text


def test_the_same_question_has_the_same_answer(repo: Repo) -> None:
    repo.commit({f"{n}.md": objective(REVENUE, title=f"T{n % 3}") for n in range(9)})
    repo.commit({f"{n}.md": objective(REVENUE, title=f"T{n % 4}") for n in range(9)})
    for format in ("text", "markdown", "json"):
        words = ("HEAD~1", "HEAD", "--format", format)
        assert said(repo, *words) == said(repo, *words)


def test_only_what_changed_is_read_again(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({f"{n}.md": objective(REVENUE, title=f"T{n}") for n in range(20)})
    repo.commit({"7.md": LOWERED, "more.md": GROW})
    typed: list[str] = []
    load = sys.modules["okrsite.documents.kept"]
    real = load.validate_document

    def counted(source: object, *rest: object) -> object:
        typed.append(source.uri)  # type: ignore[attr-defined]
        return real(source, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(load, "validate_document", counted)
    for words in (["HEAD~1", "HEAD"], ["HEAD~1"]):
        typed.clear()
        said(repo, *words)
        assert typed[20:] == ["7.md", "more.md"]


def test_nothing_is_checked_out_or_written(repo: Repo) -> None:
    repo.commit({"grow.md": GROW})
    repo.commit({"grow.md": LOWERED})
    before = {p: p.stat().st_mtime_ns for p in repo.folder.rglob("*") if p.is_file()}
    said(repo, "HEAD~1", "HEAD")
    said(repo, "HEAD")
    after = {p: p.stat().st_mtime_ns for p in repo.folder.rglob("*") if p.is_file()}
    assert after == before
    assert run_git(repo.folder, "status", "--porcelain") == b""


# The guide


def test_the_guide_shows_what_is_said(repo: Repo) -> None:
    page = (ROOT / "content" / "guide" / "review.md").read_text(encoding="utf-8")

    def block(language: str, beginning: str = "") -> str:
        [found] = re.findall(rf"```{language}\n({re.escape(beginning)}.*?)```", page, re.DOTALL)
        return str(found)

    [path] = re.findall(r"^--- a/content/(\S+)$", page, re.MULTILINE)
    repo.configuration.write_text(
        repo.configuration.read_text().replace("Acme", "Our company"), encoding="utf-8"
    )
    repo.commit({path: block("yaml", "---\n")})
    patch = repo.folder / "change.patch"
    patch.write_text(block("diff"), encoding="utf-8")
    repo.git("apply", patch.name)

    def without_ids(text: str) -> str:
        return re.sub(r"\([0-9a-f]{7}\)", "(…)", text)

    assert without_ids(said(repo, "main")) == without_ids(block("text"))
    assert without_ids(said(repo, "main", "--format", "markdown")) == without_ids(block("markdown"))
    data = json.loads(said(repo, "main", "--format", "json"))
    keys = {*data, *data["changes"][0], *data["scores"][0]} - {"format"}
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_the_guide_shows_what_is_said_of_a_closed_cycle(repo: Repo) -> None:
    page = (ROOT / "content" / "guide" / "review.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"```console\n(.*?)```", page, re.DOTALL)
    path = "okrs/2026-q3/company/city.md"
    before = document(
        "objective", "title: Win back the city", "key_results:",
        "  - {id: a, title: A, to: 10, current: 5}",
    )  # fmt: skip
    company = document("company", "title: Our company")
    repo.commit({"company.md": company, path: before})
    repo.write({path: before.replace("current: 5", "current: 7")})
    assert shown in said(repo, "HEAD")


def test_the_guide_names_every_goalpost() -> None:
    page = (ROOT / "content" / "guide" / "review.md").read_text(encoding="utf-8")
    for field in ("to", "from", "scale", "plan", "keep", "weight", "commitment", "due", "grade"):
        assert f"`{field}`" in page


# The past, in repositories

CALLS, MAILS = (
    document("kpi", "owner: company", "readings:", *(
        f"  - {{date: {day}, value: {value}}}" for day, value in (("2026-06-30", 10), reading)
    ))
    for reading in (("2026-09-20", 15), ("2026-09-20", 19))
)  # fmt: skip
ON_CALLS = objective(
    "id: a, title: Alpha, kpi: calls, to: 20", "id: b, title: Beta, to: 10", cycle="2026-q3"
)
STATED = document(
    "check-in", "date: 2026-09-10", "updates: [{objective: way, values: {b: 5}}]",
    "owner: company",
)  # fmt: skip
PAST = {"calls.md": CALLS, "mails.md": MAILS, "way.md": ON_CALLS, "check-ins/1.md": STATED}


@pytest.mark.parametrize(
    ("changed", "score", "said"),
    [
        ({"way.md": ON_CALLS.replace("kpi: calls", "kpi: mails")}, "0.70",
         "Source of values for “Alpha”"),
        ({"check-ins/1.md": STATED.replace("b: 5", "b: 9")}, "0.70", "Check-in for 10 Sept 2026"),
        ({"calls.md": CALLS.replace("value: 10", "value: 5")}, "0.58",
         "Start of “Alpha”, by the KPI: 10 → 5"),
        ({"calls.md": CALLS.replace("value: 15", "value: 19")}, "0.70",
         "1 reading changed, 15 on 20 Sept 2026 → 19"),
        ({"2026-q3.md": document("cycle", "start: 2026-07-01", "end: 2026-09-15")}, "0.25",
         "Last day: 30 Sept 2026 → 15 Sept 2026"),
    ],
)  # fmt: skip
def test_what_alters_a_closed_cycle_has_a_heading_of_its_own(
    repo: Repo, changed: dict[str, str], score: str, said: str
) -> None:
    repo.commit(PAST)
    repo.commit(changed)
    done = diff(repo, "HEAD~1", "HEAD")
    assert done.exit_code == 0
    lines = [line.strip() for line in done.stdout.split("\n")]
    heading = lines.index("Scores of closed cycles change")
    assert lines[heading + 1].startswith(f"! Grow (2026 Q3, Acme): 0.50 → {score}")
    assert any(said in line for line in lines)


def test_a_team_that_is_renamed_in_a_commit_is_renamed(repo: Repo) -> None:
    team = document("team", "title: Sales", body="We sell.")
    own = objective(REVENUE, owner="sales")
    person = document("person", "title: Ada", "team: sales")
    repo.commit({"teams/sales.md": team, "grow.md": own, "people/ada.md": person})
    repo.remove("teams/sales.md")
    renamed = {uri: text.replace("sales", "growth") for uri, text in
               {"grow.md": own, "people/ada.md": person}.items()}  # fmt: skip
    repo.commit({**renamed, "teams/growth.md": document("team", "title: Growth", body="We grow.")})
    found = sentences(repo, "HEAD~1", "HEAD")
    assert found == [
        "Renamed from “Sales”", "File moved from content/teams/sales.md",
        "Text changed",
    ]  # fmt: skip
    assert "Scores" not in said(repo, "HEAD~1", "HEAD")
