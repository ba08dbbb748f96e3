"""Which findings are new, and which are solved."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from okrsite.findings import Finding, Severity

_LINE = re.compile(r":\d+")
_ORDER = list(Severity)


def compare_findings(
    before: Iterable[Finding], after: Iterable[Finding], moved: Mapping[str, str],
    unsaid: frozenset[str],
) -> tuple[list[Finding], list[Finding]]:  # fmt: skip
    """Give the new findings and those that are solved, errors first.

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
