import subprocess
from datetime import date
from pathlib import Path

import pytest

from okrsite.history.git import Repository, RepositoryError
from okrsite.history.git.export import export_files
from okrsite.history.git.log import (
    Commit,
    commit_of_day,
    committed_at,
    first_day,
    read_log,
    remote_address,
)
from okrsite.history.log.addresses import commit_addresses
from tests.histories import ADA, BRUNO, ODD, Past


def log_of(past: Past, folder: str = "content") -> list[Commit]:
    with Repository.of(past.folder) as repository:
        return list(read_log(repository, repository.commit("HEAD"), folder))


@pytest.fixture
def past(tmp_path: Path) -> Past:
    return Past(tmp_path / "site")


def test_every_commit_names_the_documents_that_it_changed(past: Past) -> None:
    first = past.by(ADA, "2026-10-01", {"a.md": "1", "b.md": "1", "b.csv": "1"})
    second = past.by(BRUNO, "2026-10-02", {"a.md": "2"})
    third = past.by(ADA, "2026-10-03", {"b.md": ""})
    log = log_of(past)
    assert [c.id for c in log] == [third, second, first]
    assert [(c.author, c.day) for c in log] == [
        (ADA, date(2026, 10, 3)), (BRUNO, date(2026, 10, 2)), (ADA, date(2026, 10, 1)),
    ]  # fmt: skip
    gone, changed, added = (commit.files for commit in log)
    assert [(f.path, f.after) for f in gone] == [("content/b.md", None)]
    assert [f.path for f in added] == ["content/a.md", "content/b.md"]
    assert changed[0].before == (added[0].after,)
    assert added[0].before == (None,)


def test_names_are_those_of_the_mailmap(past: Past) -> None:
    (past.folder / ".mailmap").write_text("Ada Lovelace <secret@example.com>\n")
    past.by("ada", "2026-10-01", {"a.md": "1"})
    assert log_of(past)[0].author == "Ada Lovelace"


def test_odd_names_and_encodings_are_read_as_far_as_they_can_be(past: Past) -> None:
    past.by("Jörg".encode("latin-1"), "2026-10-01", {"a.md": "1"}, encoding="ISO-8859-1")
    past.by(b"\xff\xfe J", "2026-10-02", {"a.md": "2"})
    past.by(ODD, "2026-10-03", {"a.md": "3"})
    past.by("a\x01b", "2026-10-04", {"a.md": "4"})
    names = [commit.author for commit in log_of(past)]
    assert names[3] == "Jörg"
    assert names[2].endswith(" J")
    assert len(names) == 4


def test_odd_names_of_files_are_read(past: Past) -> None:
    past.by(ADA, "2026-10-01", {"ünï\n:cödé.md": "1", "x\x01y.md": "2"})
    assert [f.path for f in log_of(past)[0].files] == ["content/x\x01y.md", "content/ünï\n:cödé.md"]


def test_a_merge_tells_only_what_it_settled(past: Past) -> None:
    past.by(ADA, "2026-10-01", {"a.md": "1\n", "b.md": "1\n"})
    past.git("checkout", "-q", "-b", "side")
    past.by(BRUNO, "2026-10-02", {"a.md": "side\n", "b.md": "2\n"})
    past.git("checkout", "-q", "main")
    past.by(ADA, "2026-10-03", {"a.md": "main\n"})
    with pytest.raises(subprocess.CalledProcessError):
        past.git("merge", "-q", "side")
    past.by(ADA, "2026-10-04", {"a.md": "both\n"})
    merge = log_of(past)[0]
    assert [f.path for f in merge.files] == ["content/a.md"]
    assert len(merge.files[0].before) == 2


def test_links_and_submodules_are_no_files(past: Past) -> None:
    past.write({"real.md": "1"})
    (past.folder / "content/link.md").symlink_to("real.md")
    past.by(ADA, "2026-10-01")
    sub = past.git("rev-parse", "HEAD")
    past.git("update-index", "--add", "--cacheinfo", f"160000,{sub},content/sub.md")
    past.git("commit", "-q", "-m", "submodule")
    files = {f.path: f.after for commit in log_of(past) for f in commit.files}
    assert files["content/real.md"]
    assert files["content/link.md"] is None
    assert files["content/sub.md"] is None


def test_settings_of_the_user_change_nothing(past: Past) -> None:
    past.by(ADA, "2026-10-01", {"a.md": "1"})
    before = log_of(past)
    for name, value in (
        ("log.showRoot", "false"), ("diff.relative", "true"), ("diff.renames", "copies"),
        ("log.date", "relative"), ("format.pretty", "oneline"), ("color.ui", "always"),
        ("log.mailmap", "false"), ("log.decorate", "full"), ("diff.noprefix", "true"),
        ("log.diffMerges", "on"), ("core.abbrev", "4"),
    ):  # fmt: skip
        past.git("config", name, value)
    assert log_of(past) == before


def test_a_shallow_clone_says_where_it_ends(past: Past, tmp_path: Path) -> None:
    for number in range(3):
        past.by(ADA, "2026-10-01", {"a.md": str(number)})
    address = f"file://{past.folder}"
    subprocess.run(["git", "clone", "-q", "--depth", "2", address, tmp_path / "c"], check=True)
    with Repository.of(tmp_path / "c") as repository:
        log = list(read_log(repository, repository.commit("HEAD"), "content"))
    assert [commit.boundary for commit in log] == [False, True]


def test_a_repository_without_commits_says_so(past: Past) -> None:
    with pytest.raises(RepositoryError, match="no commits yet"):
        log_of(past)


# Days


def test_a_day_means_the_last_commit_on_the_first_parents(past: Past) -> None:
    first = past.by(ADA, "2026-10-01", {"a.md": "1"})
    past.git("checkout", "-q", "-b", "side")
    past.by(BRUNO, "2026-10-02", {"b.md": "1"})
    past.git("checkout", "-q", "main")
    evening = past.by(ADA, "2026-10-03T23:30:00-08:00", {"a.md": "2"})
    past.git("merge", "-q", "--no-edit", "side")
    with Repository.of(past.folder) as repository:
        assert commit_of_day(repository, date(2026, 10, 2)) == first
        assert commit_of_day(repository, date(2026, 10, 3)) == evening
        assert commit_of_day(repository, date(2030, 1, 1)) == repository.commit("HEAD")
        assert commit_of_day(repository, date(2026, 9, 30)) is None
        assert first_day(repository) == date(2026, 10, 1)
        assert committed_at(repository, first) == (date(2026, 10, 1), 1790856000)


# Exporting


def test_the_files_of_a_commit_are_written_as_they_were(past: Past, tmp_path: Path) -> None:
    past.write({"a.md": b"\xff\r\n", "deep/b.md": "1"})
    (past.folder / "content/link.md").symlink_to("a.md")
    (past.folder / "content/outside.md").symlink_to("/etc/hostname")
    (past.folder / "content/folder").symlink_to("deep")
    commit = past.by(ADA, "2026-10-01")
    past.by(ADA, "2026-10-02", {"a.md": "later"})
    out = tmp_path / "out"
    with Repository.of(past.folder) as repository:
        export_files(repository, commit, out)
    written = {str(f.relative_to(out)): f for f in out.rglob("*") if f.is_file()}
    assert sorted(written) == [
        "content/a.md", "content/deep/b.md", "content/link.md", "mkdocs.yml",
    ]  # fmt: skip
    assert written["content/link.md"].read_bytes() == b"\xff\r\n"
    assert not any(f.is_symlink() for f in out.rglob("*"))


# Where commits are on the web


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/acme/okrs.git", "https://github.com/acme/okrs/commit/"),
        ("https://user:secret@github.com/acme/okrs", "https://github.com/acme/okrs/commit/"),
        ("https://oauth2:secret@gitlab.com/a/b/c.git", "https://gitlab.com/a/b/c/-/commit/"),
        ("git@github.com:acme/okrs.git", "https://github.com/acme/okrs/commit/"),
        ("ssh://git@codeberg.org:22/acme/okrs", "https://codeberg.org/acme/okrs/commit/"),
        ("https://bitbucket.org/acme/okrs", "https://bitbucket.org/acme/okrs/commits/"),
        ("https://gitlab.example.com:8443/a/b", "https://gitlab.example.com:8443/a/b/-/commit/"),
        ("https://git.example.com/a/b", None),
        ("git@intern:acme/okrs.git", None),
        ("file:///srv/okrs", None),
        ("/srv/okrs", None),
        ("https://github.com/acme/okrs?token=secret", "https://github.com/acme/okrs/commit/"),
        ("https://[broken", None),
        ('https://github.com/"><script>', None),
        ("", None),
    ],
)
def test_a_remote_leads_to_commits_without_its_secrets(remote: str, address: str | None) -> None:
    assert commit_addresses(None, None, remote) == address


def test_what_mkdocs_knows_comes_first() -> None:
    assert (
        commit_addresses("https://u:p@git.example.com/a/b/", None, "https://github.com/x/y")
        == "https://git.example.com/a/b/commit/"
    )
    assert (
        commit_addresses("https://git.example.com/a/b", "-/edit/main/docs/", None)
        == "https://git.example.com/a/b/-/commit/"
    )
    assert (
        commit_addresses(None, "https://git.example.com/a/b/-/edit/main/docs/", None)
        == "https://git.example.com/a/b/-/commit/"
    )


def test_the_remote_is_that_of_origin(past: Past) -> None:
    with Repository.of(past.folder) as repository:
        assert remote_address(repository) is None
        past.git("remote", "add", "origin", "https://github.com/acme/okrs.git")
        assert remote_address(repository) == "https://github.com/acme/okrs.git"
