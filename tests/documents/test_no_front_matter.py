"""Pages that look like documents without the first line of one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from okrsite.cli import main
from okrsite.documents.no_front_matter import UnmarkedDocuments, fields_without_opening_line
from okrsite.documents.trees import ObservedTree
from tests.samples import Shelf, objective
from tests.sites import build

SLIP = "type: objective\ntitle: Grow\n---\nWhy.\n"


@pytest.mark.parametrize(
    "text",
    [
        SLIP,
        f"\n---\n{SLIP}",
        f"   {SLIP}",
        "title: Grow\ntype: kpi\nowner: sales\n",
        "type: check-in\r\ndate: 2026-11-09\r\n---\r\n",
        'type: "objective"\n',
        f"\ufeff{SLIP}",
    ],
)
def test_a_page_that_is_meant_as_a_document(text: str) -> None:
    assert fields_without_opening_line(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---\n",
        "# Grow\n",
        f"---\n{SLIP}",
        "type: novel\ntitle: Grow\n",
        "type: objectives are what we write here.\n",
        "In short:\ntype: objective\n",
        "note: see below\n\ntype: objective\n",
        "```yaml\ntype: objective\n```\n",
        "type:\n",
        ":" * 100_000,
        "a: b\n" * 100_000,
    ],
)
def test_an_ordinary_page_and_a_sound_document_are_not_meant(text: str) -> None:
    assert fields_without_opening_line(text.encode()) is None


def test_they_are_collected_while_a_tree_is_read() -> None:
    secret = f"visibility: private\n{SLIP}"
    files = {"a.md": SLIP, "b.md": "# B\n", "c.csv": SLIP, "d.md": secret}
    unmarked = UnmarkedDocuments()
    shelf = Shelf({**files, "e.md": objective("title: A, to: 1")})
    tree = ObservedTree(shelf, unmarked)
    for uri in [*tree.documents(), "c.csv"]:
        tree.read(uri)
    (hint,) = unmarked.hints(shelf)
    assert hint.startswith(f"content/a.md:1: {SAID}")


SAID = "this looks like a document, but its first line is not `---`"


def test_lint_and_the_build_say_it(write_site: Callable[..., Path], tmp_path: Path) -> None:
    configuration = write_site({"grow.md": SLIP}, plugins=["okrsite"])
    result = CliRunner().invoke(main, ["lint", "-f", str(configuration)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"grow.md:1: {SAID}" in result.stderr
    built = build(configuration, tmp_path / "site", "--strict")
    assert built.exit_code == 0
    assert SAID in built.output


@pytest.mark.parametrize(
    "secret",
    [
        f"visibility: private\n{SLIP}",
        f"\n---\nvisibility: private\n{SLIP}",
        f"\n---\nVisibility: private\n{SLIP}",
        f" ---\nprivate: true\n{SLIP}",
        f"\ufeff\nvisibility: private\n{SLIP}",
    ],
)
def test_what_is_meant_to_be_private_is_kept_out_and_lint_fails(
    write_site: Callable[..., Path], tmp_path: Path, secret: str
) -> None:
    secret = secret.replace("Grow", "Halve the salaries")
    configuration = write_site({"pay.md": secret, "index.md": "# Home\n"}, plugins=["okrsite"])
    result = CliRunner().invoke(main, ["lint", "-f", str(configuration)])
    assert result.exit_code == 1
    assert "pay.md:1: OKR101 error: this looks like a private document" in result.stdout
    assert SAID not in result.stderr
    strict = build(configuration, tmp_path / "strict", "--strict")
    assert strict.exit_code == 1
    assert "pay.md:1: OKR101" in strict.output
    built = build(configuration, tmp_path / "site")
    assert built.exit_code == 0, built.output
    for file in (tmp_path / "site").rglob("*"):
        assert "pay" not in file.name
        assert not file.is_file() or b"Halve" not in file.read_bytes()
