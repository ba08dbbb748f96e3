"""Front matter to plain data, with the line of every field.

YAML is composed into nodes by PyYAML's C parser and walked once. Nothing is constructed from
tags, so no tag can run code. Scalars stay texts as they were written (`2026`, `no` and `010` are
texts), and a key without a value counts as not written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

from okrsite.documents.lines import LineNumbers
from okrsite.documents.theme_fields import OWN_FIELDS
from okrsite.documents.yaml_nodes import (
    DEEPEST,
    FRONT_MATTER,
    FrontMatterError,
    Walk,
    plain_value,
    too_deep,
)
from okrsite.documents.yaml_problems import yaml_problem
from okrsite.i18n import phrase

LONGEST_TEXT = 2_000_000
"""The most bytes that front matter may have."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a document as written (dicts, lists and texts), and their line numbers.

    `theme_fields` are the top-level fields that belong to the theme, typed as YAML types them.
    `bare_keys` tells whether some mapping in braces has a key without a value, which is None,
    `repeated_keys` whether some mapping has a `RepeatedKey`. `empty_keys` are the top-level fields
    without a value, which count as not written.
    """

    fields: dict[str, Any]
    line_numbers: LineNumbers
    theme_fields: dict[str, Any]
    body: str
    bare_keys: bool = False
    repeated_keys: bool = False
    empty_keys: tuple[str, ...] = ()


def parse(text: str, theme_names: frozenset[str]) -> FrontMatter:
    """Split a text that begins with `---` into its fields and body.

    Top-level fields of these `theme_names` are typed as YAML means them. Raises FrontMatterError.
    """
    handler = _Handler(theme_names)
    fields, body = frontmatter.parse(text, handler=handler)
    if handler.line_numbers is None:
        raise FrontMatterError(
            phrase("%(text)s is never closed", text=FRONT_MATTER),
            1,
            phrase("add a line with only `---` below it"),
        )
    return FrontMatter(
        fields,
        handler.line_numbers,
        handler.theme_fields,
        body,
        handler.bare_keys,
        handler.repeated_keys,
        handler.empty_keys,
    )


def closing_line(text: str) -> re.Match[str] | None:
    """Return the match of the line that closes the front matter of a text, or None."""
    before = _BEFORE_CLOSING.search(text, 3)
    return _CLOSING.match(text, before.end()) if before else None


_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
# Searching for one character is fast, testing every position for the start of a line is not.
_BEFORE_CLOSING = re.compile(rf"\n(?={_CLOSING.pattern})", re.MULTILINE)
# Composing recurses in C, so the depth is limited. Counting it exactly takes time, and only pays
# where the text has enough brackets or dashes to be deep at all.
_SURELY_SHALLOW = 500
_OPENERS, _DEEP_INDENTATION = "[{-?", " " * (_SURELY_SHALLOW + 1)
_OPENING = re.compile(r"[\[{]|(?:^|[-?:])[ \t]+[-?](?=\s)", re.MULTILINE)
# Aliases are expanded in place; no honest document grows much beyond what is written.
_ALIAS_ALLOWANCE = 10_000


class _Loader(yaml.CSafeLoader):
    """The C loader without guesses: a node has the tag that is written, or an empty one.

    Types are given by the fields, not by YAML. These three methods run for every node.
    """

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:
        """Return the tag of a node that has none written."""
        return ""

    def descend_resolver(self, node: object, index: object) -> None:
        """Do nothing: no tag depends on a path."""

    def ascend_resolver(self) -> None:
        """Do nothing: no tag depends on a path."""


class _Handler(BaseHandler):
    """Splits at the first closing line, and keeps the line numbers of what it loads."""

    def __init__(self, theme_names: frozenset[str]) -> None:
        self._theme_names = theme_names
        self.line_numbers: LineNumbers | None = None
        self.theme_fields: dict[str, Any] = {}
        self.bare_keys = self.repeated_keys = False
        self.empty_keys: tuple[str, ...] = ()

    def split(self, text: str) -> tuple[str, str]:
        closing = closing_line(text)
        if closing is None:
            raise ValueError("never closed")
        return text[3 : closing.start()], text[closing.end() :]

    def load(self, fm: str, **kwargs: object) -> dict[str, Any]:
        _check_size(fm)
        node = _compose(fm)
        if node is None:
            self.line_numbers = (1, {})
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise FrontMatterError(
                phrase("%(text)s is not a list of fields", text=FRONT_MATTER),
                node.start_mark.line + 1,
                phrase("write one `field: value` per line"),
            )
        walk = Walk(max(_ALIAS_ALLOWANCE, len(fm)))
        fields, self.line_numbers = walk.mapping(node.value, 1, 1, node.flow_style)
        self.bare_keys, self.repeated_keys = walk.found_bare_keys, walk.found_repeated_keys
        self.empty_keys = tuple(walk.empty_keys)
        own = OWN_FIELDS.get(str((fields or {}).get("type")), frozenset())
        self.theme_fields = {
            key.value: plain_value(value)
            for key, value in node.value
            if key.value in self._theme_names - own
        }
        return {k: v for k, v in (fields or {}).items() if k not in self.theme_fields}


def _check_size(text: str) -> None:
    if len(text) > LONGEST_TEXT // 4 and len(text.encode()) > LONGEST_TEXT:
        raise FrontMatterError(
            phrase("%(text)s is larger than 2 MB", text=FRONT_MATTER),
            1,
            phrase("move readings into a CSV file"),
        )
    if _surely_shallow(text):
        return
    depth = 0
    for event in _events(text):
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > DEEPEST:
                mark = event.start_mark
                raise too_deep(mark.line + 1 if mark else 1)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1


def _surely_shallow(text: str) -> bool:
    if _DEEP_INDENTATION in text:
        return False
    if sum(map(text.count, _OPENERS)) <= _SURELY_SHALLOW:
        return True
    return len(_OPENING.findall(text)) <= _SURELY_SHALLOW


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
    problem = yaml_problem(error, text)
    return FrontMatterError(problem.message, (problem.line or 0) + 1, problem.hint)
