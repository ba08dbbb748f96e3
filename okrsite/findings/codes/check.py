"""What a check is: a code of the register, what it reports, why, and what to write instead."""

from dataclasses import dataclass
from enum import StrEnum
from inspect import cleandoc


class Severity(StrEnum):
    """How much a finding weighs: errors and warnings fail a strict build, advice never does."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Check:
    """One code of the register: what it reports, why that matters, and what to write instead.

    `example` is a piece of front matter that the check reports and `instead` the same without
    fault; the guide and the site show both. A line `# FILE.md` in them begins another document,
    and what comes after a line `---` is its body.
    """

    code: str
    severity: Severity
    summary: str
    why: str
    example: str
    instead: str

    @classmethod
    def of(
        cls, code: str, severity: Severity, summary: str, why: str, example: str, instead: str
    ) -> "Check":
        """Make a check of examples as they are indented in the code."""
        return cls(code, severity, summary, why, cleandoc(example), cleandoc(instead))
