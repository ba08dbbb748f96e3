import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from okrsite.cli.revisions import site_of_folder
from okrsite.documents.folder import Folder
from okrsite.history.git import Repository, RepositoryError, Revision
from okrsite.history.git import objects as objects_module
from okrsite.history.git.git import environment, run
from okrsite.project.cache import KnownDocuments
from okrsite.project.load import read_documents
from tests.repositories import Repo
from tests.samples import objective

DOCUMENT = objective("id: a, title: A, to: 10")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "site")


@pytest.fixture
def repository(repo: Repo) -> Iterator[Repository]:
    with Repository.of(repo.folder) as opened:
        yield opened


def revision(repository: Repository, commit: str, project: str = "", **more: str) -> Revision:
    return Revision(repository.snapshot(commit), project, **{"docs": "content", **more})


def error_of(repository: Repository, name: str) -> str:
    with pytest.raises(RepositoryError) as raised:
        repository.commit(name)
    return str(raised.value)


# The documents of a commit


def test_a_commit_has_the_documents_of_its_folder_by_the_same_rules(
    repo: Repo, repository: Repository
) -> None:
    commit = repo.commit(
        {
            "one.md": "1",
            "okrs/two.md": "2",
            "README.md": "r",
            "okrs/README.md": "r",
            "okrs/index.md": "i",
            ".hidden/x.md": "x",
            "templates/x.md": "x",
            "a/.x.md": "x",
            "drafts/x.md": "x",
            "data.csv": "date,value\n",
            "ünï cödé.md": "ü",
            "a b.md": "b",
        }
    )
    exclude = "drafts/\n"
    tree = revision(repository, commit, exclude=exclude)
    folder = Folder(repo.folder, repo.folder / "content", exclude)
    assert sorted(tree.documents()) == sorted(folder.documents())
    assert "README.md" in set(tree.documents())
    assert "okrs/README.md" not in set(tree.documents())
    assert [tree.path(uri) for uri in tree.documents()] == [
        folder.path(uri) for uri in tree.documents()
    ]
    for uri in [*folder.documents(), "data.csv"]:
        assert tree.read(uri) == folder.read(uri)


def test_patterns_with_many_stars_take_no_longer(repo: Repo, repository: Repository) -> None:
    name = f"{'a' * 200}.md"
    commit = repo.commit({name: "1"})
    tree = revision(repository, commit, exclude="*a" * 12 + "*b.md")
    assert list(tree.documents()) == [name]


def test_what_was_committed_counts_and_not_what_stands_there_now(
    repo: Repo, repository: Repository
) -> None:
    first = repo.commit({"a.md": "one\r\ntwo"})
    second = repo.commit({"a.md": "three"})
    repo.write({"a.md": "four", "b.md": "new"})
    assert revision(repository, first).read("a.md") == b"one\r\ntwo"
    assert revision(repository, second).read("a.md") == b"three"
    assert list(revision(repository, second).documents()) == ["a.md"]


def test_a_project_may_lie_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "site")
    repo.configuration.unlink()
    repo.write({})
    (repo.folder / "okrs" / "pages").mkdir(parents=True)
    (repo.folder / "okrs" / "pages" / "a.md").write_text("a")
    commit = repo.commit({"other.md": "not ours"})
    with Repository.of(repo.folder / "okrs" / "pages") as repository:
        tree = revision(repository, commit, "okrs", docs="okrs/pages")
        assert list(tree.documents()) == ["a.md"]
        assert tree.path("a.md") == "pages/a.md"
        assert tree.read("a.md") == b"a"


def test_docs_dir_may_be_the_repository_itself_or_not_there_yet(
    repo: Repo, repository: Repository
) -> None:
    commit = repo.commit({"a.md": "a"})
    whole = Revision(repository.snapshot(commit), "", "")
    assert list(whole.documents()) == ["content/a.md"]
    assert whole.path("content/a.md") == "content/a.md"
    assert whole.read("content/a.md") == b"a"
    assert list(Revision(repository.snapshot(commit), "", "later").documents()) == []


def test_links_are_followed_inside_the_project_and_not_out_of_it(
    repo: Repo, repository: Repository
) -> None:
    repo.write({"a/real.md": "real", "a/rows.csv": "date,value\n", "b/b.md": "b", "c/c.md": "c"})
    (repo.folder / "outside.txt").write_text("shared")
    (repo.folder / ".secret").write_text("secret")
    links = {
        "near.md": "a/real.md",
        "shared.md": "../outside.txt",
        "hidden.md": "../.secret",
        "far.md": "../../elsewhere.md",
        "whole.md": "/etc/hostname",
        "lost.md": "nowhere.md",
        "round.md": "round.md",
        "folder.md": "a",
        "way": "a",
        "a/back": "..",
        "b/over": "../c",
        "c/again": "../b",
    }
    for name, target in links.items():
        (repo.folder / "content" / name).parent.mkdir(exist_ok=True)
        (repo.folder / "content" / name).symlink_to(target)
    tree = revision(repository, repo.commit())
    folder = Folder(repo.folder, repo.folder / "content")
    assert sorted(tree.documents()) == sorted(folder.documents())
    assert "folder.md" not in set(tree.documents())
    assert "way/real.md" in set(tree.documents())
    assert tree.read("near.md") == b"real"
    assert tree.read("shared.md") == b"shared"
    assert tree.read("way/rows.csv") == b"date,value\n"
    for name in ("hidden.md", "far.md", "whole.md"):
        with pytest.raises(PermissionError):
            tree.read(name)
    reasons = {
        "lost.md": "no such file", "round.md": "leads to itself",
        "folder.md": "it isn't a regular file",
        "nothing.md": "no such file",
    }  # fmt: skip
    for name, reason in reasons.items():
        with pytest.raises(OSError, match=reason):
            tree.read(name)


def test_submodules_are_passed_over(repo: Repo, repository: Repository) -> None:
    first = repo.commit({"a.md": "a"})
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{first},content/other.md")
    repo.git("commit", "-q", "-m", "a submodule")
    tree = revision(repository, repository.commit("HEAD"))
    assert list(tree.documents()) == ["a.md"]


def test_names_that_are_no_utf_8_are_findings_and_stop_nothing(
    repo: Repo, repository: Repository
) -> None:
    repo.write({"a.md": DOCUMENT})
    name = os.fsencode(repo.folder) + b"/content/b\xff.md"
    with open(name, "wb") as file:
        file.write(DOCUMENT.encode())
    tree = revision(repository, repo.commit())
    known = KnownDocuments()
    for _ in range(2):
        documents, findings = known.read(tree)
        assert [document.uri for document in documents] == ["a.md"]
        assert [f.message for f in findings] == ["the file's name is not UTF-8"]


def test_documents_are_read_again_where_their_folder_became_private(
    repo: Repo, repository: Repository
) -> None:
    first = repo.commit({"hr/a.md": DOCUMENT, "hr/.meta.yml": "search: {}\n"})
    second = repo.commit({"hr/.meta.yml": "visibility: private\n"})
    known = KnownDocuments()
    for commit, private in ((first, False), (second, True), (first, False)):
        documents, _ = known.read(revision(repository, commit))
        assert [document.private for document in documents] == [private]


# Names of commits


def test_a_commit_has_many_names(repo: Repo, repository: Repository) -> None:
    first = repo.commit()
    second = repo.commit({"a.md": "a"})
    repo.git("tag", "-a", "-m", "words", "v1", first)
    for name in ("HEAD~1", "v1", first, first[:8], "main~", "v1^{commit}"):
        assert repository.commit(name) == first
    assert repository.commit("main") == second


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "isn't a revision"),
        ("--all", "isn't a revision"),
        ("-h", "isn't a revision"),
        ("a\nb", "isn't a revision"),
        ("main..HEAD", "names two revisions"),
        ("main...HEAD", "--merge-base"),
        ("mian", "did you mean `main`?"),
        ("master", "did you mean `main`?"),
        ("mastr", "did you mean `main`?"),
        ("HEAD~99", "git has no revision `HEAD~99`"),
        ("HEAD:mkdocs.yml", "git has no revision `HEAD:mkdocs.yml`"),
        ("\ud8ff\x1b[31m", "isn't a revision"),
    ],
)
def test_a_name_that_is_no_commit_is_said(
    repo: Repo, repository: Repository, name: str, words: str
) -> None:
    repo.commit()
    assert words in error_of(repository, name)


def test_what_was_meant_is_found_among_many_names(repo: Repo, repository: Repository) -> None:
    commit = repo.commit()
    packed = "".join(f"{commit} refs/tags/build-{n:04}\n" for n in range(300))
    (repo.folder / ".git" / "packed-refs").write_text(packed + f"{commit} refs/tags/v2.0\n")
    assert "did you mean `v2.0`?" in error_of(repository, "v2.O")


def test_a_branch_that_is_only_at_the_remote_is_named_in_full(repo: Repo, tmp_path: Path) -> None:
    repo.commit()
    repo.git("branch", "topic")
    repo.git("clone", "-q", str(repo.folder), str(tmp_path / "clone"))
    with Repository.of(tmp_path / "clone") as clone:
        assert "did you mean `origin/topic`?" in error_of(clone, "topic")


def test_the_newer_kind_of_ids_works_too(tmp_path: Path) -> None:
    folder = tmp_path / "sha256"
    subprocess.run(["git", "init", "-q", "--object-format=sha256", str(folder)], check=True)
    repo = Repo(folder)
    repo.commit({"a.md": DOCUMENT})
    with Repository.of(folder) as repository:
        commit = repository.commit("HEAD")
        tree = revision(repository, commit)
        assert len(commit) == 64
        assert tree.read("a.md") == DOCUMENT.encode()
        stands = site_of_folder(repo.configuration, commit).tree
        assert stands.id("a.md") == tree.id("a.md")


def test_a_file_as_it_stands_has_the_id_that_git_gives_it(
    repo: Repo, repository: Repository
) -> None:
    commit = repo.commit({"a.md": DOCUMENT, "empty.md": ""})
    tree, stands = revision(repository, commit), site_of_folder(repo.configuration, commit).tree
    for uri in ("a.md", "empty.md"):
        assert stands.id(uri) == tree.id(uri)
        assert stands.read(uri) == tree.read(uri)
    assert stands.id("nowhere.md") is None


def test_a_linked_work_tree_is_a_repository_too(repo: Repo, tmp_path: Path) -> None:
    first = repo.commit({"a.md": "a"})
    repo.git("worktree", "add", "-q", str(tmp_path / "other"), "-b", "other")
    with Repository.of(tmp_path / "other") as repository:
        assert repository.top == (tmp_path / "other").resolve()
        assert revision(repository, repository.commit("main")).read("a.md") == b"a"
        assert repository.commit("HEAD") == first


def test_a_repository_without_commits_says_so(repository: Repository) -> None:
    assert "no commits yet" in error_of(repository, "HEAD")


def test_a_shallow_clone_says_how_to_fetch_the_rest(repo: Repo, tmp_path: Path) -> None:
    repo.commit({"a.md": "1"})
    repo.commit({"a.md": "2"})
    repo.git("clone", "-q", "--depth=1", f"file://{repo.folder}", str(tmp_path / "clone"))
    with Repository.of(tmp_path / "clone") as clone:
        assert clone.shallow
        assert "git fetch --unshallow" in error_of(clone, "HEAD~1")
        assert "fetch-depth: 0" in error_of(clone, "v1")
    with Repository.of(repo.folder) as whole:
        assert not whole.shallow


def test_the_merge_base_is_the_last_common_commit(repo: Repo, repository: Repository) -> None:
    base = repo.commit({"a.md": "1"})
    repo.git("checkout", "-q", "-b", "side")
    side = repo.commit({"b.md": "1"})
    repo.git("checkout", "-q", "main")
    main = repo.commit({"c.md": "1"})
    assert repository.merge_base(side, main) == base
    repo.git("checkout", "-q", "--orphan", "alone")
    alone = repo.commit()
    with pytest.raises(RepositoryError, match="no commit in common"):
        repository.merge_base(alone, main)


# What can be wrong


def test_a_folder_without_a_repository_says_so(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match="is not in a git repository"):
        Repository.of(tmp_path)
    with pytest.raises(RepositoryError, match="there is no folder"):
        Repository.of(tmp_path / "nowhere")


def test_a_bare_repository_has_no_files(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path)], check=True)
    with pytest.raises(RepositoryError, match="without a working tree"):
        Repository.of(tmp_path)


def test_git_that_is_not_installed_is_said(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RepositoryError, match="git is not installed"):
        Repository.of(repo.folder)


def test_an_object_that_is_missing_is_said(repo: Repo) -> None:
    commit = repo.commit({"a.md": "gone soon", "b.md": "stays"})
    id = repo.git("rev-parse", "HEAD:content/a.md")
    (repo.folder / ".git" / "objects" / id[:2] / id[2:]).unlink()
    with Repository.of(repo.folder) as repository:
        tree = revision(repository, commit)
        with pytest.raises(RepositoryError, match="git fsck"):
            tree.read("a.md")
        assert tree.read("b.md") == b"stays"


def test_a_damaged_tree_is_said(repo: Repo) -> None:
    commit = repo.commit({"a.md": "a"})
    id = repo.git("rev-parse", "HEAD:content")
    (repo.folder / ".git" / "objects" / id[:2] / id[2:]).unlink()
    with Repository.of(repo.folder) as repository, pytest.raises(RepositoryError, match="fsck"):
        list(revision(repository, commit).documents())


def test_a_file_that_is_far_too_large_is_not_read(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects_module, "LARGEST", 10)
    commit = repo.commit({"a.md": "more than ten bytes", "b.md": "ten bytes!"})
    with Repository.of(repo.folder) as repository:
        tree = revision(repository, commit)
        with pytest.raises(OSError, match="larger"):
            tree.read("a.md")
        assert tree.read("b.md") == b"ten bytes!"
        ids = [tree.id("a.md"), tree.id("b.md")]
        read = dict(repository.objects.read_all(id for id in ids if id))
        assert list(read.values()) == [None, b"ten bytes!"]


# How it is read


def test_many_objects_come_in_the_order_they_were_asked_for(repo: Repo) -> None:
    repo.commit({f"{n}.md": f"number {n}\n" * 50 for n in range(1200)})
    with Repository.of(repo.folder) as repository:
        tree = revision(repository, repository.commit("HEAD"))
        ids = [str(tree.id(f"{n}.md")) for n in range(1200)]
        wanted = [*ids, *ids[:3]]
        read = list(repository.objects.read_all(wanted))
        assert [id for id, _ in read] == wanted
        assert [content for _, content in read[:3]] == [b"number %d\n" % n * 50 for n in range(3)]
        assert repository.objects.read(ids[7]) == b"number 7\n" * 50


def test_what_is_kept_is_bounded(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects_module, "_KEPT_BYTES", 100)
    repo.commit({f"{n}.md": f"{n}" * 40 for n in range(9)})
    with Repository.of(repo.folder) as repository:
        tree = revision(repository, repository.commit("HEAD"))
        for _ in range(2):
            assert [tree.read(f"{n}.md") for n in range(9)] == [b"%d" % n * 40 for n in range(9)]
        kept = repository.objects._kept
        assert sum(len(content) for content in kept.values()) <= 100


def test_one_process_reads_all_files(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[bytes]] = []
    real = subprocess.Popen

    def counted(words: list[bytes], **more: object) -> object:
        started.append(words)
        return real(words, **more)  # type: ignore[call-overload]

    commit = repo.commit({f"{n}.md": f"{n}" for n in range(30)})
    monkeypatch.setattr(subprocess, "Popen", counted)
    with Repository.of(repo.folder) as repository:
        tree = revision(repository, commit)
        assert [tree.read(uri) for uri in tree.documents()]
    assert [b"cat-file" in words for words in started].count(True) == 1
    assert len(started) == 3


def test_documents_of_the_same_content_are_read_once(repo: Repo, repository: Repository) -> None:
    first = repo.commit({"a.md": DOCUMENT, "b.md": DOCUMENT, "c.md": "# a page\n", "d.md": "---\n"})
    second = repo.commit({"b.md": objective("id: a, title: B, to: 5m")})
    read: list[str] = []

    class Counted(Revision):
        def read(self, uri: str) -> bytes:
            read.append(uri)
            return super().read(uri)

    known = KnownDocuments()
    trees = [Counted(repository.snapshot(commit), "", "content") for commit in (first, second)]
    for tree in trees:
        documents, findings = known.read(tree)
        alone, found = read_documents(revision(repository, tree._snapshot.commit))
        assert [d.uri for d in documents] == [d.uri for d in alone] == ["a.md", "b.md"]
        assert [d.fields for d in documents] == [d.fields for d in alone]
        assert sorted(f.message for f in findings) == sorted(f.message for f in found)
    documents_read = [uri for uri in read if not uri.endswith((".meta.yml", ".meta.yaml"))]
    assert documents_read == ["a.md", "b.md", "c.md", "d.md", "b.md"]


def test_nothing_around_git_leads_to_another_repository(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit()
    other = Repo(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "evil")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    with Repository.of(repo.folder) as repository:
        assert repository.top == repo.folder.resolve()
        assert repository.commit("HEAD")
    kept = environment()
    assert kept["GIT_CONFIG_GLOBAL"] == os.devnull
    assert kept["GIT_OPTIONAL_LOCKS"] == "0"
    assert {"GIT_DIR", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF"}.isdisjoint(kept)


def test_settings_of_a_repository_run_nothing(repo: Repo, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    for name in ("core.fsmonitor", "core.pager", "core.sshCommand", "diff.external"):
        repo.git("config", name, f"touch {proof};:")
    commit = repo.commit({"a.md": "a"})
    proof.unlink(missing_ok=True)
    with Repository.of(repo.folder) as repository:
        assert revision(repository, repository.commit("main")).read("a.md") == b"a"
        assert repository.merge_base(commit, commit) == commit
        run(repo.folder, "log", "--raw", "-z")
    assert not proof.exists()


def test_a_replacement_does_not_stand_for_the_commit(repo: Repo, repository: Repository) -> None:
    first = repo.commit({"a.md": "one"})
    second = repo.commit({"a.md": "two"})
    repo.git("replace", second, first)
    assert revision(repository, second).read("a.md") == b"two"
