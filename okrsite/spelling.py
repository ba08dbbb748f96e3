"""The nearest spelling of a word, for hints."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

_ALIKE = 0.8


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Give the known word that is spelled most like this one, or None where none is near.

    Of several that are equally near the first is taken, so `known` should be in a fixed order.
    """
    best = process.extractOne(
        word.lower()[:200], known, scorer=JaroWinkler.similarity, score_cutoff=_ALIKE
    )
    return best[0] if best else None
