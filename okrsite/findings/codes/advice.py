"""OKR4xx. What makes good OKRs: the coach."""

from okrsite.findings.codes.check import advice, warning
from okrsite.i18n import message

CHECKS = (
    advice(
        "OKR401",
        message("Fewer than two or more than five key results"),
        message("One key result rarely captures an objective; more than five isn't focus."),
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
    warning(
        "OKR402",
        message("A key result without a measure"),
        message("Without a target, a range or milestones, nobody can tell whether it was reached."),
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
    advice(
        "OKR403",
        message("A number in the objective's title"),
        message(
            "The objective says where to go, in words that people remember; key results say "
            "how far."
        ),
        "title: Sell tours for $5M to past guests",
        "title: Be the first choice of past guests",
    ),
    advice(
        "OKR404",
        message("More than five active objectives"),
        message("Six priorities are none: with fewer objectives, more gets done."),
        "owner: marketing  # five objectives of 2026 Q4 are theirs already",
        """
        owner: marketing
        status: cancelled  # five are enough
        """,
    ),
    advice(
        "OKR405",
        message("Not aligned"),
        message("Alignment shows which larger objective this work serves."),
        "aligns_to: []",
        "aligns_to: company/growth",
    ),
    advice(
        "OKR406",
        message("No recent check-in"),
        message("A number nobody has updated for weeks says little about today."),
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
    advice(
        "OKR407",
        message("A missed commitment without a retrospective"),
        message(
            "When a commitment wasn't kept, a few sentences on what you learned are worth writing."
        ),
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
    advice(
        "OKR408",
        message("Everything hit 1.0: was the bar too low?"),
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
    advice(
        "OKR409",
        message("An unhealthy KPI that nobody is working on"),
        message("A KPI outside its healthy range needs a key result – or a better range."),
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
    advice(
        "OKR410",
        message("Milestone without a measure"),
        message("“Done” means something different to everyone until you name a visible sign."),
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
    advice(
        "OKR411",
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
    advice(
        "OKR412",
        message("Mentions pay"),
        message("When pay depends on them, people set easy objectives; keep the two apart."),
        "title: Win back past guests for our bonus",
        "title: Win back past guests",
    ),
    warning(
        "OKR413",
        message("A grade without a reason"),
        message("A manual grade can only be understood with its reason."),
        "grade: {score: 0.6}",
        """
        grade:
          score: 0.6
          reason: The guests came back, but most of them in December.
        """,
    ),
    advice(
        "OKR414",
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
    advice(
        "OKR415",
        message("A KPI's reading is overdue"),
        message("Readers take old figures for today's."),
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
    advice(
        "OKR416",
        message("A date in the future"),
        message(
            "Anything dated in the future only counts from that day on; often the month is a typo."
        ),
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
    advice(
        "OKR417",
        message("A guardrail outside its range"),
        message("Something you meant to protect is getting worse; an “on track” hides that."),
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
    advice(
        "OKR418",
        message("An activity instead of an outcome"),
        message("You can hold twelve workshops, and nothing is different afterwards."),
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
    advice(
        "OKR419",
        message("Two measures in one key result"),
        message("Only one of them counts; nobody sees how the other is doing."),
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
    advice(
        "OKR420",
        message("An objective that goes in several directions"),
        message("Three aims are no focus, and nobody remembers a long title."),
        """
        title: Grow revenue, reduce churn and hire a sales team
        """,
        """
        title: Keep the customers that we win
        """,
    ),
    advice(
        "OKR421",
        message("An initiative past its due day"),
        message("A late initiative that is still “doing” tells nobody what happens next."),
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
    advice(
        "OKR422",
        message("Still a draft, though its cycle has begun"),
        message("A draft counts nowhere: nobody sees how far it is, and no check-in is due."),
        """
        cycle: 2026-q4  # it is November
        status: draft
        """,
        """
        cycle: 2026-q4
        status: active
        """,
    ),
    advice(
        "OKR430",
        message("More than ten active KPIs of one owner"),
        message("Nobody looks at a dashboard that takes more than a glance."),
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
    advice(
        "OKR431",
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
    advice(
        "OKR432",
        message("A KPI that no objective and no pillar uses"),
        message("Watching a number that changes nothing costs somebody an hour a month."),
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
    advice(
        "OKR433",
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
