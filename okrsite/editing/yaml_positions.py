"""YAML to places: where in a text each value begins and ends, to the character.

Composed nodes do not say where an alias is, and the end of a list or mapping in them is where
the next thing begins, behind comments and blank lines. What is inserted needs the real places, so
they are taken from the parser's events.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml


@dataclass(slots=True)
class Node:
    """A value: its first character and the one after its last, as positions in the text.

    `column` is the position of its first character in its line. `flow` says that it is written in
    brackets; `alias` that it only points to another value; `block_text` that it is a text of
    several lines (`|` or `>`), which ends where a line begins. `items` are those of a list, and
    `pairs` the names and values of a mapping.
    """

    start: int
    end: int
    column: int
    kind: str
    text: str = ""
    flow: bool = False
    alias: bool = False
    block_text: bool = False
    items: "list[Node]" = field(default_factory=list)
    pairs: "list[tuple[Node, Node]]" = field(default_factory=list)

    def value(self, name: str) -> "Node | None":
        """Return the value that a mapping has under a name."""
        return next((v for k, v in self.pairs if k.text == name and k.kind == SCALAR), None)

    @property
    def last(self) -> "Node":
        """The innermost value that a list or mapping ends with, or itself."""
        node = self
        while not node.flow and (node.items or node.pairs):
            node = node.items[-1] if node.items else node.pairs[-1][1]
        return node


SCALAR, SEQUENCE, MAPPING, ALIAS = "scalar", "sequence", "mapping", "alias"


def nodes(text: str, offset: int) -> Node | None:
    """Return the value that a YAML text holds, or None of an empty one.

    Positions count from `offset` characters before the text. Raises yaml.YAMLError.
    """
    events: Iterator[Any] = yaml.parse(text, yaml.CSafeLoader)
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return _node(event, events, offset)
    return None


def _node(event: Any, events: Iterator[Any], offset: int) -> Node:
    start, end = event.start_mark, event.end_mark
    node = Node(start.index + offset, end.index + offset, start.column, SCALAR)
    inner: Any
    if isinstance(event, yaml.AliasEvent):
        node.kind, node.alias = ALIAS, True
    elif isinstance(event, yaml.ScalarEvent):
        node.text, node.block_text = event.value, event.style in ("|", ">")
    elif isinstance(event, yaml.SequenceStartEvent):
        node.kind, node.flow = SEQUENCE, bool(event.flow_style)
        for inner in events:
            if isinstance(inner, yaml.SequenceEndEvent):
                end = inner.end_mark
                break
            node.items.append(_node(inner, events, offset))
    else:
        node.kind, node.flow = MAPPING, bool(event.flow_style)
        for inner in events:
            if isinstance(inner, yaml.MappingEndEvent):
                end = inner.end_mark
                break
            key = _node(inner, events, offset)
            node.pairs.append((key, _node(next(events), events, offset)))
    if node.kind in (SEQUENCE, MAPPING):
        node.end = end.index + offset if node.flow else node.last.end
    return node
