"""`okrsite check-in` without an objective asks about everything that somebody has in progress."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from tests.samples import document, objective

Write = Callable[..., Path]
DAY = "2026-11-16"
GROW, WIN = "okrs/2026-q4/ada/grow.md", "okrs/2026-q4/sales/win.md"
CSAT = "kpis/csat.md"
SHIP = "id: ship, title: Ship, milestones: [{title: Moved, due: 2026-11-01}, {title: Checked}]"
FILES = {
    "people/ada.md": document("person", "title: Ada"),
    "teams/sales.md": document("team", "title: Sales"),
    GROW: objective("id: mrr, title: Earn, from: $5M, to: $10M", SHIP, owner="ada"),
    WIN: objective(
        "id: mine, title: Ours, to: 10, owner: ada", "id: other, title: O, to: 5",
        title="Win", owner="sales",
    ),
    CSAT: document(
        "kpi", "title: Satisfaction", "owner: ada", 'unit: "%"', "target: {value: 95}",
        "readings:", "  - {date: 2026-10-31, value: 82}",
    ),
}  # fmt: skip


class Terminal:
    """A standard input that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


def walk(
    monkeypatch: pytest.MonkeyPatch, site: Path, *typed: str, words: tuple[str, ...] = ()
) -> Result:
    monkeypatch.setattr("okrsite.cli.commands.check_in.sys", type("sys", (), {"stdin": Terminal()}))
    command = ["check-in", "--for", "Ada", *words, "-f", str(site), "--as-of", DAY]
    typed_lines = "".join(f"{line}\n" for line in typed)
    return CliRunner().invoke(main, command, input=typed_lines, catch_exceptions=False)


def texts(site: Path) -> dict[str, str]:
    content = site.parent / "content"
    return {uri: (content / uri).read_text(encoding="utf-8") for uri in FILES}


def entry(uri: str, piece: str) -> str:
    return FILES[uri].replace("\n---\n", f"\ncheck_ins:\n  - {piece}\n---\n")


GROW_ANSWERS = ("y", "2026-11-09", "$6M", "0.8", "Good", "", "")
AFTER_GROW = entry(
    GROW, f"{{date: {DAY}, confidence: 0.8, values: {{mrr: $6M}}, note: Good}}"
).replace("due: 2026-11-01}", f"due: 2026-11-01, done: {DAY}}}").replace(
    "{title: Checked}", "{title: Checked, done: 2026-11-09}"
)  # fmt: skip
AFTER_WIN = entry(WIN, f"{{date: {DAY}, values: {{mine: 4}}}}")


def test_everything_is_asked_and_written(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(FILES)
    result = walk(monkeypatch, site, *GROW_ANSWERS, "4", "86%", "Rota")
    assert result.exit_code == 0, result.output
    reading = f"  - {{date: {DAY}, value: 86, note: Rota}}\n---\n"
    after = {GROW: AFTER_GROW, WIN: AFTER_WIN, CSAT: FILES[CSAT].replace("---\n", reading, 2)}
    after[CSAT] = FILES[CSAT][: -len("---\n")] + reading
    assert texts(site) == {**FILES, **after}
    said = result.stderr
    assert "Ada: 2 objectives, 1 KPI. Press Enter to skip a question" in said
    assert "[1/3] Grow (2026 Q4, 2026-11-16)" in said
    assert "Moved, due 1 Nov: done (y, or the date)" in said
    assert "$5M → $10M; no value yet; expected now" in said
    assert "[2/3] Win" in said
    assert "Ours" in said
    assert "\nO\n" not in said  # the key result of somebody else
    assert "[3/3] Satisfaction (KPI, 2026-11-16)\n  last 82% on 31 Oct" in said
    assert said.endswith("Done: 3 written.\n")
    assert result.stdout.count("content/") == 3


def test_nothing_is_written_where_all_is_skipped(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(FILES)
    result = walk(monkeypatch, site, *[""] * 10)
    assert result.stderr.endswith("Done: 0 written.\n")
    assert (result.exit_code, texts(site)) == (0, FILES)


def test_leaving_keeps_what_was_confirmed(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(FILES)
    result = walk(monkeypatch, site, *GROW_ANSWERS)  # the input ends in the second objective
    assert result.exit_code == 2
    assert result.stderr.endswith("Error: stopped; 1 written\n")
    assert texts(site) == {**FILES, GROW: AFTER_GROW}
    again = walk(monkeypatch, site, "4", "")
    assert "[1/3] Grow" in again.stderr
    assert "Moved" not in again.stderr.partition("[2/3]")[0]  # what is said is not asked again


def test_leaving_at_once_writes_nothing(write_site: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    site = write_site(FILES)
    result = walk(monkeypatch, site, "y")
    assert result.stderr.endswith("Error: stopped; nothing written\n")
    assert texts(site) == FILES


def test_wrong_answers_are_asked_again_and_doubtful_ones_confirmed(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(FILES)
    answers = ("soon", "2026-12-24", "n", "", "5m", "", *[""] * 4, "", "0.86", "n", "")
    result = walk(monkeypatch, site, *answers)
    said = result.stderr
    for text in (
        "soon is not a date: write y, or year-month-day",
        "2026-12-24 is in the future",
        "write M for millions",
        "write 86% if that's what you mean",
        "Write it anyway?",
    ):
        assert text in said
    assert texts(site)[GROW] == FILES[GROW]
    assert texts(site)[CSAT] == FILES[CSAT]


def test_what_cannot_be_written_does_not_end_the_walk(
    write_site: Write, monkeypatch: pytest.MonkeyPatch, read_only: Callable[[Path], None]
) -> None:
    site = write_site(FILES)
    read_only(site.parent / "content" / GROW)
    result = walk(monkeypatch, site, *GROW_ANSWERS, "4", "")
    assert "grow.md is read-only; nothing was written" in result.stderr
    assert texts(site) == {**FILES, WIN: AFTER_WIN}
    assert result.stderr.endswith("Done: 1 written.\n")


def test_others_write_while_a_question_is_open(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(FILES)
    prompt = click.prompt
    done: list[int] = []

    def ask(text: str, **options: object) -> object:
        if not done:
            words = ["check-in", "win", "--set", "other=2", "-f", str(site), "--as-of", DAY]
            command = [sys.executable, "-c", "from okrsite.cli import main; main()", *words]
            done.append(subprocess.run(command, check=True, timeout=60).returncode)
        return prompt(text, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("click.prompt", ask)
    walk(monkeypatch, site, *GROW_ANSWERS, "4", "")
    assert f"{{date: {DAY}, values: {{other: 2, mine: 4}}}}" in texts(site)[WIN]
    assert texts(site)[GROW] == AFTER_GROW


def test_no_milestone_is_ticked_that_took_the_place_of_another(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(FILES)
    file = site.parent / "content" / GROW
    other = FILES[GROW].replace("{title: Moved,", "{title: New}, {title: Moved,")
    prompt = click.prompt

    def ask(text: str, **options: object) -> object:
        file.write_text(other, encoding="utf-8")
        return prompt(text, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("click.prompt", ask)
    result = walk(monkeypatch, site, *GROW_ANSWERS, "4", "")
    assert "grow.md:1: the key results have changed in the meantime: run it again" in result.stderr
    assert texts(site) == {**FILES, GROW: other, WIN: AFTER_WIN}


def test_a_reading_of_somebody_else_is_not_doubled(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(FILES)
    file = site.parent / "content" / CSAT
    other = FILES[CSAT][: -len("---\n")] + f"  - {{date: {DAY}, value: 84}}\n---\n"
    prompt = click.prompt

    def ask(text: str, **options: object) -> object:
        file.write_text(other, encoding="utf-8")
        return prompt(text, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("click.prompt", ask)
    result = walk(monkeypatch, site, *[""] * 8, "86%", "")
    assert "the KPI already has a reading for 2026-11-16, 84%" in result.stderr
    assert texts(site)[CSAT] == other


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name an objective: okrsite check-in OBJECTIVE"),
        (["--note", "x"], "name an objective: okrsite check-in OBJECTIVE"),
        (["grow", "--for", "Ada"], "leave out OBJECTIVE"),
    ],
)
def test_without_a_terminal_an_objective_is_needed(
    write_site: Write, words: list[str], said: str
) -> None:
    command = ["check-in", *words, "-f", str(write_site(FILES))]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_who_has_nothing_is_told_so(write_site: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    site = write_site({"people/ada.md": FILES["people/ada.md"], "okrs/2026-q4/a.md": FILES[WIN]})
    assert "Ada has nothing in progress to check in on" in walk(monkeypatch, site).stderr
