"""How long it takes to read who changed what: `python -m tests.benchmarks.history`.

A repository of many commits is made by `git fast-import`, each commit changing one objective. What
reading it takes is set beside the least that it could take: `git log --raw`, and all the contents
that it names from `git cat-file --batch`.
"""

import argparse
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from okrsite.documents.folder import Folder
from okrsite.history.git import Repository
from okrsite.history.log.cache import HistoryCache
from okrsite.history.log.read import read_history
from okrsite.history.log.resolve_old_references import CurrentNames
from okrsite.history.log.version_reader import HistorySource
from okrsite.language.wording import Words
from okrsite.project.load import read_documents, resolve
from okrsite.settings import read_settings
from okrsite.util.memory import gc_paused
from tests.benchmarks.organisation import AS_OF, CHECK_INS, CONFIGURATION, documents

COLD, WARM = 10.0, 0.1
"""Reading without what is remembered beside git alone; reading again beside the first time."""

ROOT = Path(__file__).resolve().parents[2]

_NAMED = re.compile(rb":\d+ \d+ ([0-9a-f]{40}) ([0-9a-f]{40}) ")
_FIRST_DAY = datetime(2026, 10, 1, 8, tzinfo=UTC)
_AUTHORS = ["Ada Adler", "Bruno Berger", "Chiara Costa", "David Dubois", "Elena Evans"]


def write_history(folder: Path, objectives: int, commits: int, seed: int = 2026) -> None:
    """Make a repository whose first commit has an organisation, and each later one a change."""
    folder.mkdir(parents=True)
    _git(folder, "init", "-q", "-b", "main", ".")
    stream = b"".join(_stream(objectives, commits, seed))
    _git(folder, "fast-import", "--quiet", stdin=stream)
    _git(folder, "reset", "-q", "--hard", "main")


def _git(folder: Path, *words: str, stdin: bytes = b"") -> bytes:
    done = subprocess.run(["git", *words], cwd=folder, input=stdin, capture_output=True, check=True)
    return done.stdout


def _stream(objectives: int, commits: int, seed: int) -> Iterator[bytes]:
    random = Random(seed)
    options = f"  - okrsite:\n      as_of: {AS_OF}\n"
    texts = dict(documents(objectives, seed))
    versions = {uri: _versions(text, random) for uri, text in texts.items() if "okrs/" in uri}
    yield from _commit(0, "The organisation", random)
    yield _file("mkdocs.yml", CONFIGURATION + options)
    for uri, text in texts.items():
        yield _file(f"content/{uri}", next(versions[uri]) if uri in versions else text)
    names = sorted(versions)
    for number in range(1, commits + 1):
        uri = names[number % len(names)] if number % 3 else random.choice(names)
        yield from _commit(number, f"Change {number}", random)
        yield _file(f"content/{uri}", next(versions[uri]))


def _versions(text: str, random: Random) -> Iterator[str]:
    """Return the states of an objective: the check-ins come one by one, and then it is changed."""
    lines = text.split("\n")
    starts = [i for i, line in enumerate(lines) if line.startswith("  - date:")]
    end = lines.index("---", 1)
    head, body = lines[: starts[0] - 1], lines[end:]
    yield "\n".join(head + body)
    for number in range(CHECK_INS):
        last = starts[number + 1] if number + 1 < CHECK_INS else end
        yield "\n".join(lines[:last] + body)
    while True:
        # One change in five moves a target, the others correct what a check-in said.
        field = "    to: " if random.random() < 0.2 else "      reach: "
        at = random.choice([i for i, line in enumerate(lines) if line.startswith(field)])
        digits = "".join(sign for sign in lines[at] if sign.isdigit() or sign == ".")
        lines[at] = lines[at].replace(digits, f"{random.randint(100, 999)}.5")
        yield "\n".join(lines)


def _commit(number: int, message: str, random: Random) -> Iterator[bytes]:
    at = _FIRST_DAY + timedelta(minutes=3 * number)
    name = random.choice(_AUTHORS)
    who = f"{name} <{name.split()[0].lower()}@example.com> {int(at.timestamp())} +0000"
    yield f"commit refs/heads/main\nauthor {who}\ncommitter {who}\n".encode()
    yield f"data {len(message.encode())}\n{message}\n".encode()


def _file(path: str, text: str) -> bytes:
    content = text.encode()
    return b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(content), content)


def least(folder: Path) -> None:
    """Do what cannot be avoided: ask git for the log, and for every content that it names."""
    raw = _git(
        folder, "log", "--raw", "-z", "--no-abbrev", "--no-renames", "--format=%H", "--", "content"
    )
    named = {id for pair in _NAMED.findall(raw) for id in pair} - {b"0" * 40}
    _git(folder, "cat-file", "--batch", stdin=b"".join(id + b"\n" for id in sorted(named)))


def read(folder: Path, fresh: bool) -> None:
    """Read the history of a repository as a build does."""
    memory = folder / ".cache" / "history.json"
    if fresh:
        memory.unlink(missing_ok=True)
    settings, tree = read_settings({}), Folder(folder, folder / "content")
    with gc_paused():
        project, around = resolve(tree, *read_documents(tree), settings, "Acme", keep=False)
        with Repository.of(folder) as repository:
            start = time.perf_counter(), time.process_time()
            cache = HistoryCache(memory, "benchmark")
            source = HistorySource(repository, repository.commit("HEAD"), "content", cache)
            current = CurrentNames(around.registry.names, project, project)
            history = read_history(source, current, settings, Words.of("en"))
            cache.write()
            seconds, processor = time.perf_counter() - start[0], time.process_time() - start[1]
    told = sum(map(len, history.documents.values()))
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor += children.ru_utime + children.ru_stime
    print(seconds, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, told)


def benchmark(folder: Path, rounds: int) -> list[tuple[str, float, float, float]]:
    """Measure in turns; give for each job the medians of seconds, of the processor, and of memory
    in megabytes."""
    jobs: dict[str, Callable[[], list[float]]] = {
        "git alone": lambda: _least(folder),
        "cold": lambda: _own(folder, "--cold"),
        "warm": lambda: _own(folder, "--warm"),
    }
    found: dict[str, list[list[float]]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            found[name].append(job())
    return [
        (name, *(statistics.median(one[place] for one in measured) for place in range(3)))
        for name, measured in found.items()
    ]


def _least(folder: Path) -> list[float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    least(folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [time.perf_counter() - start, used, 0.0]


def _own(folder: Path, how: str) -> list[float]:
    words = [sys.executable, "-m", "tests.benchmarks.history", how, str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT)
    seconds, processor, memory, _ = map(float, done.stdout.split())
    return [seconds, processor, memory / 1000]


def table(found: list[tuple[str, float, float, float]]) -> str:
    """Write the figures, and whether the demands are met: by the time of the processor, because
    the machine may be busy with other things."""
    lines = [f"{'':12}{'seconds':>10}{'processor':>12}{'MB':>8}"]
    lines += [f"{name:12}{wall:10.2f}{cpu:12.2f}{mb:8.0f}" for name, wall, cpu, mb in found]
    (_, _, alone, _), (_, _, cold, _), (_, _, warm, _) = found
    for demand, ratio, most in (
        ("cold beside git alone", cold / alone, COLD),
        ("warm beside cold", warm / cold, WARM),
    ):
        word = "met" if ratio <= most else "NOT MET"
        lines.append(f"{demand}: {ratio:.2f}, at most {most}: {word}")
    return "\n".join(lines)


def main() -> None:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--objectives", type=int, default=2_000)
    parser.add_argument("--commits", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="a repository that was made before")
    parser.add_argument("--cold", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--warm", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.cold or asked.warm:
        read(asked.cold or asked.warm, fresh=bool(asked.cold))
        return
    aside = Path(tempfile.mkdtemp(prefix="okrsite-history-"))
    try:
        folder = asked.folder or aside / "site"
        if not asked.folder:
            write_history(folder, asked.objectives, asked.commits)
        print(table(benchmark(folder, asked.rounds)))
    finally:
        shutil.rmtree(aside)


if __name__ == "__main__":
    main()
