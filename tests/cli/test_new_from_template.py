"""`okrsite new objective --from`: an objective of a template, with the KPIs that are missing."""

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.test_new_command import SITE, Write, new, run, texts
from tests.sites import ROOT

FROM = ("--from", "support/satisfaction", "--owner", "sales", "--aligns-to", "grow")
KPIS = ("customer-satisfaction", "first-contact-resolution", "handling-time")


def test_a_template_brings_its_kpis(write_site: Write) -> None:
    grow = SITE["okrs/2026-q4/company/grow.md"].replace(
        "check_ins:", "guardrails: [csat]\ncheck_ins:"
    )
    configuration = write_site({**SITE, "okrs/2026-q4/company/grow.md": grow})
    result = new(configuration, "objective", *FROM)
    assert result.exit_code == 0, result.output
    made = "content/okrs/2026-q4/sales/make-customers-glad-they-asked.md"
    assert result.stdout.split() == [*(f"content/kpis/sales/{kpi}.md" for kpi in KPIS), made]
    written = texts(configuration)
    assert "aligns_to: company/grow\n" in written[made] or "aligns_to: grow\n" in written[made]
    assert "kpi: customer-satisfaction" in written[made]
    assert "status: planned" in written["content/kpis/sales/handling-time.md"]
    lint = run("lint", "--strict", "-f", configuration, "--as-of", "2026-11-15")
    assert lint.stdout == ""


def test_the_command_of_the_guide_works_without_a_terminal(tmp_path: Path) -> None:
    page = (ROOT / "content/guide/templates.md").read_text("utf-8")
    [command] = re.findall(r"^okrsite (new objective --from .*)$", page, re.MULTILINE)
    day = ("--as-of", "2026-11-15")
    assert run("init", tmp_path, *day).exit_code == 0
    result = run(*command.split(), "-f", tmp_path / "mkdocs.yml", *day)
    assert result.exit_code == 0, result.output
    assert "OKR405 advice" in result.stderr
    assert result.stdout.splitlines()[-1].endswith("make-customers-glad-they-asked.md")


def test_an_error_in_what_is_made_of_a_template_still_refuses(write_site: Write) -> None:
    configuration = write_site(SITE)
    before = texts(configuration)
    result = new(configuration, "objective", *FROM, "--key-result", "Win from 3 to 3")
    assert result.exit_code == 1, result.output
    assert texts(configuration) == before


def test_a_terminal_asks_what_a_template_supports(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("okrsite.cli.asking.on_terminal", lambda: True)
    configuration = write_site(SITE)
    result = new(configuration, "objective", *FROM[:4], input="grow\n")
    assert result.exit_code == 0, result.output
    [made] = [text for path, text in texts(configuration).items() if "make-customers" in path]
    assert "aligns_to: grow\n" in made


def test_a_kpi_that_is_there_is_used(write_site: Write) -> None:
    kpi = SITE["kpis/sales/csat.md"].replace("value: 70", "value: 71")
    configuration = write_site({**SITE, "kpis/sales/customer-satisfaction.md": kpi})
    result = new(configuration, "objective", *FROM, "--title", "Be thanked", "--text", "Why not?")
    assert result.exit_code == 0, result.output
    assert "content/kpis/sales/customer-satisfaction.md" not in result.stdout
    written = texts(configuration)["content/okrs/2026-q4/sales/be-thanked.md"]
    assert "title: Be thanked" in written
    assert written.endswith("Why not?\n")


def test_own_key_results_replace_those_of_the_template(write_site: Write) -> None:
    configuration = write_site(SITE)
    own = ("--key-result", "Win guests from 0 to 20", "--key-result", "Answer, at most 3 days")
    result = new(configuration, "objective", *FROM, *own, "--anyway")
    assert result.exit_code == 0, result.output
    [made] = [text for path, text in texts(configuration).items() if "make-customers" in path]
    assert "Win guests" in made
    assert "Satisfy" not in made


def test_the_demo_has_an_objective_that_began_as_a_template(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    [used] = (tmp_path / "content/okrs/2027-q1/workshop").glob("*.md")
    adapted = used.read_text("utf-8")
    used.unlink()
    words = ("--from", "operations/quality", "--owner", "workshop", "--cycle", "2027-q1")
    aligned = ("--aligns-to", "open-in-time#complaints")
    result = new(tmp_path / "mkdocs.yml", "objective", *words, *aligned)
    assert result.exit_code == 0, result.output
    made = used.read_text("utf-8")
    said = re.findall(r"(?:title|kpi): [^,}\n]*", made)
    assert len(said) > 5
    changed = {line for line in said if line not in adapted}
    assert changed == {"title: Take fewer products back"}
    assert "kpis/operations/defect-rate" not in result.stdout


def test_a_page_of_the_name_of_a_kpi_is_left_alone(write_site: Write) -> None:
    configuration = write_site(SITE)
    taken = configuration.parent / "content/kpis/sales/handling-time.md"
    taken.write_text("A page of somebody else.\n", "utf-8")
    result = new(configuration, "objective", *FROM)
    assert result.exit_code == 0, result.output
    assert taken.read_text("utf-8") == "A page of somebody else.\n"
    assert "\nid: handling-time\n" in texts(configuration)["content/kpis/sales/handling-time-2.md"]


def test_an_unknown_template_is_named(write_site: Write, tmp_path: Path) -> None:
    result = new(write_site(SITE), "objective", "--from", "support/satisfacton")
    assert result.exit_code == 2
    assert "did you mean `support/satisfaction`?" in result.output


def test_the_templates_are_listed() -> None:
    result = run("new", "--list")
    assert result.exit_code == 0
    assert "Customer service" not in result.stdout
    assert "  support/satisfaction" in result.stdout
    assert result.stdout.count("/") == 60
