"""What a release and the pipelines promise: its notes, and the versions of Python that are run."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sites import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
WRITTEN = sorted((ROOT / "okrsite/editing/new/files").rglob("*.yml"))
RUN = ["3.11", "3.12", "3.13"]
"""The versions of Python that the tests are run with."""


def workflow(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text())
    return found


def notes(folder: Path, tag: str, changelog: str) -> subprocess.CompletedProcess[str]:
    (folder / "pyproject.toml").write_text('[project]\nname = "okrsite"\nversion = "1.2.0"\n')
    (folder / "CHANGELOG.md").write_text(changelog)
    words = [sys.executable, str(ROOT / ".ci/notes"), tag]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def test_the_notes_of_a_release_are_its_part_of_the_changelog(tmp_path: Path) -> None:
    changelog = (
        "# Changelog\n\n## 1.2.0 (2026-12-01)\n\n- New.\n\n### More\n\n- Ö\n\n## 1.1.0\n\n- Old.\n"
    )
    done = notes(tmp_path, "v1.2.0", changelog)
    assert (done.returncode, done.stdout) == (0, "- New.\n\n### More\n\n- Ö\n")


@pytest.mark.parametrize(
    ("tag", "changelog", "said"),
    [
        ("v1.3.0", "## 1.2.0\n\n- New.\n", "tag v1.2.0"),
        ("1.2.0", "## 1.2.0\n\n- New.\n", "tag v1.2.0"),
        ("v1.2.0", "## 1.1.0\n\n- Old.\n", "write a part called ## 1.2.0"),
        ("v1.2.0", "## 1.2.0\n\n## 1.1.0\n\n- Old.\n", "write a part called ## 1.2.0"),
        ("v1.2.0", "## 1.2.0 (unreleased)\n\n- New.\n", "write the date"),
        ("v1.2.0", "## 1.2.01\n\n- New.\n", "write a part called ## 1.2.0"),
    ],
)
def test_a_release_without_notes_or_with_another_tag_fails(
    tmp_path: Path, tag: str, changelog: str, said: str
) -> None:
    done = notes(tmp_path, tag, changelog)
    assert done.returncode == 1
    assert done.stdout == ""
    assert said in done.stderr


def test_only_versions_of_python_that_are_run_are_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    prefix = "Programming Language :: Python :: 3."
    named = [one.rpartition(" ")[2] for one in project["classifiers"] if one.startswith(prefix)]
    assert named == RUN
    assert project["requires-python"] == f">={RUN[0]}"
    assert workflow("test")["jobs"]["test"]["strategy"]["matrix"]["python"] == RUN
    assert workflow("release")["jobs"]["test"]["strategy"]["matrix"]["python"] == RUN
    pattern = re.compile(r"python(?:-version: \"|:)(3\.\d+)|default: \"(3\.\d+)\"")
    files = [*WORKFLOWS, *WRITTEN, ROOT / "action.yml", ROOT / "Containerfile"]
    found = {version for file in files for pair in pattern.findall(file.read_text("utf-8"))
             for version in pair if version}  # fmt: skip
    assert found == {RUN[-1]}


def test_every_action_is_pinned_with_its_version_in_a_comment() -> None:
    pinned = re.compile(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    lines = [line.partition("uses: ")[2] for file in (*WORKFLOWS, *WRITTEN, ROOT / "action.yml")
             for line in file.read_text("utf-8").splitlines() if "uses: " in line]  # fmt: skip
    assert len(lines) > 20
    assert [line for line in lines if not pinned.fullmatch(line)] == []
    of_action: dict[str, set[str]] = {}
    for line in lines:
        of_action.setdefault(line.partition("@")[0], set()).add(line)
    assert [sorted(found) for found in of_action.values() if len(found) > 1] == []


def test_a_release_is_published_only_after_its_tests_and_without_a_secret() -> None:
    jobs = workflow("release")["jobs"]
    assert jobs["test"]["needs"] == "build"
    assert jobs["publish"]["needs"] == "test"
    assert jobs["announce"]["needs"] == "publish"
    rights = {name: job["permissions"] for name, job in jobs.items()}
    assert rights == {
        "build": {"contents": "read"},
        "test": {},
        "publish": {"id-token": "write"},
        "announce": {"contents": "write"},
    }
    text = (ROOT / ".github/workflows/release.yml").read_text("utf-8")
    assert "secrets." not in text
    assert not [step for step in jobs["publish"]["steps"] if "run" in step]


def test_the_container_has_what_it_copies_and_runs_without_root() -> None:
    lines = (ROOT / "Containerfile").read_text("utf-8").splitlines()
    copied = [word for line in lines if line.startswith("COPY ") for word in line.split()[1:-1]]
    allowed = (ROOT / ".containerignore").read_text("utf-8")
    assert allowed == (ROOT / ".dockerignore").read_text("utf-8")
    assert copied
    for name in copied:
        assert (ROOT / name).exists()
        assert f"\n!{name}\n" in allowed
    user = next(line.split()[1] for line in lines if line.startswith("USER "))
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
