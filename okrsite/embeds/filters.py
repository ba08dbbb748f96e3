"""A filter of a list: how its values are read, and what of an item they are compared with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from okrsite.documents.values import parse_choice, parse_day, parse_switch
from okrsite.embeds.names import Hidden, Kind, Lost, Names
from okrsite.language.inline import plain
from okrsite.project.model import KeyResult, Objective, Owner, Project
from okrsite.project.model.cycles import Cycle
from okrsite.scores import OwnerFigures, Scorecard

CURRENT = "current"
"""The name, in a filter by cycle, of the cycle that the home page shows."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a block is answered from: the published project with its figures.

    `cycle` is the one whose scores of owners are asked for.
    """

    project: Project
    scorecard: Scorecard
    cycle: Cycle | None

    def owner(self, owner: Owner) -> OwnerFigures | None:
        """Return the figures of an owner in the cycle that is asked for."""
        if self.cycle is None:
            return None
        return self.scorecard.owners.get(owner.id, {}).get(self.cycle.id)


@dataclass(frozen=True, slots=True)
class Asking:
    """Where a block stands: what it can name, and the cycle of its document."""

    names: Names
    cycle: str | None = None


class WrongValueError(ValueError):
    """A value that a filter cannot take."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


Value = str | date | bool | None
"""A value to compare with; None is something that is not published, and matches nothing."""

Reader = Callable[[str, Asking], Value]
Test = Callable[[Any, frozenset[Value]], bool]


def _any_of(found: Iterable[Value], wanted: frozenset[Value]) -> bool:
    return any(one is not None and one in wanted for one in found)


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: how its values are read, what of an item they are compared with, and how.

    `takes` says for people what may be written.
    """

    takes: str
    read: Reader
    of: Callable[[Facts, Any], Any]
    test: Test = _any_of


def _named(kind: Kind) -> Reader:
    def read(text: str, asking: Asking) -> Value:
        if kind is Kind.CYCLE and text.strip().lower() == CURRENT:
            return CURRENT
        found = asking.names.find(kind, text, asking.cycle)
        if isinstance(found, Lost):
            raise WrongValueError(found.code, found.message, found.hint)
        if isinstance(found, Hidden):
            return None
        if found.key_result is not None and kind is not Kind.OBJECTIVE:
            raise WrongValueError("OKR201", f"`{text[:80]}` points to no {kind}")
        return found.reference

    return read


def _one_of(choices: type[StrEnum]) -> Reader:
    return lambda text, _: parse_choice(text, choices)


def day(text: str, _: Asking) -> Value:
    """Read a date."""
    return parse_day(text)


def _words(text: str, _: Asking) -> Value:
    return text.strip().casefold()


def _holds(said: str, wanted: frozenset[Value]) -> bool:
    return any(isinstance(word, str) and word in said for word in wanted)


def choice(choices: type[StrEnum], of: Callable[[Facts, Any], Any]) -> Filter:
    """Compare with one of a few words."""
    return Filter(", ".join(choices), _one_of(choices), of)


def reference(kind: Kind, of: Callable[[Facts, Any], Any], takes: str = "") -> Filter:
    """Compare with what a reference leads to."""
    names = {Kind.OWNER: "an owner", Kind.KPI: "a KPI", Kind.OBJECTIVE: "an objective"}
    return Filter(takes or names.get(kind, "a cycle, or current"), _named(kind), of)


def yes(of: Callable[[Facts, Any], bool]) -> Filter:
    """Ask whether something is so."""
    return Filter(
        "true or false", lambda text, _: parse_switch(text), lambda facts, item: (of(facts, item),)
    )


def text(of: Callable[[Any], Iterable[str | None]]) -> Filter:
    """Look for words, however they are written."""

    def said(_: Facts, item: Any) -> str:
        return "\n".join(plain(text) for text in of(item) if text).casefold()

    return Filter("words that stand in it", _words, said, _holds)


def tags(of: Callable[[Any], Iterable[str]]) -> Filter:
    """Compare tags, however they are written."""

    def folded(_: Facts, item: Any) -> list[str]:
        return [tag.casefold() for tag in of(item)]

    return Filter("a tag", _words, folded)


@dataclass(frozen=True, slots=True)
class ResultItem:
    """A key result with its objective."""

    objective: Objective
    result: KeyResult
