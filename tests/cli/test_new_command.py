"""`okrsite new`: documents in their place, without findings, and never over another."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from okrsite.cli import main
from okrsite.cli.commands.new import new as new_group
from tests.samples import document, objective
from tests.sites import ROOT

Write = Callable[..., Path]

DAY = "2026-11-15"
SITE = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "people/amara.md": document("person", "title: Amara", "team: sales"),
    "okrs/2026-q4/company/grow.md": objective(
        "id: reach, title: Reach more, from: 0, to: 100", "id: care, title: Care more, to: 5",
        check_ins="[{date: 2026-11-09, values: {reach: 40, care: 2}}]",
    ),
    "kpis/sales/csat.md": document(
        "kpi", "title: Satisfaction", 'unit: "%"', "target: {value: 95}",
        "readings: [{date: 2026-10-31, value: 70}]",
    ),
}  # fmt: skip
TWO = ("--key-result", "Win guests from 0 to 20", "--key-result", "Answer in time, at most 3 days")


CHURN = ("--title", "Churn", "--owner", "sales", "--value", "3%")


def run(*words: str | Path, **more: str) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False, **more)


def new(configuration: Path, type: str, *options: str, **more: str) -> Result:
    return run("new", type, "-f", configuration, "--as-of", DAY, *options, **more)


def made(configuration: Path, type: str, *options: str, **more: str) -> tuple[str, str]:
    """Make a document, see that the whole site has no finding, and give its file and text."""
    result = new(configuration, type, *options, **more)
    assert result.exit_code == 0, result.output
    path = result.stdout.strip()
    lint = run("lint", "--strict", "-f", configuration, "--as-of", DAY)
    assert lint.stdout == ""
    return path, (configuration.parent / path).read_text("utf-8")


def texts(configuration: Path) -> dict[str, str]:
    files = configuration.parent.rglob("*.md")
    return {str(file.relative_to(configuration.parent)): file.read_text("utf-8") for file in files}


@pytest.fixture
def site(write_site: Write) -> Path:
    return write_site(SITE)


# What is written, and where


def test_an_objective(site: Path) -> None:
    path, text = made(
        site, "objective", "--title", "Win back: guests", "--owner", "Sales", "--aligns-to", "grow",
        *TWO, "--key-result", "Please them, KPI csat to 90%", "--commitment", "committed",
        "--text", "They came once.",
    )  # fmt: skip
    assert path == "content/okrs/2026-q4/sales/win-back-guests.md"
    assert (
        text
        == """\
---
type: objective
title: "Win back: guests"
commitment: committed
aligns_to: grow
key_results:
  - id: win-guests
    title: Win guests
    from: 0
    to: 20
  - id: answer-in-time
    title: Answer in time
    keep: {max: 3 days}
  - id: please-them
    title: Please them
    kpi: csat
    to: 90%
check_ins:
  - {date: 2026-11-15, note: The objective was written down.}
---
They came once.
"""
    )


def test_an_objective_of_another_cycle_and_of_two_alignments(site: Path) -> None:
    path, text = made(
        site, "objective", "--title", "Plan", "--owner", "amara", "--cycle", "2026",
        "--aligns-to", "grow", "--aligns-to", "grow#reach", *TWO, "--private",
    )  # fmt: skip
    assert path == "content/okrs/2026/amara/plan.md"
    assert "aligns_to:\n  - grow\n  - grow#reach\nvisibility: private\n" in text
    assert "cycle:" not in text
    assert "owner:" not in text


def test_what_the_folders_do_not_say_is_written(write_site: Write) -> None:
    files = {**SITE, "okrs/2026-q4/company/grow.md": "An ordinary page"}
    files["objectives/grow.md"] = SITE["okrs/2026-q4/company/grow.md"]
    path, text = made(
        write_site(files), "objective", "--title", "Win", "--owner", "sales",
        "--aligns-to", "grow", *TWO,
    )  # fmt: skip
    assert path == "content/objectives/win.md"
    assert "cycle: 2026-q4\nowner: sales\n" in text


def test_a_kpi(site: Path) -> None:
    path, text = made(
        site, "kpi", "--title", "Churn", "--owner", "sales", "--value", "3%", "--at-most", "5%",
        "--critical-above", "8%", "--every", "week", "--indicator", "lagging", "--drives", "csat",
    )  # fmt: skip
    assert path == "content/kpis/sales/churn.md"
    assert (
        text
        == """\
---
type: kpi
title: Churn
indicator: lagging
drives:
  - csat
keep: {max: 5%}
alert: {max: 8%}
every: week
readings:
  - {date: 2026-11-15, value: 3%}
---
"""
    )


def test_a_team_a_person_and_a_cycle(site: Path) -> None:
    assert made(site, "team", "--title", "Größe", "--parent", "sales", "--description", "Big") == (
        "content/teams/grosse.md",
        "---\ntype: team\ntitle: Größe\ndescription: Big\nparent: sales\n---\n",
    )
    assert made(site, "person", "--title", "李雷", "--team", "grosse", "--text", "Hello.") == (
        "content/people/lilei.md", "---\ntype: person\ntitle: 李雷\nteam: grosse\n---\nHello.\n",
    )  # fmt: skip
    assert made(site, "cycle", "--title", "2027 Q1") == (
        "content/cycles/2027-q1.md",
        "---\ntype: cycle\ntitle: 2027 Q1\nstart: 2027-01-01\nend: 2027-03-31\n---\n",
    )
    path, text = made(
        site, "cycle", "--title", "Winter", "--start", "2026-12-01", "--end", "2027-02-28"
    )
    assert path == "content/cycles/winter.md"
    assert "start: 2026-12-01\nend: 2027-02-28\n" in text


def test_a_name_is_never_used_twice(site: Path) -> None:
    assert made(site, "team", "--title", "Amara")[0] == "content/teams/amara-2.md"
    assert made(site, "person", "--title", "Company")[0] == "content/people/company-2.md"
    assert made(site, "person", "--title", "Sales")[0] == "content/people/sales-2.md"
    before = texts(site)
    for _ in range(2):
        new(site, "objective", "--title", "Grow", "--owner", "company", *TWO, "--anyway")
    after = texts(site)
    assert {path: text for path, text in after.items() if path in before} == before
    assert set(after) - set(before) == {
        "content/okrs/2026-q4/company/grow-2.md", "content/okrs/2026-q4/company/grow-3.md",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("type", "options", "path"),
    [
        ("team", ("--title", "SALES"), "content/teams/sales.md"),
        ("person", ("--title", "*Amara*"), "content/people/amara.md"),
        (
            "kpi", ("--title", "satisfaction", "--owner", "company", "--value", "5"),
            "content/kpis/sales/csat.md",
        ),
        (
            "objective", ("--title", "grow", "--owner", "company", *TWO),
            "content/okrs/2026-q4/company/grow.md",
        ),
        ("cycle", ("--title", "2027-Q1"), "content/cycles/2027-q1.md"),
    ],
)  # fmt: skip
def test_a_document_of_a_title_is_not_written_twice(
    write_site: Write, type: str, options: tuple[str, ...], path: str
) -> None:
    cycle = document("cycle", "title: 2027 Q1", "start: 2027-01-01", "end: 2027-03-31")
    site = write_site({**SITE, "cycles/2027-q1.md": cycle})
    before = texts(site)
    result = new(site, type, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    what = "this title, owner and cycle" if type == "objective" else "this title"
    assert f"with {what} exists, {path}: give another --title" in result.stderr
    assert "add --anyway" in result.stderr
    assert texts(site) == before
    assert "title exists" not in new(site, type, *options, "--anyway").stderr


def test_an_objective_may_be_called_like_that_of_another_owner_or_cycle(site: Path) -> None:
    words = ("--title", "Grow", *TWO)
    made(site, "objective", *words, "--owner", "sales", "--aligns-to", "grow")
    made(site, "objective", *words, "--owner", "company", "--cycle", "2027-q1")
    twin = new(site, "objective", *words, "--owner", "company", "--cycle", "2027-q1")
    assert (twin.exit_code, "2027-q1/company/grow.md" in twin.stderr) == (2, True)


def test_a_shared_objective_is_known_by_each_of_its_owners(write_site: Write) -> None:
    shared = document(
        "objective", "title: Win", "cycle: 2026-q4", "owners: [company, Sales]",
        "key_results: [{id: a, title: A, to: 10}, {id: b, title: B, to: 10}]",
    )  # fmt: skip
    site = write_site({**SITE, "okrs/win.md": shared})
    for owner, status in (("company", 2), ("sales", 2), ("amara", 0)):
        words = ("--title", "Win", "--owner", owner, "--aligns-to", "grow", *TWO)
        assert new(site, "objective", *words).exit_code == status


# Check-ins


def test_a_check_in_names_what_is_open_with_its_last_value_and_what_was_expected(
    site: Path,
) -> None:
    path, text = made(site, "check-in", "--owner", "company")
    assert path == "content/okrs/2026-q4/company/check-ins/2026-11-15.md"
    assert (
        text
        == """\
---
type: check-in
updates:
  # Grow
  - objective: grow
    # confidence: 0.7
    values:
      # Reach more: 40 on 2026-11-09; expected 35, target 100
      # reach: 40
      # Care more: 2 on 2026-11-09; expected 1.75, target 5
      # care: 2
    # note: What happened?
    # blockers: [What is in the way]
    # next: What comes next?
---
"""
    )


def test_a_prepared_check_in_asks_what_came_since_where_values_add_up(write_site: Write) -> None:
    first = "{date: 2026-11-02, values: {s: 300, m: 4}}"
    second = "{date: 2026-11-09, values: {s: 9, m: 2}}"
    grow = objective(
        "id: s, title: Sell, to: 600, aggregate: sum", "id: m, title: Mean, to: 8, aggregate: mean",
        check_ins=f"[{first}, {second}]",
    )  # fmt: skip
    files = {**SITE, "okrs/2026-q4/company/grow.md": grow}
    text = made(write_site(files), "check-in", "--owner", "company")[1]
    together = "# Sell: 309 so far, added up; last 9 on 2026-11-09; expected 210, target 600"
    assert f"{together}; write what came since\n      # s: …\n" in text
    together = "# Mean: 3 so far, on average; last 2 on 2026-11-09; expected 2.8, target 8"
    assert f"{together}\n      # m: 2\n" in text


def test_a_prepared_check_in_says_nothing_yet(site: Path) -> None:
    asked = ("-f", site, "--as-of", "2026-11-28")
    before = {name: run(name, *asked).stdout for name in ("export", "lint", "status")}
    made(site, "check-in", "--owner", "company")
    assert {name: run(name, *asked).stdout for name in before} == before
    assert "OKR406" in before["lint"]


def test_an_update_without_words_counts_in_a_document_with_a_text(site: Path) -> None:
    path, text = made(site, "check-in", "--owner", "company")
    (site.parent / path).write_text(f"{text}All goes as planned.\n", "utf-8")
    assert "OKR406" not in run("lint", "-f", site, "--as-of", "2026-11-28").stdout


def test_a_prepared_check_in_counts_once_it_is_filled_in(site: Path) -> None:
    path, text = made(site, "check-in", "--owner", "company")
    filled = re.sub(r"# reach: 40", "reach: 55", text).replace(
        "# note: What happened?", "note: Yes"
    )
    (site.parent / path).write_text(filled, "utf-8")
    assert run("lint", "--strict", "-f", site, "--as-of", DAY).stdout == ""
    exported = run("export", "-f", site, "--as-of", DAY).stdout
    assert '"value": 55' in exported


@pytest.mark.parametrize("owner", ["sales", "company", "marketing", "support", "finance"])
def test_a_check_in_of_the_demo_is_without_findings_as_prepared(owner: str, tmp_path: Path) -> None:
    configuration = demo(tmp_path)
    before = run("lint", "-f", configuration).stdout
    result = run("new", "check-in", "--owner", owner, "-f", configuration)
    assert result.exit_code == 0, result.output
    text = (tmp_path / result.stdout.strip()).read_text("utf-8")
    assert text.count("- objective: ") > 0
    after = run("lint", "-f", configuration).stdout
    assert [line for line in after.splitlines() if line not in before] == []


def test_a_check_in_is_not_prepared_twice(site: Path) -> None:
    made(site, "check-in", "--owner", "company")
    before = texts(site)
    result = new(site, "check-in", "--owner", "company")
    assert result.exit_code == 2
    assert "already exists" in result.stderr
    assert texts(site) == before


def test_who_has_nothing_open_is_told(site: Path) -> None:
    result = new(site, "check-in", "--owner", "sales")
    assert result.exit_code == 2
    assert "`sales` has no active objective" in result.stderr


def test_private_objectives_stay_out_of_a_public_check_in(tmp_path: Path) -> None:
    configuration = demo(tmp_path)
    result = run("new", "check-in", "--owner", "company", "-f", configuration)
    text = (tmp_path / result.stdout.strip()).read_text("utf-8")
    assert "frame-builder" not in text
    assert "Private objectives are left out" in result.stderr
    (tmp_path / result.stdout.strip()).unlink()
    result = run("new", "check-in", "--owner", "company", "--private", "-f", configuration)
    text = (tmp_path / result.stdout.strip()).read_text("utf-8")
    assert "frame-builder" in text
    assert "visibility: private" in text


def demo(folder: Path) -> Path:
    subprocess.run(["cp", "-r", ROOT / "content", ROOT / "mkdocs.yml", folder], check=True)
    return folder / "mkdocs.yml"


# What is refused


@pytest.mark.parametrize(
    ("type", "options", "said"),
    [
        ("objective", (), "`--title` is missing"),
        ("objective", ("--title", "A"), "`--owner` is missing"),
        ("objective", ("--title", "A", "--owner", "sales"), "`--key-result` is missing"),
        ("objective", ("--title", "A", "--owner", "salse", *TWO), "did you mean `sales`?"),
        (
            "objective",
            ("--title", "A", "--owner", "sales", "--cycle", "soon"),
            "there is no cycle `soon`",
        ),
        ("objective", ("--title", " ", "--owner", "sales"), "write at least a few words"),
        ("objective", ("--title", "A", "--owner", "sales", "--aligns-to", "grwo"), "did you mean"),
        ("objective", ("--title", "A", "--owner", "sales", "--key-result", "B"), "measured"),
        ("kpi", ("--title", "A", "--owner", "sales"), "`--value` is missing"),
        ("kpi", ("--title", "A", "--owner", "sales", "--value", "5m"), "is not a number"),
        ("person", (), "`--title` is missing"),
        ("person", ("--title", "A", "--team", "amara"), "is a person, not a team"),
        ("team", ("--title", "A", "--parent", "nobody"), "there is no owner `nobody`"),
        ("team", ("--title", "2026 Q4"), "is a calendar period"),
        ("cycle", ("--title", "Winter"), "`--start` is missing"),
        ("cycle", ("--title", "2027-Q5"), "is not a calendar period"),
        ("check-in", (), "`--owner` is missing"),
    ],
)
def test_what_is_missing_or_wrong_is_named(
    site: Path, type: str, options: tuple[str, ...], said: str
) -> None:
    before = texts(site)
    result = new(site, type, *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert texts(site) == before


def test_a_reading_of_a_day_to_come_is_written_only_if_it_is_meant(site: Path) -> None:
    refused = new(site, "kpi", *CHURN, "--date", "2027-11-15")
    assert (refused.exit_code, "OKR416" in refused.stderr) == (1, True)
    assert new(site, "kpi", *CHURN, "--date", "2027-11-15", "--anyway").exit_code == 0


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--key-result", "A from 1 to 2", "--key-result", "B from $1 to 2 days"), "OKR107"),
        (("--key-result", "A from 1 to 1", "--key-result", "B from 1 to 2"), "OKR108"),
        (("--key-result", "A from 1 to 2"), "OKR401"),
    ],
)
def test_a_document_with_findings_is_not_written(
    site: Path, options: tuple[str, ...], code: str
) -> None:
    before = texts(site)
    words = ("--title", "Go", "--owner", "sales", "--aligns-to", "grow", *options)
    result = new(site, "objective", *words)
    assert result.exit_code == 1
    assert code in result.stderr
    assert "Nothing was written." in result.stderr
    assert ("--anyway" in result.stderr) is (code == "OKR401")
    assert texts(site) == before
    anyway = new(site, "objective", *words, "--anyway")
    assert anyway.exit_code == (0 if code == "OKR401" else 1)


def test_a_folder_that_cannot_be_written_gives_one_sentence(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(file: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("okrsite.cli.project_folder.write_whole", refuse)
    result = new(site, "team", "--title", "Web")
    assert result.exit_code == 2
    assert "content/teams/web.md cannot be written: No space left on device" in result.stderr


def test_without_a_site_it_says_what_to_do(tmp_path: Path) -> None:
    result = run("new", "team", "--title", "A", "-f", tmp_path / "mkdocs.yml")
    assert result.exit_code == 2
    assert "there is no" in result.stderr


# Questions and completion


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("okrsite.cli.asking.on_terminal", lambda: True)


@pytest.mark.usefixtures("terminal")
def test_a_terminal_is_asked_until_the_answers_can_be_read(site: Path) -> None:
    answers = [
        "Win back guests", "salse", "sales", "", "grwo", "grow",
        "Nothing", "Win guests from 0 to 20", "Answer in time, at most 3 days", "", "Because.",
    ]  # fmt: skip
    path, text = made(site, "objective", input="\n".join(answers) + "\n")
    assert path == "content/okrs/2026-q4/sales/win-back-guests.md"
    assert "aligns_to: grow\n" in text
    assert text.endswith("---\nBecause.\n")


@pytest.mark.usefixtures("terminal")
def test_who_stops_in_the_middle_has_written_nothing(site: Path) -> None:
    before = texts(site)
    result = new(site, "objective", input="Win back guests\nsales\n")
    assert result.exit_code == 2
    assert "stopped; nothing written" in result.stderr
    assert texts(site) == before


@pytest.mark.usefixtures("terminal")
def test_a_second_one_of_a_title_may_be_wanted_on_a_terminal(site: Path) -> None:
    before = texts(site)
    refused = new(site, "team", "--title", "Sales", input="n\n")
    assert (refused.exit_code, "content/teams/sales.md" in refused.stderr) == (2, True)
    assert texts(site) == before
    assert new(site, "team", "--title", "Sales", input="y\n").exit_code == 0


@pytest.mark.usefixtures("terminal")
def test_advice_may_be_overruled_on_a_terminal(site: Path) -> None:
    words = ("--title", "Go", "--owner", "sales", *TWO)
    refused = new(site, "objective", *words, input="n\n")
    assert refused.exit_code == 1
    assert new(site, "objective", *words, input="y\n").exit_code == 0


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("type", ["team", "person", "kpi", "cycle", "check-in"])
def test_every_type_can_be_asked_for(site: Path, type: str) -> None:
    answers = {
        "team": "Web\n\n", "person": "Ben\nsales\n", "kpi": "Churn\nsales\n3%\n\n5%\n",
        "cycle": "Winter\nsoon\n2026-12-01\n2027-02-28\n", "check-in": "company\n",
    }  # fmt: skip
    assert made(site, type, input=answers[type])[1].startswith(f"---\ntype: {type}\n")


def complete(site: Path, words: list[str], typed: str) -> list[str]:
    shell = ShellComplete(main, {}, "okrsite", "_OKRSITE_COMPLETE")
    return [item.value for item in shell.get_completions(["new", *words, "-f", str(site)], typed)]


@pytest.mark.parametrize(
    ("words", "typed", "offered"),
    [
        (["objective"], "--o", ["--owner"]),
        (["objective"], "--owner=", ["company", "sales", "amara"]),
        (["objective"], "--owner=s", ["sales"]),
        (["objective"], "--aligns-to=g", ["grow"]),
        (["objective"], "--cycle=2026", ["2026-q4"]),
        (["kpi"], "--drives=", ["csat"]),
        (["person"], "--team=", ["company", "sales"]),
    ],
)
def test_shells_complete_what_exists(
    site: Path, words: list[str], typed: str, offered: list[str]
) -> None:
    option, mark, value = typed.partition("=")
    if mark:
        shell = ShellComplete(main, {}, "okrsite", "_OKRSITE_COMPLETE")
        arguments = ["new", *words, "-f", str(site), option]
        found = [item.value for item in shell.get_completions(arguments, value)]
    else:
        found = complete(site, words, typed)
    assert found == offered


def test_completion_is_silent_where_there_is_no_site(tmp_path: Path) -> None:
    shell = ShellComplete(main, {}, "okrsite", "_OKRSITE_COMPLETE")
    arguments = ["new", "team", "-f", str(tmp_path / "mkdocs.yml"), "--parent"]
    assert shell.get_completions(arguments, "") == []


@pytest.mark.parametrize("name", sorted(new_group.commands))
def test_every_command_has_an_example_that_is_called_as_it_is(name: str) -> None:
    example = new_group.commands[name].epilog or ""
    assert f"okrsite new {name} " in example
    options = set(re.findall(r"--[a-z-]+", example))
    assert options <= {word for option in new_group.commands[name].params for word in option.opts}


def test_it_works_as_a_program_without_a_terminal(site: Path) -> None:
    program = Path(sys.executable).parent / "okrsite"
    result = subprocess.run(
        [program, "new", "team", "-f", site], stdin=subprocess.DEVNULL, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 2
    assert "`--title` is missing" in result.stderr
