"""Commands that write at the same moment, without a terminal, or until they are killed."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from okrsite.cli import main
from okrsite.editing.new.starter import Wishes, starter_files
from okrsite.util.locking import locked
from tests.samples import AS_OF, document, objective

Write = Callable[..., Path]
GROW = "okrs/2026-q4/company/grow.md"
RESULTS = [f"id: r{number}, title: Result {number}, from: 0, to: 100" for number in range(6)]
OKRSITE = [sys.executable, "-c", "from okrsite.cli import main; main()"]


def started(configuration: Path, *words: str, day: str = "2026-11-15") -> subprocess.Popen[str]:
    """Start a command; it reads no input."""
    command = [*OKRSITE, *words, "-f", str(configuration), "--as-of", day]
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, encoding="utf-8",
    )  # fmt: skip


def fields(file: Path) -> dict[str, object]:
    read = yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])
    assert isinstance(read, dict)
    return read


def test_no_check_in_of_many_at_once_is_lost(write_site: Write) -> None:
    site = write_site({GROW: objective(*RESULTS)})
    running = [started(site, "check-in", "grow", "--set", f"r{n}={n + 1}") for n in range(6)]
    assert [(*process.communicate(), process.returncode)[1:] for process in running] == [
        ("", 0)
    ] * 6
    written = fields(site.parent / "content" / GROW)["check_ins"]
    assert [dict(entry["values"]) for entry in written] == [  # type: ignore[attr-defined]
        {f"r{n}": n + 1 for n in range(6)}
    ] or sorted(
        pair
        for entry in written
        for pair in entry["values"].items()  # type: ignore[attr-defined]
    ) == [(f"r{n}", n + 1) for n in range(6)]


def test_no_reading_of_many_at_once_is_lost(write_site: Write) -> None:
    kpi = document("kpi", "title: NPS", "data: nps.csv")
    site = write_site({"kpis/company/nps.md": kpi, "kpis/company/nps.csv": "date,value\n"})
    days = [f"2026-11-0{number}" for number in range(1, 6)]
    running = [started(site, "reading", "nps", "4", "--date", day) for day in days]
    assert [process.communicate()[1] for process in running] == [""] * 5
    rows = (site.parent / "content/kpis/company/nps.csv").read_text(encoding="utf-8")
    assert rows == "date,value\n" + "".join(f"{day},4\n" for day in days)


def test_a_killed_reading_leaves_whole_rows(write_site: Write) -> None:
    kpi = document("kpi", "title: NPS", "data: nps.csv")
    before = "date,value\n" + "".join(f"2025-01-{1 + n % 28:02},{n}\n" for n in range(3000))
    site = write_site({"kpis/company/nps.md": kpi, "kpis/company/nps.csv": before})
    file = site.parent / "content/kpis/company/nps.csv"
    for _ in killed_ever_later(lambda _: started(site, "reading", "nps", "4")):
        assert file.read_text(encoding="utf-8") in (before, before + "2026-11-15,4\n")


def test_of_two_new_documents_of_one_title_one_is_written(write_site: Write) -> None:
    site = write_site({GROW: objective(*RESULTS)})
    running = [started(site, "new", "team", "--title", "North") for _ in range(3)]
    for process in running:
        process.communicate()
    assert sorted(process.returncode for process in running) == [0, 2, 2]
    assert [file.name for file in (site.parent / "content/teams").iterdir()] == ["north.md"]


@pytest.mark.parametrize(
    "words",
    [("carry", "grow", "--to", "2027-q1"), ("close", "2026-q4", "--write")],
)
def test_of_two_successors_or_retrospectives_one_is_written(
    write_site: Write, words: tuple[str, ...]
) -> None:
    site = write_site({GROW: objective(*RESULTS)})
    running = [started(site, *words, day="2027-01-08") for _ in range(2)]
    errors = [process.communicate()[1] for process in running]
    assert sorted(process.returncode for process in running) in ([0, 0], [0, 2]), errors
    text = (site.parent / "content" / GROW).read_text(encoding="utf-8")
    assert text.count("## Retrospective") == (words[0] == "close")
    assert len(list((site.parent / "content").rglob("grow.md"))) == 1 + (words[0] == "carry")


def test_a_writer_waits_for_another(write_site: Write) -> None:
    site = write_site({GROW: objective(*RESULTS)})
    with locked(site.parent):
        process = started(site, "check-in", "grow", "--set", "r1=5")
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(3)
        file = site.parent / "content" / GROW
        file.write_text(objective(*RESULTS, title="Grow more"), encoding="utf-8")
    assert process.communicate()[1] == ""
    assert fields(file)["title"] == "Grow more"
    assert "check_ins" in fields(file)


def test_a_question_keeps_nobody_from_writing(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was checked in while `close` waited for an answer is in the figures that it writes."""
    site = write_site({GROW: objective(*RESULTS)})

    def answer(*_: object, **__: object) -> bool:
        process = started(site, "check-in", "grow", "--set", "r1=50", day="2026-12-20")
        assert process.communicate(timeout=50)[1] == ""
        return True

    monkeypatch.setattr("click.confirm", answer)
    monkeypatch.setattr("okrsite.cli.asking.on_terminal", lambda: True)
    words = ["close", "2026-q4", "--write", "-f", str(site), "--as-of", "2026-12-20"]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    text = (site.parent / "content" / GROW).read_text(encoding="utf-8")
    assert "| Result 1 | 0 → 100 | 50 | 0.50 |" in text
    assert text.count("values: {r1: 50}") == 1


def test_a_writer_that_does_not_end_is_no_reason_to_wait_for_ever(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site({GROW: objective(*RESULTS)})
    program = "import okrsite.util.locking as l; l.PATIENCE = 0.2; from okrsite.cli import main; "
    with locked(site.parent):
        done = subprocess.run(
            [sys.executable, "-c", f"{program}main()", "check-in", "grow", "-f", str(site)],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "Error: another okrsite command is still writing here\n"


def whole(file: Path, before: str) -> bool:
    """Whether a file is the old or a new document, and nothing in between."""
    text = file.read_text(encoding="utf-8")
    if text == before:
        return True
    return text.startswith("---\n") and text.count("---\n") == 2 and text.endswith("\n")


KILLED = {
    "check-in": ("check-in", "grow", "--set", "r1=5", "--note", "x" * 5000),
    "close": ("close", "2026-q4", "--write"),
    "initiative": ("initiative", "grow", "x" * 5000),
    "set": ("set", "grow.title=" + "x" * 5000, "--anyway"),
    "carry": ("carry", "grow", "--to", "2027-q1"),
    "new": ("new", "team", "--title", "North", "--text", "x" * 5000),
}


def killed_ever_later(start: Callable[[int], subprocess.Popen[str]]) -> Iterator[None]:
    """Start a command again and again, and kill it ever later, until it ends before that."""
    for attempt in count():
        process = start(attempt)
        try:
            process.wait(0.25 + 0.15 * attempt)
            ended = True
        except subprocess.TimeoutExpired:
            process.kill()
            ended = False
        process.communicate()
        yield
        if ended:
            return


@pytest.mark.parametrize("writer", KILLED)
def test_a_killed_writer_leaves_the_old_or_the_new_file(write_site: Write, writer: str) -> None:
    before = objective(*RESULTS)
    site = write_site({GROW: before})
    content = site.parent / "content"
    kept = {file: file.read_text(encoding="utf-8") for file in content.rglob("*.md")}
    for _ in killed_ever_later(lambda _: started(site, *KILLED[writer], day="2027-01-08")):
        for file in content.rglob("[!.]*.md"):
            assert whole(file, kept.get(file, ""))
    # A lock that a killed command held is free again.
    assert started(site, "new", "team", "--title", "South").communicate()[1] == ""


def test_a_killed_lint_leaves_the_old_or_the_new_baseline(write_site: Write) -> None:
    site = write_site({GROW: objective(*RESULTS), "ada.md": document("person", "blue: 1")})
    baseline = site.parent / "baseline.json"
    baseline.write_text('{"version": 1, "findings": []}\n', encoding="utf-8")
    before = baseline.read_text(encoding="utf-8")
    words = ["lint", "--baseline", str(baseline), "--write-baseline"]
    for _ in killed_ever_later(lambda _: started(site, *words)):
        text = baseline.read_text(encoding="utf-8")
        assert text == before or "OKR106" in json.dumps(json.loads(text))
    assert "OKR106" in baseline.read_text(encoding="utf-8")


def test_a_killed_init_leaves_whole_files(tmp_path: Path) -> None:
    files = starter_files(Wishes("Acme", AS_OF, "0.1.0"))

    def start(attempt: int) -> subprocess.Popen[str]:
        words = [*OKRSITE, "init", str(tmp_path / f"{attempt}"), "--name", "Acme"]
        return subprocess.Popen(
            [*words, "--as-of", AS_OF.isoformat()], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    for _ in killed_ever_later(start):
        for file in tmp_path.rglob("*.*"):
            path = file.relative_to(tmp_path).as_posix().partition("/")[2]
            if file.is_file() and path in files and path != "requirements.txt":
                assert file.read_text(encoding="utf-8") == files[path]


def test_what_a_killed_writer_leaves_is_no_document_and_ignored_by_git(tmp_path: Path) -> None:
    """It lies beside the file, under a name of its own."""
    files = starter_files(Wishes("Acme", AS_OF, "0.1.0"))
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text(files[".gitignore"], encoding="utf-8")
    program = (
        "import os, pathlib; from okrsite.util import writing; "
        "writing.os.replace = lambda *_: os._exit(9); "
        "writing.write_whole(pathlib.Path('content/grow.md'), '---')"
    )
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=False)
    left = [file.name for file in (tmp_path / "content").iterdir()]
    assert len(left) == 1
    assert left[0].startswith(".grow.md.")
    status = ["git", "status", "--porcelain", "--untracked-files=all"]
    done = subprocess.run(status, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "?? .gitignore\n"


def closed(stream: str, configuration: Path, *words: str) -> tuple[int, str]:
    """Run a command as Python starts it where a shell closed a stream; return how it ended."""
    number = ("stdin", "stdout", "stderr").index(stream)
    close = f"import os, sys; os.close({number}); sys.{stream} = None; "
    command = [sys.executable, "-c", close + OKRSITE[-1], *words, "-f", str(configuration)]
    done = subprocess.run(
        command, cwd=configuration.parent, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.returncode, done.stderr.splitlines()[-1] if done.stderr else ""


@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        ("check-in grow", 2, "Error: give new values, like --set 'revenue=$6.1M' or --note TEXT"),
        ("check-in grow --set r1=5", 0, ""),
        ("new objective", 2, "Error: `--title` is missing: where do you want to go?"),
        ("new team --title North", 0, ""),
    ],
)
def test_a_closed_input_is_no_terminal(
    write_site: Write, words: str, status: int, error: str
) -> None:
    site = write_site({GROW: objective(*RESULTS)})
    assert closed("stdin", site, *words.split()) == (status, error)


@pytest.mark.parametrize("words", ["check-in grow --set r1=5", "export", "status", "lint"])
def test_a_closed_output_is_an_error(write_site: Write, words: str) -> None:
    site = write_site({GROW: objective(*RESULTS)})
    error = "Error: standard output is closed: nothing was done"
    assert closed("stdout", site, *words.split()) == (2, error)
    written = (site.parent / "content" / GROW).read_text(encoding="utf-8")
    assert written == objective(*RESULTS)


def test_nobody_needs_an_error_output(write_site: Write) -> None:
    site = write_site({GROW: objective(*RESULTS), "ada.md": document("person", "title: Ada")})
    assert closed("stderr", site, "lint") == (0, "")
