"""Findings as JSON, for programs."""

import json
from collections.abc import Iterable

from okrsite.findings.finding import Finding


def to_json(findings: Iterable[Finding]) -> str:
    """Return the findings as a JSON list."""
    names = ("code", "severity", "path", "line", "message", "hint")
    return encoded([{name: getattr(f, name) for name in names} for f in findings], 1)


def encoded(data: object, indent: int) -> str:
    """Return data as JSON that is valid UTF-8: lone surrogates are escaped."""
    text = json.dumps(data, indent=indent, ensure_ascii=False)
    if not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
        text = json.dumps(data, indent=indent)
    return f"{text}\n"
