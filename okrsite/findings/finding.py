"""A finding: what is wrong or could be better at one place in one file.

The message says what was found in one sentence, the hint what to write instead; both are English,
and `Words.say` says them in the language of a site. Errors and warnings follow from what is
written; advice may depend on the date and never fails a build.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from okrsite.findings.codes import CHECKS, Severity
from okrsite.i18n import counted, one_line, phrase
from okrsite.util.spelling import nearest

__all__ = [
    "Finding",
    "Missing",
    "Severity",
    "finding",
    "in_reading_order",
    "one_line",
    "shorten",
    "spelling_hint",
]


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


def in_reading_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings sorted by file, line and code, without duplicates."""
    return sorted(set(findings), key=lambda f: (f.path, f.line, f.code, f.message))


def shorten(names: Iterable[str], limit: int = 5) -> str:
    """Return the first few names for a sentence, in backticks, and how many more there are."""
    all_names = list(names)
    shown, more = ", ".join(f"`{name}`" for name in all_names[:limit]), len(all_names) - limit
    if more <= 0:
        return shown
    return counted(
        "%(names)s and %(number)s more", "%(names)s and %(number)s more", more, names=shown
    )


def spelling_hint(word: str, known: Collection[str]) -> str:
    """Return a hint for an unknown word: the nearest known word, or all of them."""
    near = nearest(word, known)
    if near:
        return phrase("did you mean `%(name)s`?", name=near)
    return phrase("write one of %(names)s", names=", ".join(known))
