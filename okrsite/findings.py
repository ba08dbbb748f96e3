"""What is wrong or could be better: a finding, and the register of every code.

A finding names one place in one file and says in one sentence what was seen there; the hint
says what to write instead. Errors and warnings follow from what is written; advice may depend
on the date and never fails a build.
"""

import re
from collections.abc import Iterable
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
    fault; the guide shows both. A line `# FILE.md` in them begins another document, and what
    comes after a line `---` is its body.
    """

    code: str
    severity: Severity
    summary: str
    why: str
    example: str
    instead: str


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


def _register(*checks: tuple[str, Severity, str, str, str, str]) -> dict[str, Check]:
    return {
        code: Check(code, severity, summary, why, cleandoc(example), cleandoc(instead))
        for code, severity, summary, why, example, instead in checks
    }


_E, _W, _A = Severity.ERROR, Severity.WARNING, Severity.ADVICE

CHECKS: dict[str, Check] = _register(
    (
        "OKR101",
        _E,
        "The front matter cannot be read",
        "What cannot be read cannot count: the document would silently be missing from the site.",
        "title: Sales: win back past guests",
        'title: "Sales: win back past guests"',
    ),
    (
        "OKR102",
        _E,
        "Unknown document type",
        "The type decides which fields a document has and which page it gets.",
        """
        type: objektive
        title: Win back past guests
        """,
        """
        type: objective
        title: Win back past guests
        """,
    ),
    (
        "OKR103",
        _E,
        "A required field is missing",
        "Without it there is no date, owner or measure to compute a figure from.",
        """
        key_results:
          - {from: 0, to: 200}
          - {title: Answer within the day, from: 3 days, to: 1 day}
        """,
        """
        key_results:
          - {title: Welcome past guests again, from: 0, to: 200}
          - {title: Answer within the day, from: 3 days, to: 1 day}
        """,
    ),
    (
        "OKR104",
        _E,
        "A value of the wrong kind, format or range",
        "A value that is guessed is worse than one that is missing: every figure must be certain.",
        """
        key_results:
          - title: Book faster
            from: 20 minutes
            to: 12,5 minutes
          - {title: Answer within the day, from: 3 days, to: 1 day}
        """,
        """
        key_results:
          - title: Book faster
            from: 20 minutes
            to: 12.5 minutes
          - {title: Answer within the day, from: 3 days, to: 1 day}
        """,
    ),
    (
        "OKR105",
        _E,
        "An id is used twice",
        "A reference must mean one thing; the first use stays, the later one is left out.",
        """
        key_results:
          - {id: guests, title: Welcome past guests again, from: 0, to: 200}
          - {id: guests, title: Be recommended by them, from: 40%, to: 60%}
        """,
        """
        key_results:
          - {id: guests, title: Welcome past guests again, from: 0, to: 200}
          - {id: recommended, title: Be recommended by them, from: 40%, to: 60%}
        """,
    ),
    (
        "OKR106",
        _W,
        "A field that is unknown or not used here",
        "It is most often a typing error, and what it should have said is ignored.",
        "wieght: 2",
        "weight: 2",
    ),
    (
        "OKR107",
        _E,
        "Two units in one key result or KPI",
        "Figures of different units cannot be subtracted from each other.",
        """
        key_results:
          - {title: Answer faster, from: 3 days, to: 8 hours}
          - {title: Welcome past guests again, from: 0, to: 200}
        """,
        """
        key_results:
          - {title: Answer faster, from: 72 hours, to: 8 hours}
          - {title: Welcome past guests again, from: 0, to: 200}
        """,
    ),
    (
        "OKR108",
        _E,
        "Start and target are equal",
        "There is no way to go, so no share of the way can be computed.",
        """
        key_results:
          - {title: Keep the shop open, from: 99.9%, to: 99.9%}
          - {title: Welcome past guests again, from: 0, to: 200}
        """,
        """
        key_results:
          - {title: Keep the shop open, keep: {min: 99.9%}}
          - {title: Welcome past guests again, from: 0, to: 200}
        """,
    ),
    (
        "OKR201",
        _E,
        "A reference points to nothing",
        "The link is left out, and with it what it should have said about alignment or values.",
        "aligns_to: company/grwoth",
        "aligns_to: company/growth",
    ),
    (
        "OKR202",
        _E,
        "A reference is ambiguous",
        "Several documents end in this name; more of the path says which one is meant.",
        "aligns_to: renewals",
        "aligns_to: support/renewals",
    ),
    (
        "OKR203",
        _E,
        "A circle of links",
        "What supports itself supports nothing; the links of the circle count in no figure.",
        """
        # okrs/2026-q4/sales/one.md
        aligns_to: sales/two
        # okrs/2026-q4/sales/two.md
        aligns_to: sales/one
        """,
        """
        # okrs/2026-q4/sales/one.md
        aligns_to: sales/two
        # okrs/2026-q4/sales/two.md
        aligns_to: company/growth
        """,
    ),
    (
        "OKR204",
        _W,
        "Aligned to a cycle that shares no day",
        "Work in this cycle can no longer, or not yet, support an objective of that one.",
        """
        cycle: 2026-q4
        aligns_to: open-the-season  # it ended with 2026 Q2
        """,
        """
        cycle: 2026-q4
        aligns_to: company/growth  # it runs in 2026 Q4 too
        """,
    ),
    (
        "OKR301",
        _W,
        "A check-in outside its cycle",
        "Readings before a cycle starts or after it closes do not count in its score.",
        """
        cycle: 2026-q4
        check_ins:
          - date: 2026-09-28
            values: {guests: 20}
        """,
        """
        cycle: 2026-q4
        check_ins:
          - date: 2026-10-05
            values: {guests: 20}
        """,
    ),
    (
        "OKR302",
        _E,
        "A check-in names an unknown key result",
        "The value has nowhere to go and is left out.",
        """
        check_ins:
          - date: 2026-11-09
            values: {guest: 20}  # the key result is called guests
        """,
        """
        check_ins:
          - date: 2026-11-09
            values: {guests: 20}
        """,
    ),
    (
        "OKR303",
        _W,
        "Two different values on one date",
        "Only one of them can be true; the later one counts.",
        """
        check_ins:
          - date: 2026-11-09
            values: {guests: 20}
          - date: 2026-11-09
            values: {guests: 25}
        """,
        """
        check_ins:
          - date: 2026-11-09
            values: {guests: 25}
        """,
    ),
    (
        "OKR304",
        _E,
        "A value that comes from elsewhere",
        "This key result takes its values from a KPI, its milestones or its alignment.",
        """
        key_results:
          - {id: bookings, title: Sell more tours, kpi: bookings, to: 600}
          - {title: Answer within the day, from: 3 days, to: 1 day}
        check_ins:
          - date: 2026-11-09
            values: {bookings: 420}
        """,
        """
        # okrs/2026-q4/sales/example.md
        key_results:
          - {id: bookings, title: Sell more tours, kpi: bookings, to: 600}
          - {title: Answer within the day, from: 3 days, to: 1 day}
        # kpis/bookings.md
        type: kpi
        owner: sales
        readings:
          - {date: 2026-11-09, value: 420}
        """,
    ),
    (
        "OKR401",
        _A,
        "Fewer than two or more than five key results",
        "One key result rarely describes an objective; more than five are no focus.",
        """
        key_results:
          - {title: Welcome past guests again, from: 0, to: 200}
        """,
        """
        key_results:
          - {title: Welcome past guests again, from: 0, to: 200}
          - {title: Be recommended by them, from: 40%, to: 60%}
        """,
    ),
    (
        "OKR402",
        _W,
        "A key result without a measure",
        "Without a target, a band or milestones nobody can say whether it was reached.",
        """
        key_results:
          - {title: Be loved by past guests}
          - {title: Answer within the day, from: 3 days, to: 1 day}
        """,
        """
        key_results:
          - {title: Be recommended by past guests, from: 40%, to: 60%}
          - {title: Answer within the day, from: 3 days, to: 1 day}
        """,
    ),
    (
        "OKR403",
        _A,
        "A number in the objective's title",
        "The objective says where to go, in words that people remember; key results say how far.",
        "title: Sell tours for $5M to past guests",
        "title: Be the first choice of past guests",
    ),
    (
        "OKR404",
        _A,
        "More than five active objectives",
        "Whoever has six priorities has none: fewer objectives get more of each done.",
        "owner: marketing  # five objectives of 2026 Q4 are theirs already",
        """
        owner: marketing
        status: draft  # its turn comes when another one is done
        """,
    ),
    (
        "OKR405",
        _A,
        "An objective that aligns to nothing",
        "Alignment shows which larger objective this work serves.",
        "aligns_to: []",
        "aligns_to: company/growth",
    ),
    (
        "OKR406",
        _A,
        "No recent check-in",
        "A figure that nobody has looked at for weeks says little about today.",
        """
        every: week
        check_ins:
          - date: 2026-10-12
            note: The first letters are out.
        """,
        """
        every: week
        check_ins:
          - date: 2026-10-12
            note: The first letters are out.
          - date: 2026-11-09
            note: Nothing has moved; the second letter waits for pictures.
        """,
    ),
    (
        "OKR407",
        _A,
        "A missed commitment without a retrospective",
        "A commitment that was not kept is worth a few sentences on what was learned.",
        """
        cycle: 2026-q2
        aligns_to: open-the-season
        commitment: committed
        """,
        """
        cycle: 2026-q2
        aligns_to: open-the-season
        commitment: committed
        ---
        ## Retrospective

        The letters went out in June, too late. Next year we write in March.
        """,
    ),
    (
        "OKR408",
        _A,
        "Everything reached: the bar was low",
        "An aspirational objective that reaches 1.0 throughout could have aimed higher.",
        """
        cycle: 2026-q2
        aligns_to: open-the-season
        commitment: aspirational
        check_ins:
          - date: 2026-06-29
            values: {guests: 200, answers: 1 day}
        """,
        """
        cycle: 2026-q2
        aligns_to: open-the-season
        commitment: committed  # it was a promise, and it was kept
        check_ins:
          - date: 2026-06-29
            values: {guests: 200, answers: 1 day}
        """,
    ),
    (
        "OKR409",
        _A,
        "An unhealthy KPI that nobody works on",
        "A KPI outside its band asks for a key result, or for a band that fits.",
        """
        # kpis/no-shows.md
        type: kpi
        owner: sales
        keep: {max: 5%}
        readings:
          - {date: 2026-10-31, value: 9%}
        """,
        """
        # kpis/no-shows.md
        type: kpi
        owner: sales
        keep: {max: 5%}
        readings:
          - {date: 2026-10-31, value: 9%}
        # okrs/2026-q4/sales/example.md
        key_results:
          - {title: Fewer guests who never come, kpi: no-shows, to: 5%}
          - {title: Welcome past guests again, from: 0, to: 200}
        """,
    ),
    (
        "OKR410",
        _A,
        "A milestone that does not say how it is measured",
        "“Done” means something else to everybody until a sign is named that all can see.",
        """
        key_results:
          - {title: The new booking page is live, done: false}
          - {title: Welcome past guests again, from: 0, to: 200}
        """,
        """
        key_results:
          - title: The new booking page is live
            measured_by: a guest has booked on it
            done: false
          - {title: Welcome past guests again, from: 0, to: 200}
        """,
    ),
    (
        "OKR411",
        _A,
        "Business as usual",
        "The KPI is healthy at the start and at the target: keep watching it as a health metric.",
        """
        key_results:
          - {title: Please our guests, kpi: satisfaction, to: 92%}  # 88% now
          - {title: Welcome past guests again, from: 0, to: 200}
        """,
        """
        key_results:
          - {title: Sell more tours, kpi: bookings, to: 600}
          - {title: Welcome past guests again, from: 0, to: 200}
        """,
    ),
    (
        "OKR412",
        _A,
        "Pay is mentioned",
        "Objectives that decide on pay are set low; keep the two apart.",
        "title: Win back past guests for our bonus",
        "title: Win back past guests",
    ),
    (
        "OKR413",
        _W,
        "A grade without a reason",
        "A score given by hand can only be understood with the reason beside it.",
        "grade: {score: 0.6}",
        """
        grade:
          score: 0.6
          reason: The guests came back, but most of them in December.
        """,
    ),
    (
        "OKR414",
        _A,
        "Only lagging indicators",
        "A lagging KPI moves when it is too late to act; a leading one tells sooner.",
        """
        key_results:
          - {title: Earn more, kpi: revenue, to: $5M}
          - {title: Keep our guests, kpi: retention, to: 70%}
        """,
        """
        key_results:
          - {title: Earn more, kpi: revenue, to: $5M}
          - {title: Sell more tours, kpi: bookings, to: 600}  # a leading KPI
        """,
    ),
    (
        "OKR415",
        _A,
        "A KPI's reading is overdue",
        "A dashboard with old figures is read as if they were today's.",
        """
        # kpis/no-shows.md
        type: kpi
        owner: sales
        every: month
        readings:
          - {date: 2026-08-31, value: 4%}
        """,
        """
        # kpis/no-shows.md
        type: kpi
        owner: sales
        every: month
        readings:
          - {date: 2026-08-31, value: 4%}
          - {date: 2026-10-31, value: 5%}
        """,
    ),
)
