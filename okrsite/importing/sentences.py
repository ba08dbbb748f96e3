"""Key results that are one line: `Annual revenue: $8M → $12M (now $9.1M)`."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from okrsite.importing.numbers import digits_of

_DIGITS = r"[-+−]?(?:[$€£¥]\s?|[A-Z]{3}\s)?[0-9](?:[0-9.,'’\u00a0\u202f]*[0-9])?"
_MAGNITUDE = r"\s?(?:bn\b|[kKMBT]\b)(?:\s?[$€£¥])?"
_NO_UNIT = r"(?!(?:to|auf|zu|à|a|hasta|by|within|until|till|before|in|on|for|bis|avant|per)\b)"
_WORD = rf"\s?{_NO_UNIT}[^\W\d_]+"
_WORDS = rf"{_WORD}(?:\s{_NO_UNIT}[^\W\d_]+){{0,2}}"
_QUANTITY = rf"{_DIGITS}(?:\s?[%$€£¥]|(?:{_MAGNITUDE})?(?:{_WORDS})?)(?:/[0-9]+)?"
_NOW = re.compile(
    r"\s*\((?:now|currently|current|today|jetzt|aktuell|derzeit|actuellement|ahora|actualmente):?\s+(?P<now>[^()]+)\)",
    re.IGNORECASE,
)
_GRADE = re.compile(r"\s*=+>\s*(?P<grade>[0-9.,]+\s*%?|[0-9]+/[0-9]+)\s*$")
_ARROW = re.compile(
    rf"(?P<title>.*?)[\s:,;–—-]*\s(?P<a>{_QUANTITY})\s*(?:→|->|-->|=>|⇒|➔|➜)\s*(?P<b>{_QUANTITY})(?P<rest>.*)"
)
_FROM_TO = re.compile(
    rf"(?P<title>.*?)[\s:,;]*\s(?:from|von|de|desde)\s+(?P<a>{_QUANTITY})\s+(?:to|auf|zu|à|a|hasta)\s+(?P<b>{_QUANTITY})(?P<rest>.*)",
    re.IGNORECASE,
)
_LEAST = (
    r"≥|>=|>|at least|min\.?|minimum|no less than|mindestens|wenigstens|au moins|al menos"
    r"|como mínimo"
)
_MOST = (
    r"≤|<=|<|at most|max\.?|maximum|no more than|up to|höchstens|maximal|au plus|como máximo"
    r"|a lo sumo"
)
_BOUND = re.compile(
    rf"(?:^|(?<=[\s(:]))(?:(?P<least>{_LEAST})|(?P<most>{_MOST}))\s*(?P<value>{_QUANTITY})",
    re.IGNORECASE,
)
_WHOLE_BOUND = re.compile(
    rf"(?:(?P<least>{_LEAST})|(?P<most>{_MOST}))\s*(?P<value>.*[0-9].*)", re.IGNORECASE
)
_TARGET = re.compile(
    rf"(?P<title>.+?)[\s:,;(]*\b(?:to|target|goal|auf|ziel|objectif|objetivo):?\s+(?P<to>{_QUANTITY})\)?\s*",
    re.IGNORECASE,
)
_BY_VALUE = re.compile(rf"(?P<title>.+?)\s*[:,]\s*(?P<to>{_QUANTITY})\s*")
_A_NUMBER = re.compile(r"[$€£¥]?[0-9][0-9.,]*(?:\s?(?:%|[kKMBT]\b|bn\b))?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a line says: its title, and how it is measured, all as written.

    `bound` is min or max with its limit. `unmarked` is a number that nothing marks as a target, and
    `start_said` tells whether a target came with a start.
    """

    title: str
    start: str | None = None
    to: str | None = None
    bound: tuple[str, str] | None = None
    now: str | None = None
    grade: str | None = None
    unmarked: str | None = None


def sentence(text: str) -> Sentence:
    """Return what a line says."""
    now = grade = None
    if match := _NOW.search(text):
        now, text = match["now"].strip(), (text[: match.start()] + text[match.end() :]).strip()
    if match := _GRADE.search(text):
        grade, text = match["grade"].strip(), text[: match.start()].strip()
    for pattern in (_ARROW, _FROM_TO):
        if match := pattern.fullmatch(f" {text}"):
            a, b = match["a"].strip(), match["b"].strip()
            rest = match["rest"].strip(" .")
            title = _title(match["title"], rest)
            if title and digits_of(a) and digits_of(b):
                return Sentence(title, a, b, now=now, grade=grade)
    if match := _BOUND.search(text):
        bound = "min" if match["least"] else "max"
        return Sentence(text, bound=(bound, _first_quantity(match["value"])), now=now, grade=grade)
    if match := _TARGET.fullmatch(text):
        return Sentence(_title(match["title"], ""), to=match["to"].strip(), now=now, grade=grade)
    if now is not None and (match := _BY_VALUE.fullmatch(text)):
        return Sentence(_title(match["title"], ""), to=match["to"].strip(), now=now, grade=grade)
    unmarked = _A_NUMBER.search(re.sub(r"\([^()]*://[^()]*\)", "", text)) if grade is None else None
    return Sentence(text, now=now, grade=grade, unmarked=unmarked[0] if unmarked else None)


def bound_of(text: str) -> tuple[str, str] | None:
    """Return min or max and the limit of a cell like `≥ 99.5%`; None if it isn't a bound."""
    match = _WHOLE_BOUND.fullmatch(text.strip())
    return ("min" if match["least"] else "max", match["value"].strip()) if match else None


def _first_quantity(text: str) -> str:
    """Return a quantity without the words of the sentence that follow it.

    `99.5% of deliveries` is 99.5 %; `2s` is two seconds, `12 hours a day` twelve hours.
    """
    match = re.match(rf"{_DIGITS}(?:\s?[%$€£¥]|{_MAGNITUDE}|{_WORD})?", text)
    return match[0].strip() if match else text


def _title(title: str, rest: str) -> str:
    return " ".join(f"{title.strip(' :,;–—-(')} {rest}".split())


LABEL = re.compile(
    r"(?P<label>objective|goal|ziel|objectif|objetivo|o"
    r"|key result|kr|schlüsselergebnis|résultat clé|resultado clave|"
    r"initiative|project|task)\s*(?P<number>[0-9]+(?:\.[0-9]+)*[a-z]?)?\s*(?P<mark>[:.)–—-])\s+(?P<title>.+)",
    re.IGNORECASE | re.DOTALL,
)
_SIGNS_BEFORE = re.compile(r"^[^\w\s\[({\"'`*~#<$€£¥+-]+\s*")
_BOLD_LABEL = re.compile(r"^(?:\*\*|__)(?P<label>[^*_]{1,30}:)(?:\*\*|__)\s*")
_LIST_NUMBER = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)*)[.):]?\s+(?P<title>.+)", re.DOTALL)
_LABELS: dict[str, str] = {
    **dict.fromkeys(("objective", "goal", "ziel", "objectif", "objetivo", "o"), "objective"),
    **dict.fromkeys(
        ("key result", "kr", "schlüsselergebnis", "résultat clé", "resultado clave"), "key result"
    ),
    **dict.fromkeys(("initiative", "project", "task"), "initiative"),
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A title without its label: `KR 2.1: Sell more` is a key result with the id `KR 2.1`."""

    title: str
    kind: str | None = None
    id: str | None = None


def labelled(text: str) -> Labelled:
    """Return a title, and what its label says."""
    text = _BOLD_LABEL.sub(r"\g<label> ", text.strip())
    match = LABEL.fullmatch(_SIGNS_BEFORE.sub("", text))
    if match and (match["number"] or match["mark"] == ":"):
        label = match["label"].lower()
        kind = _LABELS[label]
        short = {"objective": "O", "key result": "KR"}.get(kind, "")
        id = f"{short}{match['number']}" if match["number"] and short else None
        return Labelled(match["title"].strip(), kind, id)
    if match := _LIST_NUMBER.fullmatch(text.strip()):
        if "." in match["number"] or text.strip()[len(match["number"])] in ".):":
            return Labelled(match["title"].strip(), None, match["number"])
    return Labelled(text.strip())


Exists = Callable[[str], bool]
_TEAMS_AT_END = re.compile(r"\s*\[(?P<names>[^][()]+)\]\s*$")
_NAME_BEFORE = re.compile(r"(?P<name>[^\W\d_][^:]{1,40}):\s+(?P<title>\S.*)", re.DOTALL)
_PEOPLE_AT_END = re.compile(r"\s*\((?P<names>[^()]+)\)\s*$")


def owners_in(text: str, exists: Exists) -> tuple[str, tuple[str, ...]]:
    """Return a title without the existing owners before its colon or in brackets, and these."""
    owners: tuple[str, ...] = ()
    if (match := _NAME_BEFORE.fullmatch(text)) and exists(match["name"]):
        text, owners = match["title"], (match["name"].strip(),)
    for _ in range(2):
        for pattern in (_TEAMS_AT_END, _PEOPLE_AT_END):
            if match := pattern.search(text):
                names = tuple(
                    name.strip() for name in re.split(r"[,;&/]", match["names"]) if name.strip()
                )
                if names and all(exists(name) for name in names):
                    text, owners = text[: match.start()].strip(), (*names, *owners)
    return text, owners
