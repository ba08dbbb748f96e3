"""OKR2xx. What is linked: owners, cycles, KPIs, and what an objective aligns to."""

from okrsite.findings.codes.check import error, warning
from okrsite.i18n import message

CHECKS = (
    error(
        "OKR201",
        message("A reference points to nothing"),
        message("The link is left out, and with it the alignment or the values it should provide."),
        "aligns_to: company/grwoth",
        "aligns_to: company/growth",
    ),
    error(
        "OKR202",
        message("A reference is ambiguous"),
        message(
            "Several documents have ids that end in this name; write more of the path to say which "
            "one you mean."
        ),
        "aligns_to: renewals",
        "aligns_to: support/renewals",
    ),
    error(
        "OKR203",
        message("Circular links"),
        message("Nothing can support itself; the links of the circle don't count in any figure."),
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
        message("Aligned to a cycle that doesn't overlap"),
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
        message("A calendar period among cycles with dates of their own"),
        message(
            "If a quarter's document is missing, the quarter has calendar dates: its objectives "
            "would begin and close months too early or too late."
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
