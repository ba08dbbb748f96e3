"""The worked examples of the format, each through the commands that people use.

A case file holds one or more YAML documents:
  name    what it shows
  as_of   the date to build for
  files   path below docs_dir -> text
  config  (optional) options of the plugin in mkdocs.yml
  language (optional) the site's, instead of English
  expect  objectives / kpis / owners / cycles: id -> the fields that must be equal (numbers to
          0.0006);
          lint: the findings that must be there, each "CODE path:line" or "CODE path" or "CODE";
          lint_not: codes that must not be there;
          clean: true when no error and no warning may be there
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from okrsite.cli import main

FEWEST = 60
EXACT = 0.0006
PARTS = ("objectives", "kpis", "owners", "cycles")


def _read_cases() -> list[tuple[str, dict[str, Any]]]:
    folder = Path(__file__).parent / "cases"
    return [
        (file.stem, case)
        for file in sorted(folder.glob("*.yml"))
        for case in yaml.load_all(file.read_bytes(), yaml.CSafeLoader)
    ]


CASES = _read_cases()


@pytest.mark.parametrize(
    "case", [case for _, case in CASES], ids=[f"{stem}: {case['name']}" for stem, case in CASES]
)
def test_case(case: dict[str, Any], write_site: Callable[..., Path]) -> None:
    theme = {"name": "material", "language": case.get("language", "en")}
    configuration = write_site(case["files"], case.get("config"), theme=theme)
    expect = case["expect"]

    lint = _run("lint", configuration, case["as_of"])
    findings = json.loads(lint.stdout)
    wrong = [*_unmet(expect, findings)]
    failing = any(finding["severity"] == "error" for finding in findings)
    assert not wrong
    assert lint.exit_code == int(failing)

    export = _run("export", configuration, case["as_of"])
    wanted = {part: expect[part] for part in PARTS if part in expect}
    assert not [*_differences(wanted, json.loads(export.stdout), "export")]
    assert export.exit_code == int(failing)


def test_there_are_enough_cases_with_names_of_their_own() -> None:
    names = Counter((stem, case["name"]) for stem, case in CASES)
    assert len(CASES) >= FEWEST
    assert [name for name, count in names.items() if count > 1] == []


def test_no_case_expects_nothing_or_something_unknown() -> None:
    known = {*PARTS, "lint", "lint_not", "clean"}
    odd = [case["name"] for _, case in CASES if not case["expect"] or {*case["expect"]} - known]
    assert odd == []


def _run(command: str, configuration: Path, as_of: object) -> Result:
    words = [command, "--format", "json", "-f", str(configuration), "--as-of", str(as_of)]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def _unmet(expect: dict[str, Any], findings: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the findings that are missing or unwanted."""
    shown = [f"{f['code']} {f['path']}:{f['line']} {f['message']}" for f in findings]
    for wanted in expect.get("lint", []):
        if not any(_matches(wanted, finding) for finding in findings):
            yield f"no {wanted} among {shown}"
    for finding, text in zip(findings, shown, strict=True):
        serious = finding["severity"] != "advice"
        if finding["code"] in expect.get("lint_not", []) or (expect.get("clean") and serious):
            yield f"unwanted {text}"


def _matches(wanted: str, finding: dict[str, Any]) -> bool:
    code, _, place = wanted.partition(" ")
    path, _, line = place.partition(":")
    return (
        finding["code"] == code
        and finding["path"].endswith(path)
        and (not line or finding["line"] == int(line))
    )


def _differences(expected: object, actual: object, where: str) -> Iterator[str]:
    """Yield each difference between the expected and the actual value."""
    if isinstance(expected, dict):
        if not isinstance(actual, dict):
            yield f"{where}: expected a mapping, got {actual!r}"
            return
        for key, value in expected.items():
            if key in actual:
                yield from _differences(value, actual[key], f"{where}.{key}")
            else:
                yield f"{where}.{key}: missing among {', '.join(map(str, actual)) or 'nothing'}"
    elif not _equal(expected, actual):
        yield f"{where}: expected {expected!r}, got {actual!r}"


def _equal(expected: object, actual: object) -> bool:
    if _is_number(expected) and _is_number(actual):
        return abs(float(str(expected)) - float(str(actual))) <= EXACT
    return type(expected) is type(actual) and expected == actual


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
