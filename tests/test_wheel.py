"""What others install: the wheel holds the theme, and builds the demo without the source."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.sites import ROOT, made_once

_BUILD = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import okrsite, okrsite.theme
from mkdocs.__main__ import cli
cli(standalone_mode=False)
print(*sorted({m.__file__ for n, m in sys.modules.items() if n.split(".")[0] == "okrsite"}))
"""


@pytest.fixture(scope="module")
def wheel() -> Path:
    """Build the wheel from a copy of what git would hand out."""
    return next(made_once("wheel", build_wheel).glob("*.whl"))


def build_wheel(folder: Path) -> None:
    source = folder / "source"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in ("okrsite", "theme"):
        shutil.copytree(ROOT / name, source / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, source]
    subprocess.run(command, check=True)


def test_the_wheel_holds_every_file_of_the_theme(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    files = [f for f in (ROOT / "theme").rglob("*") if f.is_file() and "__pycache__" not in f.parts]
    assert len(files) > 10
    for file in files:
        assert f"okrsite/theme/{file.relative_to(ROOT / 'theme').as_posix()}" in inside
    for module in (ROOT / "okrsite").rglob("*.py"):
        assert module.relative_to(ROOT).as_posix() in inside
    templates = [f for f in (ROOT / "okrsite/editing/new/files").rglob("*") if f.is_file()]
    assert len(templates) > 10
    for file in templates:
        assert file.relative_to(ROOT).as_posix() in inside
    for pattern in ("locale/*.po", "findings/register/*.toml"):
        data = list((ROOT / "okrsite").glob(pattern))
        assert len(data) > 2
        for file in data:
            assert file.relative_to(ROOT).as_posix() in inside
    assert "okrsite/py.typed" in inside
    assert not [name for name in inside if name.startswith(("tests/", "content/", "theme/"))]


def test_the_installed_wheel_builds_the_demo(wheel: Path, tmp_path: Path) -> None:
    installed, site = tmp_path / "installed", tmp_path / "site"
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", installed]
    subprocess.run([*command, wheel], check=True)
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    result = subprocess.run(
        [sys.executable, "-c", _BUILD, str(installed), "build", "--strict", "-q", "-d", str(site)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    modules = result.stdout.split()
    assert len(modules) > 50
    # The source is importable too where it is installed for development: none of it may be used.
    assert [name for name in modules if not Path(name).is_relative_to(installed)] == []
    assert (site / "okr" / "okr.css").exists()
    assert "Achieve financial targets" in (site / "index.html").read_text()
