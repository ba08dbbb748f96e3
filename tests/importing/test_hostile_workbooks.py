"""Workbooks that would take all memory or time end in a finding."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from okrsite.importing import workbook
from okrsite.importing.cells import Findings
from okrsite.importing.workbook import read_workbook


def made(*rows: tuple[int, str]) -> bytes:
    """Return a workbook with a text in the first column of some rows."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    for number, text in rows:
        book.active.cell(number, 1, text)
    book.save(file)
    return file.getvalue()


def said(content: bytes) -> list[tuple[str, str]]:
    findings: Findings = []
    read_workbook("a.xlsx", content, (), findings)
    return [(finding.code, finding.message) for finding in findings]


def test_a_bomb_is_not_unpacked() -> None:
    packed = io.BytesIO(made((1, "Objective")))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", bytes(workbook.LARGEST_UNPACKED))
    assert said(packed.getvalue()) == [("OKR601", "the workbook unpacks to more than 100 MB")]


def test_a_row_at_the_foot_of_a_sheet_is_too_far_away() -> None:
    content = made((1, "Objective"), (1_048_576, str(date(2026, 11, 28))))
    assert said(content) == [("OKR601", "the sheet “Sheet” has more than 100,000 rows")]


@pytest.mark.parametrize("row", [2, 20_000])
def test_empty_rows_between_are_passed_over(row: int) -> None:
    findings: Findings = []
    [table] = read_workbook("a.xlsx", made((1, "Objective"), (row, "Grow")), (), findings)
    assert [number for number, _ in table.rows] == [1, row]
    assert findings == []
