"""Objectives to start from: each is a valid document, and says what the checks would ask for."""

from datetime import date

import pytest

from okrsite.checks.registry import all_findings
from okrsite.documents.trees import MemoryTree
from okrsite.editing.new.templates import (
    Template,
    UnknownTemplateError,
    department_title,
    find_template,
    templates,
)
from okrsite.editing.yaml_text import document_text
from okrsite.project import load
from okrsite.scores import score_project
from okrsite.settings import Settings

ALL = list(templates().values())
TOP = "---\ntype: objective\nkey_results: [{title: A, to: 3}, {title: B, to: 9}]\n---\n# Grow\n"


def files_of(template: Template) -> dict[str, str]:
    fields = {"type": "objective", "title": template.title, "aligns_to": "company/grow"}
    written = {name: value for name, value in template.fields.items() if value}
    files = {
        "teams/sales.md": "---\ntype: team\n---\n",
        "okrs/2026-q4/company/grow.md": TOP,
        "okrs/2026-q4/sales/new.md": document_text({**fields, **written}, template.why),
    }
    for name, about in template.kpis.items():
        kpi = {"type": "kpi", **about, "status": "planned"}
        files[f"kpis/sales/{name}.md"] = document_text(kpi)
    return files


def test_there_are_sixty_in_twelve_departments() -> None:
    assert len(ALL) == 60
    departments = {template.department for template in ALL}
    assert departments == {
        "sales", "marketing", "hr", "finance", "operations", "support", "product", "engineering",
        "security", "data", "leadership", "personal",
    }  # fmt: skip
    assert department_title("hr") == "HR"


@pytest.mark.parametrize("template", ALL, ids=lambda template: template.id)
def test_a_template_passes_all_checks(template: Template) -> None:
    settings = Settings()
    project = load(MemoryTree(files_of(template)), settings, "Acme")
    scorecard = score_project(project, settings, date(2026, 10, 5))
    assert all_findings(project, settings, scorecard) == []
    made = project.objectives["okrs/2026-q4/sales/new"]
    assert 2 <= len(made.key_results) <= 4
    assert made.guardrails
    assert len({(result.kind, result.kpi is None) for result in made.key_results}) >= 2
    used = {result.kpi for result in made.key_results} | set(made.guardrails)
    assert used - {None} == set(project.kpis)


def test_a_template_is_found_by_its_tail_and_a_misspelt_one_is_named() -> None:
    assert find_template(" Support/Satisfaction ").title == "Make customers glad they asked"
    assert find_template("satisfaction").id == "support/satisfaction"
    with pytest.raises(UnknownTemplateError, match="did you mean `support/satisfaction`"):
        find_template("support/satisfacton")
    with pytest.raises(UnknownTemplateError, match="in several"):
        find_template("trust")
    with pytest.raises(UnknownTemplateError, match="new --list"):
        find_template("nothing-like-it")
