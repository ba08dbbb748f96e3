import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from okrsite.cli import main
from tests.samples import document, objective
from tests.sites import ROOT

Write = Callable[..., Path]

KR = "id: a, title: Visits, from: 0, to: 100, current: 40"
TITLE = "Win [bold]all[/bold] riders :bike: of the North and of the South before the year is over"
FILES = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "okrs/2026-q4/company/grow.md": objective(
        f"{KR}, owner: sales",
        "id: b, title: Up, keep: {min: 99%}, current: 99.5%",
        "id: c, title: Dropped, to: 3, status: cancelled",
    ),
    "okrs/2026-q4/sales/win.md": objective(KR, title=f'"{TITLE}"', owner="sales"),
    "okrs/2026-q4/sales/later.md": objective(KR, title="Later", owner="sales", status="draft"),
    "okrs/2026-q3/sales/past.md": objective(KR, title="Past", cycle="2026-q3", owner="sales"),
    "kpis/visits.md": document("kpi", "title: Guests", "owner: sales"),
}


@pytest.fixture
def site(write_site: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(write_site(FILES, {"as_of": "2026-11-15"}).parent)
    return Path.cwd()


def status(*words: str) -> Result:
    return CliRunner().invoke(main, ["status", *words], catch_exceptions=False)


def squeezed(text: str) -> str:
    """Return a text without the line ends and spaces that the width of a terminal makes."""
    return re.sub(r"\s+", "", text)


def test_the_cycle_of_the_home_page_is_shown_by_owner(site: Path) -> None:
    result = status()
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "2026 Q4 · day 46 of 92 · as of 15 Nov 2026"
    heads = [line.split()[0] for line in lines[2:] if line and not line.startswith(" ")]
    assert heads[:4] == ["Acme", "company", "Sales", "sales"]
    assert "Past" not in result.stdout


def test_a_line_has_score_bar_expected_mark_and_status(site: Path) -> None:
    lines = status().stdout.splitlines()
    grow = next(line for line in lines if line.startswith("  Grow "))
    assert re.search(r" 0\.70 ████████│··· ● On track$", grow)
    visits = next(line for line in lines if line.startswith("    Visits "))
    assert re.search(r" 0\.40 .{12} ● On track$", visits)
    assert "    #a · 0 → 40 → 100" in lines
    dropped = next(line for line in lines if line.startswith("    Dropped "))
    assert re.search(r"Dropped {40,}⊘ Cancelled$", dropped)


def test_a_draft_has_its_word_and_comes_last(site: Path) -> None:
    text = status("sales").stdout
    assert text.index("Win [bold]") < text.index("Later")
    assert re.search(r"Later {40,}◌ Draft\n", text)


def test_key_results_in_objectives_of_others_are_shown(site: Path) -> None:
    text = status("sales").stdout
    assert "#a · 0 → 40 → 100 · in Grow" in text


def test_what_is_owed_is_said(site: Path) -> None:
    overdue = status().stdout.partition("\nOverdue\n")[2]
    assert re.search(r"^Grow +Acme +no check-in for 45 days$", overdue, re.M)
    assert re.search(r"^Guests +Sales +no reading yet$", overdue, re.M)
    assert "Later" not in overdue
    assert "Overdue" not in status("--cycle", "2026-q3").stdout


def test_an_owner_and_a_cycle_can_be_named(site: Path) -> None:
    text = status("sales", "--cycle", "2026-q3").stdout
    assert "Past" in text
    assert "◐ Progressed" in text
    assert "Acme" not in text
    assert "Grow" not in status("Teams/Sales").stdout.replace("in Grow", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["slaes"], "there is no owner `slaes`: did you mean `sales`?"),
        (["--cycle", "2026-q5"], "there is no cycle `2026-q5`"),
        (["sales", "--as-of", "soon"], "is not a date"),
    ],
)
def test_a_wrong_name_ends_with_2(site: Path, words: list[str], said: str) -> None:
    result = status(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_where_there_is_nothing_it_is_said_where_there_is(site: Path) -> None:
    result = status("sales", "--cycle", "2030")
    assert result.exit_code == 0
    assert (
        result.stdout
        == "There are no objectives of Sales in 2030; there are some in 2026-q4, 2026-q3.\n"
    )


def test_a_site_without_objectives_says_so(write_site: Write) -> None:
    assert status("-f", str(write_site({}))).stdout == "No objectives yet.\n"


def test_documents_with_errors_are_counted(write_site: Write) -> None:
    wrong = objective("id: a, title: A, to: 5m")
    result = status("-f", str(write_site({**FILES, "wrong.md": wrong})))
    assert result.exit_code == 0
    assert result.stderr == "1 document has errors and is not counted: okrsite lint\n"
    result = status("-f", str(write_site({**FILES, "wrong.md": wrong, "worse.md": wrong})))
    assert result.exit_code == 0
    assert result.stderr == "2 documents have errors and are not counted: okrsite lint\n"


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_nothing_is_cut_off_at_any_width(
    site: Path, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    text = status().stdout
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "…" not in text
    # In a row of several lines the first has the figures behind the title.
    words = re.findall(r"[\w\[\]/:]+", TITLE)
    assert all(word in squeezed(text) for word in words)
    assert "✓" in text or "●" in text
    assert not any(line != line.rstrip() for line in text.splitlines())


def test_titles_cannot_speak_to_the_terminal(write_site: Write) -> None:
    title = r'"Win \e[2J\e]0;owned\a \u202enorth\nsouth `x` [red]"'
    files = {"okrs/2026-q4/company/grow.md": objective(KR, title=title)}
    text = status("-f", str(write_site(files)), "--as-of", "2026-11-15").stdout
    assert not set(text) & set("\x1b\a\u202e\r")
    assert "north" in text
    assert "[red]" in text


def in_terminal(folder: Path, columns: int, **environment: str) -> str:
    """Run the command in a terminal of some width, and give all that it writes."""
    ours, theirs = pty.openpty()
    command = Path(sys.executable).parent / "okrsite"
    unwanted = {"NO_COLOR", "COLUMNS", "FORCE_COLOR", "CI"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    process = subprocess.Popen(
        [command, "status", "--as-of", "2026-11-15"],
        cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs,
        env={**kept, "TERM": "xterm-256color", "COLUMNS": str(columns), **environment},
    )  # fmt: skip
    os.close(theirs)
    written = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        written += piece
    assert process.wait() == 0
    os.close(ours)
    return written.decode()


COLOUR = re.compile(r"\x1b\[[\d;]*3[0-7][\d;]*m")


def test_a_terminal_has_colours_and_a_pipe_has_none(site: Path) -> None:
    assert COLOUR.search(in_terminal(site, 100))
    assert "\x1b" not in status().stdout


def test_no_color_is_respected(site: Path) -> None:
    text = in_terminal(site, 100, NO_COLOR="1")
    assert COLOUR.search(text) is None
    assert "● On track" in re.sub(r"\x1b\[[\d;]*m", "", text)


def test_where_only_ascii_can_be_written_it_is(site: Path) -> None:
    command = Path(sys.executable).parent / "okrsite"
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [command, "status", "sales"], cwd=site, env=environment, capture_output=True, check=True
    )
    text = done.stdout.decode("ascii")
    assert re.search(r" 0\.40 [#|.]{12} On track", text)
    assert "#a - 0 -> 40 -> 100" in text


def test_the_demo_has_every_owner_and_objective_of_the_cycle() -> None:
    result = status("-f", str(ROOT / "mkdocs.yml"), "--cycle", "2026-q4")
    assert result.exit_code == 0
    for name in ("Dolomite Rides", "Hotel partners", "Yuki Tanabe", "frame-builder · "):
        assert name in result.stdout
    assert "private" in result.stdout


def test_it_says_that_private_documents_are_counted(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"a.md": objective("id: a, title: A, to: 10, current: 9")}
    secret = {**files, "b.md": objective("id: b, title: B, to: 10", visibility="private")}
    for there, settings, said in (
        (files, {}, False),
        (secret, {}, True),
        (secret, {"include_private": True}, False),
    ):
        folder = write_site(there, {"as_of": "2026-11-15", **settings}).parent
        monkeypatch.chdir(folder)
        for words in (("status",), ("explain", "company", "--cycle", "2026-q4")):
            result = CliRunner().invoke(main, list(words), catch_exceptions=False)
            assert result.exit_code == 0, result.output
            assert ("Private documents are counted here" in result.stderr) is said
        (folder / "content/b.md").unlink(missing_ok=True)


def test_a_figure_that_the_site_does_not_show_says_what_the_site_shows(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = objective("id: a, title: A, roll_up: true", title="Top", cycle="2026")
    shared = objective("id: a, title: A, to: 10, current: 9", title="Shared", aligns_to="top#a")
    secret = objective("id: b, title: B, to: 10", visibility="private", aligns_to="top#a")
    hidden = document("team", "title: Hidden", "visibility: private")
    files = {"top.md": top, "shared.md": shared, "secret.md": secret, "teams/hidden.md": hidden,
             "own.md": secret.replace("owner: company", "owner: hidden")}  # fmt: skip
    monkeypatch.chdir(write_site(files, {"as_of": "2026-11-15"}).parent)

    def lines(*words: str) -> list[str]:
        monkeypatch.setenv("COLUMNS", "240")
        result = CliRunner().invoke(main, list(words), catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return [" ".join(line.split()) for line in result.stdout.splitlines()]

    [company] = [line for line in lines("status") if line.startswith("Acme company")]
    assert "on the site 0.90, On track 0.45" in company
    [_, hidden_row] = [line for line in lines("status") if "on the site" in line]
    assert hidden_row.startswith("Hidden hidden · no score on the site")
    for words in (("company",), ("company", "--cycle", "2026-q4")):
        assert "On the site 0.90, On track" in lines("explain", *words)
    assert "On the site 0.90, Achieved" not in lines("explain", "shared")
    year = lines("status", "--cycle", "2026")
    assert len([line for line in year if "on the site 0.90" in line]) == 3
    assert lines("explain", "top").count("On the site 0.90, On track") == 2
    assert "No score on the site" in lines("explain", "hidden")


def test_a_score_is_shown_on_its_side_of_a_limit_of_the_settings(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    nearly = objective("id: a, title: Visits, from: 0, to: 1000, current: 597", title="Nearly")
    options = {"as_of": "2027-02-15", "thresholds": {"goal": 0.6}}
    files = {"company.md": FILES["company.md"], "okrs/2026-q4/company/nearly.md": nearly}
    monkeypatch.chdir(write_site(files, options).parent)
    shown = status("--cycle", "2026-q4").stdout
    assert "0.597" in shown
    assert "Progressed" in shown
    explained = CliRunner().invoke(main, ["explain", "nearly"], catch_exceptions=False).stdout
    assert "0.597" in explained
