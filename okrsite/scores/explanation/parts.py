"""What an explanation is made of, and how its numbers are written."""

from collections.abc import Sequence
from dataclasses import dataclass

from okrsite.language.wording import Words
from okrsite.project.model import Grade, KeyResult, Place


@dataclass(frozen=True, slots=True)
class Term:
    """One number of a formula: what it is, its value as people write it, where it stands in git.

    `place` is None for what was computed or follows from a default.
    """

    name: str
    value: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a score came about.

    `formula` says it in words, `numbers` is the same with the numbers put in, `result` the score
    that follows. `given` tells of a grade that stands instead of it, `note` what else matters.
    """

    formula: str
    numbers: str
    result: str
    terms: tuple[Term, ...]
    given: Term | None = None
    given_reason: str | None = None
    note: str | None = None


def band_in_words(words: Words, result: KeyResult) -> str:
    """Say the band to stay in: `≥ 99.9%`, `≤ 8 hours`, `5 to 8`."""
    band = result.band
    if band is None:
        return ""
    return bounds_in_words(words, band.minimum, band.maximum, result.unit)


def bounds_in_words(
    words: Words, minimum: float | None, maximum: float | None, unit: str | None
) -> str:
    """Say one bound or two, in a unit."""
    if minimum is not None and maximum is not None:
        low, high = words.quantity(minimum, unit), words.quantity(maximum, unit)
        return words.say("%(low)s to %(high)s", low=low, high=high)
    if minimum is not None:
        return f"≥ {words.quantity(minimum, unit)}"
    return f"≤ {words.quantity(maximum, unit)}"


def mean(words: Words, pairs: Sequence[tuple[float, float]]) -> str:
    """Write a weighted mean with its numbers: `(2 × 0.22 + 1 × 0.50) / 3`."""
    sums = " + ".join(f"{weight(words, of)} × {words.score(score)}" for of, score in pairs)
    return f"({sums}) / {weight(words, sum(of for of, _ in pairs))}"


def weight(words: Words, value: float) -> str:
    """Write a weight."""
    return words.exact(value)


def given_by_hand(words: Words, grade: Grade | None) -> Term | None:
    """Tell of a grade that stands instead of a computed score."""
    if grade is None:
        return None
    return Term(words.say("Given by hand"), words.score(grade.score), grade.place)
