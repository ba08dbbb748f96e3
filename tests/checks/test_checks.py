"""What the checks of drafting, rhythm and KPIs say, and when they keep still."""

from datetime import date

import pytest

from okrsite.checks.registry import RULES
from okrsite.findings.codes import CHECKS
from okrsite.findings.finding import Severity
from tests.samples import AS_OF, codes, document, findings_of, objective, places

ONE = "id: a, title: A, to: 10, current: 4"
TWO = "id: b, title: B, to: 10, current: 4"
CLOSED = date(2027, 1, 1)


ASKED = "**What did we reach?**\n\n**What got in the way?**\n"


def found(code: str, *key_results: str, as_of: date = AS_OF, body: str = "", **fields: str) -> bool:
    """Whether an objective gets a finding."""
    text = objective(*(key_results or (ONE, TWO)), body=body, **fields)
    return code in codes(findings_of({"grow.md": text}, as_of))


def test_every_rule_has_a_code_of_the_register_and_every_code_of_4xx_a_rule() -> None:
    assert sorted(RULES) == [code for code in sorted(CHECKS) if code.startswith("OKR4")]


def test_only_errors_and_warnings_can_fail_a_build() -> None:
    dated = {"OKR406", "OKR407", "OKR408", "OKR409", "OKR411", "OKR415", "OKR416"}
    assert {CHECKS[code].severity for code in dated} == {Severity.ADVICE}
    assert all(check.summary and check.why for check in CHECKS.values())


def test_a_well_drafted_objective_gets_no_finding() -> None:
    checked_in = "[{date: 2026-11-10, values: {a: 4, b: 4}}]"
    results = ("id: a, title: A, to: 10", "id: b, title: B, to: 10")
    text = objective(*results, check_ins=checked_in)
    assert places(findings_of({"grow.md": text})) == []


@pytest.mark.parametrize(
    ("count", "said"), [(0, True), (1, True), (2, False), (5, False), (6, True)]
)
def test_two_to_five_key_results(count: int, said: bool) -> None:
    results = [f"id: k{n}, title: K, to: 5" for n in range(count)]
    cancelled = "id: c, title: C, to: 5, status: cancelled"
    assert found("OKR401", *results, cancelled) is said


def test_a_key_result_needs_a_measure() -> None:
    assert found("OKR402", "id: a, title: A, current: 0.5", TWO)
    assert not found("OKR402", "id: a, title: A, roll_up: true", TWO)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Grow to $5M", True),
        ("Grow by 20%", True),
        ("Win 400k users", True),
        ("Raise 5 EUR a head", True),
        ("Win Europe in 2026", False),
        ("Launch version 2", False),
        ("Make 5 markets happy", False),
    ],
)
def test_what_is_measured_belongs_in_a_key_result(title: str, said: bool) -> None:
    assert found("OKR403", title=title) is said


def test_the_sixth_active_objective_of_an_owner_in_a_cycle_is_said_at_its_path() -> None:
    files = {f"o{n}.md": objective(ONE, TWO) for n in range(1, 8)}
    files["o0.md"] = objective(ONE, TWO, status="draft")
    files["p.md"] = objective(ONE, TWO, cycle="2027")
    said = [p for p in places(findings_of(files)) if p.startswith("OKR404")]
    assert said == ["OKR404 o6.md:1"]
    assert "OKR404" not in codes(findings_of({f"o{n}.md": files[f"o{n}.md"] for n in range(1, 6)}))


def test_below_the_company_an_objective_aligns_to_something() -> None:
    files = {"sales.md": document("team"), "top.md": objective(ONE, TWO),
             "below.md": objective(ONE, TWO, owner="sales")}  # fmt: skip
    assert "OKR405 below.md:1" in places(findings_of(files))
    files["below.md"] = objective(ONE, TWO, owner="sales", aligns_to="top")
    assert "OKR405" not in codes(findings_of(files))
    # A reference that leads nowhere is an error already, and meant as an alignment.
    files["below.md"] = objective(ONE, TWO, owner="sales", aligns_to="nowhere")
    assert "OKR405" not in codes(findings_of(files))


def test_a_stale_objective_is_said_with_the_day_of_its_last_sign() -> None:
    text = objective("id: a, title: A, to: 10", TWO, check_ins="[{date: 2026-10-20, note: Hi}]")
    stale = [f for f in findings_of({"grow.md": text}) if f.code == "OKR406"]
    assert ["26 days, since 2026-10-20" in f.message for f in stale] == [True]


@pytest.mark.parametrize(
    ("body", "commitment", "as_of", "said"),
    [
        ("", "committed", CLOSED, True),
        ("## Retrospective\n\nWe learned.", "committed", CLOSED, False),
        ("## retrospective: the end", "committed", CLOSED, False),
        ("### Retrospective", "committed", CLOSED, True),
        ("## Retrospectives of others", "committed", CLOSED, True),
        (f"## Retrospective\n\nClosed.\n\n{ASKED}\n", "committed", CLOSED, True),
        (f"## Retrospective\n\n{ASKED}\n\n## Links\n\nMore.", "committed", CLOSED, True),
        (f"## Retrospective\n\n{ASKED}\nThe letters.", "committed", CLOSED, False),
        ("## Retrospective\n\n**Was ging?**\nViel.\n\n**Und?**", "committed", CLOSED, False),
        ("## Retrospective\n\nWe learned **a lot**.", "committed", CLOSED, False),
        ("", "aspirational", CLOSED, False),
        ("", "committed", AS_OF, False),
    ],
)
def test_a_missed_commitment_is_worth_a_retrospective(
    body: str, commitment: str, as_of: date, said: bool
) -> None:
    assert found("OKR407", as_of=as_of, body=body, commitment=commitment) is said


def test_an_aspirational_objective_that_reaches_everything_aimed_low() -> None:
    full = ("id: a, title: A, to: 10, current: 10", "id: b, title: B, to: 10, current: 20")
    assert found("OKR408", *full, as_of=CLOSED)
    assert not found("OKR408", *full, as_of=AS_OF)
    assert not found("OKR408", *full, as_of=CLOSED, commitment="committed")
    assert not found("OKR408", full[0], TWO, as_of=CLOSED)


KPI = document(
    "kpi", "owner: company", "keep: {min: 85}", "indicator: lagging",
    "readings: [{date: 2026-09-30, value: 82}, {date: 2026-11-01, value: 84}]",
)  # fmt: skip


def test_an_unhealthy_kpi_wants_a_key_result() -> None:
    assert "OKR409 csat.md:4" in places(findings_of({"csat.md": KPI}))
    working = objective("id: a, title: A, kpi: csat, to: 90", TWO)
    assert "OKR409" not in codes(findings_of({"csat.md": KPI, "grow.md": working}))
    assert "OKR409" not in codes(findings_of({"csat.md": KPI.replace("84}", "85}")}))
    assert "OKR409" not in codes(findings_of({"csat.md": KPI.replace("keep: {min: 85}", "")}))


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("id: a, title: Launched, done: false", True),
        ("id: a, title: Launched, done: false, measured_by: the first sale", False),
        ("id: a, title: Launched as measured by the first sale, done: false", False),
        ("id: a, title: Launched, milestones: [{title: Launched}]", False),
        ("id: a, title: Launched, done: false, status: cancelled", False),
    ],
)
def test_a_milestone_without_a_list_says_how_it_is_measured(result: str, said: bool) -> None:
    assert found("OKR410", result, TWO, ONE.replace("id: a", "id: c")) is said


def test_what_starts_and_ends_healthy_is_business_as_usual() -> None:
    healthy = KPI.replace("value: 82", "value: 86")

    def said(kpi: str, target: str) -> bool:
        grow = objective(f"id: a, title: A, kpi: csat, to: {target}", TWO)
        return "OKR411" in codes(findings_of({"csat.md": kpi, "grow.md": grow}))

    assert said(healthy, "90")
    assert not said(KPI, "90")
    assert not said(healthy, "80")


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Pay the bonus", True),
        ("Salaries rise", True),
        ("COMPENSATION review", True),
        ("Make bonuses fair", True),
        ("Salaried work", False),
        ("Grow", False),
    ],
)
def test_pay_is_kept_apart_wherever_a_title_mentions_it(title: str, said: bool) -> None:
    assert found("OKR412", title=title) is said
    assert found("OKR412", ONE.replace("title: A", f"title: {title}"), TWO) is said
    assert found("OKR412", initiatives=f"[{{title: {title}}}]") is said


def test_a_grade_has_a_reason() -> None:
    assert found("OKR413", grade="{score: 0.5}")
    assert found("OKR413", f"{ONE}, grade: {{score: 0.5}}", TWO)
    assert not found("OKR413", grade="{score: 0.5, reason: why}")


def test_not_every_key_result_rests_on_a_lagging_kpi() -> None:
    def said(*results: str, kpi: str = KPI) -> bool:
        return "OKR414" in codes(findings_of({"csat.md": kpi, "grow.md": objective(*results)}))

    on_it = "id: a, title: A, kpi: csat, to: 90"
    assert said(on_it)
    assert not said(on_it, TWO)
    assert not said(on_it, kpi=KPI.replace("lagging", "leading"))


def test_an_overdue_reading_is_said() -> None:
    empty = document("kpi", "owner: company")
    assert "OKR415 empty.md:1" in places(findings_of({"empty.md": empty}))
    assert "OKR415" not in codes(findings_of({"csat.md": KPI}, date(2027, 1, 2)))
    assert "OKR415 csat.md:6" in places(findings_of({"csat.md": KPI}, date(2027, 1, 3)))


DRAFTED_BADLY = {
    "sales.md": document("team"),
    "csat.md": KPI.replace("value: 82", "value: 86").replace("value: 84", "value: 86"),
    "grow.md": objective(
        "id: a, title: Pay a bonus, kpi: csat, to: 90", title="Grow to $5M", owner="sales"
    ),
    "done.md": objective("id: a, title: Done, done: false", owner="sales"),
}
DRAFTING = {"OKR401", "OKR403", "OKR405", "OKR410", "OKR411", "OKR412", "OKR414"}


def test_advice_on_drafting_is_given_while_it_helps() -> None:
    assert set(codes(findings_of(DRAFTED_BADLY))) >= DRAFTING
    assert not DRAFTING & set(codes(findings_of(DRAFTED_BADLY, CLOSED)))
    cancelled = {
        name: text.replace("owner: sales", "owner: sales\nstatus: cancelled")
        for name, text in DRAFTED_BADLY.items()
    }
    assert not DRAFTING & set(codes(findings_of(cancelled)))


@pytest.mark.parametrize(
    "text",
    [
        document("team", "blue: 1", "ignore: [OKR106]"),
        document("team", "blue: 1", "ignore: okr106"),
        document("person", "blue: 1", "ignore: [OKR1]"),
        document("company", "blue: 1", "ignore: [OKR106]"),
        document("kpi", "owner: company", "blue: 1", "ignore: [OKR106, OKR415]"),
        document("check-in", "date: 2026-11-01", "updates: []", "blue: 1", "ignore: [OKR106]"),
        document("cycle", "start: 2026-10-01", "end: 2026-12-31", "blue: 1", "ignore: [OKR106]"),
        objective(ONE, TWO, blue="1", ignore="[OKR1, OKR406]"),
    ],
)
def test_a_document_need_not_hear_what_it_ignores(text: str) -> None:
    findings = findings_of({"a.md": text})
    assert [f for f in findings if f.code == "OKR106"] == []


def test_errors_cannot_be_ignored() -> None:
    text = document("kpi", "owner: nobody", "ignore: [OKR2, all]")
    assert "OKR201" in codes(findings_of({"a.md": text}))


def test_what_is_dated_later_is_said_once_of_the_first() -> None:
    dated = "[{date: 2026-12-20, note: A}, {date: 2026-11-15}, {date: 2026-12-09, note: B}]"
    files = {"grow.md": objective(ONE, TWO, check_ins=dated), "csat.md": KPI}
    said = [f for f in findings_of(files) if f.code == "OKR416"]
    assert [f.message for f in said] == [
        "the check-in for 2026-12-09 (and 1 more after it) is dated after 2026-11-15 "
        "and is not counted yet"
    ]
    assert "OKR416" not in codes(findings_of(files, date(2026, 12, 20)))


def test_a_check_in_outside_its_cycle_is_not_said_twice() -> None:
    assert found("OKR301", check_ins="[{date: 2062-11-10, note: A}]")
    assert not found("OKR416", check_ins="[{date: 2062-11-10, note: A}]")


def test_a_reading_that_is_dated_later_is_said() -> None:
    typing_error = KPI.replace("2026-", "2062-")
    assert "2062-" in typing_error
    assert "OKR416" in codes(findings_of({"csat.md": typing_error}))


def test_a_commitment_that_was_nearly_kept_is_not_said_to_have_closed_at_one() -> None:
    text = objective("id: a, title: A, to: 1000, current: 996", commitment="committed")
    seen = [f for f in findings_of({"grow.md": text}, as_of=CLOSED) if f.code == "OKR407"]
    assert ["closed at 0.996 without" in f.message for f in seen] == [True]


@pytest.mark.parametrize(
    ("error", "hidden"),
    [
        ({"weight": "heavy"}, set()),
        ({"owner": "nobody"}, set()),
        ({"cycle": "nonesuch"}, {"OKR401", "OKR412", "OKR416", "OKR420", "OKR421"}),
    ],
)
def test_an_error_hides_no_other_finding(error: dict[str, str], hidden: set[str]) -> None:
    fields = {
        "title": "Grow fast, hire people and cut costs",
        "grade": "{score: 0.5}",
        "check_ins": "[{date: 2026-12-01, confidence: 0.5}]",
        "initiatives": "[{title: Bonus, due: 2026-10-05}]",
    }
    every = codes(findings_of({"grow.md": objective("title: A", ignore="[OKR406]", **fields)}))
    assert {"OKR401", "OKR402", "OKR412", "OKR413", "OKR416", "OKR420", "OKR421"} <= {*every}
    with_error = codes(findings_of({"grow.md": objective("title: A", **fields, **error)}))
    assert {*every} - {*with_error} == hidden


def test_a_draft_is_still_one_where_it_has_an_error() -> None:
    text = objective("title: A", status="draft", weight="heavy")
    assert {"OKR104", "OKR422"} <= {*codes(findings_of({"grow.md": text}))}
