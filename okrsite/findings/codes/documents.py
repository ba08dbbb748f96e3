"""OKR1xx. What is written: can a document be read, and is every field what it should be?"""

from okrsite.findings.codes.check import error, warning
from okrsite.i18n import message

CHECKS = (
    error(
        "OKR101",
        message("The front matter cannot be read"),
        message(
            "A document that can't be read doesn't count: it would silently be missing from the "
            "site."
        ),
        "title: Sales: win back past guests",
        'title: "Sales: win back past guests"',
    ),
    error(
        "OKR102",
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
    error(
        "OKR103",
        message("A required field is missing"),
        message("Without it no figure can be computed."),
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
    error(
        "OKR104",
        message("A value of the wrong kind, format or range"),
        message("A guessed value is worse than a missing one: every figure must be certain."),
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
    error(
        "OKR105",
        message("An id is used twice"),
        message(
            "A reference must have one meaning; the first use of an id is kept, later ones are "
            "left out."
        ),
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
    warning(
        "OKR106",
        message("A field that is unknown or not used here"),
        message("It is usually a typo, and what you wrote there is ignored."),
        "wieght: 2",
        "weight: 2",
    ),
    error(
        "OKR107",
        message("Two units in one key result or KPI"),
        message("Values in different units can't be compared."),
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
    error(
        "OKR108",
        message("Start and target are equal"),
        message("Start equals target, so progress can't be computed."),
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
    warning(
        "OKR109",
        message(
            "A page that looks like a document but isn't one, or a document left out of the site"
        ),
        message(
            "It counts in no figure, though its author thinks it does. If it says that it is "
            "private, this is an error, and it is kept out of the site."
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
    warning(
        "OKR110",
        message("Text that YAML cuts off"),
        message(
            "In YAML, a # after a space begins a comment, and a comma in braces begins the next "
            "field: the rest of your text would be missing."
        ),
        "title: Become #1 with past guests",
        'title: "Become #1 with past guests"',
    ),
    warning(
        "OKR111",
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
    error(
        "OKR112",
        message("A merge conflict was left in the file"),
        message(
            "Two people changed the same lines, and nobody has decided yet which version is right."
        ),
        """
        <<<<<<< HEAD
        weight: 1
        =======
        weight: 2
        >>>>>>> better
        """,
        "weight: 2",
    ),
    warning(
        "OKR113",
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
