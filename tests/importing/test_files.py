"""The formats of files: encodings, workbooks, Markdown, YAML and JSON."""

import datetime
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl

from tests.importing.samples import Sheets

OPTIONS = ("--owner", "sales", "--cycle", "2026-q4")
GROW = "okrs/2026-q4/sales/grow.md"


def workbook(
    sheets: Mapping[str, Sequence[Sequence[object]]], finish: Callable[[Any], None] | None = None
) -> bytes:
    made: Any = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if finish is not None:
        finish(made)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def test_bytes_that_are_not_utf8_are_refused_with_their_row(sheets: Sheets) -> None:
    table = "Objective;Key result;Target\nPflege;Überstunden;6\n".encode("cp1252")
    answer = sheets.refused({"a.csv": table}, *OPTIONS)
    assert [(f["code"], f["row"]) for f in answer.data["findings"]] == [("OKR601", 2)]
    told = sheets.written({"a.csv": table}, *OPTIONS, "--encoding", "cp1252")
    assert "Überstunden" in told.text("okrs/2026-q4/sales/pflege.md")


def test_excels_first_line_and_byte_order_mark_are_skipped(sheets: Sheets) -> None:
    table = "\ufeffsep=;\r\nObjective;Key result;Target\r\nGrow;Users;TBD\r\n"
    answer = sheets.written({"a.csv": table}, *OPTIONS)
    assert [f["row"] for f in answer.found("OKR611")] == [2]


def test_what_is_no_table_is_refused(sheets: Sheets) -> None:
    for content in ("", "hello\nworld\n", "Objective\n", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0"):
        answer = sheets.refused({"a.csv": content}, *OPTIONS)
        assert answer.codes == ["OKR601"], content
    missing = sheets.run({}, "nothing.csv", *OPTIONS)
    assert (missing.exit_code, missing.codes) == (1, ["OKR601"])


def test_a_workbook_of_several_sheets(sheets: Sheets) -> None:
    day = datetime.date
    content = workbook(
        {
            "Sessions": [
                ["Session", "Session ID", "Start date", "End date"],
                ["Autumn", "s1", day(2026, 9, 1), day(2026, 12, 15)],
            ],
            "Teams": [
                ["Team name", "Parent team", "Members"],
                ["Shop", "Sales", "Tom Berg"],
                ["Night shop", "Shop", "Tom Berg"],
            ],
            "Users": [["User name", "User email"], ["Thomas Berg", "tb@example.com"]],
            "Objectives": [
                ["Objective ID", "Objective", "Owner", "Session"],
                ["O-1", "Grow", "Shop", "Autumn"],
            ],
            "Key Results": [
                ["KR ID", "Objective ID", "Key result", "Owner", "Target", "Current"],
                ["K-1", "O-1", "Users", "tb@example.com", 50, 20],
            ],
            "Tasks": [
                ["Task", "KR ID", "Assignee", "Status", "Due date"],
                ["Call", "K-1", "Tom Berg", "In progress", day(2026, 11, 30)],
            ],
            "Values": [
                ["Date", "Key result", "Value", "Confidence", "Notes"],
                [day(2026, 10, 12), "Users", 12, "High", "A start."],
            ],
            "Hidden": [["Objective", "Key result"], ["Secret", "Plan"]],
        },
        lambda made: setattr(made["Hidden"], "sheet_state", "hidden"),
    )
    answer = sheets.written({"a.xlsx": content})
    grow = answer.fields("okrs/autumn/shop/grow.md")
    assert grow["x-import-id"] == "O-1"
    assert [(r["id"], r["owner"]) for r in grow["key_results"]] == [("k-1", "thomas-berg")]
    assert grow["initiatives"][0]["key_result"] == "k-1"
    first = grow["check_ins"][0]
    assert first["date"] == "2026-10-12"
    assert first["values"] == {"k-1": {"value": "12", "confidence": "0.8", "note": "A start."}}
    assert answer.fields("people/tom-berg.md")["team"] == "night-shop"
    assert answer.fields("teams/night-shop.md")["parent"] == "shop"
    assert "Secret" not in json.dumps(answer.data)


def test_cells_have_their_formats_and_formulas_no_guess(sheets: Sheets) -> None:
    def finish(made: Any) -> None:
        made["A"]["C3"] = "=1/0"
        made["A"]["C4"].value = "#DIV/0!"
        made["A"]["C4"].data_type = "e"

    rows = [["Objective", "Key result", "Target"], ["Grow", "Share", 0.3]]
    percent = workbook({"A": rows}, lambda made: setattr(made["A"]["C2"], "number_format", "0%"))
    answer = sheets.written({"a.xlsx": percent}, *OPTIONS)
    assert answer.fields(GROW)["key_results"][0]["to"] == "30%"
    rows += [[None, "Costs", None], [None, "Loss", None]]
    answer = sheets.refused({"a.xlsx": workbook({"A": rows}, finish)}, *OPTIONS)
    assert [finding["row"] for finding in answer.found("OKR606")] == [3, 4]


def test_headings_boxes_and_fields_in_markdown(sheets: Sheets) -> None:
    text = (
        "# Plan for Q4 2026\n\nHello.\n\n## Growth\n\n### Objective 1: Grow [SALES]\n\n"
        "**Tags:** north\n\nBecause.\n\n- KR 1.1: Revenue from $1M to $2M (now $1.3M)\n"
        "  - **Owner:** Ann Lee\n- [x] Shop (Ann Lee)\n- [ ] ~~Print~~\n"
        "- Hotels [^1]\n  - [x] One\n  - [ ] Two\n- Initiative: Call all (Ann Lee)\n\n"
        "Supports: O2\n\n### O2: Be known\n\n- Hire 3 people\n\n## Not now\n\n- A tour\n\n"
        "[^1]: https://example.com/hotels\n"
    )
    answer = sheets.written({"a.md": text}, "--owner", "sales")
    grow = answer.fields(GROW)
    assert (grow["tags"], grow["aligns_to"]) == (["Growth", "north"], "be-known")
    revenue, shop, old, hotels = grow["key_results"]
    assert (revenue["id"], revenue["owner"], revenue["to"]) == ("kr1-1", "ann-lee", "2000000 USD")
    assert (shop["done"], shop["owner"], old["status"]) == ("true", "ann-lee", "cancelled")
    assert [m["done"] for m in hotels["milestones"]] == ["true", "false"]
    assert hotels["description"] == "https://example.com/hotels"
    assert grow["initiatives"] == [{"title": "Call all", "owner": "ann-lee"}]
    assert answer.text(GROW).endswith("---\nBecause.\n")
    assert [f["row"] for f in answer.found("OKR611")] == [3, 26, 30]


def test_signs_and_names_before_a_title_in_markdown(sheets: Sheets) -> None:
    lines = ["- 🚀 KR 1: Users from 5 to 8", "- Ann Lee: Close deals", "- Note: A"]
    text = "\n".join(["# 🎯 Objective 1: Grow", "", *lines, ""])
    results = sheets.written({"a.md": text}, *OPTIONS).fields(GROW)["key_results"]
    said = [(result["title"], result.get("owner")) for result in results]
    assert said == [("Users", None), ("Close deals", "ann-lee"), ("Note: A", None)]


def test_tables_in_markdown(sheets: Sheets) -> None:
    text = (
        "### Grow\n\n| Key result | Target | Current |\n|---|---|---|\n| Users | 50 | 20 |\n"
        "| **Shrink** | | |\n| Costs | ≤ 5 | |\n"
    )
    answer = sheets.written({"a.md": text}, *OPTIONS)
    assert answer.fields(GROW)["key_results"][0]["to"] == "50"
    shrink = answer.fields("okrs/2026-q4/sales/shrink.md")
    assert shrink["key_results"][0]["keep"] == {"max": "5"}


def test_json_and_yaml_with_the_keys_of_their_author(sheets: Sheets) -> None:
    goals = [
        {
            "name": "Grow", "visibility": "private", "unknown": {"a": 1}, "tags": ["a", "b"],
            "key_results": [{"name": "Users", "target": 50.5, "current": 20}, "Be liked"],
        },
    ]  # fmt: skip
    text = json.dumps({"period": "Q4 2026", "team": "Sales", "goals": goals}, indent="\t")
    answer = sheets.written({"a.json": text})
    grow = answer.fields(GROW)
    assert (grow["visibility"], grow["tags"]) == ("private", ["a", "b"])
    assert [r.get("to") for r in grow["key_results"]] == ["50.5", None]
    assert [f["column"] for f in answer.found("OKR611")] == ["unknown"]
    for broken in ("- a: [1\n", "just text\n", "[" * 5000):
        assert sheets.refused({"b.yaml": broken}).codes == ["OKR601"]


def test_several_files_are_one_import_in_any_order(sheets: Sheets) -> None:
    values = "Date,Key result,Value\n2026-11-02,Users,5\n2026-11-09,Nobody,5\n"
    goals = "Objective,Key result,Target\nGrow,Users,50\n"
    answer = sheets.refused({"a.csv": values, "b.csv": goals}, *OPTIONS)
    assert [(f["code"], f["row"]) for f in answer.data["findings"]] == [("OKR603", 3)]
    answer = sheets.written({"a.csv": values.replace("Nobody", "Users"), "b.csv": goals}, *OPTIONS)
    assert [entry["date"] for entry in answer.fields(GROW)["check_ins"]] == [
        "2026-11-02",
        "2026-11-09",
    ]
