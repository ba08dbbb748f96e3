"""Ambiguous numbers, and values that are probably in another unit."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from okrsite.documents.quantity import InvalidValueError, Quantity, parse_quantity
from okrsite.findings.finding import Finding, finding
from okrsite.i18n import Phrase, message, phrase
from okrsite.project.model import Place

if TYPE_CHECKING:
    from okrsite.language.wording import Words

_FAR = 50 * (1 - 1e-9)
"""So many times larger or smaller than all that is known, a value is doubted."""

_LARGE_PERCENTAGE = 10
_NEAR = 10
"""The largest factor by which a suggested value may differ."""

_PERCENT_FACTORS = (100.0, 0.01)
_FACTORS = (1e3, 1e6, 1e9, 1e-3, 1e-6, 1e-9)
_FAR_FROM_LAST = message(
    "%(value)s is far from the last value, %(before)s, and from the target, %(target)s"
)
_FAR_FROM_START = message(
    "%(value)s is far from the start, %(before)s, and from the target, %(target)s"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, with its place, and its day where it is a dated value."""

    quantity: Quantity
    place: Place
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """The numbers by which a key result or KPI is measured, apart from its values.

    `unit` is written for all of them, `start` and `target` are two of them, `current` is its value
    without a date. Values that add up may be as small as they like: a week may bring little.
    """

    numbers: tuple[Number, ...] = ()
    unit: str | None = None
    start: Quantity | None = None
    target: Quantity | None = None
    current: Number | None = None
    adds_up: bool = False


@dataclass(slots=True)
class Others:
    """How the other numbers of a key result or KPI are written."""

    unit: str | None = None
    total: int = field(default=0, init=False)
    plain: int = field(default=0, init=False)
    percentages: int = field(default=0, init=False)
    zeros: int = field(default=0, init=False)

    def add(self, quantity: Quantity) -> None:
        """Count one more number."""
        unit = quantity.unit or self.unit
        self.total += 1
        self.plain += unit is None
        if quantity.value == 0:
            self.zeros += 1
        elif unit == "%" and abs(quantity.value) >= _LARGE_PERCENTAGE:
            self.percentages += 1


@dataclass(frozen=True, slots=True)
class Known:
    """What a value is compared with: the value before it, else where it began, and the target."""

    before: Quantity | None
    start: Quantity | None
    target: Quantity | None
    unit: str | None = None
    adds_up: bool = False


def doubt(value: Quantity, known: Known, others: Others) -> tuple[str, str] | None:
    """Return why a value is probably in another unit, and what to write; None where it is not.

    A zero is never doubted, and nothing is where there is nothing to compare with.
    """
    size = abs(value.value)
    if size == 0:
        return None
    if value.unit == "%" and others.unit is None and 0 < others.total == others.plain:
        hint = phrase("write a plain number here, or the others with %(sign)s", sign="%")
        return phrase("the value is a percentage, but all others are plain numbers"), hint
    only_percentages = others.percentages and others.percentages + others.zeros == others.total
    if value.unit is None and size < 1 and only_percentages:
        hint = phrase("write %(value)s if that's what you mean", value=f"{value.value * 100:.12g}%")
        unlike = phrase(
            "%(value)s has no %(sign)s, but all others are percentages of 10 or more",
            value=f"{value.value:.12g}",
            sign="%",
        )
        return unlike, hint
    last = known.before or known.start
    if last is None or known.target is None or not (last.value and known.target.value):
        return None
    sizes = abs(last.value), abs(known.target.value)
    small = size * _FAR <= min(sizes) and not known.adds_up
    if not small and size < _FAR * max(sizes):
        return None
    text = _FAR_FROM_LAST if known.before else _FAR_FROM_START
    names = ("value", "before", "target")
    numbers = (written(q.value, known.unit) for q in (value, last, known.target))
    far = Phrase(text, dict(zip(names, numbers, strict=True)))
    meant = _meant(value.value, last.value, known.unit)
    if meant is None:
        return far, phrase("write it in the unit of the others (%(units)s)", units="k, M, %")
    return far, phrase("write %(value)s if that's what you mean", value=meant)


def written(value: float, unit: str | None) -> str:
    """Write a value as it can be typed; in short where nothing is lost by that."""
    words = _english()
    short = words.quantity(value, unit).replace("\u00a0", " ")
    try:
        same = parse_quantity(short).value == value
    except InvalidValueError:
        same = False
    return short if same else words.exact(value, unit).replace("\u00a0", " ")


def _meant(value: float, known: float, unit: str | None) -> str | None:
    """Return the value in the unit that brings it nearest to what is known, if it is near then."""
    factors = _PERCENT_FACTORS if unit == "%" else _FACTORS

    def distance(factor: float) -> float:
        return abs(math.log(abs(value * factor / known)))

    best = min(factors, key=distance)
    if distance(best) >= math.log(_NEAR):
        return None
    # In braces a comma would tear the number apart.
    return written(float(f"{value * best:.12g}"), unit).replace(",", "")


@cache
def _english() -> "Words":
    from okrsite.language.wording import Words  # slow to import, and seldom needed when linting

    return Words.of("en")


def misread(measured: Measured, values: Sequence[Number]) -> Iterator[Finding]:
    """Yield the findings about numbers that are ambiguous or probably in another unit."""
    current = (measured.current,) if measured.current else ()
    yield from _two_ways([*measured.numbers, *current, *values])
    earlier, everything = Others(measured.unit), Others(measured.unit)
    for number in measured.numbers:
        earlier.add(number.quantity)
    if not measured.numbers:
        for number in values:
            everything.add(number.quantity)
    units = (number.quantity.unit for number in (*measured.numbers, *current, *values))
    unit = measured.unit or next(filter(None, units), None)
    last: Number | None = None
    before: Number | None = None
    for number in (*current, *sorted(values, key=lambda v: v.day or date.min)):
        if last is None or last.day != number.day:
            before = last
        others = earlier
        if not measured.numbers:
            others = Others(measured.unit)
            own = Others(measured.unit)
            own.add(number.quantity)
            others.total, others.plain = everything.total - 1, everything.plain - own.plain
            others.zeros = everything.zeros - own.zeros
            others.percentages = everything.percentages - own.percentages
        known = Known(
            before.quantity if before else None,
            measured.start,
            measured.target,
            number.quantity.unit or unit,
            measured.adds_up,
        )
        why = doubt(number.quantity, known, others)
        if why is not None:
            mentions = (before.place.path,) if before else ()
            yield finding("OKR305", number.place.path, number.place.line, *why, mentions)
        earlier.add(number.quantity)
        last = number if number.day else None


def _two_ways(numbers: Iterable[Number]) -> Iterator[Finding]:
    """Yield the numbers whose point may part thousands, where no other's point cannot."""
    numbers = list(numbers)
    if any(number.quantity.parts_thousands is False for number in numbers):
        return
    for number in numbers:
        if number.quantity.parts_thousands:
            value = number.quantity.value
            message = phrase(
                "this number is %(value)s, but many readers take it for %(thousands)s",
                value=f"{value:.12g}",
                thousands=f"{value * 1000:,.12g}",
            )
            hint = phrase(
                'write %(value)s, or "%(thousands)s" if you mean thousands',
                value=f"{value:.12g}",
                thousands=f"{value * 1000:,.12g}",
            )
            yield finding("OKR111", number.place.path, number.place.line, message, hint)
