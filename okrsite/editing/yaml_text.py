"""Values to YAML as people write it, quoted only where it has to be.

`okrsite.documents.front_matter` reads back the same text, whatever it contains.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

WIDEST_LINE = 100
"""Longer texts are written over several lines where YAML has a way to."""

INDENT = "  "
"""The indentation of a mapping or list in its parent."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A mapping or list that is written in one line: `{title: A, to: 5}`."""

    value: "Mapping[str, Value] | Sequence[Value]"


Scalar = str | bool | int | float | date
Value = Scalar | Mapping[str, Any] | Sequence[Any] | Flow


def scalar_text(value: Scalar, flow: bool = False) -> str:
    """Write a single value: `$6.1M`, `"Sales: first"`. `flow` says it is inside brackets."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    return value if _is_plain(value, flow) else _quoted(value)


def flow_text(value: Value) -> str:
    """Write a value in one line: `{revenue: $6.1M, note: "a, b"}`."""
    if isinstance(value, Flow):
        return flow_text(value.value)
    if isinstance(value, Mapping):
        pairs = (f"{scalar_text(k, flow=True)}: {flow_text(v)}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow_text(item) for item in value) + "]"
    return scalar_text(value, flow=True)


def block_lines(fields: Mapping[str, Value], indent: str = "") -> list[str]:
    """Write the fields of a mapping as lines without line ends, each `indent` deep."""
    lines: list[str] = []
    for name, value in fields.items():
        lines += _field(f"{indent}{scalar_text(name)}:", value, indent)
    return lines


def item_lines(value: Value, indent: str = "") -> list[str]:
    """Write an item of a list as lines: `- ` and what it holds."""
    if isinstance(value, Mapping) and value:
        inner = indent + INDENT
        first, *others = block_lines(value, inner)
        return [f"{indent}- {first[len(inner) :]}", *others]
    return [f"{indent}- {_inline(value)}"]


def document_text(fields: Mapping[str, Value], body: str = "") -> str:
    """Write a whole document: its front matter, and the body below it."""
    lines = ["---", *block_lines(fields), "---"]
    body = body.strip("\n")
    return "\n".join([*lines, body, ""] if body else [*lines, ""])


def _field(head: str, value: Value, indent: str) -> list[str]:
    if isinstance(value, Mapping) and value:
        return [head, *block_lines(value, indent + INDENT)]
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        return [head, *(line for item in value for line in item_lines(item, indent + INDENT))]
    return [f"{head} {_inline(value)}"]


def _inline(value: Value) -> str:
    if isinstance(value, (str, bool, int, float, date)):
        return scalar_text(value)
    return flow_text(value)


class _TextLoader(yaml.CSafeLoader):
    """Reads every plain scalar as a text, as the front matter is read."""


_TextLoader.yaml_implicit_resolvers = {}

# Words that other readers of YAML, editors among them, take for something else than a text.
_TYPED = frozenset({"tag:yaml.org,2002:bool", "tag:yaml.org,2002:null", "tag:yaml.org,2002:merge"})
_RESOLVER: Any = yaml.resolver.Resolver()
_NOT_PLAIN = frozenset("\t\n\r\x85\u2028\u2029\ufeff")
# Dashes and dots that other readers may take for the beginning of a list or of another document.
_LOOKS_LIKE_A_MARK = re.compile(r"[-?:](?:\s|$)|---|\.\.\.|[=]$")
# Marks that some readers take for the end of a text in brackets.
_IN_FLOW = re.compile(r"[][{},?]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


@lru_cache(2**12)
def _is_plain(text: str, flow: bool) -> bool:
    """Whether a text, written without quotes, is read as itself and nothing else."""
    if not text or text != text.strip() or not text.isprintable():
        return False
    if _NOT_PLAIN.intersection(text) or _LOOKS_LIKE_A_MARK.match(text):
        return False
    if _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) in _TYPED:
        return False
    if flow and _IN_FLOW.search(text):
        return False
    # As a value and as a name: what is sound in both places is sound anywhere.
    for sample in ("{%s: %s}",) if flow else ("a: %s", "- %s", "%s: a"):
        if not _holds(sample, text):
            return False
    return True


def _holds(sample: str, text: str) -> bool:
    loader = _TextLoader(sample.replace("%s", text))
    try:
        node = loader.get_single_node()
    except yaml.YAMLError:
        return False
    finally:
        loader.dispose()
    if isinstance(node, yaml.SequenceNode):
        found = node.value
    elif isinstance(node, yaml.MappingNode) and len(node.value) == 1:
        found = [part for part in node.value[0] if getattr(part, "value", None) != "a"]
        found = found or list(node.value[0])
    else:
        return False
    return bool(found) and all(
        isinstance(part, yaml.ScalarNode) and part.value == text for part in found
    )


def _quoted(text: str) -> str:
    if text.isprintable() and any(mark in text for mark in '"\\'):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
