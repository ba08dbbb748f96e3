"""OKR2xx. What is linked: owners, cycles, KPIs, and what an objective aligns to."""

from okrsite.findings.codes.check import error, warning
from okrsite.i18n import message

CHECKS = (
    error(
        "OKR201",
        message("A reference points to nothing"),
        message(
            "The link is left out, and with it what it should have said about alignment or values."
        ),
        "aligns_to: company/grwoth",
        "aligns_to: company/growth",
    ),
    error(
        "OKR202",
        message("A reference is ambiguous"),
        message("Several documents end in this name; more of the path says which one is meant."),
        "aligns_to: renewals",
        "aligns_to: support/renewals",
    ),
    error(
        "OKR203",
        message("A circle of links"),
        message(
            "What supports itself supports nothing; the links of the circle count in no figure."
        ),
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
    warning(
        "OKR204",
        message("Aligned to a cycle that shares no day"),
        message("Work in this cycle can no longer, or not yet, support an objective of that one."),
        """
        cycle: 2026-q4
        aligns_to: open-the-season  # it ended with 2026 Q2
        """,
        """
        cycle: 2026-q4
        aligns_to: company/growth  # it runs in 2026 Q4 too
        """,
    ),
    warning(
        "OKR205",
        message("A period of the calendar between cycles with days of their own"),
        message(
            "A quarter whose document was forgotten has the calendar's days: its objectives would "
            "begin and close months too early or too late."
        ),
        """
        cycle: 2026-h2  # without a document it begins on the first of July
        # cycles/2026-h1.md
        type: cycle
        start: 2026-01-05
        end: 2026-07-05
        """,
        """
        cycle: 2026-h2
        # cycles/2026-h2.md
        type: cycle
        start: 2026-07-06
        end: 2027-01-03
        """,
    ),
)
