from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from tests.samples import document, objective

Write = Callable[..., Path]
GROW = "okrs/2026-q4/sales/grow.md"
NEXT = "okrs/2027-q1/sales/grow.md"
OLD = document(
    "objective",
    "title: Grow",
    "contributors: [support]",
    "aligns_to: [company/profit#margin, year]",
    "depends_on: platform",
    "weight: 2",
    "tags: [growth]",
    "key_results:",
    "  - {id: mrr, title: Double *MRR*, from: $5M, to: $10M, due: 2026-12-15,",
    "     plan: [[2026-11-01, $6M]]}",
    "  - title: Done already",
    "    to: 3",
    "  - title: Ship",
    "    milestones:",
    "      - {title: Built, done: 2026-11-01}",
    "      - {title: Sold, weight: 2, due: 2026-12-24, done: false}",
    "      - {title: Loved, progress: 40%, due: 2027-03-01}",
    "  - {id: up, title: Stay up, keep: {min: 99%}, weight: 3}",
    "  - {id: nps, title: Please, kpi: nps, from: 10, to: 50}",
    "  - {id: all, title: All of them, roll_up: true}",
    "  - {id: rides, title: Ride, to: 40 rides, aggregate: sum}",
    "  - {id: no, title: Forget, to: 3, status: cancelled}",
    "  - {id: fair, title: Win the fair, measured_by: the cup, done: false}",
    "initiatives:",
    "  - {title: Old, status: done}",
    "  - {title: New, status: doing, key_result: mrr}",
    "  - {title: Other, key_result: kr2}",
    "check_ins:",
    "  - date: 2026-11-09",
    "    confidence: 0.8",
    "    values: {mrr: $6.1M, kr2: 4, up: 99.5%, rides: 12 rides}",
    "grade: {score: 0.5, reason: Fair}",
    body="Why, as [the plan](../company/plan.md) and [we](../../../teams/sales.md) say.\n\n"
    "## Retrospective\n\nGood.\n",
)
CARRIED = """\
---
type: objective
title: Grow
contributors: [support]
aligns_to: [2027-q1/company/profit#margin]
continues: 2026-q4/sales/grow
weight: 2
tags: [growth]
key_results:
  - id: mrr
    title: Double *MRR*
    from: $6.1M
    to: $10M
  - id: kr3
    title: Ship
    milestones:
      - {title: Sold, weight: 2, done: false}
      - {title: Loved, progress: 40%, due: 2027-03-01}
  - id: up
    title: Stay up
    keep: {min: 99%}
    weight: 3
  - id: nps
    title: Please
    kpi: nps
    to: 50
  - id: all
    title: All of them
    roll_up: true
  - id: rides
    title: Ride
    to: 40 rides
    aggregate: sum
  - id: fair
    title: Win the fair
    measured_by: the cup
    done: false
initiatives:
  - {title: New, status: doing, key_result: mrr}
  - {title: Other}
---
Why, as [the plan](../../2026-q4/company/plan.md) and [we](../../../teams/sales.md) say.
"""
PROFIT = objective("id: margin, title: M, to: 4", "id: b, title: B, to: 4", title="Profit")
FILES = {
    GROW: OLD,
    "teams/sales.md": document("team"),
    "teams/support.md": document("team"),
    "okrs/2026-q4/company/plan.md": "The plan.\n",
    "okrs/2026-q4/company/profit.md": PROFIT,
    "okrs/2027-q1/company/profit.md": PROFIT.replace("2026-q4", "2027-q1"),
    "okrs/2026/company/year.md": objective("id: a, title: A, to: 4", cycle="2026"),
    "okrs/2026-q4/company/platform.md": objective("id: a, title: A, to: 4", title="Platform"),
    "kpis/company/nps.md": document("kpi", "readings: [{date: 2026-10-01, value: 20}]"),
}


def run(configuration: Path, *words: str, as_of: str = "2026-12-28") -> Result:
    command = ["carry", *words, "-f", str(configuration), "--as-of", as_of]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def lint(configuration: Path) -> list[str]:
    command = ["lint", "-f", str(configuration), "--as-of", "2026-12-28"]
    lines = CliRunner().invoke(main, command, catch_exceptions=False).stdout.splitlines()
    return [line for line in lines if " error: " in line or " warning: " in line]


def text(configuration: Path, uri: str = NEXT) -> str:
    return (configuration.parent / "content" / uri).read_text(encoding="utf-8")


def names(configuration: Path) -> set[str]:
    content = configuration.parent / "content"
    return {file.relative_to(content).as_posix() for file in content.rglob("*.md")}


def test_what_is_left_goes_on_in_the_next_cycle(write_site: Write) -> None:
    site = write_site(FILES)
    result = run(site, "grow", "--to", "2027-q1")
    assert (result.exit_code, result.stderr) == (0, "")
    assert text(site) == CARRIED
    assert text(site, GROW) == OLD
    assert result.stdout == (
        f"content/{NEXT}: continues okrs/2026-q4/sales/grow\n"
        "  `kr2` is left out: it was reached\n"
        "  `no` is left out: it was cancelled\n"
        "  `aligns_to` to okrs/2026-q4/company/profit#margin now leads to"
        " okrs/2027-q1/company/profit#margin\n"
        "  `aligns_to` to okrs/2026/company/year is left out: it is not carried over to 2027 Q1\n"
        "  `depends_on` to okrs/2026-q4/company/platform is left out:"
        " it is not carried over to 2027 Q1\n"
    )
    assert lint(site) == []


def test_it_never_overwrites_and_goes_on_once(write_site: Write) -> None:
    site = write_site({**FILES, NEXT: "Mine.\n"})
    result = run(site, "grow", "--to", "2027-q1")
    assert (result.exit_code, "already exists" in result.stderr) == (2, True)
    assert text(site) == "Mine.\n"
    assert run(site, "grow", "--to", "2027-q1", "--name", "grow-on").exit_code == 0
    assert "okrs/2027-q1/sales/grow-on.md" in names(site)
    result = run(site, "2026-q4/sales/grow", "--to", "2027-q1", "--name", "again")
    assert (result.exit_code, "already continues it in 2027 Q1" in result.stderr) == (2, True)


def test_an_alignment_follows_what_continues_it(write_site: Write) -> None:
    files = dict(FILES)
    renamed = files.pop("okrs/2027-q1/company/profit.md")
    renamed = renamed.replace("title: Profit", "title: Earn\ncontinues: 2026-q4/company/profit")
    site = write_site({**files, "okrs/2027-q1/company/earn.md": renamed})
    run(site, "grow", "--to", "2027-q1")
    assert "\naligns_to: [earn#margin]\n" in text(site)


def test_what_the_folders_do_not_say_is_written(write_site: Write) -> None:
    grow = objective("id: a, title: A, to: 4, current: 3", owner="sales")
    files = {k: v for k, v in FILES.items() if k != GROW}
    site = write_site({**files, "all/2026-q4-grow.md": grow, "all/grow.md": grow})
    assert run(site, "all/grow", "--to", "2027-q1").exit_code == 0
    made = text(site, "all/grow-2027-q1.md")
    assert "\ncycle: 2027-q1\nowner: sales\ncontinues: grow\n" in made
    assert "    from: 3\n    to: 4\n" in made
    assert run(site, "2026-q4-grow", "--to", "2027-03", "--name", "march").exit_code == 0
    assert "\ncycle: 2027-03\n" in text(site, "all/march.md")
    assert lint(site) == []


@pytest.mark.parametrize(
    ("old", "to", "new"),
    [
        ("okrs/2026/q4/sales/x/grow.md", "2027-q1", "okrs/2027/q1/sales/x/grow.md"),
        ("okrs/2026/Q4/sales/grow.md", "2027-q1", "okrs/2027/Q1/sales/grow.md"),
        ("okrs/2026/q4/sales/grow.md", "2027", "okrs/2027/sales/grow.md"),
        ("okrs/2026-q4/sales/grow.md", "spring", "okrs/spring/sales/grow.md"),
        ("sales/2026-q4/grow/index.md", "2027-h1", "sales/2027-h1/grow/index.md"),
    ],
)
def test_the_file_goes_where_the_folders_say(
    write_site: Write, old: str, to: str, new: str
) -> None:
    spring = document("cycle", "start: 2027-02-01", "end: 2027-05-31")
    small = document("objective", "title: Grow", "key_results:", "- {title: A, to: 3}")
    site = write_site({"teams/sales.md": document("team"), "cycles/spring.md": spring, old: small})
    before = names(site)
    assert run(site, "grow", "--to", to).exit_code == 0
    assert names(site) - before == {new}
    assert "cycle:" not in text(site, new)
    assert "owner:" not in text(site, new)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["grow"], "Missing option"),
        (["grow", "--to", "2026-q3"], "does not come after 2026 Q4"),
        (["grow", "--to", "2026-q4"], "does not come after 2026 Q4"),
        (["grow", "--to", "2026"], "does not come after 2026 Q4"),
        (["grow", "--to", "next"], "there is no cycle `next`: write a period like"),
        (["growth", "--to", "2027-q1"], "did you mean `grow`"),
        (["grow", "--to", "2027-q1", "--name", "../grow"], "without folders"),
        (["platform", "--to", "2027-q1"], "nothing left to carry over"),
    ],
)
def test_a_wrong_command_ends_with_2_and_writes_nothing(
    write_site: Write, words: list[str], said: str
) -> None:
    reached = objective("id: a, title: A, to: 4, current: 4", title="Platform")
    site = write_site({**FILES, "okrs/2026-q4/company/platform.md": reached})
    before = names(site)
    result = run(site, *words)
    assert (result.exit_code, result.stdout, said in result.stderr) == (2, "", True)
    assert names(site) == before


def test_what_would_make_others_ambiguous_is_not_written(write_site: Write) -> None:
    update = document("check-in", "date: 2025-11-09", "updates: [{objective: grow, note: x}]")
    site = write_site({**FILES, "okrs/old.md": update})
    before = names(site)
    result = run(site, "2026-q4/sales/grow", "--to", "2027-q1")
    assert (result.exit_code, "content/okrs/old.md" in result.stderr) == (1, True)
    assert "OKR202 error" in result.stderr
    assert "or give the new file a different one with --name" in result.stderr
    assert names(site) == before


def test_a_warning_that_the_old_document_has_stays_with_it(write_site: Write) -> None:
    old = objective("id: a, title: Somehow", owner="company")
    site = write_site({"okrs/2026-q4/company/some.md": old})
    result = run(site, "some", "--to", "2027-q1")
    assert (result.exit_code, "OKR402 warning" in result.stderr) == (0, True)


def test_a_public_successor_quotes_nothing_private(write_site: Write) -> None:
    private = document("check-in", "date: 2026-11-20", "visibility: private",
                       "updates: [{objective: grow, values: {mrr: $6.66M}}]")  # fmt: skip
    site = write_site({**FILES, "okrs/2026-11-20.md": private})
    assert run(site, "grow", "--to", "2027-q1").exit_code == 0
    assert text(site) == CARRIED
    hidden = OLD.replace("title: Grow", "title: Grow\nvisibility: private", 1)
    site = write_site({**FILES, GROW: hidden, "okrs/2026-11-20.md": private})
    (site.parent / "content" / NEXT).unlink()
    assert run(site, "grow", "--to", "2027-q1").exit_code == 0
    assert "from: $6.66M" in text(site)
    assert "visibility: private" in text(site)


def test_a_public_successor_leads_to_nothing_private(write_site: Write) -> None:
    top = objective("id: a, title: Reach, to: 9", title="Top", cycle="2026-q4", owner="company")
    onward = top.replace("2026-q4", "2027-q1").replace("owner:", "continues: 2026-q4/top\nowner:")
    secret = onward.replace("owner:", "visibility: private\nowner:")
    old = objective("id: b, title: Ride, to: 10", aligns_to="2026-q4/top", owner="company")
    files = {"okrs/2026-q4/top.md": top, "okrs/2026-q4/low.md": old}
    site = write_site({**files, "okrs/2027-q1/deal/merger.md": secret})
    result = run(site, "low", "--to", "2027-q1")
    assert result.exit_code == 0, result.output
    written = (site.parent / "content/okrs/2027-q1/low.md").read_text(encoding="utf-8")
    assert "merger" not in written
    assert "aligns_to" not in written
    assert "it is not carried over to 2027 Q1" in result.stdout
    (site.parent / "content/okrs/2027-q1/low.md").unlink()
    site = write_site({**files, "okrs/2027-q1/deal/merger.md": onward})
    assert run(site, "low", "--to", "2027-q1").exit_code == 0
    written = (site.parent / "content/okrs/2027-q1/low.md").read_text(encoding="utf-8")
    assert "aligns_to: [merger]" in written


@pytest.mark.parametrize(("private", "folder"), [(False, "deal"), (True, "okrs")])
def test_a_public_successor_goes_into_no_folder_of_private_objectives(
    write_site: Write, private: bool, folder: str
) -> None:
    old = objective("id: b, title: Ride, to: 10", owner="company")
    other = old.replace("2026-q4", "2027-q1").replace("title: Grow", "title: Other")
    if private:
        other = other.replace("owner:", "visibility: private\nowner:")
    site = write_site({"okrs/low.md": old, "deal/other.md": other})
    assert run(site, "low", "--to", "2027-q1").exit_code == 0
    [made] = names(site) - {"okrs/low.md", "deal/other.md"}
    assert made.startswith(f"{folder}/")


def test_what_a_page_embeds_must_stay_clear(write_site: Write) -> None:
    site = write_site({**FILES, "ours.md": "# Ours\n\nSee [[grow]].\n"})
    before, clear = names(site), lint(site) == []
    result = run(site, "2026-q4/sales/grow", "--to", "2027-q1")
    assert clear
    assert (result.exit_code, "content/ours.md" in result.stderr) == (1, True)
    assert names(site) == before


@pytest.mark.parametrize(
    ("old", "to", "new"),
    [
        ("fy2027-q3", "fy2027-q4", "fy2027-q4"),
        ("fy27-q4", "fy2028-q1", "fy28-q1"),
        ("FY27-Q4", "fy28-q1", "FY28-Q1"),
        ("fy27/q4", "fy28-q1", "fy28/q1"),
        ("fy2027/q3", "fy27-q4", "fy2027/q4"),
    ],
)
def test_the_folder_of_a_fiscal_cycle_is_spelt_like_the_old_one(
    write_site: Write, old: str, to: str, new: str
) -> None:
    text = document("objective", "owner: company", "key_results: [{title: A, to: 10, current: 4}]")
    options = {"fiscal_year": {"starts": 2}, "as_of": "2026-12-01"}
    configuration = write_site({f"okrs/{old}/grow.md": text}, plugins=[{"okrsite": options}])
    words = ["carry", "grow", "--to", to, "-f", str(configuration)]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"content/okrs/{new}/grow.md: continues ")
