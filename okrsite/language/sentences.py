"""What the title of an objective or key result says: activities, measures and aims.

Titles are judged by lists of words, one readable file a language, in `words/`. Nothing here knows
documents: a title goes in, what was recognised comes out.
"""

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from okrsite.language.inline import plain

_QUANTITY = (
    r"(?:[$€£¥]|[A-Z]{3}\s)?[+-]?[0-9](?:[0-9.,'’_\u202f]*[0-9])?\s?(?:%|[$€£¥])?"
    r"(?:\s?(?:k|K|M|bn|million|billion|Mio|Mrd|Tsd)\b\.?)?(?:\s?[$€£¥])?"
)
# A number that is part of a name, a day or a version measures nothing.
_NO_QUANTITY = re.compile(
    r"[0-9]+(?:st|nd|rd|th)\b|\b(?:q|h|t|fy|v)\s?[0-9][0-9.]*"
    r"|\b(?:19|20)[0-9]{2}\b(?![,.]?[0-9])(?!\s?[%$€£¥])|\b[0-9]+[:/][0-9]+\b|\btop[ -][0-9]+"
    r"|\b(?:iso|iec|din|version|level|tier|phase|part)\s[0-9]+"
    r"|[0-9]+-[^\W\d_]\w*|[^\W\d]\w*[0-9]\w*",
    re.IGNORECASE,
)
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class TitleWords:
    """The words by which the titles of one language are judged.

    `joins` parts clauses; `one_measure` matches a quantity that belongs to the next one, as in
    `from 4% to 2%`; `limit` begins a clause that narrows the one before, and after `times` a
    quantity does not say how many times something is done.
    """

    verb_first: bool
    activities: frozenset[str]
    directions: frozenset[str]
    aims: frozenset[str]
    aim_pattern: re.Pattern[str] | None
    joins: re.Pattern[str]
    one_measure: re.Pattern[str]
    quantity: re.Pattern[str]
    limit: re.Pattern[str]
    times: re.Pattern[str]
    pay: re.Pattern[str]
    units: frozenset[str]


def _either(words: Collection[str]) -> str:
    """Return a pattern of any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(8)
def title_words(language: str) -> TitleWords | None:
    """Return the words of a language such as `de-AT`; None for one that has no list."""
    name = language.replace("_", "-").partition("-")[0].lower()
    file = resources.files(__package__).joinpath("words", f"{name}.toml")
    if not name.isalpha() or not file.is_file():
        return None
    words = tomllib.loads(file.read_text(encoding="utf-8"))
    ways, parts, limits, joins, not_times, numbers, pay = (
        _either(words[key])
        for key in ("ways", "parts", "limits", "joins", "not_times", "numbers", "pay")
    )
    quantity = rf"(?<![\w.,])(?:{_QUANTITY}(?!\w)|(?:{numbers})\b)"
    counted = r"(?:\s+[^\W\d]\S*){0,4}?\s+"
    aim = words.get("aim_pattern")
    return TitleWords(
        verb_first=words["verb"] == "first",
        activities=frozenset(words["activities"]),
        directions=frozenset(words["directions"]),
        aims=frozenset(words["aims"]),
        aim_pattern=re.compile(aim) if aim else None,
        joins=re.compile(
            rf"\s*[,;:]\s+(?:(?:{joins})\s+)?|\s+(?:{joins})\s+|\s+[–—]\s+", re.IGNORECASE
        ),
        one_measure=re.compile(
            rf"({quantity})(?:\s*(?:→|->|[-–]|\.\.)\s*|{counted}(?:{ways})\s+|\s+(?:{parts})\s+"
            rf"|{counted}(?:{limits})\s+(?:[^\W\d]+\s+)?)(?={quantity})",
            re.IGNORECASE,
        ),
        quantity=re.compile(quantity, re.IGNORECASE),
        limit=re.compile(rf"(?:{limits})\s+(?:[^\W\d]+\s+)?(?={quantity})", re.IGNORECASE),
        times=re.compile(
            rf"(?<!\w)(?:{not_times})\s+(?:[^\W\d]+\s+){{0,2}}(?={quantity})", re.IGNORECASE
        ),
        pay=re.compile(rf"\b(?:{pay})\b", re.IGNORECASE),
        units=frozenset(words["units"]),
    )


def _without_names(title: str) -> str:
    """Return a title as text, without numbers that measure nothing."""
    return _NO_QUANTITY.sub("·", plain(title))


def _clauses(words: TitleWords, text: str) -> list[str]:
    return [clause for clause in map(str.strip, words.joins.split(text)) if clause]


def _starts(text: str, among: Collection[str]) -> str | None:
    """Return which of some words or phrases a text begins with."""
    tokens = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", text.lower())[:3]
    phrases = (" ".join(tokens[:count]) for count in range(len(tokens), 0, -1))
    return next((phrase for phrase in phrases if phrase in among), None)


def _verb(words: TitleWords, clause: str, among: Collection[str]) -> str | None:
    """Return the verb of a clause where it is among some, at the end the language puts it."""
    if words.verb_first:
        return _starts(clause, among)
    last = re.findall(r"[^\W\d_]+", clause)[-1:]
    found = last[0] if last and last[0][:1].islower() else ""
    separable = found.replace("zu", "", 1) if "zu" in found[2:] else found
    return next((verb for verb in (found, separable) if verb in among), None)


def activity(title: str, language: str) -> str | None:
    """Return the verb by which a title says what somebody does, as many times as it says."""
    words = title_words(language)
    if words is None:
        return None
    clause = next(iter(_clauses(words, _without_names(title))), "")
    verb = _verb(words, clause, words.activities)
    return None if verb is None or words.times.search(clause) else verb


def is_measured(unit: str, language: str) -> bool:
    """Whether a unit is one of time or of another quantity, and not the name of what is counted."""
    words = title_words(language)
    return words is not None and unit.lower().rstrip(".") in words.units


def measures(title: str, language: str) -> int:
    """Return how many measures a title has or wants; at most one is right for a key result."""
    words = title_words(language)
    if words is None:
        return 0
    return sum(_measures(words, clause) for clause in _clauses(words, _without_names(title)))


def _measures(words: TitleWords, clause: str) -> int:
    while (joined := words.one_measure.sub("·", clause)) != clause:
        clause = joined
    quantities = words.quantity.findall(clause)
    if len(quantities) == 1 and words.limit.match(clause):
        return 0  # “… and within two days” narrows the clause before
    return max(len(quantities), _verb(words, clause, words.directions) is not None)


def aims(title: str, language: str) -> int:
    """Return the number of aims that an objective's title names."""
    words = title_words(language)
    if words is None:
        return 0
    return sum(_is_aim(words, clause) for clause in _clauses(words, _without_names(title)))


def _is_aim(words: TitleWords, clause: str) -> bool:
    if _verb(words, clause, words.directions | words.activities | words.aims):
        return True
    tokens = re.findall(r"[^\W\d_]+", clause)
    if words.aim_pattern is None or not tokens:
        return False
    if words.verb_first:
        return words.aim_pattern.fullmatch(tokens[0].lower()) is not None
    return words.aim_pattern.fullmatch(tokens[-1]) is not None and len(tokens) > 1


def is_too_long(title: str) -> bool:
    """Whether a title has more than 100 characters, marks aside."""
    return len(plain(title)) > _LONGEST


def pay_words(title: str, language: str) -> Iterator[str]:
    """Yield the words of a title that speak of pay."""
    words = title_words(language) or title_words("en")
    assert words is not None
    yield from (found[0] for found in words.pay.finditer(plain(title)))
