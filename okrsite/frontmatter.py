"""Front matter to plain data, with the line of every field.

YAML is composed into nodes by PyYAML's C parser and walked once. Nothing is constructed from
tags, so no tag can run code. Scalars stay texts as they were written (`2026`, `no` and `010` are
texts), and what is empty is not there at all: a key without a value is like no key.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

LONGEST_TEXT = 2_000_000
"""Front matter may have at most so many bytes."""

DEEPEST = 100
"""Front matter may be nested at most so deep."""

Location = tuple[str | int, ...]
"""The keys and positions that lead to a field: `("key_results", 0, "to")`."""

Marks = int | tuple[int, dict[str, "Marks"] | list["Marks"]]
"""The line of a field, and for a mapping or list those of all that stands in it."""


class FrontMatterError(Exception):
    """Front matter cannot be read; `line` is the line in the file."""

    def __init__(self, message: str, line: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.hint = hint


class NumberKey(str):
    """A key that is a plain number, most often torn off an unquoted `12,500`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a document as written: dicts, lists and texts, and the lines they stand on.

    `foreign` holds, typed as YAML types them, the top-level fields that are not the format's own.
    """

    fields: dict[str, Any]
    marks: Marks
    foreign: dict[str, Any]
    body: str


def parse(text: str, foreign: frozenset[str]) -> FrontMatter:
    """Split a text that begins with `---` into its fields and body.

    Top-level fields named in `foreign` are read as YAML means them. Raises FrontMatterError.
    """
    handler = _Handler(foreign)
    fields, body = frontmatter.parse(text, handler=handler)
    if handler.marks is None:
        raise FrontMatterError(
            "the front matter is never closed", 1, "write `---` in a line of its own below it"
        )
    return FrontMatter(fields, handler.marks, handler.foreign, body)


def closing_line(text: str) -> re.Match[str] | None:
    """Find the line that ends the front matter of a text that begins with `---`."""
    return _CLOSING.search(text, 3)


def line_at(marks: Marks, location: Location) -> int:
    """Give the line of a field, or of the nearest thing it stands in."""
    for step in location:
        if isinstance(marks, int):
            return marks
        line, inside = marks
        try:
            marks = inside[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return line
    return marks if isinstance(marks, int) else marks[0]


_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_NUMBER = re.compile(r"[-+]?[0-9][0-9_,]*(?:\.[0-9]+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_KNOWN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")
)
_MERGE = "<<"
_RESOLVER: Any = yaml.resolver.Resolver()
# Composing recurses in C: an exact count of the depth is only worth its time where the text has
# enough brackets or dashes to be deep at all.
_SURELY_SHALLOW = 500
_OPENING = re.compile(r"[\[{]|(?:^|[-?:])[ \t]+[-?](?=\s)", re.MULTILINE)
# Aliases are expanded where they stand; no honest document grows much beyond what is written.
_ALIAS_ALLOWANCE = 10_000
# YAML 1.1 reads `1:30:00` and any longer row of numbers as one number to the base of 60, in time
# that grows with the square of its length. No honest number or date is nearly as long.
_LONGEST_TYPED = 100


class _Loader(yaml.CSafeLoader):
    """The C loader with every plain scalar a text: types are given by the fields, not by YAML."""


_Loader.yaml_implicit_resolvers = {}


class _Handler(BaseHandler):
    """Splits at the first closing line and keeps the lines of what it loads."""

    def __init__(self, foreign: frozenset[str]) -> None:
        self._foreign = foreign
        self.marks: Marks | None = None
        self.foreign: dict[str, Any] = {}

    def split(self, text: str) -> tuple[str, str]:
        closing = closing_line(text)
        if closing is None:
            raise ValueError("never closed")
        return text[3 : closing.start()], text[closing.end() :]

    def load(self, fm: str, **kwargs: object) -> dict[str, Any]:
        _check_size(fm)
        node = _compose(fm)
        if node is None:
            self.marks = (1, {})
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise FrontMatterError(
                "the front matter is not a list of fields",
                node.start_mark.line + 1,
                "write one `field: value` in a line",
            )
        fields, self.marks = _Walk(max(_ALIAS_ALLOWANCE, len(fm))).mapping(node.value, 1, 1)
        self.foreign = {
            key.value: _plain_value(value)
            for key, value in node.value
            if key.value in self._foreign
        }
        return {k: v for k, v in (fields or {}).items() if k not in self.foreign}


def _check_size(text: str) -> None:
    if len(text) > LONGEST_TEXT // 4 and len(text.encode()) > LONGEST_TEXT:
        raise FrontMatterError(
            "the front matter is larger than 2 MB", 1, "move readings into a CSV file"
        )
    if len(_OPENING.findall(text)) <= _SURELY_SHALLOW and _indentation(text) <= _SURELY_SHALLOW:
        return
    depth = 0
    for event in _events(text):
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > DEEPEST:
                mark = event.start_mark
                raise _too_deep(mark.line + 1 if mark else 1)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1


def _indentation(text: str) -> int:
    return max((len(spaces) for spaces in re.findall(r"^ +", text, re.MULTILINE)), default=0)


def _too_deep(line: int) -> FrontMatterError:
    return FrontMatterError("the front matter is nested more than 100 deep", line)


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, _Loader)
    except yaml.YAMLError as error:
        raise _yaml_error(error, text) from None


def _compose(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    except yaml.YAMLError as error:
        raise _yaml_error(error, text) from None
    finally:
        loader.dispose()


def _yaml_error(error: yaml.YAMLError, text: str) -> FrontMatterError:
    if isinstance(error, yaml.reader.ReaderError):
        return _unprintable(error, text)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if isinstance(error, yaml.MarkedYAMLError) and mark is not None:
        line = mark.line + 1
        problem = str(error.problem or error.context)
    else:
        line, problem = 1, str(getattr(error, "reason", error))
    hint = "look for a missing quote, bracket or space after a colon"
    return FrontMatterError(f"the front matter is not valid YAML: {problem}", line, hint)


def _unprintable(error: yaml.reader.ReaderError, text: str) -> FrontMatterError:
    """Say where the character stands that YAML refuses; its reader counts no lines."""
    found = _CONTROL.search(text)
    line = text.count("\n", 0, found.start()) + 1 if found else 1
    message = f"the front matter is not valid YAML: {error.reason}"
    return FrontMatterError(message, line, "take the character out that cannot be seen")


class _Walk:
    """One pass over the nodes of a document, which counts what it makes."""

    def __init__(self, most: int) -> None:
        self._left = most

    def node(self, node: yaml.Node, depth: int) -> tuple[Any, Marks]:
        """Give the value of a node, and its lines; None for what is empty."""
        line = node.start_mark.line + 1
        self._count(line, depth)
        if node.tag not in _KNOWN_TAGS:
            tag = node.tag.removeprefix("tag:yaml.org,2002:")
            raise FrontMatterError(
                f"the front matter is not valid YAML: unknown tag `{tag}`", line, "leave it out"
            )
        if isinstance(node, yaml.ScalarNode):
            return _text(node), line
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node.value, line, depth)
        return self._sequence(node, line, depth)

    def _count(self, line: int, depth: int) -> None:
        self._left -= 1
        if self._left < 0:
            raise FrontMatterError(
                "the aliases of the front matter expand to more than is written",
                line,
                "write the values out",
            )
        if depth > DEEPEST:
            raise _too_deep(line)

    def mapping(
        self, pairs: list[tuple[yaml.Node, yaml.Node]], line: int, depth: int
    ) -> tuple[dict[str, Any] | None, tuple[int, dict[str, Marks]]]:
        """Give a mapping without its empty fields and those that begin with `x-`."""
        values: dict[str, Any] = {}
        marks: dict[str, Marks] = {}
        seen: set[str] = set()
        merged: list[yaml.Node] = []
        for key_node, value_node in pairs:
            key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise FrontMatterError("a field's name must be a text", key_line)
            key = key_node.value
            if key == _MERGE and not key_node.style:
                merged.append(value_node)
                continue
            if key in seen:
                raise FrontMatterError(
                    f"`{key[:60]}` is written twice", key_line, "leave one of the two out"
                )
            seen.add(key)
            value, inside = self.node(value_node, depth + 1)
            if key.startswith("x-"):
                continue
            if not key_node.style and _NUMBER.fullmatch(key):
                key = NumberKey(key)
            elif value is None:
                continue
            values[key] = value
            marks[key] = key_line if isinstance(inside, int) else (key_line, inside[1])
        for node in merged:
            self._merge(node, values, marks, depth)
        return values or None, (line, marks)

    def _merge(
        self, node: yaml.Node, values: dict[str, Any], marks: dict[str, Marks], depth: int
    ) -> None:
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for part in parts:
            line = part.start_mark.line + 1
            self._count(line, depth)
            if not isinstance(part, yaml.MappingNode):
                raise FrontMatterError("`<<` takes mappings", line)
            found, (_, inside) = self.mapping(part.value, line, depth + 1)
            for key, value in (found or {}).items():
                if key not in values:
                    values[key], marks[key] = value, inside[key]

    def _sequence(self, node: yaml.Node, line: int, depth: int) -> tuple[list[Any] | None, Marks]:
        values: list[Any] = []
        marks: list[Marks] = []
        for child in node.value:
            value, inside = self.node(child, depth + 1)
            values.append(value)
            marks.append(inside)
        return values or None, (line, marks)


def _text(node: yaml.ScalarNode) -> str | None:
    value: str = node.value
    if not node.style:
        return None if value in _NULLS else value
    if node.style == '"':
        value = _CONTROL.sub("\ufffd", value)
    return value if value.strip() else None


def _plain_value(node: yaml.Node) -> Any:
    """Construct a value as YAML means it: true, 3, a list."""
    try:
        return yaml.constructor.SafeConstructor().construct_document(_typed(node, 0))
    # PyYAML trusts a written tag: `!!bool maybe` and `!!timestamp now` end in errors of Python.
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, TypeError) as error:
        message = getattr(error, "problem", None) or "a value cannot be read"
        line = node.start_mark.line + 1
        raise FrontMatterError(f"the front matter is not valid YAML: {message}", line) from None


def _typed(node: yaml.Node, depth: int) -> yaml.Node:
    if depth > DEEPEST:
        raise _too_deep(node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        text = yaml.resolver.BaseResolver.DEFAULT_SCALAR_TAG
        tag = node.tag
        if len(node.value) > _LONGEST_TYPED:
            tag = text
        elif tag == text and not node.style:
            tag = _RESOLVER.resolve(yaml.ScalarNode, node.value, (True, False))
        return yaml.ScalarNode(tag, node.value, node.start_mark, node.end_mark)
    if isinstance(node, yaml.MappingNode):
        pairs = [(_typed(k, depth + 1), _typed(v, depth + 1)) for k, v in node.value]
        return yaml.MappingNode(node.tag, pairs, node.start_mark, node.end_mark)
    items = [_typed(child, depth + 1) for child in node.value]
    return yaml.SequenceNode(node.tag, items, node.start_mark, node.end_mark)
