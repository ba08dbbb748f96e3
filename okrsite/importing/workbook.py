"""Sheets of XLSX workbooks, as they are shown: hidden ones are not read, formulas not computed."""

import re
import zipfile
from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from okrsite.importing.cells import Cell, Findings, Spot, Table, found

LARGEST_UNPACKED = 100_000_000
"""The most bytes that a workbook may have once it is unpacked."""
_MOST_COLUMNS = 500
_MOST_ROWS = 100_000
_PROTECTED = b"\xd0\xcf\x11\xe0"
_LITERAL = re.compile(r'"([^"]*)"|\[\$([^]-]*)[^]]*\]|\\(.)')
_SIGNS = re.compile(r"[$€£¥]")


class _TooLongError(Exception):
    """A sheet has more rows than are read."""


class NeedsExtraError(Exception):
    """What reads workbooks is not installed."""


def read_workbook(
    file: str, content: bytes, sheets: Collection[str], findings: Findings
) -> list[Table]:
    """Return the tables of the visible sheets, or of those asked for."""
    try:
        import openpyxl
    except ImportError:
        raise NeedsExtraError(file) from None
    if content.startswith(_PROTECTED):
        hint = "open it, remove the password and save it as .xlsx"
        return _unreadable(
            file, "the workbook is password-protected, or in an old format", hint, findings
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                message = "the workbook unpacks to more than 100 MB"
                return _unreadable(file, message, "split it", findings)
        shown = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        written = openpyxl.load_workbook(BytesIO(content), read_only=True)
    except Exception as error:  # openpyxl raises whatever its parsers do
        message = f"the workbook cannot be read: {type(error).__name__}"
        return _unreadable(file, message, "save it as .xlsx again", findings)
    tables = []
    for name in shown.sheetnames:
        sheet = shown[name]
        if (sheets and name not in sheets) or not hasattr(sheet, "iter_rows"):
            continue
        if sheet.sheet_state != "visible" and name not in sheets:
            continue
        try:
            tables.append(Table(file, name, tuple(_rows(file, name, sheet, written[name])), name))
        except _TooLongError:
            message = f"the sheet “{name}” has more than {_MOST_ROWS:,} rows"
            _unreadable(file, message, "split it", findings)
        except Exception as error:
            message = f"the sheet “{name}” cannot be read: {type(error).__name__}"
            _unreadable(file, message, "save the workbook as .xlsx again", findings)
    return tables


def _unreadable(file: str, message: str, hint: str, findings: Findings) -> list[Table]:
    findings.append(found("OKR601", Spot(file), message, hint))
    return []


def _rows(file: str, name: str, shown: Any, written: Any) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    for sheet in (shown, written):
        sheet.reset_dimensions()  # what a sheet says of its size may be wrong
    pairs = zip(
        shown.iter_rows(max_col=_MOST_COLUMNS),
        written.iter_rows(max_col=_MOST_COLUMNS),
        strict=False,
    )
    blank: tuple[Any, Any] = (None, None)
    for number, (values, formulas) in enumerate(pairs, 1):
        # A sheet may be filled up with empty rows, which are all the same object.
        if values is blank[0] and formulas is blank[1]:
            continue
        if all(cell.value is None for cell in (*values, *formulas)):
            blank = values, formulas
            continue
        if number > _MOST_ROWS:
            raise _TooLongError
        spot = Spot(file, name, number)
        cells = [
            _cell(value, formula, spot) for value, formula in zip(values, formulas, strict=False)
        ]
        yield number, tuple(cells)


def _cell(shown: Any, written: Any, spot: Spot) -> Cell:
    value = shown.value
    if value is None:
        formula = written.value
        if isinstance(formula, str) and formula.startswith("=") and written.data_type == "f":
            return Cell("", spot, problem="a formula without a stored result")
        return Cell("", spot)
    if shown.data_type == "e":
        return Cell(str(value), spot, problem=f"the error value {value}")
    if isinstance(value, bool):
        return Cell("true" if value else "false", spot)
    if isinstance(value, datetime):
        return Cell(value.date().isoformat(), spot, day=value.date())
    if isinstance(value, date):
        return Cell(value.isoformat(), spot, day=value)
    if isinstance(value, (int, float)):
        return _number(value, str(shown.number_format or ""), spot)
    if isinstance(value, time):
        return Cell(value.isoformat(), spot)
    return Cell(str(value).strip(), spot)


def _number(value: float, format: str, spot: Spot) -> Cell:
    """Return a number with the unit that the format of its cell shows."""
    number, unit = Decimal(repr(value)), None
    literals = "".join(a or b or c for a, b, c in _LITERAL.findall(format))
    if "%" in _LITERAL.sub("", format):
        number, unit = number * 100, "%"
    elif sign := _SIGNS.search(literals + _LITERAL.sub("", format)):
        unit = sign[0]
    elif literals.strip() and re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)?", literals.strip()):
        unit = literals.strip()
    decimals = re.fullmatch(r"0\.(0+)", format)  # 1.10 stays what it looks like
    text = f"{number:.{len(decimals[1])}f}" if decimals else f"{number.normalize():f}"
    return Cell(f"{text}{unit}" if unit == "%" else text, spot, number=float(number), unit=unit)
