"""Numbers as other programs write them: with a decimal point or a decimal comma.

Whether `1.250` is one and a quarter depends on the file. The cells of a file that can be read in
one way only tell how the others are meant; where none does, the user is asked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from okrsite.documents.quantity import (
    InvalidValueError,
    Quantity,
    is_magnitude,
    parse_quantity,
    write_quantity,
)
from okrsite.importing.cells import Cell, Findings, clip, found
from okrsite.importing.words import meaning

Decimal = Literal["point", "comma"]

_SPACES = " \u00a0\u202f\u2009"
_DIGITS = rf"[0-9](?:[0-9.,'’{_SPACES}_]*[0-9])?|[.,][0-9]+"
_QUANTITY = re.compile(
    rf"(?P<before>(?:[$€£¥]|[A-Z]{{3}})?)\s*(?P<sign>[-+−–]?)\s*(?P<currency>[$€£¥]?)\s*"
    rf"(?P<digits>{_DIGITS})(?P<after>.*)",
    re.DOTALL,
)
_OF = re.compile(r"\s*/\s*[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:[{_SPACES}'’_][0-9]{{3}})+(?:[.,][0-9]+)?")


def is_unknown(cell: Cell | None) -> bool:
    """Whether a cell is empty, or says that its value is not known."""
    return cell is None or (
        cell.problem is None
        and cell.number is None
        and cell.day is None
        and (not cell.text.strip("-–—? .") or meaning("unknown", cell.text) is not None)
        and cell.text.strip() not in ("✅", "❌", "☑", "☐", "✔", "✗")
        and not any(sign in cell.text for sign in "🟢🟡🔴🟠%<>≥≤")
    )


def readings(digits: str) -> dict[Decimal, str]:
    """Return how the digits of a number can be read, as plain digits with a point."""
    text = digits
    if re.search(rf"[{_SPACES}'’_]", text):
        if not _GROUPED.fullmatch(text):
            return {}
        text = re.sub(rf"[{_SPACES}'’_]", "", text)
        return (
            {"point": text}
            if "." in text
            else {"comma": text.replace(",", ".")}
            if "," in text
            else _both(text)
        )
    found: dict[Decimal, str] = {}
    for decimal, mark, thousands in (("point", ".", ","), ("comma", ",", ".")):
        whole, _, decimals = text.partition(mark)
        if mark in decimals or thousands in decimals:
            continue
        if thousands in whole and not re.fullmatch(
            rf"[1-9][0-9]{{0,2}}(?:\{thousands}[0-9]{{3}})+", whole
        ):
            continue
        plain = whole.replace(thousands, "") or "0"
        found[decimal] = f"{plain}.{decimals}" if decimals else plain  # type: ignore[index]
    return found


def _both(text: str) -> dict[Decimal, str]:
    return {"point": text, "comma": text}


def digits_of(text: str) -> str | None:
    """Return the digits of the number that a text begins with, or None."""
    match = _QUANTITY.fullmatch(text.strip())
    return match["digits"].rstrip(_SPACES) if match else None


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the numbers of one file are read: as the user says, or as its own cells show."""

    told: Decimal | None = None
    seen: Decimal | None = None

    def read(self, cell: Cell) -> Quantity:
        """Return the quantity of a cell.

        Raises InvalidValueError where it is none, and AmbiguousNumberError where it could be two.
        """
        if cell.problem is not None:
            raise InvalidValueError(f"{cell.problem} is not a number", "write the number itself")
        if cell.number is not None:
            return _with_unit(cell.number, cell.unit)
        return self.read_text(cell.text)

    def read_text(self, text: str) -> Quantity:
        """Return the quantity of a text; raise what `read` raises."""
        text = text.strip()
        match = _QUANTITY.fullmatch(text)
        if match is None:
            raise InvalidValueError(f"“{clip(text)}” is not a number", "write a number, or `n/a`")
        digits = match["digits"]
        plain = self._plain(digits, text)
        after = match["after"]
        if _OF.fullmatch(after):
            after = ""
        if (
            after[:1].isalpha()
            and not is_magnitude(re.split(r"[\s.,$€£¥]", after)[0])
            and after != "m"
        ):
            after = f" {after}"
        sign = "-" if match["sign"] in ("-", "−", "–") else ""
        before = match["before"] or match["currency"]
        joined = f"{before} {plain}" if len(before) > 1 else f"{before}{plain}"
        try:
            quantity = parse_quantity(f"{joined}{after}")
        except InvalidValueError as error:
            raise InvalidValueError(f"“{clip(text)}” is not a number", error.hint) from None
        return Quantity(0.0 - quantity.value, quantity.unit) if sign else quantity

    def _plain(self, digits: str, text: str) -> str:
        found = readings(digits)
        chosen = self.told or self.seen
        if chosen in found:
            return found[chosen]
        if not found or self.told is not None:
            hint = (
                f"numbers have a decimal {self.told} here"
                if self.told
                else "write a number, or `n/a`"
            )
            raise InvalidValueError(f"“{clip(text)}” is not a number", hint)
        if len(set(found.values())) > 1:
            raise AmbiguousNumberError(text)
        return next(iter(found.values()))


class AmbiguousNumberError(ValueError):
    """A number can be read in two ways."""


def numbers_of(cells: Iterable[Cell], told: Decimal | None, findings: Findings) -> Numbers:
    """Return how the numbers of a file are read; add to `findings` what that rests on."""
    if told is not None:
        return Numbers(told)
    decisive: dict[Decimal, Cell] = {}
    open_cell: Cell | None = None
    for cell in cells:
        digits = digits_of(cell.text) if cell.number is None and cell.text else None
        if digits is None:
            continue
        found_readings = readings(digits)
        if len(found_readings) == 1:
            decisive.setdefault(next(iter(found_readings)), cell)
        elif len(set(found_readings.values())) > 1:
            open_cell = open_cell or cell
    if len(decisive) != 1:
        return Numbers()
    ((seen, cell),) = decisive.items()
    numbers = Numbers(seen=seen)
    assumed = open_cell or (cell if seen == "comma" else None)
    if assumed is not None:
        value = write_quantity(numbers.read_text(_number_in(assumed.text)))
        reason = f", because of “{clip(cell.text)}” in row {cell.spot.row}" if open_cell else ""
        message = f"“{clip(assumed.text)}” is read as {value}: decimals follow a {seen}{reason}"
        hint = f"--decimal {'comma' if seen == 'point' else 'point'} reads it the other way"
        findings.append(found("OKR613", assumed.spot, message, hint))
    return numbers


def _number_in(text: str) -> str:
    return digits_of(text) or text


_UNIT_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


def _with_unit(value: float, unit: str | None) -> Quantity:
    return Quantity(value, _UNIT_SIGNS.get(unit, unit) if unit else None)


def written(quantity: Quantity) -> str:
    """Return a quantity as it is written into a document, where it can be read in one way only."""
    text = write_quantity(quantity)
    match = re.match(r"-?[0-9]{1,3}\.[0-9]{3}(?![0-9])", text)
    return f"{match[0]}0{text[match.end() :]}" if match else text
