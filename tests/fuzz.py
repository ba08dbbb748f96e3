"""Documents the way careless and hostile hands write them, through everything that reads them.

`python -m tests.fuzz --minutes 60 --seed 1` makes small sites out of realistic documents, spoils
each in a few places, and follows it all the way: load, publish, score, judge, export, and every
page's view rendered. Nothing may raise, every score lies in 0 to 1, no text becomes markup, and no
title of a private document is published. Every example has a number, and follows from the seed and
that number alone: `--only 123` makes it again.
"""

import argparse
import copy
import inspect
import json
import os
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import okrsite.theme
import yaml
from markupsafe import Markup

from okrsite.build import Built, build
from okrsite.documents.source import each_source
from okrsite.exports.model import export, to_csv, to_json
from okrsite.findings import report
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.render import Renderer
from okrsite.scores import Scorecard
from okrsite.settings import Settings, read_settings
from tests.samples import Files, Shelf

DAYS = [
    date(2026, 11, 15), date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 1), date(1900, 1, 1),
    date(2999, 12, 31), date(2024, 2, 29),
]  # fmt: skip

ODD_NUMBERS: list[Any] = [
    "0", "-0", "1", "-1", "100%", "-5%", "1e308", "1e-320", "9" * 30, "9" * 400, "0." + "0" * 80,
    ".nan", "NaN", ".inf", "-.inf", "∞", "٣", "1_000", "12,5", "12,500", "5M", "-5bn", "$-3", "€5k",
    "4 days", "1 day", "3 °C", "6/10", "0/0", "7/6", "USD 5", "XXX 5", "5m", "999999T", 0, 10**30,
]  # fmt: skip

ODD_DAYS: list[Any] = [
    "2026-02-30", "99999-01-01", "1900-01-01", "2999-12-31", "0001-01-01", "2026-10-01",
    "2026-12-31", "2026-11-15", "2027-01-01", "26-1-1", date(2026, 11, 9),
]  # fmt: skip

ODD_TEXTS: list[Any] = [
    "", " ", "~", "null", "yes", "no", "true", "false", "x" * 3000, "İ", "ß", "é", "e\u0301", "😀",
    "\u202e", "\ufeff", "\u2028", "a\nb", "[*_`<&", "](", "![](x)", "`" * 50, "<script>alert(1)",
    "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "[x](javascript:alert(1))",
    "javascript:alert(1)", "data:text/html,x", "//host/x", "http://[", "%s %(x)s", "{{ 7*7 }}",
    "{% raw %}", "\\", "'", '"', "salary", "$5M",
]  # fmt: skip

ODD_REFERENCES: list[Any] = [
    "company", "COMPANY ", "sales", "people/eve", "eve", "grow", "grow#a", "grow#", "#a", "grow#zz",
    "okrs/2026-q4/sales/grow", "okrs/2026/company/vision", "vision#v", "nothing", "..", "../grow",
    "a//b", "/", ".", "csat", "kpis/csat", "2026", "2026-q4", "2026-Q4", "2026-h2", "2026-12",
    "2999-q4", "spring", "home", "win", "Grow",
]  # fmt: skip

ODD_SHAPES: list[Any] = [
    None, [], {}, [None], [[]], [[[["deep"]]]], {"x": {"y": {"z": "deep"}}}, ["a", "b"], {"a": "b"},
    {5: 1}, [{"title": "T"}], True, False, 3.5,
]  # fmt: skip

_ODD = [ODD_NUMBERS, ODD_DAYS, ODD_TEXTS, ODD_REFERENCES, ODD_SHAPES]


def _documents() -> dict[str, tuple[dict[str, Any], str]]:
    """Give the sound site that every example begins with: front matter and body by path."""
    return {
        "company.md": ({"type": "company", "title": "Acme"}, "What we are for."),
        "teams/sales.md": ({"type": "team", "title": "Sales"}, ""),
        "teams/field.md": ({"type": "team", "parent": "sales"}, "# In the field\n\nWe sell."),
        "people/eve.md": ({"type": "person", "team": "field", "title": "Eve"}, ""),
        "people/zoe.md": ({"type": "person", "team": "sales", "visibility": "private"}, ""),
        "cycles/spring.md": (
            {"type": "cycle", "start": "2026-09-15", "end": "2027-01-15", "closed": "2027-01-20"},
            "",
        ),
        "kpis/csat.md": (
            {
                "type": "kpi", "owner": "sales", "unit": "%", "keep": {"min": "85"},
                "alert": {"min": "75"}, "target": {"value": "95", "by": "2026-12-31"},
                "drives": ["churn"], "data": "csat.csv", "indicator": "leading",
                "readings": [
                    {"date": "2026-09-30", "value": "82", "note": "Holiday *backlog*"},
                    {"date": "2026-10-31", "value": "86%"},
                ],
            },
            "",
        ),
        "kpis/churn.md": (
            {"type": "kpi", "owner": "eve", "keep": {"max": "4"}, "visibility": "private",
             "readings": [{"date": "2026-10-05", "value": "3"}]},
            "",
        ),
        "okrs/2026/company/vision.md": (
            {
                "type": "objective", "title": "Be the first choice", "commitment": "committed",
                "key_results": [
                    {"id": "v", "title": "Everyone reaches it", "roll_up": True},
                    {"title": "Words only"},
                ],
                "grade": {"score": "0.6", "reason": "So far"},
            },
            "Why.\n\n## Retrospective\n\nWell done.",
        ),
        "okrs/2026-q4/sales/grow.md": (
            {
                "type": "objective", "title": "Grow", "aligns_to": ["vision#v"], "every": "2 weeks",
                "contributors": ["eve"], "tags": ["growth"],
                "key_results": [
                    {"id": "a", "title": "Double it", "from": "$5M", "to": "$10M", "weight": "2",
                     "plan": [["2026-10-31", "$6M"], ["2026-11-30", "$8M"]]},
                    {"id": "b", "title": "Answer sooner", "current": "6",
                     "scale": [["10", "0"], ["5", "0.7"], ["3", "1"]]},
                    {"id": "c", "title": "Launch", "due": "2026-11-30", "milestones": [
                        {"title": "Chosen", "done": "2026-10-09"},
                        {"title": "Moved", "weight": "2", "due": "2026-11-15", "progress": "50%"},
                    ]},
                    {"id": "d", "title": "Stay up", "keep": {"min": "99.9%"}},
                    {"id": "e", "title": "Please", "kpi": "csat", "to": "90", "aggregate": "mean"},
                    {"id": "f", "title": "Ship", "measured_by": "it is there", "done": "false"},
                    {"id": "g", "title": "Gone", "to": "4 days", "status": "cancelled"},
                ],
                "initiatives": [
                    {"title": "New page", "owner": "eve", "status": "doing", "key_result": "a",
                     "url": "https://example.com/42"},
                ],
                "check_ins": [
                    {"date": "2026-10-12", "confidence": "0.8", "values": {"a": "$5.5M"}},
                    {"date": "2026-11-09", "confidence": "6/10", "note": "Slipped.",
                     "values": {"a": "$6.1M", "d": {"value": "99.95%", "confidence": "0.3"}},
                     "blockers": ["Legal"], "next": "Close it"},
                ],
            },
            "Why this matters.",
        ),
        "okrs/2026-q4/eve/win.md": (
            {
                "type": "objective", "owners": ["eve", "zoe"], "aligns_to": "grow#a",
                "depends_on": "home", "status": "active",
                "key_results": [{"title": "Win", "to": "10", "owner": "eve"},
                                {"title": "On a private KPI", "kpi": "churn", "to": "1"}],
            },
            "# Win them\n",
        ),
        "okrs/spring/home.md": (
            {"type": "objective", "title": "Home", "owner": "company", "cycle": "spring",
             "visibility": "private", "key_results": [{"title": "Keep", "keep": {"max": "5"}}]},
            "",
        ),
        "check-ins/2026-11-10-sales.md": (
            {"type": "check-in", "owner": "sales", "updates": [
                {"objective": "grow", "values": {"d": "99.99%", "b": "4"}, "confidence": "0.7"},
                {"objective": "home", "values": {"kr1": "4"}, "note": "Quiet"},
            ]},
            "All in all a good week.",
        ),
    }  # fmt: skip


def example(seed: int, number: int) -> tuple[Files, date, Settings]:
    """Make an example: the files of a site, the day it is built for, and its settings."""
    dice = random.Random(f"{seed}/{number}")
    files: dict[str, str | bytes] = {"kpis/csat.csv": _table(dice)}
    for position, (uri, (fields, body)) in enumerate(_documents().items()):
        if fields.get("visibility") == "private":
            fields["title"] = f"Zebra{number}x{position}"
        if dice.random() < 0.03:
            continue
        fields = copy.deepcopy(fields)
        for _ in range(dice.choice([0] * 14 + [1, 1, 2, 4])):
            _spoil(dice, fields)
        files[_place(dice, uri)] = _written(dice, fields, body)
    options: dict[str, Any] = {"include_private": dice.random() < 0.1}
    if dice.random() < 0.2:
        options["commitment"] = "committed"
        options["thresholds"] = {"goal": dice.choice([1e-6, 0.5, 1])}
    return files, dice.choice(DAYS), read_settings(options)


def _table(dice: random.Random) -> str | bytes:
    rows = ["date,value,note", "2026-10-15,84%,fine", "2026-11-01,88,"]
    for _ in range(dice.choice([0, 0, 3])):
        day, value = dice.choice(ODD_DAYS), dice.choice(ODD_NUMBERS + ODD_TEXTS)
        rows.insert(dice.randrange(len(rows) + 1), f"{day},{value}")
    text = "\n".join(rows) + "\n"
    return _spoiled_text(dice, text) if dice.random() < 0.1 else text


def _place(dice: random.Random, uri: str) -> str:
    if dice.random() > 0.05:
        return uri
    folder, _, name = uri.rpartition("/")
    return dice.choice(
        [f"{folder}/2026/q3/{name}", f"{folder}/COMPANY/{name}", name, f"{folder}/é <b>/{name}",
         f"{folder}/index.md", f"{folder}/README.md", f"2026-13/{name}"]
    )  # fmt: skip


def _containers(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        if value:
            yield value
        for inside in value.values() if isinstance(value, dict) else value:
            yield from _containers(inside)


def _keys() -> list[str]:
    """List every name of a field that the sound site writes, and some that mean something else."""
    names = {"id", "hide", "template", "search", "ignore", "x-own", "description", "closed"}
    for fields, _ in _documents().values():
        for place in _containers(fields):
            names.update(place if isinstance(place, dict) else ())
    return sorted(names)


_KEYS = _keys()


def _spoil(dice: random.Random, fields: dict[str, Any]) -> None:
    """Change one thing somewhere in the fields of a document."""
    places = list(_containers(fields))
    if not places:
        return
    place = dice.choice(places)
    key = dice.choice(list(place) if isinstance(place, dict) else range(len(place)))
    if key in ("type", "cycle", "owner") and dice.random() < 0.8:
        return  # they leave out the whole document, and most should be read to their end
    match dice.randrange(8):
        case 0 | 1 | 2:
            place[key] = copy.deepcopy(dice.choice(dice.choice(_ODD)))
        case 3:
            del place[key]
        case 4:
            place[key] = [copy.deepcopy(place[key]), copy.deepcopy(place[key])]
        case 5:
            other = dice.choice(places)
            place[key] = copy.deepcopy(other)
        case 6 if isinstance(place, dict):
            place[dice.choice(_KEYS)] = copy.deepcopy(dice.choice(dice.choice(_ODD)))
        case 7 if isinstance(place, dict):
            place[dice.choice(_KEYS)] = place.pop(key)
        case _:
            place[key] = str(place[key])


def _written(dice: random.Random, fields: dict[str, Any], body: str) -> str | bytes:
    flow = dice.choice([None, None, True, False])
    front = yaml.safe_dump(
        fields, allow_unicode=dice.random() < 0.5, default_flow_style=flow, sort_keys=False
    )
    text = f"---\n{front}---\n{body}\n"
    return _spoiled_text(dice, text) if dice.random() < 0.04 else text


def _spoiled_text(dice: random.Random, text: str) -> str | bytes:
    """Change something in a text that has no structure: bytes, line ends, aliases, tags."""
    at = dice.randrange(len(text))
    match dice.randrange(9):
        case 0:
            return text.replace("\n", dice.choice(["\r\n", "\r", "\u2028"]))
        case 1:
            return b"\xef\xbb\xbf" + text.encode()
        case 2:
            return text.encode(dice.choice(["utf-16", "utf-8", "latin-1"]), errors="replace")
        case 3:
            return text[:at] + dice.choice(["\0", "\x07", "\t", "---\n", "&a ", "*a", "!!int "])
        case 4:
            return text[:at] + text[at + dice.randrange(20) :]
        case 5:
            raw = bytearray(text.encode())
            for _ in range(5):
                raw[dice.randrange(len(raw))] = dice.randrange(256)
            return bytes(raw)
        case 6:
            lines = text.splitlines(keepends=True)
            dice.shuffle(lines)
            return "---\n" + "".join(lines)
        case 7:
            return text.replace("title:", "x-a: &a [1, {b: 2}]\ntitle: *a\nignore:", 1)
        case _:
            return text.replace("type:", "<<: &m {title: Merged, <<: {id: m}}\ntype:", 1)


@dataclass(frozen=True)
class Shown:
    """What came of an example: the site, its data and its pages."""

    built: Built
    scorecard: Scorecard
    data: str
    pages: dict[str, str]


_WORDS = Words.of("en")
_RENDERER = Renderer([os.path.dirname(inspect.getfile(okrsite.theme))], _WORDS)
_PRIVATE_TITLE = re.compile(r"Zebra\d+x\d+")
_ACTIVE = re.compile(
    r"<script|<[a-z][^>\"]*\son[a-z]+\s*=|(?:href|src)=\"(?:javascript|data):",
    re.IGNORECASE,
)


def follow(files: Files, as_of: date, settings: Settings) -> Shown:
    """Take a site the whole way that a build takes it."""
    built = build(Shelf(files), settings, "Acme", as_of, _WORDS, Addresses())
    report.to_text(built.findings)
    report.to_json(built.findings)
    site = built.site
    model = export(site.project, site.scorecard, site.addresses.page)
    data = to_json(model) + to_csv(model)
    pages: dict[str, str] = {}
    for page in built.pages.values():
        address = site.addresses.page(page.uri)
        if page.takes_retrospective:
            view = page.build(address, Markup(""), Markup("Well"))  # type: ignore[call-arg]
        else:
            view = page.build(address, Markup(""))
        pages[page.uri] = _RENDERER.render(page.template, view)
    return Shown(built, site.scorecard, data, pages)


def judge(files: Files, settings: Settings, shown: Shown) -> None:
    """Raise AssertionError where what came of an example is not as it must be."""
    for name, share in _shares(shown.scorecard):
        assert share is None or 0 <= share <= 1, f"{name} is {share}"
    for found in shown.built.findings:
        assert found.line >= 1, found
        assert "\n" not in found.message, found
    json.loads(shown.data[: shown.data.rindex("}\n") + 2])
    for uri, page in shown.pages.items():
        active = _ACTIVE.search(page)
        assert active is None, f"{uri} acts: {page[active.start() :][:80]}"
    if not settings.include_private:
        said = "".join([shown.data, *shown.pages, *shown.pages.values()])
        for source, _ in each_source(Shelf(files)):
            for title in _PRIVATE_TITLE.findall(str(source)) if source and source.private else ():
                assert title not in said, f"{title} of {source.uri} is published"


def _shares(scorecard: Scorecard) -> Iterator[tuple[str, float | None]]:
    """List every figure that is a share from 0 to 1, with its name."""
    for id, figures in scorecard.objectives.items():
        yield f"{id} score", figures.score
        yield f"{id} computed", figures.computed
        yield f"{id} expected", figures.expected
        yield f"{id} support", figures.support
        for key, result in figures.key_results.items():
            yield f"{id}#{key} score", result.score
            yield f"{id}#{key} computed", result.computed
            yield f"{id}#{key} expected", result.expected
    for owner, cycles in scorecard.owners.items():
        for cycle, of_owner in cycles.items():
            yield f"{owner} {cycle} score", of_owner.score
            yield f"{owner} {cycle} expected", of_owner.expected


def run(seed: int, number: int) -> None:
    """Make one example and look at what comes of it."""
    files, as_of, settings = example(seed, number)
    judge(files, settings, follow(files, as_of, settings))


def _keep(folder: Path, seed: int, number: int) -> Path:
    """Write the files of an example, to be looked at."""
    files, as_of, _ = example(seed, number)
    place = folder / f"{seed}-{number}-{as_of}"
    for uri, content in files.items():
        file = place / uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return place


def main() -> int:
    """Run examples for some minutes, and say which of them failed; exit 1 where one did."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
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
    while time.monotonic() < end:
        began = time.process_time()
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
