"""`okrsite rename` changes an id, the files, and everything that names it, or nothing."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from tests.samples import document, objective

Write = Callable[..., Path]
DAY = "2026-11-16"
CRLF = document("person", "title: Ana", "team: sales # hers", body="A\n").replace("\n", "\r\n")
FILES = {
    "company.md": document("company", "title: Acme", body="Ask [sales](teams/sales.md#who).\n"),
    "teams/sales.md": document("team", "title: Sales", body="[Up](../company.md)\n"),
    "teams/field.md": document("team", "title: Field", "parent: teams/sales"),
    "people/ana.md": CRLF,
    "okrs/2026-q4/sales/win.md": objective(
        "id: a, title: A, to: 10, kpi: csat", title="Win", aligns_to="[2026-q4/company/grow#mrr]",
        body="See [grow](../company/grow.md) and `[x](../company/grow.md)`.\n",
    ).replace("owner: company\n", ""),
    "okrs/2026-q4/sales/data.csv": "a,b\n",
    "okrs/2026-q4/sales/picture.png": b"\x89PNG\xff",
    "okrs/2026-q4/sales/2026-11-09.md": document(
        "check-in", "updates:", "  - {objective: sales/win, values: {}, note: Well}"
    ),
    "okrs/2026-q4/company/grow.md": objective(
        "id: mrr, title: Earn, to: 10, owner: [sales, ana]", contributors="[sales]",
        body="It is [[sales]]'s and [[sales/win|theirs]], `[[sales]]`.\n\n"
        "```okr\nlist: objectives\nwhere:\n  owner: sales\n```\n\n"
        "```text\n[no](../sales/win.md)\n```\n\n[win]: ../sales/win.md \"Win\"\n",
    ).replace("\n---\n", "\ninitiatives:\n  - {title: Sales sell, owner: sales}\n---\n"),
    "kpis/csat.md": document(
        "kpi", "title: Sales satisfaction", "owner: sales", "data: csat.csv", "target: {value: 9}"
    ),
    "kpis/csat.csv": "date,value\n2026-10-31,4\n",
    "kpis/nps.md": document(
        "kpi", "title: N", "owner: sales", "drives: [{kpi: csat, lag: 1 week}]"
    ),
    "strategy/guests.md": document("pillar", "title: Guests", "kpis: csat"),
    "page.md": "# Page\n\n[[sales]] and [its team](teams/sales.md),"
    ' <a href="teams/sales.md">x</a>\n',
}  # fmt: skip


def run(site: Path, *words: str, command: str = "rename") -> Result:
    words = (command, *words, "-f", str(site), "--as-of", DAY)
    return CliRunner().invoke(main, words, catch_exceptions=False)


def tree(site: Path) -> dict[str, bytes]:
    content = site.parent / "content"
    return {
        file.relative_to(content).as_posix(): file.read_bytes()
        for file in sorted(content.rglob("*"))
        if file.is_file()
    }


def lint(site: Path) -> Result:
    words = ["lint", "--strict", "-f", str(site), "--as-of", DAY]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def test_a_team_takes_its_folders_and_references_with_it(write_site: Write) -> None:
    site = write_site(FILES)
    before = tree(site)
    assert lint(site).exit_code == 0, lint(site).output
    result = run(site, "teams/sales", "Commercial")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(
        "objective okrs/2026-q4/sales/win → okrs/2026-q4/commercial/win\n"
        "owner teams/sales → teams/commercial\n"
        "move content/okrs/2026-q4/sales/ → content/okrs/2026-q4/commercial/ (4 files)\n"
        "move content/teams/sales.md → content/teams/commercial.md\n"
    )
    assert result.stderr == (
        "Next: git add -A, and commit “Rename teams/sales to teams/commercial”.\n"
    )
    after = tree(site)
    changes = {
        "company.md": [("teams/sales.md#who", "teams/commercial.md#who")],
        "teams/field.md": [("parent: teams/sales", "parent: teams/commercial")],
        "people/ana.md": [("team: sales # hers", "team: commercial # hers")],
        "okrs/2026-q4/sales/2026-11-09.md": [("sales/win", "commercial/win")],
        "okrs/2026-q4/company/grow.md": [
            ("owner: [sales, ana]", "owner: [commercial, ana]"),
            ("contributors: [sales]", "contributors: [commercial]"),
            ("Sales sell, owner: sales", "Sales sell, owner: commercial"),
            ("It is [[sales]]'s and [[sales/win|", "It is [[commercial]]'s and [[commercial/win|"),
            ("  owner: sales\n```", "  owner: commercial\n```"),
            ("[win]: ../sales/win.md", "[win]: ../commercial/win.md"),
        ],
        "kpis/csat.md": [("owner: sales", "owner: commercial")],
        "kpis/nps.md": [("owner: sales", "owner: commercial")],
        "page.md": [
            ("[[sales]]", "[[commercial]]"),
            ("(teams/sales.md)", "(teams/commercial.md)"),
            ('"teams/sales.md"', '"teams/commercial.md"'),
        ],
    }
    expected = {}
    for uri, content in before.items():
        for old, new in changes.get(uri, ()):
            assert content.count(old.encode()) == 1, (uri, old)
            content = content.replace(old.encode(), new.encode())
        place = uri.replace("okrs/2026-q4/sales/", "okrs/2026-q4/commercial/")
        expected[place.replace("teams/sales.md", "teams/commercial.md")] = content
    assert after == dict(sorted(expected.items()))
    assert lint(site).exit_code == 0, lint(site).output
    assert not (site.parent / "content/okrs/2026-q4/sales").exists()
    again = run(site, "teams/commercial", "sales")
    assert again.exit_code == 0, again.output
    assert tree(site) == before


def test_a_kpi_takes_its_data_with_it(write_site: Write) -> None:
    site = write_site(FILES)
    result = run(site, "Sales satisfaction", "happiness")
    assert result.exit_code == 0, result.output
    after = tree(site)
    assert b"data: happiness.csv" in after["kpis/happiness.md"]
    assert after["kpis/happiness.csv"] == FILES["kpis/csat.csv"].encode()
    assert b"drives: [{kpi: happiness, lag: 1 week}]" in after["kpis/nps.md"]
    assert b"kpis: happiness" in after["strategy/guests.md"]
    assert b"kpi: happiness" in after["okrs/2026-q4/sales/win.md"]
    assert "kpis/csat.md" not in after
    assert lint(site).exit_code == 0, lint(site).output


def test_an_objective_moves_where_its_id_says(write_site: Write) -> None:
    site = write_site(FILES)
    assert run(site, "company/grow", "okrs/2026-q4/company/aims/earn").exit_code == 0
    after = tree(site)
    assert b"aligns_to: [q4/company/aims/earn#mrr]" not in after["okrs/2026-q4/sales/win.md"]
    assert b"earn#mrr]" in after["okrs/2026-q4/sales/win.md"]
    assert b"See [grow](../company/aims/earn.md) and" in after["okrs/2026-q4/sales/win.md"]
    assert b"[win]: ../../sales/win.md" in after["okrs/2026-q4/company/aims/earn.md"]
    assert lint(site).exit_code == 0, lint(site).output


def test_a_written_id_is_changed_where_it_is_written(write_site: Write) -> None:
    named = document("team", "id: teams/sales # for ever", "title: Sales")
    files = {**FILES, "teams/our-sales.md": named}
    del files["teams/sales.md"]
    files["company.md"] = document("company", "title: Acme")
    files["page.md"] = "# Page\n"
    site = write_site(files)
    assert run(site, "sales", "commercial").exit_code == 0
    assert b"id: teams/commercial # for ever" in tree(site)["teams/our-sales.md"]


def test_a_document_called_after_its_folder_takes_the_folder_with_it(write_site: Write) -> None:
    files = {
        **FILES,
        "okrs/2026-q4/company/big/index.md": objective("id: b, title: B, to: 1", title="Big"),
        "okrs/2026-q4/company/big/notes.md": "# Notes\n\n[Big](index.md), [up](../grow.md)\n",
    }
    site = write_site(files)
    assert run(site, "big", "huge").exit_code == 0
    after = tree(site)
    assert after["okrs/2026-q4/company/huge/notes.md"] == (
        files["okrs/2026-q4/company/big/notes.md"].encode()
    )
    assert "okrs/2026-q4/company/huge/index.md" in after
    assert not (site.parent / "content/okrs/2026-q4/company/big").exists()


def test_the_navigation_redirects_and_code_owners_follow(write_site: Write) -> None:
    site = write_site(FILES)
    settings = site.read_text(encoding="utf-8")
    more = (
        "nav:\n  - Sales: teams/sales.md # them\n  - okrs/2026-q4/sales/win.md\n"
        "x-redirects:\n  redirect_maps:\n    was.md: teams/sales.md\n"
    )
    site.write_text(settings + more, encoding="utf-8")
    owners = site.parent / ".github" / "CODEOWNERS"
    owners.parent.mkdir()
    owners.write_text(
        "*.md @all\n/content/okrs/*/sales/ @sellers # us\n/content/teams/sales.md @x\n"
    )
    assert run(site, "sales", "commercial").exit_code == 0
    assert site.read_text(encoding="utf-8") == settings + (
        "nav:\n  - Sales: teams/commercial.md # them\n  - okrs/2026-q4/commercial/win.md\n"
        "x-redirects:\n  redirect_maps:\n"
        "    okrs/2026-q4/sales/2026-11-09.md: okrs/2026-q4/commercial/2026-11-09.md\n"
        "    okrs/2026-q4/sales/win.md: okrs/2026-q4/commercial/win.md\n"
        "    teams/sales.md: teams/commercial.md\n"
        "    was.md: teams/commercial.md\n"
    )
    assert owners.read_text() == (
        "*.md @all\n/content/okrs/*/commercial/ @sellers # us\n/content/teams/commercial.md @x\n"
    )


def test_a_link_to_what_is_no_file_stays(write_site: Write) -> None:
    body = "[a](../../guide/) [b](nothing.md) [c](picture.png)\n"
    grow = objective("id: mrr, title: E, to: 1", body=body)
    site = write_site({**FILES, "okrs/2026-q4/company/grow.md": grow})
    assert run(site, "company/grow", "okrs/2026-q4/aims/grow").exit_code == 0
    assert tree(site)["okrs/2026-q4/aims/grow.md"].decode().endswith(body)


def test_a_dry_run_writes_nothing(write_site: Write) -> None:
    site = write_site(FILES)
    before = tree(site)
    result = run(site, "sales", "commercial", "--dry-run")
    assert "+ team: commercial # hers" in result.stdout
    assert result.stderr == "Nothing was written (--dry-run).\n"
    assert tree(site) == before


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["slaes", "x"], 2, "did you mean `sales`?"),
        (["sales", "field"], 2, "field.md is already called `teams/field`"),
        (["sales", "sales"], 2, "it is already called `teams/sales`"),
        (["sales", "our sales"], 2, "write `our-sales`"),
        (["sales", "../x"], 2, "an empty segment, `.` or `..`"),
        (["sales", "a#b"], 2, "contains a `#`"),
        (["sales", ""], 2, "an empty segment"),
        (["company", "acme"], 2, "the company is always called `company`"),
        (["2026-q4", "autumn"], 2, "is a cycle: set its title instead"),
        (["ana", ".ana"], 2, "MkDocs would leave out content/people/.ana.md"),
        (["sales", "templates/sales"], 2, "MkDocs would leave out content/templates/sales.md"),
        (["csat", "index"], 2, "is the page of a folder"),
        (["csat", "picture"], 2, "content/kpis/picture.csv already exists"),
        (["field", "company"], 2, "`company` always means the company"),
        (["field", "2026-q4"], 2, "is a calendar period"),
    ],
)
def test_what_cannot_be_renamed_stays(
    write_site: Write, words: list[str], status: int, said: str
) -> None:
    site = write_site({**FILES, "kpis/picture.csv": "x\n"})
    before = tree(site)
    result = run(site, *words)
    assert said in result.stderr, result.output
    assert (result.exit_code, tree(site)) == (status, before)


def test_a_name_that_would_mean_something_else_is_refused(write_site: Write) -> None:
    """The folder `web` would become the team's, and with it an objective of somebody else."""
    files = {**FILES, "okrs/2026-q4/sales/web/own.md": FILES["okrs/2026-q4/sales/win.md"]}
    site = write_site(files)
    before = tree(site)
    result = run(site, "field", "web")
    assert (result.exit_code, tree(site)) == (2, before)
    assert "this would change more than names (objective okrs/2026-q4/sales/web/own)" in (
        result.stderr
    )


def test_an_alias_is_left_to_its_writer(write_site: Write) -> None:
    both = objective("id: a, title: A, to: 1", contributors="&us [sales]", owner="ana")
    both = both.replace("key_results:", "x-again: *us\nkey_results:")
    other = both.replace("contributors: &us [sales]", "x-us: &us sales\ncontributors: [*us]")
    other = other.replace("x-again: *us\n", "")
    site = write_site({**FILES, "okrs/2026-q4/company/both.md": other})
    before = tree(site)
    result = run(site, "sales", "commercial")
    assert (result.exit_code, tree(site)) == (2, before)
    assert "both.md:" in result.stderr
    assert "write it out by hand" in result.stderr


@pytest.mark.parametrize("number", range(8))
def test_everything_is_put_back_where_a_file_cannot_be_written(
    write_site: Write, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    from okrsite.cli import renames

    site = write_site(FILES)
    before = tree(site)
    whole, count = renames.write_whole, iter(range(100))

    def fail(file: Path, text: str) -> None:
        if next(count) == number:
            raise OSError(28, "No space left on device", str(file))
        whole(file, text)

    monkeypatch.setattr("okrsite.cli.renames.write_whole", fail)
    result = run(site, "sales", "commercial")
    assert (result.exit_code, "No space left on device" in result.stderr) == (2, True)
    assert tree(site) == before
    assert not (site.parent / "content/okrs/2026-q4/commercial").exists()


def test_a_read_only_file_stays(write_site: Write, read_only: Callable[[Path], None]) -> None:
    site = write_site(FILES)
    before = tree(site)
    read_only(site.parent / "content/page.md")
    result = run(site, "sales", "commercial")
    assert (result.exit_code, "is read-only" in result.stderr) == (2, True)
    assert tree(site) == before


KILLED = (
    "import os, sys; from okrsite.cli import main, renames;"
    "left = int(sys.argv.pop(1)); whole = renames.write_whole; rename = os.rename\n"
    "def step(do):\n"
    "    def done(*words):\n"
    "        global left\n"
    "        left -= 1\n"
    "        os._exit(9) if left < 0 else None\n"
    "        return do(*words)\n"
    "    return done\n"
    "renames.write_whole = step(whole); os.rename = step(rename); main()"
)
NOTE = ".okrsite-rename.tmp"


def killed(site: Path, number: int, *words: str) -> None:
    """Run a command that is killed right before one of its steps."""
    command = [sys.executable, "-c", KILLED, str(number), *words, "-f", str(site), "--as-of", DAY]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert done.returncode == 9, done.stderr


@pytest.mark.parametrize("number", range(12))
def test_a_killed_command_loses_nothing_and_is_finished(write_site: Write, number: int) -> None:
    """Killed right before any of its steps, it leaves every file whole, in one of its places."""
    site = write_site(FILES)
    before = tree(site)
    assert run(site, "sales", "commercial").exit_code == 0
    renamed = tree(site)
    shutil.rmtree(site.parent / "content")
    site = write_site(FILES)
    killed(site, number, "rename", "sales", "commercial")
    after = {uri: text for uri, text in tree(site).items() if not uri.endswith(".tmp")}
    for uri in before:
        moved = uri.replace("/sales/", "/commercial/").replace("sales.md", "commercial.md")
        assert uri in after or moved in after, (number, uri)
    begun = after != before
    result = run(site, "sales", "commercial")
    assert result.exit_code == 0, result.output
    if begun:
        said = "Finished `okrsite rename sales commercial`, which was interrupted.\n"
        assert result.stdout == said
    assert tree(site) == renamed
    assert not (site.parent / NOTE).exists()
    assert not (site.parent / "content/okrs/2026-q4/sales").exists()
    assert lint(site).exit_code == 0


def test_until_it_is_finished_nothing_else_is_written(write_site: Write) -> None:
    site = write_site(FILES)
    killed(site, 4, "rename", "sales", "commercial")
    half = tree(site)
    said = "`okrsite rename sales commercial` was interrupted: run it again to finish it first"
    for words in (
        ["rename", "ana", "eve"],
        ["rename", "sales", "commercial", "--dry-run"],
        ["move", "okrs/2026-q4/company/grow", "--owner", "ana"],
        ["set", "okrs/2026-q4/company/grow.weight=2"],
        ["new", "person", "--title", "Eve"],
    ):
        result = run(site, *words[1:], command=words[0])
        assert (result.exit_code, said in result.stderr) == (2, True), result.output
    assert tree(site) == half
    said = "note: `okrsite rename sales commercial` was interrupted: run it again to finish it\n"
    assert run(site, command="status").stderr.startswith(said)


def test_what_has_changed_since_is_not_written_over(write_site: Write) -> None:
    site = write_site(FILES)
    killed(site, 4, "rename", "sales", "commercial")
    page = site.parent / "content/page.md"
    page.write_text("# Mine\n", "utf-8")
    half = tree(site)
    result = run(site, "sales", "commercial")
    assert result.exit_code == 2
    assert "content/page.md has changed since. Restore the files with git" in result.stderr
    assert tree(site) == half


def test_a_killed_move_is_finished(write_site: Write) -> None:
    site = write_site(FILES)
    words = ("sales/win", "--owner", "Ana")
    killed(site, 1, "move", *words)
    result = run(site, *words, command="move")
    assert "Finished `okrsite move sales/win --owner Ana`" in result.stdout
    assert "okrs/2026-q4/ana/win.md" in tree(site)
    assert lint(site).exit_code == 0


@pytest.mark.parametrize(
    "note",
    [
        "no JSON",
        '{"words": ["rename", "sales", "commercial"], "steps": [{"source": "../../x", '
        '"target": "content/x.md", "before": null, "after": "x"}]}',
        '{"words": ["rename", "sales", "commercial"], "steps": [{"source": "content/page.md", '
        '"target": "../../../../../x", "before": null, "after": null}]}',
    ],
)
def test_a_note_that_leads_elsewhere_is_not_followed(write_site: Write, note: str) -> None:
    site = write_site(FILES)
    before = tree(site)
    (site.parent / NOTE).write_text(note, "utf-8")
    result = run(site, "sales", "commercial")
    assert (result.exit_code, "can't be read: restore" in result.stderr) == (2, True)
    assert tree(site) == before


def test_of_two_at_once_the_second_finds_the_new_name(write_site: Write) -> None:
    site = write_site(FILES)
    words = ["rename", "teams/sales", "commercial", "-f", str(site), "--as-of", DAY]
    command = [sys.executable, "-c", "from okrsite.cli import main; main()", *words]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    errors = sorted(process.communicate()[1] for process in running)
    assert sorted(process.returncode for process in running) == [0, 2]
    assert any("there is no" in error and "teams/sales" in error for error in errors)
    assert lint(site).exit_code == 0


def test_an_objective_gets_another_owner_and_their_folder(write_site: Write) -> None:
    site = write_site(FILES)
    result = run(site, "sales/win", "--owner", "Ana", command="move")
    assert result.exit_code == 0, result.output
    after = tree(site)
    assert "okrs/2026-q4/ana/win.md" in after
    assert "okrs/2026-q4/sales/win.md" not in after
    assert b"[[ana/win|theirs]]" in after["okrs/2026-q4/company/grow.md"]
    assert b"objective: ana/win" in after["okrs/2026-q4/sales/2026-11-09.md"]
    assert b"See [grow](../company/grow.md)" in after["okrs/2026-q4/ana/win.md"]
    assert lint(site).exit_code == 0, lint(site).output
    assert result.stderr == "Next: git add -A, and commit “Move okrs/2026-q4/sales/win to Ana”.\n"


def test_a_written_owner_is_written_again(write_site: Write) -> None:
    elsewhere = objective("id: a, title: A, to: 1", title="Free", owner="sales")
    site = write_site({**FILES, "okrs/2026-q4/free.md": elsewhere})
    assert run(site, "free", "--owner", "field", command="move").exit_code == 0
    assert tree(site)["okrs/2026-q4/free.md"].decode() == elsewhere.replace(
        "owner: sales", "owner: field"
    )
    assert run(site, "company/grow", "--owner", "sales", command="move").exit_code == 0
    assert b"owner: sales\n" in tree(site)["okrs/2026-q4/sales/grow.md"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["win", "--owner", "sales"], "Sales already owns `okrs/2026-q4/sales/win`"),
        (["win"], "Missing option '--owner'"),
        (["win", "--owner", "slaes"], "did you mean `sales`?"),
        (["both", "--owner", "ana"], "has several owners: set them"),
        (["old", "--owner", "ana"], "2026 Q3 closed on 2026-09-30"),
        (["win", "--owner", "field"], "content/okrs/2026-q4/field/win.md already exists"),
    ],
)
def test_what_cannot_be_moved_stays(write_site: Write, words: list[str], said: str) -> None:
    kr = "id: a, title: A, to: 1"
    both = objective(kr, title="Both").replace("owner: company", "owners: [sales, ana]")
    site = write_site(
        {
            **FILES,
            "okrs/2026-q4/both.md": both,
            "okrs/2026-q3/sales/old.md": objective(kr, cycle="2026-q3", owner="sales", title="Old"),
            "okrs/2026-q4/field/win.md": "# No document\n",
        }
    )
    before = tree(site)
    result = run(site, *words, command="move")
    assert said in result.stderr
    assert (result.exit_code, tree(site)) == (2, before)
