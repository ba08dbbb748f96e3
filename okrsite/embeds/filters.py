"""Filters of a list: how their values are read, and what of an item they are compared with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from okrsite.documents.values import parse_choice, parse_day, parse_switch
from okrsite.embeds.page_names import PageNames
from okrsite.language.inline import plain
from okrsite.project.model import KeyResult, Objective, Owner, Project
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import Found, NameKind, NotFound
from okrsite.scores import OwnerFigures, Scorecard

CURRENT = "current"
"""The name, in a filter by cycle, of the cycle that the home page shows."""


@dataclass(frozen=True, slots=True)
class QueryData:
    """The published project and the figures that a block is evaluated on.

    `cycle` is the one whose scores of owners are shown.
    """

    project: Project
    scorecard: Scorecard
    cycle: Cycle | None

    def owner(self, owner: Owner) -> OwnerFigures | None:
        """Return the figures of an owner in that cycle."""
        if self.cycle is None:
            return None
        return self.scorecard.owners.get(owner.id, {}).get(self.cycle.id)


@dataclass(frozen=True, slots=True)
class BlockContext:
    """The names that a block on a page can use, and the cycle of its document."""

    names: PageNames
    cycle: str | None = None


class WrongValueError(ValueError):
    """A value that a filter cannot take."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


Value = str | date | bool | None
"""A value to compare with; None is a document that is not published, and matches nothing."""

Reader = Callable[[str, BlockContext], Value]
Test = Callable[[Any, frozenset[Value]], bool]


def _any_of(found: Iterable[Value], wanted: frozenset[Value]) -> bool:
    return any(one is not None and one in wanted for one in found)


@dataclass(frozen=True, slots=True)
class Filter:
    """How the values of a filter are read, what of an item they are compared with, and how."""

    read: Reader
    of: Callable[[QueryData, Any], Any]
    test: Test = _any_of


def day(text: str, _: BlockContext) -> Value:
    """Read a date."""
    return parse_day(text)


def _words(text: str, _: BlockContext) -> Value:
    return text.strip().casefold()


def _holds(text: str, wanted: frozenset[Value]) -> bool:
    return any(isinstance(word, str) and word in text for word in wanted)


def choice(choices: type[StrEnum], of: Callable[[QueryData, Any], Any]) -> Filter:
    """Return the filter that compares with one of a few words."""
    return Filter(lambda text, _: parse_choice(text, choices), of)


def reference(kind: NameKind, of: Callable[[QueryData, Any], Any]) -> Filter:
    """Return the filter that compares with what a reference means."""

    def read(text: str, context: BlockContext) -> Value:
        if kind is NameKind.CYCLE and text.strip().lower() == CURRENT:
            return CURRENT
        found = context.names.find(kind, text, context.cycle)
        if isinstance(found, NotFound):
            raise WrongValueError(found.code, found.message, found.hint)
        return found.reference if isinstance(found, Found) else None

    return Filter(read, of)


def yes(of: Callable[[QueryData, Any], bool]) -> Filter:
    """Return the filter that compares with true or false."""
    return Filter(lambda text, _: parse_switch(text), lambda data, item: (of(data, item),))


def text(of: Callable[[Any], Iterable[str | None]]) -> Filter:
    """Return the filter that looks for words, in any case."""

    def folded(_: QueryData, item: Any) -> str:
        return "\n".join(plain(text) for text in of(item) if text).casefold()

    return Filter(_words, folded, _holds)


def tags(of: Callable[[Any], Iterable[str]]) -> Filter:
    """Return the filter that compares tags, in any case."""
    return Filter(_words, lambda _, item: [tag.casefold() for tag in of(item)])


@dataclass(frozen=True, slots=True)
class ResultItem:
    """A key result with its objective."""

    objective: Objective
    result: KeyResult
