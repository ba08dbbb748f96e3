"""Front matter to plain data, with the line of every field.

YAML is composed into nodes by PyYAML's C parser and walked once. Nothing is constructed from
tags, so no tag can run code. Scalars stay texts as they were written (`2026`, `no` and `010` are
texts), and what is empty is not there at all: a key without a value is like no key.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from sys import intern
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

from okrsite.yaml_mistakes import CONTROL, yaml_mistake

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
    """A key that is a plain number, most often torn off an unquoted `12,500`.

    `whole` is that number as far as it can be seen, else the key itself.
    """

    __slots__ = ("whole",)
    whole: str

    def __new__(cls, key: str, whole: str | None = None) -> "NumberKey":
        """Make a key, and say which number it belongs to."""
        made = super().__new__(cls, key)
        made.whole = whole or key
        return made


def torn_apart(key: NumberKey, wanted: str) -> tuple[str, str]:
    """Say what is wrong with a number where something else is wanted, and what to write."""
    if key.whole == key:
        hint = 'put a number with a comma inside braces in quotes, like "12,500"'
        return f"`{key[:40]}` is a number where {wanted} belongs", hint
    whole = key.whole[:40]
    return f"`{whole}` is torn apart at its comma", f'inside braces write it in quotes: "{whole}"'


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
    before = _BEFORE_CLOSING.search(text, 3)
    return _CLOSING.match(text, before.end()) if before else None


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


def lines_at(marks: Marks, location: Location) -> dict[str, int]:
    """Give the lines of the fields that stand in the mapping at a place, by their names."""
    for step in location:
        if isinstance(marks, int):
            return {}
        try:
            marks = marks[1][step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return {}
    if isinstance(marks, int) or isinstance(marks[1], list):
        return {}
    return {name: m if isinstance(m, int) else m[0] for name, m in marks[1].items()}


_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
# A search for one character is fast, one that asks at every place whether a line begins is not.
_BEFORE_CLOSING = re.compile(rf"\n(?={_CLOSING.pattern})", re.MULTILINE)
_DIGITS = "+-0123456789"
# What is left of a number behind its comma: `500`, `500.5`, `500%`, `500 users`.
_TORN_OFF = re.compile(r"[0-9]{3}(?:\.[0-9]+)?(?:[A-Za-z]{1,2}|\s?[^\w\s]|\s.*)?")
_NUMBER = re.compile(r"[-+]?[0-9][0-9_,]*(?:\.[0-9]+)?")
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
_OPENERS, _DEEP_INDENTATION = "[{-?", " " * (_SURELY_SHALLOW + 1)
_OPENING = re.compile(r"[\[{]|(?:^|[-?:])[ \t]+[-?](?=\s)", re.MULTILINE)
# Aliases are expanded where they stand; no honest document grows much beyond what is written.
_ALIAS_ALLOWANCE = 10_000
# YAML 1.1 reads `1:30:00` and any longer row of numbers as one number to the base of 60, in time
# that grows with the square of its length. No honest number or date is nearly as long.
_LONGEST_TYPED = 100


class _Loader(yaml.CSafeLoader):
    """The C loader without guesses: a node has the tag that is written, or an empty one.

    Types are given by the fields, not by YAML. These three are asked about every node.
    """

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:
        """Give the tag of a node that has none written."""
        return ""

    def descend_resolver(self, node: object, index: object) -> None:
        """Follow no path: no tag depends on one."""

    def ascend_resolver(self) -> None:
        """Follow no path: no tag depends on one."""


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
    if _surely_shallow(text):
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


def _surely_shallow(text: str) -> bool:
    if _DEEP_INDENTATION in text:
        return False
    if sum(map(text.count, _OPENERS)) <= _SURELY_SHALLOW:
        return True
    return len(_OPENING.findall(text)) <= _SURELY_SHALLOW


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
    made = yaml_mistake(error, text)
    message = f"the front matter is not valid YAML: {made.problem}"
    return FrontMatterError(message, (made.line or 0) + 1, made.hint)


class _Walk:
    """One pass over the nodes of a document, which counts what it makes.

    Most nodes are plain texts: `mapping` and `_sequence` read those in place.
    """

    def __init__(self, most: int) -> None:
        self._left = most

    def node(self, node: yaml.Node, depth: int) -> tuple[Any, Marks]:
        """Give the value of a node, and its lines; None for what is empty."""
        line = node.start_mark.line + 1
        if node.tag and node.tag not in _KNOWN_TAGS:
            tag = node.tag.removeprefix("tag:yaml.org,2002:")
            raise FrontMatterError(
                f"the front matter is not valid YAML: unknown tag `{tag}`", line, "leave it out"
            )
        if isinstance(node, yaml.ScalarNode):
            return _text(node.value, node.style), line
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node.value, line, depth)
        return self._sequence(node.value, line, depth)

    def _check(self, line: int, depth: int) -> None:
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
        self._check(line, depth)
        values: dict[str, Any] = {}
        marks: dict[str, Marks] = {}
        seen: set[str] = set()
        merged: list[yaml.Node] = []
        for key_node, node in pairs:
            inside: Marks
            inside = key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise FrontMatterError("a field's name must be a text", key_line)
            key: str = intern(key_node.value)  # few names, in thousands of mappings
            if key == _MERGE and not key_node.style:
                merged.append(node)
                continue
            if key[:1] in _DIGITS and not key_node.style:
                number = _number_key(key, key_line, node, values, marks)
                if number is None:
                    continue
                key = number
            if key in seen:
                raise FrontMatterError(
                    f"`{key[:60]}` is written twice", key_line, "leave one of the two out"
                )
            seen.add(key)
            self._left -= 1
            if isinstance(node, yaml.ScalarNode) and not node.tag:
                value = _text(node.value, node.style)
            else:
                value, below = self.node(node, depth + 1)
                inside = key_line if isinstance(below, int) else (key_line, below[1])
            if key[:2] == "x-" or (value is None and not isinstance(key, NumberKey)):
                continue
            values[key] = value
            marks[key] = inside
        for node in merged:
            self._merge(node, values, marks, depth)
        return values or None, (line, marks)

    def _merge(
        self, node: yaml.Node, values: dict[str, Any], marks: dict[str, Marks], depth: int
    ) -> None:
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for part in parts:
            line = part.start_mark.line + 1
            self._left -= 1
            if not isinstance(part, yaml.MappingNode):
                raise FrontMatterError("`<<` takes mappings", line)
            found, (_, inside) = self.mapping(part.value, line, depth + 1)
            for key, value in (found or {}).items():
                if key not in values:
                    values[key], marks[key] = value, inside[key]

    def _sequence(
        self, nodes: list[yaml.Node], line: int, depth: int
    ) -> tuple[list[Any] | None, Marks]:
        self._check(line, depth)
        self._left -= len(nodes)
        values: list[Any] = []
        marks: list[Marks] = []
        for node in nodes:
            inside: Marks
            if isinstance(node, yaml.ScalarNode) and not node.tag:
                value, inside = _text(node.value, node.style), node.start_mark.line + 1
            else:
                value, inside = self.node(node, depth + 1)
            values.append(value)
            marks.append(inside)
        return values or None, (line, marks)


def _number_key(
    key: str, line: int, node: yaml.Node, values: dict[str, Any], marks: dict[str, Marks]
) -> str | None:
    """Give a key that begins like a number; None where it is more of a number torn before."""
    last = next(reversed(values), None)
    empty = isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS
    if last is not None and empty and _TORN_OFF.fullmatch(key) and marks[last] == line:
        before = values[last]
        if isinstance(last, NumberKey) and before is None:
            last.whole += f",{key}"
            return None
        if isinstance(before, str) and before[-1:].isdigit():
            return NumberKey(key, f"{before},{key}")
    return NumberKey(key) if _NUMBER.fullmatch(key) else key


def _text(value: str, style: str) -> str | None:
    if not style:
        return None if value in _NULLS else value
    if style == '"':
        value = CONTROL.sub("\ufffd", value)
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
        tag = node.tag
        if len(node.value) > _LONGEST_TYPED:
            tag = _RESOLVER.DEFAULT_SCALAR_TAG
        elif not tag:
            plain = not node.style
            tag = _RESOLVER.resolve(yaml.ScalarNode, node.value, (plain, not plain))
        return yaml.ScalarNode(tag, node.value, node.start_mark, node.end_mark)
    if isinstance(node, yaml.MappingNode):
        pairs = [(_typed(k, depth + 1), _typed(v, depth + 1)) for k, v in node.value]
        return yaml.MappingNode(
            node.tag or _RESOLVER.DEFAULT_MAPPING_TAG, pairs, node.start_mark, node.end_mark
        )
    items = [_typed(child, depth + 1) for child in node.value]
    return yaml.SequenceNode(
        node.tag or _RESOLVER.DEFAULT_SEQUENCE_TAG, items, node.start_mark, node.end_mark
    )
