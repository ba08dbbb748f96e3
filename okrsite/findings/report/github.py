"""Findings as workflow commands of GitHub Actions, which annotate the lines they are about."""

import posixpath
from collections.abc import Iterable

from okrsite.findings.finding import Finding, Severity
from okrsite.findings.report.text import visible

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
