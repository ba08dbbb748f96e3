"""What an answer or a file says: a number, JSON, CSV or a workbook."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from okrsite.project.model import KpiSource
from okrsite.pulling.pulled import MOST_ROWS, Pulled, PullError, by_day, pulled

_LARGEST_UNPACKED = 200_000_000


def values_in(content: bytes, source: KpiSource, day: date) -> tuple[Pulled, ...]:
    """Return the values in an answer, in the order of their days; one without a date is `day`'s.

    Raises PullError where there is none.
    """
    if content.startswith(b"PK\x03\x04"):
        return _of_rows(_workbook(content, source.sheet), source, day)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PullError("the source isn't UTF-8: export it as CSV (UTF-8)") from None
    if source.select is not None or text.lstrip()[:1] in ("{", "["):
        return _of_json(text, source, day)
    if source.column is not None:
        return _of_rows(_table(text), source, day)
    if len(text) > 100:
        hint = "add `select` for JSON, or `column` for a table"
        raise PullError(f"the source gives a long text: {hint}")
    return (pulled(day, text.strip()),)


def _of_json(text: str, source: KpiSource, day: date) -> tuple[Pulled, ...]:
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise PullError("the source doesn't give JSON") from None
    if source.select is not None:
        try:
            import jmespath
        except ImportError:
            hint = "pip install 'okrsite[http]'"
            raise PullError(f"`select` needs an extra: {hint}") from None
        try:
            found = jmespath.search(source.select, found)
        except (jmespath.exceptions.JMESPathError, RecursionError) as error:
            line = str(error).partition("\n")[0]
            raise PullError(f"`select` can't be read: {line}") from None
    if source.column is not None:
        if not isinstance(found, list) or not all(isinstance(row, Mapping) for row in found):
            raise PullError("`column` needs a list of objects: correct `select`")
        return _of_entries(found, source, day)
    if isinstance(found, list | dict):
        raise PullError("`select` gives a list or an object: select one number")
    if found is None:
        raise PullError("`select` finds nothing in the answer")
    return (pulled(day, found),)


def _of_rows(rows: Iterator[Sequence[Any]], source: KpiSource, day: date) -> tuple[Pulled, ...]:
    header = [str(name).strip() for name in next(rows, ())]
    for name in (source.column, source.date):
        if name is not None and name not in header:
            known = ", ".join(f"`{one}`" for one in header if one)[:120]
            raise PullError(f"there is no column `{name}`: the first line has {known or 'none'}")
    if source.column is None:
        raise PullError("the source is a table: add `column` with the name of the values' column")
    return _of_entries((dict(zip(header, row, strict=False)) for row in rows), source, day)


def _of_entries(
    entries: Iterable[Mapping[str, Any]], source: KpiSource, day: date
) -> tuple[Pulled, ...]:
    """Return the values of a column; rows without a value are left out."""
    column = source.column or ""
    found = list(islice((e for e in entries if e.get(column) not in (None, "")), MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise PullError(f"the source has more than {MOST_ROWS:,} rows")
    if not found:
        raise PullError(f"the column `{column}` is empty")
    if source.date is None:
        return (pulled(day, found[-1][column]),)
    return by_day(pulled(entry.get(source.date), entry[column]) for entry in found)


def _table(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        yield from csv.reader(
            io.StringIO(text.replace("\0", "\ufffd"), newline=""), delimiter=separator
        )
    except csv.Error as error:
        raise PullError(f"the table can't be read: {error}") from None


def _workbook(content: bytes, sheet: str | None) -> Iterator[Sequence[Any]]:
    try:
        import openpyxl
    except ImportError:
        hint = "pip install 'okrsite[import]'"
        raise PullError(f"reading workbooks needs an extra: {hint}") from None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _LARGEST_UNPACKED:
                raise PullError("the workbook unpacks to more than 200 MB")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except PullError:
        raise
    except Exception:  # openpyxl raises whatever its readers of XML do
        raise PullError("the workbook can't be read: save it again as .xlsx") from None
    if sheet is not None and sheet not in book.sheetnames:
        raise PullError(f"the workbook has no sheet `{sheet}`")
    page = book[sheet] if sheet is not None else book.worksheets[0]
    yield from page.iter_rows(values_only=True)
