"""Numbers rounded so that what is shown is true: on the right side of a limit, and not zero."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

DECIMALS = 2
"""Decimals of a score."""

PROOF = 4
"""Decimals of computed numbers in an explanation."""

WRITTEN = 12
"""A number of so many digits was written by people; one of more was computed."""


def hundredths(score: float) -> Decimal:
    """Return a score rounded half up to two decimals: 0.445 is 0.45."""
    return Decimal(str(round(score, 9))).quantize(Decimal("0.01"), ROUND_HALF_UP)


def visible(difference: float) -> Decimal:
    """Return a difference rounded to two decimals, or as many as it takes to be none no more."""
    shown = hundredths(difference)
    for decimals in range(DECIMALS + 1, 7):
        if shown:
            break
        shown = Decimal(str(round(round(difference, 9), decimals)))
    return shown


def beside(score: float, limits: Sequence[float], least: int = DECIMALS) -> Decimal:
    """Return a score rounded to some decimals, or as many as keep it on its side of all limits."""
    exact = round(score, 6)
    shown = hundredths(score) if least == DECIMALS else proved(score, least)
    for decimals in range(least + 1, 7):
        if not any(misplaced(float(shown), exact, limit) for limit in limits):
            break
        shown = Decimal(str(round(exact, decimals)))
    return shown


def misplaced(shown: float, exact: float, limit: float) -> bool:
    """Whether a score seems to reach a limit that it doesn't, or to be another than the limit."""
    return shown != limit if exact == limit else (shown < limit) != (exact < limit)


def decimals_of(number: Decimal) -> int:
    """Return how many decimals a number has."""
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def proved(score: float, decimals: int = PROOF) -> Decimal:
    """Return a score rounded to some decimals, as the numbers of an explanation are."""
    return Decimal(str(round(round(score, 9), decimals)))


def is_written(value: float) -> bool:
    """Whether a number is as short as people write them, and not the result of a division."""
    return float(f"{value:.{WRITTEN}g}") == value


def side(value: float, limit: float) -> int:
    """Return on which side of a limit a value is, or 0 where it is the limit."""
    return (value > limit) - (value < limit)


def rounded(value: float, decimals: int = DECIMALS) -> float:
    """Return a value rounded to some decimals, or to one digit more if it is small."""
    if value and abs(value) < 0.1:
        return float(f"{value:.{decimals + 1}g}")
    return round(value, decimals) + 0.0
