"""The JSON Schema of the front matter: it accepts what is right, as an editor would load it."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from okrsite.cli import main
from okrsite.documents.json_schema import DIALECT, front_matter_schema, schema_text
from okrsite.documents.models import MODELS
from okrsite.documents.types import Type
from okrsite.findings.codes import CHECKS
from tests.sites import ROOT, demo_site


class EditorLoader(yaml.SafeLoader):
    """Types scalars as YAML 1.2 does, which editors follow: a date is a text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith("timestamp")]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def loaded(front: str) -> Any:
    return yaml.load(front, EditorLoader)


def documents(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(folder.rglob("*.md")):
        found = re.match(r"---\n(.*?)^---$", file.read_text(encoding="utf-8"), re.S | re.M)
        fields = loaded(found[1]) if found else None
        if isinstance(fields, dict) and "type" in fields:
            yield file.relative_to(folder).as_posix(), fields


@cache
def validator(type: Type | None) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(front_matter_schema(type))


def errors(fields: Any, type: Type | None = None) -> list[str]:
    found = validator(type).iter_errors(fields)
    return [f"{error.json_path}: {error.message}" for error in found]


@pytest.mark.parametrize("type", [None, *Type])
def test_it_is_a_json_schema_that_leads_nowhere_else(type: Type | None) -> None:
    schema = front_matter_schema(type)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == DIALECT
    text = schema_text(schema)
    assert json.loads(text) == schema
    references = set(re.findall(r'"\$ref": "#/\$defs/(\w+)"', text))
    assert references == set(schema["$defs"])


def test_it_accepts_every_document_of_the_demo() -> None:
    found = list(documents(ROOT / "content"))
    assert len(found) > 100
    assert {fields["type"] for _, fields in found} == set(Type)
    wrong = [f"{uri} {said}" for uri, fields in found for said in errors(fields)]
    wrong += [
        f"{uri} {said}" for uri, fields in found for said in errors(fields, Type(fields["type"]))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "front",
    [
        "type: team",
        "type: team\ntitle: 2026\nid: 010\nx-own: {any: thing}\nicon: material/bike\nhide: [toc]",
        "type: team\nparent:\ntags: one\nstatus: new",
        "type: cycle\nstart: 2026-10-01\nend: 2026-12-31",
        "type: objective\ncycle: 2026\nowner: no\naligns_to: growth",
        "type: objective\nkey_results: [{title: A, from: 1, to: 12.5, x-a: 1}]",
        "type: objective\nkey_results: [{title: A, scale: [[1, 0], [2, 60%]]}]",
        "type: objective\nkey_results: [{title: A, to: 2, plan: [[2026-11-01, 2]]}]",
        "type: objective\nkey_results: [{title: A, done: 2026-10-01}, {title: B, done: true}]",
        "type: objective\nkey_results: [{title: A, keep: {min: 99.9%}, owner: [a, b]}]",
        "type: objective\ncheck_ins: [{date: 2026-11-09, confidence: 6/10, values: {a: $6M}}]",
        "type: objective\ncheck_ins: [{date: 2026-11-09, values: {a: {value: 1, note: n}, b: }}]",
        "type: kpi\nreadings: [{date: 2026-11-09, value: 82}]\nevery: quarter",
        "type: check-in\nupdates: [{objective: a, values: }]",
        "title: An ordinary page\nanything: [goes]",
    ],
)
def test_it_accepts_what_the_format_allows(front: str) -> None:
    assert errors(loaded(front)) == []


@pytest.mark.parametrize(
    ("front", "place"),
    [
        ("type: objectiv", "$.type"),
        ("type: team\nparnet: sales", "$"),
        ("type: company\nvisibility: private", "$"),
        ("type: cycle\nstart: 2026-10-01", "$"),
        ("type: cycle\nstart: 1 October\nend: 2026-12-31", "$.start"),
        ("type: objective\nkey_results: {title: A}", "$.key_results"),
        ("type: objective\nkey_results: [{id: a}]", "$.key_results[0]"),
        ("type: objective\nkey_results: [{title: A, too: 5}]", "$.key_results[0]"),
        ("type: objective\nkey_results: [{title: A, to: five}]", "$.key_results[0].to"),
        ("type: objective\nkey_results: [{title: A, weight: 0}]", "$.key_results[0].weight"),
        ("type: objective\nkey_results: [{title: A, done: soon}]", "$.key_results[0].done"),
        ("type: objective\nkey_results: [{title: A, scale: [[1]]}]", "$.key_results[0].scale[0]"),
        ("type: objective\ncheck_ins: [{values: {a: 1}}]", "$.check_ins[0]"),
        ("type: objective\ngrade: {score: 8}", "$.grade.score"),
        ("type: objective\ncommitment: comitted", "$.commitment"),
        ("type: objective\ninitiatives: [{title: A, url: 'javascript:x'}]", "$.initiatives[0].url"),
        ("type: kpi\nreadings: [{date: 2026-11-09}]", "$.readings[0]"),
        ("type: kpi\nevery: day", "$.every"),
        ("type: check-in\ndate: 2026-11-09", "$"),
    ],
)  # fmt: skip
def test_it_rejects_clear_mistakes_where_they_are(front: str, place: str) -> None:
    said = errors(loaded(front))
    assert [error.partition(": ")[0] for error in said] == [place], said


def test_what_it_rejects_in_the_examples_of_the_checks_is_what_they_are_about() -> None:
    accepted = [
        code
        for code, check in CHECKS.items()
        if code in ("OKR102", "OKR103", "OKR104", "OKR106")
        and not errors(loaded(_front_matter(check.example)))
    ]
    # A missing cycle or owner may stand in the folder; a wrong quantity is text like any other.
    assert set(accepted) <= {"OKR103", "OKR104"}


def _front_matter(example: str) -> str:
    text = re.sub(r"^# \S+\.md\n", "", example).strip()
    text = text.removeprefix("---\n").partition("\n---")[0]
    return text if "type:" in text else f"type: objective\n{text}"


@pytest.mark.parametrize("type", Type)
def test_every_field_says_what_it_means(type: Type) -> None:
    schema = front_matter_schema(type)
    for name, field in schema["properties"].items():
        assert field.get("description"), name
    written = {field.alias or name for name, field in MODELS[type].model_fields.items()}
    assert written <= set(schema["properties"])


def test_the_command_prints_it_for_all_types_and_for_one() -> None:
    runner = CliRunner()
    assert json.loads(runner.invoke(main, ["schema"]).stdout) == front_matter_schema()
    one = runner.invoke(main, ["schema", "check-in"]).stdout
    assert json.loads(one) == front_matter_schema(Type.CHECK_IN)
    result = runner.invoke(main, ["schema", "objectives"])
    assert result.exit_code == 2
    assert "check-in" in result.output


def test_it_is_published_with_the_site() -> None:
    file = demo_site() / "data" / "front-matter.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == front_matter_schema()
