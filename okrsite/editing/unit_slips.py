"""Values that were probably meant in another unit: 0.13 for 13%, 7.5 for $7.5M."""

import math
from dataclasses import dataclass

from okrsite.documents.quantity import InvalidValueError, parse_quantity
from okrsite.documents.values import Aggregate
from okrsite.language.wording import Words
from okrsite.project.model import KeyResult
from okrsite.project.model.measures import Metric
from okrsite.scores import KeyResultFigures

_FAR = 50
"""The factor by which a value must differ from all known ones to be doubted."""

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
    """Return the doubt about a value that is far above, or below, the last one and the target.

    A zero is never doubted, and nothing is where there is nothing to compare with. What adds up
    may be as small as it likes: a week may bring little.
    """
    known, name = _known(result, figures)
    goals = _goals(result)
    if known is None or not known or not goals:
        return None
    try:
        value = parse_quantity(text).value
    except InvalidValueError:
        return None
    sizes = [abs(known), *goals]
    large = abs(value) >= _FAR * max(sizes)
    small = 0 < abs(value) <= min(sizes) / _FAR and not _adds_up(result)
    if not (large or small):
        return None
    said = _written(words, value, result.unit)
    message = f"{said} is far from {name}, {_written(words, known, result.unit)}"
    return Slip(message, _meant(words, result, value, known))


def _known(result: KeyResult, figures: KeyResultFigures) -> tuple[float | None, str]:
    """Return the last value, or where the key result begins, and what to call it."""
    readings = figures.evaluation.readings
    if readings:
        return readings[-1].value, "the last value"
    if result.current is not None:
        return result.current.value, "the last value"
    return figures.evaluation.start, "where it began"


def _goals(result: KeyResult) -> list[float]:
    """Return the sizes of what a key result is to come to; none where zero is among them."""
    measure, sizes = result.measure, [abs(goal) for goal in result.measure.goals]
    if isinstance(measure, Metric) and measure.scale:
        return [size for size in sizes if size]
    return sizes if all(sizes) else []


def _adds_up(result: KeyResult) -> bool:
    return isinstance(result.measure, Metric) and result.measure.aggregate is Aggregate.SUM


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
