"""Runs the builds that are compared, each in its own process, and prints one table.

What is compared is built in turns within one run, and the medians are set against each other: the
times themselves depend on the machine and on what else it does, the ratios hardly do.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from okrsite.cli.common import SOURCES
from tests.benchmarks.plain import pages_of

PYTHON = sys.executable
ROOT = Path(__file__).resolve().parent.parent.parent

LARGEST_RATIO = 1.0
"""Our build beside Material's own of the same pages, the leaves out of the navigation."""

LARGEST_GROWTH = 1.15
"""The time per objective of the largest organisation beside that of the smallest."""

LARGEST_MEMORY = 400
"""Megabytes at the largest organisation."""

LARGEST_PAGE = 40
"""Kilobytes of HTML of an objective's page."""

LARGEST_LINT = 2.0
"""`okrsite lint` beside a script that reads the same files and loads their front matter."""

LARGEST_KEPT_LINT = 0.85
"""`okrsite lint` with the documents that an earlier one has kept, beside the first."""

LARGEST_HELP = 4.0
"""`okrsite --help` beside Python that starts and does nothing."""

# What `ru_maxrss` counts in: kilobytes, but bytes on macOS.
_MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024


class BenchmarkError(Exception):
    """A process that is measured has failed."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many objectives are built: for the growth, the comparison, and the full navigation.

    The full navigation costs the square of its size, which is why it is compared at a small one.
    """

    growth: tuple[int, ...]
    compared: int
    in_navigation: int
    rounds: int


FULL = Sizes(growth=(500, 8000), compared=2000, in_navigation=500, rounds=3)
QUICK = Sizes(growth=(250, 1000), compared=500, in_navigation=250, rounds=1)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one process took: seconds on the clock and of the processor, megabytes at its peak."""

    seconds: float
    processor: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `ratio` and `limit` stand where something is compared."""

    name: str
    objectives: int
    pages: int | None
    measured: Measured
    ratio: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One demand: what was found, and the most that it may be."""

    demand: str
    found: float
    most: float

    def line(self) -> str:
        """Return a line on whether the demand is met."""
        word = "met" if self.found <= self.most else "NOT MET"
        return f"  {self.demand:<66} {self.found:8.2f}  at most {self.most:6.2f}  {word}"


def measure(command: Sequence[str], folder: Path) -> Measured:
    """Run a command to its end and give what it took.

    A process begins with the peak memory of the one that started it, so this one stays small.
    """
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, env=_settings())
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace")[-2000:]
            raise BenchmarkError(f"{' '.join(command)} failed:\n{words}")
    processor = used.ru_utime + used.ru_stime
    return Measured(seconds, processor, used.ru_maxrss * _MEMORY_UNIT / 1e6)


def in_turns(jobs: Sequence[Callable[[], Measured]], rounds: int) -> list[Measured]:
    """Run jobs in turns and give the median of each, and the largest memory of each."""
    found = [[job() for job in jobs] for _ in range(rounds)]
    return [
        Measured(
            statistics.median(m.seconds for m in measured),
            statistics.median(m.processor for m in measured),
            max(m.megabytes for m in measured),
        )
        for measured in zip(*found, strict=True)
    ]


class Workshop:
    """The folder that everything is written and built in, each site once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._builds: Counter[str] = Counter()

    def organisation(self, objectives: int) -> Path:
        """Write an organisation, and give the folder of its mkdocs.yml."""
        site = self._folder / f"ours-{objectives}"
        if not site.exists():
            self._run("tests.benchmarks.organisation", site, objectives)
        return site

    def plain(self, objectives: int, in_navigation: bool) -> Path:
        """Write the same pages for Material alone; ours have to be built before."""
        site = self._folder / f"plain-{objectives}-{'all' if in_navigation else 'few'}"
        if not site.exists():
            more = ["--in-navigation"] if in_navigation else []
            built = self.built(self.organisation(objectives))
            self._run("tests.benchmarks.plain", built, site, *more)
        return site

    def built(self, site: Path) -> Path:
        """Return the folder that a site was built into last."""
        return site.parent / f"{site.name}-site-{self._builds[site.name]}"

    def build(self, site: Path) -> Measured:
        """Build a site with MkDocs into a new folder.

        Emptying the one before would be part of what is measured: for half a minute after files
        were deleted, some file systems (ext4) make new ones ten times slower.
        """
        self._builds[site.name] += 1
        shutil.rmtree(self.built(site), ignore_errors=True)  # only where an earlier run was kept
        command = [PYTHON, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(self.built(site))]
        return measure(command, site)

    def first_lint(self, site: Path) -> Measured:
        """Check the documents of a site of which nothing is kept."""
        shutil.rmtree(site / SOURCES, ignore_errors=True)
        return self.lint(site)

    def lint(self, site: Path) -> Measured:
        """Check the documents of a site with the whole command."""
        words = "from okrsite.cli import main; main(['lint'])"
        return measure([PYTHON, "-c", words], site)

    def read(self, site: Path) -> Measured:
        """Load the front matter of the documents of a site, and no more."""
        script = Path(__file__).with_name("reading.py")
        return measure([PYTHON, str(script), "content"], site)

    def help(self, site: Path) -> Measured:
        """List the commands."""
        words = "from okrsite.cli import main; main(['--help'])"
        return measure([PYTHON, "-c", words], site)

    def start(self, site: Path) -> Measured:
        """Start Python, and no more."""
        return measure([PYTHON, "-c", ""], site)

    def _run(self, module: str, *words: object) -> None:
        measure([PYTHON, "-m", module, *map(str, words)], ROOT)


def benchmark(workshop: Workshop, sizes: Sizes) -> tuple[list[Row], list[Verdict]]:
    """Measure everything; give the rows of the table, and what is demanded."""
    compared, small, large = sizes.compared, min(sizes.growth), max(sizes.growth)
    rows, ours = _growth(workshop, sizes)
    beside, ratio = _beside_material(workshop, compared, False, sizes.rounds)
    everything, _ = _beside_material(workshop, sizes.in_navigation, True, 1)
    checks, lint_ratio, kept_ratio = _lint(workshop, compared, sizes.rounds)
    helps, help_ratio = _help(workshop, compared, sizes.rounds)
    growth = (ours[large].seconds / large) / (ours[small].seconds / small)
    of_processor = (ours[large].processor / large) / (ours[small].processor / small)
    verdicts = [
        Verdict(f"our build beside Material's own at {compared}", ratio, LARGEST_RATIO),
        Verdict(f"time per objective at {large} beside {small}", growth, LARGEST_GROWTH),
        Verdict("the same in the processor's time", of_processor, LARGEST_GROWTH),
        Verdict(f"megabytes at {large}", ours[large].megabytes, LARGEST_MEMORY),
        Verdict(
            f"kilobytes of the largest page of an objective at {compared}",
            largest_page(workshop.built(workshop.organisation(compared))), LARGEST_PAGE,
        ),
        Verdict(f"lint beside reading alone at {compared}", lint_ratio, LARGEST_LINT),
        Verdict("lint of kept documents beside the first", kept_ratio, LARGEST_KEPT_LINT),
        Verdict("help beside starting Python", help_ratio, LARGEST_HELP),
    ]  # fmt: skip
    return [*rows, *beside, *everything, *checks, *helps], verdicts


def _growth(workshop: Workshop, sizes: Sizes) -> tuple[list[Row], dict[int, Measured]]:
    """Build ours at the smallest and the largest size; the small one more often, as it varies."""
    ours: dict[int, Measured] = {}
    for size in sizes.growth:
        site = workshop.organisation(size)
        rounds = 1 if size == max(sizes.growth) else sizes.rounds
        (ours[size],) = in_turns([partial(workshop.build, site)], rounds)
    return [
        Row("ours", size, _pages(workshop, workshop.organisation(size)), measured)
        for size, measured in ours.items()
    ], ours


def _beside_material(
    workshop: Workshop, objectives: int, in_navigation: bool, rounds: int
) -> tuple[list[Row], float]:
    """Build ours and Material's own of the same pages in turns."""
    ours = workshop.organisation(objectives)
    if not workshop.built(ours).exists():
        workshop.build(ours)
    plain = workshop.plain(objectives, in_navigation)
    mine, bare = in_turns([partial(workshop.build, ours), partial(workshop.build, plain)], rounds)
    ratio = mine.seconds / bare.seconds
    where = "all pages in the navigation" if in_navigation else "leaves out of the navigation"
    return [
        Row("ours, in turns with", objectives, _pages(workshop, ours), mine, f"{ratio:.2f}"),
        Row(f"Material alone, {where}", objectives, _pages(workshop, plain), bare, "1"),
    ], ratio


def _lint(workshop: Workshop, objectives: int, rounds: int) -> tuple[list[Row], float, float]:
    """Check the documents, again with what was kept of them, and read them, in turns."""
    site = workshop.organisation(objectives)
    jobs = [workshop.first_lint, workshop.lint, workshop.read]
    first, again, bare = in_turns([partial(job, site) for job in jobs], 2 * rounds + 1)
    ratio = first.seconds / bare.seconds
    return (
        [
            Row("okrsite lint, the first", objectives, None, first, f"{ratio:.2f}"),
            Row(
                "okrsite lint, again",
                objectives,
                None,
                again,
                f"{again.seconds / bare.seconds:.2f}",
            ),
            Row("reading the front matter alone", objectives, None, bare, "1"),
        ],
        ratio,
        again.processor / first.processor,
    )


def _help(workshop: Workshop, objectives: int, rounds: int) -> tuple[list[Row], float]:
    """List the commands, and start Python, in turns; the processor's time is compared."""
    site = workshop.organisation(objectives)
    listed, bare = in_turns(
        [partial(workshop.help, site), partial(workshop.start, site)], 2 * rounds + 1
    )
    ratio = listed.processor / bare.processor
    return [
        Row("okrsite --help", objectives, None, listed, f"{ratio:.2f}"),
        Row("starting Python alone", objectives, None, bare, "1"),
    ], ratio


def _pages(workshop: Workshop, site: Path) -> int:
    return len(pages_of(workshop.built(site)))


def largest_page(built: Path) -> float:
    """Return the kilobytes of the largest page of an objective on a built site."""
    return max(page.stat().st_size for page in (built / "okrs").rglob("index.html")) / 1000


def table(rows: Sequence[Row], verdicts: Sequence[Verdict]) -> str:
    """Print what was measured, and whether it is what is demanded."""
    head = f"{'':<45} {'objectives':>10} {'pages':>6} {'s':>7} {'CPU s':>7}"
    lines = [f"{head} {'ms each':>8} {'MB':>6} {'ratio':>6}"]
    for row in rows:
        found, pages = row.measured, "" if row.pages is None else row.pages
        each = 1000 * found.seconds / row.objectives
        lines.append(
            f"{row.name:<45} {row.objectives:>10} {pages:>6} {found.seconds:>7.2f}"
            f" {found.processor:>7.2f} {each:>8.2f} {found.megabytes:>6.0f} {row.ratio:>6}"
        )
    return "\n".join([*lines, "", *(verdict.line() for verdict in verdicts)])


def _settings() -> dict[str, str]:
    """Return the processes that are measured the same settings, whatever the day's are.

    Installed packages are compiled: where Python may not write what it compiles, it would compile
    all of ours at every start.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "NO_MKDOCS_2_WARNING": "1"}


def main() -> None:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, one round")
    parser.add_argument("--rounds", type=int, help="how often what is compared is built")
    parser.add_argument("--keep", type=Path, help="a folder to keep the sites in")
    arguments = parser.parse_args()
    sizes = QUICK if arguments.quick else FULL
    if arguments.rounds:
        sizes = Sizes(sizes.growth, sizes.compared, sizes.in_navigation, arguments.rounds)
    with tempfile.TemporaryDirectory(prefix="okrsite-benchmark-") as folder:
        print(table(*benchmark(Workshop(arguments.keep or Path(folder)), sizes)))
