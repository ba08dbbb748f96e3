"""A finding: what is wrong or could be better at one place in one file.

The message says what was found in one sentence, the hint what to write instead. Errors and warnings
follow from what is written; advice may depend on the date and never fails a build.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from okrsite.findings.codes import CHECKS, Severity

__all__ = ["Finding", "Missing", "Severity", "finding", "in_reading_order", "one_line", "shorten"]


@dataclass(frozen=True, slots=True)
class Missing:
    """What there is no document of: the kinds that it could be of, and its possible names, the
    likeliest first."""

    kinds: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding at one place.

    `path` is relative to the folder of mkdocs.yml and `line` counts from 1. `mentions` are the
    paths of other documents whose names or values the text quotes, so that a finding that quotes a
    private document is never published. `missing` is what a reference or folder could have meant.
    """

    code: str
    severity: Severity
    path: str
    line: int
    message: str
    hint: str | None = None
    mentions: tuple[str, ...] = ()
    missing: Missing | None = None


Paths = tuple[str, ...]


def finding(
    code: str, path: str, line: int, message: str, hint: str | None = None, mentions: Paths = ()
) -> Finding:
    """Return a finding with the severity that the register gives its code, on one line."""
    message, hint = one_line(message), one_line(hint or "") or None
    return Finding(code, CHECKS[code].severity, path, line, message, hint, mentions)


def one_line(sentence: str) -> str:
    """Return a sentence on one line: line ends in what it quotes become spaces."""
    return " ".join(_CONTROL.sub(" ", sentence).split())


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def in_reading_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings sorted by file, line and code, without duplicates."""
    return sorted(set(findings), key=lambda f: (f.path, f.line, f.code, f.message))


def shorten(names: Iterable[str], limit: int = 5) -> str:
    """Return the first few names for a sentence, in backticks, and how many more there are."""
    all_names = list(names)
    shown = ", ".join(f"`{name}`" for name in all_names[:limit])
    return shown if len(all_names) <= limit else f"{shown} and {len(all_names) - limit} more"
