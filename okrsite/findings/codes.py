"""The register of every code: what each check reports, why, and what to write instead.

A new code is one entry in `register/`; the check itself is in `okrsite.checks`, or in the module
that reads what the code is about.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_FOLDER = Path(__file__).parent / "register"


class Severity(StrEnum):
    """The severity of a finding: errors and warnings fail a strict build, advice never does."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Check:
    """One code of the register: what it reports, why that matters, and what to write instead.

    `example` is a piece of front matter that the check reports and `instead` the corrected one;
    the guide and the site show both. A line `# FILE.md` in them begins another document, and what
    follows a line `---` is its body.
    """

    code: str
    severity: Severity
    summary: str
    why: str
    example: str
    instead: str


def _registered() -> Iterator[Check]:
    for hundred in ("documents", "links", "check_ins", "advice"):
        entries = tomllib.loads((_FOLDER / f"{hundred}.toml").read_text("utf-8"))
        for code, entry in entries.items():
            severity = Severity(entry.pop("severity"))
            yield Check(code, severity, **{name: text.strip() for name, text in entry.items()})


CHECKS = {check.code: check for check in _registered()}
"""Every check by its code, in the order of the codes."""
