"""Findings as lines for people and for GitHub, and as JSON."""

import json
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from okrsite.findings.finding import Finding, Severity
from okrsite.i18n import counted, phrase

# Control characters, line ends, marks of writing direction, lone surrogates.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Return a text without the characters that a terminal obeys instead of showing."""
    return _UNSAFE.sub("\ufffd", text)


def as_line(finding: Finding) -> str:
    """Return a finding as one line of a log: `content/x.md:7: OKR201 …`, with its hint."""
    return visible(f"{finding.path}:{finding.line}: {finding.code} ") + sentence(finding)


def sentence(finding: Finding) -> str:
    """Return a finding's message with its hint in brackets."""
    return visible(f"{finding.message} ({finding.hint})" if finding.hint else finding.message)


def to_text(findings: Iterable[Finding], say: Callable[[str], str] = str) -> str:
    """Return one finding a line, with the hint on an indented line below, in a language."""
    lines: list[str] = []
    for f in findings:
        lines.append(f"{f.path}:{f.line}: {f.code} {f.severity}: {say(f.message)}")
        if f.hint:
            lines.append(f"    {say(f.hint)}")
    return "".join(f"{visible(line)}\n" for line in lines)


def summary(findings: Sequence[Finding], say: Callable[[str], str] = str) -> str:
    """Return the counts in words: `1 error, 2 warnings, 3 pieces of advice`."""
    count = Counter(finding.severity for finding in findings)
    errors, warnings, advice = (count[severity] for severity in Severity)
    parts = (
        (errors, counted("%(number)s error", "%(number)s errors", errors)),
        (warnings, counted("%(number)s warning", "%(number)s warnings", warnings)),
        (advice, counted("%(number)s piece of advice", "%(number)s pieces of advice", advice)),
    )
    return ", ".join(say(text) for number, text in parts if number) or say(phrase("no findings"))


def hidden_errors(number: int) -> str:
    """Return how many errors are left out."""
    return phrase("%(number)s more with errors, hidden by --select or --ignore", number=number)


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


_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def to_github(findings: Iterable[Finding], folder: str = "") -> str:
    """Return one workflow command a finding; `folder` is our path in the repository."""
    return "".join(_command(finding, folder) for finding in findings)


def _command(finding: Finding, folder: str) -> str:
    hint = f"\n{finding.hint}" if finding.hint else ""
    properties = {
        "file": posixpath.normpath(f"{folder}{finding.path}"),
        "line": str(max(1, finding.line)),
        "title": finding.code,
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = "\n".join(visible(line) for line in f"{finding.message}{hint}".split("\n"))
    return f"::{_COMMANDS[finding.severity]} {written}::{_escaped(message)}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(visible(text)).replace(":", "%3A").replace(",", "%2C")
