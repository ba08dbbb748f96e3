"""The change log on the pages of a site, and sites of other days."""

import filecmp
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from okrsite.cli import main
from tests.demo_history import demo_history
from tests.histories import ADA, BRUNO, START, Past, grow, small_organisation
from tests.repositories import CONFIGURATION
from tests.sites import EPOCH, PATIENCE, ROOT, build, build_well, demo_site, made_once

PAGE = "okrs/2026-q4/grow-base/index.html"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Past:
    past = small_organisation(tmp_path_factory.mktemp("history") / "site")
    address = "https://user:s3cr3t@github.com/acme/okrs.git"
    past.git("remote", "add", "origin", address)
    return past


@pytest.fixture(scope="module")
def site(small: Past, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    result = build(small.configuration, folder, "--strict")
    assert result.exit_code == 0, result.output
    return folder


def log_of(page: Path) -> str:
    """Return the change log of a page, as its readers see it."""
    html = page.read_text(encoding="utf-8")
    _, _, rest = html.partition('<h2 id="okr-history">')
    return re.sub(r"<[^>]+>", "", rest.partition("</details>")[0])


def run(*words: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(main, list(map(str, words)), env=environment)


def with_settings(past: Past, **options: object) -> None:
    settings = {**CONFIGURATION, "plugins": [{"okrsite": {"as_of": "2026-11-15", **options}}]}
    past.configuration.write_text(yaml.safe_dump(settings), encoding="utf-8")


# Pages


def test_a_page_says_who_changed_what(site: Path) -> None:
    log = log_of(site / PAGE)
    assert "9 changes" in log
    assert "older change" not in log
    assert "5 Oct 2026goalpost moved: Target of “Double the revenue” raised from $10M" in log
    assert "Bruno Berger" in log
    assert "Healthy range" in log_of(site / "kpis/nps/index.html")
    assert "Grow: Check-in for 2 Nov 2026 added" in log_of(site / "teams/sales/index.html")


def test_names_stand_in_the_quotes_of_the_language(small: Past, tmp_path: Path) -> None:
    settings = yaml.safe_load(small.configuration.read_text("utf-8"))
    settings |= {
        "theme": {"name": "material", "language": "de"},
        "docs_dir": str(small.configuration.parent / "content"),
    }
    german = small.configuration.with_name("german.yml")
    german.write_text(yaml.safe_dump(settings), encoding="utf-8")
    try:
        assert build(german, tmp_path / "site").exit_code == 0
    finally:
        german.unlink()
    log = log_of(tmp_path / "site" / PAGE)
    assert "„Double the revenue“" in log
    assert "“Double" not in log


def test_a_commit_is_linked_without_the_secrets_of_the_remote(site: Path) -> None:
    html = (site / PAGE).read_text(encoding="utf-8")
    assert re.search(r'href="https://github\.com/acme/okrs/commit/[0-9a-f]{40}"', html)


def test_nothing_secret_is_published(site: Path) -> None:
    for file in site.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert b"s3cr3t" not in content, file
            assert b"secret@example.com" not in content, file
            if file.suffix in (".html", ".json", ".csv"):
                assert b"777" not in content, file
                assert b"778M" not in content, file


def test_odd_names_of_authors_are_harmless(site: Path) -> None:
    html = (site / PAGE).read_text(encoding="utf-8")
    assert "O’Neill" in html
    assert "\u202e" not in html
    assert "<b>O" not in html


def test_a_name_that_is_an_address_is_cut(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.by("ada.adler@example.org", "2026-10-01", START)
    assert build(past.configuration, tmp_path / "out").exit_code == 0
    html = (tmp_path / "out/okrs/grow/index.html").read_text(encoding="utf-8")
    assert "ada.adler" in html
    assert "example.org" not in html


def test_the_insights_set_the_original_score_beside_the_score(site: Path) -> None:
    html = (site / "insights/index.html").read_text(encoding="utf-8")
    _, _, rest = html.partition('<h2 id="okr-goalposts">')
    text = re.sub(r"<[^>]+>", "", rest)
    # Two of three parts are the revenue: of $5M to $9M, and of $5M to $10M at first, $7M.
    assert "score 0.33" in text
    assert "0.27 against the original targets" in text
    assert text.count("goalpost moved") == 3


@pytest.mark.parametrize(
    ("commits", "baseline"),
    [
        ({"2026-09-01": grow(), "2026-10-20": grow(to="$8M")}, "of 1 Oct 2026, the first day"),
        (
            {
                "2026-09-01": grow("status: draft"),
                "2026-10-12": grow(to="$9M"),
                "2026-10-20": grow(to="$8M"),
            },
            "of 12 Oct 2026, when it became active",
        ),
        (
            {"2026-10-12": grow(to="$9M"), "2026-10-20": grow(to="$8M")},
            "as first set on 12 Oct 2026",
        ),
    ],
)
def test_the_insights_say_since_when_goalposts_hold(
    commits: dict[str, str], baseline: str, tmp_path: Path
) -> None:
    past = Past(tmp_path / "site")
    past.by(ADA, "2026-08-31", {uri: text for uri, text in START.items() if "grow" not in uri})
    for day, text in commits.items():
        past.by(ADA, day, {"okrs/grow.md": text})
    build_well(past.configuration, tmp_path / "out")
    html = (tmp_path / "out/insights/index.html").read_text(encoding="utf-8")
    _, _, rest = html.partition('<h2 id="okr-goalposts">')
    assert baseline in re.sub(r"<[^>]+>", "", rest)


def test_a_page_with_a_long_history_stays_small(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.by(ADA, "2026-10-01", START)
    for number in range(45):
        days = {f"2026-10-{day:02}": f"${5 + number / 100 + day / 10:.2f}M" for day in range(1, 28)}
        past.by(BRUNO, "2026-10-02", {"okrs/grow.md": grow(check_ins=days)})
    assert build(past.configuration, tmp_path / "out").exit_code == 0
    page = tmp_path / "out/okrs/grow/index.html"
    log = log_of(page)
    assert "46 changes" in log
    assert re.search(r"and \d\d older changes", log)
    html = page.read_text(encoding="utf-8")
    _, _, rest = html.partition('<h2 id="okr-history">')
    assert len(rest.partition("</details>")[0]) < 6_000


# Where there is none


def test_the_settings_may_want_none(small: Past, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(small.folder, copy)
    file = copy / "mkdocs.yml"
    settings = {**CONFIGURATION, "plugins": [{"okrsite": {"history": False}}]}
    file.write_text(yaml.safe_dump(settings))
    assert build(file, tmp_path / "out").exit_code == 0
    assert log_of(tmp_path / "out" / PAGE) == ""


@pytest.mark.parametrize(("history", "word"), [(None, "INFO"), (True, "WARNING")])
def test_without_a_repository_there_is_none(
    tmp_path: Path, history: bool | None, word: str
) -> None:
    past = Past(tmp_path / "site")
    past.write(START)
    with_settings(past, **({"history": history} if history is not None else {}))
    shutil.rmtree(past.folder / ".git")
    result = build(past.configuration, tmp_path / "out")
    assert result.exit_code == 0
    said = [line for line in result.output.splitlines() if "no change log" in line]
    assert len(said) == 1
    assert said[0].startswith(word)
    assert "is not in a git repository" in said[0]


def test_without_commits_there_is_none(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.write(START)
    result = build(past.configuration, tmp_path / "out", "--strict")
    assert result.exit_code == 0
    assert "no change log: the repository has no commits yet" in result.output


def test_without_git_there_is_none(
    small: Past, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = build(small.configuration, tmp_path / "out", "--strict")
    assert result.exit_code == 0
    assert "no change log: git is not installed" in result.output


def test_a_shallow_clone_says_how_to_fetch_more(small: Past, tmp_path: Path) -> None:
    address = f"file://{small.folder}"
    subprocess.run(["git", "clone", "-q", "--depth", "1", address, tmp_path / "c"], check=True)
    (tmp_path / "c/mkdocs.yml").write_bytes(small.configuration.read_bytes())
    result = build(tmp_path / "c/mkdocs.yml", tmp_path / "out", "--strict")
    assert result.exit_code == 0
    assert "git fetch --unshallow" in result.output
    assert log_of(tmp_path / "out" / PAGE) == ""


def test_a_site_in_a_folder_of_the_repository_has_its_own_history(tmp_path: Path) -> None:
    past = Past(tmp_path / "all")
    site = past.folder / "okrs"
    for number, to in enumerate(("$10M", "$11M")):
        for uri, text in {**START, "okrs/grow.md": grow(to=to)}.items():
            file = site / "content" / uri
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(str(text))
        (site / "mkdocs.yml").write_bytes(past.configuration.read_bytes())
        past.by(ADA, f"2026-10-0{number + 1}")
    assert build(site / "mkdocs.yml", tmp_path / "out").exit_code == 0
    assert "raised from $10M to $11M" in log_of(tmp_path / "out/okrs/grow/index.html")
    assert (site / ".cache/okrsite/history.json").is_file()
    assert past.git("status", "--porcelain") == ""


def test_what_cannot_be_remembered_does_not_stop_the_build(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.by(ADA, "2026-10-01", START)
    (past.folder / ".cache").write_text("a file where a folder belongs")
    result = build(past.configuration, tmp_path / "out", "--strict")
    assert result.exit_code == 0
    assert "what was read from git can't be cached" in result.output


# As of any day


def test_a_day_is_built_as_it_stood(small: Past) -> None:
    result = run("build", "-f", small.configuration, "--at", "2026-10-20", "--strict", "-q")
    assert result.exit_code == 0, result.output
    site = small.folder / "site-2026-10-20"
    page = (site / PAGE).read_text(encoding="utf-8")
    assert "$8M" in page
    assert "$9M" not in page
    log = log_of(site / PAGE)
    assert "5 changes" in log
    assert "2 Nov" not in log
    assert small.git("status", "--porcelain", "--untracked-files=no") == ""


def test_a_revision_is_built_with_its_own_settings(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    plain = {**CONFIGURATION, "site_name": "Before", "plugins": ["okrsite"]}
    past.configuration.write_text(yaml.safe_dump(plain))
    past.by(ADA, "2026-10-07", START)
    with_settings(past)
    past.by(ADA, "2026-10-09", {"okrs/grow.md": "", "okrs/other.md": grow(title="Other")})
    out = tmp_path / "out"
    result = run("build", "-f", past.configuration, "--at", "HEAD~1", "-d", out, "-q")
    assert result.exit_code == 0, result.output
    home = (out / "index.html").read_text(encoding="utf-8")
    assert "as of 7 Oct 2026" in home
    assert not (out / "okrs/other").exists()
    assert (out / "okrs/grow/index.html").is_file()
    asked = run("build", "-f", past.configuration, "--at", "HEAD~1", "-d", out, "-q",
                "--as-of", "2026-12-01")  # fmt: skip
    assert asked.exit_code == 0
    assert "as of 1 Dec 2026" in (out / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (
            "2020-01-01",
            "there were no commits yet on 2020-01-01: the first commit is from 2026-09-01",
        ),
        ("nonsense", "git has no revision `nonsense`"),
        ("mian", "did you mean `main`?"),
        ("--help-me", "isn't a revision"),
    ],
)
def test_a_moment_that_never_was_is_said(small: Past, at: str, said: str) -> None:
    result = run("build", "-f", small.configuration, f"--at={at}")
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_revision_without_a_site_is_said(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.configuration.rename(tmp_path / "mkdocs.yml")
    past.by(ADA, "2026-10-01", START)
    (tmp_path / "mkdocs.yml").rename(past.configuration)
    past.by(ADA, "2026-10-02")
    result = run("build", "-f", past.configuration, "--at", "2026-10-01")
    assert result.exit_code == 2
    assert "there was no mkdocs.yml at 2026-10-01" in result.output


def test_what_was_private_then_stays_private(small: Past, tmp_path: Path) -> None:
    result = run("build", "-f", small.configuration, "--at", "2026-10-27", "-d", tmp_path, "-q")
    assert result.exit_code == 0, result.output
    assert not (tmp_path / PAGE).exists()
    assert not [f for f in tmp_path.rglob("*.html") if "Double the revenue" in f.read_text()]


def test_an_interrupted_build_leaves_no_files_behind(small: Past, tmp_path: Path) -> None:
    aside = tmp_path / "tmp"
    aside.mkdir()
    words = ["build", "-f", str(small.configuration), "--at", "HEAD", "-d", str(tmp_path / "out")]
    process = subprocess.Popen(
        [sys.executable, "-c", f"from okrsite.cli import main; main({words!r})"],
        env={**os.environ, "TMPDIR": str(aside)}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    # A folder that holds nothing yet may not be known to those who remove it.
    while not any(aside.glob("*/*")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) != 0
    assert list(aside.iterdir()) == []


# Same input, same bytes


def _assert_same(one: Path, other: Path) -> None:
    names = [
        {str(f.relative_to(top)) for f in top.rglob("*") if f.is_file()} for top in (one, other)
    ]
    assert names[0] == names[1]
    _, different, errors = filecmp.cmpfiles(one, other, names[0], shallow=False)
    assert (different, errors) == ([], [])


def test_two_builds_of_a_history_are_the_same(
    small: Past, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    clone = tmp_path / "elsewhere" / "clone"
    shutil.copytree(small.folder, clone, ignore=shutil.ignore_patterns(".cache", "site*"))
    assert build(small.configuration, tmp_path / "one").exit_code == 0
    assert build(clone / "mkdocs.yml", tmp_path / "two").exit_code == 0
    _assert_same(tmp_path / "one", tmp_path / "two")


def test_two_builds_of_a_past_day_are_the_same(small: Past, tmp_path: Path) -> None:
    for name in ("one", "two"):
        out = tmp_path / name
        result = run("build", "-f", small.configuration, "--at", "2026-10-20", "-d", out, "-q")
        assert result.exit_code == 0, result.output
        time.sleep(1.1)  # the clock of a compressed file counts seconds
    _assert_same(tmp_path / "one", tmp_path / "two")


def test_two_builds_of_the_demo_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    shutil.copytree(ROOT / "content", tmp_path / "project/content")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "project")
    shutil.copytree(ROOT / ".github", tmp_path / "project/.github")  # says who reviews plans
    build_well(tmp_path / "project/mkdocs.yml", tmp_path / "site", "--strict")
    _assert_same(demo_site(), tmp_path / "site")


# The demo


@pytest.fixture(scope="module")
def demo() -> Path:
    """Build the demo with a history of its own."""
    return made_once("demo-history", build_demo_history) / "built"


def build_demo_history(folder: Path) -> None:
    past = demo_history(folder / "site")
    same = filecmp.dircmp(folder / "site/content", ROOT / "content")
    assert (same.left_only, same.right_only, same.diff_files) == ([], [], [])
    build_well(past.configuration, folder / "built", "--strict")


def test_the_demo_tells_of_its_check_ins_and_goalposts(demo: Path) -> None:
    log = log_of(demo / "okrs/2026-q4/company/financial-targets/index.html")
    assert "Check-in for 9 Nov 2026 added: confidence 0.8" in log
    assert "goalpost moved: Target of “Increase recurring revenue of the install base”" in log
    insights = (demo / "insights/index.html").read_text(encoding="utf-8")
    assert "lowered from $750K to $600K" in insights


def test_the_demo_tells_of_readings_and_new_names(demo: Path) -> None:
    assert "reading added" in log_of(demo / "kpis/support/handling-time/index.html")
    assert "File moved" in log_of(demo / "okrs/2026-q4/sales/early-bird/index.html")
    assert "Win more of the market" in log_of(demo / "teams/sales/index.html")
