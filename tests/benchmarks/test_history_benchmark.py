"""The benchmark of the change log, at a size that takes no time."""

from pathlib import Path

from tests.benchmarks.history import benchmark, table, write_history


def test_the_benchmark_reads_a_history(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_history(folder, objectives=8, commits=30)
    found = benchmark(folder, rounds=1)
    assert [name for name, *_ in found] == ["git alone", "cold", "warm"]
    assert all(seconds > 0 for _, seconds, *_ in found)


def test_the_table_says_what_is_not_met() -> None:
    figures = [("git alone", 1.0, 1.0, 0.0), ("cold", 9.0, 11.0, 80.0), ("warm", 1.0, 1.0, 60.0)]
    lines = table(figures).splitlines()
    assert lines[-2].endswith("11.00, at most 10.0: NOT MET")
    assert lines[-1].endswith("0.09, at most 0.1: met")
