"""What answers and files say: numbers, JSON, tables and workbooks."""

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from okrsite.project.model import KpiSource, Place
from okrsite.pulling.answers import values_in
from okrsite.pulling.pulled import Pulled, PullError, value_text

TODAY = date(2026, 11, 15)


def values(content: str | bytes, **source: Any) -> list[tuple[str, str]]:
    content = content.encode() if isinstance(content, str) else content
    found = values_in(content, KpiSource(place=Place("kpi.md", 1), **source), TODAY)
    return [(one.day.isoformat(), one.value) for one in found]


def workbook(*rows: list[Any]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.create_sheet("Other").append(["score"])
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (82, "82"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (2.5e15, "2500000000000000"),
        (-0.0, "0"),
        (Decimal("12.50"), "12.5"),
        ("1.23", "1.23"),
        (" 82 % ", "82 %"),
        ("1e3", "1000"),
        ("$1.2M", "$1.2M"),
    ],
)
def test_values_are_written_as_documents_say_them(value: object, text: str) -> None:
    assert value_text(value) == text


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, "the source gives no value"),
        ("", "the source gives no value"),
        (True, "the source gives true, which is not a number"),
        (float("nan"), "the source gives nan, which is not a number"),
        ("NaN", "the source gives “NaN”, which is not a number"),
        ("Infinity", "the source gives “Infinity”, which is not a number"),
        ("<b>5</b>", "the source gives “<b>5</b>”, which is not a number"),
    ],
)
def test_what_is_no_number_is_said(value: object, sentence: str) -> None:
    with pytest.raises(PullError) as error:
        value_text(value)
    assert str(error.value) == sentence


def test_a_plain_number_is_of_the_day_that_was_asked_for() -> None:
    assert values("82.5\n") == [("2026-11-15", "82.5")]


def test_json_is_searched_with_jmespath() -> None:
    prometheus = '{"data": {"result": [{"value": [1763200000, "0.97"]}]}}'
    assert values(prometheus, select="data.result[0].value[1]") == [("2026-11-15", "0.97")]
    days = '{"days": [{"d": "2026-11-02T08:00:00Z", "n": 5}, {"d": "2026-11-01", "n": 4}]}'
    assert values(days, select="days[]", column="n", date="d") == [
        ("2026-11-01", "4"), ("2026-11-02", "5"),
    ]  # fmt: skip


def test_a_table_gives_its_last_row_or_a_value_for_each_day() -> None:
    table = "\ufeffday;score;team\n2026-11-01;81,5;A\n2026-11-02;;A\n2026-11-03;83;B\n"
    assert values(table.replace("81,5", "81.5"), column="score") == [("2026-11-15", "83")]
    assert values(table.replace("81,5", "81.5"), column="score", date="day") == [
        ("2026-11-01", "81.5"), ("2026-11-03", "83"),
    ]  # fmt: skip


def test_a_workbook_is_a_table_too() -> None:
    content = workbook(["day", "score"], [datetime(2026, 11, 1), 82], [date(2026, 11, 2), 83.5])
    assert values(content, column="score", date="day") == [
        ("2026-11-01", "82"), ("2026-11-02", "83.5"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "source", "sentence"),
    [
        ("<html>", {}, "the source gives “<html>”, which is not a number"),
        ("x" * 200, {}, "the source gives a long text: add `select` for JSON, or `column` for a"),
        ("{", {"select": "a"}, "the source doesn't give JSON"),
        ("[" * 100_000, {"select": "a"}, "the source doesn't give JSON"),
        ('{"a": 1}', {"select": "b"}, "`select` finds nothing in the answer"),
        ('{"a": [1]}', {"select": "a"}, "`select` gives a list or an object: select one number"),
        ('{"a": 1}', {"select": "a["}, "`select` can't be read: "),
        ('{"a": 1}', {"select": "a", "column": "n"}, "`column` needs a list of objects"),
        ("day,score\n", {"column": "score"}, "the column `score` is empty"),
        (
            "day,note\n1,2\n",
            {"column": "score"},
            "no column `score`: the first line has `day`",
        ),
        ("day,score\n1.11.26,5\n", {"column": "score", "date": "day"}, "“1.11.26” is not a date"),
        (b"PK\x03\x04 broken", {"column": "score"}, "the workbook can't be read"),
        (workbook(["score"]), {"column": "score", "sheet": "No"}, "the workbook has no sheet `No`"),
        (workbook(["score"], [5]), {}, "the source is a table: add `column`"),
        (b"\xff\xfe5", {}, "the source isn't UTF-8"),
    ],
)
def test_an_answer_without_a_value_says_why(
    content: str | bytes, source: dict[str, str], sentence: str
) -> None:
    with pytest.raises(PullError) as error:
        values(content, **source)
    assert sentence in str(error.value)


def test_pulled_values_compare_by_what_they_say() -> None:
    assert Pulled(TODAY, "5") == Pulled(date(2026, 11, 15), "5")
