import json

import pytest

from okrsite import report
from okrsite.findings import Finding, Severity, finding, in_reading_order, shorten

ERROR = finding("OKR201", "content/a.md", 7, "`x` points to nothing", "did you mean `y`?")
WARNING = finding("OKR106", "content/b.md", 2, "`blue` is no field — “really”")
ADVICE = finding("OKR401", "content/b.md", 3, "one key result")


def test_text_has_a_finding_a_line_and_the_hint_below() -> None:
    assert report.to_text([ERROR, WARNING]) == (
        "content/a.md:7: OKR201 error: `x` points to nothing\n"
        "    did you mean `y`?\n"
        "content/b.md:2: OKR106 warning: `blue` is no field — “really”\n"
    )
    assert report.to_text([]) == ""


def test_json_has_all_that_a_finding_says() -> None:
    text = report.to_json([ERROR, WARNING])
    assert json.loads(text) == [
        {
            "code": "OKR201", "severity": "error", "path": "content/a.md", "line": 7,
            "message": "`x` points to nothing", "hint": "did you mean `y`?",
        },
        {
            "code": "OKR106", "severity": "warning", "path": "content/b.md", "line": 2,
            "message": "`blue` is no field — “really”", "hint": None,
        },
    ]  # fmt: skip
    assert json.loads(report.to_json([])) == []
    assert "“really”" in text


def test_a_line_of_a_log_has_the_hint_in_brackets() -> None:
    assert report.as_line(ERROR) == (
        "content/a.md:7: OKR201 `x` points to nothing (did you mean `y`?)"
    )
    assert report.as_line(ADVICE) == "content/b.md:3: OKR401 one key result"


@pytest.mark.parametrize(
    ("findings", "text"),
    [
        ([], "no findings"),
        ([ERROR], "1 error"),
        ([WARNING, ADVICE, ADVICE], "1 warning, 2 pieces of advice"),
        ([ADVICE, ERROR, ERROR], "2 errors, 1 piece of advice"),
    ],
)
def test_a_summary_counts_in_words(findings: list[Finding], text: str) -> None:
    assert report.summary(findings) == text


@pytest.mark.parametrize(
    ("findings", "fails", "strictly"),
    [
        ([], False, False),
        ([ADVICE], False, False),
        ([WARNING], False, True),
        ([ADVICE, ERROR], True, True),
    ],
)
def test_errors_fail_and_warnings_do_when_it_is_strict(
    findings: list[Finding], fails: bool, strictly: bool
) -> None:
    assert report.fails(findings) is fails
    assert report.fails(findings, strict=True) is strictly


def test_a_finding_has_the_severity_of_its_code() -> None:
    severities = [found.severity for found in (ERROR, WARNING, ADVICE)]
    assert severities == [Severity.ERROR, Severity.WARNING, Severity.ADVICE]


def test_reading_order_is_by_file_and_line() -> None:
    assert in_reading_order([ADVICE, WARNING, ERROR, WARNING]) == [ERROR, WARNING, ADVICE]


def test_a_long_list_of_names_is_shortened() -> None:
    assert shorten(["a", "b"]) == "`a`, `b`"
    assert shorten("abcdefg") == "`a`, `b`, `c`, `d`, `e` and 2 more"
