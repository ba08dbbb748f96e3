"""Set a single field of a document, or remove it, and leave every other byte alone."""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from okrsite.documents.front_matter import parse
from okrsite.documents.theme_fields import THEME_FIELDS
from okrsite.documents.yaml_nodes import FrontMatterError
from okrsite.editing.insertion_points import append_in_brackets, append_lines, own_line
from okrsite.editing.list_items import Entry, insert_first, insert_item, list_of
from okrsite.editing.source_file import EditError, Insertion, SourceFile, source_file_of
from okrsite.editing.yaml_positions import MAPPING, SCALAR, SEQUENCE, Node
from okrsite.editing.yaml_text import Flow, block_lines, flow_text, scalar_text

FieldPath = tuple[str | int, ...]
"""The names of fields, and the positions in lists, that lead to a value."""

Written = str | list[Any] | dict[str, Any]
"""A value as front matter is read: texts, and lists and mappings of them."""

_LATE = ("key_results", "initiatives", "check_ins", "readings", "updates", "milestones")
"""Long lists: a field that is added is put before the first of them."""

_COMMENT = re.compile(r"(?:^|\s)#", re.MULTILINE)


def with_field(content: bytes, path: FieldPath, value: Written) -> bytes:
    """Return a file with one field set; raise EditError where that changes something else."""
    file = source_file_of(content)
    parent = _at(file, path[:-1])
    if parent is None:
        return with_field(content, path[:-1], {str(path[-1]): value})
    if parent.kind == SCALAR and parent.start == parent.end and not parent.alias:
        return with_field(content, path[:-1], {str(path[-1]): value})
    if parent.alias or parent.kind != MAPPING:
        raise file.error(f"`{_name(path[:-1])}` has no fields", parent, "write it out by hand")

    def put(fields: Any) -> None:
        _inside(fields, path[:-1])[path[-1]] = value

    return _edited(file, _setting(file, parent, path, value), path, put)


def with_values(content: bytes, values: Mapping[FieldPath, str]) -> bytes:
    """Return a file in which some texts, each in a field or a list, are replaced.

    Raises EditError where that changes something else.
    """
    file = source_file_of(content)
    insertions: list[Insertion] = []
    for path, value in values.items():
        parent, node = _at(file, path[:-1]), _at(file, path)
        if parent is None or node is None or node.alias or node.kind != SCALAR or node.block_text:
            message = f"`{_name(path)}` can't be changed here"
            raise file.error(message, node, "write it out by hand: aliases get in the way")
        text = scalar_text(value, flow=parent.flow)
        insertions.append(Insertion(node.start, text, node.end - node.start))

    def put(fields: Any) -> None:
        for path, value in values.items():
            _inside(fields, path[:-1])[path[-1]] = value

    return _edited(file, insertions, next(iter(values)), put)


def without_field(content: bytes, path: FieldPath) -> bytes:
    """Return a file without one field; raise EditError where that changes something else."""
    file = source_file_of(content)
    parent, pair = _at(file, path[:-1]), None
    if parent is not None and parent.kind == MAPPING:
        pair = next((n for n, (key, _) in enumerate(parent.pairs) if key.text == path[-1]), None)
    if parent is None or pair is None:
        raise file.error(f"there is no `{_name(path)}` to remove", parent, "nothing has to change")

    def remove(fields: Any) -> None:
        _inside(fields, path[:-1]).pop(path[-1], None)

    return _edited(file, [_removal(file, parent, pair, path)], path, remove)


def with_item(content: bytes, field: str, entry: Entry, hint: str, position: int = -1) -> bytes:
    """Return a file with an item put into a list at its top; -1 is the end of the list.

    The hint says how an item is written, where the field is no list.
    """
    file = source_file_of(content)
    listed = list_of(file, field, hint)
    if listed is None:
        insertions, at = insert_first(file, field, entry, "check_ins"), 0
    else:
        at = len(listed.items) if position < 0 else position
        insertions = insert_item(file, listed, at, entry)

    def insert(fields: Any) -> None:
        fields.setdefault(field, []).insert(at, dict(entry))

    return _edited(file, insertions, (field,), insert)


def fields_of(content: bytes) -> dict[str, Any]:
    """Return the fields of a file as they are written; raise EditError where it has none."""
    file = source_file_of(content)
    try:
        return parse(file.text, THEME_FIELDS).fields
    except FrontMatterError as error:
        raise EditError(str(error), 1, "correct it first") from None


def line_of(content: bytes, path: FieldPath) -> int:
    """Return the line of a value, or of what it would be in."""
    file = source_file_of(content)
    while path and (node := _at(file, path)) is None:
        path = path[:-1]
    return file.line_of(node.start) if path and node else 1


def _at(file: SourceFile, path: FieldPath) -> Node | None:
    """Return the value that a path leads to; None where it leads nowhere."""
    node: Node | None = file.fields
    for step in path:
        if node is None:
            return None
        if isinstance(step, int):
            inside = node.kind == SEQUENCE and step < len(node.items)
            node = node.items[step] if inside else None
        else:
            node = node.value(step)
    return node


def _inside(fields: Any, path: FieldPath) -> Any:
    for step in path:
        if isinstance(step, str) and fields.get(step) is None:
            fields[step] = {}
        fields = fields[step]
    return fields


def _name(path: FieldPath) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _setting(
    file: SourceFile, parent: Node, path: FieldPath, value: Written
) -> Sequence[Insertion]:
    name = str(path[-1])
    written = next(((k, v) for k, v in parent.pairs if k.text == name), None)
    if written is None:
        return _addition(file, parent, name, value)
    key, node = written
    text = flow_text(value)
    if isinstance(value, str):
        text = scalar_text(value, flow=parent.flow)
    if node.alias:
        message = f"`{_name(path)}` is an alias of something else in the file"
        raise file.error(message, node, "write the value out")
    if node.start == node.end:
        return [Insertion(node.start, f" {text}")]
    if node.block_text:
        return [Insertion(node.start, f"{text}\n", node.end - node.start)]
    if node.flow or node.kind == SCALAR:
        return [Insertion(node.start, text, node.end - node.start)]
    start = file.text.index(":", key.end) + 1
    if node.last.block_text or _COMMENT.search(file.text, start, node.last.end):
        message = f"`{_name(path)}` is written over several lines with comments or texts"
        raise file.error(message, node, "change it in the file")
    return [Insertion(start, f" {text}", node.last.end - start)]


def _addition(file: SourceFile, parent: Node, name: str, value: Written) -> list[Insertion]:
    if parent.flow:
        return append_in_brackets(file, parent, f"{scalar_text(name, True)}: {flow_text(value)}")
    column = parent.pairs[0][0].column
    shown = value if isinstance(value, str) else Flow(value)
    lines = block_lines({name: shown}, " " * column)
    keys = [key.text for key, _ in parent.pairs]
    late = next((n for n, key in enumerate(keys) if key in _LATE and name not in _LATE), len(keys))
    if late == 0 and own_line(file, parent.pairs[0][0]) is not None:
        start = file.line_start(parent.pairs[0][0].start)
        return [Insertion(start, "".join(f"{line}\n" for line in lines))]
    last = parent.pairs[(late or len(keys)) - 1][1]
    nested = parent is not file.fields and late in (0, len(keys))
    return append_lines(file, last, lines, column if nested else column + 1)


def _removal(file: SourceFile, parent: Node, pair: int, path: FieldPath) -> Insertion:
    key, value = parent.pairs[pair]
    if parent.flow:
        start, end = key.start, value.end
        if pair + 1 < len(parent.pairs):
            end = parent.pairs[pair + 1][0].start
        elif pair:
            start = parent.pairs[pair - 1][1].end
        return Insertion(start, "", end - start)
    start, end = file.line_start(key.start), file.line_end(value.last.end) + 1
    if value.last.block_text:
        end = value.last.end
    if own_line(file, key) is None or _COMMENT.search(file.text, value.last.end, end):
        message = f"`{_name(path)}` can't be removed without changing something else"
        raise file.error(message, key, "remove it in the file")
    return Insertion(start, "", end - start)


def _edited(
    file: SourceFile,
    insertions: Sequence[Insertion],
    path: FieldPath,
    change: Callable[[Any], None],
) -> bytes:
    """Return the edited file, which says what the old one said, but for the change."""
    made = file.with_insertions(insertions)
    if not _reads_back(file, made, path, change):
        message = f"`{_name(path)}` can't be set here without changing something else"
        hint = "change it by hand: aliases, `<<` and unusual YAML get in the way"
        raise file.error(message, _at(file, path[:1]), hint)
    return made


def _reads_back(
    file: SourceFile, made: bytes, path: FieldPath, change: Callable[[Any], None]
) -> bool:
    try:
        before = parse(file.text, THEME_FIELDS)
        after = parse(source_file_of(made).text, THEME_FIELDS)
        wanted = _unshared(before.fields)
        # Fields of other programs are not read, so that nothing of them could be compared.
        if not any(isinstance(step, str) and step.startswith("x-") for step in path):
            change(wanted)
    except (EditError, FrontMatterError, AttributeError, IndexError, KeyError, TypeError):
        return False
    theme = [
        {name: value for name, value in front.theme_fields.items() if name != path[0]}
        for front in (before, after)
    ]
    same_rest = theme[0] == theme[1] and before.body == after.body
    return same_rest and not after.repeated_keys and _dense(after.fields) == _dense(wanted)


def _unshared(value: Any) -> Any:
    """Return a copy in which no two places share a mapping, as aliases do."""
    if isinstance(value, dict):
        return {name: _unshared(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_unshared(inner) for inner in value]
    return deepcopy(value)


def _dense(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, {}, [])}
