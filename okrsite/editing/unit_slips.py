"""Values that were probably meant in another unit: 0.13 for 13%, 7.5 for $7.5M."""

import math
from dataclasses import dataclass

from okrsite.documents.quantity import InvalidValueError, Quantity, parse_quantity
from okrsite.documents.values import Aggregate
from okrsite.language.wording import Words
from okrsite.project.model import KeyResult
from okrsite.project.model.measures import Metric
from okrsite.project.plausible import Others, doubt
from okrsite.scores import KeyResultFigures

_NEAR = 10
"""The largest factor by which a suggested value may differ."""

_PERCENT_FACTORS = (100.0, 0.01)
_FACTORS = (1e3, 1e6, 1e9, 1e-3, 1e-6, 1e-9)


@dataclass(frozen=True, slots=True)
class Slip:
    """A doubt about a value; `meant` is what may have been meant, as it would be written."""

    message: str
    meant: str | None


def slip(words: Words, result: KeyResult, figures: KeyResultFigures, text: str) -> Slip | None:
    """Doubt a value as the check OKR305 would when it is written."""
    if not result.measure.in_units:
        return None
    try:
        quantity = parse_quantity(text)
    except InvalidValueError:
        return None
    known, name = _known(result, figures)
    measure = result.measure
    target = Quantity(measure.goal) if isinstance(measure, Metric) else None
    others = Others(result.unit)
    for number in (known, figures.evaluation.start, *measure.goals):
        if number is not None:
            others.add(Quantity(number, result.unit))
    before = Quantity(known) if known is not None else None
    adds_up = isinstance(measure, Metric) and measure.aggregate is Aggregate.SUM
    if doubt(quantity, before, target, others, adds_up) is None or not known:
        return None
    message = f"{_written(words, quantity.value, quantity.unit or result.unit)} is far from {name}"
    message = f"{message}, {_written(words, known, result.unit)}"
    return Slip(message, _meant(words, result, quantity.value, known))


def _known(result: KeyResult, figures: KeyResultFigures) -> tuple[float | None, str]:
    """Return the last value, or where the key result begins, and what to call it."""
    readings = figures.evaluation.readings
    if readings:
        return readings[-1].value, "the last value"
    if result.current is not None:
        return result.current.value, "the last value"
    return figures.evaluation.start, "where it began"


def _meant(words: Words, result: KeyResult, value: float, known: float) -> str | None:
    """Return the value in the unit that brings it nearest to what is known, if it is near then."""
    factors = _PERCENT_FACTORS if result.unit == "%" else _FACTORS

    def distance(factor: float) -> float:
        return abs(math.log(abs(value * factor / known)))

    best = min(factors, key=distance)
    if distance(best) >= math.log(_NEAR):
        return None
    return _written(words, float(f"{value * best:.12g}"), result.unit)


def _written(words: Words, value: float, unit: str | None) -> str:
    """Write a value so that it can be typed again; in short where nothing is lost by that."""
    short = words.quantity(value, unit).replace("\u00a0", " ")
    try:
        same = parse_quantity(short).value == value
    except InvalidValueError:
        same = False
    return short if same else words.exact(value, unit).replace("\u00a0", " ")
