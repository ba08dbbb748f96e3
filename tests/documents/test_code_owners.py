"""CODEOWNERS: which rule counts for a file, and which file is read."""

import os
from pathlib import Path

import pytest

from okrsite.documents.code_owners import LARGEST, parse_code_owners, read_code_owners

FILE = "content/okrs/2027-q1/sales/grow.md"


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("*", True),
        ("*.md", True),
        ("*.txt", False),
        ("grow.md", True),
        ("/grow.md", False),
        ("sales", True),
        ("sales/", True),
        ("grow.md/", False),
        ("/content", True),
        ("/content/", True),
        ("content/okrs", True),
        ("okrs/2027-q1", False),
        ("/content/okrs/*", False),
        ("/content/okrs/**", True),
        ("/content/okrs/*/sales/", True),
        ("/content/okrs/*/hr/", False),
        ("**/sales/*.md", True),
        ("/content/**/grow.md", True),
        ("/content/okrs/2027-q?/sales", True),
        ("/content/okrs/????-q1/**/*.md", True),
        ("!grow.md", False),
        ("content/okrs/[0-9]*", False),
        (r"content/okrs\ and\ more", False),
    ],
)
def test_which_files_a_pattern_matches(pattern: str, matches: bool) -> None:
    assert parse_code_owners(f"{pattern} @jonas\n").of(FILE) == (("@jonas",) if matches else ())


def test_the_last_rule_that_matches_counts() -> None:
    text = """
    # Who reviews what
    *               @everyone
    [Documents]
    /content/okrs/  @acme/leads   jonas@acme.example  # both
    *.md            not-an-owner
    /content/okrs/2027-q1/sales  @jonas @amara
    /content/okrs/2027-q1/hr/
    """
    rules = parse_code_owners(text)
    assert rules.of(FILE) == ("@jonas", "@amara")
    assert rules.of("content/okrs/2026-q4/a.csv") == ("@acme/leads", "jonas@acme.example")
    assert rules.of("content/okrs/2027-q1/hr/a.md") == ()
    assert rules.of("content/a.md") == ()
    assert rules.of("mkdocs.yml") == ("@everyone",)


def test_a_space_in_a_path_is_escaped() -> None:
    assert parse_code_owners(r"/our\ okrs/ @jonas").of("our okrs/grow.md") == ("@jonas",)


def test_many_stars_take_no_longer() -> None:
    pattern = "*a" * 200 + "/**" * 200 + "/b"
    rules = parse_code_owners(f"/{pattern} @jonas")
    assert rules.of("a" * 300 + "/a" * 300) == ()


def test_paths_are_those_in_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "handbook").mkdir()
    (tmp_path / "CODEOWNERS").write_text("/handbook/content/ @jonas\n")
    rules = read_code_owners(tmp_path / "handbook")
    assert (rules.path, rules.of(FILE)) == ("CODEOWNERS", ("@jonas",))
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "CODEOWNERS").write_text("\ufeff* @amara\n", encoding="utf-8")
    rules = read_code_owners(tmp_path / "handbook")
    assert (rules.path, rules.of(FILE)) == (".github/CODEOWNERS", ("@amara",))


def test_without_a_repository_it_is_the_projects_folder(tmp_path: Path) -> None:
    assert read_code_owners(tmp_path).path is None
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "CODEOWNERS").write_text("* @jonas")
    assert read_code_owners(tmp_path).of(FILE) == ("@jonas",)


def test_a_file_that_is_too_large_or_elsewhere_is_not_read(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "CODEOWNERS").write_bytes(b"* @jonas\n" + b"#" * LARGEST)
    rules = read_code_owners(project)
    assert (rules.of(FILE), rules.problem) == ((), "it is larger than 1 MB")
    (project / "CODEOWNERS").unlink()
    (tmp_path / "other").write_text("* @jonas")
    if os.name != "nt":
        (project / "CODEOWNERS").symlink_to(tmp_path / "other")
        assert read_code_owners(project).path is None
