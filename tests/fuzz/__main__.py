"""Runs examples for some minutes, and says which of them failed."""

import argparse
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

import tests.fuzz
from tests.fuzz.examples import example, run

_PATIENCE = 120
"""Seconds of work until an example counts as one that never ends."""


def _never_ends(*_: Any) -> None:
    raise TimeoutError("it takes minutes")


def _keep(folder: Path, seed: int, number: int) -> Path:
    """Write the files of an example, to be looked at."""
    made = example(seed, number)
    place = folder / f"{seed}-{number}-{made.as_of}"
    made.write(place)
    return place


def main() -> int:
    """Run examples for some minutes, and say which of them failed; exit 1 where one did."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=tests.fuzz.__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first example")
    parser.add_argument("--only", type=int, help="run this example alone, and show its error")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="where failures go")
    asked = parser.parse_args()
    if asked.only is not None:
        run(asked.seed, asked.only)
        return 0
    failures: Counter[str] = Counter()
    number, slowest = asked.first, (0.0, 0)
    end = time.monotonic() + asked.minutes * 60
    if hasattr(signal, "SIGPROF"):  # a busy machine makes no example fail
        signal.signal(signal.SIGPROF, _never_ends)
    while time.monotonic() < end:
        began = time.process_time()
        if hasattr(signal, "SIGPROF"):
            signal.setitimer(signal.ITIMER_PROF, _PATIENCE)
        try:
            run(asked.seed, number)
        except KeyboardInterrupt:
            break
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
            failures[kind] += 1
            if failures[kind] == 1:
                place = _keep(asked.keep, asked.seed, number)
                print(f"example {number}: {kind}: {error}\n  in {place}", flush=True)
        slowest = max(slowest, (time.process_time() - began, number))
        number += 1
    print(f"{number - asked.first} examples of seed {asked.seed}, {sum(failures.values())} failed")
    print(f"the slowest took {slowest[0]:.2f} s: example {slowest[1]}")
    for kind, count in failures.most_common():
        print(f"{count:6}  {kind}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
