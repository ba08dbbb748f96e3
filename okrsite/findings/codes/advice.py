"""OKR4xx. What makes good OKRs: the coach."""

from okrsite.findings.codes.check import Check, Severity
from okrsite.i18n import message

CHECKS = (
    Check.of(
        "OKR401",
        Severity.ADVICE,
        message("Fewer than two or more than five key results"),
        message("One key result rarely describes an objective; more than five are no focus."),
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
    Check.of(
        "OKR402",
        Severity.WARNING,
        message("A key result without a measure"),
        message("Without a target, a band or milestones nobody can say whether it was reached."),
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
    Check.of(
        "OKR403",
        Severity.ADVICE,
        message("A number in the objective's title"),
        message(
            "The objective says where to go, in words that people remember; key results say "
            "how far."
        ),
        "title: Sell tours for $5M to past guests",
        "title: Be the first choice of past guests",
    ),
    Check.of(
        "OKR404",
        Severity.ADVICE,
        message("More than five active objectives"),
        message("Whoever has six priorities has none: fewer objectives get more of each done."),
        "owner: marketing  # five objectives of 2026 Q4 are theirs already",
        """
        owner: marketing
        status: draft  # its turn comes when another one is done
        """,
    ),
    Check.of(
        "OKR405",
        Severity.ADVICE,
        message("An objective that aligns to nothing"),
        message("Alignment shows which larger objective this work serves."),
        "aligns_to: []",
        "aligns_to: company/growth",
    ),
    Check.of(
        "OKR406",
        Severity.ADVICE,
        message("No recent check-in"),
        message("A figure that nobody has looked at for weeks says little about today."),
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
    Check.of(
        "OKR407",
        Severity.ADVICE,
        message("A missed commitment without a retrospective"),
        message("A commitment that was not kept is worth a few sentences on what was learned."),
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
    Check.of(
        "OKR408",
        Severity.ADVICE,
        message("Everything reached: the bar was low"),
        message("An aspirational objective that reaches 1.0 throughout could have aimed higher."),
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
    Check.of(
        "OKR409",
        Severity.ADVICE,
        message("An unhealthy KPI that nobody works on"),
        message("A KPI outside its band asks for a key result, or for a band that fits."),
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
    Check.of(
        "OKR410",
        Severity.ADVICE,
        message("A milestone that does not say how it is measured"),
        message("“Done” means something else to everybody until a sign is named that all can see."),
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
    Check.of(
        "OKR411",
        Severity.ADVICE,
        message("Business as usual"),
        message(
            "The KPI is healthy at the start and at the target: keep watching it as a health "
            "metric."
        ),
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
    Check.of(
        "OKR412",
        Severity.ADVICE,
        message("Pay is mentioned"),
        message("Objectives that decide on pay are set low; keep the two apart."),
        "title: Win back past guests for our bonus",
        "title: Win back past guests",
    ),
    Check.of(
        "OKR413",
        Severity.WARNING,
        message("A grade without a reason"),
        message("A score given by hand can only be understood with the reason beside it."),
        "grade: {score: 0.6}",
        """
        grade:
          score: 0.6
          reason: The guests came back, but most of them in December.
        """,
    ),
    Check.of(
        "OKR414",
        Severity.ADVICE,
        message("Only lagging indicators"),
        message("A lagging KPI moves when it is too late to act; a leading one tells sooner."),
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
    Check.of(
        "OKR415",
        Severity.ADVICE,
        message("A KPI's reading is overdue"),
        message("A dashboard with old figures is read as if they were today's."),
        """
        # kpis/no-shows.md
        type: kpi
        owner: sales
        every: month
        keep: {max: 6%}
        readings:
          - {date: 2026-08-31, value: 4%}
        """,
        """
        # kpis/no-shows.md
        type: kpi
        owner: sales
        every: month
        keep: {max: 6%}
        readings:
          - {date: 2026-08-31, value: 4%}
          - {date: 2026-10-31, value: 5%}
        """,
    ),
    Check.of(
        "OKR416",
        Severity.ADVICE,
        message("A date that is still to come"),
        message("What is dated later counts only from that day on; often the month is mistyped."),
        """
        cycle: 2026-q4
        check_ins:
          - date: 2026-12-09  # it is November
            values: {guests: 20}
        """,
        """
        cycle: 2026-q4
        check_ins:
          - date: 2026-11-09
            values: {guests: 20}
        """,
    ),
    Check.of(
        "OKR417",
        Severity.ADVICE,
        message("A guardrail outside its range"),
        message("What was not to suffer suffers; whoever reads that all is on track should know."),
        """
        guardrails: [complaints]
        key_results:
          - {title: Hear fewer complaints, kpi: complaints, to: 8}
          - {title: Welcome past guests again, from: 0, to: 200}
        # kpis/complaints.md
        type: kpi
        owner: support
        keep: {max: 10}
        readings: [{date: 2026-10-31, value: 14}]
        """,
        """
        guardrails: [complaints]
        # kpis/complaints.md
        type: kpi
        owner: support
        keep: {max: 10}
        readings: [{date: 2026-10-31, value: 9}]
        """,
    ),
    Check.of(
        "OKR418",
        Severity.ADVICE,
        message("An activity instead of an outcome"),
        message("Twelve workshops can be held and nothing be different afterwards."),
        """
        key_results:
          - {title: Hold 12 workshops, to: 12}
          - {title: Welcome past guests again, from: 0, to: 200}
        """,
        """
        key_results:
          - {title: Be recommended by those who came, from: 40%, to: 60%}
          - {title: Welcome past guests again, from: 0, to: 200}
        initiatives:
          - {title: Hold 12 workshops}
        """,
    ),
    Check.of(
        "OKR419",
        Severity.ADVICE,
        message("Two measures in one key result"),
        message("Only one of them is counted; nobody sees how the other is doing."),
        """
        key_results:
          - {title: Raise renewals to 80% and cut refunds to 3%, from: 70%, to: 80%}
          - {title: Welcome past guests again, from: 0, to: 200}
        """,
        """
        key_results:
          - {title: Raise renewals, from: 70%, to: 80%}
          - {title: Cut refunds, from: 6%, to: 3%}
        """,
    ),
    Check.of(
        "OKR420",
        Severity.ADVICE,
        message("An objective that goes in several directions"),
        message("What has three aims has no focus, and a title that is long is not remembered."),
        """
        title: Grow revenue, reduce churn and hire a sales team
        """,
        """
        title: Keep the customers that we win
        """,
    ),
    Check.of(
        "OKR421",
        Severity.ADVICE,
        message("An initiative past its due day"),
        message("Work that is late and still listed as under way tells nobody what happens next."),
        """
        cycle: 2026-q4
        initiatives:
          - {title: A page for past guests, due: 2026-10-20, status: doing}  # it is November
        """,
        """
        cycle: 2026-q4
        initiatives:
          - {title: A page for past guests, due: 2026-10-20, status: done}
        """,
    ),
    Check.of(
        "OKR430",
        Severity.ADVICE,
        message("More than ten active KPIs of one owner"),
        message("A dashboard that nobody can take in at a glance is not looked at."),
        "\n".join(
            f"# kpis/number-{n}.md\ntype: kpi\nowner: sales\nkeep: {{min: 0}}\n"
            "readings: [{date: 2026-10-31, value: 9}]"
            for n in range(11)
        ),
        """
        # kpis/number-0.md
        type: kpi
        owner: sales
        keep: {min: 0}
        readings: [{date: 2026-10-31, value: 9}]
        """,
    ),
    Check.of(
        "OKR431",
        Severity.ADVICE,
        message("A KPI without a range or a target"),
        message("A number by itself is neither good nor bad."),
        """
        # kpis/no-shows.md
        type: kpi
        owner: sales
        readings: [{date: 2026-10-31, value: 4%}]
        """,
        """
        # kpis/no-shows.md
        type: kpi
        owner: sales
        keep: {max: 5%}
        readings: [{date: 2026-10-31, value: 4%}]
        """,
    ),
    Check.of(
        "OKR432",
        Severity.ADVICE,
        message("A KPI that no objective and no pillar uses"),
        message("What is watched for nothing costs somebody an hour each month."),
        """
        # strategy/guests.md
        type: pillar
        kpis: [bookings, retention, revenue, satisfaction]
        # kpis/no-shows.md
        type: kpi
        owner: sales
        keep: {max: 5%}
        readings: [{date: 2026-10-31, value: 4%}]
        """,
        """
        # strategy/guests.md
        type: pillar
        kpis: [bookings, no-shows, retention, revenue, satisfaction]
        # kpis/no-shows.md
        type: kpi
        owner: sales
        keep: {max: 5%}
        readings: [{date: 2026-10-31, value: 4%}]
        """,
    ),
    Check.of(
        "OKR433",
        Severity.ADVICE,
        message("A KPI whose readings never change"),
        message("Either it is copied from month to month, or there is nothing left to watch."),
        """
        # kpis/no-shows.md
        type: kpi
        owner: sales
        keep: {max: 5%}
        readings:
          - {date: 2026-07-31, value: 4%}
          - {date: 2026-08-31, value: 4%}
          - {date: 2026-09-30, value: 4%}
          - {date: 2026-10-31, value: 4%}
        """,
        """
        # kpis/no-shows.md
        type: kpi
        owner: sales
        keep: {max: 5%}
        readings:
          - {date: 2026-07-31, value: 4.4%}
          - {date: 2026-08-31, value: 4.1%}
          - {date: 2026-09-30, value: 4%}
          - {date: 2026-10-31, value: 3.8%}
        """,
    ),
)
