"""Whose theme is in place, with distributions that are made up."""

import base64
import hashlib
import shutil
from pathlib import Path

import pytest

from okrsite.util.installed_theme import incomplete_theme, shared_folder

OURS = {"material/__init__.py": "v = 1\n", "material/base.html": "ours\n", "material/a.yml": "a\n"}
THEIRS = {**OURS, "material/__init__.py": "v = 2\n", "material/base.html": "theirs\n"}


def install(folder: Path, name: str, version: str, files: dict[str, str]) -> list[str]:
    """Install a distribution the way that pip does: over what is there."""
    rows = []
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        digest = hashlib.sha256(text.encode()).digest()
        hash = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        rows.append(f"{path},sha256={hash},{len(text)}")
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (info / "RECORD").write_text("\n".join([*rows, f"{info.name}/RECORD,,", ""]))
    return [str(folder)]


def test_of_one_theme_nothing_has_to_be_said(tmp_path: Path) -> None:
    path = install(tmp_path, "mkdocs-material", "9.6.0", OURS)
    assert shared_folder(path) is None
    assert incomplete_theme(path) is None
    assert incomplete_theme([]) is None


@pytest.mark.parametrize("last", ["mkdocs-material", "mkdocs-materialx"])
def test_of_two_themes_the_one_installed_last_is_in_place(tmp_path: Path, last: str) -> None:
    first = "mkdocs-material" if last == "mkdocs-materialx" else "mkdocs-materialx"
    for name in (first, last):
        path = install(tmp_path, name, "9.6", OURS if name == "mkdocs-material" else THEIRS)
    message = "mkdocs-material 9.6 and mkdocs-materialx 9.6 share a folder; the theme in place is"
    assert shared_folder(path) == f"{message} that of {last}"
    assert incomplete_theme(path) is None


def test_files_of_both_themes_are_a_mixture(tmp_path: Path) -> None:
    install(tmp_path, "mkdocs-material", "9.6", OURS)
    path = install(tmp_path, "mkdocs-materialx", "10.2", THEIRS)
    (tmp_path / "material/base.html").write_text(OURS["material/base.html"])
    message = shared_folder(path)
    assert message is not None
    assert "files of both are in place" in message
    assert "`pip install --force-reinstall --no-deps mkdocs-material`" in message


@pytest.mark.parametrize("lost", ["material/base.html", "material/a.yml", "material"])
def test_a_theme_without_all_of_its_files_is_incomplete(tmp_path: Path, lost: str) -> None:
    path = install(tmp_path, "mkdocs-material", "9.6", OURS)
    gone = tmp_path / lost
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    message = incomplete_theme(path)
    assert message is not None
    assert message.startswith("the theme of mkdocs-material 9.6 is not complete: there is no mat")
    assert "`pip install --force-reinstall --no-deps mkdocs-material`" in message


def test_uninstalling_one_theme_takes_files_of_the_other(tmp_path: Path) -> None:
    install(tmp_path, "mkdocs-material", "9.6", OURS)
    path = install(tmp_path, "mkdocs-materialx", "10.2", THEIRS)
    shutil.rmtree(tmp_path / "mkdocs_materialx-10.2.dist-info")
    for file in THEIRS:
        (tmp_path / file).unlink()
    assert "mkdocs-material 9.6 is not complete" in (incomplete_theme(path) or "")
