"""`okrsite mine` shows what somebody owes, owns and supports."""

import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from okrsite.cli.whoami import person_called
from tests.samples import document, objective, project_of

Write = Callable[..., Path]
MILESTONES = "milestones: [{title: Data *moved*, due: 2026-11-01}, {title: Later, due: 2026-12-01}]"
FILES = {
    "people/ada-lovelace.md": document("person", "title: Ada Lovelace"),
    "people/bob.md": document("person", "title: Bob", "until: 2026-10-31"),
    "teams/sales.md": document("team", "title: Sales"),
    "okrs/2026-q4/ada-lovelace/grow.md": objective(
        f"id: ship, title: Ship, {MILESTONES}", owner="ada-lovelace", aligns_to="win"
    ).replace(
        "\n---\n", "\ninitiatives: [{title: New page, due: 2026-11-02}, {title: Old}]\n---\n"
    ),
    "okrs/2026-q4/ada-lovelace/idea.md": objective(
        "id: a, title: A, to: 1", title="An idea", owner="ada-lovelace", status="draft"
    ),
    "okrs/2026-q4/sales/win.md": objective(
        "id: mine, title: Ours, to: 10, owner: ada-lovelace", title="Win", owner="sales"
    ),
    "okrs/2026-q4/sales/help.md": objective(
        "id: b, title: B, to: 10", title="Help", owner="sales", contributors="[ada-lovelace]"
    ),
    "okrs/2026-q3/ada-lovelace/late.md": objective(
        "id: c, title: C, to: 10", title="Late", cycle="2026-q3", owner="ada-lovelace",
        commitment="committed",
    ),
    "okrs/2026-q4/bob/gone.md": objective("id: d, title: D, to: 1", title="Gone", owner="bob"),
    "kpis/csat.md": document(
        "kpi", "title: Satisfaction", "owner: ada-lovelace", "keep: {min: 85}",
        "readings: [{date: 2026-07-31, value: 80}]",
    ),
    "kpis/none.md": document("kpi", "title: Unread", "owner: ada-lovelace"),
}  # fmt: skip


def run(site: Path, *words: str) -> Result:
    command = ["mine", *words, "-f", str(site), "--as-of", "2026-11-16"]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def test_what_is_owed_comes_first_with_the_command_that_does_it(write_site: Write) -> None:
    result = run(write_site(FILES), "Ada Lovelace")
    assert result.exit_code == 0
    owed = result.stdout.split("\n\n")[1]
    assert owed == (
        "To do\n"
        "  Grow: no update yet, due 8 Oct 2026\n"
        "    okrsite check-in grow\n"
        "  Win: no update yet, due 8 Oct 2026\n"
        "    okrsite check-in win\n"
        "  Unread: no reading yet\n"
        "    okrsite reading none VALUE\n"
        "  Satisfaction: last reading 31 Jul 2026, due 31 Aug 2026\n"
        "    okrsite reading csat VALUE\n"
        "  Data moved (Grow): due 1 Nov 2026\n"
        "    okrsite done 'grow#ship' --milestone 'Data moved'\n"
        "  New page (Grow): due 2 Nov 2026\n"
        "    okrsite initiative grow 'New page' --status done\n"
        "  An idea: a draft, and 2026 Q4 has begun\n"
        "    okrsite set idea.status=active\n"
        "  Late: 2026 Q3 is closed: no retrospective yet\n"
        "    okrsite close 2026-q3 --write"
    )


def test_what_is_owned_and_supported_follows(write_site: Write) -> None:
    said = run(write_site(FILES), "ada-lovelace").stdout
    cycle, supports, kpis = said.split("\n\n")[2:]
    assert cycle.startswith("2026 Q4\n")
    assert "#ship" in cycle
    assert "in Win" in cycle
    assert "An idea" not in cycle
    assert "Help" in supports
    assert "help · contributor" in supports
    assert "win · aligned" in supports
    assert "Satisfaction: 80 on 31 Jul" in kpis


def test_a_title_cannot_become_a_command(write_site: Write) -> None:
    hostile = 'milestones: [{title: "a\'; rm -rf ~; \\e[2J", due: 2026-11-01}, {title: b}]'
    own = objective(f"id: ship, title: Ship, {hostile}", owner="ada-lovelace")
    said = run(
        write_site({**FILES, "okrs/2026-q4/ada-lovelace/grow.md": own}), "ada-lovelace"
    ).stdout
    assert "\x1b" not in said
    line = next(line for line in said.splitlines() if "rm -rf" in line and "okrsite done" in line)
    assert shlex.split(line)[:2] == ["okrsite", "done"]
    assert len(shlex.split(line)) == 5


def test_who_is_gone_owes_nothing(write_site: Write) -> None:
    assert "Nothing overdue." in run(write_site(FILES), "bob").stdout


def test_without_a_name_git_says_who_it_is(
    write_site: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = tmp_path / "gitconfig"
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    site = write_site(FILES)
    settings.write_text("")
    result = run(site)
    assert result.exit_code == 2
    assert "git doesn't know who you are: name yourself, like `okrsite mine" in result.stderr
    command = ["git", "config", "--file", str(settings)]
    subprocess.run([*command, "user.email", "x@example.com"], check=True)
    assert "git knows you as x@example.com, but no person here has that name" in (
        run(site).stderr.replace("<", "").replace(">", "")
    )
    subprocess.run([*command, "user.email", "Ada.Lovelace+okrs@example.com"], check=True)
    assert run(site).stdout.startswith("Ada Lovelace · as of 16 Nov 2026\n")


@pytest.mark.parametrize(
    ("name", "address", "id"),
    [
        ("ada LOVELACE", "", "people/ada-lovelace"),
        ("", "ada_lovelace@example.com", "people/ada-lovelace"),
        ("Bob", "ada.lovelace@example.com", "people/bob"),
        ("Sales", "sales@example.com", None),
        ("", "", None),
        ("@", "@", None),
    ],
)
def test_a_person_is_known_by_name_or_address(name: str, address: str, id: str | None) -> None:
    found = person_called(project_of(FILES), name, address)
    assert (found.id if found else None) == id


def test_an_unknown_name_is_answered_by_the_nearest(write_site: Write) -> None:
    assert "did you mean `sales`?" in run(write_site(FILES), "slaes").stderr
