"""How numbers, shares, days and statuses of other tools are read."""

import pytest

from okrsite.documents.quantity import InvalidValueError
from okrsite.importing.cells import Cell, Spot
from okrsite.importing.days import Days, days_of, period, period_in
from okrsite.importing.numbers import AmbiguousNumberError, Numbers, numbers_of, written
from okrsite.importing.sentences import Sentence, bound_of, labelled, sentence
from okrsite.settings import FiscalYear
from tests.importing.samples import Sheets

SPOT = Spot("a.csv", None, 2, "Target")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("$8M", "8000000 USD"), ("8 h", "8 h"), ("2s", "2 s"), ("4.1/5", "4.1"), ("12 %", "12%"),
        ("€4", "4 EUR"), ("EUR 5", "5 EUR"), ("-3", "-3"), ("1.2 Mio. €", "1200000 EUR"),
        ("1,250,000", "1250000"), ("1.250.000 €", "1250000 EUR"), ("28,5 %", "28.5%"),
        ("1 250,5", "1250.5"), ("12.345 kg", None), ("abc", None), ("5m", None), ("5-10", None),
    ],
)  # fmt: skip
def test_numbers_are_read_in_the_one_way_they_can_be(text: str, shown: str | None) -> None:
    if shown is not None:
        assert written(Numbers().read_text(text)) == shown
    else:
        with pytest.raises((InvalidValueError, AmbiguousNumberError)):
            Numbers().read_text(text)


def test_one_cell_tells_how_the_others_of_a_file_are_meant() -> None:
    findings: list[object] = []
    cells = [Cell("1.250", SPOT), Cell("28,5", SPOT)]
    numbers = numbers_of(cells, None, findings)  # type: ignore[arg-type]
    assert numbers.read(cells[0]).value == 1250
    assert len(findings) == 1
    assert numbers_of(cells[:1], None, []) == Numbers()
    assert numbers_of(cells[:1], "point", []).read(cells[0]).value == 1.25


def test_a_value_that_looks_like_thousands_is_written_so_that_it_is_not() -> None:
    assert written(Numbers("point").read_text("12.345 kg")) == "12.3450 kg"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-30", "2026-11-30"), ("30 November 2026", "2026-11-30"),
        ("30 Nov 2026", "2026-11-30"), ("30. Dezember 2026", "2026-12-30"),
        ("30 de noviembre de 2026", "2026-11-30"), ("15/12/2026", "2026-12-15"),
        ("12/31/2026", "2026-12-31"), ("01.10.2026", "2026-10-01"),
        ("2026-11-30T10:00:00Z", "2026-11-30"), ("10/01/2026", None), ("31/31/2026", None),
    ],
)  # fmt: skip
def test_days(text: str, day: str | None) -> None:
    if day is not None:
        assert Days().read(Cell(text, SPOT)).isoformat() == day
    else:
        with pytest.raises(ValueError, match=r"2026"):
            Days().read(Cell(text, SPOT))


def test_one_day_tells_the_order_of_a_file() -> None:
    findings: list[object] = []
    cells = [Cell("10/01/2026", SPOT), Cell("12/31/2026", SPOT)]
    days = days_of(cells, None, findings)  # type: ignore[arg-type]
    assert days.read(cells[0]).isoformat() == "2026-10-01"
    assert len(findings) == 1
    assert days_of(cells[:1], "dmy", []).read(cells[0]).isoformat() == "2026-01-10"


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Q4 2026", "2026-q4"), ("Q4/2026", "2026-q4"), ("4. Quartal 2026", "2026-q4"),
        ("Q3 Y2025", "2025-q3"), ("2025 H2", "2025-h2"), ("Y2026", "2026"), ("Oct 2026", "2026-10"),
        ("T4 2026", "2026-q4"), ("4e trimestre 2026", "2026-q4"), ("10/2026", "2026-10"),
        ("Q5 2026", None), ("Spring", None),
    ],
)  # fmt: skip
def test_periods(text: str, id: str | None) -> None:
    found = period(text, None)
    assert (found and found.id) == id


def test_a_fiscal_period_needs_a_fiscal_year() -> None:
    found = period("FY27 Q3", FiscalYear(starts=2))
    assert found is not None
    assert found.id == "fy2027-q3"
    with pytest.raises(ValueError, match="fiscal year"):
        period("FY27 Q3", None)
    in_heading = period_in("Support: Q4 2026", None)
    assert in_heading is not None
    assert in_heading.id == "2026-q4"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Revenue: $8M → $12M (now $9.1M)", Sentence("Revenue", "$8M", "$12M", now="$9.1M")),
        ("Refunds, from 4% to 2% by May", Sentence("Refunds by May", "4%", "2%")),
        ("Antwort von 3 Tagen auf 1 Tag", Sentence("Antwort", "3 Tagen", "1 Tag")),
        ("Slowest < 2s", Sentence("Slowest < 2s", bound=("max", "2s"))),
        ("Price list => 60%", Sentence("Price list", grade="60%")),
        ("Raise NPS to 50", Sentence("Raise NPS", to="50")),
        ("Guides: 12 (now 4)", Sentence("Guides", to="12", now="4")),
        ("Deals above $50k", Sentence("Deals above $50k", unmarked="$50k")),
        ("Move from paper to git", Sentence("Move from paper to git")),
    ],
)
def test_lines_say_how_they_are_measured(line: str, said: Sentence) -> None:
    assert sentence(line) == said


def test_labels_and_bounds() -> None:
    assert labelled("KR 2.1: Sell more").id == "KR2.1"
    assert labelled("**KR 2.1:** Sell more").title == "Sell more"
    assert labelled("Objective 2: Grow").kind == "objective"
    assert labelled("3 tours sold").title == "3 tours sold"
    assert bound_of("≥ 99.5%") == ("min", "99.5%")
    assert bound_of("at most 3 days") == ("max", "3 days")
    assert bound_of("12") is None


def test_kinds_follow_from_the_cells(sheets: Sheets) -> None:
    table = (
        "Objective,Key result,Target,Current,Done,Progress,Unit\n"
        "Grow,Share,≥ 99.5%,99.7%,,,\n"
        ",Shop,,,yes,,\n"
        ",Half way,6,,,50%,\n"
        ",Text,,,,,\n"
        ",Later,TBD,n/a,,,\n"
        ",Live,,no,,,Binary\n"
    )
    answer = sheets.written({"a.csv": table}, "--owner", "sales", "--cycle", "2026-q4")
    grow = answer.fields("okrs/2026-q4/sales/grow.md")
    share, shop, half, text, later, live = grow["key_results"]
    assert share["keep"] == {"min": "99.5%"}
    assert (shop["done"], live["done"]) == ("true", "false")
    assert (half["from"], half["to"]) == ("0", "6")
    assert not {"to", "from", "keep", "done"} & {*text, *later}
    assert grow["check_ins"][0]["values"] == {"share": "99.7%", "half-way": "3"}
    assert [f["row"] for f in answer.found("OKR611")] == [6]
    assert [f["row"] for f in answer.found("OKR613")] == [4]


def test_shares_confidence_weight_and_priority(sheets: Sheets) -> None:
    table = (
        "Objective,Key result,Target,Current,Confidence,Weight,Priority\n"
        "Grow,A,10,5,8,50%,P1\n,B,10,5,4,30%,\n"
    )
    answer = sheets.written({"a.csv": table}, "--owner", "sales", "--cycle", "2026-q4")
    grow = answer.fields("okrs/2026-q4/sales/grow.md")
    assert [(r["weight"], r.get("x-priority")) for r in grow["key_results"]] == [
        ("50", "P1"),
        ("30", None),
    ]
    values = grow["check_ins"][0]["values"]
    assert [value["confidence"] for value in values.values()] == ["0.8", "0.4"]


def test_scores_and_statuses_are_compared_not_imported(sheets: Sheets) -> None:
    table = (
        "Objective,Key result,Target,Current,Score,Status\n"
        "Grow,A,10,5,0.5,On track\n,B,10,1,0.4,On track\n"
    )
    answer = sheets.written({"a.csv": table}, "--owner", "sales", "--cycle", "2026-q4")
    assert [(f["row"], f["column"]) for f in answer.found("OKR612")] == [
        (3, "Score"),
        (3, "Status"),
    ]
    assert "0.10" in answer.found("OKR612")[0]["message"]
    assert "score" not in answer.text("okrs/2026-q4/sales/grow.md")


def test_numbers_that_can_be_read_in_two_ways_are_asked_about(sheets: Sheets) -> None:
    table = 'Objective,Key result,Target\nGrow,Users,"2,500"\n,Visits,"3,000"\n'
    options = ("--owner", "sales", "--cycle", "2026-q4")
    answer = sheets.refused({"a.csv": table}, *options)
    assert [(f["code"], f["row"]) for f in answer.data["findings"]] == [("OKR607", 2)]
    told = sheets.written({"a.csv": table}, *options, "--decimal", "point")
    assert told.fields("okrs/2026-q4/sales/grow.md")["key_results"][0]["to"] == "2500"


def test_a_start_at_the_target_and_two_units_are_refused(sheets: Sheets) -> None:
    table = "Objective,Key result,Start,Target\nGrow,A,5,5\n,B,8 h,30 min\n"
    answer = sheets.refused({"a.csv": table}, "--owner", "sales", "--cycle", "2026-q4")
    assert [(f["code"], f["row"]) for f in answer.data["findings"]] == [
        ("OKR606", 2),
        ("OKR606", 3),
    ]


def test_before_the_cycle_a_value_is_the_current_one(sheets: Sheets) -> None:
    table = "Objective,Key result,Start,Target,Current\nGrow,A,5,50,7\n,B,5,50,5\n"
    answer = sheets.written({"a.csv": table}, "--owner", "sales", "--cycle", "Q1 2027")
    results = answer.fields("okrs/2027-q1/sales/grow.md")["key_results"]
    assert [result.get("current") for result in results] == ["7", None]


def test_after_the_cycle_the_check_in_is_of_its_last_day(sheets: Sheets) -> None:
    table = "Objective,Key result,Target,Current\nGrow,A,50,7\n"
    answer = sheets.written({"a.csv": table}, "--owner", "sales", "--cycle", "Q3 2026")
    grow = answer.fields("okrs/2026-q3/sales/grow.md")
    assert grow["check_ins"] == [{"date": "2026-09-30", "values": {"a": "7"}}]
