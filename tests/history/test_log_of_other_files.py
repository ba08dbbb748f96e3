"""What the change log tells of an objective or KPI that stands in other files: check-in documents,
and the data file of a KPI."""

from __future__ import annotations

from pathlib import Path

from tests.histories import ADA, BRUNO, START, Past, grow
from tests.history.test_log import history_of, sentences, told
from tests.samples import Files, document

CHECK_IN = "okrs/2026-q4/check-ins/2026-10-12.md"
KPI, DATA = "kpis/csat.md", "kpis/csat.csv"


def update(value: str, *more: str, objective: str = "grow") -> str:
    return document(
        "check-in", "owner: sales", "updates:", f"  - objective: {objective}",
        f"    values: {{revenue: {value}}}", *(f"    {line}" for line in more),
    )  # fmt: skip


def csat(*more: str) -> str:
    return document("kpi", "title: CSAT", "owner: sales", 'unit: "%"', "data: csat.csv", *more)


def rows(*lines: str) -> str:
    return "\n".join(["date,value", *lines, ""])


def past_of(folder: Path, *days: Files) -> Past:
    """Make a history of one commit a day, from 1 October on."""
    past = Past(folder / "site")
    for number, files in enumerate(days, start=1):
        past.by(ADA, f"2026-10-{number:02}", files)
    return past


# Check-in documents


def test_a_check_in_document_is_told_of_its_objectives(tmp_path: Path) -> None:
    past = past_of(tmp_path, START)
    past.by(BRUNO, "2026-10-12", {CHECK_IN: update("$6M", "confidence: 0.7")})
    past.by(ADA, "2026-10-13", {CHECK_IN: update("$6.5M", "confidence: 0.7")})
    found = told(history_of(past.folder), "okrs/grow.md")
    assert found[1:] == [
        (BRUNO, "2026-10-12",
         ["Check-in for 12 Oct 2026 added: confidence 0.7, “Double the revenue” $6M"]),
        (ADA, "2026-10-13",
         ["Check-in for 12 Oct 2026 changed: “Double the revenue” $6M → $6.5M"]),
    ]  # fmt: skip


def test_an_objective_and_its_check_in_of_one_commit_are_told_together(tmp_path: Path) -> None:
    past = past_of(tmp_path, START, {"okrs/grow.md": grow(to="$11M"), CHECK_IN: update("$6M")})
    assert len(told(history_of(past.folder), "okrs/grow.md")[-1][2]) == 2


def test_the_folder_or_the_day_says_which_objective_is_meant(tmp_path: Path) -> None:
    older = grow().replace("2026-q4", "2026-q3")
    others = {uri: text for uri, text in START.items() if uri != "okrs/grow.md"}
    files = {**others, "q4/grow.md": grow(), "q3/grow.md": older}
    past = past_of(tmp_path, files, {"2026-10-12.md": update("$6M")})
    history = history_of(past.folder)
    assert "Check-in for 12 Oct 2026 added" in sentences(history, "q4/grow.md")[-1]
    assert "Check-in" not in str(told(history, "q3/grow.md"))


def test_values_are_told_of_the_key_results_of_their_time(tmp_path: Path) -> None:
    """Without ids `kr2` is another key result once the first is dropped."""

    def nameless(*titles: str) -> str:
        results = (f"  - {{title: {title}, to: 100}}" for title in titles)
        return document("objective", "title: Grow", "cycle: 2026-q4", "owner: sales",
                        "key_results:", *results)  # fmt: skip

    def values(written: str) -> str:
        return update("1").replace("revenue: 1", written)

    whole, fewer = nameless("Alpha", "Beta", "Gamma"), nameless("Beta", "Gamma")
    past = past_of(tmp_path, {**START, "okrs/grow.md": whole})
    past.by(BRUNO, "2026-10-12", {CHECK_IN: values("kr2: 14, kr3: 5")})
    past.by(ADA, "2026-10-13", {"okrs/grow.md": fewer, CHECK_IN: values("kr1: 15, kr2: 5")})
    past.by(ADA, "2026-10-14", {CHECK_IN: values("kr1: 15, kr2: 6")})
    memory = tmp_path / "memory.json"
    for _ in range(2):
        assert sentences(history_of(past.folder, memory), "okrs/grow.md")[1:] == [
            "Check-in for 12 Oct 2026 added: “Beta” 14, “Gamma” 5",
            "! Key result “Alpha” removed",
            "Check-in for 12 Oct 2026 changed: “Beta” 14 → 15",
            "Check-in for 12 Oct 2026 changed: “Gamma” 5 → 6",
        ]
    past.by(ADA, "2026-10-15", {"okrs/grow.md": nameless("Gamma"), CHECK_IN: values("kr1: 6")})
    known, new = history_of(past.folder, memory), history_of(past.folder, tmp_path / "new.json")
    assert known == new
    assert sentences(known, "okrs/grow.md")[-1] == "! Key result “Beta” removed"


def test_an_update_that_is_taken_out_is_told(tmp_path: Path) -> None:
    other = update("$6M", objective="other")
    files = {**START, "okrs/other.md": grow(title="Other")}
    past = past_of(tmp_path, files, {CHECK_IN: update("$6M")}, {CHECK_IN: other})
    history = history_of(past.folder)
    assert sentences(history, "okrs/grow.md")[-1] == "Check-in for 12 Oct 2026 removed"
    assert "Check-in for 12 Oct 2026 added" in sentences(history, "okrs/other.md")[-1]


def test_a_team_shows_the_check_ins_on_its_objectives(tmp_path: Path) -> None:
    past = past_of(tmp_path, START, {CHECK_IN: update("$6M")})
    assert "okrs/grow.md" in history_of(past.folder).documents
    assert CHECK_IN not in history_of(past.folder).documents


# The data file of a KPI


def test_rows_are_told_of_their_kpi(tmp_path: Path) -> None:
    first, second = "2026-09-30,82", "2026-10-31,86"
    past = past_of(tmp_path, {**START, KPI: csat(), DATA: rows(first)})
    past.by(BRUNO, "2026-11-02", {DATA: rows(first, second)})
    past.by(ADA, "2026-11-03", {DATA: rows("2026-09-30,83", second)})
    assert told(history_of(past.folder), KPI) == [
        (ADA, "2026-10-01", ["New KPI", "1 reading added, 82% on 30 Sept 2026"]),
        (BRUNO, "2026-11-02", ["1 reading added, 86% on 31 Oct 2026"]),
        (ADA, "2026-11-03", ["1 reading changed, 82% on 30 Sept 2026 → 83%"]),
    ]


def test_a_broken_row_is_left_out(tmp_path: Path) -> None:
    past = past_of(
        tmp_path, {**START, KPI: csat(), DATA: rows()}, {DATA: "\x00\xff,\n"},
        {DATA: rows("2026-02-30,1", "2026-10-31,86")},
    )  # fmt: skip
    assert sentences(history_of(past.folder), KPI) == [
        "New KPI", "1 reading added, 86% on 31 Oct 2026"
    ]  # fmt: skip


def test_a_unit_that_changes_is_said_as_it_is_now(tmp_path: Path) -> None:
    past = past_of(tmp_path, {**START, KPI: csat(), DATA: rows("2026-09-30,82")})
    memory = tmp_path / "memory.json"
    assert "82%" in sentences(history_of(past.folder, memory), KPI)[1]
    past.by(ADA, "2026-10-02", {KPI: csat().replace('"%"', "points")})
    assert "82 points" in sentences(history_of(past.folder, memory), KPI)[1]
    assert history_of(past.folder, memory) == history_of(past.folder, tmp_path / "new.json")


# Privacy


def test_what_was_said_while_an_objective_was_private_is_not_told(tmp_path: Path) -> None:
    hidden = grow("visibility: private")
    past = past_of(
        tmp_path, {**START, "okrs/grow.md": hidden, CHECK_IN: update("$666M")},
        {"okrs/grow.md": grow(), CHECK_IN: update("$7M")}, {CHECK_IN: update("$8M")},
    )  # fmt: skip
    found = told(history_of(past.folder), "okrs/grow.md")
    assert "666" not in str(found)
    assert [day for _, day, _ in found] == ["2026-10-02", "2026-10-03"]


def test_what_somebody_private_said_is_not_told(tmp_path: Path) -> None:
    secret = document("team", "title: The Takeover", "visibility: private")
    said = update("$666M").replace("owner: sales", "owner: takeover")
    past = past_of(
        tmp_path, {**START, "teams/takeover.md": secret}, {CHECK_IN: said},
        {CHECK_IN: update("$7M")}, {"teams/takeover.md": secret.replace("private", "public")},
    )  # fmt: skip
    assert "666" not in str(history_of(past.folder))
    assert "$7M" in str(told(history_of(past.folder), "okrs/grow.md"))


def test_a_check_in_that_was_private_is_told_from_when_it_was_not(tmp_path: Path) -> None:
    hidden = update("$666M").replace("owner: sales", "owner: sales\nvisibility: private")
    past = past_of(tmp_path, START, {CHECK_IN: hidden}, {CHECK_IN: update("$7M")})
    found = told(history_of(past.folder), "okrs/grow.md")
    assert "666" not in str(found)
    assert "Check-in for 12 Oct 2026 added" in found[-1][2][0]


def test_rows_of_a_kpi_that_was_private_are_not_told(tmp_path: Path) -> None:
    past = past_of(
        tmp_path, {**START, KPI: csat("visibility: private"), DATA: rows("2026-09-30,66.6")},
        {KPI: csat(), DATA: rows("2026-09-30,82")}, {DATA: rows("2026-09-30,83")},
    )  # fmt: skip
    found = str(told(history_of(past.folder), KPI))
    assert "66.6" not in found
    assert "1 reading added, 82% on 30 Sept 2026" in found
    assert "82% on 30 Sept 2026 → 83%" in found


def test_rows_that_were_another_kpis_are_not_told(tmp_path: Path) -> None:
    secret = csat("visibility: private").replace("CSAT", "Secret")
    own = document("kpi", "title: CSAT", "owner: sales", "readings: [{date: 2026-09-01, value: 4}]")
    past = past_of(
        tmp_path, {**START, "kpis/secret.md": secret, KPI: own, DATA: rows("2026-09-30,66.6")},
        {DATA: rows("2026-09-30,66.7", "2026-10-01,66.8")},
        {"kpis/secret.md": "", KPI: csat(), DATA: rows("2026-10-05,5")},
        {DATA: rows("2026-10-05,5", "2026-10-12,6")},
    )  # fmt: skip
    memory = tmp_path / "memory.json"
    history = history_of(past.folder, memory)
    assert "66." not in str(history)
    assert sentences(history, KPI)[-2:] == [
        "1 reading added, 5% on 5 Oct 2026", "1 reading added, 6% on 12 Oct 2026"
    ]  # fmt: skip
    assert history_of(past.folder, memory) == history


# What is remembered


def test_what_is_remembered_says_the_same(tmp_path: Path) -> None:
    past = past_of(
        tmp_path, {**START, KPI: csat(), DATA: rows("2026-09-30,82")},
        {CHECK_IN: update("$6M"), DATA: rows("2026-09-30,83")},
    )  # fmt: skip
    memory = tmp_path / "memory.json"
    first = history_of(past.folder, memory)
    written = memory.read_bytes()
    assert history_of(past.folder, memory) == first
    assert memory.read_bytes() == written


def test_a_key_result_is_named_as_it_is_called_now(tmp_path: Path) -> None:
    memory = tmp_path / "memory.json"
    past = past_of(tmp_path, START, {CHECK_IN: update("$6M")})
    history_of(past.folder, memory)
    past.by(
        ADA, "2026-10-20",
        {"okrs/grow.md": grow().replace("Double the revenue", "Earn more")},
    )  # fmt: skip
    found = history_of(past.folder, memory)
    assert "“Earn more” $6M" in sentences(found, "okrs/grow.md")[1]
    assert found == history_of(past.folder, tmp_path / "new.json")
