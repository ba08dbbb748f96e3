"""`okrsite carry --all`: drafts for everything unfinished."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import editing, main
from tests.samples import Files, document, objective

Write = Callable[..., Path]

OPEN = "id: a, title: Reach, from: 0, to: 10, current: 4"
DONE = "id: a, title: Reach, from: 0, to: 10, current: 10"
Q4 = "okrs/2026-q4"
Q1 = "okrs/2027-q1"


def old(*results: str, **fields: str) -> str:
    """Write an objective whose folders tell its cycle and owner."""
    text = objective(*(results or (OPEN,)), **fields)
    return text.replace("cycle: 2026-q4\n", "").replace("owner: company\n", "")


FILES: Files = {
    "teams/sales.md": document("team"),
    "people/ana.md": document("person", "until: 2026-12-31"),
    f"{Q4}/company/a-low.md": old(aligns_to="z-top#a"),
    f"{Q4}/company/z-top.md": old(OPEN, DONE.replace("a,", "b,"), title="Top"),
    f"{Q4}/sales/loose.md": old(aligns_to="[z-top#b, no]", depends_on="a-low", title="Loose"),
    f"{Q4}/company/done.md": old(DONE),
    f"{Q4}/company/no.md": old(status="cancelled"),
    f"{Q4}/company/idea.md": old(status="draft"),
    f"{Q4}/company/there.md": old(),
    f"{Q4}/company/known.md": old(),
    f"{Q4}/company/wrong.md": old("id: a, title: A, to: [1]"),
    f"{Q4}/ana/leaving.md": old(),
    "okrs/2026-q3/company/older.md": old(),
    f"{Q1}/company/there.md": old(title="Somebody else's"),
    f"{Q1}/company/goes-on.md": old(continues="2026-q4/company/known"),
}


def carry(site: Path, *words: str) -> Result:
    command = ["carry", "-f", str(site), "--to", "2027-q1", *words]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def files(site: Path) -> set[str]:
    docs = site.parent / "content"
    return {file.relative_to(docs).as_posix() for file in docs.rglob("*.md")}


@pytest.fixture
def site(write_site: Write) -> Path:
    return write_site(FILES, {"as_of": "2026-11-15"})


def test_everything_unfinished_becomes_a_draft_parents_first(site: Path) -> None:
    before = {uri: (site.parent / "content" / uri).read_bytes() for uri in files(site)}
    result = carry(site, "--all")
    assert result.exit_code == 0, result.output
    heads = [line for line in result.stdout.splitlines() if ": continues " in line]
    assert heads == [
        f"content/{Q1}/company/z-top.md: continues {Q4}/company/z-top",
        f"content/{Q1}/company/a-low.md: continues {Q4}/company/a-low",
        f"content/{Q1}/sales/loose.md: continues {Q4}/sales/loose",
    ]
    made = {f"{Q1}/company/z-top.md", f"{Q1}/company/a-low.md", f"{Q1}/sales/loose.md"}
    assert files(site) == set(before) | made
    assert {uri: (site.parent / "content" / uri).read_bytes() for uri in before} == before
    for uri in made:
        assert "\nstatus: draft\n" in (site.parent / "content" / uri).read_text()
    assert result.stderr.startswith("3 documents written; ")


def test_drafts_lead_to_each_other_whatever_comes_first(site: Path) -> None:
    assert carry(site, "--all").exit_code == 0
    low = (site.parent / "content" / Q1 / "company/a-low.md").read_text()
    assert "aligns_to: [2027-q1/company/z-top#a]" in low
    loose = (site.parent / "content" / Q1 / "sales/loose.md").read_text()
    assert "aligns_to: [2027-q1/company/z-top]" in loose  # its key result was reached
    assert "depends_on: [2027-q1/company/a-low]" in loose
    lint = CliRunner().invoke(main, ["lint", "-f", str(site)])
    assert not [line for line in lint.stdout.splitlines() if Q1 in line and " error: " in line]


def test_what_is_left_out_is_listed_with_the_reason(site: Path) -> None:
    result = carry(site, "--all")
    left_out = [line for line in result.stdout.splitlines() if line.startswith("left out: ")]
    assert sorted(left_out) == [
        f"left out: {Q4}/ana/leaving: its owners will have left",
        f"left out: {Q4}/company/done: every key result was reached or cancelled",
        f"left out: {Q4}/company/idea: it is a draft that never began",
        f"left out: {Q4}/company/known: content/{Q1}/company/goes-on.md already continues it in"
        " 2027 Q1",
        f"left out: {Q4}/company/no: it was cancelled",
        f"left out: {Q4}/company/there: content/{Q1}/company/there.md already exists; nothing"
        " written",
        f"left out: {Q4}/company/wrong: it has errors",
    ]
    assert "`aligns_to` to okrs/2026-q4/company/no is left out" in result.stdout


def test_a_dry_run_says_the_same_and_writes_nothing(site: Path) -> None:
    before = files(site)
    tried = carry(site, "--all", "--dry-run")
    assert (tried.exit_code, files(site)) == (0, before)
    assert tried.stderr.startswith("3 documents would be written, but none was; 7 left out")
    assert carry(site, "--all").stdout == tried.stdout
    again = carry(site, "--all")
    assert again.stdout.count("already continues it in 2027 Q1") == 4
    assert again.stderr.startswith("0 documents written; 10 left out")
    one = carry(site, "2026-q3/company/older", "--dry-run")
    assert one.stdout == f"content/{Q1}/company/older.md: continues okrs/2026-q3/company/older\n"
    assert not (site.parent / "content" / Q1 / "company/older.md").exists()


def test_what_would_make_a_name_ambiguous_is_left_out(write_site: Write) -> None:
    page = {"ours.md": "# Ours\n\nSee [[a-low]].\n"}
    site = write_site({**FILES, **page}, {"as_of": "2026-11-15"})
    result = carry(site, "--all")
    assert result.exit_code == 0, result.output
    assert f"left out: {Q4}/company/a-low: lint would report content/ours.md:3: OKR202" in (
        result.stdout
    )
    loose = (site.parent / "content" / Q1 / "sales/loose.md").read_text()
    assert "depends_on" not in loose


def test_all_are_written_or_none(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, write, written = files(site), editing.write_whole, list[Path]()

    def fail(file: Path, text: str) -> None:
        if written:
            raise OSError(28, "No space left on device", str(file))
        written.append(file)
        write(file, text)

    monkeypatch.setattr(editing, "write_whole", fail)
    result = carry(site, "--all")
    assert result.exit_code == 2
    assert "No space left" in result.stderr
    assert (files(site), len(written)) == (before, 1)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "name an objective, or use --all"),
        (("--all", "z-top"), "name an objective, or use --all"),
        (("--all", "--name", "x"), "--name is for a single objective"),
    ],
)
def test_an_objective_or_all(site: Path, words: tuple[str, ...], message: str) -> None:
    result = carry(site, *words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_without_a_cycle_before_there_is_nothing_to_carry_over(write_site: Write) -> None:
    site = write_site({"okrs/2027-q1/company/x.md": old()}, {"as_of": "2026-11-15"})
    result = carry(site, "--all")
    assert result.exit_code == 2
    assert "there is no cycle before 2027 Q1" in result.stderr


def test_of_alignments_in_a_circle_one_is_left_out(write_site: Write) -> None:
    circle = {f"{Q4}/company/{a}.md": old(aligns_to=b) for a, b in ("xy", "yx")}
    site = write_site(circle, {"as_of": "2026-11-15"})
    said = carry(site, "--all", "--dry-run").stdout
    assert (said.count(": continues "), said.count("left out: okrs/")) == (1, 1)


def test_a_public_draft_leads_to_no_private_one(write_site: Write) -> None:
    secret = old(title="Secret", visibility="private")
    site = write_site(
        {f"{Q4}/company/secret.md": secret, f"{Q4}/company/x.md": old(depends_on="secret")},
        {"as_of": "2026-11-15"},
    )
    assert carry(site, "--all").exit_code == 0
    assert "visibility: private" in (site.parent / "content" / Q1 / "company/secret.md").read_text()


@pytest.mark.parametrize(("public", "private", "carried"), [("4", "10", True), ("10", "4", False)])
def test_what_is_left_of_a_public_objective_is_told_without_private_check_ins(
    write_site: Write, public: str, private: str, carried: bool
) -> None:
    result = f"id: a, title: Reach, from: 0, to: 10, current: {public}"
    hidden = ["date: 2026-11-10", "visibility: private"]
    hidden.append(f"updates: [{{objective: x, values: {{a: {private}}}}}]")
    site = write_site(
        {
            f"{Q4}/company/x.md": old(result),
            f"{Q4}/company/y.md": old(aligns_to="x#a", title="Y"),
            "okrs/2026-11-10.md": document("check-in", *hidden),
        },
        {"as_of": "2026-11-15"},
    )
    said = carry(site, "--all")
    assert said.exit_code == 0, said.output
    assert (f"{Q1}/company/x.md: continues" in said.stdout) == carried
    low = (site.parent / "content" / Q1 / "company/y.md").read_text()
    assert ("aligns_to: [2027-q1/company/x#a]" in low) == carried
