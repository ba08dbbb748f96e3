"""Findings that are known and accepted for now, so that only new ones are reported."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from okrsite.findings.finding import Finding, Severity

FORMAT = "okrsite-baseline/1"

_COUNTED = re.compile(r"(`[^`]*`|“[^”]*”)|\d+(?:[.,:/-]\d+)*")

Identity = tuple[str, str, str]
"""A finding without what changes by itself: its code, its path, and what is said."""


class BaselineError(ValueError):
    """A baseline cannot be read; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings beside a baseline: those that are new, and how many others there are.

    `solved` counts what the baseline has and is found no more.
    """

    new: tuple[Finding, ...]
    known: int
    solved: int


def identity(finding: Finding) -> Identity:
    """Tell what makes a finding the same tomorrow, when its line has moved.

    Days and counts in the sentence are left out, because they change by themselves; what it
    quotes stays.
    """
    said = _COUNTED.sub(lambda match: match[1] or "…", finding.message)
    return finding.code, finding.path, said


def count(findings: Iterable[Finding]) -> Counter[Identity]:
    """Return the baseline of findings: how often each is there."""
    return Counter(identity(finding) for finding in findings)


def compare(
    findings: Iterable[Finding], known: Mapping[Identity, int], whole: bool = True
) -> Compared:
    """Tell which findings are new; of more than are known, the last ones are.

    What is missing is solved only where the `whole` project was looked at.
    """
    left = Counter(known)
    new = []
    for finding in findings:
        if left[identity(finding)] > 0:
            left[identity(finding)] -= 1
        else:
            new.append(finding)
    solved = left.total() if whole else 0
    return Compared(tuple(new), sum(known.values()) - left.total(), solved)


def to_json(known: Mapping[Identity, int]) -> str:
    """Write a baseline: sorted, so that a change of it is easy to review."""
    entries = [
        {"code": code, "path": path, "message": said, "count": number}
        for (code, path, said), number in sorted(known.items())
    ]
    return json.dumps({"format": FORMAT, "findings": entries}, indent=1, ensure_ascii=False) + "\n"


def read_baseline(text: str) -> Counter[Identity]:
    """Read what `to_json` writes; raise BaselineError where it is something else."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BaselineError(f"line {error.lineno} is not valid JSON") from None
    except (RecursionError, ValueError):
        raise BaselineError("it is not valid JSON") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BaselineError(f"it does not say `format: {FORMAT}`")
    entries = data.get("findings")
    if not isinstance(entries, list):
        raise BaselineError("its `findings` are not a list")
    known: Counter[Identity] = Counter()
    for position, entry in enumerate(entries, 1):
        known.update(_entry(position, entry))
    return known


def _entry(position: int, entry: object) -> dict[Identity, int]:
    fields = entry if isinstance(entry, dict) else {}
    code, path, said = (fields.get(name) for name in ("code", "path", "message"))
    number = fields.get("count")
    texts = isinstance(code, str) and isinstance(path, str) and isinstance(said, str)
    if not texts or not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise BaselineError(
            f"finding {position} of it lacks a code, a path, a message or a count from 1"
        )
    return {(str(code), str(path), str(said)): number}


_LINE = re.compile(r":\d+")
_ORDER = list(Severity)


def compare_findings(
    before: Iterable[Finding], after: Iterable[Finding], moved: Mapping[str, str],
    unsaid: frozenset[str],
) -> tuple[list[Finding], list[Finding]]:  # fmt: skip
    """Return the new findings and those that are solved, errors first.

    A finding that only stands on another line is the same, also when it speaks of that line.
    `moved` gives the paths of files before and after, `unsaid` the paths that are kept quiet.
    """
    was = [f for f in before if unsaid.isdisjoint((f.path, *f.mentions))]
    now = [f for f in after if unsaid.isdisjoint((f.path, *f.mentions))]
    old = Counter(_key(f, moved.get(f.path, f.path)) for f in was)
    new = Counter(_key(f, f.path) for f in now)
    return _beyond(now, old, {}), _beyond(was, new, moved)


def _beyond(
    findings: Iterable[Finding], known: Counter[tuple[str, str, str]], moved: Mapping[str, str]
) -> list[Finding]:
    left = Counter(known)
    found: list[Finding] = []
    for finding in findings:
        key = _key(finding, moved.get(finding.path, finding.path))
        if left[key]:
            left[key] -= 1
        else:
            found.append(finding)
    return sorted(found, key=lambda f: (_ORDER.index(f.severity), f.path, f.line, f.code))


def _key(finding: Finding, path: str) -> tuple[str, str, str]:
    return finding.code, path, _LINE.sub("", finding.message)
