import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.documents.models import KpiFields, ObjectiveFields, TeamFields
from okrsite.documents.source import read_source
from okrsite.documents.validate import Document, in_words, validate_document
from okrsite.findings.finding import Finding
from tests.samples import document, objective, places


def typed(text: str, uri: str = "okrs/grow.md") -> tuple[Document, list[Finding]]:
    source, found = read_source(uri, f"content/{uri}", text.encode())
    assert source is not None
    made, said = validate_document(source, found)
    return made, [*found, *said]


def test_all_errors_of_a_document_are_found_at_once() -> None:
    made, findings = typed(
        document(
            "objective",
            "cycle: 2026-q4",
            "commitment: maybe",  # line 4
            "weight: heavy",
            "key_results:",
            "  - {title: A, to: 12.5.1}",  # line 7
            "  - {to: 5, due: soon}",  # line 8, twice
            "initiatives:",
            "  - {title: Work, status: half}",  # line 10
            "nonsense: 1",
        )
    )
    assert sorted(places(findings)) == sorted(
        [
            "OKR104 okrs/grow.md:4",
            "OKR104 okrs/grow.md:5",
            "OKR104 okrs/grow.md:7",
            "OKR103 okrs/grow.md:8",
            "OKR104 okrs/grow.md:8",
            "OKR104 okrs/grow.md:10",
            "OKR106 okrs/grow.md:11",
        ]
    )
    assert made.broken


def test_the_sound_parts_of_a_broken_document_are_kept() -> None:
    made, _ = typed(
        objective("id: a, title: A, to: x1", "id: b, title: B, to: 5", weight="none", every="month")
    )
    assert made.broken
    assert isinstance(made.fields, ObjectiveFields)
    assert made.fields.every == "month"
    assert [result.id for result in made.fields.key_results] == ["a", "b"]
    assert made.fields.key_results[1].to is not None
    assert made.damages("key_results", 0)
    assert not made.damages("key_results", 1)


def test_a_key_result_keeps_its_position_when_another_is_no_mapping() -> None:
    made, findings = typed(
        objective("id: a, title: A, to: 5").replace("  - {id", "  - word\n  - {id")
    )
    assert isinstance(made.fields, ObjectiveFields)
    assert [result.id for result in made.fields.key_results] == [None, "a"]
    assert [f.code for f in findings] == ["OKR104"]


@pytest.mark.parametrize(
    ("text", "name", "kept"),
    [
        (
            objective("id: a, title: A, to: 5",
                      check_ins="[{date: x}, {date: 2026-11-02}, {note: a}]"),
            "check_ins",
            1,
        ),
        (
            document("kpi", "owner: company", "readings: [{date: 2026-11-01, value: 5m},"
                     " {date: 2026-11-02, value: 3}, {value: 3}]"),
            "readings",
            1,
        ),
    ],
)  # fmt: skip
def test_an_entry_with_an_error_is_left_out_alone(text: str, name: str, kept: int) -> None:
    made, findings = typed(text)
    entries = range(len(getattr(made.fields, name)))
    assert len([at for at in entries if not made.damages(name, at) or name == "readings"]) == kept
    assert not made.broken
    assert {f.code for f in findings} == {"OKR103", "OKR104"}


def test_the_lines_of_the_entries_that_are_kept_stay_right() -> None:
    text = document(
        "kpi",
        "owner: company",
        "readings:",
        "  - {date: bad, value: 1}",  # line 5
        "  - {date: 2026-11-02, value: 2}",  # line 6
        "  - {date: worse, value: 3}",
        "  - {date: 2026-11-04, value: 4}",  # line 8
    )
    made, _ = typed(text)
    assert isinstance(made.fields, KpiFields)
    assert [reading.value.value for reading in made.fields.readings] == [2, 4]
    assert [made.source.line("readings", n) for n in (0, 1)] == [6, 8]


def test_entries_of_a_merged_mapping_can_be_left_out_too() -> None:
    made, findings = typed(
        "---\nx-base: &base\n  check_ins: [{date: bad}, {date: 2026-11-01}]\n"
        "<<: *base\ntype: objective\n---\n"
    )
    assert isinstance(made.fields, ObjectiveFields)
    assert [made.damages("check_ins", position) for position in (0, 1)] == [True, False]
    assert [f.code for f in findings] == ["OKR104"]


def test_what_else_an_entry_with_an_error_says_is_still_read() -> None:
    made, findings = typed(
        document(
            "objective", "title: Grow", "check_ins:",
            "  - {date: 2026-13-01, confidence: 7, values: {a: 1}}",
        )
    )  # fmt: skip
    assert isinstance(made.fields, ObjectiveFields)
    assert len(findings) == 2
    assert made.fields.check_ins[0].values["a"].value == "1"
    assert made.damages("check_ins", 0)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (objective("id: a, title: [A], to: 5"), 7),
        (objective("id: a, title: A, to: 5", grade="{score: 7}"), 6),
        (objective("id: a, title: A, milestones: [{title: {b: c}}]"), 7),
        (document("kpi", "owner: company", "target: {value: 1e5}"), 4),
        (document("cycle", "start: 2026-13-01", "end: 2026-12-31"), 3),
    ],
)
def test_a_required_field_with_a_wrong_value_is_not_missing_too(text: str, line: int) -> None:
    _, findings = typed(text)
    assert [(f.code, f.line) for f in findings] == [("OKR104", line)]


def test_a_missing_field_is_said_at_what_it_is_missing_in() -> None:
    _, findings = typed(
        document("objective", "key_results:", "  - {id: a, to: 5}", "grade: {reason: why}")
    )
    assert [(f.code, f.line, f.message) for f in sorted(findings, key=lambda f: f.line)] == [
        ("OKR103", 4, "`title` is missing in a key result"),
        ("OKR103", 5, "`score` is missing in a grade"),
    ]


def test_a_document_without_what_it_must_have_has_no_fields_and_keeps_its_name() -> None:
    made, findings = typed(document("cycle", "title: Spring", "end: 2026-06-30"))
    assert made.fields is None
    assert made.broken
    assert made.title == "Spring"
    assert [f.message for f in findings] == ["`start` is missing in a cycle"]


def test_an_unknown_field_is_a_warning_with_the_nearest_spelling() -> None:
    made, findings = typed(document("team", "parnt: north", "blue: 1", "title: Sales"))
    assert [(f.code, str(f.severity), f.line, f.hint) for f in findings] == [
        ("OKR106", "warning", 3, "did you mean `parent`?"),
        ("OKR106", "warning", 4, "remove it, or begin its name with `x-`"),
    ]
    assert not made.broken
    assert isinstance(made.fields, TeamFields)


def test_an_unknown_field_deep_inside_is_found_and_the_rest_counts() -> None:
    made, findings = typed(objective("id: a, title: A, milestones: [{title: B, dued: 2026-11-01}]"))
    assert [(f.code, f.hint) for f in findings] == [("OKR106", "did you mean `due`?")]
    assert not made.broken


def test_a_number_torn_off_another_is_said_as_what_it_is() -> None:
    made, findings = typed(objective("id: a, title: A, to: 12,500"))
    assert [f.code for f in findings] == ["OKR104"]
    assert '"12,500"' in str(findings[0].hint)
    assert made.broken


@pytest.mark.parametrize("number", ["12,5", "12,5%", "1,5 Mio", "$2,75"])
def test_a_comma_before_decimals_in_braces_is_said_to_be_a_point(number: str) -> None:
    _, findings = typed(objective(f"id: a, title: A, to: {number}"))
    assert [f.message for f in findings] == [f"`{number}` is split at its comma"]
    assert findings[0].hint == f"use a decimal point: {number.replace(',', '.')}"


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        (
            "title: Win the prize, once more, to: 5",
            "`once more` is cut off: in braces, a comma begins the next field",
            'put the text in quotes: title: "Win the prize, once more"',
        ),
        (
            "title: A, to: 5, description: First, second, third",
            "`second, third` is cut off: in braces, a comma begins the next field",
            'put the text in quotes: description: "First, second, third"',
        ),
        ("title: A, to 5", "`to 5` has no value: a colon is missing", "write `to: 5`"),
        (
            "title: A, to:5",
            "`to:5` has no value: a space is missing after the colon",
            "write `to: 5`",
        ),
        (
            "title: A, keep: {min: 2, max 5}",
            "`max 5` has no value: a colon is missing",
            "write `max: 5`",
        ),
        (
            "Win the prize, title: A, to: 5",
            "`Win the prize` has no value: in braces, each field is `name: value`",
            "write `title: Win the prize`, or remove it",
        ),
    ],
)
def test_a_key_without_a_value_in_braces_is_said_to_be_cut_off(
    written: str, message: str, hint: str
) -> None:
    made, findings = typed(objective(written))
    assert {(f.code, f.message, f.hint) for f in findings} == {("OKR110", message, hint)}
    assert not made.broken


def test_a_known_field_without_a_value_in_braces_is_not_written() -> None:
    made, findings = typed(
        objective("id: a, title: A, to: 5, done: , weight: , grade: {score: , reason: }")
    )
    assert findings == []
    assert isinstance(made.fields, ObjectiveFields)
    assert made.fields.key_results[0].model_fields_set == {"id", "title", "to"}


def test_fields_of_other_tools_are_handed_on() -> None:
    made, findings = typed(document("team", "hide: [toc]", "template: main.html", "status: new"))
    assert findings == []
    assert made.source.theme_fields == {"hide": ["toc"], "template": "main.html"}


@pytest.mark.parametrize("type", ["company", "cycle"])
def test_the_company_and_cycles_have_no_visibility(type: str) -> None:
    _, findings = typed(
        document(type, "visibility: public", "start: 2026-01-01", "end: 2026-12-31")
    )
    assert any(f.code == "OKR106" and "visibility" in f.message for f in findings)


@pytest.mark.parametrize(
    ("lines", "body", "uri", "title"),
    [
        (["title: Written"], "# Heading", "a.md", "Written"),
        ([], "Words\n\n# The *heading* #\n", "a.md", "The *heading*"),
        ([], "```sh\n# A comment\n```\n\n# The heading\n", "a.md", "The heading"),
        ([], "## Second level", "okrs/grow-the_base.md", "Grow the base"),
        ([], "", "teams/sales/index.md", "Sales"),
        (["title: 2026"], "", "a.md", "2026"),
    ],
)
def test_the_title_is_written_or_the_first_heading_or_the_name_of_the_file(
    lines: list[str], body: str, uri: str, title: str
) -> None:
    assert typed(document("team", *lines, body=body), uri)[0].title == title


def test_the_date_of_a_check_in_may_stand_in_the_name_of_its_file() -> None:
    text = document("check-in", "updates: [{objective: grow}]")
    made, findings = typed(text, "check-ins/2026-11-09-sales.md")
    assert findings == []
    assert str(getattr(made.fields, "date", None)) == "2026-11-09"
    _, findings = typed(text, "check-ins/2026-11-091.md")
    assert [f.message for f in findings] == ["`date` is missing in a check-in"]


def test_names_become_words() -> None:
    assert in_words("grow-the__base") == "Grow the base"
    assert in_words("---") == "---"


_SCALARS = st.one_of(
    st.sampled_from(["5", "x", "2026-11-01", "$5M", "true", "", "a#b", "60%", "company"]),
    st.text("ab#/.%$0 -", max_size=8),
)
_NAMES = st.sampled_from(
    [
        "id", "title", "cycle", "owner", "owners", "aligns_to", "key_results", "check_ins", "grade",
        "readings", "updates", "date", "value", "values", "objective", "start", "end", "keep",
        "min", "scale", "plan", "to", "milestones", "done", "initiatives", "unit", "due", "score",
    ]
)  # fmt: skip
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_NAMES, inner, max_size=4)
    ),
    max_leaves=12,
)


@given(
    st.sampled_from(["objective", "kpi", "check-in", "cycle", "team", "person", "company"]),
    st.dictionaries(_NAMES, _VALUES, max_size=6),
)
def test_fields_of_any_shape_are_typed_or_said(type: str, fields: dict[str, object]) -> None:
    written = [f"{name}: {json.dumps(value)}" for name, value in fields.items()]
    made, findings = typed(document(type, *written))
    errors = [f for f in findings if f.severity == "error"]
    assert made.fields is not None or errors
    assert all(f.message and f.line >= 1 for f in findings)
