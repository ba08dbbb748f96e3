"""A reading is put into a CSV file, and no other byte changes."""

from datetime import date

import pytest

from okrsite.editing.csv_rows import NewReading, with_row
from okrsite.editing.source_file import EditError

DAY = date(2026, 11, 15)


def added(text: str, value: str = "82", note: str | None = None, plain: str | None = None) -> str:
    return with_row(text.encode(), NewReading(DAY, value, note, plain)).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("date,value\n", "date,value\n2026-11-15,82\n"),
        ("date,value", "date,value\n2026-11-15,82"),
        ("date,value\n2026-10-01,80\n", "date,value\n2026-10-01,80\n2026-11-15,82\n"),
        ("date,value\n2026-10-01,80", "date,value\n2026-10-01,80\n2026-11-15,82"),
        ("date,value\r\n2026-10-01,80\r\n", "date,value\r\n2026-10-01,80\r\n2026-11-15,82\r\n"),
        ("\ufeffdate;value\n", "\ufeffdate;value\n2026-11-15;82\n"),
        (
            "sep=;\nvalue;x;date\n80;;2026-10-01\n",
            "sep=;\nvalue;x;date\n80;;2026-10-01\n82;;2026-11-15\n",
        ),
        (
            "date\tvalue\tnote\n2026-10-01\t80\t\n\n",
            "date\tvalue\tnote\n2026-10-01\t80\t\n2026-11-15\t82\t\n\n",
        ),
        (
            "date,value\n2026-12-01,84\n2026-10-01,80\n",
            "date,value\n2026-12-01,84\n2026-11-15,82\n2026-10-01,80\n",
        ),
        (
            "date,value\n2026-10-01,80\n2026-12-01,84\n",
            "date,value\n2026-10-01,80\n2026-11-15,82\n2026-12-01,84\n",
        ),
        (
            'date,value,note\n2026-10-01,80,"two\nlines, and ""more"""\n2026-12-01,84,\n',
            'date,value,note\n2026-10-01,80,"two\nlines, and ""more"""\n2026-11-15,82,\n'
            "2026-12-01,84,\n",
        ),
    ],
)
def test_the_row_follows_the_others(before: str, after: str) -> None:
    assert added(before) == after


def test_a_note_is_quoted_where_it_has_to_be() -> None:
    assert added("date,value,note\n", note="Up, at last").endswith('15,82,"Up, at last"\n')
    with pytest.raises(EditError, match="no column `note`"):
        added("date,value\n", note="Up")


def test_the_unit_is_left_out_where_the_others_have_none() -> None:
    assert added("date,value\n2026-10-01,80\n", "82%", plain="82").endswith(",82\n")
    assert added("date,value\n2026-10-01,80%\n", "82%", plain="82").endswith(",82%\n")
    assert added("date,value\n", "82%", plain="82").endswith(",82%\n")


def test_a_row_is_replaced_with_what_else_it_has() -> None:
    text = "date,value,x,note\r\n2026-11-15,80,a,Old\r\n2026-12-01,84,,\r\n"
    made = with_row(text.encode(), NewReading(DAY, "82"), replace=2).decode()
    assert made == text.replace("80", "82")
    made = with_row(text.encode(), NewReading(DAY, "82", "New"), replace=2).decode()
    assert made == text.replace("80,a,Old", "82,a,New")


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"date,value\n\xff\n", b'date,value\n"1'])
def test_what_is_no_file_of_readings_is_refused(content: bytes) -> None:
    with pytest.raises(EditError):
        with_row(content, NewReading(DAY, "82"))
