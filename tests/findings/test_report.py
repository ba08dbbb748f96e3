import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from okrsite.findings import report
from okrsite.findings.codes import CHECKS
from okrsite.findings.finding import Finding, Severity, finding, in_reading_order, shorten

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


# What a terminal shows


def test_a_file_name_cannot_speak_to_the_terminal() -> None:
    hostile = finding("OKR401", "content/\x1b[2Ja\n\u202eb\udcff.md", 3, "one key result")
    assert report.to_text([hostile]) == (
        "content/\ufffd[2Ja\ufffd\ufffdb\ufffd.md:3: OKR401 advice: one key result\n"
    )
    assert "\x1b" not in report.as_line(hostile)
    assert report.visible("Größe — 東京 ✓") == "Größe — 東京 ✓"


def test_half_a_character_in_a_file_name_can_be_written_as_json() -> None:
    broken = finding("OKR401", "content/é\udcff.md", 3, "one key result")
    text = report.to_json([broken])
    text.encode()
    assert json.loads(text)[0]["path"] == "content/é\udcff.md"


# GitHub


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """Read a workflow command the way GitHub's runner does."""
    head, _, message = line.removeprefix("::").partition("::")
    command, _, written = head.partition(" ")
    properties = dict(one.split("=", 1) for one in written.split(","))
    return (
        command,
        {name: unescaped(value, (":", ",")) for name, value in properties.items()},
        unescaped(message, ()),
    )


def unescaped(text: str, more: tuple[str, ...]) -> str:
    for character in (*more, "\r", "\n", "%"):
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def test_a_finding_is_a_workflow_command_on_its_line() -> None:
    lines = report.write([ERROR, WARNING, ADVICE], "github").splitlines()
    assert lines[0] == (
        "::error file=content/a.md,line=7,title=OKR201::`x` points to nothing%0Adid you mean `y`?"
    )
    assert [read_command(line)[0] for line in lines] == ["error", "warning", "notice"]
    assert read_command(lines[1])[2] == "`blue` is no field — “really”"


def test_annotations_are_of_files_from_the_root_of_the_repository() -> None:
    [line] = report.write([ERROR], "github", "handbook/okr/").splitlines()
    assert read_command(line)[1]["file"] == "handbook/okr/content/a.md"
    above = finding("OKR201", "../docs/a.md", 7, "said")
    [line] = report.write([above], "github", "handbook/okr/").splitlines()
    assert read_command(line)[1]["file"] == "handbook/docs/a.md"


@given(path=st.text(min_size=1), said=st.text(), hint=st.none() | st.text())
def test_whatever_a_finding_says_is_one_command(path: str, said: str, hint: str | None) -> None:
    found = finding("OKR201", f"content/{path}/a.md", 7, said, hint)
    text = report.write([found], "github")
    text.encode()
    assert text.count("\n") == 1
    command, properties, message = read_command(text.removesuffix("\n"))
    assert (command, set(properties)) == ("error", {"file", "line", "title"})
    assert (properties["line"], properties["title"]) == ("7", "OKR201")
    expected = f"{found.message}\n{found.hint}" if found.hint else found.message
    assert message == "\n".join(report.visible(part) for part in expected.split("\n"))


# SARIF


def only(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    """Return the schema of an object that has these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


TEXT = {"type": "string", "minLength": 1}
MESSAGE = only({"text": TEXT, "markdown": TEXT}, "text")
LEVEL = {"enum": ["none", "note", "warning", "error"]}
INDEX = {"type": "integer", "minimum": 0}
RULE = only(
    {
        "id": TEXT,
        "shortDescription": MESSAGE,
        "fullDescription": MESSAGE,
        "help": MESSAGE,
        "helpUri": {"type": "string", "format": "uri"},
        "defaultConfiguration": only({"level": LEVEL}),
    },
    "id",
)
RESULT = only(
    {
        "ruleId": TEXT,
        "ruleIndex": INDEX,
        "level": LEVEL,
        "message": MESSAGE,
        "locations": {
            "type": "array",
            "minItems": 1,
            "items": only(
                {
                    "physicalLocation": only(
                        {
                            "artifactLocation": only(
                                {
                                    "uri": {"type": "string", "pattern": r"^[\w.~%/-]+$"},
                                    "uriBaseId": TEXT,
                                }
                            ),
                            "region": only({"startLine": {"type": "integer", "minimum": 1}}),
                        }
                    )
                }
            ),
        },
        "partialFingerprints": {"type": "object", "additionalProperties": TEXT},
    },
    "message",
)
SARIF = only(
    {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": only(
                {
                    "tool": only(
                        {
                            "driver": only(
                                {
                                    "name": TEXT,
                                    "semanticVersion": {"pattern": r"^\d+\.\d+\.\d+"},
                                    "rules": {
                                        "type": "array",
                                        "items": RULE,
                                        "uniqueItems": True,
                                    },
                                },
                                "name",
                            )
                        },
                        "driver",
                    ),
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "originalUriBaseIds": {
                        "type": "object",
                        "additionalProperties": only({"description": MESSAGE}),
                    },
                    "results": {"type": "array", "items": RESULT},
                },
                "tool",
            ),
        },
    },
    "version",
    "runs",
)
"""The part of SARIF 2.1.0 that we write, and nothing else: what it calls by these names is so."""


def sarif(findings: list[Finding], **options: Any) -> dict[str, Any]:
    """Write findings as SARIF, and hold them against the format."""
    log: dict[str, Any] = json.loads(report.write(findings, "sarif", **options))
    Draft202012Validator(SARIF).validate(log)
    for result in log["runs"][0]["results"]:
        rule = log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
    run: dict[str, Any] = log["runs"][0]
    return run


def test_sarif_has_the_register_of_checks_and_a_result_a_finding() -> None:
    run = sarif([ERROR, WARNING, ADVICE])
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert list(rules) == list(CHECKS)
    assert CHECKS["OKR203"].why in rules["OKR203"]["help"]["text"]
    assert CHECKS["OKR203"].instead in rules["OKR203"]["help"]["markdown"]
    assert [r["level"] for r in run["results"]] == ["error", "warning", "note"]
    assert run["results"][0]["message"]["text"] == "`x` points to nothing (did you mean `y`?)"
    assert run["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "content/a.md", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 7},
    }
    assert sarif([])["results"] == []


def test_help_is_linked_where_the_site_is_known() -> None:
    assert all("helpUri" not in rule for rule in sarif([])["tool"]["driver"]["rules"])
    rules = sarif([], help_page="https://example.com/checks/")["tool"]["driver"]["rules"]
    assert rules[0]["helpUri"] == "https://example.com/checks/#okr101"


@pytest.mark.parametrize(
    ("folder", "path", "uri"),
    [
        ("", "content/größe & co.md", "content/gr%C3%B6%C3%9Fe%20%26%20co.md"),
        ("", "content/a:b#c?d%e.md", "content/a%3Ab%23c%3Fd%25e.md"),
        ("", "content/\udcff.md", "content/%FF.md"),
        ("okr/", "content/a.md", "okr/content/a.md"),
        ("okr/", "../docs/a.md", "docs/a.md"),
    ],
)
def test_a_file_is_a_relative_address_with_its_signs_encoded(
    folder: str, path: str, uri: str
) -> None:
    [result] = sarif([finding("OKR401", path, 3, "said")], folder=folder)["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": uri, "uriBaseId": "SRCROOT"}


def fingerprints(*findings: Finding) -> list[str]:
    return [r["partialFingerprints"]["okrsite/v1"] for r in sarif(list(findings))["results"]]


def test_a_fingerprint_stays_when_lines_move_and_days_pass() -> None:
    def silent(line: int, days: int) -> Finding:
        return finding("OKR406", "content/a.md", line, f"nothing was heard for {days} days")

    assert fingerprints(silent(3, 20)) == fingerprints(silent(90, 21))
    other = [
        finding("OKR406", "content/b.md", 3, "nothing was heard for 20 days"),
        finding("OKR401", "content/a.md", 3, "nothing was heard for 20 days"),
        finding("OKR406", "content/a.md", 3, "nothing was heard"),
    ]
    assert len(set(fingerprints(silent(3, 20), *other))) == 4
    assert len(set(fingerprints(silent(3, 20), silent(4, 20)))) == 2
