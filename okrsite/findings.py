"""What is wrong or could be better: a finding, and the register of every code.

A finding names one place in one file and says in one sentence what was seen there; the hint
says what to write instead. Errors and warnings follow from what is written; advice may depend
on the date and never fails a build.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: errors and warnings fail a strict build, advice never does."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Check:
    """One code of the register: what it reports and why that matters."""

    code: str
    severity: Severity
    summary: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen at one place.

    `path` is relative to the folder of mkdocs.yml and `line` counts from 1. `mentions` holds the
    paths of other documents whose names or values stand in the text, so that a finding that
    quotes a private document is never published.
    """

    code: str
    severity: Severity
    path: str
    line: int
    message: str
    hint: str | None = None
    mentions: tuple[str, ...] = ()


def finding(
    code: str,
    path: str,
    line: int,
    message: str,
    hint: str | None = None,
    mentions: tuple[str, ...] = (),
) -> Finding:
    """Make a finding with the severity that the register gives its code.

    What it quotes may have line ends; a finding is one sentence on one line.
    """
    message, hint = _one_line(message), _one_line(hint) if hint else None
    return Finding(code, CHECKS[code].severity, path, line, message, hint, mentions)


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def in_reading_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by file, line and code; one that was made twice stays once."""
    return sorted(set(findings), key=lambda f: (f.path, f.line, f.code, f.message))


def shorten(names: Iterable[str], limit: int = 5) -> str:
    """List names for a sentence, in code marks, the first few and how many more there are."""
    every = list(names)
    shown = ", ".join(f"`{name}`" for name in every[:limit])
    return shown if len(every) <= limit else f"{shown} and {len(every) - limit} more"


def _register(*checks: tuple[str, Severity, str, str]) -> dict[str, Check]:
    return {code: Check(code, severity, summary, why) for code, severity, summary, why in checks}


_E, _W, _A = Severity.ERROR, Severity.WARNING, Severity.ADVICE

CHECKS: dict[str, Check] = _register(
    (
        "OKR101",
        _E,
        "The front matter cannot be read",
        "What cannot be read cannot count: the document would silently be missing from the site.",
    ),
    (
        "OKR102",
        _E,
        "Unknown document type",
        "The type decides which fields a document has and which page it gets.",
    ),
    (
        "OKR103",
        _E,
        "A required field is missing",
        "Without it there is no date, owner or measure to compute a figure from.",
    ),
    (
        "OKR104",
        _E,
        "A value of the wrong kind, format or range",
        "A value that is guessed is worse than one that is missing: every figure must be certain.",
    ),
    (
        "OKR105",
        _E,
        "An id is used twice",
        "A reference must mean one thing; the first use stays, the later one is left out.",
    ),
    (
        "OKR106",
        _W,
        "A field that is unknown or not used here",
        "It is most often a typing error, and what it should have said is ignored.",
    ),
    (
        "OKR107",
        _E,
        "Two units in one key result or KPI",
        "Figures of different units cannot be subtracted from each other.",
    ),
    (
        "OKR108",
        _E,
        "Start and target are equal",
        "There is no way to go, so no share of the way can be computed.",
    ),
    (
        "OKR201",
        _E,
        "A reference points to nothing",
        "The link is left out, and with it what it should have said about alignment or values.",
    ),
    (
        "OKR202",
        _E,
        "A reference is ambiguous",
        "Several documents end in this name; more of the path says which one is meant.",
    ),
    (
        "OKR203",
        _E,
        "A circle of links",
        "What supports itself supports nothing; the links of the circle count in no figure.",
    ),
    (
        "OKR204",
        _W,
        "Aligned to a cycle that shares no day",
        "Work in this cycle can no longer, or not yet, support an objective of that one.",
    ),
    (
        "OKR301",
        _W,
        "A check-in outside its cycle",
        "Readings before a cycle starts or after it closes do not count in its score.",
    ),
    (
        "OKR302",
        _E,
        "A check-in names an unknown key result",
        "The value has nowhere to go and is left out.",
    ),
    (
        "OKR303",
        _W,
        "Two different values on one date",
        "Only one of them can be true; the later one counts.",
    ),
    (
        "OKR304",
        _E,
        "A value that comes from elsewhere",
        "This key result takes its values from a KPI, its milestones or its alignment.",
    ),
    (
        "OKR401",
        _A,
        "Fewer than two or more than five key results",
        "One key result rarely describes an objective; more than five are no focus.",
    ),
    (
        "OKR402",
        _W,
        "A key result without a measure",
        "Without a target, a band or milestones nobody can say whether it was reached.",
    ),
    (
        "OKR403",
        _A,
        "A number in the objective's title",
        "The objective says where to go, in words that people remember; key results say how far.",
    ),
    (
        "OKR404",
        _A,
        "More than five active objectives",
        "Whoever has six priorities has none: fewer objectives get more of each done.",
    ),
    (
        "OKR405",
        _A,
        "An objective that aligns to nothing",
        "Alignment shows which larger objective this work serves.",
    ),
    (
        "OKR406",
        _A,
        "No recent check-in",
        "A figure that nobody has looked at for weeks says little about today.",
    ),
    (
        "OKR407",
        _A,
        "A missed commitment without a retrospective",
        "A commitment that was not kept is worth a few sentences on what was learned.",
    ),
    (
        "OKR408",
        _A,
        "Everything reached: the bar was low",
        "An aspirational objective that reaches 1.0 throughout could have aimed higher.",
    ),
    (
        "OKR409",
        _A,
        "An unhealthy KPI that nobody works on",
        "A KPI outside its band asks for a key result, or for a band that fits.",
    ),
    (
        "OKR410",
        _A,
        "A milestone that does not say how it is measured",
        "“Done” means something else to everybody until a sign is named that all can see.",
    ),
    (
        "OKR411",
        _A,
        "Business as usual",
        "The KPI is healthy at the start and at the target: keep watching it as a health metric.",
    ),
    (
        "OKR412",
        _A,
        "Pay is mentioned",
        "Objectives that decide on pay are set low; keep the two apart.",
    ),
    (
        "OKR413",
        _W,
        "A grade without a reason",
        "A score given by hand can only be understood with the reason beside it.",
    ),
    (
        "OKR414",
        _A,
        "Only lagging indicators",
        "A lagging KPI moves when it is too late to act; a leading one tells sooner.",
    ),
    (
        "OKR415",
        _A,
        "A KPI's reading is overdue",
        "A dashboard with old figures is read as if they were today's.",
    ),
)
