from collections.abc import Callable
from pathlib import Path

import pytest

from okrsite.documents.folder import Folder, excluding
from okrsite.project import load
from okrsite.settings import Settings
from tests.samples import document, objective


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Return the folder of the documents inside a project, with a neighbour that is none of its."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md").write_text(document("team", "title: Secret"))
    (tmp_path / "outside" / "secret.csv").write_text("date,value\n2026-11-01,42\n")
    docs = tmp_path / "site" / "content"
    docs.mkdir(parents=True)
    return docs


def folder_of(docs: Path, exclude: str = "") -> Folder:
    return Folder(docs.parent, docs, exclude)


def write(docs: Path, *uris: str) -> None:
    for uri in uris:
        (docs / uri).parent.mkdir(parents=True, exist_ok=True)
        (docs / uri).write_text(document("team"))


def test_only_markdown_files_are_documents(docs: Path) -> None:
    write(docs, "a.md", "deep/er/b.md", "c.txt", "d.csv", "md")
    assert sorted(folder_of(docs).documents()) == ["a.md", "deep/er/b.md"]


def test_what_mkdocs_leaves_out_is_left_out(docs: Path) -> None:
    write(
        docs,
        ".hidden.md",
        ".a.md.x1y2z3w4",
        ".git/a.md",
        "templates/b.md",
        "deep/templates/c.md",
        "deep/.d/e.md",
    )
    assert sorted(folder_of(docs).documents()) == ["deep/templates/c.md"]


def test_a_readme_gives_way_to_an_index_beside_it(docs: Path) -> None:
    write(docs, "a/README.md", "a/index.md", "b/README.md")
    assert sorted(folder_of(docs).documents()) == ["a/index.md", "b/README.md"]


def test_excluded_documents_are_not_there(docs: Path) -> None:
    write(docs, "a.md", "drafts/b.md", "drafts/keep.md", "deep/drafts/c.md", "notes.md")
    folder = folder_of(docs, "/drafts/*\n!/drafts/keep.md\nnotes.md\n# a comment\n")
    assert sorted(folder.documents()) == ["a.md", "deep/drafts/c.md", "drafts/keep.md"]


def test_paths_are_relative_to_the_folder_of_the_configuration(docs: Path) -> None:
    assert folder_of(docs).path("a/b.md") == "content/a/b.md"


def test_a_link_out_of_the_project_is_not_read(docs: Path) -> None:
    (docs / "link.md").symlink_to(docs.parent.parent / "outside" / "secret.md")
    with pytest.raises(PermissionError):
        folder_of(docs).read("link.md")
    project = load(folder_of(docs), Settings(), "Acme")
    assert sorted(project.owners) == ["company"]
    assert [(f.code, f.path) for f in project.findings] == [("OKR104", "content/link.md")]


def test_a_linked_folder_out_of_the_project_is_not_read(docs: Path) -> None:
    (docs / "linked").symlink_to(docs.parent.parent / "outside", target_is_directory=True)
    project = load(folder_of(docs), Settings(), "Acme")
    assert sorted(project.owners) == ["company"]


def test_the_data_of_a_kpi_may_not_be_a_link_out_of_the_project(docs: Path) -> None:
    (docs / "k.csv").symlink_to(docs.parent.parent / "outside" / "secret.csv")
    (docs / "k.md").write_text(document("kpi", "owner: company", "data: k.csv"))
    project = load(folder_of(docs), Settings(), "Acme")
    assert [(f.code, f.line) for f in project.findings] == [("OKR104", 4)]
    assert all(not kpi.readings for kpi in project.kpis.values())


def test_a_link_inside_the_project_is_read(docs: Path) -> None:
    shared = docs.parent / "shared.md"
    shared.write_text(document("team", "title: Shared"))
    (docs / "team.md").symlink_to(shared)
    assert load(folder_of(docs), Settings(), "Acme").owners["team"].title == "Shared"


@pytest.mark.parametrize("data", ["../../outside/secret.csv", "/etc/hostname", "../content.csv"])
def test_data_outside_the_documents_is_not_read(docs: Path, data: str) -> None:
    (docs.parent / "content.csv").write_text("date,value\n2026-11-01,42\n")
    (docs / "k.md").write_text(document("kpi", "owner: company", f"data: {data}"))
    project = load(folder_of(docs), Settings(), "Acme")
    assert [(f.code, f.path, f.line) for f in project.findings] == [("OKR104", "content/k.md", 4)]


def test_a_link_that_leads_nowhere_is_said(docs: Path) -> None:
    (docs / "gone.md").symlink_to(docs / "never-there.md")
    findings = load(folder_of(docs), Settings(), "Acme").findings
    assert [(f.code, f.path) for f in findings] == [("OKR101", "content/gone.md")]


def test_a_link_to_itself_is_said_and_the_others_are_read(docs: Path) -> None:
    (docs / "loop.md").symlink_to("loop.md")
    write(docs, "sales.md")
    project = load(folder_of(docs), Settings(), "Acme")
    assert sorted(project.owners) == ["company", "sales"]
    assert [f.path for f in project.findings] == ["content/loop.md"]


def test_names_with_spaces_and_letters_of_any_language_are_read(
    write_site: Callable[..., Path],
) -> None:
    text = objective("id: a, title: A, to: 5")
    configuration = write_site({"Ziele für Q4/größer werden.md": text})
    docs = configuration.parent / "content"
    project = load(Folder(configuration.parent, docs), Settings(), "Acme")
    assert list(project.objectives) == ["ziele für q4/größer werden"]


@pytest.mark.parametrize(
    "uri",
    [
        "a.md", "a.b.md", ".a.md", "x/.a.md", ".x/a.md", "x/.y/z/a.md", "templates/a.md",
        "templates.md", "x/templates/a.md", "templates-old/a.md", "x/templates.md", "x./a.md",
    ],
)  # fmt: skip
def test_what_is_always_excluded_is_so_with_patterns_and_without(uri: str) -> None:
    assert excluding("")(uri) == excluding("/nothing-is-called-so\n")(uri)


def test_linked_folders_are_gone_through_like_those_that_are_there(docs: Path) -> None:
    write(docs, "kpis/a.md")
    (docs / "again").symlink_to("kpis")
    (docs / "kpis" / "back").symlink_to("..")
    (docs / "itself").symlink_to(".")
    assert sorted(folder_of(docs).documents()) == ["again/a.md", "kpis/a.md"]
