"""Findings that are known and accepted for now, so that only new ones are reported."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from okrsite.findings.finding import Finding, Severity
from okrsite.i18n import phrase

FORMAT = "okrsite-baseline/1"

_COUNTED = re.compile(r"(`[^`]*`|“[^”]*”)|\d+(?:[.,:/-]\d+)*")
_LINE = re.compile(r":\d+")
_SEVERITIES = list(Severity)

Identity = tuple[str, str, str]
"""A finding without what changes by itself: its code, its path and its message."""


class BaselineError(ValueError):
    """A baseline cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings compared with a baseline: the new ones, and how many others there are.

    `solved` counts those of the baseline that are no longer found.
    """

    new: tuple[Finding, ...]
    known: int
    solved: int

    def notes(self, file: Path) -> list[str]:
        """Return how many findings the baseline in a file suppresses, and how many are solved."""
        known = phrase(
            "not reported, already in %(file)s: %(number)s", file=file, number=self.known
        )
        solved = phrase(
            "fixed since %(file)s: %(number)s; shrink it with --write-baseline",
            file=file,
            number=self.solved,
        )
        return [*([known] if self.known else []), *([solved] if self.solved else [])]


def identity(finding: Finding) -> Identity:
    """Return what makes a finding the same tomorrow, when its line has moved.

    Days and counts in its message are left out, because they change by themselves; what it quotes
    stays.
    """
    message = _COUNTED.sub(lambda match: match[1] or "…", finding.message)
    return finding.code, finding.path, message


def identity_without_lines(finding: Finding) -> Identity:
    """Return what makes a finding the same when nothing but lines have moved."""
    return finding.code, finding.path, _LINE.sub("", finding.message)


def subtract(
    findings: Iterable[Finding],
    known: Mapping[Identity, int],
    identify: Callable[[Finding], Identity] = identity,
) -> tuple[list[Finding], int]:
    """Return the findings that are not known, and how many of the known are not found.

    Of more than are known, the last ones are new.
    """
    left = Counter(known)
    new = []
    for finding in findings:
        if left[identify(finding)] > 0:
            left[identify(finding)] -= 1
        else:
            new.append(finding)
    return new, left.total()


def new_findings(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """Return the findings that were not there before; one whose line has moved is not new."""
    known = Counter(map(identity_without_lines, before))
    return subtract(after, known, identity_without_lines)[0]


def count(findings: Iterable[Finding]) -> Counter[Identity]:
    """Return the baseline of findings: how often each occurs."""
    return Counter(identity(finding) for finding in findings)


def compare(
    findings: Iterable[Finding], known: Mapping[Identity, int], whole: bool = True
) -> Compared:
    """Compare findings with a baseline.

    What is missing is solved only where the `whole` project was looked at.
    """
    new, missing = subtract(findings, known)
    return Compared(tuple(new), sum(known.values()) - missing, missing if whole else 0)


def to_json(known: Mapping[Identity, int]) -> str:
    """Return a baseline as JSON, sorted, so that changes to it are easy to review."""
    entries = [
        {"code": code, "path": path, "message": message, "count": number}
        for (code, path, message), number in sorted(known.items())
    ]
    return json.dumps({"format": FORMAT, "findings": entries}, indent=1, ensure_ascii=False) + "\n"


def read_baseline(text: str) -> Counter[Identity]:
    """Read what `to_json` returns; raise BaselineError for anything else."""
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
    code, path, message = (fields.get(name) for name in ("code", "path", "message"))
    number = fields.get("count")
    texts = isinstance(code, str) and isinstance(path, str) and isinstance(message, str)
    if not texts or not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise BaselineError(
            f"finding {position} of it lacks a code, a path, a message or a count from 1"
        )
    return {(str(code), str(path), str(message)): number}


def compare_findings(
    before: Iterable[Finding],
    after: Iterable[Finding],
    moved: Mapping[str, str],
    hidden: frozenset[str],
) -> tuple[list[Finding], list[Finding]]:
    """Return the new findings and those that are solved, errors first.

    `moved` gives the paths of files before and after. Findings about the `hidden` paths, or that
    mention them, are left out.
    """

    def moved_identity(finding: Finding) -> Identity:
        code, path, message = identity_without_lines(finding)
        return code, moved.get(path, path), message

    was = [f for f in before if hidden.isdisjoint((f.path, *f.mentions))]
    now = [f for f in after if hidden.isdisjoint((f.path, *f.mentions))]
    new, _ = subtract(now, Counter(map(moved_identity, was)), identity_without_lines)
    solved, _ = subtract(was, Counter(map(identity_without_lines, now)), moved_identity)
    return _errors_first(new), _errors_first(solved)


def _errors_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (_SEVERITIES.index(f.severity), f.path, f.line, f.code))
