"""The parts of the benchmark, at a size that takes no time."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.organisation import documents, write_organisation
from tests.benchmarks.plain import readable
from tests.benchmarks.reading import read
from tests.benchmarks.run import (
    BenchmarkError,
    Measured,
    Row,
    Sizes,
    Verdict,
    Workshop,
    benchmark,
    in_turns,
    measure,
    table,
)

SIZE = 20


def test_the_same_size_is_the_same_organisation() -> None:
    assert dict(documents(SIZE, seed=1)) == dict(documents(SIZE, seed=1))
    assert dict(documents(SIZE, seed=1)) != dict(documents(SIZE, seed=2))


def test_an_organisation_has_what_it_says(tmp_path: Path) -> None:
    write_organisation(tmp_path, SIZE)
    written = [file.read_text() for file in (tmp_path / "content/okrs").rglob("*.md")]
    assert len(written) == SIZE
    for text in written:
        assert text.count("- id: ") == 3
        assert text.count("- date: ") == 6
    assert read(tmp_path / "content") > SIZE


def test_an_organisation_has_no_errors(tmp_path: Path) -> None:
    write_organisation(tmp_path, SIZE)
    words = [sys.executable, "-c", "from okrsite.cli import main; main(['lint', '--strict'])"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_what_can_be_read_is_taken_from_a_page() -> None:
    page = """<article class="md-content__inner md-typeset"><h1>A <em>title</em></h1>
    <svg><text>drawn</text></svg><ul><li>one<li>two * stars</ul>
    <details><summary>Why?</summary><p>folded</p></details></article>"""
    assert readable(page) == "# A title\n\n- one\n\n- two \\* stars\n\nWhy?\n\n"


def test_the_whole_benchmark_runs(tmp_path: Path) -> None:
    sizes = Sizes(growth=(10, SIZE), compared=SIZE, in_navigation=SIZE, rounds=1)
    rows, verdicts = benchmark(Workshop(tmp_path), sizes)
    pages = {row.name: row.pages for row in rows if row.objectives == SIZE and row.pages}
    assert len(set(pages.values())) == 1, pages
    assert all(verdict.found > 0 for verdict in verdicts)
    assert "our build beside Material's own at 20" in table(rows, verdicts)


def test_the_table_says_what_is_not_met() -> None:
    row = Row("ours", 1000, 1200, Measured(2.0, 1.5, 100.0))
    printed = table([row], [Verdict("growth", 1.2, 1.15), Verdict("memory", 100, 400)])
    assert [line.rsplit("  ", 1)[-1] for line in printed.splitlines()[-2:]] == ["NOT MET", "met"]


def test_medians_are_taken_of_each_job() -> None:
    times = iter([1.0, 9.0, 2.0, 8.0, 3.0, 7.0])

    def job() -> Measured:
        return Measured(next(times), 0.0, 0.0)

    assert [found.seconds for found in in_turns([job, job], 3)] == [2.0, 8.0]


def test_a_process_that_fails_is_said() -> None:
    with pytest.raises(BenchmarkError, match="no such thing"):
        measure([sys.executable, "-c", "raise SystemExit('no such thing')"], Path.cwd())
