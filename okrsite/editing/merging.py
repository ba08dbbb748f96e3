"""Merge a new check-in into the one that its day already has."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from okrsite.editing.insertion_points import append_in_brackets, append_lines
from okrsite.editing.new_check_in import Statement, laid_out
from okrsite.editing.source_file import EditError, Insertion, SourceFile
from okrsite.editing.yaml_positions import MAPPING, Node
from okrsite.editing.yaml_text import block_lines, flow_text


def merged(file: SourceFile, same: Sequence[Node], statement: Statement) -> list[Insertion]:
    """Add what is new to the check-in of that day."""
    entry = same[-1]
    fields = statement.fields()
    values: dict[str, str] = fields.get("values", {})
    for other in same:
        _refuse_stated(file, other, fields, values)
    insertions: list[Insertion] = []
    written = entry.value("values")
    if written is not None and values:
        insertions += _merge_values(file, entry, written, values)
        del fields["values"]
    if not fields:
        return insertions
    if entry.flow:
        piece = flow_text(fields)[1:-1]
        return [*insertions, *append_in_brackets(file, entry, piece)]
    column = entry.pairs[0][0].column
    lines = block_lines(laid_out(fields, column), " " * column)
    return [*insertions, *append_lines(file, entry, lines, column)]


def _refuse_stated(
    file: SourceFile, entry: Node, fields: Mapping[str, Any], values: Iterable[str]
) -> None:
    stated = entry.value("values")
    for key, _ in stated.pairs if stated else ():
        if key.text.strip().lower() in values:
            raise _stated(file, key, f"a value of `{key.text.strip()}`")
    for key, value in entry.pairs:
        if key.text in fields and key.text != "values" and value.start != value.end:
            raise _stated(file, key, f"`{key.text}`")


def _stated(file: SourceFile, key: Node, what: str) -> EditError:
    message = f"the check-in for that day already has {what}"
    return file.error(message, key, "change it there, or give another `--date`")


def _merge_values(
    file: SourceFile, entry: Node, written: Node, values: Mapping[str, str]
) -> list[Insertion]:
    if written.kind == MAPPING and written.flow:
        return append_in_brackets(file, written, flow_text(values)[1:-1])
    if written.kind == MAPPING:
        column = written.pairs[0][0].column
        return append_lines(file, written, block_lines(values, " " * column), column)
    if written.start == written.end and not entry.flow:
        column = entry.pairs[0][0].column
        lines = block_lines(values, " " * (column + 2))
        return append_lines(file, written, lines, column + 1)
    if written.start == written.end:
        return [Insertion(written.start, f" {flow_text(values)}")]
    message = "the values of that day's check-in are not a mapping"
    raise file.error(message, written, "write `values:` with one `id: value` per line below it")
