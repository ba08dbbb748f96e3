"""What lint reports of documents that git merges by union."""

import pytest

from okrsite.documents.trees import MemoryTree
from okrsite.history.union_merges import lines_at_risk
from tests.samples import document, objective, places, project_of

GROW = "okrs/2026-q4/company/grow.md"
KPI = "kpis/company/nps.md"


def found(files: dict[str, str], *uris: str) -> list[str]:
    return places(lines_at_risk(project_of(files), MemoryTree(files), uris or tuple(files)))


def kpi(readings: str) -> str:
    return document("kpi", "title: NPS", "keep: {min: 1}", readings)


@pytest.mark.parametrize(
    ("entry", "reported"),
    [
        ("- {date: 2026-11-09, note: A}", False),
        ("- {date: 2026-11-09, note: A}  # late", False),
        ("- date: 2026-11-09\n    note: A", True),
        ("- note: A\n    date: 2026-11-09", True),
        ("- {date: 2026-11-09,\n     note: A}", True),
        ("-\n    date: 2026-11-09\n    note: A", True),
    ],
)
def test_a_check_in_over_several_lines_is_reported(entry: str, reported: bool) -> None:
    text = objective("id: a, title: A, to: 5", "id: b, title: B, to: 5")
    files = {GROW: text.replace("\n---\n", f"\ncheck_ins:\n  {entry}\n---\n")}
    assert bool(found(files)) is reported
    assert found(files, KPI) == []


def test_only_the_last_entry_matters_beside_which_new_ones_go() -> None:
    entries = "  - date: 2026-11-02\n    note: A\n  - {date: 2026-11-09, note: B}"
    text = objective("id: a, title: A, to: 5")
    assert found({GROW: text.replace("\n---\n", f"\ncheck_ins:\n{entries}\n---\n")}) == []
    listed = objective("id: a, title: A, to: 5", check_ins="[{date: 2026-11-09, note: B}]")
    assert found({GROW: listed}) == []


def test_readings_are_lines_too_but_not_those_of_a_file_of_data() -> None:
    assert found({KPI: kpi("readings:\n  - {date: 2026-10-31, value: 4}")}) == []
    assert found({KPI: kpi("readings:\n  - date: 2026-10-31\n    value: 4")}) == [f"OKR113 {KPI}:6"]
    files = {KPI: kpi("data: nps.csv"), "kpis/company/nps.csv": "date,value\n2026-10-31,4\n"}
    assert found(files) == []


def test_a_check_in_document_is_not_merged_by_union() -> None:
    update = document("check-in", "date: 2026-11-09", "updates:\n  - {objective: grow, note: A}")
    files = {GROW: objective("id: a, title: A, to: 5"), "check-ins/north.md": update}
    assert found(files) == ["OKR113 check-ins/north.md:1"]
    assert found(files, GROW) == []
