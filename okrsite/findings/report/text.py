"""Findings for people to read."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from okrsite.findings.finding import Finding, Severity

# Control characters, line ends, marks of writing direction, lone surrogates.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Return a text without the characters that a terminal obeys instead of showing."""
    return _UNSAFE.sub("\ufffd", text)


def as_line(finding: Finding) -> str:
    """Return a finding as one line of a log: `content/x.md:7: OKR201 …`, with its hint."""
    hint = f" ({finding.hint})" if finding.hint else ""
    return visible(f"{finding.path}:{finding.line}: {finding.code} {finding.message}{hint}")


def to_text(findings: Iterable[Finding]) -> str:
    """Return one finding a line, with the hint on an indented line below."""
    lines: list[str] = []
    for f in findings:
        lines.append(f"{f.path}:{f.line}: {f.code} {f.severity}: {f.message}")
        if f.hint:
            lines.append(f"    {f.hint}")
    return "".join(f"{visible(line)}\n" for line in lines)


def summary(findings: Sequence[Finding]) -> str:
    """Return the counts in words: `1 error, 2 warnings, 3 pieces of advice`."""
    count = Counter(finding.severity for finding in findings)
    parts = [
        _counted(count[Severity.ERROR], "error", "errors"),
        _counted(count[Severity.WARNING], "warning", "warnings"),
        _counted(count[Severity.ADVICE], "piece of advice", "pieces of advice"),
    ]
    return ", ".join(part for part in parts if part) or "no findings"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""
