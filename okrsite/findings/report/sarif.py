"""Findings as SARIF 2.1.0, which code scanning services and editors read."""

import hashlib
import posixpath
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from okrsite import __version__
from okrsite.findings.baseline import Identity, identity
from okrsite.findings.codes import CHECKS, Check
from okrsite.findings.finding import Finding, Severity
from okrsite.findings.report.text import encoded, sentence

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "okrsite/v1"
"""The name of our fingerprints; another way to compute them gets another name."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_ROOT = "SRCROOT"


def to_sarif(findings: Sequence[Finding], folder: str = "", help_page: str | None = None) -> str:
    """Return a SARIF log of one run.

    `folder` is the path from the repository's root to the folder of mkdocs.yml, `help_page` the web
    address of the page that explains every check at its code.
    """
    indexes = {code: index for index, code in enumerate(CHECKS)}
    seen: Counter[Identity] = Counter()
    results = []
    for finding in findings:
        key = identity(finding)
        seen[key] += 1
        results.append(
            {
                "ruleId": finding.code,
                "ruleIndex": indexes[finding.code],
                "level": _LEVELS[finding.severity],
                "message": {"text": sentence(finding)},
                "locations": [_location(finding, folder)],
                "partialFingerprints": {FINGERPRINT: _fingerprint(folder, key, seen[key])},
            }
        )
    driver = {
        "name": "okrsite",
        "semanticVersion": __version__,
        "rules": [_rule(check, help_page) for check in CHECKS.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "results": results,
    }
    return encoded({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, 1)


def _rule(check: Check, help_page: str | None) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": check.code,
        "shortDescription": {"text": check.summary},
        "fullDescription": {"text": check.why},
        "help": {
            "text": f"{check.why}\n\nReported:\n\n{check.example}\n\nInstead:\n\n{check.instead}\n",
            "markdown": f"{check.why}\n\nReported:\n\n```yaml\n{check.example}\n```\n\n"
            f"Instead:\n\n```yaml\n{check.instead}\n```\n",
        },
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
    }
    if help_page is not None:
        rule["helpUri"] = f"{help_page}#{check.code.lower()}"
    return rule


def _location(finding: Finding, folder: str) -> dict[str, Any]:
    path = posixpath.normpath(f"{folder}{finding.path}")
    uri = quote(path, safe="/", errors="surrogateescape")
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri, "uriBaseId": _ROOT},
            "region": {"startLine": max(1, finding.line)},
        }
    }


def _fingerprint(folder: str, key: Identity, number: int) -> str:
    """Return what identifies a finding when its line moves; `number` counts those of one key."""
    code, path, message = key
    text = "\0".join([code, f"{folder}{path}", message, str(number)])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
