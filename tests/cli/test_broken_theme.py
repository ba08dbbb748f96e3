"""A theme that is missing, broken or another's is one sentence, whichever command builds."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.samples import objective
from tests.util.test_installed_theme import OURS, THEIRS, install

Write = Callable[..., Path]
FILES = {"okrs/2026-q4/company/grow.md": objective("id: a, title: A, to: 10, current: 4")}
MATERIAL = {"name": "material", "font": False}


def run(folder: Path, *words: str, ahead: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with a folder of packages ahead of all others."""
    program = f"import sys; sys.path[:0] = {[ahead] if ahead else []}; sys.argv[:1] = []; "
    module = "mkdocs.__main__" if words[0] == "mkdocs" else "okrsite.cli"
    main = "cli" if words[0] == "mkdocs" else "main"
    return subprocess.run(
        [sys.executable, "-c", f"{program}from {module} import {main}; {main}()", *words],
        cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def site(write_site: Write, theme: object) -> Path:
    return write_site(FILES, {"as_of": "2026-11-15"}, theme=theme).parent


def installed(folder: Path, *themes: str) -> str:
    """Install themes that are no more than their names; the last one's files are in place."""
    for name in themes:
        files = OURS if name == "mkdocs-material" else THEIRS
        install(folder, name, "9.6", files)
        info = next(folder.glob(f"{name.replace('-', '_')}-*.dist-info"))
        theme = name.removeprefix("mkdocs-")
        (info / "entry_points.txt").write_text(f"[mkdocs.themes]\n{theme} = material.templates\n")
    return str(folder)


@pytest.mark.parametrize("command", ["build", "serve"])
def test_a_theme_without_its_templates_is_a_sentence(
    write_site: Write, tmp_path: Path, command: str
) -> None:
    ahead = installed(tmp_path / "packages", "mkdocs-material")
    (tmp_path / "packages/material/base.html").unlink()
    done = run(site(write_site, MATERIAL), "okrsite", command, ahead=ahead)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "Error: the theme of mkdocs-material 9.6 is not complete: there is no" in done.stderr
    assert "pip install --force-reinstall --no-deps mkdocs-material" in done.stderr


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ('{% extends "nope.html" %}', "the theme lacks the template nope.html"),
        ("{% if %}", "overrides/main.html:1: no template: Expected an expression"),
        ("{{ nothing.at.all }}", "a template fails: 'nothing' is undefined"),
    ],
)
def test_a_template_that_fails_is_a_sentence(
    write_site: Write, tmp_path: Path, template: str, message: str
) -> None:
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides/main.html").write_text(template)
    folder = site(write_site, {**MATERIAL, "custom_dir": "overrides"})
    done = run(folder, "okrsite", "build")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert message in done.stderr


@pytest.mark.parametrize("command", ["okrsite", "mkdocs"])
def test_a_theme_without_a_main_template_is_a_sentence(
    write_site: Write, tmp_path: Path, command: str
) -> None:
    (tmp_path / "overrides").mkdir()
    done = run(site(write_site, {"name": None, "custom_dir": "overrides"}), command, "build")
    assert done.returncode == (2 if command == "okrsite" else 1)
    assert "the theme without a `name` has no main.html: write `theme: material`" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["okrsite", "mkdocs"])
def test_a_theme_that_is_not_installed_is_a_sentence(write_site: Write, command: str) -> None:
    done = run(site(write_site, {"name": "materials"}), command, "build")
    assert done.returncode == (2 if command == "okrsite" else 1)
    assert "Unrecognised theme name: 'materials'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_build_says_whose_theme_is_in_place(write_site: Write, tmp_path: Path) -> None:
    ahead = installed(tmp_path / "packages", "mkdocs-material", "mkdocs-materialx")
    templates = tmp_path / "packages/material/templates"
    templates.mkdir()
    (templates / "__init__.py").touch()
    (templates / "mkdocs_theme.yml").write_text("language: en\n")
    (templates / "main.html").write_text("{{ page.content }}")
    done = run(site(write_site, {"name": "material"}), "mkdocs", "build", ahead=ahead)
    assert done.returncode == 0, done.stderr
    message = "mkdocs-material 9.6 and mkdocs-materialx 9.6 share a folder"
    assert f"{message}; the theme in place is that of mkdocs-materialx" in done.stderr
