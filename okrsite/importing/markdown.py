"""Objectives in Markdown: headings, bold lines and lists with their key results, and tables."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from okrsite.importing.cells import Cell, Findings, Spot, Table, clip, found
from okrsite.importing.entries import Entry, EntryKind, attach
from okrsite.importing.headers import Headed, fields_named, headed
from okrsite.importing.rows import entries_of, parent_names, results_of
from okrsite.importing.sentences import Exists, labelled, owners_in

_BOX = re.compile(r"\[(?P<mark>[ xX])\]\s+(?P<text>.+)", re.DOTALL)
_STRUCK = re.compile(r"~~(?P<text>.+)~~", re.DOTALL)
_BOLD = re.compile(r"(?:\*\*|__)(?P<text>(?:(?!\*\*|__).)+)(?:\*\*|__)", re.DOTALL)
_FIELD = re.compile(
    r"(?:\*\*|__)(?P<name>[^*_:]+?)(?::(?:\*\*|__)|(?:\*\*|__)\s*:)\s*(?P<value>.*)"
)
_PLAIN_FIELD = re.compile(r"(?P<name>[^\W\d_][\w ]{2,20}):\s+(?P<value>\S.*)")
_FOOTNOTE = re.compile(r"^ {0,3}\[\^(?P<name>[^]\s]+)\]:\s*(?P<text>.*)$")
_MARK = re.compile(r"\[\^(?P<name>[^]\s]+)\]")
_BOLD_LEVEL, _ITEM_LEVEL = 7, 8
_ALWAYS = frozenset({"parent"})
"""Fields that may be written without bold letters."""


@dataclass(slots=True)
class _Reader:
    """Reads one file: the objectives found so far, the one that lines belong to, and the themes."""

    file: str
    exists: Exists
    mapped: Mapping[str, str]
    findings: Findings
    footnotes: Mapping[str, str]
    level: int = 0
    entries: list[Entry] = field(default_factory=list)
    tables: list[Headed] = field(default_factory=list)
    themes: dict[int, str] = field(default_factory=dict)
    objective: Entry | None = None
    result: Entry | None = None
    objective_level: int = 0

    def spot(self, node: SyntaxTreeNode) -> Spot:
        return Spot(self.file, None, (node.map[0] if node.map else 0) + 1)

    def leave_out(self, spot: Spot, text: str) -> None:
        if text.strip():
            self.findings.append(found("OKR611", spot, f"“{clip(text)}” isn't imported"))


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """What a Markdown file holds: its entries, its tables, and its first heading."""

    entries: list[Entry]
    tables: list[Headed]
    heading: str


def read_markdown(
    file: str, text: str, exists: Exists, mapped: Mapping[str, str], findings: Findings
) -> MarkdownFile:
    """Return the objectives of a file; what is none is added to `findings`, with its line."""
    footnotes: dict[str, str] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if match := _FOOTNOTE.match(line):
            footnotes[match["name"]] = match["text"].strip()
            lines[number] = ""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    root = SyntaxTreeNode(parser.parse("\n".join(lines)))
    reader = _Reader(file, exists, mapped, findings, footnotes)
    blocks = list(root.children)
    reader.level = _level(blocks)
    heading = next((_content(b) for b in blocks if b.type == "heading"), "")
    for position, block in enumerate(blocks):
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        _block(reader, block, following)
    return MarkdownFile(reader.entries, reader.tables, heading)


def _level(blocks: list[SyntaxTreeNode]) -> int:
    """Return the lowest level at which something has a list or table of key results below it."""
    level = 0
    above: int | None = None
    for position, block in enumerate(blocks):
        if block.type == "heading":
            above = int(block.tag[1])
        elif block.type == "paragraph" and _is_objective_line(_content(block)):
            if any(
                b.type in ("bullet_list", "ordered_list", "table")
                for b in blocks[position + 1 : position + 3]
            ):
                level = max(level, _BOLD_LEVEL)
        elif block.type in ("bullet_list", "ordered_list"):
            items = [_item_text(item) for item in block.children]
            nested = [bool(_lists(item)) for item in block.children]
            if any(_is_objective_line(t) and n for t, n in zip(items, nested, strict=True)):
                level = max(level, _ITEM_LEVEL)
            elif above is not None and level < _BOLD_LEVEL:
                level = max(level, above)
        elif block.type == "table" and above is not None and level < _BOLD_LEVEL:
            if _has_results_alone(block):
                level = max(level, above)
    return level


def _has_results_alone(table: SyntaxTreeNode) -> bool:
    """Whether the rows of a table are key results of what is above it."""
    head = next((row for part in table.children for row in part.children), None)
    names = [fields_named(_content(cell)) for cell in head.children] if head is not None else []
    return any("key_result" in n for n in names) and not any(
        "objective" in n and "to" not in n for n in names
    )


def _is_objective_line(text: str) -> bool:
    return labelled(_unbold(text)).kind == "objective" or bool(
        _BOLD.fullmatch(text.strip()) and not _FIELD.match(text)
    )


def _unbold(text: str) -> str:
    match = _BOLD.fullmatch(text.strip())
    return match["text"].strip() if match else text.strip()


def _content(node: SyntaxTreeNode) -> str:
    inline = next((child for child in node.children if child.type == "inline"), None)
    return inline.content if inline is not None else ""


def _lists(item: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    return [child for child in item.children if child.type in ("bullet_list", "ordered_list")]


def _item_text(item: SyntaxTreeNode) -> str:
    first = item.children[0] if item.children else None
    return _content(first) if first is not None and first.type == "paragraph" else ""


def _block(reader: _Reader, block: SyntaxTreeNode, following: SyntaxTreeNode | None) -> None:
    if block.type == "heading":
        _heading(reader, block)
    elif block.type == "paragraph":
        _paragraph(reader, block, following)
    elif block.type in ("bullet_list", "ordered_list"):
        _list(reader, block)
    elif block.type == "table":
        _table(reader, block)
    elif block.type != "hr":
        text = block.content or " ".join(
            _content(node) for node in block.walk() if node.type == "paragraph"
        )
        if reader.objective is not None and block.type in ("fence", "code_block", "blockquote"):
            reader.objective.body.append(text)
        else:
            reader.leave_out(reader.spot(block), text)


def _heading(reader: _Reader, block: SyntaxTreeNode) -> None:
    level, text = int(block.tag[1]), _content(block)
    label = labelled(text)
    reader.themes = {depth: theme for depth, theme in reader.themes.items() if depth < level}
    reader.result = None
    if label.kind == "key result" and reader.objective is not None:
        reader.result = _result(reader, reader.objective, text, reader.spot(block), None)
        return
    if label.kind == "objective" or (level == reader.level and label.kind is None):
        reader.objective_level = level
        _objective(reader, text, reader.spot(block))
        return
    if reader.objective is not None and level > reader.objective_level > 0 and label.kind is None:
        pass  # a heading inside of an objective, such as “Key results”
    else:
        reader.objective, reader.objective_level = None, 0
    if level > 1 and reader.objective is None:
        reader.themes[level] = text


def _objective(reader: _Reader, text: str, spot: Spot) -> Entry:
    text = _with_footnotes(reader, text)
    label = labelled(_unbold(text))
    title, owners = owners_in(label.title, reader.exists)
    struck = _STRUCK.fullmatch(title)
    title = struck["text"] if struck else title
    tags = tuple(theme for _, theme in sorted(reader.themes.items()))
    entry = Entry(
        EntryKind.OBJECTIVE, Cell(title, spot), {}, spot, id=label.id, owners=owners, tags=tags
    )
    entry.struck = struck is not None
    entry.body += _notes(reader, text)
    reader.objective = entry
    reader.entries.append(entry)
    return entry


def _paragraph(reader: _Reader, block: SyntaxTreeNode, following: SyntaxTreeNode | None) -> None:
    text, spot = _content(block), reader.spot(block)
    listed = following is not None and following.type in ("bullet_list", "ordered_list", "table")
    if _is_objective_line(text) and (listed or labelled(_unbold(text)).kind == "objective"):
        reader.objective_level = (
            _BOLD_LEVEL if reader.level <= _BOLD_LEVEL else reader.objective_level
        )
        reader.result = None
        _objective(reader, text, spot)
        return
    target = reader.result or reader.objective
    if target is None:
        reader.leave_out(spot, text)
        return
    kept = [
        line
        for number, line in enumerate(text.split("\n"))
        if not _field(reader, target, line, spot, number)
    ]
    if kept:
        body = _with_footnotes(reader, "\n".join(kept))
        target.body += [body, *_notes(reader, "\n".join(kept))]


def _field(reader: _Reader, entry: Entry, line: str, spot: Spot, number: int = 0) -> bool:
    """Whether a line is a field of an entry, which it then has: `**Target:** 20`."""
    match = _FIELD.fullmatch(line.strip())
    plain = None if match else _PLAIN_FIELD.fullmatch(line.strip())
    match = match or plain
    if match is None:
        return False
    names = fields_named(match["name"])
    name = next((n for n in names if n in ("to", "value", "from")), next(iter(names), None))
    if name is None or (plain is not None and name not in _ALWAYS):
        return False
    row = (spot.row or 1) + number
    cell = Cell(match["value"].strip(), replace(spot, row=row, column=match["name"].strip()))
    if name == "parent":
        entry.parent_names += tuple(re.sub(r"^(?i:kr)\s+", "KR", one) for one in parent_names(cell))
    else:
        entry.cells[name] = cell
    return True


def _list(reader: _Reader, block: SyntaxTreeNode) -> None:
    for item in block.children:
        text, spot = _item_text(item), reader.spot(item)
        label = labelled(_unbold(text))
        nested = _lists(item)
        if label.kind == "objective" or (
            _is_objective_line(text) and nested and reader.level == _ITEM_LEVEL
        ):
            _objective(reader, text, spot)
            _below(reader, item, None)
        elif reader.objective is not None:
            if reader.result is not None and _field(reader, reader.result, text, spot):
                continue
            if _field(reader, reader.objective, text, spot):
                continue
            entry = _result(reader, reader.objective, text, spot, label.kind)
            _below(reader, item, entry)
        else:
            reader.leave_out(spot, text)
            for nested_list in nested:
                for inner in nested_list.children:
                    reader.leave_out(reader.spot(inner), _item_text(inner))


def _below(reader: _Reader, item: SyntaxTreeNode, entry: Entry | None) -> None:
    """Read what is below an item: key results of an objective, fields and boxes of a result."""
    objective = reader.objective
    for child in item.children[1:]:
        if child.type == "paragraph":
            target = entry or objective
            lines = _content(child).split("\n")
            for number, line in enumerate(lines):
                if target is not None and not _field(
                    reader, target, line, reader.spot(child), number
                ):
                    target.body.append(line)
        elif child.type in ("bullet_list", "ordered_list"):
            for inner in child.children:
                _inner(reader, inner, entry)


def _inner(reader: _Reader, item: SyntaxTreeNode, entry: Entry | None) -> None:
    text, spot = _item_text(item), reader.spot(item)
    objective = reader.objective
    if objective is None:
        return
    if entry is None:
        if not _field(reader, objective, text, spot):
            result = _result(reader, objective, text, spot, labelled(_unbold(text)).kind)
            _below(reader, item, result)
        return
    if _field(reader, entry, text, spot):
        return
    label = labelled(_unbold(text))
    box = _BOX.fullmatch(text)
    if label.kind == "initiative":
        initiative = Entry(EntryKind.INITIATIVE, Cell(label.title, spot), {}, spot)
        attach(initiative, entry)
        reader.entries.append(initiative)
    elif box:
        entry.checked.append((Cell(box["text"].strip(), spot), box["mark"] in "xX"))
    else:
        reader.leave_out(spot, text)


def _result(reader: _Reader, objective: Entry, text: str, spot: Spot, kind: str | None) -> Entry:
    notes = _notes(reader, text)
    text = _with_footnotes(reader, text)
    box = _BOX.fullmatch(text)
    text = box["text"] if box else text
    label = labelled(text)
    if label.kind is None:
        label = labelled(_unbold(text)) if _BOLD.fullmatch(text.strip()) else label
    title, owners = owners_in(label.title, reader.exists)
    struck = _STRUCK.fullmatch(title)
    title = struck["text"].strip() if struck else title
    initiative = (kind or label.kind) == "initiative"
    entry_kind = EntryKind.INITIATIVE if initiative else EntryKind.KEY_RESULT
    entry = Entry(entry_kind, Cell(title, spot), {}, spot, id=label.id, owners=owners)
    entry.struck = struck is not None
    entry.body += notes
    if box:
        entry.cells["done"] = Cell("true" if box["mark"] in "xX" else "false", spot)
    attach(entry, objective)
    reader.entries.append(entry)
    return entry


def _with_footnotes(reader: _Reader, text: str) -> str:
    """Return a text without the marks of footnotes."""
    return _MARK.sub(
        lambda match: "" if match["name"] in reader.footnotes else match[0], text
    ).strip()


def _notes(reader: _Reader, text: str) -> list[str]:
    names = (match["name"] for match in _MARK.finditer(text))
    return [reader.footnotes[name] for name in names if name in reader.footnotes]


def _table(reader: _Reader, block: SyntaxTreeNode) -> None:
    rows = [node for part in block.children for node in part.children]
    made: list[tuple[int, tuple[Cell, ...]]] = []
    bold: list[tuple[int, str]] = []
    for row in rows:
        number = (row.map[0] if row.map else block.map[0] if block.map else 0) + 1
        spot = Spot(reader.file, None, number)
        cells = tuple(Cell(_content(cell).strip(), spot) for cell in row.children)
        filled = [cell for cell in cells if cell.text]
        if len(filled) == 1 and _BOLD.fullmatch(filled[0].text) and made:
            bold.append((number, filled[0].text))
        made.append((number, cells))
    plain = tuple(row for row in made if row[0] not in {number for number, _ in bold})
    table = headed(Table(reader.file, None, plain), reader.mapped, reader.findings)
    if table is None:
        for number, cells in made[:1]:
            reader.leave_out(Spot(reader.file, None, number), " | ".join(c.text for c in cells))
        return
    reader.tables.append(table)
    if table.role != "okrs":
        return
    parts = _parts(table, bold)
    for title, part in parts:
        if title is not None:
            _objective(reader, title[1], Spot(reader.file, None, title[0]))
        if reader.objective is not None and _belongs(part, reader.objective):
            entries = results_of(part, reader.findings)
            for entry in entries:
                attach(entry, reader.objective)
        else:
            entries, _ = entries_of(part, reader.findings)
        for entry in entries:
            entry.title = replace(entry.title, text=_with_footnotes(reader, entry.title.text))
        reader.entries += entries


def _parts(
    table: Headed, bold: list[tuple[int, str]]
) -> Iterator[tuple[tuple[int, str] | None, Headed]]:
    """Return the rows below each bold one, and those before the first."""
    marks: list[tuple[int, str] | None] = [None, *bold]
    for position, mark in enumerate(marks):
        start = mark[0] if mark else 0
        following = marks[position + 1] if position + 1 < len(marks) else None
        rows = tuple(
            r for r in table.rows if r[0] > start and (following is None or r[0] < following[0])
        )
        if rows or mark:
            yield mark, replace(table, rows=rows)


def _belongs(table: Headed, objective: Entry | None) -> bool:
    """Whether the rows of a table are key results of the objective above it."""
    named = any({"objective", "title"} & set(table.cells(row)) for _, row in table.rows)
    alone = "key_result" in table.fields and not named
    return objective is not None and (alone or not table.fields & {"type", "parent", "key_result"})
