"""Insert a check-in into the front matter of its objective."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from okrsite.documents.front_matter import parse
from okrsite.documents.theme_fields import THEME_FIELDS
from okrsite.documents.yaml_nodes import FrontMatterError
from okrsite.editing.list_items import date_of, insert_first, insert_item, list_of, position_of
from okrsite.editing.merging import merged
from okrsite.editing.new_check_in import Statement
from okrsite.editing.source_file import EditError, Insertion, SourceFile, source_file_of

FIELD = "check_ins"
"""The field of an objective with its check-ins."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A file after an edit: its bytes, the first new line, and all new lines."""

    content: bytes
    line: int
    added: str


def add_check_in(content: bytes, statement: Statement) -> Edited:
    """Insert a check-in into an objective's file, or merge it into that day's.

    Raises EditError where that cannot be done by insertion alone, or where it is stated already.
    """
    file = source_file_of(content)
    insertions = sorted(_insertions(file, statement), key=lambda insertion: insertion.position)
    made = file.with_insertions(insertions)
    lines = _touched(file.text, insertions)
    if not _reads_back(file, made, statement):
        message = "a check-in can't be added here without changing something else"
        hint = "add it by hand: aliases, `<<` and unusual YAML get in the way"
        raise file.error(message, file.fields.value(FIELD), hint)
    return Edited(made, min(lines), "\n".join(lines[number] for number in sorted(lines)))


def _touched(text: str, insertions: Iterable[Insertion]) -> dict[int, str]:
    """Return the lines that hold something new, by their numbers; a comma alone is nothing new."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    done = length = 0
    for insertion in insertions:
        length += insertion.position - done + len(insertion.text)
        parts += [text[done : insertion.position], insertion.text]
        done = insertion.position
        new = insertion.text.strip("\n")
        if new != ",":
            end = length - (len(insertion.text) - len(insertion.text.rstrip("\n")))
            spans.append((end - len(new), end))
    whole = "".join([*parts, text[done:]])
    every = whole.split("\n")
    numbers = {
        number
        for start, end in spans
        for number in range(whole.count("\n", 0, start), whole.count("\n", 0, end) + 1)
    }
    return {number + 1: every[number] for number in numbers}


def _insertions(file: SourceFile, statement: Statement) -> list[Insertion]:
    listed = list_of(file, FIELD, _HINT)
    entry = {"date": statement.date.isoformat(), **statement.fields()}
    if listed is None:
        return insert_first(file, FIELD, entry)
    same = [item for item in listed.items if date_of(item) == statement.date]
    if same:
        return merged(file, same, statement)
    return insert_item(file, listed, position_of(listed, statement.date), entry)


_HINT = "begin each check-in with a dash: `- date: 2026-11-16`"


def _reads_back(file: SourceFile, made: bytes, statement: Statement) -> bool:
    """Whether the new file holds what the old one held, and the check-in, and nothing else."""
    try:
        before = parse(file.text, THEME_FIELDS)
        after = parse(source_file_of(made).text, THEME_FIELDS)
    except (EditError, FrontMatterError):
        return False
    if after.repeated_keys:
        return False
    if (after.body, after.theme_fields) != (before.body, before.theme_fields):
        return False
    old, new = dict(before.fields), dict(after.fields)
    entries, found = old.pop(FIELD, []), new.pop(FIELD, [])
    return old == new and _is_one_more(entries, found, statement)


def _is_one_more(old: list[Any], new: list[Any], statement: Statement) -> bool:
    if len(new) == len(old):
        changed = [(o, n) for o, n in zip(old, new, strict=True) if o != n]
        return len(changed) == 1 and changed[0][1] == _joined(changed[0][0], statement.fields())
    entry = {"date": statement.date.isoformat(), **statement.fields()}
    return any(found == entry and new[:n] + new[n + 1 :] == old for n, found in enumerate(new))


def _joined(entry: Any, fields: dict[str, Any]) -> dict[str, Any]:
    values = {**(entry.get("values") or {}), **fields.get("values", {})}
    return {**entry, **fields, **({"values": values} if values else {})}
