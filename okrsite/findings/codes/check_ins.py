"""OKR3xx. What is checked in: the values and dates of check-ins and readings."""

from okrsite.findings.codes.check import error, warning
from okrsite.i18n import message

CHECKS = (
    warning(
        "OKR301",
        message("A check-in outside its cycle"),
        message("Readings before a cycle starts or after it closes do not count in its score."),
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
    error(
        "OKR302",
        message("A check-in names an unknown key result"),
        message("The value has nowhere to go and is left out."),
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
    warning(
        "OKR303",
        message("Two different values or confidences on one date"),
        message("Only one of them can be right: the later value counts, or the lower confidence."),
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
    error(
        "OKR304",
        message("Value set elsewhere"),
        message("This key result takes its values from a KPI, its milestones or its alignment."),
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
        target: {value: 600}
        readings:
          - {date: 2026-11-09, value: 420}
        """,
    ),
    warning(
        "OKR305",
        message("A value that is probably in the wrong unit"),
        message("Writing 48 instead of 48k makes the score wrong."),
        """
        key_results:
          - {id: guests, title: Welcome past guests again, from: 40k, to: 60k}
          - {id: answers, title: Answer within the day, from: 3 days, to: 1 day}
        check_ins:
          - date: 2026-11-09
            values: {guests: 48}
        """,
        """
        key_results:
          - {id: guests, title: Welcome past guests again, from: 40k, to: 60k}
          - {id: answers, title: Answer within the day, from: 3 days, to: 1 day}
        check_ins:
          - date: 2026-11-09
            values: {guests: 48k}
        """,
    ),
)
