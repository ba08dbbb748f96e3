"""Mistakes in mkdocs.yml: one sentence, and status 2."""

import random
from collections.abc import Callable
from pathlib import Path

import pathspec
import pytest
from click.testing import CliRunner

from okrsite.cli import main
from okrsite.documents.folder import excluding, without_backtracking
from tests.samples import document, objective

Write = Callable[..., Path]
FILES = {"okrs/2026-q4/company/grow.md": objective("id: mrr, title: MRR, from: 1, to: 2")}
OKRSITE = "plugins: [{okrsite: {as_of: %s}}]"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            OKRSITE % "2026-02-30",
            "the okrsite option `as_of` is wrong: 2026-02-30 is not a date; write year-month-day,"
            " like 2026-11-15",
        ),
        ("extra: !!int x", "mkdocs.yml is not valid YAML: line 3: `x` isn't a valid int"),
        ("extra: !!float x", "mkdocs.yml is not valid YAML: line 3: `x` isn't a valid float"),
        ("extra: !!bool x", "mkdocs.yml is not valid YAML: line 3: `x` isn't a valid bool"),
        (
            "extra: [",
            "not valid YAML: line 4: expected the node content, but found '<stream end>'",
        ),
        ('not_in_nav: "[z-a]"', "not_in_nav: `[z-a]` isn't a pattern"),
        ('exclude_docs: "!"', "exclude_docs or draft_docs: `!` isn't a pattern"),
        ('draft_docs: "[z-a].md"', "exclude_docs or draft_docs: `[z-a].md` isn't a pattern"),
        ('not_in_nav: "[z-a].md"', "not_in_nav: `[z-a].md` isn't a pattern"),
        ('extra_css: ["http://["]', "extra_css has an address that leads nowhere: http://["),
        ('site_url: "http://["', "site_url has an address that leads nowhere: http://["),
        ('repo_url: "http://["', "repo_url has an address that leads nowhere: http://["),
        ('nav: [{A: "http://["}]', "nav has an address that leads nowhere: http://["),
        ('docs_dir: "a\\0b"', "there is no folder 'a\\x00b' (docs_dir)"),
        ('docs_dir: "\\uD800"', "there is no folder '\\ud800' (docs_dir)"),
        ('INHERIT: "a\\0b"', "cannot be read: embedded null byte"),
    ],
)
def test_a_mistake_in_the_settings_is_one_sentence(
    write_site: Write, line: str, sentence: str
) -> None:
    site = write_site(FILES)
    settings = f"site_name: A\n{'' if 'docs_dir' in line else 'docs_dir: content'}\n{line}\n"
    site.write_text(settings, encoding="utf-8")
    for command in ("lint", "export", "status", "digest"):
        result = CliRunner().invoke(main, [command, "-f", str(site)], catch_exceptions=False)
        assert result.exit_code == 2
        assert result.stderr.rstrip().endswith(sentence)


def test_a_path_with_a_nul_is_a_finding(write_site: Write) -> None:
    site = write_site({**FILES, "kpis/a.md": document("kpi", "title: A", 'data: "a\\0.csv"')})
    result = CliRunner().invoke(main, ["lint", "-f", str(site)], catch_exceptions=False)
    assert result.exit_code == 1
    assert "kpis/a.md" in result.stdout


@pytest.mark.parametrize("pattern", ["*a" * 12 + "*b.md", "*" * 40 + "b.md", "*[ab]" * 9 + "c.md"])
def test_many_stars_take_no_longer(pattern: str) -> None:
    assert not excluding(pattern)("x/" + "a" * 250 + ".md")


def test_patterns_match_what_they_matched() -> None:
    choose = random.Random(1).choices
    signs = ["a", "b", "*", "*", "?", "[ab]", "[!a]", "/", "**/", "\\*", "."]
    for length in list(range(1, 10)) * 100:
        pattern = "".join(choose(signs, k=length))
        try:
            spec = pathspec.GitIgnoreSpec.from_lines([pattern])
        except ValueError:
            continue
        quick = without_backtracking(pathspec.GitIgnoreSpec.from_lines([pattern]))
        for _ in range(5):
            path = "".join(choose("aab./*", k=length)).strip("/") or "a"
            assert quick.match_file(path) == spec.match_file(path), (pattern, path)
