"""OKR1xx. What is written: can a document be read, and is every field what it should be?"""

from okrsite.findings.codes.check import Check, Severity
from okrsite.i18n import message

CHECKS = (
    Check.of(
        "OKR101",
        Severity.ERROR,
        message("The front matter cannot be read"),
        message(
            "What cannot be read cannot count: the document would silently be missing from "
            "the site."
        ),
        "title: Sales: win back past guests",
        'title: "Sales: win back past guests"',
    ),
    Check.of(
        "OKR102",
        Severity.ERROR,
        message("Unknown document type"),
        message("The type decides which fields a document has and which page it gets."),
        """
        type: objektive
        title: Win back past guests
        """,
        """
        type: objective
        title: Win back past guests
        """,
    ),
    Check.of(
        "OKR103",
        Severity.ERROR,
        message("A required field is missing"),
        message("Without it there is no date, owner or measure to compute a figure from."),
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
    Check.of(
        "OKR104",
        Severity.ERROR,
        message("A value of the wrong kind, format or range"),
        message(
            "A value that is guessed is worse than one that is missing: every figure must be "
            "certain."
        ),
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
    Check.of(
        "OKR105",
        Severity.ERROR,
        message("An id is used twice"),
        message("A reference must mean one thing; the first use stays, the later one is left out."),
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
    Check.of(
        "OKR106",
        Severity.WARNING,
        message("A field that is unknown or not used here"),
        message("It is most often a typing error, and what it should have said is ignored."),
        "wieght: 2",
        "weight: 2",
    ),
    Check.of(
        "OKR107",
        Severity.ERROR,
        message("Two units in one key result or KPI"),
        message("Figures of different units cannot be subtracted from each other."),
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
    Check.of(
        "OKR108",
        Severity.ERROR,
        message("Start and target are equal"),
        message("There is no way to go, so no share of the way can be computed."),
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
    Check.of(
        "OKR109",
        Severity.WARNING,
        message(
            "A page that looks like a document and is none, or a document left out of the site"
        ),
        message(
            "It is in no figure, and who wrote it thinks that it is. Where it says that it is "
            "private it is an error, and kept out of the site."
        ),
        """
        type:
        title: Win back past guests
        aligns_to: company/growth
        key_results:
          - {title: Welcome past guests again, from: 0, to: 200}
          - {title: Answer within the day, from: 3 days, to: 1 day}
        """,
        """
        type: objective
        title: Win back past guests
        aligns_to: company/growth
        key_results:
          - {title: Welcome past guests again, from: 0, to: 200}
          - {title: Answer within the day, from: 3 days, to: 1 day}
        """,
    ),
    Check.of(
        "OKR110",
        Severity.WARNING,
        message("Text that YAML cuts off"),
        message(
            "To YAML a # after a space begins a remark, and a comma in braces the next field: the "
            "rest of your text would be missing."
        ),
        "title: Become #1 with past guests",
        'title: "Become #1 with past guests"',
    ),
    Check.of(
        "OKR111",
        Severity.WARNING,
        message("A number that can be read in two ways"),
        message(
            "10.000 is ten here, and ten thousand in many countries: the score could be wrong by a "
            "factor of a thousand."
        ),
        """
        key_results:
          - {title: Welcome past guests again, from: 0, to: 10.000}
          - {title: Answer within the day, from: 3 days, to: 1 day}
        """,
        """
        key_results:
          - {title: Welcome past guests again, from: 0, to: "10,000"}
          - {title: Answer within the day, from: 3 days, to: 1 day}
        """,
    ),
    Check.of(
        "OKR112",
        Severity.ERROR,
        message("A merge conflict was left in the file"),
        message("Two people changed the same lines; nobody has said yet which version is right."),
        """
        <<<<<<< HEAD
        weight: 1
        =======
        weight: 2
        >>>>>>> better
        """,
        "weight: 2",
    ),
    Check.of(
        "OKR113",
        Severity.WARNING,
        message("Lines that a merge in git may lose or double"),
        message(
            "With `merge=union` in .gitattributes git keeps the lines of both branches, and a line "
            "that both have only once: a check-in of several lines can lose one. What both "
            "branches changed is there twice."
        ),
        """
        check_ins:
          - date: 2026-11-09
            values: {guests: 20}
        """,
        """
        check_ins:
          - {date: 2026-11-09, values: {guests: 20}}
        """,
    ),
)
