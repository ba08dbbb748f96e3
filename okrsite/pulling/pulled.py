"""What was pulled: a value as text, and the day it is of."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from okrsite.documents.quantity import InvalidValueError, parse_quantity
from okrsite.documents.values import read_date

MOST_BYTES = 10_000_000
"""The most bytes that an answer or a file may have."""

MOST_ROWS = 100_000
"""The most rows that an answer may have."""

SECONDS = 60
"""How long a source may take to answer."""


class PullError(Exception):
    """A source gives no value; the text is one sentence, with what to do where that is known."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """A value as a quantity that documents understand, and its day."""

    day: date
    value: str


def pulled(day: object, value: object) -> Pulled:
    """Return a value with its day; raise PullError where one of them can't be read."""
    return Pulled(read_day(day), value_text(value))


def value_text(value: object) -> str:
    """Return a value as a document would say it; raise PullError where it is no number."""
    if value is None or value == "":
        raise PullError("the source gives no value")
    if isinstance(value, bool):
        raise PullError(f"the source gives {str(value).lower()}, which is not a number")
    if isinstance(value, int | float | Decimal):
        if not math.isfinite(value):
            raise PullError(f"the source gives {value}, which is not a number")
        return _plain(value)
    text = " ".join(str(value).split())
    try:
        return _plain(Decimal(text)) if Decimal(text).is_finite() else _quantity(text)
    except InvalidOperation:
        return _quantity(text)


def _plain(value: float | Decimal) -> str:
    """Return a number without an exponent, with at most fifteen significant digits."""
    number = Decimal(f"{value:.15g}").normalize()
    return f"{number:f}" if number else "0"


def _quantity(text: str) -> str:
    try:
        parse_quantity(text)
    except InvalidValueError:
        raise PullError(f"the source gives “{text[:60]}”, which is not a number") from None
    return text


def read_day(value: object) -> date:
    """Return the day of a value; raise PullError where it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    try:
        return read_date(text[:10] if text[10:11] in ("T", " ") else text)
    except ValueError:
        raise PullError(f"“{text[:40]}” is not a date like 2026-11-15") from None


def by_day(values: Iterable[Pulled]) -> tuple[Pulled, ...]:
    """Return values in the order of their days; of several of one day the last."""
    return tuple(sorted({one.day: one for one in values}.values(), key=lambda one: one.day))
