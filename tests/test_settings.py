from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from okrsite.cli import main
from okrsite.findings.finding import Finding, Severity, finding
from okrsite.project.calendar import check_cycle
from okrsite.project.model.cycles import Cycle
from okrsite.settings import Settings, SettingsError, read_settings
from tests.samples import Files, codes, document, findings_of, objective, project_of


def calendar_of(files: Files) -> list[Cycle]:
    return list(project_of(files).cycles.values())


def error_of(options: dict[str, Any]) -> str:
    with pytest.raises(SettingsError) as caught:
        read_settings(options)
    return str(caught.value)


def test_every_option_has_a_default() -> None:
    settings = read_settings({})
    assert settings == Settings()
    assert (settings.as_of, settings.cycle, settings.every) == (None, None, None)
    assert (settings.commitment, settings.include_private) == ("aspirational", False)
    limits = settings.thresholds
    assert (limits.goal, limits.on_track, limits.at_risk) == (0.7, -0.10, -0.25)
    assert (limits.confident, limits.doubtful, limits.progressed) == (0.7, 0.4, 0.4)


@pytest.mark.parametrize("written", ["2026-11-15", " 2026-11-15 ", date(2026, 11, 15)])
def test_a_date_may_be_quoted_or_not(written: object) -> None:
    assert read_settings({"as_of": written}).as_of == date(2026, 11, 15)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"comitment": "committed"}, ["`comitment`", "did you mean `commitment`?"]),
        ({"nonsense": 1}, ["okrsite has no option `nonsense`"]),
        ({"lint": {"codes": []}}, ["`lint.codes`"]),
        ({"lint": {"Select": []}}, ["`lint.Select`; did you mean `select`?"]),
        ({"thresholds": {"confidnt": 1}}, ["did you mean `confident`?"]),
        ({"lint": "strict"}, ["`lint` is wrong: write fields below it"]),
        ({"thresholds": [1]}, ["`thresholds` is wrong: write fields below it"]),
        ({"fiscal_year": {}}, ["`fiscal_year.starts` is wrong: it is missing"]),
        ({"fiscal_year": {"starts": "May"}}, ["write a whole number"]),
        ({"search": "google"}, ["write `material` or `pagefind`"]),
        ({"history": "sometimes"}, ["write true or false"]),
        ({"cycle": 5}, ["write a text"]),
        ({"commitment": "maybe"}, ["`commitment`", "aspirational", "committed"]),
        ({"every": "day"}, ["`every`", "week"]),
        ({"as_of": "tomorrow"}, ["`as_of`"]),
        ({"as_of": 20261115}, ["`as_of`"]),
        ({"include_private": "perhaps"}, ["`include_private`"]),
        ({"thresholds": {"goal": 0}}, ["`thresholds.goal`", "write a number above 0"]),
        ({"thresholds": {"goal": 1.5}}, ["`thresholds.goal`", "write a number of at most 1"]),
        ({"thresholds": {"on_track": "low"}}, ["`thresholds.on_track`", "number"]),
        ({"thresholds": {"goal": float("nan")}}, ["`thresholds.goal`"]),
        ({"lint": {"select": ["OKR9"]}}, ["`OKR9` isn't a code"]),
        ({"lint": {"ignore": ["OK404"]}}, ["`OK404` isn't a code", "did you mean `OKR404`?"]),
        ({"lint": {"ignore": ["a\nb"]}}, ["`a b` isn't a code"]),
        ({"lint": {"severity": {"OKR401": "fatal"}}}, ["`lint.severity.OKR401`"]),
        ({"lint": {"ignore": 5}}, ["`lint.ignore`"]),
    ],
)
def test_a_wrong_option_is_said_in_one_sentence(options: dict[str, Any], words: list[str]) -> None:
    message = error_of(options)
    assert all(word in message for word in words), message
    assert "\n" not in message


def test_a_text_that_is_no_date_says_what_to_write() -> None:
    assert "2026-11-15" in error_of({"as_of": "15.11.2026"})


def warning(code: str = "OKR106", line: int = 1) -> Finding:
    return finding(code, "content/a.md", line, "seen")


def wanted(options: dict[str, Any], *findings: Finding) -> list[Finding]:
    return read_settings({"lint": options}).wanted(list(findings), {})


def test_codes_are_selected_and_ignored_by_their_beginnings() -> None:
    every = [warning("OKR106"), warning("OKR401"), warning("OKR412")]
    assert codes(wanted({"select": ["OKR4"]}, *every)) == ["OKR401", "OKR412"]
    assert codes(wanted({"ignore": "okr41"}, *every)) == ["OKR106", "OKR401"]
    assert codes(wanted({"select": [], "ignore": []}, *every)) == []


def test_errors_stay_errors() -> None:
    options = {"select": ["OKR4"], "ignore": ["all"], "severity": {"OKR1": "advice"}}
    kept = wanted(options, warning("OKR104"))
    assert [f.severity for f in kept] == [Severity.ERROR]


def test_the_longest_beginning_decides_on_the_severity() -> None:
    options = {"severity": {"OKR4": "warning", "OKR401": "error"}}
    kept = wanted(options, warning("OKR401"), warning("OKR412", 2), warning("OKR106", 3))
    assert [str(f.severity) for f in kept] == ["error", "warning", "warning"]


def test_findings_come_in_reading_order_and_each_once() -> None:
    kept = wanted({}, warning(line=9), warning("OKR401", 2), warning(line=9), warning(line=2))
    assert [(f.line, f.code) for f in kept] == [(2, "OKR106"), (2, "OKR401"), (9, "OKR106")]


def test_a_warning_can_be_made_an_error_and_then_fails() -> None:
    files = {"a.md": document("team", "blue: 1")}
    said = findings_of(files, lint={"severity": {"OKR106": "error"}})
    assert [str(f.severity) for f in said] == ["error"]


CYCLES = calendar_of(
    {
        "cycles/spring.md": document("cycle", "start: 2026-03-01", "end: 2026-05-31"),
        "okrs/2026-q4/company/a.md": objective("id: a, title: A, from: 0, to: 1"),
    }
)


@pytest.mark.parametrize("written", [None, "2026-q4", "2026-Q4", "spring", "cycles/spring"])
def test_the_home_cycle_is_one_of_those_there_are(written: str | None) -> None:
    check_cycle(read_settings({"cycle": written} if written else {}), CYCLES)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("2026-q3", "did you mean `2026-q4`?"),
        ("winter sale", "write `2026-q4`, `cycles/spring`"),
        ("q4", "write `2026-q4`, `cycles/spring`"),
    ],
)
def test_a_home_cycle_that_does_not_exist_is_said_with_those_that_do(
    written: str, hint: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        check_cycle(read_settings({"cycle": written}), CYCLES)
    assert str(caught.value) == (
        f"the okrsite option `cycle` is wrong: there is no cycle `{written}`; {hint}"
    )


def test_before_the_first_document_any_home_cycle_will_do() -> None:
    check_cycle(read_settings({"cycle": "2027-q1"}), [])


def test_commands_and_builds_end_where_the_home_cycle_does_not_exist(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = tmp_path / "docs" / "okrs" / "a.md"
    page.parent.mkdir(parents=True)
    page.write_text(objective("id: a, title: A, from: 0, to: 1"), encoding="utf-8")
    config = tmp_path / "mkdocs.yml"
    options = "site_name: S\nplugins:\n  - okrsite: {cycle: 2026-q9}\n"
    config.write_text(options, encoding="utf-8")
    for command in ("lint", "export"):
        result = CliRunner().invoke(main, [command, "-f", str(config)])
        assert result.exit_code == 2
        assert "there is no cycle `2026-q9`; did you mean `2026-q4`?" in result.output
    with pytest.raises(Abort):
        mkdocs_build(load_config(str(config)))
    assert "there is no cycle `2026-q9`; did you mean `2026-q4`?" in caplog.text
