"""What the program makes of the demo, as hashes: is everything the same after a change?

`python -m tests.snapshot NEW.json`, run in the folder of the project, builds the demo, the demo
with its history and a new site of `init`, runs the commands that print and some that write, and
notes a hash for each file and each output. `python -m tests.snapshot --compare OLD.json NEW.json`
names those that differ.

Nothing of the program is imported and only its commands are run, those of `.venv` beside it, so
that this file works unchanged before and after files are moved. What is built lies in a temporary
folder, so that nothing left by an earlier build is taken up. Nothing depends on the day:
SOURCE_DATE_EPOCH is set, the commits of the history have fixed days, and the path of the temporary
folder, wherever it is named, is replaced by a word.
"""

import argparse
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path.cwd()
BIN = ROOT / ".venv" / "bin"

SETTINGS = {
    "SOURCE_DATE_EPOCH": "1794744000",  # 15 November 2026, the day of the demo
    "TZ": "UTC", "LC_ALL": "C.UTF-8", "LANGUAGE": "", "COLUMNS": "100", "LINES": "40",
    "NO_COLOR": "1", "TERM": "dumb", "NO_MKDOCS_2_WARNING": "1", "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
}  # fmt: skip

PLACE = b"TEMPORARY"
"""What stands for the temporary folder in all that is hashed."""

PRINTED = [
    "export", "export --format csv", "export --as-of 2026-08-01", "lint --format json", "lint",
    "lint --format github", "lint --format sarif", "lint --as-of 2026-12-20",
    "lint --explain OKR203",
    "digest", "digest --format html", "digest sales --since 2026-10-01", "status", "status sales",
    "status --cycle 2026-q3", "close 2026-q3", "close 2026-q4 --as-of 2027-01-10", "schema",
    "schema objective", "schema check-in", "explain company", "explain sales --cycle 2026-q3",
    "explain financial-targets", "explain financial-targets --as-of 2026-10-31",
]  # fmt: skip
COMPARED = [
    "diff HEAD~60 HEAD", "diff HEAD~60 HEAD --format markdown", "diff HEAD~60 HEAD --format json",
    "diff HEAD~200 HEAD~100", "diff HEAD~3 --as-of 2026-11-20",
]  # fmt: skip
WRITTEN = [
    "carry financial-targets --to 2027-q1 --as-of 2026-12-20",
    "check-in financial-targets --set revenue=$520k --confidence 0.6 --note 'Slow' --anyway",
    "check-in frame-builder --confidence 0.4 --blocker 'No frames' --next 'Ask again'",
    "new team --title 'Ski school' --parent sales --anyway",
    "new person --title 'Élodie Aß' --anyway", "new cycle --title 2027-q2 --anyway",
    "new kpi --title 'Nights booked' --owner sales --value 40 --anyway",
    "new objective --owner sales --title 'Win back past guests' --aligns-to new-markets --private"
    " --key-result 'Past guests from 0 to 200' --key-result 'Answer, at most 3 days' --anyway",
    "new check-in --owner sales", "lint",
]  # fmt: skip
JUDGED = ["lint --format json", "lint", "lint --format sarif", "export", "status"]


def snapshot(blanks: bool, keep: Path | None) -> dict[str, str]:
    """Build and run everything, and give the hash of each file and output by its name."""
    with tempfile.TemporaryDirectory(prefix="okrsite-snapshot-") as name:
        folder = Path(name).resolve()
        made = folder / "made"
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            jobs = [pool.submit(job, folder, made) for job in JOBS]
            for job in jobs:
                job.result()
        files = {
            file.relative_to(made).as_posix(): file.read_bytes().replace(os.fsencode(folder), PLACE)
            for file in sorted(made.rglob("*"))
            if file.is_file()
        }
    if keep:
        shutil.rmtree(keep, ignore_errors=True)
        for uri, content in files.items():
            (keep / uri).parent.mkdir(parents=True, exist_ok=True)
            (keep / uri).write_bytes(content)
    change = without_blanks if blanks else _as_it_is
    return {uri: hashlib.sha256(change(uri, files[uri])).hexdigest() for uri in sorted(files)}


def demo(folder: Path, made: Path) -> None:
    """Build the demo as it is, and run the commands that print something of it."""
    site = folder / "demo"
    _copy(site)
    _build(site, made / "demo")
    _print(site, made / "commands", PRINTED)
    _run("okrsite", "init", "started", cwd=folder)
    shutil.copytree(folder / "started", made / "init", ignore=shutil.ignore_patterns(".git"))


def history(folder: Path, made: Path) -> None:
    """Build the demo with its history, and compare its revisions."""
    site = folder / "history"
    module = next((ROOT / "tests").rglob("demo_history.py")).relative_to(ROOT)
    _run("python", "-m", ".".join(module.with_suffix("").parts), str(site), cwd=ROOT)
    _build(site, made / "history")
    _print(site, made / "commands of history", [*COMPARED, "digest", "lint --format json"])


def judged(folder: Path, made: Path) -> None:
    """Take a line out of each document of the demo, and print what is said of the mistakes."""
    site = folder / "damaged"
    _copy(site)
    for number, file in enumerate(sorted((site / "content").rglob("*.md"))):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        del lines[1 + number % min(9, len(lines) - 1)]
        file.write_text("".join(lines), encoding="utf-8")
    _print(site, made / "commands of damaged", JUDGED)


def written(folder: Path, made: Path) -> None:
    """Run commands that write documents, and keep what they say and what they wrote."""
    site = folder / "written"
    _copy(site)
    _print(site, made / "commands that write", WRITTEN)
    for file in (site / "content").rglob("*.md"):
        before, uri = ROOT / file.relative_to(site), file.relative_to(site)
        if not before.exists() or before.read_bytes() != file.read_bytes():
            (made / "written" / uri).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, made / "written" / uri)


def helped(folder: Path, made: Path) -> None:
    """Print the help of every command and of those below it."""
    folder.mkdir(parents=True, exist_ok=True)
    waiting = [""]
    while waiting:
        words = waiting.pop()
        said = _print(folder, made / "help", [f"{words} --help".strip()])
        commands = said.partition("\nCommands:\n")[2].partition("\n\n")[0]
        waiting += [f"{words} {name}".strip() for name in re.findall(r"(?m)^  (\S+)", commands)]


JOBS = [history, demo, helped, judged, written]
"""What is made; those that take longest come first, as they run beside each other."""


def _copy(site: Path) -> None:
    site.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", site)
    shutil.copytree(ROOT / "content", site / "content")


def _build(site: Path, target: Path) -> None:
    done = _run("mkdocs", "build", "--strict", "--quiet", "-d", str(target), cwd=site)
    if done.returncode:
        sys.exit(f"the site of {site.name} cannot be built:\n{done.stdout}")


def _print(site: Path, target: Path, lines: list[str]) -> str:
    """Run commands, and keep how each ended and what it printed."""
    target.mkdir(parents=True, exist_ok=True)
    said = ""
    for line in lines:
        done = _run("okrsite", *shlex.split(line), cwd=site)
        said = done.stdout
        (target / line.replace("/", "-")).write_text(f"{said}\nstatus {done.returncode}\n")
    return said


def _run(command: str, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / command, *words], cwd=cwd, env={**os.environ, **SETTINGS}, text=True, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


# Blanks

_AS_WRITTEN = ("pre", "code", "textarea", "script", "style")
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi bdo button cite code data del dfn em i img input ins kbd label mark meter"
        " output progress q s samp select small span strong sub sup svg time tspan u var wbr",
    )
)
_REST = r"""\b(?:[^"'>]|"[^"]*"|'[^']*')*>"""
_MARKUP = re.compile(
    rf"(?P<head><(?P<name>{'|'.join(_AS_WRITTEN)}){_REST})(?P<body>.*?</(?P=name)>)"
    rf"|(?P<comment><!--.*?-->)|(?P<tag></?[a-zA-Z][\w-]*{_REST})",
    re.DOTALL | re.IGNORECASE,
)
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_ATTRIBUTE = re.compile(r"""(?s)\s+([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")


def _as_it_is(uri: str, content: bytes) -> bytes:
    return content


def without_blanks(uri: str, content: bytes) -> bytes:
    """Write what is HTML with the same blanks, however its templates are indented.

    A run of blanks is one. None is left beside the tag of a block, as no reader sees it there;
    between words, and between the tags of inline elements, whether there is one makes a
    difference. In what the search reads the texts are written so as well.
    """
    if uri.endswith(".html"):
        return _written(content.decode()).encode()
    if uri.endswith("search_index.json"):
        return json.dumps(_texts(json.loads(content), _written)).encode()
    return content


def _texts(value: object, change: Callable[[str], str]) -> object:
    match value:
        case str():
            return change(value)
        case list():
            return [_texts(item, change) for item in value]
        case dict():
            return {name: _texts(item, change) for name, item in value.items()}
    return value


def _written(html: str) -> str:
    pieces = [*_pieces(html)]
    written: list[str] = []
    for number, (text, inline) in enumerate(pieces):
        if inline is None:
            before = number == 0 or pieces[number - 1][1]
            after = number + 1 == len(pieces) or pieces[number + 1][1]
            text = re.sub(r"[ \t\r\n\f]+", " ", text)
            text = text if before else text.removeprefix(" ")
            text = text if after else text.removesuffix(" ")
        written.append(text)
    return "".join(written)


def _pieces(html: str) -> Iterator[tuple[str, bool | None]]:
    """Split HTML into tags, with whether each is inline, and what stands between, with None."""
    end = 0
    for found in _MARKUP.finditer(html):
        if found.start() > end:
            yield html[end : found.start()], None
        end = found.end()
        if found["head"]:
            yield _tag(found["head"]) + found["body"], found["name"].lower() in _INLINE
        elif found["comment"]:
            yield found["comment"], True
        else:
            name = _NAME.match(found["tag"])
            yield _tag(found["tag"]), name is not None and name[1].lower() in _INLINE
    if end < len(html):
        yield html[end:], None


def _tag(tag: str) -> str:
    """Write a tag with one blank before each attribute and between the names of classes."""
    name = _NAME.match(tag)
    if name is None:
        return tag
    attributes = [
        found[1] if found[2] is None else f"{found[1]}={_value(found[1], found[2])}"
        for found in _ATTRIBUTE.finditer(tag, name.end())
    ]
    slash = "/" if tag.endswith("/>") else ""
    return " ".join([name[0], *attributes]) + slash + ">"


def _value(attribute: str, value: str) -> str:
    if attribute.lower() != "class" or value[0] not in "\"'":
        return value
    return value[0] + " ".join(value[1:-1].split()) + value[0]


def difference(old: Path, new: Path) -> list[str]:
    """Name what is not the same in two snapshots."""
    before, after = (json.loads(file.read_text(encoding="utf-8")) for file in (old, new))
    words = {(True, False): "gone", (False, True): "new", (True, True): "differs"}
    return [
        f"{words[name in before, name in after]}: {name}"
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]


def main() -> int:
    """Make a snapshot, or compare two."""
    parser = argparse.ArgumentParser(prog="python -m tests.snapshot", description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, help="where the hashes are written")
    parser.add_argument("--blanks", action="store_true", help="blanks in HTML make no difference")
    parser.add_argument("--keep", type=Path, help="a folder for what is hashed, emptied before")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("OLD", "NEW"))
    asked = parser.parse_args()
    if asked.compare:
        found = difference(*asked.compare)
        print("\n".join([*found, f"{len(found)} differ" if found else "no difference"]))
        return int(bool(found))
    if not asked.out:
        parser.error("name the file for the hashes, or --compare two of them")
    hashes = snapshot(asked.blanks, asked.keep)
    asked.out.write_text(json.dumps(hashes, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(hashes)} hashes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
