"""The cache of documents: what is read from it is what is read without it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from okrsite.cli import main
from okrsite.cli.common import SOURCES, SiteOptions, open_site
from okrsite.cli.configuration import read_configuration
from okrsite.documents import source_cache
from okrsite.documents.source_cache import SourceCache
from okrsite.documents.trees import MemoryTree
from okrsite.project.load import load, load_with_context
from okrsite.settings import read_settings
from tests.samples import document, objective
from tests.sites import ROOT
from tests.test_cases import CASES

Write = Callable[..., Path]

FILES = {
    "team.md": document("team", "title: Team"),
    "page.md": "# A page\n",
    "secret.md": document("team", "title: Hush", "visibility: private"),
    "quiet/.meta.yml": "visibility: private\n",
    "quiet/team.md": document("team", "title: Silence"),
    "wrong.md": document("kpi", "title: Churn", "owner: team", "oops: [1, {a: 1,500}]"),
    "okrs/2026-q4/team/grow.md": objective("id: a, title: A, to: 10", owner="team"),
}


@pytest.fixture(autouse=True)
def _of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_cache, "FEWEST", 1)


@pytest.fixture
def folder(write_site: Write) -> Path:
    """Return the folder of a site whose documents are cached."""
    folder = write_site(FILES).parent
    assert linted(folder)
    return folder


def linted(folder: Path) -> str:
    words = ["lint", "-f", str(folder / "mkdocs.yml"), "--as-of", "2026-11-15"]
    return CliRunner().invoke(main, words, catch_exceptions=False).output


def written(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / SOURCES).iterdir()}


def reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list that what is read without the cache is added to."""
    read: list[str] = []
    original = source_cache.read_source

    def read_source(uri: str, path: str, content: bytes) -> object:
        read.append(uri)
        return original(uri, path, content)

    monkeypatch.setattr(source_cache, "read_source", read_source)
    return read


def test_the_demo_is_the_same_with_the_cache(tmp_path: Path) -> None:
    configuration = read_configuration(ROOT / "mkdocs.yml")
    tree, settings = configuration.folder, configuration.settings
    plain = load(tree, settings, "Demo")
    for _ in range(2):
        cache = SourceCache(tmp_path)
        assert load_with_context(tree, settings, "Demo", cache.source)[0] == plain
        cache.write()
    assert len(list(tmp_path.iterdir())) > 20


@pytest.mark.parametrize(("stem", "case"), CASES, ids=[f"{s}: {c['name']}" for s, c in CASES])
def test_every_example_is_the_same_with_the_cache(
    tmp_path: Path, stem: str, case: dict[str, Any]
) -> None:
    tree, settings = MemoryTree(case["files"]), read_settings({})
    plain = load(tree, settings, stem)
    for _ in range(2):
        cache = SourceCache(tmp_path)
        assert load_with_context(tree, settings, stem, cache.source)[0] == plain
        cache.write()


def test_only_what_has_changed_is_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, said, read = written(folder), linted(folder), reading(monkeypatch)
    assert linted(folder) == said
    assert {"team.md", "page.md", "okrs/2026-q4/team/grow.md"}.isdisjoint(read)
    assert written(folder) == before
    read.clear()
    grow = folder / "content/okrs/2026-q4/team/grow.md"
    grow.write_text(grow.read_text().replace("to: 10", "to: 10m"))
    assert "`10m`" in linted(folder)
    assert "okrs/2026-q4/team/grow.md" in read
    assert "team.md" not in read
    after = written(folder)
    assert len([name for name in before if before[name] != after[name]]) <= 1


def test_what_is_removed_is_dropped(folder: Path) -> None:
    (folder / "content/page.md").unlink()
    linted(folder)
    assert b"page.md" not in b"".join(written(folder).values())


def test_nothing_that_is_marked_as_private_is_kept(folder: Path) -> None:
    kept = b"".join(written(folder).values())
    assert b"Team" in kept
    assert b"Hush" not in kept
    assert b"Silence" not in kept
    assert (folder / SOURCES / ".gitignore").read_text() == "*\n"


def test_errors_are_the_same_with_the_cache(folder: Path) -> None:
    said = linted(folder)
    assert "OKR106" in said
    text = (folder / "content/okrs/2026-q4/team/grow.md").read_text()
    entry = "check_ins: [{date: 2026-10-05, values: {a: x}}, {date: never}]\n"
    changed = text.replace("\n---\n", f"\n{entry}---\n", 1)
    (folder / "content/okrs/2026-q4/team/grow.md").write_text(changed)
    first = linted(folder)
    assert first.count("grow.md") >= 2
    assert linted(folder) == first


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-20],
        lambda content: content.replace(b"Team", b"Gang"),
        lambda content: b"\xff\xfe" + content,
        lambda content: b"other code 0\n" + content.partition(b"\n")[2],
        lambda content: content.replace(b"\t", b" "),
        lambda content: b"cos\nsystem\n(S'exit 1'\ntR.",
    ],
)
def test_what_is_damaged_is_read_again_and_written_again(
    folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    before, said = written(folder), linted(folder)
    for name, content in before.items():
        if name.endswith(".txt"):
            (folder / SOURCES / name).write_bytes(damage(content))
    assert linted(folder) == said
    assert written(folder) == before


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("title: A", True),
        ("{title: A, links: [{title: B, 1,500: x}]}", False),
        ("parent: {12,500: }", False),
        ("title: A\ntitle: B", False),
        ("title: A\nrevision_date: 2026-01-01", False),
        ("title: A\nhide: [toc]", True),
    ],
)
def test_only_what_json_has_as_it_is_is_kept(tmp_path: Path, written: str, kept: bool) -> None:
    text = f"---\ntype: team\n{written}\n---\n"
    if written.startswith("{"):
        text = f"---\n{{type: team, {written[1:]}\n---\n"
    cache = SourceCache(tmp_path)
    source, findings = cache.source("a.md", "a.md", text.encode())
    assert source is not None
    assert (bool(cache._used), findings) == (kept, [])


def test_other_code_reads_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = reading(monkeypatch)
    monkeypatch.setattr(source_cache, "__version__", "99")
    linted(folder)
    assert "team.md" in read


def test_a_folder_that_cannot_be_written_changes_nothing(write_site: Write) -> None:
    folder = write_site(FILES).parent
    (folder / ".cache").write_text("a file")
    assert "OKR106" in linted(folder)
    assert (folder / ".cache").read_text() == "a file"


def test_a_few_documents_are_not_kept(write_site: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_cache, "FEWEST", 200)
    folder = write_site(FILES).parent
    linted(folder)
    assert not (folder / ".cache").exists()


def test_what_is_published_is_never_read_from_the_cache(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = SiteOptions(folder / "mkdocs.yml", None)
    read = reading(monkeypatch)
    monkeypatch.setattr("okrsite.cli.common.SourceCache", None)
    assert open_site(given, publishing=True).project.objectives
    assert read == []
    with pytest.raises(TypeError):
        open_site(given)


@pytest.mark.parametrize("command", [["export"], ["digest", "team"]], ids=" ".join)
def test_commands_that_publish_read_the_documents(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setattr("okrsite.cli.common.SourceCache", None)
    words = [*command, "-f", str(folder / "mkdocs.yml"), "--as-of", "2026-11-15"]
    assert CliRunner().invoke(main, words, catch_exceptions=False).stdout


def test_several_commands_at_once_leave_a_whole_cache(folder: Path) -> None:
    said = linted(folder)
    program = (
        "from okrsite.documents import source_cache; source_cache.FEWEST = 1;"
        "from okrsite.cli import main; main(['lint', '--as-of', '2026-11-15'])"
    )
    for file in (folder / SOURCES).glob("*.txt"):
        file.write_bytes(b"damaged")
    words = [sys.executable, "-c", program]
    started = [
        subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         env={**os.environ}, text=True)
        for _ in range(3)
    ]  # fmt: skip
    assert {process.communicate()[0] for process in started} == {said}
    assert all(not name.endswith(".tmp") for name in written(folder))
    assert len(SourceCache(folder / SOURCES)._known) >= 3
