"""`okrsite initiative` adds one or changes what is given of it, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from tests.samples import document, objective

Write = Callable[..., Path]
GROW = "okrs/2026-q4/company/grow.md"
NEW = "initiatives:\n  - {title: New page}\n  - title: Old # page\n    status: todo\n"
FILES = {
    GROW: objective("id: mrr, title: Earn, to: 10").replace("---\n", f"{NEW}---\n", 2)[len(NEW) :],
    "teams/care.md": document("team", "title: Customer Care"),
    "teams/web.md": document("team", "title: Web"),
}


def run(site: Path, *words: str) -> Result:
    command = ["initiative", *words, "-f", str(site), "--as-of", "2026-11-16"]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def text(site: Path) -> str:
    return (site.parent / "content" / GROW).read_text(encoding="utf-8")


def test_the_first_one_comes_before_the_check_ins(write_site: Write) -> None:
    before = objective("id: mrr, title: Earn, to: 10")
    before = before.replace("\n---\n", "\ncheck_ins:\n  - {date: 2026-11-09, note: a}\n---\n")
    site = write_site({**FILES, GROW: before})
    result = run(site, "grow", "New: page", "--due", "2026-12-01")
    assert (result.exit_code, result.stderr) == (0, "")
    line = '  - {title: "New: page", due: 2026-12-01}\n'
    assert text(site) == before.replace("check_ins:", f"initiatives:\n{line}check_ins:")
    assert result.stdout == f"content/{GROW}:8\n+ initiatives:\n+ {line}"


def test_a_new_one_has_all_that_is_given(write_site: Write) -> None:
    site = write_site(FILES)
    words = ["--owner", "Customer Care", "--owner", "web", "--status", "doing", "--url", "../a.md"]
    words += ["--key-result", "MRR", "--due", "2026-12-01", "--progress", "60%"]
    assert run(site, "grow", "Third", *words).exit_code == 0
    line = (
        "  - {title: Third, owner: [care, web], status: doing, key_result: mrr, due: 2026-12-01,"
        " progress: 60%, url: ../a.md}\n"
    )
    assert text(site) == FILES[GROW].replace("    status: todo\n", f"    status: todo\n{line}")


def test_of_one_that_exists_only_what_is_given_changes(write_site: Write) -> None:
    site = write_site(FILES)
    assert run(site, "grow", "new PAGE", "--status", "done", "--owner", "web").exit_code == 0
    assert run(site, "grow", "Old", "--status", "dropped").exit_code == 0
    assert text(site) == FILES[GROW].replace(
        "{title: New page}", "{title: New page, owner: web, status: done}"
    ).replace("status: todo", "status: dropped")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["grwo", "A"], 2, "did you mean `grow`?"),
        (["grow", " "], 2, "the title is empty"),
        (["grow", "a\x1b[2J"], 2, "contains an invisible character"),
        (["grow", "Old"], 2, "this initiative already exists: say what changes"),
        (["grow", "A", "--owner", "webb"], 2, "did you mean `web`?"),
        (["grow", "A", "--key-result", "mrx"], 2, "did you mean `mrr`?"),
        (["grow", "A", "--progress", "8"], 2, "not between 0 and 1"),
        (["grow", "A", "--status", "over"], 2, "is not one of"),
        (["grow", "A", "--due", "soon"], 2, "is not a date"),
        (["grow", "A", "--url", "javascript:x"], 1, "OKR104 error"),
    ],
)
def test_what_is_wrong_writes_nothing(
    write_site: Write, words: list[str], status: int, said: str
) -> None:
    site = write_site(FILES)
    result = run(site, *words)
    assert (result.exit_code, result.stdout) == (status, "")
    assert said in result.stderr
    assert text(site) == FILES[GROW]


def test_a_title_that_is_there_twice_is_refused(write_site: Write) -> None:
    site = write_site({**FILES, GROW: FILES[GROW].replace("Old # page", "New page")})
    assert "in lines 9 and 10: change it in the file" in run(site, "grow", "New page").stderr
