"""The demo as a repository of its own: the documents as they were on each Monday of the year.

`python -m tests.demo_history FOLDER` makes it, so that the demo can be built with its change logs.
What its documents say is cut off at each day: check-ins, readings and rows are added as they come,
objectives when their cycle is near. A target is lowered on the way, and a file gets another name.
"""

import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from tests.histories import Past
from tests.sites import ROOT

FIRST, LAST = date(2026, 3, 30), date(2026, 11, 16)
WEEK, AHEAD = timedelta(days=7), timedelta(days=21)

STARTS = {
    "2026": date(2026, 1, 1), "2026-q2": date(2026, 4, 1), "2026-q3": date(2026, 7, 1),
    "2026-q4": date(2026, 10, 1), "2027-q1": date(2026, 11, 30), "2027": date(2026, 11, 30),
    "maratona-2027": date(2026, 11, 1),
}  # fmt: skip
"""When the cycles of the demo begin to be written about, three weeks later."""

AUTHORS = ["Katrin Senoner", "Marco Dallago", "Giulia Ferraro", "Jonas Weber", "Inès Moreau"]

LOWERED = "okrs/2026-q4/company/financial-targets.md"
LOWERED_ON = date(2026, 10, 26)
RENAMED, BEFORE = "okrs/2026-q4/sales/early-bird.md", "okrs/2026-q4/sales/spring-seats.md"
RENAMED_ON = date(2026, 10, 12)

_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_LIST = re.compile(r"^(check_ins|readings):\n((?:  .*\n)+)", re.MULTILINE)
_ITEM = re.compile(r"^  - ", re.MULTILINE)
_DONE = re.compile(r", done: (20[0-9]{2}-[0-9]{2}-[0-9]{2})")


def as_of(uri: str, text: str, day: date) -> str | None:
    """Return what stood in a file of the demo on a day; None where there was none yet."""
    parts = uri.split("/")
    start = STARTS.get(parts[1]) if parts[0] == "okrs" else None
    if start is not None and day < start - AHEAD:
        return None
    if uri.endswith(".csv"):
        head, *rows = text.splitlines(keepends=True)
        return "".join([head, *(row for row in rows if _known(row, day))])
    if parts[-2:-1] == ["check-ins"]:
        return text if _known(parts[-1], day) else None
    text = _LIST.sub(lambda found: _cut(found[1], found[2], day), text)
    return _DONE.sub(lambda found: found[0] if _known(found[1], day) else "", text)


def _known(text: str, day: date) -> bool:
    found = _DAY.search(text)
    return found is None or date.fromisoformat(found[0]) <= day


def _cut(name: str, items: str, day: date) -> str:
    found = [f"  - {item}" for item in _ITEM.split(items)[1:]]
    known = [item for item in found if _known(item.splitlines()[0], day)]
    return f"{name}:\n{''.join(known)}" if known else ""


def documents(day: date) -> dict[str, str]:
    """Return all files of the demo as they were on a day, but for the guide."""
    files: dict[str, str] = {}
    for file in sorted((ROOT / "content").rglob("*")):
        uri = file.relative_to(ROOT / "content").as_posix()
        if file.is_dir() or uri.startswith("guide/"):
            continue
        text = as_of(uri, file.read_text(encoding="utf-8"), day)
        if text is None:
            continue
        if uri == LOWERED and day < LOWERED_ON:
            text = text.replace("to: $600k", "to: $750k")
        if uri == RENAMED and day < RENAMED_ON:
            uri = BEFORE
        files[uri] = text
    return files


def mondays() -> Iterator[date]:
    """List the days on which something was written."""
    day = FIRST
    while day <= LAST:
        yield day
        day += WEEK


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Sort what changed by who owns it, by the folder that it is in; a file that went is empty."""
    found: dict[str, dict[str, str]] = {}
    for uri in sorted({*before, *after}):
        if before.get(uri) != after.get(uri):
            owner = "/".join(uri.split("/")[:3])
            found.setdefault(owner if uri.startswith("okrs/") else uri.split("/")[0], {})[uri] = (
                after.get(uri, "")
            )
    return found


def demo_history(folder: Path) -> Past:
    """Make the repository: a commit a week for each owner who had something to say."""
    configuration = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    past = Past(folder)
    past.configuration.write_text(
        re.sub(r"\n *history: false.*", "", configuration), encoding="utf-8"
    )
    shutil.copytree(ROOT / "content/guide", folder / "content/guide")
    known: dict[str, str] = {}
    for day in mondays():
        now = documents(day)
        for number, (_, files) in enumerate(sorted(changes(known, now).items())):
            author = AUTHORS[(day.toordinal() // 7 + number) % len(AUTHORS)]
            past.by(author, day.isoformat(), files)
        known = now
    return past


if __name__ == "__main__":
    demo_history(Path(sys.argv[1]))
