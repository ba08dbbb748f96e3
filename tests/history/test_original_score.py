"""The score against the original targets, read out of the history of small organisations."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from okrsite.history.diff.text import as_text
from okrsite.history.log.goalposts import original_score
from okrsite.history.log.model import History
from okrsite.scores import score_project
from okrsite.settings import read_settings
from tests.histories import ADA, Past
from tests.history.test_log import history_of
from tests.samples import Files, document, project_of

TODAY = date(2026, 11, 28)
WAY = "okrs/2026-q4/way.md"
A, B = "{id: a, title: Alpha, from: 0, to: 100}", "{id: b, title: Beta, from: 10, to: 20}"
D = "{id: d, title: Delta, from: 0, to: 10}"
HALF = "{date: 2026-10-05, values: {a: 50}}"
BOTH = "{date: 2026-10-05, values: {a: 50, b: 14}}"


def way(results: Sequence[str], *check_ins: str) -> str:
    lines = ["title: The way", "owner: company", "key_results:", *(f"  - {r}" for r in results)]
    if check_ins:
        lines += ["check_ins:", *(f"  - {c}" for c in check_ins)]
    return document("objective", *lines)


def kpi(*readings: tuple[str, float]) -> str:
    rows = (f"  - {{date: {day}, value: {value}}}" for day, value in readings)
    return document("kpi", "owner: company", "readings:", *rows)


def update(values: str) -> str:
    return document(
        "check-in", "date: 2026-10-05", "owner: company", "updates:",
        f"  - {{objective: way, values: {{{values}}}}}",
    )  # fmt: skip


def past_of(folder: Path, *commits: tuple[str, Files]) -> tuple[History, Files]:
    """Make the commits, and return their history and the files at its end."""
    past, files = Past(folder), dict[str, str | bytes]()
    for day, written in commits:
        past.by(ADA, day, written)
        files |= written
    return history_of(folder), {uri: text for uri, text in files.items() if text}


def original(folder: Path, *commits: tuple[str, Files]) -> float | None:
    history, files = past_of(folder, *commits)
    project = project_of(files)
    objective = project.objectives["okrs/2026-q4/way"]
    figures = score_project(project, read_settings({}), TODAY).objectives[objective.id]
    moved = history.goalposts[objective.id]
    return original_score(moved, objective, figures, project.cycles["2026-q4"], TODAY)


COMPANY = {"company.md": document("company", "title: Acme")}
BEGAN = ("2026-09-25", {**COMPANY, WAY: way([A, B])})


@pytest.mark.parametrize("ids", [True, False])
def test_what_was_dropped_beside_a_new_one_keeps_what_it_had_reached(
    tmp_path: Path, ids: bool
) -> None:
    def written(results: Sequence[str], *check_ins: str) -> Files:
        text = way(results, *check_ins)
        if not ids:
            for id, place in (
                ("a", 1),
                ("b", 2),
                ("d", results.index(D) + 1 if D in results else 9),
            ):
                text = text.replace(f"id: {id}, ", "")
                text = text.replace(f"{id}: 5", f"kr{place}: 5").replace(
                    f"{id}: 14", f"kr{place}: 14"
                )
        return {WAY: text}

    commits = (
        ("2026-09-25", {**COMPANY, **written([A, B])}),
        ("2026-10-05", written([A, B], BOTH)),
        ("2026-10-15", written([A, B, D], BOTH)),
        ("2026-10-25", written([A, D], HALF)),
        ("2026-11-09", written([A, D], HALF, "{date: 2026-11-09, values: {d: 5}}")),
    )
    assert original(tmp_path / "site", *commits) == pytest.approx(0.45)


def test_what_replaced_another_in_one_commit_is_not_the_other(tmp_path: Path) -> None:
    commits = (
        BEGAN,
        ("2026-10-05", {WAY: way([A, B], BOTH)}),
        ("2026-10-25", {WAY: way([A, D], HALF, "{date: 2026-10-25, values: {d: 10}}")}),
    )
    assert original(tmp_path / "site", *commits) == pytest.approx(0.45)


def test_what_is_restored_counts_with_its_values_of_today(tmp_path: Path) -> None:
    commits = (
        BEGAN,
        ("2026-10-05", {WAY: way([A, B], BOTH)}),
        ("2026-10-15", {WAY: way([A], HALF)}),
        ("2026-10-25", {WAY: way([A, B.replace("20", "15")], BOTH)}),
    )
    assert original(tmp_path / "site", *commits) == pytest.approx(0.45)


@pytest.mark.parametrize("after", [update("a: 50"), ""])
def test_values_of_check_in_documents_count_for_what_was_dropped(
    tmp_path: Path, after: str
) -> None:
    uri = "check-ins/2026-10-05.md"
    alone = way([A]) if after else way([A], HALF)
    commits = (
        BEGAN,
        ("2026-10-05", {uri: update("a: 50, b: 14")}),
        ("2026-10-25", {WAY: alone, uri: after}),
    )
    assert original(tmp_path / "site", *commits) == pytest.approx(0.45)


def test_values_of_a_private_check_in_document_count_for_nothing(tmp_path: Path) -> None:
    uri, private = "check-ins/2026-10-05.md", "visibility: private\ndate:"
    commits = (
        BEGAN,
        ("2026-10-05", {uri: update("b: 14").replace("date:", private, 1)}),
        ("2026-10-25", {WAY: way([A], HALF), uri: ""}),
    )
    assert original(tmp_path / "site", *commits) == pytest.approx(0.25)


def test_the_readings_of_its_kpi_count_for_what_was_dropped(tmp_path: Path) -> None:
    on_kpi = "{id: b, title: Beta, kpi: calls, from: 10, to: 20}"
    readings = [("2026-09-30", 10), ("2026-10-20", 14), ("2026-11-10", 20)]
    commits = (
        ("2026-09-25", {**COMPANY, "kpis/calls.md": kpi(*readings[:1]), WAY: way([A, on_kpi])}),
        ("2026-10-20", {"kpis/calls.md": kpi(*readings[:2])}),
        ("2026-10-25", {WAY: way([A], HALF)}),
        ("2026-11-10", {"kpis/calls.md": kpi(*readings)}),
    )
    assert original(tmp_path / "site", *commits) == pytest.approx(0.45)


def test_what_has_another_kpi_is_measured_by_the_original_one(tmp_path: Path) -> None:
    calls = "{id: b, title: Beta, kpi: calls, from: 10, to: 20}"
    commits = (
        ("2026-09-25", {**COMPANY, WAY: way([A, calls]),
                        "kpis/calls.md": kpi(("2026-10-20", 14)),
                        "kpis/mails.md": kpi(("2026-10-20", 19))}),
        ("2026-10-25", {WAY: way([A, calls.replace("calls", "mails")], HALF)}),
    )  # fmt: skip
    assert original(tmp_path / "site", *commits) == pytest.approx(0.45)
    # Nobody knows whether a KPI that is gone was private.
    history, _ = past_of(tmp_path / "gone", *commits, ("2026-10-26", {"kpis/calls.md": ""}))
    assert not history.goalposts


def test_values_that_were_stated_before_a_kpi_came_count_on(tmp_path: Path) -> None:
    commits = (
        BEGAN,
        ("2026-10-05", {WAY: way([A, B], BOTH)}),
        ("2026-10-25", {"kpis/calls.md": kpi(("2026-10-20", 19)),
                        WAY: way([A, B.replace("from", "kpi: calls, from")], HALF)}),
    )  # fmt: skip
    assert original(tmp_path / "site", *commits) == pytest.approx(0.45)


def test_an_edited_start_reading_is_a_goalpost(tmp_path: Path) -> None:
    result = "{id: a, title: Alpha, kpi: calls, to: 40}"
    first = [("2026-09-30", 20)]
    commits = [
        ("2026-09-25", {**COMPANY, WAY: way([result]), "kpis/calls.md": kpi(("2026-08-31", 5))}),
        # The reading that the cycle begins with may be written a little later.
        ("2026-10-03", {"kpis/calls.md": kpi(("2026-08-31", 5), *first)}),
        ("2026-10-20", {"kpis/calls.md": kpi(*first, ("2026-10-20", 30))}),
        ("2026-11-02", {"kpis/calls.md": kpi(("2026-09-30", 28), ("2026-10-20", 30))}),
    ]
    history, _ = past_of(tmp_path / "site", *commits)
    [entry] = history.goalposts["okrs/2026-q4/way"].entries
    assert entry.day == date(2026, 11, 2)
    assert [as_text(change.sentence) for change in entry.changes] == [
        "Start of “Alpha”, by the KPI: 20 → 28"
    ]
    assert original(tmp_path / "again", *commits) == pytest.approx(0.5)


def launch(*milestones: str, title: str = "Launch") -> Files:
    return {WAY: way([f"{{id: m, title: {title}, milestones: [{', '.join(milestones)}]}}"])}


DESIGN, BUILD = "{title: Design, done: 2026-09-20}", "{title: Build it}"
BUILT = "{title: Build it, done: 2026-10-10}"
SHIP, DOCS = "{title: Ship it, weight: 2}", "{title: Write the guide, weight: 2}"


@pytest.mark.parametrize("more", ["", DOCS, BUILD.replace("Build", "Sell")])
def test_a_dropped_milestone_counts_with_what_it_had_reached(tmp_path: Path, more: str) -> None:
    after = [DESIGN, more, SHIP] if more else [DESIGN, SHIP]
    commits = (
        ("2026-09-25", {**COMPANY, **launch(DESIGN, BUILD, SHIP)}),
        ("2026-10-10", launch(DESIGN, BUILT, SHIP)),
        ("2026-10-25", launch(*after)),
        ("2026-11-09", launch(*after[:-1], SHIP.replace("2", "2, progress: 50%"))),
    )
    # 1 and 1 and half of 2, of 4.
    assert original(tmp_path / "site", *commits) == pytest.approx(0.75)


def test_milestones_that_were_dropped_one_after_another_each_count(tmp_path: Path) -> None:
    commits = (
        ("2026-09-25", {**COMPANY, **launch(DESIGN, BUILD, SHIP)}),
        ("2026-10-10", launch(DESIGN, BUILD, SHIP.replace("2", "2, progress: 50%"))),
        ("2026-10-15", launch(DESIGN, BUILD)),
        ("2026-10-20", launch(DESIGN, BUILT)),
        ("2026-10-25", launch(DESIGN, title="Launch the shop")),
    )
    assert original(tmp_path / "site", *commits) == pytest.approx(0.75)
    dropped = (*commits, ("2026-10-30", {WAY: way([A])}))
    assert original(tmp_path / "dropped", *dropped) == pytest.approx(0.75)


def test_a_renamed_milestone_counts_with_its_progress_of_today(tmp_path: Path) -> None:
    commits = (
        ("2026-09-25", {**COMPANY, **launch(DESIGN, BUILD, SHIP)}),
        ("2026-10-25", launch(DESIGN, BUILT.replace(" it", " it all"), SHIP.replace("2", "1"))),
    )
    assert original(tmp_path / "site", *commits) == pytest.approx(0.5)


def test_a_restored_milestone_counts_with_its_progress_of_today(tmp_path: Path) -> None:
    commits = (
        ("2026-09-25", {**COMPANY, **launch(DESIGN, BUILD, SHIP)}),
        ("2026-10-10", launch(DESIGN, SHIP)),
        ("2026-10-25", launch(DESIGN, BUILT, SHIP)),
    )
    assert original(tmp_path / "site", *commits) == pytest.approx(0.5)


def test_milestones_do_not_measure_what_is_only_done_or_not(tmp_path: Path) -> None:
    commits = (
        ("2026-09-25", {**COMPANY, **launch(DESIGN, BUILD)}),
        ("2026-10-25", {WAY: way(["{id: m, title: Launch, done: true}"])}),
    )
    assert original(tmp_path / "site", *commits) is None


CYCLE = document("cycle", "id: 2026-q4", "start: 2026-10-01", "end: 2026-11-15")


def test_the_days_that_a_cycle_began_with_bound_what_counts(tmp_path: Path) -> None:
    late = "{date: 2026-11-20, values: {a: 80}}"
    commits = (
        ("2026-09-25", {**COMPANY, "cycles/q.md": CYCLE, WAY: way([A])}),
        ("2026-11-10", {"cycles/q.md": CYCLE.replace("11-15", "12-31")}),
        ("2026-11-20", {WAY: way([A], HALF, late)}),
    )
    history, _ = past_of(tmp_path / "site", *commits)
    [entry] = history.cycles["2026-q4"].entries
    assert [as_text(change.sentence) for change in entry.changes] == [
        "Last day: 15 Nov 2026 → 31 Dec 2026"
    ]
    assert original(tmp_path / "again", *commits) == pytest.approx(0.5)


def test_a_calendar_cycle_that_gets_a_later_end_has_moved(tmp_path: Path) -> None:
    longer = CYCLE.replace("2026-11-15", "2027-02-28")
    history, _ = past_of(tmp_path / "site", BEGAN, ("2026-10-25", {"cycles/q.md": longer}))
    [entry] = history.cycles["2026-q4"].entries
    assert as_text(entry.changes[0].sentence) == "Last day: 31 Dec 2026 → 28 Feb 2027"
    assert history.cycles["2026-q4"].original.end == date(2026, 12, 31)
    early, _ = past_of(tmp_path / "early", BEGAN, ("2026-09-26", {"cycles/q.md": longer}))
    assert not early.cycles


LATE = "{date: 2026-11-20, values: {a: 80}}"
MOVED = [
    # Without its document the calendar's days hold.
    [{"cycles/q.md": ""}],
    [{"cycles/q.md": "", "periods/2026-q4.md": CYCLE.replace("11-15", "12-31")}],
    [{"cycles/q.md": ""}, {"periods/q.md": CYCLE.replace("11-15", "12-31")}],
    [{"cycles/q.md": CYCLE.replace("11-15", "11-01")}, {"cycles/q.md": ""}],
]


@pytest.mark.parametrize("moves", MOVED)
def test_a_cycle_whose_document_is_deleted_or_moved_ends_later(
    tmp_path: Path, moves: Sequence[Files]
) -> None:
    commits = [("2026-09-25", {**COMPANY, "cycles/q.md": CYCLE, WAY: way([A])})]
    commits += [(f"2026-10-{day}", files) for day, files in zip((10, 20), moves, strict=False)]
    commits.append(("2026-11-20", {WAY: way([A], HALF, LATE)}))
    history, _ = past_of(tmp_path / "site", *commits)
    [entry] = history.cycles["2026-q4"].entries
    assert [as_text(change.sentence)[-13:] for change in entry.changes] == ["→ 31 Dec 2026"]
    assert history.cycles["2026-q4"].original.end == date(2026, 11, 15)
    assert original(tmp_path / "again", *commits) == pytest.approx(0.5)


def test_a_moved_document_with_the_same_days_moves_nothing(tmp_path: Path) -> None:
    began = ("2026-09-25", {**COMPANY, "cycles/q.md": CYCLE, WAY: way([A])})
    moved = {"cycles/q.md": "", "periods/q.md": CYCLE.replace("id:", "title: Autumn\nid:")}
    history, _ = past_of(tmp_path / "site", began, ("2026-10-10", moved))
    assert not history.cycles
    whole = (began[0], {**began[1], "cycles/q.md": CYCLE.replace("11-15", "12-31")})
    history, _ = past_of(tmp_path / "whole", whole, ("2026-10-10", {"cycles/q.md": ""}))
    assert not history.cycles


def test_a_start_that_moved_leaves_the_goalposts_where_they_were(tmp_path: Path) -> None:
    later = CYCLE.replace("2026-10-01", "2026-11-05")
    commits = (
        ("2026-09-25", {**COMPANY, "cycles/q.md": CYCLE, WAY: way([A], HALF)}),
        ("2026-10-20", {"cycles/q.md": later}),
        ("2026-10-30", {WAY: way([A.replace("100", "80")], HALF)}),
    )
    history, _ = past_of(tmp_path / "site", *commits)
    assert history.cycles["2026-q4"].original.start == date(2026, 10, 1)
    assert original(tmp_path / "again", *commits) == pytest.approx(0.5)


def test_a_check_in_document_speaks_of_the_key_results_of_its_time(tmp_path: Path) -> None:
    """Without ids a dropped key result renumbers those below it."""
    uri = "check-ins/2026-10-05.md"
    nameless = [text.replace(f"id: {id}, ", "") for id, text in zip("abd", (A, B, D), strict=True)]
    alpha, beta, delta = nameless
    commits = (
        ("2026-09-25", {**COMPANY, WAY: way([delta, alpha, beta])}),
        ("2026-10-05", {uri: update("kr1: 10, kr2: 50, kr3: 14")}),
        ("2026-10-15", {WAY: way([alpha, beta])}),
        ("2026-10-25", {WAY: way([beta])}),
    )
    # Delta 1, Alpha 0.5; of Beta today's document says what Delta had.
    assert original(tmp_path / "site", *commits) == pytest.approx((1 + 0.5 + 0) / 3)
