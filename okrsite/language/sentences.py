"""What the title of an objective or key result says: activities, measures and aims.

Titles are judged by lists of words, one readable file a language, in `words/`. Nothing here knows
documents: a title goes in, what was recognised comes out.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from okrsite.language.inline import plain

_QUANTITY = (
    r"(?:[$€£¥]|[A-Z]{3}\s)?[+-]?(?:[0-9]{1,3}(?:\s[0-9]{3}(?![0-9])){1,4}|[0-9](?:[0-9.,'’_]*[0-9])?)"
    r"\s?(?:%|[$€£¥])?"
    r"(?:\s?(?:k|K|M|bn|million|billion|Mio|Mrd|Tsd)\b\.?)?(?:\s?[$€£¥])?"
)
# A number that is part of a name, a day or a version measures nothing.
_NO_QUANTITY = re.compile(
    r"\b[0-9]+(?:st|nd|rd|th)\b|\b(?:q|h|t|fy|v)\s?[0-9][0-9.]*"
    r"|\b(?:19|20)[0-9]{2}\b(?![,.]?[0-9])(?!\s?[%$€£¥])|\b[0-9]+[:/][0-9]+\b|\btop[ -][0-9]+"
    r"|\b(?:iso|iec|din|version|level|tier|phase|part)\s[0-9]+"
    r"|(?<![\w.,])[0-9][0-9.,]*-[^\W\d_]\w*|\b[^\W\d]\w*[0-9]\w*",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"(\s)\s+")
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class TitleWords:
    """The words by which the titles of one language are judged.

    `we` begins a title in the first person, whose verbs have `we_endings`. An activity of
    `nouns_too` is a verb only before an `object`; `acts` begins a title with a noun for one, as in
    `Creation of 40 pages`, `done` is one in the passive, as in `Workshops held`, and `deeds` is a
    number of them, as in `Number of calls` or `40 interviews`. An aim without a verb has a
    `comparative` or `superlative`; a `gerund` is the ending of one next to another. `joins` parts
    clauses, `between` is a range; `one_measure` matches a quantity that belongs to the next one, as
    in `from 4% to 2%`; `limit` begins a clause that narrows the one before, and after `times` a
    quantity does not say how many times something is done, but for those done for an `audience`.
    """

    verb_first: bool
    we: re.Pattern[str]
    we_endings: dict[str, str]
    activities: frozenset[str]
    nouns_too: frozenset[str]
    object: re.Pattern[str]
    acts: re.Pattern[str]
    done: re.Pattern[str]
    deeds: re.Pattern[str]
    directions: frozenset[str]
    aims: frozenset[str]
    aim_pattern: re.Pattern[str] | None
    no_aims: frozenset[str]
    comparative: re.Pattern[str]
    superlative: re.Pattern[str] | None
    gerund: str | None
    vague: frozenset[str]
    empty: frozenset[str]
    joins: re.Pattern[str]
    between: re.Pattern[str]
    one_measure: re.Pattern[str]
    quantity: re.Pattern[str]
    limit: re.Pattern[str]
    times: re.Pattern[str]
    audience: frozenset[str]
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
    either = {key: _either(value) for key, value in words.items() if isinstance(value, list)}
    joins, limits, numbers = either["joins"], either["limits"], either["numbers"]
    quantity = rf"(?<![\w.,])(?:{_QUANTITY}(?!\w)|(?:{numbers})\b)"
    counted = r"(?:\s+[^\W\d]\S*){0,6}?\s+"
    aim, best = words.get("aim_pattern"), words.get("superlative")
    return TitleWords(
        verb_first=words["verb"] == "first",
        we=re.compile(words["we"], re.IGNORECASE),
        we_endings=words.get("we_endings", {}),
        activities=frozenset(words["activities"]),
        nouns_too=frozenset(words.get("nouns_too", ())),
        object=re.compile(
            rf"\s+(?:[$€£¥]?[0-9]|(?:{numbers}|{either.get('determiners', numbers)})\b)",
            re.IGNORECASE,
        ),
        acts=re.compile(rf"(?:{either['acts']})\s+(?:{either['acts_of']})\b", re.IGNORECASE),
        done=re.compile(rf"\b(?:{either['done']}){words['done_ends']}", re.IGNORECASE),
        deeds=re.compile(_deeds(words, quantity), re.IGNORECASE),
        directions=frozenset(words["directions"]),
        aims=frozenset(words["aims"]),
        aim_pattern=re.compile(aim) if aim else None,
        no_aims=frozenset(words.get("no_aims", ())),
        comparative=re.compile(
            rf"(?:(?:{either['articles']})\s+)?(?:{either['comparatives']})\s", re.IGNORECASE
        ),
        superlative=re.compile(rf"the\s+(?:{best})\b", re.IGNORECASE) if best else None,
        gerund=words.get("gerund"),
        vague=frozenset(words["vague"]),
        empty=frozenset(words["empty"]),
        joins=re.compile(
            rf"\s?[,;:]\s(?:(?:{joins})\s)?|\s(?:{joins}|[–—])\s|\s(?=(?:{either['adds']})\s)",
            re.IGNORECASE,
        ),
        between=re.compile(
            rf"\b(?:{either['between']})\s+({quantity})\s+(?:{joins})\s+{quantity}", re.IGNORECASE
        ),
        one_measure=re.compile(
            rf"({quantity})(?:\s*(?:→|->|[-–]|\.\.)\s*|{counted}(?:{either['ways']})\s+"
            rf"|\s+(?:{either['parts']})\s+|{counted}(?:{limits})\s+(?:[^\W\d]+\s+){{0,2}})"
            rf"(?={quantity})",
            re.IGNORECASE,
        ),
        quantity=re.compile(quantity, re.IGNORECASE),
        limit=re.compile(rf"(?:{limits})\s+(?:[^\W\d]+\s+)?(?={quantity})", re.IGNORECASE),
        times=re.compile(
            rf"(?<!\w)(?:{either['not_times']})\s+(?:[^\W\d]+\s+){{0,2}}(?={quantity})",
            re.IGNORECASE,
        ),
        audience=frozenset(words.get("audience", ())),
        pay=re.compile(rf"\b(?:{either['pay']})\b", re.IGNORECASE),
        units=frozenset(words["units"]),
    )


def _deeds(words: Mapping[str, Any], quantity: str) -> str:
    """Return a pattern of a number of deeds; their words are patterns of their own."""
    deeds, done = "|".join(words["deeds"]), _either(words["deeds_done"])
    counted, few = rf"(?:{_either(words['counts'])})\s?", r"(?:[^\W\d]\S*\s+){0,2}?"
    return rf"(?:{counted}|{quantity}\s+){few}(?:{deeds})\b|{few}(?:{deeds})\s+(?:{done})\b"


def _clauses(words: TitleWords, title: str) -> list[str]:
    """Return the clauses of a title, without marks and numbers that measure nothing."""
    text = _NO_QUANTITY.sub("·", _BLANKS.sub(r"\1", plain(title)))
    text = words.between.sub(r"\1", text)
    we = words.we.match(text)
    clauses = words.joins.split(text[we.end() :] if we else text)
    clauses = [clause for clause in map(str.strip, clauses) if clause]
    return [_impersonal(words, clause) for clause in clauses] if we else clauses


def _impersonal(words: TitleWords, clause: str) -> str:
    """Return a clause about “we” with its verb in the infinitive, where the language puts it."""
    verb, _, rest = clause.partition(" ")
    if not words.verb_first:
        return f"{rest} {verb}".strip()
    ending = next((ending for ending in words.we_endings if verb.endswith(ending)), "")
    return f"{verb.removesuffix(ending)}{words.we_endings.get(ending, '')} {rest}".strip()


def _starts(text: str, among: Collection[str]) -> str | None:
    """Return which of some words or phrases a text begins with."""
    tokens = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", text.lower())[:3]
    phrases = (" ".join(tokens[:count]) for count in range(len(tokens), 0, -1))
    return next((phrase for phrase in phrases if phrase in among), None)


def _verb(words: TitleWords, clause: str, among: Collection[str]) -> str | None:
    """Return the verb of a clause where it is among some, at the end the language puts it."""
    if words.verb_first:
        return _starts(clause, among)
    last_two = ["", "", *re.findall(r"[^\W\d_]+", clause)][-2:]
    last = last_two[1]
    if not last[:1].islower():
        return None
    separable = last.replace("zu", "", 1) if "zu" in last[2:] else "".join(last_two)
    return next((verb for verb in (separable, last) if verb in among), None)


def activity(title: str, language: str) -> str | None:
    """Return the verb by which a title says what somebody does, as many times as it says."""
    words = title_words(language)
    if words is None:
        return None
    clause = next(iter(_clauses(words, title)), "")
    if noun := words.acts.match(clause) or words.done.search(clause):
        return noun[0]
    verb = _verb(words, clause, words.activities)
    after = len(verb or "") if words.verb_first else 0
    if verb in words.nouns_too and not words.object.match(clause, after):
        verb = None
    if verb is None:
        deeds = None if _is_aim(words, clause, frozenset()) else words.deeds.match(clause)
        return deeds[0] if deeds else None
    if " " not in clause or "%" in clause:
        return None
    return verb if verb in words.audience or not words.times.search(clause, after) else None


def is_measured(unit: str, language: str) -> bool:
    """Whether a unit is one of time or of another quantity, and not the name of what is counted."""
    words = title_words(language)
    return words is not None and unit.lower().rstrip(".") in words.units


def measures(title: str, language: str) -> int:
    """Return how many measures a title has or wants; at most one is right for a key result."""
    words = title_words(language)
    if words is None:
        return 0
    count, wanting = 0, False
    for clause in _clauses(words, title):
        quantities = _quantities(words, clause)
        directed = " " in clause and _verb(words, clause, words.directions) is not None
        if wanting and quantities == 1 and not directed and not words.quantity.match(clause):
            wanting = False  # in “sales in France and Spain by 10%”, it is that of the verb before
            continue
        count += max(quantities, directed)
        wanting = quantities == 0 if directed else wanting
    return count


def _quantities(words: TitleWords, clause: str) -> int:
    while (joined := words.one_measure.sub("·", clause)) != clause:
        clause = joined
    quantities = words.quantity.findall(clause)
    if len(quantities) == 1 and words.limit.match(clause):
        return 0  # “… and within two days” narrows the clause before
    return len(quantities)


def aims(title: str, language: str) -> int:
    """Return the number of aims that an objective's title names."""
    words = title_words(language)
    if words is None:
        return 0
    return sum(_is_aim(words, clause, words.activities) for clause in _clauses(words, title))


def _is_aim(words: TitleWords, clause: str, others: frozenset[str]) -> bool:
    """Whether a clause names an aim, by a verb of aims or one of some others."""
    tokens = re.findall(r"[^\W\d_]+", clause)
    if len(tokens) < 2:
        return False  # in “find, choose and pay without help”, the others share the object
    if _verb(words, clause, words.directions | words.aims | others):
        return True
    if words.comparative.match(clause) or (words.superlative and words.superlative.match(clause)):
        return True
    if words.gerund and _is_gerund(words, tokens[0].lower(), words.gerund):
        return True
    verb = tokens[0].lower() if words.verb_first else tokens[-1]
    if words.aim_pattern is None or verb in words.no_aims:
        return False
    return words.aim_pattern.fullmatch(verb) is not None


def _is_gerund(words: TitleWords, token: str, ending: str) -> bool:
    """Whether a word is the gerund of an aim: cutting, raising, growing."""
    stem = token.removesuffix(ending)
    if stem == token:
        return False
    verbs = {stem, f"{stem}e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem}
    return not verbs.isdisjoint(words.directions | words.aims)


def is_too_long(title: str) -> bool:
    """Whether a title has more than 100 characters, marks aside."""
    return len(plain(title)) > _LONGEST


def vague_verb(title: str, language: str) -> str | None:
    """Return the verb of a title that says a direction and of what it does not."""
    words = title_words(language)
    if words is None:
        return None
    tokens = [t.lower() for t in re.findall(r"[^\W\d_]+", plain(title))]
    verb = _verb(words, plain(title), words.vague)
    if verb is None or any(c.isdigit() for c in title):
        return None
    rest = [token for token in tokens if token not in verb.split()]
    return verb if all(token in words.empty for token in rest) else None


def pay_words(title: str, language: str) -> Iterator[str]:
    """Yield the words of a title that are about pay."""
    words = title_words(language) or title_words("en")
    assert words is not None
    yield from (found[0] for found in words.pay.finditer(plain(title)))
