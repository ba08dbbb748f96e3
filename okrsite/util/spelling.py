"""The spelling of names: in one form, without invisible characters, and the nearest one."""

import re
import unicodedata
from collections.abc import Collection
from itertools import islice

_ALIKE = 0.8
_LONGEST_WORD = 200

MOST_COMPARED = 200
"""How many words one is compared with, unless the caller limits the comparisons itself."""

# Characters without a shape of their own that are neither controls nor spaces to Unicode.
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_PLAIN = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u02ff]*")


def normal_form(name: str) -> str:
    """Return a name as names are compared: in lower case and in Unicode's form NFC.

    An é may be one character or an e with an accent; both look the same, and macOS writes the
    second into the names of files.
    """
    return name.lower() if name.isascii() else unicodedata.normalize("NFC", name.lower())


def invisible_character(name: str) -> str | None:
    """Return the first invisible character of a name, as `U+200B`, or None.

    A plain space between words can be seen.
    """
    if _PLAIN.fullmatch(name):
        return None
    for letter in name:
        unseen = unicodedata.category(letter) in ("Cc", "Cf", "Zs", "Zl", "Zp") and letter != " "
        if unseen or letter in _BLANKS:
            return f"U+{ord(letter):04X}"
    return None


def nearest(word: str, known: Collection[str], most: int = MOST_COMPARED) -> str | None:
    """Return the known word that is spelled most like this one, or None if none is similar.

    Of several that are equally similar the first is returned, so `known` should be in a fixed
    order; only its first `most` words are compared.
    """
    return next(iter(alike(word, known, most, 1)), None)


def alike(
    word: str, known: Collection[str], most: int = MOST_COMPARED, limit: int | None = None
) -> list[str]:
    """Return the known words that may be meant by a misspelt one, the nearest first.

    Those behind the first of at most `limit` take no more than one letter more to change into.
    """
    from rapidfuzz import process  # both are slow to import, and most sites need no hint
    from rapidfuzz.distance import OSA, JaroWinkler

    candidates = list(islice(known, most))
    written, similarity = word.lower()[:_LONGEST_WORD], JaroWinkler.similarity
    found = process.extract(
        written, candidates, scorer=similarity, score_cutoff=_ALIKE, limit=limit
    )
    letters = [OSA.distance(written, name[:_LONGEST_WORD]) for name, _, _ in found]
    return [
        name for (name, _, _), more in zip(found, letters, strict=True) if more <= letters[0] + 1
    ]
