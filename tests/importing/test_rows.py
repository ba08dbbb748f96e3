"""Tables to documents: the four models of rows, headers, owners, cycles and what is refused."""

from pathlib import Path

import pytest

from tests.importing.samples import SITE, Sheets
from tests.samples import objective


def test_one_row_a_key_result_with_the_objective_on_its_first_row(sheets: Sheets) -> None:
    table = (
        "Team,Objective,Key Result,Owner,Baseline,Target,Current,Quarter\n"
        "Sales,Sell more,Deals,Ann Lee,10,30,20,Q4 2026\n"
        ",,Refunds,Ben Ode,9%,3%,7%,\n"
        "\n"
        "Shop,Open early,Hours a day,Ben Ode,8 h,12 h,,Q4 2026\n"
    )
    answer = sheets.written({"a.csv": table})
    assert answer.data["counts"]["objectives"] == 2
    sell = answer.fields("okrs/2026-q4/sales/sell-more.md")
    assert [(r["title"], r["from"], r["to"], r["owner"]) for r in sell["key_results"]] == [
        ("Deals", "10", "30", "ann-lee"),
        ("Refunds", "9%", "3%", "ben-ode"),
    ]
    assert sell["check_ins"] == [{"date": "2026-11-16", "values": {"deals": "20", "refunds": "7%"}}]
    assert "check_ins" not in answer.fields("okrs/2026-q4/shop/open-early.md")
    assert answer.fields("teams/shop.md") == {"type": "team", "title": "Shop"}
    assert answer.fields("people/ben-ode.md") == {"type": "person", "title": "Ben Ode"}


def test_rows_that_name_their_parent(sheets: Sheets) -> None:
    table = (
        "Name,Type,Parent item,Owner,Status,Progress,Quarter,Due date\n"
        "Happy guests,Objective,,Ann Lee,,,Q4 2026,\n"
        "Quick replies,Key result,Happy guests (https://example.com/a-1),Ann Lee,,0.5,,2026-12-10\n"
        "New inbox,Project,Quick replies,Tom Berg,Done,,,2026-11-01\n"
        "Quick minds,Objective,Quick replies,Tom Berg,Draft,,Q4 2026,\n"
    )
    answer = sheets.written({"a.csv": table})
    happy = answer.fields("okrs/2026-q4/ann-lee/happy-guests.md")
    assert happy["key_results"] == [
        {"id": "quick-replies", "title": "Quick replies", "due": "2026-12-10"}
    ]
    assert happy["check_ins"][0]["values"] == {"quick-replies": "0.5"}
    assert happy["initiatives"] == [
        {
            "title": "New inbox", "owner": "tom-berg", "status": "done",
            "key_result": "quick-replies", "due": "2026-11-01",
        }
    ]  # fmt: skip
    minds = answer.fields("okrs/2026-q4/tom-berg/quick-minds.md")
    assert (minds["aligns_to"], minds["status"]) == ("happy-guests#quick-replies", "draft")


def test_dotted_numbers_are_a_tree_and_text(sheets: Sheets) -> None:
    rows = "".join(f"1.{n},Key result,R{n},Ann Lee,Q4 2026,{n}\n" for n in range(1, 11))
    table = f"Order,Type,Summary,Owner,Period,Target\n1,Objective,Grow,Ann Lee,Q4 2026,\n{rows}"
    answer = sheets.written({"a.csv": table})
    results = answer.fields("okrs/2026-q4/ann-lee/grow.md")["key_results"]
    assert [result["title"] for result in results] == [f"R{n}" for n in range(1, 11)]


def test_rows_without_types_tell_by_their_children_and_measures(sheets: Sheets) -> None:
    table = (
        "ID,Parent,Title,Owner,Quarter,Target,Current\n"
        "a,,Grow,Ann Lee,Q4 2026,,\n"
        "b,a,Users,Ann Lee,,50,20\n"
        "c,,Sell 10 boats,Ann Lee,Q4 2026,10,4\n"
    )
    answer = sheets.written({"a.csv": table})
    assert answer.fields("okrs/2026-q4/ann-lee/grow.md")["key_results"][0]["title"] == "Users"
    alone = answer.fields("okrs/2026-q4/ann-lee/sell-10-boats.md")
    assert [(r["title"], r["to"]) for r in alone["key_results"]] == [("Sell 10 boats", "10")]


def test_rows_of_key_results_align_to_each_other_and_to_the_site(tmp_path: Path) -> None:
    above = objective("id: a, title: A, to: 5", "id: b, title: B, to: 5", title="Be first")
    sheets = Sheets(tmp_path, {**SITE, "okrs/2026-q4/company/be.md": above})
    table = (
        "Objective,Aligns to,Key result,Target\n"
        "Grow,Be first,Users,5\n,,Visits,6\nWin,Grow,Deals,3\n"
    )
    answer = sheets.written({"a.csv": table}, "--owner", "sales", "--cycle", "2026-q4")
    assert answer.fields("okrs/2026-q4/sales/grow.md")["aligns_to"] == "be"
    assert answer.fields("okrs/2026-q4/sales/win.md")["aligns_to"] == "grow"


def test_rows_that_follow_their_objective(sheets: Sheets) -> None:
    table = (
        "name,type,progress,start_date,end_date,owner_email\n"
        "Grow,goal,,2026-10-01,2026-12-31,ann.lee@example.com\n"
        "Open a shop,milestone,50,2026-10-01,2026-11-30,ann.lee@example.com\n"
    )
    answer = sheets.written({"a.csv": table})
    grow = answer.fields("okrs/2026-q4/ann-lee/grow.md")
    assert grow["key_results"] == [
        {"id": "open-a-shop", "title": "Open a shop", "due": "2026-11-30"}
    ]
    assert "example.com" not in answer.text("okrs/2026-q4/ann-lee/grow.md")


def test_numbered_columns_are_the_key_results_of_a_row(sheets: Sheets) -> None:
    header = "Team,Objective,KR1,KR1 target,KR3,KR 3 target,KR3 owner"
    table = f"{header}\nSales,Grow,Users,500,Visits,9,Ann Lee\n"
    answer = sheets.written({"a.csv": table}, "--cycle", "Q4 2026")
    results = answer.fields("okrs/2026-q4/sales/grow.md")["key_results"]
    assert [(r["title"], r["to"], r.get("owner")) for r in results] == [
        ("Users", "500", None),
        ("Visits", "9", "ann-lee"),
    ]


def test_the_cells_decide_on_a_header_that_appears_twice(sheets: Sheets) -> None:
    table = "Ziel;Schlüsselergebnis;Start;Ziel;Ist\nWachsen;Gäste;10;20,5;12,5\n"
    answer = sheets.written({"a.csv": table}, "--owner", "Sales", "--cycle", "2026-q4")
    result = answer.fields("okrs/2026-q4/sales/wachsen.md")["key_results"][0]
    assert (result["title"], result["from"], result["to"]) == ("Gäste", "10", "20.5")
    assert [f["row"] for f in answer.found("OKR613")] == [2]


def test_columns_can_be_named_and_left_out(sheets: Sheets) -> None:
    table = "Objective,Key result,Wer,Target,Mood\nGrow,Users,Ann Lee,5,fine\n"
    options = ("--cycle", "2026-q4", "--map", "Wer=owner")
    answer = sheets.written({"a.csv": table}, *options)
    assert [f["column"] for f in answer.found("OKR611")] == ["Mood"]
    assert answer.files[0] == "okrs/2026-q4/ann-lee/grow.md"
    assert sheets.run({"a.csv": table}, *options, "--map", "Mood=ignore").codes == []


def test_a_column_that_two_claim_is_refused(sheets: Sheets) -> None:
    table = "Objective,Key result,Owner,Target,Target\nGrow,Users,Ann Lee,5,6\n"
    answer = sheets.refused({"a.csv": table}, "--cycle", "2026-q4")
    assert answer.codes == ["OKR602"]


@pytest.mark.parametrize(
    ("options", "says"), [((), ["--owner", "--cycle"]), (("--owner", "sales"), ["--cycle"])]
)
def test_what_nobody_says_is_asked_for_once(
    sheets: Sheets, options: tuple[str, ...], says: list[str]
) -> None:
    table = "Objective,Key result,Target\nGrow,Users,5\nShrink,Costs,6\n"
    answer = sheets.refused({"a.csv": table}, *options)
    assert answer.codes == ["OKR602"] * len(says)
    hints = [finding["hint"] for finding in answer.data["findings"]]
    assert all(any(option in hint for hint in hints) for option in says)


@pytest.mark.parametrize("below", [",,", "Grow,,", ",,Q4 2026", "Grow,Ann Lee,"])
def test_a_blank_owner_below_the_first_row_is_the_same(sheets: Sheets, below: str) -> None:
    rows = f"Grow,Ann Lee,Q4 2026,Users,5\n{below},Orders,6\nShrink,Bob Ray,Q4 2026,Costs,7\n"
    answer = sheets.written({"a.csv": f"Objective,Owner,Quarter,Key result,Target\n{rows}"})
    assert answer.files == [
        "okrs/2026-q4/ann-lee/grow.md", "okrs/2026-q4/bob-ray/shrink.md", "people/bob-ray.md",
    ]  # fmt: skip
    results = answer.fields("okrs/2026-q4/ann-lee/grow.md")["key_results"]
    assert [(r["title"], "owner" in r) for r in results] == [("Users", False), ("Orders", False)]


@pytest.mark.parametrize("owners", [("Ann Lee", "Bob Ray"), ("", "Ann Lee"), ("Ann Lee", "n/a")])
def test_rows_of_several_owners_are_asked_for_the_objective_s(
    sheets: Sheets, owners: tuple[str, str]
) -> None:
    table = f"Objective,Owner,Key result,Target\nGrow,{owners[0]},Users,5\n,{owners[1]},Orders,6\n"
    answer = sheets.refused({"a.csv": table}, "--cycle", "2026-q4")
    [finding] = answer.data["findings"]
    assert (finding["code"], "don't all name the same owner" in finding["message"]) == (
        "OKR602", True,
    )  # fmt: skip
    assert (
        finding["hint"] == "add --owner OWNER, or a column Team that says whose each objective is"
    )
    sheets.written({"a.csv": table}, "--cycle", "2026-q4", "--owner", "sales")


def test_everything_wrong_is_said_in_one_run_and_partly_imported_when_asked(sheets: Sheets) -> None:
    table = (
        "ID,Parent ID,Type,Title,Owner,Quarter,Start,Target,Current\n"
        "10,,Objective,Fresh apples,Orchard,Q4 2026,,,\n"
        "11,10,Key Result,Hours to the shelf,Orchard,Q4 2026,40,24,33\n"
        "11,10,Key Result,Boxes,Orchard,Q4 2026,90,20,many\n"
        "14,99,Key Result,Drivers,Orchard,Q4 2026,0,8,2\n"
        "15,16,Objective,Pickers,Orchard,Q4 2026,,,\n"
        "16,15,Objective,Rooms,Orchard,Q4 2026,,,\n"
        "18,10,Epic,Scales,Orchard,Q4 2026,,,\n"
        ",,Key Result,,Orchard,Q4 2026,,5,\n"
    )
    answer = sheets.refused({"a.csv": table})
    codes = ["OKR604", "OKR606", "OKR603", "OKR605", "OKR606", "OKR603"]
    assert sorted(answer.codes) == sorted(codes)
    assert [f["row"] for f in answer.found("OKR605")] == [6]
    partly = sheets.run({"a.csv": table}, "--partial")
    assert (partly.exit_code, partly.data["written"]) == (1, True)
    results = partly.fields("okrs/2026-q4/orchard/fresh-apples.md")["key_results"]
    assert [result["title"] for result in results] == ["Hours to the shelf", "Boxes"]


def test_private_stays_private(sheets: Sheets) -> None:
    table = (
        "Objective,Key result,Owner,Target,Quarter,Visibility\n"
        "Grow,Users,Ann Lee,5,Q4 2026,everyone\n"
        ",Pay,Ann Lee,6,,Only me\n"
        "Open,Doors,Ann Lee,4,Q4 2026,Everyone\n"
    )
    answer = sheets.written({"a.csv": table})
    assert answer.fields("okrs/2026-q4/ann-lee/grow.md")["visibility"] == "private"
    assert "visibility" not in answer.fields("okrs/2026-q4/ann-lee/open.md")
    assert [f["row"] for f in answer.found("OKR613")] == [3]


def test_cells_stay_text_and_name_no_place(sheets: Sheets) -> None:
    table = (
        "Objective,Key result,Owner,Target,Quarter\n"
        '"=HYPERLINK(""http://x"")",../../etc/passwd,../../../x,10,Q4 2026\n'
        "#1,yes,null person,7,Q4 2026\n"
        "---,<script>alert(1)</script>,Ann Lee,20,Q4 2026\n"
    )
    answer = sheets.written({"a.csv": table})
    assert sorted(answer.files) == [
        "okrs/2026-q4/ann-lee/objective.md", "okrs/2026-q4/null-person/1.md",
        "okrs/2026-q4/x/hyperlink-http-x.md", "people/null-person.md", "people/x.md",
    ]  # fmt: skip
    one = answer.fields("okrs/2026-q4/null-person/1.md")
    assert (one["title"], one["key_results"][0]["title"]) == ("#1", "yes")


def test_two_addresses_of_one_name_are_asked_about(sheets: Sheets) -> None:
    rows = "Grow,A,tom.berg@a.example,5\nWin,B,tom.berg@b.example,5\n"
    table = f"Objective,Key result,Owner,Target\n{rows}"
    answer = sheets.refused({"a.csv": table}, "--cycle", "2026-q4", "--owner", "sales")
    assert answer.codes == ["OKR607"]
    told = ("--who", "tom.berg@b.example=ann-lee")
    assert sheets.run({"a.csv": table}, "--cycle", "2026-q4", "--owner", "sales", *told).codes == []


def test_a_named_period_with_its_own_days_becomes_a_cycle(sheets: Sheets) -> None:
    table = (
        "Objective,Owner,Session,Start date,End date\n"
        "Grow,Ann Lee,Autumn term,2026-09-01,2026-12-15\n"
    )
    answer = sheets.written({"a.csv": table})
    assert answer.fields("cycles/autumn-term.md")["end"] == "2026-12-15"
    assert "okrs/autumn-term/ann-lee/grow.md" in answer.files
    lost = "Objective,Owner,Session\nGrow,Ann Lee,Spring term\n"
    assert sheets.refused({"b.csv": lost}).codes == ["OKR606"]
    fiscal = "Objective,Owner,Session\nGrow,Ann Lee,FY27 Q3\n"
    assert "fiscal_year" in sheets.refused({"b.csv": fiscal}).data["findings"][0]["hint"]


def test_thousands_of_rows_are_one_import(sheets: Sheets) -> None:
    rows = (f"Goal {n // 4},Result {n},Person {n % 300},{n + 1},Q4 2026\n" for n in range(2000))
    table = f"Objective,Key result,Owner,Target,Quarter\n{''.join(rows)}"
    answer = sheets.run({"a.csv": table}, "--owner", "sales", "--dry-run")
    counts = answer.data["counts"]
    assert (counts["objectives"], counts["key_results"], counts["people"]) == (500, 2000, 300)
