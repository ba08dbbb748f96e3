"""Read the text of a block to a query, and find everything that is wrong in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from okrsite.documents.front_matter import parse
from okrsite.documents.lines import LineNumbers, Location, line_at
from okrsite.documents.quantity import InvalidValueError
from okrsite.documents.values import Choice, parse_choice
from okrsite.documents.yaml_nodes import (
    FrontMatterError,
    repeated_keys,
    without_repeated_keys,
    written_twice,
)
from okrsite.embeds.filters import BlockContext, Value, WrongValueError
from okrsite.embeds.lists import LISTS, Listed
from okrsite.findings.finding import spelling_hint
from okrsite.i18n import Phrase, phrase

MOST = 1000
"""The most items that a block lists."""

USUAL = 50
"""The number of items listed where `limit` is not written."""


class Shape(StrEnum):
    """How the list is shown."""

    TABLE = "table"
    CARDS = "cards"
    TREE = "tree"


@dataclass(frozen=True, slots=True)
class Query:
    """The list that a block shows. A sort is a field, and whether the largest comes first."""

    listed: Listed
    where: tuple[tuple[str, frozenset[Value]], ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    limit: int = USUAL
    shape: Shape = Shape.TABLE
    title: str | None = None

    def wanted(self, name: str) -> frozenset[Value] | None:
        """Return the values of a filter, or None where it is not written."""
        return dict(self.where).get(name)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a block; `line` counts from the line of the fence, which is 1."""

    code: str
    line: int
    message: str
    hint: str | None = None

    def below(self, fence: int) -> "Problem":
        """Return the problem with the lines of its file, in which `fence` is the fence's line."""
        message, hint = self.message, self.hint
        if self.code == "OKR101":
            message, hint = _with_lines(message, fence), hint and _with_lines(hint, fence)
        return Problem(self.code, self.line + fence - 1, message, hint)


def _with_lines(text: str, fence: int) -> str:
    """Count the lines that a text of the YAML parser names from the top of the file."""
    if not isinstance(text, Phrase):
        return _LINE.sub(lambda match: f"{match[1]} {int(match[2]) + fence - 1}", text)
    values = {n: _with_lines(v, fence) if type(v) is str else v for n, v in text.values.items()}
    line = values.get("line")
    return text.having(**values | ({"line": line + fence - 1} if isinstance(line, int) else {}))


_LINE = re.compile(r"\b(lines?) ([0-9]+)\b")

FIELDS = ("list", "where", "sort", "limit", "as", "title")
"""The fields of a block."""


def read_query(text: str, context: BlockContext) -> tuple[Query | None, list[Problem]]:
    """Return the query of a block, or None and what is wrong in it."""
    try:
        # The line of the fence stands where front matter has its opening line.
        front = parse(f"---\n{text}\n---\n", frozenset())
    except FrontMatterError as error:
        message = error.message
        if isinstance(message, Phrase) and "text" in message.values:
            message = message.having(text=phrase("the block"))
        line = min(error.line, text.count("\n") + 2)  # what is never closed ends with the block
        return None, [Problem("OKR101", line, message, error.hint)]
    if front.body:
        message = phrase("the block has a line `---`")
        return None, [Problem("OKR101", 1, message, phrase("remove the line"))]
    repeated = repeated_keys(front.fields)
    fields = without_repeated_keys(front.fields) if repeated else front.fields
    reading = _Reading(fields, front.line_numbers, context)
    query, problems = reading.query(), reading.problems
    for location in repeated:
        line = line_at(front.line_numbers, location)
        problems.append(Problem("OKR101", line, *written_twice(location)))
    return (None if problems else query), problems


class _Reading:
    """Reads the fields of one block, and collects what is wrong in them."""

    def __init__(
        self, fields: Mapping[str, Any], lines: LineNumbers, context: BlockContext
    ) -> None:
        self._fields = fields
        self._line_numbers = lines
        self._context = context
        self.problems: list[Problem] = []

    def query(self) -> Query | None:
        for name in self._fields:
            if name not in FIELDS:
                message = phrase("a block has no field `%(name)s`", name=name[:60])
                self._report("OKR106", (name,), message, spelling_hint(name, FIELDS))
        listed = self._word("list", Listed)
        if "list" not in self._fields:
            hint = phrase("write `list:` and one of %(listed)s", listed=", ".join(Listed))
            self._report("OKR103", (), phrase("`list` is missing in the block"), hint)
        shape = self._word("as", Shape)
        limit = self._limit()
        title = self._text(("title",), self._fields.get("title"))
        if listed is None:
            return None
        if shape is Shape.TREE and listed is not Listed.OBJECTIVES:
            message = phrase("%(listed)s can't be shown as a tree", listed=listed)
            self._report("OKR104", ("as",), message, phrase("write table or cards"))
        where = tuple(self._where(listed))
        sort = tuple(self._sort(listed)) or LISTS[listed].order
        return Query(listed, where, sort, limit, shape or Shape.TABLE, title)

    def _where(self, listed: Listed) -> Iterator[tuple[str, frozenset[Value]]]:
        written = self._fields.get("where")
        if written is None:
            return
        if not isinstance(written, dict):
            hint = phrase("write it like {cycle: current, owner: sales}")
            message = phrase("`where` isn't a list of fields with values")
            self._report("OKR104", ("where",), message, hint)
            return
        filters = LISTS[listed].filters
        for name, value in written.items():
            place = ("where", name)
            if name not in filters:
                message = phrase(
                    "%(listed)s have no field `%(name)s`", listed=listed, name=name[:60]
                )
                self._report("OKR106", place, message, spelling_hint(name, sorted(filters)))
                continue
            values: set[Value] = set()
            several = value if isinstance(value, list) else [value]
            for position, one in enumerate(several):
                at = (*place, position) if isinstance(value, list) else place
                text = self._text(at, one)
                if text is None:
                    continue
                try:
                    values.add(filters[name].read(text, self._context))
                except WrongValueError as error:
                    self._report(error.code, at, error.message, error.hint)
                except InvalidValueError as error:
                    self._report("OKR104", at, error.message, error.hint)
            if listed is Listed.OWNERS and name == "cycle" and len(several) > 1:
                message = phrase("scores of owners need a cycle")
                self._report("OKR104", place, message, phrase("write one"))
            yield name, frozenset(values)

    def _sort(self, listed: Listed) -> Iterator[tuple[str, bool]]:
        written = self._fields.get("sort")
        known = LISTS[listed].sorts
        for position, one in enumerate(written if isinstance(written, list) else [written]):
            at: Location = ("sort", position) if isinstance(written, list) else ("sort",)
            text = self._text(at, one)
            if text is None:
                continue
            name = text.strip().lower().removeprefix("-")
            if name in known:
                yield name, text.strip().startswith("-")
                continue
            message = phrase(
                "%(listed)s can't be sorted by `%(name)s`", listed=listed, name=name[:40]
            )
            self._report("OKR104", at, message, spelling_hint(name, known))

    def _limit(self) -> int:
        text = self._text(("limit",), self._fields.get("limit"))
        if text is None:
            return USUAL
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
        if not 0 < number <= MOST:
            message = phrase("`%(text)s` isn't a limit", text=text[:40])
            hint = phrase("write a whole number from 1 to %(most)s", most=f"{MOST:,}")
            self._report("OKR104", ("limit",), message, hint)
            return USUAL
        return number

    def _word(self, name: str, choices: type[Choice]) -> Choice | None:
        text = self._text((name,), self._fields.get(name))
        if text is None:
            return None
        try:
            return parse_choice(text, choices)
        except InvalidValueError as error:
            self._report("OKR104", (name,), error.message, error.hint)
            return None

    def _text(self, place: Location, value: object) -> str | None:
        if value is None or isinstance(value, str):
            return value
        message = phrase("a mapping where a word belongs")
        if isinstance(value, list):
            message = phrase("a list where a word belongs")
        self._report("OKR104", place, message)
        return None

    def _report(self, code: str, place: Location, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(code, line_at(self._line_numbers, place), message, hint))
