"""A check as the register describes it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from inspect import cleandoc


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


def _check(
    severity: Severity, code: str, summary: str, why: str, example: str, instead: str
) -> Check:
    return Check(code, severity, summary, why, cleandoc(example), cleandoc(instead))


error, warning, advice = (partial(_check, severity) for severity in Severity)
