"""Shares as other programs write them: 0.4, 40 %, 40, 4 of 10, high."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from okrsite.documents.quantity import InvalidValueError
from okrsite.importing.cells import Cell, clip
from okrsite.importing.numbers import Numbers, is_unknown
from okrsite.importing.words import meaning

_FRACTION = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*/\s*([0-9]+(?:[.,][0-9]+)?)")
_PERCENT = re.compile(r"%|percent|prozent|pourcent|porcentaje", re.IGNORECASE)
_SIGNS = {"🟢": 0.8, "🟡": 0.5, "🟠": 0.5, "🔴": 0.2}

Column = tuple[str, str | None, str | None]


def column_of(cell: Cell) -> Column:
    """Return what tells the column of a cell from others."""
    return cell.spot.file, cell.spot.sheet, cell.spot.column


@dataclass(frozen=True, slots=True)
class Shares:
    """How the shares of each column are meant: the largest number, and whether all are whole."""

    largest: Mapping[Column, float]
    whole: Mapping[Column, bool]
    numbers: Mapping[str, Numbers]

    def read(self, cell: Cell | None, confidence: bool = False) -> float | None:
        """Return the share of a cell; None where it is not known; ValueError where it is none."""
        if cell is None or is_unknown(cell):
            return None
        if confidence and (told := _in_words(cell.text)) is not None:
            return told
        if match := _FRACTION.fullmatch(cell.text.strip()):
            below = float(match[2].replace(",", "."))
            if not below:
                raise ValueError(f"“{clip(cell.text)}” is not a share")
            return float(match[1].replace(",", ".")) / below
        value = _number(cell, self.numbers[cell.spot.file])
        column = column_of(cell)
        if (
            _PERCENT.search(cell.text)
            or cell.unit == "%"
            or _PERCENT.search(cell.spot.column or "")
        ):
            return value / 100
        largest = self.largest.get(column, 1)
        if largest <= 1:
            return value
        tenths = confidence and largest <= 10 and self.whole.get(column, False)
        return value / 10 if tenths else value / 100


def _in_words(text: str) -> float | None:
    sign = next((share for sign, share in _SIGNS.items() if sign in text), None)
    told = meaning("confidence", text)
    return sign if sign is not None else float(told) if told is not None else None


def _number(cell: Cell, numbers: Numbers) -> float:
    try:
        quantity = numbers.read(cell)
    except InvalidValueError as error:
        raise ValueError(f"{error.message.removesuffix('is not a number')}is not a share") from None
    if quantity.unit not in (None, "%"):
        raise ValueError(f"“{clip(cell.text)}” is not a share")
    return quantity.value


def shares_of(cells: Iterable[Cell], numbers: Mapping[str, Numbers]) -> Shares:
    """Return how shares are meant, from all cells of their columns."""
    values: defaultdict[Column, list[float]] = defaultdict(list)
    for cell in cells:
        if "%" in cell.text or cell.unit == "%" or "/" in cell.text:
            continue
        try:
            number = _number(cell, numbers[cell.spot.file])
        except ValueError:
            continue
        values[column_of(cell)].append(number)
    return Shares(
        {column: max(found) for column, found in values.items()},
        {column: all(value == int(value) for value in found) for column, found in values.items()},
        numbers,
    )
