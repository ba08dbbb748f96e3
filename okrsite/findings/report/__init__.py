"""Findings for people and programs: text, JSON, annotations of GitHub and SARIF."""

from collections.abc import Callable, Iterable, Sequence

from okrsite.findings.finding import Finding, Severity
from okrsite.findings.report.text import (
    as_line,
    hidden_errors,
    summary,
    to_github,
    to_json,
    to_text,
    visible,
)

__all__ = [
    "FORMATS",
    "as_line",
    "fails",
    "hidden_errors",
    "summary",
    "to_json",
    "to_text",
    "visible",
    "write",
]

FORMATS = ("text", "json", "github", "sarif")
"""The formats of findings."""


def write(
    findings: Sequence[Finding],
    format: str,
    folder: str = "",
    help_page: str | None = None,
    say: Callable[[str], str] = str,
) -> str:
    """Return findings in one of the formats.

    `folder` is the path from the repository's root to the folder of mkdocs.yml, such as
    `handbook/`, because hosts expect paths from their root. `help_page` is the web address of the
    page that explains the checks, each at its code. `say` says texts in the language of a person;
    what programs read is English.
    """
    match format:
        case "github":
            return to_github(findings, folder)
        case "sarif":
            from okrsite.findings.report.sarif import to_sarif  # few runs need it

            return to_sarif(findings, folder, help_page)
        case "json":
            return to_json(findings)
        case _:
            return to_text(findings, say)


def fails(findings: Iterable[Finding], strict: bool = False) -> bool:
    """Whether findings fail a check: errors always, warnings when it is strict."""
    failing = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(finding.severity in failing for finding in findings)
