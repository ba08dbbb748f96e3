"""The nearest spelling of a word, and the hints made with it."""

from collections.abc import Collection
from itertools import islice

_ALIKE = 0.8
_LONGEST_WORD = 200

MOST_COMPARED = 200
"""How many words one is compared with, unless the caller limits the comparisons itself."""


def nearest(word: str, known: Collection[str], most: int = MOST_COMPARED) -> str | None:
    """Return the known word that is spelled most like this one, or None if none is similar.

    Of several that are equally similar the first is returned, so `known` should be in a fixed
    order; only its first `most` words are compared.
    """
    from rapidfuzz import process  # both are slow to import, and most sites need no hint
    from rapidfuzz.distance import JaroWinkler

    candidates = list(islice(known, most))
    best = process.extractOne(
        word.lower()[:_LONGEST_WORD], candidates, scorer=JaroWinkler.similarity,
        score_cutoff=_ALIKE,
    )  # fmt: skip
    return best[0] if best else None


def spelling_hint(word: str, known: Collection[str]) -> str:
    """Return a hint for an unknown word: the nearest known word, or all of them."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else f"write one of {', '.join(known)}"
