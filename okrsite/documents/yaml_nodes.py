"""YAML's nodes to plain data, walked once, with the line of every field.

Nothing is constructed from tags, so no tag can run code. Scalars stay texts as they were written,
and a key without a value counts as not written.
"""

import re
from collections.abc import Iterable
from sys import intern
from typing import Any

import yaml

from okrsite.documents.lines import LineNumbers
from okrsite.i18n import phrase

DEEPEST = 100
"""The deepest that front matter may be nested."""

_DIGITS = "+-0123456789"
# The part of a number behind its comma: `500`, `500.5`, `500%`, `500 users`.
_AFTER_COMMA = re.compile(r"[0-9]{3}(?:\.[0-9]+)?(?:[A-Za-z]{1,2}|\s?[^\w\s]|\s.*)?")
_NUMBER = re.compile(r"[-+]?[0-9][0-9_,]*(?:\.[0-9]+)?")
# The same where the comma was meant as a point: `5`, `5%`, `5 Mio`, and the part before it.
_DECIMALS = re.compile(r"[0-9]{1,2}(?![0-9]).{0,20}")
_BEFORE_DECIMALS = re.compile(r"[^\w\s]{0,2}(?:[A-Z]{3} ?)?[0-9]+")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_KNOWN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")
)
_MERGE = "<<"
_NONE_IS_SAID = "pillars"
"""The field whose empty list says something: none, instead of those of what is aligned to."""
_RESOLVER: Any = yaml.resolver.Resolver()
# YAML 1.1 reads `1:30:00` and any longer row of numbers as one number in base 60, in time that
# grows with the square of its length. No honest number or date is nearly as long.
_LONGEST_TYPED = 100


class FrontMatterError(Exception):
    """Front matter cannot be read; `line` is the line in the file."""

    def __init__(
        self, message: str, line: int, hint: str | None = None, code: str = "OKR101"
    ) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.hint = hint
        self.code = code


class NumberKey(str):
    """A mapping key that is a number, usually because YAML split `{to: 12,500}` at the comma.

    `whole` is the number before the split if it is known, else the key itself.
    """

    __slots__ = ("whole",)
    whole: str

    def __new__(cls, key: str, whole: str | None = None) -> "NumberKey":
        """Return a key that is part of the number `whole`."""
        made = super().__new__(cls, key)
        made.whole = whole or key
        return made


class RepeatedKey(str):
    """A mapping key that is written again; blanks behind it tell it from those before it."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The key as it is written."""
        return self.rstrip(" ")


def split_number(key: NumberKey, expected: str) -> tuple[str, str]:
    """Return the message and the hint about a number where something else is expected."""
    if key.whole == key:
        hint = phrase('inside braces, put a number with a comma in quotes, like "12,500"')
        message = phrase(
            "`%(key)s` is a number where %(expected)s belongs", key=key[:40], expected=expected
        )
        return message, hint
    whole = key.whole[:40]
    hint = phrase('inside braces, put it in quotes: "%(whole)s"', whole=whole)
    before, _, after = whole.partition(",")
    if _DECIMALS.fullmatch(after):
        hint = phrase("use a decimal point: %(text)s", text=f"{before}.{after}")
    return phrase("`%(whole)s` is split at its comma", whole=whole), hint


FRONT_MATTER = phrase("the front matter")
"""What the messages about YAML name by the value `text`."""


def invalid_yaml(problem: str) -> str:
    """Return the message that front matter is not YAML."""
    return phrase("%(text)s is not valid YAML: %(problem)s", text=FRONT_MATTER, problem=problem)


def too_deep(line: int) -> FrontMatterError:
    """Return the error about front matter that is nested too deep."""
    message = phrase("%(text)s is nested more than 100 levels deep", text=FRONT_MATTER)
    return FrontMatterError(message, line)


class Walk:
    """One pass over the nodes of a document that makes at most a given number of values.

    Most nodes are plain texts, which `mapping` and `_sequence` read without a call.
    """

    def __init__(self, most: int) -> None:
        self._left = most
        self.found_bare_keys = self.found_repeated_keys = False
        self.empty_keys: list[str] = []

    def node(self, node: yaml.Node, depth: int) -> tuple[Any, LineNumbers]:
        """Return the value of a node and its line numbers; None for an empty one."""
        line = node.start_mark.line + 1
        if node.tag and node.tag not in _KNOWN_TAGS:
            tag = node.tag.removeprefix("tag:yaml.org,2002:")
            raise FrontMatterError(
                invalid_yaml(phrase("unknown tag `%(tag)s`", tag=tag)),
                line,
                phrase("remove it, or put the text in quotes"),
            )
        if isinstance(node, yaml.ScalarNode):
            return _text(node.value, node.style), line
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node.value, line, depth, node.flow_style)
        return self._sequence(node.value, line, depth)

    def _check(self, line: int, depth: int) -> None:
        if self._left < 0:
            raise FrontMatterError(
                phrase("the aliases of %(text)s expand too far", text=FRONT_MATTER),
                line,
                phrase("write the values out"),
            )
        if depth > DEEPEST:
            raise too_deep(line)

    def mapping(
        self,
        pairs: list[tuple[yaml.Node, yaml.Node]],
        line: int,
        depth: int,
        in_braces: bool | None = False,
    ) -> tuple[dict[str, Any] | None, tuple[int, dict[str, LineNumbers]]]:
        """Return a mapping without its empty fields and those whose names begin with `x-`.

        A key without anything after it stays in its place in braces, with the value None: it
        may be text that a comma has cut off. Of a key that is written twice the first value counts,
        and the other stays under a `RepeatedKey`.
        """
        self._check(line, depth)
        values: dict[str, Any] = {}
        lines: dict[str, LineNumbers] = {}
        seen: set[str] = set()
        merged: list[yaml.Node] = []
        for key_node, node in pairs:
            value: Any
            inside: LineNumbers
            inside = key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise FrontMatterError(phrase("a field's name must be a text"), key_line)
            key: str = intern(key_node.value)  # few names, in thousands of mappings
            if key == _MERGE and not key_node.style:
                merged.append(node)
                continue
            if key[:1] in _DIGITS and not key_node.style:
                number = _number_key(key, key_line, node, values, lines)
                if number is None:
                    continue
                key = number
            while key in seen:
                self.found_repeated_keys = True
                key = RepeatedKey(f"{key} ")
            seen.add(key)
            self._left -= 1
            if isinstance(node, yaml.ScalarNode) and not node.tag:
                value = _text(node.value, node.style)
            else:
                value, below = self.node(node, depth + 1)
                inside = key_line if isinstance(below, int) else (key_line, below[1])
            if isinstance(key, RepeatedKey):
                if key.name not in values and value is not None and key[:2] != "x-":
                    values[key.name], lines[key.name], value = value, inside, None
            elif key[:2] == "x-":
                continue
            elif value is None and not isinstance(key, NumberKey):
                if key == _NONE_IS_SAID and isinstance(node, yaml.SequenceNode):
                    value = []
                elif in_braces and _is_bare(node):
                    self.found_bare_keys = True
                else:
                    if depth == 1:
                        self.empty_keys.append(key)
                    continue
            values[key] = value
            lines[key] = inside
        for node in merged:
            self._merge(node, values, lines, depth)
        return values or None, (line, lines)

    def _merge(
        self, node: yaml.Node, values: dict[str, Any], lines: dict[str, LineNumbers], depth: int
    ) -> None:
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for part in parts:
            line = part.start_mark.line + 1
            self._left -= 1
            if not isinstance(part, yaml.MappingNode):
                raise FrontMatterError(phrase("`<<` only takes mappings"), line)
            found, (_, inside) = self.mapping(part.value, line, depth + 1, part.flow_style)
            for key, value in (found or {}).items():
                if key not in values:
                    values[key], lines[key] = value, inside[key]

    def _sequence(
        self, nodes: list[yaml.Node], line: int, depth: int
    ) -> tuple[list[Any] | None, LineNumbers]:
        self._check(line, depth)
        self._left -= len(nodes)
        values: list[Any] = []
        lines: list[LineNumbers] = []
        for node in nodes:
            inside: LineNumbers
            if isinstance(node, yaml.ScalarNode) and not node.tag:
                value, inside = _text(node.value, node.style), node.start_mark.line + 1
            else:
                value, inside = self.node(node, depth + 1)
            values.append(value)
            lines.append(inside)
        return values or None, (line, lines)


def repeated_keys(value: Any) -> list[tuple[str | int, ...]]:
    """Return the locations of all keys that are written again, as a reader finds them."""
    found: list[tuple[str | int, ...]] = []
    for step, inner in _steps(value):
        if isinstance(step, RepeatedKey):
            found.append((step,))
        else:
            found += [(step, *location) for location in repeated_keys(inner)]
    return found


def written_twice(location: tuple[str | int, ...]) -> tuple[str, str]:
    """Return the message and the hint about a key that is written again."""
    key = str(location[-1]).rstrip(" ")
    message = phrase("`%(key)s` is written twice", key=key[:60])
    return message, phrase("remove one of the two")


def without_repeated_keys(value: Any) -> Any:
    """Return a value without the keys in it that are written again."""
    if isinstance(value, dict):
        kept = ((k, v) for k, v in value.items() if not isinstance(k, RepeatedKey))
        return {key: without_repeated_keys(inner) for key, inner in kept}
    return [without_repeated_keys(v) for v in value] if isinstance(value, list) else value


def _steps(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _number_key(
    key: str, line: int, node: yaml.Node, values: dict[str, Any], lines: dict[str, LineNumbers]
) -> str | None:
    """Return a key that begins like a number; None where it continues the number before it."""
    last = next(reversed(values), None)
    empty = isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS
    if last is not None and empty and lines[last] == line:
        before, thousands = values[last], _AFTER_COMMA.fullmatch(key) is not None
        if thousands and isinstance(last, NumberKey) and before is None:
            last.whole += f",{key}"
            return None
        decimals = _DECIMALS.fullmatch(key) and _BEFORE_DECIMALS.fullmatch(str(before))
        if isinstance(before, str) and (before[-1:].isdigit() if thousands else decimals):
            return NumberKey(key, f"{before},{key}")
    return NumberKey(key) if _NUMBER.fullmatch(key) else key


def _is_bare(node: yaml.Node) -> bool:
    """Whether nothing at all is written."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value == ""


def _text(value: str, style: str) -> str | None:
    if not style:
        return None if value in _NULLS else value
    if style == '"':
        value = CONTROL.sub("\ufffd", value)
    return value if value.strip() else None


def plain_value(node: yaml.Node) -> Any:
    """Return the value of a node as YAML means it: true, 3, a list."""
    try:
        return yaml.constructor.SafeConstructor().construct_document(_typed(node, 0))
    # PyYAML trusts a written tag: `!!bool maybe` and `!!timestamp now` end in errors of Python.
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, TypeError) as error:
        message = getattr(error, "problem", None) or phrase("a value can't be read")
        line = node.start_mark.line + 1
        raise FrontMatterError(invalid_yaml(message), line) from None


def _typed(node: yaml.Node, depth: int) -> yaml.Node:
    if depth > DEEPEST:
        raise too_deep(node.start_mark.line + 1)
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


CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""A character that YAML refuses, even escaped."""
