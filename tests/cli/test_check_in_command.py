import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from tests.samples import document, objective

Write = Callable[..., Path]
DAY = "2026-11-16"
GROW = "okrs/2026-q4/company/grow.md"
RESULTS = (
    "id: mrr, title: Double *MRR*, from: $5M, to: $10M",
    "id: nps, title: Please people, kpi: nps, to: 50",
    "id: ship, title: Ship, milestones: [{title: Built}]",
    "id: team, title: The team, roll_up: true",
    "id: up, title: Stay up, keep: {min: 99%}",
)
FILES = {
    GROW: objective(*RESULTS, body="Why.\n"),
    "kpis/company/nps.md": document("kpi", "title: NPS", "data: nps.csv"),
    "kpis/company/nps.csv": "date,value\n2026-10-01,40\n",
}


def run(configuration: Path, *words: str, typed: str | None = None) -> Result:
    command = ["check-in", *words, "-f", str(configuration), "--as-of", DAY]
    return CliRunner().invoke(main, command, input=typed, catch_exceptions=False)


def text(configuration: Path, uri: str = GROW) -> str:
    return (configuration.parent / "content" / uri).read_text(encoding="utf-8")


def test_it_writes_the_lines_and_says_how_the_score_moves(write_site: Write) -> None:
    site = write_site(FILES)
    said = ["--set", "mrr=$6M", "--set", "UP=99.5%", "--confidence", "80%", "--note", "So: far"]
    result = run(site, "grow", *said, "--blocker", "a", "--blocker", "b", "--next", "c")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "content/okrs/2026-q4/company/grow.md:12\n"
        "+ check_ins:\n"
        "+   - {date: 2026-11-16, confidence: 80%, values: {mrr: $6M, up: 99.5%}, "
        'note: "So: far", blockers: [a, b], next: c}\n'
        "mrr: $6M, the first value\n"
        "up: 99.5%, the first value\n"
        "Score: 0.00 → 0.24\n"
    )
    added = "".join(line[2:] + "\n" for line in result.stdout.splitlines()[1:-3])
    assert text(site) == FILES[GROW].replace("---\nWhy", added + "---\nWhy")
    assert run(site, GROW, "--date", "2026-11-20", "--set", "mrr=$7M").stdout.endswith(
        "Score on 20 Nov 2026: 0.24 → 0.28\n"
    )
    later = run(site, "content/" + GROW, "--date", "2026-11-21", "--next", "d")
    assert later.stdout.endswith("Score on 21 Nov 2026: 0.28, as before\n")
    assert later.stderr == "2026-11-21 is in the future: none of this counts before then.\n"


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("n", False)])
def test_a_terminal_is_asked_whether_a_day_to_come_is_meant(
    write_site: Write, monkeypatch: pytest.MonkeyPatch, answer: str, written: bool
) -> None:
    monkeypatch.setattr("okrsite.cli.asking.on_terminal", lambda: True)
    site = write_site(FILES)
    result = run(site, "grow", "--note", "x", "--date", "2026-12-16", typed=f"{answer}\n")
    assert result.exit_code == (0 if written else 2)
    assert (text(site) != FILES[GROW]) is written


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["grwo", "--note", "x"], "did you mean `grow`?"),
        (["grow"], "give new values"),
        (["grow", "--set", "mrr"], "write KEY_RESULT=VALUE"),
        (["grow", "--set", "mrr="], "write KEY_RESULT=VALUE"),
        (["grow", "--set", "mr=4"], "did you mean `mrr`?"),
        (["grow", "--set", "mrr=$6M", "--set", "MRR=$7M"], "given twice"),
        (["grow", "--set", "mrr=5m"], "write M for millions"),
        (["grow", "--set", "mrr=.3M"], "in single quotes"),
        (["grow", "--set", "mrr=4 days"], "has the unit `days`, the key result `USD`"),
        (
            ["grow", "--set", "nps=41"],
            "from the KPI `kpis/company/nps`: write okrsite reading nps VALUE",
        ),
        (
            ["grow", "--set", "ship=1"],
            "is measured by its milestones: write okrsite done grow#ship",
        ),
        (["grow", "--set", "team=1"], "comes from the objectives that align to it"),
        (["grow", "--confidence", "8"], "not between 0 and 1"),
        (["grow", "--note", " "], "--note is empty"),
        (["grow", "--next", "a\x1b[2J"], "--next contains an invisible character"),
        (["grow", "--note", "x", "--date", "soon"], "is not a date"),
    ],
)
def test_a_wrong_command_ends_with_2_and_writes_nothing(
    write_site: Write, words: list[str], said: str
) -> None:
    site = write_site(FILES)
    result = run(site, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert text(site) == FILES[GROW]


def test_what_is_ambiguous_lists_the_candidates(write_site: Write) -> None:
    site = write_site({**FILES, "okrs/2026-q4/other/grow.md": FILES[GROW]})
    result = run(site, "grow", "--note", "x")
    assert result.exit_code == 2
    assert "other/grow" in result.stderr
    assert "company/grow" in result.stderr
    assert "write one of" in result.stderr


def test_an_objective_of_the_current_cycle_is_meant_first(write_site: Write) -> None:
    older = FILES[GROW].replace("q4", "q3")
    site = write_site({**FILES, "okrs/2026-q3/company/grow.md": older})
    assert run(site, "grow", "--note", "x").exit_code == 0
    assert "note: x" in text(site)
    assert text(site, "okrs/2026-q3/company/grow.md") == older


def test_the_command_that_is_named_instead_works(write_site: Write) -> None:
    site = write_site(FILES)
    for name in ("nps=41", "ship=1"):
        said = run(site, "grow", "--set", name).stderr.rpartition("write okrsite ")[2]
        words = [*said.strip().replace("VALUE", "41").split(), "-f", str(site), "--as-of", DAY]
        result = CliRunner().invoke(main, [*words, "--anyway"], catch_exceptions=False)
        assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        (["--date", "2026-09-30", "--note", "x"], "OKR301 warning"),
        (["--date", "2027-01-01", "--note", "x", "--anyway"], "OKR301 warning"),
        (["--date", "2026-11-09", "--set", "mrr=$7M"], "OKR303 warning"),
    ],
)
def test_what_would_have_findings_ends_with_1_and_writes_nothing(
    write_site: Write, words: list[str], finding: str
) -> None:
    update = "updates: [{objective: grow, values: {mrr: $6M}}]"
    site = write_site({**FILES, "okrs/2026-11-09.md": document("check-in", update)})
    result = run(site, "grow", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert finding in result.stderr
    assert "Nothing was written" in result.stderr
    assert text(site) == FILES[GROW]


def test_findings_that_were_there_before_do_not_matter(write_site: Write) -> None:
    old = FILES[GROW].replace("---\nWhy", "check_ins:\n- {date: 2026-09-01, note: a}\n---\nWhy")
    site = write_site({**FILES, GROW: old, "okrs/broken.md": document("objective", "title: [")})
    assert run(site, "grow", "--set", "mrr=$6M").exit_code == 0


def test_settings_say_which_warnings_matter(write_site: Write) -> None:
    site = write_site(FILES, {"lint": {"ignore": ["OKR301"]}})
    assert run(site, "grow", "--date", "2026-09-30", "--note", "x").exit_code == 0


def test_a_second_check_in_of_a_day_is_one_with_the_first(write_site: Write) -> None:
    site = write_site(FILES)
    assert run(site, "grow", "--set", "mrr=$6M").exit_code == 0
    assert run(site, "grow", "--set", "up=99%", "--note", "More").exit_code == 0
    assert text(site).count("date:") == 1
    assert "  - {date: 2026-11-16, values: {mrr: $6M, up: 99%}, note: More}\n" in text(site)
    result = run(site, "grow", "--set", "mrr=$7M")
    assert result.exit_code == 2
    assert ":13: the check-in for that day already has a value of `mrr`" in result.stderr


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_permissions_stay(write_site: Write, newline: str, mark: str) -> None:
    before = (mark + FILES[GROW].replace("\n", newline)).encode()
    site = write_site({**FILES, GROW: before})
    file = site.parent / "content" / GROW
    file.chmod(0o640)
    assert run(site, "grow", "--note", "x").exit_code == 0
    added = "check_ins:\n  - {date: 2026-11-16, note: x}\n".replace("\n", newline)
    head, _, tail = file.read_bytes().partition(added.encode())
    assert head + tail == before
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_read_only_file_stays(write_site: Write, read_only: Callable[[Path], None]) -> None:
    site = write_site(FILES)
    read_only(site.parent / "content" / GROW)
    result = run(site, "grow", "--note", "x")
    assert (result.exit_code, "is read-only" in result.stderr) == (2, True)
    assert text(site) == FILES[GROW]


def test_whether_a_file_is_read_only_is_a_matter_of_who_writes(write_site: Write) -> None:
    """Root may write what others may not, as with any other program."""
    site = write_site(FILES)
    file = site.parent / "content" / GROW
    file.chmod(0o444)
    may = os.access(file, os.W_OK)
    assert run(site, "grow", "--note", "x").exit_code == (0 if may else 2)
    assert (text(site) != FILES[GROW]) is may
    assert file.stat().st_mode & 0o777 == 0o444


def test_a_file_that_cannot_be_written_stays(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(FILES)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("okrsite.cli.editing.write_whole", full)
    result = run(site, "grow", "--note", "x")
    assert (result.exit_code, "No space left on device" in result.stderr) == (2, True)
    assert text(site) == FILES[GROW]


def test_a_file_that_changed_meanwhile_stays(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(FILES)
    file = site.parent / "content" / GROW
    from okrsite.cli import objective_edits as command

    real = command.revise

    def slow(*words: Any) -> Any:
        file.write_text(FILES[GROW] + "Somebody else.\n", encoding="utf-8")
        return real(*words)

    monkeypatch.setattr(command, "revise", slow)
    result = run(site, "grow", "--note", "x")
    assert (result.exit_code, "by someone else" in result.stderr) == (2, True)
    assert text(site) == FILES[GROW] + "Somebody else.\n"


def test_links_are_followed_inside_the_project_alone(write_site: Write, tmp_path: Path) -> None:
    site = write_site(FILES)
    file = site.parent / "content" / GROW
    file.rename(site.parent / "grow.md")
    file.symlink_to("../../../../grow.md")
    assert run(site, "grow", "--note", "x").exit_code == 0
    assert file.is_symlink()
    assert "note: x" in (site.parent / "grow.md").read_text(encoding="utf-8")
    outside = tmp_path.parent / f"{tmp_path.name}-outside.md"
    os.replace(site.parent / "grow.md", outside)
    file.unlink()
    file.symlink_to(outside)
    before = outside.read_bytes()
    assert run(site, "grow", "--note", "y").exit_code == 2
    assert outside.read_bytes() == before


@pytest.mark.parametrize(
    "broken",
    [
        FILES[GROW].replace("title: Grow", "<<<<<<< HEAD\ntitle: Grow\n=======\n>>>>>>> other"),
        FILES[GROW].replace("title: Grow", "title: Grow\n\tid: x"),
        FILES[GROW].replace("owner: company", "owner: nobody-here"),
    ],
)
def test_a_document_with_errors_is_named(write_site: Write, broken: str) -> None:
    site = write_site({GROW: broken, "company.md": document("company")})
    result = run(site, "grow", "--note", "x")
    assert result.exit_code == 2
    assert f"content/{GROW}" in result.stderr
    assert text(site) == broken


class Terminal:
    """A standard input that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


def asked(
    monkeypatch: pytest.MonkeyPatch, site: Path, *typed: str, words: tuple[str, ...] = ()
) -> Result:
    monkeypatch.setattr("okrsite.cli.commands.check_in.sys", type("sys", (), {"stdin": Terminal()}))
    return run(site, "grow", *words, typed="".join(f"{line}\n" for line in typed))


def test_without_options_every_key_result_is_asked_for(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = FILES[GROW].replace(
        "---\nWhy", "check_ins:\n- {date: 2026-11-09, values: {mrr: $6M}}\n---\nWhy"
    )
    site = write_site({**FILES, GROW: old})
    result = asked(monkeypatch, site, "8m", "$8M", "", "0.9", "Fine", "", "Go on")
    assert result.exit_code == 0
    assert "Double MRR\n  $5M → $10M; last $6M on 9 Nov; expected now $6.79M" in result.stderr
    assert "write M for millions" in result.stderr
    assert "Stay up\n  keep ≥ 99%; no value yet" in result.stderr
    assert "Please people" not in result.stderr
    entry = "{date: 2026-11-16, confidence: 0.9, values: {mrr: $8M}, note: Fine, next: Go on}"
    assert f"- {entry}\n---" in text(site)
    again = asked(monkeypatch, site, "99.9%", "None")
    assert "Double MRR" not in again.stderr
    assert "values: {mrr: $8M, up: 99.9%}" in text(site)
    assert "next: Go on, blockers: None}\n" in text(site)


@pytest.mark.parametrize(
    ("aggregate", "said"),
    [
        ("sum", "0 → 600; 390 so far, added up; last 90 on 9 Nov; expected now 214.57\n  s, w"),
        ("mean", "195 so far, on average; last 90 on 9 Nov; expected now 214.57\n  s:"),
        ("max", "300 so far, the highest; last 90 on 9 Nov; expected now 214.57\n  s:"),
        ("min", "90 so far, the lowest; last 90 on 9 Nov; expected now 214.57\n  s:"),
        ("last", "0 → 600; last 90 on 9 Nov; expected now 214.57\n  s:"),
    ],
)
def test_what_counts_together_is_said_beside_the_last_value(
    write_site: Write, monkeypatch: pytest.MonkeyPatch, aggregate: str, said: str
) -> None:
    values = "[{date: 2026-11-02, values: {s: 300}}, {date: 2026-11-09, values: {s: 90}}]"
    grow = objective(f"id: s, title: Sell, to: 600, aggregate: {aggregate}", check_ins=values)
    result = asked(monkeypatch, write_site({GROW: grow}), "10", *[""] * 4)
    assert result.exit_code == 0
    assert said in result.stderr


@pytest.mark.parametrize(
    ("cycle", "words", "said"),
    [
        ("2026-q4", ("--date", "2026-09-30"), "is before its cycle starts"),
        ("2026-q3", ("--anyway",), "is after its cycle closed"),
    ],
)
def test_a_day_that_cannot_be_is_refused_before_anything_is_asked(
    write_site: Write, monkeypatch: pytest.MonkeyPatch, cycle: str, words: tuple[str, ...],
    said: str,
) -> None:  # fmt: skip
    before = FILES[GROW].replace("2026-q4", cycle)
    site = write_site({**FILES, GROW: before})
    result = asked(monkeypatch, site, "$8M", *[""] * 5, words=words)
    assert result.exit_code in (1, 2)
    assert said in result.stderr
    assert "Double MRR" not in result.stderr
    assert text(site) == before


def test_what_nothing_can_be_put_into_is_refused_before_anything_is_asked(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = "x-list: &l [{date: 2026-11-02, note: a}]\ncheck_ins: *l\n---\nWhy"
    site = write_site({**FILES, GROW: FILES[GROW].replace("---\nWhy", listed)})
    result = asked(monkeypatch, site, "$8M", *[""] * 5)
    assert (result.exit_code, "is an alias" in result.stderr) == (2, True)
    assert "Double MRR" not in result.stderr


def held(**values: str) -> dict[str, str]:
    """Return an objective with a value of each kind of key result that a slip can happen to."""
    stated = ", ".join(f"{id}: {value}" for id, value in values.items())
    return {
        GROW: objective(
            "id: m, title: Money, from: $5M, to: $10M", "id: p, title: Share, from: 20%, to: 8%",
            "id: k, title: Keep, keep: {min: 95%}", "id: z, title: Zero, from: 9, to: 0",
            "id: s, title: Sell, to: 600 seats, aggregate: sum",
            check_ins=f"[{{date: 2026-11-09, values: {{{stated}}}}}]",
        )
    }  # fmt: skip


LAST = {"m": "$7.2M", "p": "13%", "k": "97%", "z": "6", "s": "83 seats"}


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("p=0.13", "0.13% is far from the last value, 13%, and from the target, 8%: "
                   "write 13% if that's what you mean"),
        ("m=7.5", "$7.50 is far from the last value, $7.2M, and from the target, $10M: "
                  "write $7.5M if that's what you mean"),
        ("m=$7.5bn", "$7.5B is far from the last value, $7.2M, and from the target, $10M: "
                     "write $7.5M if that's what you mean"),
        ("p=1300%", "1,300% is far from the last value, 13%, and from the target, 8%: "
                    "write 13% if that's what you mean"),
        ("k=0.97", "0.97 has no %, but all others are percentages of 10 or more: "
                   "write 97% if that's what you mean"),
        ("s=90000", "90,000 seats is far from the last value, 83 seats, and from the target, "
                    "600 seats: write 90 seats if that's what you mean"),
        ("m=100", "$100 is far from the last value, $7.2M, and from the target, $10M: "
                  "write it in the unit of the others (k, M, %)"),
        ("p=0.0001", "0.0001% is far from the last value, 13%, and from the target, 8%: "
                     "write it in the unit of the others (k, M, %)"),
    ],
)  # fmt: skip
def test_what_seems_to_be_meant_in_another_unit_is_refused(
    write_site: Write, pair: str, said: str
) -> None:
    files = held(**LAST)
    site = write_site(files)
    result = run(site, "grow", "--set", pair)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"--set {pair}: {said}, or add --anyway" in result.stderr.replace("\u00a0", " ")
    assert text(site) == files[GROW]
    assert run(site, "grow", "--set", pair, "--anyway").exit_code == 0
    # `lint` says the same of what is written now.
    message, _, hint = said.partition(": ")
    command = ["lint", "-f", str(site), "--as-of", DAY]
    found = CliRunner().invoke(main, command, catch_exceptions=False)
    assert f"OKR305 warning: {message}\n    {hint}\n" in found.stdout.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "pair", ["p=0", "p=1%", "m=$75M", "m=$1M", "k=40%", "z=0.01", "s=1 seat", "m=$0"]
)
def test_what_can_be_is_not_doubted(write_site: Write, pair: str) -> None:
    site = write_site(held(**LAST))
    assert run(site, "grow", "--set", pair).exit_code == 0


def test_a_value_is_not_far_between_the_last_one_and_the_target(write_site: Write) -> None:
    grow = objective("id: v, title: Visits, from: 1, to: 100000")
    assert run(write_site({GROW: grow}), "grow", "--set", "v=100").exit_code == 0


def test_a_first_value_is_compared_with_where_it_begins(write_site: Write) -> None:
    result = run(write_site(FILES), "grow", "--set", "mrr=6.1")
    said = "$6.10 is far from the start, $5M, and from the target, $10M: write $6.1M if that"
    assert said in result.stderr
    ignored = {GROW: FILES[GROW].replace("key_results:", "ignore: [OKR305]\nkey_results:", 1)}
    assert run(write_site(FILES | ignored), "grow", "--set", "mrr=6.1").exit_code == 0


def test_a_doubted_answer_is_asked_for_again_unless_it_is_confirmed(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(held(**LAST))
    answers = ["7.5", "n", "$7.5M", "0.13", "y"]
    result = asked(monkeypatch, site, *answers, *[""] * 7)
    assert result.exit_code == 0
    assert "$7.50 is far from the last value, $7.2M, and from the target, $10M: " in result.stderr
    assert "values: {m: $7.5M, p: 0.13}" in text(site)


def test_each_value_is_repeated_beside_the_one_before(write_site: Write) -> None:
    site = write_site(held(**LAST))
    result = run(site, "grow", "--set", "p=14", "--set", "s=30", "--set", "k=96%")
    lines = result.stdout.splitlines()[:-1]
    assert lines[-3:] == [
        "p: 13% → 14%",
        "k: 97% → 96%",
        "s: 83 seats → 30 seats; 113 seats so far, added up",
    ]
    earlier = run(site, "grow", "--date", "2026-11-02", "--set", "p=16%")
    assert "\np: 16%, the first value\n" in earlier.stdout


@pytest.mark.parametrize("typed", [[], ["$8M"]])
def test_ctrl_c_or_the_end_of_the_input_writes_nothing(
    write_site: Write, monkeypatch: pytest.MonkeyPatch, typed: list[str]
) -> None:
    site = write_site(FILES)
    result = asked(monkeypatch, site, *typed)
    assert (result.exit_code, "stopped; nothing written" in result.stderr) == (2, True)
    assert text(site) == FILES[GROW]


def test_who_says_nothing_writes_nothing(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(FILES)
    result = asked(monkeypatch, site, *[""] * 6)
    assert (result.exit_code, "nothing to write" in result.stderr) == (2, True)
    assert text(site) == FILES[GROW]


@pytest.mark.parametrize("words", [("--note", "Late"), ("--note", "Late", "--date", "2026-09-30")])
def test_the_figures_of_a_closed_cycle_change_only_on_purpose(
    write_site: Write, words: tuple[str, ...]
) -> None:
    before = FILES[GROW].replace("2026-q4", "2026-q3")
    site = write_site({**FILES, GROW: before})
    result = run(site, "grow", *words)
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: 2026 Q3 closed on 2026-09-30, so its figures are final: add --anyway to check in\n"
    )
    assert text(site) == before
    written = run(site, "grow", *words, "--anyway").exit_code == 0
    assert written is ("--date" in words)
