"""What a reader's browser loads: `python -m tests.benchmarks.weight` builds sites and weighs them.

The pages are read as a browser would read them, with the files that their heads and bodies name.
With `--search` the first answer of the search is timed in headless Chromium as well.
"""

import argparse
import gzip
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from lxml import html

from tests.benchmarks.run import Measured, Verdict, Workshop

LARGEST_HOME = 300
"""Compressed kilobytes of the home page and all that its first view needs."""

LARGEST_STYLES, LARGEST_SCRIPTS = 30, 30
"""Compressed kilobytes of all our styles, and of all our scripts before the chart library."""

PAUSE = 1.0
"""Seconds between opening the search and the first words, the least that people take."""

LARGEST_OBJECTIVE = 40
"""Kilobytes of HTML of the page of an objective, as it is."""

_OURS = "okr"
_MADE = "found.js"
_NEEDED = "//link[@rel='stylesheet']/@href | //script/@src | //img/@src"


def first_view(site: Path, address: str = "index.html") -> int:
    """Return the compressed bytes of a page of a built site and of all files that it names."""
    page = site / address
    return sum(map(_compressed, (page, *dict.fromkeys(_named(site, page)))))


def _named(site: Path, page: Path) -> Iterator[Path]:
    for address in html.document_fromstring(page.read_bytes()).xpath(_NEEDED):
        path = address.partition("?")[0].partition("#")[0]
        folder = site if path.startswith("/") else page.parent
        yield folder / path.lstrip("/")


def ours(site: Path, ending: str) -> int:
    """Return the compressed bytes of all our files of a kind, whichever pages load them.

    The chart library lies in a folder of its own, and what a build makes is data.
    """
    files = (site / _OURS).glob(f"*{ending}")
    return sum(_compressed(file) for file in files if file.name != _MADE)


def _compressed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))


def largest_objective(site: Path) -> int:
    """Return the bytes of the largest page of an objective."""
    return max(page.stat().st_size for page in (site / "okrs").rglob("*.html"))


def verdicts(site: Path, objectives: int) -> list[Verdict]:
    """Return whether the pages of a built organisation are light enough."""
    found = [
        (f"compressed KB of the home page at {objectives}", first_view(site), LARGEST_HOME),
        ("KB of HTML of the largest page of an objective", largest_objective(site),
         LARGEST_OBJECTIVE),
        ("compressed KB of all our styles", ours(site, ".css"), LARGEST_STYLES),
        ("compressed KB of all our scripts", ours(site, ".js"), LARGEST_SCRIPTS),
    ]  # fmt: skip
    return [Verdict(demand, size / 1000, most) for demand, size, most in found]


def with_pagefind(workshop: Workshop, objectives: int) -> Path:
    """Return the folder of an organisation that Pagefind searches."""
    plain = workshop.organisation(objectives)
    site = plain.with_name(f"{plain.name}-pagefind")
    if not site.exists():
        shutil.copytree(plain, site)
        configuration = yaml.safe_load((site / "mkdocs.yml").read_text(encoding="utf-8"))
        for plugin in configuration["plugins"]:
            if "okrsite" in plugin and isinstance(plugin, dict):
                plugin["okrsite"]["search"] = "pagefind"
        (site / "mkdocs.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    return site


@dataclass(frozen=True, slots=True)
class Answer:
    """How long the first answer takes, in seconds: from the key, and from the open page."""

    from_key: float
    from_page: float
    kilobytes: float


def first_answer(
    base: str, words: str, pagefind: bool, pause: float = 0, rounds: int = 5
) -> Answer:
    """Time the first answer of a search that was never asked, in a browser without a cache.

    The words are put in at once, so what is measured is the search and not the typing: at the
    moment the search is opened, or after a pause in seconds, as people take one. `from_page`
    counts from the moment that the page was asked for. Kilobytes are those that the search
    loaded, as they lie on the disk.
    """
    from playwright.sync_api import sync_playwright

    from tests.browser.install import find_browser

    found = []
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        for _ in range(rounds):
            page = browser.new_page()
            sizes: list[int] = []
            start = time.perf_counter()
            page.goto(f"{base}/", wait_until="load")
            opened = time.perf_counter() - start
            page.on("response", lambda response, to=sizes: to.append(_length(response.headers)))
            took = page.evaluate(_ASK, [words, pagefind, 1000 * pause]) / 1000
            found.append(Answer(took, opened + took, sum(sizes) / 1000))
            page.close()
        browser.close()
    return Answer(
        statistics.median(answer.from_key for answer in found),
        statistics.median(answer.from_page for answer in found),
        max(answer.kilobytes for answer in found),
    )


def _length(headers: dict[str, str]) -> int:
    return int(headers.get("content-length", 0))


_ASK = """async ([words, pagefind, pause]) => {
  const [box, result] = pagefind
    ? [".okr-search__text", ".okr-search__link"]
    : ["input.md-search__input", "a.md-search-result__link"]
  const field = document.querySelector(box)
  const opened = performance.now()
  if (pagefind) document.querySelector(".okr-search__open").click()
  field.focus()
  await new Promise(done => setTimeout(done, pause))
  const start = pause ? performance.now() : opened
  field.value = words
  field.dispatchEvent(new InputEvent("input", { bubbles: true }))
  field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }))
  while (!document.querySelector(result)?.getClientRects().length) {
    if (performance.now() - start > 60000) throw new Error("no answer in a minute")
    await new Promise(requestAnimationFrame)
  }
  return performance.now() - start
}"""


def _search(workshop: Workshop, objectives: int, pagefind: bool) -> str:
    """Build an organisation with a search, and say what the search costs."""
    from tests.sites import served

    name = "Pagefind" if pagefind else "Material"
    site = with_pagefind(workshop, objectives) if pagefind else workshop.organisation(objectives)
    done = workshop.built(site).exists()
    measured = Measured(0.0, 0.0, 0.0) if done else workshop.build(site)
    built = workshop.built(site)
    answer = first_answer(served(built), "northern markets", pagefind)
    paused = first_answer(served(built), "northern markets", pagefind, pause=PAUSE)
    folder = built / ("pagefind" if pagefind else "search")
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
    return (
        f"{name:<10} {objectives:>10} {measured.seconds:>8.1f} {measured.processor:>8.1f}"
        f" {measured.megabytes:>6.0f} {size:>9.2f} {answer.kilobytes:>9.0f}"
        f" {paused.from_key:>12.2f} {answer.from_key:>8.2f} {answer.from_page:>9.2f}"
    )


_HEAD = (
    f"{'search':<10} {'objectives':>10} {'build s':>8} {'CPU s':>8} {'MB':>6}"
    f" {'index MB':>9} {'loaded KB':>9} {'after pause s':>12} {'at once':>8} {'from page':>9}"
)


def main() -> None:
    """Build, weigh, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.weight", description=__doc__)
    parser.add_argument("--search", action="store_true", help="time the search in Chromium")
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000], help="objectives")
    parser.add_argument("--keep", type=Path, help="a folder to keep the sites in")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="okrsite-weight-") as folder:
        workshop = Workshop(arguments.keep or Path(folder))
        if arguments.search:
            print(_HEAD)
            for size in arguments.sizes:
                for pagefind in (False, True):
                    print(_search(workshop, size, pagefind), flush=True)
            return
        for size in arguments.sizes:
            site = workshop.organisation(size)
            if not workshop.built(site).exists():
                workshop.build(site)
            print("\n".join(verdict.line() for verdict in verdicts(workshop.built(site), size)))


if __name__ == "__main__":
    main()
