"""Wrong fields are answered with what to write instead."""

from enum import StrEnum

import pytest

from okrsite.documents import values
from okrsite.documents.error_messages import _NESTED, _REQUIRED, meant_field
from okrsite.documents.known_fields import every_field, fields_at
from okrsite.documents.models import MODELS
from okrsite.documents.other_words import _FIELDS, _VALUES, FINISHED, GOING
from okrsite.documents.source import read_source
from okrsite.documents.validate import validate_document
from okrsite.findings.finding import Finding
from tests.samples import document, findings_of, objective

OBJECTIVE = ["title", "aligns_to", "key_results", "check_ins", "every", "cycle", "owner"]
KEY_RESULT = ["title", "from", "to", "due", "current", "owner"]


def said(text: str) -> list[Finding]:
    source, found = read_source("okrs/grow.md", "content/okrs/grow.md", text.encode())
    assert source is not None
    return [*found, *validate_document(source, found)[1]]


def hints(text: str) -> list[str | None]:
    return [finding.hint for finding in said(text)]


@pytest.mark.parametrize(
    ("written", "known", "near"),
    [
        ("target", KEY_RESULT, "to"),
        ("start", KEY_RESULT, "from"),
        ("baseline", KEY_RESULT, "from"),
        ("name", KEY_RESULT, "title"),
        ("metric", KEY_RESULT, "title"),
        ("deadline", KEY_RESULT, "due"),
        ("progress", KEY_RESULT, "current"),
        ("frequency", OBJECTIVE, "every"),
        ("Cadence", OBJECTIVE, "every"),
        ("keyresults", OBJECTIVE, "key_results"),
        ("key-results", OBJECTIVE, "key_results"),
        ("Key Results", OBJECTIVE, "key_results"),
        ("krs", OBJECTIVE, "key_results"),
        ("checkins", OBJECTIVE, "check_ins"),
        ("parent", OBJECTIVE, "aligns_to"),
        ("deadline", ["value", "by"], "by"),
        ("from", ["start", "end"], "start"),
        ("titel", OBJECTIVE, "title"),
        ("target", ["min", "max"], None),
        ("", OBJECTIVE, None),
    ],
)
def test_a_field_that_is_called_otherwise_elsewhere_is_known(
    written: str, known: list[str], near: str | None
) -> None:
    assert meant_field(written, known) == near


def test_every_name_that_is_meant_is_a_field_somewhere() -> None:
    assert {name for names in _FIELDS.values() for name in names} <= every_field()
    assert {*_REQUIRED, *_NESTED} <= every_field()


def test_every_value_that_is_meant_can_be_written() -> None:
    choices = {
        word
        for kind in vars(values).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum)
        for word in kind
    }
    assert {word for word, _ in _VALUES} <= choices
    assert not (FINISHED | GOING) & {"active", "draft", "cancelled"}


def test_every_field_that_takes_a_list_or_mapping_of_fields_has_an_example() -> None:
    shown = {
        name
        for model in MODELS.values()
        for name in fields_at(model, ())
        if fields_at(model, (name,))
    }
    assert shown <= {*_NESTED}


def test_the_hint_names_a_field_of_the_mapping_it_stands_in() -> None:
    text = document(
        "objective",
        "parent: growth",
        "key_results:",
        "  - {title: A, to: 5, deadline: 2026-12-01}",
        "check_ins:",
        "  - {date: 2026-11-01, comment: Well, target: 5}",
    )
    assert sorted(map(str, hints(text))) == [
        "did you mean `aligns_to`?",
        "did you mean `due`?",
        "did you mean `note`?",
        "remove it, or begin its name with `x-`",
    ]


@pytest.mark.parametrize(
    ("lines", "message", "hint"),
    [
        (["key_results: many"], "is not a list", "write `- title: many`"),
        (
            ["key_results: [a]"],
            "an entry of `key_results` needs fields with values",
            "write `- title: a`",
        ),
        (["grade: 5"], "is not a mapping", "write `grade: {score: 0.7"),
        (["check_ins: [{date: 2026-11-01, values: 5}]"], "`values` is not", "values: {kr1: 20"),
        (["check_ins: [{date: 2026-11-01, values: {a: [5]}}]"], "`a` is not a value", "quantity"),
        (["check_ins: [{confidence: 0.5}]"], "`date` is missing", "write `date: 2026-11-09`"),
        (["key_results: [{to: 5}]"], "`title` is missing", "write `title: Double the bookings`"),
        (["grade: {reason: why}"], "`score` is missing", "write `score: 0.7`"),
    ],
)
def test_what_is_of_another_kind_or_missing_is_answered_with_an_example(
    lines: list[str], message: str, hint: str
) -> None:
    (finding,) = said(document("objective", *lines))
    assert message in finding.message
    assert hint in str(finding.hint)


def test_the_target_of_a_kpi_and_the_end_of_a_cycle_are_shown() -> None:
    assert hints(document("kpi", "target: 95")) == [
        "write `target: {value: 95, by: 2026-12-31}`"
    ]  # fmt: skip
    assert hints(document("cycle", "start: 2026-10-01")) == ["write `end: 2026-12-31`"]


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("12,500", "12,500"),
        ("12,500,000", "12,500,000"),
        ("12,000,000", "12,000,000"),
        ("$12,500", "$12,500"),
        ("1,250%", "1,250%"),
        ("1,250.5 users", "1,250.5 users"),
    ],
)
def test_a_number_that_is_torn_apart_is_said_once_and_whole(written: str, whole: str) -> None:
    for text in (
        objective(f"id: a, title: A, to: {written}"),
        document("objective", f"check_ins: [{{date: 2026-11-01, values: {{a: {written}}}}}]"),
        document("kpi", f"target: {{value: {written}}}"),
    ):
        (finding,) = said(text)
        assert f"`{whole}` is split at its comma" in finding.message
        assert f'"{whole}"' in str(finding.hint)


def test_a_number_for_an_id_is_not_taken_for_a_torn_one() -> None:
    (finding,) = said(document("objective", "check_ins: [{date: 2026-11-01, values: {1: 20}}]"))
    assert "`1` is a number where a key result's id belongs" in finding.message


# Among other documents


RESULT = "id: a, title: A, to: 10"
UNPLACED = document("objective", "title: Grow", f"key_results: [{{{RESULT}}}]")
TEAMS = {"teams/support.md": document("team"), "teams/sales.md": document("team")}


def test_what_points_to_itself_is_said_to() -> None:
    found = findings_of(
        {
            **TEAMS,
            "teams/north.md": document("team", "parent: north"),
            "kpis/k.md": document("kpi", "owner: sales", "drives: k"),
            "okrs/2026-q4/sales/grow.md": objective(RESULT, aligns_to="grow"),
            "okrs/2026-q4/sales/win.md": objective(RESULT, depends_on="sales/win#a"),
        }
    )
    assert sorted(f.message for f in found if f.code == "OKR201") == [
        "a KPI cannot drive itself",
        "a team cannot be above itself",
        "an objective cannot align to itself",
        "an objective cannot depend on itself",
    ]


@pytest.mark.parametrize(
    ("folder", "hint"),
    [
        ("okrs/2026-q5/sales", "the folder `2026-q5` isn't a cycle: did you mean `2026-q4`?"),
        ("okrs/2026_Q3/sales", "the folder `2026_Q3` isn't a cycle: did you mean `2026-q3`?"),
        ("okrs/Q3-2026/sales", "the folder `Q3-2026` isn't a cycle: did you mean `2026-q3`?"),
        ("okrs/2026-h3/sales", "the folder `2026-h3` isn't a cycle: did you mean `2026-h2`?"),
        ("okrs/2026-9/sales", "the folder `2026-9` isn't a cycle: did you mean `2026-09`?"),
        ("okrs/sumer/sales", "the folder `sumer` isn't a cycle: did you mean `summer`?"),
        ("okrs/sales", "add `cycle: 2026-q4`, or put the file in a folder of that name"),
    ],
)
def test_a_folder_that_is_nearly_called_like_a_cycle_is_named(folder: str, hint: str) -> None:
    summer = document("cycle", "start: 2026-06-01", "end: 2026-08-31")
    files = {**TEAMS, "cycles/summer.md": summer, f"{folder}/a.md": UNPLACED}
    missing = [f for f in findings_of(files) if f.code == "OKR103"]
    assert [f.hint for f in missing] == [hint]


def test_a_folder_that_is_nearly_called_like_an_owner_is_named() -> None:
    files = {
        **TEAMS,
        "okrs/2026-q4/suport/a.md": UNPLACED,
        "kpis/suport/k.md": document("kpi"),
        "okrs/2026-q4/b.md": UNPLACED,
    }
    missing = [f for f in findings_of(files) if f.code == "OKR103"]
    near = "no owner is called `suport`, like the folder: did you mean `support`?"
    far = "add `owner:` with a team or person, or put the file in a folder of that name"
    assert sorted(str(f.hint) for f in missing) == [far, near, near]
    mentioned = {path for f in missing for path in f.mentions}
    assert mentioned == {"content/teams/support.md"}


def test_an_empty_cell_of_a_csv_file_is_said_at_its_line() -> None:
    rows = b"date,value\n2026-10-01,5\n2026-11-01,\n,6\n2026-12-01\n"
    kpi = document("kpi", "owner: sales", "data: k.csv")
    found = findings_of({**TEAMS, "kpis/k.md": kpi, "kpis/k.csv": rows})
    assert [(f.line, f.message) for f in found if f.path.endswith(".csv")] == [
        (3, "the value of 2026-11-01 is empty"),
        (4, "the date is empty"),
        (5, "the value of 2026-12-01 is empty"),
    ]


@pytest.mark.parametrize(
    ("lines", "line", "hint"),
    [
        ("title:Grow\nweight: 1", 3, "write `title: Grow`"),
        ("key_results:\n  - title: A\n   to: 3", 5, "below the first letter"),
        (
            "key_results:\n  - More guests from 100 to 200",
            4,
            "write `- {title: More guests, from: 100, to: 200}`",
        ),
        ("key_results: [{title: A, start: 1, end: 5}]", 3, "did you mean `to`?"),
    ],
)
def test_a_mistake_of_beginners_is_answered_with_what_to_write(
    lines: str, line: int, hint: str
) -> None:
    content = f"---\ntype: objective\n{lines}\n---\n".encode()
    source, findings = read_source("a.md", "a.md", content)
    assert source is not None
    findings += validate_document(source, findings)[1]
    assert any(hint in (f.hint or "") and f.line == line for f in findings)


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("More guests from 100 to 200", "- {title: More guests, from: 100, to: 200}"),
        ("Increase guests to 1,200", '- {title: Increase guests, to: "1,200"}'),
        ("Umsatz von $1.5M auf $2M im Juli", "- {title: Umsatz im Juli, from: $1.5M, to: $2M}"),
        ("Guests: from 100 to 200", "- {title: Guests, from: 100, to: 200}"),
        ("Win", "- title: Win"),
    ],
)
def test_a_key_result_that_is_a_plain_line_is_answered_with_its_fields(
    line: str, instead: str
) -> None:
    found = findings_of({"grow.md": document("objective", "key_results:", f"  - {line}")})
    said = [f for f in found if f.line == 4 and f.code in ("OKR103", "OKR104", "OKR106")]
    assert {f.hint for f in said} == {f"write `{instead}`"}


def test_a_list_of_owners_is_answered_with_the_field_that_takes_one() -> None:
    found = findings_of({"grow.md": document("objective", "owner: [sales, support]")})
    assert "write several as `owners: [sales, support]`" in {f.hint for f in found}


@pytest.mark.parametrize(
    ("type", "lines", "hint"),
    [
        ("objective", "status: done", "whether it is achieved follows from its key results"),
        ("objective", "status: Erledigt", "whether it is achieved follows"),
        ("objective", "status: on track", "follows from the values and `confidence` in check-ins"),
        ("objective", "status: ongoing", "did you mean `active`?"),
        ("objective", "status: geplant", "did you mean `draft`?"),
        ("objective", "status: stopped", "did you mean `cancelled`?"),
        (
            "objective",
            "key_results: [{title: A, status: done}]",
            "write `done: 2026-11-09` instead",
        ),
        ("objective", "key_results: [{title: A, to: 5, status: done}]", "follows from its values"),
        (
            "objective",
            "key_results: [{title: A, to: 5, status: active}]",
            "follows from its values",
        ),
        ("objective", "key_results: [{title: A, to: 5, status: stopped}]", "mean `cancelled`?"),
        ("objective", "initiatives: [{title: A, status: finished}]", "did you mean `done`?"),
        ("objective", "initiatives: [{title: A, status: in progress}]", "did you mean `doing`?"),
        ("objective", "key_results: [{title: A, final: 20}]", "did you mean `to`?"),
        ("objective", "key_results: [{title: A, Zielwert: 20}]", "did you mean `to`?"),
        ("objective", "key_results: [{title: A, valeur cible: 20}]", "begin its name with `x-`"),
        ("objective", "every: weekly", "did you mean `week`?"),
        ("objective", "every: fortnightly", "did you mean `2 weeks`?"),
        ("objective", "commitment: moonshot", "did you mean `aspirational`?"),
        ("objective", "check_ins: [{date: 2026-11-01, zuversicht: 0.5}]", "`confidence`?"),
        (
            "objective",
            "check_ins:\n  - 2026-11-01: fine",
            "write `- {date: 2026-11-01, note: fine}`",
        ),
        ("objective", "check_ins: {2026-11-01: fine}", "write `- {date: 2026-11-01, note: fine}`"),
        ("objective", "key_results:\n  title: A\n  to: 5", "write `- title: A`"),
        ("objective", "key_results:\n  - {title: A, plan: {2026-11-01: 5}}", "[[2026-11-01, 5]]"),
        ("kpi", "status: done", "did you mean `retired`?"),
        ("kpi", "status: red", "its health follows from `keep`, `alert` and its readings"),
        ("kpi", "every: jährlich", "did you mean `year`?"),
        ("kpi", "readings:\n  2026-11-01: 85", "write `- {date: 2026-11-01, value: 85}`"),
        ("kpi", "keep: 85%", "write `keep: {min: 85%}`"),
        ("kpi", "target: 95 by 2026-12-31", "write `target: {value: 95, by: 2026-12-31}`"),
        ("kpi", "owner: sales\nfecha: 5", "begin its name with `x-`"),
    ],
)
def test_words_of_other_tools_and_languages_are_answered(type: str, lines: str, hint: str) -> None:
    assert any(hint in str(said_hint) for said_hint in hints(document(type, lines)))
