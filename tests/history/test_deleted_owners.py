"""The hint about an owner whose document was deleted."""

import json
from pathlib import Path

from click.testing import CliRunner

from okrsite.cli import main
from tests.repositories import Repo
from tests.samples import document, objective

KR = "title: A, to: 10, current: 5"


def hints_of(repo: Repo) -> dict[str, str | None]:
    words = ["lint", "-f", str(repo.configuration), "--format", "json"]
    found = json.loads(CliRunner().invoke(main, words).stdout)
    return {f["path"]: f["hint"] for f in found if f["code"] in ("OKR201", "OKR103")}


def test_a_deleted_person_should_come_back_with_until(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit(
        {
            "people/noor.md": document("person", "title: Noor"),
            "people/lea.md": document("person", "id: leader", "title: Lea"),
            "people/old-name.md": document("person", "title: Moved"),
            "okrs/2026-q3/noor/done.md": document("objective", "title: D", "key_results: []"),
            "okrs/led.md": objective(KR, owner="leader"),
            "okrs/2026-q3/moved.md": objective(KR, owner="old-name"),
            "okrs/typo.md": objective(KR, owner="nobody-ever"),
        }
    )
    repo.move("people/old-name.md", "people/new-name.md")
    repo.commit()
    for name in ("noor", "lea"):
        repo.remove(f"people/{name}.md")
    deleted = repo.commit()[:7]
    hints = hints_of(repo)
    tail = f"was deleted in commit {deleted}: restore it, and add `until:` with the last day"
    assert hints["content/okrs/2026-q3/noor/done.md"] == f"content/people/noor.md {tail}"
    assert hints["content/okrs/led.md"] == f"content/people/lea.md {tail}"
    moved = "content/people/old-name.md was renamed to content/people/new-name.md in commit"
    assert str(hints["content/okrs/2026-q3/moved.md"]).startswith(moved)
    assert "deleted" not in str(hints["content/okrs/typo.md"])


def test_without_a_repository_the_hint_is_the_usual_one(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.write({"okrs/led.md": objective(KR, owner="leader")})
    assert hints_of(repo) == {"content/okrs/led.md": None}


def test_a_renamed_owner_is_followed_to_its_last_name(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit(
        {
            "people/ann.md": document("person", "title: Ann"),
            "people/bea.md": document("person", "title: Bea"),
            "okrs/a.md": objective(KR, owner="ann"),
            "okrs/b.md": objective(KR, owner="bea"),
        }
    )
    repo.move("people/ann.md", "people/anna.md")
    renamed = repo.commit({"people/anna.md": document("person", "title: Anna Berg")})[:7]
    hint = "content/people/ann.md was renamed to content/people/anna.md in commit"
    rest = "write `anna`, or add `id: people/ann` to that file"
    assert hints_of(repo)["content/okrs/a.md"] == f"{hint} {renamed}: {rest}"
    repo.move("people/bea.md", "people/beate.md")
    repo.commit()
    repo.remove("people/beate.md")
    gone = repo.commit()[:7]
    hint = f"content/people/beate.md was deleted in commit {gone}: restore it"
    assert str(hints_of(repo)["content/okrs/b.md"]).startswith(hint)
