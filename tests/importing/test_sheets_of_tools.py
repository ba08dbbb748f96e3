"""Sheets as other tools and people lay them out, beyond the worked examples."""

import datetime
from typing import Any

import pytest

from tests.importing.samples import Sheets
from tests.importing.test_files import workbook

ANN, BOB = "ann.lee@example.com", "bob.ray@example.com"


def test_rows_of_peoplebox_name_their_parent_by_title(sheets: Sheets) -> None:
    table = (
        "OKR Title,Type,Owner Email,Department,Cycle,Start Date,Due Date,Metric Type,"
        "Start Value,Current Value,Target Value,Progress,Status,Parent OKR\n"
        f"Delight,Objective,{ANN},Sales,Q4 2026,2026-10-01,2026-12-31,,,,,45%,On Track,\n"
        f"CSAT,Key Result,{ANN},Sales,Q4 2026,2026-10-01,2026-12-31,Percentage,70,76,85,40%,"
        "On Track,Delight\n"
        ",,,,,,,,,,,,,\n"
        f"Reply,Key Result,{BOB},Sales,Q4 2026,2026-10-01,2026-11-30,Number,8,6,4,50%,,Delight\n"
    )
    answer = sheets.written({"a.csv": table})
    delight = answer.fields("okrs/2026-q4/sales/delight.md")
    csat, reply = delight["key_results"]
    assert (csat["from"], csat["to"], csat["owner"]) == ("70%", "85%", "ann-lee")
    assert (reply["due"], reply["owner"]) == ("2026-11-30", "bob-ray")
    assert delight["check_ins"][0]["values"] == {"csat": "76%", "reply": "6"}
    assert "@" not in answer.text("okrs/2026-q4/sales/delight.md")


def test_pages_of_notion_name_their_parent_with_its_address(sheets: Sheets) -> None:
    table = (
        "Name,Assign,Type,Quarter,Progress,Parent item,Sub-item,Due\n"
        'Delight,"Ann Lee, Bob Ray",Objective,Q4 2026,0.45,,CSAT (https://www.notion.so/a),\n'
        "CSAT,Ann Lee,Key Result,Q4 2026,0.4,Delight (https://www.notion.so/b),,"
        '"December 31, 2026"\n'
    )
    answer = sheets.written({"a.csv": table})
    delight = answer.fields("okrs/2026-q4/ann-lee/delight.md")
    assert delight["owners"] == ["ann-lee", "bob-ray"]
    assert delight["check_ins"][0]["values"] == {"csat": "0.4"}
    assert [f["column"] for f in answer.found("OKR611")] == ["Sub-item"]


@pytest.mark.parametrize(
    ("shares", "value"),
    [("45 %,10 %,90 %", "45%"), ("45%,10%,90%", "45%"), ("0.45,0.1,0.9", "0.45")],
)
def test_columns_in_any_order_with_percentages(sheets: Sheets, shares: str, value: str) -> None:
    header = "Current,Start,Target,Key result,Owner,Period,Objective"
    answer = sheets.written({"a.csv": f"{header}\n{shares},Share,{ANN},Q4 2026,Grow\n"})
    grow = answer.fields("okrs/2026-q4/ann-lee/grow.md")
    assert grow["check_ins"][0]["values"] == {"share": value}
    assert answer.codes == []


def test_merged_cells_titles_and_dates_as_text(sheets: Sheets) -> None:
    rows = [
        ["Acme OKRs"],
        [],
        ["Objective", "Owner", "Key Result", "Start", "Target", "Current", "Due date"],
        ["Delight", ANN, "CSAT", 0.7, 0.85, 0.76, datetime.date(2026, 12, 31)],
        [None, None, "Reply", 8, 4, 6, "30 Nov 2026"],
        [],
        ["Grow", BOB, "Churn", "5%", "3%", "4 %", None],
        [None, None, "ARR", "$0", "$2M", "$0.4M", "31.12.2026"],
    ]

    def merge(book: Any) -> None:
        page = book["Q4 2026"]
        for cell in ("D4", "E4", "F4"):
            page[cell].number_format = "0%"
        for cells in ("A1:G1", "A4:A5", "B4:B5", "A7:A8", "B7:B8"):
            page.merge_cells(cells)

    answer = sheets.written({"a.xlsx": workbook({"Q4 2026": rows}, merge)})
    csat, reply = answer.fields("okrs/2026-q4/ann-lee/delight.md")["key_results"]
    assert (csat["to"], reply["due"]) == ("85%", "2026-11-30")
    grow = answer.fields("okrs/2026-q4/bob-ray/grow.md")
    assert grow["check_ins"][0]["values"] == {"churn": "4%", "arr": "400000 USD"}


def test_the_line_above_the_header_may_say_the_cycle(sheets: Sheets) -> None:
    table = "Company OKRs Q4 2026,,\n,,\nObjective,Key Results,Owner\nGrow,Users,Ann Lee\n"
    answer = sheets.written({"a.csv": table})
    assert "okrs/2026-q4/ann-lee/grow.md" in answer.files
    assert [f["message"] for f in answer.found("OKR613")] == [
        "“Company OKRs Q4 2026” above the header says which cycle it is: 2026 Q4"
    ]


def test_what_the_user_says_goes_before_the_line_above(sheets: Sheets) -> None:
    table = "OKRs Q3 2026,,\nObjective,Key Results,Owner\nGrow,Users,Ann Lee\n"
    answer = sheets.written({"a.csv": table}, "--cycle", "2026-q4")
    assert answer.files == ["okrs/2026-q4/ann-lee/grow.md"]
    assert answer.codes == []


def test_a_date_above_the_header_is_no_cycle(sheets: Sheets) -> None:
    table = "Exported 2026-11-30,,\nObjective,Key Results,Owner\nGrow,Users,Ann Lee\n"
    assert sheets.refused({"a.csv": table}).codes == ["OKR602"]
