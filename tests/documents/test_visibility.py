"""What hides a document: `visibility`, and everything that was meant as it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from okrsite.documents.visibility import meant_private, meant_private_in
from tests.samples import export_of, findings_of, objective, places
from tests.sites import build

PRIVATE: list[tuple[str, Any]] = [
    ("visibility", "private"), ("visibility", "secret"), ("visibility", None),
    ("visibility", ["public"]), ("Visibility", "private"), ("VISIBILITY", "private"),
    ("visiblity", "private"), ("visibilty", "internal"), ("vizibility", "private"),
    ("isibility", "private"), ("visibility_", "private"), ("private", True), ("Private", "yes"),
    ("private", None), ("visible", False), ("visible", "team"),
]  # fmt: skip
PUBLIC: list[tuple[str, Any]] = [
    ("visibility", "public"), ("visibility", " Public "), ("Visibility", "public"),
    ("visiblity", "public"), ("private", False), ("private", "no"), ("private", "public"),
    ("visible", True), ("visible", "public"), ("vision", "private"), ("viability", "private"),
    ("provider", "private"), ("x-visibility", "private"), ("title", "private"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), PRIVATE)
def test_a_field_hides(name: str, value: Any) -> None:
    assert meant_private({"title": "Grow", name: value})


@pytest.mark.parametrize(("name", "value"), PUBLIC)
def test_a_field_does_not_hide(name: str, value: Any) -> None:
    assert not meant_private({"title": "Grow", name: value})


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("title: A\nvisibility: private\n", True),
        ("title: A\nVisibility: private  # for now\n", True),
        ("{title: A, visibility: private", True),
        ("visibility: public\nvisibility: private\n", True),
        ('"visibility": "private"\n', True),
        ("private: yes\n", True),
        ("title: A\nvisibility: public\n", False),
        ("title: A private matter\nowner: sales\n", False),
        ("", False),
    ],
)
def test_a_text_that_cannot_be_read_hides(text: str, private: bool) -> None:
    assert meant_private_in(text) is private


def test_a_misspelt_visibility_counts_nowhere_and_is_said() -> None:
    files = {"a.md": objective("title: A, to: 2, current: 1", visiblity="private", title="Pay")}
    assert export_of(files)["objectives"] == {}
    assert "OKR106 a.md:6" in places(findings_of(files))


@pytest.mark.parametrize("line", ["Visibility: private", "visiblity: private", "private: true"])
def test_a_misspelt_visibility_is_not_published(
    write_site: Callable[..., Path], tmp_path: Path, line: str
) -> None:
    name, value = line.split(": ")
    secret = objective("title: Halve it, to: 2", title="Salaries", **{name: value})
    configuration = write_site({"pay.md": secret, "index.md": "# Home\n"}, plugins=["okrsite"])
    built = build(configuration, tmp_path / "site")
    assert built.exit_code == 0, built.output
    for file in (tmp_path / "site").rglob("*.*"):
        content = file.read_bytes()
        assert b"Salaries" not in content, file
        assert b"Halve it" not in content, file
