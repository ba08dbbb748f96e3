"""How the values of fields are read for a comparison, and how they are shown."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from okrsite.history.diff.sentences import ChangeSentences, Name, Value
from okrsite.project.model import Figure, Place, Range
from okrsite.scores.explanation import range_in_words

Show = Callable[[ChangeSentences, Any], Value]


def nothing(sentences: ChangeSentences, value: object) -> str:
    """Return nothing, for a sentence that only tells that a field changed."""
    return ""


@dataclass(frozen=True, slots=True)
class InUnit:
    """A value that is compared without the unit that it is shown in.

    `rising` is whether more of it is better, None where nobody knows.
    """

    value: Any
    unit: str | None = field(compare=False)
    rising: bool | None = field(default=None, compare=False)


Choose = Callable[[InUnit, InUnit], str]
"""Returns the sentence about two values."""


def in_unit(figure: Figure | None, unit: str | None, rising: bool | None = None) -> InUnit:
    """Return the number of a figure."""
    return InUnit(figure.value if figure else None, unit, rising)


def easier_or_harder(text: str, easier: str, harder: str) -> Choose:
    """Return what chooses between the sentences about a limit: neutral where nobody can tell."""

    def choose(before: InUnit, after: InUnit) -> str:
        was, now = before.value, after.value
        if was is None or now is None or before.unit != after.unit:
            return text
        if isinstance(was, Range):
            if was.contains(now) or now.contains(was):
                return easier if now.contains(was) else harder
        elif before.rising is not None and before.rising is after.rising:
            return easier if (now < was) is before.rising else harder
        return text

    return choose


def bounds(range_: Range | None, unit: str | None) -> InUnit:
    """Return a range without its place."""
    return InUnit(range_ and replace(range_, place=Place("", 0)), unit)


def text(sentences: ChangeSentences, value: str | None) -> str:
    """Return a text that may be missing as it is."""
    return value or sentences.words.say("none")


def title(sentences: ChangeSentences, value: str) -> Name:
    """Return a title as a name."""
    return Name(value)


def literal(sentences: ChangeSentences, value: str) -> Name:
    """Return a path or id as a name that stays as it is where inline Markdown is read."""
    return Name(re.sub(r"([\\`*_\[\]<>&!])", r"\\\1", value))


def sentence(sentences: ChangeSentences, value: str | None) -> Value:
    """Return a sentence that may be missing as a name."""
    return Name(value) if value else sentences.words.say("none")


def exact(sentences: ChangeSentences, value: float) -> str:
    """Write a number in full."""
    return sentences.words.exact(value)


def quantity(sentences: ChangeSentences, value: InUnit) -> str:
    """Write a target or a start that may be missing, as it was written."""
    words = sentences.words
    return words.say("none") if value.value is None else words.limit_of(value.value, value.unit)


def range_of(sentences: ChangeSentences, value: InUnit) -> str:
    """Write the bounds of a range that may be missing."""
    if value.value is None:
        return sentences.words.say("none")
    return range_in_words(sentences.words, value.value, value.unit)


def day(sentences: ChangeSentences, value: date | None) -> str:
    """Write a day that may be missing."""
    return sentences.words.say("none") if value is None else sentences.words.day(value)


def due_day(sentences: ChangeSentences, value: date | None) -> str:
    """Write the day that something is due on; without one it is due at the end."""
    return sentences.words.say("at the end") if value is None else sentences.words.day(value)


def confidence(sentences: ChangeSentences, value: float | None) -> str:
    """Write a confidence that may be missing."""
    return sentences.words.say("none") if value is None else sentences.words.confidence(value)


def share(sentences: ChangeSentences, value: float | None) -> str:
    """Write a share that may be missing, in percent."""
    return sentences.words.say("none") if value is None else sentences.words.percent(value)


def one_of(texts: Mapping[Any, str]) -> Show:
    """Return what writes a value as one of some texts."""
    return lambda sentences, value: sentences.words.say(texts[value])
