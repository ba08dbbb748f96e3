import json
from datetime import date
from random import Random
from typing import Any

import pytest

from okrsite.history.diff.compare import compare
from okrsite.history.diff.json import to_json
from okrsite.history.diff.markdown import to_markdown
from okrsite.history.diff.model import Changes
from okrsite.history.diff.objectives import compare_objective
from okrsite.history.diff.sections import Sides
from okrsite.history.diff.sentences import ChangeSentences, titles_of
from okrsite.history.diff.state import SiteState
from okrsite.history.diff.text import as_text, to_text
from okrsite.language.wording import Words
from okrsite.settings import read_settings
from tests.samples import AS_OF, Files, document, objective, project_of

WORDS = Words.of("en")
SIDES = Sides("main (1234567)", "the working tree")
UPCOMING = date(2026, 9, 30)

REVENUE = "id: revenue, title: Double company revenue, from: $5M, to: $10M, current: $7.2M"
OTHER = "id: guests, title: Welcome guests, to: 100 guests, current: 20 guests"


def state(files: Files, as_of: date = AS_OF, **options: Any) -> SiteState:
    return SiteState.of(project_of(files, **options), read_settings(options), as_of)


def changes(before: Files, after: Files, as_of: date = AS_OF, **options: Any) -> Changes:
    return compare(WORDS, state(before, as_of, **options), state(after, as_of, **options))


def sentences(found: Changes) -> list[str]:
    """Return what is said of documents, goalposts marked, without scores and findings."""
    return [
        f"{'! ' if c.goalpost else ''}{as_text(c.sentence)}"
        for g in found.groups
        for c in g.changes
    ]


def change(before: str, after: str, as_of: date = AS_OF, **options: Any) -> list[str]:
    """Return what differs between two texts of one objective."""
    return sentences(changes({"grow.md": before}, {"grow.md": after}, as_of, **options))


def with_result(*key_results: str, **fields: str) -> str:
    return objective(*key_results, **{"title": "Grow", **fields})


# Nothing


def test_the_same_is_no_change() -> None:
    files = {"grow.md": with_result(REVENUE), "kpi.md": document("kpi", "owner: company")}
    found = changes(files, files)
    assert not found
    assert to_text(WORDS, found, SIDES) == "No changes to the OKRs.\n"
    assert "No changes to the OKRs." in to_markdown(WORDS, found, SIDES)
    assert json.loads(to_json(found, SIDES))["changes"] == []


@pytest.mark.parametrize(
    "other",
    [
        with_result(REVENUE).replace("\n", "\r\n"),
        "\ufeff" + with_result(REVENUE),
        with_result(REVENUE).replace("key_results:", "# a comment\n\nkey_results:"),
        with_result(REVENUE).replace("$10M", '"$10,000,000"'),
        with_result(REVENUE).replace("title: Grow", "tags: [a]\ntitle: 'Grow'"),
        with_result(REVENUE + ", weight: 1.0"),
    ],
)
def test_the_same_said_in_another_way_is_no_change(other: str) -> None:
    assert not changes({"grow.md": with_result(REVENUE)}, {"grow.md": other})


# Goalposts


def test_a_target_that_is_lowered_says_what_it_did_to_the_score() -> None:
    lowered = with_result(REVENUE.replace("$10M", "$8M"))
    assert change(with_result(REVENUE), lowered) == [
        "! Target of “Double company revenue” lowered from $10M to $8M: score 0.44 → 0.73"
    ]
    assert change(lowered, with_result(REVENUE)) == [
        "! Target of “Double company revenue” raised from $8M to $10M: score 0.73 → 0.44"
    ]


@pytest.mark.parametrize(
    ("way", "other", "expected"),
    [
        ("from: 30, to: 0", "to: 8", "made easier: 0 → 8"),
        ("from: 30, to: 8", "to: 0", "made harder: 8 → 0"),
        ("to: -5", "to: -2", "made easier: -5 → -2"),
        # Where the way turns round, neither is true.
        ("from: 30, to: 0", "to: 40", ": 0 → 40"),
        ("from: 10, to: 20", "to: 5", ": 20 → 5"),
    ],
)
def test_a_target_below_its_start_is_made_easier_or_harder(
    way: str, other: str, expected: str
) -> None:
    start, _, to = way.rpartition("to: ")
    before, after = (with_result(f"id: a, title: A, {start}{t}") for t in (f"to: {to}", other))
    space = "" if expected.startswith(":") else " "
    assert change(before, after) == [f"! Target of “A”{space}{expected}"]


@pytest.mark.parametrize(
    ("readings", "expected"),
    [("[{date: 2026-09-30, value: 30}]", "made easier: 0 → 8"), ("[]", ": 0 → 8")],
)
def test_the_way_of_a_kpi_begins_at_its_first_reading(readings: str, expected: str) -> None:
    kpi = {"kpi.md": document("kpi", "title: Findings", f"readings: {readings}", "owner: company")}
    before = with_result("id: a, title: A, kpi: kpi, to: 0")
    found = changes({**kpi, "grow.md": before}, {**kpi, "grow.md": before.replace("0}", "8}")})
    space = "" if expected.startswith(":") else " "
    assert sentences(found) == [f"! Target of “A”{space}{expected}"]


# Closed cycles

CLOSED_DAY = date(2027, 2, 1)
OLD = with_result("id: a, title: A, to: 10, current: 5", commitment="committed")
KPI_RESULT = with_result("id: a, title: A, kpi: kpi, from: 0, to: 10")
KPI_BEFORE = document("kpi", "owner: company", "readings: [{date: 2026-12-01, value: 5}]")
Q4 = document("cycle", "id: 2026-q4", "start: 2026-10-01", "end: 2026-12-31")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"o.md": OLD}, {"o.md": OLD.replace("current: 5", "current: 7")},
         ["Grow (2026 Q4, Acme): 0.50 → 0.70", "Acme, 2026 Q4: 0.50 → 0.70"]),
        ({"o.md": OLD}, {"o.md": OLD.replace("current: 5", "current: 10")},
         ["Grow (2026 Q4, Acme): 0.50 → 1.00, Missed → Achieved", "Acme, 2026 Q4: 0.50 → 1.00"]),
        # Nothing but the verdict.
        ({"o.md": OLD}, {"o.md": OLD.replace("committed", "aspirational")},
         ["Grow (2026 Q4, Acme): 0.50 → 0.50, Missed → Progressed"]),
        ({"o.md": OLD}, {}, ["Grow (2026 Q4, Acme): 0.50 → –", "Acme, 2026 Q4: 0.50 → –"]),
        ({}, {"o.md": OLD}, ["Grow (2026 Q4, Acme): – → 0.50", "Acme, 2026 Q4: – → 0.50"]),
        # The objective itself is as it was.
        ({"o.md": KPI_RESULT, "kpi.md": KPI_BEFORE},
         {"o.md": KPI_RESULT, "kpi.md": KPI_BEFORE.replace("value: 5", "value: 6")},
         ["Grow (2026 Q4, Acme): 0.50 → 0.60", "Acme, 2026 Q4: 0.50 → 0.60"]),
        ({"o.md": KPI_RESULT, "kpi.md": KPI_BEFORE, "c.md": Q4},
         {"o.md": KPI_RESULT, "kpi.md": KPI_BEFORE, "c.md": Q4.replace("2026-12-31", "2026-11-30")},
         ["Grow (2026 Q4, Acme): 0.50 → 0.00, Progressed → Missed", "Acme, 2026 Q4: 0.50 → 0.00"]),
        ({"o.md": OLD}, {"o.md": OLD.replace("title: A", "title: B")}, []),
    ],
)  # fmt: skip
def test_a_closed_cycle_that_is_scored_differently_has_a_heading_of_its_own(
    before: Files, after: Files, expected: list[str]
) -> None:
    found = changes(before, after, CLOSED_DAY)
    lines = to_text(WORDS, found, SIDES).split("\n")
    heading = "Scores of closed cycles change"
    assert (heading in lines) is bool(expected)
    told = lines[lines.index(heading) + 1 :] if expected else []
    assert [line[4:].split("  ")[0] for line in told[: len(expected)]] == expected
    assert (f"### ⚠ {heading}" in to_markdown(WORDS, found, SIDES)) is bool(expected)
    data = json.loads(to_json(found, SIDES))["closed_cycles"]
    assert len(data["objectives"]) + len(data["scores"]) == len(expected)


def test_an_open_cycle_and_one_that_is_being_closed_are_not_rewritten() -> None:
    files = {"o.md": OLD, "c.md": Q4}
    higher = {**files, "o.md": OLD.replace("current: 5", "current: 7")}
    assert not changes(files, higher).closed
    closing = {**higher, "c.md": Q4.replace("end:", "closed: 2026-11-10\nend:")}
    found = changes(files, closing)
    assert not found.closed
    assert not any(score.closed for score in found.scores)
    assert changes(closing, {**closing, "o.md": OLD}).closed


def test_before_the_cycle_opens_nothing_is_a_goalpost() -> None:
    lowered = with_result(REVENUE.replace("$10M", "$8M"))
    assert change(with_result(REVENUE), lowered, UPCOMING) == [
        "Target of “Double company revenue” lowered from $10M to $8M: score 0.44 → 0.73"
    ]
    assert change(with_result(REVENUE), lowered, date(2027, 3, 1))[0].startswith("! ")


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_what_does_not_count_yet_or_any_more_has_no_goalposts(status: str) -> None:
    before = with_result(REVENUE, status=status)
    assert change(before, before.replace("$10M", "$8M"))[0].startswith("Target of")


def test_values_and_goalposts_each_say_the_part_that_they_made() -> None:
    after = with_result(REVENUE.replace("$10M", "$8M").replace("$7.2M", "$7.4M"))
    assert change(with_result(REVENUE), after) == [
        "! Target of “Double company revenue” lowered from $10M to $8M: score 0.48 → 0.80",
        "Value of “Double company revenue” moved from $7.2M to $7.4M: score 0.44 → 0.48",
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("from: 2, to: 10, current: 4", "from: 0, to: 10, current: 6",
         ["! Start of “A”: 2 → 0: score 0.50 → 0.60",
          "Value of “A” moved from 4 to 6: score 0.25 → 0.50"]),
        ("scale: [[0, 0], [10, 1]], current: 5", "scale: [[0, 0], [8, 1]], current: 6",
         ["! Scale of “A”: 0 is 0.00, 10 is 1.00 → 0 is 0.00, 8 is 1.00: score 0.60 → 0.75",
          "Value of “A” moved from 5 to 6: score 0.50 → 0.60"]),
        ("keep: {min: 9}, current: 5", "keep: {min: 7}, current: 8",
         ["! Range of “A” made easier: ≥ 9 → ≥ 7: score 0.00 → 1.00",
          "Value of “A” moved from 5 to 8"]),
        ("milestones: [{title: a}, {title: b}]",
         "milestones: [{title: a, weight: 3, done: true}, {title: b}]",
         ["! Weight of milestone “a” of “A”: 1 → 3: score 0.50 → 0.75",
          "Milestone “a” of “A” done: score 0.00 → 0.50"]),
        # By these a score is computed in the same way: all of it was reached.
        ("to: 10, current: 4, plan: [[2026-11-01, 5]]",
         "to: 10, current: 6, plan: [[2026-11-01, 2]]",
         ["! Plan of “A” changed", "Value of “A” moved from 4 to 6: score 0.40 → 0.60"]),
        ("to: 10 days, current: 4 days", "to: 10 hours, current: 6 hours",
         ["! Target of “A”: 10 days → 10 hours",
          "Value of “A” moved from 4 days to 6 hours: score 0.40 → 0.60"]),
    ],
)  # fmt: skip
def test_values_move_against_the_old_goalposts_and_goalposts_under_the_new_values(
    before: str, after: str, expected: list[str]
) -> None:
    sides = [with_result(f"id: a, title: A, {fields}") for fields in (before, after)]
    assert change(*sides) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (REVENUE, REVENUE.replace("$5M", "$6M"),
         "! Start of “Double company revenue”: $5M → $6M: score 0.44 → 0.30"),
        (OTHER, OTHER + ", weight: 3", "! Weight of “Welcome guests”: 1 → 3"),
        (OTHER, OTHER + ", status: cancelled", "! Key result “Welcome guests” cancelled"),
        (OTHER + ", status: cancelled", OTHER,
         "Key result “Welcome guests” is no longer cancelled"),
        (OTHER + ", due: 2026-11-30", OTHER + ", due: 2026-12-15",
         "! Due date of “Welcome guests”: 30 Nov 2026 → 15 Dec 2026"),
        (OTHER + ", due: 2026-11-30", OTHER,
         "! Due date of “Welcome guests”: 30 Nov 2026 → at the end"),
        (OTHER, OTHER + ", due: 2026-11-30",
         "Due date of “Welcome guests”: at the end → 30 Nov 2026"),
        ("title: A, scale: [[0, 0], [10, 1]], current: 5",
         "title: A, scale: [[0, 0], [5, 0.7], [10, 1]], current: 5",
         "! Scale of “A”: 0 is 0.00, 10 is 1.00 → 0 is 0.00, 5 is 0.70, 10 is 1.00: "
         "score 0.50 → 0.70"),
        ("title: A, to: 9, plan: [[2026-11-01, 5]]", "title: A, to: 9, plan: [[2026-11-01, 2]]",
         "! Plan of “A” changed"),
        ("title: A, keep: {min: 99.9%}, current: 99%", "title: A, keep: {min: 98%}, current: 99%",
         "! Range of “A” made easier: ≥ 99.9% → ≥ 98%: score 0.00 → 1.00"),
        ("title: A, to: 9, aggregate: sum", "title: A, to: 9, aggregate: max",
         "! Aggregation of “A”: their sum → the largest"),
        ("title: A, to: 9", "title: A, keep: {max: 9}",
         "! “A” is measured differently: by a number → by a range to stay in"),
        ("title: A, to: 9 days", "title: A, to: 9 hours", "! Target of “A”: 9 days → 9 hours"),
        ("title: A, to: 9, grade: {score: 0.5, reason: r}",
         "title: A, to: 9, grade: {score: 0.9, reason: all *good*}",
         "! Grade of “A” changed from 0.50 to 0.90 (“all good”)"),
    ],
)  # fmt: skip
def test_goalposts_of_key_results(before: str, after: str, expected: str) -> None:
    sides = [with_result(result, "id: z, title: Z, to: 1") for result in (before, after)]
    assert change(*sides) == [expected]


def test_dropped_key_results_are_goalposts_and_new_ones_are_not() -> None:
    both, one = with_result(REVENUE, OTHER), with_result(REVENUE)
    assert change(both, one) == ["! Key result “Welcome guests” removed"]
    assert change(one, both) == ["New key result: “Welcome guests” to 100 guests"]
    cancelled = with_result(REVENUE, OTHER + ", status: cancelled")
    assert change(cancelled, one) == ["Key result “Welcome guests” removed"]


@pytest.mark.parametrize(
    ("field", "before", "after", "expected"),
    [
        ("commitment", "committed", "aspirational", "! Commitment: committed → aspirational"),
        ("weight", "1", "2.5", "! Weight: 1 → 2.5"),
        ("status", "active", "cancelled", "! Status: active → cancelled"),
        ("status", "draft", "active", "Status: draft → active"),
        ("cycle", "2026-q4", "2027-q1", "! Moved from cycle “2026 Q4” to “2027 Q1”"),
        ("every", "week", "2 weeks", "Check-in rhythm: every week → every 2 weeks"),
        ("title", "Grow", "Grow *fast*", "Renamed from “Grow”"),
        ("description", "One", "Two", "Description changed"),
        ("grade", "{score: 0.5, reason: no}", "{score: 0.8, reason: no}",
         "! Grade changed from 0.50 to 0.80 (“no”)"),
    ],
)  # fmt: skip
def test_what_changes_of_an_objective(field: str, before: str, after: str, expected: str) -> None:
    sides = [objective(REVENUE, **{"title": "Grow", field: value}) for value in (before, after)]
    assert change(*sides)[0] == expected


def test_a_grade_is_expected_at_the_close_and_a_goalpost_before_it() -> None:
    graded = objective(REVENUE, grade="{score: 0.8, reason: late orders}")
    assert change(objective(REVENUE), graded) == ["! Grade given: 0.80 (“late orders”)"]
    after_close = date(2027, 1, 10)
    assert change(objective(REVENUE), graded, after_close) == ["Grade given: 0.80 (“late orders”)"]
    assert change(graded, objective(REVENUE), after_close) == ["! Grade 0.80 withdrawn"]


def test_an_objective_that_is_dropped_while_its_cycle_runs_is_a_goalpost() -> None:
    files = {"grow.md": with_result(REVENUE)}
    assert sentences(changes(files, {})) == ["! Objective removed"]
    assert sentences(changes(files, {}, UPCOMING)) == ["Objective removed"]
    assert sentences(changes({}, files)) == [
        "New objective: “Double company revenue” from $5M to $10M"
    ]


def test_a_new_objective_says_what_it_is_measured_by() -> None:
    kpi = {"kpi.md": document("kpi", "owner: company", "unit: '%'")}
    new = {
        "grow.md": objective(
            "title: A, kpi: kpi, to: 9%", "title: B, keep: {max: 8 hours}",
            "title: C, milestones: [{title: x}]", "title: D, measured_by: seen", "title: E",
            "title: F, to: 3",
        )
    }  # fmt: skip
    assert sentences(changes(kpi, {**kpi, **new})) == [
        "New objective: “A” to 9%, “B” ≤ 8 hours, “C” with 1 milestone, “D”, “E” and 1 more"
    ]
    top = {"top.md": objective(REVENUE, title="Top", cycle="2026")}
    low = {"low.md": objective(OTHER, aligns_to="[top, top#revenue]", status="draft")}
    assert sentences(changes(top, {**top, **low})) == [
        "New draft objective: “Welcome guests” to 100 guests",
        "Aligns to “Top”",
        "Aligns to “Top” (key result “revenue”)",
    ]
    assert sentences(changes({}, {"a.md": objective(status="draft")})) == [
        "New draft objective without key results"
    ]


# Values, check-ins, milestones


def test_check_ins_and_the_values_that_they_bring() -> None:
    before = with_result("id: a, title: Answers, to: 10 answers")
    entry = "check_ins:\n  - {date: 2026-11-09, confidence: 0.8, values: {a: 4}, blockers: [x, y]}"
    after = before.replace("key_results:", f"{entry}\nkey_results:")
    assert change(before, after) == [
        "First value of “Answers”: 4 answers: score – → 0.40",
        "Check-in for 9 Nov 2026 added: confidence 0.8, “Answers” 4, 2 blockers",
    ]
    other = after.replace("0.8", "0.6").replace("{a: 4}", "{a: 5}").replace("[x, y]", "[z]")
    assert change(after, other) == [
        "Value of “Answers” moved from 4 answers to 5 answers: score 0.40 → 0.50",
        "Check-in for 9 Nov 2026 changed: confidence 0.8 → 0.6, “Answers” 4 → 5, other blockers",
    ]
    assert change(after, before) == [
        "“Answers” no longer has a value: score 0.40 → –",
        "Check-in for 9 Nov 2026 removed",
    ]


def test_what_a_check_in_says_of_one_key_result_alone() -> None:
    before, after = (
        with_result("id: a, title: Answers, to: 10").replace(
            "key_results:",
            f"check_ins: [{{date: 2026-11-09, values: {{a: {value}}}}}]\nkey_results:",
        )
        for value in ("{value: 4, note: x}", "{value: 4, note: y, confidence: 0.5}")
    )
    assert change(before, after) == [
        "Check-in for 9 Nov 2026 changed: confidence in “Answers” none → 0.5, "
        "another note on “Answers”"
    ]


ALPHA, BETA = "title: Alpha, from: 0, to: 100", "title: Beta, from: 10, to: 20"
GAMMA = "title: Gamma, from: 0, to: 50"


def stated(values: str, *results: str, in_document: bool) -> Files:
    """Return an objective whose values are written in it, or in a check-in document."""
    if not in_document:
        entry = f"check_ins: [{{date: 2026-11-09, values: {{{values}}}}}]\nkey_results:"
        return {"grow.md": with_result(*results).replace("key_results:", entry)}
    update = f"updates: [{{objective: grow, values: {{{values}}}}}]"
    check_in = document("check-in", "date: 2026-11-09", "owner: company", update)
    return {"grow.md": with_result(*results), "check-ins/2026-11-09.md": check_in}


@pytest.mark.parametrize("in_document", [False, True])
def test_values_follow_their_key_result_when_one_above_it_is_dropped(in_document: bool) -> None:
    """Without ids it is `kr1` where it was `kr2`."""
    before = stated("kr1: 50, kr2: 14, kr3: 5", ALPHA, BETA, GAMMA, in_document=in_document)
    after = stated("kr1: 14, kr2: 5", BETA, GAMMA, in_document=in_document)
    assert sentences(changes(before, after)) == ["! Key result “Alpha” removed"]
    added = sentences(changes(after, before))
    assert added[1:] == ["Check-in for 9 Nov 2026 changed: “Alpha” none → 50"]
    corrected = stated("kr1: 15, kr2: 5", BETA, GAMMA, in_document=in_document)
    assert sentences(changes(before, corrected))[-1] == (
        "Check-in for 9 Nov 2026 changed: “Beta” 14 → 15"
    )


@pytest.mark.parametrize("in_document", [False, True])
def test_values_that_now_count_for_another_key_result_are_mentioned(in_document: bool) -> None:
    before = stated("kr2: 14", ALPHA, BETA, GAMMA, in_document=in_document)
    after = stated("kr2: 14", BETA, GAMMA, in_document=in_document)
    assert sentences(changes(before, after)) == [
        "“Beta” no longer has a value: score 0.40 → –",
        "First value of “Gamma”: 14: score – → 0.28",
        "! Key result “Alpha” removed",
        "Check-in for 9 Nov 2026 changed: “Gamma” none → 14, “Beta” 14 → none",
    ]


def test_a_reading_of_a_later_day_moves_nothing_yet() -> None:
    before = with_result("id: a, title: Answers, to: 10, current: 2")
    entry = "check_ins: [{date: 2026-11-20, values: {a: 4}}]"
    after = before.replace("key_results:", f"{entry}\nkey_results:")
    assert change(before, after) == ["Check-in for 20 Nov 2026 added: “Answers” 4"]


def test_milestones_are_done_added_dropped_and_moved() -> None:
    before = with_result(
        "id: m, title: Launch, milestones: [{title: A}, {title: B, due: 2026-11-01}, {title: C}]"
    )
    after = with_result(
        "id: m, title: Launch, milestones: "
        "[{title: A, done: 2026-11-03}, {title: B, due: 2026-12-01}, {title: D}, {title: E}]"
    )
    assert change(before, after) == [
        "! Due date of milestone “B” of “Launch”: 1 Nov 2026 → 1 Dec 2026",
        "Milestone “D” of “Launch” added",
        "Milestone “E” of “Launch” added",
        "! Milestone “C” of “Launch” removed: score 0.33 → 0.25",
        "Milestone “A” of “Launch” done on 3 Nov 2026: score 0.00 → 0.33",
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("done: false", "done: 2026-11-03",
         ["Key result “Sign” done on 3 Nov 2026: score 0.00 → 1.00"]),
        ("done: true", "done: false", ["Key result “Sign” is no longer done: score 1.00 → 0.00"]),
        ("milestones: [{title: a, progress: 20%}]", "milestones: [{title: a, progress: 50%}]",
         ["Progress of milestone “a” of “Sign”: 20% → 50%: score 0.20 → 0.50"]),
        ("milestones: [{title: a}]", "milestones: [{title: a, weight: 2}]",
         ["! Weight of milestone “a” of “Sign”: 1 → 2"]),
        ("milestones: [{title: Sign the lease}]", "milestones: [{title: Sign the new lease}]",
         ["Milestone “Sign the lease” of “Sign” renamed “Sign the new lease”"]),
        ("milestones: [{title: a}, {title: b, done: true}]",
         "milestones: [{title: a}, {title: c, done: true}]",
         ["Milestone “c” of “Sign” added", "! Milestone “b” of “Sign” removed"]),
        ("current: 20%", "current: 50%",
         ["Value of “Sign” moved from 0.20 to 0.50: score 0.20 → 0.50"]),
    ],
)  # fmt: skip
def test_what_is_done(before: str, after: str, expected: list[str]) -> None:
    sides = [with_result(f"title: Sign, {fields}") for fields in (before, after)]
    assert change(*sides) == expected


@pytest.mark.parametrize(("before", "after"), [("1", "2"), ("2", "1")])
def test_the_weight_of_a_milestone_is_a_goalpost_once_the_cycle_has_begun(
    before: str, after: str
) -> None:
    share = {"1": "0.50", "2": "0.67"}
    sides = [
        with_result(
            f"title: Sign, milestones: [{{title: a, weight: {w}, done: true}}, {{title: b}}]"
        )
        for w in (before, after)
    ]
    text = (
        f"Weight of milestone “a” of “Sign”: {before} → {after}: "
        f"score {share[before]} → {share[after]}"
    )
    assert change(*sides) == [f"! {text}"]
    assert change(*sides, UPCOMING) == [text]


def test_a_roll_up_says_that_its_score_moved() -> None:
    top = objective("id: up, title: All together, roll_up: true", title="Top")
    files = {"top.md": top, "grow.md": objective(OTHER, aligns_to="top#up")}
    after = {**files, "grow.md": files["grow.md"].replace("current: 20", "current: 60")}
    assert sentences(changes(files, after)) == [
        "Value of “Welcome guests” moved from 20 guests to 60 guests: score 0.20 → 0.60",
        "Score of “All together”, from its supporting objectives: 0.20 → 0.60",
    ]


def test_alignment_owners_contributors_initiatives_and_text() -> None:
    around = {
        "a.md": objective(title="Top A", cycle="2026"),
        "b.md": objective(REVENUE, title="Top B", cycle="2026"),
        "teams/sales.md": document("team", "title: Sales"),
        "teams/support.md": document("team", "title: Support"),
    }
    before = objective(
        OTHER, aligns_to="a", depends_on="a", contributors="[sales]", owner="sales",
        initiatives="[{title: Page, status: doing}, {title: Old}]", body="One.",
    )  # fmt: skip
    after = objective(
        OTHER, aligns_to="b#revenue", contributors="[sales, support]", owner="support",
        initiatives="[{title: Page, status: done}, {title: New}]",
        body="One.\n\n## Retrospective\n\nWell.",
    )  # fmt: skip
    found = changes({**around, "x.md": before}, {**around, "x.md": after})
    assert sentences(found) == [
        "Owner: “Sales” → “Support”",
        "Contributors: “Sales” → “Sales”, “Support”",
        "Now aligns to “Top B” (key result “revenue”)",
        "No longer aligns to “Top A”",
        "No longer depends on “Top A”",
        "Initiative “Page”: under way → done",
        "New initiative “New”, to do",
        "Initiative “Old” removed",
        "Retrospective written",
    ]
    assert {(s.owner, s.before, s.after) for s in found.scores} == {
        ("teams/sales", 0.2, None), ("teams/support", None, 0.2),
    }  # fmt: skip


def test_what_an_objective_goes_on_from() -> None:
    old = {"old.md": objective(OTHER, title="Before", cycle="2026-q3")}
    new = objective(OTHER, title="Now")
    on = new.replace("cycle:", "continues: old\ncycle:")
    assert sentences(changes(old, {**old, "new.md": on})) == [
        "New objective: “Welcome guests” to 100 guests",
        "Continues “Before”",
    ]
    sides = {**old, "new.md": new}, {**old, "new.md": on}
    assert sentences(changes(*sides)) == ["Continues “Before”"]
    assert sentences(changes(*reversed(sides))) == ["No longer continues “Before”"]
    private = {"old.md": old["old.md"].replace("title:", "visibility: private\ntitle:", 1)}
    assert sentences(changes({**old, "new.md": on}, {**private, "new.md": on})) == []


# Errors on one side


def test_a_document_with_an_error_is_not_dropped() -> None:
    good, bad = with_result(REVENUE), with_result(REVENUE.replace("$10M", "10m"))
    found = changes({"grow.md": good}, {"grow.md": bad})
    assert sentences(found) == ["Has errors and is not counted"]
    assert [f.code for f in found.new_findings if f.code == "OKR104"] == ["OKR104"]
    back = changes({"grow.md": bad}, {"grow.md": good})
    assert sentences(back) == ["Errors fixed; counted again"]
    assert [f.code for f in back.solved_findings if f.code == "OKR104"] == ["OKR104"]
    unreadable = "---\ntype: objective\ntitle: [\n---\n"
    assert sentences(changes({"grow.md": good}, {"grow.md": unreadable})) == [
        "Has errors and is not counted"
    ]


def test_a_finding_on_another_line_is_the_same() -> None:
    before = with_result("title: A, to: 9", "title: B, to: 9", wieght="2")
    after = before.replace("wieght", "# words\n\nwieght")
    assert not changes({"grow.md": before}, {"grow.md": after})
    moved = changes({"grow.md": before}, {"okrs/2026-q4/grow.md": before})
    assert (moved.new_findings, moved.solved_findings) == ((), ())


# KPIs, cycles, owners


def kpi(*lines: str) -> str:
    return document("kpi", "title: Satisfaction", "owner: company", "unit: '%'", *lines)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("keep: {min: 85}", "keep: {min: 80}", ["Healthy range made easier: ≥ 85% → ≥ 80%"]),
        ("alert: {min: 75}", "alert: {min: 70}", ["Critical limits made easier: ≥ 75% → ≥ 70%"]),
        ("target: {value: 95}", "target: {value: 90, by: 2026-12-31}",
         ["Target: 95% → 90%", "Target date: none → 31 Dec 2026"]),
        ("keep: {max: 5}", "keep: {max: 7}", ["Healthy range made easier: ≤ 5% → ≤ 7%"]),
        ("keep: {max: 7}", "keep: {min: 1, max: 7}",
         ["Healthy range made harder: ≤ 7% → 1% to 7%"]),
        ("keep: {min: 3, max: 7}", "keep: {min: 4, max: 8}",
         ["Healthy range: 3% to 7% → 4% to 8%"]),
        ("keep: {max: 7}", "keep: {min: 7}", ["Healthy range: ≤ 7% → ≥ 7%"]),
        ("alert: {max: 9}", "alert: {max: 8}", ["Critical limits made harder: ≤ 9% → ≤ 8%"]),
        ("keep: {min: 85}\ntarget: {value: 95}", "keep: {min: 85}\ntarget: {value: 90}",
         ["Target made easier: 95% → 90%"]),
        ("keep: {max: 85}\ntarget: {value: 5}", "keep: {max: 85}\ntarget: {value: 3}",
         ["Target made harder: 5% → 3%"]),
        ("readings: [{date: 2026-09-01, value: 50}]\ntarget: {value: 20}",
         "readings: [{date: 2026-09-01, value: 50}]\ntarget: {value: 30}",
         ["Target made easier: 20% → 30%"]),
        ("indicator: leading", "indicator: lagging", ["Indicator: leading → lagging"]),
        ("every: month", "every: week", ["Reading rhythm: every month → every week"]),
        ("readings: [{date: 2026-10-01, value: 80}]",
         "readings: [{date: 2026-10-01, value: 81}, {date: 2026-11-01, value: 84}]",
         ["1 reading added, 84% on 1 Nov 2026", "1 reading changed, 80% on 1 Oct 2026 → 81%"]),
        ("readings: [{date: 2026-09-01, value: 8}, {date: 2026-10-01, value: 8}]", "x-a: 1",
         ["2 readings removed, the last 8% on 1 Oct 2026"]),
    ],
)  # fmt: skip
def test_what_changes_of_a_kpi(before: str, after: str, expected: list[str]) -> None:
    found = changes({"k.md": kpi(before)}, {"k.md": kpi(after)})
    assert sentences(found) == expected


def test_a_kpi_gets_well_comes_and_goes_and_is_moved() -> None:
    one = kpi("keep: {min: 85}", "readings: [{date: 2026-11-01, value: 80}]")
    two = one.replace("value: 80", "value: 90")
    assert sentences(changes({"k.md": one}, {"k.md": two}))[-1] == "Health: critical → healthy"
    assert sentences(changes({}, {"k.md": one})) == ["New KPI"]
    assert sentences(changes({"k.md": one}, {})) == ["KPI removed"]
    assert sentences(changes({"k.md": one}, {"kpis/other.md": one})) == [
        "File moved from content/k.md"
    ]


def test_owners_come_go_and_move() -> None:
    before = {
        "teams/sales.md": document("team", "title: Sales"),
        "teams/old.md": document("team", "title: Old"),
        "people/ada.md": document("person", "title: Ada", "team: sales"),
    }
    after = {
        "teams/sales.md": document("team", "title: Sales and more"),
        "teams/new.md": document("team", "title: New", "parent: sales"),
        "people/ada.md": document("person", "title: Ada", "team: new"),
    }
    assert sentences(changes(before, after)) == [
        "New team",
        "Team removed",
        "Renamed from “Sales”",
        "Team: “Sales and more” → “New”",
    ]


def test_no_figure_is_rounded_onto_the_other_side_of_a_limit_or_onto_the_other() -> None:
    def sides(kpi_values: list[str], value: str, target: str) -> Files:
        readings = [f"{{date: 2026-11-{i + 1:02}, value: {v}}}" for i, v in enumerate(kpi_values)]
        return {
            "kpis/up.md": document(
                "kpi", "title: Up", 'unit: "%"', "keep: {min: 99.95%}",
                "readings: [" + ", ".join(readings) + "]", "owner: company",
            ),
            "a.md": objective(f"id: a, title: A, from: 0, to: {target}, current: {value}"),
        }  # fmt: skip

    before = sides(["99.951%"], "5.001", "10.001")
    after = sides(["99.949%", "99.9499%"], "5.002", "10.002")
    found = sentences(changes(before, after))
    assert "! Target of “A” raised from 10.001 to 10.002" in found
    assert "Value of “A” moved from 5.001 to 5.002" in found
    assert "1 reading added, 99.9499% on 2 Nov 2026" in found
    assert "1 reading changed, 99.951% on 1 Nov 2026 → 99.949%" in found


def _on_kpi(to: str, *readings: str) -> Files:
    rows = "[" + ", ".join(f"{{date: {reading}}}" for reading in readings) + "]"
    return {"a.md": with_result(f"id: a, title: A, kpi: calls, to: {to}"),
            "calls.md": document("kpi", "owner: company", f"readings: {rows}")}  # fmt: skip


def test_an_edited_reading_that_a_key_result_starts_at_moves_a_goalpost() -> None:
    before = _on_kpi("40", "2026-09-30, value: 20", "2026-11-01, value: 30")
    after = _on_kpi("40", "2026-09-30, value: 10", "2026-11-01, value: 30")
    text = "Start of “A”, by the KPI: 20 → 10"
    assert sentences(changes(before, after))[0] == f"! {text}: score 0.50 → 0.67"
    assert sentences(changes(before, after, UPCOMING))[0] == text
    # One that is read after the others and still before the cycle begins edits nothing.
    first = _on_kpi("40", "2026-08-31, value: 5")
    later = _on_kpi("40", "2026-08-31, value: 5", "2026-09-30, value: 20")
    assert not any("Start" in text for text in sentences(changes(first, later)))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [("20", "10", "made harder: 20 → 10"), ("20", "25", "made easier: 20 → 25"),
     ("40", "50", "raised from 40 to 50"), ("20", "50", ": 20 → 50")],
)  # fmt: skip
def test_whether_a_target_falls_follows_from_the_start_that_the_kpi_gives(
    before: str, after: str, said: str
) -> None:
    # The first reading of all would say the opposite.
    readings = ("2025-09-30, value: 5", "2026-09-30, value: 30", "2026-11-01, value: 28")
    sides = [_on_kpi(target, *readings) for target in (before, after)]
    [text] = [text for text in sentences(changes(*sides)) if text.startswith("!")]
    assert text.startswith(f"! Target of “A” {said}".replace("” :", "”:"))


def test_a_cycle_that_ends_later_moves_everybodys_goalposts() -> None:
    lines = ["id: spring", "title: Spring", "start: 2026-10-01"]
    before, after = (
        {"cycles/spring.md": document("cycle", *lines, f"end: {end}")}
        for end in ("2026-12-15", "2026-12-31")
    )
    assert sentences(changes(before, after)) == ["! Last day: 15 Dec 2026 → 31 Dec 2026"]
    assert sentences(changes(after, before)) == ["Last day: 31 Dec 2026 → 15 Dec 2026"]
    assert sentences(changes(before, after, date(2026, 9, 1))) == [
        "Last day: 15 Dec 2026 → 31 Dec 2026"
    ]


def _cycle(end: str) -> str:
    return document("cycle", "title: Autumn", "start: 2026-10-01", f"end: {end}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"cycles/2026-q4.md": _cycle("2026-11-30")}, {}),
        ({}, {"cycles/2026-q4.md": _cycle("2027-01-31")}),
        ({"cycles/2026-q4.md": _cycle("2026-11-30")}, {"a/2026-q4.md": _cycle("2026-12-31")}),
        ({"autumn.md": _cycle("2026-11-30")}, {"cycles/season.md": _cycle("2026-12-31")}),
    ],
)
def test_a_cycle_whose_document_comes_goes_or_is_moved_is_one_cycle(
    before: Files, after: Files
) -> None:
    states = []
    for cycles in (before, after):
        [name] = [uri.rpartition("/")[2].removesuffix(".md") for uri in cycles] or ["2026-q4"]
        states.append({**cycles, "a.md": objective(REVENUE, cycle=name)})
    found = changes(*states)
    dates = {"2026-11-30": "30 Nov 2026", "2026-12-31": "31 Dec 2026", "": "31 Dec 2026",
             "2027-01-31": "31 Jan 2027"}  # fmt: skip
    was, now = (next(iter(cycles.values()), "")[-15:-5] for cycles in (before, after))
    assert f"! Last day: {dates[was]} → {dates[now]}" in sentences(found)
    assert not any("cycle" in sentence.lower() for sentence in sentences(found))
    assert found.scores == ()


def test_another_cycle_of_the_same_name_is_another() -> None:
    before = {"sprints/1.md": _cycle("2026-10-14")}
    after = {"sprints/2.md": _cycle("2026-10-28").replace("10-01", "10-15")}
    assert sentences(changes(before, after)) == ["Cycle removed", "New cycle"]


@pytest.mark.parametrize(
    ("before", "after", "more_time"),
    [
        ("2026-12-10", "2027-01-15", True),
        ("2027-01-15", "2026-12-10", False),
        # Without a day of its own a cycle closes on its last one.
        (None, "2027-01-15", True),
        (None, "2026-12-10", False),
        (None, "2026-12-31", False),
        ("2026-12-10", None, True),
        ("2027-01-15", None, False),
    ],
)
def test_a_cycle_that_is_closed_later_moves_everybodys_goalposts(
    before: str | None, after: str | None, more_time: bool
) -> None:
    lines = ["id: autumn", "title: Autumn", "start: 2026-10-01", "end: 2026-12-31"]
    sides = [
        {"autumn.md": document("cycle", *lines, *([f"closed: {day}"] if day else []))}
        for day in (before, after)
    ]
    [moved] = sentences(changes(sides[0], sides[1]))
    assert moved.startswith("! Closed on:" if more_time else "Closed on:")
    [early] = sentences(changes(sides[0], sides[1], UPCOMING))
    assert early.startswith("Closed on:")


# What is private


SECRET = "Buy the rival"


def test_what_becomes_private_or_public_is_not_said_by_a_word() -> None:
    public = {
        "grow.md": with_result(REVENUE, title=SECRET, wieght="2"),
        "kpi.md": kpi("wieght: 2").replace("Satisfaction", SECRET),
        "teams/t.md": document("team", f"title: {SECRET}", "wieght: 2"),
        "x.md": objective(OTHER, aligns_to="grow", contributors="[t]", depends_on="grow"),
    }
    private = {
        name: text if name == "x.md" else text.replace("wieght", "visibility: private\nwieght")
        for name, text in public.items()
    }
    for before, after in ((public, private), (private, public)):
        found = changes(before, after)
        written = [to_text(WORDS, found, SIDES), to_markdown(WORDS, found, SIDES)]
        for text in (*written, to_json(found, SIDES)):
            assert SECRET not in text
            assert "grow" not in text
            assert "kpi.md" not in text
            assert "teams/t" not in text
        assert sentences(found) == []


def test_what_becomes_private_and_is_moved_at_once_is_not_said_either() -> None:
    public = with_result(REVENUE, title=SECRET)
    private = public.replace("title:", "visibility: private\ntitle:", 1)
    found = changes({"grow.md": public}, {"secret/other.md": private})
    assert sentences(found) == []
    assert SECRET not in to_json(found, SIDES)
    retitled = private.replace(SECRET, "Nothing to see")
    assert sentences(changes({"grow.md": public}, {"secret/other.md": retitled})) == []


def test_what_was_private_and_stays_so_is_not_said() -> None:
    private = with_result(REVENUE, visibility="private", title=SECRET)
    assert not changes({"grow.md": private}, {"grow.md": private.replace("$10M", "$8M")})
    assert not changes({}, {"grow.md": private})
    assert not changes({"grow.md": private}, {"grow.md": private.replace("$10M", "10m")})


def test_a_private_document_with_an_error_is_not_said() -> None:
    public = with_result(REVENUE, title=SECRET)
    broken = "---\ntype: objective\nvisibility: private\ntitle: [\n---\n"
    assert not changes({"grow.md": public}, {"grow.md": broken}).groups


def test_no_value_of_a_key_result_on_a_private_kpi_is_said() -> None:
    secret = kpi("visibility: private", "readings: [{date: 2026-11-01, value: 37}]")
    after = secret.replace("value: 37", "value: 41")
    result = objective("id: a, title: Be liked, kpi: k, from: 31, to: 43")
    found = changes({"k.md": secret, "g.md": result}, {"k.md": after, "g.md": result})
    assert sentences(found) == ["Score of “Be liked”: 0.50 → 0.83"]
    lower = result.replace("to: 43", "to: 42")
    found = changes({"k.md": secret, "g.md": result}, {"k.md": secret, "g.md": lower})
    text = to_json(found, SIDES)
    assert sentences(found) == ["Score of “Be liked”: 0.50 → 0.55"]
    for number in ("37", "41%", "43", "42", "31"):
        assert f"{number}%" not in text


def test_a_hidden_owner_of_a_key_result_is_left_out_of_both_sides() -> None:
    team = document("team", f"title: {SECRET}")
    files = {"teams/t.md": team, "teams/sales.md": document("team", "title: Sales")}
    before = {**files, "g.md": objective(f"{OTHER}, owner: [t, sales]")}
    private = team.replace("title:", "visibility: private\ntitle:")
    after = {**files, "teams/t.md": private, "g.md": objective(f"{OTHER}, owner: company")}
    assert sentences(changes(before, after)) == ["Owner of “Welcome guests”: “Sales” → “Acme”"]


def test_check_ins_of_private_documents_are_not_said() -> None:
    files = {"g.md": objective("id: a, title: A, to: 10", owner="company")}
    update = "updates: [{objective: g, values: {a: 4}, note: hush}]"
    public = document("check-in", "date: 2026-11-09", "owner: company", update)
    private = document("check-in", "date: 2026-11-09", "visibility: private", update)
    assert not changes(files, {**files, "c.md": private})
    found = changes({**files, "c.md": public}, {**files, "c.md": private})
    assert not any("Check-in" in sentence for sentence in sentences(found))


@pytest.mark.parametrize("seed", range(25))
def test_no_secret_is_said_whatever_else_changes(seed: int) -> None:
    random = Random(seed)
    before, after = (organisation(Random(seed), random, number) for number in range(2))
    for sides in ((before, after), (after, before)):
        found = changes(*sides)
        for text in (
            to_text(WORDS, found, SIDES),
            to_markdown(WORDS, found, SIDES),
            to_json(found, SIDES),
        ):
            assert "Zquiet" not in text
            assert "zquiet" not in text


def organisation(who: Random, how: Random, number: int) -> Files:
    """Write one side of a small organisation: `who` says what is private, on one side or on both,
    and `how` says everything else."""
    quiet = {n: who.random() < 0.4 for n in range(16)}
    public_in = {n: who.randint(0, 2) for n in range(16)}

    def name(n: int) -> str:
        return f"zquiet-{n}" if quiet[n] else f"open-{n}"

    def marked(n: int) -> list[str]:
        shown = "public" if not quiet[n] or public_in[n] == number else "private"
        return [f"title: {name(n).capitalize()}", f"visibility: {shown}"]

    folder = how.choice(["", "moved/"])
    files = {f"{folder}{name(n)}.md": document("team", *marked(n), "bad: 1") for n in range(3)}
    for n in range(3, 6):
        reading = f"readings: [{{date: 2026-11-01, value: {how.randint(1, 9)}}}]"
        lines = [*marked(n), f"owner: {how.choice(['company', name(0)])}", reading, "bad: 1"]
        files[f"{folder}{name(n)}.md"] = document("kpi", *lines)
    for n in range(6, 16):
        link = f"{name(how.randint(6, 15))}"
        result = f"id: r{n}, title: R{n}, to: {how.randint(6, 9)}, current: {how.randint(1, 4)}"
        on_kpi = f"id: k{n}, title: K{n}, to: 99, from: 0, kpi: {name(3 + n % 3)}"
        files[f"{how.choice(['', 'a/'])}{name(n)}.md"] = document(
            "objective", *marked(n), "cycle: 2026-q4", "owner: company", "bad: 1",
            f"contributors: [{name(n % 3)}]", f"depends_on: [{link}]",
            f"aligns_to: [{name(6)}]" if n > 6 else "x-a: 1",
            f"continues: {name(7)}" if n > 7 else "x-b: 1",
            f"key_results: [{{{result}}}, {{{on_kpi}}}]",
        )  # fmt: skip
    return files


def test_everything_is_said_where_the_settings_publish_everything() -> None:
    private = with_result(REVENUE, visibility="private")
    after = private.replace("$10M", "$8M")
    assert change(private, after, include_private=True)[0].startswith("! Target of")


# The order, and one document alone


def test_the_order_is_that_of_levels_cycles_and_paths() -> None:
    owners = {
        "teams/t.md": document("team", "title: T"),
        "people/p.md": document("person", "title: P"),
    }
    before = {
        "1.md": objective(REVENUE, title="person", owner="p"),
        "2.md": objective(REVENUE, title="team, later path", owner="t"),
        "0.md": objective(REVENUE, title="team", owner="t"),
        "3.md": objective(REVENUE, title="company, old", cycle="2026-q3"),
        "4.md": objective(REVENUE, title="company"),
    }
    after = {name: text.replace("$10M", "$8M") for name, text in before.items()}
    found = changes({**owners, **before}, {**owners, **after})
    titles = ["company", "company, old", "team", "team, later path", "person"]
    assert [group.title for group in found.groups] == titles
    data = json.loads(to_json(found, SIDES))
    assert [c["title"] for c in data["changes"]] == titles
    assert to_json(found, SIDES) == to_json(
        changes(dict(reversed({**owners, **before}.items())), {**owners, **after}), SIDES
    )


def test_goalposts_come_first() -> None:
    before = {"a.md": objective(REVENUE, title="A"), "b.md": objective(REVENUE, title="B")}
    after = {
        "a.md": before["a.md"].replace("$7.2M", "$8M"),
        "b.md": before["b.md"].replace("$10M", "$8M"),
    }
    found = changes(before, after)
    kinds = [c["kind"] for c in json.loads(to_json(found, SIDES))["changes"]]
    assert kinds == ["target", "value"]
    for text in (to_text(WORDS, found, SIDES), to_markdown(WORDS, found, SIDES)):
        assert text.index("Target of") < text.index("Value of")
        assert text.count("Target of") == 1


def test_json_says_everything_a_program_needs() -> None:
    after = with_result(REVENUE.replace("$10M", "$8M"))
    found = changes({"grow.md": with_result(REVENUE)}, {"grow.md": after})
    assert json.loads(to_json(found, SIDES)) == {
        "format": "okrsite-diff/1",
        "as_of": "2026-11-15",
        "before": "main (1234567)",
        "after": "the working tree",
        "changes": [
            {
                "kind": "target",
                "goalpost": True,
                "type": "objective",
                "id": "grow",
                "title": "Grow",
                "key_result": "revenue",
                "sentence": "Target of “Double company revenue” lowered from $10M to $8M: "
                "score 0.44 → 0.73",
                "path": "content/grow.md",
                "line": 7,
                "score_before": 0.44,
                "score_after": 0.7333,
            }
        ],
        "objectives": {"grow": {"before": 0.44, "after": 0.7333}},
        "closed_cycles": {"objectives": [], "scores": []},
        "scores": [{"owner": "company", "cycle": "2026-q4", "before": 0.44, "after": 0.7333}],
        "findings": {"new": [], "solved": []},
    }


def test_one_objective_is_compared_without_its_site() -> None:
    before, after = (
        project_of({"grow.md": with_result(REVENUE.replace("$10M", target))})
        for target in ("$10M", "$8M")
    )
    texts = ChangeSentences(WORDS, titles_of(before, after))
    old, new = before.objectives["grow"], after.objectives["grow"]
    [found] = compare_objective(texts, old, new)
    assert as_text(found.sentence) == "Target of “Double company revenue” lowered from $10M to $8M"
    assert found.goalpost
    assert (found.place.path, found.place.line) == ("content/grow.md", 7)
    assert compare_objective(texts, None, None) == []
    assert [c.kind for c in compare_objective(texts, None, new)] == ["added"]
    assert [c.kind for c in compare_objective(texts, old, None)] == ["dropped"]
