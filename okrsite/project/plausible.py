"""Numbers that can be read in two ways, and values that are probably in another unit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from okrsite.documents.quantity import Quantity
from okrsite.findings.finding import Finding, finding
from okrsite.i18n import phrase
from okrsite.project.model import Place

_FAR = 50 * (1 - 1e-9)
"""So many times larger or smaller than all that is known, a value is doubted."""

_LARGE_PERCENTAGE = 10


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


def doubt(
    value: Quantity,
    before: Quantity | None,
    target: Quantity | None,
    others: Others,
    adds_up: bool = False,
) -> tuple[str, str] | None:
    """Return why a value is probably in another unit, and what to write; None where it is not.

    A zero is never doubted, and nothing is where there is nothing to compare with.
    """
    size = abs(value.value)
    if size == 0:
        return None
    if value.unit == "%" and others.unit is None and 0 < others.total == others.plain:
        hint = phrase("write a plain number here, or the others with %(sign)s too", sign="%")
        return phrase("the value is a percentage, and all others are plain numbers"), hint
    only_percentages = others.percentages and others.percentages + others.zeros == others.total
    if value.unit is None and size < 1 and only_percentages:
        hint = phrase("write %(value)s, if that is meant", value=f"{value.value * 100:.12g}%")
        message = phrase(
            "%(value)s has no %(sign)s, and all others are percentages of 10 or more",
            value=f"{value.value:.12g}",
            sign="%",
        )
        return message, hint
    sizes = [abs(known.value) for known in (before, target) if known is not None]
    if len(sizes) < 2 or not all(sizes):
        return None
    small = size * _FAR <= min(sizes) and not adds_up
    if small or size >= _FAR * max(sizes):
        message = phrase(
            "%(value)s is far from %(before)s before it and from the target, %(target)s",
            value=f"{value.value:.12g}",
            before=f"{sizes[0]:.12g}",
            target=f"{sizes[1]:.12g}",
        )
        hint = phrase("write it in the unit of the others: %(units)s?", units="k, M, %")
        return message, hint
    return None


def misread(measured: Measured, values: Sequence[Number]) -> Iterator[Finding]:
    """Yield the findings about numbers that can be read in two ways or are in another unit."""
    current = (measured.current,) if measured.current else ()
    yield from _two_ways([*measured.numbers, *current, *values])
    earlier, everything = Others(measured.unit), Others(measured.unit)
    for number in measured.numbers:
        earlier.add(number.quantity)
    if not measured.numbers:
        for number in values:
            everything.add(number.quantity)
    last: Number | None = None
    before: Number | None = None
    for number in (*current, *sorted(values, key=lambda v: v.day or date.min)):
        if last is None or last.day != number.day:
            before = last
        known = before.quantity if before else measured.start
        others = earlier
        if not measured.numbers:
            others = Others(measured.unit)
            own = Others(measured.unit)
            own.add(number.quantity)
            others.total, others.plain = everything.total - 1, everything.plain - own.plain
            others.zeros = everything.zeros - own.zeros
            others.percentages = everything.percentages - own.percentages
        why = doubt(number.quantity, known, measured.target, others, measured.adds_up)
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
                "this number is %(value)s, and %(thousands)s to many readers",
                value=f"{value:.12g}",
                thousands=f"{value * 1000:,.12g}",
            )
            hint = phrase(
                'write %(value)s, or "%(thousands)s" if thousands are meant',
                value=f"{value:.12g}",
                thousands=f"{value * 1000:,.12g}",
            )
            yield finding("OKR111", number.place.path, number.place.line, message, hint)
