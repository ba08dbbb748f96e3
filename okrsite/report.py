"""Findings for people and machines: text and JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from okrsite.findings import Finding, Severity


def as_line(finding: Finding) -> str:
    """Write a finding in one line, as logs do: `content/x.md:7: OKR201 …`, with its hint."""
    hint = f" ({finding.hint})" if finding.hint else ""
    return f"{finding.path}:{finding.line}: {finding.code} {finding.message}{hint}"


def to_text(findings: Iterable[Finding]) -> str:
    """Write one finding a line, with the hint on an indented line below."""
    lines: list[str] = []
    for f in findings:
        lines.append(f"{f.path}:{f.line}: {f.code} {f.severity}: {f.message}")
        if f.hint:
            lines.append(f"    {f.hint}")
    return "".join(f"{line}\n" for line in lines)


def to_json(findings: Iterable[Finding]) -> str:
    """Write the findings as a JSON list."""
    listed = [
        {
            "code": f.code,
            "severity": str(f.severity),
            "path": f.path,
            "line": f.line,
            "message": f.message,
            "hint": f.hint,
        }
        for f in findings
    ]
    return json.dumps(listed, indent=1, ensure_ascii=False) + "\n"


def summary(findings: Sequence[Finding]) -> str:
    """Count the findings in words: `1 error, 2 warnings, 3 pieces of advice`."""
    count = Counter(finding.severity for finding in findings)
    parts = [
        _counted(count[Severity.ERROR], "error", "errors"),
        _counted(count[Severity.WARNING], "warning", "warnings"),
        _counted(count[Severity.ADVICE], "piece of advice", "pieces of advice"),
    ]
    return ", ".join(part for part in parts if part) or "no findings"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def fails(findings: Iterable[Finding], strict: bool = False) -> bool:
    """Tell whether findings fail a check: errors always, warnings when it is strict."""
    failing = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(finding.severity in failing for finding in findings)
